package flow_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/errs"
	"kezhi/internal/expr"
	"kezhi/internal/flow"
)

func cardForm(t *testing.T) flow.Form {
	return flow.Form{Key: "card", Fields: []flow.Field{
		{Key: "demand", Type: flow.FieldChoice, Required: true, Options: []flow.Option{{Key: "return"}, {Key: "exchange"}}},
		{Key: "kinds", Type: flow.FieldChoices, Options: []flow.Option{{Key: "a"}, {Key: "b"}}},
		{Key: "channel", Type: flow.FieldText, Max: "5"},
		{Key: "original", Type: flow.FieldFile, Many: true, RequiredWhen: condition(t, `channel == "mail"`, expr.Var{Name: "channel", Kind: expr.Text})},
		{Key: "photo", Type: flow.FieldFile},
		{Key: "amount", Type: flow.FieldMoney, Min: "0", Max: "1000000"},
		{Key: "bought", Type: flow.FieldDate, Min: "2020-01-01", Max: "2026-12-31"},
		{Key: "hour", Type: flow.FieldTime},
		{Key: "person", Type: flow.FieldPerson},
		{Key: "hurt", Type: flow.FieldYesNo},
		{Key: "name", Type: flow.FieldComputed, From: "customer.name"},
		{Key: "rows", Type: flow.FieldList, Fields: []flow.Field{{Key: "item", Type: flow.FieldText, Required: true}, {Key: "n", Type: flow.FieldNumber}}},
	}}
}

func TestAForm(t *testing.T) {
	def := single(flow.Step{Seats: post("store")})
	def.Start.Form = "card"
	def.Forms = []flow.Form{cardForm(t)}
	for _, c := range []struct {
		given string
		want  string // path and code of what is wrong; "" is right
	}{
		{`{"demand":"return"}`, ""},
		{`{}`, "answers.demand act.answer_missing"},
		{`{"demand":""}`, "answers.demand act.answer_missing"},
		{`{"demand":"refund"}`, "answers.demand act.not_an_option"},
		{`{"demand":["return"]}`, "answers.demand act.answer_kind"},
		{`{"demand":true}`, "answers.demand act.answer_kind"},
		{`{"demand":"return","kinds":["a","b"]}`, ""},
		{`{"demand":"return","kinds":"a"}`, ""},
		{`{"demand":"return","kinds":["a","a"]}`, "answers.kinds act.answer_twice"},
		{`{"demand":"return","kinds":["a","c"]}`, "answers.kinds act.not_an_option"},
		{`{"demand":"return","channel":"邮寄来的"}`, ""},
		{`{"demand":"return","channel":"邮寄来的信件"}`, "answers.channel act.text_too_long"},
		{`{"demand":"return","channel":"a\u0000"}`, "answers.channel act.not_text"},
		{`{"demand":"return","channel":"mail"}`, "answers.original act.answer_missing"},
		{`{"demand":"return","channel":"mail","original":["77"]}`, ""},
		{`{"demand":"return","original":["77","x"]}`, "answers.original act.not_an_id"},
		{`{"demand":"return","photo":["77","78"]}`, "answers.photo act.too_many"},
		{`{"demand":"return","amount":"0"}`, ""},
		{`{"demand":"return","amount":1000000}`, ""},
		{`{"demand":"return","amount":"1000000.01"}`, "answers.amount act.above"},
		{`{"demand":"return","amount":"-0.01"}`, "answers.amount act.below"},
		{`{"demand":"return","amount":"1e3"}`, "answers.amount act.not_a_number"},
		{`{"demand":"return","amount":"0.00001"}`, "answers.amount act.not_a_number"},
		{`{"demand":"return","amount":"NaN"}`, "answers.amount act.not_a_number"},
		{`{"demand":"return","amount":"9999999999999999999999"}`, "answers.amount act.not_a_number"},
		{`{"demand":"return","bought":"2026-02-29"}`, "answers.bought act.not_a_date"},
		{`{"demand":"return","bought":"2019-12-31"}`, "answers.bought act.below"},
		{`{"demand":"return","bought":"2027-01-01"}`, "answers.bought act.above"},
		{`{"demand":"return","bought":"2026-12-31"}`, ""},
		{`{"demand":"return","hour":"23:59"}`, ""},
		{`{"demand":"return","hour":"24:00"}`, "answers.hour act.not_a_time"},
		{`{"demand":"return","hour":"+1:00"}`, "answers.hour act.not_a_time"},
		{`{"demand":"return","person":"7"}`, ""},
		{`{"demand":"return","person":"007"}`, "answers.person act.not_an_id"},
		{`{"demand":"return","person":"-7"}`, "answers.person act.not_an_id"},
		{`{"demand":"return","hurt":false}`, ""},
		{`{"demand":"return","hurt":"no"}`, "answers.hurt act.answer_kind"},
		{`{"demand":"return","name":"forged"}`, "answers.name act.computed_field"},
		{`{"demand":"return","extra":"x"}`, "answers.extra act.unknown_field"},
		{`{"demand":"return","rows":[{"item":"pump","n":2},{"item":"hose"}]}`, ""},
		{`{"demand":"return","rows":[{"item":"pump"},{"n":"x"}]}`, "answers.rows.1.n act.not_a_number, answers.rows.1.item act.answer_missing"},
		{`{"demand":"return","rows":"pump"}`, "answers.rows act.answer_kind"},
		{`{"demand":"x","amount":"y","hurt":"z"}`, "answers.amount act.not_a_number, answers.demand act.not_an_option, answers.hurt act.answer_kind"},
	} {
		var given flow.Answers
		if err := json.Unmarshal([]byte(c.given), &given); err != nil {
			t.Fatal(err)
		}
		st, _, err := flow.Begin(def, flow.Beginning{By: lin, Answers: given}, company().env(t, at(t, "2026-09-21 10:00")))
		var got []string
		if e, ok := errs.As(err); ok {
			for _, f := range e.Fields {
				got = append(got, f.Path+" "+f.Code)
			}
		}
		if strings.Join(got, ", ") != c.want || (err == nil) != (c.want == "") {
			t.Errorf("%s: %v, want %q", c.given, err, c.want)
		}
		if err == nil && st.Steps[flow.StartForm].Answers["name"].Text != "华东商贸" {
			t.Errorf("%s: the computed field holds %+v", c.given, st.Steps[flow.StartForm].Answers["name"])
		}
	}
}

