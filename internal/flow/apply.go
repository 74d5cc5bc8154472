package flow

import (
	"slices"
	"strings"

	"kezhi/internal/errs"
)

// Apply does one act on a case and gives the state after it and what follows; the state given is not touched. Time passes
// first, so that alarms due before the act are not lost. It refuses with an errs.Error:
// case.not_allowed when the status does not allow the act, act.* for what is wrong with it, invalid_input with the fields of
// the form ("answers.cause").
func Apply(def *Definition, st *State, act Act, env Env) (*State, []Effect, error) {
	if err := Sound(def, st); err != nil {
		return nil, nil, err
	}
	m := start(def, st, &env)
	m.pass()
	if m.err != nil {
		return nil, nil, m.err
	}
	if act.Kind == ActTick || table[m.st.Status][act.Kind] == nil {
		return nil, nil, errs.New(errs.Conflict, "case.not_allowed", "act", errs.Shown(act.Kind), "status", m.st.Status)
	}
	if err := m.mayDo(act); err != nil {
		return nil, nil, err
	}
	m.st.Turn++
	m.since = m.now
	if err := m.do(act); err != nil {
		return nil, nil, err
	}
	return m.result()
}

// needsReason are the acts that must say why.
var needsReason = []string{ActReturn, ActSkip, ActPause, ActExtend, ActWithdraw, ActReopen}

// mayDo checks what holds for every act: somebody acts, is not barred, and says why.
func (m *move) mayDo(act Act) error {
	if act.By == 0 && (act.Kind != ActWithdraw || !act.Rule) { // the regulation takes back what it asked for
		return errs.New(errs.Forbidden, "act.nobody")
	}
	if act.For != 0 && !m.env.standsIn(act.By, act.For) {
		return errs.New(errs.Forbidden, "act.not_substitute")
	}
	switch act.Kind {
	case ActComment, ActAttach, ActLink:
		return nil
	}
	if barred := m.recused(); slices.Contains(barred, act.By) || act.For != 0 && slices.Contains(barred, act.For) {
		return errs.New(errs.Forbidden, "act.recused")
	}
	if slices.Contains(needsReason, act.Kind) && strings.TrimSpace(act.Reason) == "" {
		return errs.New(errs.Invalid, "act.reason_required", "act", act.Kind)
	}
	if len([]rune(act.Reason)) > MaxLongText {
		return errs.New(errs.Invalid, "act.reason_too_long", "max", MaxLongText)
	}
	return nil
}

func (m *move) do(act Act) error {
	switch act.Kind {
	case ActFill, ActDecide, ActAnswer:
		return m.act(act)
	case ActReturn:
		return m.back(act)
	case ActAddSign, ActDelegate, ActClaim, ActUnclaim, ActAssign, ActSkip:
		return m.seatAct(act)
	case ActPause, ActResume, ActExtend:
		return m.clockAct(act)
	case ActWithdraw:
		return m.withdraw(act)
	case ActReopen:
		return m.reopen(act)
	}
	return nil // comment, attach, link change nothing the engine knows
}

// actor is in whose right an act is done.
func (a *Act) actor() int64 {
	if a.For != 0 {
		return a.For
	}
	return a.By
}

// pick finds the seat of an act: the one named, or the only open one that fits the act and may be acted in.
func (m *move) pick(act Act, fits func(*Seat, *Open) bool) (*Seat, *Open, error) {
	if act.Seat != 0 {
		s, o := m.st.seat(act.Seat)
		if s == nil || s.Status != SeatOpen {
			return nil, nil, errs.New(errs.Conflict, "act.seat_closed", "seat", act.Seat)
		}
		if !fits(s, o) {
			return nil, nil, errs.New(errs.Conflict, "act.other_task", "act", act.Kind)
		}
		return s, o, m.mayAct(act, s)
	}
	var found []SeatOf
	var last error
	for _, so := range m.st.OpenSeats() {
		s, o := m.st.seat(so.ID)
		if !fits(s, o) {
			continue
		}
		if err := m.mayAct(act, s); err != nil {
			last = err
			continue
		}
		found = append(found, so)
	}
	switch {
	case len(found) == 1:
		s, o := m.st.seat(found[0].ID)
		return s, o, nil
	case len(found) > 1:
		return nil, nil, errs.New(errs.Invalid, "act.which_seat", "act", act.Kind)
	case last != nil:
		return nil, nil, last
	}
	return nil, nil, errs.New(errs.Conflict, "act.other_task", "act", act.Kind)
}

// mayAct checks that a person may act in a seat.
func (m *move) mayAct(act Act, s *Seat) error {
	if !m.env.fills(act.actor(), s.Target) {
		return errs.New(errs.Forbidden, "act.not_yours")
	}
	if s.Claimed != 0 && s.Claimed != act.By && s.Claimed != act.actor() {
		return errs.New(errs.Conflict, "act.claimed")
	}
	return nil
}

// doOf says which act a seat asks for.
func (m *move) doOf(s *Seat, o *Open) string {
	if o == nil || s.Kind != SeatStep {
		return ActDecide
	}
	if step := m.def.Step(o.Step); step != nil {
		return step.Do
	}
	return ""
}

