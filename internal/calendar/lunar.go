package calendar

import "fmt"

// Lunar is a day of the Chinese lunisolar calendar. A leap month has the number of the month before it; Leap tells them apart.
type Lunar struct {
	Year  int // the year in which it begins: 2026 began on 17 February 2026
	Month int // 1 to 12
	Day   int // 1 to 30
	Leap  bool
}

// The years that the table of months covers.
const (
	firstLunarYear = 1901
	lastLunarYear  = 2100
)

// LunarYears gives the first and the last year of the lunar calendar that this build knows.
func LunarYears() (first, last int) { return firstLunarYear, lastLunarYear }

// lunarNewYear is the first day of the first year of the table: 1901-02-19.
const lunarNewYear Date = -25_153

// lunarMonths has a year in each number. The lowest four bits are the number of the leap month, 0 = none; bits 15 down to 4 are
// set where the months 1 to 12 have 30 days, bit 16 where the leap month has. The months were announced by observatories and
// follow from no simple formula, so they are kept as they are published.
var lunarMonths = [lastLunarYear - firstLunarYear + 1]uint32{
	0x04ae0, 0x0a570, 0x054d5, 0x0d260, 0x0d950, 0x16554, 0x056a0, 0x09ad0, 0x055d2, 0x04ae0, // 1901
	0x0a5b6, 0x0a4d0, 0x0d250, 0x1d255, 0x0b540, 0x0d6a0, 0x0ada2, 0x095b0, 0x14977, 0x04970,
	0x0a4b0, 0x0b4b5, 0x06a50, 0x06d40, 0x1ab54, 0x02b60, 0x09570, 0x052f2, 0x04970, 0x06566, // 1921
	0x0d4a0, 0x0ea50, 0x16a95, 0x05ad0, 0x02b60, 0x186e3, 0x092e0, 0x1c8d7, 0x0c950, 0x0d4a0,
	0x1d8a6, 0x0b550, 0x056a0, 0x1a5b4, 0x025d0, 0x092d0, 0x0d2b2, 0x0a950, 0x0b557, 0x06ca0, // 1941
	0x0b550, 0x15355, 0x04da0, 0x0a5b0, 0x14573, 0x052b0, 0x0a9a8, 0x0e950, 0x06aa0, 0x0aea6,
	0x0ab50, 0x04b60, 0x0aae4, 0x0a570, 0x05260, 0x0f263, 0x0d950, 0x05b57, 0x056a0, 0x096d0, // 1961
	0x04dd5, 0x04ad0, 0x0a4d0, 0x0d4d4, 0x0d250, 0x0d558, 0x0b540, 0x0b6a0, 0x195a6, 0x095b0,
	0x049b0, 0x0a974, 0x0a4b0, 0x0b27a, 0x06a50, 0x06d40, 0x0af46, 0x0ab60, 0x09570, 0x04af5, // 1981
	0x04970, 0x064b0, 0x074a3, 0x0ea50, 0x06b58, 0x05ac0, 0x0ab60, 0x096d5, 0x092e0, 0x0c960,
	0x0d954, 0x0d4a0, 0x0da50, 0x07552, 0x056a0, 0x0abb7, 0x025d0, 0x092d0, 0x0cab5, 0x0a950, // 2001
	0x0b4a0, 0x0baa4, 0x0ad50, 0x055d9, 0x04ba0, 0x0a5b0, 0x15176, 0x052b0, 0x0a930, 0x07954,
	0x06aa0, 0x0ad50, 0x05b52, 0x04b60, 0x0a6e6, 0x0a4e0, 0x0d260, 0x0ea65, 0x0d530, 0x05aa0, // 2021
	0x076a3, 0x096d0, 0x04afb, 0x04ad0, 0x0a4d0, 0x1d0b6, 0x0d250, 0x0d520, 0x0dd45, 0x0b5a0,
	0x056d0, 0x055b2, 0x049b0, 0x0a577, 0x0a4b0, 0x0aa50, 0x1b255, 0x06d20, 0x0ada0, 0x14b63, // 2041
	0x09370, 0x049f8, 0x04970, 0x064b0, 0x168a6, 0x0ea50, 0x06b20, 0x1a6c4, 0x0aae0, 0x092e0,
	0x0d2e3, 0x0c960, 0x0d557, 0x0d4a0, 0x0da50, 0x05d55, 0x056a0, 0x0a6d0, 0x055d4, 0x052d0, // 2061
	0x0a9b8, 0x0a950, 0x0b4a0, 0x0b6a6, 0x0ad50, 0x055a0, 0x0aba4, 0x0a5b0, 0x052b0, 0x0b273,
	0x06930, 0x07337, 0x06aa0, 0x0ad50, 0x14b55, 0x04b60, 0x0a570, 0x054e4, 0x0d160, 0x0e968, // 2081
	0x0d520, 0x0daa0, 0x16aa6, 0x056d0, 0x04ae0, 0x0a9d4, 0x0a2d0, 0x0d150, 0x0f252, 0x0d520,
}

