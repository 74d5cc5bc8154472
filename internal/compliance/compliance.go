package compliance

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// maxPeriod bounds a period in days: ten years.
const maxPeriod = 3660

// Query bounds a report on compliance.
type Query struct {
	Rulebook string
	From, To calendar.Date // both included
}

// Validate reports every wrong field at once.
func (q Query) Validate() error {
	var v errs.Validation
	v.Check(q.Rulebook != "", "rulebook", "field.required")
	v.Check(q.From <= q.To, "to", "compliance.period_reversed")
	v.Check(int64(q.To)-int64(q.From) <= maxPeriod, "to", "compliance.period_too_long", "days", maxPeriod)
	return v.Err()
}

// Report says how a rulebook was kept in a period. The names of its members are read by programs.
type Report struct {
	Rulebook   string      `json:"rulebook"`
	Title      rule.Text   `json:"title"`
	From       string      `json:"from" format:"date"`
	To         string      `json:"to" format:"date"`
	Versions   []Stretch   `json:"versions" nullable:"false" doc:"What was in force, in order"`
	Duties     Tally       `json:"duties" doc:"All duties of the rulebook that were due in the period"`
	Clauses    []Clause    `json:"clauses" nullable:"false"`
	Indicators []Indicator `json:"indicators" nullable:"false"`
	Reports    []Filed     `json:"reports" nullable:"false"`
}

// Stretch is a version with the days of the period it was in force.
type Stretch struct {
	Version string `json:"version"`
	From    string `json:"from" format:"date"`
	To      string `json:"to" format:"date"`
}

// Tally counts duties: Due = Kept + Late + Missed + Waived + Open.
type Tally struct {
	Due    int64  `json:"due"`
	Kept   int64  `json:"kept"`
	Late   int64  `json:"late" doc:"Done after its day"`
	Missed int64  `json:"missed" doc:"Not done, and its day has passed"`
	Waived int64  `json:"waived"`
	Open   int64  `json:"open" doc:"Its day has not passed"`
	Rate   string `json:"rate" doc:"Kept of kept, late and missed, in per cent with one decimal; empty while nothing was settled"`
}

// Clause says how one clause was kept.
type Clause struct {
	Number     string    `json:"number"`
	Title      rule.Text `json:"title"`
	Kind       string    `json:"kind"`
	Version    string    `json:"version" doc:"The newest version of the period that has the clause"`
	CarriedBy  []string  `json:"carried_by" nullable:"false" doc:"Parts of the rulebook and capabilities of the product that carry it out"`
	Duties     *Tally    `json:"duties,omitempty" doc:"Where the clause asks for duties"`
	Verdicts   *Verdicts `json:"verdicts,omitempty" doc:"Where the clause takes part in a grade"`
	Indicators []string  `json:"indicators" nullable:"false" doc:"Keys"`
	Reports    []string  `json:"reports" nullable:"false" doc:"Keys"`
	State      string    `json:"state" enum:"kept,open,broken,untold" doc:"broken: something was missed or late, or somebody in scope has neither a verdict nor a reason why not; open: nothing is settled yet; untold: nothing here can tell"`
}

// Verdicts says how many customers in scope have a verdict, as of the newest complete grading up to the end of the period.
type Verdicts struct {
	AsOf    string `json:"as_of"`
	InScope int64  `json:"in_scope"`
	Graded  int64  `json:"graded"`
	Without int64  `json:"without"`
}

// Indicator is a figure by which the regulation measures itself.
type Indicator struct {
	Key    string    `json:"key"`
	Title  rule.Text `json:"title"`
	Of     string    `json:"of"`
	Value  string    `json:"value" doc:"In the unit; empty when there is nothing to work it out from"`
	Unit   string    `json:"unit"`
	Target string    `json:"target" doc:"In the unit; empty when there is none"`
	State  string    `json:"state" enum:"met,missed,no_target,no_data"`
	Clause string    `json:"clause"`
	// Groups is the value by grade, for mean and total.
	Groups []Group `json:"groups" nullable:"false"`
}

