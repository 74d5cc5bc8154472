package calendar

import (
	"slices"
	"testing"
)

func TestYearlyDays(t *testing.T) {
	for _, c := range []struct {
		on   Yearly
		year int
		want string // "" = none
	}{
		{Yearly{false, 2, 29}, 2027, "2027-02-28"},
		{Yearly{false, 2, 29}, 2028, "2028-02-29"},
		{Yearly{true, 8, 15}, 2026, "2026-09-25"},
		{Yearly{true, 1, 1}, 2027, "2027-02-06"},
		// The twelfth month lies in the civil year after; that of 2026 has 29 days, that of 2025 too.
		{Yearly{true, 12, 8}, 2025, "2026-01-26"},
		{Yearly{true, 12, 30}, 2025, "2026-02-16"},
		{Yearly{true, 12, 29}, 2025, "2026-02-16"},
		// 2025 has a leap sixth month: the birthday is kept in the ordinary one.
		{Yearly{true, 6, 10}, 2025, "2025-07-04"},
		{Yearly{true, 1, 31}, 2026, ""},
		{Yearly{false, 4, 31}, 2026, ""},
		{Yearly{true, 1, 1}, 2101, ""},
		{Yearly{}, 2026, ""},
	} {
		got, ok := c.on.In(c.year)
		if text := got.String(); ok != (c.want != "") || ok && text != c.want {
			t.Errorf("%+v in %d: %s, %v; want %q", c.on, c.year, text, ok, c.want)
		}
	}
}

// Every yearly day is found again from the day it is kept on, and nothing is found on other days.
func TestYearlyOnIsTheInverse(t *testing.T) {
	const from, until = 2024, 2029
	found := map[Yearly][]Date{}
	for d := daysFromCivil(from, 1, 1); d < daysFromCivil(until, 1, 1); d++ {
		for _, y := range YearlyOn(d) {
			found[y] = append(found[y], d)
		}
	}
	kept := 0
	for month := 1; month <= 12; month++ {
		for day := 1; day <= 31; day++ {
			for _, lunar := range []bool{false, true} {
				y := Yearly{lunar, month, day}
				var want []Date
				for year := from - 1; year < until; year++ {
					if d, ok := y.In(year); ok && d >= daysFromCivil(from, 1, 1) && d < daysFromCivil(until, 1, 1) {
						want = append(want, d)
					}
				}
				if !slices.Equal(found[y], want) {
					t.Errorf("%+v is kept on %v, found on %v", y, want, found[y])
				}
				kept += len(want)
			}
		}
	}
	if kept < 3500 {
		t.Errorf("only %d days", kept)
	}
}
