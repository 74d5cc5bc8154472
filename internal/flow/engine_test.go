package flow_test

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/expr"
	"kezhi/internal/flow"
)

// The people of the tests.
const (
	lin  int64 = iota + 1 // takes complaints in
	wu                    // supervisor
	chen                  // legal
	fang                  // finance
	he                    // second supervisor
	gao                   // general manager
	tian                  // not in any post
)

func company() *world {
	return &world{
		holders: map[string][]int64{
			"store": {lin}, "supervisor": {wu, he}, "legal": {chen}, "finance": {fang}, "gm": {gao}, flow.PostOwner: {lin},
		},
		above: map[string]string{"supervisor": "gm", "legal": "gm", "finance": "gm", "store": "supervisor"},
		gone:  map[int64]bool{}, stands: map[int64]int64{}, grade: "B",
	}
}

func post(names ...string) []flow.Who {
	var out []flow.Who
	for _, n := range names {
		out = append(out, flow.Who{Post: n})
	}
	return out
}

// single gives a procedure of one step and what follows it.
func single(s flow.Step) *flow.Definition {
	s.Key = "s"
	if s.Do == "" {
		s.Do = flow.DoDecide
	}
	if s.Rejected == "" {
		s.Rejected = "bad"
	}
	if s.Next == nil {
		s.Next = []flow.Branch{{To: "good"}}
	}
	return &flow.Definition{
		Key: "single", Kind: "approval", Steps: []flow.Step{s}, Ends: []flow.End{{Key: "good", Good: true}, {Key: "bad"}},
		Reopen: &flow.Reopen{By: post("gm"), To: "s", Within: &flow.Duration{Days: 30}},
	}
}

func newScript(t *testing.T, def *flow.Definition) *script {
	t.Helper()
	for _, f := range flow.Check(def) {
		if f.Severity == flow.SeverityError {
			t.Fatalf("the procedure of the test is wrong: %+v", f)
		}
	}
	return &script{t: t, w: company(), def: def, now: at(t, "2026-09-21 10:00")}
}

func agree(by int64) flow.Act { return flow.Act{Kind: flow.ActDecide, By: by, Decision: flow.Agree} }

func reject(by int64) flow.Act {
	return flow.Act{Kind: flow.ActDecide, By: by, Decision: flow.Reject, Reason: "not so"}
}

// What a number of decisions lead to, for every way to need seats: "" is still open.
func TestHowManyMustAct(t *testing.T) {
	five := post("store", "supervisor", "legal", "finance", "gm")
	people := []int64{lin, wu, chen, fang, gao}
	for _, c := range []struct {
		name   string
		need   string
		quorum int
		said   string // a for agree, r for reject, in the order of the seats
		want   string
	}{
		{"all, one missing", flow.NeedAll, 0, "aaaa", ""},
		{"all", flow.NeedAll, 0, "aaaaa", "good"},
		{"nothing said means all", "", 0, "aaaaa", "good"},
		{"all, one against", flow.NeedAll, 0, "aar", "bad"},
		{"any agrees", flow.NeedAny, 0, "a", "good"},
		{"any rejects: the first one decides", flow.NeedAny, 0, "r", "bad"},
		{"in order, one missing", flow.NeedInOrder, 0, "aaaa", ""},
		{"in order", flow.NeedInOrder, 0, "aaaaa", "good"},
		{"in order, the third against", flow.NeedInOrder, 0, "aar", "bad"},
		{"quorum, one short", flow.NeedQuorum, 3, "aa", ""},
		{"quorum reached", flow.NeedQuorum, 3, "aaa", "good"},
		{"quorum with two against", flow.NeedQuorum, 3, "rraaa", "good"},
		{"quorum still possible", flow.NeedQuorum, 3, "rr", ""},
		{"quorum no longer possible", flow.NeedQuorum, 3, "rrr", "bad"},
		{"quorum of one", flow.NeedQuorum, 1, "rrrra", "good"},
		{"quorum of all", flow.NeedQuorum, 5, "r", "bad"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(t, single(flow.Step{Seats: five, Need: c.need, Quorum: c.quorum}))
			s.begin(flow.Beginning{By: lin})
			for i, said := range c.said {
				if said == 'a' {
					s.do(agree(people[i]))
				} else {
					s.do(reject(people[i]))
				}
			}
			if s.st.End != c.want {
				t.Errorf("ended %q, want %q", s.st.End, c.want)
			}
			if c.want != "" && (len(s.st.OpenSeats()) > 0 || s.effect(flow.EffectEnded).End != c.want) {
				t.Errorf("over with %v open, effects %v", s.open(), s.kinds())
			}
		})
	}
}

