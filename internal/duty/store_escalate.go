package duty

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// escalating is a missed duty of which somebody is to be told.
type escalating struct {
	graded
	id   int64
	role string
}

// toEscalate gives missed duties whose day of escalation has come, oldest first.
func toEscalate(ctx context.Context, q db.Q, today calendar.Date, limit int) ([]escalating, error) {
	return db.List(ctx, q, `SELECT d.customer_id, d.id, d.escalate_to, d.unit_id, COALESCE(c.owner_id, 0) FROM duty d LEFT JOIN customer c ON c.id = d.customer_id
		WHERE d.state = 'missed' AND d.escalate_to <> '' AND d.escalated_at IS NULL AND d.escalate_on <= ? ORDER BY d.escalate_on, d.id LIMIT ?`,
		[]any{today, limit}, func(r db.Rows) (escalating, error) {
			var e escalating
			err := r.Scan(&e.CustomerID, &e.id, &e.role, &e.unitID, &e.ownerID)
			return e, err
		})
}

// markEscalated says whether the duty was still missed, and had been escalated by nobody else.
func markEscalated(ctx context.Context, q db.Q, e escalating, to, now int64) (bool, error) {
	n, err := q.Exec(ctx, `UPDATE duty SET escalated_to = ?, escalated_at = ?, version_no = version_no + 1, updated_at = ?
		WHERE customer_id = ? AND id = ? AND state = 'missed' AND escalated_at IS NULL`, to, now, now, e.CustomerID, e.id)
	return n == 1, err
}

// rolesOf gives the roles of an active person.
func rolesOf(ctx context.Context, q db.Q, userID int64) (map[string]bool, error) {
	rows, err := q.Query(ctx, "SELECT r.role FROM user_role r JOIN app_user u ON u.id = r.user_id WHERE r.user_id = ? AND u.state = 'active'", userID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]bool{}
	for rows.Next() {
		out[string(rows.Bytes(0))] = true
	}
	return out, rows.Err()
}
