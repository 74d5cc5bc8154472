package duty

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
)

// TallyRow is a number of duties that have clause, rule, grade and effective state in common.
type TallyRow struct {
	Clause, Rule, Grade string
	State               State // as of today: what is open and whose day has passed is missed
	N                   int64
}

// Tallies counts the duties of a rulebook that are due in [from, to] and that the actor may see; dropped ones are not
// counted. Needs duty.read. Error: invalid_input.
func (s *Service) Tallies(ctx context.Context, rulebook string, from, to calendar.Date) ([]TallyRow, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	v.Check(rulebook != "", "rulebook", "field.required")
	v.Check(from <= to, "to", "duty.range_reversed")
	if err := v.Err(); err != nil {
		return nil, err
	}
	return tallies(ctx, s.db.Read(), rulebook, from, to, s.Today(), actor.Scope(authz.DutyRead))
}
