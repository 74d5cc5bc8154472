package calendar

import (
	"sync"

	lunarcal "github.com/6tail/lunar-go/calendar"
)

// Yearly is a day that comes back every year, by the solar or by the lunar calendar. The zero value is no day.
type Yearly struct {
	Lunar      bool
	Month, Day int
}

// The latest days a month may have: a solar month by its number, a lunar one 30.
const (
	lunarDays = 30
	leapYear  = 2000
)

// Valid says whether there is such a day, at least in some years.
func (y Yearly) Valid() bool {
	if y.Month < 1 || y.Month > 12 || y.Day < 1 {
		return false
	}
	if y.Lunar {
		return y.Day <= lunarDays
	}
	return y.Day <= DaysIn(leapYear, y.Month)
}

// MonthDay gives month * 100 + day, 0 for no day.
func (y Yearly) MonthDay() int { return y.Month*100 + y.Day }

// Next gives the first of these days that is d or comes after it; false when the calendar knows none.
func (y Yearly) Next(d Date) (Date, bool) {
	year, _, _ := d.Civil()
	for i := year - 1; i <= year+1; i++ {
		if on, ok := y.In(i); ok && on >= d {
			return on, true
		}
	}
	return None, false
}

// In gives the day in a civil year, or in the lunar year that begins in it: the twelfth lunar month lies in the civil year after.
// A 29 February is kept on the 28th where there is none, the 30th of a short lunar month on the 29th, and a day of a lunar month in
// that month itself, never in the leap month of the same number. False when there is no such day, or when the lunar year lies outside
// of what the calendar knows.
func (y Yearly) In(year int) (Date, bool) {
	if !y.Valid() {
		return None, false
	}
	if !y.Lunar {
		d, err := Of(year, y.Month, min(y.Day, DaysIn(year, y.Month)))
		return d, err == nil
	}
	if year < firstFestivalYear || year > lastFestivalYear {
		return None, false
	}
	m := lunarMonthOf(year, y.Month)
	return m.first.AddDays(min(y.Day, m.days) - 1), true
}

// YearlyOn gives the yearly days that are kept on a day, those by the solar calendar first.
func YearlyOn(d Date) []Yearly {
	year, month, day := d.Civil()
	list := []Yearly{{false, month, day}}
	if month == 2 && day == 28 && DaysIn(year, month) == 28 {
		list = append(list, Yearly{false, 2, 29})
	}
	if year <= firstFestivalYear || year > lastFestivalYear {
		return list
	}
	l := lunarcal.NewLunarFromSolar(lunarcal.NewSolarFromYmd(year, month, day))
	if l.GetMonth() < 0 { // a leap month
		return list
	}
	list = append(list, Yearly{true, l.GetMonth(), l.GetDay()})
	if l.GetDay() == lunarDays-1 && lunarMonthOf(l.GetYear(), l.GetMonth()).days == lunarDays-1 {
		list = append(list, Yearly{true, l.GetMonth(), lunarDays})
	}
	return list
}

type lunarMonth struct {
	first Date
	days  int
}

var lunarMonths sync.Map // year * 100 + month -> lunarMonth

// lunarMonthOf keeps the months that were worked out: a plan asks for the same few for every customer.
func lunarMonthOf(year, month int) lunarMonth {
	key := year*100 + month
	if m, ok := lunarMonths.Load(key); ok {
		return m.(lunarMonth) // only months are put there
	}
	m := lunarMonth{
		first: ofSolar(lunarcal.NewLunarFromYmd(year, month, 1).GetSolar()),
		days:  lunarcal.NewLunarMonthFromYm(year, month).GetDayCount(),
	}
	lunarMonths.Store(key, m)
	return m
}
