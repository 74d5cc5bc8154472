package visit

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kezhi/internal/calendar"
)

// fits says, by a way of its own, whether all of some visits can be made: day by day the one whose last day comes first. The days of an
// overdue one have no end.
func fits(days []PlanDay, list []Owed, today calendar.Date) bool {
	rest := slices.Clone(list)
	until := func(o Owed) calendar.Date {
		if o.Due < today {
			return calendar.Date(1 << 30)
		}
		return o.Due
	}
	slices.SortFunc(rest, func(a, b Owed) int { return cmp.Compare(until(a), until(b)) })
	for _, d := range days {
		for range max(d.Room, 0) {
			if at := slices.IndexFunc(rest, func(o Owed) bool { return o.From <= d.On && d.On <= until(o) }); at >= 0 {
				rest = slices.Delete(rest, at, at+1)
			}
		}
	}
	return len(rest) == 0
}

func drawnWeek(rt *rapid.T) ([]PlanDay, []Owed, calendar.Date) {
	stop := func(n int64) Stop {
		s := Stop{ID: n, Region: rapid.SampledFrom([]string{"", "31", "3205", "320505", "320506", "440606"}).Draw(rt, "region")}
		s.Street = rapid.SampledFrom([]string{"", "五金路", "兴业路"}).Draw(rt, "street")
		if rapid.Bool().Draw(rt, "on the map") {
			s.Spot = &Spot{31_000_000 + rapid.Int64Range(0, 300_000).Draw(rt, "lat"), 120_000_000 + rapid.Int64Range(0, 300_000).Draw(rt, "lon")}
		}
		return s
	}
	const monday = calendar.Date(20_000)
	var days []PlanDay
	for d := range rapid.IntRange(0, 6).Draw(rt, "days") {
		day := PlanDay{On: monday.AddDays(d), Room: rapid.IntRange(-1, 3).Draw(rt, "room")}
		for n := range rapid.IntRange(0, 2).Draw(rt, "fixed") {
			day.Stops = append(day.Stops, stop(int64(1000+10*d+n)))
		}
		days = append(days, day)
	}
	var owed []Owed
	for n := range rapid.IntRange(0, 14).Draw(rt, "owed") {
		from := monday.AddDays(rapid.IntRange(-10, 8).Draw(rt, "from"))
		s := stop(int64(n + 1))
		s.Whose = rapid.Int64Range(0, 9).Draw(rt, "whose")
		owed = append(owed, Owed{Stop: s, From: from, Due: from.AddDays(rapid.IntRange(0, 9).Draw(rt, "long"))})
	}
	return days, owed, monday
}

// Every duty is proposed once or left with its reason, on a day of its own, where there is room; and nobody is left out who could be
// fitted in beside those that are more urgent.
func TestPlanWeekIsSoundAndComplete(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		days, owed, today := drawnWeek(rt)
		placed, left := PlanWeek(days, owed, today)
		if len(placed)+len(left) != len(owed) {
			rt.Fatalf("%d placed and %d left of %d", len(placed), len(left), len(owed))
		}
		at := map[calendar.Date]PlanDay{}
		for _, d := range days {
			at[d.On] = d
		}
		used, seen, visited := map[calendar.Date]int{}, map[int64]bool{}, map[int64]bool{}
		var in []Owed
		for _, p := range placed {
			d, ok := at[p.On]
			if used[p.On]++; !ok || used[p.On] > d.Room || seen[p.ID] {
				rt.Fatalf("%+v", p)
			}
			if p.On < p.From || p.On > p.Due && p.Due >= today {
				rt.Fatalf("%d is not owed on %s", p.ID, p.On)
			}
			if p.NearID == p.ID {
				rt.Fatalf("%d is near itself", p.ID)
			}
			if visited[p.Whose] && p.Whose != 0 {
				rt.Fatalf("customer %d is visited twice", p.Whose)
			}
			seen[p.ID], visited[p.Whose] = true, true
			in = append(in, p.Owed)
		}
		for _, l := range left {
			if l.Why == SameCustomer {
				if l.Whose == 0 || !visited[l.Whose] || seen[l.ID] {
					rt.Fatalf("nobody goes to customer %d: %+v", l.Whose, l)
				}
				continue
			}
			suits := slices.ContainsFunc(days, func(d PlanDay) bool { return d.On >= l.From && (d.On <= l.Due || l.Due < today) })
			if suits != (l.Why == NoRoom) || seen[l.ID] {
				rt.Fatalf("%+v", l)
			}
			urgent := slices.DeleteFunc(slices.Clone(in), func(o Owed) bool { return (&weekPlan{}).byUrgency(o, l.Owed) > 0 })
			if suits && fits(days, append(urgent, l.Owed), today) {
				rt.Fatalf("%d could be fitted in beside those more urgent", l.ID)
			}
		}
	})
}

