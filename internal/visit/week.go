package visit

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
)

const (
	// ahead is how many days after the week a duty may come due to be proposed in it.
	ahead = 7
	// MaxPerDay bounds how many visits somebody makes on a day.
	MaxPerDay = 12
)

// Proposal is a visit that would keep a duty, with why it stands where it does.
type Proposal struct {
	Duty     duty.Duty
	Customer Customer
	Overdue  bool
	Near     Nearness
	NearTo   string // the name of the customer it is close to
	NearM    *int64 // metres to that customer, nil = not known
}

// NotProposed is a duty that has no place in the week.
type NotProposed struct {
	Duty duty.Duty
	Why  LeftWhy
}

// WeekDay is a day of a week with what is fixed and what is proposed.
type WeekDay struct {
	Day
	Fixed    []Visit
	Proposed []Proposal
}

// Week is a week with proposed visits. Nothing of it is kept: whoever accepts a proposal plans the visit (Create).
type Week struct {
	Days []WeekDay // Monday to Sunday
	Left []NotProposed
	More bool // more duties are owed than were looked at
}

// ProposeWeek proposes visits of a person in the week of a day, from today on: for duties of visiting that are overdue or come due until the
// end of the week after, beside the visits that are fixed, at most perDay on each working day on which the person is there. Needs
// duty.read; only what the actor may see is looked at. Errors: invalid_input.
func (s *Service) ProposeWeek(ctx context.Context, on calendar.Date, ownerID int64, perDay int) (Week, error) {
	if _, err := authz.Require(ctx, authz.DutyRead); err != nil {
		return Week{}, err
	}
	var v errs.Validation
	v.Check(on != calendar.None, "on", "field.required")
	v.Check(perDay >= 1 && perDay <= MaxPerDay, "per_day", "field.not_allowed", "value", perDay)
	if err := v.Err(); err != nil {
		return Week{}, err
	}
	monday := on.AddDays(-(int(on.Weekday()) + 6) % 7)
	agenda, err := s.AgendaOf(ctx, monday, monday.AddDays(6), []int64{ownerID})
	if err != nil {
		return Week{}, err
	}
	owed, more, err := s.owed(ctx, duty.Filter{
		OwnerIDs: []int64{ownerID}, Activities: []string{"visit"}, States: []duty.State{duty.Open, duty.Missed}, From: calendar.None, To: monday.AddDays(6 + ahead),
	})
	if err != nil {
		return Week{}, err
	}
	p := &proposing{agenda: agenda, duties: map[int64]duty.Duty{}, today: s.Today(), perDay: perDay}
	if p.customers, err = s.customersOf(ctx, owed); err != nil {
		return Week{}, err
	}
	return p.week(owed, more), nil
}

// customersOf gives where the customers of duties are found, by id.
func (s *Service) customersOf(ctx context.Context, owed []duty.Duty) (map[int64]Customer, error) {
	ids := make([]int64, len(owed))
	for i, d := range owed {
		ids[i] = d.CustomerID
	}
	return placesOf(ctx, s.db.Read(), ids)
}

// proposing turns what is known into the input of PlanWeek, and its answer into a week.
type proposing struct {
	agenda    Agenda
	customers map[int64]Customer
	duties    map[int64]duty.Duty
	today     calendar.Date
	perDay    int
}

func (p *proposing) week(owed []duty.Duty, more bool) Week {
	there := map[int64]bool{} // whom somebody visits this week anyhow, on whatever day
	for _, v := range p.agenda.Visits {
		there[v.CustomerID] = true
	}
	out := Week{More: more || p.agenda.More}
	var list []Owed
	for _, d := range owed {
		c, known := p.customers[d.CustomerID]
		if !known { // what a whole grade is owed, or of a customer that is archived
			continue
		}
		if there[d.CustomerID] {
			out.Left = append(out.Left, NotProposed{d, SameCustomer})
			continue
		}
		p.duties[d.ID] = d
		list = append(list, Owed{Stop: c.stop(d.ID, d.CustomerID), From: d.WindowFrom, Due: d.DueOn})
	}
	at := map[calendar.Date]int{}
	var days []PlanDay
	for i, d := range p.agenda.Days {
		at[d.On] = i
		day := WeekDay{Day: d}
		for _, v := range p.agenda.Visits {
			if v.On == d.On {
				day.Fixed = append(day.Fixed, v)
			}
		}
		out.Days = append(out.Days, day)
		if d.On >= p.today && d.Working && !d.Away {
			days = append(days, p.planDay(day))
		}
	}
	placed, left := PlanWeek(days, list, p.today)
	for _, x := range placed {
		day := &out.Days[at[x.On]]
		day.Proposed = append(day.Proposed, p.proposal(x))
	}
	for _, x := range left {
		out.Left = append(out.Left, NotProposed{p.duties[x.ID], x.Why})
	}
	return out
}

func (p *proposing) planDay(d WeekDay) PlanDay {
	out := PlanDay{On: d.On, Room: p.perDay - len(d.Fixed)}
	for _, v := range d.Fixed {
		out.Stops = append(out.Stops, v.Customer.stop(v.ID, v.CustomerID))
	}
	return out
}

// stop is where a customer is found, as a stop of a week.
func (c Customer) stop(stopID, customerID int64) Stop {
	return Stop{ID: stopID, Whose: customerID, Spot: c.Place, Region: c.Region, Street: streetOf(c.Address)}
}

func (p *proposing) proposal(x Placed) Proposal {
	d := p.duties[x.ID]
	out := Proposal{Duty: d, Customer: p.customers[d.CustomerID], Overdue: x.Due < p.today, Near: x.Near}
	if x.NearID == 0 {
		return out
	}
	near := p.named(x.NearID)
	out.NearTo = near.Name
	if out.Customer.Place != nil && near.Place != nil {
		m := out.Customer.Place.Metres(*near.Place)
		out.NearM = &m
	}
	return out
}

// named gives the customer of a stop: that of a fixed visit or of a duty.
func (p *proposing) named(stopID int64) Customer {
	for _, v := range p.agenda.Visits {
		if v.ID == stopID {
			return v.Customer
		}
	}
	return p.customers[p.duties[stopID].CustomerID]
}