// Group is the value of an indicator for one grade.
type Group struct {
	Code      string `json:"code" doc:"Empty for no verdict"`
	Value     string `json:"value"`
	Customers int64  `json:"customers"`
}

// Filed is a report of the regulation for one period, with its due day and whether it was filed.
type Filed struct {
	Key     string     `json:"key"`
	Title   rule.Text  `json:"title"`
	By      string     `json:"by"`
	To      []string   `json:"to" nullable:"false"`
	Every   string     `json:"every"`
	Clause  string     `json:"clause"`
	From    string     `json:"period_from" format:"date"`
	Until   string     `json:"period_to" format:"date"`
	DueOn   string     `json:"due_on" format:"date"`
	State   string     `json:"state" enum:"filed,late,open,missed"`
	FiledAt *time.Time `json:"filed_at,omitempty"`
	FiledBy string     `json:"filed_by"`
	FileID  string     `json:"file_id"`
	Note    string     `json:"note"`
	// Edition is that of a report the program makes itself.
	Edition         int64      `json:"edition" doc:"Handed in; 0 for a report that the program does not make itself"`
	ReceivedAt      *time.Time `json:"received_at,omitempty"`
	ReceivedBy      string     `json:"received_by"`
	ReceivedEdition int64      `json:"received_edition"`
	ReceivedNote    string     `json:"received_note"`
	Current         bool       `json:"current" doc:"The next one that is due"`
	filedByID       int64
	receivedByID    int64
}

// add counts n duties of a stored state; late ones of a day that has passed count as missed.
func (t *Tally) add(state duty.State, n int64) {
	switch state {
	case duty.Kept:
		t.Kept += n
	case duty.Late:
		t.Late += n
	case duty.Missed:
		t.Missed += n
	case duty.Waived:
		t.Waived += n
	case duty.Open:
		t.Open += n
	default:
		return
	}
	t.Due += n
}

func (t *Tally) finish() {
	if settled := t.Kept + t.Late + t.Missed; settled > 0 {
		t.Rate = perMille(t.Kept, settled)
	}
}

// stretches cuts a period by what was in force, from adoptions with their ends.
func stretches(list []rulebook.Adoption, from, to calendar.Date) []Stretch {
	out := []Stretch{}
	sorted := slices.SortedFunc(slices.Values(list), func(a, b rulebook.Adoption) int {
		return cmp.Or(cmp.Compare(a.EffectiveFrom, b.EffectiveFrom), cmp.Compare(a.ID, b.ID))
	})
	for _, a := range sorted {
		first, last := max(a.EffectiveFrom, from), to
		if a.EffectiveTo != calendar.None {
			last = min(a.EffectiveTo, to)
		}
		if first > last {
			continue
		}
		if n := len(out); n > 0 && out[n-1].Version == a.Version { // the same text with other settings
			out[n-1].To = last.String()
			continue
		}
		out = append(out, Stretch{a.Version, first.String(), last.String()})
	}
	return out
}

// gradesBy says whether a part of a rulebook takes part in a grade.
func gradesBy(ref string) bool {
	section, _, _ := strings.Cut(ref, ".")
	switch section {
	case "applies_to", "measures", "judgements", "requires", "scorecards", "grades":
		return true
	}
	return false
}

// state sums up what is known about a clause.
func (c *Clause) state() string {
	switch {
	case c.Duties != nil && c.Duties.Missed+c.Duties.Late > 0, c.Verdicts != nil && c.Verdicts.Graded+c.Verdicts.Without < c.Verdicts.InScope:
		return "broken"
	case c.Duties != nil && c.Duties.Kept+c.Duties.Waived > 0, c.Verdicts != nil && c.Verdicts.Graded > 0:
		return "kept"
	case c.Duties != nil || c.Verdicts != nil:
		return "open"
	}
	return "untold"
}
