package duty

import (
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

// Subject is a customer with the grade that decides what it is owed, or a whole grade (CustomerID 0).
type Subject struct {
	CustomerID int64
	Rulebook   string
	Grade      string
	Since      calendar.Date // the day the grade began; occurrences are counted from it
	// History are the grades before the present one, newest first and without a gap. A duty that several grades bring is counted from
	// the day on which the first of them began.
	History  []Stretch
	Birthday calendar.Yearly          // the zero value = unknown
	Special  []Special                // days with a name of the customer and its contacts
	Dates    map[string]calendar.Date // dates of the customer by field: since, created_on, and those the company keeps
	Events   []Event                  // facts that bring duties
}

// Special is a day with a name that comes back every year.
type Special struct {
	ID   int64
	Name string
	On   calendar.Yearly
	Year int // in which it happened first, 0 = not known
}

// Stretch is a grade and the day on which it began.
type Stretch struct {
	Grade string
	From  calendar.Date
}

// Event is a fact that brings a duty, for the rule whose condition it meets.
type Event struct {
	Rule string
	Fact int64
	On   calendar.Date // of the fact
	Day  calendar.Date // the date the rule reads in the fact; None where it reads none or the fact names none
}

// Horizon is the stretch of days that is planned, both ends included. From is None, or later than Today when only what is due from that
// day on is to be planned. Nothing is planned before Today, but for duties that facts of the time in force have brought.
type Horizon struct {
	Today, Until calendar.Date
	From         calendar.Date
	// InForce is the day the rulebook came into force: nothing that was due before it is planned. 0 = not known, then nothing is opened late.
	InForce calendar.Date
}

// Planned is a duty to be opened.
type Planned struct {
	Rule              *rule.DutyRule
	Occurrence        int    // 0 covers the first period since the anchor; only of duties with a cadence
	Occasion          string // birthday, festival(mid_autumn), fact(delivery) ...; empty for a cadence
	WindowFrom, DueOn calendar.Date
	Key               string
}

// moves says whether a duty that is due on a day has to be moved to the day that follows from its date; what was put sooner because the
// day was full stays.
func (p *Planned) moves(due calendar.Date, grade string) bool {
	room := p.Rule.AtMost(grade) > 0 && p.WindowFrom <= due && due <= p.DueOn
	return due != p.DueOn && !room
}

// The reasons for which an occurrence cannot be planned.
const (
	NoInterval   = "no_interval"    // the rule does not say when it comes up
	NoWorkingDay = "no_working_day" // no day of its window that is left is worked
	OwnerAway    = "owner_away"     // who owes it is away on all of them, and nobody stands in
	OverCapacity = "over_capacity"  // who owes it has as much as the rulebook allows on every day on which the person is there
	NoDate       = "no_date"        // the birthday or date is not known
	YearUnknown  = "year_unknown"   // the festival's day in that year is not known
)

// Unplaced is an occurrence for which there is no day, with the reason.
type Unplaced struct {
	Rule, Clause string
	Occurrence   int
	Occasion     string
	Reason       string
	From         calendar.Date // first day of its window, None when there is none
}

// Plan is what a grade asks for within a horizon. Every occurrence due in it stands in exactly one of: the plan keys that Known knows,
// Duties, Unplaced.
type Plan struct {
	Duties   []Planned
	Unplaced []Unplaced
	// Fixed are occurrences whose day follows from a date alone and whose duty exists already: it is moved when its day is another one.
	Fixed []Planned
	// Prefixes and Keys are what the plan still asks for; an open duty whose key is none of Keys and begins with none of Prefixes is obsolete.
	Prefixes []string
	Keys     map[string]struct{}
	// Gone are keys that the plan no longer asks for although they begin with one of Prefixes: their day has become a past one.
	Gone map[string]struct{}
}

// Known is what planning knows of the duties and the people there are. Nil functions know nothing.
type Known struct {
	// Exists says whether the duty with a plan key exists.
	Exists func(key string) bool
	// Covered says whether a duty of the rule that was planned by another cadence, and is past, was due in [from, to).
	Covered func(ruleKey, prefix string, from, to calendar.Date) bool
	// Diary gives the days of whoever would owe a duty; nil when nobody would.
	Diary func(r *rule.DutyRule) *Diary
}

// Planner works out plans over one horizon. It is not safe for use by several goroutines.
type Planner struct {
	h    Horizon
	days *workdays
}

// NewPlanner makes a planner for a horizon on a working calendar.
func NewPlanner(h Horizon, w *calendar.Working) *Planner {
	// A range of past days may begin before anybody owed anything by this rulebook.
	if h.InForce != 0 {
		h.Today = max(h.Today, h.InForce)
	}
	h.From = max(h.From, h.Today)
	return &Planner{h: h, days: newWorkdays(w)}
}

// PlanFor works out the duties of one customer, or of a whole grade: it depends on its arguments only, and changes nothing but the
// diaries, in which it notes what it plans.
//
// A cadence has windows: occurrence n of a rule covers the n-th period since the anchor. Its day is a working day of that period near the one
// that a hash of customer and rule chooses, so that customers graded on the same day are spread evenly and each customer's duties keep
// their distance; among the days near it the one on which who owes it has least to do. An occurrence that nobody planned while its day
// was still to come gets one of the days left of its period, beyond the horizon if need be, so that the choice is made once.
func (p *Planner) PlanFor(s Subject, rules []rule.DutyRule, known Known) Plan {
	out := Plan{Keys: map[string]struct{}{}, Gone: map[string]struct{}{}}
	for i := range rules {
		r := &rules[i]
		if r.EachGrade != (s.CustomerID == 0) {
			continue
		}
		one := &planning{p: p, s: &s, r: r, known: known, out: &out}
		switch r.Way() {
		case rule.WayEvery:
			one.cadence()
		case rule.WayDay:
			one.occasions()
		case rule.WayFact, rule.WayFactDate:
			one.facts()
		default:
			one.unplaced(0, "", NoInterval, calendar.None)
		}
	}
	return out
}

// planning is one rule for one subject.
type planning struct {
	p     *Planner
	s     *Subject
	r     *rule.DutyRule
	known Known
	out   *Plan
}

func (x *planning) unplaced(occurrence int, occasion, reason string, from calendar.Date) {
	x.out.Unplaced = append(x.out.Unplaced, Unplaced{Rule: x.r.Key, Clause: x.r.Clause, Occurrence: occurrence, Occasion: occasion, Reason: reason, From: from})
}

func (x *planning) exists(key string) bool { return x.known.Exists != nil && x.known.Exists(key) }

func (x *planning) diary() *Diary {
	if x.known.Diary == nil {
		return nil
	}
	return x.known.Diary(x.r)
}

// open adds a duty to the plan and to the diary of who owes it.
func (x *planning) open(d Planned, diary *Diary) {
	d.Rule = x.r
	x.out.Duties = append(x.out.Duties, d)
	diary.note(d.DueOn, 1)
}

// anchor gives the day from which the occurrences of a rule are counted.
func (s *Subject) anchor(r *rule.DutyRule) calendar.Date {
	since := s.Since
	for _, h := range s.History {
		if !slices.Contains(r.Grades, h.Grade) {
			break
		}
		since = h.From
	}
	return since
}

// planPrefix names rule, grade, anchor and cadence. The cadence is part of it because with another one the n-th
// occurrence is another stretch of time. A rule of several grades names none, because the customer may move between them.
func planPrefix(s *Subject, r *rule.DutyRule) string {
	grade := s.Grade
	if len(r.Grades) > 1 && !r.EachGrade {
		grade = "*"
	}
	return s.Rulebook + "/" + r.Key + "/" + grade + "@" + s.anchor(r).String() + "/" + r.Every.String() + "#"
}

// dayPrefix begins the keys of what comes up on days and by facts. It names neither grade nor figures: the duty for a birthday stays
// the same when the grade or the time before it changes.
func dayPrefix(s *Subject, r *rule.DutyRule) string {
	prefix := s.Rulebook + "/" + r.Key + "/"
	if r.EachGrade {
		prefix += s.Grade + "/"
	}
	return prefix
}

// Wants says whether the plan still asks for the duty with a plan key.
func (p *Plan) Wants(key string) bool {
	if _, ok := p.Gone[key]; ok {
		return false
	}
	if _, ok := p.Keys[key]; ok {
		return true
	}
	for _, prefix := range p.Prefixes {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

// spreadOf is a hash of customer, rulebook and rule, spread evenly over all 64-bit numbers.
func spreadOf(s *Subject, ruleKey string) uint64 {
	h := fnv.New64a()
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(s.CustomerID)) //nolint:gosec // the bits are hashed, not counted
	_, _ = h.Write(b[:])
	_, _ = h.Write([]byte(s.Rulebook + "/" + ruleKey))
	// FNV leaves its high bits uneven for inputs that differ little; this finaliser (splitmix64) evens them out.
	x := h.Sum64()
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
