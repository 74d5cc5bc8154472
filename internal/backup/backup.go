// Package backup writes a whole installation on SQLite (database and uploaded files) into one archive while it goes on
// working, and restores such an archive into an empty data folder. PostgreSQL has its own tools for this (docs/operations.md).
//
// The archive is a gzip'd tar: manifest.json first, then kezhi.db, then files/. The manifest carries the digest of the
// database and the counts a restore is held against.
package backup

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// Manifest describes an archive.
type Manifest struct {
	Format    int              `json:"format"` // of the archive, now 1
	Version   string           `json:"version"`
	Schema    int64            `json:"schema"`
	MadeAt    time.Time        `json:"made_at"`
	Database  string           `json:"database_sha256"`
	Files     int              `json:"files"`
	Rows      map[string]int64 `json:"rows"`
	AuditSeq  int64            `json:"audit_entries"`
	AuditHash string           `json:"audit_hash"`
}

const format = 1

// counted are the tables whose rows a restore is compared by.
var counted = []string{"customer", "contact", "fact", "verdict", "standing", "duty", "audit_entry", "app_user", "file"}

// Write makes the archive at path, which must not exist. The archive appears under its name only when it is complete.
func Write(ctx context.Context, d *db.DB, dataDir, path, version string, now time.Time) (m Manifest, err error) {
	if _, err := os.Stat(path); err == nil {
		return m, errs.New(errs.Conflict, "backup.exists", "path", path)
	}
	work, err := os.MkdirTemp(filepath.Dir(path), ".kezhi-backup-")
	if err != nil {
		return m, errs.Wrap(err, errs.Invalid, "backup.folder", "path", filepath.Dir(path))
	}
	defer func() { _ = os.RemoveAll(work) }()
	copied := filepath.Join(work, "kezhi.db")
	if err := d.Backup(ctx, copied); err != nil {
		return m, err
	}
	if m, err = describe(ctx, copied); err != nil {
		return m, err
	}
	m.Format, m.Version, m.MadeAt = format, version, now
	files, err := list(filepath.Join(dataDir, "files"))
	if err != nil {
		return m, err
	}
	m.Files = len(files)
	part := filepath.Join(work, "archive")
	if err := writeArchive(ctx, part, copied, dataDir, files, m); err != nil {
		return m, fmt.Errorf("writing the archive: %w", err)
	}
	return m, os.Rename(part, path)
}

func list(dir string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if e.IsDir() && e.Name() == "new" {
			return fs.SkipDir // uploads that are not complete
		}
		if e.Type().IsRegular() {
			out = append(out, path)
		}
		return nil
	})
	return out, err
}

// describe opens a database file and reads what the manifest says about it; the audit chain is proved on the way.
func describe(ctx context.Context, path string) (m Manifest, err error) {
	if m.Database, err = digestOf(path); err != nil {
		return m, err
	}
	d, err := db.Open(ctx, path, db.Options{Readers: 1, MustExist: true})
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if m.Schema, _, err = d.Versions(ctx); err != nil {
		return m, err
	}
	m.Rows = map[string]int64{}
	for _, table := range counted {
		var n int64
		if err := db.Get(ctx, d.Read(), "SELECT COUNT(*) FROM "+table, nil, &n); err != nil {
			return m, err
		}
		m.Rows[table] = n
	}
	if m.AuditSeq, err = audit.Verify(ctx, d.Read()); err != nil {
		return m, err
	}
	err = db.Get(ctx, d.Read(), "SELECT hash FROM audit_head WHERE chain = 1", nil, &m.AuditHash)
	return m, err
}

func digestOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func writeArchive(ctx context.Context, path, database, dataDir string, files []string, m Manifest) (err error) {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	zip := gzip.NewWriter(out)
	tw := tar.NewWriter(zip)
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := tw.WriteHeader(&tar.Header{Name: "manifest.json", Mode: 0o600, Size: int64(len(text)), ModTime: m.MadeAt}); err != nil {
		return err
	}
	if _, err := tw.Write(text); err != nil {
		return err
	}
	if err := addFile(tw, database, "kezhi.db"); err != nil {
		return err
	}
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		rel, err := filepath.Rel(dataDir, f)
		if err != nil {
			return err
		}
		if err := addFile(tw, f, filepath.ToSlash(rel)); err != nil {
			return err
		}
	}
	if err := errors.Join(tw.Close(), zip.Close()); err != nil {
		return err
	}
	return out.Sync()
}

func addFile(tw *tar.Writer, path, name string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	st, err := f.Stat()
	if err != nil {
		return err
	}
	if err := tw.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: st.Size(), ModTime: st.ModTime()}); err != nil {
		return err
	}
	_, err = io.Copy(tw, f)
	return err
}

// Restore unpacks an archive into dataDir, which must not hold a database yet, and proves the result against the manifest
// before it becomes the installation. Errors: backup.not_empty, backup.not_an_archive, backup.damaged.
func Restore(ctx context.Context, archive, dataDir string) (Manifest, error) {
	target := filepath.Join(dataDir, "kezhi.db")
	if _, err := os.Stat(target); err == nil {
		return Manifest{}, errs.New(errs.Conflict, "backup.not_empty", "path", dataDir)
	}
	if err := os.MkdirAll(dataDir, 0o700); err != nil {
		return Manifest{}, errs.Wrap(err, errs.Invalid, "db.folder", "path", dataDir)
	}
	work, err := os.MkdirTemp(dataDir, ".restore-")
	if err != nil {
		return Manifest{}, errs.Wrap(err, errs.Invalid, "db.folder", "path", dataDir)
	}
	defer func() { _ = os.RemoveAll(work) }()
	m, err := unpack(ctx, archive, work)
	if err != nil {
		return m, err
	}
	got, err := describe(ctx, filepath.Join(work, "kezhi.db"))
	if err != nil {
		return m, err
	}
	if got.Database != m.Database || got.AuditHash != m.AuditHash || got.AuditSeq != m.AuditSeq || fmt.Sprint(got.Rows) != fmt.Sprint(m.Rows) {
		return m, errs.New(errs.Invalid, "backup.damaged", "path", archive)
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
		if h.Name == "manifest.json" {
			if err := json.NewDecoder(io.LimitReader(tr, 1<<20)).Decode(&m); err != nil || m.Format != format {
				return m, bad(err)
			}
			continue
		}
		upload := strings.HasPrefix(h.Name, "files/") && filepath.IsLocal(filepath.FromSlash(h.Name))
		if h.Name != "kezhi.db" && !upload {
			return m, bad(fmt.Errorf("unexpected name %q", h.Name))
		}
		if err := unpackFile(tr, filepath.Join(dir, filepath.FromSlash(h.Name))); err != nil {
			return m, bad(err)
		}
	}
	if m.Format == 0 {
		return m, bad(errors.New("no manifest"))
	}
	return m, nil
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
