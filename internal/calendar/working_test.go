package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func mustChina(t *testing.T) *Working {
	t.Helper()
	w, err := China()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func day(t *testing.T, s string) Date {
	t.Helper()
	d, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestWorkingKnowsTheOfficialDays(t *testing.T) {
	w := mustChina(t)
	for _, c := range []struct {
		date string
		work bool
		why  string
	}{
		{"2026-02-17", false, "Spring Festival on a Tuesday"},
		{"2026-02-14", true, "a Saturday worked for Spring Festival"},
		{"2026-02-28", true, "a Saturday worked for Spring Festival"},
		{"2026-11-21", false, "an ordinary Saturday"},
		{"2026-11-23", true, "an ordinary Monday"},
		{"2004-10-10", true, "a Sunday worked for National Day"},
		{"2030-10-01", true, "a Tuesday of a year without announcement"},
	} {
		if got := w.IsWorking(day(t, c.date)); got != c.work {
			t.Errorf("%s (%s): worked = %v", c.date, c.why, got)
		}
	}
	holidays, workdays := 0, 0
	for _, d := range w.days {
		if d.Work {
			workdays++
		} else {
			holidays++
		}
	}
	if holidays != 619 || workdays != 150 {
		t.Errorf("%d holidays and %d make-up days, want 619 and 150", holidays, workdays)
	}
}

func TestKnownYears(t *testing.T) {
	w := mustChina(t)
	if first, last := w.KnownYears(); first != 2004 || last != 2026 {
		t.Errorf("known from %d to %d", first, last)
	}
	if w.Known(2003) || !w.Known(2004) || !w.Known(2026) || w.Known(2027) {
		t.Error("Known disagrees with KnownYears")
	}
}

func TestAddCrossesAHoliday(t *testing.T) {
	w := mustChina(t)
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-20", 3, "2026-11-25"},
		{"2026-02-13", 1, "2026-02-14"}, // a make-up Saturday counts
		{"2026-02-13", 2, "2026-02-24"},
		{"2026-02-24", -2, "2026-02-13"},
		{"2026-11-22", 0, "2026-11-22"},
	} {
		if got := w.Add(day(t, c.from), c.n).String(); got != c.want {
			t.Errorf("%s + %d working days = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestOwnDaysOverrule(t *testing.T) {
	w := mustChina(t)
	founding := day(t, "2026-11-23")
	own := w.With(Day{Date: founding, Zh: "厂庆", En: "Founders' day"}, Day{Date: day(t, "2026-11-22"), Work: true})
	if own.IsWorking(founding) || !own.IsWorking(day(t, "2026-11-22")) {
		t.Error("the organisation's days do not count")
	}
	if !w.IsWorking(founding) {
		t.Error("With changed the calendar it began from")
	}
	if d, ok := own.Special(founding); !ok || d.Zh != "厂庆" {
		t.Errorf("Special gives %+v", d)
	}
}

func TestNoWorkingDayAtAllEnds(t *testing.T) {
	start := day(t, "2026-01-01")
	var off []Day
	for i := range maxIdle + 10 {
		off = append(off, Day{Date: start.AddDays(i)})
	}
	w := (&Working{}).With(off...)
	if got := w.Next(start); got != None {
		t.Errorf("Next = %s, want none", got)
	}
	if got := w.Add(start, 5); got != None {
		t.Errorf("Add = %s, want none", got)
	}
}

func TestBetweenIsTheCountOfWorkingDays(t *testing.T) {
	w := mustChina(t)
	rapid.Check(t, func(t *rapid.T) {
		from := Date(rapid.IntRange(-40_000, 30_000).Draw(t, "from"))
		length := rapid.IntRange(0, 800).Draw(t, "length")
		to, want := from, 0
		for range length {
			to = to.AddDays(1)
			if w.IsWorking(to) {
				want++
			}
		}
		if got := w.Between(from, to); got != want {
			t.Fatalf("Between(%s, %s) = %d, want %d", from, to, got, want)
		}
		if got := w.Between(to, from); got != -want {
			t.Fatalf("Between(%s, %s) = %d, want %d", to, from, got, -want)
		}
	})
}

func TestAddUndoesBetween(t *testing.T) {
	w := mustChina(t)
	rapid.Check(t, func(t *rapid.T) {
		from := Date(rapid.IntRange(12_000, 21_000).Draw(t, "from"))
		n := rapid.IntRange(-300, 300).Draw(t, "n")
		to := w.Add(from, n)
		if n != 0 && !w.IsWorking(to) {
			t.Fatalf("%s + %d gives %s, which is not worked", from, n, to)
		}
		if n >= 0 {
			if got := w.Between(from, to); got != n {
				t.Fatalf("Between(%s, %s) = %d, want %d", from, to, got, n)
			}
		}
		if next := w.Next(from); !w.IsWorking(next) || w.Between(from, next) != 1 {
			t.Fatalf("Next(%s) = %s", from, next)
		}
		if w.IsWorking(from) && (w.OnOrAfter(from) != from || w.Next(w.Previous(from)) != from) {
			t.Fatalf("%s is not between its neighbours", from)
		}
	})
}

func TestWeekdaysAgreeWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date(rapid.IntRange(-200_000, 200_000).Draw(t, "date"))
		want := time.Unix(int64(d)*86400, 0).UTC().Weekday()
		if d.Weekday() != want {
			t.Fatalf("%s is a %s, not a %s", d, want, d.Weekday())
		}
	})
}
