package rule

import "sort"

// comparison is where a customer stands: its group, or none of its own kind.
type comparison struct {
	pop   *Population
	group int32
	rank  int32
	// alone is true for a customer that is a group of its own; lost for one that is in no group.
	alone, lost bool
}

// standing finds a customer's place for a measure.
func (pop *Population) standing(m *measure, s *Subject, rank int) comparison {
	c := comparison{pop: pop, rank: int32(rank)}
	if pop == nil || !pop.closed {
		c.lost = true
		return c
	}
	if m.within < 0 {
		return c
	}
	name, alone := pop.p.groupings[m.within].of(s)
	if c.alone = alone; alone {
		return c
	}
	id, ok := pop.groups[m.within].ids[name]
	c.group, c.lost = id, !ok
	return c
}

// customers counts the customers that are compared.
func (c *comparison) customers(m *measure) int64 {
	switch {
	case c.lost:
		return 0
	case c.alone || m.within < 0:
		return 1
	}
	return c.pop.groups[m.within].customers[c.group]
}

// bucket finds the ranked values to compare with.
func (c *comparison) bucket(m *measure, currency string) *bucket {
	for i := range c.pop.ranked[m.rank] {
		if b := &c.pop.ranked[m.rank][i]; b.currency == currency {
			return b
		}
	}
	return nil
}

// fifth gives 1 to 5 for a customer of the population, 0 when there is nobody to compare with.
func (c *comparison) fifth(m *measure, v *Value) int64 {
	q := int64(1)
	if !c.alone {
		b := c.bucket(m, v.currency)
		if b == nil {
			return 0
		}
		edges := b.edges
		if m.within >= 0 {
			items := b.of(m, c.group)
			if len(items) == 0 {
				return 0
			}
			edges = cut(items, m.byRank)
		}
		q = edgeOf(edges, ranked{value: v.num, rank: c.rank}, m.byRank)
	}
	if m.lowBest {
		q = 6 - q
	}
	return q
}

// edgeOf gives the first fifth whose upper edge a value does not exceed.
func edgeOf(edges [4]ranked, own ranked, byRank bool) int64 {
	for e := range edges {
		if byRank && !edges[e].less(own) || !byRank && own.value <= edges[e].value {
			return int64(e) + 1
		}
	}
	return 5
}

// percentile gives how many of how many customers have at most this value.
func (c *comparison) percentile(m *measure, v *Value) (atMost, of int64) {
	if c.alone {
		return 1, 1
	}
	b := c.bucket(m, v.currency)
	if b == nil {
		return 0, 0
	}
	items := b.of(m, c.group)
	n := sort.Search(len(items), func(j int) bool { return items[j].value > v.num })
	return int64(n), int64(len(items))
}

// share gives the total of the group in the currency, if it is positive and fits.
func (c *comparison) share(m *measure, own *Value) (int64, state) {
	if c.alone {
		if own.num <= 0 {
			return 0, stateNoPopulation
		}
		return own.num, stateOK
	}
	if int(c.group) >= len(c.pop.totals[m.rank]) {
		return 0, stateNoPopulation
	}
	for _, t := range c.pop.totals[m.rank][c.group].sums {
		if t.currency != own.currency {
			continue
		}
		switch {
		case t.hi>>63 == 1 || t.hi == 0 && t.lo == 0:
			return 0, stateNoPopulation
		case t.hi != 0 || t.lo > 1<<62:
			return 0, stateRange
		}
		return int64(t.lo), stateOK
	}
	return 0, stateNoPopulation
}

// total gives the sum over the group. Amounts in two currencies are not added, and a customer whose amount cannot be used
// leaves the group without a total.
func (c *comparison) total(m *measure, own *Value) Value {
	if c.alone {
		out := *own
		out.facts = max(out.facts, 0)
		if own.state == stateNoData {
			out = Value{state: stateOK}
		}
		return m.ofNothing(out)
	}
	out := Value{}
	if int(c.group) >= len(c.pop.totals[m.rank]) {
		return m.ofNothing(out)
	}
	t := &c.pop.totals[m.rank][c.group]
	out.facts = t.facts
	if t.state > stateNoData {
		out.state = t.state
	}
	for i, sum := range t.sums {
		switch {
		case out.state != stateOK:
		case i > 0:
			out.state = stateMixed
		case sum.hi != 0 && sum.hi != ^uint64(0) || sum.hi>>63 != sum.lo>>63:
			out.state = stateRange
		default:
			out.num, out.currency = int64(sum.lo), sum.currency
		}
	}
	return m.ofNothing(out)
}

// ofNothing completes a whole value: a sum over nothing is 0 in the measure's currency.
func (m *measure) ofNothing(v Value) Value {
	if m.money && v.currency == "" {
		v.currency = m.currency
	}
	v.den = m.valueDen(v.currency)
	return v
}

// ofAll works out the measures that need other customers. vals holds the own measures already.
func (p *Program) ofAll(vals []Value, s *Subject, rank int, pop *Population) {
	for _, i := range p.order {
		m := &p.measures[i]
		switch {
		case !m.late || vals[i].facts < 0: // facts < 0 marks a value given directly
		case m.fn.population():
			c := pop.standing(m, s, rank)
			vals[i] = m.orDefault(m.compared(&c, &vals[m.ops[0]]))
		default:
			vals[i] = p.derive(m, i, vals, nil)
		}
	}
}

// compared works out a share, total, percentile or fifth.
func (m *measure) compared(c *comparison, own *Value) Value {
	out := Value{den: 1, facts: max(own.facts, 0), converted: own.converted, rates: own.rates, state: own.state}
	switch {
	case m.fn == fnTotal && !c.lost:
		return c.total(m, own)
	case out.state != stateOK && m.fn != fnTotal:
	case c.lost:
		out.state = stateNoPopulation
	case m.fn == fnShare && own.facts == 0 && own.num == 0: // nothing is no part of any total, in whatever currency
	case m.fn == fnShare:
		out.num = own.num
		out.den, out.state = c.share(m, own)
	case m.fn == fnQuintile:
		if out.num = c.fifth(m, own); out.num == 0 {
			out.state = stateNoPopulation
		}
	default:
		if out.num, out.den = c.percentile(m, own); out.den == 0 {
			out.den, out.state = 1, stateNoPopulation
		}
	}
	if out.den == 0 {
		out.den = 1
	}
	return out
}
