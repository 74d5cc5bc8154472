package rule

import (
	"kezhi/internal/calendar"
	"kezhi/internal/expr"
)

// compareDueBy checks when duties of the grade are owed.
func compareDueBy(d *differ, e *expectSpec, duties []DutyRule, facts []Fact) {
	if len(e.DueBy.List) == 0 {
		return
	}
	work, _ := calendar.China() // as of examples of procedures
	for i := range e.DueBy.List {
		want, got := &e.DueBy.List[i], "not owed"
		for j := range duties {
			if duties[j].Key == want.Name.S {
				got = duties[j].dueBy(facts, work)
			}
		}
		d.want("due_by."+want.Name.S, want.Value, got)
	}
}

// dueBy gives when a duty is owed as examples write it; "nothing" where no fact brings it.
func (d *DutyRule) dueBy(facts []Fact, work *calendar.Working) string {
	switch d.Way() {
	case WayEvery:
		return d.EveryText
	case WayDay:
		return d.BeforeText
	case WayNone:
		return "nothing"
	}
	last := calendar.None
	for i := range facts {
		if x := &facts[i]; x.Kind == d.Of && d.Met(x) {
			last = max(last, d.dayFor(x, work))
		}
	}
	if last == calendar.None {
		return "nothing"
	}
	return last.String()
}

// dayFor gives the last working day on which what a fact brings is kept, or the first one of a reminder without a time of its own.
func (d *DutyRule) dayFor(x *Fact, work *calendar.Working) calendar.Date {
	from := x.On
	if d.OfDate != "" {
		day, err := calendar.Parse(attrValue(x, d.OfDate, expr.Text).Text)
		if err != nil {
			return calendar.None
		}
		from = d.Before.Before(day)
		if d.Within.IsZero() {
			return work.OnOrAfter(from)
		}
	}
	for day := d.Within.After(from, work); day >= from; day-- {
		if work.IsWorking(day) {
			return day
		}
	}
	return calendar.None
}
