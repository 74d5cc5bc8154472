package rule

import (
	"regexp"
	"strconv"
	"unicode/utf8"

	"kezhi/internal/calendar"
)

// badDate is a date in a text that no calendar has.
type badDate struct {
	text   string
	column int
	// last is the last day the month really has.
	last string
}

var (
	isoDate     = regexp.MustCompile(`(?:^|[^0-9-])(\d{4})-(\d{1,2})-(\d{1,2})(?:$|[^0-9-])`)
	chineseDate = regexp.MustCompile(`(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]`)
	englishDate = regexp.MustCompile(`\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December)(?: (\d{4}))?\b`)
	monthDay    = regexp.MustCompile(`^(\d{1,2})-(\d{1,2})$`)
)

var englishMonths = map[string]int{
	"January": 1, "February": 2, "March": 3, "April": 4, "May": 5, "June": 6, "July": 7, "August": 8,
	"September": 9, "October": 10, "November": 11, "December": 12,
}

// impossibleDates finds dates in prose that do not exist, in the three ways they are written.
func impossibleDates(line string) []badDate {
	var out []badDate
	check := func(at []int, y, m, d int) {
		if y == 0 {
			y = 2000 // without a year 29 February may exist
		}
		if last := lastDay(y, m); m < 1 || m > 12 || d < 1 || d > last {
			out = append(out, badDate{line[at[0]:at[1]], utf8.RuneCountInString(line[:at[0]]) + 1, strconv.Itoa(last)})
		}
	}
	for _, at := range isoDate.FindAllStringSubmatchIndex(line, -1) {
		check([]int{at[2], at[7]}, num(line, at, 1), num(line, at, 2), num(line, at, 3))
	}
	for _, at := range chineseDate.FindAllStringSubmatchIndex(line, -1) {
		check(at, num(line, at, 1), num(line, at, 2), num(line, at, 3))
	}
	for _, at := range englishDate.FindAllStringSubmatchIndex(line, -1) {
		check(at, num(line, at, 3), englishMonths[line[at[4]:at[5]]], num(line, at, 1))
	}
	return out
}

// num gives a numbered group as a number, 0 if it did not match.
func num(line string, at []int, group int) int {
	if at[2*group] < 0 {
		return 0
	}
	n, err := strconv.Atoi(line[at[2*group]:at[2*group+1]])
	if err != nil {
		return 0
	}
	return n
}

func lastDay(year, month int) int {
	if month < 1 || month > 12 {
		return 0
	}
	return calendar.DaysIn(year, month)
}

// dayOfYear is a month and a day without a year.
type dayOfYear struct{ month, day int }

// parseMonthDay reads MM-DD and checks that the day exists (29 February does).
func parseMonthDay(s string) (d dayOfYear, shaped, exists bool) {
	m := monthDay.FindStringSubmatch(s)
	if m == nil {
		return d, false, false
	}
	d.month, _ = strconv.Atoi(m[1])
	d.day, _ = strconv.Atoi(m[2])
	return d, true, d.day >= 1 && d.day <= lastDay(2000, d.month)
}

func itoa(n int) string { return strconv.Itoa(n) }
