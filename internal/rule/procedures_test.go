package rule_test

import (
	"slices"
	"strings"
	"testing"

	"kezhi/internal/flow"
	"kezhi/internal/rule"
)

// leave is a small procedure: a request, one or two who decide by amount, an answer.
const leave = `rulebook: our-requests
version: 1.0.0
title: {zh: 申请办法, en: Requests}
currency: CNY
roles:
  supervisor: {zh: 主管, en: Supervisor}
  director: {zh: 总监, en: Director}
settings:
  reply: {value: P2D, assumed: true, clause: "2", title: {zh: 答复时限, en: Time to reply}}
forms:
  request:
    title: {zh: 申请表, en: Request}
    number: "SQ-{year}-{seq:4}"
    clause: "1"
    fields:
      what: {type: choice, options: {gift: {zh: 礼品, en: Gift}, terms: {zh: 条件, en: Terms}}, required: true, clause: "1"}
      amount: {type: money, min: 0, required: true}
      letter: {type: file, many: true, required_when: 'what == "terms" && amount >= 1000'}
      against: {type: person}
  reply:
    title: {zh: 答复, en: Reply}
    layout: letter
    text: {zh: "{customer.name}：{reply.text}（{case.number}）", en: "{customer.name}: {reply.text} ({case.number})"}
    fields:
      text: {type: long_text, max: 500, required: true}
procedures:
  request:
    title: {zh: 申请, en: Request}
    kind: approval
    about: customer
    number: "AP-{year}-{seq:4}"
    clause: "1"
    days: working
    start: {by: owner, channels: [visit, web], form: request, clause: "1"}
    deadline: {within: P10D, days: calendar, clause: "2", alarms: [{before: P2D, tell: supervisor}, {after: P0D, tell: [supervisor, director]}]}
    recuse: [request.against]
    extensions: {hard: {add: P5D, approve: [director], assumed: true}}
    pauses: {asked: {at_most: P3D}}
    classes: {large: {when: start.amount >= 10000, tell: director}, usual: {}}
    first: [{when: 'customer.grade == "A"'}]
    steps:
      look: {do: decide, by: supervisor, near: starter, within: P1D, assumed: true, rejected: refused, next: [{when: start.what == "gift", to: sign}, {to: reply}], clause: "2"}
      sign: {do: decide, authority: limits, skip: start.amount < 100, rejected: refused}
      reply: {do: answer, by: {actor: look}, form: reply, within: "{reply}", clause: "2", next: granted}
    ends:
      granted: {good: true, record: {fact: interaction, attrs: {what: request.what, class: case.class}}}
      refused: {}
    reopen: {by: director, within: P30D, to: look}
authorities:
  limits: {amount: request.amount, rows: [{up_to: 5_000, by: supervisor, assumed: true}, {grades: [A], by: supervisor}, {by: director}], clause: "2"}
`

const leaveClauses = `# 申请办法 | Requests
## 1 申请 | Request
填写申请表。

> Fill the request.

## 2 决定 | Decision
十天内答复。

> Answered within 10 days.
`

func procedures(t *testing.T, yaml string) ([]*flow.Definition, []rule.Problem) {
	t.Helper()
	book, problems := rule.Parse(map[string][]byte{"rulebook.yaml": []byte(yaml), "clauses.md": []byte(leaveClauses), "cases.yaml": []byte("[]\n")})
	if !rule.HasErrors(problems) {
		problems = append(problems, book.Check(rule.Environment{})...)
	}
	return book.Procedures(), slices.DeleteFunc(problems, func(p rule.Problem) bool { return strings.HasPrefix(p.Code, "untested.") })
}

