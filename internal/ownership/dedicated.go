package ownership

import (
	"cmp"
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/rule"
)

// maxUndedicated bounds how many customers without a dedicated owner are listed, maxAlarmed how many are looked at for an alarm.
const (
	maxUndedicated = 200
	maxAlarmed     = 10_000
)

// Headcount is what a demand for dedicated owners comes to.
type Headcount struct {
	Rulebook  string
	Demand    rule.Dedicated
	Role      rule.Text
	Customers int64
	Without   int64 // of them without somebody of the role
	Units     []UnitCount
	Items     []Undedicated // at most 200 of those without
}

// UnitCount compares the people a unit has with those it needs.
type UnitCount struct {
	UnitID    int64 // 0 = without a unit
	Name      [2]string
	Customers int64
	Without   int64
	Present   int64 // holders of the role there
	Needed    int64 // customers divided by what one can take, rounded up
}

// Short is how many people are missing.
func (u *UnitCount) Short() int64 { return max(u.Needed-u.Present, 0) }

// Undedicated is a customer whose owner is nobody of the role.
type Undedicated struct {
	CustomerID        int64
	Code, Name, Grade string
	OwnerID, UnitID   int64
	OwnerName         string
}

// Dedicated gives the demands for dedicated owners of the rulebooks in force, counted over the customers the actor may see. Needs
// customer.read.
func (s *Service) Dedicated(ctx context.Context) ([]Headcount, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return nil, err
	}
	q := s.db.Read()
	books, err := s.books(ctx, q, s.Today())
	if err != nil {
		return nil, err
	}
	who, err := s.who(ctx, q)
	if err != nil {
		return nil, err
	}
	units, err := unitNames(ctx, q)
	if err != nil {
		return nil, err
	}
	out := []Headcount{}
	for _, b := range books {
		team := newStaff(who, b.NamesOf, nil)
		for _, d := range b.Program.Ownership().Dedicated {
			h := Headcount{Rulebook: b.Rulebook, Demand: d, Role: b.TitleOf(d.By)}
			if err := h.count(ctx, q, actor.Scope(authz.CustomerRead), team, units); err != nil {
				return nil, err
			}
			out = append(out, h)
		}
	}
	return out, nil
}

func (h *Headcount) count(ctx context.Context, q db.Q, scope authz.Scope, team *staff, units map[int64][2]string) error {
	groups, err := gradeGroups(ctx, q, scope, h.Demand.Scheme, h.Demand.Grades)
	if err != nil {
		return err
	}
	by := map[int64]*UnitCount{}
	for _, g := range groups {
		u := by[g.unit]
		if u == nil {
			u = &UnitCount{UnitID: g.unit, Name: units[g.unit]}
			by[g.unit] = u
		}
		u.Customers += g.customers
		h.Customers += g.customers
		if !team.Holds(h.Demand.By, g.owner) {
			u.Without += g.customers
			h.Without += g.customers
		}
	}
	present := map[int64]int64{}
	for _, p := range team.placesOf(h.Demand.By) {
		present[p.Unit]++
	}
	for _, u := range by {
		u.Present, u.Needed = present[u.UnitID], (u.Customers+h.Demand.AtMost-1)/h.Demand.AtMost
		h.Units = append(h.Units, *u)
	}
	slices.SortFunc(h.Units, func(a, b UnitCount) int {
		return cmp.Or(cmp.Compare(b.Short(), a.Short()), cmp.Compare(a.UnitID, b.UnitID))
	})
	if h.Without == 0 {
		return nil
	}
	h.Items, err = undedicated(ctx, q, scope, h.Demand.Scheme, h.Demand.Grades, team.holders(h.Demand.By), maxUndedicated)
	return err
}

// Alarm says how many customers of a demand for dedicated owners have none.
type Alarm struct {
	Rulebook string
	Demand   rule.Dedicated
	Without  int64
	More     bool // only the first of many customers were looked at
}

// Alarms gives the demands for dedicated owners that are not met among the customers the actor assigns: for a head those of the
// units, and nothing for those who assign only their own. It looks at no more than maxAlarmed customers for each demand. Needs
// customer.assign.
func (s *Service) Alarms(ctx context.Context) ([]Alarm, error) {
	actor, err := authz.Require(ctx, authz.CustomerAssign)
	if err != nil {
		return nil, err
	}
	scope := actor.Scope(authz.CustomerAssign)
	if !scope.All && len(scope.UnitIDs) == 0 {
		return nil, nil
	}
	q := s.db.Read()
	books, err := s.books(ctx, q, s.Today())
	if err != nil {
		return nil, err
	}
	who, err := s.who(ctx, q)
	if err != nil {
		return nil, err
	}
	var out []Alarm
	for _, b := range books {
		team := newStaff(who, b.NamesOf, nil)
		for _, d := range b.Program.Ownership().Dedicated {
			a := Alarm{Rulebook: b.Rulebook, Demand: d}
			if a.Without, a.More, err = countUndedicated(ctx, q, scope, d.Scheme, d.Grades, team.holders(d.By)); err != nil {
				return nil, err
			}
			if a.Without > 0 {
				out = append(out, a)
			}
		}
	}
	return out, nil
}
