package customer

import (
	"context"
	"slices"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// The kinds of special days.
const (
	DayBirthday = "birthday"
	DayNamed    = "day" // one with a name: founding day, opening of a shop
)

const (
	maxDays      = 100 // special days of one customer
	maxDayName   = 80  // characters
	firstDayYear = 1850
	lastDayYear  = 2099
)

// SpecialDay is a day of a customer, or of one of its contacts, that comes back every year.
type SpecialDay struct {
	ID, CustomerID int64
	SpecialDayInput
	Contact   string // name of whose day it is, "" = the customer's own
	Version   int64
	UpdatedAt time.Time
}

// SpecialDayInput is what is said about a special day.
type SpecialDayInput struct {
	ContactID int64  // 0 = the customer's own
	Kind      string // DayBirthday or DayNamed
	Name      string // of a named day
	On        calendar.Yearly
	Year      int // in which it happened first, by the same calendar; 0 = not known
	Note      string
}

func (in SpecialDayInput) normal() (SpecialDayInput, error) {
	var v errs.Validation
	in.Name, in.Note = tidy(in.Name), tidyLines(in.Note)
	checkChoice(&v, "kind", in.Kind, []string{DayBirthday, DayNamed})
	if in.Kind == DayBirthday {
		in.Name = ""
	} else {
		v.Check(in.Name != "", "name", "field.required")
	}
	checkLength(&v, "name", in.Name, maxDayName)
	checkLength(&v, "note", in.Note, maxNote)
	v.Check(in.Year == 0 || in.Year >= firstDayYear && in.Year <= lastDayYear, "year", "config.range", "min", firstDayYear, "max", lastDayYear)
	real := in.On.Valid()
	if real && in.Year != 0 && !in.On.Lunar {
		_, err := calendar.Of(in.Year, in.On.Month, in.On.Day)
		real = err == nil
	}
	v.Check(real, "day", "customer.no_such_day")
	return in, v.Err()
}

// SpecialDays lists the special days of a customer and of the contacts it has, by contact. Error: not_found.
func (s *Service) SpecialDays(ctx context.Context, customerID int64) ([]SpecialDay, error) {
	if _, err := s.Guard(ctx, authz.CustomerRead, customerID); err != nil {
		return nil, err
	}
	return daysOf(ctx, s.db.Read(), customerID)
}

// AddSpecialDay keeps a special day. Errors: not_found, customer.archived, invalid_input, customer.days_full,
// customer.birthday_known (whoever it is has one already).
func (s *Service) AddSpecialDay(ctx context.Context, customerID int64, in SpecialDayInput) (SpecialDay, error) {
	return s.withDay(ctx, customerID, in, func(q db.Q, have []SpecialDay, in SpecialDayInput, now time.Time) (int64, error) {
		if len(have) >= maxDays {
			return 0, errs.New(errs.TooLarge, "customer.days_full", "max", maxDays)
		}
		dayID := id.New(now)
		if err := insertDays(ctx, q, []part[SpecialDay]{{customerID, SpecialDay{ID: dayID, SpecialDayInput: in}}}, now); err != nil {
			return 0, err
		}
		return dayID, s.dayChanged(ctx, q, now, "special_day.create", customerID, dayID, dayDiff(SpecialDayInput{}, in))
	})
}

// SetSpecialDay replaces a special day of a version. Errors as AddSpecialDay, and precondition_failed.
func (s *Service) SetSpecialDay(ctx context.Context, customerID, dayID, version int64, in SpecialDayInput) (SpecialDay, error) {
	return s.withDay(ctx, customerID, in, func(q db.Q, have []SpecialDay, in SpecialDayInput, now time.Time) (int64, error) {
		cur, err := dayAt(have, dayID, version)
		if err != nil {
			return 0, err
		}
		changes := dayDiff(cur.SpecialDayInput, in)
		if len(changes) == 0 {
			return dayID, nil
		}
		if err := updateDay(ctx, q, customerID, dayID, in, now); err != nil {
			return 0, err
		}
		return dayID, s.dayChanged(ctx, q, now, "special_day.update", customerID, dayID, changes)
	})
}

// RemoveSpecialDay forgets a special day of a version; what it was stays in the history of the customer. Errors: not_found,
// customer.archived, precondition_failed.
func (s *Service) RemoveSpecialDay(ctx context.Context, customerID, dayID, version int64) error {
	actor, err := authz.Require(ctx, authz.CustomerWrite)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		now := s.now()
		if err := openParts(ctx, q, actor, customerID, now); err != nil {
			return err
		}
		have, err := daysOf(ctx, q, customerID)
		if err != nil {
			return err
		}
		cur, err := dayAt(have, dayID, version)
		if err != nil {
			return err
		}
		if err := deleteDay(ctx, q, customerID, dayID); err != nil {
			return err
		}
		return s.dayChanged(ctx, q, now, "special_day.remove", customerID, dayID, dayDiff(cur.SpecialDayInput, SpecialDayInput{}))
	})
}

