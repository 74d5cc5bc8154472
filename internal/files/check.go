package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// Fault is a content that is not what its uploads say.
type Fault struct {
	Digest  string `json:"digest"`
	Problem string `json:"problem"` // missing, altered
}

// Check reads every content that an upload names and holds it against its digest, one after the other. It gives how many there
// are, and tells of each that is missing or altered. Uploads may go on meanwhile.
func Check(ctx context.Context, q db.Q, dir string, tell func(Fault)) (int64, error) {
	var n int64
	for after := ""; ; {
		page, err := db.List(ctx, q, "SELECT DISTINCT digest FROM file WHERE digest > ? ORDER BY digest LIMIT 500", []any{after},
			func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
		if err != nil || len(page) == 0 {
			return n, err
		}
		for _, digest := range page {
			n++
			problem, err := held(digest, filepath.Join(dir, digest[:2], digest[2:4], digest))
			if err != nil {
				return n, err
			}
			if problem == "" {
				continue
			}
			// It may have been swept away a moment ago, row and all.
			var still int64
			if err := db.Get(ctx, q, "SELECT COUNT(*) FROM file WHERE digest = ?", []any{digest}, &still); err != nil {
				return n, err
			}
			if still > 0 {
				tell(Fault{digest, problem})
			}
		}
		after = page[len(page)-1]
	}
}

// held says what is wrong with the content at a path, "" for nothing.
func held(digest, path string) (string, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "missing", nil
	}
	if err != nil {
		return "", errs.Wrap(err, errs.Unavailable, "file.folder", "path", path)
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", errs.Wrap(err, errs.Unavailable, "file.folder", "path", path)
	}
	if hex.EncodeToString(h.Sum(nil)) != digest {
		return "altered", nil
	}
	return "", nil
}
