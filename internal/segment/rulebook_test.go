package segment_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/grading"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
	"kezhi/internal/segment"
)

// focusBook is for the customers that bought lately; those that were chosen are A, whatever they bought.
const focusBook = `
rulebook: focus
version: 1.0.0
title: {zh: 重点, en: Focus}
applies_to: in_segment("活跃") && !in_segment("停用")
distribution: {to: [director], assumed: true, clause: "1.1"}
roles: {director: {zh: 总监, en: Director, clause: "1.1"}}
measures:
  sales: {sum: amount, of: order, clause: "1.1"}
grades:
  scheme: focus
  labels: [{code: A, title: {zh: 甲, en: A}}, {code: B, title: {zh: 乙, en: B}}]
  table:
    - {code: A, when: {in_segment: 重点}, clause: "1.1"}
    - {code: B, when: {not_in_segment: 重点}, clause: "1.1"}
  expires: P1Y
`

const focusClauses = "# 重点 | Focus\n\n## 1.1 分级 | Grades\n<!-- kind: rule -->\n选定的客户为甲级。\n\n> Chosen customers are A.\n"

const focusCases = `
- case: {zh: 选定, en: chosen}
  as_of: 2026-03-16
  customer: {in_segment: [活跃, 重点]}
  expect: {grade: A}
- case: {zh: 未选定, en: not chosen}
  as_of: 2026-03-16
  customer: {in_segment: 活跃}
  expect: {grade: B}
- case: {zh: 停用, en: out of use}
  as_of: 2026-03-16
  customer: {in_segment: [活跃, 停用]}
  expect: {in_scope: false}
`

// office is a world with rulebooks and gradings.
type office struct {
	*world
	books *rulebook.Service
	grade *grading.Service
}

func newOffice(t *testing.T, d *db.DB) *office {
	w := newWorld(t, d)
	tick, log, loc := clock.Fixed(now), slog.New(slog.DiscardHandler), time.FixedZone("CST", 8*3600)
	bus := event.NewBus(d, tick, log)
	o := &office{world: w, books: rulebook.New(d, tick, loc, bus, log)}
	o.grade = grading.New(d, tick, loc, bus, w.runner, o.books, w.customers)
	for kind, h := range o.grade.Jobs() {
		w.runner.Register(kind, h)
	}
	o.grade.AskSegments(w.s.MembersOn)
	w.s.AskBefore(func(ctx context.Context, q db.Q, before segment.Segment) error {
		return o.books.GuardSegment(ctx, q, before.Name)
	})
	return o
}

func (o *office) segment(name string, conditions []string, measures ...segment.Measure) segment.Segment {
	o.t.Helper()
	in := segment.Input{Name: name, Mode: segment.Static}
	if len(conditions)+len(measures) > 0 {
		in.Mode, in.Groups = segment.Dynamic, []segment.Group{{Conditions: conditions, Measures: measures}}
	}
	s, err := o.s.Create(o.all, in)
	o.must(err)
	return s
}

// graded gives code:grade of everybody with a grade as of a day.
func (o *office) graded(on string) string {
	o.t.Helper()
	day, err := calendar.Parse(on)
	o.must(err)
	sum, err := o.grade.Grade(o.all, "focus", day, grading.Options{}, nil)
	o.must(err)
	var csv bytes.Buffer
	o.must(o.grade.Export(o.all, &csv, sum.RunID))
	lines := strings.Split(strings.TrimSpace(csv.String()), "\n")[1:]
	for i := range lines {
		lines[i] = strings.TrimSuffix(strings.TrimSpace(lines[i]), ",")
	}
	return strings.Join(lines, " ")
}

func focusFiles() map[string]string {
	return map[string]string{rule.FileRulebook: focusBook, rule.FileClauses: focusClauses, rule.FileCases: focusCases}
}

