package db_test

import (
	"context"
	"fmt"
	"slices"
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
