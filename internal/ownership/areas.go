package ownership

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/codes"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// maxStreet bounds the name of a street or compound, in characters.
const maxStreet = 100

// Area says who answers for the customers of an area: a person or a unit.
type Area struct {
	ID       int64
	Region   string // division code of 2, 4 or 6 digits
	Street   string // as addresses write it; "" = the whole region
	UserID   int64  // 0 = a unit
	UserName string
	UnitID   int64 // 0 = a person
	UnitName [2]string
	From     calendar.Date
	Until    calendar.Date // the last day; None = until further notice
	Version  int64
	Created  time.Time
	// Customers lie in the region and on the street, whoever has them; Owned are looked after by the contractor.
	Customers, Owned int64
	// Overlaps is how many other contracts hold for exactly the same area at the same time.
	Overlaps int
}

// AreaInput contracts an area.
type AreaInput struct {
	Region, Street string
	UserID, UnitID int64
	From           calendar.Date // None = today
	Until          calendar.Date // None = until further notice
}

// Validate reports every wrong field.
func (in AreaInput) Validate() error {
	var v errs.Validation
	_, known := codes.DivisionByCode(in.Region)
	v.Check(known, "region", "ownership.region_unknown", "value", in.Region)
	v.Check(utf8.RuneCountInString(in.Street) <= maxStreet, "street", "field.too_long", "max", maxStreet)
	v.Check((in.UserID != 0) != (in.UnitID != 0), "user_id", "ownership.person_or_unit")
	v.Check(in.Until == calendar.None || in.Until >= in.From, "until", "procedure.ends_before_it_begins")
	return v.Err()
}

// Areas gives a page of the contracts that are not over, by region, street and day, with how many of the customers the actor may
// see they hold for; next is the cursor of the next page. Needs customer.read.
func (s *Service) Areas(ctx context.Context, cursor string, limit int) (list []Area, next string, err error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return nil, "", err
	}
	vals, err := db.DecodeCursor(cursor, 4)
	if err != nil {
		return nil, "", err
	}
	var after []any
	if vals != nil {
		n, err := id.Parse(vals[3])
		if err != nil {
			return nil, "", err
		}
		after = []any{vals[0], vals[1], vals[2], n}
	}
	err = s.db.InRead(ctx, func(q db.Q) error {
		if list, err = areaPage(ctx, q, s.Today(), after, limit+1); err != nil {
			return err
		}
		if len(list) > limit {
			list = list[:limit]
			last := &list[limit-1]
			next = db.EncodeCursor(last.Region, last.Street, last.From.String(), id.String(last.ID))
		}
		return countAreas(ctx, q, actor.Scope(authz.CustomerRead), list)
	})
	return list, next, err
}

// countAreas counts the customers within a scope whom contracts hold for, and those of them whom the contractor looks after: in
// one pass over the regions, and one over the addresses of those with contracts on streets.
func countAreas(ctx context.Context, q db.Q, scope authz.Scope, list []Area) error {
	whole, streets := map[string][]*Area{}, map[string][]*Area{}
	for i := range list {
		a := &list[i]
		if a.Street == "" {
			whole[a.Region] = append(whole[a.Region], a)
		} else {
			streets[a.Region] = append(streets[a.Region], a)
		}
	}
	err := eachRegion(ctx, q, scope, slices.Collect(maps.Keys(whole)), func(g place) {
		for a := range above(whole, g.region) {
			a.count(g)
		}
	})
	if err != nil {
		return err
	}
	return eachAddress(ctx, q, scope, slices.Collect(maps.Keys(streets)), func(g place) {
		for a := range above(streets, g.region) {
			if strings.Contains(g.address, a.Street) {
				a.count(g)
			}
		}
	})
}

// above gives what a map by region holds of a region and of those it lies in, the nearest first.
func above[T any](by map[string][]T, region string) iter.Seq[T] {
	return func(yield func(T) bool) {
		for n := len(region) - len(region)%2; n >= 2; n -= 2 {
			for _, x := range by[region[:n]] {
				if !yield(x) {
					return
				}
			}
		}
	}
}

func (a *Area) count(g place) {
	a.Customers += g.customers
	if a.has(g) {
		a.Owned += g.customers
	}
}

// has says whether the contractor looks after customers.
func (a *Area) has(g place) bool {
	return a.UserID != 0 && a.UserID == g.owner || a.UnitID != 0 && a.UnitID == g.unit
}

// meets says whether two contracts hold on a common day.
func (a *Area) meets(b *Area) bool {
	return (a.Until == calendar.None || a.Until >= b.From) && (b.Until == calendar.None || b.Until >= a.From)
}

// holds says whether a contract holds on a day.
func (a *Area) holds(on calendar.Date) bool {
	return a.From <= on && (a.Until == calendar.None || a.Until >= on)
}

