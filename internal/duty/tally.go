package duty

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// TallyQuery says which duties are counted and by what they are told apart beside clause, rule, grade and state.
type TallyQuery struct {
	Rulebook string
	From, To calendar.Date // due in [From, To]
	Clause   string        // "" = all
	Grade    string        // "" = all
	UnitIDs  []int64       // answered for in one of these units or below it; 0 = in none; empty = all
	OwnerID  *int64        // answered for by this person; 0 = by nobody; nil = all
	By       TallyBy
}

// TallyBy names the further things by which duties are told apart.
type TallyBy struct{ Unit, Owner, Month bool }

// TallyRow is a number of duties that have all these in common; what was not asked for is empty.
type TallyRow struct {
	Clause, Rule, Grade string
	UnitID, OwnerID     int64  // that answered for it on its day
	Month               string // YYYY-MM, of the day
	State               State  // as of today: what is open and whose day has passed is missed
	N                   int64
}

// Tallies counts duties as those who answered for them on their day: what was missed stays with whom it was missed by when its
// customer has gone to somebody else. It counts those that the actor answered for on their day or within whose reach that was;
// dropped ones are not counted. The list behind a number is List with the same conditions and AsDue.
// Needs duty.read. Error: invalid_input.
func (s *Service) Tallies(ctx context.Context, t TallyQuery) ([]TallyRow, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	v.Check(t.Rulebook != "", "rulebook", "field.required")
	v.Check(t.From <= t.To, "to", "duty.range_reversed")
	if err := v.Err(); err != nil {
		return nil, err
	}
	var out []TallyRow
	err = s.db.InRead(ctx, func(q db.Q) error {
		if t.UnitIDs, err = withBelow(ctx, q, t.UnitIDs); err != nil {
			return err
		}
		out, err = tallies(ctx, q, t, s.Today(), actor.Scope(authz.DutyRead))
		return err
	})
	return out, err
}
