package rule

// coverage remembers what passing examples exercised of one scheme. What the schemes share (branches outside the scheme,
// clauses) is one map for all of them.
type coverage struct {
	p        *Program
	ref      string // how the scheme is named in references: grades, or grades.importance
	scheme   string // the same as a prefix of the keys in branches
	bands    map[string]bool
	branches map[string]bool
	clauses  map[string]bool
	at, near map[string]bool // boundaries: the exact value, and the value beside it in the neighbouring band
	marks    []boundary
	byRef    map[string][]int // marks by their reference
}

// boundary is one line between two bands.
type boundary struct {
	ref    string
	clause string
	place  pos
	src    source
	cut    rat
	// upper is true when the exact value belongs to the upper band, so that the neighbour lies below.
	upper bool
	step  rat
	text  string
	// holder is the previous grade a customer must have had for the line to mean anything, empty for every other line.
	holder string
}

// newCoverages makes one coverage for each scheme of a program.
func newCoverages(p *Program) []*coverage {
	out := make([]*coverage, 0, len(p.family.list))
	branches, clauses := map[string]bool{}, map[string]bool{}
	for i, member := range p.family.list {
		g := p.book.spec.Grades.at(i)
		c := &coverage{
			p: member, ref: g.ref(len(p.family.list)), scheme: g.Scheme.S + ":", branches: branches, clauses: clauses,
			bands: map[string]bool{}, at: map[string]bool{}, near: map[string]bool{}, byRef: map[string][]int{},
		}
		c.marksOf(member)
		out = append(out, c)
	}
	return out
}

// marksOf registers every line a scheme draws.
func (c *coverage) marksOf(p *Program) {
	if p.card != nil {
		for i := range p.card.items {
			it := &p.card.items[i]
			for j := range it.bins {
				c.mark("scorecards."+p.card.name+"."+it.name, it.src, &it.bins[j].iv, it.bins[j].clause, it.bins[j].at)
			}
		}
	}
	for i := range p.grading.bins {
		c.mark(c.ref, p.grading.src, &p.grading.bins[i].iv, p.grading.bins[i].clause, p.grading.bins[i].at)
	}
	for i := range p.grading.rows {
		c.markConds(c.ref+".table.", p.grading.rows[i].conds, p.grading.rows[i].clause)
	}
	for i := range p.grading.limits {
		c.markConds(c.ref+".limits.", p.grading.limits[i].conds, p.grading.limits[i].clause)
	}
	if h := &p.grading.hold; h.set {
		c.markHold(p)
	}
	c.markConds(c.ref+".dormant.", p.grading.dormant.conds, p.grading.dormant.clause)
	if p.card != nil {
		for i := range p.card.bonuses {
			c.markConds("scorecards."+p.card.name+".bonus.", p.card.bonuses[i].conds, p.card.bonuses[i].clause)
		}
		for i := range p.card.vetoes {
			c.markConds("scorecards."+p.card.name+".vetoes.", p.card.vetoes[i].conds, p.card.vetoes[i].clause)
		}
	}
	for i := range p.requires {
		r := &p.requires[i]
		c.mark("requires."+r.reason, source{kind: fromMeasure, index: r.measure}, &r.iv, r.clause, r.at)
	}
}

// markHold registers the line down to which a grade is kept; it is a line only for customers who had that grade.
func (c *coverage) markHold(p *Program) {
	falling := p.grading.falling()
	for i := range p.grading.bins {
		b := &p.grading.bins[i]
		if b.otherwise || i+1 < len(p.grading.bins) && p.grading.bins[i+1].label == b.label {
			continue
		}
		only := interval{}
		wide := &p.grading.hold.wide[i]
		if falling {
			only.hi, only.hasHi, only.hiOpen, only.hiText = wide.hi, b.iv.hasHi, b.iv.hiOpen, ratText(wide.hi)
		} else {
			only.lo, only.hasLo, only.loOpen, only.loText = wide.lo, b.iv.hasLo, b.iv.loOpen, ratText(wide.lo)
		}
		first := len(c.marks)
		c.mark(c.ref+".hold", p.grading.src, &only, p.grading.hold.clause, p.grading.hold.at)
		for j := first; j < len(c.marks); j++ {
			c.marks[j].holder = p.scheme.Labels[b.label].Code
		}
	}
}

