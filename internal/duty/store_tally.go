package duty

import (
	"context"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// tallies groups the duties that a query matches; an open one whose day has passed is missed, whether or not the daily job ran.
//
// The inner grouping of what is settled or missed is by a beginning of ix_duty_comply: the index is walked once, in its order, and
// nothing is sorted. What is open is found by ix_duty_due. What is left, some numbers for each day, is added up by what was asked.
func tallies(ctx context.Context, q db.Q, t TallyQuery, today calendar.Date, scope authz.Scope) ([]TallyRow, error) {
	where, args := t.where(scope)
	inner, unit, owner, month := "d.due_on, d.clause, d.rule, d.grade, d.state", "0", "0", "''"
	if t.By.Unit || t.By.Owner {
		inner += ", d.due_unit_id"
	}
	if t.By.Unit {
		unit = "x.due_unit_id"
	}
	if t.By.Owner {
		inner, owner = inner+", d.due_owner_id", "x.due_owner_id"
	}
	if t.By.Month {
		month = "SUBSTR(x.due_on, 1, 7)"
	}
	// The states are written out so that the index, which leaves out these two, is recognised.
	groups := func(states string) string {
		return "SELECT " + inner + ", COUNT(*) AS n FROM duty d WHERE " + states + " AND " + where + " GROUP BY " + inner
	}
	sql := `SELECT y.clause, y.rule, y.grade, y.unit_id, y.owner_id, y.month, y.state, SUM(y.n) FROM (
			SELECT x.clause, x.rule, x.grade, ` + unit + " AS unit_id, " + owner + " AS owner_id, " + month + ` AS month,
				CASE WHEN x.state = 'open' AND x.due_on < ? THEN 'missed' ELSE x.state END AS state, x.n
			FROM (` + groups("d.state <> 'dropped' AND d.state <> 'open'") + " UNION ALL " + groups("d.state = 'open'") + `) AS x) AS y
		GROUP BY y.clause, y.rule, y.grade, y.unit_id, y.owner_id, y.month, y.state
		ORDER BY y.clause, y.rule, y.grade, y.unit_id, y.owner_id, y.month, y.state`
	return db.List(ctx, q, sql, slices.Concat([]any{today}, args, args), func(r db.Rows) (TallyRow, error) {
		var x TallyRow
		err := r.Scan(&x.Clause, &x.Rule, &x.Grade, &x.UnitID, &x.OwnerID, &x.Month, &x.State, &x.N)
		return x, err
	})
}

// where is the predicate on alias d without the state.
func (t TallyQuery) where(scope authz.Scope) (string, []any) {
	conds, args := []string{"d.rulebook = ? AND d.due_on >= ? AND d.due_on <= ?"}, []any{t.Rulebook, t.From, t.To}
	add := func(on bool, cond string, a ...any) {
		if on {
			conds, args = append(conds, cond), append(args, a...)
		}
	}
	cond, a := scope.ClauseOn("d.due_owner_id", "d.due_unit_id")
	add(!scope.All, cond, a...)
	add(t.Clause != "", "d.clause = ?", t.Clause)
	add(t.Grade != "", "d.grade = ?", t.Grade)
	if len(t.UnitIDs) > 0 {
		cond, a = db.Among("d.due_unit_id", t.UnitIDs)
		add(true, cond, a...)
	}
	if t.OwnerID != nil {
		add(true, "d.due_owner_id = ?", *t.OwnerID)
	}
	return strings.Join(conds, " AND "), args
}

// withBelow gives units together with all those below them; 0, none at all, stays.
func withBelow(ctx context.Context, q db.Q, units []int64) ([]int64, error) {
	if len(units) == 0 {
		return nil, nil
	}
	parents, err := unitParents(ctx, q)
	if err != nil {
		return nil, err
	}
	wanted := make(map[int64]bool, len(units))
	out := append([]int64{}, units...)
	for _, u := range units {
		wanted[u] = true
	}
	for unit := range parents {
		for up, steps := unit, 0; up != 0 && steps <= len(parents); up, steps = parents[up], steps+1 {
			if up != unit && wanted[up] && !wanted[unit] {
				out = append(out, unit)
				break
			}
		}
	}
	return out, nil
}
