package calendar_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kezhi/internal/calendar"
)

func date(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Every day of ten thousand years agrees with the standard library.
func TestDateAgreesWithTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.IntRange(-719162, 2932896).Draw(t, "days") // 0001-01-01 to 9999-12-31
		d, want := calendar.Date(days), time.Unix(0, 0).UTC().AddDate(0, 0, days)
		y, m, day := d.Civil()
		if y != want.Year() || m != int(want.Month()) || day != want.Day() || d.Weekday() != want.Weekday() {
			t.Fatalf("day %d is %d-%d-%d %v, want %v", days, y, m, day, d.Weekday(), want)
		}
		if d.String() != want.Format(time.DateOnly) {
			t.Fatalf("day %d is written %s", days, d)
		}
		back, err := calendar.Parse(d.String())
		if err != nil || back != d || calendar.FromBytes([]byte(d.String())) != d {
			t.Fatalf("%s came back as %s, %v", d, back, err)
		}
		if calendar.FromTime(want.Add(23*time.Hour), time.UTC) != d || !d.Midnight(time.UTC).Equal(want) {
			t.Fatalf("%s does not agree with its moments", d)
		}
		if d.MonthStart().String() != want.Format("2006-01")+"-01" || d.YearStart().String() != want.Format("2006")+"-01-01" {
			t.Fatalf("%s begins in %s and %s", d, d.MonthStart(), d.YearStart())
		}
		if last := time.Date(want.Year(), want.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day(); calendar.DaysIn(y, m) != last {
			t.Fatalf("%d-%d has %d days, want %d", y, m, calendar.DaysIn(y, m), last)
		}
	})
}

func TestADayBelongsToItsTimeZone(t *testing.T) {
	shanghai := time.FixedZone("UTC+8", 8*3600)
	moment := time.Date(2026, 12, 31, 16, 0, 0, 0, time.UTC)
	if d := calendar.FromTime(moment, shanghai); d.String() != "2027-01-01" {
		t.Errorf("in Shanghai it is %s", d)
	}
	if got := date(t, "2027-01-01").Midnight(shanghai); !got.Equal(moment) {
		t.Errorf("the day begins at %v", got)
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", 48, "2028-02-29"},
		{"2024-02-29", -12, "2023-02-28"},
		{"2000-02-29", -1200, "1900-02-28"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2026-01-15", -13, "2024-12-15"},
		{"2026-12-31", 2, "2027-02-28"},
		{"2026-05-10", 0, "2026-05-10"},
		{"0001-03-15", -2, "0001-01-15"},
	} {
		if got := date(t, c.from).AddMonths(c.n); got.String() != c.want {
			t.Errorf("%s %+d months = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

// Before the year 1 the months still follow each other: the arithmetic has no seam at zero.
func TestMonthArithmeticHasNoSeam(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := calendar.Date(rapid.IntRange(-1_500_000, 2_900_000).Draw(t, "start"))
		n := rapid.IntRange(-3000, 3000).Draw(t, "months")
		y, m, day := start.Civil()
		gy, gm, gday := start.AddMonths(n).Civil()
		if gy*12+gm != y*12+m+n || gm < 1 || gm > 12 || gday != min(day, calendar.DaysIn(gy, gm)) {
			t.Fatalf("%d-%d-%d %+d months = %d-%d-%d", y, m, day, n, gy, gm, gday)
		}
	})
}

func TestParseRefuses(t *testing.T) {
	for _, s := range []string{
		"", "2026-09-31", "2025-02-29", "1900-02-29", "2026-2-3", "2026/02/03", "20260203", "2026-02-03T", " 2026-02-03", "2026-02-30",
		"2026-00-10", "2026-13-01", "2026-01-00", "0000-01-01", "-001-01-01", "+026-01-01", "２０２６-01-01", "2026-1a-01", "2026-01-32",
	} {
		if d, err := calendar.Parse(s); err == nil || d != calendar.None {
			t.Errorf("%q was read as %s", s, d)
		}
	}
	if calendar.None.String() != "" || calendar.FromBytes(nil) != calendar.None {
		t.Error("no date must be empty")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2026-02-28", "2024-02-29", "9999-12-31", "0001-01-01", "2026-09-31"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.Parse(s)
		want, wantErr := time.Parse(time.DateOnly, s)
		if ok := wantErr == nil && want.Year() >= 1; (err == nil) != ok {
			t.Fatalf("%q: %v, the standard library says %v", s, err, wantErr)
		}
		if err == nil && d.String() != s {
			t.Fatalf("%q was read as %s", s, d)
		}
	})
}

func TestPeriods(t *testing.T) {
	for text, want := range map[string]calendar.Period{
		"P1M": {1, 0}, "P12M": {12, 0}, "P1Y": {12, 0}, "P90D": {0, 90}, "P2W": {0, 14}, "P1Y6M": {18, 0}, "P1Y1M1W1D": {13, 8}, "P0Y5D": {0, 5},
	} {
		p, err := calendar.ParsePeriod(text)
		if err != nil || p != want {
			t.Errorf("%s = %+v, %v", text, p, err)
		}
	}
	for _, s := range []string{"", "P", "P0D", "P0M0D", "1M", "p1M", "PM", "P1", "P1H", "PT1H", "P1D1M", "P1M1M", "P-1D", "P+5D", "P1M-0D", "P1.5M", "P 1M", "P1M ", "P100001D", "P99999999999999999999D", "P１M"} {
		if p, err := calendar.ParsePeriod(s); err == nil {
			t.Errorf("%q was read as %+v", s, p)
		}
	}
	d := date(t, "2026-03-31")
	p := calendar.Period{Months: 1, Days: 1}
	if got := p.After(d); got.String() != "2026-05-01" {
		t.Errorf("after: %s", got)
	}
	if got := p.Before(d); got.String() != "2026-02-28" {
		t.Errorf("before: %s", got)
	}
	if (calendar.Period{Months: 14, Days: 3}).ApproxDays() != 365+60+3 {
		t.Error("approximate length")
	}
}

// What a period is written as is read as the same period.
func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"P1Y2M3W4D", "P12M", "P90D", "P+5D", "P1M-0D", "P0D"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := calendar.ParsePeriod(s)
		if err != nil {
			return
		}
		if p.IsZero() || p.Months < 0 || p.Days < 0 || strings.ContainsAny(s, "+-. ") {
			t.Fatalf("%q was read as %+v", s, p)
		}
		if p.Months <= 100_000 && p.Days <= 100_000 {
			if back, err := calendar.ParsePeriod(p.String()); err != nil || back != p {
				t.Fatalf("%q is written %s and read as %+v, %v", s, p, back, err)
			}
		}
	})
}