func (c *coverage) markConds(ref string, conds []cond, clause string) {
	for j := range conds {
		if cd := &conds[j]; cd.ranged {
			c.mark(ref+cd.name, cd.src, &cd.iv, clause, cd.at)
		}
	}
}

// mark registers the bounds of an interval, once each.
func (c *coverage) mark(ref string, src source, iv *interval, clause string, at pos) {
	add := func(cut rat, text string, upper bool) {
		if src.kind == fromMeasure {
			dom := measureDomain(&c.p.measures[src.index])
			if dom.hasLo && cut.cmp(dom.lo) == 0 && upper || dom.hasHi && cut.cmp(dom.hi) == 0 && !upper {
				return // nothing lies beyond
			}
		}
		for _, i := range c.byRef[ref] {
			if b := &c.marks[i]; b.src == src && b.cut.cmp(cut) == 0 {
				return
			}
		}
		c.byRef[ref] = append(c.byRef[ref], len(c.marks))
		c.marks = append(c.marks, boundary{
			ref: ref, clause: clause, place: at, src: src, cut: cut, upper: upper, step: c.step(src), text: text,
		})
	}
	if iv.hasLo {
		add(iv.lo, iv.loText, !iv.loOpen)
	}
	if iv.hasHi {
		add(iv.hi, iv.hiText, iv.hiOpen)
	}
}

// step is how near an example must come to a boundary from the other side: a minor unit of money, one day, one fact, a
// point, a thousandth of anything else.
func (c *coverage) step(src source) rat {
	if src.kind != fromMeasure {
		return rat{1, 1}
	}
	m := &c.p.measures[src.index]
	switch {
	case m.money:
		return rat{1, tens[exponent(m.currency)]}
	case m.unit == "%" || !m.whole && !m.fn.base() && m.fn != fnQuintile:
		return rat{1, 1000}
	default:
		return rat{1, 1}
	}
}

func (b *boundary) key() string { return b.ref + "@" + itoa(int(b.src.kind)) + "@" + ratText(b.cut) }

// touch notes how a value lies to a boundary.
func (c *coverage) touch(b *boundary, v rat) {
	side := v.cmp(b.cut)
	if side == 0 {
		c.at[b.key()] = true
		return
	}
	if (side < 0) != b.upper {
		return
	}
	low, high := v, b.cut
	if side > 0 {
		low, high = high, low
	}
	if away := difference(high, low); away.big == nil && away.small.cmp(b.step) <= 0 || away.big != nil && away.big.Cmp(b.step.big()) <= 0 {
		c.near[b.key()] = true
	}
}

// record notes what a passing example exercised.
func (c *coverage) record(cs *caseSpec, at *situationOf, applies, defaults bool) {
	for _, s := range at.p.settingsUsed {
		c.branches["settings."+s.Name+"="+s.Value] = true
	}
	if !applies {
		c.branches["scope"] = true
		return
	}
	var o outcome
	at.p.decide(&at.s, 0, at.m, at.pop, &o)
	if defaults {
		c.boundaries(&o, at.s.Previous[at.p.scheme.ID].Code)
	}
	c.branch(at.p, &o)
	c.agreed(at.p, &at.s, &o)
	c.triggered(at.p, at.facts)
	v, x := at.p.Explain(at.s, 0, at.m, at.pop)
	c.cited(at.p, &o, v, &x)
	c.converted(at.p, at.facts, &x)
}

