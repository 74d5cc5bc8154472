package rule

import (
	"slices"
	"strings"
)

// operandWords lists what a measure on measures is made from, as written.
func (m *measureSpec) operandWords(f fn) words {
	switch f {
	case fnRatio:
		return m.Ratio
	case fnSumOf:
		return m.SumOf
	case fnDifference:
		return m.Difference
	case fnGrowth:
		return words{m.Growth}
	case fnShare:
		return words{m.Share}
	case fnTotal:
		return words{m.Total}
	case fnPercentile:
		return words{m.Percentile}
	case fnQuintile:
		return words{m.Quintile}
	default:
		return nil
	}
}

// operands finds the measures another one is made from. With one of them unknown there are none.
func (k *compiler) operands(m *measure, s *measureSpec) {
	list := s.operandWords(m.fn)
	if (m.fn == fnRatio || m.fn == fnDifference) && len(list) != 2 {
		name := "ratio"
		if m.fn == fnDifference {
			name = "difference"
		}
		k.report("measure.pair", m.at, m.clause, m.name, name)
		return
	}
	ops := make([]int, 0, len(list))
	for _, w := range list {
		if i, ok := k.p.measureIndex[w.S]; ok {
			ops = append(ops, i)
			continue
		}
		k.unknownName("measure.unknown", w.pos, w.S, k.b.spec.Measures.names())
	}
	if len(ops) == len(list) {
		m.ops = ops
	}
}

// inOrder puts the measures on measures into an order in which operands come first. Those in or behind a circle are left
// out and, the circle, reported.
func (k *compiler) inOrder() {
	const open, done, broken = 1, 2, 3
	state := make([]int, len(k.p.measures))
	var path []int
	var visit func(i int) bool
	visit = func(i int) bool {
		m := &k.p.measures[i]
		switch {
		case m.fn == 0 || !m.fn.base() && m.ops == nil:
			return false
		case m.fn.base() || state[i] == done:
			return true
		case state[i] == open:
			k.circle(append(path[slices.Index(path, i):], i))
			return false
		case state[i] == broken:
			return false
		}
		state[i], path = open, append(path, i)
		good := true
		for _, op := range m.ops {
			good = visit(op) && good
		}
		path = path[:len(path)-1]
		if state[i] = broken; good {
			state[i] = done
			k.p.order = append(k.p.order, i)
		}
		return good
	}
	for i := range k.p.measures {
		visit(i)
	}
}

func (k *compiler) circle(path []int) {
	names := make([]string, len(path))
	for i, m := range path {
		names[i] = k.p.measures[m].name
	}
	m := &k.p.measures[path[0]]
	k.report("measure.cycle", m.at, m.clause, strings.Join(names, " → "))
}

// derived compiles a measure on other measures, which are compiled already.
func (k *compiler) derived(m *measure, s *measureSpec) {
	first := &k.p.measures[m.ops[0]]
	m.win = first.win
	k.grouping(m, s)
	if s.Convert.set() {
		k.report("measure.convert", s.Convert.pos, m.clause, m.name)
	}
	if m.fn >= fnGrowth && first.late {
		k.report("measure.operand", m.at, m.clause, m.name, first.name)
		return
	}
	switch m.fn {
	case fnRatio:
		m.late = first.late || k.p.measures[m.ops[1]].late
		m.nonNegative = first.nonNegative && k.p.measures[m.ops[1]].nonNegative
	case fnSumOf, fnDifference:
		k.combination(m)
	case fnGrowth:
		m.unit = orUnit(m.unit, "%")
		k.growth(m, s)
	case fnShare, fnTotal:
		k.totalled(m, first)
	case fnPercentile, fnQuintile:
		k.rankedMeasure(m, s, first)
	}
}

