package flow_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/expr"
	"kezhi/internal/flow"
)

var shanghai = time.FixedZone("UTC+8", 8*3600)

// at gives a moment of the organisation's day: 2026-09-28 10:00.
func at(t testing.TB, s string) int64 {
	t.Helper()
	m, err := time.ParseInLocation("2006-01-02 15:04", s, shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return m.UnixMicro()
}

// endOf gives the last microsecond of a day.
func endOf(t testing.TB, day string) int64 { return at(t, day+" 23:59") + 60*1_000_000 - 1 }

func when(us int64) string {
	return time.UnixMicro(us).In(shanghai).Format("2006-01-02 15:04:05.000000")
}

func china(t testing.TB) *calendar.Working {
	t.Helper()
	w, err := calendar.China()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// condition compiles a condition over names whose kinds follow from their ending.
func condition(t testing.TB, text string, vars ...expr.Var) *expr.Condition {
	t.Helper()
	c, err := expr.Compile(text, vars)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return c
}

// world is a small organisation: who holds which post, who is away, who is above whom.
type world struct {
	holders map[string][]int64
	above   map[string]string
	gone    map[int64]bool
	stands  map[int64]int64 // absent -> substitute
	grade   string
}

func (w *world) holds(person int64, t flow.Target) bool {
	if t.Person != 0 {
		return person == t.Person
	}
	return slices.Contains(w.holders[t.Post], person)
}

func (w *world) env(t testing.TB, now int64) flow.Env {
	return flow.Env{
		Now: now, Zone: shanghai, Calendar: china(t), CustomerUnit: 100, StarterUnit: 200,
		Fills:    func(p int64, target flow.Target) bool { return !w.gone[p] && w.holds(p, target) },
		StandsIn: func(p, absent int64) bool { return w.stands[absent] == p && p != 0 },
		Somebody: func(target flow.Target, barred []int64) bool {
			ok := func(p int64) bool {
				s, away := w.stands[p]
				return !slices.Contains(barred, p) && (!w.gone[p] || away && !w.gone[s] && !slices.Contains(barred, s))
			}
			if target.Person != 0 {
				return ok(target.Person)
			}
			return slices.ContainsFunc(w.holders[target.Post], ok)
		},
		Above: func(target flow.Target) (flow.Target, bool) {
			up, ok := w.above[target.Post]
			return flow.Target{Post: up, Unit: target.Unit}, ok
		},
		Value: func(name string) expr.Value {
			if name == "customer.grade" {
				return expr.Value{Text: w.grade, Missing: w.grade == ""}
			}
			return expr.Value{Missing: true}
		},
		Show: func(name string) string {
			if name == "customer.name" {
				return "华东商贸"
			}
			return ""
		},
	}
}

// script walks a case through acts.
type script struct {
	t       *testing.T
	w       *world
	def     *flow.Definition
	st      *flow.State
	now     int64
	effects []flow.Effect
}

func (s *script) begin(b flow.Beginning) {
	s.t.Helper()
	st, effects, err := flow.Begin(s.def, b, s.w.env(s.t, s.now))
	if err != nil {
		s.t.Fatalf("begin: %v", err)
	}
	s.st, s.effects = st, effects
	s.sound()
}

func (s *script) sound() {
	s.t.Helper()
	if err := flow.Sound(s.def, s.st); err != nil {
		s.t.Fatal(err)
	}
}

// do acts and wants it accepted.
func (s *script) do(a flow.Act) {
	s.t.Helper()
	st, effects, err := flow.Apply(s.def, s.st, a, s.w.env(s.t, s.now))
	if err != nil {
		s.t.Fatalf("%s by %d: %v", a.Kind, a.By, err)
	}
	s.st, s.effects = st, effects
	s.sound()
}

// refused acts and wants the code.
func (s *script) refused(code string, a flow.Act) {
	s.t.Helper()
	before := dump(s.t, s.st)
	st, _, err := flow.Apply(s.def, s.st, a, s.w.env(s.t, s.now))
	if err == nil || errs.CodeOf(err) != code || st != nil {
		s.t.Fatalf("%s by %d: %v, want %s", a.Kind, a.By, err, code)
	}
	if dump(s.t, s.st) != before {
		s.t.Fatalf("a refused %s changed the state", a.Kind)
	}
}

func (s *script) tick() {
	s.t.Helper()
	st, effects, err := flow.Tick(s.def, s.st, s.w.env(s.t, s.now))
	if err != nil {
		s.t.Fatal(err)
	}
	s.st, s.effects = st, effects
	s.sound()
}

// kinds gives the kinds of the last effects.
func (s *script) kinds() []string {
	var out []string
	for _, e := range s.effects {
		out = append(out, e.Kind)
	}
	return out
}

// effect gives the only effect of a kind in the last answer.
func (s *script) effect(kind string) flow.Effect {
	s.t.Helper()
	var found []flow.Effect
	for _, e := range s.effects {
		if e.Kind == kind {
			found = append(found, e)
		}
	}
	if len(found) != 1 {
		s.t.Fatalf("%d effects %s among %v", len(found), kind, s.kinds())
	}
	return found[0]
}

// open gives the steps with a seat open, in order of the seats.
func (s *script) open() []string {
	out := []string{}
	for _, x := range s.st.OpenSeats() {
		out = append(out, x.Step)
	}
	return out
}

func dump(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