func TestInOrderOneAfterTheOther(t *testing.T) {
	s := newScript(t, single(flow.Step{
		Seats: post("store", "supervisor", "gm"), Need: flow.NeedInOrder, Deadline: &flow.Deadline{Within: flow.Duration{Working: 1}},
	}))
	s.begin(flow.Beginning{By: lin})
	s.refused("act.not_yours", agree(gao))
	s.now = at(t, "2026-09-22 09:00")
	s.do(agree(lin))
	if e := s.effect(flow.EffectOpened); e.Post != "supervisor" || e.Due != endOf(t, "2026-09-23") {
		t.Errorf("the second seat is %+v, due %s", e, when(e.Due))
	}
	s.refused("act.not_yours", agree(lin))
	s.do(agree(he)) // any holder of the post
	s.do(agree(gao))
	if s.st.End != "good" {
		t.Error(s.st.End)
	}
	done := s.st.Steps["s"].Done
	if len(done) != 3 || done[1].By != he || done[1].Seat != 2 || s.st.Steps["s"].Decision != flow.Agree {
		t.Errorf("%+v", done)
	}
}

// Legal and finance look at the same time; the composite is over when both are, and one rejection rejects it.
func TestStepsTogether(t *testing.T) {
	def := single(flow.Step{})
	def.Steps = []flow.Step{
		{Key: "checks", Together: []string{"legal", "finance"}, Need: flow.NeedAll, Rejected: "bad"},
		{Key: "legal", Do: flow.DoDecide, Seats: post("legal")},
		{Key: "finance", Do: flow.DoDecide, Seats: post("finance"), Skip: condition(t, `customer.grade == "A"`, expr.Var{Name: "customer.grade", Kind: expr.Text})},
		{Key: "s", Do: flow.DoDecide, Seats: post("gm"), Rejected: "checks", Next: []flow.Branch{{To: "good"}}},
	}
	s := newScript(t, def)
	s.begin(flow.Beginning{By: lin})
	if got := s.open(); !slices.Equal(got, []string{"legal", "finance"}) {
		t.Fatalf("open: %v", got)
	}
	s.do(agree(fang))
	if got := s.open(); !slices.Equal(got, []string{"legal"}) {
		t.Fatalf("open: %v", got)
	}
	s.do(agree(chen))
	if got := s.open(); !slices.Equal(got, []string{"s"}) || s.st.Steps["checks"].Decision != flow.Agree {
		t.Fatalf("open: %v", got)
	}
	s.do(reject(gao)) // back to both
	if got := s.open(); !slices.Equal(got, []string{"legal", "finance"}) || s.st.Steps["checks"].Decision != "" || s.st.Steps["legal"].Decision != "" {
		t.Fatalf("open: %v, %+v", got, s.st.Steps["legal"])
	}
	s.do(reject(chen))
	if s.st.End != "bad" || len(s.open()) != 0 {
		t.Errorf("ended %q with %v", s.st.End, s.open())
	}

	s = newScript(t, def)
	s.w.grade = "A" // finance is left out
	s.begin(flow.Beginning{By: lin})
	s.do(agree(chen))
	if got := s.open(); !slices.Equal(got, []string{"s"}) {
		t.Errorf("open: %v", got)
	}
}

// Without a place to go, a member's rejection is an opinion like another.
func TestRejectionsThatLeadNowhereAreOpinions(t *testing.T) {
	def := single(flow.Step{})
	def.Steps = []flow.Step{
		{Key: "checks", Together: []string{"legal", "finance"}, Need: flow.NeedAll},
		{Key: "legal", Do: flow.DoDecide, Seats: post("legal")},
		{Key: "finance", Do: flow.DoDecide, Seats: post("finance")},
		{Key: "s", Do: flow.DoDecide, Seats: post("gm"), Rejected: "bad", Next: []flow.Branch{{To: "good"}}},
	}
	s := newScript(t, def)
	s.begin(flow.Beginning{By: lin})
	s.do(reject(chen))
	s.do(agree(fang))
	if !slices.Equal(s.open(), []string{"s"}) || s.st.Steps["checks"].Decision != flow.Reject {
		t.Errorf("open %v, checks %+v", s.open(), s.st.Steps["checks"])
	}
}