func TestProcedureIsCompiled(t *testing.T) {
	list, problems := procedures(t, leave)
	if len(list) != 1 || len(problems) != 0 {
		t.Fatalf("%d procedures, %+v", len(list), problems)
	}
	d := list[0]
	if d.Key != "request" || d.Deadline.Within != (flow.Duration{Days: 10}) || len(d.Deadline.Alarms) != 2 || d.Deadline.Alarms[0].By.Days != 2 ||
		d.Deadline.Alarms[1].Before || len(d.Deadline.Alarms[1].Tell) != 2 {
		t.Errorf("%+v", d.Deadline)
	}
	if d.Recuse[0] != "start.against" || d.Extensions[0].Add.Working != 5 || d.Pauses[0].AtMost.Working != 3 || d.Reopen.Within.Working != 30 {
		t.Errorf("%+v", d)
	}
	if d.Classes[0].When == nil || d.Classes[0].Tell[0].Post != "director" || d.Classes[1].When != nil || len(d.First) != 1 {
		t.Errorf("%+v %+v", d.Classes, d.First)
	}
	look, sign, reply := d.Steps[0], d.Steps[1], d.Steps[2]
	if look.Seats[0] != (flow.Who{Post: "supervisor", Near: "starter"}) || look.Deadline.Within.Working != 1 || len(look.Next) != 2 || look.Next[0].When == nil || look.Next[1].To != "reply" {
		t.Errorf("%+v", look)
	}
	a := sign.Seats[0].Authority
	if a == nil || a.Amount != "start.amount" || len(a.Rows) != 3 || a.Rows[0].UpTo != "5000" || a.Rows[1].Grades[0] != "A" || sign.Skip == nil || sign.Next[0].To != "reply" {
		t.Errorf("%+v", sign)
	}
	if reply.Seats[0].Actor != "look" || !reply.Deadline.Assumed || reply.Deadline.Within.Working != 2 {
		t.Errorf("%+v", reply)
	}
	if d.Ends[0].Record.Attrs["what"] != "start.what" || !d.Ends[0].Good || d.Ends[1].Good || len(d.Forms) != 2 || d.Forms[0].Fields[2].RequiredWhen == nil || d.Forms[0].Fields[1].Unit != "CNY" {
		t.Errorf("%+v %+v", d.Ends, d.Forms)
	}
}

// A priority speaks of the grades of its own scheme: the definition keeps only those of the scheme its customer.grade means.
func TestPrioritiesOfAnotherSchemeAreNotReadOnTheFirst(t *testing.T) {
	const schemes = `measures:
  sales: {sum: amount, of: order, window: P12M}
grades:
  - scheme: size
    from: sales
    labels: [{code: A, title: {zh: A级, en: A}}, {code: B, title: {zh: B级, en: B}}]
    bands: [{code: A, at_least: 100}, {code: B, otherwise: true}]
  - scheme: worth
    from: sales
    labels: [{code: A, title: {zh: 甲, en: A}}, {code: B, title: {zh: 乙, en: B}}]
    bands: [{code: A, at_least: 50}, {code: B, otherwise: true}]
`
	for line, want := range map[string]int{
		`{of: approval, for: grade == "A", clause: "1"}`:                1 + 1, // beside the one the procedure says itself
		`{of: approval, for: grade == "A", scheme: size, clause: "1"}`:  1 + 1,
		`{of: approval, for: grade == "A", scheme: worth, clause: "1"}`: 1,
		`{of: order, for: grade == "A", clause: "1"}`:                   1,
	} {
		list, problems := procedures(t, leave+schemes+"priorities:\n  - "+line+"\n")
		if rule.HasErrors(problems) || len(list) != 1 || len(list[0].First) != want {
			t.Errorf("%s: %+v %+v", line, list, problems)
		}
	}
}

// A rulebook of procedures alone grades nobody and says so.
func TestRulebookWithoutGrades(t *testing.T) {
	book, _ := rule.Parse(map[string][]byte{"rulebook.yaml": []byte(leave), "clauses.md": []byte(leaveClauses), "cases.yaml": []byte("[]\n")})
	p, problems := rule.Compile(book, nil)
	if p == nil || p.Graded() || book.Graded() || len(p.Schemes()) != 0 || len(book.Schemes()) != 0 || len(book.Scheme().Labels) != 0 {
		t.Fatalf("%+v", problems)
	}
	if v := p.Judge(rule.Subject{}, 0, rule.Measures{}, nil); v.Code != "" || v.Reason != rule.ReasonNoGrades {
		t.Errorf("%+v", v)
	}
	if text := p.ReasonText(rule.ReasonNoGrades); text.Zh == rule.ReasonNoGrades {
		t.Error("the reason has no sentence")
	}
	if _, problems := procedures(t, "rulebook: nothing\nversion: 1.0.0\ntitle: nothing\n"); !slices.ContainsFunc(problems, func(p rule.Problem) bool { return p.Code == "book.nothing" }) {
		t.Errorf("a rulebook that says nothing: %+v", problems)
	}
}

