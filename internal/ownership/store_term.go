package ownership

import (
	"context"
	"encoding/json"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const selectTerm = `SELECT t.customer_id, t.id, t.owner_id, COALESCE(o.name, ''), t.how, t.rulebook, t.version, t.rule, t.precedence, t.clause, t.why, t.source_id, t.by_id,
	COALESCE(b.name, ''), t.from_on, t.until_on, t.created_at FROM owner_term t LEFT JOIN app_user o ON o.id = t.owner_id LEFT JOIN app_user b ON b.id = t.by_id`

func scanTerm(r db.Rows) (Term, error) {
	var t Term
	var why []byte
	var created int64
	err := r.Scan(&t.CustomerID, &t.ID, &t.OwnerID, &t.OwnerName, &t.How, &t.Rulebook, &t.Version, &t.Rule, &t.Precedence, &t.Clause, &why, &t.SourceID, &t.ByID,
		&t.ByName, &t.From, &t.Until, &created)
	if err != nil {
		return t, err
	}
	t.CreatedAt = clock.FromMicros(created)
	return t, json.Unmarshal(why, &t.Why)
}

// listTerms gives the terms of a customer, newest first.
func listTerms(ctx context.Context, q db.Q, customerID int64) ([]Term, error) {
	return db.List(ctx, q, selectTerm+" WHERE t.customer_id = ? ORDER BY t.id DESC LIMIT 200", []any{customerID}, scanTerm)
}

// termsNow gives the terms that go on, by customer.
func termsNow(ctx context.Context, q db.Q, ids []int64) (map[int64]Term, error) {
	out := make(map[int64]Term, len(ids))
	for start := 0; start < len(ids); start += 500 {
		part := ids[start:min(start+500, len(ids))]
		list, err := db.List(ctx, q, selectTerm+" WHERE t.until_on IS NULL AND t.customer_id IN "+db.In(len(part)), db.Args(part), scanTerm)
		if err != nil {
			return nil, err
		}
		for _, t := range list {
			out[t.CustomerID] = t
		}
	}
	return out, nil
}

func endTerm(ctx context.Context, q db.Q, customerID int64, on calendar.Date) error {
	_, err := q.Exec(ctx, "UPDATE owner_term SET until_on = ? WHERE customer_id = ? AND until_on IS NULL", on, customerID)
	return err
}

func insertTerm(ctx context.Context, q db.Q, t Term) error {
	why, err := json.Marshal(t.Why)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, `INSERT INTO owner_term (customer_id, id, owner_id, how, rulebook, version, rule, precedence, clause, why, source_id, by_id, from_on, until_on, created_at)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,NULL,?)`,
		t.CustomerID, t.ID, t.OwnerID, t.How, t.Rulebook, t.Version, t.Rule, t.Precedence, t.Clause, string(why), t.SourceID, t.ByID, t.From, clock.Micros(t.CreatedAt))
	return err
}

// ownerOf gives whoever looks after a customer that is not archived; ErrNoRows when there is none.
func ownerOf(ctx context.Context, q db.Q, customerID int64) (owner int64, err error) {
	return owner, db.Get(ctx, q, "SELECT owner_id FROM customer WHERE id = ? AND archived_at IS NULL", []any{customerID}, &owner)
}
