package review

import (
	"slices"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
)

// State of a campaign; see the diagram in doc.go.
type State string

// The states of a campaign.
const (
	Opening   State = "opening"
	Rating    State = "rating"
	Meeting   State = "meeting"
	Closing   State = "closing"
	Closed    State = "closed"
	Withdrawn State = "withdrawn"
)

// moves is the transition table of a campaign.
var moves = map[State][]State{
	Opening: {Rating, Withdrawn},
	Rating:  {Meeting, Withdrawn},
	Meeting: {Closing, Withdrawn},
	Closing: {Closed},
}

// Allowed says whether a campaign may go from one state to another.
func Allowed(from, to State) bool { return slices.Contains(moves[from], to) }

// Open says whether something can still be done in a campaign.
func (s State) Open() bool { return s == Opening || s == Rating || s == Meeting || s == Closing }

// Where a line stands.
const (
	LineWaiting  = "waiting"
	LineDraft    = "draft"
	LineRated    = "rated"
	LineMet      = "met"
	LineReopened = "reopened"
)

// Rounds of rating.
const (
	RoundRate = "rate"
	RoundMeet = "meet"
)

// What became of the signatures for a line.
const (
	ApprovalNone     = ""
	ApprovalWaiting  = "waiting"
	ApprovalApproved = "approved"
	ApprovalRejected = "rejected"
)

// Bounds of what people write.
const (
	maxNote  = 4000
	maxFiles = 10 // per judged item
	maxMany  = 500
)

// Review is a campaign.
type Review struct {
	ID            int64
	Rulebook      string
	Version       string
	AdoptionID    int64
	Scheme        string
	State         State
	OpensOn       calendar.Date
	RateBy        calendar.Date // last day of the first round
	ClosesOn      calendar.Date
	EffectiveOn   calendar.Date
	Customers     int64
	Note          string
	MeetingOn     calendar.Date // None before the meeting
	MeetingPeople string
	MeetingNote   string
	OpenedBy      int64 // 0 = the calendar
	OpenedAt      time.Time
	ClosedBy      int64
	ClosedAt      *int64
	EffectedAt    int64
	RunID         int64
	VersionNo     int64
}

// Line is a customer in a campaign.
type Line struct {
	CustomerID   int64
	ReviewID     int64
	Code, Name   string // of the customer
	UnitID       int64
	OwnerID      int64
	OwnerName    string
	Newcomer     bool
	FirstFact    calendar.Date
	BeforeCode   string
	BeforeScore  *int64 // millionths, as all scores
	OpenCode     string
	OpenScore    *int64
	State        string
	Draft        Draft
	RateID       int64 // 0 = not rated
	RateCode     string
	RatePosition int
	RateScore    *int64
	MeetID       int64
	MeetCode     string
	MeetPosition int
	MeetScore    *int64
	Differs      bool
	Approval     string
	CaseID       int64 // the newest case that carries the signatures, 0 = none
	FinalCode    string
	VerdictID    int64
	RatedBy      int64
	VersionNo    int64
	ownerUnit    int64
	region       string
}

// Rated says whether anybody has rated the line.
func (l *Line) Rated() bool { return l.RateID != 0 || l.MeetID != 0 }

// Outcome is the grade that the newest round gave; "" without one.
func (l *Line) Outcome() string {
	if l.MeetID != 0 {
		return l.MeetCode
	}
	return l.RateCode
}

// newest is the rating that counts; 0 without one.
func (l *Line) newest() int64 {
	if l.MeetID != 0 {
		return l.MeetID
	}
	return l.RateID
}

// Value is what was said about one judged item.
type Value struct {
	Item   string `json:"item"`
	Value  string `json:"value"`
	Reason string `json:"reason,omitempty"`
	Before string `json:"before,omitempty"` // the value that held until then
	By     int64  `json:"by,omitempty"`     // who gave it
}

// Draft is what was filled in and not yet handed in.
type Draft struct {
	Values []Value `json:"values,omitempty"`
	Note   string  `json:"note,omitempty"`
}

// Version is one rating of a customer in one round; it is never edited.
type Version struct {
	CustomerID   int64
	ID           int64
	ReviewID     int64
	Round        string
	Code         string // "" = none, for the reason
	Position     int
	Reason       string
	Score        *int64
	Decided      bool   // the grade itself was decided on
	ComputedCode string // what followed from facts and judgements
	Judged       []Value
	Note         string
	RatedBy      int64
	RatedFor     int64 // whose delegate that was, 0 = nobody's
	RatedAt      time.Time
}

// OpenInput opens a campaign by hand. Days that are None follow from the rulebook's window, or from today.
type OpenInput struct {
	Rulebook                      string
	RateBy, ClosesOn, EffectiveOn calendar.Date
	Note                          string
	opensOn                       calendar.Date
}

// dated fills in the days that were left out: the window of the year when it lies ahead or holds today, else a week from today.
func (in *OpenInput) dated(r *rule.Review, today calendar.Date) {
	if in.opensOn == 0 || in.opensOn == calendar.None {
		in.opensOn = today
	}
	year, _, _ := in.opensOn.Civil()
	to := in.opensOn.AddDays(6)
	if _, end, ok := r.Window(year); ok && end >= in.opensOn {
		to = end
	}
	if in.ClosesOn == calendar.None {
		in.ClosesOn = to
	}
	if in.RateBy == calendar.None {
		in.RateBy = in.opensOn.AddDays(int(in.ClosesOn-in.opensOn) / 2)
	}
	if in.EffectiveOn == calendar.None {
		in.EffectiveOn = in.ClosesOn
	}
}

// validate reports every wrong field at once; dated was called before.
func (in *OpenInput) validate() error {
	var v errs.Validation
	v.Check(len(in.Note) <= maxNote, "note", "field.too_long", "max", maxNote)
	v.Check(in.ClosesOn >= in.opensOn, "closes_on", "review.day_order", "first", in.opensOn.String(), "last", in.ClosesOn.String())
	v.Check(in.RateBy >= in.opensOn && in.RateBy <= in.ClosesOn, "rate_by", "review.day_between", "first", in.opensOn.String(), "last", in.ClosesOn.String(), "day", in.RateBy.String())
	v.Check(in.EffectiveOn >= in.opensOn && in.EffectiveOn <= in.ClosesOn.AddMonths(3), "effective_on", "review.day_between",
		"first", in.opensOn.String(), "last", in.ClosesOn.AddMonths(3).String(), "day", in.EffectiveOn.String())
	return v.Err()
}
