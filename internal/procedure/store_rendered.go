package procedure

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/statement"
)

// Rendered tells statements of service of the customer's own matters, such as complaints and enquiries, by the day they were received. What
// the organisation decides about a customer (exits, overrides, waivers, credit, terms) is its own and no service, whatever the procedure calls it: so
// the kinds that are service are named, and all others are left out.
func (s *Service) Rendered() statement.Source {
	return statement.Source{
		Kind: "case", Title: rule.Text{Zh: "投诉、咨询等工单", En: "Complaints, enquiries and other cases"}, Permission: authz.ProcedureRead,
		States: []statement.State{
			{Key: flow.Ended, Title: rule.Text{Zh: "已办结", En: "closed"}, Rendered: true},
			{Key: flow.Running, Title: rule.Text{Zh: "办理中", En: "under way"}},
			{Key: flow.Paused, Title: rule.Text{Zh: "暂停", En: "paused"}},
			{Key: flow.Withdrawn, Title: rule.Text{Zh: "已撤回", En: "withdrawn"}},
		},
		Lines: s.caseLines, Count: s.caseCounts,
	}
}

const renderedCases = " AND w.received_at >= ? AND w.received_at < ? AND w.kind IN ('complaint', 'enquiry', 'suggestion', 'service', 'incident', 'wish', 'request')"

func (s *Service) renderedWithin(span statement.Span) []any {
	return []any{clock.Micros(span.From.Midnight(s.loc)), clock.Micros(span.To.AddDays(1).Midnight(s.loc))}
}

func (s *Service) caseLines(ctx context.Context, q db.Q, customerID int64, span statement.Span) ([]statement.Line, error) {
	return db.List(ctx, q, `SELECT w.id, w.number, w.title, w.status, w.received_at, COALESCE(w.ended_at, 0), COALESCE(u.name, '') FROM proc_case w LEFT JOIN app_user u ON u.id = w.started_by
		WHERE w.customer_id = ?`+renderedCases+" ORDER BY w.received_at, w.id", append([]any{customerID}, s.renderedWithin(span)...), func(r db.Rows) (statement.Line, error) {
		var l statement.Line
		var caseID, received, ended int64
		err := r.Scan(&caseID, &l.Number, &l.Title.Zh, &l.State, &received, &ended, &l.Who)
		l.ID, l.Title.En = id.String(caseID), l.Title.Zh
		l.On = calendar.FromTime(clock.FromMicros(received), s.loc).String()
		if ended != 0 {
			l.Note = calendar.FromTime(clock.FromMicros(ended), s.loc).String()
		}
		return l, err
	})
}

func (s *Service) caseCounts(ctx context.Context, q db.Q, who statement.Crowd, span statement.Span) ([]statement.Counted, error) {
	where, args := who.Where("w.customer_id")
	key := who.Key("w.customer_id")
	return statement.Counts(ctx, q, "SELECT "+key+", w.status, COUNT(*) FROM proc_case w WHERE "+where+renderedCases+" GROUP BY "+key+", w.status", append(args, s.renderedWithin(span)...)...)
}
