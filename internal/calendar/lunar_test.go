package calendar

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSpringFestivalAndMidAutumn(t *testing.T) {
	spring := strings.Fields(`2004-01-22 2005-02-09 2006-01-29 2007-02-18 2008-02-07 2009-01-26 2010-02-14 2011-02-03 2012-01-23 2013-02-10
		2014-01-31 2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29
		2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03`)
	autumn := strings.Fields(`2004-09-28 2005-09-18 2006-10-06 2007-09-25 2008-09-14 2009-10-03 2010-09-22 2011-09-12 2012-09-30 2013-09-19
		2014-09-08 2015-09-27 2016-09-15 2017-10-04 2018-09-24 2019-09-13 2020-10-01 2021-09-21 2022-09-10 2023-09-29 2024-09-17 2025-10-06
		2026-09-25 2027-09-15 2028-10-03 2029-09-22 2030-09-12`)
	for i := range spring {
		for key, want := range map[string]string{"spring_festival": spring[i], "mid_autumn": autumn[i]} {
			f, ok := FestivalOf(key)
			if !ok {
				t.Fatal(key)
			}
			if got, ok := f.In(2004 + i); !ok || got.String() != want {
				t.Errorf("%s of %d is %s, want %s", key, 2004+i, got, want)
			}
		}
	}
}

// Every festival that is a public holiday lies within the days that the State Council announced under its name, or under that of
// National Day where the two fell together.
func TestFestivalsLieInTheAnnouncedHolidays(t *testing.T) {
	w := mustChina(t)
	named := map[string]string{
		"new_year": "元旦", "spring_festival": "春节", "qingming": "清明", "labour_day": "劳动节", "dragon_boat": "端午", "mid_autumn": "中秋", "national_day": "国庆节",
	}
	checked := 0
	for key, zh := range named {
		f, _ := FestivalOf(key)
		for year := 2008; year <= 2026; year++ {
			d, ok := f.In(year)
			if !ok {
				t.Fatalf("%s of %d is not known", key, year)
			}
			day, special := w.Special(d)
			// A festival on a weekend may be off without being named; two that meet are announced under one name.
			if w.IsWorking(d) || special && !strings.HasPrefix(day.Zh, zh) && day.Zh != "国庆节" && day.Zh != "中秋" {
				t.Errorf("%s of %d is %s, which is announced as %+v", key, year, d, day)
			}
			checked++
		}
	}
	if checked != 7*19 {
		t.Fatalf("%d days checked", checked)
	}
}

func TestLeapMonths(t *testing.T) {
	for year, month := range map[int]int{1987: 6, 2001: 4, 2004: 2, 2006: 7, 2009: 5, 2012: 4, 2014: 9, 2017: 6, 2020: 4, 2023: 2, 2025: 6, 2028: 5, 2031: 3, 2033: 11, 2026: 0, 2027: 0} {
		if got := LeapMonth(year); got != month {
			t.Errorf("the leap month of %d is %d, want %d", year, got, month)
		}
	}
	for _, c := range []struct {
		lunar Lunar
		date  string
	}{
		{Lunar{2020, 4, 1, false}, "2020-04-23"},
		{Lunar{2020, 4, 1, true}, "2020-05-23"},
		{Lunar{2025, 6, 1, true}, "2025-07-25"},
		{Lunar{2023, 2, 1, true}, "2023-03-22"},
		{Lunar{2025, 12, 29, false}, "2026-02-16"},
	} {
		d, err := c.lunar.Date()
		if err != nil || d.String() != c.date {
			t.Errorf("%+v is %s (%v), want %s", c.lunar, d, err, c.date)
		}
	}
	for _, wrong := range []Lunar{{2026, 6, 1, true}, {2026, 13, 1, false}, {2026, 1, 31, false}, {1900, 1, 1, false}, {2101, 1, 1, false}, {2025, 12, 30, false}} {
		if d, err := wrong.Date(); err == nil {
			t.Errorf("%+v is %s", wrong, d)
		}
	}
}

func TestLunarBirthdayInALeapMonth(t *testing.T) {
	born, ok := day(t, "2020-05-30").Lunar() // the 8th of the leap 4th month
	if !ok || born != (Lunar{2020, 4, 8, true}) {
		t.Fatalf("born on %+v", born)
	}
	kept, ok := LunarReturn(2026, born.Month, born.Day, born.Leap)
	if want := (Lunar{Year: 2026, Month: 4, Day: 8}); !ok {
		t.Fatal("2026 is known")
	} else if got, _ := kept.Lunar(); got != want {
		t.Errorf("kept on %s, %+v", kept, got)
	}
	if kept, _ = LunarReturn(2025, 12, 30, false); kept.String() != "2026-02-16" {
		t.Errorf("the 30th of a month of 29 days is kept on %s", kept)
	}
	if _, ok := LunarReturn(2200, 1, 1, false); ok {
		t.Error("2200 is not known")
	}
}

// Day by day the lunar calendar goes on by one, and back and forth is the same day.
func TestLunarDaysFollowEachOther(t *testing.T) {
	first, last := LunarYears()
	d, err := Lunar{Year: first, Month: 1, Day: 1}.Date()
	if err != nil || d.String() != "1901-02-19" {
		t.Fatal(d, err)
	}
	before := Lunar{}
	for ; ; d++ {
		l, ok := d.Lunar()
		if !ok {
			break
		}
		if back, err := l.Date(); err != nil || back != d {
			t.Fatalf("%s is %+v, which is %s (%v)", d, l, back, err)
		}
		if l.Day != before.Day+1 && (l.Day != 1 || before.Day < 29 && before.Day != 0) {
			t.Fatalf("%+v follows %+v", l, before)
		}
		before = l
	}
	if before.Year != last || before.Month != 12 || d.String() != "2101-01-29" {
		t.Errorf("the last day is %+v, before %s", before, d)
	}
}

func TestFestivalsComeOnceAYear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(1902, 2099).Draw(t, "year")
		for _, f := range Festivals() {
			d, ok := f.In(year)
			if y, _, _ := d.Civil(); !ok || y != year {
				t.Fatalf("%s of %d is %s", f.Key, year, d)
			}
		}
	})
	if _, ok := FestivalOf("full_moon"); ok {
		t.Error("a festival nobody keeps")
	}
}
