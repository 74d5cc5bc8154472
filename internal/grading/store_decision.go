package grading

import (
	"context"
	"fmt"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const decisionColumns = `customer_id, id, rulebook, scheme, code, title_zh, title_en, reason, from_day, until_day, source, source_id, decided_by, by_name, decided_at,
	basis_rulebook, basis_version, basis_clause, revokes`

func scanDecision(r db.Rows) (Decision, error) {
	var d Decision
	var at int64
	err := r.Scan(&d.CustomerID, &d.ID, &d.Rulebook, &d.Scheme, &d.Code, &d.Title.Zh, &d.Title.En, &d.Reason, &d.From, &d.Until, &d.Source, &d.SourceID,
		&d.DecidedBy, &d.ByName, &at, &d.Basis.Rulebook, &d.Basis.Version, &d.Basis.Number, &d.Revokes)
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
	for _, one := range bySubject(list) {
		d := counting(one, asOf)
		if d == nil {
			continue
		}
		if out[d.CustomerID] == nil {
			out[d.CustomerID] = map[string]Decision{}
		}
		out[d.CustomerID][d.Scheme] = *d
	}
	return out, nil
}

// overridesOf gives the decisions that a case made.
func overridesOf(ctx context.Context, q db.Q, caseID int64) ([]Decision, error) {
	return db.List(ctx, q, "SELECT "+decisionColumns+" FROM grade_decision WHERE source = ? AND source_id = ? AND revokes = 0 ORDER BY customer_id, from_day, id",
		[]any{SourceOverride, caseID}, scanDecision)
}

// noteEnded has the customers judged again whose standing rests on a decision that has ended since, and gives their number.
func noteEnded(ctx context.Context, q db.Q, rulebookID string, today calendar.Date, at int64) (int64, error) {
	n, err := q.Exec(ctx, `INSERT INTO grading_trigger (customer_id, rulebook, fact_id, at)
		SELECT DISTINCT d.customer_id, d.rulebook, CAST(0 AS BIGINT), CAST(? AS BIGINT) FROM grade_decision d
			JOIN standing s ON s.customer_id = d.customer_id AND s.scheme = d.scheme AND s.rulebook = d.rulebook
		WHERE d.rulebook = ? AND d.until_day < ? AND d.code <> '' AND s.as_of >= d.from_day AND s.as_of <= d.until_day
		ON CONFLICT (rulebook, customer_id) DO NOTHING`, at, rulebookID, today)
	if err != nil {
		return 0, fmt.Errorf("noting whose decided grade has ended: %w", err)
	}
	return n, nil
}

func insertDecisions(ctx context.Context, q db.Q, list []Decision) error {
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "grade_decision", N: len(list),
		Columns: []string{
			"customer_id", "id", "rulebook", "scheme", "code", "title_zh", "title_en", "reason", "from_day", "until_day", "source", "source_id", "decided_by", "by_name", "decided_at",
			"basis_rulebook", "basis_version", "basis_clause", "revokes",
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
			b.Text(d.Basis.Rulebook)
			b.Text(d.Basis.Version)
			b.Text(d.Basis.Number)
			b.Int64(d.Revokes)
		},
	})
	if err != nil {
		return fmt.Errorf("writing decisions on grades: %w", err)
	}
	return nil
}
