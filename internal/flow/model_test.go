package flow_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/expr"
	"kezhi/internal/flow"
)

var posts = []string{"p0", "p1", "p2", "boss"}

// conditions are compiled once: what the branches of random procedures may ask.
var conditions = func() []*expr.Condition {
	var out []*expr.Condition
	vars := []expr.Var{
		{Name: "start.way", Kind: expr.Text},
		{Name: "start.sum", Kind: expr.Number},
		{Name: "s0.decision", Kind: expr.Text},
		{Name: "case.class", Kind: expr.Text},
		{Name: "s1.way", Kind: expr.Text},
		{Name: "start.hurt", Kind: expr.Bool},
	}
	for _, text := range []string{
		`start.way == "a"`, `start.way in ["b", "c"] || start.sum > 100`, `s0.decision == "agree"`, `start.sum < 50`,
		`case.class == "grave"`, `s1.way == "b"`, `start.hurt`, `start.sum >= 0`,
	} {
		c, err := expr.Compile(text, vars)
		if err != nil {
			panic(err)
		}
		out = append(out, c)
	}
	return out
}()

func formOf() flow.Form {
	return flow.Form{Key: "f", Fields: []flow.Field{
		{Key: "way", Type: flow.FieldChoice, Required: true, Options: []flow.Option{{Key: "a"}, {Key: "b"}, {Key: "c"}}},
		{Key: "sum", Type: flow.FieldMoney},
		{Key: "hurt", Type: flow.FieldYesNo},
		{Key: "who", Type: flow.FieldPerson},
		{Key: "where", Type: flow.FieldDepartment, Many: true},
	}}
}

func drawDuration(t *rapid.T, units ...string) flow.Duration {
	n := rapid.IntRange(1, 12).Draw(t, "n")
	switch rapid.SampledFrom(units).Draw(t, "unit") {
	case flow.UnitDays:
		return flow.Duration{Days: n}
	case flow.UnitWorking:
		return flow.Duration{Working: n}
	}
	return flow.Duration{Hours: n * 5}
}

var allUnits = []string{flow.UnitDays, flow.UnitWorking, flow.UnitHours}

func drawDeadline(t *rapid.T) *flow.Deadline {
	if rapid.IntRange(0, 3).Draw(t, "limited") == 0 {
		return nil
	}
	d := &flow.Deadline{Within: drawDuration(t, allUnits...)}
	for range rapid.IntRange(0, 3).Draw(t, "alarms") {
		a := flow.Alarm{Before: rapid.Bool().Draw(t, "before"), Tell: []flow.Who{{Post: "boss"}}}
		if rapid.IntRange(0, 3).Draw(t, "zero") > 0 {
			a.By = drawDuration(t, allUnits...)
		}
		d.Alarms = append(d.Alarms, a)
	}
	return d
}

func drawWho(t *rapid.T, i int) flow.Who {
	switch rapid.IntRange(0, 9).Draw(t, "who") {
	case 0:
		return flow.Who{Post: flow.PostStarter}
	case 1:
		return flow.Who{Field: "start.who"}
	case 2:
		return flow.Who{Post: "p1", Near: "start.where", Each: true}
	case 3:
		return flow.Who{Actor: fmt.Sprintf("s%d", max(0, i-1))}
	case 4:
		return flow.Who{Authority: &flow.Authority{Key: "m", Amount: "start.sum", Rows: []flow.AuthorityRow{
			{UpTo: "50", Grades: []string{"A"}, Post: "p0"}, {UpTo: "200", Post: "p1"}, {Post: "boss"},
		}}}
	}
	return flow.Who{Post: rapid.SampledFrom(posts).Draw(t, "post")}
}

