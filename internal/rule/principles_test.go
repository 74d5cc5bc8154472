package rule_test

import (
	"strings"
	"testing"

	"kezhi/internal/rule"
)

// fairBook keeps every principle; each case takes one away, or goes up to its line.
const fairBook = `
rulebook: fair
version: 1.0.0
title: {zh: 公平, en: Fair}
currency: CNY
distribution: {to: [head], assumed: true, clause: "1.1"}
roles:
  head: {zh: 负责人, en: Head, clause: "1.1"}
measures:
  sales: {sum: amount, of: order, window: P12M, clause: "1.1"}
  orders: {count: order, window: P12M, clause: "1.1"}
  idle: {days_since: last, of: order, missing: 400, clause: "1.1"}
judgements:
  trust: {range: [0, 50], by: head, missing: undecided, clause: "1.1"}
scorecards:
  total:
    clause: "1.1"
    assumed: true
    items:
      - {measure: sales, points: {bands: [[100, 30], {otherwise: true, points: 0}]}, missing: worst}
      - {measure: idle, points: {bands: [[365, 0], [0, 20]]}}
      - {judged: trust, missing: neutral}
requires:
  - {measure: orders, at_least: 1, reason: no_orders, title: {zh: 没有订单, en: no orders}, clause: "1.1"}
grades:
  scheme: fair
  labels: [{code: A, title: {zh: 甲, en: A}}, {code: B, title: {zh: 乙, en: B}}]
  from: total
  bands: [{code: A, at_least: 60, assumed: true, clause: "1.1"}, {code: B, otherwise: true, clause: "1.1"}]
  expires: P1Y
`

const fairClauses = "# 公平 | Fair\n\n## 1.1 分级 | Grades\n<!-- kind: rule -->\n客户分为甲乙两级。\n\n> Customers are graded A or B.\n"

func principles(t *testing.T, text string) []rule.Problem {
	t.Helper()
	book, problems := rule.Parse(map[string][]byte{
		rule.FileRulebook: []byte(text), rule.FileClauses: []byte(fairClauses), rule.FileCases: []byte("[]\n"),
	})
	problems = append(problems, book.Check(rule.Environment{})...)
	var out []rule.Problem
	for _, p := range problems {
		if p.Severity == rule.SeverityError {
			t.Fatalf("%d:%d %s %s", p.Line, p.Column, p.Code, p.Message.En)
		}
		if strings.HasPrefix(p.Code, "principle.") {
			out = append(out, p)
		}
	}
	return out
}

func TestPrinciples(t *testing.T) {
	cases := []struct {
		name     string
		old, new string
		code, at string // none: no finding
		says     string
	}{
		{"exactly half is judged", "", "", "", "", ""},
		{"a hundredth of a point more than half is judged", "range: [0, 50]", "range: [0, 50.01]", "principle.free_hand", "total:", "of the 100.01 points of the scorecard total, 50.01"},
		{"a base everybody gets is nobody's opinion", "range: [0, 50]", "range: [20, 70]", "", "", ""},
		{"deductions count as much as points", "range: [0, 50]", "range: [-60, 0]", "principle.free_hand", "total:", "60"},
		{"a weight makes a judgement heavier", "{judged: trust, missing: neutral}", "{judged: trust, missing: neutral, weight: 1.1}", "principle.free_hand", "total:", "55"},
		{"a weight makes it lighter", "{judged: trust, missing: neutral}", "{judged: trust, missing: neutral, weight: 0.9}", "", "", ""},
		{"one line", "      - {measure: idle, points: {bands: [[365, 0], [0, 20]]}}\n      - {judged: trust, missing: neutral}\n", "", "principle.one_item", "measure: sales, points", "sales"},
		{"two lines", "      - {measure: idle, points: {bands: [[365, 0], [0, 20]]}}\n      - {judged: trust, missing: neutral}\n", "      - {measure: idle, points: {bands: [[365, 0], [0, 20]]}}\n", "", "", ""},
		{"nothing moves", "  expires: P1Y\n", "", "principle.static", "scheme: fair", "review"},
		{"a review moves", "  expires: P1Y\n", "review: {every: year, assumed: true, clause: \"1.1\"}\n", "", "", ""},
		{"a trigger moves", "  expires: P1Y\n", "  triggers: [{on: complaint, assumed: true, clause: \"1.1\"}]\n", "", "", ""},
		{"a margin moves", "  expires: P1Y\n", "  hold: {margin: 5, assumed: true, clause: \"1.1\"}\n", "", "", ""},
		{"dormancy moves", "  expires: P1Y\n", "  dormant: {when: {idle: {above: 365}}, assumed: true, clause: \"1.1\"}\n", "", "", ""},
		{"told to nobody", "distribution: {to: [head], assumed: true, clause: \"1.1\"}\n", "", "principle.closed", "fair\n", "distribution"},
		{"a measure may lack data", "of: order, missing: 400, clause", "of: order, clause", "principle.missing", "measure: idle", "idle"},
		{"a measure says what then", "of: order, missing: 400, clause", "of: order, missing: refuse, clause", "", "", ""},
		{"a sum lacks nothing", "points: 0}]}, missing: worst}", "points: 0}]}}", "", "", ""},
		{"a judgement nobody made", "missing: undecided, ", "", "", "", ""},
		{"a judgement without a word on either side", "{judged: trust, missing: neutral}", "{judged: trust}", "", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(fairBook, c.old) {
				t.Fatalf("nothing to replace: %s", c.old)
			}
			text := strings.Replace(fairBook, c.old, c.new, 1)
			found := principles(t, text)
			if c.code == "" {
				if len(found) != 0 {
					t.Errorf("%+v", found)
				}
				return
			}
			f := fixture{code: c.code, at: c.at, says: c.says}
			f.expect(t, found, rule.FileRulebook, text)
			if len(found) != 1 {
				t.Errorf("%d findings", len(found))
			}
		})
	}
}

// A table reads what it compares directly: there is no line on which a treatment could be written.
func TestPrinciplesOfTables(t *testing.T) {
	table := strings.NewReplacer(
		"  from: total\n  bands: [{code: A, at_least: 60, assumed: true, clause: \"1.1\"}, {code: B, otherwise: true, clause: \"1.1\"}]\n",
		"  table: [{code: A, when: {idle: {below: 30}, rate: {above: 2}, trust: [\"yes\"], customer.region: east}, assumed: true, clause: \"1.1\"}, {code: B, otherwise: true, clause: \"1.1\"}]\n",
		"requires:\n", "rest: []\n", "range: [0, 50]", "values: {\"yes\": 是, \"no\": 否}",
		"  idle:", "  rate: {ratio: [sales, orders], clause: \"1.1\"}\n  idle:",
	)
	text := table.Replace(fairBook)
	cut := strings.Index(text, "scorecards:")
	text = text[:cut] + text[strings.Index(text, "grades:"):]
	found := principles(t, text)
	if len(found) != 1 || found[0].Code != "principle.missing" || !strings.Contains(found[0].Message.En, "rate") {
		t.Errorf("a ratio has no value without a divisor: %+v", found)
	}
	if found := principles(t, strings.Replace(text, "[sales, orders], clause", "[sales, orders], missing: 0, clause", 1)); len(found) != 0 {
		t.Errorf("%+v", found)
	}
	found = principles(t, strings.Replace(strings.Replace(text, "missing: undecided, ", "", 1), "[sales, orders], clause", "[sales, orders], missing: 0, clause", 1))
	if len(found) != 1 || !strings.Contains(found[0].Message.En, "trust") {
		t.Errorf("a judgement in a table: %+v", found)
	}
}
