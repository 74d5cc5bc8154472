package rule

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/expr"
	"kezhi/internal/flow"
)

// caseZone is the zone in which examples are told: days end at its midnight.
var caseZone = time.FixedZone("UTC+8", 8*60*60)

// maxCaseActs bounds the acts of one example.
const maxCaseActs = 200

// Words of examples that no step and no act of the engine has: time that passes, and the approval of an extension.
const (
	doWait        = "wait"
	nameExtension = "extension"
)

// runProcedure runs an example of a procedure.
func (t *tester) runProcedure(c *caseSpec) []Diff {
	p, diffs := t.program(c)
	if p == nil {
		return diffs
	}
	i := slices.IndexFunc(p.Procedures(), func(d *flow.Definition) bool { return d.Key == c.Procedure.S })
	if i < 0 {
		return []Diff{{"procedure", strings.Join(t.b.spec.Procedures.names(), ", "), c.Procedure.S}}
	}
	if len(c.Acts) > maxCaseActs {
		return []Diff{{"acts", "at most " + itoa(maxCaseActs), itoa(len(c.Acts))}}
	}
	r := newRunner(p.Procedures()[i], c)
	if now, ok := parseMoment(c.Received.S); ok {
		r.now = now
	} else {
		return []Diff{{"received", "YYYY-MM-DD or YYYY-MM-DD HH:MM", c.Received.S}}
	}
	r.begin()
	for j := range c.Acts {
		if r.st == nil || len(r.diffs) > 0 {
			break
		}
		r.act(j, &c.Acts[j])
	}
	r.compare()
	if len(r.diffs) == 0 {
		t.flows.add(&r.seen)
		t.flows.written(t.b, r.def, &r.seen)
	}
	return r.diffs
}

// runner runs one example and remembers what happened.
type runner struct {
	def   *flow.Definition
	c     *caseSpec
	w     *cast
	st    *flow.State
	now   int64
	diffs []Diff
	// refused and missing are how the start was refused: the code, and the entries that were wrong.
	refused, missing string
	told             []string
	late             []string
	record           *flow.Effect
	seen             flowCover
}

func newRunner(def *flow.Definition, c *caseSpec) *runner {
	return &runner{def: def, c: c, w: newCast(def, c), seen: flowCover{hit: map[string]bool{}, clauses: map[string]bool{}}}
}

func (r *runner) bad(field, want, got string) { r.diffs = append(r.diffs, Diff{field, want, got}) }

// env is the world of the example at the present moment.
func (r *runner) env() flow.Env {
	days, _ := calendar.China() // the only error is a damaged build; weekends are known all the same
	return flow.Env{
		Now: r.now, Zone: caseZone, Calendar: days, CustomerUnit: castUnit, StarterUnit: castUnit,
		Value: r.customer, Show: func(name string) string { return r.customer(name).Text },
		Fills: r.w.fills, StandsIn: r.w.standsIn, Somebody: r.w.somebody, Above: r.w.above,
	}
}

// customer gives a field of the example's customer.
func (r *runner) customer(name string) expr.Value {
	values := r.c.Customer.get(strings.TrimPrefix(name, nameCustomer+"."))
	if values == nil || !strings.HasPrefix(name, nameCustomer+".") || len(*values) == 0 {
		return expr.Value{Missing: true}
	}
	v := expr.Value{Text: (*values)[0].S}
	for _, w := range *values {
		v.Texts = append(v.Texts, w.S)
	}
	return v
}

func (r *runner) begin() {
	b := flow.Beginning{Channel: r.c.Channel.S, Received: r.now}
	switch {
	case r.c.By.S == "outside":
	case r.c.By.set():
		b.By = r.w.person(r.c.By.S)
	default:
		b.By = r.w.opener()
	}
	if !r.c.Channel.set() && len(r.def.Start.Channels) > 0 {
		b.Channel = r.def.Start.Channels[0]
	}
	b.Answers = r.answers(r.def.Form(r.def.Start.Form), &r.c.Start)
	st, effects, err := flow.Begin(r.def, b, r.env())
	if err != nil {
		r.refused, r.missing = errs.CodeOf(err), wrongFields(err)
		if !r.c.Expect.Error.set() {
			r.bad("start", "begins", refusalText(err))
		}
		r.seen.began(r.def, false)
		return
	}
	r.st = st
	r.seen.began(r.def, true)
	if first := &r.def.Steps[0]; r.seen.leftOut(r.def, first, r.walker()) {
		r.seen.ways(r.def, first, r.st, r.walker())
	}
	r.note(effects)
}

// act does one act of the example.
func (r *runner) act(i int, s *actSpec) {
	field := "acts." + itoa(i+1)
	if !r.timePasses(field, s) {
		return
	}
	st, effects, err := flow.Tick(r.def, r.st, r.env())
	if err != nil {
		r.bad(field, "time passes", err.Error())
		return
	}
	r.st = st
	r.note(effects)
	act, ok := r.translate(field, s)
	if !ok || act.Kind == doWait {
		return
	}
	st, effects, err = flow.Apply(r.def, r.st, act, r.env())
	if s.Error.set() || len(s.Missing) > 0 {
		r.expectRefusal(field, s, err)
		return
	}
	if err != nil {
		r.bad(field, "done", refusalText(err))
		return
	}
	before := r.st
	r.st = st
	r.seen.acted(r.def, before, r.st, act, r.walker())
	r.note(effects)
}

