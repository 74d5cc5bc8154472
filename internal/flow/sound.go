package flow

import (
	"fmt"

	"kezhi/internal/errs"
)

// Sound checks that a state can be one of this procedure: its status is in the table, it is open exactly when steps are open,
// every open step and alarm is in the definition, every running case has an open seat. The error, case.unsound, means damage:
// Begin, Apply and Tick never give such a state, and refuse one.
func Sound(def *Definition, st *State) error {
	if why := unsound(def, st); why != "" {
		return errs.Wrap(fmt.Errorf("state of %s: %s", def.Key, why), errs.Internal, "case.unsound")
	}
	return nil
}

func unsound(def *Definition, st *State) string {
	switch {
	case st == nil:
		return "no state"
	case table[st.Status] == nil:
		return "unknown status"
	case st.IsOver() != (len(st.Open) == 0):
		return "open steps and status disagree"
	case st.IsOver() != (st.Over != 0):
		return "status and moment of the end disagree"
	case (st.Status == Ended) != (st.End != ""):
		return "end and status disagree"
	case st.End != "" && def.End(st.End) == nil:
		return "unknown end"
	case (st.Status == Paused) != (st.Pause != nil):
		return "pause and status disagree"
	case !soundMoments(st):
		return "a moment out of range"
	case (st.AskedFor != "") != (len(st.Asked) > 0):
		return "extension and seats disagree"
	case !soundClock(st.Clock, def.Deadline):
		return "clock of the case"
	case !st.IsOver() && len(st.OpenSeats()) == 0:
		return "nobody is asked to act"
	}
	seen := map[int]bool{}
	for i := range st.Open {
		if why := unsoundStep(def, st, &st.Open[i], seen); why != "" {
			return why
		}
	}
	for i := range st.Asked {
		if !soundSeat(&st.Asked[i], st, seen) {
			return "seat of the extension"
		}
	}
	return ""
}

func unsoundStep(def *Definition, st *State, o *Open, seen map[int]bool) string {
	step := def.Step(o.Step)
	switch {
	case step == nil:
		return "unknown step"
	case st.open(o.Step) != o:
		return "a step is open twice"
	case !soundClock(o.Clock, step.Deadline):
		return "clock of a step"
	case (len(step.Together) > 0) != (len(o.Seats) == 0):
		return "seats of a step"
	case o.Within != "" && (st.open(o.Within) == nil || len(st.open(o.Within).Members) == 0):
		return "a member without its composite"
	}
	open := len(o.Members) > 0
	for i := range o.Seats {
		if !soundSeat(&o.Seats[i], st, seen) {
			return "seat of a step"
		}
		open = open || o.Seats[i].Status == SeatOpen
	}
	for _, member := range o.Members {
		if def.Step(member) == nil {
			return "unknown member"
		}
	}
	if !open {
		return "nobody is asked to act in a step"
	}
	return ""
}

func soundSeat(s *Seat, st *State, seen map[int]bool) bool {
	twice := seen[s.ID]
	seen[s.ID] = true
	switch s.Status {
	case SeatOpen, SeatWaiting, SeatDone, SeatSkipped, SeatDropped:
		return !twice && s.ID > 0 && s.ID <= st.Seats
	}
	return false
}

// lastMoment is the end of the year 9999: beyond it there is no civil date.
const lastMoment = 253_402_300_799_999_999

func soundMoment(us int64) bool { return us >= 0 && us <= lastMoment }

func soundMoments(st *State) bool {
	ok := soundMoment(st.At) && soundMoment(st.Started) && soundMoment(st.Received) && soundMoment(st.Over)
	if p := st.Pause; p != nil {
		ok = ok && soundMoment(p.Since) && soundMoment(p.Until)
	}
	return ok
}

func soundClock(c *Clock, d *Deadline) bool {
	if c == nil {
		return true
	}
	if d == nil || !soundMoment(c.From) || !soundMoment(c.Due) {
		return false
	}
	for _, place := range c.Given {
		if place < lateness || place >= len(d.Alarms) {
			return false
		}
	}
	return true
}
