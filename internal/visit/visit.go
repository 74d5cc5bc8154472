package visit

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
)

// State is how far a visit has come; see the diagram in doc.go.
type State string

// The states of a visit.
const (
	Planned   State = "planned"
	Asked     State = "asked"
	Confirmed State = "confirmed"
	UnderWay  State = "under_way"
	Arrived   State = "arrived"
	Done      State = "done"
	Cancelled State = "cancelled"
)

// States lists all of them in their order.
var States = []State{Planned, Asked, Confirmed, UnderWay, Arrived, Done, Cancelled}

// Act is what somebody does with a visit.
type Act string

// The acts.
const (
	ActAsk     Act = "ask"
	ActConfirm Act = "confirm"
	ActSetOut  Act = "set_out"
	ActArrive  Act = "arrive"
	ActReport  Act = "report"
	ActMove    Act = "move"
	ActCancel  Act = "cancel"
)

// Acts lists all of them in the order in which they are offered.
var Acts = []Act{ActAsk, ActConfirm, ActSetOut, ActArrive, ActReport, ActMove, ActCancel}

// table holds every change of state there is; the diagram in doc.go is tested against it.
var table = map[State]map[Act]State{
	Planned:   {ActAsk: Asked, ActConfirm: Confirmed, ActSetOut: UnderWay, ActArrive: Arrived, ActMove: Planned, ActCancel: Cancelled},
	Asked:     {ActConfirm: Confirmed, ActSetOut: UnderWay, ActArrive: Arrived, ActMove: Planned, ActCancel: Cancelled},
	Confirmed: {ActSetOut: UnderWay, ActArrive: Arrived, ActMove: Planned, ActCancel: Cancelled},
	UnderWay:  {ActArrive: Arrived, ActCancel: Cancelled},
	Arrived:   {ActReport: Done, ActCancel: Cancelled},
}

// Live says whether the visit is still to take place or to be reported.
func (s State) Live() bool { return len(table[s]) > 0 }

// Limits of what a visit holds.
const (
	maxText   = 200  // characters of purpose, place, met
	maxReport = 2000 // characters: it becomes the note of a duty
	maxReason = 500  // characters
	maxNames  = 20
	maxName   = 60 // characters
	maxFiles  = 10
	maxKey    = 200 // bytes
	dayMin    = 24 * 60
)

// clockDrift is how far a phone's clock may run ahead of ours.
const clockDrift = 10 * time.Minute

// KeptFor is how long an act may wait on a phone without a network; what happened earlier is told by other means.
const KeptFor = 7 * 24 * time.Hour

// Spot is a place on the map, in millionths of a degree.
type Spot struct{ LatE6, LonE6 int64 }

// Valid says whether there is such a place on earth.
func (s Spot) Valid() bool {
	return s.LatE6 >= -90e6 && s.LatE6 <= 90e6 && s.LonE6 >= -180e6 && s.LonE6 <= 180e6
}

// earthM is the mean radius of the earth in metres.
const earthM = 6371008.8

// Metres gives the distance between two spots over the ground. It is shown and used to group, nothing is decided by it.
func (s Spot) Metres(o Spot) int64 {
	rad := func(e6 int64) float64 { return float64(e6) / 1e6 * math.Pi / 180 }
	dLat, dLon := rad(o.LatE6-s.LatE6), rad(o.LonE6-s.LonE6)
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(rad(s.LatE6))*math.Cos(rad(o.LatE6))*math.Pow(math.Sin(dLon/2), 2)
	return int64(math.Round(2 * earthM * math.Asin(math.Sqrt(min(1, h)))))
}

// How says in which way an appointment was made.
type How string

// The ways in which appointments are made.
const (
	ByPhone    How = "phone"
	ByMail     How = "mail"
	InPerson   How = "in_person"
	ByReferral How = "referral"
	Otherwise  How = "other"
)

// Hows lists all of them.
var Hows = []How{ByPhone, ByMail, InPerson, ByReferral, Otherwise}

// Appointment is what was agreed with the customer; its day and hours are those of the visit. The zero value is none.
type Appointment struct {
	With string
	How  How
	At   *int64 // when it was recorded, microseconds
}

// text gives an appointment for the audit.
func (a Appointment) text() string { return strings.TrimSpace(string(a.How) + " " + a.With) }

