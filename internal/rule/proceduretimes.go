package rule

import (
	"regexp"
	"strconv"

	"kezhi/internal/flow"
)

var (
	hoursPeriod = regexp.MustCompile(`^PT(\d{1,4})H$`)
	daysPeriod  = regexp.MustCompile(`^P(\d{1,4})([DW])$`)
)

// times reads deadline, extensions and pauses.
func (d *draftsman) times() {
	if d.s.Deadline != nil {
		if !d.s.Deadline.Within.set() && !d.s.Deadline.On.set() {
			d.report("deadline.no_time", d.s.Deadline.pos, d.s.Deadline.Clause.S)
		}
		d.def.Deadline = d.limit(d.s.Deadline, d.s.Deadline.Days)
	}
	for i := range d.s.Extensions.List {
		e := &d.s.Extensions.List[i]
		d.keyShape(e.Name)
		if d.def.Deadline == nil {
			d.report("extension.no_deadline", e.Name.pos, e.Value.Clause.S, e.Name.S)
		}
		d.def.Extensions = append(d.def.Extensions, flow.Extension{
			Key: e.Name.S, Title: flow.Text(titleOr(e.Value.Title, e.Name.S)), Add: d.duration(e.Value.Add, false, e.Value.Days),
			Approve: d.actors(&e.Value.Approve, actorRest{}), Clause: e.Value.Clause.S,
		})
	}
	for i := range d.s.Pauses.List {
		e := &d.s.Pauses.List[i]
		d.keyShape(e.Name)
		p := flow.Pause{Key: e.Name.S, Title: flow.Text(titleOr(e.Value.Title, e.Name.S)), Clause: e.Value.Clause.S}
		if e.Value.AtMost.set() {
			most := d.duration(e.Value.AtMost, false, e.Value.Days)
			p.AtMost = &most
		}
		d.def.Pauses = append(d.def.Pauses, p)
	}
}

func (d *draftsman) keyShape(w word) {
	if !nameShape.MatchString(w.S) {
		d.report("name.shape", w.pos, "", w.S)
	}
}

// limit reads a deadline with its alarms; nil when no time is given.
func (d *draftsman) limit(s *limitTimeSpec, days word) *flow.Deadline {
	if !s.Within.set() && !s.On.set() {
		for i := range s.Alarms {
			d.report("alarm.no_deadline", s.Alarms[i].pos, s.Clause.S)
		}
		return nil
	}
	out := &flow.Deadline{
		Within: d.duration(s.Within, false, days), Clause: s.Clause.S, Assumed: s.Assumed.yes() || d.assumedSetting(s.Within),
	}
	if s.On.set() {
		out.On = d.reference(s.On, flow.FieldDate)
	}
	for i := range s.Alarms {
		a := &s.Alarms[i]
		if a.Before.set() == a.After.set() {
			d.report("alarm.one_time", a.pos, s.Clause.S)
			continue
		}
		by := a.After
		if a.Before.set() {
			by = a.Before
		}
		alarm := flow.Alarm{Before: a.Before.set(), By: d.duration(by, !a.Before.set(), days), Tell: d.actors(&a.Tell, actorRest{})}
		if alarm.Before && s.Within.set() && longer(alarm.By, out.Within) {
			d.report("alarm.too_early", a.Before.pos, s.Clause.S, a.Before.S, s.Within.S)
		}
		out.Alarms = append(out.Alarms, alarm)
	}
	return out
}

// longer reports whether a period is at least as long as another of the same kind.
func longer(a, b flow.Duration) bool {
	switch {
	case a.Hours > 0 && b.Hours > 0:
		return a.Hours >= b.Hours
	case a.Hours > 0:
		return a.Hours >= 24*(b.Days+b.Working)
	case b.Hours > 0:
		return 24*(a.Days+a.Working) >= b.Hours
	}
	return a.Days+a.Working >= b.Days+b.Working
}

// duration reads a period of days or hours. Days are working or calendar days as written beside it or at the
// procedure; where nothing says so they are calendar days, with a warning.
func (d *draftsman) duration(w word, zero bool, days word) flow.Duration {
	if !w.set() {
		return flow.Duration{}
	}
	text := d.resolve(w)
	if m := hoursPeriod.FindStringSubmatch(text); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil && (n > 0 || zero) && n <= 24*flow.MaxDays {
			return flow.Duration{Hours: n}
		}
	}
	m := daysPeriod.FindStringSubmatch(text)
	if m == nil {
		d.report("period.days_or_hours", w.pos, d.s.Clause.S, text)
		return flow.Duration{Days: 1}
	}
	n, err := strconv.Atoi(m[1])
	if m[2] == "W" {
		n *= 7
	}
	if err != nil || n == 0 && !zero || n > flow.MaxDays {
		d.report("period.days_or_hours", w.pos, d.s.Clause.S, text)
		return flow.Duration{Days: 1}
	}
	if n > 0 && d.working(w, days) {
		return flow.Duration{Working: n}
	}
	return flow.Duration{Days: n}
}

// working says whether the days of a period are working days.
func (d *draftsman) working(w, own word) bool {
	for _, kind := range []word{own, d.s.Days} {
		if !kind.set() {
			continue
		}
		switch text := d.resolve(kind); text {
		case "working":
			return true
		case "calendar":
			return false
		default:
			d.unknownName("value.one_of", kind.pos, text, []string{"working", "calendar"})
			return false
		}
	}
	if !d.daysAsked {
		d.daysAsked = true
		d.report("days.unstated", w.pos, d.s.Clause.S, w.S)
	}
	return false
}
