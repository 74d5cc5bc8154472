package visit

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/statement"
)

// Rendered tells statements of service of the visits that took place and the calls in which somebody was reached.
func (s *Service) Rendered() []statement.Source {
	return []statement.Source{
		{
			Kind: "visit", Title: rule.Text{Zh: "拜访", En: "Visits"}, Permission: authz.DutyRead,
			States: []statement.State{{Key: string(Done), Title: rule.Text{Zh: "已完成", En: "done"}, Rendered: true}}, Lines: visitLines, Count: visitCounts,
		},
		{
			Kind: "call", Title: rule.Text{Zh: "电话", En: "Calls"}, Permission: authz.DutyRead,
			States: []statement.State{{Key: string(Reached), Title: rule.Text{Zh: "已接通", En: "reached"}, Rendered: true}}, Lines: callLines, Count: callCounts,
		},
	}
}

func visitLines(ctx context.Context, q db.Q, customerID int64, span statement.Span) ([]statement.Line, error) {
	return db.List(ctx, q, `SELECT v.id, v.on_day, v.purpose, v.report, v.state, v.duty_id, COALESCE(o.name, '') FROM visit v LEFT JOIN app_user o ON o.id = v.owner_id
		WHERE v.customer_id = ? AND v.on_day >= ? AND v.on_day <= ? AND v.state = 'done' ORDER BY v.on_day, v.id`,
		[]any{customerID, span.From, span.To}, func(r db.Rows) (statement.Line, error) {
			var l statement.Line
			var visitID int64
			err := r.Scan(&visitID, &l.On, &l.Title.Zh, &l.Inner, &l.State, &l.DutyID, &l.Who)
			l.ID, l.Title.En = id.String(visitID), l.Title.Zh
			return l, err
		})
}

func visitCounts(ctx context.Context, q db.Q, who statement.Crowd, span statement.Span) ([]statement.Counted, error) {
	where, args := who.Where("v.customer_id")
	key := who.Key("v.customer_id")
	return statement.Counts(ctx, q, "SELECT "+key+", v.state, COUNT(*) FROM visit v WHERE "+where+" AND v.on_day >= ? AND v.on_day <= ? AND v.state = 'done' GROUP BY "+key+", v.state",
		append(args, span.From, span.To)...)
}

func callLines(ctx context.Context, q db.Q, customerID int64, span statement.Span) ([]statement.Line, error) {
	return db.List(ctx, q, `SELECT k.id, k.on_day, k.whom, k.note, k.outcome, k.duty_id, COALESCE(u.name, ''), k.direction FROM phone_call k LEFT JOIN app_user u ON u.id = k.by_id
		WHERE k.customer_id = ? AND k.on_day >= ? AND k.on_day <= ? AND k.outcome = 'reached' ORDER BY k.on_day, k.id`,
		[]any{customerID, span.From, span.To}, func(r db.Rows) (statement.Line, error) {
			var l statement.Line
			var callID int64
			var whom, direction string
			err := r.Scan(&callID, &l.On, &whom, &l.Inner, &l.State, &l.DutyID, &l.Who, &direction)
			l.ID = id.String(callID)
			if l.Title = (rule.Text{Zh: "去电", En: "Call"}); direction == "in" {
				l.Title = rule.Text{Zh: "来电", En: "Call from the customer"}
			}
			if whom != "" {
				l.Title.Zh, l.Title.En = l.Title.Zh+"："+whom, l.Title.En+": "+whom
			}
			return l, err
		})
}

func callCounts(ctx context.Context, q db.Q, who statement.Crowd, span statement.Span) ([]statement.Counted, error) {
	where, args := who.Where("k.customer_id")
	key := who.Key("k.customer_id")
	return statement.Counts(ctx, q, "SELECT "+key+", k.outcome, COUNT(*) FROM phone_call k WHERE "+where+" AND k.on_day >= ? AND k.on_day <= ? AND k.outcome = 'reached' GROUP BY "+key+", k.outcome",
		append(args, span.From, span.To)...)
}
