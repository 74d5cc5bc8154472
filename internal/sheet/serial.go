package sheet

import (
	"fmt"
	"strconv"
	"strings"

	"kezhi/internal/calendar"
)

const (
	spreadsheetDigits = 15 // significant digits a spreadsheet shows and promises
	lastSerial        = 2958465
	secondsPerDay     = 86400
)

// tidyNumber writes a stored number the way a spreadsheet means it: 2.5499999999999998 is 2.55, 1.785E4 is 17850. It works on
// the digits, not on floating point. What is not a number comes back unchanged.
func tidyNumber(s string) string {
	if len(s) <= spreadsheetDigits && strings.IndexByte(s, 'E') < 0 && strings.IndexByte(s, 'e') < 0 {
		return s
	}
	negative, digits, point, ok := splitNumber(s)
	if !ok {
		return s
	}
	if len(digits) > spreadsheetDigits {
		up := digits[spreadsheetDigits] >= '5'
		digits = digits[:spreadsheetDigits]
		for i := len(digits) - 1; up && i >= 0; i-- {
			digits[i]++
			if up = digits[i] > '9'; up {
				digits[i] = '0'
			}
		}
		if up {
			digits = append([]byte{'1'}, digits...)
			point++
		}
	}
	for len(digits) > 0 && digits[len(digits)-1] == '0' {
		digits = digits[:len(digits)-1]
	}
	if len(digits) == 0 {
		return "0"
	}
	if point > 40 || point < -40 {
		return s
	}
	return layOut(negative, digits, point)
}

// splitNumber gives the digits without leading zeros and where the decimal point stands before, in or behind them.
func splitNumber(s string) (negative bool, digits []byte, point int, ok bool) {
	s, negative = strings.CutPrefix(s, "-")
	mantissa, exp := s, 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		n, err := strconv.Atoi(s[i+1:])
		if err != nil || n > 1000 || n < -1000 {
			return false, nil, 0, false
		}
		mantissa, exp = s[:i], n
	}
	whole, part, _ := strings.Cut(mantissa, ".")
	if whole == "" && part == "" {
		return false, nil, 0, false
	}
	point = len(whole) + exp
	digits = []byte(whole + part)
	for _, c := range digits {
		if c < '0' || c > '9' {
			return false, nil, 0, false
		}
	}
	for len(digits) > 0 && digits[0] == '0' {
		digits = digits[1:]
		point--
	}
	return negative, digits, point, true
}

func layOut(negative bool, digits []byte, point int) string {
	var b strings.Builder
	if negative {
		b.WriteByte('-')
	}
	switch {
	case point <= 0:
		b.WriteString("0." + strings.Repeat("0", -point))
		b.Write(digits)
	case point >= len(digits):
		b.Write(digits)
		b.WriteString(strings.Repeat("0", point-len(digits)))
	default:
		b.Write(digits[:point])
		b.WriteByte('.')
		b.Write(digits[point:])
	}
	return b.String()
}

// fromSerial reads a spreadsheet's count of days with its fraction: the date, the second of the day, and whether the number
// is one. Day 60 of the 1900 system is a 29 February that never was, and is refused.
func fromSerial(s string, d1904 bool) (day calendar.Date, hasDay bool, second int, ok bool) {
	whole, part, _ := strings.Cut(tidyNumber(s), ".")
	n, err := strconv.Atoi(whole)
	if err != nil || n < 0 || n > lastSerial {
		return calendar.None, false, 0, false
	}
	if len(part) > 12 {
		part = part[:12]
	}
	if part != "" {
		f, err := strconv.ParseUint(part, 10, 64)
		if err != nil {
			return calendar.None, false, 0, false
		}
		scale := uint64(1)
		for range len(part) {
			scale *= 10
		}
		second = int((f*2*secondsPerDay + scale) / (2 * scale))
	}
	hasDay = n > 0 || d1904
	n, second = n+second/secondsPerDay, second%secondsPerDay
	const epoch1900, epoch1904 = -25569, -24107 // days from 1970-01-01 to 1899-12-30 and to 1904-01-01
	switch {
	case d1904:
		n += epoch1904
	case n == 60:
		return calendar.None, false, 0, false
	case n < 60:
		n += epoch1900 + 1
	default:
		n += epoch1900
	}
	return calendar.Date(n), hasDay, second, true //nolint:gosec // within ±3 million
}

// serialText writes a serial number as the style of its cell shows it, in ISO form.
func serialText(s string, style dateStyle, d1904 bool) (string, bool) {
	day, hasDay, second, ok := fromSerial(s, d1904)
	if !ok {
		return "", false
	}
	clock := fmt.Sprintf("%02d:%02d:%02d", second/3600, second/60%60, second%60)
	switch {
	case style == dateOnly && hasDay:
		return day.String(), true
	case style == timeOnly && !hasDay:
		return clock, true
	case !hasDay:
		return "", false
	}
	return day.String() + " " + clock, true
}