func drawStep(t *rapid.T, i, n int) flow.Step {
	s := flow.Step{Key: fmt.Sprintf("s%d", i), Deadline: drawDeadline(t)}
	s.Do = rapid.SampledFrom([]string{flow.DoFill, flow.DoDecide, flow.DoDecide, flow.DoAnswer}).Draw(t, "do")
	if s.Do != flow.DoDecide || rapid.Bool().Draw(t, "with form") {
		s.Form = "f"
	}
	for range rapid.IntRange(1, 3).Draw(t, "seats") {
		s.Seats = append(s.Seats, drawWho(t, i))
	}
	s.Need = rapid.SampledFrom([]string{"", flow.NeedAll, flow.NeedAny, flow.NeedInOrder, flow.NeedQuorum}).Draw(t, "need")
	if s.Need == flow.NeedQuorum {
		s.Quorum = rapid.IntRange(1, len(s.Seats)).Draw(t, "quorum")
	}
	if rapid.IntRange(0, 5).Draw(t, "skip") == 0 {
		s.Skip = rapid.SampledFrom(conditions).Draw(t, "skip when")
	}
	target := func() string {
		if k := rapid.IntRange(0, n+1).Draw(t, "to"); k < n {
			return fmt.Sprintf("s%d", k)
		}
		return rapid.SampledFrom([]string{"good", "bad"}).Draw(t, "end")
	}
	if s.Do == flow.DoDecide && rapid.IntRange(0, 3).Draw(t, "rejected") > 0 {
		s.Rejected = target()
	}
	for range rapid.IntRange(0, 2).Draw(t, "branches") {
		s.Next = append(s.Next, flow.Branch{When: rapid.SampledFrom(conditions).Draw(t, "when"), To: target()})
	}
	if i == n-1 {
		s.Next = append(s.Next, flow.Branch{To: "good"})
	} else if len(s.Next) > 0 {
		s.Next = append(s.Next, flow.Branch{})
	}
	return s
}

// drawDefinition gives a random procedure without errors. Composites are made by putting members behind the list.
func drawDefinition(t *rapid.T) *flow.Definition {
	n := rapid.IntRange(1, 6).Draw(t, "steps")
	d := &flow.Definition{
		Key: "random", Kind: "test", Start: flow.Start{Form: "f"}, Forms: []flow.Form{formOf()}, Deadline: drawDeadline(t),
		Ends: []flow.End{
			{Key: "good", Good: true, Record: &flow.Record{Fact: "complaint", Attrs: map[string]string{"sum": "start.sum", "class": "case.class"}}},
			{Key: "bad"},
		},
		Classes: []flow.Class{{Key: "grave", When: conditions[6], Tell: []flow.Who{{Post: "boss"}}}, {Key: "light"}},
		Reopen:  &flow.Reopen{By: []flow.Who{{Post: "p0"}}, Within: &flow.Duration{Days: 20}, To: "s0"},
		First:   []flow.Branch{{When: condition0("customer.grade")}},
	}
	if rapid.Bool().Draw(t, "recuse") {
		d.Recuse = []string{"start.who"}
	}
	for i := range n {
		d.Steps = append(d.Steps, drawStep(t, i, n))
	}
	for i := range n {
		if rapid.IntRange(0, 4).Draw(t, "composite") > 0 || i == 0 {
			continue
		}
		outer := &d.Steps[i]
		outer.Seats, outer.Form, outer.Do = nil, "", ""
		for j := range rapid.IntRange(2, 3).Draw(t, "members") {
			m := drawStep(t, i, n)
			m.Key, m.Next, m.Rejected = fmt.Sprintf("m%d_%d", i, j), nil, ""
			d.Steps = append(d.Steps, m)
			outer = &d.Steps[i]
			outer.Together = append(outer.Together, m.Key)
		}
		outer.Need = rapid.SampledFrom([]string{flow.NeedAll, flow.NeedAny, flow.NeedQuorum}).Draw(t, "of members")
		outer.Quorum = 0
		if outer.Need == flow.NeedQuorum {
			outer.Quorum = 2
		}
	}
	if d.Deadline != nil {
		unit := map[bool]string{true: flow.UnitHours}[d.Deadline.Within.Hours > 0]
		if unit == "" {
			unit = map[bool]string{true: flow.UnitWorking, false: flow.UnitDays}[d.Deadline.Within.Working > 0]
		}
		d.Extensions = []flow.Extension{
			{Key: "x1", Add: drawDuration(t, unit), Approve: []flow.Who{{Post: "boss"}}}, {Key: "x2", Add: drawDuration(t, unit)},
		}
	}
	limit := drawDuration(t, allUnits...)
	d.Pauses = []flow.Pause{{Key: "limited", AtMost: &limit}, {Key: "free"}}
	prune(t, d)
	return d
}

