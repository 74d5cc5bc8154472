package visit

import (
	"context"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/id"
)

// agreedPurpose is what a next visit is for where it keeps no duty.
const agreedPurpose = "上次拜访约定 / as agreed on the last visit"

// planNext plans the next visit that was agreed in a report, for the customer's owner. It moves the one agreed before, if that is
// still ahead, and plans nothing where somebody goes there on that day anyhow. A duty of visiting that is due around the day is kept
// by it. The report's author needs no right over the owner's visits: the day is the customer's word.
func (s *Service) planNext(ctx context.Context, q db.Q, actor authz.Actor, told Visit) error {
	c, _, err := s.customers.Reach(ctx, q, told.CustomerID)
	if err != nil || c.Archived {
		return err
	}
	ahead, err := aheadOf(ctx, q, told.CustomerID)
	if err != nil {
		return err
	}
	now := s.now()
	us := clock.Micros(now)
	agreed := Appointment{With: told.Met, How: InPerson, At: &us}
	for _, v := range ahead {
		if v.AgreedIn == 0 && v.On == told.NextOn {
			return nil
		}
	}
	for _, v := range ahead {
		if v.AgreedIn == 0 {
			continue
		}
		next := v
		next.On, next.FromMin, next.ToMin, next.State, next.Appointment, next.AgreedIn = told.NextOn, 0, 0, Confirmed, agreed, told.ID
		if ok, err := updateVisit(ctx, q, v, next, us); err != nil || !ok {
			if err == nil {
				err = errChanged()
			}
			return err
		}
		return s.record(ctx, q, now, "visit.move", "visit.acted", next, changes(v, next))
	}
	v := Visit{
		ID: id.New(now), CustomerID: told.CustomerID, OwnerID: told.Customer.OwnerID, UnitID: told.Customer.UnitID, State: Confirmed,
		Input: Input{On: told.NextOn, Purpose: agreedPurpose, Ours: []string{}, Theirs: trimmed([]string{told.Met})}, Appointment: agreed, AgreedIn: told.ID, Version: 1,
	}
	if v.OwnerID == 0 {
		v.OwnerID = told.OwnerID
	}
	if err := dutyToKeep(ctx, q, &v); err != nil {
		return err
	}
	if err := insertVisit(ctx, q, v, actor.UserID, us); err != nil {
		return err
	}
	detail := []audit.Change{{Field: "on", Before: nil, After: v.On.String()}, {Field: "duty_id", Before: nil, After: id.Optional(v.DutyID)}, {Field: "agreed_in", Before: nil, After: id.String(told.ID)}}
	return s.record(ctx, q, now, "visit.plan", "visit.planned", v, detail)
}
