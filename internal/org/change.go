package org

import (
	"context"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// Change renames a unit, moves it, gives it another kind or another head, from a day on; the code is changed at once. Needs user.manage.
// Errors: invalid_input, precondition_failed, org.over, org.later_change, org.too_early, org.code_taken.
func (s *Service) Change(ctx context.Context, unitID, version int64, in Input) (Unit, error) {
	in = in.tidy(false)
	if err := in.Validate(false); err != nil {
		return Unit{}, err
	}
	from := calendar.None
	set(&from, in.From)
	return s.change(ctx, unitID, version, "unit.change", from, func(q db.Q, c *changing) error {
		if err := s.checkPeople(ctx, q, in); err != nil {
			return err
		}
		last := c.terms[len(c.terms)-1]
		next := in.onto(last)
		if in.Code != nil && *in.Code != c.unit.Code {
			c.changed("code", c.unit.Code, *in.Code)
			c.unit.Code = *in.Code
		}
		if next.same(last) {
			return nil
		}
		c.told(last, next)
		return c.from(next)
	})
}

// stillHolds are the codes of what keeps a unit from being closed, by the kind of what lies in it.
var stillHolds = map[string]string{"people": "org.holds_people", "posts": "org.holds_posts", "customers": "org.holds_customers", "areas": "org.holds_areas"}

// Close ends a unit in which there is nothing any more: the day is the first on which it no longer exists; one that is closed on its very
// first day never was. Needs and errors as Change;
// org.holds_people and the like.
func (s *Service) Close(ctx context.Context, unitID, version int64, from calendar.Date) (Unit, error) {
	return s.change(ctx, unitID, version, "unit.close", from, func(q db.Q, c *changing) error {
		held, err := s.held(ctx, q, unitID)
		if err != nil {
			return err
		}
		for _, h := range held {
			if h.Count > 0 {
				return errs.New(errs.Conflict, stillHolds[h.Kind], "count", h.Count)
			}
		}
		return s.end(ctx, q, c, 0)
	})
}

// Merge ends a unit and has another go on for it: everything in it goes there on that day, its own units hang below the other from then
// on. Needs and errors as Change; org.into_itself, org.unknown_unit.
func (s *Service) Merge(ctx context.Context, unitID, version, into int64, from calendar.Date) (Unit, error) {
	return s.change(ctx, unitID, version, "unit.merge", from, func(q db.Q, c *changing) error {
		if into == unitID {
			return errs.New(errs.Invalid, "org.into_itself")
		}
		ok, err := isOpen(ctx, q, into, c.day)
		if err != nil {
			return err
		}
		if !ok {
			return errs.New(errs.Invalid, "org.unknown_unit")
		}
		if err := s.end(ctx, q, c, into); err != nil {
			return err
		}
		c.changed("into", "", id.String(into))
		return s.rehang(ctx, q, c, into)
	})
}

// rehang puts the units that hang below one that ends below another.
func (s *Service) rehang(ctx context.Context, q db.Q, c *changing, into int64) error {
	return s.eachTerms(ctx, q, func(u *Unit, terms []Term) ([]Term, error) {
		last := terms[len(terms)-1]
		if last.ParentID != c.unit.ID || last.Until != calendar.None {
			return nil, nil
		}
		child := &changing{unit: u, terms: terms, day: c.day, today: c.today, by: c.by, now: c.now}
		last.ParentID = into
		err := child.from(last)
		return child.terms, err
	})
}

// hangBack takes back what rehang planned for a merger that is taken back.
func (s *Service) hangBack(ctx context.Context, q db.Q, c *changing) error {
	from := c.unit.Until.AddDays(1)
	return s.eachTerms(ctx, q, func(_ *Unit, terms []Term) ([]Term, error) {
		n := len(terms)
		if n < 2 || terms[n-1].From != from || terms[n-1].ParentID != c.unit.MergedInto || terms[n-2].ParentID != c.unit.ID {
			return nil, nil
		}
		terms[n-2].Until = terms[n-1].Until
		return terms[:n-1], nil
	})
}

// eachTerms writes the terms that do gives for a unit; nil leaves the unit as it is.
func (s *Service) eachTerms(ctx context.Context, q db.Q, do func(u *Unit, terms []Term) ([]Term, error)) error {
	units, err := listUnits(ctx, q)
	if err != nil {
		return err
	}
	all, err := loadTerms(ctx, q, units)
	if err != nil {
		return err
	}
	for i := range units {
		terms, err := do(&units[i], all[units[i].ID])
		if err != nil {
			return err
		}
		if terms == nil {
			continue
		}
		if err := saveTerms(ctx, q, units[i].ID, terms); err != nil {
			return err
		}
	}
	return nil
}

// Recall takes back what is planned for a unit: its end, with what a merger planned for the units below it, or else its last change that
// lies ahead. Needs user.manage. Errors: org.nothing_planned, precondition_failed.
func (s *Service) Recall(ctx context.Context, unitID, version int64) (Unit, error) {
	return s.change(ctx, unitID, version, "unit.recall", calendar.None, func(q db.Q, c *changing) error {
		last := &c.terms[len(c.terms)-1]
		switch {
		case c.unit.Until != calendar.None:
			if c.unit.MergedInto != 0 {
				if err := s.hangBack(ctx, q, c); err != nil {
					return err
				}
			}
			c.unit.Until, c.unit.MergedInto, last.Until = calendar.None, 0, calendar.None
		case len(c.terms) > 1 && last.From > c.today:
			c.terms = c.terms[:len(c.terms)-1]
			c.terms[len(c.terms)-1].Until = calendar.None
		default:
			return errs.New(errs.Conflict, "org.nothing_planned")
		}
		return nil
	})
}

// changing is a unit under change.
type changing struct {
	unit       *Unit
	terms      []Term
	day, today calendar.Date
	by, now    int64
	list       []audit.Change
}

// from lets a term begin on the day of the change. Errors: org.over, org.later_change, org.too_early.
func (c *changing) from(next Term) error {
	last := c.terms[len(c.terms)-1]
	switch {
	case c.unit.Until != calendar.None:
		return errs.New(errs.Conflict, "org.over", "until", c.unit.Until.String())
	case c.day < last.From && last.From > c.today:
		return errs.New(errs.Conflict, "org.later_change", "from", last.From.String())
	case c.day < last.From:
		return errs.New(errs.Invalid, "org.too_early", "from", last.From.String())
	}
	next.ChangedBy, next.ChangedAt = c.by, c.now
	c.terms = follow(c.terms, next, c.day)
	return nil
}

// end lets the unit be over from the day of the change. Errors: those of from; org.awaited.
func (s *Service) end(ctx context.Context, q db.Q, c *changing, into int64) error {
	waits, err := awaited(ctx, q, c.unit.ID, c.today)
	if err != nil {
		return err
	}
	last := &c.terms[len(c.terms)-1]
	switch {
	case c.unit.Until != calendar.None:
		return errs.New(errs.Conflict, "org.over", "until", c.unit.Until.String())
	case into == 0 && c.day == last.From && len(c.terms) == 1: // it never was
	case c.day <= last.From && last.From > c.today:
		return errs.New(errs.Conflict, "org.later_change", "from", last.From.String())
	case c.day <= last.From:
		return errs.New(errs.Invalid, "org.too_early", "from", last.From.AddDays(1).String())
	case waits:
		return errs.New(errs.Conflict, "org.awaited")
	}
	last.Until = c.day.AddDays(-1)
	c.unit.Until, c.unit.MergedInto = last.Until, into
	return nil
}

func (c *changing) changed(field string, before, after any) {
	if before != after {
		c.list = append(c.list, audit.Change{Field: field, Before: before, After: after})
	}
}

func (c *changing) told(before, after Term) {
	c.changed("name", before.NameZh, after.NameZh)
	c.changed("name_en", before.NameEn, after.NameEn)
	c.changed("kind", before.Kind, after.Kind)
	c.changed("parent", id.Optional(before.ParentID), id.Optional(after.ParentID))
	c.changed("manager", id.Optional(before.ManagerID), id.Optional(after.ManagerID))
}

// change is the frame of every change of a unit: one at a time, checked as a whole, shown at once when its day has come.
func (s *Service) change(ctx context.Context, unitID, version int64, action string, from calendar.Date, do func(q db.Q, c *changing) error) (Unit, error) {
	actor, err := authz.Require(ctx, authz.UserManage)
	if err != nil {
		return Unit{}, err
	}
	var out Unit
	err = s.db.InTx(ctx, func(q db.Q) error {
		if err := lockTree(ctx, q); err != nil {
			return err
		}
		now := s.now()
		c, err := s.begin(ctx, q, unitID, version, from)
		if err != nil {
			return err
		}
		c.by, c.now = actor.UserID, clock.Micros(now)
		if err := do(q, c); err != nil {
			return err
		}
		if err := s.save(ctx, q, c); err != nil {
			return err
		}
		c.changed("from", "", c.day.String())
		if err := audit.Write(ctx, q, now, audit.Entry{Action: action, Entity: "unit", EntityID: id.String(unitID), Detail: c.list}); err != nil {
			return err
		}
		out, err = getUnit(ctx, q, unitID)
		return err
	})
	return out, err
}

// begin loads a unit that is not over. Errors: not_found, precondition_failed, org.over.
func (s *Service) begin(ctx context.Context, q db.Q, unitID, version int64, from calendar.Date) (*changing, error) {
	u, err := getUnit(ctx, q, unitID)
	if err != nil {
		return nil, err
	}
	if u.Version != version {
		return nil, errs.New(errs.Precondition, "precondition_failed", "version", u.Version)
	}
	all, err := loadTerms(ctx, q, []Unit{u})
	if err != nil {
		return nil, err
	}
	today := s.Today()
	c := &changing{unit: &u, terms: all[u.ID], day: from, today: today}
	if from == calendar.None {
		c.day = today
	}
	if u.Until != calendar.None && u.Until < today {
		return nil, errs.New(errs.Conflict, "org.over", "until", u.Until.String())
	}
	return c, nil
}

// save writes a changed unit, checks the tree as a whole, and lets hold what holds today.
func (s *Service) save(ctx context.Context, q db.Q, c *changing) error {
	if err := taken(saveUnit(ctx, q, c.unit, c.now), c.unit.Code); err != nil {
		return err
	}
	if err := saveTerms(ctx, q, c.unit.ID, c.terms); err != nil {
		return err
	}
	if err := s.checkTree(ctx, q, min(c.day, c.today)); err != nil {
		return err
	}
	return s.turn(ctx, q)
}
