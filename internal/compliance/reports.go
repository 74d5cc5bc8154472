package compliance

import (
	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

// maxFilings bounds the periods of one report that are listed.
const maxFilings = 120

// periodOf gives the stretch of days a report is about that holds a day: calendar months, quarters and years for those
// periods, otherwise whole periods counted from the day the rulebook took effect.
func periodOf(r rule.Report, start, on calendar.Date) (from, to calendar.Date) {
	if r.Every.Days == 0 && r.Every.Months > 0 && 12%r.Every.Months == 0 {
		first := on.YearStart()
		for first.AddMonths(r.Every.Months) <= on {
			first = first.AddMonths(r.Every.Months)
		}
		return first, first.AddMonths(r.Every.Months).AddDays(-1)
	}
	from = start
	for n := 1; ; n++ {
		next := start.AddMonths(n * r.Every.Months).AddDays(n * r.Every.Days)
		if next > on || next <= from {
			return from, next.AddDays(-1)
		}
		from = next
	}
}

// dueOn gives the day by which a report on a period is due: the due day of the month after it, the last day of that month
// where it is shorter; without a due day the last day of the period itself.
func dueOn(r rule.Report, to calendar.Date) calendar.Date {
	if r.DueDay == 0 {
		return to
	}
	first := to.MonthStart().AddMonths(1)
	y, m, _ := first.Civil()
	return first.AddDays(min(r.DueDay, calendar.DaysIn(y, m)) - 1)
}

// duePeriods lists the periods whose due day lies in [from, to], and the next one after today, oldest first.
func duePeriods(r rule.Report, start, from, to, today calendar.Date) []period {
	var out []period
	if r.Every.IsZero() {
		return out
	}
	at := max(start, from.AddDays(-r.Every.ApproxDays()-62))
	last := max(to, today)
	for range 4 * maxFilings {
		p := period{}
		p.from, p.to = periodOf(r, start, at)
		p.due = dueOn(r, p.to)
		if p.to < start {
			at = p.to.AddDays(1)
			continue
		}
		p.current = p.due >= today
		if (p.due >= from && p.due <= to) || p.current {
			out = append(out, p)
		}
		if (p.current && p.due >= to) || p.from > last.AddDays(r.Every.ApproxDays()+62) || len(out) >= maxFilings {
			break
		}
		at = p.to.AddDays(1)
	}
	seen := false
	kept := out[:0]
	for _, p := range out { // only the first that is still to come is the current one
		if p.current && seen {
			if p.due > to {
				continue
			}
			p.current = false
		}
		seen = seen || p.current
		kept = append(kept, p)
	}
	return kept
}

// period is a stretch a report is about.
type period struct {
	from, to, due calendar.Date
	current       bool
}

// stateOf says how a report stands.
func stateOf(due, today, filed calendar.Date) string {
	switch {
	case filed != calendar.None && filed <= due:
		return "filed"
	case filed != calendar.None:
		return "late"
	case due < today:
		return "missed"
	}
	return "open"
}
