package grading

import (
	"context"
	"fmt"

	"kezhi/internal/db"
)

const standingColumns = "customer_id, scheme, rulebook, verdict_id, code, position, reason, score, as_of, since, previous_code"

func scanStanding(r db.Rows) (Standing, error) {
	var s Standing
	err := r.Scan(&s.CustomerID, &s.Scheme, &s.Rulebook, &s.VerdictID, &s.Code, &s.Position, &s.Reason, &s.Score, &s.AsOf, &s.Since, &s.PreviousCode)
	return s, err
}

func standingsIn(ctx context.Context, q db.Q, scheme string, at span) (map[int64]Standing, error) {
	where, args := at.where("customer_id")
	// The empty text keeps SQLite, which has no statistics, from walking the index of the whole scheme for every page.
	list, err := db.List(ctx, q, "SELECT "+standingColumns+" FROM standing WHERE "+where+" AND scheme || '' = ?", append(args, scheme), scanStanding)
	out := make(map[int64]Standing, len(list))
	for _, s := range list {
		out[s.CustomerID] = s
	}
	return out, err
}

// removeStandings takes away the standings of a page that others take the place of, and says whether they were still those that were read.
func removeStandings(ctx context.Context, q db.Q, scheme string, page []step) (same bool, err error) {
	for rest := page; len(rest) > 0; {
		n := min(len(rest), removeChunk)
		var customers, verdicts []any
		for i := range rest[:n] {
			if s := &rest[i]; s.before != 0 {
				customers, verdicts = append(customers, s.now.CustomerID), append(verdicts, s.before)
			}
		}
		rest = rest[n:]
		if len(customers) == 0 {
			continue
		}
		in := db.In(len(customers))
		removed, err := q.Exec(ctx, "DELETE FROM standing WHERE customer_id IN "+in+" AND scheme = ? AND verdict_id IN "+in, append(append(customers, scheme), verdicts...)...)
		if err != nil {
			return false, fmt.Errorf("taking away standings: %w", err)
		}
		if removed != int64(len(customers)) {
			return false, nil
		}
	}
	return true, nil
}

// removeChunk is how many standings one statement takes away.
const removeChunk = 500

func insertStandings(ctx context.Context, q db.Q, page []step) error {
	var asOf, since dayText
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "standing", N: len(page),
		Columns: []string{"customer_id", "scheme", "rulebook", "verdict_id", "code", "position", "reason", "score", "as_of", "since", "previous_code"},
		Bind: func(i int, b db.Binder) {
			s := &page[i].now
			b.Int64(s.CustomerID)
			b.Text(s.Scheme)
			b.Text(s.Rulebook)
			b.Int64(s.VerdictID)
			b.Text(s.Code)
			b.Int64(int64(s.Position))
			b.Text(s.Reason)
			bindOptional(b, s.Score)
			b.Text(asOf.of(s.AsOf))
			b.Text(since.of(s.Since))
			b.Text(s.PreviousCode)
		},
	})
	if err != nil {
		return fmt.Errorf("writing standings: %w", err)
	}
	return nil
}

func insertMovements(ctx context.Context, q db.Q, list []Movement) error {
	var asOf dayText
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "movement", Columns: []string{"customer_id", "run_id", "scheme", "from_code", "to_code", "direction", "as_of"}, N: len(list),
		Bind: func(i int, b db.Binder) {
			m := &list[i]
			b.Int64(m.CustomerID)
			b.Int64(m.RunID)
			b.Text(m.Scheme)
			b.Text(m.From)
			b.Text(m.To)
			b.Int64(int64(m.Direction))
			b.Text(asOf.of(m.AsOf))
		},
	})
	if err != nil {
		return fmt.Errorf("writing movements: %w", err)
	}
	return nil
}
