package seminar

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/statement"
)

// Rendered tells statements of service of the events a customer was invited to.
func (s *Service) Rendered() statement.Source {
	return statement.Source{
		Kind: "event", Title: rule.Text{Zh: "活动", En: "Events"}, Permission: authz.DutyRead,
		States: []statement.State{
			{Key: "came", Title: rule.Text{Zh: "已参加", En: "came"}, Rendered: true},
			{Key: "absent", Title: rule.Text{Zh: "受邀未到", En: "invited, did not come"}},
		},
		Lines: renderedLines, Count: renderedCounts,
	}
}

const (
	renderedState = "CASE WHEN v.came > 0 THEN 'came' ELSE 'absent' END"
	// renderedWhere leaves out what was called off, what is still to come, and who was taken off the list.
	renderedWhere = "v.answer <> 'withdrawn' AND m.state <> 'cancelled' AND (v.came > 0 OR m.state = 'held') AND m.on_day >= ? AND m.on_day <= ?"
)

func renderedLines(ctx context.Context, q db.Q, customerID int64, span statement.Span) ([]statement.Line, error) {
	return db.List(ctx, q, "SELECT v.id, m.on_day, m.title_zh, m.title_en, "+renderedState+`, v.duty_id, COALESCE(o.name, '') FROM seminar_invite v JOIN seminar m ON m.id = v.seminar_id
		LEFT JOIN app_user o ON o.id = m.organiser_id WHERE v.customer_id = ? AND `+renderedWhere+" ORDER BY m.on_day, v.id",
		[]any{customerID, span.From, span.To}, func(r db.Rows) (statement.Line, error) {
			var l statement.Line
			var inviteID int64
			err := r.Scan(&inviteID, &l.On, &l.Title.Zh, &l.Title.En, &l.State, &l.DutyID, &l.Who)
			l.ID = id.String(inviteID)
			if l.Title.Zh == "" {
				l.Title.Zh = l.Title.En
			}
			if l.Title.En == "" {
				l.Title.En = l.Title.Zh
			}
			return l, err
		})
}

func renderedCounts(ctx context.Context, q db.Q, who statement.Crowd, span statement.Span) ([]statement.Counted, error) {
	where, args := who.Where("v.customer_id")
	key := who.Key("v.customer_id")
	return statement.Counts(ctx, q, "SELECT x.customer_id, x.state, COUNT(*) FROM (SELECT "+key+" AS customer_id, "+renderedState+` AS state
		FROM seminar_invite v JOIN seminar m ON m.id = v.seminar_id WHERE `+where+" AND v.customer_id <> 0 AND "+renderedWhere+") AS x GROUP BY x.customer_id, x.state",
		append(args, span.From, span.To)...)
}
