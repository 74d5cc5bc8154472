package ownership

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/event"
	"kezhi/internal/id"
)

// Subscribe registers the reactions to other features' events.
func (s *Service) Subscribe(bus *event.Bus) {
	bus.Subscribe(customer.EventAssigned, s.onAssigned)
}

// Came begins the first terms of new customers, in the transaction that enters them. What has no owner yet has no term.
func (s *Service) Came(ctx context.Context, q db.Q, list []customer.Born, importID, by int64, now time.Time) error {
	how := HowEntry
	if importID != 0 {
		how = HowImport
	}
	terms := make([]Term, 0, len(list))
	for _, c := range list {
		if c.OwnerID != 0 {
			terms = append(terms, Term{CustomerID: c.ID, ID: c.ID, OwnerID: c.OwnerID, How: how, SourceID: importID, ByID: by, From: calendar.FromTime(now, s.loc), CreatedAt: now})
		}
	}
	return insertTerms(ctx, q, terms)
}

// onAssigned begins a term for an owner who was chosen elsewhere; one this feature gave has it already.
func (s *Service) onAssigned(ctx context.Context, q db.Q, e event.Event) error {
	var p customer.Happened
	if err := json.Unmarshal(e.Payload, &p); err != nil {
		return fmt.Errorf("reading event %s: %w", e.Kind, err)
	}
	now, err := ownerOf(ctx, q, e.CustomerID)
	if err != nil {
		if db.IsNoRows(err) {
			return nil
		}
		return err
	}
	if now != p.OwnerID {
		return nil // a later event tells of whoever it is now
	}
	known, err := termsNow(ctx, q, []int64{e.CustomerID})
	if err != nil {
		return err
	}
	t, has := known[e.CustomerID]
	if (has && t.OwnerID == now) || (!has && now == 0) {
		return nil
	}
	return s.begin(ctx, q, []Term{{CustomerID: e.CustomerID, OwnerID: now, How: HowHand}})
}

// begin ends the terms that go on and begins new ones, in the caller's transaction.
func (s *Service) begin(ctx context.Context, q db.Q, terms []Term) error {
	now := s.now()
	today := s.Today()
	ids := make([]int64, len(terms))
	for i := range terms {
		t := &terms[i]
		if t.ID == 0 {
			t.ID = id.New(now)
		}
		t.From, t.CreatedAt = today, now
		ids[i] = t.CustomerID
	}
	if err := endTerms(ctx, q, ids, today); err != nil {
		return err
	}
	return insertTerms(ctx, q, terms)
}

// History gives who looked after a customer, newest first. Needs customer.read over it. Error: not_found.
func (s *Service) History(ctx context.Context, customerID int64) ([]Term, error) {
	if _, err := s.customers.Guard(ctx, authz.CustomerRead, customerID); err != nil {
		return nil, err
	}
	return listTerms(ctx, s.db.Read(), customerID)
}
