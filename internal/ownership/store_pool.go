package ownership

import (
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// pooled is a condition on customers c and their present terms t.
type pooled struct {
	sql  string
	args []any
}

// inPool means the customers within a scope that nobody looks after.
func inPool(scope authz.Scope) *pooled {
	within, args := scope.Clause("c")
	return &pooled{" WHERE c.owner_id = 0 AND c.archived_at IS NULL AND " + within, args}
}

// takenBy means the customers somebody has taken out of the pool and has still.
func takenBy(userID int64) *pooled {
	return &pooled{" WHERE t.owner_id = ? AND t.how = 'claim' AND c.owner_id = t.owner_id AND c.archived_at IS NULL", []any{userID}}
}

// named leaves those with a part of their name or code.
func (p *pooled) named(text string) {
	if text == "" {
		return
	}
	like := "%" + likeText(text) + "%"
	p.sql += " AND (c.name LIKE ? ESCAPE '!' OR c.code LIKE ? ESCAPE '!')"
	p.args = append(p.args, like, like)
}

const withTerm = " LEFT JOIN owner_term t ON t.customer_id = c.id AND t.until_on IS NULL"

// maxPool is where counting the pool stops.
const maxPool = 10_000

// countPool counts customers, at most one more than maxPool.
func countPool(ctx context.Context, q db.Q, where *pooled) (n int64, err error) {
	args := append(slices.Clone(where.args), maxPool+1)
	return n, db.Get(ctx, q, "SELECT COUNT(*) FROM (SELECT c.id FROM customer c"+withTerm+where.sql+" LIMIT ?) p", args, &n)
}

func listPool(ctx context.Context, q db.Q, where *pooled, scheme string, after int64, limit int) ([]Pooled, error) {
	sql := `SELECT c.id, c.code, c.name, c.kind, c.region, COALESCE(s.code, ''), t.from_on, COALESCE(t.how, ''),
			COALESCE((SELECT u.name FROM owner_term p JOIN app_user u ON u.id = p.owner_id WHERE p.customer_id = c.id AND p.owner_id <> 0 ORDER BY p.id DESC LIMIT 1), '')
		FROM customer c LEFT JOIN standing s ON s.customer_id = c.id AND s.scheme = ?` + withTerm
	args := append(append([]any{scheme}, where.args...), after, limit)
	return db.List(ctx, q, sql+where.sql+" AND c.id > ? ORDER BY c.id LIMIT ?", args, func(r db.Rows) (Pooled, error) {
		var p Pooled
		err := r.Scan(&p.CustomerID, &p.Code, &p.Name, &p.Kind, &p.Region, &p.Grade, &p.Since, &p.How, &p.LastOwner)
		return p, err
	})
}

// countClaims gives how many customers somebody has taken out of the pool and has still.
func countClaims(ctx context.Context, q db.Q, userID int64) (n int64, err error) {
	return n, db.Get(ctx, q, "SELECT COUNT(*) FROM owner_term WHERE owner_id = ? AND how = 'claim' AND until_on IS NULL", []any{userID}, &n)
}

func countOwned(ctx context.Context, q db.Q, userID int64) (n int64, err error) {
	return n, db.Get(ctx, q, "SELECT COUNT(*) FROM customer WHERE owner_id = ? AND archived_at IS NULL", []any{userID}, &n)
}

// lockPerson holds somebody's row until the transaction ends; ErrNoRows for one who does not exist.
func lockPerson(ctx context.Context, q db.Q, userID int64) error {
	n, err := q.Exec(ctx, "UPDATE app_user SET version = version WHERE id = ?", userID)
	if err == nil && n == 0 {
		return db.ErrNoRows
	}
	return err
}

// lastHeld gives the day on which somebody last ceased to look after a customer, None for never.
func lastHeld(ctx context.Context, q db.Q, customerID, userID int64) (calendar.Date, error) {
	var on calendar.Date
	err := db.Get(ctx, q, "SELECT MAX(until_on) FROM owner_term WHERE customer_id = ? AND owner_id = ? AND until_on IS NOT NULL", []any{customerID, userID}, &on)
	return on, err
}

// claimsAfter gives the terms of customers that were taken out of the pool and go on, by customer.
func claimsAfter(ctx context.Context, q db.Q, after int64, limit int) ([]Term, error) {
	return db.List(ctx, q, selectTerm+" WHERE t.how = 'claim' AND t.until_on IS NULL AND t.customer_id > ? ORDER BY t.customer_id LIMIT ?", []any{after, limit}, scanTerm)
}

// contact is a condition on fact f: a contact that is visible and was not taken back.
const contact = ` AND f.reverses = 0 AND NOT EXISTS (SELECT 1 FROM fact_batch b WHERE b.id = f.batch_id AND b.state <> 'visible')
	AND NOT EXISTS (SELECT 1 FROM fact x WHERE x.customer_id = f.customer_id AND x.occurred_on = f.occurred_on AND x.reverses = f.id)`

// lastContact gives the day of the latest contact with a customer from a day on, None for none.
func lastContact(ctx context.Context, q db.Q, customerID int64, from calendar.Date) (calendar.Date, error) {
	var on calendar.Date
	args := append([]any{customerID, from}, db.Args(contactKinds)...)
	err := db.Get(ctx, q, "SELECT MAX(f.occurred_on) FROM fact f WHERE f.customer_id = ? AND f.occurred_on >= ? AND f.kind IN "+db.In(len(contactKinds))+contact, args, &on)
	return on, err
}