func TestAuthorityByAmountAndGrade(t *testing.T) {
	def := single(flow.Step{Seats: []flow.Who{{Authority: &flow.Authority{Key: "compensation", Amount: "start.amount", Rows: []flow.AuthorityRow{
		{UpTo: "5000", Post: "store"}, {UpTo: "50000", Grades: []string{"A", "B"}, Post: "supervisor"}, {Post: "gm"},
	}}}}})
	def.Start.Form = "ask"
	def.Forms = []flow.Form{{Key: "ask", Fields: []flow.Field{{Key: "amount", Type: flow.FieldMoney}}}}
	for _, c := range []struct{ amount, grade, want string }{
		{"0", "C", "store"},
		{"5000", "C", "store"},
		{"5000.00", "C", "store"},
		{"5000.01", "B", "supervisor"},
		{"5000.01", "C", "gm"},
		{"50000", "A", "supervisor"},
		{"50000.01", "A", "gm"},
		{"", "A", "gm"},
		{"99999999999999.99", "A", "gm"},
	} {
		s := newScript(t, def)
		s.w.grade = c.grade
		s.begin(flow.Beginning{By: lin, Answers: flow.Answers{"amount": {Text: c.amount}}})
		if got := s.st.OpenSeats()[0].Post; got != c.want {
			t.Errorf("%s for a %s customer: %s decides, want %s", c.amount, c.grade, got, c.want)
		}
	}
}

func recusing(t *testing.T) *flow.Definition {
	def := single(flow.Step{Seats: post("supervisor")})
	def.Start.Form = "card"
	def.Forms = []flow.Form{{Key: "card", Fields: []flow.Field{{Key: "about", Type: flow.FieldPerson, Many: true}}}}
	def.Recuse = []string{"card.about"} // the start form by its own key
	return def
}

func TestNobodyRulesInHisOwnMatter(t *testing.T) {
	s := newScript(t, recusing(t))
	s.begin(flow.Beginning{By: lin, Answers: flow.Answers{"about": {Many: []string{"2"}}}})
	if got := flow.Recused(s.def, s.st); !slices.Equal(got, []int64{wu}) {
		t.Fatalf("barred: %v", got)
	}
	for _, kind := range flow.Acts() {
		a := flow.Act{Kind: kind, By: wu, Decision: flow.Agree, Reason: "r", Manage: true, Person: tian}
		if slices.Contains([]string{flow.ActComment, flow.ActAttach, flow.ActLink}, kind) {
			s.do(a)
		} else if len(flow.Table(s.st.Status, kind)) > 0 {
			s.refused("act.recused", a)
		}
	}
	s.w.gone[wu], s.w.stands[wu] = true, tian
	s.refused("act.recused", flow.Act{Kind: flow.ActDecide, By: tian, For: wu, Decision: flow.Agree}) // nor through a substitute
	s.refused("act.person_recused", flow.Act{Kind: flow.ActDelegate, By: he, Person: wu})
	if offered := flow.May(s.def, s.st, wu, 0, true, s.w.env(t, s.now)); slices.ContainsFunc(offered, func(a flow.Allowed) bool { return a.Seat != 0 || a.Kind == flow.ActReturn }) {
		t.Errorf("the barred person is offered %v", offered)
	}
	s.do(agree(he))
	if s.st.End != "good" {
		t.Error("the other supervisor could not decide")
	}
}

