package flow

import (
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/expr"
)

// Env is the world as the caller sees it at the moment of an act. Its functions are asked while the act is worked out and
// must answer the same within one call.
type Env struct {
	Now  int64 // microseconds since 1970 UTC
	Zone *time.Location
	// Calendar says which days are worked; nil knows weekends only, and no year.
	Calendar *calendar.Working
	// CustomerUnit and StarterUnit are the units from which posts are looked for; 0 when there is none. Without a customer
	// the starter's unit counts for both.
	CustomerUnit int64
	StarterUnit  int64
	// Value gives what the engine does not know: customer.*, measure.* ... nil: all missing.
	Value func(name string) expr.Value
	// Show gives the same as a text, for computed fields of a form; "" when missing. nil: all missing.
	Show func(name string) string
	// Fills says whether a person may act for a target now: is that person, or holds the post nearest to the unit. nil: only
	// people who are named.
	Fills func(person int64, t Target) bool
	// StandsIn says whether a person may act for an absent one now. nil: nobody may.
	StandsIn func(person, absent int64) bool
	// Somebody says whether anybody who is not barred may act for a target, substitutes included. nil: anybody named or any post.
	Somebody func(t Target, barred []int64) bool
	// Ahead says whether the customer's matters of this kind come before others by another rulebook of the house. nil: no.
	Ahead func() bool
	// Above gives whom to ask when every holder of a target is barred: the nearest superior. nil: nobody.
	Above func(t Target) (Target, bool)
}

func (e *Env) fills(person int64, t Target) bool {
	if person == 0 || t == (Target{}) {
		return false
	}
	if e.Fills == nil {
		return t.Person == person
	}
	return e.Fills(person, t)
}

func (e *Env) standsIn(person, absent int64) bool {
	return e.StandsIn != nil && e.StandsIn(person, absent)
}

func (e *Env) somebody(t Target, barred []int64) bool {
	if t == (Target{}) {
		return false
	}
	if e.Somebody != nil {
		return e.Somebody(t, barred)
	}
	for _, b := range barred {
		if t.Person == b {
			return false
		}
	}
	return true
}

func (e *Env) value(name string) expr.Value {
	if e.Value == nil {
		return expr.Value{Missing: true}
	}
	return e.Value(name)
}

func (e *Env) show(name string) string {
	if e.Show == nil {
		return ""
	}
	return e.Show(name)
}

func (e *Env) zone() *time.Location {
	if e.Zone == nil {
		return time.UTC
	}
	return e.Zone
}

// date gives the civil date of a moment.
func (e *Env) date(at int64) calendar.Date {
	return calendar.FromTime(time.UnixMicro(at), e.zone())
}
