package visit

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"kezhi/internal/calendar"
)

// Nearness says how close two stops are; more is closer.
type Nearness int

// The steps of nearness: by metres where both places are on the map, else by the divisions and streets of the addresses.
const (
	Apart Nearness = iota
	SameCity
	SameDistrict
	SameStreet
)

// How far apart two places on the map may be for each step, in metres.
const (
	streetM   = 1_000
	districtM = 10_000
	cityM     = 40_000
)

// Stop is a place somebody goes to. ID tells the stops of a week apart.
type Stop struct {
	ID     int64
	Whose  int64  // the customer, 0 = not known; somebody goes to a customer once a week
	Spot   *Spot  // nil = not on the map
	Region string // division code of two to six digits, "" = unknown
	Street string // what the address says before its house number, "" = unknown
}

// streetOf gives what an address says before its first number.
func streetOf(address string) string {
	at := strings.IndexFunc(address, unicode.IsDigit)
	if at < 0 {
		at = len(address)
	}
	return strings.TrimSpace(address[:at])
}

// nearTo says how close two stops are.
func (s Stop) nearTo(o Stop) Nearness {
	if s.Spot != nil && o.Spot != nil {
		switch m := s.Spot.Metres(*o.Spot); {
		case m <= streetM:
			return SameStreet
		case m <= districtM:
			return SameDistrict
		case m <= cityM:
			return SameCity
		}
		return Apart
	}
	both := 0
	for both < min(len(s.Region), len(o.Region)) && s.Region[both] == o.Region[both] {
		both++
	}
	switch {
	case s.Street != "" && s.Street == o.Street && s.Region == o.Region:
		return SameStreet
	case both >= 6:
		return SameDistrict
	case both >= 4:
		return SameCity
	}
	return Apart
}

// PlanDay is a day on which somebody works: what is fixed, and how many visits fit beside it.
type PlanDay struct {
	On    calendar.Date
	Room  int // negative counts as 0
	Stops []Stop
}

// Owed is a visit that a duty asks for between two days, both included. After the second it is overdue: any day will do, the
// sooner the better.
type Owed struct {
	Stop
	From, Due calendar.Date
}

// Placed is a visit proposed for a day, with the closest other stop of that day.
type Placed struct {
	Owed
	On     calendar.Date
	NearID int64 // 0 = nothing else is near
	Near   Nearness
}

// Left is what is not proposed.
type Left struct {
	Owed
	Why LeftWhy
}

// LeftWhy says why a duty has no place in the week.
type LeftWhy string

// The reasons: no day of the week lies between its days, or those that do are full, or somebody goes to the customer this week anyhow.
const (
	NoDay        LeftWhy = "no_day"
	NoRoom       LeftWhy = "no_room"
	SameCustomer LeftWhy = "same_customer"
)

// PlanWeek proposes visits for a week. It depends on its input alone, not on its order. Who is overdue comes first, then by the last
// day: whoever is left out would fit on no day of theirs without putting out somebody more urgent. Among the days that have room a visit
// goes to where it is closest to other stops, else to the emptiest, else to the first; the visits of a day follow each other by
// nearness. Days must be in their order.
func PlanWeek(days []PlanDay, owed []Owed, today calendar.Date) ([]Placed, []Left) {
	w := &weekPlan{days: days, on: map[int64]int{}, today: today}
	w.owed = slices.SortedFunc(slices.Values(owed), w.byUrgency)
	going := map[int64]bool{}
	var left []Left
	for i, o := range w.owed {
		switch {
		case o.Whose != 0 && going[o.Whose]:
			left = append(left, Left{o, SameCustomer})
		case w.place(i, make([]bool, len(days))):
			going[o.Whose] = true
		case len(w.choices(i)) == 0:
			left = append(left, Left{o, NoDay})
		default:
			left = append(left, Left{o, NoRoom})
		}
	}
	var out []Placed
	for d := range days {
		out = append(out, w.inOrder(d)...)
	}
	return out, left
}

// weekPlan is a plan while it is being made.
type weekPlan struct {
	days  []PlanDay
	owed  []Owed        // by urgency
	on    map[int64]int // the day of what is placed, by its id
	today calendar.Date
}

func (w *weekPlan) byUrgency(a, b Owed) int {
	return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.From, b.From), cmp.Compare(a.ID, b.ID))
}

// put gives what is placed on a day, by urgency.
func (w *weekPlan) put(day int) []int {
	var out []int
	for i, o := range w.owed {
		if at, ok := w.on[o.ID]; ok && at == day {
			out = append(out, i)
		}
	}
	return out
}

func (w *weekPlan) suits(i, day int) bool {
	o, on := w.owed[i], w.days[day].On
	return on >= o.From && (on <= o.Due || o.Due < w.today)
}

// choices gives the days a visit may be on, the best first.
func (w *weekPlan) choices(i int) []int {
	type choice struct {
		day, stops int
		near       Nearness
	}
	var list []choice
	for d := range w.days {
		if w.suits(i, d) {
			stops := w.stops(d, i)
			list = append(list, choice{d, len(stops), closest(w.owed[i].Stop, stops).near})
		}
	}
	overdue := w.owed[i].Due < w.today
	slices.SortFunc(list, func(a, b choice) int {
		emptiest := cmp.Compare(a.stops, b.stops)
		if overdue {
			emptiest = 0
		}
		return cmp.Or(cmp.Compare(b.near, a.near), emptiest, cmp.Compare(a.day, b.day))
	})
	out := make([]int, len(list))
	for n, c := range list {
		out[n] = c.day
	}
	return out
}

// place finds a day for a visit: one with room, else one from which another visit can go to a day of its own.
func (w *weekPlan) place(i int, tried []bool) bool {
	choices := w.choices(i)
	for _, d := range choices {
		if !tried[d] && len(w.put(d)) < w.days[d].Room {
			w.on[w.owed[i].ID] = d
			return true
		}
	}
	for _, d := range choices {
		if tried[d] {
			continue
		}
		tried[d] = true
		for _, other := range slices.Backward(w.put(d)) {
			if w.place(other, tried) {
				w.on[w.owed[i].ID] = d
				return true
			}
		}
	}
	return false
}

// stops gives all stops of a day but one.
func (w *weekPlan) stops(day, but int) []Stop {
	out := slices.Clone(w.days[day].Stops)
	for _, i := range w.put(day) {
		if i != but {
			out = append(out, w.owed[i].Stop)
		}
	}
	return out
}

type neighbour struct {
	id   int64
	near Nearness
}

// closest gives the closest of some stops, the first among equals; none where all are apart.
func closest(s Stop, others []Stop) neighbour {
	var best neighbour
	for _, o := range others {
		if n := s.nearTo(o); n > best.near {
			best = neighbour{o.ID, n}
		}
	}
	return best
}

// inOrder gives the visits of a day one after the other, each the closest to the one before; it begins beside what is fixed.
func (w *weekPlan) inOrder(day int) []Placed {
	rest := w.put(day)
	last := w.days[day].Stops
	var out []Placed
	for len(rest) > 0 {
		at, best := 0, Apart
		for n, i := range rest {
			if c := closest(w.owed[i].Stop, last); c.near > best {
				at, best = n, c.near
			}
		}
		i := rest[at]
		rest = slices.Delete(rest, at, at+1)
		near := closest(w.owed[i].Stop, w.stops(day, i))
		out = append(out, Placed{Owed: w.owed[i], On: w.days[day].On, NearID: near.id, Near: near.near})
		last = []Stop{w.owed[i].Stop}
	}
	return out
}