func TestASuperiorActsWhenEveryHolderIsBarred(t *testing.T) {
	s := newScript(t, recusing(t))
	s.begin(flow.Beginning{By: lin, Answers: flow.Answers{"about": {Many: []string{"2", "5"}}}})
	if e := s.effect(flow.EffectRaised); e.Post != "gm" || s.st.Stuck() {
		t.Fatalf("raised to %+v", e)
	}
	if o := s.effect(flow.EffectOpened); o.Post != "gm" {
		t.Errorf("the seat opened for %+v", o)
	}
	s.refused("act.recused", agree(he))
	s.do(agree(gao))

	s = newScript(t, recusing(t)) // the general manager as well: nobody is left, and the case says so
	s.begin(flow.Beginning{By: lin, Answers: flow.Answers{"about": {Many: []string{"2", "5", "6"}}}})
	if !s.st.Stuck() || s.effect(flow.EffectStuck).Seat != 1 {
		t.Fatal("nobody can act and nothing is said")
	}
	s.refused("act.not_manager", flow.Act{Kind: flow.ActAssign, By: lin, Person: tian})
	s.do(flow.Act{Kind: flow.ActAssign, By: chen, Manage: true, Person: tian})
	if s.st.Stuck() || s.effect(flow.EffectUnstuck).Seat != 1 {
		t.Fatal("still stuck")
	}
	s.do(agree(tian))
}

// An empty post is an alarm with ways out, each of which works.
func TestAStuckCaseHasWaysOut(t *testing.T) {
	stuck := func(t *testing.T) *script {
		s := newScript(t, single(flow.Step{Seats: post("nobody")}))
		s.begin(flow.Beginning{By: lin})
		if !s.st.Stuck() || s.effect(flow.EffectStuck).Post != "nobody" {
			t.Fatal("not stuck")
		}
		return s
	}
	t.Run("a holder is named", func(t *testing.T) {
		s := stuck(t)
		s.w.holders["nobody"] = []int64{tian}
		s.tick()
		if s.st.Stuck() || s.effect(flow.EffectUnstuck).Seat != 1 {
			t.Fatal("still stuck")
		}
		s.do(agree(tian))
	})
	t.Run("assigned", func(t *testing.T) {
		s := stuck(t)
		s.do(flow.Act{Kind: flow.ActAssign, By: gao, Manage: true, Person: tian})
		s.do(agree(tian))
	})
	t.Run("skipped", func(t *testing.T) {
		s := stuck(t)
		s.refused("act.reason_required", flow.Act{Kind: flow.ActSkip, By: gao, Manage: true, Reason: "  "})
		s.do(flow.Act{Kind: flow.ActSkip, By: gao, Manage: true, Reason: "the post was abolished"})
		if s.st.End != "good" || s.st.Steps["s"].Done[0].Reason != "the post was abolished" {
			t.Errorf("%+v", s.st)
		}
	})
	t.Run("withdrawn", func(t *testing.T) {
		s := stuck(t)
		s.refused("act.not_starter", flow.Act{Kind: flow.ActWithdraw, By: chen, Reason: "x"})
		s.do(flow.Act{Kind: flow.ActWithdraw, By: lin, Reason: "settled"})
		if s.st.Status != flow.Withdrawn || s.st.End != "" || s.st.Over != s.now {
			t.Errorf("%+v", s.st)
		}
	})
	t.Run("nobody is even named", func(t *testing.T) {
		def := single(flow.Step{Seats: []flow.Who{{Field: "start.who"}}})
		def.Start.Form = "card"
		def.Forms = []flow.Form{{Key: "card", Fields: []flow.Field{{Key: "who", Type: flow.FieldPerson}}}}
		s := newScript(t, def)
		s.begin(flow.Beginning{By: lin})
		if !s.st.Stuck() {
			t.Fatal("not stuck")
		}
		s.do(flow.Act{Kind: flow.ActAssign, By: gao, Manage: true, Person: tian})
		s.do(agree(tian))
	})
}

func TestSkippingIsNoWayAroundAnApproval(t *testing.T) {
	s := newScript(t, single(flow.Step{Seats: post("gm"), Deadline: &flow.Deadline{Within: flow.Duration{Days: 1}}}))
	s.begin(flow.Beginning{By: lin})
	skip := flow.Act{Kind: flow.ActSkip, By: wu, Manage: true, Reason: "in a hurry"}
	s.refused("act.not_stuck", skip)
	s.now = endOf(t, "2026-09-22")
	s.refused("act.not_stuck", skip) // the last microsecond is in time
	s.now++
	s.do(skip)
}

