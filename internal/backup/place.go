package backup

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kezhi/internal/errs"
)

// Place is where archives are kept: a folder or an S3-compatible store. Names have slashes. An object is there whole or not at all.
type Place interface {
	Put(ctx context.Context, name string, r io.Reader) error
	// Get gives the content; the error is fs.ErrNotExist when there is none.
	Get(ctx context.Context, name string) (io.ReadCloser, error)
	// List gives the objects whose names begin with a prefix.
	List(ctx context.Context, prefix string) ([]Object, error)
	Delete(ctx context.Context, name string) error
	String() string
}

// Object is one thing in a place. Size is in bytes.
type Object struct {
	Name string
	Size int64
	At   time.Time // when it was put there
}

// OpenPlace gives the place an address names: a folder, or s3://bucket/prefix. Errors: backup.place.
func OpenPlace(ctx context.Context, address string, s3 S3) (Place, error) {
	if rest, ok := strings.CutPrefix(address, "s3://"); ok {
		return openS3(ctx, rest, s3)
	}
	return folder(address), nil
}

type folder string

func (f folder) String() string { return string(f) }

func (f folder) path(name string) string { return filepath.Join(string(f), filepath.FromSlash(name)) }

func (f folder) Put(_ context.Context, name string, r io.Reader) (err error) {
	path := f.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return f.failed(err)
	}
	out, err := os.CreateTemp(filepath.Dir(path), ".part-")
	if err != nil {
		return f.failed(err)
	}
	_, err = io.Copy(out, r)
	if err = errors.Join(err, out.Sync(), out.Close()); err == nil {
		err = os.Rename(out.Name(), path)
	}
	if err != nil {
		_ = os.Remove(out.Name())
		return f.failed(err)
	}
	return nil
}

func (f folder) failed(err error) error {
	if e := diskFull(err); errs.CodeOf(e) == "db.disk_full" {
		return e
	}
	return errs.Wrap(err, errs.Unavailable, "backup.place", "place", f.String(), "problem", err.Error())
}

func (f folder) Get(_ context.Context, name string) (io.ReadCloser, error) {
	return os.Open(f.path(name))
}

func (f folder) List(_ context.Context, prefix string) ([]Object, error) {
	var out []Object
	err := filepath.WalkDir(string(f), func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			return err
		}
		rel, err := filepath.Rel(string(f), path)
		if name := filepath.ToSlash(rel); err == nil && strings.HasPrefix(name, prefix) {
			info, err := e.Info()
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil {
				return err
			}
			out = append(out, Object{name, info.Size(), info.ModTime()})
		}
		return err
	})
	if err != nil {
		return nil, f.failed(err)
	}
	return out, nil
}

func (f folder) Delete(_ context.Context, name string) error {
	if err := os.Remove(f.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return f.failed(err)
	}
	return nil
}
