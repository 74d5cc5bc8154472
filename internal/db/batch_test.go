package db_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

func TestStatementsInOneRequest(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		rows := make([][]any, 40)
		for i := range rows {
			rows[i] = []any{fmt.Sprintf("name %d", i), "is it a ?", int64(i)}
		}
		insert := db.RowsOf("INSERT INTO setting (name, value, updated_at) VALUES ", " ON CONFLICT (name) DO NOTHING", rows)
		if len(insert) != 3 || len(db.RowsOf("x", "y", nil)) != 0 {
			t.Fatalf("%d statements for 40 rows", len(insert))
		}
		list := append(insert, db.Stmt{SQL: "UPDATE setting SET value = ? WHERE updated_at >= ?", Args: []any{"新", 30}}, insert[0])
		var changed []int64
		err := d.InTx(ctx, func(q db.Q) (err error) {
			changed, err = db.ExecAll(ctx, q, list)
			return err
		})
		if err != nil || !slices.Equal(changed, []int64{16, 16, 8, 10, 0}) {
			t.Fatalf("changed %v, %v", changed, err)
		}
		var text string
		if err := db.Get(ctx, d.Read(), "SELECT value FROM setting WHERE name = 'name 3'", nil, &text); err != nil || text != "is it a ?" {
			t.Errorf("%q %v", text, err)
		}
		again := db.RowsOf("INSERT INTO setting (name, value, updated_at) VALUES ", "", rows[:1])
		err = d.InTx(ctx, func(q db.Q) error {
			_, err := db.ExecAll(ctx, q, append([]db.Stmt{{SQL: "DELETE FROM setting WHERE name = 'name 39'"}}, again...))
			return err
		})
		if db.UniqueTable(err) != "setting" {
			t.Errorf("a name twice: %v", err)
		}
		var n int
		if err := db.Get(ctx, d.Read(), "SELECT COUNT(*) FROM setting WHERE name LIKE 'name %'", nil, &n); err != nil || n != 40 {
			t.Errorf("%d rows, %v", n, err)
		}
		if _, err := db.ExecAll(ctx, d.Read(), again); err == nil {
			t.Error("written outside a transaction")
		}
		if got, err := db.ExecAll(ctx, d.Read(), nil); err != nil || got != nil {
			t.Errorf("nothing: %v %v", got, err)
		}
	})
}

// What is kept for the end comes behind what was done before and before what is done after, is seen by it, and undoes everything when
// it fails.
func TestStatementsAtTheEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		put := func(name, value string) []db.Stmt {
			return []db.Stmt{{SQL: "INSERT INTO setting (name, value, updated_at) VALUES (?, ?, 1)", Args: []any{name, value}}}
		}
		value := func(q db.Q, name string) string {
			t.Helper()
			var text string
			if err := db.Get(ctx, q, "SELECT value FROM setting WHERE name = ?", []any{name}, &text); err != nil && !db.IsNoRows(err) {
				t.Fatal(err)
			}
			return text
		}
		ended := 0
		for range 3 { // the second time the statements are known to the connection
			err := d.InTx(ctx, func(q db.Q) error {
				q.AfterCommit(func() { ended++ })
				if err := db.ExecAtEnd(ctx, q, put("late", "a")); err != nil {
					return err
				}
				if got := value(q, "late"); got != "a" {
					t.Errorf("what follows sees %q", got)
				}
				if err := db.ExecAtEnd(ctx, q, []db.Stmt{{SQL: "UPDATE setting SET value = 'b' WHERE name = 'late'"}}); err != nil {
					return err
				}
				if _, err := q.Exec(ctx, "UPDATE setting SET value = value || 'c' WHERE name = 'late'"); err != nil {
					return err
				}
				return db.ExecAtEnd(ctx, q, []db.Stmt{{SQL: "UPDATE setting SET value = value || 'd' WHERE name = 'late'"}})
			})
			if got := value(d.Read(), "late"); err != nil || got != "bcd" {
				t.Fatalf("%q %v", got, err)
			}
			err = d.InTx(ctx, func(q db.Q) error {
				q.AfterCommit(func() { ended += 100 })
				if _, err := q.Exec(ctx, "UPDATE setting SET value = 'x' WHERE name = 'late'"); err != nil {
					return err
				}
				return db.ExecAtEnd(ctx, q, put("late", "twice"))
			})
			if got := value(d.Read(), "late"); db.UniqueTable(err) != "setting" || got != "bcd" {
				t.Fatalf("%q %v", got, err)
			}
			if err := d.InTx(ctx, func(q db.Q) error {
				return db.ExecAtEnd(ctx, q, []db.Stmt{{SQL: "DELETE FROM setting WHERE name = 'late'"}})
			}); err != nil {
				t.Fatal(err)
			}
		}
		if ended != 3 {
			t.Errorf("%d ends were told", ended)
		}
		if err := db.ExecAtEnd(ctx, d.Read(), put("late", "a")); err == nil {
			t.Error("written outside a transaction")
		}
	})
}