func condition0(name string) *expr.Condition {
	c, err := expr.Compile(name+` == "A"`, []expr.Var{{Name: name, Kind: expr.Text}})
	if err != nil {
		panic(err)
	}
	return c
}

// prune repairs what a random procedure has wrong, as its author would.
func prune(t *rapid.T, d *flow.Definition) {
	for range 50 {
		wrong := slices.DeleteFunc(flow.Check(d), func(f flow.Finding) bool { return f.Severity != flow.SeverityError })
		if len(wrong) == 0 {
			return
		}
		f := wrong[0]
		switch f.Code {
		case "flow.unreachable":
			remove(d, f.Step)
		case "flow.dead_end":
			d.Step(f.Step).Next = []flow.Branch{{To: "good"}}
		case "flow.endless":
			d.Step(f.Step).Skip = nil
			for _, m := range d.Step(f.Step).Together {
				d.Step(m).Skip = nil
			}
		case "flow.target_unknown", "flow.no_last_way", "flow.hidden_way":
			s := d.Step(f.Step)
			s.Next, s.Rejected = []flow.Branch{{To: "good"}}, ""
		case "flow.actor_unknown":
			s := d.Step(f.Step)
			for i := range s.Seats {
				if s.Seats[i].Actor != "" {
					s.Seats[i] = flow.Who{Post: fmt.Sprintf("p%d", i)}
				}
			}
		case "flow.field_unknown":
			s := d.Step(f.Step)
			s.Skip = nil
			if d.Composite(s.Key) == "" {
				s.Next = []flow.Branch{{To: "good"}}
			}
		default:
			t.Fatalf("cannot repair %+v in %s", f, dumpDef(d))
		}
	}
	t.Fatalf("not repaired: %+v", flow.Check(d))
}

func remove(d *flow.Definition, key string) {
	s := d.Step(key)
	gone := append([]string{key}, s.Together...)
	d.Steps = slices.DeleteFunc(d.Steps, func(x flow.Step) bool { return slices.Contains(gone, x.Key) })
	last := -1
	for i := range d.Steps {
		if d.Composite(d.Steps[i].Key) == "" {
			last = i
		}
	}
	for i := range d.Steps {
		s := &d.Steps[i]
		s.Next = slices.DeleteFunc(s.Next, func(b flow.Branch) bool { return slices.Contains(gone, b.To) })
		if i == last && (len(s.Next) == 0 || s.Next[len(s.Next)-1].When != nil || s.Next[len(s.Next)-1].To == "") {
			s.Next = append(slices.DeleteFunc(s.Next, func(b flow.Branch) bool { return b.When == nil }), flow.Branch{To: "good"})
		}
		if n := len(s.Next); n > 0 && s.Next[n-1].When != nil {
			s.Next = append(s.Next, flow.Branch{To: "good"})
		}
		if slices.Contains(gone, s.Rejected) {
			s.Rejected = "bad"
		}
		for j := range s.Seats {
			if slices.Contains(gone, s.Seats[j].Actor) {
				s.Seats[j] = flow.Who{Post: fmt.Sprintf("p%d", j)}
			}
		}
	}
}

func dumpDef(d *flow.Definition) string {
	b, _ := json.MarshalIndent(d, "", " ")
	return string(b)
}

// moment is one call of the engine, kept for the replay.
type moment struct {
	act  flow.Act
	tick bool
	now  int64
	w    world
}

func (w world) copy() world {
	out := world{holders: map[string][]int64{}, above: w.above, gone: map[int64]bool{}, stands: map[int64]int64{}, grade: w.grade}
	for k, v := range w.holders {
		out.holders[k] = slices.Clone(v)
	}
	for k, v := range w.gone {
		out.gone[k] = v
	}
	for k, v := range w.stands {
		out.stands[k] = v
	}
	return out
}

