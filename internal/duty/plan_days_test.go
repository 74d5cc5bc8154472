package duty

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

func dayRule(before string, on ...rule.Occasion) rule.DutyRule {
	r := rule.DutyRule{Key: "greet", Activity: "greeting", By: RoleOwner, Clause: "7.1", On: on}
	r.Before, _ = calendar.ParsePeriod(before)
	r.BeforeText = before
	for _, o := range on {
		r.OnText = append(r.OnText, o.String())
	}
	return r
}

func solarDay(month, day int) calendar.Yearly { return calendar.Yearly{Month: month, Day: day} }

var (
	special    = rule.Occasion{Kind: rule.OnSpecial}
	birthday   = rule.Occasion{Kind: rule.OnBirthday}
	midAutumn  = rule.Occasion{Kind: rule.OnFestival, Name: "mid_autumn"}
	springDay  = rule.Occasion{Kind: rule.OnFestival, Name: "spring_festival"}
	sinceDay   = rule.Occasion{Kind: rule.OnAnniversary, Name: "since"}
	renewalDay = rule.Occasion{Kind: rule.OnDate, Name: "renewal"}
)

func TestDaysOfTheYearAreMovedOffHolidays(t *testing.T) {
	w := china(t)
	for _, c := range []struct {
		name, before, want string
		on                 rule.Occasion
		s                  Subject
	}{
		{"birthday on a working day", "P3D", "2026-03-18", birthday, Subject{Birthday: solarDay(3, 18)}},
		{"birthday on a Sunday", "P3D", "2026-03-20", birthday, Subject{Birthday: solarDay(3, 22)}},
		{"birthday in the national holiday", "P7D", "2026-09-30", birthday, Subject{Birthday: solarDay(10, 3)}},
		{"29 February in an ordinary year, a make-up Saturday", "P3D", "2026-02-28", birthday, Subject{Birthday: solarDay(2, 29)}},
		{"a birthday by the lunar calendar", "P3D", "2026-09-24", birthday, Subject{Birthday: calendar.Yearly{Lunar: true, Month: 8, Day: 15}}},
		{"one of the twelfth lunar month, in the civil year after", "P3D", "2026-01-26", birthday, Subject{Birthday: calendar.Yearly{Lunar: true, Month: 12, Day: 8}}},
		{"a day with a name", "P3D", "2026-03-18", special, Subject{Special: []Special{{ID: 7, Name: "店庆", On: solarDay(3, 18), Year: 2025}}}},
		{"Spring Festival", "P7D", "2026-02-14", springDay, Subject{}}, // a Saturday that is worked for the holiday
		{"Mid-Autumn", "P7D", "2026-09-24", midAutumn, Subject{}},
		{"anniversary", "P3D", "2026-05-18", sinceDay, Subject{Dates: map[string]calendar.Date{"since": day(t, "2019-05-18")}}},
		{"a date", "P10D", "2026-06-18", renewalDay, Subject{Dates: map[string]calendar.Date{"renewal": day(t, "2026-06-19")}}},
	} {
		c.s.CustomerID, c.s.Rulebook, c.s.Grade, c.s.Since = 1, "dealer", "A", day(t, "2026-01-01")
		plan := planFor(c.s, []rule.DutyRule{dayRule(c.before, c.on)}, Horizon{Today: day(t, "2026-01-01"), Until: day(t, "2026-12-31")}, w, none)
		if len(plan.Duties) != 1 || plan.Duties[0].DueOn.String() != c.want || !strings.HasPrefix(plan.Duties[0].Occasion, c.on.String()) {
			t.Errorf("%s: %v %v", c.name, plan.Duties, plan.Unplaced)
		}
	}
}

