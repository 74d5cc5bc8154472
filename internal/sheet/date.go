package sheet

import (
	"strconv"
	"strings"
	"time"

	"kezhi/internal/calendar"
)

// DateOrder says which of day and month stands first where the year stands last.
type DateOrder uint8

// The orders. OrderUnknown refuses what both orders could mean.
const (
	OrderUnknown  DateOrder = iota
	OrderDayMonth           // 9/12/2010 is 9 December
	OrderMonthDay           // 12/9/2010 is 9 December
)

// DateOptions say how dates are written.
type DateOptions struct {
	Order    DateOrder
	Serial   bool           // read plain numbers as a spreadsheet's count of days
	From1904 bool           // that count begins in 1904 (old Macintosh workbooks)
	Zone     *time.Location // where a moment with an offset (…T08:26:00Z) is told; nil refuses such moments
}

// DateTime is a civil date and, if HasTime, the microsecond of that day (0 to 86,399,999,999).
type DateTime struct {
	Date    calendar.Date
	Micros  int64
	HasTime bool
}

// ParseDate is ParseDateTime without the time.
func ParseDate(s string, opt DateOptions) (calendar.Date, error) {
	dt, err := ParseDateTime(s, opt)
	return dt.Date, err
}

// ParseDateTime reads a date as people and programs write it, with or without a time: 2011-12-09, 2011/12/9 08:26,
// 2011.12.9, 20111209, 2011年12月9日 下午3:05, 9 Dec 2011, 12/9/2010 (order declared, or only one order possible), a spreadsheet's
// count of days, full-width digits. A day that does not exist is refused by name, never shifted. Errors: sheet.value_missing,
// sheet.date_wrong, sheet.date_ambiguous, sheet.date_no_such_day, sheet.date_no_such_month, sheet.date_no_year,
// sheet.date_short_year, sheet.date_wrong_time, sheet.date_zone.
func ParseDateTime(s string, opt DateOptions) (DateTime, error) {
	if dt, ok := plainDateTime(s); ok {
		return dt, nil
	}
	t := halfWidth(s)
	if t == "" {
		return DateTime{Date: calendar.None}, badValue("sheet.value_missing", s)
	}
	if allDigits(strings.Replace(t, ".", "", 1)) && strings.Count(t, ".") <= 1 {
		return parseDigits(s, t, opt)
	}
	datePart, timePart := splitDateTime(t)
	y, m, d, code := readDate(datePart, opt.Order)
	if code != "" {
		return DateTime{Date: calendar.None}, badValue(code, s)
	}
	dt := DateTime{}
	var err error
	if dt.Date, err = realDay(s, y, m, d); err != nil {
		return dt, err
	}
	if timePart == "" {
		return dt, nil
	}
	c, ok := readClock(timePart)
	if !ok {
		return DateTime{Date: calendar.None}, badValue("sheet.date_wrong_time", s)
	}
	dt.Micros, dt.HasTime = c.micros, true
	if !c.hasOffset {
		return dt, nil
	}
	if opt.Zone == nil {
		return DateTime{Date: calendar.None}, badValue("sheet.date_zone", s)
	}
	return dt.in(c.offset, opt.Zone), nil
}

// plainDateTime reads 2011-12-09 and 2011-12-09 08:26[:00] without the cost of the rest; everything else is left to it, errors too.
func plainDateTime(s string) (DateTime, bool) {
	if n := len(s); n != 10 && n != 16 && n != 19 || s[4] != '-' || s[7] != '-' {
		return DateTime{}, false
	}
	date, err := calendar.Parse(s[:10])
	if err != nil || len(s) == 10 {
		return DateTime{Date: date}, err == nil
	}
	h, ok1 := twoDigits(s[11:])
	m, ok2 := twoDigits(s[14:])
	sec, ok3 := 0, true
	if len(s) == 19 {
		sec, ok3 = twoDigits(s[17:])
		ok3 = ok3 && s[16] == ':'
	}
	c := clockTime{hour: h, minute: m, second: sec}
	if !ok1 || !ok2 || !ok3 || s[10] != ' ' || s[13] != ':' || !c.valid() {
		return DateTime{}, false
	}
	return DateTime{Date: date, Micros: c.total(), HasTime: true}, true
}

