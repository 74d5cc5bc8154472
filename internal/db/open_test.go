package db_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
)

func TestOpenSaysWhatIsWrongWithTheFile(t *testing.T) {
	dir := t.TempDir()
	path := func(name string, content []byte) string {
		p := filepath.Join(dir, name)
		if content != nil {
			if err := os.WriteFile(p, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return p
	}
	garbage := make([]byte, 8192)
	copy(garbage, "this was a database once")
	for name, c := range map[string]struct {
		dsn  string
		opt  db.Options
		code string
		kind errs.Kind
	}{
		"not a database":       {path("garbage.db", garbage), db.Options{}, "db.damaged", errs.Unavailable},
		"a directory":          {dir, db.Options{}, "db.not_found", errs.NotFound},
		"absent":               {path("absent.db", nil), db.Options{MustExist: true}, "db.not_found", errs.NotFound},
		"below a file":         {filepath.Join(path("plain", []byte("x")), "kezhi.db"), db.Options{}, "db.folder", errs.Invalid},
		"a malformed address":  {"postgres://host:port:port/x", db.Options{}, "db.bad_address", errs.Invalid},
		"nobody listens there": {"postgres://" + freePort(t) + "/kezhi?sslmode=disable", db.Options{}, "db.unreachable", errs.Unavailable},
	} {
		d, err := db.Open(t.Context(), c.dsn, c.opt)
		if errs.CodeOf(err) != c.code || errs.KindOf(err) != c.kind || d != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "absent.db")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a database was made where none may be")
	}
}

// freePort gives an address at which nobody listens.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// Damage in the middle of a file shows when the pages are read, not when the file is opened.
func TestDamageInTheMiddle(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kezhi.db")
	d, err := db.Open(t.Context(), path, db.Options{Readers: 1, Relaxed: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(b); i++ {
		b[i] = 0xA5
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	d, err = db.Open(t.Context(), path, db.Options{Readers: 1, Relaxed: true})
	if err == nil {
		defer d.Close()
		_, err = d.Migrate(t.Context())
		_, read := db.List(t.Context(), d.Read(), "SELECT name FROM setting", nil, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
		if errs.CodeOf(read) != "db.damaged" {
			t.Errorf("reading: %v", read)
		}
	}
	if errs.CodeOf(err) != "db.damaged" {
		t.Errorf("migrating: %v", err)
	}
}

// Another program holds the database. The waits are SQLite's own busy timeout.
func TestALockedDatabaseSaysSo(t *testing.T) {
	hold := func(t *testing.T, path string) {
		t.Helper()
		other, err := sqlite.OpenConn(path, sqlite.OpenReadWrite|sqlite.OpenCreate)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = other.Close() })
		if err := sqlitex.ExecuteTransient(other, "BEGIN EXCLUSIVE", nil); err != nil {
			t.Fatal(err)
		}
	}
	locked := func(t *testing.T, err error) {
		t.Helper()
		if errs.CodeOf(err) != "db.locked" || errs.KindOf(err) != errs.Unavailable {
			t.Errorf("%v", err)
		}
	}
	t.Run("opening", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "kezhi.db")
		hold(t, path)
		_, err := db.Open(t.Context(), path, db.Options{Readers: 1})
		locked(t, err)
	})
	t.Run("writing", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "kezhi.db")
		d, err := db.Open(t.Context(), path, db.Options{Readers: 1, Relaxed: true})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		hold(t, path)
		locked(t, d.InTx(t.Context(), func(db.Q) error { return nil }))
	})
	t.Run("migrating", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "kezhi.db")
		d, err := db.Open(t.Context(), path, db.Options{Readers: 1, Relaxed: true})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		hold(t, path)
		_, err = d.Migrate(t.Context())
		locked(t, err)
	})
}

func TestAClosedDatabaseRefuses(t *testing.T) {
	d := dbtest.SQLite(t)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	if err := d.InTx(t.Context(), func(db.Q) error { return nil }); errs.CodeOf(err) != "db.closed" {
		t.Errorf("writing: %v", err)
	}
	if err := d.Ping(t.Context()); errs.CodeOf(err) != "db.closed" {
		t.Errorf("reading: %v", err)
	}
}

func TestWritesOutsideATransactionAreRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if _, err := d.Read().Exec(t.Context(), "DELETE FROM setting"); errs.CodeOf(err) != "db.write_outside_transaction" {
			t.Errorf("%v", err)
		}
		err := d.InRead(t.Context(), func(q db.Q) error { _, err := q.Exec(t.Context(), "DELETE FROM setting"); return err })
		if err == nil {
			t.Error("a snapshot took a write")
		}
	})
}

// One request is broken off in the middle of a write. SQLite then rolls the whole transaction back, in which others were
// carried along: they must all be there in the end, each exactly once, and only the broken one must fail.
func TestABrokenOffWriteHarmsNobodyElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		const mates, rounds = 8, 5
		put := func(q db.Q, n int) error {
			_, err := q.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES (?, '', 0)", strconv.Itoa(n))
			return err
		}
		for round := range rounds {
			release, entered := make(chan struct{}), make(chan struct{})
			var once sync.Once
			results, brokenErr := make(chan error, mates), make(chan error, 1)
			mate := func(i int, before func()) {
				results <- d.InTx(ctx, func(q db.Q) error {
					before()
					return put(q, round*1000+i)
				})
			}
			// The first holds the writer until the others stand in the queue behind it; it may be run again.
			go mate(0, func() { once.Do(func() { close(entered); <-release }) })
			<-entered
			var queued sync.WaitGroup
			for i := range mates - 1 {
				queued.Add(1)
				go func() { queued.Done(); mate(i+1, func() {}) }()
			}
			queued.Add(1)
			go func() {
				broken, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
				defer cancel()
				queued.Done()
				brokenErr <- d.InTx(broken, func(q db.Q) error {
					_, err := q.Exec(broken, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000000)
						INSERT INTO setting (name, value, updated_at) SELECT 'lost ' || i, '', 0 FROM n`)
					return err
				})
			}()
			queued.Wait()
			close(release)
			if err := <-brokenErr; !errors.Is(err, context.DeadlineExceeded) {
				t.Fatalf("broken off: %v", err)
			}
			for range mates {
				if err := <-results; err != nil {
					t.Fatalf("a bystander failed: %v", err)
				}
			}
		}
		var n, lost int
		if err := db.Get(ctx, d.Read(), "SELECT COUNT(*), COUNT(*) FILTER (WHERE name LIKE 'lost%') FROM setting", nil, &n, &lost); err != nil {
			t.Fatal(err)
		}
		if n != mates*rounds || lost != 0 {
			t.Fatalf("%d rows, %d of the broken ones", n, lost)
		}
	})
}

func TestCursor(t *testing.T) {
	for _, vals := range [][]string{{"1"}, {"上海", "42"}, {"", ""}} {
		got, err := db.DecodeCursor(db.EncodeCursor(vals...), len(vals))
		if err != nil || len(got) != len(vals) || got[0] != vals[0] {
			t.Errorf("%v came back as %v, %v", vals, got, err)
		}
	}
	if got, err := db.DecodeCursor("", 2); err != nil || got != nil {
		t.Errorf("empty: %v, %v", got, err)
	}
	for _, s := range []string{"!", "W10", "bnVsbA", db.EncodeCursor("one"), db.EncodeCursor("a", "b", "c"), "eyJhIjoxfQ"} {
		if _, err := db.DecodeCursor(s, 2); errs.CodeOf(err) != "cursor.invalid" {
			t.Errorf("%q: %v", s, err)
		}
	}
}
