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

// A festival of a month that is there twice is kept in the first of the two: 2006 had a leap 7th month, 2014 a leap 9th.
func TestFestivalsKeepTheOrdinaryMonth(t *testing.T) {
	for key, want := range map[string]string{"double_seventh": "2006-07-31", "double_ninth": "2014-10-02", "dragon_boat": "2009-05-28", "lantern": "2023-02-05"} {
		f, _ := FestivalOf(key)
		d, ok := f.In(mustYear(t, want))
		if !ok || d.String() != want {
			t.Errorf("%s is %s, want %s", key, d, want)
		}
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
	for _, year := range []int{1901, 2100} {
		if f, _ := FestivalOf("mid_autumn"); knows(f, year) {
			t.Errorf("%d is known", year)
		}
	}
	if _, ok := FestivalOf("full_moon"); ok {
		t.Error("a festival nobody keeps")
	}
}

func mustYear(t *testing.T, date string) int {
	t.Helper()
	y, _, _ := day(t, date).Civil()
	return y
}

func knows(f Festival, year int) bool {
	_, ok := f.In(year)
	return ok
}