func TestSubstitute(t *testing.T) {
	s := newScript(t, single(flow.Step{Seats: post("legal")}))
	s.begin(flow.Beginning{By: lin})
	s.refused("act.not_substitute", flow.Act{Kind: flow.ActDecide, By: tian, For: chen, Decision: flow.Agree})
	s.w.stands[chen] = tian
	s.refused("act.not_yours", agree(tian)) // only in the name of the absent one
	s.do(flow.Act{Kind: flow.ActDecide, By: tian, For: chen, Decision: flow.Agree})
	if d := s.st.Steps["s"].Done[0]; d.By != tian || d.For != chen {
		t.Errorf("%+v", d)
	}
}

func TestHandingOn(t *testing.T) {
	s := newScript(t, single(flow.Step{Seats: post("supervisor")}))
	s.begin(flow.Beginning{By: lin})
	s.do(flow.Act{Kind: flow.ActClaim, By: wu})
	s.refused("act.claimed", agree(he))
	s.refused("act.not_claimed", flow.Act{Kind: flow.ActUnclaim, By: he})
	s.do(flow.Act{Kind: flow.ActUnclaim, By: wu})
	s.do(flow.Act{Kind: flow.ActClaim, By: he})
	s.do(flow.Act{Kind: flow.ActUnclaim, By: gao, Manage: true})
	s.refused("act.same_person", flow.Act{Kind: flow.ActDelegate, By: wu, Person: wu})
	s.refused("act.person_required", flow.Act{Kind: flow.ActDelegate, By: wu})
	s.w.gone[tian] = true
	s.refused("act.person_inactive", flow.Act{Kind: flow.ActDelegate, By: wu, Person: tian})
	delete(s.w.gone, tian)
	s.do(flow.Act{Kind: flow.ActDelegate, By: wu, Person: tian})
	s.refused("act.not_yours", agree(wu))
	s.do(agree(tian))
}

func TestAddedSignatures(t *testing.T) {
	s := newScript(t, single(flow.Step{Seats: post("supervisor")}))
	s.begin(flow.Beginning{By: lin})
	s.refused("act.not_yours", flow.Act{Kind: flow.ActAddSign, By: lin, Person: tian})
	s.do(flow.Act{Kind: flow.ActAddSign, By: wu, Person: tian})
	s.refused("act.already_asked", flow.Act{Kind: flow.ActAddSign, By: wu, Person: tian})
	s.do(agree(wu))
	if s.st.IsOver() || !slices.Equal(s.open(), []string{"s"}) {
		t.Fatal("the step ended before the added signature")
	}
	s.do(flow.Act{Kind: flow.ActAddSign, By: tian, Person: chen}) // the one asked may ask a further one
	s.do(agree(chen))
	s.do(agree(tian))
	if s.st.End != "good" {
		t.Errorf("ended %q", s.st.End)
	}

	s = newScript(t, single(flow.Step{Seats: post("supervisor")}))
	s.begin(flow.Beginning{By: lin})
	s.do(flow.Act{Kind: flow.ActAddSign, By: wu, Person: tian})
	s.do(reject(tian))
	if s.st.End != "bad" {
		t.Errorf("an added signature that rejects: ended %q", s.st.End)
	}
}

// What was filled in and is refused by an added signature must be filled in again.
func TestAFormRefusedByASignatureIsFilledAgain(t *testing.T) {
	def := single(flow.Step{Do: flow.DoFill, Form: "f", Seats: post("store"), Rejected: "bad"})
	def.Forms = []flow.Form{{Key: "f", Fields: []flow.Field{{Key: "text", Type: flow.FieldText, Required: true}}}}
	s := newScript(t, def)
	s.begin(flow.Beginning{By: lin})
	s.do(flow.Act{Kind: flow.ActAddSign, By: lin, Person: tian})
	fill := flow.Act{Kind: flow.ActFill, By: lin, Answers: flow.Answers{"text": {Text: "first"}}}
	s.do(fill)
	s.do(reject(tian))
	if s.st.IsOver() || s.st.Steps["s"].Visits != 2 || s.st.Steps["s"].Answers["text"].Text != "first" {
		t.Fatalf("%+v", s.st.Steps["s"])
	}
	s.do(fill)
	if s.st.End != "good" {
		t.Error(s.st.End)
	}
}

