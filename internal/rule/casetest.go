package rule

import (
	"cmp"
	"sort"
	"strings"

	"kezhi/internal/calendar"
)

// TestReport is the result of a rulebook's worked examples.
type TestReport struct {
	Passed int          `json:"passed"`
	Failed int          `json:"failed"`
	Cases  []CaseResult `json:"cases"`
	// Unreached lists what no passing example exercises.
	Unreached []Unreached `json:"unreached"`
	// Exercised lists the clauses that passing examples touch.
	Exercised []string `json:"exercised"`
}

// CaseResult is the result of one example.
type CaseResult struct {
	Name Text `json:"name"`
	// Procedure is the procedure the example runs, empty for an example of a grade.
	Procedure string `json:"procedure,omitempty"`
	Passed    bool   `json:"passed"`
	// Line is the place of the example in cases.yaml.
	Line  int    `json:"line"`
	Diffs []Diff `json:"diffs"`
}

// Diff is one expectation that was not met.
type Diff struct {
	// Field is what was compared: grade, score, points.sales, measures.sales_12m ...
	Field string `json:"field"`
	Want  string `json:"want"`
	Got   string `json:"got"`
}

// Unreached is something of the rulebook that no passing example exercises.
type Unreached struct {
	// Kind is band, boundary, branch or clause.
	Kind    string `json:"kind"`
	Ref     string `json:"ref"`
	Clause  string `json:"clause"`
	Message Text   `json:"message"`
	// Line is the place in rulebook.yaml (in clauses.md for a clause).
	Line int `json:"line"`
	at   pos
}

// Test runs the examples of a book. Of a book that cannot be compiled every example fails.
func Test(b *Book) TestReport {
	p, problems := Compile(b, nil)
	t := tester{b: b, programs: map[string]*Program{"": p}, owners: ownerCover{}}
	report := TestReport{Cases: []CaseResult{}, Unreached: []Unreached{}, Exercised: []string{}}
	if p != nil {
		t.cov = newCoverages(p)
		t.flows = flowCover{hit: map[string]bool{}, clauses: t.cov[0].clauses}
	}
	for i := range b.cases.List {
		r := CaseResult{Name: b.cases.List[i].Case.Text, Line: b.cases.List[i].Line, Diffs: []Diff{}}
		if p == nil {
			r.Diffs = []Diff{{Field: "rulebook", Want: "compiles", Got: firstError(problems)}}
		} else if one := &b.cases.List[i]; one.Procedure.set() {
			r.Procedure = one.Procedure.S
			r.Diffs = append(r.Diffs, t.runProcedure(one)...)
		} else {
			r.Diffs = append(r.Diffs, t.run(one)...)
		}
		if r.Passed = len(r.Diffs) == 0; r.Passed {
			report.Passed++
		} else {
			report.Failed++
		}
		report.Cases = append(report.Cases, r)
	}
	if p != nil {
		report.Unreached = append(report.Unreached, t.flows.missing(b)...)
		report.Unreached = append(report.Unreached, t.missingOwners(p)...)
		report.Unreached = append(report.Unreached, unreached(b, t.cov)...)
		report.Exercised = append(report.Exercised, exercised(b, report.Passed, t.cov)...)
	}
	return report
}

func firstError(problems []Problem) string {
	for i := range problems {
		if problems[i].Severity == SeverityError {
			return problems[i].Code + ": " + problems[i].Message.En
		}
	}
	return ""
}

// tester runs examples; programs are kept by their settings.
type tester struct {
	b        *Book
	programs map[string]*Program
	cov      []*coverage // by scheme
	spent    int         // see caseInput
	flows    flowCover
	owners   ownerCover
}

// situationOf is what an example sets up.
type situationOf struct {
	p    *Program
	asOf calendar.Date
	s    Subject
	m    Measures
	pop  *Population
	// facts are the customer's, for the triggers.
	facts []Fact
}

func (t *tester) run(c *caseSpec) []Diff {
	at, applies, diffs := t.situation(c)
	if len(diffs) > 0 {
		return diffs
	}
	if at.p.graded || !applies {
		diffs = t.compare(c, &at, applies)
	}
	if c.Expect.owned() && applies {
		diffs = append(diffs, t.runOwner(c, &at)...)
	}
	if len(diffs) == 0 && at.p.graded {
		t.record(c, &at, applies)
	}
	return diffs
}

