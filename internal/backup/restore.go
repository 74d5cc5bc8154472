package backup

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/files"
)

// Restored is what a restore brought back, and what of it is not as it should be.
type Restored struct {
	Manifest Manifest      `json:"manifest"`
	Faults   []files.Fault `json:"file_faults,omitempty"` // uploads that had been lost or altered before the backup
}

// fetcher brings an upload that lies beside the archive to a path.
type fetcher func(ctx context.Context, digest, path string) error

// Restore unpacks an archive into dataDir, which must not hold a database or uploads yet, and proves the result against
// the manifest before it becomes the installation. What is refused leaves nothing behind.
// Errors: backup.not_empty, backup.not_an_archive, backup.damaged, backup.sealed, backup.wrong_key, backup.beside,
// db.newer_than_program, db.disk_full.
func Restore(ctx context.Context, archive, dataDir string, keys Keys) (Restored, error) {
	in, err := os.Open(archive)
	if err != nil {
		return Restored{}, errs.Wrap(err, errs.NotFound, "file.not_found", "path", archive)
	}
	defer func() { _ = in.Close() }()
	return restore(ctx, in, archive, dataDir, keys, func(context.Context, string, string) error {
		return errs.New(errs.Invalid, "backup.beside", "path", archive)
	})
}

func restore(ctx context.Context, in io.Reader, name, dataDir string, keys Keys, fetch fetcher) (r Restored, err error) {
	target := filepath.Join(dataDir, "kezhi.db")
	for _, path := range []string{target, filepath.Join(dataDir, "audit", "checkpoints")} {
		if _, err := os.Stat(path); err == nil {
			return r, errs.New(errs.Conflict, "backup.not_empty", "path", dataDir)
		}
	}
	if _, err := os.Stat(dataDir); errors.Is(err, fs.ErrNotExist) {
		// Remove takes an empty folder only, so this undoes nothing but the MkdirAll below.
		defer func() {
			if err != nil {
				_ = os.Remove(dataDir)
			}
		}()
	}
	if err := os.MkdirAll(dataDir, 0o700); err != nil {
		return r, errs.Wrap(err, errs.Invalid, "db.folder", "path", dataDir)
	}
	work, err := os.MkdirTemp(dataDir, ".restore-")
	if err != nil {
		return r, errs.Wrap(err, errs.Invalid, "db.folder", "path", dataDir)
	}
	defer func() { _ = os.RemoveAll(work) }()
	if r.Manifest, err = unpack(ctx, in, name, work, keys); err != nil {
		return r, err
	}
	for _, digest := range r.Manifest.Uploads {
		if err := fetchUpload(ctx, digest, work, fetch); err != nil {
			return r, errs.Wrap(err, errs.Invalid, "backup.damaged", "path", name)
		}
	}
	if r.Faults, err = prove(ctx, work, r.Manifest); err != nil {
		if code := errs.CodeOf(err); code == "db.newer_than_program" || ctx.Err() != nil {
			return r, err
		}
		return r, errs.Wrap(err, errs.Invalid, "backup.damaged", "path", name)
	}
	return r, settle(work, dataDir)
}