func TestReturnToAnEarlierStep(t *testing.T) {
	def := single(flow.Step{})
	def.Forms = []flow.Form{{Key: "f", Fields: []flow.Field{{Key: "text", Type: flow.FieldText, Required: true}}}}
	def.Steps = []flow.Step{
		{Key: "a", Do: flow.DoFill, Form: "f", Seats: post("store")},
		{Key: "b", Do: flow.DoDecide, Seats: post("supervisor"), Rejected: "bad"},
		{Key: "s", Do: flow.DoDecide, Seats: post("gm"), Rejected: "bad", Next: []flow.Branch{{To: "good"}}},
	}
	s := newScript(t, def)
	s.begin(flow.Beginning{By: lin})
	fill := flow.Act{Kind: flow.ActFill, By: lin, Answers: flow.Answers{"text": {Text: "x"}}}
	s.refused("act.no_way_back", flow.Act{Kind: flow.ActReturn, By: lin, To: "s", Reason: "forward is not back"})
	s.do(fill)
	s.do(agree(wu))
	back := flow.Act{Kind: flow.ActReturn, By: gao, To: "a", Reason: "the amount is missing"}
	s.refused("act.not_yours", flow.Act{Kind: flow.ActReturn, By: wu, To: "a", Reason: "x"})
	s.refused("act.reason_required", flow.Act{Kind: flow.ActReturn, By: gao, To: "a"})
	s.refused("act.no_way_back", flow.Act{Kind: flow.ActReturn, By: gao, To: "s", Reason: "x"})
	s.do(back)
	if !slices.Equal(s.open(), []string{"a"}) || s.effect(flow.EffectClosed).How != flow.SeatDropped {
		t.Fatalf("open %v", s.open())
	}
	s.refused("act.not_yours", as(agree(gao), flow.ActFill))
	s.do(fill)
	if !slices.Equal(s.open(), []string{"b"}) {
		t.Errorf("open %v: every sign-off must be given again", s.open())
	}
}

func TestReopening(t *testing.T) {
	def := single(flow.Step{Seats: post("supervisor"), Skip: condition(t, `start.skip`, expr.Var{Name: "start.skip", Kind: expr.Bool})})
	def.Start.Form = "card"
	def.Forms = []flow.Form{{Key: "card", Fields: []flow.Field{{Key: "skip", Type: flow.FieldYesNo}}}}
	def.Deadline = &flow.Deadline{Within: flow.Duration{Days: 7}}
	s := newScript(t, def)
	s.begin(flow.Beginning{By: lin, Answers: flow.Answers{"skip": flow.Yes(true)}})
	if s.st.End != "good" {
		t.Fatal("not skipped")
	}
	open := flow.Act{Kind: flow.ActReopen, By: gao, Reason: "the customer came back"}
	s.refused("act.not_yours", flow.Act{Kind: flow.ActReopen, By: lin, Reason: "x"})
	s.refused("case.not_allowed", agree(wu))
	s.now = endOf(t, "2026-10-21") + 1
	s.refused("act.reopening_too_late", open)
	s.now--
	s.do(open)
	if s.st.Status != flow.Running || s.st.End != "" || s.st.Over != 0 || !slices.Equal(s.open(), []string{"s"}) || s.st.Clock.Due != endOf(t, "2026-10-28") {
		t.Fatalf("%s", dump(t, s.st)) // opened although it would be left out, with the whole time again
	}
	s.do(reject(wu))
	if s.st.End != "bad" {
		t.Error(s.st.End)
	}
	def.Reopen = nil
	s.refused("act.no_reopening", open)
}