// Each special day has duties of its own, from the year after it first happened; whoever has none is owed none.
func TestSpecialDaysBringDutiesOfTheirOwn(t *testing.T) {
	w := china(t)
	s := Subject{CustomerID: 1, Rulebook: "dealer", Grade: "A", Since: day(t, "2026-01-01"), Special: []Special{
		{ID: 7, Name: "店庆", On: solarDay(3, 18), Year: 2026}, {ID: 8, Name: "成立日", On: calendar.Yearly{Lunar: true, Month: 8, Day: 15}, Year: 1998},
	}}
	h := Horizon{Today: day(t, "2026-01-01"), Until: day(t, "2027-12-31")}
	rules := []rule.DutyRule{dayRule("P3D", special)}
	var got []string
	plan := planFor(s, rules, h, w, none)
	for _, d := range plan.Duties {
		got = append(got, d.Key+" "+d.Occasion+" "+d.DueOn.String())
	}
	slices.Sort(got)
	want := []string{
		"dealer/greet/special(7)@2027 special(店庆) 2027-03-18", "dealer/greet/special(8)@2026 special(成立日) 2026-09-24", "dealer/greet/special(8)@2027 special(成立日) 2027-09-15",
	}
	if !slices.Equal(got, want) || len(plan.Unplaced) != 0 {
		t.Errorf("%q %v", got, plan.Unplaced)
	}
	s.Special = s.Special[:1] // the founding day was a mistake
	if later := planFor(s, rules, h, w, none); later.Wants(plan.Duties[1].Key) == later.Wants(plan.Duties[0].Key) || len(later.Unplaced) != 0 {
		t.Errorf("a day that is gone is still asked for: %v", later.Prefixes)
	}
	s.Special = nil
	if none := planFor(s, rules, h, w, none); len(none.Duties)+len(none.Unplaced) != 0 {
		t.Errorf("no special day, and yet %v %v", none.Duties, none.Unplaced)
	}
}

func TestWhatCannotBePlannedIsReported(t *testing.T) {
	w := china(t)
	s := Subject{CustomerID: 1, Rulebook: "dealer", Grade: "A", Since: day(t, "2026-01-01")}
	h := Horizon{Today: day(t, "2026-09-01"), Until: day(t, "2026-12-31")}
	for _, c := range []struct {
		r    rule.DutyRule
		s    Subject
		want string
	}{
		{dayRule("P3D", birthday), s, NoDate},
		{dayRule("P3D", sinceDay), s, NoDate},
		{dayRule("P3D", renewalDay), s, NoDate},
		{dayRule("P1D", rule.Occasion{Kind: rule.OnDate, Name: "d"}), Subject{CustomerID: 1, Dates: map[string]calendar.Date{"d": day(t, "2026-10-04")}}, NoWorkingDay},
		{rule.DutyRule{Key: "x", Clause: "7.1"}, s, NoInterval},
	} {
		plan := planFor(c.s, []rule.DutyRule{c.r}, h, w, none)
		if len(plan.Duties) != 0 || len(plan.Unplaced) != 1 || plan.Unplaced[0].Reason != c.want || plan.Unplaced[0].Clause != "7.1" {
			t.Errorf("want %s: %v %v", c.want, plan.Duties, plan.Unplaced)
		}
	}
	far := Horizon{Today: day(t, "2101-02-01"), Until: day(t, "2101-11-20")}
	if plan := planFor(s, []rule.DutyRule{dayRule("P7D", midAutumn)}, far, w, none); len(plan.Unplaced) != 1 || plan.Unplaced[0].Reason != YearUnknown {
		t.Errorf("a festival of an unknown year: %v %v", plan.Duties, plan.Unplaced)
	}
}

func factRule(within rule.Span) rule.DutyRule {
	return rule.DutyRule{Key: "call", Activity: "call", By: RoleOwner, Clause: "8.2", Of: "delivery", Within: within}
}

