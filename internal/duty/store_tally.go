package duty

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// tallies groups the duties of a rulebook; an open one whose day has passed is missed, whether or not the daily job ran.
func tallies(ctx context.Context, q db.Q, rulebook string, from, to, today calendar.Date, scope authz.Scope) ([]TallyRow, error) {
	where, args := scope.Clause("d")
	sql := `SELECT t.clause, t.rule, t.grade, t.state, COUNT(*) FROM (
			SELECT d.clause, d.rule, d.grade, CASE WHEN d.state = 'open' AND d.due_on < ? THEN 'missed' ELSE d.state END AS state
			FROM duty d WHERE d.rulebook = ? AND d.due_on >= ? AND d.due_on <= ? AND d.state <> 'dropped' AND ` + where + `) AS t
		GROUP BY t.clause, t.rule, t.grade, t.state ORDER BY t.clause, t.rule, t.grade, t.state`
	return db.List(ctx, q, sql, append([]any{today, rulebook, from, to}, args...), func(r db.Rows) (TallyRow, error) {
		var x TallyRow
		err := r.Scan(&x.Clause, &x.Rule, &x.Grade, &x.State, &x.N)
		return x, err
	})
}
