package db_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

const bulkTable = "CREATE TABLE bulk_probe (n BIGINT NOT NULL, small INTEGER NOT NULL, word TEXT NOT NULL, maybe TEXT, score BIGINT)"

func bulkProbe(t *testing.T, d *db.DB, n int, bind func(i int, b db.Binder)) error {
	t.Helper()
	return d.InTx(context.Background(), func(q db.Q) error {
		_, err := db.Insert(context.Background(), q, db.Bulk{Table: "bulk_probe", Columns: []string{"n", "small", "word", "maybe", "score"}, N: n, Bind: bind})
		return err
	})
}

func makeProbe(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.InTx(context.Background(), func(q db.Q) error { _, err := q.Exec(context.Background(), bulkTable); return err })
	if err != nil {
		t.Fatal(err)
	}
}

// What was bound comes back, whatever the rows are long: none, many that share what is sent at once, and one that needs several.
func TestBulkInsertKeepsEveryValue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		makeProbe(t, d)
		const n = 5000
		word := func(i int) string {
			if i%1000 == 7 {
				return strings.Repeat("客户\n\\.\t", 30_000) // 300 kB
			}
			return strings.Repeat("客", i%90)
		}
		number := func(i int) int64 { return []int64{math.MinInt64, math.MaxInt64, 0, -1, int64(i)}[i%5] }
		small := func(i int) int64 { return []int64{math.MinInt32, math.MaxInt32, int64(-i)}[i%3] }
		err := bulkProbe(t, d, n, func(i int, b db.Binder) {
			b.Int64(number(i))
			b.Int64(small(i))
			b.Text(word(i))
			if i%2 == 0 {
				b.Bytes([]byte(word(i)))
				b.Null()
			} else {
				b.Null()
				b.Int64(int64(i))
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]int{}
		_, err = db.List(context.Background(), d.Read(), "SELECT n, small, word, maybe, score FROM bulk_probe", nil, func(r db.Rows) (int, error) {
			maybe := "-"
			if !r.Null(3) {
				maybe = string(r.Bytes(3))
			}
			score := "-"
			if !r.Null(4) {
				score = string(r.Bytes(4))
			}
			found[fmt.Sprint(r.Int64(0), r.Int64(1), string(r.Bytes(2)), maybe, score)]++
			return 0, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for i := range n {
			maybe, score := "-", fmt.Sprint(i)
			if i%2 == 0 {
				maybe, score = word(i), "-"
			}
			key := fmt.Sprint(number(i), small(i), word(i), maybe, score)
			if found[key]--; found[key] < 0 {
				t.Fatalf("row %d is not as it was bound", i)
			}
		}
		if err := bulkProbe(t, d, 0, nil); err != nil {
			t.Error(err)
		}
	})
}

// PostgreSQL is told nothing it would read as something else, and the transaction is undone.
func TestBulkInsertRefusesWhatDoesNotFit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if d.Dialect() != db.Postgres {
			t.Skip("SQLite columns hold anything")
		}
		makeProbe(t, d)
		for name, bind := range map[string]func(i int, b db.Binder){
			"too large": func(i int, b db.Binder) { b.Int64(1); b.Int64(1 << 40); b.Text(""); b.Null(); b.Null() },
			"text":      func(i int, b db.Binder) { b.Text("1"); b.Int64(1); b.Text(""); b.Null(); b.Null() },
			"bytes":     func(i int, b db.Binder) { b.Int64(1); b.Bytes([]byte("1")); b.Text(""); b.Null(); b.Null() },
			"number":    func(i int, b db.Binder) { b.Int64(1); b.Int64(1); b.Int64(1); b.Null(); b.Null() },
			"too few":   func(i int, b db.Binder) { b.Int64(1); b.Int64(1); b.Text("") },
			"too many": func(i int, b db.Binder) {
				b.Int64(1)
				b.Int64(1)
				b.Text("")
				b.Null()
				b.Null()
				b.Null()
			},
			"null": func(i int, b db.Binder) { b.Null(); b.Int64(1); b.Text(""); b.Null(); b.Null() },
		} {
			if err := bulkProbe(t, d, 3, bind); err == nil {
				t.Errorf("%s: taken", name)
			}
		}
		err := bulkProbe(t, d, 1, func(_ int, b db.Binder) { b.Int64(1); b.Int64(1); b.Text("x"); b.Null(); b.Null() })
		var n int
		if err == nil {
			err = db.Get(context.Background(), d.Read(), "SELECT COUNT(*) FROM bulk_probe", nil, &n)
		}
		if err != nil || n != 1 {
			t.Errorf("%d rows, %v", n, err)
		}
	})
}

// A table that was just filled is not read as a whole for a few hundred ids.
func TestAmongLooksEachIDUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		var ids []int64
		for i := range int64(256) {
			ids = append(ids, i*200)
		}
		err := d.InTx(ctx, func(q db.Q) error { // one transaction: nobody gathers figures of it meanwhile
			if _, err := q.Exec(ctx, "CREATE TABLE among_probe (customer_id BIGINT NOT NULL, scheme TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (customer_id, scheme))"); err != nil {
				return err
			}
			_, err := db.Insert(ctx, q, db.Bulk{Table: "among_probe", Columns: []string{"customer_id", "scheme", "word"}, N: 100_000, Bind: func(i int, b db.Binder) {
				b.Int64(int64(i))
				b.Text("scheme")
				b.Text(strings.Repeat("x", 60))
			}})
			if err != nil {
				return err
			}
			where, args := db.Among("customer_id", ids)
			found, err := db.List(ctx, q, "SELECT customer_id FROM among_probe WHERE "+where+" AND scheme || '' = ? ORDER BY customer_id", append(args, "scheme"),
				func(r db.Rows) (int64, error) { return r.Int64(0), nil })
			if err != nil || len(found) != 256 || found[255] != 255*200 {
				t.Errorf("%d found, %v", len(found), err)
			}
			explain, detail, wanted := "EXPLAIN QUERY PLAN", 3, "(customer_id=?"
			if d.Dialect() == db.Postgres {
				explain, detail, wanted = "EXPLAIN", 0, "Index Cond: ((customer_id = ANY"
			}
			plan, err := db.List(ctx, q, explain+" SELECT word FROM among_probe WHERE "+where+" AND scheme || '' = ?", append(args, "scheme"),
				func(r db.Rows) (string, error) { return string(r.Bytes(detail)), nil })
			if text := strings.Join(plan, "\n"); err != nil || !strings.Contains(text, wanted) {
				t.Errorf("does not look them up: %v\n%s", err, text)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if where, args := db.Among("id", nil); where != "id IN (NULL)" || args != nil {
			t.Errorf("nobody: %s %v", where, args)
		}
	})
}
