package rule

import "kezhi/internal/calendar"

type windowMode uint8

const (
	windowAll windowMode = iota
	windowRolling
	windowMonths // whole months: from the first day of a month
	windowYear   // 1 January of the as-of year to the as-of date
	windowLastYear
	windowFixed
)

// window is a period relative to the as-of date.
type window struct {
	mode     windowMode
	period   calendar.Period
	from, to calendar.Date
}

// days gives the first and the last day, both inclusive; from is calendar.None for the whole history.
func (w window) days(asOf calendar.Date) (from, to calendar.Date) {
	switch w.mode {
	case windowRolling:
		return w.period.Before(asOf).AddDays(1), asOf
	case windowMonths:
		return w.period.Before(asOf.MonthStart()).MonthStart(), asOf
	case windowYear:
		return asOf.YearStart(), asOf
	case windowLastYear:
		return asOf.YearStart().AddMonths(-12), asOf.YearStart().AddDays(-1)
	case windowFixed:
		return w.from, min(w.to, asOf)
	default:
		return calendar.None, asOf
	}
}

// before gives the window of the same length that lies before this one.
func (w window) before(asOf calendar.Date) (from, to calendar.Date) {
	first, _ := w.days(asOf)
	switch w.mode {
	case windowRolling:
		return w.period.Before(w.period.Before(asOf)).AddDays(1), first.AddDays(-1)
	case windowMonths:
		return w.period.Before(first).MonthStart(), first.AddDays(-1)
	case windowYear:
		return first.AddMonths(-12), asOf.AddMonths(-12)
	case windowLastYear:
		return first.AddMonths(-12), first.AddDays(-1)
	default:
		return calendar.None, calendar.None
	}
}

// window compiles a written window. Nothing written means the whole history.
func (k *compiler) window(w *windowSpec) window {
	if !w.Length.set() && !w.From.set() {
		return window{}
	}
	length := k.resolve(w.Length)
	if w.From.set() && w.To.set() {
		return k.fixedWindow(w)
	}
	switch length {
	case "all", "":
		return window{}
	case "year":
		return window{mode: windowYear}
	case "last_year":
		return window{mode: windowLastYear}
	}
	p, err := calendar.ParsePeriod(length)
	if err != nil || p.IsZero() || p.Months < 0 || p.Days < 0 {
		k.report("window.period", w.Length.pos, "", length)
		return window{}
	}
	out := window{mode: windowRolling, period: p}
	if w.From.set() {
		if start := k.resolve(w.From); start != "month_start" && start != "day" {
			k.report("window.from", w.From.pos, "", start)
		} else if start == "month_start" {
			out.mode = windowMonths
		}
	}
	return out
}

func (k *compiler) fixedWindow(w *windowSpec) window {
	from, okFrom := k.date(w.From)
	to, okTo := k.date(w.To)
	if okFrom && okTo && to < from {
		k.report("window.order", w.To.pos, "", from.String(), to.String())
	}
	return window{mode: windowFixed, from: from, to: to}
}

// date reads a written date and reports one that does not exist.
func (k *compiler) date(w word) (calendar.Date, bool) {
	s := k.resolve(w)
	d, err := calendar.Parse(s)
	if err != nil {
		if bad := impossibleDates(s); len(bad) > 0 {
			k.report("date.impossible", w.pos, "", bad[0].text, bad[0].last)
		} else {
			k.report("date.wrong", w.pos, "", s)
		}
		return calendar.None, false
	}
	return d, true
}
