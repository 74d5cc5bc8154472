package db_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

func TestOneTextServesBothDatabases(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		put := func(q db.Q, name, value string) (int64, error) {
			return q.Exec(ctx, `INSERT INTO setting (name, value, updated_at) VALUES (?,?,?)
				ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value, 7)
		}
		err := d.InTx(ctx, func(q db.Q) error {
			if _, err := put(q, "is it a ?", "x"); err != nil {
				return err
			}
			_, err := put(q, "is it a ?", "名字")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var value string
		var at int64
		var none *string
		var date calendar.Date
		var yes bool
		err = db.Get(ctx, d.Read(), "SELECT value, updated_at, NULL, '2024-02-29', 1 FROM setting WHERE name = 'is it a ?' AND updated_at = ?", []any{7}, &value, &at, &none, &date, &yes)
		if err != nil || value != "名字" || at != 7 || none != nil || date.String() != "2024-02-29" || !yes {
			t.Fatalf("got %q %d %v %v %v, %v", value, at, none, date, yes, err)
		}
		if err := db.Get(ctx, d.Read(), "SELECT value FROM setting WHERE name = ?", []any{"absent"}, &value); !db.IsNoRows(err) {
			t.Fatalf("absent row: %v", err)
		}
	})
}

func TestFailedTransactionLeavesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		boom := errors.New("boom")
		called := false
		err := d.InTx(ctx, func(q db.Q) error {
			q.AfterCommit(func() { called = true })
			if _, err := q.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES ('a','b',1)"); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) || called {
			t.Fatalf("err %v, after-commit called %v", err, called)
		}
		var n int
		if err := db.Get(ctx, d.Read(), "SELECT COUNT(*) FROM setting", nil, &n); err != nil || n != 0 {
			t.Fatalf("%d rows, %v", n, err)
		}
	})
}

func TestPanicInTransactionRollsBackAndLeavesTheWriterUsable(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, canceled := range []bool{false, true} { // a request's context ends with the request, and may do so before the panic
			ctx, cancel := context.WithCancel(t.Context())
			func() {
				defer func() {
					if recover() == nil {
						t.Error("the panic was swallowed")
					}
				}()
				_ = d.InTx(ctx, func(q db.Q) error {
					_, _ = q.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES ('a','b',1)")
					if canceled {
						cancel()
					}
					panic("boom")
				})
			}()
			cancel()
			err := d.InTx(t.Context(), func(q db.Q) error {
				_, err := q.Exec(t.Context(), "INSERT INTO setting (name, value, updated_at) VALUES ('a','c',1)")
				return err
			})
			if err != nil {
				t.Fatalf("after a panic (canceled before: %v): %v", canceled, err)
			}
			dbtest.Exec(t, d, "DELETE FROM setting WHERE name = 'a'")
		}
	})
}

func TestUniqueViolationNamesTheTable(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		err := d.InTx(ctx, func(q db.Q) error {
			for range 2 {
				if _, err := q.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES ('a','b',1)"); err != nil {
					return err
				}
			}
			return nil
		})
		if got := db.UniqueTable(err); got != "setting" {
			t.Fatalf("table %q of %v", got, err)
		}
	})
}

// Many writers at once: each acknowledged increment is there, none is lost, whatever group it was committed in.
func TestConcurrentWritersLoseNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		err := d.InTx(ctx, func(q db.Q) error {
			_, err := q.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES ('n','',0)")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		const writers, each = 16, 25
		var wg sync.WaitGroup
		failures := make(chan error, writers*each)
		for range writers {
			wg.Go(func() {
				for i := range each {
					failures <- d.InTx(ctx, func(q db.Q) error {
						if _, err := q.Exec(ctx, "UPDATE setting SET updated_at = updated_at + 1 WHERE name = 'n'"); err != nil {
							return err
						}
						if i%5 == 4 {
							return errors.New("undone on purpose")
						}
						return nil
					})
				}
			})
		}
		wg.Wait()
		close(failures)
		acknowledged := int64(0)
		for err := range failures {
			if err == nil {
				acknowledged++
			}
		}
		var n int64
		if err := db.Get(ctx, d.Read(), "SELECT updated_at FROM setting WHERE name = 'n'", nil, &n); err != nil {
			t.Fatal(err)
		}
		if n != acknowledged || n != writers*each*4/5 {
			t.Fatalf("counter %d, acknowledged %d", n, acknowledged)
		}
	})
}

func TestBulkInsertSkipsExistingKeys(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		insert := func(from, n int) (skipped []int) {
			t.Helper()
			err := d.InTx(ctx, func(q db.Q) error {
				var err error
				skipped, err = db.Insert(ctx, q, db.Bulk{
					Table: "customer_tag", Columns: []string{"customer_id", "tag"}, Key: []string{"customer_id", "tag"}, N: n,
					Bind: func(i int, b db.Binder) { b.Int64(int64(from + i)); b.Text("老客户") },
				})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return skipped
		}
		if s := insert(0, 1000); len(s) != 0 {
			t.Fatalf("first: skipped %v", s)
		}
		if s := insert(998, 4); fmt.Sprint(s) != "[0 1]" {
			t.Fatalf("second: skipped %v", s)
		}
		var n int
		if err := db.Get(ctx, d.Read(), "SELECT COUNT(*) FROM customer_tag", nil, &n); err != nil || n != 1002 {
			t.Fatalf("%d rows, %v", n, err)
		}
	})
}

func TestSnapshotDoesNotSeeLaterWrites(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		count := func(q db.Q) (n int) {
			t.Helper()
			if err := db.Get(ctx, q, "SELECT COUNT(*) FROM setting", nil, &n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		err := d.InRead(ctx, func(q db.Q) error {
			before := count(q)
			err := d.InTx(ctx, func(w db.Q) error {
				_, err := w.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES ('later','x',1)")
				return err
			})
			if err != nil {
				return err
			}
			if after := count(q); after != before {
				t.Errorf("snapshot moved from %d to %d", before, after)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if count(d.Read()) != 1 {
			t.Error("the write is missing")
		}
	})
}

func TestSameQueryInsideItsOwnLoop(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		err := d.InRead(ctx, func(q db.Q) error {
			if d.Dialect() == db.Postgres {
				return nil // one connection carries one result there; features never nest
			}
			const sql = "SELECT kind FROM fact_kind ORDER BY kind"
			scan := func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil }
			kinds, err := db.List(ctx, q, sql, nil, scan)
			if err != nil || len(kinds) < 2 {
				return fmt.Errorf("alone: %d rows, %w", len(kinds), err)
			}
			outer, err := q.Query(ctx, sql)
			if err != nil {
				return err
			}
			defer outer.Close()
			n := 0
			for outer.Next() {
				inner, err := db.List(ctx, q, sql, nil, scan)
				if err != nil || len(inner) != len(kinds) {
					return fmt.Errorf("inner: %d rows, %w", len(inner), err)
				}
				n++
			}
			if n != len(kinds) {
				t.Errorf("outer loop saw %d rows", n)
			}
			return outer.Err()
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
