package visit

import (
	"context"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const (
	heldVisits = " FROM visit WHERE owner_id = ? AND state NOT IN ('done', 'cancelled')"
	heldCalls  = " FROM phone_call WHERE again_by = ? AND again_open = 1"
)

func countHeldVisits(ctx context.Context, q db.Q, userID int64) (n int64, err error) {
	return n, db.Get(ctx, q, "SELECT COUNT(*)"+heldVisits, []any{userID}, &n)
}

func listHeldVisits(ctx context.Context, q db.Q, userID, after int64, limit int) ([]Held, error) {
	return db.List(ctx, q, "SELECT id, customer_id, purpose, on_day"+heldVisits+" AND id > ? ORDER BY id LIMIT ?", []any{userID, after, limit}, func(r db.Rows) (Held, error) {
		var h Held
		return h, r.Scan(&h.ID, &h.CustomerID, &h.Title, &h.On)
	})
}

func countHeldCalls(ctx context.Context, q db.Q, userID int64) (n int64, err error) {
	return n, db.Get(ctx, q, "SELECT COUNT(*)"+heldCalls, []any{userID}, &n)
}

func listHeldCalls(ctx context.Context, q db.Q, userID, after int64, limit int, loc *time.Location) ([]Held, error) {
	return db.List(ctx, q, "SELECT id, customer_id, whom, COALESCE(again_at, 0)"+heldCalls+" AND id > ? ORDER BY id LIMIT ?", []any{userID, after, limit}, func(r db.Rows) (Held, error) {
		h := Held{On: calendar.None}
		var at int64
		err := r.Scan(&h.ID, &h.CustomerID, &h.Title, &at)
		if at != 0 {
			h.On = calendar.FromTime(clock.FromMicros(at), loc)
		}
		return h, err
	})
}

func giveCall(ctx context.Context, q db.Q, c Call, from, to int64) (bool, error) {
	n, err := q.Exec(ctx, "UPDATE phone_call SET again_by = ? WHERE customer_id = ? AND id = ? AND again_open = 1 AND again_by = ?", to, c.CustomerID, c.ID, from)
	return n == 1, err
}
