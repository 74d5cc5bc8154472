package rule_test

import (
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
	"kezhi/rulebooks"
)

func compiledShipped(t *testing.T, id string) *rule.Program {
	t.Helper()
	files, err := rulebooks.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	book, _ := rule.Parse(files)
	p, problems := rule.Compile(book, nil)
	if p == nil {
		t.Fatal(problems)
	}
	return p
}

func TestReviewOfAProgram(t *testing.T) {
	p := compiledShipped(t, "dealer-annual-grading")
	r := p.Review()
	if r == nil {
		t.Fatal("no review")
	}
	from, to, ok := r.Window(2025)
	if !ok || from.String() != "2025-12-25" || to.String() != "2025-12-30" {
		t.Errorf("window %v to %v, %v", from, to, ok)
	}
	if s := r.Step(rule.StepApprove); s == nil || s.Grade != "A" || s.Procedure != "a_grade" || s.Between != rule.BetweenOpen || s.AtFirst != rule.AtFirstHold || r.Signing() != s {
		t.Errorf("approve %+v", s)
	}
	if s := r.Step(rule.StepRate); s == nil || s.By != "regional_manager" {
		t.Errorf("rate %+v", s)
	}
	if r.Step("dance") != nil {
		t.Error("an unknown step was found")
	}
	if len(r.Results) != 4 || r.Clause != "6.1" {
		t.Errorf("results %v, clause %s", r.Results, r.Clause)
	}
}

func TestWindowOfAReview(t *testing.T) {
	for _, c := range []struct {
		from, to string
		year     int
		first    string
	}{
		{"12-25", "12-30", 2026, "2026-12-25"},
		{"02-29", "03-01", 2025, "2025-02-28"},
		{"02-29", "03-01", 2024, "2024-02-29"},
		{"2026-01-05", "2026-01-09", 2026, "2026-01-05"},
		{"2026-01-05", "2026-01-09", 2027, ""},
		{"", "", 2026, ""},
		{"12-30", "12-25", 2026, ""},
		{"02-30", "03-01", 2026, ""},
	} {
		r := rule.Review{From: c.from, To: c.to}
		from, _, ok := r.Window(c.year)
		if !ok {
			from = calendar.None
		}
		if from.String() != c.first {
			t.Errorf("%s to %s in %d: %s, want %q", c.from, c.to, c.year, from, c.first)
		}
	}
}

func TestADecisionReplacesTheGradeAndSaysWhatWithout(t *testing.T) {
	p := compiledShipped(t, "dealer-annual-grading")
	day := func(s string) calendar.Date {
		d, err := calendar.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	v := rule.Verdict{Code: "B", ScoreMicro: 120_000_000, HasScore: true, ExpiresOn: day("2026-12-30")}
	e := rule.Explanation{Grade: &rule.ExplainedGrade{Code: "B"}, Next: &rule.ExplainedNext{Code: "A"}, Keep: &rule.ExplainedKeeping{}}
	got, x, ok := p.Decide(v, e, rule.Decision{Code: "A", Reason: "because", By: "director", From: day("2025-12-30"), Until: day("2026-06-30"), Basis: rule.DecisionBasis{Rulebook: "house", Version: "1.0.0", Number: "4.2"}})
	if !ok || got.Code != "A" || got.ScoreMicro != v.ScoreMicro || got.ExpiresOn.String() != "2026-07-01" {
		t.Fatalf("%+v %v", got, ok)
	}
	if b := x.Decided.Basis; b == nil || b.Rulebook != "house" || b.Number != "4.2" {
		t.Errorf("by which clause: %+v", b)
	}
	if x.Decided == nil || x.Decided.Without != "B" || x.Decided.Reason != "because" || x.Grade.Code != "A" || x.Grade.Title.Zh != "A级" || x.Next != nil || x.Keep != nil || x.ExpiresOn != "2026-07-01" {
		t.Errorf("%+v", x)
	}
	got, x, ok = p.Decide(rule.Verdict{Reason: "out_of_data", ExpiresOn: calendar.None}, rule.Explanation{Reason: &rule.ExplainedReason{}}, rule.Decision{Code: "C", Until: calendar.None})
	if !ok || got.Code != "C" || got.Reason != "" || x.Reason != nil || x.Decided.Without != "" || got.ExpiresOn != calendar.None {
		t.Errorf("%+v %+v", got, x)
	}
	for _, code := range []string{"B", "Z"} { // nothing to decide, and no grade of the scheme
		if got, x, ok := p.Decide(v, e, rule.Decision{Code: code, Until: calendar.None}); ok || got != v || x.Decided != nil {
			t.Errorf("%s: %+v", code, got)
		}
	}
}