// withDay checks what is said about a special day, has it written and gives what stands there then.
func (s *Service) withDay(ctx context.Context, customerID int64, in SpecialDayInput, write func(q db.Q, have []SpecialDay, in SpecialDayInput, now time.Time) (int64, error)) (SpecialDay, error) {
	actor, err := authz.Require(ctx, authz.CustomerWrite)
	if err != nil {
		return SpecialDay{}, err
	}
	if in, err = in.normal(); err != nil {
		return SpecialDay{}, err
	}
	var out SpecialDay
	err = s.db.InTx(ctx, func(q db.Q) error {
		now := s.now()
		if err := openParts(ctx, q, actor, customerID, now); err != nil {
			return err
		}
		if err := mayHave(ctx, q, customerID, in); err != nil {
			return err
		}
		have, err := daysOf(ctx, q, customerID)
		if err != nil {
			return err
		}
		dayID, err := write(q, have, in, now)
		if db.UniqueTable(err) == "special_day" {
			return errs.New(errs.Conflict, "customer.birthday_known")
		}
		if err != nil {
			return err
		}
		if have, err = daysOf(ctx, q, customerID); err != nil {
			return err
		}
		out, err = dayAt(have, dayID, 0)
		return err
	})
	return out, err
}

// mayHave says whether the one whose day it is to be is there and may have such a day: an organisation has no birthday.
func mayHave(ctx context.Context, q db.Q, customerID int64, in SpecialDayInput) error {
	var v errs.Validation
	if in.ContactID != 0 {
		p, err := loadContact(ctx, q, customerID, in.ContactID)
		if err != nil && !db.IsNoRows(err) {
			return err
		}
		v.Check(err == nil && !p.Archived, "contact_id", "customer.no_such_contact")
		return v.Err()
	}
	if in.Kind != DayBirthday {
		return nil
	}
	c, err := load(ctx, q, customerID)
	v.Check(c.Party == PartyPerson, "contact_id", "customer.birthday_whose")
	return firstError(err, v.Err())
}

// dayAt finds a day of a version, 0 = of any.
func dayAt(list []SpecialDay, dayID, version int64) (SpecialDay, error) {
	at := slices.IndexFunc(list, func(d SpecialDay) bool { return d.ID == dayID })
	switch {
	case at < 0:
		return SpecialDay{}, db.ErrNoRows
	case version != 0 && list[at].Version != version:
		return SpecialDay{}, stale(list[at])
	}
	return list[at], nil
}

func (s *Service) dayChanged(ctx context.Context, q db.Q, now time.Time, action string, customerID, dayID int64, changes []audit.Change) error {
	entry := audit.Entry{Action: action, Entity: "special_day", EntityID: id.String(dayID), CustomerID: customerID, Detail: changes}
	if err := audit.Write(ctx, q, now, entry); err != nil {
		return err
	}
	f, err := loadRef(ctx, q, customerID)
	if err != nil {
		return err
	}
	return s.bus.Emit(ctx, q, EventUpdated, customerID, Happened{Fields: []string{"special_days"}, OwnerID: f.OwnerID, UnitID: f.UnitID})
}

func dayDiff(before, after SpecialDayInput) []audit.Change {
	var out []audit.Change
	add := func(field string, b, a any) {
		if b != a {
			out = append(out, audit.Change{Field: field, Before: b, After: a})
		}
	}
	add("contact_id", idText(before.ContactID), idText(after.ContactID))
	add("kind", before.Kind, after.Kind)
	add("name", before.Name, after.Name)
	add("lunar", before.On.Lunar, after.On.Lunar)
	add("year", before.Year, after.Year)
	add("month_day", before.On.MonthDay(), after.On.MonthDay())
	add("note", before.Note, after.Note)
	return out
}
