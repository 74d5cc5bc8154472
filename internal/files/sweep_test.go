package files_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/files"
)

func TestSweepForgetsWhatNothingNames(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir := filepath.Join(t.TempDir(), "files")
		at := now()
		s, err := files.New(d, dir, func() time.Time { return at })
		if err != nil {
			t.Fatal(err)
		}
		put := func(content string) files.File {
			t.Helper()
			f, err := s.Put(ctx, strings.NewReader(content), "x.txt", "text/plain", 100)
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
		named, alone, shared := put("named"), put("alone"), put("named")
		outside, err := s.Put(authz.With(ctx, authz.System("web")), strings.NewReader("outside"), "x.txt", "text/plain", 100)
		if err != nil {
			t.Fatal(err)
		}
		err = d.InTx(ctx, func(q db.Q) error {
			_, err := q.Exec(ctx, "INSERT INTO duty_file (customer_id, duty_id, file_id, position) VALUES (1, 1, ?, 0)", named.ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		half := filepath.Join(dir, "new", "upload-half")
		if err := os.WriteFile(half, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(half, now().Add(12*time.Hour), now().Add(12*time.Hour)); err != nil {
			t.Fatal(err)
		}
		sweep := func(want int64) {
			t.Helper()
			if n, err := s.Sweep(ctx); err != nil || n != want {
				t.Fatalf("swept %d, %v, want %d", n, err, want)
			}
		}
		at = at.Add(files.KeepUnused + time.Hour)
		sweep(0) // no column is registered: nobody knows what is in use
		s.NamedBy("duty_file", "file_id")
		at = now().Add(30 * time.Hour)
		old := now().Add(-time.Hour)
		if err := os.Chtimes(s.Path(outside.Digest), old, old); err != nil {
			t.Fatal(err)
		}
		sweep(1) // nobody who is signed in
		at = now().Add(files.KeepUnused - time.Hour)
		sweep(0) // too young
		at = now().Add(files.KeepUnused + time.Hour)
		fresh := put("alone") // the same content again, while the old row is swept
		if err := os.Chtimes(s.Path(named.Digest), old, old); err != nil {
			t.Fatal(err)
		}
		sweep(2) // alone and the second row of "named"
		if _, _, err := s.Open(ctx, alone.ID); !db.IsNoRows(err) {
			t.Errorf("the upload nothing names: %v", err)
		}
		if _, _, err := s.Open(ctx, shared.ID); !db.IsNoRows(err) {
			t.Errorf("the second upload: %v", err)
		}
		for _, f := range []files.File{named, fresh} {
			if _, content, err := s.Open(ctx, f.ID); err != nil {
				t.Errorf("%s is gone: %v", f.Digest, err)
			} else if err := content.Close(); err != nil {
				t.Error(err)
			}
		}
		at = at.Add(files.KeepUnused + time.Hour)
		if err := os.Chtimes(s.Path(fresh.Digest), old, old); err != nil {
			t.Fatal(err)
		}
		sweep(1)
		if left := kept(t, dir); len(left) != 1 || left[0] != s.Path(named.Digest) {
			t.Errorf("left on the disk: %v", left)
		}
	})
}
