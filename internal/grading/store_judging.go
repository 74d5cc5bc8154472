package grading

import (
	"context"
	"fmt"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const judgedColumns = "customer_id, id, rulebook, item, value, note, from_day, judged_by, judged_at"

func scanJudged(r db.Rows) (Judged, error) {
	var j Judged
	var at int64
	err := r.Scan(&j.CustomerID, &j.ID, &j.Rulebook, &j.Item, &j.Value, &j.Note, &j.From, &j.JudgedBy, &at)
	j.JudgedAt = clock.FromMicros(at)
	return j, err
}

// judgedIn gives the values that count on a day for the customers of a page, by customer and item; what was taken back is left out.
func judgedIn(ctx context.Context, q db.Q, rulebookID string, asOf calendar.Date, at span) (map[int64]map[string]string, error) {
	out := map[int64]map[string]string{}
	where, args := at.where("customer_id")
	rows, err := q.Query(ctx, "SELECT customer_id, item, value FROM judgement WHERE rulebook = ? AND from_day <= ? AND "+where+
		" ORDER BY customer_id, item, from_day, id", append([]any{rulebookID, asOf}, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		customerID, item, value := rows.Int64(0), string(rows.Bytes(1)), string(rows.Bytes(2))
		held := out[customerID]
		if held == nil {
			held = map[string]string{}
			out[customerID] = held
		}
		if value == "" {
			delete(held, item)
			continue
		}
		held[item] = value
	}
	return out, rows.Err()
}

// judgedOf gives every value ever given to some customers by a rulebook from days up to one, the oldest first.
func judgedOf(ctx context.Context, q db.Q, rulebookID string, upTo calendar.Date, customers []int64) ([]Judged, error) {
	return db.List(ctx, q, "SELECT "+judgedColumns+" FROM judgement WHERE rulebook = ? AND from_day <= ? AND customer_id IN "+db.In(len(customers))+
		" ORDER BY customer_id, item, from_day, id", append([]any{rulebookID, upTo}, db.Args(customers)...), scanJudged)
}

func insertJudged(ctx context.Context, q db.Q, list []Judged) error {
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "judgement", Columns: []string{"customer_id", "id", "rulebook", "item", "value", "note", "from_day", "judged_by", "judged_at"}, N: len(list),
		Bind: func(i int, b db.Binder) {
			j := &list[i]
			b.Int64(j.CustomerID)
			b.Int64(j.ID)
			for _, s := range []string{j.Rulebook, j.Item, j.Value, j.Note, j.From.String()} {
				b.Text(s)
			}
			b.Int64(j.JudgedBy)
			b.Int64(clock.Micros(j.JudgedAt))
		},
	})
	if err != nil {
		return fmt.Errorf("writing judged values: %w", err)
	}
	return nil
}

func rolesOf(ctx context.Context, q db.Q, userID int64) ([]string, error) {
	return db.List(ctx, q, "SELECT role FROM user_role WHERE user_id = ?", []any{userID}, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
}

// idsByCode gives the customers of those codes that exist.
func idsByCode(ctx context.Context, q db.Q, codes []string) (map[string]int64, error) {
	out := make(map[string]int64, len(codes))
	for len(codes) > 0 {
		n := min(len(codes), 500)
		_, err := db.List(ctx, q, "SELECT code, customer_id FROM customer_code WHERE code IN "+db.In(n), db.Args(codes[:n]), func(r db.Rows) (struct{}, error) {
			out[string(r.Bytes(0))] = r.Int64(1)
			return struct{}{}, nil
		})
		if err != nil {
			return nil, err
		}
		codes = codes[n:]
	}
	return out, nil
}
