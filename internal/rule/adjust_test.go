package rule_test

import (
	"encoding/json"
	"strings"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

const adjusted = `
rulebook: own
version: 1.0.0
title: {zh: 自有制度, en: Own rulebook}
currency: CNY
measures:
  sales: {sum: amount, of: order, window: P12M}
  orders: {count: order, window: P12M}
  idle: {days_since: last, of: order}
judgements:
  class: {values: {core: {zh: 核心, en: core}, potential: {zh: 潜力, en: potential}, plain: {zh: 普通, en: plain}}, missing: plain}
  listed: {values: {"yes": {zh: 是, en: listed}, "no": {zh: 否, en: not listed}}, missing: "no"}
  owing: {values: {"yes": {zh: 是, en: owes}, "no": {zh: 否, en: owes nothing}}, missing: "no"}
  prized: {values: {"yes": {zh: 是, en: prized}, "no": {zh: 否, en: no prize}}, missing: "no"}
  points: {range: [0, 100], missing: refuse}
scorecards:
  total:
    cap: 100
    items: [{judged: points}]
    bonus: [{when: {prized: "yes"}, points: 7, title: {zh: 获奖加分, en: prize}}]
    vetoes:
      - {when: {listed: "yes"}, grade: D, title: {zh: 黑名单, en: blacklisted}}
      - {when: {owing: "yes"}, at_most: C, title: {zh: 欠款, en: in arrears}}
grades:
  - scheme: rank
    labels: [{code: core, title: {zh: 核心, en: Core}}, {code: potential, title: {zh: 潜力, en: Potential}}, {code: plain, title: {zh: 普通, en: Plain}}]
    table: [{code: core, when: {class: core}}, {code: potential, when: {class: potential}}, {code: plain, otherwise: true}]
  - scheme: level
    from: total
    labels:
      - {code: A, title: {zh: A级, en: A}}
      - {code: B, title: {zh: B级, en: B}}
      - {code: C, title: {zh: C级, en: C}}
      - {code: D, title: {zh: D级, en: D}}
      - {code: none, title: {zh: 未达级, en: Ungraded}, graded: false}
    bands: [{code: A, at_least: 80}, {code: B, at_least: 60}, {code: C, at_least: 40}, {code: D, at_least: 20}, {code: none, otherwise: true}]
    limits:
      - {when: {class: core}, allow: [A, B], title: {zh: 核心客户只有A、B级, en: core customers are A or B}, clause: "1"}
      - {when: {class: potential}, allow: [C, D], title: {zh: 潜力客户只有C、D级, en: potential customers are C or D}, clause: "1"}
      - {when: {class: plain}, allow: [A, B, C, D, none]}
    hold: {margin: 5, clause: "1"}
    dormant: {when: {idle: {above: 365}}, code: none, title: {zh: 一年没有业务, en: no business for a year}, clause: "1"}
    triggers: [{on: complaint, where: status == "serious", title: {zh: 严重投诉, en: serious complaint}}]
`

func TestWhatStandsBetweenScoreAndGrade(t *testing.T) {
	book, problems := rule.Parse(map[string][]byte{
		rule.FileRulebook: []byte(strings.Replace(adjusted, "{when: {class: plain}, allow", "{when: {class: plain}, title: {zh: 不限, en: no limit}, allow", 1)),
		rule.FileClauses:  []byte(ownClauses), rule.FileCases: []byte("[]\n"),
	})
	class, more := rule.Compile(book, nil)
	if class == nil {
		t.Fatalf("%+v %+v", problems, more)
	}
	p, _ := class.For("level")
	cases := []struct {
		name, points string
		judged       string // class, then listed, owing, prized where yes
		before       string
		days         int // since the last order
		want         string
		says         string // part of the explanation
	}{
		{"plain bands", "80", "plain", "", 10, "A", `"keep":{"falls_to":"B"`},
		{"one below", "79", "plain", "", 10, "B", `"missing":"1"`},
		{"bonus lifts", "73", "plain prized", "", 10, "A", `"bonuses":[{"title":{"zh":"获奖加分","en":"prize"},"points":"+7"}]`},
		{"a bonus is a way up", "73", "plain", "", 10, "B", `"points":"+7","enough":true`},
		{"the cap ends the bonus", "99", "plain prized", "", 10, "A", `"value":"100","max":"100"`},
		{"a core customer is at least B", "10", "core", "", 10, "B", `"from":"none","to":"B"`},
		{"and cannot fall below", "10", "core", "", 10, "B", `"next":{"code":"A"`},
		{"a potential customer is at most C", "95", "potential", "", 10, "C", `"barred":[{"kind":"limit","title":{"zh":"潜力客户只有C、D级"`},
		{"and then nothing is missing", "95", "potential", "", 10, "C", `"next":{"code":"B","title":{"zh":"B级","en":"B"},"ways":[],"barred"`},
		{"nor below D", "0", "potential", "", 10, "D", `"to":"D"`},
		{"held within the margin", "75", "plain", "A", 10, "A", `"held":{"without":"B"`},
		{"not below the margin", "74", "plain", "A", 10, "B", `"code":"B"`},
		{"no hold on the way up", "78", "plain", "B", 10, "B", `"missing":"2"`},
		{"held only in the grade it had", "56", "plain", "A", 10, "C", `"code":"C"`},
		{"held B", "56", "plain", "B", 10, "B", `"bound":{"zh":"≥ 55","en":"≥ 55"}`},
		{"the margin shows what may be lost", "78", "plain", "A", 10, "A", `"keep":{"falls_to":"B","title":{"zh":"B级","en":"B"},"margin":"3"`},
		{"an unknown previous grade holds nothing", "75", "plain", "Z", 10, "B", `"code":"B"`},
		{"a veto gives the grade", "95", "core listed", "A", 10, "D", `"kind":"veto"`},
		{"a veto bounds the grade", "95", "core owing", "A", 10, "C", `"en":"at most C"`},
		{"a veto that bounds does not lift", "10", "plain owing", "", 10, "none", `"vetoes"`},
		{"on the day it sleeps not yet", "95", "plain", "", 365, "A", `"band":{"zh":"≥ 80","en":"≥ 80"}`},
		{"a dormant customer", "95", "plain", "", 366, "none", `"dormant":{"title":{"zh":"一年没有业务","en":"no business for a year"},"gave":true,"clause":"1"}`},
		{"dormant without a score", "", "plain", "", 366, "none", `"dormant"`},
		{"dormancy forbids the better grade", "95", "plain", "", 366, "none", `"kind":"dormant"`},
		{"a veto stands over dormancy", "95", "plain listed", "", 366, "D", `"dormant":{`},
		{"no score, no grade", "", "core", "A", 10, "(judgement_missing)", `"reason"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			day, _ := calendar.Parse("2026-06-30")
			f := p.NewFold(day)
			f.Add(&rule.Fact{Kind: "order", Currency: "CNY", On: day.AddDays(-c.days), Amount: 100, HasAmount: true})
			words := strings.Fields(c.judged)
			s := rule.Subject{Fields: map[string]any{}, Judged: map[string]string{"class": words[0]}}
			for _, w := range words[1:] {
				s.Judged[w] = "yes"
			}
			if c.points != "" {
				s.Judged["points"] = c.points
			}
			if c.before != "" {
				s.Previous = map[string]rule.PreviousVerdict{"level": {Code: c.before, AsOf: day.AddDays(-365)}}
			}
			v, x := p.Explain(s, 0, f.Measures(), nil)
			if fast := p.Judge(s, 0, f.Measures(), nil); fast != v {
				t.Errorf("Judge %+v, Explain %+v", fast, v)
			}
			got := v.Code
			if got == "" {
				got = "(" + v.Reason + ")"
			}
			text, err := json.Marshal(x)
			if err != nil {
				t.Fatal(err)
			}
			if got != c.want || !strings.Contains(string(text), c.says) {
				t.Errorf("got %s, want %s saying %s\n%s", got, c.want, c.says, text)
			}
			if v.Dormant != (c.days > 365) || v.Held != strings.Contains(string(text), `"held"`) {
				t.Errorf("dormant %v, held %v", v.Dormant, v.Held)
			}
		})
	}
	triggers := p.Triggers()
	if len(triggers) != 1 || !triggers[0].Matches(&rule.Fact{Kind: "complaint", Status: "serious"}) ||
		triggers[0].Matches(&rule.Fact{Kind: "complaint", Status: "minor"}) || triggers[0].Matches(&rule.Fact{Kind: "order", Status: "serious"}) {
		t.Errorf("triggers: %+v", triggers)
	}
	if len(class.Triggers()) != 0 || !triggers[0].Needs.Status || class.Needs().Status {
		t.Error("a trigger belongs to its scheme, and its columns are not read by the folds")
	}
}

func TestFallingBandsAreHeldOnTheUpperSide(t *testing.T) {
	_, p := compiled(t, `
rulebook: own
version: 1.0.0
title: {zh: 自有制度, en: Own rulebook}
measures: {idle: {days_since: last, of: order}}
grades:
  scheme: fresh
  from: idle
  labels: [{code: A, title: {zh: 甲, en: A}}, {code: B, title: {zh: 乙, en: B}}, {code: C, title: {zh: 丙, en: C}}]
  bands: [{code: A, at_most: 30}, {code: B, at_most: 60}, {code: C, above: 60}]
  hold: {margin: 3}
`)
	for days, want := range map[int]string{30: "A 3", 31: "A 2", 33: "A 0", 34: "B 29", 63: "C", 61: "C"} {
		day, _ := calendar.Parse("2026-06-30")
		f := p.NewFold(day)
		f.Add(&rule.Fact{Kind: "order", On: day.AddDays(-days)})
		s := rule.Subject{Previous: map[string]rule.PreviousVerdict{"fresh": {Code: "A", AsOf: calendar.None}}}
		v, x := p.Explain(s, 0, f.Measures(), nil)
		got := v.Code
		if x.Keep != nil {
			got += " " + x.Keep.Margin
		}
		if got != want {
			t.Errorf("%d days: %s, want %s", days, got, want)
		}
	}
}

func TestHitPolicies(t *testing.T) {
	const book = `
rulebook: own
version: 1.0.0
title: {zh: 自有制度, en: Own rulebook}
currency: CNY
measures: {sales: {sum: amount, of: order, window: P12M}, orders: {count: order, window: P12M}}
grades:
  scheme: own
  labels: [{code: A, title: {zh: 甲, en: A}}, {code: B, title: {zh: 乙, en: B}}, {code: C, title: {zh: 丙, en: C}}]
  hit: HIT
  table:
    - {code: B, when: {sales: {at_least: 100}}}
    - {code: A, when: {orders: {at_least: 3}}}
    - {code: C, when: {orders: {at_least: 2, below: 3}}}
    - {code: B, when: {orders: {at_least: 4}}}
    - {code: C, otherwise: true}
`
	cases := []struct {
		hit     string
		amounts []int64
		want    string
		finding string // the check must report it
	}{
		{"first", []int64{50, 50, 50}, "B", ""},
		{"best", []int64{50, 50, 50}, "A", "table.row_never"},
		{"worst", []int64{50, 50}, "C", ""},
		{"worst", []int64{50, 50, 50}, "B", ""},
		{"worst", []int64{1, 1, 1}, "A", ""},
		{"any", []int64{50, 50, 50}, "(conflicting_rows)", "table.disagree"},
		{"any", []int64{1, 1, 1}, "A", ""},
		{"any", []int64{1}, "C", ""},
		{"unique", []int64{1}, "", "table.overlap"},
	}
	for _, c := range cases {
		b, problems := rule.Parse(map[string][]byte{
			rule.FileRulebook: []byte(strings.Replace(book, "HIT", c.hit, 1)), rule.FileClauses: []byte(ownClauses), rule.FileCases: []byte("[]\n"),
		})
		problems = append(problems, b.Check(rule.Environment{})...)
		found := c.finding == ""
		for _, p := range problems {
			found = found || p.Code == c.finding
		}
		if !found {
			t.Errorf("%s: no %s", c.hit, c.finding)
		}
		p, _ := rule.Compile(b, nil)
		if c.want == "" {
			if p != nil {
				t.Errorf("%s: compiled although two rows overlap", c.hit)
			}
			continue
		}
		m := orders(p, "2026-06-30", c.amounts...)
		v, x := p.Explain(rule.Subject{}, 0, m, nil)
		if fast := p.Judge(rule.Subject{}, 0, m, nil); fast != v {
			t.Errorf("Judge %+v, Explain %+v", fast, v)
		}
		got := v.Code
		if got == "" {
			got = "(" + v.Reason + ")"
			if x.Reason == nil || x.Reason.Title.Zh == v.Reason {
				t.Errorf("the reason is not worded: %+v", x.Reason)
			}
		}
		if got != c.want {
			t.Errorf("%s %v: %s, want %s", c.hit, c.amounts, got, c.want)
		}
	}
}

func TestAdjustmentsThatCannotBe(t *testing.T) {
	cases := []struct{ name, old, new, code string }{
		{"limit of an unknown grade", "allow: [A, B], title", "allow: [A, E], title", "grade.unknown"},
		{"limit with a hole", "allow: [A, B], title", "allow: [A, C], title", "limit.holes"},
		{"limit of a class that is not", "when: {class: core}, allow", "when: {class: kore}, allow", "value.one_of"},
		{"limits that contradict", "{when: {class: potential}, allow", "{when: {prized: \"yes\"}, allow", "limit.conflict"},
		{"limit that never bites", "allow: [C, D], title", "allow: [A, B, C, D, none], title", ""},
		{"hold of nothing", "margin: 5", "margin: 0", "hold.margin"},
		{"hold across a band", "margin: 5", "margin: 25", "hold.wide"},
		{"hold on a table", "{code: plain, otherwise: true}]\n  - scheme", "{code: plain, otherwise: true}]\n    hold: {margin: 5}\n  - scheme", "hold.table"},
		{"dormant grade unknown", "code: none, title: {zh: 一年", "code: nil, title: {zh: 一年", "grade.unknown"},
		{"dormant on an unknown measure", "when: {idle:", "when: {idel:", "source.unknown"},
		{"bonus on its own score", "when: {prized: \"yes\"}, points: 7", "when: {total: {above: 50}}, points: 7", "bonus.score"},
		{"bonus of nothing", "points: 7", "points: 0", "bonus.nothing"},
		{"veto at most the best", "at_most: C", "at_most: A", "veto.never"},
		{"veto with two effects", "at_most: C", "at_most: C, points: 3", "veto.effect"},
		{"trigger on an unknown kind", "on: complaint", "on: complaynt", "fact.unknown_kind"},
		{"trigger with a broken condition", `status == "serious"`, `status = "serious"`, "expr.syntax"},
		{"nothing reaches the limit", "", "", "untested.branch"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(adjusted, c.old) {
				t.Fatalf("nothing to replace: %s", c.old)
			}
			text := strings.Replace(adjusted, c.old, c.new, 1)
			book, problems := rule.Parse(map[string][]byte{
				rule.FileRulebook: []byte(text), rule.FileClauses: []byte(ownClauses), rule.FileCases: []byte("[]\n"),
			})
			problems = append(problems, book.Check(rule.Environment{})...)
			found := false
			for _, p := range problems {
				found = found || p.Code == c.code && p.Line > 0 && p.Column > 0 && p.Message.Zh != "" && p.Remedy.En != ""
			}
			if found != (c.code != "") {
				t.Errorf("want %q in %+v", c.code, problems)
			}
		})
	}
}

func TestLimitsThatLeaveAClassOpen(t *testing.T) {
	text := strings.Replace(adjusted, "when: {class: core}, allow", "when: {rank: core}, allow", 1)
	text = strings.Replace(text, "when: {class: potential}, allow", "when: {rank: potential}, allow", 1)
	open := strings.Replace(text, "      - {when: {class: plain}, allow: [A, B, C, D, none]}\n", "", 1)
	closed := strings.Replace(text, "when: {class: plain}", "when: {rank: plain}", 1)
	for name, c := range map[string]struct {
		text string
		want bool
	}{"ordinary customers have no grade": {open, true}, "all classes are spoken of": {closed, false}} {
		book, problems := rule.Parse(map[string][]byte{
			rule.FileRulebook: []byte(c.text), rule.FileClauses: []byte(ownClauses), rule.FileCases: []byte("[]\n"),
		})
		found := false
		for _, p := range append(problems, book.Check(rule.Environment{})...) {
			found = found || p.Code == "limit.open" && strings.Contains(p.Message.En, "plain")
			if p.Code == "limit.never" {
				t.Errorf("%s: %s", name, p.Message.En)
			}
		}
		if found != c.want {
			t.Errorf("%s: %v", name, found)
		}
	}
}
