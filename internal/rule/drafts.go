package rule

import (
	"math"
	"reflect"
	"slices"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/expr"
)

// DraftCases writes examples for what no example of the rulebook reaches yet: bands, both sides of every boundary, rows and
// the other branches. What is expected is what the engine gives, so every draft must be confirmed by its author; the text
// says so. It is a list that may be appended to cases.yaml, the same for the same rulebook; empty when nothing is missing, the
// rulebook cannot be compiled, or it grades nobody: examples of procedures are their author's.
func (b *Book) DraftCases() []byte {
	p, _ := Compile(b, nil)
	if p == nil || !p.graded {
		return nil // what a procedure must show nobody can guess
	}
	d := &drafter{b: b, t: tester{b: b, programs: map[string]*Program{"": p}, cov: newCoverages(p), owners: ownerCover{}}, asOf: "2026-06-30"}
	d.t.flows = flowCover{hit: map[string]bool{}, clauses: d.t.cov[0].clauses}
	for i := range b.cases.List {
		c := &b.cases.List[i]
		if _, err := calendar.Parse(c.AsOf.S); err == nil && i == 0 {
			d.asOf = c.AsOf.S
		}
		if c.Procedure.set() {
			d.t.runProcedure(c)
			continue
		}
		d.t.run(c)
	}
	d.left = len(unreached(b, d.t.cov))
	for i, own := range p.family.list {
		d.plans = append(d.plans, d.plan(own))
		d.scheme(i, own, d.t.cov[i])
	}
	d.shared(p)
	return d.bytes(d.t.missingOwners(p)) // who looks after whom in an example only its author can say
}

// drafter makes examples one by one and keeps those that reach something new.
type drafter struct {
	b     *Book
	t     tester
	asOf  string
	plans []tablePlan
	out   []string
	// left is how much is unreached before the next draft; tries counts drafts, also those that came to nothing.
	left, tries int
}

// maxTries bounds the work on a rulebook with thousands of lines.
const maxTries = 1500

// draft is an example in the making.
type draft struct {
	scheme                                         int
	customer, judged, measures, previous, settings map[string]string
	facts, segments                                []string
}

// tablePlan says, for every row of a decision table, what makes it decide.
type tablePlan struct {
	dims  []dimension
	picks map[int][]int // by row
}

// plan tries the situations of a table, as the check does, and remembers the first in which each row decides.
func (d *drafter) plan(p *Program) tablePlan {
	k := newCompiler(d.b)
	k.p = p
	rows := p.grading.rows
	plan := tablePlan{picks: map[int][]int{}}
	dims, ok := k.dimensions(rows)
	if len(rows) == 0 || !ok {
		return plan
	}
	total := 1
	for i := range dims {
		if dims[i].src.kind == fromMeasure {
			dims[i].cells = nil
			for _, v := range d.values(p, dims[i].src.index, cutsOf(rows, dims[i].src)) {
				dims[i].cells = append(dims[i].cells, cell{v: v})
			}
		}
		if total *= max(len(dims[i].cells), 1); total > maxTableCells {
			return plan
		}
	}
	plan.dims = dims
	pick := make([]int, len(dims))
	for range total {
		if hits := matching(rows, dims, pick); len(hits) > 0 && (p.grading.hit != hitAny || clash(rows, hits) == 0) {
			if winner, _ := p.grading.hit.winner(rows, hits); plan.picks[winner] == nil {
				plan.picks[winner] = slices.Clone(pick)
			}
		}
		advance(pick, dims)
	}
	return plan
}

// base is a customer in scope whose lines all have data in the middle and to whom no special rule applies.
func (d *drafter) base(scheme int) *draft {
	x := &draft{
		scheme: scheme, customer: map[string]string{}, judged: map[string]string{}, measures: map[string]string{},
		previous: map[string]string{}, settings: map[string]string{},
	}
	p := d.t.cov[scheme].p
	d.inScope(x, p)
	for i := range p.requires {
		r := &p.requires[i]
		d.number(x, p, r.measure, func(v rat) bool { return r.iv.contains(v) })
	}
	for _, before := range p.earlier {
		d.ordinary(x, before)
		d.decided(x, before, before.grading.lastLabel())
	}
	d.ordinary(x, p)
	for i := range p.grading.rows {
		if pick := d.plans[scheme].picks[i]; pick != nil {
			d.situation(x, p, d.plans[scheme].dims, pick)
			break
		}
	}
	return x
}

// ordinary gives a scheme's lines their data and keeps clear of its special rules.
func (d *drafter) ordinary(x *draft, p *Program) {
	d.middle(x, p)
	for _, conds := range p.special() {
		d.avoid(x, p, conds, false)
	}
}

