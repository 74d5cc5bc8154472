package procedure

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/id"
)

// FactSatisfaction is the kind of fact a rating becomes: score 1 to 5 as a field and, in thousandths, as the quantity.
const FactSatisfaction = "satisfaction"

// reasonRatedAnew is what the reversing fact gives as its reason when a rating is corrected.
const reasonRatedAnew = "客户更正了评价 / corrected by the customer"

// RecordRating makes a rating a fact of the case's customer, inside the transaction of the act, in the place of the one given
// before (0 = none). 0 when the case is about no customer.
func (s *Service) RecordRating(ctx context.Context, q db.Q, c *Case, score int, before Rated) (Rated, error) {
	if c.CustomerID == 0 {
		return Rated{}, nil
	}
	if before.FactID != 0 {
		_, err := s.facts.TakeBack(ctx, q, before.CustomerID, before.On, before.FactID, reasonRatedAnew)
		if err != nil && errs.CodeOf(err) != "fact.reversed_already" {
			return Rated{}, err
		}
	}
	if err := s.facts.EnsureKind(ctx, q, FactSatisfaction, "客户满意度", "Satisfaction of the customer"); err != nil {
		return Rated{}, err
	}
	f, err := s.facts.Append(ctx, q, s.ratingFact(c, score))
	return Rated{CustomerID: c.CustomerID, FactID: f.ID, On: f.On}, err
}

// Rated names the fact of a rating.
type Rated struct {
	CustomerID, FactID int64
	On                 calendar.Date
}

func (s *Service) ratingFact(c *Case, score int) fact.Input {
	quantity := int64(score) * 1000
	return fact.Input{CustomerID: c.CustomerID, Kind: FactSatisfaction, On: s.Today(), Quantity: &quantity, Document: c.Number, Status: c.Outcome, Attrs: map[string]any{
		"case": id.String(c.ID), "kind": c.Kind, "procedure": c.Procedure, "score": score,
	}}
}
