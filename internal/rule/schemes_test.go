package rule_test

import (
	"strings"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

// compiled parses and compiles a rulebook written in a test.
func compiled(t *testing.T, text string) (*rule.Book, *rule.Program) {
	t.Helper()
	book, problems := rule.Parse(map[string][]byte{
		rule.FileRulebook: []byte(text), rule.FileClauses: []byte(ownClauses), rule.FileCases: []byte("[]\n"),
	})
	p, more := rule.Compile(book, nil)
	for _, one := range append(problems, more...) {
		if one.Severity == rule.SeverityError {
			t.Fatalf("%s:%d:%d %s %s", one.File, one.Line, one.Column, one.Code, one.Message.En)
		}
	}
	return book, p
}

const ownClauses = "## 1 总则 | General\n<!-- kind: rule -->\n内容。\n\n> Text.\n"

// orders folds orders of one customer, amounts in yuan.
func orders(p *rule.Program, asOf string, amounts ...int64) rule.Measures {
	day, _ := calendar.Parse(asOf)
	f := p.NewFold(day)
	for _, a := range amounts {
		f.Add(&rule.Fact{Kind: "order", Currency: "CNY", On: day.AddDays(-10), Amount: a * 100, HasAmount: true})
	}
	return f.Measures().Clone()
}

const threeSchemes = `
rulebook: own
version: 1.0.0
title: {zh: 自有制度, en: Own rulebook}
currency: CNY
measures:
  sales: {sum: amount, of: order, window: P12M}
  orders: {count: order, window: P12M}
judgements:
  need: {values: {high: {zh: 高, en: high}, low: {zh: 低, en: low}}, missing: refuse}
scorecards:
  worth:
    items: [{measure: orders, points: {bands: [[10, 10], [0, 1]]}}]
grades:
  - scheme: importance
    from: sales
    labels: [{code: core, title: {zh: 核心, en: Core}}, {code: plain, title: {zh: 一般, en: Plain}}]
    bands: [{code: core, at_least: 1000}, {code: plain, otherwise: true}]
  - scheme: value
    from: worth
    labels: [{code: A, title: {zh: A级, en: A}}, {code: B, title: {zh: B级, en: B}}]
    bands: [{code: A, at_least: 10}, {code: B, otherwise: true}]
  - scheme: demand
    labels: [{code: A, title: {zh: 大, en: great}}, {code: B, title: {zh: 小, en: small}}]
    table: [{code: A, when: {need: high}}, {code: B, when: {need: low}}, {code: B, when: {need: undecided}}]
  - scheme: treatment
    labels: [{code: best, title: {zh: 优先, en: First}}, {code: usual, title: {zh: 常规, en: Usual}}]
    table:
      - {code: best, when: {importance: core, value: A, demand: A}}
      - {code: usual, otherwise: true}
    hit: first
duties:
  - {key: call, for: grade == "core", do: call, every: P1M, by: owner}
  - {key: visit, for: grade == "best", scheme: treatment, do: visit, every: P1M, by: owner}
`

func TestParallelSchemesAreJudgedOnTheSameMeasures(t *testing.T) {
	book, p := compiled(t, threeSchemes)
	if got := len(p.Schemes()); got != 4 || len(book.Schemes()) != 4 || book.Scheme().ID != "importance" || p.Scheme().ID != "importance" {
		t.Fatalf("%d schemes, first %s", got, p.Scheme().ID)
	}
	many := []int64{100, 100, 100, 100, 100, 100, 100, 100, 100, 100}
	cases := []struct {
		amounts []int64
		need    string
		want    string // by scheme: code, or the reason in brackets
	}{
		{many, "high", "core A A best"},
		{many, "low", "core A B usual"},
		{[]int64{1000}, "high", "core B A usual"},
		{[]int64{999}, "high", "plain B A usual"},
		{many, "", "core A (judgement_missing) usual"},
	}
	for _, c := range cases {
		m := orders(p, "2026-06-30", c.amounts...)
		s := rule.Subject{Fields: map[string]any{}, Judged: map[string]string{}}
		if c.need != "" {
			s.Judged["need"] = c.need
		}
		var got []string
		for _, scheme := range p.Schemes() {
			own, ok := p.For(scheme.ID)
			if !ok {
				t.Fatalf("no program for %s", scheme.ID)
			}
			v, x := own.Explain(s, 0, m, nil)
			if fast := own.Judge(s, 0, m, nil); fast != v {
				t.Errorf("Judge %+v, Explain %+v", fast, v)
			}
			code := v.Code
			if code == "" {
				code = "(" + v.Reason + ")"
			}
			if scheme.ID == "treatment" && (len(x.Schemes) != 3 || x.Schemes[0].Scheme != "importance" || x.Schemes[1].Code != strings.Trim(got[1], "()")) {
				t.Errorf("the earlier schemes are not explained: %+v", x.Schemes)
			}
			got = append(got, code)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%v %q: got %v, want %s", c.amounts, c.need, got, c.want)
		}
	}
	last, _ := p.For("treatment")
	if d := last.DutiesFor("best"); len(d) != 1 || d[0].Key != "visit" || len(p.DutiesFor("best")) != 0 || len(p.DutiesFor("core")) != 1 {
		t.Errorf("duties of the treatment: %+v", d)
	}
	if all := book.Duties(); len(all) != 2 || all[0].Scheme != "importance" || all[1].Scheme != "treatment" {
		t.Errorf("duties of the book: %+v", all)
	}
	if _, ok := p.For("nothing"); ok {
		t.Error("a scheme that is not there was found")
	}
}

func TestSchemesThatCannotBe(t *testing.T) {
	cases := []struct{ name, old, new, code string }{
		{"reads a later scheme", "table: [{code: A, when: {need: high}}", "table: [{code: A, when: {treatment: best}}, {code: A, when: {need: high}}", "scheme.later"},
		{"reads itself", "when: {importance: core, value: A", "when: {treatment: best, value: A", "scheme.later"},
		{"mixes labels of two schemes", "importance: core, value: A", "importance: A, value: A", "scheme.code"},
		{"same id twice", "scheme: value", "scheme: importance", "scheme.duplicate"},
		{"name of a measure", "scheme: value", "scheme: sales", "scheme.name_taken"},
		{"duty of no scheme", "scheme: treatment, do", "scheme: treatmant, do", "scheme.unknown"},
		{"duty of another scheme's grade", `for: grade == "best", scheme: treatment`, `for: grade == "best", scheme: value`, "grade.unknown"},
		{"gap over schemes", "      - {code: usual, otherwise: true}\n", "", "table.gap"},
		{"scorecard nobody uses", "from: worth", "from: orders", "score.unused"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(threeSchemes, c.old) {
				t.Fatalf("nothing to replace: %s", c.old)
			}
			book, problems := rule.Parse(map[string][]byte{
				rule.FileRulebook: []byte(strings.Replace(threeSchemes, c.old, c.new, 1)),
				rule.FileClauses:  []byte(ownClauses), rule.FileCases: []byte("[]\n"),
			})
			for _, p := range append(problems, book.Check(rule.Environment{})...) {
				if p.Code == c.code && p.Line > 0 && p.Column > 0 && p.Remedy.Zh != "" {
					return
				}
			}
			t.Errorf("want %s", c.code)
		})
	}
}
