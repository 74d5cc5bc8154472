package duty

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
)

// State of a duty; see the diagram in doc.go.
type State string

// The states of a duty.
const (
	Open    State = "open"
	Missed  State = "missed"
	Kept    State = "kept"
	Late    State = "late"
	Waived  State = "waived"
	Dropped State = "dropped"
)

// transitions holds every allowed change of state; the diagram in doc.go is tested against it.
var transitions = map[State][]State{
	Open:   {Kept, Late, Missed, Waived, Dropped},
	Missed: {Late, Kept, Waived},
	Kept:   {Open},
	Late:   {Missed},
}

// May says whether a duty may go from this state to another.
func (s State) May(to State) bool { return slices.Contains(transitions[s], to) }

// RoleOwner is the role of a rule that binds the customer's owner.
const RoleOwner = "owner"

// UndoWithin is how long the person who did a duty may take it back.
const UndoWithin = 10 * time.Minute

// Limits of an evidence.
const (
	maxNote   = 2000 // characters
	maxReason = 500  // characters
	maxFiles  = 10
)

// Duty is something owed to a customer by a day.
type Duty struct {
	ID, CustomerID             int64
	Rulebook, Version, Scheme  string
	Rule, Clause               string
	TitleZh, TitleEn           string
	VerdictID                  int64 // 0 = none
	Grade, Activity            string
	Every, Evidence            string
	Appointment                bool // nobody goes before an appointment is recorded: a visit keeps it, not a word of evidence
	Assumed                    bool
	Role                       string // RoleOwner or a role of the organisation
	OwnerID, UnitID            int64  // 0 = nobody yet, no unit
	DueOwnerID, DueUnitID      int64  // who owed it, and the customer's unit, when its day passed; until then those of now
	WindowFrom, DueOn          calendar.Date
	State                      State
	DoneOn                     calendar.Date // None while it is not done
	DoneAt                     *int64        // microseconds; when it was recorded, waived or dropped
	DoneBy                     int64
	Note, Reason               string
	FactID                     int64  // 0 = none
	Occasion                   string // what it is for where no cadence brings it: birthday, special(NAME), festival(mid_autumn), fact(delivery)
	WaiveBy                    string // role that may excuse it, rule.WaiveByProcedure, or "" = whoever has the permission
	EscalateTo                 string // role that is told when it is missed, "" = nobody
	EscalateOn                 calendar.Date
	EscalatedTo                int64  // who was told, 0 = nobody
	EscalatedAt                *int64 // microseconds; when, also where nobody held the role
	EscalatedName              string
	VersionNo                  int64
	idemKey, idemHash, planKey string
	waivable                   bool // the rulebook lets the acting person excuse it; only where a person asked

	Customer     Customer
	OwnerName    string
	DueOwnerName string
	DoneByName   string
	Attachments  []Attachment // only from Get, Do and Undo
}

// OfGrade says that the duty is owed to all customers of a grade together, not to one of them.
func (d Duty) OfGrade() bool { return d.CustomerID == 0 }

// Customer is what a list of duties shows of the customer.
type Customer struct {
	Code, Name, Region, Phone string
	OwnerID, UnitID           int64
}

// Attachment is a file shown as evidence.
type Attachment struct {
	ID              int64
	Name, MediaType string
	Size            int64 // bytes
}

// EffectiveState is the state as of a day: an open duty whose day has passed is missed, whether or not the daily job ran.
func (d Duty) EffectiveState(today calendar.Date) State {
	if d.State == Open && d.DueOn < today {
		return Missed
	}
	return d.State
}

// UndoUntil gives the moment until which a done duty may be taken back; the zero time when it is not done.
func (d Duty) UndoUntil() time.Time {
	if (d.State != Kept && d.State != Late) || d.DoneAt == nil {
		return time.Time{}
	}
	return time.UnixMicro(*d.DoneAt).UTC().Add(UndoWithin)
}

// Evidence proves that a duty was done.
type Evidence struct {
	Note   string        // what happened; needed unless there is a file
	On     calendar.Date // the day it happened
	Files  []int64       // uploaded before, by the same person
	Reason string        // needed when On lies before the duty's window
	Key    string        // idempotency key of the request, "" = none
	// SeenOn is the day on which a feature's own record proves that it happened (a check-in), reported later: what was seen
	// by the duty's day is kept in time. nil = nothing but this evidence proves it.
	SeenOn *calendar.Date
	// Attrs are further fields of the fact it becomes, from the feature whose work kept the duty (DoWithin).
	Attrs map[string]any
}

