package sheet

import (
	"strings"

	"github.com/govalues/decimal"
)

// NumberOptions say how numbers are written.
type NumberOptions struct {
	// DecimalComma reads 1.234,50 and 1 234,50; without it 1,234.50 and 1 234.50 are read.
	DecimalComma bool
}

// maxNumberDigits is what a decimal.Decimal holds without rounding.
const maxNumberDigits = 18

// ParseDecimal reads an amount or a quantity as people write it: full-width digits, thousands separators in groups of three,
// a currency sign or name, 元, the multipliers 千 万 亿 in any sensible combination, per cent (12.5% is 0.125) and per mille,
// negatives with a sign on either side or in brackets, an exponent. Nothing is rounded. Errors: sheet.value_missing,
// sheet.number_wrong, sheet.number_grouping (separators not in threes: another decimal sign may be meant),
// sheet.number_too_long (more than 18 digits).
func ParseDecimal(s string, opt NumberOptions) (decimal.Decimal, error) {
	if d, ok := plainDecimal(s, opt); ok {
		return d, nil
	}
	t := strings.ToUpper(halfWidth(s))
	if t == "" {
		return decimal.Decimal{}, badValue("sheet.value_missing", s)
	}
	t, negative, ok := takeSign(t)
	if !ok {
		return decimal.Decimal{}, badValue("sheet.number_wrong", s)
	}
	t, shift := takeUnits(t)
	t, inner, ok := takeSign(t)
	if !ok || inner && negative {
		return decimal.Decimal{}, badValue("sheet.number_wrong", s)
	}
	n := numeral{shift: shift, negative: negative || inner}
	if code := n.read(t, opt); code != "" {
		return decimal.Decimal{}, badValue(code, s)
	}
	d, ok := n.decimal()
	if !ok {
		return decimal.Decimal{}, badValue("sheet.number_too_long", s, "limit", maxNumberDigits)
	}
	return d, nil
}

// plainDecimal reads what almost every cell is, -12.50 with a dot or no decimal sign at all, without the cost of the rest. Under
// DecimalComma 1.234 means something else, so there only whole numbers come this way.
func plainDecimal(s string, opt NumberOptions) (decimal.Decimal, bool) {
	rest, negative := strings.CutPrefix(s, "-")
	if rest == "" || len(rest) > maxNumberDigits {
		return decimal.Decimal{}, false
	}
	var coef int64
	point := len(rest)
	for i := range len(rest) {
		switch c := rest[i]; {
		case c >= '0' && c <= '9':
			coef = coef*10 + int64(c-'0')
		case c == '.' && !opt.DecimalComma && point == len(rest) && i > 0 && i < len(rest)-1:
			point = i
		default:
			return decimal.Decimal{}, false
		}
	}
	if negative {
		coef = -coef
	}
	d, err := decimal.New(coef, max(0, len(rest)-point-1))
	return d, err == nil
}

// takeSign takes brackets or one sign off, on either side.
func takeSign(t string) (rest string, negative, ok bool) {
	if inner, found := strings.CutPrefix(t, "("); found {
		inner, found = strings.CutSuffix(inner, ")")
		return strings.TrimSpace(inner), true, found
	}
	front, minus := strings.CutPrefix(t, "-")
	front, plus := strings.CutPrefix(front, "+")
	back, trailing := strings.CutSuffix(front, "-")
	if minus && plus || trailing && (minus || plus) {
		return "", false, false
	}
	return strings.TrimSpace(back), minus || trailing, true
}

