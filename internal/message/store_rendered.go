package message

import (
	"context"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/statement"
)

// Rendered tells statements of service of the messages and greetings that went out.
func (s *Service) Rendered() statement.Source {
	return statement.Source{
		Kind: "message", Title: rule.Text{Zh: "问候与消息", En: "Greetings and messages"}, Permission: authz.MessageRead,
		States: []statement.State{{Key: string(Sent), Title: rule.Text{Zh: "已送出", En: "sent"}, Rendered: true}}, Lines: s.sentLines, Count: s.sentCounts,
	}
}

// sentWithin gives the moments of a span: from its first midnight up to that after its last day.
func (s *Service) sentWithin(span statement.Span) []any {
	return []any{clock.Micros(span.From.Midnight(s.loc)), clock.Micros(span.To.AddDays(1).Midnight(s.loc))}
}

func (s *Service) sentLines(ctx context.Context, q db.Q, customerID int64, span statement.Span) ([]statement.Line, error) {
	return db.List(ctx, q, `SELECT m.id, m.sent_at, m.purpose, m.subject, m.body, m.state, m.ref, m.recipient, COALESCE(u.name, '') FROM message m LEFT JOIN app_user u ON u.id = m.created_by
		WHERE m.customer_id = ? AND m.state = 'sent' AND m.sent_at >= ? AND m.sent_at < ? ORDER BY m.sent_at, m.id`,
		append([]any{customerID}, s.sentWithin(span)...), func(r db.Rows) (statement.Line, error) {
			var l statement.Line
			var messageID, at int64
			var purpose Purpose
			var subject, body, ref, recipient string
			if err := r.Scan(&messageID, &at, &purpose, &subject, &body, &l.State, &ref, &recipient, &l.Who); err != nil {
				return l, err
			}
			l.ID, l.On = id.String(messageID), calendar.FromTime(clock.FromMicros(at), s.loc).String()
			l.Title = rule.Text{Zh: "消息", En: "Message"}
			if purpose == Greeting {
				l.Title = rule.Text{Zh: "问候", En: "Greeting"}
			}
			if recipient != "" {
				l.Title.Zh, l.Title.En = l.Title.Zh+"："+recipient, l.Title.En+": "+recipient
			}
			if l.Note = subject; subject == "" {
				l.Note = firstOf(body, maxLineNote)
			}
			if text, ok := strings.CutPrefix(ref, RefDuty); ok {
				var err error
				if l.DutyID, err = id.Parse(text); err != nil {
					return l, err
				}
			}
			return l, nil
		})
}

// maxLineNote is how many characters of a message without a subject stand in a line.
const maxLineNote = 80

func firstOf(text string, n int) string {
	if runes := []rune(text); len(runes) > n {
		return string(runes[:n]) + "…"
	}
	return text
}

func (s *Service) sentCounts(ctx context.Context, q db.Q, who statement.Crowd, span statement.Span) ([]statement.Counted, error) {
	where, args := who.Where("m.customer_id")
	key := who.Key("m.customer_id")
	return statement.Counts(ctx, q, "SELECT "+key+", m.state, COUNT(*) FROM message m WHERE "+where+" AND m.state = 'sent' AND m.sent_at >= ? AND m.sent_at < ? GROUP BY "+key+", m.state",
		append(args, s.sentWithin(span)...)...)
}
