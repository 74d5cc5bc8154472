package rule

import (
	"kezhi/internal/calendar"
	"kezhi/internal/expr"
)

const dayMicros = 24 * 60 * 60 * 1_000_000

// Fold adds up the facts of one customer. It is reused from customer to customer and allocates nothing per fact in the
// common path. It is not safe for concurrent use.
//
// Facts arrive in the order of their dates. A reversing fact and the one it reverses both vanish: announce reversed ids
// with Void before the facts, or, when Replay reports true after the facts, call Restart and add the same facts again.
type Fold struct {
	p        *Program
	asOf     calendar.Date
	midnight int64 // 00:00 of the as-of date, µs UTC
	gates    []gateState
	byKind   [][]int32 // gates by index in p.kinds
	accs     []accState
	sets     []byteSet
	levels   []levelState
	vals     []Value
	before   []Value // values of the windows before; empty when no measure compares with them
	void     map[int64]struct{}
	late     bool
	lastKind string
	lastIdx  int
	facts    int
}

type gateState struct {
	from, to calendar.Date
	pred     *predicate
	accs     []accPlan
}

// accState is a running total.
type accState struct {
	n        int64
	num      int64
	key      int64 // the day or month counted last
	currency string
	// converted counts the amounts converted from another currency; odd is true when one has no rate.
	converted        int32
	rates            *rateUses // of the amounts converted
	mixed, over, odd bool
}

// columnValue is what a column of a fact holds.
type columnValue struct {
	num                  int64
	currency             string
	odd, over, converted bool
	table, line          int // of the rate it was converted by
}

// NewFold makes a fold as of a date; midnight of that date is taken in UTC.
func (p *Program) NewFold(asOf calendar.Date) *Fold {
	return p.NewFoldAt(asOf, int64(asOf)*dayMicros)
}

// NewFoldAt makes a fold as of a date. midnight is the instant (microseconds UTC) at which that date begins in the
// organisation's time zone; whole days since a fact are counted up to it.
func (p *Program) NewFoldAt(asOf calendar.Date, midnight int64) *Fold {
	f := &Fold{
		p: p, asOf: asOf, midnight: midnight, lastIdx: -1,
		gates: make([]gateState, len(p.gates)), byKind: make([][]int32, len(p.kinds)),
		accs: make([]accState, p.slots), sets: make([]byteSet, p.sets), vals: make([]Value, len(p.measures)),
	}
	if p.compares {
		f.before = make([]Value, len(p.measures))
	}
	for i := range p.levels {
		from, to := p.levels[i].days(asOf)
		f.levels = append(f.levels, levelState{from: from, to: to, since: calendar.None, slot: p.levels[i].slot})
	}
	for i := range p.gates {
		g := &p.gates[i]
		from, to := g.win.days(asOf)
		if g.prev {
			from, to = g.win.before(asOf)
		}
		f.gates[i] = gateState{from: from, to: min(to, asOf), pred: g.pred, accs: g.accs}
		for ki, kind := range p.kinds {
			if contains(g.kinds, kind) {
				f.byKind[ki] = append(f.byKind[ki], int32(i))
			}
		}
	}
	return f
}

// Reset forgets the customer, including announced reversals.
func (f *Fold) Reset() {
	if len(f.void) > 0 {
		clear(f.void)
	}
	f.Restart()
}

// Restart forgets the facts but keeps the reversals seen so far, so that the same facts can be added again.
func (f *Fold) Restart() {
	clear(f.accs)
	for i := range f.sets {
		f.sets[i].reset()
	}
	for i := range f.levels {
		f.levels[i].reset()
	}
	f.late = false
	f.facts = 0
}

// Void announces that a fact has been reversed, before the facts are added.
func (f *Fold) Void(id int64) {
	if f.void == nil {
		f.void = make(map[int64]struct{})
	}
	f.void[id] = struct{}{}
}

// Replay reports that a reversing fact arrived whose reversed fact had not been announced and may have been added.
func (f *Fold) Replay() bool { return f.late }

// Add takes one fact. Facts after the as-of date and of kinds that no measure reads are ignored.
func (f *Fold) Add(x *Fact) {
	if x.On > f.asOf {
		return
	}
	if x.Reverses != 0 {
		f.reverse(x.Reverses)
		return
	}
	if len(f.void) > 0 {
		if _, gone := f.void[x.ID]; gone {
			return
		}
	}
	k := f.lastIdx
	if k < 0 || x.Kind != f.lastKind {
		if k = f.kindIndex(x.Kind); k < 0 {
			return
		}
	}
	f.facts++
	for _, gi := range f.byKind[k] {
		g := &f.gates[gi]
		if x.On < g.from || x.On > g.to || g.pred != nil && !g.pred.match(x) {
			continue
		}
		for ai := range g.accs {
			f.accumulate(&g.accs[ai], x)
		}
	}
}