func twoDigits(s string) (int, bool) {
	if s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9' {
		return 0, false
	}
	return int(s[0]-'0')*10 + int(s[1]-'0'), true
}

// in tells a moment that was written with an offset (seconds east of Greenwich) on the clocks of a zone.
func (dt DateTime) in(offset int, zone *time.Location) DateTime {
	moment := dt.Date.Midnight(time.FixedZone("", offset)).Add(time.Duration(dt.Micros) * time.Microsecond).In(zone)
	y, m, d := moment.Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	wall := time.Date(y, m, d, moment.Hour(), moment.Minute(), moment.Second(), moment.Nanosecond(), time.UTC)
	return DateTime{Date: calendar.FromTime(wall, time.UTC), Micros: wall.Sub(midnight).Microseconds(), HasTime: true}
}

// realDay checks that the day exists and says what is wrong if it does not.
func realDay(s string, y, m, d int) (calendar.Date, error) {
	if m < 1 || m > 12 {
		return calendar.None, badValue("sheet.date_no_such_month", s, "month", m)
	}
	days := calendar.DaysIn(y, m)
	if y == 0 {
		days = calendar.DaysIn(2000, m)
	}
	if d < 1 || d > days {
		return calendar.None, badValue("sheet.date_no_such_day", s, "month", m, "day", d, "days", days)
	}
	if y == 0 {
		return calendar.None, badValue("sheet.date_no_year", s)
	}
	date, err := calendar.Of(y, m, d)
	if err != nil {
		return calendar.None, badValue("sheet.date_wrong", s)
	}
	return date, nil
}

// parseDigits reads 20111209, 201112090826, 20111209082600 and serial numbers.
func parseDigits(s, t string, opt DateOptions) (DateTime, error) {
	none := DateTime{Date: calendar.None}
	if n := len(t); allDigits(t) && (n == 8 || n == 12 || n == 14) {
		date, err := realDay(s, number(t[:4]), number(t[4:6]), number(t[6:8]))
		if err != nil || n == 8 {
			return DateTime{Date: date}, err
		}
		c := clockTime{hour: number(t[8:10]), minute: number(t[10:12])}
		if n == 14 {
			c.second = number(t[12:14])
		}
		if !c.valid() {
			return none, badValue("sheet.date_wrong_time", s)
		}
		return DateTime{Date: date, Micros: c.total(), HasTime: true}, nil
	}
	if parts := strings.Split(t, "."); len(parts) == 2 && len(parts[0]) <= 2 && len(parts[1]) <= 2 && !opt.Serial {
		_, err := realDay(s, 0, number(parts[0]), number(parts[1]))
		return none, err
	}
	if !opt.Serial {
		return none, badValue("sheet.date_wrong", s)
	}
	day, hasDay, second, ok := fromSerial(t, opt.From1904)
	if !ok || !hasDay {
		return none, badValue("sheet.date_wrong", s)
	}
	return DateTime{Date: day, Micros: int64(second) * 1e6, HasTime: strings.Contains(t, ".")}, nil
}

// number reads digits; a number too long for an int cannot be a part of a date and becomes -1.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// splitDateTime cuts where the time begins: at T, or at the last space or 日 before the first colon, 时 or 点.
func splitDateTime(t string) (date, clock string) {
	if i := strings.IndexByte(t, 'T'); i >= 8 && i+1 < len(t) && t[i+1] >= '0' && t[i+1] <= '9' {
		return t[:i], t[i+1:]
	}
	i := strings.IndexAny(t, ":时点")
	if i < 0 {
		return t, ""
	}
	for _, mark := range []string{"上午", "下午", "中午", "凌晨", "晚上"} {
		if j := strings.Index(t, mark); j > 0 {
			return strings.TrimSpace(t[:j]), t[j:]
		}
	}
	cut := strings.LastIndexAny(t[:i], " 日号")
	if cut < 0 {
		return t, ""
	}
	for n := cut + 1; n <= len(t); n++ {
		if n == len(t) || t[n]&0xC0 != 0x80 {
			return strings.TrimSpace(t[:n]), strings.TrimSpace(t[n:])
		}
	}
	return t, ""
}

