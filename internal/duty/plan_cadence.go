package duty

import (
	"math/bits"
	"strconv"

	"kezhi/internal/calendar"
)

// cadence plans what comes up once in each period.
func (x *planning) cadence() {
	h, every, anchor := x.p.h, x.r.Every, x.s.anchor(x.r)
	prefix := planPrefix(x.s, x.r)
	x.out.Prefixes = append(x.out.Prefixes, prefix)
	spread := spreadOf(x.s, x.r.Key)
	var diary *Diary
	for n := firstOccurrence(anchor, every, h.Today); ; n++ {
		from, to := windowOf(anchor, every, n)
		if from > h.Until {
			return
		}
		key := prefix + strconv.Itoa(n)
		if x.exists(key) || x.known.Covered != nil && x.known.Covered(x.r.Key, prefix, from, to) {
			continue
		}
		if diary == nil {
			diary = x.diary()
		}
		due, reason := x.p.dueDay(from, to, spread, diary, x.r.AtMost(x.s.Grade))
		switch {
		case reason != "":
			x.unplaced(n, "", reason, from)
		case due.day >= h.From && (due.day <= h.Until || due.moved):
			x.open(Planned{Occurrence: n, WindowFrom: from, DueOn: due.day, Key: key}, diary)
		}
	}
}

// windowOf gives the first day of occurrence n and the first day after it. It counts from the anchor, not from the
// occurrence before, so that an anchor on the 31st does not drift.
func windowOf(anchor calendar.Date, every calendar.Period, n int) (from, to calendar.Date) {
	at := func(n int) calendar.Date { return anchor.AddMonths(n * every.Months).AddDays(n * every.Days) }
	return at(n), at(n + 1)
}

// firstOccurrence gives the first occurrence whose window is not over today.
func firstOccurrence(anchor calendar.Date, every calendar.Period, today calendar.Date) int {
	n := 0
	if today > anchor {
		// No period is longer than this, so the estimate is never too high.
		n = int(today-anchor) / (31*every.Months + every.Days)
		n = max(n-1, 0)
	}
	for {
		if _, to := windowOf(anchor, every, n); to > today {
			return n
		}
		n++
	}
}

type placed struct {
	day   calendar.Date
	moved bool // the day first chosen had passed already
}

// maxWindow bounds how much of a window is looked at; no working day is looked for decades after it began.
const maxWindow = 40 * 366

// dueDay chooses the day of an occurrence in [from, to) on which whoever owes it has fewer than most duties (0: any number), or says why
// there is none.
func (p *Planner) dueDay(from, to calendar.Date, spread uint64, diary *Diary, most int) (placed, string) {
	to = min(to, from.AddDays(maxWindow))
	list := p.days.between(from, to)
	if len(list) == 0 {
		return placed{}, NoWorkingDay
	}
	at := scale(spread, len(list))
	moved := list[at] < p.h.Today
	if from < p.h.Today {
		past := len(list) - len(p.days.between(max(from, p.h.Today), to))
		if list = list[past:]; len(list) == 0 {
			return placed{}, NoWorkingDay
		}
		if moved {
			at = scale(spread, len(list))
		} else {
			at -= past
		}
	}
	day, reason := diary.choose(list, at, most)
	return placed{day, moved}, reason
}

// scale gives the place that lies at the fraction spread / 2^64 of n places.
func scale(spread uint64, n int) int {
	at, _ := bits.Mul64(spread, uint64(n)) //nolint:gosec // a length is not negative
	return int(at)                         //nolint:gosec // less than n
}

// workdays lists working days so that those of a window are found without walking over the calendar.
type workdays struct {
	work  *calendar.Working
	start calendar.Date   // the day that past[0] stands for
	past  []int32         // how many working days of list lie before each day
	list  []calendar.Date // the working days, rising
}

func newWorkdays(w *calendar.Working) *workdays { return &workdays{work: w} }

// reserve is how many days are listed beyond what is asked for, so that a plan of a year lists them once or twice.
const reserve = 800

// between gives the working days of [from, to), rising; the list is shared and must not be changed.
func (w *workdays) between(from, to calendar.Date) []calendar.Date {
	if from >= to {
		return nil
	}
	if len(w.past) == 0 || from < w.start || to > w.start.AddDays(len(w.past)-1) {
		w.extend(from, to)
	}
	return w.list[w.past[from-w.start]:w.past[to-w.start]]
}

func (w *workdays) extend(from, to calendar.Date) {
	lo, hi := from.AddDays(-reserve), to.AddDays(reserve)
	if len(w.past) > 0 {
		lo, hi = min(lo, w.start), max(hi, w.start.AddDays(len(w.past)-1))
	}
	w.start, w.list, w.past = lo, nil, make([]int32, 0, int(hi-lo)+1)
	for d := lo; d <= hi; d++ {
		w.past = append(w.past, int32(len(w.list))) //nolint:gosec // days of some decades
		if w.work.IsWorking(d) {
			w.list = append(w.list, d)
		}
	}
}
