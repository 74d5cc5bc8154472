package ownership

import (
	"strconv"
	"strings"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

// How a term began.
const (
	HowRule     = "rule"     // by the owner rules
	HowHand     = "hand"     // somebody chose the owner
	HowClaim    = "claim"    // taken out of the pool
	HowReturn   = "return"   // given back to the pool
	HowLapse    = "lapse"    // went back to the pool for want of a contact
	HowHandover = "handover" // handed over
	HowImport   = "import"   // came with the import that entered the customer
	HowEntry    = "entry"    // came with the customer when somebody entered it
)

// States of a run.
const (
	RunWorking = "working"
	RunReady   = "ready"
	RunFailed  = "failed"
)

// States of a line.
const (
	LineOpen    = "open"
	LineChosen  = "chosen"
	LineApplied = "applied"
	LineStale   = "stale"
)

// Why is the explanation of an owner, kept as it was known then.
type Why struct {
	Rulebook   string    `json:"rulebook"`
	Version    string    `json:"version"`
	Rule       string    `json:"rule"`
	Precedence int       `json:"precedence"`
	Title      rule.Text `json:"title"`
	Clause     string    `json:"clause"`
	By         string    `json:"by"`   // one of rule's Owner constants
	Name       string    `json:"name"` // the role or field
	Role       rule.Text `json:"role"` // the role's name
	Reason     string    `json:"reason"`
	Load       int64     `json:"load"`  // customers the owner had before
	Among      int       `json:"among"` // how many could have been chosen
	// Conflicts are what stood against it.
	Conflicts []Conflict `json:"conflicts"`
}

// Conflict is what stands against a decision.
type Conflict struct {
	Kind     string    `json:"kind"` // one of rule's Conflict constants
	Rule     string    `json:"rule"`
	Title    rule.Text `json:"title"` // of the rule
	UserID   int64     `json:"user_id,string"`
	UserName string    `json:"user_name"`
	Text     string    `json:"text"`
}

// Sentence tells the reason to a reader.
func (w *Why) Sentence() rule.Text {
	if w.Reason == WhyHandover {
		return rule.Text{Zh: "按交接单 " + w.Name + " 移交", En: "by handover " + w.Name}
	}
	zh := "第" + strconv.Itoa(w.Precedence) + "顺位规则“" + w.Title.Zh + "”"
	en := "rule " + strconv.Itoa(w.Precedence) + " “" + w.Title.En + "”"
	if w.Clause != "" {
		zh, en = zh+"（第"+w.Clause+"条）", en+" (clause "+w.Clause+")"
	}
	more := w.reason()
	return rule.Text{Zh: zh + "：" + more.Zh, En: en + ": " + more.En}
}

func (w *Why) reason() rule.Text {
	load, among := strconv.FormatInt(w.Load, 10), strconv.Itoa(w.Among)
	switch w.Reason {
	case rule.WhyNamed:
		return rule.Text{Zh: "客户字段 " + w.Name + " 指明了此人", En: "the field " + w.Name + " of the customer names this person"}
	case rule.WhyArea:
		return rule.Text{Zh: "此人承包客户所在的片区", En: "this person has contracted the area of the customer"}
	case rule.WhyKept:
		return rule.Text{Zh: "现维护人符合规则，不作变动", En: "the present owner is one of those who may, and stays"}
	case rule.WhyOnly:
		return rule.Text{Zh: "此人是就近唯一的" + w.Role.Zh, En: "this person is the only " + w.Role.En + " near the customer"}
	case rule.WhyFewest:
		return rule.Text{Zh: "在就近的 " + among + " 位" + w.Role.Zh + "中，此人名下客户最少（" + load + " 户）", En: "of " + among + " holders of " + w.Role.En + " near the customer, this person has the fewest customers (" + load + ")"}
	case rule.WhyNoHolder:
		return rule.Text{Zh: "无人担任" + w.Role.Zh + "，暂无人维护", En: "nobody holds " + w.Role.En + ", so nobody looks after the customer yet"}
	case rule.WhyFull:
		return rule.Text{Zh: "就近的" + w.Role.Zh + "都已达到户数上限，暂无人维护", En: "every " + w.Role.En + " near the customer has as many customers as allowed, so nobody looks after the customer yet"}
	}
	return rule.Text{}
}

// same says whether the owner of a term stays on the term's own ground: the same rule for the same reason, where how many
// customers somebody had then does not count, or having taken the customer out of the pool. A claim stays one, for the pool's
// limit counts claims and the pool's times run for them.
func (w *Why) same(t *Term) bool {
	return t.How == HowClaim || t.How == HowRule && t.Rulebook == w.Rulebook && t.Rule == w.Rule && t.Precedence == w.Precedence && t.Clause == w.Clause
}

// kinds joins the kinds of conflicts for the column of that name.
func (w *Why) kinds() string {
	if len(w.Conflicts) == 0 {
		return ""
	}
	out := " "
	for _, c := range w.Conflicts {
		if !strings.Contains(out, " "+c.Kind+" ") {
			out += c.Kind + " "
		}
	}
	return out
}

// Term is a time during which somebody, or nobody, looked after a customer.
type Term struct {
	CustomerID, ID    int64
	OwnerID           int64
	OwnerName         string
	How               string
	Rulebook, Version string
	Rule              string
	Precedence        int
	Clause            string
	Why               *Why   // nil where no rule decided
	Note              string // what whoever gave it back said
	SourceID          int64
	ByID              int64
	ByName            string
	From, Until       calendar.Date // Until None = goes on
	CreatedAt         time.Time
}

// Run is a run of the owner rules.
type Run struct {
	ID                           int64
	Rulebook, Version, State     string
	InScope, Moves, Conflicts    int64
	Unowned                      int64
	Loads                        []Load
	CreatedBy                    int64
	CreatorName                  string
	CreatedAt                    time.Time
	FinishedAt                   *int64 // microseconds
	Open, Chosen, Applied, Stale int64  // lines by state
}

// Load is how many customers somebody has before and after.
type Load struct {
	UserID   int64  `json:"user_id,string"` // 0 = nobody
	Name     string `json:"name"`
	Before   int64  `json:"before"`
	After    int64  `json:"after"`
	Cap      int64  `json:"cap"` // 0 = none
	Disabled bool   `json:"disabled"`
}

// Line is what a run says of a customer.
type Line struct {
	CustomerID   int64
	Code, Name   string
	FromID, ToID int64
	FromName     string
	ToName       string
	Rule         string
	Precedence   int
	Clause       string
	Why          Why
	State        string
}

// Decision is what the rules say of one customer now.
type Decision struct {
	CustomerID int64
	Code, Name string
	Present    int64
	Owner      int64
	Why        Why
}
