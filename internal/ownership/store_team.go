package ownership

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const selectMember = `SELECT m.customer_id, m.id, m.user_id, COALESCE(u.name, ''), m.part, m.from_on, m.until_on, m.created_at
	FROM customer_team m LEFT JOIN app_user u ON u.id = m.user_id`

func scanMember(r db.Rows) (Member, error) {
	var m Member
	var created int64
	err := r.Scan(&m.CustomerID, &m.ID, &m.UserID, &m.UserName, &m.Part, &m.From, &m.Until, &created)
	m.CreatedAt = clock.FromMicros(created)
	return m, err
}

func listTeam(ctx context.Context, q db.Q, customerID int64, on calendar.Date) ([]Member, error) {
	return db.List(ctx, q, selectMember+" WHERE m.customer_id = ? AND (m.until_on IS NULL OR m.until_on >= ?) ORDER BY m.from_on, m.id LIMIT 100", []any{customerID, on}, scanMember)
}

func loadMember(ctx context.Context, q db.Q, customerID, memberID int64) (Member, error) {
	return db.One(ctx, q, selectMember+" WHERE m.customer_id = ? AND m.id = ?", []any{customerID, memberID}, scanMember)
}

func insertMember(ctx context.Context, q db.Q, m Member, by, now int64) error {
	_, err := q.Exec(ctx, "INSERT INTO customer_team (customer_id, id, user_id, part, from_on, until_on, created_by, created_at) VALUES (?,?,?,?,?,?,?,?)",
		m.CustomerID, m.ID, m.UserID, m.Part, m.From, m.Until, by, now)
	return err
}

// endMember ends a membership after its last day; one that would end before it began is taken away.
func endMember(ctx context.Context, q db.Q, m Member) error {
	if m.Until < m.From {
		_, err := q.Exec(ctx, "DELETE FROM customer_team WHERE customer_id = ? AND id = ?", m.CustomerID, m.ID)
		return err
	}
	_, err := q.Exec(ctx, "UPDATE customer_team SET until_on = ? WHERE customer_id = ? AND id = ?", m.Until, m.CustomerID, m.ID)
	return err
}
