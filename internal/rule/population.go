package rule

import (
	"math/bits"
	"sort"

	"kezhi/internal/calendar"
)

// Population is what measures against all customers need: totals for shares, values for percentiles and fifths. It is
// filled in a first pass over every customer in scope, may be filled in parts that are merged, and is read-only after
// Close. It keeps 16 bytes a customer for each ranked measure and nothing per customer for totals.
type Population struct {
	p      *Program
	asOf   calendar.Date
	totals []currencyTotals
	ranked []rankedValues
	closed bool
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
}

// bucket holds the values of one currency (or of none).
type bucket struct {
	currency string
	items    []ranked
	// edges are the upper bounds of the first four fifths: of the value, or of (value, rank).
	edges [4]ranked
}

type rankedValues []bucket

// NewPopulation makes an empty population as of a date.
func (p *Program) NewPopulation(asOf calendar.Date) *Population {
	return &Population{p: p, asOf: asOf, totals: make([]currencyTotals, p.totals), ranked: make([]rankedValues, p.ranks)}
}

// NeedsPopulation reports whether verdicts depend on all customers, so that a first pass is needed.
func (p *Program) NeedsPopulation() bool { return p.totals+p.ranks > 0 }

// Add takes one customer in scope. rank is the customer's position in the order of customer codes, 0 to 2^31-1; it breaks
// ties. A customer that does not meet `requires`, or whose value cannot be used, takes no part.
func (pop *Population) Add(rank int, m Measures) {
	if pop.closed || pop.p.refused(m.vals) >= 0 {
		return
	}
	for i := range pop.p.measures {
		ms := &pop.p.measures[i]
		if !ms.fn.population() || ms.a < 0 || m.vals[ms.a].state != stateOK {
			continue
		}
		v := &m.vals[ms.a]
		if ms.fn == fnShare {
			pop.totals[ms.rank].add(v)
			continue
		}
		pop.ranked[ms.rank].add(v, int32(rank))
	}
}

func (ts *currencyTotals) add(v *Value) {
	if v.facts == 0 {
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

func (rv *rankedValues) add(v *Value, rank int32) {
	b := rv.of(v.currency)
	b.items = append(b.items, ranked{v.num, rank})
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
	for i := range other.totals {
		for _, t := range other.totals[i] {
			mine := pop.totals[i].of(t.currency)
			var carry uint64
			mine.lo, carry = bits.Add64(mine.lo, t.lo, 0)
			mine.hi, _ = bits.Add64(mine.hi, t.hi, carry)
			mine.n += t.n
		}
	}
	for i := range other.ranked {
		for _, b := range other.ranked[i] {
			mine := pop.ranked[i].of(b.currency)
			mine.items = append(mine.items, b.items...)
		}
	}
}

// Close sorts and cuts. After it the population is read-only and safe for concurrent use.
func (pop *Population) Close() {
	if pop.closed {
		return
	}
	pop.closed = true
	for i := range pop.p.measures {
		m := &pop.p.measures[i]
		if m.fn != fnQuintile && m.fn != fnPercentile || m.rank < 0 {
			continue
		}
		for bi := range pop.ranked[m.rank] {
			b := &pop.ranked[m.rank][bi]
			sort.Slice(b.items, func(x, y int) bool { return b.items[x].less(b.items[y]) })
			if m.fn == fnQuintile {
				b.cut(m.byRank)
				b.items = nil
			}
		}
	}
}

func (r ranked) less(o ranked) bool {
	return r.value < o.value || r.value == o.value && r.rank < o.rank
}

// cut finds the edges of the fifths.
//
// By rank: of n customers in order, the r-th (from 1) belongs to the first fifth q with 5(r-1) ≤ q(n-1).
// By value: the q-th edge lies at position q(n-1)/5 of the sorted values, linearly interpolated; values are whole, so the
// edge's whole part decides exactly.
func (b *bucket) cut(byRank bool) {
	n := int64(len(b.items))
	for q := int64(1); q <= 4; q++ {
		at, rest := q*(n-1)/5, q*(n-1)%5
		b.edges[q-1] = b.items[at]
		if !byRank && rest != 0 {
			b.edges[q-1].value = interpolate(b.items[at].value, b.items[at+1].value, rest)
		}
	}
}

// interpolate gives floor(a + (b-a)·fifths/5) for a ≤ b.
func interpolate(a, b, fifths int64) int64 {
	hi, lo := bits.Mul64(uint64(b)-uint64(a), uint64(fifths))
	step, _ := bits.Div64(hi, lo, 5)
	return a + int64(step)
}

// fifth gives 1 to 5 for a customer of the population, 0 when there is nobody to compare with.
func (pop *Population) fifth(m *measure, v *Value, rank int) int64 {
	for i := range pop.ranked[m.rank] {
		b := &pop.ranked[m.rank][i]
		if b.currency != v.currency {
			continue
		}
		own := ranked{v.num, int32(rank)}
		q := int64(5)
		for e := range b.edges {
			if m.byRank && !b.edges[e].less(own) || !m.byRank && own.value <= b.edges[e].value {
				q = int64(e) + 1
				break
			}
		}
		if m.lowBest {
			q = 6 - q
		}
		return q
	}
	return 0
}

// percentile gives how many of how many customers have at most this value.
func (pop *Population) percentile(m *measure, v *Value) (atMost, of int64) {
	for i := range pop.ranked[m.rank] {
		b := &pop.ranked[m.rank][i]
		if b.currency == v.currency {
			n := sort.Search(len(b.items), func(j int) bool { return b.items[j].value > v.num })
			return int64(n), int64(len(b.items))
		}
	}
	return 0, 0
}

// total gives the sum over all customers in the currency, if it is positive and fits.
func (pop *Population) total(m *measure, currency string) (int64, state) {
	for _, t := range pop.totals[m.rank] {
		if t.currency != currency {
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

// ofAll works out the measures that need all customers. vals holds the own measures already.
func (p *Program) ofAll(vals []Value, rank int, pop *Population) {
	for i := range p.measures {
		m := &p.measures[i]
		if !m.fn.population() || m.a < 0 || vals[i].facts < 0 {
			continue // facts < 0 marks a value given directly
		}
		own := &vals[m.a]
		out := Value{den: 1, facts: own.facts, state: own.state}
		switch {
		case out.state != stateOK:
		case pop == nil || !pop.closed:
			out.state = stateNoPopulation
		case m.fn == fnShare && own.facts == 0: // nothing is no part of any total, in whatever currency
		case m.fn == fnShare:
			out.num = own.num
			out.den, out.state = pop.total(m, own.currency)
		case m.fn == fnQuintile:
			if out.num = pop.fifth(m, own, rank); out.num == 0 {
				out.state = stateNoPopulation
			}
		default:
			if out.num, out.den = pop.percentile(m, own); out.den == 0 {
				out.den, out.state = 1, stateNoPopulation
			}
		}
		if out.den == 0 {
			out.den = 1
		}
		if out.state == stateNoData && m.hasDefault {
			out.num, out.den, out.state = m.deflt.num, m.deflt.den, stateOK
		}
		vals[i] = out
	}
}
