package db_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
)

// mapped counts how often the process has this very file mapped into its memory.
func mapped(t *testing.T, path string) int {
	t.Helper()
	b, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(b)) {
		if strings.HasSuffix(strings.TrimSpace(line), " "+path) {
			n++
		}
	}
	return n
}

func TestRestLetsGoOfTheMappedFile(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs the kernel's list of mappings")
	}
	path := filepath.Join(t.TempDir(), "kezhi.db")
	open := func() *db.DB {
		d, err := db.Open(t.Context(), path, db.Options{Readers: 2, Relaxed: true})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	d := open()
	_, err := d.Migrate(t.Context())
	// Closing moves everything from the write-ahead log into the file, from where it is mapped.
	if err := errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
	d = open()
	defer d.Close()
	read := func() {
		t.Helper()
		for range 2 {
			if n := count(t, d); n != 0 {
				t.Fatalf("%d rows", n)
			}
		}
	}
	read()
	if mapped(t, path) == 0 {
		t.Fatal("nothing is mapped after reading")
	}
	if err := d.Rest(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := mapped(t, path); n != 0 {
		t.Errorf("%d mappings after a rest", n)
	}
	read()
	if mapped(t, path) == 0 {
		t.Error("nothing is mapped after reading again: it would copy every page")
	}
}

func count(t *testing.T, d *db.DB) int64 {
	t.Helper()
	n, err := db.One(t.Context(), d.Read(), "SELECT COUNT(*) FROM setting WHERE name LIKE 'rest%'", nil, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A rest in the middle of reading and between writes harms neither.
func TestRestAmongWork(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		put := func(name string) {
			t.Helper()
			err := d.InTx(ctx, func(q db.Q) error {
				_, err := q.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES (?, '', 0)", name)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		put("rest 1")
		put("rest 2")
		err := d.InRead(ctx, func(q db.Q) error {
			rows, err := q.Query(ctx, "SELECT name FROM setting WHERE name LIKE 'rest%' ORDER BY name")
			if err != nil {
				return err
			}
			defer rows.Close()
			seen := 0
			for rows.Next() {
				seen++
				if err := d.Rest(ctx); err != nil {
					return err
				}
			}
			if seen != 2 {
				t.Errorf("read %d rows", seen)
			}
			return rows.Err()
		})
		if err != nil {
			t.Fatal(err)
		}
		put("rest 3")
		if n := count(t, d); n != 3 {
			t.Errorf("%d rows", n)
		}
	})
}

func TestAClosedDatabaseDoesNotRest(t *testing.T) {
	d := dbtest.SQLite(t)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if err := d.Rest(t.Context()); errs.CodeOf(err) != "db.closed" {
		t.Errorf("%v", err)
	}
}
