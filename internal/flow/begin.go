package flow

import (
	"slices"

	"kezhi/internal/errs"
)

// ChannelWeb is the channel through which people from outside may begin a case, where the procedure names it.
const ChannelWeb = "web"

func start(def *Definition, st *State, env *Env) *move {
	c := st.Clone()
	c.At = max(c.At, env.Now)
	return &move{def: def, st: c, env: env, now: c.At}
}

// Begin starts a case: it checks that this person may begin it through this channel and that the start form is whole, sets
// the clocks and opens the first step. Errors: case.may_not_start, case.channel, case.received_in_future, invalid_input with
// the fields of the form ("answers.demand"), case.no_way_on.
func Begin(def *Definition, b Beginning, env Env) (*State, []Effect, error) {
	if b.Received == 0 {
		b.Received = env.Now
	}
	m := &move{def: def, env: &env, now: env.Now, st: &State{
		Status: Running, Turn: 1, At: env.Now, Channel: b.Channel, Started: env.Now, Received: b.Received, Starter: b.By,
		Steps: map[string]*Past{},
	}}
	if err := m.mayBegin(b); err != nil {
		return nil, nil, err
	}
	answers, err := m.fill(def.Form(def.Start.Form), StartForm, b.Answers, true)
	if err != nil {
		return nil, nil, err
	}
	past := m.st.past(StartForm)
	past.Visits, past.Answers = 1, answers
	past.Done = []Done{{At: m.now, By: b.By, Answers: answers.clone()}}
	if def.Start.Form != "" {
		m.emit(Effect{Kind: EffectFilled, Step: StartForm, Form: def.Start.Form})
	}
	m.st.Clock = m.clock(def.Deadline, b.Received)
	m.weigh()
	if len(def.Steps) > 0 {
		m.goTo(def.Steps[0].Key, StartForm)
	} else {
		m.fail(errs.New(errs.Conflict, "case.no_way_on", "step", StartForm))
	}
	return m.result()
}

func (m *move) mayBegin(b Beginning) error {
	s := &m.def.Start
	if len(s.Channels) > 0 && !slices.Contains(s.Channels, b.Channel) {
		return errs.New(errs.Invalid, "case.channel", "channel", b.Channel)
	}
	if b.Received > m.now {
		return errs.New(errs.Invalid, "case.received_in_future")
	}
	if b.Rule {
		return nil
	}
	if b.By == 0 {
		if b.Channel != ChannelWeb || !slices.Contains(s.Channels, ChannelWeb) {
			return errs.New(errs.Forbidden, "case.may_not_start")
		}
		return nil
	}
	if len(s.By) > 0 && !m.anyOf(b.By, s.By) {
		return errs.New(errs.Forbidden, "case.may_not_start")
	}
	return nil
}

// anyOf says whether a person is one of those meant.
func (m *move) anyOf(person int64, whos []Who) bool {
	return slices.ContainsFunc(m.targetsOf(whos), func(t Target) bool { return m.env.fills(person, t) })
}

// MayBegin says whether a person may begin a case of this procedure, as Begin would.
func MayBegin(def *Definition, person int64, env Env) bool {
	m := &move{def: def, env: &env, now: env.Now, st: &State{Starter: person}}
	return len(def.Start.By) == 0 || m.anyOf(person, def.Start.By)
}

// weigh works out class and priority anew.
func (m *move) weigh() {
	m.st.First = 0
	for i, b := range m.def.First {
		if m.holds(b.When) {
			m.st.First = len(m.def.First) - i
			break
		}
	}
	if m.st.First == 0 && m.env.Ahead != nil && m.env.Ahead() {
		m.st.First = 1
	}
	for _, c := range m.def.Classes {
		if !m.holds(c.When) {
			continue
		}
		if c.Key != m.st.Class {
			m.st.Class = c.Key
			m.emit(Effect{Kind: EffectClass, What: c.Key, Tell: m.targetsOf(c.Tell)})
		}
		return
	}
}

func (m *move) result() (*State, []Effect, error) {
	if m.err == nil && !m.st.IsOver() {
		m.settle()
		m.ring(m.since)
	}
	if m.err != nil {
		return nil, nil, m.err
	}
	return m.st, m.out, nil
}
