package handover

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/job"
	"kezhi/internal/ownership"
)

// State of a handover; see the diagram in doc.go.
type State string

// The states of a handover.
const (
	Planning State = "planning"
	Signing  State = "signing"
	Moving   State = "moving"
	Done     State = "done"
	Dropped  State = "dropped"
)

// transitions holds every allowed change of state; the diagram in doc.go is tested against it.
var transitions = map[State][]State{
	Planning: {Signing, Dropped},
	Signing:  {Planning, Moving},
	Moving:   {Planning, Done},
}

func (h *Handover) mustMove(to State) error {
	if !slices.Contains(transitions[h.State], to) {
		return errs.New(errs.Conflict, "handover.wrong_state", "state", string(h.State))
	}
	return nil
}

// Reasons of a handover.
const (
	Leaves = "leaves" // the person leaves the organisation
	Moves  = "moves"  // the person goes to another post
)

// How a line got its receiver.
const (
	ByRule = "rule" // by the owner rules, as if the giver were not there
	ByEven = "even" // shared evenly
	ByHand = "hand" // chosen
	ByRest = "rest" // came to the giver after the plan: goes to whoever gets the rest
)

// States of a line.
const (
	LineOpen  = "open"
	LineMoved = "moved"
	LineGone  = "gone" // belongs to somebody else, or is archived, since
)

// How a customer was told.
const (
	ToldMessage = "message"
	ToldPhone   = "phone"
)

// Bounds of texts, in characters.
const (
	maxNote = 500
)

// Handover is one handover of one person.
type Handover struct {
	ID         int64
	Number     string // of the case of signatures; "" before it
	PersonID   int64  // the giver
	PersonName string
	PersonUnit int64 // of the giver when it was opened: whoever heads it plans the handover to its end
	Reason     string
	From       calendar.Date // the day from which the receivers look after what they get
	Away       bool          // the giver is not there to sign: the head signs in the giver's place
	Note       string
	State      State
	RestID     int64 // who gets what hangs on no customer and what came in between, 0 = not chosen
	RestName   string
	CaseID     int64
	JobID      int64 // of the move, 0 = none yet
	Job        Work
	Counts     []Count // what there was when it moved; empty before
	Loads      []Load  // as planned; empty before it was signed for
	CreatedBy  int64
	HeadName   string
	CreatedAt  time.Time
	DoneAt     *int64 // microseconds
	Version    int64
	Lines      Tally
}

// Work is how the job of a move stands.
type Work struct {
	State job.State // "" = there is none
	Code  string    // of what went wrong last, "" = nothing
	Args  map[string]any
}

// stopped says that everybody signed and nothing goes on by itself any more.
func (h *Handover) stopped() bool {
	return h.State == Moving && h.Job.State != job.Waiting && h.Job.State != job.Running
}

// Tally counts the lines of a handover.
type Tally struct {
	Total, Missing, Moved, Gone, Told int64 // Missing have no receiver
}

// Count is how much of a kind there is.
type Count struct {
	Kind   string `json:"kind"` // KindCustomers or that of a Holder
	Before int64  `json:"before"`
	Left   int64  `json:"left"` // still with the giver afterwards
}

// KindCustomers is the kind of the customers themselves.
const KindCustomers = "customers"

// Load is how many customers somebody has before and after.
type Load struct {
	UserID int64  `json:"user_id,string"`
	Name   string `json:"name"`
	Before int64  `json:"before"`
	After  int64  `json:"after"`
}

// Line is a customer of a handover.
type Line struct {
	CustomerID int64
	Code, Name string
	Region     string
	ToID       int64 // 0 = nobody yet
	ToName     string
	How        string // "" = not planned
	Why        *ownership.Why
	State      string
	ToldHow    string // "" = not yet
	ToldBy     int64
	ToldByName string
	ToldAt     int64 // microseconds
	ToldNote   string
	OwnerID    int64 // whoever looks after it now
	UnitID     int64
}

// Thing is something somebody has at hand.
type Thing struct {
	ID, CustomerID int64 // CustomerID 0 = hangs on no customer
	TitleZh        string
	TitleEn        string
	Due            string // civil date; "" = none
}

// Kept is something that stayed with the giver, with the reason.
type Kept struct {
	Kind string // that of a Holder
	Thing
	Code string // of a sentence
	Args map[string]any
}

// HandedOver is the payload of EventHandedOver.
type HandedOver struct {
	HandoverID int64  `json:"handover_id,string"`
	PersonID   int64  `json:"person_id,string"`
	Number     string `json:"number"`
	Customers  int64  `json:"customers"`
}

// EventHandedOver is emitted when everything has moved.
const EventHandedOver = "ownership.handed_over"

// OpenInput opens a handover.
type OpenInput struct {
	PersonID int64
	Reason   string
	From     calendar.Date // None = today
	Away     bool
	Note     string
}

// Validate reports every wrong field.
func (in OpenInput) Validate() error {
	var v errs.Validation
	v.Check(in.PersonID > 0, "person_id", "field.required")
	v.Check(in.Reason == Leaves || in.Reason == Moves, "reason", "field.not_allowed", "value", in.Reason)
	v.Check(utf8.RuneCountInString(in.Note) <= maxNote, "note", "field.too_long", "max", maxNote)
	return v.Err()
}

// ChangeInput changes what is said about a handover that is planned.
type ChangeInput struct {
	From   calendar.Date
	Away   bool
	Note   string
	RestID int64
}

// Validate reports every wrong field.
func (in ChangeInput) Validate() error {
	var v errs.Validation
	v.Check(in.From != calendar.None, "from", "field.required")
	v.Check(utf8.RuneCountInString(in.Note) <= maxNote, "note", "field.too_long", "max", maxNote)
	return v.Err()
}

// PlanInput gives customers of a handover to people.
type PlanInput struct {
	By        string  // ByRule, ByEven or ByHand
	People    []int64 // ByEven: among whom; ByHand: the one; empty otherwise
	Customers []int64 // nil = see Missing
	Missing   bool    // only those without a receiver; false and no Customers = all that nobody gave away by hand (ByHand: all)
	Rulebook  string  // whose rules, "" = the only one that has some
}

// maxChosen bounds how many customers one request names.
const maxChosen = 10_000

// Validate reports every wrong field.
func (in PlanInput) Validate() error {
	var v errs.Validation
	v.Check(slices.Contains([]string{ByRule, ByEven, ByHand}, in.By), "by", "field.not_allowed", "value", in.By)
	v.Check(in.By != ByEven || len(in.People) > 0, "people", "field.required")
	v.Check(in.By != ByHand || len(in.People) <= 1, "people", "handover.one_person")
	v.Check(len(in.Customers) <= maxChosen, "customers", "field.too_many", "max", maxChosen)
	return v.Err()
}

// evenly shares customers among people: everybody gets as many as the others, or one more; those with the fewest customers
// get the ones left over. It depends on nothing but its arguments.
func evenly(customers, people []int64, load func(int64) int64) map[int64]int64 {
	order := slices.Clone(people)
	slices.Sort(order)
	order = slices.Compact(order)
	slices.SortStableFunc(order, func(a, b int64) int { return int(min(max(load(a)-load(b), -1), 1)) })
	sorted := slices.Sorted(slices.Values(customers))
	out := make(map[int64]int64, len(sorted))
	for i, c := range sorted {
		out[c] = order[i%len(order)]
	}
	return out
}

func trimmed(text string) string { return strings.TrimSpace(text) }
