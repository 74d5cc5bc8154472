package flow

import (
	"slices"

	"kezhi/internal/errs"
)

func (m *move) pauseOf(key string) *Pause {
	for i := range m.def.Pauses {
		if m.def.Pauses[i].Key == key {
			return &m.def.Pauses[i]
		}
	}
	return nil
}

// pause stops the clocks for an allowed reason, until what is left of its time is used up.
func (m *move) pause(act Act) error {
	p := m.pauseOf(act.What)
	if p == nil {
		return errs.New(errs.Invalid, "act.no_such_pause", "pause", act.What)
	}
	pausing := &Pausing{Key: p.Key, Since: m.now, By: act.By}
	if p.AtMost != nil {
		left := m.pauseLeft(p)
		if left.IsZero() {
			return errs.New(errs.Conflict, "act.pause_used_up", "pause", p.Key)
		}
		unit, _ := left.unit()
		if unit == UnitHours { // hours may be left in part
			_, n := p.AtMost.unit()
			pausing.Until = m.now + int64(n)*microsPerHour - m.st.PauseUsed[p.Key]
		} else {
			pausing.Until = m.end(left, m.now)
		}
	}
	m.st.Status, m.st.Pause = Paused, pausing
	m.emit(Effect{Kind: EffectPaused, What: p.Key, Due: pausing.Until})
	return nil
}

// pauseLeft gives how long a reason may still stop the clocks: its longest time less what was used. Hours begun count as left.
func (m *move) pauseLeft(p *Pause) Duration {
	unit, n := p.AtMost.unit()
	used := m.st.PauseUsed[p.Key]
	switch unit {
	case UnitHours:
		return Duration{Hours: int(max(0, (int64(n)*microsPerHour-used+microsPerHour-1)/microsPerHour))}
	case UnitWorking:
		return Duration{Working: max(0, n-int(used))}
	}
	return Duration{Days: max(0, n-int(used))}
}

// resume lets the clocks run again from a moment: every limit not yet passed when they stopped moves by the time they stood.
func (m *move) resume(at int64) {
	p := m.st.Pause
	m.st.Status, m.st.Pause = Running, nil
	if rule := m.pauseOf(p.Key); rule != nil && rule.AtMost != nil {
		unit, _ := rule.AtMost.unit()
		if m.st.PauseUsed == nil {
			m.st.PauseUsed = map[string]int64{}
		}
		m.st.PauseUsed[p.Key] += m.elapsed(unit, p.Since, at)
		if _, n := rule.AtMost.unit(); p.Until > 0 && at >= p.Until { // used up, however its days are counted
			m.st.PauseUsed[p.Key] = int64(n)
			if unit == UnitHours {
				m.st.PauseUsed[p.Key] *= microsPerHour
			}
		}
	}
	m.shift(m.st.Clock, p.Since, at)
	for i := range m.st.Open {
		m.shift(m.st.Open[i].Clock, p.Since, at)
	}
	e := Effect{Kind: EffectResumed, What: p.Key}
	if m.st.Clock != nil {
		e.Due = m.st.Clock.Due
	}
	m.emit(e)
}

// elapsed counts microseconds, or the days (working days) at whose end the clocks stood: a day is lost to a pause when the
// case does not run at its end.
func (m *move) elapsed(unit string, from, to int64) int64 {
	switch unit {
	case UnitHours:
		return to - from
	case UnitWorking:
		return int64(m.env.calendar().Between(m.env.date(from)-1, m.env.date(to)-1))
	}
	return int64(m.env.date(to) - m.env.date(from))
}

func (m *move) shift(c *Clock, from, to int64) {
	if c == nil || from > c.Due { // what was late before stays late
		return
	}
	n := m.elapsed(c.Unit, from, to)
	if n <= 0 {
		return
	}
	day := m.env.date(c.Due)
	switch c.Unit {
	case UnitHours:
		c.Due += n
	case UnitWorking:
		moved := m.env.addWorking(day, int(n))
		c.Due = m.env.endOf(moved)
		m.uncertain(m.env.unknownYear(day, moved))
	default:
		c.Due = m.env.endOf(day.AddDays(int(n)))
	}
}

// extend asks for a further time, or grants it at once when nobody need approve.
func (m *move) extend(act Act) error {
	at := slices.IndexFunc(m.def.Extensions, func(x Extension) bool { return x.Key == act.What })
	switch {
	case at < 0:
		return errs.New(errs.Invalid, "act.no_such_extension", "extension", act.What)
	case m.st.Clock == nil:
		return errs.New(errs.Conflict, "act.no_deadline")
	case m.st.AskedFor != "":
		return errs.New(errs.Conflict, "act.extension_pending", "extension", m.st.AskedFor)
	case slices.Contains(m.st.Extended, act.What):
		return errs.New(errs.Conflict, "act.extension_used", "extension", act.What)
	case at != len(m.st.Extended):
		return errs.New(errs.Conflict, "act.extension_order", "extension", act.What, "first", m.def.Extensions[len(m.st.Extended)].Key)
	case m.now > m.st.Clock.Due:
		return errs.New(errs.Conflict, "act.deadline_passed", "extension", act.What)
	}
	x := m.def.Extensions[at]
	if len(x.Approve) == 0 {
		m.grant(&x)
		return nil
	}
	m.emit(Effect{Kind: EffectAsked, What: x.Key, Due: m.st.Clock.Due})
	m.st.AskedFor = x.Key
	targets := m.targetsOf(x.Approve)
	if len(targets) == 0 {
		targets = []Target{{}}
	}
	for _, t := range targets {
		m.st.Seats++
		m.st.Asked = append(m.st.Asked, Seat{ID: m.st.Seats, Target: t, Kind: SeatExtend, AddedBy: act.By})
		m.openSeat(&m.st.Asked[len(m.st.Asked)-1], nil)
	}
	return nil
}

// grant moves the limit of the case; alarms that lie ahead of the new limit are given anew.
func (m *move) grant(x *Extension) {
	c := m.st.Clock
	m.st.Extended = append(m.st.Extended, x.Key)
	c.Due = m.end(x.Add, c.Due)
	c.Given = slices.DeleteFunc(c.Given, func(place int) bool {
		if place == lateness {
			return c.Due >= m.now
		}
		return AlarmAt(m.def.Deadline.Alarms[place], c.Due, m.env) > m.now
	})
	m.emit(Effect{Kind: EffectGranted, What: x.Key, Due: c.Due})
}

// judgeAsked looks whether an extension asked for is decided: every approval is needed, one refusal refuses it.
func (m *move) judgeAsked() {
	open, refused := 0, false
	for _, s := range m.st.Asked {
		if s.Status == SeatOpen {
			open++
		}
		refused = refused || s.Status == SeatSkipped || s.Decision == Reject
	}
	if open > 0 && !refused {
		return
	}
	key := m.st.AskedFor
	m.dropAsked()
	if refused {
		m.emit(Effect{Kind: EffectRefused, What: key})
		return
	}
	for i := range m.def.Extensions {
		if m.def.Extensions[i].Key == key {
			m.grant(&m.def.Extensions[i])
		}
	}
}
