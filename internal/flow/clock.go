package flow

import (
	"cmp"
	"slices"
	"time"

	"kezhi/internal/calendar"
)

const microsPerHour = int64(time.Hour / time.Microsecond)

// lateness stands in Clock.Given for the passing of the limit itself.
const lateness = -1

// unit says in what a duration is counted, and how many of it.
func (d Duration) unit() (string, int) {
	switch {
	case d.Hours > 0:
		return UnitHours, d.Hours
	case d.Working > 0:
		return UnitWorking, d.Working
	}
	return UnitDays, d.Days
}

// IsZero says whether the duration is none.
func (d Duration) IsZero() bool { return d == Duration{} }

// End gives the last moment of a duration that counts from a moment, and a year in it whose holidays are not published (0:
// every year is known, or none matters). Days end with the day in the organisation's zone, and the day of the moment itself
// does not count: seven days from the 3rd last until the end of the 10th.
func (d Duration) End(from int64, env *Env) (end int64, unknown int) {
	unit, n := d.unit()
	switch unit {
	case UnitHours:
		return from + int64(n)*microsPerHour, 0
	case UnitWorking:
		day := env.date(from)
		to := env.addWorking(day, n)
		return env.endOf(to), env.unknownYear(day, to)
	}
	return env.endOf(env.date(from).AddDays(n)), 0
}

// noCalendar knows weekends only.
var noCalendar = &calendar.Working{}

func (e *Env) calendar() *calendar.Working {
	if e.Calendar == nil {
		return noCalendar
	}
	return e.Calendar
}

func (e *Env) addWorking(d calendar.Date, n int) calendar.Date {
	if to := e.calendar().Add(d, n); to != calendar.None {
		return to
	}
	return d.AddDays(n) // a calendar without working days: better a date than none
}

func (e *Env) unknownYear(from, to calendar.Date) int {
	first, _, _ := from.Civil()
	last, _, _ := to.Civil()
	for y := first; y <= last; y++ {
		if !e.calendar().Known(y) {
			return y
		}
	}
	return 0
}

// endOf gives the last microsecond of a day, startOf the first.
func (e *Env) endOf(d calendar.Date) int64 { return e.startOf(d.AddDays(1)) - 1 }

func (e *Env) startOf(d calendar.Date) int64 { return d.Midnight(e.zone()).UnixMicro() }

// clock starts a time limit; nil without one.
func (m *move) clock(d *Deadline, from int64) *Clock {
	if d == nil {
		return nil
	}
	var c *Clock
	if !d.Within.IsZero() {
		unit, _ := d.Within.unit()
		c = &Clock{From: from, Due: m.end(d.Within, from), Unit: unit}
	}
	if d.On == "" {
		return c
	}
	if day, err := calendar.Parse(m.answer(d.On).Text); err == nil {
		// A day that is over already bounds all the same: the case is late from the start.
		if due := min(max(m.env.endOf(day), from), lastMoment); c == nil || due < c.Due {
			c = &Clock{From: from, Due: due, Unit: UnitDays}
		}
	}
	return c
}

// end is Duration.End that notes years without published holidays.
func (m *move) end(d Duration, from int64) int64 {
	due, year := d.End(from, m.env)
	m.uncertain(year)
	return due
}

func (m *move) uncertain(year int) {
	w := Warning{Code: "case.calendar_unknown", Year: year}
	if year == 0 || slices.Contains(m.st.Warnings, w) {
		return
	}
	m.st.Warnings = append(m.st.Warnings, w)
	m.emit(Effect{Kind: EffectUncertain, Year: year})
}

// AlarmAt gives the moment of an alarm of a limit: a day counted back from the limit begins that day; a day counted on from it
// begins after that day. An alarm with no time is due the moment the limit has passed, or on its last day.
func AlarmAt(a Alarm, due int64, env *Env) int64 {
	unit, n := a.By.unit()
	last := env.date(due)
	switch {
	case unit == UnitHours && a.Before:
		return due - int64(n)*microsPerHour
	case unit == UnitHours:
		return due + int64(n)*microsPerHour + 1
	case n == 0 && !a.Before:
		return due + 1
	case unit == UnitWorking && a.Before:
		return env.startOf(env.addWorking(last, -n))
	case unit == UnitWorking:
		return env.endOf(env.addWorking(last, n)) + 1
	case a.Before:
		return env.startOf(last.AddDays(-n))
	}
	return env.endOf(last.AddDays(n)) + 1
}

