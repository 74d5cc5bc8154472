package segment

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/errs"
)

// Modes of a segment.
const (
	Static  = "static"
	Dynamic = "dynamic"
)

const (
	maxName     = 60  // characters
	maxNote     = 500 // characters
	maxGroups   = 10
	maxMeasures = 10
	maxSegments = 500
)

// Segment is a named group of customers.
type Segment struct {
	ID          int64
	Name        string
	Note        string
	Mode        string
	Groups      []Group // of a dynamic segment; a customer that meets one of them belongs
	Members     int64   // at the last refresh, whoever looks
	RefreshedOn calendar.Date
	RefreshedAt time.Time // zero before the first refresh
	ArchivedAt  *time.Time
	CreatedBy   int64
	CreatorName string
	Version     int64
	UpdatedAt   time.Time
}

// Group is a set of conditions that must all hold.
type Group struct {
	// Conditions are those of the customer list, written field:op:value,value.
	Conditions []string `json:"conditions" maxItems:"30" nullable:"false" doc:"Conditions of the customer list, written field:op:value,value"`
	// Measures are conditions over facts.
	Measures []Measure `json:"measures" maxItems:"10" nullable:"false" doc:"Conditions over measures worked out from facts"`
}

// Measure is a number worked out from a customer's facts, and the interval it must lie in.
type Measure struct {
	Do     string   `json:"do" enum:"sum,count,average,min,max,last,distinct,days_since" doc:"What is worked out"`
	Field  string   `json:"field,omitempty" maxLength:"60" doc:"amount, quantity or a numeric field; document, product, date or month for distinct; first or last for days_since; empty for count"`
	Of     []string `json:"of" minItems:"1" maxItems:"20" nullable:"false" doc:"Kinds of facts that are read"`
	Where  string   `json:"where,omitempty" maxLength:"500" doc:"Condition a fact must meet, as in a rulebook: status == \"shipped\""`
	Window string   `json:"window,omitempty" maxLength:"20" doc:"ISO period up to the day of the refresh (P12M), year, last_year, or empty for the whole history"`
	Unit   string   `json:"unit,omitempty" maxLength:"3" doc:"Currency of an amount"`
	// The interval; a bound that is empty is open.
	AtLeast string `json:"at_least,omitempty" maxLength:"40" doc:"Lower bound, included"`
	Above   string `json:"above,omitempty" maxLength:"40" doc:"Lower bound, excluded"`
	AtMost  string `json:"at_most,omitempty" maxLength:"40" doc:"Upper bound, included"`
	Below   string `json:"below,omitempty" maxLength:"40" doc:"Upper bound, excluded"`
}

// Input is what is said about a segment.
type Input struct {
	Name   string
	Note   string
	Mode   string
	Groups []Group
}

// Validate reports every wrong field at once.
func (in Input) Validate() error {
	_, err := in.normal()
	return err
}

// normal gives the input without needless blanks. Conditions are checked by running them: see matcher.
func (in Input) normal() (Input, error) {
	var v errs.Validation
	in.Name, in.Note = plain(in.Name), strings.TrimSpace(strings.ToValidUTF8(in.Note, ""))
	v.Check(in.Name != "", "name", "field.required")
	v.Check(len([]rune(in.Name)) <= maxName, "name", "field.too_long", "max", maxName)
	v.Check(len([]rune(in.Note)) <= maxNote, "note", "field.too_long", "max", maxNote)
	v.Check(in.Mode == Static || in.Mode == Dynamic, "mode", "field.malformed", "message", in.Mode)
	v.Check(in.Mode != Static || len(in.Groups) == 0, "groups", "segment.static_conditions")
	v.Check(in.Mode != Dynamic || len(in.Groups) > 0, "groups", "segment.no_conditions")
	v.Check(len(in.Groups) <= maxGroups, "groups", "segment.too_many_groups", "max", maxGroups)
	for i := range in.Groups {
		in.Groups[i].check(&v, "groups["+strconv.Itoa(i)+"]")
	}
	return in, v.Err()
}

func (g *Group) check(v *errs.Validation, at string) {
	if g.Conditions == nil {
		g.Conditions = []string{}
	}
	if g.Measures == nil {
		g.Measures = []Measure{}
	}
	v.Check(len(g.Conditions)+len(g.Measures) > 0, at, "segment.empty_group")
	v.Check(len(g.Measures) <= maxMeasures, at+".measures", "segment.too_many_measures", "max", maxMeasures)
	conditions, err := customer.ParseConditions(g.Conditions)
	v.Check(err == nil, at+".conditions", "segment.condition_malformed")
	for _, c := range conditions {
		v.Check(c.Field != "owner" || !slices.Contains(c.Values, "me"), at+".conditions", "segment.depends_on_viewer")
		v.Check(c.Field != "segment", at+".conditions", "segment.of_segments")
	}
	for i := range g.Measures {
		m := &g.Measures[i]
		bounds := m.AtLeast + m.Above + m.AtMost + m.Below
		v.Check(bounds != "", at+".measures["+strconv.Itoa(i)+"]", "segment.no_bound")
		v.Check(m.Field == "" || fieldName.MatchString(m.Field), at+".measures["+strconv.Itoa(i)+"].field", "field.malformed", "message", m.Field)
		v.Check(len(m.Of) > 0, at+".measures["+strconv.Itoa(i)+"].of", "field.required")
	}
}

var fieldName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

func plain(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))), " ")
}
