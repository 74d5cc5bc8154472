package ownership

import (
	"context"
	"encoding/json"
	"slices"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const selectTerm = `SELECT t.customer_id, t.id, t.owner_id, COALESCE(o.name, ''), t.how, t.rulebook, t.version, t.rule, t.precedence, t.clause, t.why, t.note, t.source_id, t.by_id,
	COALESCE(b.name, ''), t.from_on, t.until_on, t.created_at FROM owner_term t LEFT JOIN app_user o ON o.id = t.owner_id LEFT JOIN app_user b ON b.id = t.by_id`

func scanTerm(r db.Rows) (Term, error) {
	var t Term
	var why []byte
	var created int64
	err := r.Scan(&t.CustomerID, &t.ID, &t.OwnerID, &t.OwnerName, &t.How, &t.Rulebook, &t.Version, &t.Rule, &t.Precedence, &t.Clause, &why, &t.Note, &t.SourceID, &t.ByID,
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

// idChunk is how many ids one statement names.
const idChunk = 500

// termsNow gives the terms that go on, by customer.
func termsNow(ctx context.Context, q db.Q, ids []int64) (map[int64]Term, error) {
	out := make(map[int64]Term, len(ids))
	for part := range slices.Chunk(ids, idChunk) {
		among, args := db.Among("t.customer_id", part)
		list, err := db.List(ctx, q, selectTerm+" WHERE t.until_on IS NULL AND "+among, args, scanTerm)
		if err != nil {
			return nil, err
		}
		for _, t := range list {
			out[t.CustomerID] = t
		}
	}
	return out, nil
}

// endTerms ends the terms of customers that go on.
func endTerms(ctx context.Context, q db.Q, ids []int64, on calendar.Date) error {
	for part := range slices.Chunk(ids, idChunk) {
		among, args := db.Among("customer_id", part)
		if _, err := q.Exec(ctx, "UPDATE owner_term SET until_on = ? WHERE until_on IS NULL AND "+among, append([]any{on}, args...)...); err != nil {
			return err
		}
	}
	return nil
}

func insertTerms(ctx context.Context, q db.Q, list []Term) error {
	whys := make([][]byte, len(list))
	for i := range list {
		var err error
		if whys[i], err = json.Marshal(list[i].Why); err != nil {
			return err
		}
	}
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "owner_term", N: len(list),
		Columns: []string{
			"customer_id", "id", "owner_id", "how", "rulebook", "version", "rule", "precedence", "clause", "why", "note", "source_id", "by_id", "from_on", "until_on", "created_at",
		},
		Bind: func(i int, b db.Binder) {
			t := &list[i]
			b.Int64(t.CustomerID)
			b.Int64(t.ID)
			b.Int64(t.OwnerID)
			b.Text(t.How)
			b.Text(t.Rulebook)
			b.Text(t.Version)
			b.Text(t.Rule)
			b.Int64(int64(t.Precedence))
			b.Text(t.Clause)
			b.Bytes(whys[i])
			b.Text(t.Note)
			b.Int64(t.SourceID)
			b.Int64(t.ByID)
			b.Text(t.From.String())
			b.Null()
			b.Int64(clock.Micros(t.CreatedAt))
		},
	})
	return err
}

// ownerOf gives whoever looks after a customer that is not archived; ErrNoRows when there is none.
func ownerOf(ctx context.Context, q db.Q, customerID int64) (owner int64, err error) {
	return owner, db.Get(ctx, q, "SELECT owner_id FROM customer WHERE id = ? AND archived_at IS NULL", []any{customerID}, &owner)
}

// ownersOf gives who looks after customers; those that are archived are missing.
func ownersOf(ctx context.Context, q db.Q, ids []int64) (map[int64]int64, error) {
	out := make(map[int64]int64, len(ids))
	for part := range slices.Chunk(ids, idChunk) {
		among, args := db.Among("id", part)
		_, err := db.List(ctx, q, "SELECT id, owner_id FROM customer WHERE archived_at IS NULL AND "+among, args, func(r db.Rows) (struct{}, error) {
			out[r.Int64(0)] = r.Int64(1)
			return struct{}{}, nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
