package rule

import (
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
	// converted counts the facts whose amount was converted from another currency.
	converted int32
	rates     *rateUses
	state     state
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
		if m := &f.p.measures[i]; m.fn.base() {
			f.vals[i] = f.baseValue(m, m.slot)
		}
	}
	if f.before != nil {
		f.valuesBefore()
	}
	f.p.deriveOwn(f.vals, f.before)
	return Measures{p: f.p, asOf: f.asOf, vals: f.vals}
}

// valuesBefore works out the values of the windows before, where a growth compares with them.
func (f *Fold) valuesBefore() {
	for i := range f.p.measures {
		if m := &f.p.measures[i]; m.before && m.fn.base() {
			f.before[i] = f.baseValue(m, m.prev)
		}
	}
	for _, i := range f.p.order {
		if m := &f.p.measures[i]; m.before {
			f.before[i] = f.p.derive(m, i, f.before, nil)
		}
	}
}

// baseValue gives the value of a measure on facts from one of its accumulators.
func (f *Fold) baseValue(m *measure, slot int) Value {
	if slot < 0 {
		return Value{den: 1, state: stateNoData}
	}
	st := &f.accs[slot]
	v := Value{num: st.num, den: m.den, facts: st.n, converted: st.converted, rates: st.rates}
	switch m.fn {
	case fnCount:
		v.num = st.n
	case fnDistinct:
	case fnStreak:
		_, to := m.win.days(f.asOf)
		if st.n == 0 || st.key < periodOf(min(to, f.asOf), m.months)-1 {
			v.num = 0
		}
	case fnDaysFirst, fnDaysLast:
		v.num = max(floorDiv(f.midnight-st.num, dayMicros), 0)
		v.state = noDataIf(st.n == 0)
	case fnBalance:
		v = f.averageLevel(m, slot)
	default:
		v.state = noDataIf(st.n == 0 && m.fn != fnSum)
		v = v.withMoney(m, st)
		if m.fn == fnAverage && st.n > 0 && !v.scaleDen(st.n) {
			v.state = stateRange
		}
	}
	return m.orDefault(v)
}

// orDefault puts the declared value in place of one for which there is no data.
func (m *measure) orDefault(v Value) Value {
	if v.state == stateNoData && m.hasDefault {
		v.num, v.den, v.state = m.deflt.num, m.deflt.den, stateOK
		if m.money {
			v.currency = m.currency
		}
	}
	return v
}

// averageLevel divides the sum of the daily levels by the days that have one.
func (f *Fold) averageLevel(m *measure, slot int) Value {
	for i := range f.levels {
		l := &f.levels[i]
		if l.slot != slot {
			continue
		}
		st, days := l.average(&f.accs[slot])
		v := Value{num: st.num, den: m.den, facts: st.n, converted: st.converted, rates: st.rates, state: noDataIf(days == 0)}
		if v = v.withMoney(m, &st); days > 0 && !v.scaleDen(days) {
			v.state = stateRange
		}
		return v
	}
	return Value{den: 1, state: stateNoData}
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
	if st.odd {
		v.state = stateForeign
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
