package rule

// derived compiles a measure on other measures.
func (k *compiler) derived(m *measure, s *measureSpec) {
	switch m.fn {
	case fnRatio:
		k.ratio(m, s)
		return
	case fnGrowth:
		m.a = k.operand(m, s.Growth)
		if m.a >= 0 {
			k.growth(m, s)
		}
		return
	case fnShare:
		m.a = k.operand(m, s.Share)
		m.unit = orUnit(m.unit, "%")
		m.rank = k.p.totals
		k.p.totals++
	case fnPercentile:
		m.a = k.operand(m, s.Percentile)
		m.unit = orUnit(m.unit, "%")
		m.rank = k.p.ranks
		k.p.ranks++
	case fnQuintile:
		m.a = k.operand(m, s.Quintile)
		m.byRank = k.oneOf(s.Cut, "value", "rank") == "rank"
		m.lowBest = k.oneOf(s.Best, "high", "low") == "low"
		m.rank = k.p.ranks
		k.p.ranks++
	}
	if m.a < 0 {
		return
	}
	m.win = k.p.measures[m.a].win
	if f := k.p.measures[m.a].fn; f == fnAverage {
		k.report("measure.not_whole", m.at, m.clause, m.name, k.p.measures[m.a].name)
	}
	if m.fn == fnShare && k.p.measures[m.a].fn != fnSum && k.p.measures[m.a].fn != fnCount {
		k.report("measure.share_of", m.at, m.clause, m.name, k.p.measures[m.a].name)
	}
}

// operand finds the measure another one is made from. It must come from facts.
func (k *compiler) operand(m *measure, w word) int {
	i, ok := k.p.measureIndex[w.S]
	if !ok {
		k.unknownName("measure.unknown", w.pos, w.S, k.b.spec.Measures.names())
		return -1
	}
	if !k.p.measures[i].fn.base() {
		k.report("measure.operand", w.pos, m.clause, m.name, w.S)
		return -1
	}
	return i
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

func (k *compiler) ratio(m *measure, s *measureSpec) {
	if len(s.Ratio) != 2 {
		k.report("measure.ratio_pair", m.at, m.clause, m.name)
		return
	}
	m.a, m.b = k.operand(m, s.Ratio[0]), k.operand(m, s.Ratio[1])
	if m.a >= 0 {
		m.win = k.p.measures[m.a].win
	}
}

// growth adds an accumulator for the window before the operand's.
func (k *compiler) growth(m *measure, s *measureSpec) {
	of := &k.p.measures[m.a]
	m.unit = orUnit(m.unit, "%")
	m.win = of.win
	if of.fn != fnSum && of.fn != fnCount {
		k.report("measure.growth_of", s.Growth.pos, m.clause, m.name, of.name)
		return
	}
	if of.win.mode == windowAll || of.win.mode == windowFixed {
		k.report("measure.growth_window", s.Growth.pos, m.clause, m.name, of.name)
		return
	}
	for _, g := range k.p.gates {
		for _, a := range g.accs {
			if a.slot == of.slot && !g.prev {
				g.prev, g.accs = true, nil
				m.prev = k.accumulate(g, accPlan{op: a.op, field: a.field, attr: a.attr})
				return
			}
		}
	}
}