// Visit is somebody going to a customer on a day.
type Visit struct {
	ID, CustomerID  int64
	OwnerID, UnitID int64
	DutyID          int64 // 0 = keeps none
	State           State
	Input
	SetOutAt  *int64 // microseconds, like all moments: by the phone's clock
	ArrivedAt *int64 // by the phone's clock
	// ArrivalToldAt is when we heard of the check-in: later than ArrivedAt where the phone had no network.
	ArrivalToldAt *int64
	Where         *Spot  // where it was checked in; nil = not known
	AccuracyM     int64  // metres
	DistanceM     *int64 // metres from the customer's place; nil = not known
	Report        string
	Met           string
	Feedback      string
	NextOn        calendar.Date // None = no next visit agreed
	Reason        string
	Appointment   Appointment
	NoAppointment string // why they went without one
	AgreedIn      int64  // the visit in whose report it was agreed, 0 = planned otherwise
	FactID        int64
	ReportedAt    *int64 // when the report was written, by the phone's clock
	DoneAt        *int64 // when it came in
	CreatedAt     int64  // microseconds
	Version       int64

	Customer  Customer
	OwnerName string
	Duty      *DutyRef // only where it keeps one
	Files     []File   // only from Get and acts
}

// Customer is what a visit shows of whom it goes to.
type Customer struct {
	Code, Name, Region, Address string
	OwnerID, UnitID             int64
	Place                       *Spot
}

// DutyRef is what a visit shows of the duty it keeps.
type DutyRef struct {
	TitleZh, TitleEn, Clause string
	WindowFrom, DueOn        calendar.Date // WindowFrom: before this day a reason is needed
	Appointment              bool          // the regulation asks for one first
}

// File is a photo of the arrival or a file of the report.
type File struct {
	ID              int64
	Name, MediaType string
	Size            int64 // bytes
	Part            string
}

// Input is what somebody says of a visit in advance.
type Input struct {
	On               calendar.Date
	FromMin, ToMin   int // minutes after midnight; both 0 = no time agreed
	Purpose, Place   string
	Ours, Theirs     []string // names
	NeedsAppointment bool
}

// Validate reports every wrong field.
func (in Input) Validate() error {
	var v errs.Validation
	in.check(&v)
	return v.Err()
}

func (in Input) check(v *errs.Validation) {
	checkWhen(v, in.On, in.FromMin, in.ToMin)
	v.Check(strings.TrimSpace(in.Purpose) != "", "purpose", "field.required")
	v.Check(utf8.RuneCountInString(in.Purpose) <= maxText, "purpose", "field.too_long", "max", maxText)
	v.Check(utf8.RuneCountInString(in.Place) <= maxText, "place", "field.too_long", "max", maxText)
	checkNames(v, "ours", in.Ours)
	checkNames(v, "theirs", in.Theirs)
}

func checkWhen(v *errs.Validation, on calendar.Date, from, to int) {
	v.Check(on != calendar.None, "on", "field.required")
	checkHours(v, from, to)
}

func checkHours(v *errs.Validation, from, to int) {
	v.Check(from == 0 && to == 0 || from >= 0 && from < to && to <= dayMin, "to", "visit.times_reversed")
}

func checkNames(v *errs.Validation, path string, names []string) {
	v.Check(len(names) <= maxNames, path, "field.too_many", "max", maxNames)
	for _, n := range names {
		v.Check(utf8.RuneCountInString(n) <= maxName, path, "field.too_long", "max", maxName)
	}
}

func (in Input) normal() Input {
	in.Purpose, in.Place = strings.TrimSpace(in.Purpose), strings.TrimSpace(in.Place)
	in.Ours, in.Theirs = trimmed(in.Ours), trimmed(in.Theirs)
	return in
}

func trimmed(names []string) []string {
	out := []string{}
	for _, n := range names {
		if n = strings.TrimSpace(n); n != "" {
			out = append(out, n)
		}
	}
	return out
}

// Step is an act with what it brings. Only the fields of its act count.
type Step struct {
	Act            Act
	Reason         string        // cancel
	On             calendar.Date // move; confirm: the day agreed, where it is another one
	FromMin, ToMin int           // move, confirm
	With           string        // confirm: with whom it was agreed
	How            How           // confirm
	NoAppointment  string        // set_out, arrive: why without the appointment it needs
	At             int64         // set_out, arrive, report: when it happened, microseconds, 0 = now
	Where          *Spot         // arrive
	AccuracyM      int64         // arrive: metres
	KeepPlace      bool          // arrive: the customer is found here
	Files          []int64       // arrive, report: uploaded before by the same person
	Report         string        // report
	Met            string        // report
	Feedback       string        // report
	NextOn         calendar.Date // report
	LateReason     string        // report: needed when the visit took place before its duty's window
}