// combination compiles a sum or a difference of measures of one unit.
func (k *compiler) combination(m *measure) {
	first := &k.p.measures[m.ops[0]]
	own := m.unit
	m.money, m.currency, m.den, m.unit = first.money, first.currency, first.den, first.unit
	m.whole, m.nonNegative = true, m.fn == fnSumOf
	for _, i := range m.ops {
		op := &k.p.measures[i]
		m.late = m.late || op.late
		m.whole = m.whole && op.whole && op.den == first.den
		m.nonNegative = m.nonNegative && op.nonNegative
		if op.money != first.money || op.currency != first.currency || op.unit != first.unit && (own == "" || op.money) {
			k.report("measure.units", m.at, m.clause, m.name, first.name, unitOrNone(first), op.name, unitOrNone(op))
			return
		}
	}
	if own != "" && !m.money {
		m.unit = own
	}
}

func unitOrNone(m *measure) string {
	switch {
	case m.unit != "":
		return m.unit
	case m.money:
		return "amount"
	default:
		return "—"
	}
}

// totalled compiles a share of a total, or the total itself.
func (k *compiler) totalled(m, of *measure) {
	m.late, m.nonNegative = true, of.nonNegative
	m.rank = k.p.totals
	k.p.totals++
	summed := of.fn == fnSum || of.fn == fnCount || (of.fn == fnSumOf || of.fn == fnDifference) && of.whole
	if !summed {
		k.report("measure.share_of", m.at, m.clause, m.name, of.name)
	}
	if m.fn == fnShare {
		m.unit = orUnit(m.unit, "%")
		return
	}
	m.money, m.currency, m.den, m.unit, m.whole = of.money, of.currency, of.den, of.unit, true
	if m.within < 0 {
		k.report("measure.total_within", m.at, m.clause, m.name)
	}
}

// rankedMeasure compiles a percentile or fifths.
func (k *compiler) rankedMeasure(m *measure, s *measureSpec, of *measure) {
	m.late = true
	m.rank = k.p.ranks
	k.p.ranks++
	if m.fn == fnPercentile {
		m.unit = orUnit(m.unit, "%")
	} else {
		m.byRank = k.oneOf(s.Cut, "value", "rank") == "rank"
		m.lowBest = k.oneOf(s.Best, "high", "low") == "low"
	}
	if !of.whole {
		k.report("measure.not_whole", m.at, m.clause, m.name, of.name)
	}
}

func (k *compiler) oneOf(w word, allowed ...string) string {
	if !w.set() {
		return allowed[0]
	}
	s := k.resolve(w)
	if !contains(allowed, s) {
		k.unknownName("value.one_of", w.pos, s, allowed)
		return allowed[0]
	}
	return s
}

// growth asks for the operand's value in the window before.
func (k *compiler) growth(m *measure, s *measureSpec) {
	if k.before(m.ops[0], m, s.Growth.pos) {
		k.p.compares = true
	}
}

// before gives every measure on facts that goes into a measure an accumulator for the window before its own, and reports
// whether all have one.
func (k *compiler) before(i int, growth *measure, at pos) bool {
	m := &k.p.measures[i]
	if m.before {
		return true
	}
	switch {
	case m.fn == fnDaysFirst, m.fn == fnDaysLast, m.fn == fnStreak, m.fn == fnGrowth:
		k.report("measure.growth_of", at, growth.clause, growth.name, m.name)
		return false
	case m.fn.base() && (m.win.mode == windowAll || m.win.mode == windowFixed):
		k.report("measure.growth_window", at, growth.clause, growth.name, m.name)
		return false
	case m.fn.base():
		k.previous(m)
	}
	m.before = true
	good := true
	for _, op := range m.ops {
		good = k.before(op, growth, at) && good
	}
	return good
}

// previous adds the accumulator of a measure on facts for the window before its own.
func (k *compiler) previous(m *measure) {
	for _, g := range k.p.gates {
		for _, a := range g.accs {
			if a.slot != m.slot {
				continue
			}
			g.accs = nil
			if a.op == accLevel {
				a.prev = true
			} else {
				g.prev = true
			}
			m.prev = k.accumulate(g, a)
			return
		}
	}
}
