// Package calendar holds civil dates, ISO periods and the working calendar. It knows no time zone and no clock:
// a Date is a day on the wall of the organisation.
package calendar

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a civil date, counted in days from 1970-01-01 (day 0). The zero value is that day; "no date" is None.
type Date int32

// None stands for "no date"; it sorts before every real date.
const None Date = -1 << 31

// Of makes a date from year, month (1 to 12) and day. A day that does not exist is an error, never shifted.
func Of(year, month, day int) (Date, error) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > DaysIn(year, month) {
		return None, fmt.Errorf("no such day: %04d-%02d-%02d", year, month, day)
	}
	return daysFromCivil(year, month, day), nil
}

// Parse reads exactly YYYY-MM-DD. A day that does not exist (2026-09-31) is an error.
func Parse(s string) (Date, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return None, fmt.Errorf("not a date (YYYY-MM-DD): %q", s)
	}
	y, ok1 := digits(s[:4])
	m, ok2 := digits(s[5:7])
	d, ok3 := digits(s[8:])
	if !ok1 || !ok2 || !ok3 {
		return None, fmt.Errorf("not a date (YYYY-MM-DD): %q", s)
	}
	return Of(y, m, d)
}

// FromBytes is Parse for a trusted value read from the database; it does not check and does not allocate.
func FromBytes(b []byte) Date {
	if len(b) < 10 {
		return None
	}
	n := func(c byte) int { return int(c - '0') }
	return daysFromCivil(n(b[0])*1000+n(b[1])*100+n(b[2])*10+n(b[3]), n(b[5])*10+n(b[6]), n(b[8])*10+n(b[9]))
}

// FromTime gives the civil date of a moment in a time zone.
func FromTime(t time.Time, loc *time.Location) Date {
	y, m, d := t.In(loc).Date()
	return daysFromCivil(y, int(m), d)
}

// Civil gives year, month (1 to 12) and day.
func (d Date) Civil() (year, month, day int) {
	z := int(d) + 719468
	era := z / 146097
	if z < 0 {
		era = (z - 146096) / 146097
	}
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	month = mp + 3
	if month > 12 {
		month -= 12
	}
	year = yoe + era*400
	if month <= 2 {
		year++
	}
	return year, month, day
}

// String gives YYYY-MM-DD, and nothing for None.
func (d Date) String() string {
	if d == None {
		return ""
	}
	y, m, day := d.Civil()
	if y < 0 || y > 9999 {
		return fmt.Sprintf("%04d-%02d-%02d", y, m, day)
	}
	digit := func(n int) byte { return byte('0' + n%10) } //nolint:gosec // one digit
	b := [10]byte{digit(y / 1000), digit(y / 100), digit(y / 10), digit(y), '-', digit(m / 10), digit(m), '-', digit(day / 10), digit(day)}
	return string(b[:])
}

// Weekday gives the day of the week.
func (d Date) Weekday() time.Weekday { return time.Weekday(((int(d)+4)%7 + 7) % 7) }

// AddDays moves by n days.
func (d Date) AddDays(n int) Date { return d + Date(n) }

// AddMonths moves by n months; a day the target month does not have becomes its last day (31 January + 1 month = 28 or 29 February).
func (d Date) AddMonths(n int) Date {
	y, m, day := d.Civil()
	t := y*12 + m - 1 + n
	y, m = t/12, t%12+1
	if t < 0 && t%12 != 0 {
		y, m = (t-11)/12, (t%12+12)%12+1
	}
	if last := DaysIn(y, m); day > last {
		day = last
	}
	return daysFromCivil(y, m, day)
}

// MonthStart gives the first day of the date's month.
func (d Date) MonthStart() Date {
	_, _, day := d.Civil()
	return d - Date(day-1)
}

// YearStart gives 1 January of the date's year.
func (d Date) YearStart() Date {
	y, _, _ := d.Civil()
	return daysFromCivil(y, 1, 1)
}

// Midnight gives the moment the date begins in a time zone.
func (d Date) Midnight(loc *time.Location) time.Time {
	y, m, day := d.Civil()
	return time.Date(y, time.Month(m), day, 0, 0, 0, 0, loc)
}

// DaysIn gives the number of days of a month.
func DaysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// Period is a length of calendar time: months and days ("P12M", "P1Y", "P90D", "P2W"). Both parts are never negative.
type Period struct{ Months, Days int }

// ParsePeriod reads an ISO 8601 period of years, months, weeks and days. An empty or zero period is an error.
func ParsePeriod(s string) (Period, error) {
	rest, ok := strings.CutPrefix(s, "P")
	if !ok || rest == "" {
		return Period{}, fmt.Errorf("not a period (P1M, P90D, P1Y): %q", s)
	}
	var p Period
	units, seen := "YMWD", -1
	for rest != "" {
		i := strings.IndexAny(rest, units)
		if i <= 0 {
			return Period{}, fmt.Errorf("not a period (P1M, P90D, P1Y): %q", s)
		}
		n, ok := digits(rest[:min(i, 7)]) // seven digits are too many already, and cannot overflow
		at := strings.IndexByte(units, rest[i])
		if !ok || n > 100_000 || i > 6 || at <= seen {
			return Period{}, fmt.Errorf("not a period (P1M, P90D, P1Y): %q", s)
		}
		seen = at
		switch rest[i] {
		case 'Y':
			p.Months += 12 * n
		case 'M':
			p.Months += n
		case 'W':
			p.Days += 7 * n
		case 'D':
			p.Days += n
		}
		rest = rest[i+1:]
	}
	if p.IsZero() {
		return Period{}, fmt.Errorf("an empty period: %q", s)
	}
	return p, nil
}

// IsZero says whether the period has no length.
func (p Period) IsZero() bool { return p.Months == 0 && p.Days == 0 }

// String gives the ISO form.
func (p Period) String() string {
	s := "P"
	if y := p.Months / 12; y > 0 && p.Months%12 == 0 {
		s += strconv.Itoa(y) + "Y"
	} else if p.Months > 0 {
		s += strconv.Itoa(p.Months) + "M"
	}
	if p.Days > 0 || p.Months == 0 {
		s += strconv.Itoa(p.Days) + "D"
	}
	return s
}

// After gives the date one period after d.
func (p Period) After(d Date) Date { return d.AddMonths(p.Months).AddDays(p.Days) }

// Before gives the date one period before d.
func (p Period) Before(d Date) Date { return d.AddDays(-p.Days).AddMonths(-p.Months) }

// ApproxDays gives the length in days, a month counted as 30 and a year as 365; for comparing periods only.
func (p Period) ApproxDays() int { return p.Months/12*365 + p.Months%12*30 + p.Days }

func digits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		c := s[i]
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// daysFromCivil is Howard Hinnant's algorithm for the proleptic Gregorian calendar.
func daysFromCivil(y, m, d int) Date {
	if m <= 2 {
		y--
	}
	era := y / 400
	if y < 0 {
		era = (y - 399) / 400
	}
	yoe := y - era*400
	mp := (m + 9) % 12
	doy := (153*mp+2)/5 + d - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return Date(era*146097 + doe - 719468)
}
