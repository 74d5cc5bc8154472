package seminar

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/money"
)

// Activity is the activity of the duties that an event keeps.
const Activity = "event"

// KindAttendance is the kind of fact that attendance becomes.
const KindAttendance = "event_attendance"

// State is where an event stands; see the diagram in doc.go.
type State string

// The states.
const (
	Planned   State = "planned"
	Held      State = "held"
	Cancelled State = "cancelled"
)

// States lists them in the order in which they are offered.
var States = []State{Planned, Held, Cancelled}

// Kind is what sort of occasion it is.
type Kind string

// Kinds in the order in which they are offered.
var Kinds = []Kind{"seminar", "exchange", "thanks", "training", "meeting", "hobby", "other"}

const (
	maxTitle    = 120    // characters
	maxPlace    = 200    // characters
	maxAbout    = 4000   // characters
	maxReason   = 500    // characters
	maxSummary  = 4000   // characters
	maxTeam     = 50     // people
	maxCapacity = 20_000 // people
	maxGuests   = 20     // each may bring
	maxKey      = 200    // bytes
	dayMinutes  = 24 * 60
)

// Input is what is said about an event.
type Input struct {
	TitleZh, TitleEn string // one of them may be empty
	Kind             Kind
	On               calendar.Date
	FromMin, ToMin   int // minutes of the day; both 0 = no time
	Place, About     string
	OrganiserID      int64   // 0 = the acting person
	Team             []int64 // who runs it beside the organiser
	Capacity         int64   // people; 0 = no limit
	Guests           int64   // how many each invited person may bring
	AnswerBy         calendar.Date
	Budget           int64 // minor units of Currency, 0 = none
	Currency         string
	Asked            duty.ByRule // the rule whose duties it keeps; the zero value = none
}

// Seminar is an event.
type Seminar struct {
	ID int64
	Input
	Clause, DutyZh, DutyEn string // of the rule, as it was worded when it was chosen
	UnitID                 int64
	OrganiserName          string
	TeamNames              []string // only from Get and acts
	State                  State
	Reason, Summary        string
	ClosedAt               *int64 // microseconds
	Kept                   int64  // duties that were kept by it
	Taken                  int64  // places of those who said yes
	CreatedBy              int64
	CreatedAt              int64 // microseconds
	Version                int64
	Tally                  Tally
}

// Tally says how the invitations of an event stand. Yes, Waiting, No and Open are invitations; Came and WalkIns too, People the
// heads that came.
type Tally struct {
	Invited, Open, Yes, Waiting, No int64
	Came, Absent, WalkIns, People   int64
}

// Title gives the title in a language, the other one where there is none.
func (m Seminar) Title(lang string) string {
	if lang == "en" && m.TitleEn != "" || m.TitleZh == "" {
		return m.TitleEn
	}
	return m.TitleZh
}

// runBy says whether somebody runs the event: the organiser, the team, and those whose reach covers it.
func (m Seminar) runBy(actor authz.Actor, perm authz.Permission) bool {
	if actor.Grants[perm] == authz.ReachNone {
		return false
	}
	return actor.UserID != 0 && (actor.UserID == m.OrganiserID || slices.Contains(m.Team, actor.UserID)) || actor.Scope(perm).CoversPerson(m.OrganiserID, m.UnitID)
}

func (in Input) normal() (Input, error) {
	var v errs.Validation
	in.TitleZh, in.TitleEn = strings.Join(strings.Fields(in.TitleZh), " "), strings.Join(strings.Fields(in.TitleEn), " ")
	in.Place, in.About = strings.TrimSpace(in.Place), strings.TrimSpace(in.About)
	slices.Sort(in.Team)
	in.Team = slices.Compact(in.Team)
	in.Team = slices.DeleteFunc(in.Team, func(n int64) bool { return n == in.OrganiserID })
	v.Check(in.TitleZh != "" || in.TitleEn != "", "title_zh", "field.required")
	v.Check(utf8.RuneCountInString(in.TitleZh) <= maxTitle, "title_zh", "field.too_long", "max", maxTitle)
	v.Check(utf8.RuneCountInString(in.TitleEn) <= maxTitle, "title_en", "field.too_long", "max", maxTitle)
	v.Check(utf8.RuneCountInString(in.Place) <= maxPlace, "place", "field.too_long", "max", maxPlace)
	v.Check(utf8.RuneCountInString(in.About) <= maxAbout, "about", "field.too_long", "max", maxAbout)
	v.Check(slices.Contains(Kinds, in.Kind), "kind", "field.not_allowed", "value", string(in.Kind))
	v.Check(in.On != calendar.None, "on", "field.required")
	v.Check(in.FromMin >= 0 && in.FromMin <= in.ToMin && in.ToMin <= dayMinutes && (in.ToMin == 0 || in.FromMin < in.ToMin), "to", "seminar.ends_before")
	v.Check(in.AnswerBy == calendar.None || in.On == calendar.None || in.AnswerBy <= in.On, "answer_by", "seminar.answer_after")
	v.Check(len(in.Team) <= maxTeam, "team", "seminar.team_too_large", "max", maxTeam)
	v.Check(in.Capacity >= 0 && in.Capacity <= maxCapacity, "capacity", "seminar.out_of_range", "max", maxCapacity)
	v.Check(in.Guests >= 0 && in.Guests <= maxGuests, "guests", "seminar.out_of_range", "max", maxGuests)
	v.Check(in.Budget >= 0, "budget", "seminar.out_of_range", "max", int64(1)<<53)
	v.Check(money.ValidCurrency(in.Currency), "currency", "field.not_allowed", "value", in.Currency)
	v.Check((in.Asked.Rulebook == "") == (in.Asked.Rule == ""), "rule", "field.required")
	return in, v.Err()
}

// lastAnswer is the last day on which the link answers.
func (m Seminar) lastAnswer() calendar.Date {
	if m.AnswerBy != calendar.None {
		return m.AnswerBy
	}
	return m.On
}
