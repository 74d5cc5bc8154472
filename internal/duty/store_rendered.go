package duty

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/statement"
)

// Rendered tells statements of service of the duties that were due: kept, made up for, missed and excused.
func (s *Service) Rendered() statement.Source {
	return statement.Source{
		Kind: "duty", Title: rule.Text{Zh: "制度规定的服务", En: "Service owed by the regulations"}, Permission: authz.DutyRead, Owed: true,
		States: []statement.State{
			{Key: string(Kept), Title: rule.Text{Zh: "按时", En: "kept"}, Rendered: true},
			{Key: string(Late), Title: rule.Text{Zh: "迟办", En: "late"}, Rendered: true},
			{Key: string(Missed), Title: rule.Text{Zh: "逾期未办", En: "missed"}},
			{Key: string(Waived), Title: rule.Text{Zh: "免除", En: "waived"}},
		},
		Lines: renderedLines, Count: renderedCounts,
	}
}

// Of the days asked for, what is settled, and what is open only once its day has passed.
const renderedWhere = " AND d.due_on >= ? AND d.due_on <= ? AND (d.state IN ('kept', 'late', 'waived', 'missed') OR d.state = 'open' AND d.due_on < ?)"

// renderedUntil lets a duty count that was done before its day: all of the last year that is told of.
func renderedUntil(span statement.Span) calendar.Date {
	return span.To.YearStart().AddMonths(12).AddDays(-1)
}

func renderedLines(ctx context.Context, q db.Q, customerID int64, span statement.Span) ([]statement.Line, error) {
	return db.List(ctx, q, `SELECT d.id, d.title_zh, d.title_en, d.clause, d.due_on, d.done_on, CASE WHEN d.state = 'open' THEN 'missed' ELSE d.state END, d.note, d.reason,
			COALESCE(b.name, ''), COALESCE(o.name, '')
		FROM duty d LEFT JOIN app_user b ON b.id = d.done_by LEFT JOIN app_user o ON o.id = d.due_owner_id WHERE d.customer_id = ?`+renderedWhere+" ORDER BY d.due_on, d.id",
		[]any{customerID, span.From, renderedUntil(span), span.Today}, func(r db.Rows) (statement.Line, error) {
			var l statement.Line
			var due, done calendar.Date
			var reason, owner string
			err := r.Scan(&l.DutyID, &l.Title.Zh, &l.Title.En, &l.Clause, &due, &done, &l.State, &l.Inner, &reason, &l.Who, &owner)
			l.ID, l.Due, l.On = id.String(l.DutyID), due.String(), done.String()
			if done == calendar.None {
				l.On = l.Due
			}
			if l.Inner == "" {
				l.Inner = reason
			}
			if l.Who == "" {
				l.Who = owner
			}
			return l, err
		})
}

func renderedCounts(ctx context.Context, q db.Q, who statement.Crowd, span statement.Span) ([]statement.Counted, error) {
	where, args := who.Where("d.customer_id")
	key := who.Key("d.customer_id")
	return statement.Counts(ctx, q, "SELECT x.customer_id, x.state, COUNT(*) FROM (SELECT "+key+" AS customer_id, CASE WHEN d.state = 'open' THEN 'missed' ELSE d.state END AS state FROM duty d WHERE "+
		where+renderedWhere+") AS x GROUP BY x.customer_id, x.state", append(args, span.From, renderedUntil(span), span.Today)...)
}
