package gift

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/statement"
)

// Rendered tells statements of service of the gifts that were handed over. Their value is the house's own matter.
func (s *Service) Rendered() statement.Source {
	return statement.Source{
		Kind: "gift", Title: rule.Text{Zh: "礼品", En: "Gifts"}, Permission: authz.DutyRead,
		States: []statement.State{{Key: string(Given), Title: rule.Text{Zh: "已送出", En: "handed over"}, Rendered: true}},
		Lines:  renderedLines, Count: renderedCounts,
	}
}

func renderedLines(ctx context.Context, q db.Q, customerID int64, span statement.Span) ([]statement.Line, error) {
	return db.List(ctx, q, `SELECT g.id, g.on_day, g.what, g.occasion, g.state, COALESCE(u.name, '') FROM gift g LEFT JOIN app_user u ON u.id = g.giver_id
		WHERE g.customer_id = ? AND g.state = 'given' AND g.on_day >= ? AND g.on_day <= ? ORDER BY g.on_day, g.id`,
		[]any{customerID, span.From, span.To}, func(r db.Rows) (statement.Line, error) {
			var l statement.Line
			var giftID int64
			var occasion string
			err := r.Scan(&giftID, &l.On, &l.Title.Zh, &occasion, &l.State, &l.Who)
			l.ID, l.Title.En = id.String(giftID), l.Title.Zh+" ("+occasion+")"
			l.Title.Zh += "（" + occasion + "）"
			return l, err
		})
}

func renderedCounts(ctx context.Context, q db.Q, who statement.Crowd, span statement.Span) ([]statement.Counted, error) {
	where, args := who.Where("g.customer_id")
	key := who.Key("g.customer_id")
	return statement.Counts(ctx, q, "SELECT "+key+", g.state, COUNT(*) FROM gift g WHERE "+where+" AND g.state = 'given' AND g.on_day >= ? AND g.on_day <= ? GROUP BY "+key+", g.state",
		append(append([]any{}, args...), span.From, span.To)...)
}
