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

// moveStandings makes what a run found about the customers of a page count from now on, and notes who got another code. The
// standing never goes back in time: a run as of an earlier day leaves it alone. A code that stays keeps the day it began and the
// code before it. A first reason without a code is not a movement; to or from no code is neither up nor down.
func moveStandings(ctx context.Context, q db.Q, run *Run, at span) (moved int64, err error) {
	where, args := at.where("v.customer_id")
	near, ids := at.where("s.customer_id") // so that PostgreSQL never reads the standings of all customers for a page
	found := `v.rulebook = ? AND v.scheme = ? AND v.as_of = ? AND ` + where + ` AND v.run_id <> 0
		AND NOT EXISTS (SELECT 1 FROM verdict n WHERE n.rulebook = v.rulebook AND n.scheme = v.scheme AND n.as_of = v.as_of AND n.customer_id = v.customer_id
			AND n.id > v.id AND n.run_id <> 0)`
	args = append([]any{run.Rulebook, run.Scheme, run.AsOf}, args...)
	moved, err = q.Exec(ctx, `INSERT INTO movement (customer_id, run_id, scheme, from_code, to_code, direction, as_of)
		SELECT v.customer_id, CAST(? AS BIGINT), v.scheme, COALESCE(s.code, ''), v.code,
			CASE WHEN COALESCE(s.code, '') = '' OR v.code = '' OR v.position = s.position THEN 0 WHEN v.position < s.position THEN 1 ELSE -1 END, v.as_of
		FROM verdict v LEFT JOIN standing s ON s.customer_id = v.customer_id AND s.scheme = v.scheme AND `+near+`
		WHERE `+found+` AND v.code <> COALESCE(s.code, '') AND (s.customer_id IS NULL OR (v.as_of >= s.as_of AND v.id <> s.verdict_id))`,
		append(append([]any{run.ID}, ids...), args...)...)
	if err != nil {
		return 0, fmt.Errorf("writing movements: %w", err)
	}
	_, err = q.Exec(ctx, `INSERT INTO standing (`+standingColumns+`)
		SELECT v.customer_id, v.scheme, v.rulebook, v.id, v.code, v.position, v.reason, v.score, v.as_of, v.as_of, '' FROM verdict v WHERE `+found+`
		ON CONFLICT (customer_id, scheme) DO UPDATE SET rulebook = excluded.rulebook, verdict_id = excluded.verdict_id, code = excluded.code,
			position = excluded.position, reason = excluded.reason, score = excluded.score, as_of = excluded.as_of,
			since = CASE WHEN standing.code = excluded.code THEN standing.since ELSE excluded.since END,
			previous_code = CASE WHEN standing.code = excluded.code THEN standing.previous_code ELSE standing.code END
		WHERE excluded.as_of >= standing.as_of AND excluded.verdict_id <> standing.verdict_id`, args...)
	if err != nil {
		return 0, fmt.Errorf("writing standings: %w", err)
	}
	return moved, nil
}