// Contract gives an area to a person or a unit. Needs customer.assign over all customers. Errors: invalid_input.
func (s *Service) Contract(ctx context.Context, in AreaInput) (a Area, err error) {
	actor, err := requireAll(ctx, authz.CustomerAssign)
	if err != nil {
		return Area{}, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		if a, err = s.contract(ctx, q, actor, in); err != nil {
			return err
		}
		a, err = counted(ctx, q, actor, a, s.Today())
		return err
	})
	return a, err
}

// counted gives a contract as the list shows it.
func counted(ctx context.Context, q db.Q, actor authz.Actor, a Area, today calendar.Date) (Area, error) {
	a, err := loadArea(ctx, q, a.ID)
	if err != nil {
		return a, err
	}
	one := []Area{a}
	if err := countOverlaps(ctx, q, today, one); err != nil {
		return a, err
	}
	err = countAreas(ctx, q, actor.Scope(authz.CustomerRead), one)
	return one[0], err
}

func (s *Service) contract(ctx context.Context, q db.Q, actor authz.Actor, in AreaInput) (Area, error) {
	in.Region, in.Street = strings.TrimSpace(in.Region), strings.TrimSpace(in.Street)
	if d, known := codes.DivisionByCode(in.Region); known {
		in.Region = d.Code // 310000 is 31
	}
	if in.From == calendar.None {
		in.From = s.Today()
	}
	if err := in.Validate(); err != nil {
		return Area{}, err
	}
	var v errs.Validation
	if in.UserID != 0 {
		ok, err := ActivePerson(ctx, q, in.UserID)
		if err != nil {
			return Area{}, err
		}
		v.Check(ok, "user_id", "procedure.unknown_person")
	} else {
		ok, err := knownUnit(ctx, q, in.UnitID)
		if err != nil {
			return Area{}, err
		}
		v.Check(ok, "unit_id", "procedure.unknown_unit")
	}
	if err := v.Err(); err != nil {
		return Area{}, err
	}
	now := s.now()
	a := Area{ID: id.New(now), Region: in.Region, Street: in.Street, UserID: in.UserID, UnitID: in.UnitID, From: in.From, Until: in.Until, Version: 1, Created: now}
	if err := insertArea(ctx, q, a, actor.UserID, clock.Micros(now)); err != nil {
		return Area{}, err
	}
	return a, audit.Write(ctx, q, now, audit.Entry{Action: "area.contract", Entity: "area", EntityID: id.String(a.ID), Detail: a.detail()})
}

// ChangeArea gives a contracted area to somebody else from a day on: the contract ends the day before, and another one of the same
// area begins. Needs customer.assign over all customers. Errors: not_found, precondition_failed, invalid_input.
func (s *Service) ChangeArea(ctx context.Context, areaID, version int64, in AreaInput) (a Area, err error) {
	actor, err := requireAll(ctx, authz.CustomerAssign)
	if err != nil {
		return Area{}, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		old, err := loadArea(ctx, q, areaID)
		if err != nil {
			return err
		}
		var v errs.Validation
		v.Check(in.From > old.From || old.From > s.Today(), "from", "procedure.ends_before_it_begins") // what was in force stays on record
		if err := v.Err(); err != nil {
			return err
		}
		in.Region, in.Street = old.Region, old.Street
		if a, err = s.contract(ctx, q, actor, in); err != nil {
			return err
		}
		last := a.From.AddDays(-1)
		if old.Until != calendar.None { // one that ends before is not made longer
			last = min(last, old.Until)
		}
		if err := s.end(ctx, q, old, version, last); err != nil {
			return err
		}
		a, err = counted(ctx, q, actor, a, s.Today())
		return err
	})
	return a, err
}

// EndArea ends a contract: until is its last day, None = yesterday, at once. One that has not begun is taken away. Needs
// customer.assign over all customers. Errors: not_found, precondition_failed.
func (s *Service) EndArea(ctx context.Context, areaID, version int64, until calendar.Date) error {
	if _, err := requireAll(ctx, authz.CustomerAssign); err != nil {
		return err
	}
	if until == calendar.None {
		until = s.Today().AddDays(-1)
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		a, err := loadArea(ctx, q, areaID)
		if err != nil {
			return err
		}
		return s.end(ctx, q, a, version, until)
	})
}

func (s *Service) end(ctx context.Context, q db.Q, a Area, version int64, until calendar.Date) error {
	ok, err := endArea(ctx, q, a, version, until, clock.Micros(s.now()))
	if err != nil {
		return err
	}
	if !ok {
		return errs.New(errs.Precondition, "precondition_failed")
	}
	a.Until = until
	return audit.Write(ctx, q, s.now(), audit.Entry{Action: "area.end", Entity: "area", EntityID: id.String(a.ID), Detail: a.detail()})
}

func (a *Area) detail() map[string]any {
	return map[string]any{
		"region": a.Region, "street": a.Street, "user_id": id.Optional(a.UserID), "unit_id": id.Optional(a.UnitID), "from": a.From.String(), "until": dayText(a.Until),
	}
}

// dayText is a day for the audit and the API: "" for none.
func dayText(d calendar.Date) string {
	if d == calendar.None {
		return ""
	}
	return d.String()
}
