package flow

import (
	"slices"

	"kezhi/internal/errs"
)

// Allowed is one act a person may do now, with what it may be done with.
type Allowed struct {
	Kind string `json:"kind"`
	// Seat and Step say where, for acts in a seat; 0 and "" otherwise, and for the approval of an extension the step is "".
	Seat int    `json:"seat,omitempty"`
	Step string `json:"step,omitempty"`
	// Choices are the steps to return to, the pauses or the extension that may be asked for.
	Choices []string `json:"choices,omitempty"`
	// Form is the form to be filled along with it.
	Form string `json:"form,omitempty"`
}

// May gives the acts a person may do on a case now, as Apply would accept them but for what is filled in. For is the absent
// person stood in for, 0 for oneself.
func May(def *Definition, st *State, by, standingFor int64, manage bool, env Env) []Allowed {
	if Sound(def, st) != nil {
		return nil
	}
	m := start(def, st, &env)
	m.pass()
	m.settle()
	act := Act{By: by, For: standingFor, Manage: manage, Reason: "-"}
	var out []Allowed
	if by == 0 || standingFor != 0 && !env.standsIn(by, standingFor) {
		return nil
	}
	for _, kind := range Acts() {
		act.Kind = kind
		if table[m.st.Status][kind] != nil && m.mayDo(act) == nil {
			out = append(out, m.allowed(act)...)
		}
	}
	return out
}

func (m *move) allowed(act Act) []Allowed {
	task := m.hasTask(act.actor())
	switch act.Kind {
	case ActComment, ActAttach, ActLink:
		return []Allowed{{Kind: act.Kind}}
	case ActFill, ActDecide, ActAnswer, ActClaim, ActUnclaim, ActDelegate, ActAddSign, ActAssign, ActSkip:
		return m.allowedSeats(act)
	case ActReturn:
		if to := ReturnTargets(m.def, m.st); len(to) > 0 && (task || act.Manage) {
			return []Allowed{{Kind: act.Kind, Choices: to}}
		}
	case ActPause:
		if keys := m.pauses(); len(keys) > 0 && (task || act.Manage) {
			return []Allowed{{Kind: act.Kind, Choices: keys}}
		}
	case ActExtend:
		if n := len(m.st.Extended); n < len(m.def.Extensions) && (task || act.Manage) && m.st.Clock != nil && m.st.AskedFor == "" && m.now <= m.st.Clock.Due {
			return []Allowed{{Kind: act.Kind, Choices: []string{m.def.Extensions[n].Key}}}
		}
	case ActResume:
		if task || act.Manage || m.st.Pause.By == act.By {
			return []Allowed{{Kind: act.Kind}}
		}
	case ActWithdraw:
		if act.Manage || m.st.Starter != 0 && m.st.Starter == act.actor() {
			return []Allowed{{Kind: act.Kind}}
		}
	case ActReopen:
		if m.mayReopen(act) == nil {
			return []Allowed{{Kind: act.Kind}}
		}
	}
	return nil
}

// mayReopen says why an ended case may not be opened again; nil when it may.
func (m *move) mayReopen(act Act) error {
	r := m.def.Reopen
	switch {
	case r == nil:
		return errs.New(errs.Conflict, "act.no_reopening")
	case !act.Manage && !m.anyOf(act.actor(), r.By):
		return errs.New(errs.Forbidden, "act.not_yours")
	}
	if r.Within != nil {
		if until, _ := r.Within.End(m.st.Over, m.env); m.now > until {
			return errs.New(errs.Conflict, "act.reopening_too_late")
		}
	}
	return nil
}

// pauses gives the reasons that may still stop the clocks.
func (m *move) pauses() []string {
	var out []string
	for i := range m.def.Pauses {
		if p := &m.def.Pauses[i]; p.AtMost == nil || !m.pauseLeft(p).IsZero() {
			out = append(out, p.Key)
		}
	}
	return out
}

func (m *move) allowedSeats(act Act) []Allowed {
	var out []Allowed
	for _, so := range m.st.OpenSeats() {
		s, o := m.st.seat(so.ID)
		if !m.allowedSeat(act, s, o) {
			continue
		}
		a := Allowed{Kind: act.Kind, Seat: so.ID, Step: so.Step}
		if form := m.def.FormOf(so.Step); form != nil && so.Kind == SeatStep && slices.Contains([]string{ActFill, ActDecide, ActAnswer}, act.Kind) {
			a.Form = form.Key
		}
		out = append(out, a)
	}
	return out
}

func (m *move) allowedSeat(act Act, s *Seat, o *Open) bool {
	mine := m.mayAct(act, s) == nil
	switch act.Kind {
	case ActFill, ActDecide, ActAnswer:
		return mine && m.doOf(s, o) == act.Kind
	case ActClaim:
		return mine && s.Claimed == 0 && s.Person == 0
	case ActUnclaim:
		return s.Claimed != 0 && (s.Claimed == act.By || s.Claimed == act.actor() || act.Manage)
	case ActDelegate:
		return mine
	case ActAddSign:
		return mine && o != nil
	case ActAssign:
		return act.Manage
	default: // skip
		return act.Manage && (s.Stuck || m.late(o))
	}
}
