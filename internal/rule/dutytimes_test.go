package rule

import (
	"slices"
	"strings"
	"testing"

	"kezhi/internal/calendar"
)

const dutyBook = `rulebook: x
version: 1.0.0
title: {zh: 制度, en: Rules}
roles: {director: {zh: 总监, en: Director}}
settings:
  soon: {value: 5 working days, assumed: true, title: {zh: 时限, en: Time}}
measures:
  sales: {sum: amount, of: order, unit: CNY}
grades:
  scheme: x
  from: sales
  labels: [{code: A, title: {zh: A, en: A}}, {code: B, title: {zh: B, en: B}}]
  bands: [{code: A, at_least: 10}, {code: B, otherwise: true}]
duties:
`

func dutyOf(t *testing.T, text string) (*DutyRule, []Problem) {
	t.Helper()
	b, problems := Parse(map[string][]byte{FileRulebook: []byte(dutyBook + "  - {key: d, for: grade == \"A\", " + text + "}\n"), FileClauses: {}, FileCases: []byte("[]\n")})
	if HasErrors(problems) {
		return nil, problems
	}
	p, problems := Compile(b, nil)
	if p == nil {
		return nil, problems
	}
	return &p.Duties()[0], problems
}

// timingOf writes the figures of a duty's time in one text.
func timingOf(d *DutyRule) string {
	switch d.Way() {
	case WayEvery:
		return d.Every.String()
	case WayDay:
		return strings.Join(d.OnText, "+") + "-" + d.BeforeText
	default:
		return d.Of + "." + d.OfDate + "-" + d.BeforeText + "+" + d.WithinText
	}
}

func TestAppointmentFirst(t *testing.T) {
	if d, problems := dutyOf(t, `do: visit, by: owner, every: P1M, appointment: true`); d == nil || !d.Appointment {
		t.Errorf("a visit: %+v %s", d, problemCodes(problems))
	}
	if d, _ := dutyOf(t, `do: visit, by: owner, every: P1M, appointment: false`); d == nil || d.Appointment {
		t.Errorf("without: %+v", d)
	}
	for _, text := range []string{`do: call, by: owner, every: P1M, appointment: true`, `do: meeting, by: director, every: P1M, each: grade, appointment: true`} {
		if _, problems := dutyOf(t, text); !strings.Contains(problemCodes(problems), "duty.appointment") {
			t.Errorf("%s: %s", text, problemCodes(problems))
		}
	}
}

func TestWaysInWhichADutyComesUp(t *testing.T) {
	for _, c := range []struct {
		text, timing string
		way          DutyWay
		yearly       int64
		assumed      bool
	}{
		{`do: visit, by: owner, every: P1M`, "P1M", WayEvery, 12_000, false},
		{`do: call, by: owner, of: delivery, within: P7D`, "delivery.-+P7D", WayFact, 0, false},
		{`do: call, by: owner, of: delivery, within: 7 days`, "delivery.-+P7D", WayFact, 0, false},
		{`do: call, by: owner, of: delivery, within: 5 working days`, "delivery.-+P5D", WayFact, 0, false},
		{`do: call, by: owner, of: delivery, within: 5个工作日`, "delivery.-+P5D", WayFact, 0, false},
		{`do: call, by: owner, of: delivery, within: P5D, days: working`, "delivery.-+P5D", WayFact, 0, false},
		{`do: call, by: owner, of: delivery, within: "{soon}"`, "delivery.-+P5D", WayFact, 0, true},
		{`do: call, by: owner, of: contract.until, before: P30D`, "contract.until-P30D+", WayFactDate, 0, false},
		{`do: call, by: owner, of: contract.until, before: P30D, within: P5D`, "contract.until-P30D+P5D", WayFactDate, 0, false},
		{`do: greeting, by: owner, on: birthday, before: P3D`, "birthday-P3D", WayDay, 1000, false},
		{`do: greeting, by: owner, on: birthday`, "birthday-P7D", WayDay, 1000, true},
		{`do: greeting, by: owner, on: [festival(spring_festival), festival(mid_autumn)], before: P10D`, "festival(spring_festival)+festival(mid_autumn)-P10D", WayDay, 2000, false},
		{`do: call, by: owner, on: anniversary(since), before: P3D`, "anniversary(since)-P3D", WayDay, 1000, false},
		{`do: call, by: owner, on: date(created_on), before: P3D`, "date(created_on)-P3D", WayDay, 0, false},
		{`do: event, by: director, every: P3M, each: grade`, "P3M", WayEvery, 0, false},
	} {
		d, problems := dutyOf(t, c.text)
		if d == nil {
			t.Errorf("%s: %s", c.text, problemCodes(problems))
			continue
		}
		if d.Way() != c.way || timingOf(d) != c.timing || d.YearlyMilli() != c.yearly || d.Assumed != c.assumed {
			t.Errorf("%s: way %d, timing %s, %d a year, assumed %v", c.text, d.Way(), timingOf(d), d.YearlyMilli(), d.Assumed)
		}
	}
}

