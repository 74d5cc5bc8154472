package rule_test

import (
	"strings"
	"testing"

	"kezhi/internal/rule"
)

const segmentBook = `
rulebook: own
version: 1.0.0
title: {zh: 自有, en: Own}
applies_to: in_segment("活跃")
distribution: {to: [head], assumed: true, clause: "1.1"}
roles: {head: {zh: 负责人, en: Head, clause: "1.1"}}
measures:
  orders: {count: order, clause: "1.1"}
grades:
  scheme: own
  labels: [{code: A, title: {zh: 甲, en: A}}, {code: B, title: {zh: 乙, en: B}}]
  table:
    - {code: A, when: {in_segment: 重点, orders: {at_least: 2}}, clause: "1.1", assumed: true}
    - {code: A, when: {not_in_segment: 重点, in_segment: 老客户}, clause: "1.1", assumed: true}
    - {code: B, otherwise: true, clause: "1.1", assumed: true}
  expires: P1Y
`

func segmentFiles(text, cases string) map[string][]byte {
	return map[string][]byte{rule.FileRulebook: []byte(text), rule.FileClauses: []byte(fairClauses), rule.FileCases: []byte(cases)}
}

func TestSegmentsInConditions(t *testing.T) {
	book, problems := rule.Parse(segmentFiles(segmentBook, "[]\n"))
	if rule.HasErrors(problems) {
		t.Fatalf("%+v", problems)
	}
	p, problems := rule.Compile(book, nil)
	if p == nil {
		t.Fatalf("%+v", problems)
	}
	if got := strings.Join(p.Segments(), " "); got != "活跃 老客户 重点" {
		t.Errorf("reads %s", got)
	}
	for _, c := range []struct {
		in    []string
		n     int
		scope bool
		want  string
	}{
		{nil, 2, false, "B"},
		{[]string{"活跃"}, 2, true, "B"},
		{[]string{"活跃", "重点"}, 1, true, "B"},
		{[]string{"活跃", "重点"}, 2, true, "A"},
		{[]string{"活跃", "老客户"}, 0, true, "A"},
		{[]string{"活跃", "老客户", "重点"}, 1, true, "B"},
	} {
		s := rule.Subject{Fields: map[string]any{"in_segment": c.in}}
		if ok, err := p.Applies(s); ok != c.scope || err != nil {
			t.Errorf("%v: in scope %v %v", c.in, ok, err)
		}
		f := p.NewFold(20000)
		for range c.n {
			f.Add(&rule.Fact{Kind: "order", On: 19990})
		}
		samePack(t, p, 20000, s, 0, f.Measures(), nil)
		v, x := p.Explain(s, 0, f.Measures(), nil)
		if v.Code != c.want {
			t.Errorf("%v with %d orders: %s", c.in, c.n, v.Code)
		}
		for _, in := range x.Inputs {
			if name, ok := strings.CutPrefix(in.Measure, "in_segment:"); ok {
				if held := strings.Contains(strings.Join(c.in, " "), name); held != (in.Value == "yes") || in.Unit != "segment" {
					t.Errorf("%v: %+v", c.in, in)
				}
			}
		}
	}
	if text := string(book.DraftCases()); !strings.Contains(text, "重点") || strings.Contains(text, "not drafted") {
		t.Errorf("drafted examples:\n%s", text)
	} else if book, problems = rule.Parse(segmentFiles(segmentBook, text)); rule.HasErrors(problems) {
		t.Errorf("%+v", problems)
	} else if report := rule.Test(book); report.Failed > 0 || len(report.Unreached) > 0 {
		t.Errorf("%+v", report)
	}
}

func TestSegmentsAreChecked(t *testing.T) {
	env := rule.Environment{Segments: map[string][]string{"活跃": {}, "重点": {"elsewhere"}, "老客户": {}}}
	for _, c := range []struct{ name, old, new, code, at, says string }{
		{"sound", "", "", "", "", ""},
		{"unknown in the scope", `in_segment("活跃")`, `in_segment("活越")`, "segment.unknown", `in_segment("活越")`, "活跃"},
		{"unknown in a row", "{in_segment: 重点,", "{in_segment: 中点,", "segment.unknown", "中点, orders", "重点"},
		{"two names", "{in_segment: 重点,", "{in_segment: [重点, 活跃],", "segment.one", "in_segment: [重点", "in_segment"},
		{"an interval", "{in_segment: 重点,", "{in_segment: {above: 1},", "segment.one", "in_segment: {above", "in_segment"},
		{"a circle", "scheme: own", "scheme: elsewhere", "segment.circle", "重点, orders", "elsewhere"},
		{"a name worked out", `in_segment("活跃")`, `in_segment(customer.kind)`, "expr.member", "in_segment(customer.kind)", "name"},
		{"rows that leave a situation open", "{code: B, otherwise: true", "{code: B, when: {not_in_segment: 老客户}", "table.gap", "{code: B, when", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(segmentBook, c.old) {
				t.Fatal("nothing to replace")
			}
			text := strings.Replace(segmentBook, c.old, c.new, 1)
			book, problems := rule.Parse(segmentFiles(text, "[]\n"))
			problems = append(problems, book.Check(env)...)
			if c.code == "" {
				if rule.HasErrors(problems) {
					t.Errorf("%+v", problems)
				}
				return
			}
			f := fixture{code: c.code, at: strings.TrimPrefix(c.at, "{"), says: c.says}
			f.expect(t, problems, rule.FileRulebook, text)
		})
	}
	book, _ := rule.Parse(segmentFiles(segmentBook, "[]\n"))
	anyScheme := rule.Environment{Segments: map[string][]string{"活跃": {rule.AnyScheme}, "重点": {}, "老客户": {}}}
	if !rule.HasErrors(book.Check(anyScheme)) {
		t.Error("a segment by grade of any scheme reads this one too")
	}
}
