package rule_test

import (
	"strings"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

const documented = `
rulebook: own
version: 1.0.0
title: {zh: 自有制度, en: Own rulebook}
currency: CNY
issued: {number: 营〔2026〕3号, on: 2026-03-01, clause: "1"}
adopted_by: director
distribution: {to: [director, clerk], within: P7D, assumed: true}
cites:
  - {title: {zh: 档案办法, en: Archive rule}, number: 营〔2020〕1号, valid_from: 2020-01-01, valid_to: 2025-12-31}
  - {title: {zh: 保密办法, en: Secrecy rule}, valid_from: 2021-01-01}
roles:
  director: {zh: 总监, en: Director}
  clerk: {zh: 内勤, en: Clerk}
settings:
  goal: {value: 95%, assumed: true}
measures:
  sales: {sum: amount, of: order, window: P12M}
grades:
  scheme: own
  from: sales
  labels: [{code: A, title: {zh: 甲, en: A}}, {code: B, title: {zh: 乙, en: B}}]
  bands: [{code: A, at_least: 1000}, {code: B, otherwise: true}]
duties:
  - {key: call, for: grade == "A", do: call, every: P1M, by: owner}
indicators:
  - {key: rated, title: {zh: 评定覆盖率, en: Rated}, of: coverage, target: 100%}
  - {key: calls, title: {zh: 电话完成率, en: Calls kept}, of: kept, duty: call, target: "{goal}"}
  - {key: a_sales, title: {zh: A级销售额, en: Sales of A}, of: total, measure: sales, grade: A}
  - {key: a_count, title: {zh: A级户数, en: A customers}, of: count, grade: A, target: 20}
reports:
  - {key: monthly, title: {zh: 月报, en: Monthly report}, every: month, due_day: 10, by: clerk, to: director, content: [grades, rated, calls]}
`

func TestRegulationAsADocument(t *testing.T) {
	book, p := compiled(t, documented)
	if issued, ok := book.Issued(); !ok || issued.Number != "营〔2026〕3号" || issued.On != "2026-03-01" || issued.Clause != "1" {
		t.Errorf("issued: %+v", issued)
	}
	if d, ok := book.Distribution(); !ok || len(d.To) != 2 || d.WithinText != "P7D" || !d.Assumed || book.AdoptedBy() != "director" {
		t.Errorf("distribution: %+v", d)
	}
	if cites := book.Cites(); len(cites) != 2 || cites[0].ValidTo != "2025-12-31" || cites[1].ValidTo != "" {
		t.Errorf("cites: %+v", cites)
	}
	in := book.Indicators()
	if len(in) != 4 || in[0].Unit != "%" || in[1].Target != "95%" || !in[1].Assumed || in[2].Unit != "CNY" || in[2].Scheme != "own" || in[3].Unit != "count" {
		t.Errorf("indicators: %+v", in)
	}
	if r := book.Reports(); len(r) != 1 || r[0].DueDay != 10 || r[0].Every.Months != 1 || r[0].By != "clerk" || len(r[0].Content) != 3 {
		t.Errorf("reports: %+v", r)
	}
	own, problems := rule.Compile(book, map[string]string{"goal": "80%"})
	if own == nil || own.Indicators()[1].Target != "80%" || own.Indicators()[1].Assumed || p.Indicators()[1].Target != "95%" {
		t.Errorf("a target that is a setting: %+v", problems)
	}
	if c := book.Clauses()[0]; strings.Join(c.Implements, " ") != "issued" {
		t.Errorf("the clause is carried out by %v", c.Implements)
	}
}

func TestRegulationDataThatCannotBe(t *testing.T) {
	late, _ := calendar.Parse("2020-06-01")
	cases := []struct {
		name, old, new, code, at string
		env                      rule.Environment
	}{
		{name: "a cited rule is no longer valid", code: "cites.expired", at: "2025-12-31"},
		{name: "a cited rule is not valid yet", code: "cites.early", at: "2021-01-01", env: rule.Environment{EffectiveOn: late}},
		{name: "a cited rule that ends before it begins", old: "valid_to: 2025-12-31", new: "valid_to: 2019-12-31", code: "window.order", at: "2019-12-31"},
		{name: "31 September as the end of a cited rule", old: "valid_to: 2025-12-31", new: "valid_to: 2025-09-31", code: "date.impossible", at: "2025-09-31"},
		{name: "31 September as the day of issue", old: "on: 2026-03-01", new: "on: 2026-09-31", code: "date.impossible", at: "2026-09-31"},
		{name: "adopted by nobody known", old: "adopted_by: director", new: "adopted_by: directer", code: "role.undeclared", at: "directer"},
		{name: "distributed to nobody known", old: "to: [director, clerk]", new: "to: [director, clark]", code: "role.undeclared", at: "clark"},
		{name: "distribution without a period", old: "within: P7D", new: "within: 7 days", code: "period.wrong", at: "7 days"},
		{name: "same key twice", old: "key: calls", new: "key: rated", code: "indicator.duplicate", at: "rated, title: {zh: 电话"},
		{name: "unknown kind", old: "of: coverage", new: "of: covrage", code: "value.one_of", at: "covrage"},
		{name: "unknown measure", old: "measure: sales, grade", new: "measure: salse, grade", code: "measure.unknown", at: "salse"},
		{name: "total of nothing", old: "measure: sales, grade", new: "grade", code: "indicator.needs", at: "key: a_sales"},
		{name: "unknown duty", old: "duty: call,", new: "duty: visit,", code: "duty.unknown", at: "visit,"},
		{name: "a duty where none counts", old: "of: coverage,", new: "of: coverage, duty: call,", code: "indicator.meaningless", at: "call, target"},
		{name: "unknown grade", old: "of: count, grade: A", new: "of: count, grade: C", code: "grade.unknown", at: "C, target"},
		{name: "unknown scheme", old: "of: count,", new: "of: count, scheme: owm,", code: "scheme.unknown", at: "owm"},
		{name: "more than everybody", old: "target: 100%", new: "target: 110%", code: "indicator.target", at: "110%"},
		{name: "target that is no number", old: "target: 100%", new: "target: most", code: "band.not_number", at: "most"},
		{name: "the 32nd", old: "due_day: 10", new: "due_day: 32", code: "report.due_day", at: "32"},
		{name: "the 31st", old: "due_day: 10", new: "due_day: 31", code: "report.due_day_short", at: "31, by"},
		{name: "due day of a period in days", old: "every: month", new: "every: P10D", code: "report.due_day_period", at: "10, by"},
		{name: "reported by nobody known", old: "by: clerk", new: "by: clark", code: "role.undeclared", at: "clark"},
		{name: "content that is not there", old: "content: [grades, rated", new: "content: [grades, rate", code: "report.content", at: "rate, calls"},
		{name: "complaint statistics of a quarter", old: "every: month, due_day: 10, by: clerk, to: director, content: [grades", new: "every: quarter, due_day: 10, by: clerk, to: director, content: [complaints, grades", code: "report.complaints", at: "quarter"},
		{name: "complaints that come again within years", old: "content: [grades", new: "repeat: P2Y, content: [complaints, grades", code: "report.repeat", at: "P2Y"},
		{name: "nothing that could come again", old: "content: [grades", new: "repeat: P90D, content: [grades", code: "report.repeat_idle", at: "P90D"},
		{name: "clause that is not there", old: `clause: "1"}`, new: `clause: "9"}`, code: "clause.unknown", at: `"9"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := documented
			if c.old != "" {
				if !strings.Contains(text, c.old) {
					t.Fatalf("nothing to replace: %s", c.old)
				}
				text = strings.Replace(text, c.old, c.new, 1)
			}
			book, problems := rule.Parse(map[string][]byte{
				rule.FileRulebook: []byte(text), rule.FileClauses: []byte(ownClauses), rule.FileCases: []byte("[]\n"),
			})
			f := fixture{code: c.code, at: c.at}
			f.expect(t, append(problems, book.Check(c.env)...), rule.FileRulebook, text)
		})
	}
}