// Validate checks the evidence by itself; what depends on the duty is checked by Do.
func (e Evidence) Validate(today calendar.Date) error {
	var v errs.Validation
	v.Check(strings.TrimSpace(e.Note) != "" || len(e.Files) > 0, "note", "duty.no_evidence")
	v.Check(utf8.RuneCountInString(e.Note) <= maxNote, "note", "field.too_long", "max", maxNote)
	v.Check(utf8.RuneCountInString(e.Reason) <= maxReason, "reason", "field.too_long", "max", maxReason)
	v.Check(len(e.Files) <= maxFiles, "files", "duty.too_many_files", "max", maxFiles)
	v.Check(e.On != calendar.None, "on", "field.required")
	v.Check(e.On <= today, "on", "duty.in_future", "today", today.String())
	v.Check(len(e.Key) <= 200, "Idempotency-Key", "field.too_long", "max", 200)
	return v.Err()
}

// decideDone gives the state a duty takes when it is done today with this evidence.
func decideDone(d Duty, e Evidence, today calendar.Date) (State, error) {
	if d.State == Kept || d.State == Late {
		return "", errs.New(errs.Conflict, "duty.already_done", "by", d.DoneByName, "on", d.DoneOn.String())
	}
	if e.On < d.WindowFrom && strings.TrimSpace(e.Reason) == "" {
		var v errs.Validation
		v.Check(false, "reason", "duty.before_window", "from", d.WindowFrom.String())
		return "", v.Err()
	}
	to := Kept
	if d.EffectiveState(today) == Missed && (e.SeenOn == nil || *e.SeenOn > d.DueOn) {
		to = Late
	}
	if !d.State.May(to) {
		return "", errs.New(errs.Conflict, "duty.closed", "state", string(d.State))
	}
	return to, nil
}

// decideUndone gives the state a duty goes back to when it is taken back by this person at this moment.
func decideUndone(d Duty, userID int64, now time.Time) (State, error) {
	if d.State != Kept && d.State != Late {
		return "", errs.New(errs.Conflict, "duty.not_done")
	}
	if d.DoneBy != userID {
		return "", errs.New(errs.Forbidden, "duty.done_by_other", "by", d.DoneByName)
	}
	if now.After(d.UndoUntil()) {
		return "", errs.New(errs.Conflict, "duty.undo_expired", "minutes", int(UndoWithin/time.Minute))
	}
	return transitions[d.State][0], nil
}

// Bucket groups duties by how near their day is.
type Bucket string

// The buckets of a list. The week runs from Monday to Sunday; BucketWeek is what is left of it, today included.
const (
	BucketToday    Bucket = "today"
	BucketWeek     Bucket = "week"
	BucketOverdue  Bucket = "overdue"
	BucketUpcoming Bucket = "upcoming"
	BucketDone     Bucket = "done"
)

// Filter bounds a list. Empty fields match everything the actor may see.
type Filter struct {
	Mine       bool    // owed by the acting person
	Escalated  bool    // missed, and the acting person was told
	OwnerIDs   []int64 // owed by one of them; 0 = by nobody yet
	SegmentIDs []int64 // to members of one of these segments
	UnitIDs    []int64
	States     []State // effective states; with a bucket only BucketDone heeds them
	Bucket     Bucket
	Activities []string
	Grades     []string
	Rulebooks  []string
	// AsDue bounds the list by who answered for the duty on its day, not by who owes it now: the list behind a figure of compliance.
	// The two conditions below imply it. It needs a rulebook: what is past is read by an index of each.
	AsDue       bool
	DueOwnerIDs []int64  // answered for by one of them; 0 = by nobody
	DueUnitIDs  []int64  // in one of these units or below it; 0 = in none
	Not         []string // conditions among owner, unit, activity, grade and rulebook that are turned round
	CustomerID  int64
	Clause      string        // of the rulebook that asks for it
	Rule        string        // key of the duty in its rulebook
	From, To    calendar.Date // due in [From, To]; None = no bound
	Cursor      string
	Limit       int // 1 to 200; 0 = 50
}

// asDue says whether the list is bounded by who answered for a duty on its day.
func (f Filter) asDue() bool { return f.AsDue || len(f.DueOwnerIDs) > 0 || len(f.DueUnitIDs) > 0 }

// Counts are the figures above the lists. The month is the one of today, up to today.
type Counts struct {
	Today, Week, Overdue              int64
	KeptMonth, LateMonth, MissedMonth int64
}

// KeptRate is the share of this month's settled duties that were kept in time, in per cent with one decimal, or "" when
// nothing was due yet. Waived and dropped duties do not count.
func (c Counts) KeptRate() string {
	all := c.KeptMonth + c.LateMonth + c.MissedMonth
	if all == 0 {
		return ""
	}
	return perMilleText(c.KeptMonth, all)
}

// weekEnd gives the Sunday of the date's week.
func weekEnd(d calendar.Date) calendar.Date { return d.AddDays((7 - int(d.Weekday())) % 7) }
