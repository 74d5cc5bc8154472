package seminar

import (
	"context"
	"strconv"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/id"
)

// reasonUndone is what the reversing fact of a check-in taken back gives as its reason; the UI has the words.
const reasonUndone = "seminar.undone"

// Arrived is somebody who was checked in. Again says that they had been before.
type Arrived struct {
	Invitation
	Again bool
}

// CheckIn notes that somebody came, by the number of the invitation or by what its QR code says. people is how many came together,
// 0 = as many as they said. Whoever was checked in before stays as they were. Needs to run the event.
// Errors: not_found, invalid_input, seminar.closed, seminar.too_early, seminar.unknown_number, seminar.bad_link, seminar.other_event, seminar.withdrawn.
func (s *Service) CheckIn(ctx context.Context, seminarID int64, code string, people int64) (Arrived, error) {
	var v errs.Validation
	v.Check(strings.TrimSpace(code) != "", "code", "field.required")
	v.Check(people >= 0 && people <= maxPeople, "people", "seminar.out_of_range", "max", maxPeople)
	if err := v.Err(); err != nil {
		return Arrived{}, err
	}
	find, err := s.finder(ctx, code)
	if err != nil {
		return Arrived{}, err
	}
	return s.arrived(ctx, seminarID, func(q db.Q, actor authz.Actor, m Seminar) (int64, bool, error) {
		v, err := find(q, m)
		if err != nil {
			return 0, false, err
		}
		again, err := s.arrive(ctx, q, actor, m, v, people)
		return v.ID, again, err
	})
}

// arrived does a check-in of an event whose day has come and gives whom it concerned.
func (s *Service) arrived(ctx context.Context, seminarID int64, fn func(q db.Q, actor authz.Actor, m Seminar) (inviteID int64, again bool, err error)) (Arrived, error) {
	var out Arrived
	_, err := s.act(ctx, seminarID, func(q db.Q, actor authz.Actor, m Seminar) error {
		switch {
		case m.State != Planned:
			return closed(m)
		case s.Today() < m.On:
			return errs.New(errs.Conflict, "seminar.too_early", "on", m.On.String())
		}
		inviteID, again, err := fn(q, actor, m)
		if err != nil {
			return err
		}
		out.Again = again
		out.Invitation, err = invitation(ctx, q, inviteID)
		return err
	})
	return out, err
}

// maxDigits is how many digits a number said at the door has at most; more are the beginning of a link.
const maxDigits = 6

// finder reads a code and gives the look-up of its invitation.
func (s *Service) finder(ctx context.Context, code string) (func(q db.Q, m Seminar) (Invitation, error), error) {
	code = strings.TrimSpace(code)
	if n, err := strconv.ParseInt(code, 10, 64); err == nil && len(code) <= maxDigits {
		return func(q db.Q, m Seminar) (Invitation, error) {
			v, err := byNumber(ctx, q, m.ID, n)
			if db.IsNoRows(err) {
				err = errs.New(errs.NotFound, "seminar.unknown_number", "number", n)
			}
			return v, err
		}, nil
	}
	inviteID, err := s.linked(ctx, tokenIn(code))
	return func(q db.Q, m Seminar) (Invitation, error) {
		v, err := invitation(ctx, q, inviteID)
		if err == nil && v.SeminarID != m.ID {
			err = errs.New(errs.Conflict, "seminar.other_event")
		}
		return v, err
	}, err
}

// arrive notes that somebody of the list came; true when it was noted before.
func (s *Service) arrive(ctx context.Context, q db.Q, actor authz.Actor, m Seminar, v Invitation, people int64) (bool, error) {
	switch {
	case v.Came > 0:
		return true, nil
	case v.Answer == Withdrawn:
		return false, errs.New(errs.Conflict, "seminar.withdrawn")
	}
	if people == 0 {
		if people = 1; v.Answer == Yes {
			people = v.places()
		}
	}
	now := clock.Micros(s.now())
	next := v
	next.Came, next.CameAt, next.CameBy = people, &now, actor.UserID
	// The event comes first, as with answers: of two who check the same person in one waits for it, and then finds it done.
	if err := release(ctx, q, m, 0); err != nil {
		return false, err
	}
	if err := s.save(ctx, q, v, next, "seminar.check_in"); err != nil {
		return false, err
	}
	next.Version++
	return false, s.attended(ctx, q, m, next)
}

