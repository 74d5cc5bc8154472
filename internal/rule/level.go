package rule

import "kezhi/internal/calendar"

// levelPlan is the window a level is averaged over.
type levelPlan struct {
	win  window
	prev bool
	slot int
}

// levelState is the level of an account that each fact sets from its day on, and its sum over the days counted so far.
type levelState struct {
	from, to calendar.Date // first and last day of the window
	since    calendar.Date // the day the level holds from; None before the first fact
	level    int64
	currency string
	// odd is true when the level cannot be used, because its currency has no rate; converted when it was converted.
	odd, over, converted bool
	table, line          int // of the rate

	days int64
	slot int // of the accumulator the sum is kept in
}

func (l *levelState) reset() {
	*l = levelState{from: l.from, to: l.to, since: calendar.None, slot: l.slot}
}

// days gives the window of a level as of a date.
func (lp *levelPlan) days(asOf calendar.Date) (from, to calendar.Date) {
	from, to = lp.win.days(asOf)
	if lp.prev {
		from, to = lp.win.before(asOf)
	}
	return from, min(to, asOf)
}

// set ends the level before and begins another one on a day.
func (l *levelState) set(st *accState, on calendar.Date, v *columnValue) {
	if on > l.to {
		return
	}
	l.until(st, on-1)
	l.since, l.level, l.currency = on, v.num, v.currency
	l.odd, l.over, l.converted = v.odd, v.over, v.converted
	l.table, l.line = v.table, v.line
}

// until counts the days of the window up to last on which the level holds.
func (l *levelState) until(st *accState, last calendar.Date) {
	if l.since == calendar.None {
		return
	}
	n := int64(last) - int64(max(l.since, l.from)) + 1
	if n <= 0 {
		return
	}
	switch {
	case st.n == 0:
		st.currency = l.currency
	case st.currency != l.currency:
		st.mixed = true
	}
	st.odd, st.over = st.odd || l.odd, st.over || l.over
	if l.converted {
		st.converted++
		st.rates = st.rates.used(l.table, l.line)
	}
	st.n++
	l.days += n
	product := l.level * n
	if product/n != l.level {
		st.over = true
	}
	sum := st.num + product
	if (sum > st.num) != (product > 0) && product != 0 {
		st.over = true
	}
	st.num = sum
}

// average closes a copy of the level on the last day of the window and gives the sum, the days, and the facts counted.
func (l *levelState) average(st *accState) (closed accState, days int64) {
	end, closed := *l, *st
	end.until(&closed, l.to)
	return closed, end.days
}
