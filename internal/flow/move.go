package flow

import (
	"slices"
	"strings"

	"kezhi/internal/errs"
	"kezhi/internal/expr"
)

// move is one call of Begin, Apply or Tick: the new state as it comes about, and what follows from it.
type move struct {
	def *Definition
	st  *State
	env *Env
	now int64
	out []Effect
	// since is the moment until which alarms have been given before the act.
	since int64
	// err is the first condition that could not be worked out; the whole move is then refused.
	err error
}

func (m *move) emit(e Effect) {
	e.At = m.now
	m.out = append(m.out, e)
}

// holds answers a condition; none holds always.
func (m *move) holds(c *expr.Condition) bool {
	if c == nil {
		return true
	}
	ok, err := c.Eval(m.value)
	if err != nil && m.err == nil {
		m.err = errs.Wrap(err, errs.Internal, "case.condition_failed", "condition", c.Text())
	}
	return ok
}

// Step gives a step by its key, nil when there is none.
func (d *Definition) Step(key string) *Step {
	for i := range d.Steps {
		if d.Steps[i].Key == key {
			return &d.Steps[i]
		}
	}
	return nil
}

// End gives an end by its key, nil when there is none.
func (d *Definition) End(key string) *End {
	for i := range d.Ends {
		if d.Ends[i].Key == key {
			return &d.Ends[i]
		}
	}
	return nil
}

// Form gives a form by its key, nil when there is none.
func (d *Definition) Form(key string) *Form {
	for i := range d.Forms {
		if d.Forms[i].Key == key {
			return &d.Forms[i]
		}
	}
	return nil
}

// FormOf gives the form of a step, or of the start under StartForm; nil when it has none.
func (d *Definition) FormOf(step string) *Form {
	if s := d.Step(step); s != nil {
		return d.Form(s.Form)
	}
	if step == StartForm || step == d.Start.Form {
		return d.Form(d.Start.Form)
	}
	return nil
}

// Composite gives the composite step a step is a member of, "" when it is of none.
func (d *Definition) Composite(step string) string {
	for i := range d.Steps {
		if slices.Contains(d.Steps[i].Together, step) {
			return d.Steps[i].Key
		}
	}
	return ""
}

// following gives the step that stands after a step in the list and is no member of a composite; "" after the last.
func (d *Definition) following(key string) string {
	at := slices.IndexFunc(d.Steps, func(s Step) bool { return s.Key == key })
	for _, s := range d.Steps[at+1:] {
		if d.Composite(s.Key) == "" {
			return s.Key
		}
	}
	return ""
}

// next gives where a step that is over leads.
func (m *move) next(step *Step) string {
	if len(step.Next) == 0 {
		return m.def.following(step.Key)
	}
	for _, b := range step.Next {
		if m.holds(b.When) {
			if b.To == "" {
				return m.def.following(step.Key)
			}
			return b.To
		}
	}
	return ""
}

// skips says whether a step is left out now.
func (m *move) skips(step *Step) bool { return step.Skip != nil && m.holds(step.Skip) }

// goTo opens a step, or the first after it that is not left out, or reaches an end.
func (m *move) goTo(key, from string) {
	for range len(m.def.Steps) + 1 {
		if end := m.def.End(key); end != nil {
			m.finish(end)
			return
		}
		step := m.def.Step(key)
		if step == nil {
			m.fail(errs.New(errs.Conflict, "case.no_way_on", "step", from))
			return
		}
		if !m.skips(step) && m.enter(step) {
			return
		}
		from, key = key, m.next(step)
	}
	m.fail(errs.New(errs.Conflict, "case.goes_round", "step", from))
}

func (m *move) fail(err error) {
	if m.err == nil {
		m.err = err
	}
}

// enter opens a step or, of a composite, its members that are not left out; false when there is nothing to do in it.
func (m *move) enter(step *Step) bool {
	if len(step.Together) == 0 {
		m.openStep(step, "")
		return true
	}
	members := m.members(step, false)
	if len(members) == 0 {
		return false
	}
	m.enterAll(step, members)
	return true
}

// enterAnyway opens a step that somebody wants open, even if it would be left out by itself.
func (m *move) enterAnyway(step *Step) {
	if members := m.members(step, true); len(step.Together) > 0 && !m.enter(step) && len(members) > 0 {
		m.enterAll(step, members)
	} else if len(step.Together) == 0 {
		m.openStep(step, "")
	}
}

