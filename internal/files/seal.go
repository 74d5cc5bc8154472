package files

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"time"

	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// keepReplaced is how long a content lies there after another form of it took its place: for whoever is reading it, and for a backup
// that is under way.
const keepReplaced = 2 * time.Hour

// resealStep is how many contents one step seals.
const resealStep = 20

// SealedFunc is told, in the transaction, that a content that was kept as it came is sealed now: what it was named, and its mark.
type SealedFunc func(ctx context.Context, q db.Q, digest, mark string) error

// OnSealed registers who keeps digests of contents, at composition.
func (s *Store) OnSealed(do SealedFunc) { s.sealed = append(s.sealed, do) }

// pour writes a content in the form in which it is kept, and gives its mark and how long it was.
func (s *Store) pour(ctx context.Context, w io.Writer, r io.Reader, f File) (mark string, size int64, err error) {
	if s.keys == nil {
		size, err = io.Copy(w, r)
		return "", size, err
	}
	sealer, err := s.keys.Sealer(ctx, w, f.keyID, f.sealedAs)
	if err != nil {
		return "", 0, err
	}
	m := s.keys.Marker(markUse)
	if size, err = io.Copy(io.MultiWriter(sealer, m), r); err != nil {
		return "", size, err
	}
	return hex.EncodeToString(m.Sum(nil)), size, sealer.Close()
}

// content opens what is kept of a file.
func (s *Store) content(ctx context.Context, f File) (*Content, error) {
	kept, err := os.Open(s.Path(f.Digest))
	if err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "file.missing", "name", f.Name)
	}
	info, err := kept.Stat()
	if err != nil {
		return nil, errors.Join(errs.Wrap(err, errs.Unavailable, "file.missing", "name", f.Name), kept.Close())
	}
	var r io.ReaderAt = kept
	size := info.Size()
	if f.keyID != 0 {
		if s.keys == nil {
			return nil, errors.Join(errs.New(errs.Unavailable, "seal.unknown_key", "id", id.String(f.keyID)), kept.Close())
		}
		if r, size, err = s.keys.Content(ctx, kept, size, f.keyID, f.sealedAs); err != nil {
			return nil, errors.Join(err, kept.Close())
		}
	}
	return &Content{io.NewSectionReader(r, 0, size), kept}, nil
}

// Held is of seal.Holder.
func (s *Store) Held(ctx context.Context, keyID int64) (all, waiting int64, err error) {
	if err := db.Get(ctx, s.db.Read(), "SELECT COUNT(*) FROM file", nil, &all); err != nil {
		return 0, 0, err
	}
	err = db.Get(ctx, s.db.Read(), "SELECT COUNT(*) FROM file WHERE key_id < ? OR key_id > ?", []any{keyID, keyID}, &waiting)
	return all, waiting, err
}

// Reseal is of seal.Holder: it seals some contents that are under another key, or under none. The one before stays for a while.
func (s *Store) Reseal(ctx context.Context, keyID int64, after string) (n int64, next string, err error) {
	list, err := db.List(ctx, s.db.Read(), `SELECT MIN(id), digest, MIN(name), MIN(media_type), MIN(size), MIN(created_by), MIN(created_at), MIN(key_id), MIN(sealed_as)
		FROM file WHERE key_id <> ? AND digest > ? GROUP BY digest ORDER BY digest LIMIT ?`, []any{keyID, after, resealStep}, scan)
	if err != nil {
		return 0, "", err
	}
	for _, f := range list {
		ok, err := s.reseal(ctx, f, keyID)
		if err != nil {
			return n, "", err
		}
		if ok {
			n++
		}
		next = f.Digest
	}
	if len(list) < resealStep {
		next = ""
	}
	return n, next, ctx.Err()
}

func (s *Store) reseal(ctx context.Context, f File, keyID int64) (bool, error) {
	old, err := s.content(ctx, f)
	if code := errs.CodeOf(err); code == "file.missing" || code == "seal.altered" {
		return false, nil // kezhi verify --files names it
	}
	if err != nil {
		return false, err
	}
	defer func() { _ = old.Close() }()
	fresh := f
	fresh.keyID = keyID
	if fresh.sealedAs == 0 {
		fresh.sealedAs = f.ID
	}
	if err := s.write(ctx, &fresh, old, old.Size()); err != nil {
		if errs.CodeOf(err) == "file.interrupted" {
			return false, nil // what is kept does not open to its end
		}
		return false, err
	}
	var changed int64
	err = s.db.InTx(ctx, func(q db.Q) (err error) {
		changed, err = q.Exec(ctx, "UPDATE file SET digest = ?, key_id = ?, sealed_as = ? WHERE digest = ? AND key_id = ?", fresh.Digest, keyID, fresh.sealedAs, f.Digest, f.keyID)
		if err != nil || changed == 0 || f.keyID != 0 {
			return err
		}
		for _, do := range s.sealed {
			if err := do(ctx, q, f.Digest, fresh.Mark); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || changed == 0 {
		return false, errors.Join(err, os.Remove(s.Path(fresh.Digest)))
	}
	// From now on it is nobody's; the sweep takes it when it has lain for a while.
	info, err := os.Stat(s.Path(fresh.Digest))
	if err == nil {
		err = os.Chtimes(s.Path(f.Digest), info.ModTime(), info.ModTime())
	}
	return true, err
}
