package record

import (
	"context"
	"encoding/json"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/duty"
	"kezhi/internal/grading"
	"kezhi/internal/rule"
)

// openDuties is how many duties the page shows.
const openDuties = 10

// Schemes gives the labels of a rulebook's grades as they are in force on a day; the composition root takes it from the
// rulebook feature. An error leaves the bare codes.
type Schemes func(ctx context.Context, q db.Q, rulebook, scheme string, on calendar.Date) (rule.Scheme, error)

// Service reads the record page.
type Service struct {
	db        *db.DB
	now       clock.Clock
	loc       *time.Location
	customers *customer.Service
	duties    *duty.Service
	schemes   Schemes
	frames    grading.Frames
}

// New makes the service. loc is the organisation's time zone.
func New(d *db.DB, now clock.Clock, loc *time.Location, customers *customer.Service, duties *duty.Service, schemes Schemes) *Service {
	return &Service{db: d, now: now, loc: loc, customers: customers, duties: duties, schemes: schemes}
}

// Amount is a sum in one currency, in minor units.
type Amount struct {
	Currency string
	Minor    int64
}

// Figures are what the header shows. A member is empty when the actor may not read what it is made of.
type Figures struct {
	Sales         []Amount // of twelve months up to today, by currency
	Orders        int64    // documents of the same time
	LastOrder     calendar.Date
	OpenDuties    int64
	OverdueDuties int64
}

// Month is what the facts of one kind and currency add up to in a month.
type Month struct {
	Month    string // YYYY-MM
	Kind     string // order or payment
	Currency string
	Minor    int64
	Facts    int64
}

// Standing is the verdict that counts now under one rulebook.
type Standing struct {
	Rulebook, Scheme string
	Code, Reason     string // Code "" = no grade, for the reason
	Label            rule.Label
	Score            *int64 // millionths of a point
	AsOf, Since      calendar.Date
	PreviousCode     string
	VerdictID        int64
	Version          string
	Next             *rule.ExplainedNext // what is missing for the next better grade; nil when there is none or it is not known

	frame       int64 // what the explanation fills
	explanation []byte
}

// Record is the 360° page.
type Record struct {
	Ref       customer.Ref
	Today     calendar.Date
	Figures   Figures
	Months    []Month // 24 months up to the present one, oldest first; months without facts are left out
	Duties    []duty.Duty
	Contacts  []customer.Contact
	Relations []customer.Related
	Standings []Standing
	// May says which parts the actor may read.
	May struct{ Facts, Duties, Grades bool }
}

// Get gives the page of a customer. Needs customer.read over it. Error: not_found.
func (s *Service) Get(ctx context.Context, customerID int64) (Record, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return Record{}, err
	}
	ref, err := s.customers.Guard(ctx, authz.CustomerRead, customerID)
	if err != nil {
		return Record{}, err
	}
	r := Record{Ref: ref, Today: calendar.FromTime(s.now(), s.loc)}
	r.Figures.LastOrder = calendar.None
	r.May.Facts = covers(actor, authz.FactRead, ref)
	r.May.Duties = covers(actor, authz.DutyRead, ref)
	r.May.Grades = covers(actor, authz.GradingRead, ref)
	if err := s.readOwn(ctx, &r); err != nil {
		return Record{}, err
	}
	if r.May.Duties {
		if r.Duties, r.Figures.OpenDuties, r.Figures.OverdueDuties, err = s.duties.OfCustomer(ctx, customerID, openDuties); err != nil {
			return Record{}, err
		}
	}
	if r.Contacts, err = s.customers.Contacts(ctx, customerID, false); err != nil {
		return Record{}, err
	}
	r.Relations, err = s.customers.Relations(ctx, customerID)
	return r, err
}

// readOwn reads figures, months and standings on one snapshot.
func (s *Service) readOwn(ctx context.Context, r *Record) error {
	return s.db.InRead(ctx, func(q db.Q) error {
		if r.May.Facts {
			if err := s.readFacts(ctx, q, r); err != nil {
				return err
			}
		}
		if !r.May.Grades {
			return nil
		}
		var err error
		if r.Standings, err = standingsOf(ctx, q, r.Ref.ID); err != nil {
			return err
		}
		for i := range r.Standings {
			s.label(ctx, q, &r.Standings[i], r.Today)
			s.next(ctx, q, &r.Standings[i])
		}
		return nil
	})
}

// label adds the words of the grade; a rulebook that is no longer in force leaves the code as its own name.
func (s *Service) label(ctx context.Context, q db.Q, st *Standing, today calendar.Date) {
	st.Label = rule.Label{Code: st.Code, Title: rule.Text{Zh: st.Code, En: st.Code}}
	scheme, err := s.schemes(ctx, q, st.Rulebook, st.Scheme, today)
	if err != nil {
		return
	}
	for _, l := range scheme.Labels {
		if l.Code == st.Code {
			st.Label = l
		}
	}
}

// next reads what is missing for the next grade. An explanation of an older form leaves the rest of the page whole.
func (s *Service) next(ctx context.Context, q db.Q, st *Standing) {
	text, err := s.frames.Explanation(ctx, q, st.frame, st.explanation)
	var e struct {
		Next *rule.ExplainedNext `json:"next"`
	}
	if err == nil && json.Unmarshal(text, &e) == nil {
		st.Next = e.Next
	}
	st.explanation = nil
}

func (s *Service) readFacts(ctx context.Context, q db.Q, r *Record) error {
	years := window{from: r.Today.MonthStart().AddMonths(-23), to: r.Today}
	taken, err := takenBack(ctx, q, r.Ref.ID, years)
	if err != nil {
		return err
	}
	if r.Months, err = monthsOf(ctx, q, r.Ref.ID, years, taken); err != nil {
		return err
	}
	year := window{from: r.Today.AddMonths(-12).AddDays(1), to: r.Today}
	if r.Figures.Sales, err = salesOf(ctx, q, r.Ref.ID, year, taken); err != nil {
		return err
	}
	if r.Figures.Orders, err = ordersOf(ctx, q, r.Ref.ID, year, taken); err != nil {
		return err
	}
	r.Figures.LastOrder, err = lastOrder(ctx, q, r.Ref.ID, r.Today)
	return err
}

// window is a stretch of days, both ends included.
type window struct{ from, to calendar.Date }

func covers(actor authz.Actor, p authz.Permission, ref customer.Ref) bool {
	return actor.Grants[p] != authz.ReachNone && actor.Scope(p).Covers(ref.Place())
}
