package record

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// Facts of batches that are loading, failed or reverted do not exist for a reader.
const visible = "f.batch_id NOT IN (SELECT id FROM fact_batch WHERE state <> 'visible')"

// counted keeps orders that stand: a cancelled one counts only with the negative amount that corrects it.
const counted = "(f.status <> 'cancelled' OR f.amount < 0) AND f.reverses = 0 AND " + visible

// takenBack gives the facts in a stretch of days that another fact takes back; there are few, mostly none.
func takenBack(ctx context.Context, q db.Q, customerID int64, w window) ([]int64, error) {
	return db.List(ctx, q, "SELECT f.reverses FROM fact f WHERE f.customer_id = ? AND f.occurred_on >= ? AND f.occurred_on <= ? AND f.reverses <> 0 AND "+visible,
		[]any{customerID, w.from, w.to}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// without adds the exclusion of what was taken back.
func without(taken []int64, args []any) (string, []any) {
	if len(taken) == 0 {
		return "", args
	}
	return " AND f.id NOT IN " + db.In(len(taken)), append(args, db.Args(taken)...)
}

func monthsOf(ctx context.Context, q db.Q, customerID int64, w window, taken []int64) ([]Month, error) {
	cond, args := without(taken, []any{customerID, w.from, w.to})
	return db.List(ctx, q, `SELECT substr(f.occurred_on, 1, 7) AS month, f.kind, f.currency, COALESCE(SUM(f.amount), 0), COUNT(*)
		FROM fact f WHERE f.customer_id = ? AND f.occurred_on >= ? AND f.occurred_on <= ? AND f.kind IN ('order', 'payment') AND `+counted+cond+`
		GROUP BY substr(f.occurred_on, 1, 7), f.kind, f.currency ORDER BY 1, 2, 3`, args, func(r db.Rows) (Month, error) {
		var m Month
		err := r.Scan(&m.Month, &m.Kind, &m.Currency, &m.Minor, &m.Facts)
		return m, err
	})
}

func salesOf(ctx context.Context, q db.Q, customerID int64, w window, taken []int64) ([]Amount, error) {
	cond, args := without(taken, []any{customerID, w.from, w.to})
	return db.List(ctx, q, `SELECT f.currency, SUM(f.amount) FROM fact f
		WHERE f.customer_id = ? AND f.occurred_on >= ? AND f.occurred_on <= ? AND f.kind = 'order' AND f.amount IS NOT NULL AND `+counted+cond+`
		GROUP BY f.currency ORDER BY f.currency`, args, func(r db.Rows) (Amount, error) {
		var a Amount
		err := r.Scan(&a.Currency, &a.Minor)
		return a, err
	})
}

// ordersOf counts documents; an order without one counts by itself. Cancelled documents are no orders.
func ordersOf(ctx context.Context, q db.Q, customerID int64, w window, taken []int64) (n int64, err error) {
	cond, args := without(taken, []any{customerID, w.from, w.to})
	err = db.Get(ctx, q, `SELECT COUNT(DISTINCT CASE WHEN f.document = '' THEN CAST(f.id AS TEXT) ELSE f.document END) FROM fact f
		WHERE f.customer_id = ? AND f.occurred_on >= ? AND f.occurred_on <= ? AND f.kind = 'order' AND f.status <> 'cancelled' AND f.reverses = 0 AND `+visible+cond,
		args, &n)
	return n, err
}

// lastOrder walks back from today and stops at the first order that stands.
func lastOrder(ctx context.Context, q db.Q, customerID int64, today calendar.Date) (calendar.Date, error) {
	d := calendar.None
	err := db.Get(ctx, q, `SELECT f.occurred_on FROM fact f WHERE f.customer_id = ? AND f.occurred_on <= ? AND f.kind = 'order' AND f.status <> 'cancelled'
			AND f.reverses = 0 AND `+visible+`
			AND NOT EXISTS (SELECT 1 FROM fact r WHERE r.customer_id = f.customer_id AND r.occurred_on = f.occurred_on AND r.reverses = f.id)
		ORDER BY f.occurred_on DESC, f.id DESC LIMIT 1`, []any{customerID, today}, &d)
	if db.IsNoRows(err) {
		return calendar.None, nil
	}
	return d, err
}

// standingsOf gives the standings of a customer; what is missing for the next grade is still in its stored form.
func standingsOf(ctx context.Context, q db.Q, customerID int64) ([]Standing, error) {
	return db.List(ctx, q, `SELECT s.rulebook, s.scheme, s.code, s.reason, s.score, s.as_of, s.since, s.previous_code, s.verdict_id,
			COALESCE(v.version, ''), COALESCE(v.frame, 0), COALESCE(v.explanation, '')
		FROM standing s LEFT JOIN verdict v ON v.customer_id = s.customer_id AND v.id = s.verdict_id
		WHERE s.customer_id = ? ORDER BY s.scheme`, []any{customerID}, func(r db.Rows) (Standing, error) {
		var st Standing
		err := r.Scan(&st.Rulebook, &st.Scheme, &st.Code, &st.Reason, &st.Score, &st.AsOf, &st.Since, &st.PreviousCode, &st.VerdictID, &st.Version,
			&st.frame, &st.explanation)
		return st, err
	})
}