// lastLabel is the grade of what no condition selects, which every customer can have.
func (g *grading) lastLabel() int {
	if n := len(g.rows); n > 0 {
		return g.rows[n-1].label
	}
	if n := len(g.bins); n > 0 {
		return g.bins[n-1].label
	}
	return 0
}

// special lists the conditions of everything that changes a grade for some customers only.
func (p *Program) special() [][]cond {
	var out [][]cond
	if p.card != nil {
		for i := range p.card.bonuses {
			out = append(out, p.card.bonuses[i].conds)
		}
		for i := range p.card.vetoes {
			out = append(out, p.card.vetoes[i].conds)
		}
	}
	for i := range p.grading.limits {
		out = append(out, p.grading.limits[i].conds)
	}
	return append(out, p.grading.dormant.conds)
}

// inScope fills the fields the scope asks for.
func (d *drafter) inScope(x *draft, p *Program) {
	if p.scope == nil {
		return
	}
	x.scopeSegments(p)
	terms, _ := p.scope.Terms()
	for i := range terms {
		if t := &terms[i]; t.Op == expr.Equal || t.Op == expr.In {
			x.customer[strings.TrimPrefix(t.Name, "customer.")] = t.Texts[0]
		}
	}
}

// middle gives every line of the scorecard a value in the middle of its bands.
func (d *drafter) middle(x *draft, p *Program) {
	if p.card == nil {
		return
	}
	for i := range p.card.items {
		it := &p.card.items[i]
		switch {
		case len(it.bins) > 0:
			if _, given := x.measures[p.measures[it.src.index].name]; !given {
				d.band(x, p, it, len(it.bins)/2)
			}
		case it.src.kind == fromJudgement && p.judgements[it.src.index].ranged:
			j := &p.judgements[it.src.index]
			x.judged[j.name] = pointsString((j.lo + j.hi) / 2 / micro * micro)
		case len(it.values) > 0:
			d.text(x, p, it.src, it.values[len(it.values)/2].value)
		}
	}
}

// avoid chooses values with which the conditions do not hold. What is given already stays, unless anew is set and the
// condition holds with it.
func (d *drafter) avoid(x *draft, p *Program, conds []cond, anew bool) {
	for i := range conds {
		c := &conds[i]
		if c.src.kind != fromMeasure {
			continue
		}
		text, given := x.measures[p.measures[c.src.index].name]
		if v, ok := parseRat(text); given && (!anew || !ok || !c.holds(v, "")) {
			continue
		}
		d.number(x, p, c.src.index, func(v rat) bool { return !c.holds(v, "") })
	}
}

// clear keeps clear of everything that would give a grade of its own.
func (d *drafter) clear(x *draft, p *Program) {
	d.avoid(x, p, p.grading.dormant.conds, true)
	for i := 0; p.card != nil && i < len(p.card.vetoes); i++ {
		d.avoid(x, p, p.card.vetoes[i].conds, true)
	}
}

// meet chooses values with which all conditions hold.
func (d *drafter) meet(x *draft, p *Program, conds []cond) {
	for i := range conds {
		c := &conds[i]
		switch c.src.kind {
		case fromMeasure:
			d.number(x, p, c.src.index, func(v rat) bool { return c.holds(v, "") })
		case fromScore:
			lo, hi := c.iv.micros()
			d.reach(x, p, lo, hi)
		case fromScheme:
			before := p.family.list[c.src.index]
			if len(c.texts) > 0 {
				d.decided(x, before, before.scheme.index(c.texts[0]))
			}
		default:
			if len(c.texts) > 0 {
				d.text(x, p, c.src, c.texts[0])
			}
		}
	}
}

// micros gives the whole millionths that lie in an interval of points.
func (iv *interval) micros() (lo, hi int64) {
	lo, hi = math.MinInt64/4, math.MaxInt64/4
	if iv.hasLo {
		if lo = microCeil(exact{small: iv.lo}); iv.loOpen {
			lo++
		}
	}
	if iv.hasHi {
		if hi = microFloor(exact{small: iv.hi}); iv.hiOpen {
			hi--
		}
	}
	return lo, hi
}

// decided makes a scheme come to a grade.
func (d *drafter) decided(x *draft, p *Program, label int) {
	for i := range p.grading.bins {
		if p.grading.bins[i].label == label {
			d.clear(x, p)
			d.inBand(x, p, i)
			return
		}
	}
	for i := range p.grading.rows {
		if pick := d.plans[p.index].picks[i]; p.grading.rows[i].label == label && pick != nil {
			d.clear(x, p)
			d.situation(x, p, d.plans[p.index].dims, pick)
			return
		}
	}
	if z := &p.grading.dormant; z.set && z.label == label {
		d.meet(x, p, z.conds)
		return
	}
	for i := 0; p.card != nil && i < len(p.card.vetoes); i++ {
		if v := &p.card.vetoes[i]; v.label == label && !v.atMost {
			d.meet(x, p, v.conds)
			return
		}
	}
}