// situation sets up what an example describes; diffs name what cannot be set up.
func (t *tester) situation(c *caseSpec) (at situationOf, applies bool, diffs []Diff) {
	p, diffs := t.program(c)
	if p == nil {
		return at, false, diffs
	}
	p, diffs = t.rates(p, c)
	if len(diffs) > 0 {
		return at, false, diffs
	}
	asOf, err := calendar.Parse(c.AsOf.S)
	if err != nil {
		return at, false, []Diff{{Field: "as_of", Want: "YYYY-MM-DD", Got: c.AsOf.S}}
	}
	in := &caseInput{p: p, b: t.b, asOf: asOf, spent: &t.spent}
	at = situationOf{p: p, asOf: asOf, s: in.subject(c)}
	at.m = in.measures(c.Facts, &c.Measures, &at.s)
	at.pop = in.population(c, &at.s, at.m)
	at.facts = in.facts(c.Facts)
	if len(in.diffs) > 0 {
		return at, false, in.diffs
	}
	applies, err = p.Applies(at.s)
	if err != nil {
		return at, false, []Diff{{Field: "in_scope", Want: "true or false", Got: err.Error()}}
	}
	return at, applies, nil
}

// program compiles the book with the example's settings.
func (t *tester) program(c *caseSpec) (*Program, []Diff) {
	overrides := map[string]string{}
	var key []string
	for i := range c.Settings.List {
		e := &c.Settings.List[i]
		overrides[e.Name.S] = e.Value.S
		key = append(key, e.Name.S+"="+e.Value.S)
	}
	sort.Strings(key)
	id := strings.Join(key, "\n")
	if p, ok := t.programs[id]; ok {
		return p, nil
	}
	p, problems := Compile(t.b, overrides)
	if p == nil {
		return nil, []Diff{{Field: "settings", Want: strings.Join(key, ", "), Got: firstError(problems)}}
	}
	t.programs[id] = p
	return p, nil
}

// rates gives the program the exchange rates an example writes.
func (t *tester) rates(p *Program, c *caseSpec) (*Program, []Diff) {
	var list []Rate
	var diffs []Diff
	for i := range c.Rates {
		r := &c.Rates[i]
		from, err := calendar.Parse(r.From.S)
		if err != nil || !ValidRate(r.Rate.S) || !p.ratesKept {
			diffs = append(diffs, Diff{Field: "rates." + r.Currency.S, Want: "rates: organisation; currency, day and rate", Got: r.From.S + " " + r.Rate.S})
		}
		list = append(list, Rate{Currency: r.Currency.S, From: from, Rate: r.Rate.S})
	}
	return p.WithRates(list), diffs
}

// record notes what a passing example exercised of the schemes it expects something of.
func (t *tester) record(c *caseSpec, at *situationOf, applies bool) {
	own := *at
	for i, p := range at.p.family.list {
		said := c.Expect.Grades.get(p.scheme.ID) != nil
		if said || c.Expect.about(i, p.scheme.ID) || !applies {
			own.p = p
			t.cov[i].record(c, &own, applies, len(c.Settings.List) == 0)
		}
	}
}

// about reports whether the expectations outside `grades` speak of a scheme.
func (e *expectSpec) about(index int, id string) bool {
	if e.Scheme.set() {
		return e.Scheme.S == id
	}
	return index == 0 && (e.Grade.set() || e.Reason.set() || len(e.Grades.List) == 0)
}

// compare checks every expectation that is written.
func (t *tester) compare(c *caseSpec, at *situationOf, applies bool) []Diff {
	d := &differ{}
	e := &c.Expect
	d.want("in_scope", e.InScope, yesNo(applies))
	if !applies {
		d.want("grade", e.Grade, "")
		d.want("reason", e.Reason, ReasonNotInScope)
		return d.list
	}
	p := at.p
	if e.Scheme.set() {
		var ok bool
		if p, ok = at.p.For(e.Scheme.S); !ok {
			return []Diff{{"scheme", e.Scheme.S, ""}}
		}
	}
	t.compareSchemes(d, e, at)
	t.compareOne(d, e, at, p)
	return d.list
}

