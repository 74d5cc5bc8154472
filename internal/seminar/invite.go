package seminar

import (
	"context"
	"slices"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

const (
	maxInvited = 5000 // invitations of an event
	atOnce     = 1000 // customers named in one request
)

// Invited says what an invitation of many came to.
type Invited struct {
	Added   int64 // new on the list
	Already int64 // on it before
	Left    int64 // archived, or outside the reach of whoever invited
}

// Invite puts customers on the list: those of a segment as it stands now, or those named one by one. Who was there already stays as
// they are; who had been taken off is invited again. Needs to run the event, and duty.do over each customer.
// Errors: not_found, invalid_input, seminar.closed, seminar.too_many.
func (s *Service) Invite(ctx context.Context, seminarID, segmentID int64, customerIDs []int64) (Invited, error) {
	origin := ByHand
	var v errs.Validation
	v.Check((segmentID == 0) != (len(customerIDs) == 0), "customer_ids", "field.required")
	v.Check(len(customerIDs) <= atOnce, "customer_ids", "seminar.too_many", "max", atOnce)
	if err := v.Err(); err != nil {
		return Invited{}, err
	}
	if segmentID != 0 {
		origin = BySegment
		var err error
		customerIDs, err = s.customers.IDs(ctx, customer.Query{Conditions: []customer.Condition{{Field: "segment", Op: "in", Values: []string{id.String(segmentID)}}}})
		if err != nil {
			return Invited{}, err
		}
	}
	if len(customerIDs) > maxInvited {
		return Invited{}, errs.New(errs.TooLarge, "seminar.too_many", "max", maxInvited)
	}
	slices.Sort(customerIDs)
	customerIDs = slices.Compact(customerIDs)
	var out Invited
	_, err := s.act(ctx, seminarID, func(q db.Q, actor authz.Actor, m Seminar) error {
		if m.State != Planned {
			return closed(m)
		}
		var err error
		out, err = s.invite(ctx, q, actor, m, origin, customerIDs)
		if err != nil || out.Added == 0 {
			return err
		}
		return s.record(ctx, q, m, "seminar.invite", EventActed, map[string]any{"origin": origin, "segment_id": id.Optional(segmentID), "added": out.Added})
	})
	return out, err
}

func (s *Service) invite(ctx context.Context, q db.Q, actor authz.Actor, m Seminar, origin Origin, customerIDs []int64) (Invited, error) {
	people, err := whoToInvite(ctx, q, actor.Scope(authz.DutyDo), m.ID, customerIDs)
	if err != nil {
		return Invited{}, err
	}
	out := Invited{Left: int64(len(customerIDs) - len(people))}
	var fresh []Invitation
	var back []int64
	for _, p := range people {
		switch {
		case p.hadID == 0:
			fresh = append(fresh, Invitation{CustomerID: p.customerID, ContactID: p.contactID, Person: p.person, Phone: p.phone, Origin: origin})
		case p.had == Withdrawn:
			back = append(back, p.customerID)
		default:
			out.Already++
		}
	}
	out.Added = int64(len(fresh) + len(back))
	now := s.now()
	last, ok, err := nextNumbers(ctx, q, m.ID, int64(len(fresh)), maxInvited)
	if err != nil || !ok {
		if err == nil {
			err = errs.New(errs.TooLarge, "seminar.too_many", "max", maxInvited)
		}
		return out, err
	}
	first := last - int64(len(fresh)) + 1
	for i := range fresh {
		fresh[i].ID, fresh[i].SeminarID, fresh[i].Number, fresh[i].Version = id.New(now), m.ID, first+int64(i), 1
	}
	if err := insertInvitations(ctx, q, fresh, actor.UserID, clock.Micros(now)); err != nil {
		return out, err
	}
	return out, inviteAgain(ctx, q, m.ID, back, clock.Micros(now))
}

// Answer enters what somebody said to an invitation, who wants to come and finds no place waits for one. Needs to run the event, or duty.do
// over the customer. Errors: not_found, invalid_input, seminar.closed, seminar.full, seminar.came_already, seminar.withdrawn.
func (s *Service) Answer(ctx context.Context, seminarID, inviteID int64, r Reply) (Invitation, error) {
	return s.withInvitation(ctx, seminarID, inviteID, func(q db.Q, actor authz.Actor, m Seminar, v Invitation) error {
		return s.reply(ctx, q, m, v, r, actor.UserID)
	})
}

// withInvitation loads an invitation for somebody who runs its event or looks after its customer, lets fn decide and write, and gives it
// as it is then.
func (s *Service) withInvitation(ctx context.Context, seminarID, inviteID int64, fn func(q db.Q, actor authz.Actor, m Seminar, v Invitation) error) (Invitation, error) {
	actor, err := authz.Require(ctx, authz.DutyDo)
	if err != nil {
		return Invitation{}, err
	}
	var out Invitation
	err = s.inTx(ctx, func(q db.Q) error {
		m, v, err := pair(ctx, q, seminarID, inviteID)
		if err != nil {
			return err
		}
		if !m.runBy(actor, authz.DutyDo) && !actor.Scope(authz.DutyDo).Covers(v.place()) {
			return db.ErrNoRows
		}
		if err := fn(q, actor, m, v); err != nil {
			return err
		}
		out, err = invitation(ctx, q, inviteID)
		return err
	})
	return out, err
}

// pair gives an event and an invitation to it.
func pair(ctx context.Context, q db.Q, seminarID, inviteID int64) (Seminar, Invitation, error) {
	v, err := invitation(ctx, q, inviteID)
	if err == nil && v.SeminarID != seminarID {
		err = db.ErrNoRows
	}
	if err != nil {
		return Seminar{}, v, err
	}
	m, err := load(ctx, q, seminarID)
	return m, v, err
}

// reply writes an answer. The places are taken first, by the guarded update of the event, which all answers wait for in the same order.
func (s *Service) reply(ctx context.Context, q db.Q, m Seminar, v Invitation, r Reply, by int64) error {
	r, err := r.normal(m.Guests)
	switch {
	case err != nil:
		return err
	case m.State != Planned:
		return closed(m)
	case v.Answer == Withdrawn:
		return errs.New(errs.Conflict, "seminar.withdrawn")
	case v.Came > 0:
		return errs.New(errs.Conflict, "seminar.came_already")
	}
	now := clock.Micros(s.now())
	next := v
	next.Guests, next.GuestNames, next.Note, next.AnsweredAt, next.AnsweredBy = r.Guests, r.GuestNames, r.Note, &now, by
	if next.Answer = No; r.Yes {
		if next.Answer, err = s.place(ctx, q, m, v, next.places()); err != nil {
			return err
		}
	} else if err := release(ctx, q, m, v.held()); err != nil {
		return err
	}
	switch {
	case next.Answer != Waiting:
		next.WaitingSince = nil
	case v.WaitingSince == nil:
		next.WaitingSince = &now
	}
	if next.Answer != Yes {
		next.MovedUpAt = nil
	}
	if err := s.save(ctx, q, v, next, "seminar.answer"); err != nil {
		return err
	}
	if next.held() < v.held() {
		return s.moveUp(ctx, q, m)
	}
	return nil
}

// place takes the places of somebody who says yes: what they have already is exchanged for what they want. Where there is no room who had none
// waits, and who had some keeps them and is told.
func (s *Service) place(ctx context.Context, q db.Q, m Seminar, v Invitation, want int64) (Answer, error) {
	ok, err := take(ctx, q, m.ID, want-v.held())
	switch {
	case err != nil:
		return "", err
	case ok:
		return Yes, nil
	}
	now, err := load(ctx, q, m.ID)
	switch {
	case err != nil:
		return "", err
	case now.State != Planned:
		return "", closed(now)
	case v.held() > 0:
		return "", errs.New(errs.Conflict, "seminar.full", "left", max(now.Capacity-now.Taken, 0))
	}
	return Waiting, nil
}

// release gives places back.
func release(ctx context.Context, q db.Q, m Seminar, places int64) error {
	ok, err := take(ctx, q, m.ID, -places)
	if err == nil && !ok {
		err = closed(m)
	}
	return err
}

// moveUp gives places that are free to those who wait for them, the longest first; a group for which there is not room enough
// leaves the places to those behind it.
func (s *Service) moveUp(ctx context.Context, q db.Q, m Seminar) error {
	list, err := waiting(ctx, q, m.ID)
	if err != nil {
		return err
	}
	now := clock.Micros(s.now())
	for _, v := range list {
		ok, err := take(ctx, q, m.ID, v.places())
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		next := v
		next.Answer, next.WaitingSince, next.MovedUpAt = Yes, nil, &now
		if err := s.save(ctx, q, v, next, "seminar.move_up"); err != nil {
			return err
		}
	}
	return nil
}

// TakeOff takes somebody off the list who has not come. Needs to run the event. Errors: not_found, seminar.closed, seminar.came_already.
func (s *Service) TakeOff(ctx context.Context, seminarID, inviteID int64) error {
	_, err := s.act(ctx, seminarID, func(q db.Q, _ authz.Actor, m Seminar) error {
		_, v, err := pair(ctx, q, seminarID, inviteID)
		switch {
		case err != nil || v.Answer == Withdrawn:
			return err
		case m.State != Planned:
			return closed(m)
		case v.Came > 0:
			return errs.New(errs.Conflict, "seminar.came_already")
		}
		if err := release(ctx, q, m, v.held()); err != nil {
			return err
		}
		next := v
		next.Answer, next.WaitingSince, next.MovedUpAt, next.Guests, next.GuestNames = Withdrawn, nil, nil, 0, nil
		if err := s.save(ctx, q, v, next, "seminar.take_off"); err != nil {
			return err
		}
		return s.moveUp(ctx, q, m)
	})
	return err
}

// Forget takes the names of guests away, and name, company and phone of somebody who is no customer; how many they were stays. It may be
// done at any time. Needs to run the event, or duty.do over the customer. Error: not_found.
func (s *Service) Forget(ctx context.Context, seminarID, inviteID int64) (Invitation, error) {
	return s.withInvitation(ctx, seminarID, inviteID, func(q db.Q, _ authz.Actor, _ Seminar, v Invitation) error {
		next := v
		next.GuestNames = nil
		if v.CustomerID == 0 {
			next.Person, next.Company, next.Phone = "", "", ""
		}
		return s.save(ctx, q, v, next, "seminar.forget")
	})
}

// save writes an invitation with its audit entry and event. The audit keeps no names of guests.
func (s *Service) save(ctx context.Context, q db.Q, v, next Invitation, action string) error {
	now := s.now()
	if ok, err := updateInvitation(ctx, q, v, next, clock.Micros(now)); err != nil || !ok {
		return raceOr(err)
	}
	detail := []audit.Change{}
	if v.Answer != next.Answer {
		detail = append(detail, audit.Change{Field: "answer", Before: string(v.Answer), After: string(next.Answer)})
	}
	if v.Guests != next.Guests {
		detail = append(detail, audit.Change{Field: "guests", Before: v.Guests, After: next.Guests})
	}
	kind := EventAnswered
	if v.Came != next.Came {
		kind = EventCame
		detail = append(detail, audit.Change{Field: "came", Before: v.Came, After: next.Came})
	}
	err := audit.Write(ctx, q, now, audit.Entry{Action: action, Entity: "seminar_invite", EntityID: id.String(v.ID), CustomerID: v.CustomerID, Detail: detail})
	if err != nil {
		return err
	}
	return s.bus.Emit(ctx, q, kind, v.CustomerID, map[string]string{"seminar_id": id.String(v.SeminarID), "invitation_id": id.String(v.ID), "answer": string(next.Answer)})
}
