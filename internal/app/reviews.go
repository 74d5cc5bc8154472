package app

import (
	"context"

	"kezhi/internal/db"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
	"kezhi/internal/review"
)

// tellOfReview puts what people are to know of a campaign among the notices of their inbox.
func (s *Services) tellOfReview(ctx context.Context, q db.Q, r review.Reminder) error {
	n := procedure.Notice{Code: r.Code, LimitAt: r.Limit, About: "review:" + id.String(r.ReviewID), AboutTitle: flow.Text(r.Title)}
	return s.Procedures.Tell(ctx, q, n, r.Users)
}