func (c *coverage) boundaries(o *outcome, before string) {
	for i := range c.marks {
		b := &c.marks[i]
		switch {
		case b.holder != "" && b.holder != before:
		case b.src.kind == fromScore && o.hasScore:
			c.touch(b, rat{o.score, micro})
		case b.src.kind == fromMeasure && o.vals[b.src.index].state == stateOK:
			c.touch(b, o.vals[b.src.index].rat())
		}
	}
}

func (c *coverage) branch(p *Program, o *outcome) {
	if o.require >= 0 {
		c.branches["requires."+p.requires[o.require].reason] = true
	}
	if o.hasScore {
		for i := range p.card.items {
			it, res := &p.card.items[i], &o.items[i]
			if res.treat != treatNone {
				c.branches[c.scheme+it.name+".missing"] = true
			} else {
				c.bands[it.name+"#"+itoa(res.band)] = true
			}
		}
	}
	if o.band >= 0 {
		c.bands["grades#"+itoa(o.band)] = true
	}
	c.adjusted(p, o)
}

// adjusted notes which bonuses, vetoes and limits had an effect, and whether hold and dormancy did.
func (c *coverage) adjusted(p *Program, o *outcome) {
	for i := range maxRules {
		if o.bonuses&(1<<i) != 0 {
			c.branches[c.scheme+"bonus#"+itoa(i)] = true
			c.clauses[p.card.bonuses[i].clause] = true
		}
		if o.vetoes&(1<<i) != 0 {
			c.branches[c.scheme+"veto#"+itoa(i)] = true
		}
		if o.bites&(1<<i) != 0 {
			c.branches[c.scheme+"limit#"+itoa(i)] = true
		}
		if o.limits&(1<<i) != 0 {
			c.clauses[p.grading.limits[i].clause] = true
		}
	}
	if o.held {
		c.branches[c.scheme+"hold"] = true
		c.clauses[p.grading.hold.clause] = true
	}
	if o.awaits {
		c.branches[c.scheme+"signing"] = true
		c.clauses[p.grading.signing.clause] = true
	}
	if o.dormant {
		c.branches[c.scheme+"dormant"] = true
		c.clauses[p.grading.dormant.clause] = true
	}
}

// triggered notes which triggers a fact of the example sets off.
func (c *coverage) triggered(p *Program, facts []Fact) {
	for i := range p.triggers {
		for j := range facts {
			if p.triggers[i].Matches(&facts[j]) {
				c.branches[c.scheme+"trigger#"+itoa(i)] = true
				c.clauses[p.triggers[i].Clause] = true
			}
		}
	}
}

// agreed notes the further rows that hold where several may.
func (c *coverage) agreed(p *Program, s *Subject, o *outcome) {
	if p.grading.hit != hitAny || o.band < 0 {
		return
	}
	for i := range p.grading.rows {
		if yes, reason := p.all(s, p.grading.rows[i].conds, o); yes && reason == "" {
			c.bands["grades#"+itoa(i)] = true
		}
	}
}

// cited notes the clauses an example's result names.
func (c *coverage) cited(p *Program, o *outcome, v Verdict, x *Explanation) {
	for i := range x.Inputs {
		c.clauses[x.Inputs[i].Clause] = true
	}
	for i := range x.Items {
		c.clauses[x.Items[i].Clause] = true
		c.clauses[p.card.items[i].clause] = true
	}
	if x.Score != nil {
		c.clauses[x.Score.Clause] = true
	}
	if x.Reason != nil {
		c.clauses[x.Reason.Clause] = true
	}
	if x.Provisional != nil {
		c.clauses[x.Provisional.Clause] = true
	}
	for i := range x.Vetoes {
		c.clauses[x.Vetoes[i].Clause] = true
	}
	if x.Grade == nil {
		return
	}
	c.clauses[x.Grade.Clause] = true
	c.clauses[p.grading.clause] = true
	c.clauses[p.book.spec.Grades.List[p.index].Labels[o.label].Clause.S] = true
	for _, d := range p.DutiesFor(v.Code) {
		c.clauses[d.Clause] = true
	}
}
