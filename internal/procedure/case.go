package procedure

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kezhi/internal/errs"
	"kezhi/internal/flow"
)

// Bounds of a request.
const (
	maxTitle   = 200
	maxKey     = 100
	maxSubject = 200
	maxAnswers = 512 << 10 // bytes of the answers of one form, as JSON
	maxState   = 4 << 20   // bytes of the state of a case
)

// noLimit is the due moment of what has none: it sorts after every real one.
const noLimit = int64(1) << 62

// ordinary is the priority of a case whose customer comes before nobody; 1 comes first of all.
const ordinary = 9

// Case is a case as it stands.
type Case struct {
	ID         int64
	Number     string
	Rulebook   string
	Version    string // of the rulebook whose definition the case keeps
	AdoptionID int64
	Procedure  string
	Kind       string
	CustomerID int64 // 0 = none
	Title      string
	Status     string
	Outcome    string // key of the end, "" = none yet
	Good       bool   // the end was a good one: what an approval needs to take effect
	Class      string
	Channel    string
	Priority   int // 1 before 2 before ... ordinary
	UnitID     int64
	OwnerID    int64
	StartedBy  int64  // 0 = somebody outside
	Subject    string // what an approval is about, as noun:id
	Amount     *int64 // minor units
	Currency   string
	Steps      []string // open now
	ReceivedAt time.Time
	DueAt      int64 // of the whole case, noLimit = none; microseconds
	NextDueAt  int64 // the nearest limit of the case and its open steps
	AlarmAt    *int64
	EndedAt    *int64
	Stuck      bool
	FactID     int64
	Numbers    map[string]string // step -> number of the form filled there
	RowVersion int64
	ChangedBy  int64
	CreatedAt  time.Time
	UpdatedAt  time.Time
	State      *flow.State

	// Of the list and the record, from elsewhere.
	CustomerCode, CustomerName, OwnerName, StarterName string
}

// Task is an open or finished seat of a case.
type Task struct {
	CaseID     int64
	Seat       int
	Step       string
	State      string
	DeskID     int64
	AssigneeID int64
	Post       string
	UnitID     int64
	Stuck      bool
	Priority   int
	OpenedAt   int64
	DueAt      int64
	DoneBy     int64
	ForUser    int64
	DoneAt     *int64

	// Of the case, where the task is open, for the lists; limits as in Case.
	Status, Kind, Procedure string
	NextDueAt               int64
}

// States of a task.
const (
	TaskOpen   = "open"
	TaskDone   = "done"
	TaskClosed = "closed" // no longer needed
)

// Act is one line of the history.
type Act struct {
	CaseID  int64
	Seq     int64
	At      time.Time
	ActorID int64 // 0 = the program, or somebody outside
	ForUser int64
	Act     string
	Step    string
	Seat    int
	Reason  string
	Detail  actDetail
}

// actDetail is what a line of the history keeps beside its columns.
type actDetail struct {
	Answers  flow.Answers  `json:"answers,omitempty"`
	Decision string        `json:"decision,omitempty"`
	To       string        `json:"to,omitempty"`
	Person   int64         `json:"person,omitempty"`
	What     string        `json:"what,omitempty"`
	Other    int64         `json:"other,omitempty"` // the case linked with
	Files    []int64       `json:"files,omitempty"`
	Channel  string        `json:"channel,omitempty"`
	Number   string        `json:"number,omitempty"`
	Effects  []flow.Effect `json:"effects,omitempty"`
}

// StartInput begins a case.
type StartInput struct {
	Procedure  string // key, in the rulebook
	Rulebook   string
	CustomerID int64
	Channel    string
	Title      string // "" = made from the start form
	Answers    flow.Answers
	Received   int64  // microseconds; 0 = now
	Subject    string // what an approval is about
	Key        string // of the request, "" = not to be repeated
	rule       bool   // the regulation asks for it: StartByRule
}

