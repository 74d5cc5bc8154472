package ownership

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/org"
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

// maxBeside bounds the customers that are named one by one in every list of whoever stands beside their owners.
const maxBeside = 5000

// BesideOf gives the customers beside whose owner somebody stands on a day.
func BesideOf(ctx context.Context, q db.Q, userID int64, on calendar.Date) ([]int64, error) {
	return db.List(ctx, q, "SELECT DISTINCT m.customer_id FROM customer_team m WHERE m.user_id = ? AND m.from_on <= ? AND (m.until_on IS NULL OR m.until_on >= ?) ORDER BY m.customer_id LIMIT ?",
		[]any{userID, on, on, maxBeside}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// PartOf gives what somebody does beside the owner of a customer on a day; "" = nothing.
func PartOf(ctx context.Context, q db.Q, customerID, userID int64, on calendar.Date) (string, error) {
	m, err := db.One(ctx, q, selectMember+" WHERE m.customer_id = ? AND m.user_id = ? AND m.from_on <= ? AND (m.until_on IS NULL OR m.until_on >= ?) ORDER BY m.from_on, m.id LIMIT 1",
		[]any{customerID, userID, on, on}, scanMember)
	if db.IsNoRows(err) {
		err = nil
	}
	return m.Part, err
}

func insertMember(ctx context.Context, q db.Q, m Member, by, now int64) error {
	_, err := q.Exec(ctx, "INSERT INTO customer_team (customer_id, id, user_id, part, from_on, until_on, created_by, created_at) VALUES (?,?,?,?,?,?,?,?)",
		m.CustomerID, m.ID, m.UserID, m.Part, m.From, m.Until, by, now)
	if err != nil {
		return err
	}
	return org.Changed(ctx, q)
}

// endMember ends a membership after its last day; one that would end before it began is taken away.
func endMember(ctx context.Context, q db.Q, m Member) error {
	if err := org.Changed(ctx, q); err != nil {
		return err
	}
	if m.Until < m.From {
		_, err := q.Exec(ctx, "DELETE FROM customer_team WHERE customer_id = ? AND id = ?", m.CustomerID, m.ID)
		return err
	}
	_, err := q.Exec(ctx, "UPDATE customer_team SET until_on = ? WHERE customer_id = ? AND id = ?", m.Until, m.CustomerID, m.ID)
	return err
}
