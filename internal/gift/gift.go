package gift

import (
	"strings"
	"unicode/utf8"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/money"
)

// State is where a gift stands; see the diagram in doc.go.
type State string

// The states.
const (
	Waiting   State = "waiting"
	Approved  State = "approved"
	Given     State = "given"
	Refused   State = "refused"
	Cancelled State = "cancelled"
	Returned  State = "returned"
)

// States lists them in the order in which they are offered.
var States = []State{Waiting, Approved, Given, Refused, Cancelled, Returned}

// counts says whether a gift in the state counts for the limit of the year.
func (s State) counts() bool { return s == Waiting || s == Approved || s == Given }

// Act is what somebody does with a gift.
type Act string

// The acts.
const (
	ActGive   Act = "give"
	ActCancel Act = "cancel"
	ActReturn Act = "return"
)

// acts are the states in which each may be done, and what it leads to.
var acts = map[Act]struct {
	from []State
	to   State
}{
	ActGive:   {[]State{Approved}, Given},
	ActCancel: {[]State{Waiting, Approved}, Cancelled},
	ActReturn: {[]State{Given}, Returned},
}

// Acts lists the acts in the order in which they are offered.
var Acts = []Act{ActGive, ActCancel, ActReturn}

const (
	maxText = 200 // characters of what and what for
	maxSaid = 500 // characters
	maxKey  = 200 // bytes
	// maxValue keeps sums of a year within 63 bits.
	maxValue = int64(1_000_000_000_000)
)

// Policy is what the house sets about gifts. Values are minor units of Currency; 0 = no bound.
type Policy struct {
	Currency     string `json:"currency"`
	ApproveAbove int64  `json:"approve_above"` // a gift of more needs approval
	Most         int64  `json:"most"`          // no gift is worth more
	PerYear      int64  `json:"per_year"`      // all gifts of a customer in a civil year
}

func defaultPolicy() Policy {
	return Policy{Currency: "CNY", ApproveAbove: 20_000, Most: 1_000_000, PerYear: 2_000_000}
}

func (p Policy) validate() error {
	var v errs.Validation
	v.Check(money.ValidCurrency(p.Currency), "currency", "field.not_allowed", "value", p.Currency)
	for path, n := range map[string]int64{"approve_above": p.ApproveAbove, "most": p.Most, "per_year": p.PerYear} {
		v.Check(n >= 0 && n <= maxValue, path, "gift.value")
	}
	return v.Err()
}

// Input is a gift to be entered.
type Input struct {
	ContactID  int64 // who receives it, 0 = the customer as such
	What       string
	Occasion   string
	Value      int64 // minor units
	CostCentre string
	On         calendar.Date // the day it is meant for; None = today
	Note       string
}

func (in *Input) check(p Policy) error {
	var v errs.Validation
	for path, text := range map[string]*string{"what": &in.What, "occasion": &in.Occasion, "cost_centre": &in.CostCentre} {
		*text = strings.Join(strings.Fields(*text), " ")
		v.Check(*text != "" || path == "cost_centre", path, "field.required")
		v.Check(utf8.RuneCountInString(*text) <= maxText, path, "field.too_long", "max", maxText)
	}
	in.Note = strings.TrimSpace(in.Note)
	v.Check(utf8.RuneCountInString(in.Note) <= maxSaid, "note", "field.too_long", "max", maxSaid)
	v.Check(in.Value > 0 && in.Value <= maxValue, "value", "gift.value")
	v.Check(p.Most == 0 || in.Value <= p.Most, "value", "gift.too_dear", "most", money.Format(p.Most, p.Currency))
	return v.Err()
}

// Gift is a line of the register.
type Gift struct {
	ID, CustomerID int64
	Input
	Currency  string
	GiverID   int64 // who hands it over
	State     State
	Said      string // why it was cancelled or given back
	CaseID    int64  // of its approval, 0 = it needed none
	FactID    int64
	CreatedBy int64
	CreatedAt int64 // microseconds
	Version   int64

	Customer   Customer
	Contact    string
	GiverName  string
	CaseNumber string
}

// place is what decides who reaches the customer.
func (g *Gift) place() authz.Place {
	return authz.Place{CustomerID: g.CustomerID, OwnerID: g.Customer.OwnerID, UnitID: g.Customer.UnitID, Region: g.Customer.Region}
}

// Customer is what a gift shows of whom it is for.
type Customer struct {
	Code, Name, Region string
	OwnerID, UnitID    int64
}

// May says whether an act may be done with the gift.
func (g *Gift) May(a Act) bool {
	for _, from := range acts[a].from {
		if g.State == from {
			return true
		}
	}
	return false
}

// Deed is an act with what belongs to it.
type Deed struct {
	Act  Act
	On   calendar.Date // give: the day it was handed over, None = today
	Said string        // the reason; give: a note
}

// decide gives the gift after a deed.
func decide(g Gift, d Deed, today calendar.Date) (Gift, error) {
	said := strings.TrimSpace(d.Said)
	how, known := acts[d.Act]
	var v errs.Validation
	v.Check(known, "act", "field.not_allowed", "value", string(d.Act))
	v.Check(d.Act == ActGive || said != "", "said", "field.required")
	v.Check(utf8.RuneCountInString(said) <= maxSaid, "said", "field.too_long", "max", maxSaid)
	v.Check(d.On == calendar.None || d.On <= today, "on", "gift.in_future")
	if err := v.Err(); err != nil {
		return g, err
	}
	if !g.May(d.Act) {
		if d.Act == ActGive && g.State == Waiting {
			return g, errs.New(errs.Conflict, "gift.not_approved")
		}
		return g, errs.New(errs.Conflict, "gift.wrong_state", "state", string(g.State))
	}
	g.State, g.Said = how.to, said
	if d.Act == ActGive {
		if g.On = d.On; g.On == calendar.None {
			g.On = today
		}
	}
	return g, nil
}

// Year is what a customer got, and is to get, in a civil year.
type Year struct {
	Policy
	Year int
	Used int64 // minor units
}

// Filter bounds a list of gifts. Empty fields match everything the actor may see.
type Filter struct {
	CustomerID int64
	GiverID    int64
	States     []State
	From, To   calendar.Date // None = no bound
	Cursor     string
	Limit      int // 1 to 200; 0 = 50
}