// Validate checks a step by itself; what depends on the visit is checked by decide.
func (st Step) Validate(now time.Time) error {
	var v errs.Validation
	v.Check(len(st.Files) <= maxFiles, "files", "duty.too_many_files", "max", maxFiles)
	v.Check(st.At <= now.Add(clockDrift).UnixMicro(), "at", "visit.in_future")
	v.Check(st.At == 0 || st.At >= now.Add(-KeptFor).UnixMicro(), "at", "visit.too_long_ago", "days", int(KeptFor/(24*time.Hour)))
	v.Check(utf8.RuneCountInString(st.NoAppointment) <= maxReason, "no_appointment", "field.too_long", "max", maxReason)
	switch st.Act {
	case ActMove:
		checkWhen(&v, st.On, st.FromMin, st.ToMin)
	case ActConfirm:
		checkHours(&v, st.FromMin, st.ToMin)
		v.Check(utf8.RuneCountInString(st.With) <= maxText, "with", "field.too_long", "max", maxText)
		v.Check(st.How == "" || slices.Contains(Hows, st.How), "how", "field.not_allowed", "value", string(st.How))
	case ActCancel:
		v.Check(strings.TrimSpace(st.Reason) != "", "reason", "field.required")
		v.Check(utf8.RuneCountInString(st.Reason) <= maxReason, "reason", "field.too_long", "max", maxReason)
	case ActArrive:
		v.Check(st.Where == nil || st.Where.Valid(), "lat_e6", "visit.no_such_place")
		v.Check(st.AccuracyM >= 0, "accuracy_m", "visit.no_such_place")
	case ActReport:
		v.Check(strings.TrimSpace(st.Report) != "", "report", "field.required")
		v.Check(utf8.RuneCountInString(st.Report) <= maxReport, "report", "field.too_long", "max", maxReport)
		v.Check(utf8.RuneCountInString(st.Feedback) <= maxReport, "feedback", "field.too_long", "max", maxReport)
		v.Check(utf8.RuneCountInString(st.Met) <= maxText, "met", "field.too_long", "max", maxText)
		v.Check(utf8.RuneCountInString(st.LateReason) <= maxReason, "late_reason", "field.too_long", "max", maxReason)
	case ActAsk, ActSetOut:
	default:
		v.Check(false, "act", "field.not_allowed", "value", string(st.Act))
	}
	return v.Err()
}

// May says whether the act may be done with the visit as it is, with what it has to bring.
func (v Visit) May(act Act) bool {
	_, ok := table[v.State][act]
	return ok
}

// decide gives the state a visit takes by a step.
func decide(v Visit, st Step) (State, error) {
	to, ok := table[v.State][st.Act]
	if !ok {
		return "", errs.New(errs.Conflict, "visit.wrong_state", "act", string(st.Act), "state", string(v.State))
	}
	var fields errs.Validation
	switch st.Act {
	case ActSetOut, ActArrive:
		if v.unagreed() && strings.TrimSpace(st.NoAppointment) == "" {
			return "", errs.New(errs.Conflict, "visit.appointment_needed")
		}
	case ActConfirm:
		fields.Check(!v.NeedsAppointment || strings.TrimSpace(st.With) != "", "with", "field.required")
		fields.Check(!v.NeedsAppointment || st.How != "", "how", "field.required")
	case ActReport:
		fields.Check(!given(st.NextOn) || st.NextOn > v.On, "next_on", "visit.next_behind", "on", v.On.String())
	}
	return to, fields.Err()
}

// unagreed says that the customer should have agreed and has not.
func (v Visit) unagreed() bool {
	return v.State == Asked || v.State == Planned && v.NeedsAppointment
}

// given tells a day somebody named from None and from the zero value of a step that names none.
func given(d calendar.Date) bool { return d > 0 }

// after gives the visit as it is when the step is done.
func (v Visit) after(st Step, to State, now time.Time) Visit {
	v.State = to
	told := now.UnixMicro()
	at := st.At
	if at == 0 || at > told {
		at = told
	}
	if v.NoAppointment == "" && (st.Act == ActSetOut || st.Act == ActArrive) {
		v.NoAppointment = strings.TrimSpace(st.NoAppointment)
	}
	switch st.Act {
	case ActSetOut:
		v.SetOutAt = &at
	case ActMove:
		v.On, v.FromMin, v.ToMin, v.Appointment = st.On, st.FromMin, st.ToMin, Appointment{}
	case ActConfirm:
		if given(st.On) {
			v.On, v.FromMin, v.ToMin = st.On, st.FromMin, st.ToMin
		}
		v.Appointment = Appointment{strings.TrimSpace(st.With), st.How, &told}
	case ActCancel:
		v.Reason = strings.TrimSpace(st.Reason)
	case ActArrive:
		v.ArrivedAt, v.ArrivalToldAt, v.Where, v.AccuracyM = &at, &told, st.Where, st.AccuracyM
		if st.Where != nil && v.Customer.Place != nil {
			m := st.Where.Metres(*v.Customer.Place)
			v.DistanceM = &m
		}
	case ActReport:
		v.Report, v.Met, v.Feedback = strings.TrimSpace(st.Report), strings.TrimSpace(st.Met), strings.TrimSpace(st.Feedback)
		v.ReportedAt, v.DoneAt = &at, &told
		if given(st.NextOn) {
			v.NextOn = st.NextOn
		}
	}
	return v
}
