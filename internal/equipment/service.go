package equipment

import (
	"context"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/fact"
	"kezhi/internal/flow"
	"kezhi/internal/procedure"
)

// maxFacts is how many facts about machines of one customer are read: far more than anybody looks through on one page.
const maxFacts = 2000

// Service tells what customers have installed.
type Service struct {
	now   clock.Clock
	loc   *time.Location
	facts *fact.Service
	cases *procedure.Service
}

// New makes the service. loc is the organisation's time zone.
func New(now clock.Clock, loc *time.Location, facts *fact.Service, cases *procedure.Service) *Service {
	return &Service{now: now, loc: loc, facts: facts, cases: cases}
}

// Today gives the day in the organisation's time zone.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// OfCustomer gives what a customer has installed, those out of use last, each with its cases where the person may see cases. Needs
// fact.read over the customer. Error: not_found.
func (s *Service) OfCustomer(ctx context.Context, customerID int64) ([]Machine, error) {
	list, err := s.read(ctx, customerID)
	if err != nil || len(list) == 0 {
		return list, err
	}
	if _, denied := authz.Require(ctx, authz.ProcedureRead); denied != nil {
		return list, nil //nolint:nilerr // who sees no cases sees the machines alone
	}
	cases, err := s.cases.ByAnswer(ctx, customerID, FieldSerial)
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Cases = about(cases, list[i].Serial, 0)
	}
	return list, nil
}

func (s *Service) read(ctx context.Context, customerID int64) ([]Machine, error) {
	var all []fact.Fact
	f := fact.Filter{Kinds: []string{KindInstallation}, From: calendar.None, To: calendar.None, Limit: 200}
	for {
		page, next, err := s.facts.List(ctx, customerID, f)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if next == "" || len(all) >= maxFacts {
			return machines(all), nil
		}
		f.Cursor = next
	}
}

// about gives the cases of a machine but for one.
func about(cases []procedure.AnsweredCase, serial string, not int64) []procedure.AnsweredCase {
	var out []procedure.AnsweredCase
	for _, c := range cases {
		if key := keyOf(serial); key != "" && keyOf(c.Text) == key && c.Case.ID != not {
			out = append(out, c)
		}
	}
	return out
}

// OfCase gives the machine a case is about, with its other cases; known is false when the customer has none of that serial number, and
// the machine is empty when the case names none. Needs to see the case. Error: not_found.
func (s *Service) OfCase(ctx context.Context, caseID int64) (m Machine, known bool, err error) {
	c, err := s.cases.Guard(ctx, caseID)
	if err != nil || c.CustomerID == 0 || c.State == nil || c.State.Steps[flow.StartForm] == nil {
		return Machine{}, false, err
	}
	serial := c.State.Steps[flow.StartForm].Answers[FieldSerial].Text
	if keyOf(serial) == "" {
		return Machine{}, false, nil
	}
	// Whoever works on a case needs to know its machine, whether or not the customer's other business is open to them.
	list, err := s.read(authz.With(ctx, authz.System("equipment")), c.CustomerID)
	if err != nil {
		return Machine{}, false, err
	}
	m = Machine{Serial: serial, InstalledOn: calendar.None, WarrantyUntil: calendar.None}
	for i := range list {
		if keyOf(list[i].Serial) == keyOf(serial) {
			m, known = list[i], true
			break
		}
	}
	cases, err := s.cases.ByAnswer(ctx, c.CustomerID, FieldSerial)
	m.Cases = about(cases, serial, caseID)
	return m, known, err
}
