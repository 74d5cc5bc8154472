package visit

import (
	"context"
	"encoding/json"
	"fmt"

	"kezhi/internal/audit"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/duty"
	"kezhi/internal/event"
	"kezhi/internal/id"
)

// Subscribe registers the reactions to other features' events.
func (s *Service) Subscribe(bus *event.Bus) {
	bus.Subscribe(duty.EventGiven, s.onGiven)
	bus.Subscribe(customer.EventArchived, s.onArchived)
}

// onGiven has visits nobody has set out for go with their duties: whoever owes a duty now could neither act on a visit of
// somebody else nor plan another one. A visit somebody else makes for the one who owed the duty stays with that person.
func (s *Service) onGiven(ctx context.Context, q db.Q, e event.Event) error {
	var given duty.Given
	if err := json.Unmarshal(e.Payload, &given); err != nil {
		return fmt.Errorf("reading event %s: %w", e.Kind, err)
	}
	list, err := aheadOf(ctx, q, e.CustomerID)
	if err != nil {
		return err
	}
	now := s.now()
	for _, v := range list {
		for _, m := range given.Moves {
			if m.DutyID != v.DutyID || m.From != v.OwnerID || v.DutyID == 0 {
				continue
			}
			if ok, err := giveVisit(ctx, q, v, m.To, given.UnitID, clock.Micros(now)); err != nil || !ok {
				if err == nil {
					err = errChanged()
				}
				return err
			}
			detail := []audit.Change{{Field: "owner_id", Before: id.Optional(m.From), After: id.Optional(m.To)}}
			v.OwnerID = m.To
			if err := s.record(ctx, q, now, "visit.give", "visit.acted", v, detail); err != nil {
				return err
			}
			break
		}
	}
	return nil
}

// archivedReason is the reason of visits that are cancelled with their customer.
const archivedReason = "客户已归档 / customer archived"

// onArchived cancels the visits to an archived customer nobody has set out for.
func (s *Service) onArchived(ctx context.Context, q db.Q, e event.Event) error {
	list, err := aheadOf(ctx, q, e.CustomerID)
	if err != nil {
		return err
	}
	now := s.now()
	for _, v := range list {
		st := Step{Act: ActCancel, Reason: archivedReason}
		to, err := decide(v, st)
		if err != nil {
			return err
		}
		next := v.after(st, to, now)
		if ok, err := updateVisit(ctx, q, v, next, clock.Micros(now)); err != nil || !ok {
			if err == nil {
				err = errChanged()
			}
			return err
		}
		if err := s.record(ctx, q, now, "visit.cancel", "visit.acted", next, changes(v, next)); err != nil {
			return err
		}
	}
	return nil
}
