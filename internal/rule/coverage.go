package rule

import "math/big"

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
}

// newCoverages makes one coverage for each scheme of a program.
func newCoverages(p *Program) []*coverage {
	out := make([]*coverage, 0, len(p.family.list))
	branches, clauses := map[string]bool{}, map[string]bool{}
	for i, member := range p.family.list {
		g := p.book.spec.Grades.at(i)
		c := &coverage{
			p: member, ref: g.ref(len(p.family.list)), scheme: g.Scheme.S + ":", branches: branches, clauses: clauses,
			bands: map[string]bool{}, at: map[string]bool{}, near: map[string]bool{},
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
	for i := range p.requires {
		r := &p.requires[i]
		c.mark("requires."+r.reason, source{kind: fromMeasure, index: r.measure}, &r.iv, r.clause, r.at)
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
		for i := range c.marks {
			b := &c.marks[i]
			if b.ref == ref && b.src == src && b.cut.cmp(cut) == 0 {
				return
			}
		}
		c.marks = append(c.marks, boundary{ref + " @ " + text, clause, at, src, cut, upper, c.step(src), text})
		c.marks[len(c.marks)-1].ref = ref
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
	diff := new(big.Rat).Sub(v.big(), b.cut.big())
	if diff.Sign() == 0 {
		c.at[b.key()] = true
		return
	}
	if (diff.Sign() < 0) == b.upper && diff.Abs(diff).Cmp(b.step.big()) <= 0 {
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
		c.boundaries(&o)
	}
	c.branch(at.p, &o)
	v, x := at.p.Explain(at.s, 0, at.m, at.pop)
	c.cited(at.p, &o, v, &x)
}

func (c *coverage) boundaries(o *outcome) {
	for i := range c.marks {
		b := &c.marks[i]
		switch {
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
	if o.veto >= 0 {
		c.branches[c.scheme+"veto#"+itoa(o.veto)] = true
	}
	if o.band >= 0 {
		c.bands["grades#"+itoa(o.band)] = true
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
