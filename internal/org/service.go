package org

import (
	"context"
	"slices"
	"sync"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// Service is the use cases of units.
type Service struct {
	db        *db.DB
	now       clock.Clock
	loc       *time.Location
	followers []Follower
	mu        sync.Mutex
	tree      *Tree // as of mark
	mark      int64
}

// New makes the service; loc is the organisation's time zone.
func New(d *db.DB, now clock.Clock, loc *time.Location) *Service {
	return &Service{db: d, now: now, loc: loc, mark: -1}
}

// Follower is what lies in units and moves along when one is merged into another: people, posts, customers, areas. It is for the program
// itself and asks nobody's reach.
type Follower struct {
	Kind  string // a word of the API: people
	Count func(ctx context.Context, q db.Q, unitID int64) (int, error)
	Move  func(ctx context.Context, q db.Q, from, into int64) error
}

// Follow registers something that lies in units; features do it at composition.
func (s *Service) Follow(f Follower) { s.followers = append(s.followers, f) }

// Zone gives the organisation's time zone.
func (s *Service) Zone() *time.Location { return s.loc }

// Today gives the organisation's present day.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// Tree gives the tree as it is today; it is read anew only when something about it has changed. It is for the program itself.
func (s *Service) Tree(ctx context.Context, q db.Q) (*Tree, error) {
	mark, err := Mark(ctx, q)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	tree, at := s.tree, s.mark
	s.mu.Unlock()
	if tree != nil && at == mark {
		return tree, nil
	}
	if tree, err = loadTree(ctx, q); err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.tree, s.mark = tree, mark
	s.mu.Unlock()
	return tree, nil
}

// CheckOpen says whether something may be put into a unit today. Errors: org.unknown_unit.
func (s *Service) CheckOpen(ctx context.Context, q db.Q, unitID int64) error {
	ok, err := isOpen(ctx, q, unitID, s.Today())
	if err == nil && !ok {
		err = errs.New(errs.Invalid, "org.unknown_unit")
	}
	return err
}

// ByCode gives a unit by its code. Needs user.manage. Errors: not found.
func (s *Service) ByCode(ctx context.Context, code string) (Unit, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return Unit{}, err
	}
	return unitByCode(ctx, s.db.Read(), code)
}

// CodeOf gives the code of a unit, "" for 0. Needs user.manage.
func (s *Service) CodeOf(ctx context.Context, unitID int64) (string, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil || unitID == 0 {
		return "", err
	}
	u, err := getUnit(ctx, s.db.Read(), unitID)
	return u.Code, err
}

// Units gives the tree of a day (None = today) as a list, by code. over adds the units that are over by then. Needs self.
func (s *Service) Units(ctx context.Context, on calendar.Date, over bool) ([]Unit, error) {
	if _, err := authz.Require(ctx, authz.Self); err != nil {
		return nil, err
	}
	day := on
	if day == calendar.None {
		day = s.Today()
	}
	q := s.db.Read()
	units, err := listUnits(ctx, q)
	if err != nil {
		return nil, err
	}
	people, err := countPeople(ctx, q)
	if err != nil {
		return nil, err
	}
	for i := range units {
		units[i].People = people[units[i].ID]
	}
	if on != calendar.None {
		if err := s.asOn(ctx, q, units, on); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(units, func(u Unit) bool {
		return u.From > day || u.Until != calendar.None && (u.Until < u.From || !over && u.Until < day)
	}), nil
}

// asOn puts onto the units what they were on a day; one that was over keeps what it was last.
func (s *Service) asOn(ctx context.Context, q db.Q, units []Unit, day calendar.Date) error {
	all, err := loadTerms(ctx, q, units)
	if err != nil {
		return err
	}
	var managers []int64
	for i := range units {
		if t, ok := during(all[units[i].ID], day); ok {
			units[i].put(t)
		}
		managers = append(managers, units[i].ManagerID)
	}
	names, err := personNames(ctx, q, slices.Compact(slices.Sorted(slices.Values(managers))))
	for i := range units {
		units[i].ManagerName = names[units[i].ManagerID]
	}
	return err
}

func (u *Unit) put(t Term) {
	u.ParentID, u.Kind, u.NameZh, u.NameEn, u.ManagerID = t.ParentID, t.Kind, t.NameZh, t.NameEn, t.ManagerID
}

// Detail is a unit with its history and what lies in it.
type Detail struct {
	Unit
	Terms []Term // oldest first; those that begin after today are planned
	Held  []Held
	Names map[int64]string // of the people the terms name
}

// Held counts what lies in a unit, those below not counted.
type Held struct {
	Kind  string
	Count int
}

// Get gives one unit with its history. Needs user.manage.
func (s *Service) Get(ctx context.Context, unitID int64) (Detail, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return Detail{}, err
	}
	var d Detail
	err := s.db.InRead(ctx, func(q db.Q) error {
		u, err := getUnit(ctx, q, unitID)
		if err != nil {
			return err
		}
		all, err := loadTerms(ctx, q, []Unit{u})
		if err != nil {
			return err
		}
		d = Detail{Unit: u, Terms: all[u.ID]}
		var people []int64
		for _, t := range d.Terms {
			people = append(people, t.ManagerID, t.ChangedBy)
		}
		if d.Names, err = personNames(ctx, q, slices.Compact(slices.Sorted(slices.Values(people)))); err != nil {
			return err
		}
		d.Held, err = s.held(ctx, q, unitID)
		return err
	})
	return d, err
}

