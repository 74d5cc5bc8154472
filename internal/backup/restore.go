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
	"strings"
	"syscall"

	"kezhi/internal/errs"
)

// Restore unpacks an archive into dataDir, which must not hold a database or uploads yet, and proves the result against
// the manifest before it becomes the installation. What is refused leaves nothing behind.
// Errors: backup.not_empty, backup.not_an_archive, backup.damaged, db.newer_than_program, db.disk_full.
func Restore(ctx context.Context, archive, dataDir string) (m Manifest, err error) {
	target := filepath.Join(dataDir, "kezhi.db")
	if _, err := os.Stat(target); err == nil {
		return m, errs.New(errs.Conflict, "backup.not_empty", "path", dataDir)
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
		return m, errs.Wrap(err, errs.Invalid, "db.folder", "path", dataDir)
	}
	work, err := os.MkdirTemp(dataDir, ".restore-")
	if err != nil {
		return m, errs.Wrap(err, errs.Invalid, "db.folder", "path", dataDir)
	}
	defer func() { _ = os.RemoveAll(work) }()
	if m, err = unpack(ctx, archive, work); err != nil {
		return m, err
	}
	if err := prove(ctx, work, m); err != nil {
		if code := errs.CodeOf(err); code == "db.newer_than_program" || ctx.Err() != nil {
			return m, err
		}
		return m, errs.Wrap(err, errs.Invalid, "backup.damaged", "path", archive)
	}
	files := filepath.Join(work, "files")
	if _, err := os.Stat(files); err == nil {
		if err := os.Rename(files, filepath.Join(dataDir, "files")); err != nil {
			return m, errs.Wrap(err, errs.Conflict, "backup.not_empty", "path", dataDir)
		}
	}
	// The database comes last: an installation exists only when everything else is in its place.
	return m, os.Rename(filepath.Join(work, "kezhi.db"), target)
}

// prove holds what was unpacked against the manifest: the database by its digest and its counts, the uploads by their number.
// Their content is covered by the checksum of the archive; an upload that had gone bad before the backup must not make
// everything else impossible to restore.
func prove(ctx context.Context, dir string, m Manifest) error {
	path := filepath.Join(dir, "kezhi.db")
	digest, err := digestOf(path)
	if err != nil {
		return err
	}
	if digest != m.Database {
		return errors.New("the digest of the database differs")
	}
	got, err := describe(ctx, path)
	if err != nil {
		return err
	}
	if got.Schema != m.Schema || got.AuditHash != m.AuditHash || got.AuditSeq != m.AuditSeq || !maps.Equal(got.Rows, m.Rows) {
		return errors.New("the counts or the audit chain differ")
	}
	files, err := list(filepath.Join(dir, "files"))
	if err != nil {
		return err
	}
	if len(files) != m.Files {
		return fmt.Errorf("%d uploads of %d", len(files), m.Files)
	}
	return nil
}

func unpack(ctx context.Context, archive, dir string) (m Manifest, err error) {
	bad := func(err error) error {
		return errs.Wrap(err, errs.Invalid, "backup.not_an_archive", "path", archive)
	}
	in, err := os.Open(archive)
	if err != nil {
		return m, errs.Wrap(err, errs.NotFound, "file.not_found", "path", archive)
	}
	defer func() { _ = in.Close() }()
	zip, err := gzip.NewReader(in)
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
		if err := json.NewDecoder(io.LimitReader(r, 1<<20)).Decode(m); err != nil {
			return fmt.Errorf("reading the manifest: %w", err)
		}
		if m.Format != format {
			return fmt.Errorf("unknown format %d", m.Format)
		}
		return nil
	}
	upload := strings.HasPrefix(h.Name, "files/") && filepath.IsLocal(filepath.FromSlash(h.Name))
	if h.Name != "kezhi.db" && !upload {
		return fmt.Errorf("unexpected name %q", h.Name)
	}
	path := filepath.Join(dir, filepath.FromSlash(h.Name))
	if rel, err := filepath.Rel(dir, path); err != nil || (upload && !strings.HasPrefix(filepath.ToSlash(rel), "files/")) {
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