func drawAnswers(t *rapid.T) flow.Answers {
	a := flow.Answers{}
	if rapid.IntRange(0, 9).Draw(t, "way given") > 0 {
		a["way"] = flow.Answer{Text: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "way")}
	}
	if rapid.Bool().Draw(t, "sum given") {
		a["sum"] = flow.Answer{Text: rapid.SampledFrom([]string{"0", "50", "50.01", "200", "1000000"}).Draw(t, "sum")}
	}
	if rapid.Bool().Draw(t, "hurt given") {
		a["hurt"] = flow.Yes(rapid.Bool().Draw(t, "hurt"))
	}
	if rapid.Bool().Draw(t, "who given") {
		a["who"] = flow.Answer{Text: fmt.Sprint(rapid.IntRange(1, 6).Draw(t, "named"))}
	}
	if rapid.Bool().Draw(t, "where given") {
		a["where"] = flow.Answer{Many: []string{"31", "32"}[:rapid.IntRange(1, 2).Draw(t, "departments")]}
	}
	if rapid.IntRange(0, 30).Draw(t, "odd") == 0 {
		a["odd"] = flow.Answer{Text: "x"}
	}
	return a
}

// drawAct is anything anybody might try: mostly what May offers, sometimes nonsense.
func drawAct(t *rapid.T, def *flow.Definition, st *flow.State, w *world, env flow.Env) flow.Act {
	a := flow.Act{By: int64(rapid.IntRange(1, 6).Draw(t, "by")), Manage: rapid.IntRange(0, 4).Draw(t, "manage") == 0}
	if rapid.IntRange(0, 5).Draw(t, "for") == 0 {
		a.For = int64(rapid.IntRange(1, 6).Draw(t, "absent"))
	}
	kinds := append(flow.Acts(), flow.ActTick, "nonsense")
	a.Kind = rapid.SampledFrom(kinds).Draw(t, "kind")
	offered := flow.May(def, st, a.By, a.For, a.Manage, env)
	switch rapid.SampledFrom([]string{"work", "work", "rarer", "offered", "anything", "work", "rarer"}).Draw(t, "mood") {
	case "anything":
		offered = nil
	case "offered":
	case "rarer":
		offered = slices.DeleteFunc(offered, func(o flow.Allowed) bool { return slices.Contains(dull, o.Kind) })
	default: // somebody who can get on with it
		work := slices.DeleteFunc(workers(def, st, env), func(p int64) bool { return p == 0 })
		if len(work) > 0 {
			a.By, a.For, a.Manage = rapid.SampledFrom(work).Draw(t, "worker"), 0, false
			offered = slices.DeleteFunc(flow.May(def, st, a.By, 0, false, env), func(o flow.Allowed) bool { return !slices.Contains(useful, o.Kind) })
		}
	}
	if len(offered) > 0 {
		o := rapid.SampledFrom(offered).Draw(t, "offer")
		a.Kind, a.Seat = o.Kind, o.Seat
		if len(o.Choices) > 0 {
			choice := rapid.SampledFrom(o.Choices).Draw(t, "choice")
			a.To, a.What = choice, choice
		}
	} else {
		a.Seat = rapid.IntRange(0, st.Seats+1).Draw(t, "seat")
		a.To = rapid.SampledFrom([]string{"s0", "s1", "s2", "m1_0", "good", "", "x"}).Draw(t, "back to")
		a.What = rapid.SampledFrom([]string{"limited", "free", "x1", "x2", "y"}).Draw(t, "what")
	}
	a.Answers = drawAnswers(t)
	a.Decision = rapid.SampledFrom([]string{flow.Agree, flow.Agree, flow.Reject, "", "maybe"}).Draw(t, "decision")
	if rapid.IntRange(0, 9).Draw(t, "reasoned") > 0 {
		a.Reason = "because"
	}
	a.Person = int64(rapid.IntRange(0, 6).Draw(t, "person"))
	if a.Kind == flow.ActDecide && !hasForm(def, st, a) {
		a.Answers = nil
	}
	return a
}

var (
	dull   = []string{flow.ActComment, flow.ActAttach, flow.ActLink, flow.ActWithdraw}
	useful = []string{flow.ActFill, flow.ActDecide, flow.ActAnswer, flow.ActResume, flow.ActReopen}
)

