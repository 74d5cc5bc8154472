package duty

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // zones with daylight saving time

	"pgregory.net/rapid"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

// life is a customer whose grade moves while its duties are planned again and again.
type life struct {
	t     *rapid.T
	w     *calendar.Working
	rules []rule.DutyRule
	away  []Away
	s     Subject
	had   map[string]existing
	told  map[string]bool // occurrences that were reported as impossible, by prefix and number
}

// drawnLife draws a service plan, a calendar with days off of its own, and absences of the owner.
func drawnLife(t *rapid.T, w *calendar.Working, begin calendar.Date) *life {
	l := &life{t: t, had: map[string]existing{}, told: map[string]bool{}}
	var days []calendar.Day
	for range rapid.IntRange(0, 40).Draw(t, "special days") {
		days = append(days, calendar.Day{Date: begin.AddDays(rapid.IntRange(-20, 400).Draw(t, "day")), Work: rapid.Bool().Draw(t, "worked")})
	}
	l.w = w.With(days...)
	for n := range rapid.IntRange(1, 4).Draw(t, "rules") {
		r := visit(calendar.Period{Months: rapid.IntRange(0, 3).Draw(t, "months"), Days: rapid.IntRange(1, 20).Draw(t, "days")})
		r.Key = fmt.Sprintf("rule%d", n)
		r.Grades = [][]string{{"A"}, {"B"}, {"A", "B"}}[rapid.IntRange(0, 2).Draw(t, "grades")]
		l.rules = append(l.rules, r)
	}
	for range rapid.IntRange(0, 3).Draw(t, "absences") {
		from := begin.AddDays(rapid.IntRange(0, 350).Draw(t, "away"))
		l.away = append(l.away, Away{From: from, Until: from.AddDays(rapid.IntRange(0, 50).Draw(t, "long")), Covered: rapid.Bool().Draw(t, "covered")})
	}
	l.s = Subject{CustomerID: rapid.Int64Min(1).Draw(t, "customer"), Rulebook: "dealer", Grade: "A", Since: begin}
	return l
}

func (l *life) ofGrade() (out []rule.DutyRule) {
	for _, r := range l.rules {
		if slices.Contains(r.Grades, l.s.Grade) {
			out = append(out, r)
		}
	}
	return out
}

// look works out what is to be done today from what is there.
func (l *life) look(today calendar.Date) Plan {
	list := slices.Collect(maps.Values(l.had))
	diary := NewDiary(l.away...)
	for _, e := range list {
		diary.Add(e.due, 1)
	}
	h := Horizon{Today: today, Until: today.AddDays(60)}
	return NewPlanner(h, l.w).PlanFor(l.s, l.ofGrade(), knownOf(list, today, func(*rule.DutyRule) *Diary { return diary }))
}

// write does what a plan says, in one transaction as the planning does: what is wanted no more is dropped, what is new is opened.
func (l *life) write(plan Plan, today calendar.Date) {
	for key, e := range l.had {
		if e.due >= today && !plan.Wants(key) {
			delete(l.had, key)
		}
	}
	for _, d := range plan.Duties {
		from, to := windowOf(l.s.anchor(d.Rule), d.Rule.Every, d.Occurrence)
		if _, twice := l.had[d.Key]; twice || d.DueOn < today || d.DueOn < from || d.DueOn >= to || !l.w.IsWorking(d.DueOn) {
			l.t.Fatalf("%s of [%s, %s) is due on %s (today %s, there before: %v)", d.Key, from, to, d.DueOn, today, twice)
		}
		l.had[d.Key] = existing{key: d.Key, rule: d.Rule.Key, due: d.DueOn, state: Open}
	}
	for _, u := range plan.Unplaced {
		for _, r := range l.rules {
			if r.Key == u.Rule {
				l.told[fmt.Sprint(planPrefix(&l.s, &r), u.Occurrence)] = true
			}
		}
	}
}

// plan plans today, now and then killed before the end or done twice: the one that goes on opens what the killed one would have opened.
func (l *life) plan(today calendar.Date) {
	plan := l.look(today)
	if rapid.Bool().Draw(l.t, "killed") {
		again := l.look(today)
		if len(again.Duties) != len(plan.Duties) {
			l.t.Fatalf("killed with %d duties, gone on with %d", len(plan.Duties), len(again.Duties))
		}
		for i, d := range again.Duties {
			if was := plan.Duties[i]; d.Key != was.Key || d.DueOn != was.DueOn {
				l.t.Fatalf("killed with %s on %s, gone on with %s on %s", was.Key, was.DueOn, d.Key, d.DueOn)
			}
		}
	}
	l.write(plan, today)
	if rapid.Bool().Draw(l.t, "twice") {
		l.write(l.look(today), today)
	}
}

// settle holds every window that was over while its rule held against what was planned.
func (l *life) settle(stretches []Stretch, last calendar.Date) {
	for _, r := range l.rules {
		for i := 0; i < len(stretches); i++ {
			if !slices.Contains(r.Grades, stretches[i].Grade) {
				continue
			}
			begin, end := stretches[i].From, last
			for ; i < len(stretches) && slices.Contains(r.Grades, stretches[i].Grade); i++ {
				if i+1 < len(stretches) {
					end = stretches[i+1].From
				} else {
					end = last
				}
			}
			s := Subject{Rulebook: "dealer", Grade: stretches[i-1].Grade, Since: begin}
			for n := 0; ; n++ {
				from, to := windowOf(begin, r.Every, n)
				if to > end {
					break
				}
				inside := 0
				for _, e := range l.had {
					if e.rule == r.Key && from <= e.due && e.due < to {
						inside++
					}
				}
				if reported := l.told[fmt.Sprint(planPrefix(&s, &r), n)]; inside > 1 || inside == 0 && !reported {
					l.t.Fatalf("%s [%s, %s): %d duties, reported as impossible: %v", r.Key, from, to, inside, reported)
				}
			}
		}
	}
}

// For random service plans, calendars, absences and histories of grades, planned in any zone at any hour, with plannings that are
// killed: every period of every rule that held for the whole of it has one duty or was reported as impossible, and none has two.
func TestThePlannerIsTotal(t *testing.T) {
	w := china(t)
	rapid.Check(t, func(t *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom([]string{"Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "UTC"}).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		now := time.Date(2024, 1, 20, 0, 0, 0, 0, zone).Add(time.Duration(rapid.IntRange(0, 60*24).Draw(t, "first hour")) * time.Hour)
		begin := calendar.FromTime(now, zone)
		l := drawnLife(t, w, begin)
		stretches := []Stretch{{"A", begin}}
		today := begin
		for today < begin.AddDays(200) {
			l.plan(today)
			now = now.Add(time.Duration(rapid.IntRange(1, 24*12).Draw(t, "pause")) * time.Hour)
			next := calendar.FromTime(now, zone)
			if next < today {
				t.Fatalf("the day goes back from %s to %s", today, next)
			}
			if today = next; rapid.IntRange(0, 5).Draw(t, "moves") == 0 && today > l.s.Since {
				l.s.History = append([]Stretch{{l.s.Grade, l.s.Since}}, l.s.History...)
				l.s.Grade, l.s.Since = map[string]string{"A": "B", "B": "A"}[l.s.Grade], today
				stretches = append(stretches, Stretch{l.s.Grade, today})
			}
		}
		l.settle(stretches, today)
	})
}
