package flow

import (
	"slices"

	"kezhi/internal/errs"
)

// MaxSigns is how many signatures may be added to one visit of a step.
const MaxSigns = 50

// seatAct changes who acts in a seat, adds one, or skips it.
func (m *move) seatAct(act Act) error {
	switch act.Kind {
	case ActAddSign, ActDelegate:
		return m.handOn(act)
	case ActClaim, ActUnclaim:
		return m.claim(act)
	}
	if !act.Manage {
		return errs.New(errs.Forbidden, "act.not_manager", "act", act.Kind)
	}
	s, o, err := m.stuckOr(act)
	if err != nil {
		return err
	}
	if act.Kind == ActSkip {
		return m.skip(act, s, o)
	}
	if err := m.mayTake(act.Person); err != nil {
		return err
	}
	m.give(s, o, act)
	return nil
}

// stuckOr finds the seat named, or the only stuck one, or the only open one.
func (m *move) stuckOr(act Act) (*Seat, *Open, error) {
	n := act.Seat
	if n == 0 {
		open := m.st.OpenSeats()
		if stuck := slices.DeleteFunc(slices.Clone(open), func(s SeatOf) bool { return !s.Stuck }); len(stuck) > 0 {
			open = stuck
		}
		if len(open) != 1 {
			return nil, nil, errs.New(errs.Invalid, "act.which_seat", "act", act.Kind)
		}
		n = open[0].ID
	}
	s, o := m.st.seat(n)
	if s == nil || s.Status != SeatOpen {
		return nil, nil, errs.New(errs.Conflict, "act.seat_closed", "seat", n)
	}
	return s, o, nil
}

// mayTake checks that a person can be given something to do.
func (m *move) mayTake(person int64) error {
	if person <= 0 {
		return errs.New(errs.Invalid, "act.person_required")
	}
	if slices.Contains(m.recused(), person) {
		return errs.New(errs.Conflict, "act.person_recused")
	}
	if !m.env.somebody(Target{Person: person}, nil) {
		return errs.New(errs.Conflict, "act.person_inactive")
	}
	return nil
}

// give hands a seat to one person; the department it is for stays.
func (m *move) give(s *Seat, o *Open, act Act) {
	s.Target = Target{Unit: s.Unit, Person: act.Person}
	s.Claimed, s.AddedBy, s.Raised = 0, act.By, false
	m.moved(s, o)
}

func (m *move) moved(s *Seat, o *Open) {
	e := Effect{Kind: EffectMoved, Seat: s.ID, Target: s.Target}
	if o != nil {
		e.Step = o.Step
	}
	m.emit(e)
}

// handOn delegates a seat or adds a signature to its step.
func (m *move) handOn(act Act) error {
	s, o, err := m.pick(act, func(_ *Seat, o *Open) bool { return o != nil || act.Kind == ActDelegate })
	if err != nil {
		return err
	}
	if err := m.mayTake(act.Person); err != nil {
		return err
	}
	if act.Kind == ActDelegate {
		if act.Person == s.Person || act.Person == act.By {
			return errs.New(errs.Invalid, "act.same_person")
		}
		m.give(s, o, act)
		return nil
	}
	signs := 0
	for _, x := range o.Seats {
		if x.Kind == SeatSign {
			signs++
		}
		if x.Person == act.Person && x.Status == SeatOpen {
			return errs.New(errs.Conflict, "act.already_asked")
		}
	}
	if signs >= MaxSigns || act.Person == act.By {
		code := "act.same_person"
		if signs >= MaxSigns {
			code = "act.too_many_signs"
		}
		return &errs.Error{Kind: errs.Conflict, Code: code, Args: map[string]any{"max": MaxSigns}}
	}
	m.st.Seats++
	o.Seats = append(o.Seats, Seat{ID: m.st.Seats, Target: Target{Person: act.Person}, Kind: SeatSign, AddedBy: act.By})
	m.openSeat(&o.Seats[len(o.Seats)-1], o)
	return nil
}

// claim takes a seat from the others who might act in it, or gives it back.
func (m *move) claim(act Act) error {
	if act.Kind == ActClaim {
		s, o, err := m.pick(act, func(s *Seat, _ *Open) bool { return act.Seat != 0 || s.Claimed == 0 })
		if err != nil {
			return err
		}
		s.Claimed = act.actor()
		m.moved(s, o)
		return nil
	}
	s, o, err := m.claimed(act)
	if err != nil {
		return err
	}
	s.Claimed = 0
	m.moved(s, o)
	return nil
}

// claimed finds the claimed seat to be given back: by its claimer, or by whoever manages.
func (m *move) claimed(act Act) (*Seat, *Open, error) {
	for _, so := range m.st.OpenSeats() {
		mine := so.Claimed == act.By || so.Claimed == act.actor()
		if so.Claimed != 0 && (act.Seat == so.ID || act.Seat == 0) && (mine || act.Manage) {
			s, o := m.st.seat(so.ID)
			return s, o, nil
		}
	}
	return nil, nil, errs.New(errs.Conflict, "act.not_claimed")
}

// late says whether the limit of an open step has passed; an approval of an extension (nil) has none.
func (m *move) late(o *Open) bool { return o != nil && o.Clock != nil && m.now > o.Clock.Due }

// skip leaves a seat out: only one in which nobody can act, or that is late, so that it is no way around an approval.
func (m *move) skip(act Act, s *Seat, o *Open) error {
	if !s.Stuck && !m.late(o) {
		return errs.New(errs.Conflict, "act.not_stuck")
	}
	if o == nil {
		m.closeSeat(s, "", SeatSkipped)
		m.judgeAsked()
		return nil
	}
	past := m.st.past(o.Step)
	past.Done = append(past.Done, Done{Seat: s.ID, At: m.now, Unit: s.Unit, Reason: act.Reason})
	m.closeSeat(s, o.Step, SeatSkipped)
	m.judge(o)
	return nil
}
