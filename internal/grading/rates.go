package grading

import (
	"context"

	"kezhi/internal/db"
	"kezhi/internal/rule"
)

// ratesFor gives the rates a program asks of the company; none for one that asks for none.
func (s *Service) ratesFor(ctx context.Context, q db.Q, p *rule.Program) (rates []rule.Rate, changed int64, err error) {
	home, wanted := p.NeedsRates()
	if !wanted || s.rates == nil {
		return nil, 0, nil
	}
	return s.rates(ctx, q, home)
}