// compareSchemes checks the grades that are expected by scheme.
func (t *tester) compareSchemes(d *differ, e *expectSpec, at *situationOf) {
	for i := range e.Grades.List {
		want := &e.Grades.List[i]
		p, ok := at.p.For(want.Name.S)
		if !ok {
			d.list = append(d.list, Diff{"grades." + want.Name.S, want.Value.S, "no such scheme"})
			continue
		}
		v := p.Judge(at.s, 0, at.m, at.pop)
		got := v.Code
		if got == "" {
			got = v.Reason
		}
		d.want("grades."+want.Name.S, want.Value, got)
	}
}

// compareOne checks what is expected of one scheme.
func (t *tester) compareOne(d *differ, e *expectSpec, at *situationOf, p *Program) {
	v, x := p.Explain(at.s, 0, at.m, at.pop)
	if fast := p.Judge(at.s, 0, at.m, at.pop); fast != v {
		d.list = append(d.list, Diff{"judge", v.Code, fast.Code})
	}
	if !e.Grade.set() && !e.Reason.set() && len(e.Grades.List) == 0 && !e.owned() {
		d.list = append(d.list, Diff{"expect", "grade or reason", ""})
	}
	d.want("grade", e.Grade, v.Code)
	d.want("reason", e.Reason, v.Reason)
	d.want("held", e.Held, yesNo(v.Held))
	d.want("proposed", e.Proposed, cmp.Or(v.Proposed, "none"))
	d.want("dormant", e.Dormant, yesNo(v.Dormant))
	d.number("score", e.Score, scoreOf(v))
	d.want("provisional", e.Provisional, yesNo(v.Provisional != ""))
	d.want("expires_on", e.ExpiresOn, x.ExpiresOn)
	points := map[string]string{}
	for i := range x.Items {
		points[x.Items[i].Item] = x.Items[i].Points
	}
	for i := range e.Points.List {
		d.number("points."+e.Points.List[i].Name.S, e.Points.List[i].Value, points[e.Points.List[i].Name.S])
	}
	values := map[string]string{}
	for i := range x.Inputs {
		values[x.Inputs[i].Measure] = x.Inputs[i].Value
	}
	for i := range e.Measures.List {
		d.number("measures."+e.Measures.List[i].Name.S, e.Measures.List[i].Value, values[e.Measures.List[i].Name.S])
	}
	t.compareRest(d, e, v, &x, p)
	compareDueBy(d, e, p.DutiesFor(v.Code), at.facts)
}

func (t *tester) compareRest(d *differ, e *expectSpec, v Verdict, x *Explanation, p *Program) {
	if e.Next != nil {
		next := ExplainedNext{}
		if x.Next != nil {
			next = *x.Next
		}
		d.want("next.grade", e.Next.Grade, next.Code)
		d.number("next.missing", e.Next.Missing, next.Missing)
	}
	if len(e.Duties) == 0 {
		return
	}
	var want, got []string
	for _, w := range e.Duties {
		want = append(want, w.S)
	}
	for _, duty := range p.DutiesFor(v.Code) {
		got = append(got, duty.Key)
	}
	sort.Strings(want)
	sort.Strings(got)
	if strings.Join(want, ", ") != strings.Join(got, ", ") {
		d.list = append(d.list, Diff{"duties", strings.Join(want, ", "), strings.Join(got, ", ")})
	}
}

func scoreOf(v Verdict) string {
	if !v.HasScore {
		return ""
	}
	return pointsString(v.ScoreMicro)
}

func yesNo(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// differ collects expectations that were not met.
type differ struct{ list []Diff }

func (d *differ) want(field string, w word, got string) {
	if w.set() && w.S != got {
		d.list = append(d.list, Diff{field, w.S, got})
	}
}

// number compares by value: 130, 130.0 and 13_0 are the same; none stands for no value.
func (d *differ) number(field string, w word, got string) {
	if !w.set() || w.S == "none" && got == "" {
		return
	}
	want, okWant := parseRat(strings.TrimSuffix(w.S, "%"))
	have, okHave := parseRat(got)
	if !okWant || !okHave || want.cmp(have) != 0 {
		if w.S != got {
			d.list = append(d.list, Diff{field, w.S, got})
		}
	}
}
