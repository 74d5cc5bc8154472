package procedure

import (
	"context"

	"kezhi/internal/db"
)

const (
	heldCases = " FROM proc_case WHERE owner_id = ? AND status IN ('running', 'paused')"
	heldSteps = " FROM proc_task t JOIN proc_case c ON c.id = t.case_id WHERE t.assignee_id = ? AND t.state = 'open' AND t.post <> 'owner' AND c.status IN ('running', 'paused')"
)

func countHeldCases(ctx context.Context, q db.Q, userID int64) (n int64, err error) {
	return n, db.Get(ctx, q, "SELECT COUNT(*)"+heldCases, []any{userID}, &n)
}

func countHeldSteps(ctx context.Context, q db.Q, userID int64) (n int64, err error) {
	return n, db.Get(ctx, q, "SELECT COUNT(*)"+heldSteps, []any{userID}, &n)
}

func scanHeld(r db.Rows) (Held, error) {
	var h Held
	err := r.Scan(&h.ID, &h.Seat, &h.CustomerID, &h.Number, &h.Title, &h.DueAt)
	if h.DueAt >= noLimit {
		h.DueAt = 0
	}
	return h, err
}

func listHeldCases(ctx context.Context, q db.Q, userID, after int64, limit int) ([]Held, error) {
	return db.List(ctx, q, "SELECT id, 0, COALESCE(customer_id, 0), number, title, next_due_at"+heldCases+" AND id > ? ORDER BY id LIMIT ?", []any{userID, after, limit}, scanHeld)
}

// listHeldSteps gives one line for each case, with the first of its steps.
func listHeldSteps(ctx context.Context, q db.Q, userID, after int64, limit int) ([]Held, error) {
	return db.List(ctx, q, "SELECT c.id, MIN(t.seat), MAX(COALESCE(c.customer_id, 0)), MAX(c.number), MAX(c.title), MIN(t.due_at)"+heldSteps+
		" AND c.id > ? GROUP BY c.id ORDER BY c.id LIMIT ?", []any{userID, after, limit}, scanHeld)
}

// heldSeat gives the first open seat of a case that somebody has at hand.
func heldSeat(ctx context.Context, q db.Q, caseID, userID int64) (seat int, err error) {
	return seat, db.Get(ctx, q, "SELECT t.seat"+heldSteps+" AND t.case_id = ? ORDER BY t.seat LIMIT 1", []any{userID, caseID}, &seat)
}
