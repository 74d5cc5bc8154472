package rule

import (
	"math/big"
	"math/bits"

	"kezhi/internal/calendar"
)

// state says whether a value can be used.
type state uint8

const (
	stateOK state = iota
	stateNoData
	stateMixed
	stateForeign
	stateRange
	stateNoPopulation
)

// reason gives the stable reason code of a state.
func (s state) reason() string {
	switch s {
	case stateMixed:
		return ReasonMixedCurrency
	case stateForeign:
		return ReasonForeignCurrency
	case stateRange:
		return ReasonOutOfRange
	case stateNoPopulation:
		return ReasonNoPopulation
	case stateNoData:
		return ReasonOutOfData
	default:
		return ""
	}
}

// Value is the value of one measure: the fraction num/den, in whole units (money in major units of currency).
type Value struct {
	num, den int64
	facts    int64
	currency string
	state    state
}

func (v *Value) rat() rat { return rat{v.num, v.den} }

// Measures are the measures of one customer. They share memory with the fold and are valid until its next Reset,
// Restart or Add; Clone keeps them.
type Measures struct {
	p    *Program
	asOf calendar.Date
	vals []Value
}

// Clone gives a copy that stays valid.
func (m Measures) Clone() Measures {
	m.vals = append([]Value(nil), m.vals...)
	return m
}

// Measures works out every measure that comes from this customer's facts alone. Those that need all customers are
// added by Judge and Explain.
func (f *Fold) Measures() Measures {
	for i := range f.p.measures {
		m := &f.p.measures[i]
		if m.fn.base() {
			f.vals[i] = f.baseValue(m)
		}
	}
	f.p.deriveOwn(f.vals, f.accs)
	return Measures{p: f.p, asOf: f.asOf, vals: f.vals}
}

func (f *Fold) baseValue(m *measure) Value {
	if m.slot < 0 {
		return Value{state: stateNoData}
	}
	st := &f.accs[m.slot]
	v := Value{num: st.num, den: m.den, facts: st.n}
	switch m.fn {
	case fnCount:
		v.num = st.n
	case fnDistinct:
	case fnDaysFirst, fnDaysLast:
		v.num = max(floorDiv(f.midnight-st.num, dayMicros), 0)
		v.state = noDataIf(st.n == 0)
	default:
		v.state = noDataIf(st.n == 0 && m.fn != fnSum)
		v = v.withMoney(m, st)
		if m.fn == fnAverage && st.n > 0 && !v.scaleDen(st.n) {
			v.state = stateRange
		}
	}
	if v.state == stateNoData && m.hasDefault {
		v.num, v.den, v.state = m.deflt.num, m.deflt.den, stateOK
	}
	return v
}

func noDataIf(none bool) state {
	if none {
		return stateNoData
	}
	return stateOK
}

// withMoney sets the denominator by currency and refuses what must not be added or compared.
func (v Value) withMoney(m *measure, st *accState) Value {
	if m.money {
		v.currency = st.currency
		if v.currency == "" {
			v.currency = m.currency
		}
		v.den = tens[exponent(v.currency)]
		if m.currency != "" && st.n > 0 && st.currency != m.currency {
			v.state = stateForeign
		}
	}
	if st.over {
		v.state = stateRange
	}
	if st.mixed {
		v.state = stateMixed
	}
	return v
}

// scaleDen multiplies the denominator and reports whether it still fits.
func (v *Value) scaleDen(n int64) bool {
	hi, lo := bits.Mul64(uint64(v.den), uint64(n))
	if hi != 0 || lo > 1<<62 {
		return false
	}
	v.den = int64(lo)
	return true
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// deriveOwn works out ratios and growth. accs is nil when measures were given directly.
func (p *Program) deriveOwn(vals []Value, accs []accState) {
	for i := range p.measures {
		m := &p.measures[i]
		switch {
		case vals[i].facts < 0: // given directly
			continue
		case m.fn == fnRatio && m.a >= 0 && m.b >= 0:
			vals[i] = quotient(&vals[m.a], &vals[m.b], &p.measures[m.a], &p.measures[m.b])
		case m.fn == fnGrowth && m.a >= 0 && m.prev >= 0 && accs != nil:
			vals[i] = growthOf(&vals[m.a], &accs[m.prev], p.measures[m.a].fn == fnCount)
		default:
			continue
		}
		if vals[i].state == stateNoData && m.hasDefault {
			vals[i].num, vals[i].den, vals[i].state = m.deflt.num, m.deflt.den, stateOK
		}
	}
}

// worst gives the more serious of two states.
func worst(a, b state) state { return max(a, b) }

func quotient(a, b *Value, ma, mb *measure) Value {
	out := Value{den: 1, facts: max(a.facts, 0) + max(b.facts, 0), state: stateOK}
	if a.state != stateOK || b.state != stateOK {
		out.state = worst(a.state, b.state)
		return out
	}
	if ma.money && mb.money && a.facts > 0 && b.facts > 0 && a.currency != b.currency {
		out.state = stateMixed
		return out
	}
	if b.num <= 0 {
		out.state = stateNoData
		return out
	}
	if a.den == b.den {
		out.num, out.den = a.num, b.num
		return out
	}
	return reduce(new(big.Rat).Quo(a.rat().big(), b.rat().big()), out)
}

// reduce puts an exact fraction into a value if it fits.
func reduce(r *big.Rat, out Value) Value {
	if !r.Num().IsInt64() || !r.Denom().IsInt64() {
		out.state = stateRange
		return out
	}
	out.num, out.den = r.Num().Int64(), r.Denom().Int64()
	return out
}

func growthOf(now *Value, prev *accState, counted bool) Value {
	out := Value{den: 1, facts: max(now.facts, 0) + prev.n, state: now.state}
	before := prev.num
	if counted {
		before = prev.n
	}
	switch {
	case out.state != stateOK:
	case prev.mixed || prev.n > 0 && now.facts > 0 && prev.currency != now.currency:
		out.state = stateMixed
	case prev.over:
		out.state = stateRange
	case before <= 0:
		out.state = stateNoData
	default:
		diff := now.num - before
		if (now.num < 0) != (before < 0) && (diff < 0) != (now.num < 0) {
			out.state = stateRange
		}
		out.num, out.den = diff, before
	}
	return out
}
