package rule

import (
	"math/big"
	"slices"
)

// values lists the values of a measure worth trying: every line and the values beside it, with nothing first.
func (d *drafter) values(p *Program, index int, cuts []*big.Rat) []rat {
	m := &p.measures[index]
	step := (&coverage{p: p}).step(source{kind: fromMeasure, index: index}).big()
	dom := measureDomain(m)
	list := []*big.Rat{new(big.Rat)}
	for _, c := range cuts {
		list = append(list, c, new(big.Rat).Sub(c, step), new(big.Rat).Add(c, step))
	}
	var out []rat
	for _, r := range list {
		v := reduce(r, Value{})
		if v.state != stateOK || dom.hasLo && v.rat().cmp(dom.lo) < 0 || dom.hasHi && v.rat().cmp(dom.hi) > 0 {
			continue
		}
		if _, ok := m.given(m.writtenAs(v.rat())); ok && !slices.Contains(out, v.rat()) {
			out = append(out, v.rat())
		}
	}
	return out
}

// cutsOfMeasure lists every line the rulebook draws on a measure, in the order of the rulebook.
func (d *drafter) cutsOfMeasure(p *Program, index int) []*big.Rat {
	var out []*big.Rat
	for _, c := range d.t.cov {
		for i := range c.marks {
			if b := &c.marks[i]; b.src.kind == fromMeasure && b.src.index == index {
				out = append(out, b.cut.big())
			}
		}
		for i := range c.p.grading.rows {
			out = append(out, pointsOf(c.p.grading.rows[i].conds, index)...)
		}
		for _, conds := range c.p.special() {
			out = append(out, pointsOf(conds, index)...)
		}
	}
	for q := int64(1); p.measures[index].fn == fnQuintile && q <= 5; q++ {
		out = append(out, new(big.Rat).SetInt64(q))
	}
	return out
}

// pointsOf lists the single values conditions ask of a measure.
func pointsOf(conds []cond, index int) []*big.Rat {
	var out []*big.Rat
	for i := range conds {
		if conds[i].src.kind == fromMeasure && conds[i].src.index == index {
			for _, r := range conds[i].rats {
				out = append(out, r.big())
			}
		}
	}
	return out
}

// number sets a measure to the first value worth trying that fits; it reports whether there is one.
func (d *drafter) number(x *draft, p *Program, index int, fits func(v rat) bool) bool {
	for _, v := range d.values(p, index, d.cutsOfMeasure(p, index)) {
		if fits(v) {
			x.measures[p.measures[index].name] = p.measures[index].writtenAs(v)
			return true
		}
	}
	return false
}

// writtenAs gives a value as an example writes it.
func (m *measure) writtenAs(v rat) string {
	if m.unit == "%" {
		s, _ := decimalString(new(big.Rat).Mul(v.big(), big.NewRat(100, 1)), 6, 0)
		return s + "%"
	}
	return ratText(v)
}

// option is one number of points a line can give.
type option struct {
	points int64
	set    func(x *draft)
}

// options lists what a line can give; none for a line whose points are judged freely.
func (d *drafter) options(p *Program, it *item) []option {
	var out []option
	for i := range it.bins {
		out = append(out, option{it.bins[i].points, func(x *draft) { d.band(x, p, it, i) }})
	}
	for i := range it.values {
		out = append(out, option{it.values[i].points, func(x *draft) { d.text(x, p, it.src, it.values[i].value) }})
	}
	return out
}

// maxSums bounds the search for a score.
const maxSums = 20_000

// sumNode is a sum that can be reached, and how.
type sumNode struct {
	sum    int64
	before int
	choice int
}

// reach chooses the lines so that the score lies between lo and hi, both included, in millionths of a point.
func (d *drafter) reach(x *draft, p *Program, lo, hi int64) bool {
	if p.card == nil {
		return false
	}
	if p.card.hasCap && lo <= p.card.cap && p.card.cap <= hi {
		hi = 1 << 60
	}
	lists := make([][]option, len(p.card.items))
	levels := make([][]sumNode, 1, len(p.card.items)+1)
	levels[0] = []sumNode{{before: -1}}
	var freeLo, freeHi int64
	for i := range p.card.items {
		it := &p.card.items[i]
		lists[i] = d.options(p, it)
		if len(lists[i]) == 0 {
			freeLo, freeHi = freeLo+it.lo, freeHi+it.hi
		}
		levels = append(levels, nextSums(levels[len(levels)-1], lists[i]))
	}
	last := levels[len(levels)-1]
	for n := range last {
		if from, to := max(lo-last[n].sum, freeLo), min(hi-last[n].sum, freeHi); from <= to {
			d.settle(x, p, levels, lists, n)
			return d.judgeFreely(x, p, from, to)
		}
	}
	return false
}

// nextSums adds the options of one more line to the sums; a line without options leaves them.
func nextSums(sums []sumNode, options []option) []sumNode {
	var out []sumNode
	seen := map[int64]bool{}
	for b := range sums {
		if len(options) == 0 {
			out = append(out, sumNode{sums[b].sum, b, -1})
			continue
		}
		for c := range options {
			s := sums[b].sum + options[c].points
			if !seen[s] && len(out) < maxSums {
				seen[s] = true
				out = append(out, sumNode{s, b, c})
			}
		}
	}
	return out
}

// settle takes over the choices that lead to a sum.
func (d *drafter) settle(x *draft, p *Program, levels [][]sumNode, lists [][]option, n int) {
	for i := len(p.card.items) - 1; i >= 0; i-- {
		node := levels[i+1][n]
		if node.choice >= 0 {
			lists[i][node.choice].set(x)
		}
		n = node.before
	}
}

// judgeFreely spreads a number of points over the lines that people judge within a range: whole points where they fit.
func (d *drafter) judgeFreely(x *draft, p *Program, from, to int64) bool {
	goal := from
	if whole := (from + micro - 1) / micro * micro; from > 0 && whole <= to {
		goal = whole
	}
	for i := range p.card.items {
		if it := &p.card.items[i]; len(it.bins) == 0 && len(it.values) == 0 {
			goal -= it.lo
		}
	}
	for i := range p.card.items {
		it := &p.card.items[i]
		if len(it.bins) > 0 || len(it.values) > 0 || it.src.kind != fromJudgement {
			continue
		}
		more := min(goal, it.hi-it.lo)
		goal -= more
		v := big.NewRat(it.lo+more, 1)
		v.Mul(v, big.NewRat(1, max(it.weight, 1)))
		s, rounded := decimalString(v, 6, 0)
		if rounded || it.weight <= 0 {
			return false
		}
		x.judged[p.judgements[it.src.index].name] = s
	}
	return goal == 0
}