// Each change of one place gives the finding that belongs to it, at its line, in both languages.
func TestProcedureFindings(t *testing.T) {
	for _, c := range []struct{ code, old, broken string }{
		{"role.undeclared", "by: supervisor, near", "by: supervizor, near"},
		{"form.unknown", "form: reply, within", "form: replay, within"},
		{"form.unused", "form: reply, within", "within"},
		{"answer.unknown", "recuse: [request.against]", "recuse: [request.agianst]"},
		{"answer.type", "recuse: [request.against]", "recuse: [request.what]"},
		{"expr.unknown_name", "when: start.amount >= 10000", "when: start.amuont >= 10000"},
		{"expr.type", "when: start.amount >= 10000", "when: start.what >= 10000"},
		{"option.unknown", `start.what == "gift"`, `start.what == "gifts"`},
		{"option.unknown", `what == "terms" &&`, `what == "term" &&`},
		{"step.unknown", "rejected: refused, next", "rejected: refuse, next"},
		{"step.unknown", "{actor: look}", "{actor: looks}"},
		{"step.no_next", ", next: granted}", "}"},
		{"entry.staff_public", `required: true, clause: "1"}`, `required: true, staff: true, clause: "1"}`},
		{"entry.staff_public", `required_when: 'what == "terms" && amount >= 1000'`, `staff: true, required_when: 'what == "terms" && amount >= 1000'`},
		{"register.no_form", `channels: [visit, web], form: request, clause: "1"}`, "channels: [visit, web]}\n    register: {}"},
		{"answer.type", "recuse: [request.against]", "register: {left: start.what}"},
		{"answer.unknown", "recuse: [request.against]", "register: {left: look.at}"},
		{"step.no_do", "do: decide, by: supervisor", "by: supervisor"},
		{"step.nobody", "by: {actor: look}, ", ""},
		{"step.never_rejected", "do: answer, by", "do: answer, rejected: refused, by"},
		{"value.one_of", "do: answer", "do: anser"},
		{"value.one_of", "type: person", "type: parson"},
		{"period.days_or_hours", "within: P10D", "within: P1M"},
		{"period.days_or_hours", "at_most: P3D", "at_most: P0D"},
		{"days.unstated", "    days: working\n", ""},
		{"branch.no_last", ", {to: reply}]", "]"},
		{"branch.hidden", `when: start.what == "gift", to: sign`, "to: sign"},
		{"class.last", "usual: {}", "usual: {when: start.amount < 1}"},
		{"class.no_condition", "{when: start.amount >= 10000, tell: director}", "{tell: director}"},
		{"alarm.one_time", "{before: P2D, tell", "{tell"},
		{"deadline.no_time", "deadline: {within: P10D, ", "deadline: {"},
		{"answer.type", "deadline: {within: P10D, ", "deadline: {on: start.amount, "},
		{"alarm.too_early", "before: P2D", "before: P10D"},
		{"authority.order", "{grades: [A], by", "{up_to: 400, by: supervisor}, {grades: [A], by"},
		{"authority.no_last", ", {by: director}]", "]"},
		{"authority.unknown", "authority: limits", "authority: limit"},
		{"authority.unused", "authority: limits", "by: director"},
		{"authority.decides", "do: decide, authority", "do: answer, authority"},
		{"assumed.missing", "by: supervisor, assumed: true}", "by: supervisor}"},
		{"entry.no_options", "options: {gift: {zh: 礼品, en: Gift}, terms: {zh: 条件, en: Terms}}, ", ""},
		{"entry.bound", "min: 0", "min: none"},
		{"entry.no_currency", "currency: CNY\n", ""},
		{"entry.meaningless", "type: long_text, max: 500", "type: long_text, many: true"},
		{"number.pattern", `"AP-{year}-{seq:4}"`, `"AP-{year}"`},
		{"number.part", `"AP-{year}-{seq:4}"`, `"AP-{day}-{seq:4}"`},
		{"number.month", `"AP-{year}-{seq:4}"`, `"AP-{month}-{seq:4}"`},
		{"step.end_same", "refused: {}", "look: {}"},
		{"step.reserved", "look: {do", "start: {do"},
		{"fact.unknown_kind", "fact: interaction", "fact: interction"},
		{"actor.one_way", "{actor: look}", "{actor: look, post: director}"},
		{"actor.each_near", "{actor: look}", "{post: director, each: true}"},
		{"clause.unknown", `clause: "2", alarms`, `clause: "9", alarms`},
		{"start.channel", "[visit, web]", "[visit, visit]"},
		{"yaml.missing_key", "    kind: approval\n", ""},
		{"extension.no_deadline", "    deadline: {within: P10D, days: calendar, clause: \"2\", alarms: [{before: P2D, tell: supervisor}, {after: P0D, tell: [supervisor, director]}]}\n", ""},
		{"form.letter_text", "    text: {zh: \"{customer.name}：{reply.text}（{case.number}）\", en: \"{customer.name}: {reply.text} ({case.number})\"}\n", ""},
		{"answer.unknown", "{customer.name}：{reply.text}", "{customer.name}：{reply.txet}"},
	} {
		if !strings.Contains(leave, c.old) {
			t.Fatalf("the text has no %q", c.old)
		}
		_, problems := procedures(t, strings.Replace(leave, c.old, c.broken, 1))
		i := slices.IndexFunc(problems, func(p rule.Problem) bool { return p.Code == c.code })
		if i < 0 {
			t.Errorf("%q gives no %s but %+v", c.broken, c.code, problems)
			continue
		}
		p := problems[i]
		if p.Line < 1 || p.Column < 1 || p.Message.Zh == "" || p.Message.En == "" || p.Remedy.Zh == "" || p.Remedy.En == "" || strings.Contains(p.Message.En+p.Remedy.En, "{1}") {
			t.Errorf("%s is not complete: %+v", c.code, p)
		}
	}
}

