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

// Birthday is the birthday of a contact within the week.
type Birthday struct {
	CustomerID, ContactID int64
	Customer, Name, Title string
	Phone                 string
	On                    calendar.Date // this year's day; 29 February is kept on 28 February in other years
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
	Movements []Movement // of the last thirty days, newest first
	Up, Down  int        // of all movements that were counted
	More      bool       // there are more movements than were counted
	Birthdays []Birthday // of the seven days from today on, by their day
	Grades    []GradeCount
}

// Customers gives the movements between grades, the birthdays of the week and, of the own customers, how they are spread over the
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
			out.Birthdays, err = birthdaysIn(ctx, q, whose, scope, out.Today)
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

// weekOf gives the seven days from today on as month * 100 + day, and which day each is this year. A birthday on
// 29 February is kept on 28 February in years without one.
func weekOf(today calendar.Date) (days []int64, on map[int64]calendar.Date) {
	on = map[int64]calendar.Date{}
	add := func(monthDay int64, d calendar.Date) { days, on[monthDay] = append(days, monthDay), d }
	for i := range 7 {
		d := today.AddDays(i)
		year, month, day := d.Civil()
		add(int64(month*100+day), d)
		if month == 2 && day == 28 && calendar.DaysIn(year, 2) == 28 {
			add(229, d)
		}
	}
	return days, on
}
