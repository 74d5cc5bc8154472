package duty

import (
	"strconv"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

// occasions plans what comes up on days of the year or of the customer.
func (x *planning) occasions() {
	h := x.p.h
	first, _, _ := h.Today.Civil()
	last, _, _ := x.r.Before.After(h.Until).AddDays(31).Civil()
	for _, o := range x.r.On {
		prefix := dayPrefix(x.s, x.r) + o.String() + "@"
		switch o.Kind {
		case rule.OnSpecial:
			for _, d := range x.s.Special {
				x.yearly(dayPrefix(x.s, x.r)+o.String()+"("+strconv.FormatInt(d.ID, 10)+")@", o.String()+"("+d.Name+")", d.On, d.Year, first, last)
			}
			continue
		case rule.OnDate:
			day, ok := x.s.Dates[o.Name]
			if !ok {
				x.unplaced(0, o.String(), NoDate, calendar.None)
				continue
			}
			x.onDay(prefix+day.String(), o.String(), day)
			continue
		}
		// What is open for a day that nobody knows any more is dropped: nothing asks for it.
		if o.Kind != rule.OnFestival && !x.recurs(o) {
			x.unplaced(0, o.String(), NoDate, calendar.None)
			continue
		}
		if o.Kind == rule.OnBirthday {
			x.yearly(prefix, o.String(), x.s.Birthday, 0, first, last)
			continue
		}
		x.out.Prefixes = append(x.out.Prefixes, prefix)
		for year := first; year <= last; year++ {
			key := prefix + strconv.Itoa(year)
			switch day, ok := x.dayIn(o, year); {
			case ok:
				x.onDay(key, o.String(), day)
			case o.Kind == rule.OnFestival:
				x.unplaced(year, o.String(), YearUnknown, calendar.None)
			default: // a date that was corrected to a later year has no anniversary in this one
				x.out.Gone[key] = struct{}{}
			}
		}
	}
}

// yearly plans a day that comes back every year, by the solar or the lunar calendar, from the year after since on. What lies in the last
// month of a lunar year is counted by the civil year in which that year began.
func (x *planning) yearly(prefix, occasion string, on calendar.Yearly, since, first, last int) {
	x.out.Prefixes = append(x.out.Prefixes, prefix)
	if on.Lunar {
		first--
	}
	for year := first; year <= last; year++ {
		key := prefix + strconv.Itoa(year)
		day, ok := on.In(year)
		switch {
		case year <= since: // a day that was corrected to a later year has no occurrence in this one
			x.out.Gone[key] = struct{}{}
		case ok:
			x.onDay(key, occasion, day)
		default:
			x.unplaced(year, occasion, YearUnknown, calendar.None)
		}
	}
}

// recurs says whether the yearly day of the customer is known.
func (x *planning) recurs(o rule.Occasion) bool {
	if o.Kind == rule.OnBirthday {
		return x.s.Birthday.Valid()
	}
	_, ok := x.s.Dates[o.Name]
	return ok
}

// dayIn gives the day of a festival or an anniversary in a year; a 29 February is kept on the 28th where there is none. The first
// anniversary is a year after the date.
func (x *planning) dayIn(o rule.Occasion, year int) (calendar.Date, bool) {
	if o.Kind == rule.OnFestival {
		f, ok := calendar.FestivalOf(o.Name)
		if !ok {
			return calendar.None, false
		}
		return f.In(year)
	}
	begun := x.s.Dates[o.Name]
	since, _, _ := begun.Civil()
	return begun.AddMonths(12 * (year - since)), year > since
}

// onDay plans a duty that may be done from the time before a day on, and on that day at the latest.
func (x *planning) onDay(key, occasion string, day calendar.Date) {
	// What is still to come for a day that is over was planned before the day was corrected.
	if day < x.p.h.Today {
		x.out.Gone[key] = struct{}{}
		return
	}
	x.out.Keys[key] = struct{}{}
	x.fixed(key, occasion, x.r.Before.Before(day), day, x.p.days.last(x.r.Before.Before(day), day))
}

// fixed plans a duty whose day follows from a date; what cannot be due any more is passed over. What exists is moved to its day, however
// far ahead that is now.
func (x *planning) fixed(key, occasion string, from, end, due calendar.Date) {
	h := x.p.h
	switch {
	case end < h.Today || from > h.Until && !x.exists(key):
		return
	case due == calendar.None || due < h.Today:
		if due = x.p.days.last(max(from, h.Today), end); due == calendar.None {
			if !x.exists(key) {
				x.unplaced(0, occasion, NoWorkingDay, from)
			}
			return
		}
	}
	d := Planned{Rule: x.r, Occasion: occasion, WindowFrom: from, DueOn: due, Key: key}
	switch {
	case x.exists(key):
		x.out.Fixed = append(x.out.Fixed, d)
	case due >= h.From && due <= h.Until:
		diary := x.diary()
		d.DueOn = x.sooner(diary, max(from, h.Today), due)
		x.open(d, diary)
	}
}

// sooner gives the last day of [from, due] on which whoever owes the duty has room, and due where there is none: what a date or a fact
// asks for is owed all the same.
func (x *planning) sooner(diary *Diary, from, due calendar.Date) calendar.Date {
	most := x.r.AtMost(x.s.Grade)
	if diary == nil || !diary.full(due, most) {
		return due
	}
	if day, ok := diary.roomy(x.p.days.between(from, due+1), most); ok && day >= x.p.h.From {
		return day
	}
	return due
}

// facts plans what facts bring.
func (x *planning) facts() {
	prefix := dayPrefix(x.s, x.r) + "fact:"
	for _, e := range x.s.Events {
		if e.Rule != x.r.Key {
			continue
		}
		key := prefix + strconv.FormatInt(e.Fact, 10)
		x.out.Keys[key] = struct{}{}
		if x.r.Way() == rule.WayFactDate {
			x.factDate(key, e)
			continue
		}
		occasion := "fact(" + x.r.Of + ")"
		end := x.r.Within.After(e.On, x.p.days.work)
		due := calendar.None
		if end != calendar.None {
			due = x.p.days.last(e.On, end)
		}
		switch {
		case due != calendar.None && end >= x.p.h.Today:
			x.fixed(key, occasion, e.On, end, due)
		case due != calendar.None:
			x.overdue(key, occasion, e, due)
		case !x.exists(key):
			x.unplaced(0, occasion, NoWorkingDay, e.On)
		}
	}
}

// overdue plans what was owed before anybody knew of the fact: it is there to be made up for, and counts as missed. What happened
// before the grade, or before the rulebook came into force, was owed to nobody.
func (x *planning) overdue(key, occasion string, e Event, due calendar.Date) {
	if x.exists(key) || e.On < x.s.anchor(x.r) || e.On < x.p.h.InForce || x.p.h.InForce == 0 || due < x.p.h.Today.AddDays(-lateFacts) {
		return
	}
	x.open(Planned{Occasion: occasion, WindowFrom: e.On, DueOn: due, Key: key}, x.diary())
}

// lateFacts is for how many days after the last day something is still opened for a fact that was recorded late.
const lateFacts = 31

// factDate plans the reminder of a date that a fact names: on the first working day from the reminder's day on, or within the time given.
func (x *planning) factDate(key string, e Event) {
	occasion := "fact(" + x.r.Of + "." + x.r.OfDate + ")"
	if e.Day == calendar.None {
		x.unplaced(0, occasion, NoDate, e.On)
		return
	}
	from, end := e.Day, e.Day.AddDays(maxIdleDays)
	if !x.r.Before.IsZero() {
		from, end = x.r.Before.Before(e.Day), e.Day
	}
	due := x.p.days.first(from, end)
	if !x.r.Within.IsZero() {
		end = x.r.Within.After(from, x.p.days.work)
		if end == calendar.None {
			x.unplaced(0, occasion, NoWorkingDay, from)
			return
		}
		due = x.p.days.last(from, end)
	}
	// A date that is near already when the fact is recorded is looked after at once.
	if due < x.p.h.Today && end >= x.p.h.Today {
		due = x.p.days.first(x.p.h.Today, end)
	}
	x.fixed(key, occasion, from, end, due)
}

// maxIdleDays is how far a day is moved off holidays; no row of days off is longer.
const maxIdleDays = 15

// last gives the last working day of [from, to], None when none is worked.
func (w *workdays) last(from, to calendar.Date) calendar.Date {
	if list := w.between(from, to+1); len(list) > 0 {
		return list[len(list)-1]
	}
	return calendar.None
}

// first gives the first working day of [from, to], None when none is worked.
func (w *workdays) first(from, to calendar.Date) calendar.Date {
	if list := w.between(from, to+1); len(list) > 0 {
		return list[0]
	}
	return calendar.None
}
