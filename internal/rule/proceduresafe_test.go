package rule_test

import (
	"strings"
	"testing"

	"kezhi/internal/flow"
	"kezhi/internal/rule"
	"kezhi/rulebooks"
)

const (
	hostileRoles = "roles: {boss: {zh: 主管, en: Boss}}\nforms:\n  f: {title: f, fields: {a: {type: text}, n: {type: number}}}\n"
	hostileEnd   = "    ends: {e: {good: true}}\n"
)

// hostileFlow makes a rulebook with one procedure of these steps.
func hostileFlow(steps string) string {
	return hostileHead + hostileRoles + "procedures:\n  p:\n    title: p\n    kind: k\n    number: \"P-{seq}\"\n    days: calendar\n    start: {form: f}\n    steps:\n" + steps + hostileEnd
}

// Each gets an error with a place, within bounds of memory.
func TestHostileProceduresAreBounded(t *testing.T) {
	step := "      s#: {do: decide, by: boss, rejected: e}\n"
	for _, c := range []struct{ name, book, cases, code string }{
		{"10,000 steps", hostileFlow(times(10_000, step)), "", "file.too_many_lines"},
		{"9,000 steps", hostileFlow(times(9_000, step)), "", "yaml.too_many"},
		{"400 steps", hostileFlow(times(400, step)), "", "step.too_many"},
		{"400 procedures", hostileHead + hostileRoles + "procedures:\n" + times(400, "  p#: {title: p, kind: k, number: \"P-{seq}\", steps: {s: {do: decide, by: boss, rejected: e, next: e}}, ends: {e: {}}}\n"), "", "procedure.too_many"},
		{"a circle nobody leaves", hostileFlow("      a: {do: fill, by: boss, form: f, next: b}\n      b: {do: fill, by: boss, form: f, next: a}\n"), "", "flow.dead_end"},
		{"120 steps that all lead everywhere", hostileFlow(times(120, "      s#: {do: decide, by: boss, rejected: s0, next: ["+strings.TrimSuffix(times(119, "{when: start.n > #, to: s#}, "), ", ")+", {to: e}]}\n")), "", "procedure.too_many_conditions"},
		{"120 steps that branch", hostileFlow(times(119, "      s#: {do: decide, by: boss, rejected: e, next: [{when: start.n > #, to: s118}, {when: start.n < 0, to: s0}, {to: e}]}\n")), "", "flow.unreachable"},
		{"a form of 11,000 entries", hostileHead + "forms:\n  f:\n    title: f\n    fields:\n" + times(11_000, "      a#: {type: text}\n"), "", "file.too_many_lines"},
		{"a form of 400 entries", hostileHead + "forms:\n  f:\n    title: f\n    fields:\n" + times(400, "      a#: {type: text}\n"), "", "form.too_long"},
		{"lists in lists", hostileHead + "forms:\n  f: {title: f, fields: {a: {type: list, fields: {b: {type: list, fields: {c: {type: list, fields: {d: {type: text}}}}}}}}}\n", "", "entry.columns"},
		{"a period without end", hostileFlow("      s: {do: decide, by: boss, rejected: e, next: e, within: P99999999999999D}\n"), "", "period.days_or_hours"},
		{"hours without end", hostileFlow("      s: {do: decide, by: boss, rejected: e, next: e, within: PT9999999999H}\n"), "", "period.days_or_hours"},
		{"400 actors", hostileFlow("      s: {do: decide, by: [" + strings.TrimSuffix(times(400, "boss, "), ", ") + "], rejected: e, next: e}\n"), "", "actor.too_many"},
		{"a quorum without end", hostileFlow("      s: {do: decide, by: boss, need: 999999999999, rejected: e, next: e}\n"), "", "value.one_of"},
		{"a composite of itself", hostileFlow("      s: {together: [s, s], next: e}\n"), "", "step.unknown"},
		{"conditions without end", hostileFlow(times(100, "      s#: {do: decide, by: boss, rejected: e, next: ["+strings.Repeat("{when: start.n > 1 || start.a == \"x\", to: e}, ", 12)+"{to: e}]}\n")), "", "procedure.too_many_conditions"},
		{"a deep condition", hostileFlow("      s: {do: decide, by: boss, rejected: e, next: e, skip: '" + strings.Repeat("(", 900) + "true" + strings.Repeat(")", 900) + "'}\n"), "", "expr.too_deep"},
		{"a number pattern", strings.Replace(hostileFlow(step), "P-{seq}", "P-"+strings.Repeat("{seq}", 2000), 1), "", "number.pattern"},
		{"acts without end", hostileFlow("      s: {do: decide, by: boss, rejected: e, next: e}\n"), "- case: c\n  procedure: p\n  received: 2026-01-01\n  acts:\n" + times(1_900, "    - {after: P9999D}\n") + "  expect: {}\n", "case.failed"},
		{"time that leaves the calendar", hostileFlow("      s: {do: decide, by: boss, rejected: e, next: e, within: P9D, days: working}\n"), "- case: c\n  procedure: p\n  received: 2026-01-01\n  acts:\n" + times(190, "    - {after: P9999D}\n") + "  expect: {status: ended}\n", "case.failed"},
		{"a procedure nobody described", hostileFlow("      s: {do: decide, by: boss, rejected: e, next: e}\n"), "- {case: c, procedure: q, received: 2026-01-01, expect: {end: e}}\n", "case.failed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string][]byte{rule.FileRulebook: []byte(c.book)}
			if c.cases != "" {
				files[rule.FileCases] = []byte(c.cases)
			}
			harmless(t, files, c.code)
		})
	}
}

// FuzzProcedures reads arbitrary rulebooks and examples. Whatever comes in, nothing panics, the same text gives the same
// report, and the paths of every procedure that compiles end at an end it has.
func FuzzProcedures(f *testing.F) {
	for _, id := range rulebooks.IDs() {
		files, err := rulebooks.Load(id)
		if err != nil {
			f.Fatal(err)
		}
		book, _ := rule.Parse(files)
		if len(book.Procedures()) > 0 {
			f.Add(files[rule.FileRulebook], files[rule.FileCases])
		}
	}
	f.Add([]byte(leave), []byte("- {case: c, procedure: request, received: 2026-03-02, start: {what: gift, amount: 1}, acts: [{decide: agree}, {decide: reject, reason: x}], expect: {end: refused}}\n"))
	f.Fuzz(func(t *testing.T, text, cases []byte) {
		b, _ := rule.Parse(map[string][]byte{rule.FileRulebook: text, rule.FileCases: cases})
		for _, d := range b.Procedures() {
			paths, _ := flow.Paths(d)
			for _, p := range paths {
				if d.End(p.End) == nil {
					t.Fatalf("%s leads to %q", d.Key, p.End)
				}
			}
		}
		first, again := rule.Test(b), rule.Test(b)
		if first.Passed != again.Passed || first.Failed != again.Failed || len(first.Unreached) != len(again.Unreached) {
			t.Fatal("the same examples gave two results")
		}
	})
}