// workers gives the people who may do something that brings the case on.
func workers(def *flow.Definition, st *flow.State, env flow.Env) []int64 {
	var out []int64
	for p := int64(1); p <= 6; p++ {
		if slices.ContainsFunc(flow.May(def, st, p, 0, false, env), func(o flow.Allowed) bool { return slices.Contains(useful, o.Kind) }) {
			out = append(out, p)
		}
	}
	return out
}

func hasForm(def *flow.Definition, st *flow.State, a flow.Act) bool {
	for _, s := range st.OpenSeats() {
		if s.ID == a.Seat {
			return s.Kind == flow.SeatStep && def.FormOf(s.Step) != nil
		}
	}
	return true
}

// oracle recomputes limits and alarms day by day from the history, knowing nothing of how the engine does it.
type oracle struct {
	def    *flow.Definition
	cal    *calendar.Working
	pauses [][2]int64
	added  int // days or hours granted since the clock of the case began
	since  int64
	given  map[string]int // how often each effect and each act was seen
}

func day(us int64) calendar.Date {
	return calendar.Date((us + 8*3600*1_000_000) / (24 * 3600 * 1_000_000))
}

func endOfDay(d calendar.Date) int64 { return int64(d+1)*24*3600*1_000_000 - 8*3600*1_000_000 - 1 }

// due counts the ends of days on which the case ran.
func (o *oracle) due(from int64, unit string, n int) int64 {
	if unit == flow.UnitHours {
		due := from + int64(n)*3600*1_000_000
		for _, p := range o.pauses {
			if p[0] >= from && p[0] <= due {
				due += p[1] - p[0]
			}
		}
		return due
	}
	if unit == flow.UnitDays || o.cal.IsWorking(day(from)) {
		n++
	}
	for d := day(from); ; d++ {
		end := endOfDay(d)
		stood := slices.ContainsFunc(o.pauses, func(p [2]int64) bool { return p[0] >= from && p[0] <= end && day(p[0]) <= d && day(p[1]) > d })
		if stood || unit == flow.UnitWorking && !o.cal.IsWorking(d) {
			continue
		}
		if n--; n == 0 {
			return end
		}
	}
}

func lengthOf(d flow.Duration) int { return d.Days + d.Working + d.Hours }

// check compares every clock with the recomputed one.
func (o *oracle) check(t *rapid.T, st *flow.State) {
	if st.Status != flow.Running {
		return
	}
	one := func(name string, c *flow.Clock, d *flow.Deadline, added int) {
		if (c == nil) != (d == nil) {
			t.Fatalf("%s: clock %v, deadline %v", name, c, d)
		}
		if c == nil {
			return
		}
		if want := o.due(c.From, c.Unit, lengthOf(d.Within)+added); want != c.Due {
			t.Fatalf("%s from %s, %+v + %d: due %s, counted %s; pauses %v", name, when(c.From), d.Within, added, when(c.Due), when(want), o.pauses)
		}
	}
	one("case", st.Clock, o.def.Deadline, o.added)
	for i := range st.Open {
		one(st.Open[i].Step, st.Open[i].Clock, o.def.Step(st.Open[i].Step).Deadline, 0)
	}
}