func (r *runner) walker() func(name string) expr.Value {
	env := r.env()
	return func(name string) expr.Value { return flow.Value(r.def, r.st, &env, name) }
}

// expectRefusal compares how an act was refused.
func (r *runner) expectRefusal(field string, s *actSpec, err error) {
	d := &differ{}
	want := s.Error
	if !want.set() {
		want = word{pos: s.pos, S: "invalid_input"}
	}
	d.want(field+".error", want, errs.CodeOf(err))
	if len(s.Missing) > 0 {
		if got := wrongFields(err); got != sortedWords(s.Missing) {
			r.bad(field+".missing", sortedWords(s.Missing), got)
		}
	}
	r.diffs = append(r.diffs, d.list...)
	r.seen.refused(r.def, s, errs.CodeOf(err))
}

// timePasses moves the clock of the example.
func (r *runner) timePasses(field string, s *actSpec) bool {
	if s.At.set() {
		at, ok := parseMoment(s.At.S)
		if !ok || at < r.now {
			r.bad(field+".at", "a later YYYY-MM-DD HH:MM", s.At.S)
			return false
		}
		r.now = at
	}
	if !s.After.set() {
		return true
	}
	if m := hoursPeriod.FindStringSubmatch(s.After.S); m != nil {
		r.now += int64(atoi(m[1])) * int64(time.Hour/time.Microsecond)
		return true
	}
	m := daysPeriod.FindStringSubmatch(s.After.S)
	if m == nil {
		r.bad(field+".after", "P2D or PT4H", s.After.S)
		return false
	}
	days := atoi(m[1])
	if m[2] == "W" {
		days *= 7
	}
	r.now += int64(days) * int64(24*time.Hour/time.Microsecond)
	return true
}

// translate turns a written act into one of the engine.
func (r *runner) translate(field string, s *actSpec) (flow.Act, bool) {
	kind := s.Do.S
	switch {
	case kind != "":
	case s.Decide.set():
		kind = flow.ActDecide
	case len(s.Answer.List) > 0:
		kind = flow.ActAnswer
	case len(s.Fill.List) > 0:
		kind = flow.ActFill
	case s.After.set() || s.At.set():
		kind = doWait
	}
	act := flow.Act{Kind: kind, Decision: s.Decide.S, Reason: s.Reason.S, To: s.To.S, What: s.What.S}
	if kind == doWait {
		return act, true
	}
	act.Manage = kind == flow.ActAssign || kind == flow.ActSkip || s.By.S == castManager
	if act.Reason == "" && !s.Error.set() {
		act.Reason = "-" // an example need not say why where it does not matter
	}
	if s.Person.set() {
		act.Person = r.w.person(s.Person.S)
	}
	if s.For.set() {
		act.For = r.w.person(s.For.S)
	}
	seat := r.seat(s)
	if s.Step.set() && seat == nil {
		r.bad(field+".step", "open: "+strings.Join(openSteps(r.st), ", "), s.Step.S)
		return act, false
	}
	r.fillIn(s, &act, seat)
	return act, true
}

// fillIn adds who acts, where and with which answers.
func (r *runner) fillIn(s *actSpec, act *flow.Act, seat *flow.SeatOf) {
	var form *flow.Form
	if seat != nil {
		form = r.def.FormOf(seat.Step)
		switch act.Kind {
		case flow.ActFill, flow.ActDecide, flow.ActAnswer, flow.ActAddSign, flow.ActDelegate, flow.ActClaim, flow.ActUnclaim, flow.ActAssign, flow.ActSkip:
			act.Seat = seat.ID
		}
		if seat.Step == "" {
			form = nil
		}
	}
	switch {
	case s.By.set():
		act.By = r.w.person(s.By.S)
	case act.Manage:
		act.By = r.w.person(castManager)
	case act.Kind == flow.ActWithdraw:
		act.By = r.st.Starter
	case act.Kind == flow.ActReopen && r.def.Reopen != nil && len(r.def.Reopen.By) > 0:
		act.By = r.w.person(r.def.Reopen.By[0].Post)
	case seat != nil:
		act.By = r.w.holder(seat.Target)
	}
	given := &s.Fill
	if len(s.Answer.List) > 0 {
		given = &s.Answer
	}
	if len(given.List) > 0 {
		act.Answers = r.answers(form, given)
	}
}

// seat finds the seat an act is meant for: in the step named and, where several are open, of the person who acts.
func (r *runner) seat(s *actSpec) *flow.SeatOf {
	var found *flow.SeatOf
	for _, so := range r.st.OpenSeats() {
		name := cmp.Or(so.Step, nameExtension)
		if s.Step.set() && name != s.Step.S {
			continue
		}
		if found == nil {
			found = &so
		}
		who := s.By
		if s.For.set() {
			who = s.For
		}
		if !who.set() || r.w.fills(r.w.person(who.S), so.Target) {
			return &so
		}
	}
	return found
}

