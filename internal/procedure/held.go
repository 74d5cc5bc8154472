package procedure

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/flow"
)

// Held is an open case or a step at hand, as it is listed when somebody hands over what they have to do.
type Held struct {
	ID         int64 // of the case
	Seat       int   // of the step; 0 = the case itself
	CustomerID int64 // 0 = about no customer
	Number     string
	Title      string
	DueAt      int64 // microseconds; 0 = no limit
}

// CountHeldCases counts the open cases of somebody: those of customers the person looks after, and those the person began about
// no customer. It asks for no permission.
func (s *Service) CountHeldCases(ctx context.Context, q db.Q, userID int64) (int64, error) {
	return countHeldCases(ctx, q, userID)
}

// ListHeldCases gives the next of them in the order of their ids. It asks for no permission.
func (s *Service) ListHeldCases(ctx context.Context, q db.Q, userID, after int64, limit int) ([]Held, error) {
	return listHeldCases(ctx, q, userID, after, limit)
}

// GiveCase has an open case follow its customer at once, or, where it is about none, gives it to somebody, in the caller's
// transaction, which may give no other case. The caller has asked for the permission.
func (s *Service) GiveCase(ctx context.Context, q db.Q, caseID, to int64) (bool, error) {
	if err := lockCase(ctx, q, caseID); err != nil {
		return false, err
	}
	c, err := getCase(ctx, q, caseID)
	if err != nil || c.State.IsOver() {
		return false, err
	}
	unit := c.UnitID
	if c.CustomerID != 0 {
		cust, err := loadSubject(ctx, q, c.CustomerID)
		if err != nil {
			return false, err
		}
		to, unit = cust.OwnerID, cust.UnitID
	}
	if to == c.OwnerID {
		return false, nil
	}
	if err := moveCase(ctx, q, caseID, to, unit); err != nil {
		return false, err
	}
	_, err = s.tick(ctx, q, caseID)
	return err == nil, err
}

// CountHeldSteps counts the open steps that name somebody, or that the person has taken; those of whoever looks after the customer
// go with the case. It asks for no permission.
func (s *Service) CountHeldSteps(ctx context.Context, q db.Q, userID int64) (int64, error) {
	return countHeldSteps(ctx, q, userID)
}

// ListHeldSteps gives the next of them in the order of their cases; after is the last case of the page before, whose steps are
// never divided. It asks for no permission.
func (s *Service) ListHeldSteps(ctx context.Context, q db.Q, userID, after int64, limit int) ([]Held, error) {
	return listHeldSteps(ctx, q, userID, after, limit)
}

// GiveStep gives every step of a case that somebody has at hand to another person, in the caller's transaction, which may give those of
// no other case. by is who approved it. The caller has asked for the permission. Errors: those of flow.Apply where the person
// may not act there.
func (s *Service) GiveStep(ctx context.Context, q db.Q, caseID, from, to, by int64, reason string) (bool, error) {
	if err := lockCase(ctx, q, caseID); err != nil {
		return false, err
	}
	given := false
	for {
		seat, err := heldSeat(ctx, q, caseID, from)
		if db.IsNoRows(err) {
			return given, nil
		}
		if err != nil {
			return given, err
		}
		if err := s.giveSeat(ctx, q, caseID, seat, to, by, reason); err != nil {
			return given, err
		}
		given = true
	}
}

func (s *Service) giveSeat(ctx context.Context, q db.Q, caseID int64, seat int, to, by int64, reason string) error {
	c, err := getCase(ctx, q, caseID)
	if err != nil {
		return err
	}
	w, err := s.caseWorld(ctx, q, &c)
	if err != nil {
		return err
	}
	act := flow.Act{Kind: flow.ActAssign, By: by, Manage: true, Seat: seat, Person: to, Reason: reason}
	st, effects, err := flow.Apply(w.def, c.State, act, w.env())
	if err != nil {
		return err
	}
	line := Act{CaseID: c.ID, At: s.now(), ActorID: by, Act: act.Kind, Seat: seat, Reason: reason, Detail: actDetail{Person: to}}
	return s.save(authz.With(ctx, authz.System("procedure")), w, &saving{c: &c, st: st, effects: effects, act: line})
}
