package rule

import (
	"strings"
	"testing"
)

func TestEffortOfDuties(t *testing.T) {
	base := `rulebook: x
version: 1.0.0
title: {zh: 制度, en: Rules}
settings:
  event_hours: {value: 6, type: decimal, assumed: true, title: {zh: 活动工时, en: Hours of an event}}
measures:
  sales: {sum: amount, of: order, unit: CNY}
grades:
  scheme: x
  from: sales
  labels: [{code: A, title: {zh: A, en: A}}]
  bands: [{code: A, otherwise: true}]
duties:
`
	for _, c := range []struct {
		duty    string
		minutes int64
		assumed bool
		yearly  int64
		code    string
	}{
		{`do: visit, every: P1M`, 180, true, 12_000, ""},
		{`do: call, every: P7D`, 30, true, 52_143, ""},
		{`do: audit, every: P5M`, 60, true, 2_400, ""},
		{`do: visit, every: P1Y, hours: 2.5`, 150, false, 1_000, ""},
		{`do: event, every: P1Y, hours: "{event_hours}"`, 360, true, 1_000, ""},
		{`do: visit, every: P1M, hours: 0`, 0, false, 0, "duty.hours"},
		{`do: visit, every: P1M, hours: 161`, 0, false, 0, "duty.hours"},
		{`do: visit, every: P1M, hours: long`, 0, false, 0, "duty.hours"},
	} {
		b, problems := Parse(map[string][]byte{FileRulebook: []byte(base + "  - {key: d, for: grade == \"A\", by: owner, " + c.duty + "}\n"), FileClauses: {}, FileCases: []byte("[]\n")})
		if HasErrors(problems) {
			t.Fatalf("%s: %+v", c.duty, problems)
		}
		p, problems := Compile(b, nil)
		if c.code != "" {
			if p != nil || !strings.Contains(problemCodes(problems), c.code) {
				t.Errorf("%s: %s", c.duty, problemCodes(problems))
			}
			continue
		}
		if p == nil {
			t.Fatalf("%s: %+v", c.duty, problems)
		}
		if d := p.Duties()[0]; d.Minutes != c.minutes || d.EffortAssumed != c.assumed || d.YearlyMilli() != c.yearly {
			t.Errorf("%s: %d minutes, assumed %v, %d a year", c.duty, d.Minutes, d.EffortAssumed, d.YearlyMilli())
		}
	}
}

func problemCodes(problems []Problem) string {
	var all []string
	for _, p := range problems {
		all = append(all, p.Code)
	}
	return strings.Join(all, " ")
}