// LeapMonth gives the number of the leap month of a lunar year, 0 when it has none or the year is not known.
func LeapMonth(year int) int {
	if year < firstLunarYear || year > lastLunarYear {
		return 0
	}
	return int(lunarMonths[year-firstLunarYear] & 0xf)
}

// LunarDaysIn gives the days of a lunar month, 29 or 30; 0 for a month that the year does not have.
func LunarDaysIn(year, month int, leap bool) int {
	if year < firstLunarYear || year > lastLunarYear || month < 1 || month > 12 || leap && LeapMonth(year) != month {
		return 0
	}
	bits := lunarMonths[year-firstLunarYear]
	big := bits>>(16-month)&1 == 1
	if leap {
		big = bits>>16&1 == 1
	}
	if big {
		return 30
	}
	return 29
}

// Date gives the civil date of a lunar day. A day that does not exist, or a year that is not known, is an error.
func (l Lunar) Date() (Date, error) {
	if days := LunarDaysIn(l.Year, l.Month, l.Leap); days == 0 || l.Day < 1 || l.Day > days {
		return None, fmt.Errorf("no such lunar day: %d-%d-%d (leap %t)", l.Year, l.Month, l.Day, l.Leap)
	}
	d := lunarYearStart(l.Year)
	eachLunarMonth(l.Year, func(month int, leap bool, days int) bool {
		if month == l.Month && leap == l.Leap {
			return false
		}
		d += Date(days)
		return true
	})
	return d.AddDays(l.Day - 1), nil
}

// Lunar gives the lunar day of a date; false outside of the years that are known.
func (d Date) Lunar() (Lunar, bool) {
	y, _, _ := d.Civil()
	for _, year := range []int{y, y - 1} {
		if year < firstLunarYear || year > lastLunarYear {
			continue
		}
		rest := int(d - lunarYearStart(year))
		if rest < 0 {
			continue
		}
		out, found := Lunar{Year: year}, false
		eachLunarMonth(year, func(month int, leap bool, days int) bool {
			if rest < days {
				out.Month, out.Day, out.Leap, found = month, rest+1, leap, true
				return false
			}
			rest -= days
			return true
		})
		return out, found
	}
	return Lunar{}, false
}

// LunarReturn gives the day on which a lunar day is kept in a lunar year: a leap month is kept in the ordinary month of its number where
// the year has no such leap month, and the 30th on the 29th where the month is short. False when the year is not known.
func LunarReturn(year, month, day int, leap bool) (Date, bool) {
	if LunarDaysIn(year, month, leap) == 0 {
		leap = false
	}
	days := LunarDaysIn(year, month, leap)
	if days == 0 || day < 1 || day > 30 {
		return None, false
	}
	d, err := Lunar{Year: year, Month: month, Day: min(day, days), Leap: leap}.Date()
	return d, err == nil
}

// eachLunarMonth walks over the months of a year in their order until fn gives false.
func eachLunarMonth(year int, fn func(month int, leap bool, days int) bool) {
	leap := LeapMonth(year)
	for m := 1; m <= 12; m++ {
		if !fn(m, false, LunarDaysIn(year, m, false)) || m == leap && !fn(m, true, LunarDaysIn(year, m, true)) {
			return
		}
	}
}

// lunarStarts are the first days of the years of the table.
var lunarStarts = func() (starts [len(lunarMonths)]Date) {
	d := lunarNewYear
	for i := range starts {
		starts[i] = d
		eachLunarMonth(firstLunarYear+i, func(_ int, _ bool, days int) bool {
			d += Date(days)
			return true
		})
	}
	return starts
}()

func lunarYearStart(year int) Date { return lunarStarts[year-firstLunarYear] }