func TestClassesAndPriority(t *testing.T) {
	def := single(flow.Step{Do: flow.DoFill, Form: "card", Seats: post("store"), Rejected: "bad"})
	def.Forms = []flow.Form{{Key: "card", Fields: []flow.Field{{Key: "hurt", Type: flow.FieldYesNo}, {Key: "loss", Type: flow.FieldMoney}}}}
	vars := []expr.Var{{Name: "s.hurt", Kind: expr.Bool}, {Name: "s.loss", Kind: expr.Number}, {Name: "customer.grade", Kind: expr.Text}}
	def.Classes = []flow.Class{
		{Key: "serious", When: condition(t, `s.hurt || s.loss >= 10000`, vars...), Tell: post("gm")}, {Key: "ordinary", Tell: post("supervisor")},
	}
	def.First = []flow.Branch{{When: condition(t, `customer.grade == "A"`, vars...)}, {When: condition(t, `customer.grade == "B"`, vars...)}}
	def.Steps = append(def.Steps, flow.Step{Key: "t", Do: flow.DoAnswer, Seats: post("store"), Next: []flow.Branch{{To: "good"}}})
	def.Steps[0].Next = nil
	for _, c := range []struct {
		answers flow.Answers
		grade   string
		class   string
		first   int
	}{
		{flow.Answers{"hurt": flow.Yes(true)}, "A", "serious", 2},
		{flow.Answers{"loss": {Text: "10000"}}, "B", "serious", 1},
		{flow.Answers{"loss": {Text: "9999.99"}}, "C", "ordinary", 0},
		{nil, "", "ordinary", 0},
	} {
		s := newScript(t, def)
		s.w.grade = c.grade
		s.begin(flow.Beginning{By: lin})
		if e := s.effect(flow.EffectClass); e.What != "ordinary" || s.st.First != c.first {
			t.Fatalf("begins as %s, first %d, want %d", e.What, s.st.First, c.first)
		}
		s.do(flow.Act{Kind: flow.ActFill, By: lin, Answers: c.answers})
		if s.st.Class != c.class {
			t.Errorf("%v is %s, want %s", c.answers, s.st.Class, c.class)
		}
		if c.class == "serious" && (len(s.effect(flow.EffectClass).Tell) != 1 || s.effect(flow.EffectClass).Tell[0].Post != "gm") {
			t.Error("the general manager is not told at once")
		}
	}
}

// A seat for each department named in the answer, and the answers of each kept apart.
func TestASeatForEachDepartment(t *testing.T) {
	def := single(flow.Step{Do: flow.DoFill, Form: "proof", Seats: []flow.Who{{Post: "head", Near: "start.where", Each: true}}, Rejected: "bad"})
	def.Start.Form = "card"
	def.Forms = []flow.Form{
		{Key: "card", Fields: []flow.Field{{Key: "where", Type: flow.FieldDepartment, Many: true, Required: true}}},
		{Key: "proof", Fields: []flow.Field{{Key: "text", Type: flow.FieldText, Required: true}}},
	}
	def.Ends[0].Record = &flow.Record{Fact: "complaint", Attrs: map[string]string{"class": "case.class", "text": "s.text", "where": "start.where", "none": "s.missing"}}
	s := newScript(t, def)
	s.w.holders["head"] = []int64{chen, fang}
	s.begin(flow.Beginning{By: lin, Answers: flow.Answers{"where": {Many: []string{"31", "32"}}}})
	seats := s.st.OpenSeats()
	if len(seats) != 2 || seats[0].Unit != 31 || seats[1].Unit != 32 {
		t.Fatalf("%+v", seats)
	}
	fill := func(by int64, seat int, text string) flow.Act {
		return flow.Act{Kind: flow.ActFill, By: by, Seat: seat, Answers: flow.Answers{"text": {Text: text}}}
	}
	s.refused("act.which_seat", fill(chen, 0, "which?"))
	s.do(fill(chen, 2, "two"))
	s.refused("act.seat_closed", fill(fang, 2, "again"))
	s.do(fill(fang, 1, "one"))
	done := s.st.Steps["s"].Done
	if s.st.End != "good" || done[0].Unit != 32 || done[0].Answers["text"].Text != "two" || done[1].Answers["text"].Text != "one" {
		t.Errorf("%+v", done)
	}
	want := flow.Answers{"text": {Text: "one"}, "where": {Many: []string{"31", "32"}}}
	if r := s.effect(flow.EffectRecorded); r.Fact != "complaint" || !reflect.DeepEqual(r.Attrs, want) {
		t.Errorf("recorded %+v", r)
	}
}