func (f *Fold) reverse(id int64) {
	if _, known := f.void[id]; !known {
		f.Void(id)
		f.late = true
	}
}

func (f *Fold) kindIndex(kind string) int {
	for i, k := range f.p.kinds {
		if k == kind {
			f.lastKind, f.lastIdx = k, i
			return i
		}
	}
	return -1
}

func (f *Fold) accumulate(a *accPlan, x *Fact) {
	st := &f.accs[a.slot]
	switch a.op {
	case accCount:
		st.n++
	case accSum, accMin, accMax, accLast:
		f.number(a, st, x)
	case accDistinctBytes:
		b := x.Document
		if a.field == fieldProduct {
			b = x.Product
		}
		st.n++
		if len(b) > 0 && f.sets[a.set].add(b) {
			st.num++
		}
	case accDistinctDay:
		st.distinct(int64(x.On))
	case accDistinctMonth:
		st.distinct(int64(x.On.MonthStart()))
	case accStreak:
		st.streak(periodOf(x.On, a.months))
	case accLevel:
		if v, ok := f.column(a, x); ok {
			f.levels[a.set].set(st, x.On, &v)
		}
	case accFirstInstant, accLastInstant:
		f.instant(a.op, st, x)
	}
}

// distinct counts changes of a key that never goes back, because facts arrive by date.
func (st *accState) distinct(key int64) {
	if st.n == 0 || st.key != key {
		st.num++
		st.key = key
	}
	st.n++
}

func (f *Fold) instant(op accOp, st *accState, x *Fact) {
	at := x.At
	if at == 0 {
		at = f.midnight - int64(f.asOf-x.On)*dayMicros
	}
	if st.n == 0 || op == accFirstInstant && at < st.num || op == accLastInstant && at > st.num {
		st.num = at
	}
	st.n++
}

// periodOf numbers the periods of a length in months.
func periodOf(d calendar.Date, months int) int64 {
	y, m, _ := d.Civil()
	return floorDiv(int64(y*12+m-1), int64(months))
}

// streak counts periods that follow one another without a gap; key is the last one.
func (st *accState) streak(period int64) {
	switch {
	case st.n > 0 && period == st.key:
	case st.n > 0 && period == st.key+1:
		st.num++
	default:
		st.num = 1
	}
	st.key = period
	st.n++
}

// number takes the value of a column.
func (f *Fold) number(a *accPlan, st *accState, x *Fact) {
	c, ok := f.column(a, x)
	if !ok {
		return
	}
	if a.field == fieldAmount {
		st.amount(&c)
	}
	v := c.num
	switch {
	case a.op == accSum:
		sum := st.num + v
		if (sum > st.num) != (v > 0) && v != 0 {
			st.over = true
		}
		st.num = sum
	case a.op == accLast, st.n == 0, a.op == accMin && v < st.num, a.op == accMax && v > st.num:
		st.num = v
	}
	st.n++
}

// amount keeps track of the currency of an amount.
func (st *accState) amount(c *columnValue) {
	switch {
	case c.odd:
		st.odd = true
	case st.n == 0:
		st.currency = c.currency
	case st.currency != c.currency:
		st.mixed = true
	}
	st.over = st.over || c.over
	if c.converted {
		st.converted++
		st.rates = st.rates.used(c.table, c.line)
	}
}

// column reads the column of a fact; ok is false when the fact has none.
func (f *Fold) column(a *accPlan, x *Fact) (c columnValue, ok bool) {
	switch a.field {
	case fieldAmount:
		if !x.HasAmount {
			return c, false
		}
		if c.num, c.currency = x.Amount, x.Currency; a.convert {
			f.p.toHome(&c, x.On)
		}
		return c, true
	case fieldQuantity:
		c.num = x.Quantity
		return c, true
	default:
		c.num, ok = attrMicro(x, a.attr)
		return c, ok
	}
}

func attrMicro(x *Fact, name string) (int64, bool) {
	if x.Attr == nil {
		return 0, false
	}
	s := x.Attr(name)
	if s == "" {
		return 0, false
	}
	d, ok := expr.ParseDecimal(s)
	if !ok || d.Scale > 6 {
		return 0, false
	}
	scale := tens[6-d.Scale]
	if d.Coef > 1e15/scale*1000 || d.Coef < -1e15/scale*1000 {
		return 0, false
	}
	return d.Coef * scale, true
}