// alarms checks that every alarm whose moment has come was given, none early and none twice.
func (o *oracle) alarms(t *rapid.T, st *flow.State, effects []flow.Effect, env flow.Env) {
	last := int64(0)
	for _, e := range effects {
		switch e.Kind {
		case flow.EffectWarned, flow.EffectOverdue:
			if e.At > st.At || e.At < last {
				t.Fatalf("%s of %s at %s comes early or out of order", e.Kind, e.Step, when(e.At))
			}
			last = e.At
		}
	}
	if next := flow.NextTick(o.def, st, env); next != 0 && next <= st.At {
		t.Fatalf("an alarm of %s was missed at %s", when(next), when(st.At))
	}
	if st.Status != flow.Running {
		return
	}
	one := func(c *flow.Clock, d *flow.Deadline) {
		if c == nil {
			return
		}
		if !slices.IsSorted(c.Given) || len(slices.Compact(slices.Clone(c.Given))) != len(c.Given) {
			t.Fatalf("alarms given twice: %v", c.Given)
		}
		zero := false
		for i, a := range d.Alarms {
			zero = zero || !a.Before && a.By.IsZero()
			if o.alarmAt(a, c.Due) <= st.At && !slices.Contains(c.Given, i) {
				t.Fatalf("alarm %d of a limit of %s was missed at %s", i, when(c.Due), when(st.At))
			}
		}
		if st.At > c.Due && !zero && !slices.Contains(c.Given, -1) {
			t.Fatalf("the limit of %s passed unnoticed at %s", when(c.Due), when(st.At))
		}
	}
	one(st.Clock, o.def.Deadline)
	for i := range st.Open {
		one(st.Open[i].Clock, o.def.Step(st.Open[i].Step).Deadline)
	}
}

func (o *oracle) alarmAt(a flow.Alarm, due int64) int64 {
	n, d, step := lengthOf(a.By), day(due), calendar.Date(1)
	switch {
	case a.By.Hours > 0 && a.Before:
		return due - int64(n)*3600*1_000_000
	case a.By.Hours > 0:
		return due + 1 + int64(n)*3600*1_000_000
	case n == 0 && !a.Before:
		return due + 1
	}
	if a.Before {
		step = -1
	}
	for n > 0 {
		if d += step; a.By.Days > 0 || o.cal.IsWorking(d) {
			n--
		}
	}
	if a.Before {
		return endOfDay(d-1) + 1
	}
	return endOfDay(d) + 1
}

// note follows what the effects say of pauses, extensions and reopening.
func (o *oracle) note(after *flow.State, effects []flow.Effect) {
	for _, e := range effects {
		switch e.Kind {
		case flow.EffectPaused:
			o.since = after.At
		case flow.EffectResumed:
			until := e.At
			if slices.ContainsFunc(effects, func(x flow.Effect) bool { return x.Kind == flow.EffectPauseOver }) {
				until = e.At - 1 // the last moment of the pause
			}
			o.pauses = append(o.pauses, [2]int64{o.since, until})
		case flow.EffectGranted:
			for _, x := range o.def.Extensions {
				if x.Key == e.What {
					o.added += lengthOf(x.Add)
				}
			}
		case flow.EffectReopened:
			o.added = 0
		}
	}
}

// run is one random case.
type run struct {
	t       *rapid.T
	def     *flow.Definition
	w       world
	st      *flow.State
	now     int64
	history []moment
	oracle  oracle
}

func (r *run) env() flow.Env { return r.w.env(nil2{}, r.now) }

// nil2 is a testing.TB for building environments inside rapid.
type nil2 struct{ testing.TB }

func (nil2) Helper()           {}
func (nil2) Fatal(args ...any) { panic(fmt.Sprint(args...)) }

func (r *run) step() {
	r.now = max(1, r.now+rapid.SampledFrom([]int64{0, 1, 60, 3600, 9 * 3600, 30 * 3600, 100 * 3600, 400 * 3600, -3600, -200 * 3600}).Draw(r.t, "jump")*1_000_000)
	switch rapid.IntRange(0, 8).Draw(r.t, "people") {
	case 0:
		p := rapid.SampledFrom(posts).Draw(r.t, "post changes")
		r.w.holders[p] = rapid.SliceOfNDistinct(rapid.Int64Range(1, 6), 0, 2, rapid.ID).Draw(r.t, "holders")
	case 1:
		p := rapid.Int64Range(1, 6).Draw(r.t, "leaver")
		r.w.gone[p] = !r.w.gone[p]
		delete(r.w.stands, p)
		if s := rapid.Int64Range(1, 6).Draw(r.t, "substitute"); r.w.gone[p] && s != p {
			r.w.stands[p] = s
		}
	}
	m := moment{now: r.now, w: r.w.copy(), tick: rapid.IntRange(0, 3).Draw(r.t, "tick") == 0}
	if !m.tick {
		m.act = drawAct(r.t, r.def, r.st, &r.w, r.env())
	}
	r.apply(m)
}