// The order in which duties are read changes nothing.
func TestPlanWeekDependsOnItsInputAlone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		days, owed, today := drawnWeek(rt)
		placed, left := PlanWeek(days, owed, today)
		mixed := rapid.Permutation(owed).Draw(rt, "mixed")
		placed2, left2 := PlanWeek(days, mixed, today)
		if !reflect.DeepEqual(placed, placed2) || !reflect.DeepEqual(left, left2) {
			rt.Fatalf("%v\n%v", placed, placed2)
		}
	})
}

// Visits in one street are made on one day, beside what is fixed there; those far away on another; the overdue one as soon as possible.
func TestPlanWeekGroupsByNearness(t *testing.T) {
	const monday = calendar.Date(20_000)
	road := func(n int64, street, region string) Stop { return Stop{ID: n, Region: region, Street: street} }
	owed := func(s Stop, from, due int) Owed { return Owed{s, monday.AddDays(from), monday.AddDays(due)} }
	days := []PlanDay{{On: monday, Room: 2}, {On: monday.AddDays(1), Room: 2}, {On: monday.AddDays(2), Room: 2, Stops: []Stop{road(90, "五金路", "440606")}}}
	placed, left := PlanWeek(days, []Owed{
		owed(road(1, "五金路", "440606"), -5, 4),
		owed(road(2, "兴业路", "320505"), -20, -2),
		owed(road(3, "兴业路", "320505"), -5, 9),
		owed(road(4, "", "440606"), 0, 3),
		owed(road(5, "", ""), 5, 8),
		owed(road(6, "", "110101"), 0, 9),
	}, monday)
	var got []string
	for _, p := range placed {
		got = append(got, fmt.Sprintf("%d on %d near %d (%d)", p.ID, p.On-monday, p.NearID, p.Near))
	}
	want := []string{"2 on 0 near 3 (3)", "3 on 0 near 2 (3)", "6 on 1 near 0 (0)", "1 on 2 near 90 (3)", "4 on 2 near 90 (2)"}
	if !slices.Equal(got, want) || len(left) != 1 || left[0].ID != 5 || left[0].Why != NoDay {
		t.Errorf("%v, left %+v", got, left)
	}
}

// Where a day is full, a visit goes to another day of its own to let in one that has no other.
func TestPlanWeekMakesRoom(t *testing.T) {
	const monday = calendar.Date(20_000)
	days := []PlanDay{{On: monday, Room: 1}, {On: monday.AddDays(1), Room: 1}}
	placed, left := PlanWeek(days, []Owed{
		{Stop{ID: 1}, monday, monday.AddDays(1)},
		{Stop{ID: 2}, monday.AddDays(-1), monday.AddDays(1)},
	}, monday)
	if len(placed) != 2 || len(left) != 0 {
		t.Errorf("%+v %+v", placed, left)
	}
	placed, left = PlanWeek(days, []Owed{
		{Stop{ID: 1}, monday, monday.AddDays(3)},
		{Stop{ID: 2}, monday.AddDays(1), monday.AddDays(4)},
		{Stop{ID: 3}, monday, monday},
	}, monday)
	if len(placed) != 2 || placed[0].ID != 3 || placed[1].ID != 1 || len(left) != 1 || left[0].Why != NoRoom {
		t.Errorf("%+v %+v", placed, left)
	}
}

func TestStreetOf(t *testing.T) {
	for text, want := range map[string]string{"广东省佛山市顺德区五金路188号2栋": "广东省佛山市顺德区五金路", "": "", "12 Main St": "", "兴业路": "兴业路"} {
		if got := streetOf(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