// members gives the members of a composite that are not left out, or all of them.
func (m *move) members(step *Step, all bool) []*Step {
	var out []*Step
	for _, key := range step.Together {
		if s := m.def.Step(key); s != nil && len(s.Together) == 0 && !slices.Contains(out, s) && (all || !m.skips(s)) {
			out = append(out, s)
		}
	}
	return out
}

func (m *move) enterAll(step *Step, members []*Step) {
	o := m.addOpen(step, "")
	for _, s := range members {
		o.Members = append(o.Members, s.Key)
	}
	for _, s := range members {
		m.openStep(s, step.Key)
	}
}

// addOpen adds an open step without seats. The pointer is good until the next one is added.
func (m *move) addOpen(step *Step, within string) *Open {
	past := m.st.past(step.Key)
	past.Visits++
	past.Done, past.Decision = nil, ""
	m.st.Visits++
	m.st.Open = append(m.st.Open, Open{
		Step: step.Key, Visit: m.st.Visits, Since: m.now, Within: within, Clock: m.clock(step.Deadline, m.now),
	})
	return &m.st.Open[len(m.st.Open)-1]
}

func (m *move) openStep(step *Step, within string) {
	o := m.addOpen(step, within)
	targets := m.targetsOf(step.Seats)
	if len(targets) == 0 {
		targets = []Target{{}} // nobody is named: a seat all the same, so that the case shows as stuck and has ways out
	}
	for i, t := range targets {
		m.st.Seats++
		o.Seats = append(o.Seats, Seat{ID: m.st.Seats, Target: t, Status: SeatWaiting})
		if i == 0 || step.Need != NeedInOrder {
			m.openSeat(&o.Seats[i], o)
		}
	}
}

// openSeat lets a seat act; o is nil for the approval of an extension.
func (m *move) openSeat(s *Seat, o *Open) {
	s.Status, s.Opened = SeatOpen, m.now
	step, due := "", int64(0)
	if o != nil {
		step = o.Step
		if o.Clock != nil {
			due = o.Clock.Due
		}
	}
	at := len(m.out)
	m.emit(Effect{Kind: EffectOpened, Step: step, Seat: s.ID, Due: due})
	m.settleSeat(s, step)
	m.out[at].Target = s.Target
}

func (m *move) closeSeat(s *Seat, step, how string) {
	if s.Status == SeatOpen {
		m.emit(Effect{Kind: EffectClosed, Step: step, Seat: s.ID, Target: s.Target, How: how})
	}
	s.Status, s.Stuck = how, false
}

// leave closes an open step without its being over: its open and waiting seats are dropped.
func (m *move) leave(o *Open) {
	for i := range o.Seats {
		if s := &o.Seats[i]; s.Status == SeatOpen || s.Status == SeatWaiting {
			m.closeSeat(s, o.Step, SeatDropped)
		}
	}
}

func (m *move) leaveAll() {
	for i := range m.st.Open {
		m.leave(&m.st.Open[i])
	}
	m.st.Open = nil
}

func (m *move) dropAsked() {
	for i := range m.st.Asked {
		if m.st.Asked[i].Status == SeatOpen {
			m.closeSeat(&m.st.Asked[i], "", SeatDropped)
		}
	}
	m.st.Asked, m.st.AskedFor = nil, ""
}

// finish ends the case.
func (m *move) finish(end *End) {
	m.leaveAll()
	m.dropAsked()
	m.st.Status, m.st.End, m.st.Over = Ended, end.Key, m.now
	m.emit(Effect{Kind: EffectEnded, End: end.Key})
	if end.Record == nil {
		return
	}
	m.emit(Effect{Kind: EffectRecorded, End: end.Key, Fact: end.Record.Fact, Attrs: m.recorded(end.Record)})
}

// recorded gives the fields of a record; a name without a dot is a plain word and stands for itself.
func (m *move) recorded(r *Record) Answers {
	attrs := Answers{}
	for name, from := range r.Attrs {
		a := Answer{Text: from}
		if strings.Contains(from, ".") {
			a = m.answer(from)
		}
		if !a.IsZero() {
			attrs[name] = a
		}
	}
	return attrs
}

// Recorded gives the fields that a record would have as the case stands.
func Recorded(def *Definition, st *State, env *Env, r *Record) Answers {
	m := move{def: def, st: st, env: env}
	return m.recorded(r)
}
