// Package files keeps what people upload: the content in a folder, sealed, named by the SHA-256 of what lies there, and one row per
// upload. So a content can be proved whole without a key, and its name tells nothing about it.
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
	"kezhi/internal/seal"
)

// File is an uploaded file. Size is in bytes.
type File struct {
	ID        int64
	Digest    string // SHA-256 in hexadecimal of the content as it is kept
	Mark      string // keyed digest of what was uploaded, by which the same is known again; only Put gives it
	Name      string // as uploaded, without folders
	MediaType string
	Size      int64
	CreatedBy int64
	CreatedAt time.Time

	keyID    int64 // the data key that seals it, 0 = none
	sealedAs int64 // what it is bound to
}

// Store keeps files below a folder.
type Store struct {
	db   *db.DB
	dir  string
	now  clock.Clock
	uses [][2]string // table and column
	keys *seal.Keys  // nil = contents are kept as they come
	// sealed is told of a content that was kept as it came and is sealed now.
	sealed []SealedFunc
}

// New makes a store on a folder, which is created when needed.
func New(d *db.DB, dir string, now clock.Clock) (*Store, error) {
	if err := os.MkdirAll(filepath.Join(dir, "new"), 0o700); err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "file.folder", "path", dir)
	}
	return &Store{db: d, dir: dir, now: now}, nil
}

// Seal has contents sealed from now on; the composition root calls it.
func (s *Store) Seal(k *seal.Keys) { s.keys = k }

// markUse is what the marks of uploads are for.
const markUse = "upload"

// Put keeps the content of r, at most limit bytes, and gives its row. The content is on the disk before the row exists;
// an interrupted upload leaves neither. Errors: file.too_large, file.empty, db.disk_full.
func (s *Store) Put(ctx context.Context, r io.Reader, name, mediaType string, limit int64) (File, error) {
	actor, _ := authz.From(ctx)
	now := s.now()
	f := File{ID: id.New(now), Name: baseName(name), MediaType: mediaType, CreatedBy: actor.UserID, CreatedAt: now}
	if s.keys != nil {
		active, err := s.keys.Active(ctx)
		if err != nil {
			return File{}, err
		}
		f.keyID, f.sealedAs = active, f.ID
	}
	if err := s.write(ctx, &f, r, limit); err != nil {
		return File{}, err
	}
	err := s.db.InTx(ctx, func(q db.Q) error {
		_, err := q.Exec(ctx, "INSERT INTO file (id, digest, name, media_type, size, created_by, created_at, key_id, sealed_as) VALUES (?,?,?,?,?,?,?,?,?)",
			f.ID, f.Digest, f.Name, f.MediaType, f.Size, f.CreatedBy, clock.Micros(f.CreatedAt), f.keyID, f.sealedAs)
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

// write keeps a content and notes its digest, mark and size.
func (s *Store) write(ctx context.Context, f *File, r io.Reader, limit int64) error {
	tmp, err := os.CreateTemp(filepath.Join(s.dir, "new"), "upload-")
	if err != nil {
		return errs.Wrap(err, errs.Unavailable, "file.folder", "path", s.dir)
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	h := sha256.New()
	f.Mark, f.Size, err = s.pour(ctx, io.MultiWriter(tmp, h), io.LimitReader(r, limit+1), *f)
	if err == nil {
		err = tmp.Sync()
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return errs.Wrap(err, errs.Unavailable, "db.disk_full")
	case errs.CodeOf(err) == "seal.unknown_key":
		return err
	case err != nil:
		return errs.Wrap(err, errs.Invalid, "file.interrupted")
	case f.Size > limit:
		return errs.New(errs.TooLarge, "file.too_large", "limit_mb", limit>>20)
	case f.Size == 0:
		return errs.New(errs.Invalid, "file.empty")
	}
	f.Digest = hex.EncodeToString(h.Sum(nil))
	if s.keys == nil {
		f.Mark = f.Digest
	}
	path := s.Path(f.Digest)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return errs.Wrap(err, errs.Unavailable, "file.folder", "path", s.dir)
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return fmt.Errorf("keeping an upload: %w", err)
	}
	return syncFolder(filepath.Dir(path))
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

const columns = "id, digest, name, media_type, size, created_by, created_at, key_id, sealed_as"

func scan(r db.Rows) (File, error) {
	var f File
	var at int64
	err := r.Scan(&f.ID, &f.Digest, &f.Name, &f.MediaType, &f.Size, &f.CreatedBy, &at, &f.keyID, &f.sealedAs)
	f.CreatedAt = clock.FromMicros(at)
	return f, err
}

// Get gives the row of a file. The caller has made sure that the actor may know it.
func (s *Store) Get(ctx context.Context, fileID int64) (File, error) {
	return db.One(ctx, s.db.Read(), "SELECT "+columns+" FROM file WHERE id = ?", []any{fileID}, scan)
}

// Content is what was uploaded, to be read from anywhere.
type Content struct {
	*io.SectionReader
	kept *os.File
}

// Close lets go of the file.
func (c *Content) Close() error { return c.kept.Close() }

// Open gives the row and the content of a file; the caller closes it. Error file.missing when the content is gone from the folder,
// seal.altered when it is not what was sealed.
func (s *Store) Open(ctx context.Context, fileID int64) (File, *Content, error) {
	f, err := s.Get(ctx, fileID)
	if err != nil {
		return File{}, nil, err
	}
	c, err := s.content(ctx, f)
	if errs.CodeOf(err) == "file.missing" {
		// It may have been sealed anew a moment ago, and lie under another name.
		again, gerr := s.Get(ctx, fileID)
		if gerr != nil || again.Digest == f.Digest {
			return File{}, nil, err
		}
		f = again
		c, err = s.content(ctx, f)
	}
	if err != nil {
		return File{}, nil, err
	}
	return f, c, nil
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
