package rule

import (
	"cmp"
	"math/bits"
	"slices"

	"kezhi/internal/calendar"
)

// Population is what measures against other customers need: totals for shares and groups, values for percentiles and
// fifths. It is filled in a first pass over every customer in scope, may be filled in parts that are merged in any order,
// and is read-only after Close. It keeps 16 bytes a customer for each ranked measure, each group's name once, and nothing
// per customer for totals.
type Population struct {
	p      *Program
	asOf   calendar.Date
	groups []groupNames
	totals [][]groupTotal // by measure, then by group
	ranked []rankedValues
	ids    []int32 // the groups of the customer being added
	closed bool
}

// groupNames numbers the groups of one grouping and counts their customers.
type groupNames struct {
	ids       map[string]int32
	customers []int64
}

// noGroup stands for a customer that is in no group of a grouping, or in one of its own.
const noGroup = int32(-1)

func (g *groupNames) id(name string) int32 {
	id, ok := g.ids[name]
	if !ok {
		id = int32(len(g.customers))
		g.ids[name] = id
		g.customers = append(g.customers, 0)
	}
	return id
}

// groupTotal is the sum over a group. state is the most serious state of a customer whose value could not be added.
type groupTotal struct {
	sums  currencyTotals
	facts int64
	state state
}

// total is a sum of one currency, in 128 bits.
type total struct {
	currency string
	hi, lo   uint64
	n        int64
}

type currencyTotals []total

// ranked is one customer's value of a ranked measure; rank breaks ties.
type ranked struct {
	value int64
	rank  int32
	group int32
}

// bucket holds the values of one currency (or of none).
type bucket struct {
	currency string
	items    []ranked
	// edges are the upper bounds of the first four fifths of all customers: of the value, or of (value, rank).
	edges [4]ranked
	// starts are the first places of the groups in items, and one beyond the last.
	starts []int32
}

type rankedValues []bucket

// NewPopulation makes an empty population as of a date.
func (p *Program) NewPopulation(asOf calendar.Date) *Population {
	pop := &Population{
		p: p, asOf: asOf, groups: make([]groupNames, len(p.groupings)), totals: make([][]groupTotal, p.totals),
		ranked: make([]rankedValues, p.ranks), ids: make([]int32, len(p.groupings)),
	}
	for i := range pop.groups {
		pop.groups[i].ids = map[string]int32{}
	}
	return pop
}

// NeedsPopulation reports whether verdicts depend on other customers, so that a first pass is needed.
func (p *Program) NeedsPopulation() bool { return p.totals+p.ranks > 0 }

// Add takes one customer in scope; of the subject it reads the fields and groups that `within` names. rank is the
// customer's position in the order of customer codes, 0 to 2^31-1; it breaks ties. A customer that does not meet
// `requires` takes no part. One whose value cannot be used takes no part in shares and ranks; the total of its group
// cannot be used either.
func (pop *Population) Add(s Subject, rank int, m Measures) {
	if pop.closed || pop.p.refused(m.vals) >= 0 {
		return
	}
	for i := range pop.p.groupings {
		name, _ := pop.p.groupings[i].of(&s)
		if pop.ids[i] = noGroup; name != "" {
			id := pop.groups[i].id(name)
			pop.groups[i].customers[id]++
			pop.ids[i] = id
		}
	}
	for _, i := range pop.p.order {
		ms := &pop.p.measures[i]
		if !ms.fn.population() {
			continue
		}
		group := int32(0)
		if ms.within >= 0 {
			group = pop.ids[ms.within]
		}
		if group == noGroup {
			continue
		}
		pop.add(ms, group, int32(rank), &m.vals[ms.ops[0]])
	}
}

func (pop *Population) add(m *measure, group, rank int32, v *Value) {
	summed := m.fn == fnShare || m.fn == fnTotal
	switch {
	case summed && v.state != stateOK:
		t := pop.total(m.rank, group)
		t.state = worst(t.state, v.state)
	case summed:
		t := pop.total(m.rank, group)
		t.facts += max(v.facts, 0)
		t.sums.add(v)
	case v.state == stateOK:
		pop.ranked[m.rank].add(v, rank, group)
	}
}

// total gives the total of a group, making room for it.
func (pop *Population) total(index int, group int32) *groupTotal {
	for int(group) >= len(pop.totals[index]) {
		pop.totals[index] = append(pop.totals[index], groupTotal{})
	}
	return &pop.totals[index][group]
}

func (ts *currencyTotals) add(v *Value) {
	if v.facts == 0 && v.num == 0 {
		return
	}
	t := ts.of(v.currency)
	var carry uint64
	t.lo, carry = bits.Add64(t.lo, uint64(v.num), 0)
	sign := uint64(0)
	if v.num < 0 {
		sign = ^uint64(0)
	}
	t.hi, _ = bits.Add64(t.hi, sign, carry)
	t.n++
}

func (ts *currencyTotals) of(currency string) *total {
	for i := range *ts {
		if (*ts)[i].currency == currency {
			return &(*ts)[i]
		}
	}
	*ts = append(*ts, total{currency: currency})
	return &(*ts)[len(*ts)-1]
}

