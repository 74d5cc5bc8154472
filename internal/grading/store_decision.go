package grading

import (
	"context"
	"fmt"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const decisionColumns = "customer_id, id, rulebook, scheme, code, title_zh, title_en, reason, from_day, until_day, source, source_id, decided_by, by_name, decided_at"

func scanDecision(r db.Rows) (Decision, error) {
	var d Decision
	var at int64
	err := r.Scan(&d.CustomerID, &d.ID, &d.Rulebook, &d.Scheme, &d.Code, &d.Title.Zh, &d.Title.En, &d.Reason, &d.From, &d.Until, &d.Source, &d.SourceID,
		&d.DecidedBy, &d.ByName, &at)
	d.DecidedAt = clock.FromMicros(at)
	return d, err
}

// decisionsOf gives every decision ever made on some customers, the oldest day first.
func decisionsOf(ctx context.Context, q db.Q, customers []int64) ([]Decision, error) {
	return db.List(ctx, q, "SELECT "+decisionColumns+" FROM grade_decision WHERE customer_id IN "+db.In(len(customers))+" ORDER BY customer_id, from_day, id",
		db.Args(customers), scanDecision)
}

// decisionsIn gives the decisions that count on a day for the customers of a page, by customer and scheme.
func decisionsIn(ctx context.Context, q db.Q, rulebookID string, asOf calendar.Date, at span) (map[int64]map[string]Decision, error) {
	where, args := at.where("customer_id")
	list, err := db.List(ctx, q, "SELECT "+decisionColumns+" FROM grade_decision WHERE rulebook = ? AND from_day <= ? AND "+where+" ORDER BY customer_id, from_day, id",
		append([]any{rulebookID, asOf}, args...), scanDecision)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	out := map[int64]map[string]Decision{}
	for _, d := range list {
		held := out[d.CustomerID]
		if held == nil {
			held = map[string]Decision{}
			out[d.CustomerID] = held
		}
		delete(held, d.Scheme)
		if d.Code != "" && (d.Until == calendar.None || d.Until >= asOf) {
			held[d.Scheme] = d
		}
	}
	return out, nil
}

func insertDecisions(ctx context.Context, q db.Q, list []Decision) error {
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "grade_decision", N: len(list),
		Columns: []string{
			"customer_id", "id", "rulebook", "scheme", "code", "title_zh", "title_en", "reason", "from_day", "until_day", "source", "source_id", "decided_by", "by_name", "decided_at",
		},
		Bind: func(i int, b db.Binder) {
			d := &list[i]
			b.Int64(d.CustomerID)
			b.Int64(d.ID)
			for _, s := range []string{d.Rulebook, d.Scheme, d.Code, d.Title.Zh, d.Title.En, d.Reason, d.From.String()} {
				b.Text(s)
			}
			if d.Until == calendar.None {
				b.Null()
			} else {
				b.Text(d.Until.String())
			}
			b.Text(d.Source)
			b.Int64(d.SourceID)
			b.Int64(d.DecidedBy)
			b.Text(d.ByName)
			b.Int64(clock.Micros(d.DecidedAt))
		},
	})
	if err != nil {
		return fmt.Errorf("writing decisions on grades: %w", err)
	}
	return nil
}