func fetchUpload(ctx context.Context, digest, work string, fetch fetcher) error {
	if !digestLike.MatchString(digest) {
		return fmt.Errorf("%q is no digest", digest)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return fetch(ctx, digest, filepath.Join(work, "files", digest[:2], digest[2:4], digest))
}

var digestLike = regexp.MustCompile(`^[0-9a-f]{64}$`)

// settle moves what was proved into its place. The database comes last: an installation exists only when everything else is there.
func settle(work, dataDir string) error {
	for _, part := range []string{"files", "audit", "kezhi.db"} {
		from := filepath.Join(work, part)
		if _, err := os.Stat(from); err != nil {
			continue
		}
		if err := os.Rename(from, filepath.Join(dataDir, part)); err != nil {
			return errs.Wrap(err, errs.Conflict, "backup.not_empty", "path", dataDir)
		}
	}
	return nil
}

// Rehearsed is what a rehearsal found.
type Rehearsed struct {
	Restored
	Seconds float64 `json:"seconds"` // how long the restore took
}

// Rehearse restores into a folder of its own below dir ("" = that of the system), which proves everything, and takes it away again.
func Rehearse(dir string, now clock.Clock, do func(dataDir string) (Restored, error)) (Rehearsed, error) {
	work, err := os.MkdirTemp(dir, "kezhi-rehearsal-")
	if err != nil {
		return Rehearsed{}, errs.Wrap(err, errs.Invalid, "db.folder", "path", dir)
	}
	defer func() { _ = os.RemoveAll(work) }()
	begun := now()
	r, err := do(filepath.Join(work, "data"))
	return Rehearsed{r, now().Sub(begun).Seconds()}, err
}

// prove holds what was unpacked against the manifest: the database by its digest and its counts, the audit chain by its hashes and
// the signed checkpoints, the uploads by their number. An upload that had gone bad before the backup must not make everything else
// impossible to restore, so these are told and not refused.
func prove(ctx context.Context, dir string, m Manifest) ([]files.Fault, error) {
	path := filepath.Join(dir, "kezhi.db")
	digest, err := digestOf(path)
	if err != nil {
		return nil, err
	}
	if digest != m.Database {
		return nil, errors.New("the digest of the database differs")
	}
	got, err := describe(ctx, path)
	if err != nil {
		return nil, err
	}
	if got.Schema != m.Schema || got.AuditHash != m.AuditHash || got.AuditSeq != m.AuditSeq || !maps.Equal(got.Rows, m.Rows) {
		return nil, errors.New("the counts or the audit chain differ")
	}
	uploads, err := list(filepath.Join(dir, "files"))
	if err != nil {
		return nil, err
	}
	if len(uploads) != m.Files {
		return nil, fmt.Errorf("%d uploads of %d", len(uploads), m.Files)
	}
	return inspect(ctx, dir)
}

// inspect proves the audit chain against its checkpoints and reads every upload.
func inspect(ctx context.Context, dir string) (faults []files.Fault, err error) {
	d, err := db.Open(ctx, filepath.Join(dir, "kezhi.db"), db.Options{Readers: 1, MustExist: true})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if _, _, err := audit.NewKeeper(d, filepath.Join(dir, "audit"), "", clock.System, time.UTC).Prove(ctx); err != nil {
		return nil, err
	}
	_, err = files.Check(ctx, d.Read(), filepath.Join(dir, "files"), func(f files.Fault) { faults = append(faults, f) })
	return faults, err
}

func unpack(ctx context.Context, in io.Reader, archive, dir string, keys Keys) (m Manifest, err error) {
	bad := func(err error) error {
		return errs.Wrap(err, errs.Invalid, "backup.not_an_archive", "path", archive)
	}
	plain, err := keys.unseal(in, archive)
	if err != nil {
		return m, err
	}
	zip, err := gzip.NewReader(plain)
	if err != nil {
		return m, bad(err)
	}
	tr := tar.NewReader(zip)
	for {
		if err := ctx.Err(); err != nil {
			return m, err
		}
		h, err := tr.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return m, bad(err)
		}
		if err := unpackEntry(tr, h, dir, &m); err != nil {
			if errors.Is(err, syscall.ENOSPC) {
				return m, diskFull(err)
			}
			return m, bad(err)
		}
	}
	// The checksum of the archive stands at its very end, behind what tar reads.
	if _, err := io.Copy(io.Discard, zip); err != nil {
		return m, bad(err)
	}
	if m.Format == 0 {
		return m, bad(errors.New("no manifest"))
	}
	if _, err := os.Stat(filepath.Join(dir, "kezhi.db")); err != nil {
		return m, bad(errors.New("no database"))
	}
	return m, nil
}

func unpackEntry(r io.Reader, h *tar.Header, dir string, m *Manifest) error {
	if h.Typeflag != tar.TypeReg {
		return fmt.Errorf("%q is not a file", h.Name)
	}
	if h.Name == "manifest.json" {
		if err := json.NewDecoder(io.LimitReader(r, 1<<28)).Decode(m); err != nil {
			return fmt.Errorf("reading the manifest: %w", err)
		}
		if m.Format < 1 || m.Format > format {
			return fmt.Errorf("unknown format %d", m.Format)
		}
		return nil
	}
	below := strings.HasPrefix(h.Name, "files/") || strings.HasPrefix(h.Name, "audit/")
	if h.Name != "kezhi.db" && (!below || !filepath.IsLocal(filepath.FromSlash(h.Name))) {
		return fmt.Errorf("unexpected name %q", h.Name)
	}
	path := filepath.Join(dir, filepath.FromSlash(h.Name))
	if rel, err := filepath.Rel(dir, path); err != nil || (below && !strings.HasPrefix(filepath.ToSlash(rel), h.Name[:6])) {
		return fmt.Errorf("unexpected name %q", h.Name)
	}
	return unpackFile(r, path)
}

func unpackFile(r io.Reader, path string) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err = io.Copy(f, r); err != nil {
		return err
	}
	return f.Sync()
}
