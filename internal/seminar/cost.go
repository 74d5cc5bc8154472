package seminar

import (
	"context"
	"strings"
	"unicode/utf8"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

const (
	maxWhat   = 120            // characters
	maxAmount = int64(1) << 53 // minor units
)

// Cost is something an event cost. Amounts are minor units of the event's currency; a correction may be negative.
type Cost struct {
	ID     int64
	What   string
	Amount int64
	On     calendar.Date
	ByName string // who entered it
}

// CostSheet is what an event cost, in its currency.
type CostSheet struct {
	Items    []Cost
	Total    int64
	Budget   int64
	Currency string
	PerHead  *int64 // of the people that came, rounded half to even; nil while nobody came
	PerGuest *int64 // of the invitations and walk-ins that came
}

// sheetOf adds the costs of an event up.
func sheetOf(m Seminar, items []Cost) CostSheet {
	out := CostSheet{Items: items, Budget: m.Budget, Currency: m.Currency}
	for _, c := range items {
		out.Total += c.Amount
	}
	out.PerHead, out.PerGuest = share(out.Total, m.Tally.People), share(out.Total, m.Tally.Came)
	return out
}

// share divides an amount by a number of people, rounded half to even; nil when there are none.
func share(total, n int64) *int64 {
	if n <= 0 {
		return nil
	}
	q, r := total/n, total%n
	up := int64(1)
	if r < 0 {
		r, up = -r, -1
	}
	if 2*r > n || 2*r == n && q%2 != 0 {
		q += up
	}
	return &q
}

// Costs gives what an event cost. Needs duty.read, and to run the event. Errors: not_found, seminar.not_yours.
func (s *Service) Costs(ctx context.Context, seminarID int64) (CostSheet, error) {
	m, err := s.run(ctx, authz.DutyRead, seminarID)
	if err != nil {
		return CostSheet{}, err
	}
	items, err := costs(ctx, s.db.Read(), seminarID)
	return sheetOf(m, items), err
}

// run gives an event, with its tally, to somebody who runs it. Errors: not_found, seminar.not_yours.
func (s *Service) run(ctx context.Context, perm authz.Permission, seminarID int64) (Seminar, error) {
	actor, err := authz.Require(ctx, perm)
	if err != nil {
		return Seminar{}, err
	}
	m, err := loadFull(ctx, s.db.Read(), seminarID)
	if err == nil && !m.runBy(actor, perm) {
		err = notYours(m)
	}
	return m, err
}

// AddCost enters what something cost, also after the event: bills come late. The same request again changes nothing. Needs to run the event.
// Errors: not_found, invalid_input, seminar.closed, seminar.key_reused.
func (s *Service) AddCost(ctx context.Context, seminarID int64, c Cost, key string) (CostSheet, error) {
	c.What = strings.Join(strings.Fields(c.What), " ")
	if c.On == calendar.None {
		c.On = s.Today()
	}
	r, err := requestOf(key, []any{c.What, c.Amount, c.On})
	if err != nil {
		return CostSheet{}, err
	}
	var v errs.Validation
	v.Check(c.What != "", "what", "field.required")
	v.Check(utf8.RuneCountInString(c.What) <= maxWhat, "what", "field.too_long", "max", maxWhat)
	v.Check(c.Amount != 0, "amount", "field.required")
	v.Check(c.Amount <= maxAmount && c.Amount >= -maxAmount, "amount", "seminar.out_of_range", "max", maxAmount)
	v.Check(c.On <= s.Today(), "on", "seminar.in_future")
	if err := v.Err(); err != nil {
		return CostSheet{}, err
	}
	return s.spend(ctx, seminarID, func(q db.Q, actor authz.Actor, m Seminar) error {
		if key != "" {
			if again, err := r.same(costOfKey(ctx, q, m.ID, key)); err != nil || again {
				return err
			}
		}
		now := s.now()
		if err := insertCost(ctx, q, m.ID, id.New(now), c, actor.UserID, clock.Micros(now), r); err != nil {
			return err
		}
		return s.record(ctx, q, m, "seminar.cost", EventActed, map[string]any{"what": c.What, "amount": c.Amount, "currency": m.Currency})
	})
}

// RemoveCost takes a cost away that was entered by mistake; the audit keeps it. Needs to run the event. Errors: not_found, seminar.closed.
func (s *Service) RemoveCost(ctx context.Context, seminarID, costID int64) (CostSheet, error) {
	return s.spend(ctx, seminarID, func(q db.Q, _ authz.Actor, m Seminar) error {
		c, err := deleteCost(ctx, q, m.ID, costID)
		if err != nil {
			return err
		}
		return s.record(ctx, q, m, "seminar.remove_cost", EventActed, map[string]any{"what": c.What, "amount": c.Amount, "currency": m.Currency})
	})
}

// spend changes the costs of an event that was not called off and gives all of them.
func (s *Service) spend(ctx context.Context, seminarID int64, fn func(q db.Q, actor authz.Actor, m Seminar) error) (CostSheet, error) {
	var items []Cost
	m, err := s.act(ctx, seminarID, func(q db.Q, actor authz.Actor, m Seminar) error {
		if m.State == Cancelled {
			return closed(m)
		}
		err := fn(q, actor, m)
		if err == nil {
			items, err = costs(ctx, q, m.ID)
		}
		return err
	})
	return sheetOf(m, items), err
}
