package grading

import (
	"fmt"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

// BenchmarkGrading grades 2,000 customers with a million facts, and beside it the same sums as one SQL statement over the
// same table in the same database. Run with -benchtime=3x; the ratio is what counts.
func BenchmarkGrading(b *testing.B) {
	k := newKit(b, dbtest.SQLite(b))
	const customers, each = 2000, 500
	list := make([]who, customers)
	for i := range list {
		list[i] = who{code: fmt.Sprintf("K%05d", i), kind: "dealer"}
	}
	k.customers(list...)
	first := day(b, "2024-07-01")
	for i := range list {
		facts := make([]sale, each)
		for j := range facts {
			facts[j] = sale{code: list[i].code, document: fmt.Sprintf("D%d-%d", i, j), on: first.AddDays(j * 730 / each).String(), amount: int64(1000 + i*7 + j), quantity: 1000}
		}
		k.orders(facts...)
	}
	b.Run("kezhi", func(b *testing.B) {
		for b.Loop() {
			k.now = k.now.AddDate(0, 0, 1)
			k.grade(book, k.now.Format("2006-01-02"))
		}
	})
	b.Run("sql", func(b *testing.B) {
		for b.Loop() {
			n := 0
			_, err := db.List(k.ctx, k.db.Read(), `WITH s AS (SELECT customer_id, SUM(amount) AS sales
					FROM fact WHERE kind = 'order' AND reverses = 0 AND batch_id NOT IN (SELECT id FROM fact_batch WHERE state <> 'visible') AND occurred_on >= '2025-06-01' AND occurred_on <= '2026-06-30' GROUP BY customer_id)
				SELECT customer_id, CASE WHEN sales * 20 >= SUM(sales) OVER () THEN 'strategic' WHEN sales * 100 >= SUM(sales) OVER () THEN 'key' ELSE 'none' END FROM s`, nil,
				func(r db.Rows) (int64, error) { n++; return r.Int64(0), nil })
			if err != nil || n != customers {
				b.Fatal(n, err)
			}
		}
	})
}