func (r *run) apply(m moment) {
	env, before := r.env(), dump(nil2{}, r.st)
	mid, early, err := flow.Tick(r.def, r.st, env)
	if err != nil {
		r.t.Fatalf("tick: %v", err)
	}
	st, effects := mid, early
	if !m.tick {
		st, effects, err = flow.Apply(r.def, r.st, m.act, env)
		if err != nil {
			r.refusal(m.act, err)
			return
		}
		r.allowed(m.act, mid, st)
	}
	if dump(nil2{}, r.st) != before {
		r.t.Fatalf("%+v changed the state it was given", m.act)
	}
	if err := flow.Sound(r.def, st); err != nil {
		r.t.Fatalf("after %+v: %v\n%s", m.act, err, dump(nil2{}, st))
	}
	for _, e := range effects {
		r.oracle.given[e.Kind]++
	}
	if !m.tick {
		r.oracle.given["act "+m.act.Kind]++
	}
	r.oracle.note(st, effects)
	r.oracle.check(r.t, st)
	if len(effects) > 0 || !m.tick {
		r.oracle.alarms(r.t, st, effects, env)
		r.stuck(st)
	}
	r.survives(m, env, st)
	r.st, r.history = st, append(r.history, m)
}

// refusal checks that what is refused is refused properly.
func (r *run) refusal(a flow.Act, err error) {
	e, ok := errs.As(err)
	if !ok || e.Kind == errs.Internal || e.Code == "case.no_way_on" || e.Code == "case.goes_round" {
		r.t.Fatalf("%+v: %v\n%s", a, err, dumpDef(r.def))
	}
}

// allowed checks an accepted act against the table and against who may act, worked out apart from the engine.
func (r *run) allowed(a flow.Act, before, after *flow.State) {
	if !slices.Contains(flow.Table(before.Status, a.Kind), after.Status) {
		r.t.Fatalf("%s led from %s to %s", a.Kind, before.Status, after.Status)
	}
	if after.Turn != before.Turn+1 {
		r.t.Fatalf("turn %d after %d", after.Turn, before.Turn)
	}
	actor := a.By
	if a.For != 0 {
		actor = a.For
		if r.w.stands[a.For] != a.By {
			r.t.Fatalf("%d stood in for %d", a.By, a.For)
		}
	}
	passive := slices.Contains([]string{flow.ActComment, flow.ActAttach, flow.ActLink}, a.Kind)
	barred := flow.Recused(r.def, before)
	if !passive && (slices.Contains(barred, a.By) || slices.Contains(barred, actor)) {
		r.t.Fatalf("%d acted in his own matter", a.By)
	}
	if !slices.Contains([]string{flow.ActFill, flow.ActDecide, flow.ActAnswer}, a.Kind) {
		return
	}
	can := 0
	for _, s := range before.OpenSeats() {
		if (a.Seat == 0 || s.ID == a.Seat) && !r.w.gone[actor] && r.w.holds(actor, s.Target) {
			can++
		}
	}
	if can == 0 {
		r.t.Fatalf("%d had no right to %s", actor, a.Kind)
	}
}

// stuck compares the flags with a look at everybody.
func (r *run) stuck(st *flow.State) {
	barred := flow.Recused(r.def, st)
	for _, s := range st.OpenSeats() {
		somebody := false
		for p := int64(1); p <= 6; p++ {
			if slices.Contains(barred, p) || !r.w.holds(p, s.Target) {
				continue
			}
			sub, away := r.w.stands[p]
			somebody = somebody || !r.w.gone[p] || away && !r.w.gone[sub] && !slices.Contains(barred, sub)
		}
		if somebody == s.Stuck {
			r.t.Fatalf("seat %+v: somebody can act %v", s.Seat, somebody)
		}
	}
}