func TestFactsBringDuties(t *testing.T) {
	w := china(t)
	untilRule := rule.DutyRule{Key: "renew", Clause: "8.3", Of: "contract", OfDate: "until", Before: calendar.Period{Days: 30}}
	inFive := untilRule
	inFive.Within = rule.Span{Working: 5}
	for _, c := range []struct {
		name   string
		r      rule.DutyRule
		e      Event
		want   string
		unborn bool
	}{
		{"within five working days, over a weekend", factRule(rule.Span{Working: 5}), Event{On: day(t, "2026-03-05")}, "2026-03-12", false},
		{"within five working days, over Spring Festival", factRule(rule.Span{Working: 5}), Event{On: day(t, "2026-02-13")}, "2026-02-27", false},
		{"within seven days, ending on a Sunday", factRule(rule.Span{Period: calendar.Period{Days: 7}}), Event{On: day(t, "2026-03-08")}, "2026-03-13", false},
		{"long ago", factRule(rule.Span{Working: 5}), Event{On: day(t, "2025-12-01")}, "", true},
		{"recorded late, in the time in force", factRule(rule.Span{Working: 5}), Event{On: day(t, "2026-01-20")}, "2026-01-27", false},
		{"recorded late, before the time in force", factRule(rule.Span{Working: 5}), Event{On: day(t, "2026-01-09")}, "", true},
		{"thirty days before the end", untilRule, Event{On: day(t, "2024-01-01"), Day: day(t, "2026-04-15")}, "2026-03-16", false},
		{"the reminder on a Sunday moves on", untilRule, Event{On: day(t, "2024-01-01"), Day: day(t, "2026-04-14")}, "2026-03-16", false},
		{"the end is near already", untilRule, Event{On: day(t, "2024-01-01"), Day: day(t, "2026-02-05")}, "2026-02-02", false},
		{"ended", untilRule, Event{On: day(t, "2024-01-01"), Day: day(t, "2026-01-30")}, "", true},
		{"the reminder and five working days", inFive, Event{On: day(t, "2024-01-01"), Day: day(t, "2026-04-15")}, "2026-03-23", false},
	} {
		c.e.Rule, c.e.Fact = c.r.Key, 77
		s := Subject{CustomerID: 1, Rulebook: "dealer", Grade: "A", Since: day(t, "2026-01-01"), Events: []Event{c.e, {Rule: "other", Fact: 5, On: c.e.On, Day: c.e.Day}}}
		h := Horizon{Today: day(t, "2026-02-02"), Until: day(t, "2026-12-31"), InForce: day(t, "2026-01-12")}
		plan := planFor(s, []rule.DutyRule{c.r}, h, w, none)
		switch {
		case c.unborn && len(plan.Duties) == 0:
		case len(plan.Duties) == 1 && plan.Duties[0].DueOn.String() == c.want:
		default:
			t.Errorf("%s: %v %v", c.name, plan.Duties, plan.Unplaced)
		}
	}
}

// Whatever the days and facts are: a duty lies on a working day of its window, comes once, comes again under no other key, and each
// occasion of the horizon is planned or reported.
func TestEveryOccasionIsPlannedOrReported(t *testing.T) {
	w := china(t)
	rapid.Check(t, func(t *rapid.T) {
		base, _ := calendar.Parse("2007-01-01")
		today := base.AddDays(rapid.IntRange(0, 7000).Draw(t, "today"))
		h := Horizon{Today: today, Until: today.AddDays(rapid.IntRange(1, 800).Draw(t, "horizon"))}
		before := calendar.Period{Days: rapid.IntRange(0, 30).Draw(t, "before")}
		r := dayRule(before.String(), birthday, special, springDay, midAutumn, sinceDay)
		r.Before = before
		s := Subject{CustomerID: rapid.Int64Min(1).Draw(t, "customer"), Rulebook: "dealer", Grade: "A", Since: today, Birthday: solarDay(2, 29)}
		feast := calendar.Yearly{Lunar: rapid.Bool().Draw(t, "lunar"), Month: rapid.IntRange(1, 12).Draw(t, "month"), Day: rapid.IntRange(1, 30).Draw(t, "day")}
		if feast.Valid() {
			s.Special = []Special{{ID: 7, Name: "店庆", On: feast}}
		}
		s.Dates = map[string]calendar.Date{"since": today.AddDays(-rapid.IntRange(0, 9000).Draw(t, "since"))}
		plan := planFor(s, []rule.DutyRule{r}, h, w, none)
		seen := map[string]bool{}
		for _, d := range plan.Duties {
			if seen[d.Key] || !plan.Wants(d.Key) || !w.IsWorking(d.DueOn) || d.DueOn < d.WindowFrom || d.DueOn < today || d.DueOn > h.Until {
				t.Fatalf("%s from %s is due on %s", d.Key, d.WindowFrom, d.DueOn)
			}
			seen[d.Key] = true
		}
		impossible := map[string]bool{}
		for _, u := range plan.Unplaced {
			impossible[u.Occasion+u.From.String()] = true
		}
		for y := 2006; y < 2040; y++ {
			for _, o := range []rule.Occasion{springDay, midAutumn} {
				f, _ := calendar.FestivalOf(o.Name)
				d, _ := f.In(y)
				from := before.Before(d)
				if from < today || d > h.Until {
					continue
				}
				if key := fmt.Sprintf("dealer/greet/%s@%d", o, y); !seen[key] && !impossible[o.String()+from.String()] {
					t.Fatalf("%s of %d (%s) is lost: %v %v", o, y, d, plan.Duties, plan.Unplaced)
				}
			}
			if d, ok := feast.In(y); ok && before.Before(d) >= today && d <= h.Until {
				if key := fmt.Sprintf("dealer/greet/special(7)@%d", y); !seen[key] && !impossible["special(店庆)"+before.Before(d).String()] {
					t.Fatalf("%+v of %d (%s) is lost: %v %v", feast, y, d, plan.Duties, plan.Unplaced)
				}
			}
		}
		again := planFor(s, []rule.DutyRule{r}, h, w, func(key string) bool { return seen[key] })
		if len(again.Duties) != 0 || len(again.Fixed) != len(plan.Duties) {
			t.Fatalf("planning again opens %v", again.Duties)
		}
	})
}

