package fact

import (
	"context"
	"strconv"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/id"
)

// visibleOnly is the predicate that keeps the facts of batches nobody may see out of a list.
const visibleOnly = "batch_id NOT IN (SELECT id FROM fact_batch WHERE state <> 'visible')"

const factColumns = `customer_id, occurred_on, id, kind, occurred_at, amount, currency, quantity, status, document, product, attrs,
	batch_id, reverses, recorded_by, recorded_at`

func scanFact(r db.Rows) (Fact, error) {
	var f Fact
	var attrs []byte
	var at int64
	err := r.Scan(&f.CustomerID, &f.On, &f.ID, &f.Kind, &f.At, &f.Amount, &f.Currency, &f.Quantity, &f.Status, &f.Document, &f.Product, &attrs,
		&f.BatchID, &f.Reverses, &f.RecordedBy, &at)
	f.Attrs, f.RecordedAt = attrs, clock.FromMicros(at)
	return f, err
}

func insertOne(ctx context.Context, q db.Q, f Fact) error {
	_, err := q.Exec(ctx, "INSERT INTO fact ("+factColumns+") VALUES "+db.In(16),
		f.CustomerID, f.On, f.ID, f.Kind, f.At, f.Amount, f.Currency, f.Quantity, f.Status, f.Document, f.Product, string(f.Attrs),
		f.BatchID, f.Reverses, f.RecordedBy, clock.Micros(f.RecordedAt))
	return err
}

// loadFact gives a visible fact, and whether it was taken back.
func loadFact(ctx context.Context, q db.Q, customerID int64, on calendar.Date, factID int64) (Fact, error) {
	f, err := db.One(ctx, q, "SELECT "+factColumns+" FROM fact WHERE customer_id = ? AND occurred_on = ? AND id = ? AND "+visibleOnly,
		[]any{customerID, on, factID}, scanFact)
	if err != nil {
		return f, err
	}
	var n int64
	err = db.Get(ctx, q, "SELECT COUNT(*) FROM fact WHERE customer_id = ? AND occurred_on = ? AND reverses = ?",
		[]any{customerID, on, factID}, &n)
	f.Reversed = n > 0
	return f, err
}

// listFacts reads one page, newest first, by (day, id).
func listFacts(ctx context.Context, q db.Q, customerID int64, f Filter) ([]Fact, string, error) {
	where, args := "customer_id = ? AND "+visibleOnly, []any{customerID}
	add := func(clause string, vals ...any) {
		where += " AND " + clause
		args = append(args, vals...)
	}
	if len(f.Kinds) > 0 {
		add("kind IN "+db.In(len(f.Kinds)), db.Args(f.Kinds)...)
	}
	if f.From != calendar.None {
		add("occurred_on >= ?", f.From)
	}
	if f.To != calendar.None {
		add("occurred_on <= ?", f.To)
	}
	after, err := db.DecodeCursor(f.Cursor, 2)
	if err != nil {
		return nil, "", err
	}
	if after != nil {
		last, err := id.Parse(after[1])
		if err != nil {
			return nil, "", err
		}
		add("(occurred_on, id) < (?, ?)", after[0], last)
	}
	limit := min(max(f.Limit, 1), 200)
	out, err := db.List(ctx, q, "SELECT "+factColumns+" FROM fact WHERE "+where+" ORDER BY occurred_on DESC, id DESC LIMIT ?",
		append(args, limit+1), scanFact)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(out) > limit {
		out = out[:limit]
		last := out[limit-1]
		next = db.EncodeCursor(last.On.String(), strconv.FormatInt(last.ID, 10))
	}
	return out, next, noteReversed(ctx, q, customerID, out)
}

// noteReversed marks the facts of a page that another fact takes back. A reversal lies on the same day, so only the days of the page are read.
func noteReversed(ctx context.Context, q db.Q, customerID int64, page []Fact) error {
	if len(page) == 0 {
		return nil
	}
	ids, err := db.List(ctx, q, "SELECT reverses FROM fact WHERE customer_id = ? AND occurred_on >= ? AND occurred_on <= ? AND reverses <> 0",
		[]any{customerID, page[len(page)-1].On, page[0].On}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	if err != nil {
		return err
	}
	taken := make(map[int64]bool, len(ids))
	for _, n := range ids {
		taken[n] = true
	}
	for i := range page {
		page[i].Reversed = taken[page[i].ID]
	}
	return nil
}

// foldMonths adds up one customer's facts, which lie together. A reversal has the kind, currency and day of what it takes
// back, so the amounts cancel by themselves and the pair counts nothing.
func foldMonths(ctx context.Context, q db.Q, customerID int64, kind string, from, to calendar.Date) ([]Month, error) {
	where, args := "customer_id = ? AND occurred_on >= ? AND occurred_on <= ? AND "+visibleOnly, []any{customerID, from, to}
	if kind != "" {
		where += " AND kind = ?"
		args = append(args, kind)
	}
	all, err := db.List(ctx, q, `SELECT SUBSTR(occurred_on, 1, 7), kind, currency, COALESCE(SUM(amount), 0), SUM(CASE WHEN reverses = 0 THEN 1 ELSE -1 END)
		FROM fact WHERE `+where+" GROUP BY SUBSTR(occurred_on, 1, 7), kind, currency ORDER BY 1, 2, 3", args,
		func(r db.Rows) (Month, error) {
			var m Month
			var month string
			if err := r.Scan(&month, &m.Kind, &m.Currency, &m.Amount, &m.Facts); err != nil {
				return m, err
			}
			var err error
			m.Month, err = calendar.Parse(month + "-01")
			return m, err
		})
	out := all[:0]
	for _, m := range all {
		if m.Facts != 0 {
			out = append(out, m)
		}
	}
	return out, err
}

func loadKinds(ctx context.Context, q db.Q) ([]Kind, error) {
	return db.List(ctx, q, "SELECT kind, label_zh, label_en, has_amount FROM fact_kind ORDER BY position, kind", nil, func(r db.Rows) (Kind, error) {
		var k Kind
		err := r.Scan(&k.Kind, &k.LabelZH, &k.LabelEN, &k.HasAmount)
		return k, err
	})
}