// ringing is an alarm whose moment may have come.
type ringing struct {
	at    int64
	step  string
	place int // in the deadline; lateness
	clock *Clock
	alarm *Alarm // nil: the lateness itself, when no alarm stands for it
}

// pendingAlarms gives the alarms of a limit that were not given yet.
func pendingAlarms(d *Deadline, c *Clock, step string, env *Env) []ringing {
	if d == nil || c == nil {
		return nil
	}
	var out []ringing
	late := true
	for i := range d.Alarms {
		a := &d.Alarms[i]
		if !a.Before && a.By.IsZero() {
			late = false
		}
		if !slices.Contains(c.Given, i) {
			out = append(out, ringing{at: AlarmAt(*a, c.Due, env), step: step, place: i, clock: c, alarm: a})
		}
	}
	if late && !slices.Contains(c.Given, lateness) {
		out = append(out, ringing{at: c.Due + 1, step: step, place: lateness, clock: c})
	}
	return out
}

// ringings gives every alarm of a running case that was not given yet, the earliest first.
func ringings(def *Definition, st *State, env *Env) []ringing {
	if st.Status != Running {
		return nil
	}
	out := pendingAlarms(def.Deadline, st.Clock, "", env)
	for i := range st.Open {
		if step := def.Step(st.Open[i].Step); step != nil {
			out = append(out, pendingAlarms(step.Deadline, st.Open[i].Clock, step.Key, env)...)
		}
	}
	slices.SortStableFunc(out, func(a, b ringing) int { return cmp.Compare(a.at, b.at) })
	return out
}

// NextTick gives the moment at which Tick has something to do for a case, 0 for never.
func NextTick(def *Definition, st *State, env Env) int64 {
	if st.Status == Paused && st.Pause != nil && st.Pause.Until > 0 {
		return st.Pause.Until + 1
	}
	if all := ringings(def, st, &env); len(all) > 0 {
		return all[0].at
	}
	return 0
}

// pass lets time pass until now: the end of a pause, then alarms in the order of their moments.
func (m *move) pass() {
	now := m.now
	if p := m.st.Pause; m.st.Status == Paused && p != nil && p.Until > 0 && now > p.Until {
		m.now = p.Until + 1
		m.emit(Effect{Kind: EffectPauseOver, What: p.Key, Tell: m.waiting("")})
		m.resume(p.Until)
		m.now = now
	}
	m.ring(0)
}

// ring gives the alarms whose moment has come. Those of limits that an act has only just set are given as of the act: notBefore.
func (m *move) ring(notBefore int64) {
	for _, r := range ringings(m.def, m.st, m.env) {
		if r.at > m.now {
			break
		}
		r.clock.Given = append(r.clock.Given, r.place)
		slices.Sort(r.clock.Given)
		e := Effect{Kind: EffectOverdue, At: max(r.at, notBefore), Step: r.step, Due: r.clock.Due}
		if r.alarm != nil {
			e.Tell = m.targetsOf(r.alarm.Tell)
			if r.alarm.Before {
				e.Kind = EffectWarned
			}
		}
		if len(e.Tell) == 0 {
			e.Tell = m.waiting(r.step)
		}
		m.out = append(m.out, e)
	}
}

// waiting gives those who must act in a step, or in the case.
func (m *move) waiting(step string) []Target {
	var out []Target
	for _, s := range m.st.OpenSeats() {
		if (step == "" || s.Step == step) && !slices.Contains(out, s.Target) {
			out = append(out, s.Target)
		}
	}
	return out
}

// Tick lets time pass for a case: the alarms due and the end of a pause, each once however late it is called, and a fresh look
// at whether somebody can act in every open seat. When nothing follows it gives the state it was given.
func Tick(def *Definition, st *State, env Env) (*State, []Effect, error) {
	if err := Sound(def, st); err != nil {
		return nil, nil, err
	}
	m := start(def, st, &env)
	m.pass()
	if !m.st.IsOver() {
		m.settle()
	}
	if m.err != nil {
		return nil, nil, m.err
	}
	if len(m.out) == 0 {
		return st, nil, nil
	}
	return m.st, m.out, nil
}
