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
	"syscall"
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
	// Looking into the copy may have touched its header, so the digest is that of the file as it is packed.
	if m.Database, err = digestOf(copied); err != nil {
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
		return m, diskFull(fmt.Errorf("writing the archive: %w", err))
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
		if e.Type().IsRegular() && len(e.Name()) == 2*sha256.Size { // uploads are named by their digest; anything else is not ours
			out = append(out, path)
		}
		return nil
	})
	return out, err
}

// describe opens a database file and reads what the manifest says about it; the audit chain is proved on the way.
func describe(ctx context.Context, path string) (m Manifest, err error) {
	d, err := db.Open(ctx, path, db.Options{Readers: 1, MustExist: true})
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	have, newest, err := d.Versions(ctx)
	if err != nil {
		return m, err
	}
	if m.Schema = have; have > newest {
		return m, errs.New(errs.Invalid, "db.newer_than_program", "have", have, "known", newest)
	}
	m.Rows = map[string]int64{}
	for _, table := range counted {
		var n int64
		if err := db.Get(ctx, d.Read(), "SELECT COUNT(*) FROM "+table, nil, &n); err != nil {
			return m, err
		}
		m.Rows[table] = n
	}
	chain, err := audit.Verify(ctx, d.Read())
	m.AuditSeq, m.AuditHash = chain.Entries, chain.Head
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

// diskFull tells a full disk from the other failures of writing.
func diskFull(err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return errs.Wrap(err, errs.Unavailable, "db.disk_full")
	}
	return err
}