// note remembers what followed.
func (r *runner) note(effects []flow.Effect) {
	for i := range effects {
		e := &effects[i]
		for _, t := range e.Tell {
			r.told = append(r.told, r.w.targetName(t))
		}
		switch e.Kind {
		case flow.EffectOverdue:
			name := e.Step
			if name == "" {
				name = nameCase
			}
			if !slices.Contains(r.late, name) {
				r.late = append(r.late, name)
			}
		case flow.EffectRecorded:
			r.record = e
		}
		r.seen.effect(r.def, e)
	}
	if r.st != nil && r.st.First > 0 {
		r.seen.first(r.def, r.st.First)
	}
}

// compare checks every expectation that is written.
func (r *runner) compare() {
	if len(r.diffs) > 0 {
		return
	}
	d, e := &differ{}, &r.c.Expect
	d.want("error", e.Error, r.refused)
	if len(e.Missing) > 0 && sortedWords(e.Missing) != r.missing {
		d.list = append(d.list, Diff{"missing", sortedWords(e.Missing), r.missing})
	}
	if r.st != nil {
		r.compareState(d, e)
	}
	r.diffs = append(r.diffs, d.list...)
	if r.st != nil && e.Due.set() && len(r.diffs) == 0 {
		r.seen.due(r.def)
	}
}

func (r *runner) compareState(d *differ, e *expectSpec) {
	d.want("status", e.Status, r.st.Status)
	d.want("end", e.End, r.st.End)
	d.want("class", e.Class, r.st.Class)
	d.want("first", e.First, yesNo(r.st.First > 0))
	d.want("stuck", e.Stuck, yesNo(r.st.Stuck()))
	d.inOrder("open", e.Open, openSteps(r.st))
	d.inOrder("late", e.Late, r.late)
	if r.st.Clock != nil {
		d.want("due", e.Due, momentText(r.st.Clock, e.Due.S))
	} else {
		d.want("due", e.Due, "")
	}
	for i := range e.StepDue.List {
		w := &e.StepDue.List[i]
		got := ""
		for j := range r.st.Open {
			if o := &r.st.Open[j]; o.Step == w.Name.S && o.Clock != nil {
				got = momentText(o.Clock, w.Value.S)
			}
		}
		d.want("step_due."+w.Name.S, w.Value, got)
	}
	for _, w := range e.Told {
		if !slices.Contains(r.told, w.S) {
			d.list = append(d.list, Diff{"told", w.S, strings.Join(slices.Compact(slices.Sorted(slices.Values(r.told))), ", ")})
		}
	}
	if len(e.Seats) > 0 {
		var got []string
		for _, so := range r.st.OpenSeats() {
			got = append(got, r.w.targetName(so.Target))
		}
		d.inOrder("seats", e.Seats, got)
	}
	for i := range e.Record.List {
		w := &e.Record.List[i]
		got := ""
		if r.record != nil {
			got = answerName(r.record.Attrs[w.Name.S])
			if w.Name.S == "fact" {
				got = r.record.Fact
			}
		}
		d.want("record."+w.Name.S, w.Value, got)
	}
}

// inOrder compares a list in order, where one is written.
func (d *differ) inOrder(field string, want words, got []string) {
	if len(want) == 0 {
		return
	}
	var texts []string
	for _, w := range want {
		texts = append(texts, w.S)
	}
	if !slices.Equal(texts, got) {
		d.list = append(d.list, Diff{field, strings.Join(texts, ", "), strings.Join(got, ", ")})
	}
}

// openSteps lists the steps in which somebody is to act, in the order in which their seats were made.
func openSteps(st *flow.State) []string {
	var out []string
	for _, so := range st.OpenSeats() {
		name := cmp.Or(so.Step, nameExtension)
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// momentText gives a limit as a day, or with its time when the expectation has one.
func momentText(c *flow.Clock, like string) string {
	at := time.UnixMicro(c.Due).In(caseZone)
	if strings.Contains(like, ":") {
		return at.Format("2006-01-02 15:04")
	}
	return at.Format("2006-01-02")
}

// parseMoment reads YYYY-MM-DD, taken as nine in the morning, or YYYY-MM-DD HH:MM.
func parseMoment(s string) (int64, bool) {
	if len(s) == len("2006-01-02") {
		s += " 09:00"
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", s, caseZone)
	if err != nil || at.Year() < 1900 || at.Year() > 2200 {
		return 0, false
	}
	return at.UnixMicro(), true
}

func refusalText(err error) string {
	if fields := wrongFields(err); fields != "" {
		return errs.CodeOf(err) + ": " + fields
	}
	return errs.CodeOf(err)
}

// wrongFields lists the entries an error complains about, in alphabetical order.
func wrongFields(err error) string {
	known, ok := errs.As(err)
	if !ok {
		return ""
	}
	var out []string
	for _, f := range known.Fields {
		out = append(out, strings.TrimPrefix(f.Path, "answers."))
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), ", ")
}

func sortedWords(list words) string {
	var out []string
	for _, w := range list {
		out = append(out, w.S)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}
