package duty

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// gradeOfAll is the grade of what a whole grade is owed, empty for what one customer is owed.
const gradeOfAll = "CASE WHEN d.customer_id = 0 THEN d.grade ELSE '' END"

func scanRuleOwed(r db.Rows) (RuleOwed, error) {
	var a RuleOwed
	err := r.Scan(&a.Rulebook, &a.Rule, &a.Grade, &a.Clause, &a.TitleZh, &a.TitleEn, &a.Owed, &a.FirstDue)
	return a, err
}

const selectRuleOwed = "SELECT d.rulebook, d.rule, " + gradeOfAll + `, MAX(d.clause), MAX(d.title_zh), MAX(d.title_en), COUNT(*), MIN(d.due_on)
	FROM duty d LEFT JOIN customer c ON c.id = d.customer_id WHERE d.state IN ('open', 'missed') AND d.activity = ?`

func rulesOwed(ctx context.Context, q db.Q, activity string, scope authz.Scope) ([]RuleOwed, error) {
	own, args := scope.PersonClause("d")
	of, more := scope.Clause("c")
	return db.List(ctx, q, selectRuleOwed+" AND ("+own+" OR "+of+") GROUP BY d.rulebook, d.rule, "+gradeOfAll+" ORDER BY 8, 1, 2, 3",
		append(append([]any{activity}, args...), more...), scanRuleOwed)
}

func ruleWords(ctx context.Context, q db.Q, activity string, a ByRule) (RuleOwed, error) {
	return db.One(ctx, q, selectRuleOwed+" AND d.rulebook = ? AND d.rule = ? AND "+gradeOfAll+" = ? GROUP BY d.rulebook, d.rule, "+gradeOfAll,
		[]any{activity, a.Rulebook, a.Rule, a.Grade}, scanRuleOwed)
}

// owedBy gives the duty that something done on a day keeps.
func owedBy(ctx context.Context, q db.Q, customerID int64, activity string, a ByRule, on calendar.Date) (Duty, error) {
	sql := selectDuty + ` WHERE d.customer_id = ? AND d.state IN ('open', 'missed') AND d.activity = ? AND d.rulebook = ? AND d.rule = ? AND d.window_from <= ?`
	args := []any{customerID, activity, a.Rulebook, a.Rule, on}
	if a.Grade != "" {
		sql, args = sql+" AND d.grade = ?", append(args, a.Grade)
	}
	d, err := db.One(ctx, q, sql+" AND d.due_on >= ? ORDER BY d.due_on, d.id LIMIT 1", append(args, on), scanDuty)
	if !db.IsNoRows(err) {
		return d, err
	}
	return db.One(ctx, q, sql+" ORDER BY d.due_on DESC, d.id DESC LIMIT 1", args, scanDuty)
}
