package rule

import (
	"math"
	"math/big"
)

// deriveOwn works out the measures on other measures of the same customer. before holds the values of the windows before;
// it is nil when measures were given directly, and growth then stays as it is.
func (p *Program) deriveOwn(vals, before []Value) {
	for _, i := range p.order {
		m := &p.measures[i]
		if m.late || vals[i].facts < 0 || m.fn == fnGrowth && before == nil { // facts < 0: given directly
			continue
		}
		vals[i] = p.derive(m, i, vals, before)
	}
}

// derive works out one measure on other measures of the same customer.
func (p *Program) derive(m *measure, i int, vals, before []Value) Value {
	out := Value{den: 1, state: stateNoData}
	switch m.fn {
	case fnRatio:
		out = quotient(&vals[m.ops[0]], &vals[m.ops[1]], &p.measures[m.ops[0]], &p.measures[m.ops[1]])
	case fnSumOf, fnDifference:
		out = p.combine(m, vals)
	case fnGrowth:
		if before == nil {
			return vals[i]
		}
		out = growthOf(&vals[m.ops[0]], &before[m.ops[0]])
	}
	return m.orDefault(out)
}

// worst gives the more serious of two states.
func worst(a, b state) state { return max(a, b) }

// combine adds the operands, or subtracts the second from the first. A value made from no facts and equal to 0 is of any
// currency.
func (p *Program) combine(m *measure, vals []Value) Value {
	out := Value{den: 1, currency: m.currency}
	known := false
	var sum rat
	for n, op := range m.ops {
		v := &vals[op]
		out.facts += max(v.facts, 0)
		out.converted += v.converted
		out.rates = out.rates.with(v.rates)
		if out.state = worst(out.state, v.state); out.state != stateOK || v.facts == 0 && v.num == 0 {
			continue
		}
		if m.money && known && v.currency != out.currency {
			out.state = stateMixed
			continue
		}
		value := v.rat()
		if m.fn == fnDifference && n == 1 {
			if value.num == math.MinInt64 {
				out.state = stateRange
			}
			value.num = -value.num
		}
		if !known {
			out.currency, sum, known = v.currency, value, true
			continue
		}
		var ok bool
		if sum, ok = sum.plus(value); !ok {
			out.state = stateRange
		}
	}
	if out.den = p.denOf(m, out.currency); known && out.state == stateOK {
		out.num, out.den = sum.num, sum.den
	}
	if !m.money {
		out.currency = ""
	}
	return out
}

// denOf gives the denominator of a value that no fact went into.
func (p *Program) denOf(m *measure, currency string) int64 {
	if m.whole {
		return m.valueDen(currency)
	}
	return 1
}

// plus adds exactly; ok is false when the result does not fit.
func (r rat) plus(o rat) (rat, bool) {
	if r.den == o.den {
		sum := r.num + o.num
		return rat{sum, r.den}, (sum > r.num) == (o.num > 0) || o.num == 0
	}
	v := reduce(new(big.Rat).Add(r.big(), o.big()), Value{})
	return rat{v.num, v.den}, v.state == stateOK
}

// quotient divides; there is no value without a positive divisor.
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

// growthOf gives the change against the window before, as a part of the value there.
func growthOf(now, before *Value) Value {
	out := Value{den: 1, facts: max(now.facts, 0) + before.facts, converted: now.converted + before.converted, rates: now.rates.with(before.rates)}
	switch {
	case now.state != stateOK || before.state > stateNoData:
		out.state = worst(now.state, before.state)
	case before.facts > 0 && now.facts > 0 && now.currency != before.currency:
		out.state = stateMixed
	case before.state == stateNoData || before.num <= 0:
		out.state = stateNoData
	case now.den == before.den && fitsMinus(now.num, before.num):
		out.num, out.den = now.num-before.num, before.num
	default:
		change := new(big.Rat).Sub(now.rat().big(), before.rat().big())
		out = reduce(change.Quo(change, before.rat().big()), out)
	}
	return out
}

// fitsMinus reports whether a - b needs no more than 64 bits.
func fitsMinus(a, b int64) bool {
	return (a-b < a) == (b > 0)
}
