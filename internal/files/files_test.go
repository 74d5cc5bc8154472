package files_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/files"
)

var (
	ctx = authz.With(context.Background(), authz.Actor{UserID: 42, Name: "林晓"})
	now = clock.Fixed(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
)

func store(t *testing.T, d *db.DB) (*files.Store, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "files")
	s, err := files.New(d, dir, now)
	if err != nil {
		t.Fatal(err)
	}
	return s, dir
}

// kept gives every regular file below a folder.
func kept(t *testing.T, dir string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func rows(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	if err := db.Get(ctx, d.Read(), "SELECT COUNT(*) FROM file", nil, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWhatIsPutIsOpened(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, dir := store(t, d)
		content := strings.Repeat("拜访照片", 5000)
		f, err := s.Put(ctx, iotest.OneByteReader(strings.NewReader(content)), "照片.jpg", "image/jpeg", 1<<20)
		if err != nil || f.Size != int64(len(content)) || f.CreatedBy != 42 || !f.CreatedAt.Equal(now()) {
			t.Fatalf("%+v, %v", f, err)
		}
		got, r, err := s.Open(ctx, f.ID)
		got.Mark = f.Mark // only Put gives it
		if err != nil || got != f {
			t.Fatalf("%+v, %v", got, err)
		}
		defer r.Close()
		if b, err := io.ReadAll(r); err != nil || string(b) != content {
			t.Fatalf("%d bytes, %v", len(b), err)
		}
		again, err := s.Put(ctx, strings.NewReader(content), "另一个名字.jpg", "image/jpeg", 1<<20)
		if err != nil || again.Digest != f.Digest || again.ID == f.ID || len(kept(t, dir)) != 1 || rows(t, d) != 2 {
			t.Fatalf("the same content twice: %+v, %v, %v on disk", again, err, kept(t, dir))
		}
		if _, _, err := s.Open(ctx, 12345); !db.IsNoRows(err) {
			t.Errorf("absent: %v", err)
		}
		if err := os.Remove(s.Path(f.Digest)); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.Open(ctx, f.ID); errs.CodeOf(err) != "file.missing" {
			t.Errorf("content gone: %v", err)
		}
	})
}

func TestWhatIsRefusedLeavesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, dir := store(t, d)
		for name, c := range map[string]struct {
			r    io.Reader
			code string
			kind errs.Kind
		}{
			"empty":       {strings.NewReader(""), "file.empty", errs.Invalid},
			"a byte more": {strings.NewReader(strings.Repeat("x", 1001)), "file.too_large", errs.TooLarge},
			"endless":     {endless{}, "file.too_large", errs.TooLarge},
			"interrupted": {io.MultiReader(strings.NewReader("half"), iotest.ErrReader(io.ErrUnexpectedEOF)), "file.interrupted", errs.Invalid},
			"disk full":   {io.MultiReader(strings.NewReader("half"), iotest.ErrReader(&fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC})), "db.disk_full", errs.Unavailable},
		} {
			_, err := s.Put(ctx, c.r, "x", "text/plain", 1000)
			if errs.CodeOf(err) != c.code || errs.KindOf(err) != c.kind {
				t.Errorf("%s: %v", name, err)
			}
			if left := kept(t, dir); len(left) != 0 || rows(t, d) != 0 {
				t.Errorf("%s left %v and %d rows", name, left, rows(t, d))
			}
		}
		if f, err := s.Put(ctx, strings.NewReader(strings.Repeat("x", 1000)), "x", "text/plain", 1000); err != nil || f.Size != 1000 {
			t.Errorf("exactly the limit: %v", err)
		}
	})
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

// The same content from many people at the same moment is kept once and whole.
func TestConcurrentPutsOfOneContent(t *testing.T) {
	d := dbtest.SQLite(t)
	s, dir := store(t, d)
	content := bytes.Repeat([]byte("合同"), 100_000)
	var wg sync.WaitGroup
	failed := make(chan error, 8)
	for range 8 {
		wg.Go(func() {
			f, err := s.Put(ctx, bytes.NewReader(content), "合同.pdf", "application/pdf", 1<<20)
			if err == nil {
				var b []byte
				if b, err = os.ReadFile(s.Path(f.Digest)); err == nil && !bytes.Equal(b, content) {
					err = errors.New("the content differs")
				}
			}
			failed <- err
		})
	}
	wg.Wait()
	close(failed)
	for err := range failed {
		if err != nil {
			t.Error(err)
		}
	}
	if len(kept(t, dir)) != 1 || rows(t, d) != 8 {
		t.Fatalf("%v on disk, %d rows", kept(t, dir), rows(t, d))
	}
}

// A name is a stranger's text: no folder of any system, nothing that breaks a header or a database stays in it.
func TestNames(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _ := store(t, d)
		for given, want := range map[string]string{
			"合同 v2.pdf": "合同 v2.pdf", "a/b/c.txt": "c.txt", `C:\fakepath\照片.jpg`: "照片.jpg", "../../etc/passwd": "passwd", "": "file", ".": "file",
			"..": "file", "folder/": "file", "a\r\nX-Evil: 1": "aX-Evil: 1", "nul\x00byte": "nulbyte", "bad\xffutf8": "badutf8", `..\..`: "file", "photo\u202egpj.exe": "photogpj.exe",
			strings.Repeat("长", 300) + ".pdf": strings.Repeat("长", 196) + ".pdf",
		} {
			f, err := s.Put(ctx, strings.NewReader("x"), given, "text/plain", 10)
			if err != nil || f.Name != want {
				t.Errorf("%q became %q, %v", given, f.Name, err)
			}
		}
	})
}

func TestAFolderThatCannotBeMadeIsNamed(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := files.New(dbtest.SQLite(t), filepath.Join(blocked, "files"), now)
	if e, ok := errs.As(err); !ok || e.Code != "file.folder" || e.Args["path"] == nil {
		t.Fatalf("%v", err)
	}
}
