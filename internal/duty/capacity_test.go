package duty

import (
	"testing"

	"pgregory.net/rapid"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

// Whatever the customers, the cadence and the limit: no day has more duties of a cadence than it may, and an occurrence without a day
// had none with room left.
func TestNobodyHasMoreOnADayThanTheRulebookSays(t *testing.T) {
	w := china(t)
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(1, 4).Draw(t, "most")
		r := visit(genPeriod(t))
		r.Capacity = []rule.Capacity{{Grades: []string{"A"}, AtMost: most}, {AtMost: 500}}
		from := calendar.Date(20_500)
		h := Horizon{Today: from, Until: from.AddDays(rapid.IntRange(20, 200).Draw(t, "horizon"))}
		planner, diary := NewPlanner(h, w), NewDiary()
		for n := range rapid.IntRange(1, 60).Draw(t, "customers") {
			s := Subject{CustomerID: int64(n) + 1, Rulebook: "dealer", Grade: "A", Since: from}
			plan := planner.PlanFor(s, []rule.DutyRule{r}, Known{Exists: none, Diary: func(*rule.DutyRule) *Diary { return diary }})
			for _, u := range plan.Unplaced {
				begin, end := windowOf(from, r.Every, u.Occurrence)
				for day := max(begin, h.Today); day < end; day++ {
					if w.IsWorking(day) && (u.Reason != OverCapacity || diary.On(day) < most) {
						t.Fatalf("%s, but %s has %d of %d", u.Reason, day, diary.On(day), most)
					}
				}
			}
		}
		for day := from; day <= h.Until.AddDays(400); day++ {
			if diary.On(day) > most {
				t.Fatalf("%s has %d of %d", day, diary.On(day), most)
			}
		}
	})
}

// What a date asks for takes a sooner day with room, and its own where there is none; planned again it stays where it is.
func TestADayIsOwedAllTheSame(t *testing.T) {
	w := china(t)
	r := dayRule("P3D", birthday)
	r.Capacity = []rule.Capacity{{AtMost: 1}}
	diary := NewDiary()
	planner := NewPlanner(Horizon{Today: day(t, "2026-03-01"), Until: day(t, "2026-04-30")}, w)
	var got []string
	for n := range 5 { // the 18th is a Wednesday
		s := Subject{CustomerID: int64(n) + 1, Rulebook: "dealer", Grade: "A", Since: day(t, "2026-01-01"), Birthday: solarDay(3, 18)}
		known := Known{Exists: none, Diary: func(*rule.DutyRule) *Diary { return diary }}
		plan := planner.PlanFor(s, []rule.DutyRule{r}, known)
		if len(plan.Duties) != 1 || len(plan.Unplaced) != 0 {
			t.Fatalf("%+v", plan)
		}
		put := plan.Duties[0].DueOn
		got = append(got, put.String())
		known.Exists = func(string) bool { return true }
		again := planner.PlanFor(s, []rule.DutyRule{r}, known)
		if len(again.Fixed) != 1 || again.Fixed[0].moves(put, "A") || !again.Fixed[0].moves(day(t, "2026-03-19"), "A") {
			t.Errorf("planned again: %+v", again.Fixed)
		}
	}
	want := []string{"2026-03-18", "2026-03-17", "2026-03-16", "2026-03-18", "2026-03-18"}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}