// Whatever the check of the graph can find has a sentence here, as grave as it says.
func TestEveryFindingOfTheGraphIsWorded(t *testing.T) {
	for _, code := range flow.Codes() {
		if !rule.Worded(code) {
			t.Errorf("%s has no sentence", code)
		}
	}
	for _, c := range []struct{ code, old, broken string }{
		{"flow.unreachable", "{to: reply}]", "{to: refused}]"},
		{"flow.no_rejected", "start.amount < 100, rejected: refused", "start.amount < 100"},
		{"flow.end_unreachable", "refused: {}", "refused: {}\n      lost: {}"},
		{"flow.deadline_steps", "within: P1D, assumed", "within: P20D, assumed"},
		{"flow.no_good_end", "good: true, ", ""},
	} {
		broken := strings.Replace(leave, c.old, c.broken, 1)
		if c.code == "flow.unreachable" {
			broken = strings.Replace(broken, "rejected: refused}\n      reply", "rejected: refused, next: granted}\n      reply", 1)
		}
		_, problems := procedures(t, broken)
		i := slices.IndexFunc(problems, func(p rule.Problem) bool { return p.Code == c.code })
		if i < 0 || problems[i].Line < 10 || strings.Contains(problems[i].Message.Zh, "{") {
			t.Errorf("%s: %+v", c.code, problems)
		}
	}
}

// The leaving of a register is noted in one stroke: in a fill step whose form compels nothing but the time.
func TestTheRegisterOfAProcedure(t *testing.T) {
	const visits = `rulebook: visitors
version: 1.0.0
title: {zh: 来访办法, en: Visitors}
roles:
  reception: {zh: 前台, en: Reception}
forms:
  visit: {title: {zh: 来访登记表, en: Visit}, clause: "1", fields: {who: {type: text, required: true}, since: {type: time}}}
  departure: {title: {zh: 离开, en: Departure}, clause: "1", fields: {at: {type: time, required: true}, note: {type: text}}}
procedures:
  visitor:
    title: {zh: 来访, en: Visitor}
    kind: visitor
    number: "LF-{year}-{seq:4}"
    clause: "1"
    register: {left: leave.at, clause: "2"}
    start: {by: reception, form: visit, clause: "1"}
    steps:
      leave: {do: fill, by: reception, form: departure, clause: "2", next: gone}
    ends:
      gone: {good: true}
`
	list, problems := procedures(t, visits)
	if len(list) != 1 || rule.HasErrors(problems) || list[0].Register == nil || list[0].Register.Left != "leave.at" || list[0].Register.Clause != "2" {
		t.Fatalf("%+v %+v", list, problems)
	}
	for old, broken := range map[string]string{
		"register: {left: leave.at":              "register: {left: start.since", // not a step
		"note: {type: text}":                     "note: {type: text, required: true}",
		"leave: {do: fill, by: reception, form:": "leave: {do: decide, rejected: gone, by: reception, form:",
	} {
		_, problems := procedures(t, strings.Replace(visits, old, broken, 1))
		if !slices.ContainsFunc(problems, func(p rule.Problem) bool { return p.Code == "register.left" && p.Line == 15 }) {
			t.Errorf("%s: %+v", broken, problems)
		}
	}
	if _, problems := procedures(t, strings.Replace(visits, "{left: leave.at, clause: \"2\"}", "{}", 1)); rule.HasErrors(problems) {
		t.Errorf("a register without leaving: %+v", problems)
	}
}