// A rejection needs its reason, not the whole form; an agreement needs the form.
func TestTheFormOfADecision(t *testing.T) {
	def := single(flow.Step{Seats: post("supervisor"), Form: "card"})
	def.Forms = []flow.Form{cardForm(t)}
	s := newScript(t, def)
	s.begin(flow.Beginning{By: lin})
	s.refused("invalid_input", agree(wu))
	s.refused("act.decision_required", flow.Act{Kind: flow.ActDecide, By: wu})
	s.refused("act.reason_required", flow.Act{Kind: flow.ActDecide, By: wu, Decision: flow.Reject})
	s.do(reject(wu))
	if s.st.End != "bad" || s.st.Steps["s"].Done[0].Reason != "not so" {
		t.Errorf("%+v", s.st.Steps["s"])
	}
}

func TestAnswersInJSON(t *testing.T) {
	for _, c := range []struct {
		json string
		want flow.Answer
		back string
	}{
		{`"x"`, flow.Answer{Text: "x"}, `"x"`},
		{`12.50`, flow.Answer{Text: "12.50"}, `"12.50"`},
		{`true`, flow.Yes(true), `true`},
		{`["1","2"]`, flow.Answer{Many: []string{"1", "2"}}, `["1","2"]`},
		{`[]`, flow.Answer{}, `""`},
		{`null`, flow.Answer{}, `""`},
		{`[{"a":"x"}]`, flow.Answer{Rows: []flow.Answers{{"a": {Text: "x"}}}}, `[{"a":"x"}]`},
	} {
		var got flow.Answer
		if err := json.Unmarshal([]byte(c.json), &got); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s is %+v, %v", c.json, got, err)
		}
		if b := dump(t, got); b != c.back {
			t.Errorf("%s is written %s", c.json, b)
		}
	}
	for _, bad := range []string{`{}`, `[1]`, `["a",{}]`, `[[]]`, `tru`, `{"a":1}`} {
		var a flow.Answer
		if json.Unmarshal([]byte(bad), &a) == nil {
			t.Errorf("%s was read as %+v", bad, a)
		}
	}
}

