package statement

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/rule"
)

// Line is one thing that was done for a customer, or was owed and not done. Days are YYYY-MM-DD.
type Line struct {
	ID     string    `json:"id" doc:"Of what it is, within its source"`
	On     string    `json:"on" format:"date"`
	Title  rule.Text `json:"title"`
	Note   string    `json:"note" doc:"Meant for the customer as well: it stands on the paper"`
	Inner  string    `json:"inner" doc:"What the house noted for itself; it is read on the page and never printed"`
	Who    string    `json:"who"`
	State  string    `json:"state" doc:"As its source words it; see states"`
	Due    string    `json:"due" doc:"Day by which it was owed; empty where it was not"`
	Clause string    `json:"clause" doc:"That asked for it; empty where none did"`
	Number string    `json:"number" doc:"Of a case"`
	DutyID int64     `json:"-"` // the duty it was done for, 0 = none
}

// Span is what a source is asked for: the days, both included, and Today, from which on nothing has happened yet.
type Span struct{ From, To, Today calendar.Date }

// Crowd is some customers whose lines are counted.
type Crowd struct {
	ids   []int64 // these customers, each by itself
	units []int64 // or all of these units together
}

// Where gives the predicate on a column that holds the customer's id.
func (c Crowd) Where(column string) (string, []any) {
	if c.units != nil {
		return column + " IN (SELECT crowd.id FROM customer crowd WHERE crowd.archived_at IS NULL AND crowd.unit_id IN " + db.In(len(c.units)) + ")", db.Args(c.units)
	}
	return db.Among(column, c.ids)
}

// Key gives the expression by which counts are grouped: the customer, or 0 for all of them together.
func (c Crowd) Key(column string) string {
	if c.units != nil {
		return column + " * 0"
	}
	return column
}

// Counted is a number of lines of a customer (0 = of the whole crowd) in one state.
type Counted struct {
	CustomerID int64
	State      string
	N          int64
}

// State words a state of lines. Rendered says that the customer was served; what is not is listed and not counted as service.
type State struct {
	Key      string    `json:"key"`
	Title    rule.Text `json:"title"`
	Rendered bool      `json:"rendered"`
}

// Source tells of one sort of service. Its functions read inside the caller's transaction and ask for no permission: the statement does.
type Source struct {
	Kind       string // the noun of the feature: duty, visit
	Title      rule.Text
	Permission authz.Permission // needed over the customer
	States     []State
	Owed       bool // its lines have a clause and a day by which they were owed
	Lines      func(ctx context.Context, q db.Q, customerID int64, span Span) ([]Line, error)
	Count      func(ctx context.Context, q db.Q, who Crowd, span Span) ([]Counted, error)
}

// Part is what one source tells of a customer.
type Part struct {
	Kind     string    `json:"kind"`
	Title    rule.Text `json:"title"`
	Owed     bool      `json:"owed" doc:"Its lines have a clause and a day by which they were owed"`
	Rendered int64     `json:"rendered" doc:"Lines that are service; the others were owed and not done, or are about it"`
	States   []State   `json:"states" nullable:"false"`
	Lines    []Line    `json:"lines" nullable:"false"`
}

// Content is what a statement says; it is kept with every edition.
type Content struct {
	Code  string      `json:"code"`
	Name  string      `json:"name"`
	Owner string      `json:"owner"`
	Year  int         `json:"year"`
	From  string      `json:"from" format:"date"`
	To    string      `json:"to" format:"date" doc:"The last day that is told of: the end of the year, or the day it was put together"`
	Parts []Part      `json:"parts" nullable:"false"`
	Left  []rule.Text `json:"left" nullable:"false" doc:"What was left out because the reader may not see it"`
}

// digest tells two contents apart. The last day does not count: a day on which nothing happened makes no new edition.
func (c Content) digest() (string, []byte, error) {
	kept, err := json.Marshal(c)
	if err != nil {
		return "", nil, fmt.Errorf("writing down a statement: %w", err)
	}
	c.To = ""
	same, err := json.Marshal(c)
	sum := sha256.Sum256(same)
	return hex.EncodeToString(sum[:]), kept, err
}

// kinds names the sources that are told of; none of them is not nothing, which stands for editions of before.
func (c Content) kinds() string {
	out := ","
	for i := range c.Parts {
		out += c.Parts[i].Kind + ","
	}
	return out
}

// Issued is a numbered edition.
type Issued struct {
	ID, CustomerID int64
	Year, Edition  int
	Number         string
	By             string
	At             time.Time
	Content        Content
}

// numberOf names an edition.
func numberOf(year int, code string, edition int) string {
	return fmt.Sprintf("SVC-%d-%s-%02d", year, code, edition)
}

// spanOf gives the days of a year up to today. Error: none; a year to come has no days.
func spanOf(year int, today calendar.Date) (Span, bool) {
	first, err := calendar.Of(year, 1, 1)
	if err != nil || first > today {
		return Span{}, false
	}
	return Span{From: first, To: min(first.AddMonths(12).AddDays(-1), today), Today: today}, true
}

// part sorts the lines of a source by day and counts those that are service.
func (s Source) part(lines []Line) Part {
	slices.SortStableFunc(lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	p := Part{Kind: s.Kind, Title: s.Title, Owed: s.Owed, States: s.States, Lines: append([]Line{}, lines...)}
	for _, l := range lines {
		if s.rendered(l.State) {
			p.Rendered++
		}
	}
	return p
}

func (s Source) rendered(state string) bool {
	return slices.ContainsFunc(s.States, func(x State) bool { return x.Key == state && x.Rendered })
}

// stateText words a state.
func (p Part) stateText(state string) rule.Text {
	for _, x := range p.States {
		if x.Key == state {
			return x.Title
		}
	}
	return rule.Text{Zh: state, En: state}
}
