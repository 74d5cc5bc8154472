package grading

import (
	"context"

	"kezhi/internal/authz"
)

// eachPage is how many standings are read at a time.
const eachPage = 500

// EachStanding hands over the verdicts that count now in a scheme ("" = the first), within reach, in the order of the
// customers' ids; memory does not grow with them. Needs grading.read. Errors: rulebook.unknown, grading.unknown_scheme, and fn's own.
func (s *Service) EachStanding(ctx context.Context, rulebookID, scheme string, fn func(code string, explanation []byte) error) error {
	actor, err := authz.Require(ctx, authz.GradingRead)
	if err != nil {
		return err
	}
	in, err := s.schemeOf(ctx, rulebookID, scheme)
	if err != nil {
		return err
	}
	scope := actor.Scope(authz.GradingRead)
	after := int64(0)
	for {
		page, err := standingsAfter(ctx, s.db.Read(), rulebookID, in.Scheme.ID, scope, after, eachPage)
		if err != nil {
			return err
		}
		for i := range page {
			text, err := s.frames.Explanation(ctx, s.db.Read(), page[i].frame, page[i].explanation)
			if err != nil {
				return err
			}
			if err := fn(page[i].code, text); err != nil {
				return err
			}
		}
		if len(page) < eachPage {
			return nil
		}
		after = page[len(page)-1].customer
	}
}

// stood is a standing with the explanation of its verdict.
type stood struct {
	customer    int64
	code        string
	frame       int64
	explanation []byte // as it is stored
}