// takeUnits takes currency and multipliers off and gives the power of ten they stand for.
func takeUnits(t string) (rest string, shift int) {
	for _, sign := range []string{"人民币", "RMB", "CNY", "USD", "EUR", "GBP", "HKD", "HK$", "US$", "¥", "$", "€", "£"} {
		if cut, found := strings.CutPrefix(t, sign); found {
			t = strings.TrimSpace(cut)
			break
		}
	}
	for _, name := range []string{"元整", "圆整", "元", "圆", "RMB", "CNY", "USD", "EUR", "GBP", "HKD"} {
		if cut, found := strings.CutSuffix(t, name); found {
			t = strings.TrimSpace(cut)
			break
		}
	}
	units := []struct {
		name  string
		shift int
	}{{"万亿", 12}, {"千亿", 11}, {"百亿", 10}, {"亿", 8}, {"千万", 7}, {"百万", 6}, {"万", 4}, {"千", 3}, {"%", -2}, {"‰", -3}}
	for _, u := range units {
		if cut, found := strings.CutSuffix(t, u.name); found {
			return strings.TrimSpace(cut), u.shift
		}
	}
	return t, 0
}

// numeral is a number being read: its digits as a coefficient, and how many of them are behind the point.
type numeral struct {
	negative bool
	coef     int64
	digits   int
	scale    int
	shift    int
	tooLong  bool
}

// read takes the digits; it gives the code of what is wrong, or nothing.
func (n *numeral) read(t string, opt NumberOptions) string {
	point, group := byte('.'), byte(',')
	if opt.DecimalComma {
		point, group = ',', '.'
	}
	if i := strings.IndexByte(t, 'E'); i > 0 {
		exp, ok := smallInt(t[i+1:])
		if !ok {
			return "sheet.number_wrong"
		}
		n.shift += exp
		t = t[:i]
	}
	whole, part, hasPoint := strings.Cut(t, string(point))
	if whole == "" && part == "" || hasPoint && part != "" && !allDigits(part) {
		if strings.IndexByte(part, point) >= 0 || strings.IndexByte(part, group) >= 0 {
			return "sheet.number_grouping"
		}
		return "sheet.number_wrong"
	}
	whole, code := ungroup(whole, group)
	if code != "" {
		return code
	}
	for _, c := range []byte(whole + part) {
		n.push(c)
	}
	n.scale = len(part)
	return ""
}

// smallInt reads an exponent of at most two digits.
func smallInt(s string) (int, bool) {
	digits, negative := strings.CutPrefix(s, "-")
	if !negative {
		digits = strings.TrimPrefix(digits, "+")
	}
	if len(digits) > 2 || !allDigits(digits) {
		return 0, false
	}
	v := 0
	for _, c := range []byte(digits) {
		v = v*10 + int(c-'0')
	}
	if negative {
		v = -v
	}
	return v, true
}

func (n *numeral) push(c byte) {
	if n.digits > 0 || c != '0' {
		n.digits++
	}
	if n.digits > maxNumberDigits {
		n.tooLong = true
		return
	}
	n.coef = n.coef*10 + int64(c-'0')
}

// ungroup takes thousands separators out; they must stand in threes, else 1,50 would silently become 150.
func ungroup(whole string, group byte) (digits, code string) {
	if whole == "" || allDigits(whole) {
		return whole, ""
	}
	sep := group
	for _, other := range []byte{' ', '\''} {
		if strings.IndexByte(whole, group) < 0 && strings.IndexByte(whole, other) >= 0 {
			sep = other
		}
	}
	parts := strings.Split(whole, string(sep))
	for i, p := range parts {
		if !allDigits(p) {
			return "", "sheet.number_wrong"
		}
		if i == 0 && len(p) > 3 || i > 0 && len(p) != 3 {
			return "", "sheet.number_grouping"
		}
	}
	return strings.Join(parts, ""), ""
}

// decimal gives the value exactly, or false if it has too many digits.
func (n *numeral) decimal() (decimal.Decimal, bool) {
	coef, scale := n.coef, n.scale-n.shift
	if n.tooLong {
		return decimal.Decimal{}, false
	}
	for scale > 0 && coef%10 == 0 && scale > n.scale {
		coef, scale = coef/10, scale-1
	}
	for ; scale < 0; scale++ {
		if coef > 99_999_999_999_999_999 {
			return decimal.Decimal{}, false
		}
		coef *= 10
	}
	if n.negative {
		coef = -coef
	}
	d, err := decimal.New(coef, scale)
	return d, err == nil
}
