package flow

import "slices"

// How a step stands by its seats.
const (
	pending = iota
	passed
	failed
)

// tally counts what the seats of a step, or the members of a composite, have said.
type tally struct{ all, agreed, rejected int }

// outcome says whether enough have spoken. Nobody left to speak passes.
func outcome(need string, quorum int, t tally) int {
	needed := t.all
	switch need {
	case NeedAny:
		needed = min(1, t.all)
		if t.rejected > 0 && t.agreed == 0 {
			return failed // the first one decides
		}
	case NeedQuorum:
		needed = min(max(quorum, 1), t.all)
		if t.all-t.rejected < needed {
			return failed
		}
	default:
		if t.rejected > 0 {
			return failed
		}
	}
	if t.agreed >= needed {
		return passed
	}
	return pending
}

// judge looks whether an open step is over now, and goes on when it is.
func (m *move) judge(o *Open) {
	step := m.def.Step(o.Step)
	var own tally
	signs, refused := 0, false
	for _, s := range o.Seats {
		switch {
		case s.Kind == SeatSign:
			if s.Status == SeatOpen {
				signs++
			}
			refused = refused || s.Decision == Reject
		case s.Status != SeatSkipped:
			own.all++
			if s.Status == SeatDone && s.Decision != Reject {
				own.agreed++
			}
			if s.Decision == Reject {
				own.rejected++
			}
		}
	}
	result := outcome(step.Need, step.Quorum, own)
	switch {
	case refused && step.Do != DoDecide && result != pending && signs == 0:
		m.again(o, step)
	case refused && step.Do == DoDecide || result == failed:
		m.stepOver(o, step, Reject)
	case result == passed && signs > 0:
		m.dropOthers(o)
	case result == passed && step.Do == DoDecide:
		m.stepOver(o, step, Agree)
	case result == passed:
		m.stepOver(o, step, "")
	case step.Need == NeedInOrder:
		m.openNext(o, step)
	}
}

// again opens a step anew for the same seats' posts: an added signature refused what was filled in.
func (m *move) again(o *Open, step *Step) {
	within := o.Within
	m.remove(o)
	m.openStep(step, within)
}

// dropOthers closes the seats that no longer count while the step waits for added signatures only.
func (m *move) dropOthers(o *Open) {
	for i := range o.Seats {
		if s := &o.Seats[i]; s.Kind == SeatStep && (s.Status == SeatOpen || s.Status == SeatWaiting) {
			m.closeSeat(s, o.Step, SeatDropped)
		}
	}
}

// openNext gives the turn to the next seat in order; the time of the step runs anew for it.
func (m *move) openNext(o *Open, step *Step) {
	for i := range o.Seats {
		s := &o.Seats[i]
		if s.Kind != SeatStep || s.Status == SeatDone || s.Status == SeatSkipped {
			continue
		}
		if s.Status == SeatWaiting {
			o.Clock = m.clock(step.Deadline, m.now)
			m.openSeat(s, o)
		}
		return
	}
}

// remove takes an open step out of the state, its seats dropped.
func (m *move) remove(o *Open) {
	m.leave(o)
	key := o.Step
	m.st.Open = slices.DeleteFunc(m.st.Open, func(x Open) bool { return x.Step == key })
}

func (m *move) stepOver(o *Open, step *Step, decision string) {
	within := o.Within
	m.st.past(step.Key).Decision = decision
	m.remove(o)
	if within != "" {
		m.memberOver(within)
		return
	}
	m.lead(step, decision)
}

// lead goes where a step that is over leads.
func (m *move) lead(step *Step, decision string) {
	if decision == Reject && step.Rejected != "" {
		m.goTo(step.Rejected, step.Key)
		return
	}
	m.goTo(m.next(step), step.Key)
}

// memberOver looks whether a composite is over now that one of its members is.
func (m *move) memberOver(key string) {
	o, step := m.st.open(key), m.def.Step(key)
	if o == nil || step == nil {
		return
	}
	t := tally{all: len(o.Members)}
	for _, member := range o.Members {
		switch {
		case m.st.open(member) != nil:
		case m.st.past(member).Decision == Reject:
			t.rejected++
		default:
			t.agreed++
		}
	}
	counted := t
	if step.Rejected == "" { // a rejection leads nowhere of its own: it is an opinion like another
		counted.agreed, counted.rejected = t.agreed+t.rejected, 0
	}
	result := outcome(step.Need, step.Quorum, counted)
	if result == pending {
		return
	}
	decision := Agree
	if result == failed || outcome(step.Need, step.Quorum, t) != passed {
		decision = Reject
	}
	for _, member := range o.Members {
		if x := m.st.open(member); x != nil {
			m.remove(x)
		}
	}
	m.st.past(key).Decision = decision
	m.remove(m.st.open(key))
	m.lead(step, decision)
}
