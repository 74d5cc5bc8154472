package files_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/files"
	"kezhi/internal/job"
	"kezhi/internal/seal"
)

func TestMain(m *testing.M) {
	dbtest.Main(m, map[string]func(string) error{killVariable: resealUntilKilled})
}

// keyText is the master key of these tests, so that a process of its own can open what another one sealed.
const keyText = "kezhi-master-1-AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

func keysOf(t testing.TB, d *db.DB) *seal.Keys {
	t.Helper()
	at := now()
	k, err := seal.Open(ctx, d, seal.Config{Text: keyText}, t.TempDir(), func() time.Time { at = at.Add(time.Minute); return at }, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func read(t testing.TB, s *files.Store, fileID int64) string {
	t.Helper()
	f, c, err := s.Open(ctx, fileID)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	b, err := io.ReadAll(c)
	if err != nil || int64(len(b)) != f.Size || c.Size() != f.Size {
		t.Fatalf("%d of %d bytes, %v", len(b), f.Size, err)
	}
	return string(b)
}

// plainOnDisk gives the files in which a text stands as it is.
func plainOnDisk(t *testing.T, dir, text string) (out []string) {
	t.Helper()
	for _, path := range kept(t, dir) {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b, []byte(text)) {
			out = append(out, path)
		}
	}
	return out
}

func faults(t *testing.T, d *db.DB, dir string) (n int) {
	t.Helper()
	if _, err := files.Check(ctx, d.Read(), dir, func(f files.Fault) { n++; t.Logf("%+v", f) }); err != nil {
		t.Fatal(err)
	}
	return n
}

func put(t testing.TB, s *files.Store, content string) files.File {
	t.Helper()
	f, err := s.Put(ctx, strings.NewReader(content), "x.txt", "text/plain", 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// resealed does the job that a rotation or an update asks for.
func resealed(t testing.TB, d *db.DB, k *seal.Keys) string {
	t.Helper()
	queue := job.NewQueue(d, time.Now)
	r := job.NewRunner(queue, slog.New(slog.DiscardHandler), func(context.Context, int64) string { return "" })
	for kind, h := range k.Jobs() {
		r.Register(kind, h)
	}
	jobID, err := k.Rotate(authz.With(ctx, authz.System("test")), queue)
	if err != nil {
		t.Fatal(err)
	}
	j, err := r.RunJob(ctx, jobID)
	if err != nil {
		t.Fatal(err)
	}
	return string(j.Result)
}

func TestUploadsAreSealed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, dir := store(t, d)
		old, twin := put(t, s, "旧的内容 plain"), put(t, s, "旧的内容 plain")
		if old.Digest != twin.Digest || len(plainOnDisk(t, dir, "旧的内容")) != 1 {
			t.Fatal("the store was to keep these as they come")
		}
		var told []string
		s.OnSealed(func(_ context.Context, _ db.Q, digest, mark string) error {
			told = append(told, digest, mark)
			return nil
		})
		k := keysOf(t, d)
		s.Seal(k)
		k.Hold(s)
		if read(t, s, old.ID) != "旧的内容 plain" {
			t.Error("what was there before does not open")
		}
		one, two := put(t, s, "新的内容 secret"), put(t, s, "新的内容 secret")
		if one.Mark != two.Mark || one.Digest == two.Digest {
			t.Errorf("the same content: marks %s %s, digests %s %s", one.Mark, two.Mark, one.Digest, two.Digest)
		}
		if found := plainOnDisk(t, dir, "新的内容"); len(found) != 0 {
			t.Errorf("as it came in %v", found)
		}
		if got := resealed(t, d, k); got != `{"left":0,"sealed":3}` {
			t.Fatal(got)
		}
		for _, f := range []files.File{old, twin, one, two} {
			now, err := s.Get(ctx, f.ID)
			if err != nil || now.Digest == f.Digest {
				t.Errorf("%d was not sealed anew: %v", f.ID, err)
			}
		}
		if read(t, s, old.ID) != "旧的内容 plain" || read(t, s, twin.ID) != "旧的内容 plain" || read(t, s, one.ID) != "新的内容 secret" {
			t.Error("something else was sealed")
		}
		if len(told) != 2 || told[0] != old.Digest || told[1] != k.Mark("upload", "旧的内容 plain") {
			t.Errorf("told %v", told)
		}
		if n := faults(t, d, dir); n != 0 {
			t.Errorf("%d faults", n)
		}
		// What was replaced lies there for a while, for those who are at it, and then no more.
		if err := s.SweepReplaced(ctx); err != nil || len(plainOnDisk(t, dir, "旧的内容")) != 1 {
			t.Errorf("%v, %v", plainOnDisk(t, dir, "旧的内容"), err)
		}
		age(t, dir)
		if err := s.SweepReplaced(ctx); err != nil || len(plainOnDisk(t, dir, "旧的内容")) != 0 || len(kept(t, dir)) != 3 {
			t.Errorf("%v, %v", kept(t, dir), err)
		}
		if read(t, s, twin.ID) != "旧的内容 plain" {
			t.Error("a content in use was swept")
		}
	})
}

