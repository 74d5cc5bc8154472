package rule

import "kezhi/internal/calendar"

// DutyWay is a way in which a duty of a rulebook comes up; see DutyRule.Way.
type DutyWay uint8

const (
	// WayNone is a duty without any time; the check refuses it.
	WayNone DutyWay = iota
	// WayEvery comes up once in each period.
	WayEvery
	// WayFact comes up with each fact of a kind, within a time.
	WayFact
	// WayFactDate comes up some time before, or on, a date that stands in a fact.
	WayFactDate
	// WayDay comes up on days of the year or of the customer.
	WayDay
)

// DutyRule is something owed to every customer of a grade, or to all customers of a grade together.
type DutyRule struct {
	// Key is stable within the rulebook: "a_visit_owner".
	Key string `json:"key"`
	// Scheme is the id of the scheme whose grades bring the duty.
	Scheme string `json:"scheme"`
	// Grades are the codes the duty is for, in the order of the scheme.
	Grades []string `json:"grades"`
	// When is the condition as written.
	When     string          `json:"when"`
	Activity string          `json:"activity"`
	Every    calendar.Period `json:"-"`
	// EveryText is Every in ISO form: P1M; empty when the duty comes up in another way.
	EveryText string `json:"every"`
	// Of is the kind of the fact that brings the duty, OfDate the date field of the fact that is meant, empty for its own day.
	Of     string `json:"of,omitempty"`
	OfDate string `json:"of_date,omitempty"`
	// Where is the condition the fact must meet, as written; Met tests it.
	Where string `json:"where,omitempty"`
	// Within is the time from the fact, or from the reminder, to the last day on which the duty is kept.
	Within     Span   `json:"-"`
	WithinText string `json:"within,omitempty" doc:"ISO period: P7D"`
	Working    bool   `json:"within_working_days,omitempty"`
	// On are the days of the year or of the customer on which the duty comes up.
	On     []Occasion `json:"-"`
	OnText []string   `json:"on,omitempty"`
	// Before is how long before the day it may, or where a fact names the day must, be done.
	Before     calendar.Period `json:"-"`
	BeforeText string          `json:"before,omitempty" doc:"ISO period: P3D"`
	// EachGrade says that there is one duty for all customers of a grade together.
	EachGrade bool   `json:"each_grade,omitempty"`
	By        string `json:"by"`
	Evidence  string `json:"evidence"`
	// Appointment says that an appointment is recorded before anybody goes, or why they go without one.
	Appointment bool `json:"appointment,omitempty"`
	// Escalate is nil where nobody is told of a missed duty.
	Escalate *Escalation `json:"escalate,omitempty"`
	// WaiveBy is the role that may excuse the duty, WaiveByProcedure when an approval must decide, empty for whoever has the permission.
	WaiveBy string `json:"waive_by,omitempty"`
	Clause  string `json:"clause"`
	Assumed bool   `json:"assumed"`
	Title   Text   `json:"title"`
	// Minutes is how long one takes; EffortAssumed is true when the rulebook does not say so.
	Minutes       int64 `json:"minutes"`
	EffortAssumed bool  `json:"effort_assumed"`
	// Capacity bounds how many duties whoever owes it may have on one day; AtMost reads it.
	Capacity []Capacity `json:"capacity,omitempty"`
	pred     *predicate
}

// WaiveByProcedure is the WaiveBy of a duty that only an approval can excuse.
const WaiveByProcedure = "procedure"

// Escalation says who is told of a missed duty.
type Escalation struct {
	After     calendar.Period `json:"-"`
	AfterText string          `json:"after" doc:"ISO period after the day that was missed: P3D"`
	To        string          `json:"to" doc:"Role"`
}

// Span is a time in calendar or in working days.
type Span struct {
	Period  calendar.Period // zero when Working counts
	Working int             // working days
}

// IsZero says whether there is no time.
func (s Span) IsZero() bool { return s.Working == 0 && s.Period.IsZero() }

// After gives the last day of the time when it begins on d; d itself does not count. None where the calendar has no such day.
func (s Span) After(d calendar.Date, w *calendar.Working) calendar.Date {
	if s.Working > 0 {
		return w.Add(d, s.Working)
	}
	return s.Period.After(d)
}

// The kinds of an occasion.
const (
	OnBirthday    = "birthday"
	OnSpecial     = "special" // every day with a name of the customer and its contacts
	OnAnniversary = "anniversary"
	OnDate        = "date"
	OnFestival    = "festival"
)

// Occasion is a day of the year or of the customer.
type Occasion struct {
	Kind string // OnBirthday ...
	Name string // the field of the customer, or the key of the festival
}

// String gives the occasion as it is written: festival(mid_autumn).
func (o Occasion) String() string {
	if o.Name == "" {
		return o.Kind
	}
	return o.Kind + "(" + o.Name + ")"
}

// Way says how the duty comes up.
func (d *DutyRule) Way() DutyWay {
	switch {
	case len(d.On) > 0:
		return WayDay
	case d.OfDate != "":
		return WayFactDate
	case d.Of != "":
		return WayFact
	case !d.Every.IsZero():
		return WayEvery
	}
	return WayNone
}

// Met says whether a fact brings the duty. Kind and reversal are the caller's to look at: only the condition is tested.
func (d *DutyRule) Met(x *Fact) bool { return d.pred == nil || d.pred.match(x) }