func TestWhatIsWrongWithTheTimeOfADuty(t *testing.T) {
	for _, c := range []struct{ text, code, says string }{
		{`do: visit, by: owner`, "duty.no_interval", "on"},
		{`do: visit, by: owner, every: P1M, on: birthday`, "duty.two_times", ""},
		{`do: visit, by: owner, within: P7D`, "duty.within_no_fact", "of: delivery"},
		{`do: visit, by: owner, every: P1M, within: P7D`, "duty.within_no_fact", ""},
		{`do: visit, by: owner, of: delivery`, "duty.fact_no_time", "delivery"},
		{`do: visit, by: owner, before: P3D`, "duty.before_no_day", ""},
		{`do: visit, by: owner, of: delivery, within: P7D, before: P3D`, "duty.before_no_day", ""},
		{`do: visit, by: owner, every: P1M, where: amount > 5`, "duty.where_no_fact", ""},
		{`do: visit, by: owner, of: delivery.a.b, within: P7D`, "duty.of_shape", "delivery.a.b"},
		{`do: visit, by: owner, of: delivery, within: soon`, "duty.within", "soon"},
		{`do: visit, by: owner, of: delivery, within: P1M, days: working`, "duty.within", "P1M"},
		{`do: visit, by: owner, of: delivery, within: P7D, days: business`, "value.one_of", ""},
		{`do: greeting, by: owner, on: name_day`, "duty.occasion", "name_day"},
		{`do: greeting, by: owner, on: birthday(x)`, "duty.occasion", ""},
		{`do: greeting, by: owner, on: festival(midautumn), before: P7D`, "duty.festival", "mid_autumn"},
		{`do: greeting, by: owner, on: [birthday, birthday], before: P3D`, "duty.occasion_twice", ""},
		{`do: greeting, by: owner, on: festival(mid_autumn)`, "duty.festival_before", "P7D"},
		{`do: event, by: owner, every: P3M, each: grade`, "duty.each_by_owner", ""},
		{`do: event, by: director, of: delivery, within: P7D, each: grade`, "duty.each_time", ""},
		{`do: event, by: director, on: birthday, before: P3D, each: grade`, "duty.each_time", ""},
		{`do: visit, by: owner, every: P1M, escalate: {after: P3D, to: boss}`, "role.undeclared", "director"},
		{`do: visit, by: owner, every: P1M, escalate: {after: soon, to: director}`, "period.wrong", ""},
		{`do: visit, by: owner, every: P1M, waive: {by: boss}`, "role.undeclared", "procedure"},
	} {
		_, problems := dutyOf(t, c.text)
		i := slices.IndexFunc(problems, func(p Problem) bool { return p.Code == c.code })
		if i < 0 {
			t.Errorf("%s: %s, want %s", c.text, problemCodes(problems), c.code)
			continue
		}
		if p := problems[i]; !strings.Contains(p.Message.En+p.Remedy.En, c.says) || p.Line == 0 {
			t.Errorf("%s: %+v", c.text, p)
		}
	}
}

func TestWhatFollowsAMissedDuty(t *testing.T) {
	d, problems := dutyOf(t, `do: visit, by: owner, every: P1M, escalate: {after: P3D, to: director}, waive: {by: procedure}`)
	if d == nil {
		t.Fatal(problemCodes(problems))
	}
	if d.Escalate == nil || d.Escalate.To != "director" || d.Escalate.After != (calendar.Period{Days: 3}) || d.WaiveBy != WaiveByProcedure {
		t.Errorf("%+v, waived by %s", d.Escalate, d.WaiveBy)
	}
}

func TestConditionOfAFactThatBringsADuty(t *testing.T) {
	d, problems := dutyOf(t, `do: call, by: owner, of: delivery, where: amount >= 100, within: P7D`)
	if d == nil {
		t.Fatal(problemCodes(problems))
	}
	for amount, want := range map[int64]bool{10_000: true, 9_999: false} {
		if got := d.Met(&Fact{Kind: "delivery", Amount: amount, HasAmount: true, Currency: "CNY"}); got != want {
			t.Errorf("a delivery of %d fen: %v", amount, got)
		}
	}
}
