package rule_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/rule"
)

// times repeats a text; # becomes the number of the copy.
func times(n int, text string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(text, "#", fmt.Sprint(i)))
	}
	return b.String()
}

const hostileHead = "rulebook: h\nversion: 1.0.0\ntitle: h\ncurrency: CNY\n"

const hostileGrades = "grades:\n  scheme: s\n  labels: [{code: A, title: A}, {code: B, title: B}]\n  from: n\n  bands: [{code: A, at_least: 1}, {code: B, otherwise: true}]\n"

const hostileMeasures = "measures:\n  n: {count: order}\n  s: {sum: amount, of: order}\n"

// card makes a rulebook with one scorecard.
func hostileCard(items string) string {
	return hostileHead + hostileMeasures + "scorecards:\n  card:\n    items:\n" + items +
		"grades:\n  scheme: s\n  labels: [{code: A, title: A}, {code: B, title: B}]\n  from: card\n  bands: [{code: A, at_least: 1}, {code: B, otherwise: true}]\n"
}

// TestHostileRulebooksAreBounded gives each an error with a place, within bounds of time and memory.
func TestHostileRulebooksAreBounded(t *testing.T) {
	plain := hostileHead + hostileMeasures + hostileGrades
	for _, c := range []struct{ name, book, cases, code string }{
		{"100,000 bands", hostileCard("      - measure: n\n        points: {bands: [\n" + times(40_000, "[#,1],\n") + "]}\n"), "", "file.too_many_lines"},
		{"100,000 grade bands", hostileHead + hostileMeasures + "grades:\n  scheme: s\n  labels: [{code: A, title: A}]\n  from: n\n  bands:\n" + times(17_000, "  - {code: A, above: -#}\n"), "", "file.too_many_lines"},
		{"many bands", hostileCard("      - measure: n\n        points: {bands: [\n" + times(9_000, "[#,1],\n") + "]}\n"), "", "yaml.too_many"},
		{"many keys", plain + "judgements:\n  j:\n    values:\n" + times(5_000, "      v#: x\n"), "", "yaml.too_many"},
		{"many rows", hostileHead + hostileMeasures + "grades:\n  scheme: s\n  labels: [{code: A, title: A}]\n  hit: unique\n  table:\n" + times(9_000, "  - {code: A, when: {n: #, s: #}}\n"), "", "yaml.too_many"},
		{"many labels", hostileHead + hostileMeasures + "grades:\n  scheme: s\n  from: n\n  bands: [{code: A0, otherwise: true}]\n  labels:\n" + times(15_000, "  - {code: A#, title: A}\n"), "", "file.too_many_lines"},
		{"many measures", hostileHead + "measures:\n" + times(400, "  m#: {count: order}\n") + hostileGrades, "", "measure.too_many"},
		{"many items", hostileCard(times(400, "      - {measure: n, name: i#, points: {bands: [[0, 1]]}}\n")), "", "score.too_many"},
		{"many settings", hostileHead + "settings:\n" + times(20_000, "  s#: {value: 1}\n") + hostileMeasures + hostileGrades, "", "file.too_many_lines"},
		{"many unknown settings", hostileHead + "settings:\n" + times(200, "  setting_number_#: {value: \"1\"}\n") + hostileMeasures + hostileGrades + "duties:\n" + times(200, "  - {for: grade == \"A\", do: v#, by: owner, every: \"{settnig_#}\"}\n"), "", "setting.undeclared"},
		{"many duties", plain + "duties:\n" + times(6_000, "  - {for: grade == \"A\", do: v#, by: owner, every: P1M, key: k#}\n"), "", "yaml.too_many"},
		{"many judgements", plain + "judgements:\n" + times(4_000, "  j#: {values: {a: x, b: x}}\n"), "", "yaml.too_many"},
		{"many values", plain + "judgements:\n  j:\n    values:\n" + times(30_000, "      v#: x\n"), "", "file.too_many_lines"},
		{"many requirements", plain + "requires:\n" + times(8_000, "  - {measure: n, at_least: #, reason: r#, title: x}\n"), "", "yaml.too_many"},
		{"many rates", strings.Replace(plain, "measures:", "rates:\n"+times(6_000, "  - {currency: USD, from: 2025-01-01, rate: #}\n")+"measures:", 1), "", "yaml.too_many"},
		{"long sum", hostileHead + "measures:\n  n: {count: order}\n  a: {sum_of: [" + strings.TrimSuffix(times(3_000, "n, "), ", ") + "]}\n" + hostileGrades, "", "yaml.too_many"},
		{"sums of sums of sums", hostileHead + "measures:\n  n: {count: order, window: P12M}\n  m0: {sum_of: [n, n]}\n" + doubling(60) + "  g: {growth: m59}\n" + hostileGrades, "", "measure.unused"},
		{"a circle of 60", hostileHead + "measures:\n  n: {count: order}\n  m0: {sum_of: [m59, n]}\n" + doubling(60) + hostileGrades, "", "measure.cycle"},
		{"huge exponent", hostileCard("      - {measure: s, points: {bands: [[1e999999999, 1], {otherwise: true, points: 0}]}}\n"), "", "band.not_number"},
		{"many digits", hostileCard("      - {measure: s, points: {bands: [[" + strings.Repeat("9", 10_000) + ", 1], {otherwise: true, points: 0}]}}\n"), "", "band.not_number"},
		{"NaN", hostileCard("      - {measure: s, points: {bands: [[.nan, 1], {otherwise: true, points: 0}]}}\n"), "", "band.not_number"},
		{"infinity", hostileCard("      - {measure: s, points: {bands: [[.inf, 1], {otherwise: true, points: 0}]}}\n"), "", "band.not_number"},
		{"points that are not a number", hostileCard("      - {measure: s, points: {bands: [[0, NaN], {otherwise: true, points: -Infinity}]}}\n"), "", "points.not_number"},
		{"weight without end", hostileCard("      - {measure: n, weight: 999999999, points: {bands: [[1, 999999999], [0, 0]]}}\n"), "", "points.too_large"},
		{"judged points times weight", hostileCard("      - {judged: j, by: owner, range: [0, 999999999], weight: 999999999}\n"), "", "points.too_large"},
		{"points for what is missing", hostileCard("      - {measure: n, missing: 999999999999, points: {bands: [[0, 0]]}}\n"), "", "score.missing"},
		{"rate without end", strings.Replace(plain, "measures:", "rates: [{currency: USD, from: 2025-01-01, rate: 99999999999}]\nmeasures:", 1), "", "rate.value"},
		{"long period", hostileHead + "measures:\n  n: {count: order, window: P999999999999999999999Y}\n" + hostileGrades, "", "window.period"},
		{"regex", hostileHead + "measures:\n  n: {count: order, where: 'status.matches(\"(a+)+$\")'}\n" + hostileGrades, "", "expr.not_allowed"},
		{"nested loops over tags", "applies_to: 'customer.tags.all(a, customer.tags.all(b, customer.tags.all(c, customer.tags.all(d, a == b || c == d))))'\n" + plain, "", ""},
		{"long condition", hostileHead + "measures:\n  n: {count: order, where: '" + strings.TrimSuffix(strings.Repeat(`status == "a" || `, 300), " || ") + "'}\n" + hostileGrades, "", "expr.too_long"},
		{"deep condition", hostileHead + "measures:\n  n: {count: order, where: '" + strings.Repeat("(", 1_000) + "true" + strings.Repeat(")", 1_000) + "'}\n" + hostileGrades, "", "expr.too_deep"},
		{"many cases", plain, times(2_500, "- {case: c#, as_of: 2025-01-01, expect: {grade: A}}\n"), "yaml.too_many"},
		{"a settings for every case", strings.Replace(plain, "measures:\n", "settings: {x: {value: 1}}\nmeasures:\n  e: {count: order, missing: \"{x}\"}\n", 1), times(900, "- {case: c#, as_of: 2025-01-01, settings: {x: #}, expect: {grade: A}}\n"), "case.failed"},
		{"many bands and cases", hostileCard(times(48, "      - {measure: n, name: i#, points: {bands: ["+steps(300)+"]}}\n")), times(100, "- {case: c#, as_of: 2025-01-01, measures: {n: #}, expect: {grade: A}}\n"), ""},
		{"figures of a long clause", hostileCard(times(48, "      - {measure: n, name: i#, clause: \"1\", points: {bands: ["+steps(490)+"]}}\n")), "", "assumed.missing"},
		{"many rows and schemes", hostileHead + hostileMeasures + "grades:\n" + times(4, "  - scheme: s#\n    labels: [{code: A, title: A}]\n    hit: unique\n    table:\n"+rows(490)), "", "table.too_big"},
		{"endless facts", plain, "- case: c\n  as_of: 2025-01-01\n  expect: {grade: A}\n  facts:\n" + times(1_900, "  - {order: {date: 2024-01-01, repeat: 5000, every: P1D}}\n"), "case.failed"},
		{"endless others", strings.Replace(plain, "  s: {", "  p: {percentile: s}\n  s: {", 1), "- case: c\n  as_of: 2025-01-01\n  expect: {grade: A}\n  others:\n" + times(1_900, "  - {measures: {s: 1}, repeat: 5000}\n"), "case.failed"},
		{"endless relations", strings.Replace(plain, "  s: {", "  t: {total: s, within: {relation: owner}}\n  s: {", 1), "- case: c\n  as_of: 2025-01-01\n  expect: {grade: A}\n  relations:\n" + times(1_900, "  - [c#, owner, d#]\n"), "case.failed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string][]byte{rule.FileRulebook: []byte(c.book)}
			if c.cases != "" {
				files[rule.FileCases] = []byte(c.cases)
			}
			if strings.Contains(c.book, "clause: ") {
				files[rule.FileClauses] = []byte("## 1 长 | Long\n" + times(120, strings.Repeat("字", 1_300)+"\n"))
			}
			harmless(t, files, c.code)
		})
	}
}

