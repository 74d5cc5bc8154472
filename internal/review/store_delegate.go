package review

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// Delegation lets somebody rate for somebody else, up to a day.
type Delegation struct {
	ID        int64
	ReviewID  int64
	FromID    int64
	ToID      int64
	FromName  string
	ToName    string
	UntilOn   calendar.Date // the last day
	Ended     bool
	CreatedBy int64
	CreatedAt int64
}

const delegationColumns = "d.id, d.review_id, d.from_id, d.to_id, COALESCE(f.name, ''), COALESCE(t.name, ''), d.until_on, d.ended_at, d.created_by, d.created_at"

const delegationTables = " FROM review_delegate d LEFT JOIN app_user f ON f.id = d.from_id LEFT JOIN app_user t ON t.id = d.to_id "

func scanDelegation(r db.Rows) (Delegation, error) {
	var d Delegation
	var ended *int64
	err := r.Scan(&d.ID, &d.ReviewID, &d.FromID, &d.ToID, &d.FromName, &d.ToName, &d.UntilOn, &ended, &d.CreatedBy, &d.CreatedAt)
	d.Ended = ended != nil
	return d, err
}

// delegationsTo gives those a person stands in for on a day.
func delegationsTo(ctx context.Context, q db.Q, reviewID, userID int64, on calendar.Date) ([]Delegation, error) {
	return db.List(ctx, q, "SELECT "+delegationColumns+delegationTables+"WHERE d.review_id = ? AND d.to_id = ? AND d.ended_at IS NULL AND d.until_on >= ? ORDER BY d.id",
		[]any{reviewID, userID, on}, scanDelegation)
}

func delegationsOf(ctx context.Context, q db.Q, reviewID int64) ([]Delegation, error) {
	return db.List(ctx, q, "SELECT "+delegationColumns+delegationTables+"WHERE d.review_id = ? ORDER BY d.id", []any{reviewID}, scanDelegation)
}

func getDelegation(ctx context.Context, q db.Q, reviewID, delegationID int64) (Delegation, error) {
	return db.One(ctx, q, "SELECT "+delegationColumns+delegationTables+"WHERE d.review_id = ? AND d.id = ?", []any{reviewID, delegationID}, scanDelegation)
}

func insertDelegation(ctx context.Context, q db.Q, d *Delegation) error {
	_, err := q.Exec(ctx, "INSERT INTO review_delegate (id, review_id, from_id, to_id, until_on, ended_at, created_by, created_at) VALUES (?,?,?,?,?,NULL,?,?)",
		d.ID, d.ReviewID, d.FromID, d.ToID, d.UntilOn, d.CreatedBy, d.CreatedAt)
	return err
}

func endDelegation(ctx context.Context, q db.Q, delegationID, at int64) error {
	_, err := q.Exec(ctx, "UPDATE review_delegate SET ended_at = ? WHERE id = ? AND ended_at IS NULL", at, delegationID)
	return err
}
