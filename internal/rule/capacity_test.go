package rule_test

import (
	"slices"
	"strings"
	"testing"

	"kezhi/internal/rule"
)

const bounded = `rulebook: bounded
version: 1.0.0
title: {zh: 上限, en: Bounded}
roles:
  desk: {zh: 客服, en: Desk}
  boss: {zh: 主管, en: Boss}
facts:
  contract: {title: {zh: 合同, en: Contract}, attrs: {until: {type: text}}}
settings:
  most: {value: 6, type: integer, assumed: true, clause: "1", title: {zh: 每日件数, en: A day}}
measures:
  orders: {count: order, clause: "1"}
grades:
  scheme: size
  clause: "1"
  labels: [{code: A, title: {zh: 大, en: Large}}, {code: B, title: {zh: 小, en: Small}}]
  from: orders
  bands: [{code: A, at_least: 2, assumed: true}, {code: B, otherwise: true}]
duties:
  - {key: visit, for: 'grade in ["A", "B"]', do: visit, every: P1M, by: owner, evidence: visit_report, clause: "1", assumed: true}
  - {key: repair, for: 'grade in ["A", "B"]', do: report, of: order, where: status == "open", within: 2 working days, by: desk, evidence: note, clause: "1", assumed: true}
  - {key: greet, for: grade == "A", do: greeting, on: birthday, before: P3D, by: desk, evidence: note, clause: "1", assumed: true}
  - {key: renew, for: grade == "A", do: call, of: contract.until, before: P30D, by: owner, evidence: call_note, clause: "1", assumed: true}
capacity:
  - {by: owner, for: grade == "A", at_most: 2, clause: "1", assumed: true}
  - {at_most: "{most}", clause: "1"}
`

const boundedClauses = "# 上限 | Bounded\n\n## 1 全部 | All\n<!-- kind: rule -->\n由公司设定。\n\n> The company sets it.\n"

const boundedCases = `- case: {zh: 大客户, en: large}
  as_of: 2026-06-30
  facts:
    - {order: {date: 2026-06-01, status: open}}
    - {order: {date: 2026-06-25, status: open}}
    - {order: {date: 2026-06-29, status: done}}
    - {contract: {date: 2026-01-01, until: 2026-09-15}}
  expect: {grade: A, due_by: {visit: P1M, repair: 2026-06-29, greet: P3D, renew: 2026-08-17}}
- case: {zh: 小客户没有售后, en: nothing to repair}
  as_of: 2026-06-30
  facts: [{order: {date: 2026-06-29, status: done}}]
  expect: {grade: B, due_by: {repair: nothing, greet: not owed}}
`

func boundedBook(t *testing.T, yaml, cases string) (*rule.Book, []rule.Problem) {
	t.Helper()
	b, problems := rule.Parse(map[string][]byte{"rulebook.yaml": []byte(yaml), "clauses.md": []byte(boundedClauses), "cases.yaml": []byte(cases)})
	return b, append(problems, b.Check(rule.Environment{})...)
}

func TestCapacityOfADay(t *testing.T) {
	b, _ := boundedBook(t, bounded, boundedCases)
	p, problems := rule.Compile(b, map[string]string{"most": "9"})
	if p == nil {
		t.Fatal(problems)
	}
	got := map[string]int{}
	for _, grade := range []string{"A", "B"} {
		for _, d := range p.DutiesFor(grade) {
			got[grade+d.Key] = d.AtMost(grade)
		}
	}
	for key, want := range map[string]int{"Avisit": 2, "Arepair": 9, "Agreet": 9, "Arenew": 2, "Bvisit": 9, "Brepair": 9} {
		if got[key] != want {
			t.Errorf("%s: %d, want %d", key, got[key], want)
		}
	}
	if r := rule.Test(b); r.Failed != 0 || r.Passed != 2 {
		t.Errorf("%+v", r.Cases)
	}
	wrong, _ := boundedBook(t, bounded, strings.Replace(boundedCases, "repair: 2026-06-29", "repair: 2026-06-30", 1))
	if r := rule.Test(wrong); r.Failed != 1 || r.Cases[0].Diffs[0].Field != "due_by.repair" || r.Cases[0].Diffs[0].Got != "2026-06-29" {
		t.Errorf("%+v", r.Cases)
	}
}

func TestCapacityFindings(t *testing.T) {
	for _, c := range []struct{ code, old, broken string }{
		{"capacity.number", "at_most: 2", "at_most: 0"},
		{"capacity.number", "value: 6", "value: 501"},
		{"capacity.unused", "by: owner, for: grade", "by: boss, for: grade"},
		{"role.undeclared", "by: owner, for: grade", "by: dsek, for: grade"},
		{"grade.unknown", `grade == "A", at_most`, `grade == "C", at_most`},
		{"assumed.missing", `at_most: 2, clause: "1", assumed: true`, `at_most: 2, clause: "1"`},
		{"clause.unknown", `at_most: 2, clause: "1"`, `at_most: 2, clause: "7"`},
	} {
		if !strings.Contains(bounded, c.old) {
			t.Fatalf("the text has no %q", c.old)
		}
		_, problems := boundedBook(t, strings.Replace(bounded, c.old, c.broken, 1), boundedCases)
		if !slices.ContainsFunc(problems, func(p rule.Problem) bool { return p.Code == c.code && p.Line > 0 }) {
			t.Errorf("%s: %+v", c.code, problems)
		}
	}
}
