package flow_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/expr"
	"kezhi/internal/flow"
)

// complaint is a procedure like that of a complaint regulation: five sign-offs within seven days.
func complaint(t *testing.T) *flow.Definition {
	day := &flow.Deadline{Within: flow.Duration{Days: 1}}
	decide := func(key, by, rejected string) flow.Step {
		return flow.Step{Key: key, Do: flow.DoDecide, Seats: post(by), Deadline: day, Rejected: rejected}
	}
	return &flow.Definition{
		Key: "complaint", Kind: "complaint", Start: flow.Start{Form: "card", Channels: []string{"shop"}},
		Deadline: &flow.Deadline{Within: flow.Duration{Days: 7}},
		Forms: []flow.Form{
			{Key: "card", Fields: []flow.Field{{Key: "demand", Type: flow.FieldText, Required: true}, {Key: "who", Type: flow.FieldPerson}}},
			{Key: "grounds", Fields: []flow.Field{{Key: "valid", Type: flow.FieldChoice, Required: true, Options: []flow.Option{{Key: "yes"}, {Key: "no"}}}}},
			{Key: "named", Fields: []flow.Field{{Key: "where", Type: flow.FieldDepartment, Required: true}, {Key: "maybe", Type: flow.FieldDepartment}}},
		},
		Recuse: []string{"start.who"},
		Steps: []flow.Step{
			{Key: "grounds", Do: flow.DoFill, Form: "grounds", Seats: post("store"), Next: []flow.Branch{
				{When: condition(t, `grounds.valid == "yes"`, expr.Var{Name: "grounds.valid", Kind: expr.Text}), To: "accept"}, {To: "explain"},
			}},
			decide("accept", "supervisor", "explain"),
			{Key: "name", Do: flow.DoFill, Form: "named", Seats: post("admin"), Deadline: day},
			{Key: "investigate", Do: flow.DoFill, Form: "grounds", Seats: []flow.Who{{Post: "head", Near: "name.where"}}, Deadline: day},
			decide("review", "supervisor", "investigate"), decide("opinion", "admin", "investigate"), decide("final", "gm", "investigate"),
			decide("handle", "supervisor", "investigate"),
			{Key: "reply", Do: flow.DoAnswer, Seats: post("service"), Deadline: day, Next: []flow.Branch{{To: "answered"}}},
			{Key: "explain", Do: flow.DoAnswer, Seats: post("service"), Next: []flow.Branch{{To: "declined"}}},
		},
		Ends: []flow.End{{Key: "answered", Good: true}, {Key: "declined"}},
	}
}

func codes(found []flow.Finding) []string {
	var out []string
	for _, f := range found {
		out = append(out, strings.TrimSpace(f.Code+" "+f.Step+" "+strings.Join(f.Args, "|")))
	}
	return out
}

func TestAComplaintProcedureIsSound(t *testing.T) {
	want := []string{
		"flow.deadline_steps  7|8|accept → name → investigate → review → opinion → final → handle → reply",
		"flow.circle investigate investigate → review → opinion → final → handle",
	}
	if got := codes(flow.Check(complaint(t))); !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	def := complaint(t) // five sign-offs fit into seven days, not into six
	def.Deadline.Within.Days = 6
	if got := codes(flow.Check(def)); !slices.Contains(got, "flow.deadline_signs  4|5|accept → review → opinion → final → handle") {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	def.Deadline.Within = flow.Duration{Working: 5}
	if got := codes(flow.Check(def)); slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "flow.deadline_signs") }) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}

