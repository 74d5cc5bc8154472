package duty

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

func china(t testing.TB) *calendar.Working {
	t.Helper()
	w, err := calendar.China()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func day(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func period(t testing.TB, s string) calendar.Period {
	t.Helper()
	p, err := calendar.ParsePeriod(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func visit(p calendar.Period) rule.DutyRule {
	return rule.DutyRule{Key: "visit", Activity: "visit", Every: p, By: RoleOwner, Clause: "6.2"}
}

func none(string) bool { return false }

// planFor plans with an empty diary.
func planFor(s Subject, rules []rule.DutyRule, h Horizon, w *calendar.Working, exists func(string) bool) Plan {
	return NewPlanner(h, w).PlanFor(s, rules, Known{Exists: exists})
}

func TestDiagramIsTheTable(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var drawn, coded []string
	for _, m := range regexp.MustCompile(`(?m)^//\t(\w+)\s+-> (\w+)`).FindAllStringSubmatch(string(doc), -1) {
		drawn = append(drawn, m[1]+" -> "+m[2])
	}
	for from, list := range transitions {
		for _, to := range list {
			coded = append(coded, string(from)+" -> "+string(to))
		}
	}
	slices.Sort(drawn)
	slices.Sort(coded)
	if !slices.Equal(drawn, coded) {
		t.Errorf("the diagram says\n%s\nand the table\n%s", strings.Join(drawn, "\n"), strings.Join(coded, "\n"))
	}
}

func genSubject(t *rapid.T) Subject {
	base, _ := calendar.Parse("2023-01-01")
	return Subject{
		CustomerID: rapid.Int64Min(1).Draw(t, "customer"), Rulebook: "dealer", Grade: "A",
		Since: base.AddDays(rapid.IntRange(0, 800).Draw(t, "since")),
	}
}

func genPeriod(t *rapid.T) calendar.Period {
	p := calendar.Period{Months: rapid.IntRange(0, 12).Draw(t, "months"), Days: rapid.IntRange(0, 20).Draw(t, "days")}
	if p.IsZero() {
		p.Days = 1
	}
	return p
}

// Every occurrence of the planned stretch is planned or reported, once, on a working day of its own window, and never before today.
func TestPlanCoversEveryOccurrence(t *testing.T) {
	w := china(t)
	rapid.Check(t, func(t *rapid.T) {
		s, p := genSubject(t), genPeriod(t)
		today := s.Since.AddDays(rapid.IntRange(-40, 700).Draw(t, "today"))
		h := Horizon{Today: today, Until: today.AddDays(rapid.IntRange(7, 400).Draw(t, "horizon"))}
		plan := planFor(s, []rule.DutyRule{visit(p)}, h, w, none)
		seen := map[int]string{}
		for _, d := range plan.Duties {
			from, to := windowOf(s.Since, p, d.Occurrence)
			if seen[d.Occurrence] != "" {
				t.Fatalf("occurrence %d twice", d.Occurrence)
			}
			seen[d.Occurrence] = "planned"
			if d.DueOn < today || d.DueOn < from || d.DueOn >= to || !w.IsWorking(d.DueOn) || d.WindowFrom != from {
				t.Fatalf("occurrence %d of [%s, %s) is due on %s (today %s)", d.Occurrence, from, to, d.DueOn, today)
			}
		}
		for _, u := range plan.Unplaced {
			if seen[u.Occurrence] != "" || u.Reason != "no_working_day" {
				t.Fatalf("occurrence %d both %s and unplaced (%s)", u.Occurrence, seen[u.Occurrence], u.Reason)
			}
			seen[u.Occurrence] = "unplaced"
			from, to := windowOf(s.Since, p, u.Occurrence)
			if first := w.OnOrAfter(max(from, today)); first < to {
				t.Fatalf("occurrence %d had %s left and was not planned", u.Occurrence, first)
			}
		}
		for n := 0; ; n++ {
			_, to := windowOf(s.Since, p, n)
			if to > h.Until.AddDays(1) {
				break
			}
			if to > today && seen[n] == "" {
				t.Fatalf("occurrence %d ending before %s is neither planned nor reported", n, to)
			}
		}
	})
}

// Planning day by day over more than a year, with days on which the job did not run, gives each occurrence exactly once
// and never moves one.
func TestReplanningLosesAndDoublesNothing(t *testing.T) {
	w := china(t)
	rapid.Check(t, func(t *rapid.T) {
		s, p := genSubject(t), genPeriod(t)
		rules := []rule.DutyRule{visit(p)}
		due := map[string]calendar.Date{}
		have := func(k string) bool { _, ok := due[k]; return ok }
		reported := map[int]bool{}
		end := s.Since.AddDays(500)
		for today := s.Since; today < end; today = today.AddDays(rapid.IntRange(1, 30).Draw(t, "pause")) {
			plan := planFor(s, rules, Horizon{Today: today, Until: today.AddDays(90)}, w, have)
			for _, d := range plan.Duties {
				if have(d.Key) {
					t.Fatalf("%s planned twice", d.Key)
				}
				due[d.Key] = d.DueOn
			}
			for _, u := range plan.Unplaced {
				reported[u.Occurrence] = true
			}
			if again := planFor(s, rules, Horizon{Today: today, Until: today.AddDays(90)}, w, have); len(again.Duties) != 0 {
				t.Fatalf("planning %s again opened %d duties", today, len(again.Duties))
			}
		}
		prefix := planPrefix(&s, &rules[0])
		for n := 0; ; n++ {
			_, to := windowOf(s.Since, p, n)
			if to > end {
				break
			}
			if !have(fmt.Sprintf("%s%d", prefix, n)) && !reported[n] {
				t.Fatalf("occurrence %d (until %s) was lost", n, to)
			}
		}
	})
}

func TestPlanIsDeterministic(t *testing.T) {
	w := china(t)
	rapid.Check(t, func(t *rapid.T) {
		s, p := genSubject(t), genPeriod(t)
		h := Horizon{Today: s.Since.AddDays(3), Until: s.Since.AddDays(200)}
		rules := []rule.DutyRule{visit(p)}
		a := planFor(s, rules, h, w, none)
		b := planFor(s, rules, h, w, none)
		if fmt.Sprint(a) != fmt.Sprint(b) {
			t.Fatalf("two plans from the same input differ:\n%v\n%v", a, b)
		}
	})
}

func TestCustomersGradedTogetherAreSpread(t *testing.T) {
	w := china(t)
	since := day(t, "2026-03-02")
	perDay := map[calendar.Date]int{}
	// Ids made one after the other, as an import makes them.
	for i := range int64(2000) {
		s := Subject{CustomerID: 900_000_000_000 + i, Rulebook: "dealer", Grade: "A", Since: since}
		plan := planFor(s, []rule.DutyRule{visit(period(t, "P1M"))}, Horizon{Today: since, Until: since.AddDays(30)}, w, none)
		perDay[plan.Duties[0].DueOn]++
	}
	days := w.Between(since.AddDays(-1), day(t, "2026-04-01"))
	if len(perDay) != days {
		t.Fatalf("duties fall on %d of %d working days", len(perDay), days)
	}
	mean := 2000 / days
	for d, n := range perDay {
		if n > mean*3/2 || n < mean/2 {
			t.Errorf("%s has %d duties, the mean is %d", d, n, mean)
		}
	}
}

func TestMonthEndsAndLeapDaysDoNotDrift(t *testing.T) {
	for _, c := range []struct {
		anchor, every string
		n             int
		from, to      string
	}{
		{"2024-01-31", "P1M", 1, "2024-02-29", "2024-03-31"},
		{"2024-01-31", "P1M", 13, "2025-02-28", "2025-03-31"},
		{"2024-02-29", "P1Y", 1, "2025-02-28", "2026-02-28"},
		{"2024-02-29", "P1Y", 4, "2028-02-29", "2029-02-28"},
		{"2023-08-31", "P6M", 1, "2024-02-29", "2024-08-31"},
	} {
		from, to := windowOf(day(t, c.anchor), period(t, c.every), c.n)
		if from.String() != c.from || to.String() != c.to {
			t.Errorf("occurrence %d of %s since %s is [%s, %s), want [%s, %s)", c.n, c.every, c.anchor, from, to, c.from, c.to)
		}
	}
}

// Windows follow each other without gap or overlap whatever the anchor and the cadence.
func TestWindowsTile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, p := genSubject(t), genPeriod(t)
		n := rapid.IntRange(0, 200).Draw(t, "n")
		_, to := windowOf(s.Since, p, n)
		from, _ := windowOf(s.Since, p, n+1)
		if from != to {
			t.Fatalf("occurrence %d ends %s, the next begins %s", n, to, from)
		}
		today := to.AddDays(-1)
		if got := firstOccurrence(s.Since, p, today); got > n {
			t.Fatalf("on %s, the last day of occurrence %d, the first open one is %d", today, n, got)
		}
	})
}

func TestHolidayWeekIsSkippedAndReported(t *testing.T) {
	w := china(t)
	// 1 to 7 October 2025 are days off (the Mid-Autumn festival fell into the national holiday).
	s := Subject{CustomerID: 7, Rulebook: "dealer", Grade: "A", Since: day(t, "2025-10-01")}
	plan := planFor(s, []rule.DutyRule{visit(period(t, "P1W"))}, Horizon{Today: s.Since, Until: s.Since.AddDays(13)}, w, none)
	if len(plan.Unplaced) != 1 || plan.Unplaced[0].Occurrence != 0 {
		t.Errorf("the week off is reported as %v", plan.Unplaced)
	}
	if len(plan.Duties) != 1 || plan.Duties[0].Occurrence != 1 {
		t.Errorf("planned %v", plan.Duties)
	}
}

func TestRuleWithoutIntervalIsReported(t *testing.T) {
	s := Subject{CustomerID: 7, Rulebook: "dealer", Grade: "A", Since: day(t, "2026-01-05")}
	plan := planFor(s, []rule.DutyRule{{Key: "visit"}}, Horizon{Today: s.Since, Until: s.Since.AddDays(90)}, china(t), none)
	if len(plan.Duties) != 0 || len(plan.Unplaced) != 1 || plan.Unplaced[0].Reason != "no_interval" {
		t.Errorf("got %v", plan)
	}
}

func TestKeptRateRoundsHalfToEven(t *testing.T) {
	for _, c := range []struct {
		c    Counts
		want string
	}{
		{Counts{}, ""},
		{Counts{KeptMonth: 2, MissedMonth: 1}, "66.7"},
		{Counts{KeptMonth: 1, LateMonth: 1999}, "0.0"}, // 0.05 % lies between and goes to the even digit
		{Counts{KeptMonth: 3, LateMonth: 1997}, "0.2"}, // 0.15 %
		{Counts{KeptMonth: 5}, "100.0"},
	} {
		if got := c.c.KeptRate(); got != c.want {
			t.Errorf("%+v: %s, want %s", c.c, got, c.want)
		}
	}
}
