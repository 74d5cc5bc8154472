package calendar

import (
	"sync"

	lunarcal "github.com/6tail/lunar-go/calendar"
)

// Festival is a day that comes back every year and has a name.
type Festival struct {
	Key    string // spring_festival
	Zh, En string
	in     func(year int) (Date, bool)
}

// In gives the day of the festival in a civil year; false when the year lies outside of what the calendar knows.
func (f Festival) In(year int) (Date, bool) { return f.in(year) }

func solar(month, day int) func(int) (Date, bool) {
	return func(year int) (Date, bool) {
		d, err := Of(year, month, day)
		return d, err == nil
	}
}

// The civil years of which festivals are given: those of which the library's lunar calendar was compared with what was announced.
const (
	firstFestivalYear = 1902
	lastFestivalYear  = 2099
)

// known keeps the days that were worked out: a plan asks for the same few for every customer.
func known(work func(year int) Date) func(int) (Date, bool) {
	var days sync.Map // year -> Date
	return func(year int) (Date, bool) {
		if year < firstFestivalYear || year > lastFestivalYear {
			return None, false
		}
		if d, ok := days.Load(year); ok {
			return d.(Date), true
		}
		d := work(year)
		days.Store(year, d)
		return d, true
	}
}

// lunar is for days of the months 1 to 11, which lie in the civil year in which their lunar year begins. A festival is kept in the
// ordinary month, never in the leap month of the same number.
func lunar(month, day int) func(int) (Date, bool) {
	return known(func(year int) Date { return ofSolar(lunarcal.NewLunarFromYmd(year, month, day).GetSolar()) })
}

// newYearEve is the last day of the lunar year before, whether its last month has 29 days or 30.
func newYearEve(year int) (Date, bool) {
	d, ok := springFestival(year)
	return d.AddDays(-1), ok
}

var springFestival = lunar(1, 1)

// qingming is the day on which the sun reaches 15 degrees, in spring of the lunar year that begins in the same civil year.
var qingming = known(func(year int) Date {
	return ofSolar(lunarcal.NewSolarFromYmd(year, 4, 1).GetLunar().GetJieQiTable()["清明"])
})

func ofSolar(s *lunarcal.Solar) Date {
	d, err := Of(s.GetYear(), s.GetMonth(), s.GetDay())
	if err != nil {
		return None // the library gives days that exist
	}
	return d
}

var festivals = []Festival{
	{"new_year", "元旦", "New Year", solar(1, 1)},
	{"new_year_eve", "除夕", "Lunar New Year's Eve", newYearEve},
	{"spring_festival", "春节", "Spring Festival", springFestival},
	{"lantern", "元宵节", "Lantern Festival", lunar(1, 15)},
	{"womens_day", "妇女节", "Women's Day", solar(3, 8)},
	{"qingming", "清明节", "Tomb-sweeping Day", qingming},
	{"labour_day", "劳动节", "Labour Day", solar(5, 1)},
	{"dragon_boat", "端午节", "Dragon Boat Festival", lunar(5, 5)},
	{"double_seventh", "七夕", "Double Seventh", lunar(7, 7)},
	{"teachers_day", "教师节", "Teachers' Day", solar(9, 10)},
	{"mid_autumn", "中秋节", "Mid-Autumn Festival", lunar(8, 15)},
	{"national_day", "国庆节", "National Day", solar(10, 1)},
	{"double_ninth", "重阳节", "Double Ninth Festival", lunar(9, 9)},
	{"christmas", "圣诞节", "Christmas", solar(12, 25)},
}

// Festivals gives all festivals with a name, in the order of an ordinary year. The list is shared and must not be changed.
func Festivals() []Festival { return festivals }

// FestivalOf gives a festival by its key.
func FestivalOf(key string) (Festival, bool) {
	for _, f := range festivals {
		if f.Key == key {
			return f, true
		}
	}
	return Festival{}, false
}
