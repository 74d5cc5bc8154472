package app

import (
	"context"
	"strings"
	"sync"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// procedureBooks gives the procedure feature its texts; it does not know the rulebook feature. What it may show of them it
// decides itself: everybody who may begin a case must know which there are.
func (s *Services) procedureBooks() procedure.Books {
	var known sync.Map // adoption -> edition: what an adoption says never changes
	edition := func(f rulebook.InForce) *procedure.Edition {
		if e, ok := known.Load(f.Adoption.ID); ok {
			return e.(*procedure.Edition) // only editions are put there
		}
		e := procedure.EditionOf(f.Book, f.Program, f.Adoption.ID)
		known.Store(f.Adoption.ID, e)
		return e
	}
	reader := func(ctx context.Context) context.Context { return authz.With(ctx, authz.System("procedure")) }
	return procedure.Books{
		InForce: func(ctx context.Context, q db.Q, on calendar.Date) ([]*procedure.Edition, error) {
			list, err := s.Rulebooks.AllInForce(reader(ctx), q, on)
			out := make([]*procedure.Edition, len(list))
			for i, f := range list {
				out[i] = edition(f)
			}
			return out, err
		},
		Adopted: func(ctx context.Context, q db.Q, adoptionID int64) (*procedure.Edition, error) {
			if e, ok := known.Load(adoptionID); ok {
				return e.(*procedure.Edition), nil // only editions are put there
			}
			f, err := s.Rulebooks.Adopted(reader(ctx), q, adoptionID)
			if err != nil {
				return nil, err
			}
			return edition(f), nil
		},
	}
}

// takeEffect says what follows from approved cases, and what could never take effect.
func (s *Services) takeEffect() {
	s.Procedures.OnRecord(factDutyWaiver, s.waiveDuty)
	s.Procedures.OnBegin(factOverride, s.mayOverride)
	s.Procedures.OnRecord(factOverride, s.overrideGrade)
	s.Procedures.OnUndone(factOverride, s.overrideUndone)
	s.Procedures.OnBegin(rule.FactExit, s.mayGiveUp)
	s.Procedures.OnRecord(rule.FactExit, s.mayGiveUp)
	s.approveAdoptions()
	s.signGrades()
}

// factDutyWaiver is the fact whose record excuses a duty: its field duty is the duty's id, or the case's subject is duty:ID.
const factDutyWaiver = "duty_waiver"

// waiveDuty excuses the duty an approval was about.
func (s *Services) waiveDuty(ctx context.Context, q db.Q, d procedure.Decided) error {
	text := d.Attrs["duty"]
	if text == "" {
		text = strings.TrimPrefix(d.Case.Subject, "duty:")
	}
	n, err := id.Parse(text)
	if err != nil {
		return err
	}
	reason := d.Case.Number
	if said := strings.TrimSpace(d.Attrs["reason"]); said != "" {
		reason += " " + said
	}
	if r := []rune(reason); len(r) > maxWaiverReason {
		reason = string(r[:maxWaiverReason])
	}
	return s.Duties.WaiveDecided(ctx, q, d.Case.CustomerID, n, d.By, reason)
}

// maxWaiverReason is how many characters a duty keeps of the reason it was excused for; the case keeps all of it.
const maxWaiverReason = 500