// inBand puts what the grade bands are on into one of them.
func (d *drafter) inBand(x *draft, p *Program, band int) {
	if p.grading.src.kind == fromMeasure {
		d.number(x, p, p.grading.src.index, func(v rat) bool { return find(p.grading.bins, v) == band })
		return
	}
	lo, hi := p.grading.bins[band].iv.micros()
	if p.grading.bins[band].otherwise {
		for i := range p.grading.bins {
			if b := &p.grading.bins[i]; !b.otherwise && b.iv.hasLo {
				l, _ := b.iv.micros()
				hi = min(hi, l-1)
			}
		}
	}
	d.reach(x, p, lo, hi)
}

// situation takes over a combination of inputs of a decision table.
func (d *drafter) situation(x *draft, p *Program, dims []dimension, pick []int) {
	for i := range dims {
		c := &dims[i].cells[pick[i]]
		switch dims[i].src.kind {
		case fromMeasure:
			x.measures[p.measures[dims[i].src.index].name] = p.measures[dims[i].src.index].writtenAs(c.v)
		case fromScore:
			at := microCeil(exact{small: c.v})
			d.reach(x, p, at, at)
		case fromScheme:
			before := p.family.list[dims[i].src.index]
			d.decided(x, before, before.scheme.index(c.text))
		default:
			d.text(x, p, dims[i].src, c.text)
		}
	}
}

// text sets a judgement or a customer field; undecided is set by not judging.
func (d *drafter) text(x *draft, p *Program, src source, value string) {
	if value == "\x00" {
		value = "other"
	}
	if src.kind == fromSegment {
		x.segment(src.field, value == "yes")
		return
	}
	if src.kind == fromField {
		x.customer[strings.TrimPrefix(src.field, "customer.")] = value
		return
	}
	name := p.judgements[src.index].name
	if value == undecided {
		delete(x.judged, name)
		return
	}
	x.judged[name] = value
}

// band gives a line a value of one of its bands.
func (d *drafter) band(x *draft, p *Program, it *item, band int) {
	d.number(x, p, it.src.index, func(v rat) bool { return find(it.bins, v) == band })
}

// try runs a draft and keeps it when it reaches something that was not reached.
func (d *drafter) try(x *draft, why Text) {
	if d.tries++; d.tries > maxTries || d.left == 0 {
		return
	}
	name := itoa(len(d.out) + 1)
	root := parseYAML(FileCases, []byte(x.write(d, name, why, "in_scope: true")), &collector{})
	if root == nil {
		return
	}
	var list casesSpec
	problems := &collector{}
	decode := decoder{file: FileCases, c: problems}
	decode.value(root, reflect.ValueOf(&list), "")
	if problems.failed() || len(list.List) != 1 {
		return
	}
	c := &list.List[0]
	at, applies, diffs := d.t.situation(c)
	if len(diffs) > 0 {
		return
	}
	own := at
	own.p = at.p.family.list[x.scheme]
	d.t.cov[x.scheme].record(c, &own, applies, len(x.settings) == 0)
	if left := len(unreached(d.b, d.t.cov)); left < d.left {
		d.left = left
		d.out = append(d.out, x.write(d, name, why, expected(&own, applies, len(at.p.family.list) > 1)))
	}
}

// expected writes what the engine gives.
func expected(at *situationOf, applies, several bool) string {
	if !applies {
		return "in_scope: false"
	}
	v := at.p.Judge(at.s, 0, at.m, at.pop)
	var out []string
	if several {
		out = append(out, "scheme: "+quoted(at.p.scheme.ID))
	}
	if v.Code != "" {
		out = append(out, "grade: "+quoted(v.Code))
	} else {
		out = append(out, "reason: "+quoted(v.Reason))
	}
	if v.HasScore && at.p.card != nil {
		out = append(out, "score: "+scoreOf(v))
	}
	for name, yes := range map[string]bool{"dormant": v.Dormant, "held": v.Held, "provisional": v.Provisional != ""} {
		if yes {
			out = append(out, name+": true")
		}
	}
	if v.Proposed != "" {
		out = append(out, "proposed: "+quoted(v.Proposed))
	}
	slices.Sort(out[1:])
	return strings.Join(out, ", ")
}