// The days of a person fill evenly: no day has more than one duty more than it must, within what keeps each customer's distance.
func TestTheDaysOfAnOwnerFillEvenly(t *testing.T) {
	w := china(t)
	since := day(t, "2026-03-02")
	h := Horizon{Today: since, Until: since.AddDays(365)}
	plain, shared := map[calendar.Date]int{}, map[calendar.Date]int{}
	diary := NewDiary()
	p := NewPlanner(h, w)
	for i := range int64(100) {
		s := Subject{CustomerID: 900_000_000_000 + i, Rulebook: "dealer", Grade: "A", Since: since}
		rules := []rule.DutyRule{visit(period(t, "P1M"))}
		for _, d := range planFor(s, rules, h, w, none).Duties {
			plain[d.DueOn]++
		}
		plan := p.PlanFor(s, rules, Known{Diary: func(*rule.DutyRule) *Diary { return diary }})
		var last calendar.Date
		for _, d := range plan.Duties {
			shared[d.DueOn]++
			if last != 0 && (d.DueOn-last < 15 || d.DueOn-last > 50) {
				t.Errorf("customer %d is visited on %s and %s", i, last, d.DueOn)
			}
			last = d.DueOn
		}
	}
	most := func(m map[calendar.Date]int) (n int) {
		for _, x := range m {
			n = max(n, x)
		}
		return n
	}
	// 100 visits a month on some 21 days: five a day, where chance alone gives up to a dozen.
	if got := most(shared); got > 8 || got >= most(plain) {
		t.Errorf("the fullest day has %d duties, by chance alone %d", got, most(plain))
	}
	for d, n := range shared {
		if diary.On(d) != n {
			t.Fatalf("the diary has %d on %s, planned are %d", diary.On(d), d, n)
		}
	}
}

func TestAbsences(t *testing.T) {
	w := china(t)
	s := Subject{CustomerID: 4, Rulebook: "dealer", Grade: "A", Since: day(t, "2026-03-02")}
	h := Horizon{Today: s.Since, Until: day(t, "2026-04-30")}
	rules := []rule.DutyRule{visit(period(t, "P1M"))}
	due := func(away ...Away) (days []string, reasons []string) {
		diary := NewDiary(away...)
		plan := NewPlanner(h, w).PlanFor(s, rules, Known{Diary: func(*rule.DutyRule) *Diary { return diary }})
		for _, d := range plan.Duties {
			days = append(days, d.DueOn.String())
		}
		for _, u := range plan.Unplaced {
			reasons = append(reasons, u.Reason)
		}
		return days, reasons
	}
	days, _ := due()
	first := day(t, days[0])
	moved, _ := due(Away{From: first, Until: first})
	if moved[0] == days[0] || !slices.Equal(moved[1:], days[1:]) {
		t.Errorf("away on %s: %v", first, moved)
	}
	if got, why := due(Away{From: day(t, "2026-02-01"), Until: day(t, "2026-04-01")}); !slices.Equal(why, []string{OwnerAway}) || slices.ContainsFunc(got, func(d string) bool { return d < "2026-04-02" }) {
		t.Errorf("away for a month without anybody: %v %v", got, why)
	}
	if got, why := due(Away{From: day(t, "2026-02-01"), Until: day(t, "2026-04-01"), Covered: true}); len(why) != 0 || got[0] > "2026-04-01" {
		t.Errorf("away for a month with somebody standing in: %v %v", got, why)
	}
}