// survives checks that a state that went through JSON gives the same answer.
func (r *run) survives(m moment, env flow.Env, want *flow.State) {
	var back flow.State
	if err := json.Unmarshal([]byte(dump(nil2{}, r.st)), &back); err != nil {
		r.t.Fatal(err)
	}
	var got *flow.State
	var err error
	if m.tick {
		got, _, err = flow.Tick(r.def, &back, env)
	} else {
		got, _, err = flow.Apply(r.def, &back, m.act, env)
	}
	if err != nil || dump(nil2{}, got) != dump(nil2{}, want) {
		r.t.Fatalf("after JSON %v:\n%s\n%s", err, dump(nil2{}, got), dump(nil2{}, want))
	}
	if c := want.Clone(); !reflect.DeepEqual(c, want) {
		r.t.Fatalf("a clone differs:\n%s\n%s", dump(nil2{}, c), dump(nil2{}, want))
	}
}

// TestRandomCases: random procedures and random acts, repeated, out of order, by people without the right, with people coming
// and going and the clock jumping, never lead out of the table, never lose or double an alarm, and always leave somebody who
// must act or a mark that nobody can.
func TestRandomCases(t *testing.T) {
	reached := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		r := &run{t: rt, def: drawDefinition(rt), now: 1_790_000_000_000_000}
		r.w = world{
			holders: map[string][]int64{"p0": {1, 2}, "p1": {3}, "p2": {4, 5}, "boss": {6}, flow.PostOwner: {1}},
			above:   map[string]string{"p0": "p1", "p1": "p2", "p2": "boss"}, gone: map[int64]bool{}, stands: map[int64]int64{}, grade: "A",
		}
		cal, _ := calendar.China()
		r.oracle = oracle{def: r.def, cal: cal, given: reached}
		b := flow.Beginning{By: 1, Answers: drawAnswers(rt), Received: r.now - rapid.Int64Range(0, 300_000_000_000).Draw(rt, "received earlier")}
		env := r.env()
		st, effects, err := flow.Begin(r.def, b, env)
		if err != nil {
			r.refusal(flow.Act{Kind: flow.ActBegin}, err)
			return
		}
		if err := flow.Sound(r.def, st); err != nil {
			rt.Fatal(err)
		}
		first := st
		r.st = st
		for _, e := range effects {
			reached[e.Kind]++
		}
		r.oracle.note(st, effects)
		r.oracle.check(rt, st)
		r.stuck(st)
		for range rapid.IntRange(1, 40).Draw(rt, "acts") {
			r.step()
			reached[r.st.Status]++
		}
		r.replay(first)
	})
	seen := append([]string{flow.Running, flow.Paused, flow.Ended, flow.Withdrawn}, effectKinds...)
	for _, k := range flow.Acts() {
		seen = append(seen, "act "+k)
	}
	const enough = 20_000 // open seats seen, from about two thousand cases on: fewer may miss what is rare
	for _, k := range seen {
		if reached[k] == 0 && reached[flow.EffectOpened] > enough {
			t.Errorf("no random case ever came to %s", k)
		}
	}
	t.Log(reached)
}

// effectKinds are the effects that many random cases must come to.
var effectKinds = []string{
	flow.EffectOpened, flow.EffectClosed, flow.EffectMoved, flow.EffectFilled, flow.EffectWarned, flow.EffectOverdue,
	flow.EffectPauseOver, flow.EffectStuck, flow.EffectUnstuck, flow.EffectRaised, flow.EffectClass, flow.EffectAsked,
	flow.EffectGranted, flow.EffectPaused, flow.EffectResumed, flow.EffectEnded, flow.EffectWithdrawn,
	flow.EffectReopened, flow.EffectRecorded,
}

// replay does the accepted history again and wants the same state.
func (r *run) replay(st *flow.State) {
	for _, m := range r.history {
		env := m.w.env(nil2{}, m.now)
		var err error
		if m.tick {
			st, _, err = flow.Tick(r.def, st, env)
		} else {
			st, _, err = flow.Apply(r.def, st, m.act, env)
		}
		if err != nil {
			r.t.Fatalf("replay of %+v: %v", m.act, err)
		}
	}
	if dump(nil2{}, st) != dump(nil2{}, r.st) {
		r.t.Fatalf("the replay ends otherwise:\n%s\n%s", dump(nil2{}, st), dump(nil2{}, r.st))
	}
}