func TestARulebookNamesSegments(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		for _, code := range []string{"C1", "C2", "C3", "C4"} {
			o.customer(code, 101)
		}
		for _, code := range []string{"C1", "C2", "C3"} {
			o.order(code, "2026-02-01", 100)
		}
		o.order("C4", "2025-01-10", 100)
		lately := segment.Measure{Do: "count", Of: []string{"order"}, Window: "P3M", AtLeast: "1"}
		chosen := o.segment("重点", nil)
		active := o.segment("活跃", nil, lately)
		_, err := o.s.Change(o.all, chosen.ID, []int64{o.ids["C1"], o.ids["C4"]}, nil)
		o.must(err)
		_, err = o.books.Upload(o.all, focusFiles())
		o.must(err)

		_, err = o.books.Adopt(o.all, rulebook.AdoptInput{Rulebook: "focus", EffectiveFrom: mustDay(t, "2025-01-01")})
		o.wantCode(err, "rulebook.has_errors") // nobody has made the third segment
		if e, _ := errs.As(err); !strings.Contains(fmt.Sprint(e.Args), "segment.unknown") {
			t.Errorf("%v", err)
		}
		unused := o.segment("停用", nil)
		_, err = o.books.Adopt(o.all, rulebook.AdoptInput{Rulebook: "focus", EffectiveFrom: mustDay(t, "2025-01-01")})
		o.must(err)

		if got := o.graded("2026-03-16"); got != "C1,A C2,B C3,B" {
			t.Errorf("today: %s", got)
		}
		// A dynamic segment has the members its conditions give as of the day; it was never refreshed.
		if got := o.graded("2025-02-01"); got != "C4,A" {
			t.Errorf("a year ago: %s", got)
		}
		// Whoever is taken out of a static one leaves no trace of the change, yet is judged anew.
		_, err = o.s.Change(o.all, chosen.ID, []int64{o.ids["C2"]}, []int64{o.ids["C1"]})
		o.must(err)
		_, err = o.s.Change(o.all, unused.ID, []int64{o.ids["C3"]}, nil)
		o.must(err)
		if got := o.graded("2026-03-16"); got != "C1,B C2,A" {
			t.Errorf("after the change: %s", got)
		}
		o.explains("C2", "in_segment:停用=no in_segment:活跃=yes in_segment:重点=yes")
		o.refusals(chosen, active)
	})
}

// explains compares what the stored verdict says about segments.
func (o *office) explains(code, want string) {
	o.t.Helper()
	x, err := o.grade.Explain(o.all, code, "focus")
	o.must(err)
	var got []string
	for _, in := range x.Explanation.Inputs {
		if in.Unit == "segment" {
			got = append(got, in.Measure+"="+in.Value)
		}
	}
	slices.Sort(got)
	if strings.Join(got, " ") != want {
		o.t.Errorf("%v", got)
	}
}

// refusals are changes the rulebook in force would not survive.
func (o *office) refusals(chosen, active segment.Segment) {
	o.t.Helper()
	in := segment.Input{Name: "活跃", Mode: segment.Dynamic, Groups: []segment.Group{{Conditions: []string{"grade:in:focus:A"}}}}
	_, err := o.s.Update(o.all, active.ID, active.Version, in)
	o.wantCode(err, "segment.circle")
	in.Groups[0].Conditions[0] = "grade:in:A"
	_, err = o.s.Update(o.all, active.ID, active.Version, in)
	o.wantCode(err, "segment.circle")
	in.Groups[0].Conditions[0] = "grade:in:another:A"
	_, err = o.s.Update(o.all, active.ID, active.Version, in)
	o.must(err)
	chosen, err = load(o, chosen.ID)
	o.must(err)
	_, err = o.s.Update(o.all, chosen.ID, chosen.Version, segment.Input{Name: "别名", Mode: segment.Static})
	o.wantCode(err, "segment.in_rulebook")
	o.wantCode(o.s.Archive(o.all, chosen.ID, chosen.Version), "segment.in_rulebook")

	// A circle over another rulebook: “圈” reads grades of focus, and what is new would decide focus by “圈”.
	o.segment("圈", []string{"grade:in:focus:A"})
	files := focusFiles()
	files[rule.FileRulebook] = strings.NewReplacer("version: 1.0.0", "version: 2.0.0", `!in_segment("停用")`, `!in_segment("圈")`).Replace(focusBook)
	problems, err := o.books.CheckFiles(o.all, files)
	o.must(err)
	if !slices.ContainsFunc(problems, func(p rule.Problem) bool {
		return p.Code == "segment.circle" && p.Line == 5 && strings.Contains(p.Message.En, "圈")
	}) {
		o.t.Errorf("%+v", problems)
	}
	files[rule.FileRulebook] = strings.NewReplacer("rulebook: focus", "rulebook: other", "scheme: focus", "scheme: another").Replace(files[rule.FileRulebook])
	problems, err = o.books.CheckFiles(o.all, files)
	o.must(err)
	if !slices.ContainsFunc(problems, func(p rule.Problem) bool {
		return p.Code == "segment.circle" && strings.Contains(p.Message.En, "another")
	}) {
		o.t.Errorf("“活跃” reads grades of another, which would be decided by it over focus: %+v", problems)
	}
}

func load(o *office, segmentID int64) (segment.Segment, error) {
	row, err := o.s.Get(o.all, segmentID)
	return row.Segment, err
}

func mustDay(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
