// Package backup writes a whole installation on SQLite (database, uploaded files, signed checkpoints of the audit log) into one
// archive while it goes on working, and restores such an archive into an empty data folder. PostgreSQL has its own tools for this
// (docs/operations.md).
//
// An archive is a gzip'd tar, encrypted with age where recipients or a passphrase are given: manifest.json first, then kezhi.db,
// audit/ and files/. The manifest carries the digest of the database and the counts a restore is held against.
//
// A Repository keeps archives in a place (a folder or an S3-compatible store) by itself. Uploads never change, so each is put
// there once for all archives, under its digest; an archive of a repository holds only their list. It counts from the moment its
// index (NAME.json) is there, which comes last.
package backup

import (
	"archive/tar"
	"cmp"
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
	Format    int              `json:"format"` // of the archive: 1 that of release 0.1.0, 2 this one
	Version   string           `json:"version"`
	Schema    int64            `json:"schema"`
	MadeAt    time.Time        `json:"made_at"`
	Database  string           `json:"database_sha256"`
	Files     int              `json:"files"`
	Rows      map[string]int64 `json:"rows"`
	AuditSeq  int64            `json:"audit_entries"`
	AuditHash string           `json:"audit_hash"`
	// Uploads are the digests of the uploads that lie beside the archive, in its repository.
	Uploads []string `json:"uploads,omitempty"`
}

const format = 2

// counted are the tables whose rows a restore is compared by.
var counted = []string{"customer", "contact", "fact", "verdict", "standing", "duty", "audit_entry", "app_user", "file"}

// Source is the installation that is backed up.
type Source struct {
	DB      *db.DB
	Dir     string // the data folder
	Audit   *audit.Keeper
	Version string // of the program
}

// snapshot is a moment of an installation, copied into a working folder.
type snapshot struct {
	Manifest
	src      Source
	database string // path of the copy
	uploads  []string
	marks    []string // what lies in the folder of checkpoints, without the signing key
}

// take proves and signs the audit chain, copies the database into work and lists what else belongs to it.
func take(ctx context.Context, src Source, work string, now time.Time) (s snapshot, err error) {
	if _, err := src.Audit.Sign(ctx); err != nil {
		return s, err
	}
	s.src, s.database = src, filepath.Join(work, "kezhi.db")
	if err := src.DB.Backup(ctx, s.database); err != nil {
		return s, err
	}
	if s.Manifest, err = describe(ctx, s.database); err != nil {
		return s, err
	}
	// Looking into the copy may have touched its header, so the digest is that of the file as it is packed.
	if s.Database, err = digestOf(s.database); err != nil {
		return s, err
	}
	s.Format, s.Version, s.MadeAt = format, src.Version, now
	if s.uploads, err = list(filepath.Join(src.Dir, "files")); err != nil {
		return s, err
	}
	s.Files = len(s.uploads)
	s.marks, err = src.Audit.Kept()
	return s, err
}

// Write makes the archive at path, which must not exist. The archive appears under its name only when it is complete.
// Errors: backup.exists, backup.folder, db.backup_with_pg_dump, db.disk_full, those of audit.Keeper.Sign.
func Write(ctx context.Context, src Source, path string, seal Seal, now time.Time) (m Manifest, err error) {
	if _, err := os.Stat(path); err == nil {
		return m, errs.New(errs.Conflict, "backup.exists", "path", path)
	}
	work, err := os.MkdirTemp(filepath.Dir(path), ".kezhi-backup-")
	if err != nil {
		return m, errs.Wrap(err, errs.Invalid, "backup.folder", "path", filepath.Dir(path))
	}
	defer func() { _ = os.RemoveAll(work) }()
	s, err := take(ctx, src, work, now)
	if err != nil {
		// Whoever gave up is told that, and not in which read the database was interrupted.
		return s.Manifest, cmp.Or(ctx.Err(), err)
	}
	part := filepath.Join(work, "archive")
	if err := s.archive(ctx, part, seal, true); err != nil {
		return s.Manifest, diskFull(fmt.Errorf("writing the archive: %w", err))
	}
	return s.Manifest, os.Rename(part, path)
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

// archive writes the archive, with the uploads in it or without.
func (s snapshot) archive(ctx context.Context, path string, seal Seal, whole bool) (err error) {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	sealed, err := seal.seal(out)
	if err != nil {
		return err
	}
	zip := gzip.NewWriter(sealed)
	tw := tar.NewWriter(zip)
	text, err := json.MarshalIndent(s.Manifest, "", "  ")
	if err != nil {
		return err
	}
	if err := tw.WriteHeader(&tar.Header{Name: "manifest.json", Mode: 0o600, Size: int64(len(text)), ModTime: s.MadeAt}); err != nil {
		return err
	}
	if _, err := tw.Write(text); err != nil {
		return err
	}
	if err := addFile(tw, s.database, "kezhi.db"); err != nil {
		return err
	}
	more := s.marks
	if whole {
		more = append(more[:len(more):len(more)], s.uploads...)
	}
	for _, f := range more {
		if err := ctx.Err(); err != nil {
			return err
		}
		rel, err := filepath.Rel(s.src.Dir, f)
		if err != nil {
			return err
		}
		if err := addFile(tw, f, filepath.ToSlash(rel)); err != nil {
			return err
		}
	}
	if err := errors.Join(tw.Close(), zip.Close(), sealed.Close()); err != nil {
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