// Validate reports every wrong field; the answers are the engine's to check.
func (in StartInput) Validate() error {
	var v errs.Validation
	v.Check(in.Rulebook != "", "rulebook", "field.required")
	v.Check(in.Procedure != "", "procedure", "field.required")
	v.Check(utf8.RuneCountInString(in.Title) <= maxTitle, "title", "field.too_long", "max", maxTitle)
	v.Check(len(in.Key) <= maxKey, "key", "field.too_long", "max", maxKey)
	v.Check(len(in.Subject) <= maxSubject, "subject", "field.too_long", "max", maxSubject)
	v.Check(in.Received >= 0, "received_at", "field.not_allowed", "value", in.Received)
	return v.Err()
}

// ActInput is what somebody wants to do with a case.
type ActInput struct {
	flow.Act
	Version int64 // of the case as the person saw it; 0 = whatever it is. Acts in a seat go by the seat
	OtherID int64 // case to link with
	Link    string
	Files   []int64
	Key     string // of the request, "" = not to be repeated
}

// Links between cases.
var linkKinds = []string{"repeat", "cause", "follow_up", "related"}

// Validate reports every wrong field; whether the act is allowed is the engine's to say.
func (in ActInput) Validate() error {
	var v errs.Validation
	v.Check(slices.Contains(flow.Acts(), in.Kind), "act", "field.not_allowed", "value", errs.Shown(in.Kind))
	v.Check(utf8.RuneCountInString(in.Reason) <= flow.MaxLongText, "reason", "field.too_long", "max", flow.MaxLongText)
	v.Check(in.Kind != flow.ActComment || strings.TrimSpace(in.Reason) != "", "reason", "field.required")
	v.Check(len(in.Key) <= maxKey, "key", "field.too_long", "max", maxKey)
	v.Check(len(in.Files) <= flow.MaxMany, "files", "field.too_many", "max", flow.MaxMany)
	v.Check(in.Kind != flow.ActAttach || len(in.Files) > 0, "files", "field.required")
	if in.Kind == flow.ActLink {
		v.Check(in.OtherID > 0, "other_id", "field.required")
		v.Check(slices.Contains(linkKinds, in.Link), "link", "field.not_allowed", "value", errs.Shown(in.Link))
	}
	return v.Err()
}

// priorityOf turns the engine's order into the list's: the first condition that puts a customer before others counts most,
// another rulebook's as much as the last one of the procedure.
func priorityOf(def *flow.Definition, first int) int {
	if first <= 0 {
		return ordinary
	}
	return min(max(1+len(def.First)-first, 1), ordinary-1)
}

// limits gives the due moment of the whole case and the nearest one of all.
func limits(st *flow.State) (due, next int64) {
	due = noLimit
	if st.IsOver() {
		return dueOf(st.Clock), noLimit
	}
	if st.Clock != nil {
		due = st.Clock.Due
	}
	next = due
	for _, o := range st.Open {
		next = min(next, dueOf(o.Clock))
	}
	return due, next
}

func dueOf(c *flow.Clock) int64 {
	if c == nil {
		return noLimit
	}
	return c.Due
}

// openSteps gives the steps somebody must act in now; a composite is not one of them.
func openSteps(st *flow.State) []string {
	var out []string
	for _, o := range st.Open {
		if len(o.Seats) > 0 {
			out = append(out, o.Step)
		}
	}
	return out
}

// titleFrom makes a title from what the start form says: the first long text in it, else the first text.
func titleFrom(def *flow.Definition, st *flow.State) string {
	form, past := def.FormOf(flow.StartForm), st.Steps[flow.StartForm]
	if form == nil || past == nil {
		return ""
	}
	for _, kind := range []string{flow.FieldLong, flow.FieldText} {
		for i := range form.Fields {
			text := strings.TrimSpace(past.Answers[form.Fields[i].Key].Text)
			if text == "" || form.Fields[i].Type != kind {
				continue
			}
			line, _, _ := strings.Cut(text, "\n")
			if r := []rune(line); len(r) > 80 {
				return string(r[:80]) + "…"
			}
			return line
		}
	}
	return ""
}