// A transaction that ended with its last request is not ended once more: the server would warn of it, each time.
func TestNoTransactionEndsTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if d.Dialect() != db.Postgres {
			t.Skip("only PostgreSQL gets the commit in one request")
		}
		ctx := context.Background()
		var log bytes.Buffer
		one, err := db.Open(ctx, dbtest.Address(t, d), db.Options{Readers: 1, Log: slog.New(slog.NewTextHandler(&log, nil))})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = one.Close() }()
		put := func(name string) []db.Stmt {
			return []db.Stmt{{SQL: "INSERT INTO setting (name, value, updated_at) VALUES (?, '', 0)", Args: []any{name}}}
		}
		followed := 0
		audited := func(name string, failing error) error {
			return one.InTx(ctx, func(q db.Q) error {
				q.AfterCommit(func() { // the only connection is back by then
					if _, err := db.One(ctx, one.Read(), "SELECT 1", nil, func(r db.Rows) (int64, error) { return r.Int64(0), nil }); err == nil {
						followed++
					}
				})
				return cmp.Or(db.ExecAtEnd(ctx, q, put(name)), failing)
			})
		}
		refused := errors.New("refused")
		if err := cmp.Or(audited("a", nil), audited("b", nil)); err != nil {
			t.Fatal(err)
		}
		if err := audited("c", refused); !errors.Is(err, refused) {
			t.Errorf("%v", err)
		}
		if err := audited("a", nil); err == nil {
			t.Error("the same name twice")
		}
		func() {
			defer func() { _ = recover() }()
			_ = one.InTx(ctx, func(q db.Q) error {
				_, _ = db.ExecAll(ctx, q, put("d"))
				panic("half way")
			})
		}()
		swallowed := one.InTx(ctx, func(q db.Q) error {
			_, _ = q.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES ('a', '', 0)")
			return nil
		})
		if swallowed == nil {
			t.Error("a transaction the server undid counts as done")
		}
		if err := one.InRead(ctx, func(q db.Q) error { _, err := q.Exec(ctx, "DELETE FROM setting"); return err }); err == nil {
			t.Error("a reading writes")
		}
		names := dbtest.Count(t, d, "SELECT COUNT(*) FROM setting WHERE name IN ('a', 'b', 'c', 'd')")
		if names != 2 || followed != 2 || log.Len() > 0 {
			t.Errorf("%d names, %d followed, the server says %s", names, followed, &log)
		}
		// The listening works.
		err = one.InTx(ctx, func(q db.Q) error {
			_, err := q.Exec(ctx, "DO $$ BEGIN RAISE WARNING 'look'; END $$")
			return err
		})
		if err != nil || !strings.Contains(log.String(), "look") {
			t.Errorf("%v, %s", err, &log)
		}
	})
}