// Each way to spoil a sound procedure is found, at its place.
func TestWhatCheckFinds(t *testing.T) {
	texts := func(name string) expr.Var { return expr.Var{Name: name, Kind: expr.Text} }
	for _, c := range []struct {
		spoil func(d *flow.Definition)
		want  string
	}{
		{func(d *flow.Definition) {
			d.Step("grounds").Next[1].To, d.Step("accept").Rejected = "accept", "declined"
		}, "flow.unreachable explain"},
		{func(d *flow.Definition) {
			d.Step("reply").Next[0].To = "grounds"
			d.Step("explain").Next[0].To = "grounds"
		}, "flow.dead_end review"},
		{func(d *flow.Definition) { d.Step("explain").Next[0].To = "answered" }, "flow.end_unreachable  declined"},
		{func(d *flow.Definition) { d.Ends[0].Good = false }, "flow.no_good_end"},
		{func(d *flow.Definition) { d.Ends = nil }, "flow.no_ends"},
		{func(d *flow.Definition) { d.Steps = nil }, "flow.no_steps"},
		{func(d *flow.Definition) { d.Step("reply").Next[0].To = "archived" }, "flow.target_unknown reply archived"},
		{func(d *flow.Definition) { d.Step("accept").Rejected = "" }, "flow.no_rejected accept"},
		{func(d *flow.Definition) { d.Step("accept").Rejected = "nowhere" }, "flow.target_unknown accept nowhere"},
		{func(d *flow.Definition) { d.Step("grounds").Next = d.Step("grounds").Next[:1] }, "flow.no_last_way grounds"},
		{func(d *flow.Definition) { slices.Reverse(d.Step("grounds").Next) }, "flow.hidden_way grounds 1"},
		{func(d *flow.Definition) { d.Step("explain").Next = nil }, "flow.no_last_way explain"},
		{func(d *flow.Definition) { d.Step("grounds").Do = "" }, "flow.no_do grounds"},
		{func(d *flow.Definition) { d.Step("grounds").Form = "" }, "flow.no_form grounds"},
		{func(d *flow.Definition) { d.Step("grounds").Form = "lost" }, "flow.form_unknown grounds lost"},
		{func(d *flow.Definition) { d.Start.Form = "lost" }, "flow.form_unknown  lost"},
		{func(d *flow.Definition) { d.Step("accept").Seats = nil }, "flow.no_seats accept"},
		{func(d *flow.Definition) { d.Step("accept").Seats = post("a", "b", "a") }, "flow.seat_twice accept"},
		{func(d *flow.Definition) {
			s := d.Step("accept")
			s.Seats, s.Need, s.Quorum = post("a", "b"), flow.NeedQuorum, 3
		}, "flow.quorum_large accept 3|2"},
		{func(d *flow.Definition) { d.Deadline.On = "start.demand" }, "flow.deadline_on  start.demand"},
		{func(d *flow.Definition) { d.Step("review").Deadline = &flow.Deadline{On: "grounds.valid"} }, "flow.deadline_on review grounds.valid"},
		{func(d *flow.Definition) { d.Step("accept").Need = flow.NeedQuorum }, "flow.quorum_missing accept"},
		{func(d *flow.Definition) { d.Steps[1].Key = "grounds" }, "flow.key_twice grounds grounds"},
		{func(d *flow.Definition) { d.Ends[1].Key = "reply" }, "flow.key_twice  reply"},
		{func(d *flow.Definition) { d.Steps[0].Key = "start" }, "flow.key_twice start start"},
		{func(d *flow.Definition) { d.Forms[1].Key = "card" }, "flow.key_twice  card"},
		{func(d *flow.Definition) { d.Pauses = []flow.Pause{{Key: "p"}, {Key: "p"}} }, "flow.key_twice  p"},
		{func(d *flow.Definition) {
			d.Step("review").Seats = []flow.Who{{Post: "head", Near: "name.maybe"}}
		}, "flow.field_optional review name.maybe"},
		{func(d *flow.Definition) { d.Step("explain").Seats = []flow.Who{{Post: "head", Near: "name.where"}} }, "flow.field_unfilled explain name.where"},
		{func(d *flow.Definition) { d.Step("review").Seats = []flow.Who{{Field: "name.where"}} }, "flow.field_type review name.where|person"},
		{func(d *flow.Definition) { d.Step("review").Seats = []flow.Who{{Field: "name.lost"}} }, "flow.field_unknown review name.lost"},
		{func(d *flow.Definition) {
			d.Step("accept").Skip = condition(t, `name.where == "1"`, texts("name.where"))
		}, "flow.field_unfilled accept name.where"},
		{func(d *flow.Definition) {
			d.Step("accept").Skip = condition(t, `final.decision == "agree"`, texts("final.decision"))
		}, "flow.field_unfilled accept final.decision"},
		{func(d *flow.Definition) { d.Step("review").Seats = []flow.Who{{Actor: "lost"}} }, "flow.actor_unknown review lost"},
		{func(d *flow.Definition) { d.Step("review").Seats = []flow.Who{{Actor: "reply"}} }, "flow.actor_later review reply"},
		{func(d *flow.Definition) { d.Recuse = []string{"card.lost"} }, "flow.recuse_unreachable  card.lost"},
		{func(d *flow.Definition) { d.Recuse = []string{"start.demand"} }, "flow.field_type  start.demand|person"},
		{func(d *flow.Definition) { d.Classes = []flow.Class{{Key: "x", WhenText: "true"}} }, "flow.class_last  x"},
		{func(d *flow.Definition) {
			d.Step("accept").Seats = []flow.Who{{Authority: &flow.Authority{Key: "m", Rows: []flow.AuthorityRow{{UpTo: "5", Post: "gm"}}}}}
		}, "flow.authority_last accept m"},
		{func(d *flow.Definition) { d.Deadline.Within = flow.Duration{Days: 3, Hours: 2} }, "flow.duration  deadline"},
		{func(d *flow.Definition) { d.Deadline.Within = flow.Duration{Days: 4000} }, "flow.duration  deadline"},
		{func(d *flow.Definition) { d.Deadline.Alarms = []flow.Alarm{{Before: true, By: flow.Duration{Days: 8}}} }, "flow.alarm_early  1"},
		{func(d *flow.Definition) {
			d.Deadline, d.Extensions = nil, []flow.Extension{{Key: "x", Add: flow.Duration{Days: 1}}}
		}, "flow.extension_deadline  x"},
		{func(d *flow.Definition) { d.Extensions = []flow.Extension{{Key: "x"}} }, "flow.duration  x"},
		{func(d *flow.Definition) { d.Pauses = []flow.Pause{{Key: "p", AtMost: &flow.Duration{Days: 8}}} }, "flow.pause_long  p"},
		{func(d *flow.Definition) { d.Reopen = &flow.Reopen{To: "lost"} }, "flow.target_unknown  lost"},
		{func(d *flow.Definition) {
			d.Start.Channels, d.Step("accept").Seats = []string{flow.ChannelWeb}, post(flow.PostStarter)
		}, "flow.public_starter accept"},
		{func(d *flow.Definition) { d.Step("accept").Together = []string{"review"} }, "flow.composite_few accept"},
		{func(d *flow.Definition) { d.Step("accept").Together = []string{"review", "final"} }, "flow.composite_seats accept"},
		{func(d *flow.Definition) { d.Step("accept").Together = []string{"review", "final"} }, "flow.member_ways review"},
		{func(d *flow.Definition) { d.Step("accept").Together = []string{"review", "lost"} }, "flow.member_unknown accept lost"},
		{func(d *flow.Definition) { d.Step("accept").Together = []string{"review", "review"} }, "flow.member_twice accept review"},
		{func(d *flow.Definition) { d.Step("accept").Together = []string{"explain", "review"} }, "flow.member_target grounds explain"},
		{func(d *flow.Definition) {
			d.Step("accept").Together, d.Step("name").Together = []string{"name", "final"}, []string{"review", "opinion"}
		}, "flow.member_composite accept name"},
		{func(d *flow.Definition) {
			skip := condition(t, `start.demand == "x"`, texts("start.demand"))
			d.Step("explain").Skip, d.Step("reply").Skip = skip, skip
			d.Step("explain").Next, d.Step("reply").Next = []flow.Branch{{When: skip, To: "reply"}, {To: "declined"}}, []flow.Branch{{When: skip, To: "explain"}, {To: "answered"}}
		}, "flow.endless explain explain → reply"},
	} {
		def := complaint(t)
		c.spoil(def)
		found := flow.Check(def)
		if got := codes(found); !slices.Contains(got, c.want) && !slices.Contains(got, strings.Replace(c.want, "explain explain → reply", "reply reply → explain", 1)) {
			t.Errorf("want %q, found:\n%s", c.want, strings.Join(got, "\n"))
		}
		for _, f := range found {
			if !slices.Contains(flow.Codes(), f.Code) || f.Severity == "" {
				t.Errorf("%+v is not among the codes", f)
			}
		}
		flow.Paths(def) // whatever is wrong, it comes back
	}
}