func TestWhatNamesStandFor(t *testing.T) {
	def := single(flow.Step{Seats: post("store")})
	def.Start.Form = "card"
	def.Forms = []flow.Form{cardForm(t)}
	s := newScript(t, def)
	s.begin(flow.Beginning{By: lin, Channel: "phone", Answers: flow.Answers{"demand": {Text: "return"}, "amount": {Text: "12.5"}, "kinds": {Many: []string{"b"}}}})
	env := s.w.env(t, s.now)
	for name, want := range map[string]expr.Value{
		"start.demand": {Text: "return"}, "card.demand": {Text: "return"}, "start.amount": {Number: expr.Decimal{Coef: 125, Scale: 1}},
		"start.kinds": {Texts: []string{"b"}}, "start.hurt": {Missing: true}, "start.none": {Missing: true}, "s.decision": {Missing: true},
		"case.channel": {Text: "phone"}, "case.kind": {Text: "approval"}, "case.received": {Text: "2026-09-21"}, "case.class": {Missing: true},
		"customer.grade": {Text: "B"}, "customer.none": {Missing: true},
	} {
		if got := flow.Value(def, s.st, &env, name); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %+v, want %+v", name, got, want)
		}
	}
	if got := flow.AnswerTo(def, s.st, &env, "start.kinds").Each(); !slices.Equal(got, []string{"b"}) {
		t.Errorf("%v", got)
	}
}

// Whatever a state or an act is made of, the engine answers with a state or an error.
func FuzzStateAndAct(f *testing.F) {
	def := single(flow.Step{Seats: post("store", "gm"), Need: flow.NeedInOrder, Deadline: &flow.Deadline{Within: flow.Duration{Working: 2}}})
	def.Forms = []flow.Form{{Key: "card", Fields: []flow.Field{{Key: "who", Type: flow.FieldPerson}}}}
	def.Start.Form = "card"
	def.Steps[0].Form = "card"
	def.Deadline = &flow.Deadline{Within: flow.Duration{Days: 7}, Alarms: []flow.Alarm{{Before: true, By: flow.Duration{Days: 1}}}}
	def.Extensions = []flow.Extension{{Key: "x", Add: flow.Duration{Days: 3}, Approve: post("gm")}}
	def.Pauses = []flow.Pause{{Key: "p", AtMost: &flow.Duration{Hours: 5}}}
	def.Recuse = []string{"start.who"}
	env := company().env(f, 1_790_000_000_000_000)
	st, _, err := flow.Begin(def, flow.Beginning{By: lin}, env)
	if err != nil {
		f.Fatal(err)
	}
	paused, _, err := flow.Apply(def, st, flow.Act{Kind: flow.ActPause, By: lin, What: "p", Reason: "r"}, env)
	if err != nil {
		f.Fatal(err)
	}
	asked, _, err := flow.Apply(def, st, flow.Act{Kind: flow.ActExtend, By: lin, What: "x", Reason: "r"}, env)
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []*flow.State{st, paused, asked} {
		for _, kind := range flow.Acts() {
			f.Add([]byte(dump(f, s)), []byte(dump(f, flow.Act{Kind: kind, By: lin, Decision: flow.Agree, Reason: "r", Manage: true, Person: tian, What: "p", To: "s"})))
		}
	}
	f.Fuzz(func(t *testing.T, state, act []byte) {
		var st flow.State
		var a flow.Act
		if json.Unmarshal(state, &st) != nil || json.Unmarshal(act, &a) != nil {
			return
		}
		before := dump(t, &st)
		next, _, err := flow.Apply(def, &st, a, env)
		if dump(t, &st) != before {
			t.Fatal("the state given was changed")
		}
		flow.May(def, &st, a.By, a.For, a.Manage, env)
		if err != nil {
			if _, ok := errs.As(err); !ok {
				t.Fatalf("a foreign error: %v", err)
			}
			return
		}
		if err := flow.Sound(def, next); err != nil {
			t.Fatal(err)
		}
		if _, _, err := flow.Tick(def, next, env); err != nil {
			t.Fatal(err)
		}
	})
}
