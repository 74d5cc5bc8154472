package promise

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
)

// State is what became of a promise; see the diagram in doc.go.
type State string

// The states.
const (
	Open      State = "open"
	Overdue   State = "overdue"
	Kept      State = "kept"
	Late      State = "late"
	Broken    State = "broken"
	Withdrawn State = "withdrawn"
)

// States lists them in the order in which they are offered.
var States = []State{Overdue, Open, Kept, Late, Broken, Withdrawn}

// Live says whether the promise is still to be kept.
func (s State) Live() bool { return s == Open || s == Overdue }

// Act is what somebody does with a promise.
type Act string

// The acts.
const (
	ActKeep     Act = "keep"
	ActMove     Act = "move"
	ActBreak    Act = "break"
	ActWithdraw Act = "withdraw"
	ActReopen   Act = "reopen"
)

// Acts lists them in the order in which they are offered.
var Acts = []Act{ActKeep, ActMove, ActBreak, ActWithdraw, ActReopen}

// What the history holds beside the acts of people.
const (
	stepMake    = "make"
	stepGive    = "give"
	stepOverdue = "overdue"
)

// Origin is where a promise was made.
type Origin string

// The origins; the empty one says nothing of it.
const (
	InVisit Origin = "visit"
	InCall  Origin = "call"
	InCase  Origin = "case"
	// InSeminar came of an event.
	InSeminar Origin = "seminar"
)

// Origins lists those that name something.
var Origins = []Origin{InVisit, InCall, InCase, InSeminar}

const (
	maxWhat = 500 // characters
	maxSaid = 500 // characters
	maxKey  = 200 // bytes
	// farthest is how many days ahead a promise may be due.
	farthest = 3660
)

// Input is what somebody promised.
type Input struct {
	ContactID int64 // the person it was made to, 0 = the customer as such
	OwnerID   int64 // who is to keep it; 0 = whoever looks after the customer
	What      string
	Purpose   string
	DueOn     calendar.Date
	MadeOn    calendar.Date // None = today
	MadeIn    Origin
	MadeRef   int64
}

// validate reports every wrong field.
func (in Input) validate(today calendar.Date) error {
	var v errs.Validation
	v.Check(strings.TrimSpace(in.What) != "", "what", "field.required")
	v.Check(utf8.RuneCountInString(in.What) <= maxWhat, "what", "field.too_long", "max", maxWhat)
	v.Check(utf8.RuneCountInString(in.Purpose) <= maxSaid, "purpose", "field.too_long", "max", maxSaid)
	v.Check(in.DueOn != calendar.None, "due_on", "field.required")
	v.Check(in.DueOn == calendar.None || in.DueOn >= in.MadeOn, "due_on", "promise.due_before_made")
	v.Check(in.DueOn == calendar.None || in.DueOn <= today.AddDays(farthest), "due_on", "promise.too_far")
	v.Check(in.MadeOn <= today, "made_on", "promise.in_future")
	v.Check(in.MadeIn == "" && in.MadeRef == 0 || slices.Contains(Origins, in.MadeIn) && in.MadeRef != 0, "made_in", "field.not_allowed", "value", string(in.MadeIn))
	return v.Err()
}

// Promise is something a customer was promised.
type Promise struct {
	ID, CustomerID int64
	UnitID         int64
	Input
	ByOwner   bool // kept by whoever looks after the customer
	FirstDue  calendar.Date
	Moved     int64 // how often its day was moved
	State     State // as written; see At
	SettledOn calendar.Date
	Said      string // how it was kept, or why not
	FactID    int64
	CreatedBy int64
	CreatedAt int64 // microseconds
	Version   int64

	Customer  Customer
	Contact   string
	OwnerName string
	Steps     []Step // its history, oldest first; only from Get and acts
}

// Customer is what a promise shows of whom it was made to.
type Customer struct {
	Code, Name, Region string
	OwnerID, UnitID    int64
}

// Step is an entry of the history.
type Step struct {
	Act    string
	ByID   int64
	ByName string
	At     int64 // microseconds
	From   calendar.Date
	To     calendar.Date
	Said   string
}

// At gives the state on a day: open until the day promised, overdue after it, whether or not the night has marked it.
func (p Promise) At(today calendar.Date) State {
	switch {
	case !p.State.Live():
		return p.State
	case p.DueOn < today:
		return Overdue
	}
	return Open
}

// May says whether the act may be done with the promise.
func (p Promise) May(act Act) bool { return (act == ActReopen) != p.State.Live() }

// Deed is an act with what it brings.
type Deed struct {
	Act  Act
	On   calendar.Date // keep: the day it was done, None = today; move: the new day
	Said string        // how it was kept, or why
}

// decide gives the promise as it is after the deed. Errors: invalid_input, promise.wrong_state.
func decide(p Promise, d Deed, today calendar.Date) (Promise, error) {
	var v errs.Validation
	v.Check(slices.Contains(Acts, d.Act), "act", "field.not_allowed", "value", string(d.Act))
	v.Check(strings.TrimSpace(d.Said) != "", "said", "field.required")
	v.Check(utf8.RuneCountInString(d.Said) <= maxSaid, "said", "field.too_long", "max", maxSaid)
	switch d.Act {
	case ActMove:
		v.Check(d.On != calendar.None, "on", "field.required")
		v.Check(d.On == calendar.None || d.On >= today && d.On != p.DueOn, "on", "promise.move_ahead")
		v.Check(d.On <= today.AddDays(farthest), "on", "promise.too_far")
	case ActKeep:
		v.Check(d.On == calendar.None || d.On <= today, "on", "promise.in_future")
		v.Check(d.On == calendar.None || d.On >= p.MadeOn, "on", "promise.kept_before_made")
	}
	if err := v.Err(); err != nil {
		return p, err
	}
	if !p.May(d.Act) {
		return p, errs.New(errs.Conflict, "promise.wrong_state", "state", string(p.At(today)))
	}
	return p.after(d, today), nil
}

func (p Promise) after(d Deed, today calendar.Date) Promise {
	p.Said, p.SettledOn = strings.TrimSpace(d.Said), today
	switch d.Act {
	case ActKeep:
		if d.On != calendar.None {
			p.SettledOn = d.On
		}
		if p.State = Kept; p.SettledOn > p.DueOn {
			p.State = Late
		}
	case ActBreak:
		p.State = Broken
	case ActWithdraw:
		p.State = Withdrawn
	case ActMove:
		p.State, p.DueOn, p.SettledOn, p.Said = Open, d.On, calendar.None, ""
		p.Moved++
	case ActReopen:
		p.State, p.SettledOn, p.Said = Open, calendar.None, ""
	}
	return p
}

// factOf gives the kind of fact the end of a promise becomes, empty for none.
func factOf(s State) string {
	switch s {
	case Kept:
		return "promise_kept"
	case Late:
		return "promise_late"
	case Broken:
		return "promise_broken"
	}
	return ""
}
