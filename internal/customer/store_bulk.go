package customer

import (
	"context"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// only gives those of the ids that the plan's predicate lets through.
func (p *listPlan) only(ctx context.Context, q db.Q, ids []int64) ([]int64, error) {
	var out []int64
	for start := 0; start < len(ids); start += chunk {
		part := ids[start:min(start+chunk, len(ids))]
		sql, args := p.from(false)
		list, err := db.List(ctx, q, "SELECT c.id"+sql+" AND c.id IN "+db.In(len(part))+" ORDER BY c.id", append(args, db.Args(part)...),
			func(r db.Rows) (int64, error) { return r.Int64(0), nil })
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

func insertBulk(ctx context.Context, q db.Q, b Bulk, at int64) error {
	_, err := q.Exec(ctx, "INSERT INTO bulk (id, action, value, state, total, changed, created_by, created_at, undone_at) VALUES (?,?,?,?,?,0,?,?,NULL)",
		b.ID, b.Action, b.Value, b.State, b.Total, b.CreatedBy, at)
	return err
}

// insertItems writes the customers of the plan as waiting and gives their number.
func (p *listPlan) insertItems(ctx context.Context, q db.Q, bulkID int64) (int64, error) {
	sql, args := p.from(false)
	return q.Exec(ctx, "INSERT INTO bulk_item (customer_id, bulk_id, state, before) SELECT c.id, CAST(? AS BIGINT), 'waiting', ''"+sql, append([]any{bulkID}, args...)...)
}

func insertItems(ctx context.Context, q db.Q, bulkID int64, ids []int64) error {
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "bulk_item", Columns: []string{"customer_id", "bulk_id", "state", "before"}, N: len(ids),
		Bind: func(i int, b db.Binder) {
			b.Int64(ids[i])
			b.Int64(bulkID)
			b.Text("waiting")
			b.Text("")
		},
	})
	return err
}

func loadBulk(ctx context.Context, q db.Q, bulkID int64) (Bulk, error) {
	return db.One(ctx, q, "SELECT id, action, value, state, total, changed, created_by, created_at FROM bulk WHERE id = ?", []any{bulkID},
		func(r db.Rows) (Bulk, error) {
			var b Bulk
			var at int64
			err := r.Scan(&b.ID, &b.Action, &b.Value, &b.State, &b.Total, &b.Changed, &b.CreatedBy, &at)
			b.CreatedAt = clock.FromMicros(at)
			return b, err
		})
}

func setBulk(ctx context.Context, q db.Q, b Bulk) error {
	_, err := q.Exec(ctx, "UPDATE bulk SET state = ?, total = ?, changed = ? WHERE id = ?", b.State, b.Total, b.Changed, b.ID)
	return err
}

// beginUndo lets one caller through.
func beginUndo(ctx context.Context, q db.Q, bulkID int64) (bool, error) {
	n, err := q.Exec(ctx, "UPDATE bulk SET state = 'undoing' WHERE id = ? AND state IN ('done', 'canceled')", bulkID)
	return n == 1, err
}

// bulkItem is one customer of a bulk.
type bulkItem struct {
	id     int64
	before string
}

func nextItems(ctx context.Context, q db.Q, bulkID int64, state string, limit int) ([]bulkItem, error) {
	return db.List(ctx, q, "SELECT customer_id, before FROM bulk_item WHERE bulk_id = ? AND state = ? ORDER BY customer_id LIMIT ?", []any{bulkID, state, limit},
		func(r db.Rows) (bulkItem, error) { return bulkItem{r.Int64(0), string(r.Bytes(1))}, nil })
}

func countItems(ctx context.Context, q db.Q, bulkID int64, state string) (int64, error) {
	var n int64
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM bulk_item WHERE bulk_id = ? AND state = ?", []any{bulkID, state}, &n)
	return n, err
}

func setItem(ctx context.Context, q db.Q, bulkID, customerID int64, state, before string) error {
	_, err := q.Exec(ctx, "UPDATE bulk_item SET state = ?, before = ? WHERE customer_id = ? AND bulk_id = ?", state, before, customerID, bulkID)
	return err
}
