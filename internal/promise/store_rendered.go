package promise

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/statement"
)

// Rendered tells statements of service of the promises that were due.
func (s *Service) Rendered() statement.Source {
	return statement.Source{
		Kind: "promise", Title: rule.Text{Zh: "承诺", En: "Promises"}, Permission: authz.DutyRead,
		States: []statement.State{
			{Key: string(Kept), Title: rule.Text{Zh: "按时兑现", En: "kept"}, Rendered: true},
			{Key: string(Late), Title: rule.Text{Zh: "迟兑现", En: "late"}, Rendered: true},
			{Key: string(Overdue), Title: rule.Text{Zh: "逾期", En: "overdue"}},
			{Key: string(Broken), Title: rule.Text{Zh: "未兑现", En: "broken"}},
			{Key: string(Withdrawn), Title: rule.Text{Zh: "客户不再需要", En: "withdrawn"}},
			{Key: string(Open), Title: rule.Text{Zh: "未到期", En: "open"}},
		},
		Lines: renderedLines, Count: renderedCounts,
	}
}

// renderedState is the state as of a day: an open promise whose day has passed is overdue, whether or not the night has marked it.
const renderedState = "CASE WHEN p.state = 'open' AND p.due_on < ? THEN 'overdue' ELSE p.state END"

// renderedWhere takes a promise on the day it was settled, which may lie long before it was due; an open one on the day it is due.
const renderedWhere = " AND (p.settled_on >= ? AND p.settled_on <= ? OR p.settled_on IS NULL AND p.due_on >= ? AND p.due_on <= ?)"

func renderedLines(ctx context.Context, q db.Q, customerID int64, span statement.Span) ([]statement.Line, error) {
	return db.List(ctx, q, "SELECT p.id, COALESCE(p.settled_on, p.due_on), p.what, p.said, "+renderedState+`, COALESCE(u.name, '') FROM promise p LEFT JOIN app_user u ON u.id = p.owner_id
		WHERE p.customer_id = ?`+renderedWhere+" ORDER BY p.due_on, p.id",
		[]any{span.Today, customerID, span.From, span.To, span.From, span.To}, func(r db.Rows) (statement.Line, error) {
			var l statement.Line
			var promiseID int64
			err := r.Scan(&promiseID, &l.On, &l.Title.Zh, &l.Inner, &l.State, &l.Who)
			l.ID, l.Title.En = id.String(promiseID), l.Title.Zh
			return l, err
		})
}

func renderedCounts(ctx context.Context, q db.Q, who statement.Crowd, span statement.Span) ([]statement.Counted, error) {
	where, args := who.Where("p.customer_id")
	key := who.Key("p.customer_id")
	return statement.Counts(ctx, q, "SELECT x.customer_id, x.state, COUNT(*) FROM (SELECT "+key+" AS customer_id, "+renderedState+" AS state FROM promise p WHERE "+where+
		renderedWhere+") AS x GROUP BY x.customer_id, x.state", append(append([]any{span.Today}, args...), span.From, span.To, span.From, span.To)...)
}