func TestBeginning(t *testing.T) {
	def := single(flow.Step{Seats: post("supervisor")})
	def.Start = flow.Start{By: post("store"), Channels: []string{"phone", "web"}, Form: "card"}
	def.Forms = []flow.Form{{Key: "card", Fields: []flow.Field{{Key: "text", Type: flow.FieldText, Required: true}}}}
	def.Deadline = &flow.Deadline{Within: flow.Duration{Days: 7}}
	good := flow.Answers{"text": {Text: "broken"}}
	s := newScript(t, def)
	for _, c := range []struct {
		b    flow.Beginning
		code string
	}{
		{flow.Beginning{By: lin, Channel: "phone", Answers: good}, ""},
		{flow.Beginning{By: 0, Channel: "web", Answers: good}, ""},
		{flow.Beginning{By: 0, Channel: "phone", Answers: good}, "case.may_not_start"},
		{flow.Beginning{By: chen, Channel: "phone", Answers: good}, "case.may_not_start"},
		{flow.Beginning{By: lin, Channel: "fax", Answers: good}, "case.channel"},
		{flow.Beginning{By: lin, Answers: good}, "case.channel"},
		{flow.Beginning{By: lin, Channel: "phone"}, "invalid_input"},
		{flow.Beginning{By: lin, Channel: "phone", Answers: good, Received: s.now + 1}, "case.received_in_future"},
	} {
		st, _, err := flow.Begin(def, c.b, s.w.env(t, s.now))
		if c.code == "" && err == nil && st.Clock.Due == endOf(t, "2026-09-28") {
			continue
		}
		if c.code == "" || err == nil || !strings.HasPrefix(err.Error(), c.code) {
			t.Errorf("%+v: %v, want %q", c.b, err, c.code)
		}
	}
	if flow.MayBegin(def, chen, s.w.env(t, s.now)) || !flow.MayBegin(def, lin, s.w.env(t, s.now)) {
		t.Error("who may begin")
	}
	// Received days ago: the clock counts from then, and what is late already is told at once.
	st, effects, err := flow.Begin(def, flow.Beginning{By: lin, Channel: "phone", Answers: good, Received: at(t, "2026-09-13 23:59")}, s.w.env(t, s.now))
	if err != nil || st.Clock.Due != endOf(t, "2026-09-20") || !slices.ContainsFunc(effects, func(e flow.Effect) bool { return e.Kind == flow.EffectOverdue && e.Due == st.Clock.Due }) {
		t.Errorf("%v, effects %+v", err, effects)
	}
}

// The diagram of the package is the table: every arrow is allowed, and every change of status is an arrow.
func TestTheDiagramIsTheTable(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	arrows := map[[3]string]bool{}
	for _, line := range strings.Split(string(text), "\n") {
		for {
			m := regexp.MustCompile(`([a-z]+(?:, [a-z]+)*) ──([a-z ]+)──▶ ([a-z]+)`).FindStringSubmatchIndex(line)
			if m == nil {
				break
			}
			for _, from := range strings.Split(line[m[2]:m[3]], ", ") {
				arrows[[3]string{from, line[m[4]:m[5]], line[m[6]:m[7]]}] = true
			}
			line = line[m[6]:] // the target is the next start
		}
	}
	if len(arrows) != 8 {
		t.Fatalf("%d arrows in the diagram: %v", len(arrows), arrows)
	}
	for _, from := range []string{flow.Running, flow.Paused, flow.Ended, flow.Withdrawn} {
		for _, act := range append(flow.Acts(), flow.ActTick) {
			for _, to := range flow.Table(from, act) {
				name := act
				switch {
				case from == to:
					continue
				case to == flow.Ended:
					name = "reach an end"
				case act == flow.ActTick:
					name = "longest pause over"
				}
				if !arrows[[3]string{from, name, to}] {
					t.Errorf("%s ──%s──▶ %s is not in the diagram", from, name, to)
				}
			}
		}
	}
	for a := range arrows {
		act := a[1]
		switch act {
		case "reach an end":
			act = flow.ActDecide
		case "longest pause over":
			act = flow.ActTick
		}
		if !slices.Contains(flow.Table(a[0], act), a[2]) {
			t.Errorf("%v is not in the table", a)
		}
	}
}

// as gives the act as another kind.
func as(a flow.Act, kind string) flow.Act {
	a.Kind = kind
	return a
}