// readDate gives year (0 if there is none), month and day, or the code of what is wrong.
func readDate(t string, order DateOrder) (y, m, d int, code string) {
	if strings.ContainsAny(t, "年月") {
		return readChinese(t)
	}
	parts := strings.FieldsFunc(t, func(r rune) bool { return r == '-' || r == '/' || r == '.' || r == ' ' || r == ',' })
	for i, p := range parts {
		if month := englishMonth(p); month > 0 {
			return readNamed(parts, i, month)
		}
		if !allDigits(p) {
			return 0, 0, 0, "sheet.date_wrong"
		}
	}
	switch {
	case len(parts) == 2 && len(parts[0]) <= 2 && len(parts[1]) <= 2:
		return 0, number(parts[0]), number(parts[1]), ""
	case len(parts) != 3:
		return 0, 0, 0, "sheet.date_wrong"
	case len(parts[0]) == 4 && len(parts[1]) <= 2 && len(parts[2]) <= 2:
		return number(parts[0]), number(parts[1]), number(parts[2]), ""
	case len(parts[2]) == 4 && len(parts[0]) <= 2 && len(parts[1]) <= 2:
		return orderParts(number(parts[2]), number(parts[0]), number(parts[1]), order)
	case len(parts[0]) <= 2 && len(parts[1]) <= 2 && len(parts[2]) <= 2:
		return 0, 0, 0, "sheet.date_short_year"
	}
	return 0, 0, 0, "sheet.date_wrong"
}

// orderParts decides which of a and b is the day.
func orderParts(y, a, b int, order DateOrder) (year, month, day int, code string) {
	switch {
	case order == OrderDayMonth:
		return y, b, a, ""
	case order == OrderMonthDay, a == b, b > 12 && a <= 12:
		return y, a, b, ""
	case a > 12 && b <= 12:
		return y, b, a, ""
	case a > 12:
		return y, a, b, ""
	}
	return 0, 0, 0, "sheet.date_ambiguous"
}

// readChinese reads 2011年12月9日; without the year the day is still checked.
func readChinese(t string) (y, m, d int, code string) {
	rest := strings.ReplaceAll(t, " ", "")
	if year, after, found := strings.Cut(rest, "年"); found {
		if !allDigits(year) {
			return 0, 0, 0, "sheet.date_wrong"
		}
		if len(year) != 4 {
			return 0, 0, 0, "sheet.date_short_year"
		}
		y, rest = number(year), after
	}
	month, day, found := strings.Cut(rest, "月")
	day = strings.TrimSuffix(strings.TrimSuffix(day, "日"), "号")
	if !found || !allDigits(month) || !allDigits(day) {
		return 0, 0, 0, "sheet.date_wrong"
	}
	return y, number(month), number(day), ""
}

// readNamed reads 9 Dec 2011, Dec 9, 2011 and 2011-Dec-09.
func readNamed(parts []string, at, month int) (y, m, d int, code string) {
	rest := append(append([]string(nil), parts[:at]...), parts[at+1:]...)
	if len(rest) != 2 || !allDigits(rest[0]) || !allDigits(rest[1]) {
		return 0, 0, 0, "sheet.date_wrong"
	}
	if len(rest[0]) == 4 {
		rest[0], rest[1] = rest[1], rest[0]
	}
	if len(rest[1]) != 4 {
		return 0, 0, 0, "sheet.date_short_year"
	}
	return number(rest[1]), month, number(rest[0]), ""
}

// englishMonth gives 1 to 12 for the English name of a month, in full or by its first three letters, and 0 for anything else.
func englishMonth(s string) int {
	s = strings.ToLower(s)
	for m := time.January; m <= time.December; m++ {
		full := strings.ToLower(m.String())
		if s == full || s == full[:3] || s == "sept" && m == time.September {
			return int(m)
		}
	}
	return 0
}