// doubling writes measures each of which adds the one before to itself.
func doubling(n int) string {
	var b strings.Builder
	for i := 1; i < n; i++ {
		fmt.Fprintf(&b, "  m%d: {sum_of: [m%d, m%d]}\n", i, i-1, i-1)
	}
	return b.String()
}

// steps writes bands from high to low.
func steps(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "[%d,1%d],", n-i-1, i)
	}
	return strings.TrimSuffix(b.String(), ",")
}

// rows writes rows of a table that leave no two alike.
func rows(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "      - {code: A, when: {n: {at_least: %d, below: %d}, s: {at_least: %d}}}\n", i, i+2, i)
	}
	return b.String() + "      - {code: A, otherwise: true}\n"
}

// harmless checks a hostile rulebook: it costs little, and is refused with a code and a place where one is wanted.
func harmless(t *testing.T, files map[string][]byte, code string) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	b, problems := rule.Parse(files)
	problems = append(problems, b.Check(rule.Environment{})...)
	rule.Test(b)
	runtime.ReadMemStats(&after)
	// What is allocated stands for the work: machines differ and are shared, and an endless one ends with the test's own limit.
	if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 2048 {
		t.Errorf("allocated %d MB", mb)
	}
	refused := slices.ContainsFunc(problems, func(p rule.Problem) bool {
		return p.Code == code && (p.Line > 0 || p.Severity != rule.SeverityError) && p.Message.Zh != p.Code
	})
	if code != "" && !refused {
		t.Errorf("want %s with a place, got %.1000v", code, problems)
	}
}