// act fills, decides or answers in a seat.
func (m *move) act(act Act) error {
	s, o, err := m.pick(act, func(s *Seat, o *Open) bool { return m.doOf(s, o) == act.Kind })
	if err != nil {
		return err
	}
	if act.Kind == ActDecide {
		if act.Decision != Agree && act.Decision != Reject {
			return errs.New(errs.Invalid, "act.decision_required")
		}
		if act.Decision == Reject && strings.TrimSpace(act.Reason) == "" {
			return errs.New(errs.Invalid, "act.reason_required", "act", Reject)
		}
	} else {
		act.Decision = ""
	}
	if o == nil {
		s.Decision, s.By = act.Decision, act.By
		m.closeSeat(s, "", SeatDone)
		m.judgeAsked()
		return m.err
	}
	return m.complete(act, s, o)
}

// complete writes down what was answered in a seat of a step, and judges the step.
func (m *move) complete(act Act, s *Seat, o *Open) error {
	var form *Form
	if s.Kind == SeatStep {
		form = m.def.FormOf(o.Step)
	}
	answers, err := m.fill(form, o.Step, act.Answers, act.Decision != Reject)
	if err != nil {
		return err
	}
	past := m.st.past(o.Step)
	past.Done = append(past.Done, Done{
		Seat: s.ID, At: m.now, By: act.By, For: act.For, Unit: s.Unit, Decision: act.Decision, Reason: act.Reason, Answers: answers,
	})
	if form != nil && (act.Decision != Reject || len(answers) > 0) {
		past.Answers = answers.clone()
	}
	s.Decision, s.By = act.Decision, act.By
	m.closeSeat(s, o.Step, SeatDone)
	if form != nil && len(answers) > 0 {
		m.emit(Effect{Kind: EffectFilled, Step: o.Step, Seat: s.ID, Form: form.Key})
	}
	m.weigh()
	m.judge(o)
	return nil
}

// ReturnTargets gives the steps a case may go back to: those visited before and not open now.
func ReturnTargets(def *Definition, st *State) []string {
	var out []string
	for i := range def.Steps {
		key := def.Steps[i].Key
		if p := st.Steps[key]; p != nil && p.Visits > 0 && st.open(key) == nil && def.Composite(key) == "" {
			out = append(out, key)
		}
	}
	return out
}

// back closes what is open and opens an earlier step anew.
func (m *move) back(act Act) error {
	if s, _ := m.st.seat(act.Seat); act.Seat != 0 && (s == nil || s.Status != SeatOpen) {
		return errs.New(errs.Conflict, "act.seat_closed", "seat", act.Seat)
	}
	if !act.Manage && !m.hasTask(act.actor()) {
		return errs.New(errs.Forbidden, "act.not_yours")
	}
	if !slices.Contains(ReturnTargets(m.def, m.st), act.To) {
		return errs.New(errs.Invalid, "act.no_way_back", "to", errs.Shown(act.To))
	}
	m.leaveAll()
	m.enterAnyway(m.def.Step(act.To))
	return nil
}

func (m *move) withdraw(act Act) error {
	if !act.Manage && (m.st.Starter == 0 || act.actor() != m.st.Starter) {
		return errs.New(errs.Forbidden, "act.not_starter")
	}
	m.st.Pause = nil
	m.leaveAll()
	m.dropAsked()
	m.st.Status, m.st.End, m.st.Over = Withdrawn, "", m.now
	m.emit(Effect{Kind: EffectWithdrawn})
	return nil
}

// reopen goes on with an ended or withdrawn case; its deadline counts anew from now.
func (m *move) reopen(act Act) error {
	if err := m.mayReopen(act); err != nil {
		return err
	}
	r := m.def.Reopen
	m.st.Status, m.st.End, m.st.Over = Running, "", 0
	m.st.Clock = m.clock(m.def.Deadline, m.now)
	m.emit(Effect{Kind: EffectReopened, Step: r.To})
	if step := m.def.Step(r.To); step != nil {
		m.enterAnyway(step)
	}
	if len(m.st.Open) == 0 {
		m.fail(errs.New(errs.Conflict, "case.no_way_on", "step", r.To))
	}
	return nil
}

// clockAct pauses, resumes or extends: for whoever has something to do in the case, or manages it.
func (m *move) clockAct(act Act) error {
	if !act.Manage && (m.st.Pause == nil || m.st.Pause.By != act.By) && !m.hasTask(act.actor()) {
		return errs.New(errs.Forbidden, "act.not_yours")
	}
	switch act.Kind {
	case ActPause:
		return m.pause(act)
	case ActExtend:
		return m.extend(act)
	}
	m.resume(m.now)
	return nil
}

// hasTask says whether a person may act in an open seat of a step.
func (m *move) hasTask(person int64) bool {
	return slices.ContainsFunc(m.st.OpenSeats(), func(s SeatOf) bool { return s.Step != "" && m.env.fills(person, s.Target) })
}