func (s *Service) held(ctx context.Context, q db.Q, unitID int64) ([]Held, error) {
	var out []Held
	for _, f := range s.followers {
		n, err := f.Count(ctx, q, unitID)
		if err != nil {
			return nil, err
		}
		out = append(out, Held{f.Kind, n})
	}
	return out, nil
}

// Create adds a unit. Needs user.manage. Errors: invalid_input, org.code_taken, org.broken_tree.
func (s *Service) Create(ctx context.Context, in Input) (Unit, error) {
	actor, err := authz.Require(ctx, authz.UserManage)
	if err != nil {
		return Unit{}, err
	}
	in = in.tidy(true)
	if err := in.Validate(true); err != nil {
		return Unit{}, err
	}
	now, from := s.now(), s.Today()
	set(&from, in.From)
	u := Unit{ID: id.New(now), Code: *in.Code, From: from, Until: calendar.None, Version: 1}
	t := in.onto(Term{From: from, Until: calendar.None, ChangedBy: actor.UserID, ChangedAt: clock.Micros(now)})
	u.put(t)
	err = s.db.InTx(ctx, func(q db.Q) error {
		if err := lockTree(ctx, q); err != nil {
			return err
		}
		if err := s.checkPeople(ctx, q, in); err != nil {
			return err
		}
		if err := taken(insertUnit(ctx, q, &u, t.ChangedAt), u.Code); err != nil {
			return err
		}
		if err := saveTerms(ctx, q, u.ID, []Term{t}); err != nil {
			return err
		}
		if err := s.checkTree(ctx, q, from); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "unit.create", Entity: "unit", EntityID: id.String(u.ID), Detail: map[string]any{
			"code": u.Code, "name": u.NameZh, "kind": u.Kind, "parent": id.Optional(u.ParentID), "from": from.String(),
		}})
	})
	return u, err
}

func (s *Service) checkPeople(ctx context.Context, q db.Q, in Input) error {
	if in.ManagerID == nil || *in.ManagerID == 0 {
		return nil
	}
	var v errs.Validation
	ok, err := activePerson(ctx, q, *in.ManagerID)
	if err != nil {
		return err
	}
	v.Check(ok, "manager_id", "org.unknown_person")
	return v.Err()
}

// checkTree refuses what would leave a unit below itself or below one that does not exist, on a day or any later one.
func (s *Service) checkTree(ctx context.Context, q db.Q, from calendar.Date) error {
	units, err := listUnits(ctx, q)
	if err != nil {
		return err
	}
	all, err := loadTerms(ctx, q, units)
	if err != nil {
		return err
	}
	bad, loop := wholeFrom(all, from)
	if bad == 0 {
		return nil
	}
	code := "org.no_parent"
	if loop {
		code = "org.below_itself"
	}
	i := slices.IndexFunc(units, func(u Unit) bool { return u.ID == bad })
	return &errs.Error{Kind: errs.Invalid, Code: "invalid_input", Fields: []errs.Field{{Path: "parent_id", Code: code, Args: map[string]any{"unit": units[i].NameZh + " | " + units[i].NameEn}}}}
}

func taken(err error, code string) error {
	if db.UniqueTable(err) == "unit" {
		return &errs.Error{Kind: errs.Conflict, Code: "org.code_taken", Args: map[string]any{"code": code}, Fields: []errs.Field{{Path: "code", Code: "org.code_taken", Args: map[string]any{"code": code}}}}
	}
	return err
}