// age makes every content old.
func age(t *testing.T, dir string) {
	t.Helper()
	old := now().Add(-3 * time.Hour)
	for _, path := range kept(t, dir) {
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
}

// Contents changed places, or were altered: neither opens, and a rotation leaves both as they are and says so.
func TestContentsThatDoNotBelong(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, dir := store(t, d)
		k := keysOf(t, d)
		s.Seal(k)
		k.Hold(s)
		a, b, whole := put(t, s, "the content of a"), put(t, s, "the content of b"), put(t, s, "whole")
		dbtest.Exec(t, d, "UPDATE file SET digest = ? WHERE id = ?", b.Digest, a.ID)
		if _, c, err := s.Open(ctx, a.ID); errs.CodeOf(err) != "seal.altered" {
			t.Errorf("that of another upload opened: %v, %v", c, err)
		}
		dbtest.Exec(t, d, "UPDATE file SET digest = ? WHERE id = ?", a.Digest, a.ID)
		bad, err := os.ReadFile(s.Path(a.Digest))
		if err != nil {
			t.Fatal(err)
		}
		bad[len(bad)-1] ^= 1
		if err := os.WriteFile(s.Path(a.Digest), bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if n := faults(t, d, dir); n != 1 {
			t.Errorf("%d faults", n)
		}
		if err := os.Remove(s.Path(b.Digest)); err != nil {
			t.Fatal(err)
		}
		if got := resealed(t, d, k); got != `{"left":2,"sealed":1}` {
			t.Errorf("%s", got)
		}
		if read(t, s, whole.ID) != "whole" {
			t.Error("the whole one does not open")
		}
	})
}

// killVariable names the folder of a child process that seals until it is killed.
const killVariable = "KEZHI_TEST_KILL_RESEAL"

func killed(dir string) (*db.DB, *files.Store, *seal.Keys, error) {
	dsn, err := os.ReadFile(filepath.Join(dir, "dsn"))
	if err != nil {
		return nil, nil, nil, err
	}
	d, err := db.Open(ctx, string(dsn), db.Options{Readers: 2, MustExist: true})
	if err != nil {
		return nil, nil, nil, err
	}
	s, err := files.New(d, filepath.Join(dir, "files"), time.Now)
	if err != nil {
		return nil, nil, nil, err
	}
	k, err := seal.Open(ctx, d, seal.Config{Text: keyText}, dir, time.Now, slog.New(slog.DiscardHandler))
	if err == nil {
		s.Seal(k)
		k.Hold(s)
	}
	return d, s, k, err
}

func resealUntilKilled(dir string) error {
	_, s, k, err := killed(dir)
	if err != nil {
		return err
	}
	return dbtest.UntilKilled(func() error {
		active, err := k.Active(ctx)
		if err != nil {
			return err
		}
		for after := ""; ; {
			_, next, err := s.Reseal(ctx, active, after)
			if after = next; err != nil || next == "" {
				return err
			}
		}
	}, func() string {
		active, _ := k.Active(ctx)
		_, waiting, _ := s.Held(ctx, active)
		return strconv.FormatInt(waiting, 10)
	})
}

func TestARotationSurvivesKills(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	t.Run("sqlite", func(t *testing.T) { killedRotation(t, filepath.Join(t.TempDir(), "kezhi.db")) })
	t.Run("postgres", func(t *testing.T) { killedRotation(t, dbtest.EmptyPostgres(t)) })
}

func killedRotation(t *testing.T, dsn string) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "dsn"), []byte(dsn), 0o600); err != nil {
		t.Fatal(err)
	}
	d := dbtest.Migrated(t, dsn)
	plain, err := files.New(d, filepath.Join(dir, "files"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	want := map[int64]string{}
	for i := range 300 {
		text := strings.Repeat(string(rune('一'+i)), 2000)
		want[put(t, plain, text).ID] = text
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		dbtest.KillAfter(t, killVariable+"="+dir, 1+i)
	}
	d, s, k, err := killed(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for fileID, text := range want {
		if read(t, s, fileID) != text {
			t.Fatalf("%d is another", fileID)
		}
	}
	if got := resealed(t, d, k); got != `{"left":0,"sealed":300}` {
		t.Error(got)
	}
	if n := faults(t, d, filepath.Join(dir, "files")); n != 0 {
		t.Errorf("%d faults", n)
	}
	old := time.Now().Add(-3 * time.Hour)
	for _, path := range kept(t, filepath.Join(dir, "files")) {
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.SweepReplaced(ctx); err != nil {
		t.Fatal(err)
	}
	if left := plainOnDisk(t, filepath.Join(dir, "files"), "一一一"); len(left) != 0 {
		t.Errorf("as they came: %v", left)
	}
	// What a killed process was writing lies in a folder of its own, and goes after a day.
	contents := slices.DeleteFunc(kept(t, filepath.Join(dir, "files")), func(path string) bool { return filepath.Base(filepath.Dir(path)) == "new" })
	if len(contents) != 300 {
		t.Errorf("%d contents", len(contents))
	}
}