// attended makes the fact of a customer's attendance; nobody else has one.
func (s *Service) attended(ctx context.Context, q db.Q, m Seminar, v Invitation) error {
	if v.CustomerID == 0 {
		return nil
	}
	attrs := map[string]any{"seminar": id.String(m.ID), "event": string(m.Kind), "people": v.Came, "invited": v.Origin != WalkedIn, "note": m.Title("zh")}
	f, err := s.facts.Append(ctx, q, fact.Input{CustomerID: v.CustomerID, Kind: KindAttendance, On: m.On, Attrs: attrs})
	if err != nil {
		return err
	}
	return setFact(ctx, q, v, f.ID)
}

// TakeBack takes a check-in back that was a mistake, and its fact. Needs to run the event. Errors: not_found, seminar.closed.
func (s *Service) TakeBack(ctx context.Context, seminarID, inviteID int64) (Invitation, error) {
	var out Invitation
	_, err := s.act(ctx, seminarID, func(q db.Q, _ authz.Actor, m Seminar) error {
		_, v, err := pair(ctx, q, seminarID, inviteID)
		switch {
		case err != nil:
			return err
		case m.State != Planned:
			return closed(m)
		case v.Came > 0:
			err = s.takeBack(ctx, q, m, v)
		}
		if err != nil {
			return err
		}
		out, err = invitation(ctx, q, inviteID)
		return err
	})
	return out, err
}

func (s *Service) takeBack(ctx context.Context, q db.Q, m Seminar, v Invitation) error {
	next := v
	next.Came, next.CameAt, next.CameBy, next.FactID = 0, nil, 0, 0
	if err := release(ctx, q, m, 0); err != nil {
		return err
	}
	if err := s.save(ctx, q, v, next, "seminar.take_back"); err != nil || v.FactID == 0 {
		return err
	}
	_, err := s.facts.TakeBack(ctx, q, v.CustomerID, m.On, v.FactID, reasonUndone)
	return err
}

// WalkIn puts somebody on the list who came without an invitation, and checks them in. A customer that is on the list is checked in as
// invited. The same request again (key and input) changes nothing. Needs to run the event, and customer.read over a customer.
// Errors: not_found, invalid_input, seminar.closed, seminar.too_early, seminar.too_many, seminar.key_reused.
func (s *Service) WalkIn(ctx context.Context, seminarID int64, w WalkIn, key string) (Arrived, error) {
	r, err := requestOf(key, w)
	if err != nil {
		return Arrived{}, err
	}
	if w, err = w.normal(); err != nil {
		return Arrived{}, err
	}
	if w.CustomerID != 0 {
		if _, err := s.customers.Guard(ctx, authz.CustomerRead, w.CustomerID); err != nil {
			return Arrived{}, err
		}
	}
	return s.arrived(ctx, seminarID, func(q db.Q, actor authz.Actor, m Seminar) (int64, bool, error) {
		if key != "" {
			had, hash, err := invitationOfKey(ctx, q, w.CustomerID, m.ID, key)
			if again, err := r.same(hash, err); err != nil || again {
				return had, again, err
			}
		}
		v, err := s.listed(ctx, q, actor, m, w, r)
		if err != nil {
			return 0, false, err
		}
		again, err := s.arrive(ctx, q, actor, m, v, w.People)
		return v.ID, again, err
	})
}

// listed gives the place on the list of somebody who walked in; a new one unless they are a customer that is on it.
func (s *Service) listed(ctx context.Context, q db.Q, actor authz.Actor, m Seminar, w WalkIn, r request) (Invitation, error) {
	if w.CustomerID != 0 {
		v, err := ofCustomer(ctx, q, m.ID, w.CustomerID)
		switch {
		case err == nil && v.Answer == Withdrawn:
			if err := inviteAgain(ctx, q, m.ID, []int64{w.CustomerID}, clock.Micros(s.now())); err != nil {
				return v, err
			}
			return ofCustomer(ctx, q, m.ID, w.CustomerID)
		case !db.IsNoRows(err):
			return v, err
		}
	}
	number, ok, err := nextNumbers(ctx, q, m.ID, 1, maxInvited)
	if err != nil || !ok {
		if err == nil {
			err = errs.New(errs.TooLarge, "seminar.too_many", "max", maxInvited)
		}
		return Invitation{}, err
	}
	now := s.now()
	v := Invitation{
		ID: id.New(now), SeminarID: m.ID, CustomerID: w.CustomerID, Number: number, Person: w.Person, Company: w.Company, Phone: w.Phone, Origin: WalkedIn, Version: 1,
	}
	return v, insertWalkIn(ctx, q, v, actor.UserID, clock.Micros(now), r)
}