func (rv *rankedValues) add(v *Value, rank, group int32) {
	b := rv.of(v.currency)
	b.items = append(b.items, ranked{v.num, rank, group})
}

func (rv *rankedValues) of(currency string) *bucket {
	for i := range *rv {
		if (*rv)[i].currency == currency {
			return &(*rv)[i]
		}
	}
	*rv = append(*rv, bucket{currency: currency})
	return &(*rv)[len(*rv)-1]
}

// Merge adds the customers of another part. Parts must not share customers; their order does not matter.
func (pop *Population) Merge(other *Population) {
	if other == nil || pop.closed {
		return
	}
	numbers := make([][]int32, len(pop.groups)) // the other part's groups, numbered as here
	for i := range other.groups {
		o := &other.groups[i]
		numbers[i] = make([]int32, len(o.customers))
		for name, id := range o.ids {
			mine := pop.groups[i].id(name)
			numbers[i][id] = mine
			pop.groups[i].customers[mine] += o.customers[id]
		}
	}
	for _, i := range pop.p.order {
		m := &pop.p.measures[i]
		var number []int32
		if m.within >= 0 {
			number = numbers[m.within]
		}
		switch m.fn {
		case fnShare, fnTotal:
			pop.mergeTotals(m.rank, other.totals[m.rank], number)
		case fnPercentile, fnQuintile:
			pop.mergeRanked(m.rank, other.ranked[m.rank], number)
		}
	}
}

func (pop *Population) mergeTotals(index int, other []groupTotal, number []int32) {
	for g := range other {
		group := int32(0)
		if number != nil {
			group = number[g]
		}
		mine, o := pop.total(index, group), &other[g]
		mine.facts += o.facts
		mine.state = worst(mine.state, o.state)
		for _, t := range o.sums {
			sum := mine.sums.of(t.currency)
			var carry uint64
			sum.lo, carry = bits.Add64(sum.lo, t.lo, 0)
			sum.hi, _ = bits.Add64(sum.hi, t.hi, carry)
			sum.n += t.n
		}
	}
}

func (pop *Population) mergeRanked(index int, other rankedValues, number []int32) {
	for _, b := range other {
		mine := pop.ranked[index].of(b.currency)
		at := len(mine.items)
		mine.items = append(mine.items, b.items...)
		if number == nil {
			continue
		}
		for j := at; j < len(mine.items); j++ {
			mine.items[j].group = number[mine.items[j].group]
		}
	}
}

// Close sorts and cuts. After it the population is read-only and safe for concurrent use.
func (pop *Population) Close() {
	if pop.closed {
		return
	}
	pop.closed = true
	for _, i := range pop.p.order {
		m := &pop.p.measures[i]
		if m.fn != fnQuintile && m.fn != fnPercentile {
			continue
		}
		for bi := range pop.ranked[m.rank] {
			b := &pop.ranked[m.rank][bi]
			slices.SortFunc(b.items, ranked.compare)
			switch {
			case m.within >= 0:
				b.divide(len(pop.groups[m.within].customers))
			case m.fn == fnQuintile:
				b.edges = cut(b.items, m.byRank)
				b.items = nil
			}
		}
	}
}

// compare orders by group, value and rank.
func (r ranked) compare(o ranked) int {
	switch {
	case r.group != o.group:
		return cmp.Compare(r.group, o.group)
	case r.value != o.value:
		return cmp.Compare(r.value, o.value)
	}
	return cmp.Compare(r.rank, o.rank)
}

func (r ranked) less(o ranked) bool {
	return r.value < o.value || r.value == o.value && r.rank < o.rank
}

// divide finds where the groups begin in the sorted items.
func (b *bucket) divide(groups int) {
	b.starts = make([]int32, groups+1)
	at := 0
	for g := range b.starts {
		for at < len(b.items) && int(b.items[at].group) < g {
			at++
		}
		b.starts[g] = int32(at)
	}
}

// of gives the sorted values of a group.
func (b *bucket) of(m *measure, group int32) []ranked {
	if m.within < 0 {
		return b.items
	}
	return b.items[b.starts[group]:b.starts[group+1]]
}

// cut finds the edges of the fifths of sorted values.
//
// By rank: of n customers in order, the r-th (from 1) belongs to the first fifth q with 5(r-1) ≤ q(n-1).
// By value: the q-th edge lies at position q(n-1)/5 of the sorted values, linearly interpolated; values are whole, so the
// edge's whole part decides exactly.
func cut(items []ranked, byRank bool) (edges [4]ranked) {
	n := int64(len(items))
	for q := int64(1); q <= 4; q++ {
		at, rest := q*(n-1)/5, q*(n-1)%5
		edges[q-1] = items[at]
		if !byRank && rest != 0 {
			edges[q-1].value = interpolate(items[at].value, items[at+1].value, rest)
		}
	}
	return edges
}

// interpolate gives floor(a + (b-a)·fifths/5) for a ≤ b.
func interpolate(a, b, fifths int64) int64 {
	hi, lo := bits.Mul64(uint64(b)-uint64(a), uint64(fifths))
	step, _ := bits.Div64(hi, lo, 5)
	return a + int64(step)
}
