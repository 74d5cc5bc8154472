package files

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// KeepUnused is how long an upload that nothing names is kept: a phone may send the photos of a visit today, and the act they belong to
// only when it has a network again. It is longer than visit.KeptFor; a test of visit holds it to that.
const KeepUnused = 8 * 24 * time.Hour

// keepNew is how long nothing is taken from under somebody who may be at it at this moment: content that was just written, what an
// upload left unfinished, and what was sent from outside by nobody who is signed in.
const keepNew = 24 * time.Hour

// sweepStep is how many uploads one transaction forgets.
const sweepStep = 200

var plainName = regexp.MustCompile(`^[a-z_]+$`)

// NamedBy registers a column that holds ids of files; the feature that owns the table does so at composition. A test holds the
// schema to it: a column that is not registered would lose its files. It panics on what is no plain name.
func (s *Store) NamedBy(table, column string) {
	if !plainName.MatchString(table) || !plainName.MatchString(column) {
		panic("files: " + table + "." + column + " is no column")
	}
	s.uses = append(s.uses, [2]string{table, column})
}

// Uses gives the registered columns as table.column, for the test.
func (s *Store) Uses() []string {
	out := make([]string, len(s.uses))
	for i, u := range s.uses {
		out[i] = u[0] + "." + u[1]
	}
	return out
}

// Sweep forgets uploads that nothing names after KeepUnused, those from outside after a day, takes their content away where no other
// upload shares it, and clears away what interrupted uploads left behind. It gives the number of uploads forgotten. Without registered columns it does nothing.
func (s *Store) Sweep(ctx context.Context) (int64, error) {
	if len(s.uses) == 0 {
		return 0, nil
	}
	fresh := s.now().Add(-keepNew)
	var total int64
	for {
		var gone []File
		err := s.db.InTx(ctx, func(q db.Q) (err error) {
			if gone, err = s.unused(ctx, q); err != nil || len(gone) == 0 {
				return err
			}
			ids := make([]int64, len(gone))
			for i, f := range gone {
				ids[i] = f.ID
			}
			_, err = q.Exec(ctx, "DELETE FROM file WHERE id IN "+db.In(len(ids)), db.Args(ids)...)
			return err
		})
		if err != nil {
			return total, err
		}
		for _, f := range gone {
			if err := s.drop(ctx, f.Digest, fresh); err != nil {
				return total, err
			}
		}
		total += int64(len(gone))
		if len(gone) < sweepStep {
			return total, errors.Join(s.sweepNew(fresh), s.SweepReplaced(ctx))
		}
	}
}

func (s *Store) unused(ctx context.Context, q db.Q) ([]File, error) {
	now := s.now()
	where := "(f.created_at < ? OR f.created_by = 0 AND f.created_at < ?)"
	for _, u := range s.uses {
		where += " AND NOT EXISTS (SELECT 1 FROM " + u[0] + " u WHERE u." + u[1] + " = f.id)"
	}
	return db.List(ctx, q, "SELECT f.id, f.digest FROM file f WHERE "+where+" ORDER BY f.id LIMIT ?", []any{clock.Micros(now.Add(-KeepUnused)), clock.Micros(now.Add(-keepNew)), sweepStep}, func(r db.Rows) (File, error) {
		var f File
		err := r.Scan(&f.ID, &f.Digest)
		return f, err
	})
}

// drop takes a content away unless an upload has it. It is moved aside first: another process may be keeping the same content at this
// moment, with its row still to come; such a content is new, and is put back.
func (s *Store) drop(ctx context.Context, digest string, before time.Time) error {
	path, aside := s.Path(digest), filepath.Join(s.dir, "new", "gone-"+digest)
	if err := os.Rename(path, aside); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	info, err := os.Stat(aside)
	var n int
	if err == nil {
		err = db.Get(ctx, s.db.Read(), "SELECT COUNT(*) FROM file WHERE digest = ?", []any{digest}, &n)
	}
	if err != nil || n > 0 || info.ModTime().After(before) {
		return errors.Join(err, os.Rename(aside, path))
	}
	return os.Remove(aside)
}

// sweepNew clears away what interrupted uploads left.
func (s *Store) sweepNew(before time.Time) error {
	list, err := os.ReadDir(filepath.Join(s.dir, "new"))
	if err != nil {
		return err
	}
	for _, e := range list {
		info, err := e.Info()
		if err != nil || !strings.HasPrefix(e.Name(), "upload-") || info.ModTime().After(before) {
			continue
		}
		if err := os.Remove(filepath.Join(s.dir, "new", e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// SweepReplaced takes away contents that no upload names any more: another form of them took their place a while ago, or the process
// died between a content and its row.
func (s *Store) SweepReplaced(ctx context.Context) error {
	before := s.now().Add(-keepReplaced)
	folders, err := filepath.Glob(filepath.Join(s.dir, "[0-9a-f][0-9a-f]", "[0-9a-f][0-9a-f]"))
	if err != nil {
		return err
	}
	for _, dir := range folders {
		list, err := os.ReadDir(dir)
		if err != nil {
			return err
		}
		for _, e := range list {
			if err := s.sweepContent(ctx, e, before); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Store) sweepContent(ctx context.Context, e fs.DirEntry, before time.Time) error {
	info, err := e.Info()
	if err != nil || !e.Type().IsRegular() || len(e.Name()) != 2*sha256.Size || info.ModTime().After(before) {
		return nil //nolint:nilerr // it went meanwhile
	}
	var n int
	if err := db.Get(ctx, s.db.Read(), "SELECT COUNT(*) FROM file WHERE digest = ?", []any{e.Name()}, &n); err != nil || n > 0 {
		return err
	}
	return s.drop(ctx, e.Name(), before)
}
