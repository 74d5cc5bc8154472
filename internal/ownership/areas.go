package ownership

import (
	"context"
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

// Areas gives the contracts that are not over. Needs customer.read.
func (s *Service) Areas(ctx context.Context) ([]Area, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return nil, err
	}
	q := s.db.Read()
	list, err := listAreas(ctx, q, s.Today(), true)
	if err != nil {
		return nil, err
	}
	for i := range list {
		a := &list[i]
		if err := countArea(ctx, q, actor.Scope(authz.CustomerRead), a); err != nil {
			return nil, err
		}
		for j := range list {
			if i != j && list[j].Region == a.Region && list[j].Street == a.Street && list[j].meets(a) {
				a.Overlaps++
			}
		}
	}
	return list, nil
}

// meets says whether two contracts hold on a common day.
func (a *Area) meets(b *Area) bool {
	return (a.Until == calendar.None || a.Until >= b.From) && (b.Until == calendar.None || b.Until >= a.From)
}

// Contract gives an area to a person or a unit. Needs customer.assign over all customers. Errors: invalid_input.
func (s *Service) Contract(ctx context.Context, in AreaInput) (Area, error) {
	actor, err := requireAll(ctx, authz.CustomerAssign)
	if err != nil {
		return Area{}, err
	}
	in.Region, in.Street = strings.TrimSpace(in.Region), strings.TrimSpace(in.Street)
	if in.From == calendar.None {
		in.From = s.Today()
	}
	if err := in.Validate(); err != nil {
		return Area{}, err
	}
	now := s.now()
	a := Area{ID: id.New(now), Region: in.Region, Street: in.Street, UserID: in.UserID, UnitID: in.UnitID, From: in.From, Until: in.Until, Version: 1, Created: now}
	err = s.db.InTx(ctx, func(q db.Q) error {
		var v errs.Validation
		if in.UserID != 0 {
			ok, err := activePerson(ctx, q, in.UserID)
			if err != nil {
				return err
			}
			v.Check(ok, "user_id", "procedure.unknown_person")
		} else {
			ok, err := knownUnit(ctx, q, in.UnitID)
			if err != nil {
				return err
			}
			v.Check(ok, "unit_id", "procedure.unknown_unit")
		}
		if err := v.Err(); err != nil {
			return err
		}
		if err := insertArea(ctx, q, a, actor.UserID, clock.Micros(now)); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "area.contract", Entity: "area", EntityID: id.String(a.ID), Detail: a.detail()})
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
		ok, err := endArea(ctx, q, a, version, until, clock.Micros(s.now()))
		if err != nil {
			return err
		}
		if !ok {
			return errs.New(errs.Precondition, "precondition_failed")
		}
		a.Until = until
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "area.end", Entity: "area", EntityID: id.String(a.ID), Detail: a.detail()})
	})
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
