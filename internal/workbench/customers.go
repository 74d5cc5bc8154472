package workbench

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// Movement is a change of grade of a customer.
type Movement struct {
	CustomerID       int64
	Code, Name       string // of the customer
	Rulebook, Scheme string
	FromCode, ToCode string
	Direction        int // 1 up, -1 down
	AsOf             calendar.Date
	RunID            int64
}

// SpecialDay is a birthday or a day with a name within the week.
type SpecialDay struct {
	CustomerID, ContactID int64  // contact 0 = the customer's own
	Day                   string // name of the day, "" = a birthday
	Lunar                 bool
	Customer, Name, Title string // Name and Title of the contact
	Phone                 string
	On                    calendar.Date // the day it is kept this year

	dayID int64
}

// GradeCount is how many of the person's customers have a grade.
type GradeCount struct {
	Scheme, Code string // Code "" = no grade
	Position     int
	Customers    int64
}

// Customers is what happened to customers and what is about to.
type Customers struct {
	Today     calendar.Date
	Movements []Movement   // of the last thirty days, newest first
	Up, Down  int          // of all movements that were counted
	More      bool         // there are more movements than were counted
	Days      []SpecialDay // of the seven days from today on, by their day
	Grades    []GradeCount
}

// Customers gives the movements between grades, the special days of the week and, of the own customers, how they are spread over the
// grades. Needs to be signed in; with Unit customer.read over more than the own customers.
func (s *Service) Customers(ctx context.Context, whose Whose) (Customers, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return Customers{}, err
	}
	scope, err := within(actor, authz.CustomerRead, whose)
	if err != nil {
		return Customers{}, err
	}
	out := Customers{Today: s.today()}
	err = s.db.InRead(ctx, func(q db.Q) error {
		if may(actor, authz.GradingRead) {
			if err := out.readGrades(ctx, q, actor, whose); err != nil {
				return err
			}
		}
		if may(actor, authz.CustomerRead) {
			out.Days, err = specialDaysIn(ctx, q, whose, scope, out.Today)
		}
		return err
	})
	return out, err
}

func (c *Customers) readGrades(ctx context.Context, q db.Q, actor authz.Actor, whose Whose) error {
	since := c.Today.AddDays(-recentDays)
	var all []Movement
	var err error
	if whose == Mine {
		if c.Grades, err = gradesOf(ctx, q, actor.UserID); err != nil {
			return err
		}
		all, err = movementsOf(ctx, q, actor.UserID, since)
	} else {
		var scope authz.Scope
		if scope, err = within(actor, authz.GradingRead, whose); err != nil {
			return err
		}
		all, err = movementsWithin(ctx, q, scope, since)
	}
	if err != nil {
		return err
	}
	c.More = len(all) > maxMoved
	all = all[:min(len(all), maxMoved)]
	for i := range all {
		if all[i].Direction > 0 {
			c.Up++
		} else {
			c.Down++
		}
	}
	c.Movements = all[:min(len(all), maxMovements)]
	return nil
}

// yearlyIn gives the keys of the yearly days that are kept on the seven days from today on, in their order, and the day of each.
func yearlyIn(today calendar.Date) (keys []int64, on map[int64]calendar.Date) {
	on = map[int64]calendar.Date{}
	for i := range 7 {
		d := today.AddDays(i)
		for _, y := range calendar.YearlyOn(d) {
			key := yearlyKey(y.Lunar, int64(y.MonthDay()))
			keys, on[key] = append(keys, key), d
		}
	}
	return keys, on
}

// yearlyKey makes one number of a yearly day.
func yearlyKey(lunar bool, monthDay int64) int64 {
	if lunar {
		return 10_000 + monthDay
	}
	return monthDay
}