// A rule of several grades goes on through changes between them: whatever the history, its windows follow each other from the first of
// those grades on, and replanning after each change opens nothing twice and loses nothing.
func TestGradesOfOneRuleDoNotBeginAnew(t *testing.T) {
	w := china(t)
	rapid.Check(t, func(t *rapid.T) {
		r := visit(calendar.Period{Months: 1})
		r.Grades = []string{"A", "B"}
		begin, _ := calendar.Parse("2024-02-29")
		s := Subject{CustomerID: rapid.Int64Min(1).Draw(t, "customer"), Rulebook: "dealer", Grade: "A", Since: begin}
		due := map[string]calendar.Date{}
		var at calendar.Date
		for today := begin; today < begin.AddDays(400); today = today.AddDays(rapid.IntRange(1, 25).Draw(t, "pause")) {
			if rapid.Bool().Draw(t, "moves") && today > s.Since {
				s.History = append([]Stretch{{s.Grade, s.Since}}, s.History...)
				s.Grade, s.Since = map[string]string{"A": "B", "B": "A"}[s.Grade], today
			}
			plan := planFor(s, []rule.DutyRule{r}, Horizon{Today: today, Until: today.AddDays(60)}, w, func(k string) bool { _, ok := due[k]; return ok })
			for key := range due {
				if !plan.Wants(key) {
					t.Fatalf("%s is dropped when the grade becomes %s", key, s.Grade)
				}
			}
			for _, d := range plan.Duties {
				if _, twice := due[d.Key]; twice {
					t.Fatalf("%s twice", d.Key)
				}
				due[d.Key] = d.DueOn
			}
			at = today
		}
		for n := 0; ; n++ {
			from, to := windowOf(begin, r.Every, n)
			if to > at {
				break
			}
			inside := 0
			for _, d := range due {
				if from <= d && d < to {
					inside++
				}
			}
			if inside != 1 {
				t.Fatalf("[%s, %s) has %d visits", from, to, inside)
			}
		}
	})
}

func TestAChangedCadenceDoesNotAskAgain(t *testing.T) {
	w := china(t)
	s := Subject{CustomerID: 4, Rulebook: "dealer", Grade: "A", Since: day(t, "2026-03-02")}
	h := Horizon{Today: day(t, "2026-03-20"), Until: day(t, "2026-05-31")}
	kept := existing{rule: "visit", state: Kept, due: day(t, "2026-03-12"), key: "dealer/visit/A@2026-03-02/P1M#0"}
	known := knownOf([]existing{kept}, h.Today, nil)
	plan := NewPlanner(h, w).PlanFor(s, []rule.DutyRule{visit(calendar.Period{Days: 20})}, known)
	if len(plan.Duties) == 0 || plan.Duties[0].Occurrence != 1 {
		t.Errorf("the period in which the visit was kept is planned again: %v", plan.Duties)
	}
	if plan.Wants(kept.key) {
		t.Error("a duty of the old cadence is still wanted")
	}
}

func TestAWholeGradeIsOwedOnce(t *testing.T) {
	w := china(t)
	r := rule.DutyRule{Key: "seminar", Activity: "event", Grades: []string{"A", "B"}, Every: calendar.Period{Months: 3}, By: "director", EachGrade: true}
	h := Horizon{Today: day(t, "2026-01-01"), Until: day(t, "2026-12-31")}
	if plan := planFor(Subject{CustomerID: 4, Rulebook: "dealer", Grade: "A", Since: h.Today}, []rule.DutyRule{r}, h, w, none); len(plan.Duties) != 0 {
		t.Errorf("a customer gets the seminar of its grade: %v", plan.Duties)
	}
	keys := map[string]bool{}
	for _, grade := range []string{"A", "B"} {
		plan := planFor(Subject{Rulebook: "dealer", Grade: grade, Since: gradeAnchor}, []rule.DutyRule{r}, h, w, none)
		if len(plan.Duties) != 4 {
			t.Errorf("%s has %d seminars", grade, len(plan.Duties))
		}
		for i, d := range plan.Duties {
			keys[d.Key] = true
			if _, month, _ := d.DueOn.Civil(); (month-1)/3 != i {
				t.Errorf("the seminar of quarter %d is on %s", i+1, d.DueOn)
			}
		}
	}
	if len(keys) != 8 {
		t.Errorf("%d keys", len(keys))
	}
}