func TestPathsOfAComplaint(t *testing.T) {
	paths, more := flow.Paths(complaint(t))
	if more || len(paths) != 3 {
		t.Fatalf("%d paths", len(paths))
	}
	whole := paths[0]
	if whole.End != "answered" || !whole.Good || whole.MinDays != 5 || whole.MaxDays != 8 || !slices.Equal(whole.Unlimited, []string{"grounds"}) || len(whole.Steps) != 9 {
		t.Errorf("%+v", whole)
	}
	if p := paths[1]; p.End != "declined" || !slices.Equal(p.Rejected, []string{"accept"}) || !slices.Equal(p.Steps, []string{"grounds", "accept", "explain"}) {
		t.Errorf("%+v", p)
	}
	if p := paths[2]; !slices.Equal(p.Steps, []string{"grounds", "explain"}) || p.MinDays != 0 {
		t.Errorf("%+v", p)
	}
}

// Hostile sizes come back soon: a ladder has more paths than anybody could list, a ring of skipped steps leads nowhere.
func TestPathsAndCheckAreBounded(t *testing.T) {
	def := &flow.Definition{Key: "ladder", Ends: []flow.End{{Key: "good", Good: true}}}
	skip := condition(t, `start.x == "y"`, expr.Var{Name: "start.x", Kind: expr.Text})
	const n = 2_000
	for i := range n {
		to := fmt.Sprintf("s%d", i+1)
		if i == n-1 {
			to = "good"
		}
		def.Steps = append(def.Steps, flow.Step{Key: fmt.Sprintf("s%d", i), Do: flow.DoAnswer, Seats: post("a"), Skip: skip, Next: []flow.Branch{{When: skip, To: fmt.Sprintf("s%d", i/2)}, {To: to}}})
	}
	if _, more := flow.Paths(def); !more {
		t.Error("all paths of a ladder were listed")
	}
	flow.Check(def)
}
