package db_test

import (
	"strings"
	"testing"
	"time"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

// What took long is kept by the shape of its statement: no value is in it, and the same statement with more values is the same.
func TestSlowStatementsAreKeptWithoutTheirValues(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d0 *db.DB) {
		d, err := db.Open(t.Context(), dbtest.Address(t, d0), db.Options{Slow: 1}) // a nanosecond: everything is slow
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = d.Close() }()
		set := func(names ...any) {
			t.Helper()
			err := d.InTx(t.Context(), func(q db.Q) error {
				_, err := q.Exec(t.Context(), "INSERT INTO setting (name, value, updated_at) VALUES "+strings.Repeat("(?, ?, ?), ", len(names)/3-1)+"(?, ?, ?)", names...)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		set("王芳 13800138000", "secret", 1, "b", "secret", 1)
		set("c", "secret", 1, "d", "secret", 1, "e", "secret", 1)
		var n int
		if err := db.Get(t.Context(), d.Read(), "SELECT COUNT(*) FROM setting WHERE name IN "+db.In(2), []any{"王芳 13800138000", "c"}, &n); err != nil || n != 2 {
			t.Fatal(n, err)
		}
		shapes := map[string]db.SlowStatement{}
		for _, s := range d.Slow() {
			shapes[s.Shape] = s
			if strings.Contains(s.Shape, "王芳") || strings.Contains(s.Shape, "secret") {
				t.Errorf("a value is kept: %s", s.Shape)
			}
			if s.Times < 1 || s.Longest <= 0 || s.Total < s.Longest || time.Since(s.Last) > time.Minute {
				t.Errorf("%+v", s)
			}
		}
		if s := shapes["INSERT INTO setting (name, value, updated_at) VALUES (?, …), …"]; s.Times != 2 {
			t.Errorf("the insert: %+v in %v", s, shapes)
		}
		if s := shapes["SELECT COUNT(*) FROM setting WHERE name IN (?, …)"]; s.Times != 1 {
			t.Errorf("the query: %+v in %v", s, shapes)
		}
		for i := range 300 { // the memory is bounded
			if err := db.Get(t.Context(), d.Read(), "SELECT 1 + "+strings.Repeat("1 + ", i)+"1", nil, &n); err != nil {
				t.Fatal(err)
			}
		}
		if got := len(d.Slow()); got > 200 {
			t.Errorf("%d shapes are kept", got)
		}
		if quiet := d0.Slow(); len(quiet) != 0 && quiet[0].Longest < db.SlowFrom {
			t.Errorf("not slow, and kept: %+v", quiet[0])
		}
	})
}

func TestTheSizeOfADatabase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, err := d.Size(t.Context())
		if err != nil || s.Data < 10_000 || s.Most < 1 || s.Busy < 0 || s.Busy > s.Most || s.Free < 0 || s.Free > s.Data {
			t.Fatalf("%+v, %v", s, err)
		}
	})
}
