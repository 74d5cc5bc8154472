// Package files keeps what people upload: the content in a folder, named by its SHA-256, and one row per upload.
// It does not know what a file belongs to; the feature that names a file decides who may read it.
package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
	"unicode"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// File is an uploaded file. Size is in bytes.
type File struct {
	ID        int64
	Digest    string // SHA-256 in hexadecimal
	Name      string // as uploaded, without folders
	MediaType string
	Size      int64
	CreatedBy int64
	CreatedAt time.Time
}

// Store keeps files below a folder.
type Store struct {
	db   *db.DB
	dir  string
	now  clock.Clock
	uses [][2]string // table and column
}

// New makes a store on a folder, which is created when needed.
func New(d *db.DB, dir string, now clock.Clock) (*Store, error) {
	if err := os.MkdirAll(filepath.Join(dir, "new"), 0o700); err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "file.folder", "path", dir)
	}
	return &Store{db: d, dir: dir, now: now}, nil
}

// Put keeps the content of r, at most limit bytes, and gives its row. The content is on the disk before the row exists;
// an interrupted upload leaves neither. Errors: file.too_large, file.empty, db.disk_full.
func (s *Store) Put(ctx context.Context, r io.Reader, name, mediaType string, limit int64) (File, error) {
	digest, size, err := s.write(r, limit)
	if err != nil {
		return File{}, err
	}
	actor, _ := authz.From(ctx)
	now := s.now()
	f := File{
		ID: id.New(now), Digest: digest, Name: baseName(name), MediaType: mediaType, Size: size,
		CreatedBy: actor.UserID, CreatedAt: now,
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		_, err := q.Exec(ctx, "INSERT INTO file (id, digest, name, media_type, size, created_by, created_at) VALUES (?,?,?,?,?,?,?)",
			f.ID, f.Digest, f.Name, f.MediaType, f.Size, f.CreatedBy, clock.Micros(f.CreatedAt))
		return err
	})
	return f, err
}

// maxName bounds a name, in characters; file systems take no longer ones.
const maxName = 200

// baseName takes the folders off a name of any system, and what cannot be shown or stored: it comes from a stranger's machine.
func baseName(name string) string {
	name = strings.ToValidUTF8(name, "")
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) { // the latter would show gpj.exe as exe.jpg
			return -1
		}
		return r
	}, name[strings.LastIndexAny(name, `/\`)+1:])
	if name == "" || name == "." || name == ".." {
		return "file"
	}
	if r := []rune(name); len(r) > maxName {
		ending := []rune(filepath.Ext(name))
		if len(ending) > 20 {
			ending = nil
		}
		name = string(r[:maxName-len(ending)]) + string(ending)
	}
	return name
}

func (s *Store) write(r io.Reader, limit int64) (digest string, size int64, err error) {
	tmp, err := os.CreateTemp(filepath.Join(s.dir, "new"), "upload-")
	if err != nil {
		return "", 0, errs.Wrap(err, errs.Unavailable, "file.folder", "path", s.dir)
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	h := sha256.New()
	size, err = io.Copy(io.MultiWriter(tmp, h), io.LimitReader(r, limit+1))
	if err == nil {
		err = tmp.Sync()
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return "", 0, errs.Wrap(err, errs.Unavailable, "db.disk_full")
	case err != nil:
		return "", 0, errs.Wrap(err, errs.Invalid, "file.interrupted")
	case size > limit:
		return "", 0, errs.New(errs.TooLarge, "file.too_large", "limit_mb", limit>>20)
	case size == 0:
		return "", 0, errs.New(errs.Invalid, "file.empty")
	}
	digest = hex.EncodeToString(h.Sum(nil))
	path := s.Path(digest)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", 0, errs.Wrap(err, errs.Unavailable, "file.folder", "path", s.dir)
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return "", 0, fmt.Errorf("keeping an upload: %w", err)
	}
	return digest, size, syncFolder(filepath.Dir(path))
}

// syncFolder makes a new name in a folder survive a power failure, like the content under it.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // folders cannot be synced there, and need not be
	}
	f, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("keeping an upload: %w", err)
	}
	return errors.Join(f.Sync(), f.Close())
}

// Get gives the row of a file. The caller has made sure that the actor may know it.
func (s *Store) Get(ctx context.Context, fileID int64) (File, error) {
	return db.One(ctx, s.db.Read(), "SELECT id, digest, name, media_type, size, created_by, created_at FROM file WHERE id = ?", []any{fileID},
		func(r db.Rows) (File, error) {
			var f File
			var at int64
			err := r.Scan(&f.ID, &f.Digest, &f.Name, &f.MediaType, &f.Size, &f.CreatedBy, &at)
			f.CreatedAt = clock.FromMicros(at)
			return f, err
		})
}

// Open gives the row and the content of a file; the caller closes it. Error file.missing when the content is gone from the folder.
func (s *Store) Open(ctx context.Context, fileID int64) (File, *os.File, error) {
	f, err := s.Get(ctx, fileID)
	if err != nil {
		return File{}, nil, err
	}
	content, err := os.Open(s.Path(f.Digest))
	if err != nil {
		return File{}, nil, errs.Wrap(err, errs.Unavailable, "file.missing", "name", f.Name)
	}
	return f, content, nil
}

// Path gives where the content with a digest lies.
func (s *Store) Path(digest string) string {
	return filepath.Join(s.dir, digest[:2], digest[2:4], digest)
}

// Kept gives the number of uploads and their bytes; a content that several uploads share counts for each.
func (s *Store) Kept(ctx context.Context) (n, size int64, err error) {
	err = db.Get(ctx, s.db.Read(), "SELECT COUNT(*), COALESCE(SUM(size), 0) FROM file", nil, &n, &size)
	return n, size, err
}
