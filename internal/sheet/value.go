package sheet

import (
	"strings"

	"kezhi/internal/errs"
)

// halfWidth gives typed text in one form: full-width letters, digits and signs become ASCII, every kind of space a plain one,
// marks nobody sees go; spaces at both ends go too.
func halfWidth(s string) string {
	plain := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			plain = false
			break
		}
	}
	if plain {
		return strings.TrimSpace(s)
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFEE0
		case r == 0x3000 || r == 0xA0 || r >= 0x2000 && r <= 0x200A || r == 0x202F || r == 0x205F:
			return ' '
		case r == 0xFEFF || r >= 0x200B && r <= 0x200F || r == 0x2060:
			return -1
		case r == 0xFFE5:
			return '¥'
		case r == 0xFFE1:
			return '£'
		case r == 0x2212 || r == 0x2013 || r == 0x2010 || r == 0x2011:
			return '-'
		}
		return r
	}, s))
}

func badValue(code, text string, args ...any) *errs.Error {
	if r := []rune(text); len(r) > 60 {
		text = string(r[:60]) + "…"
	}
	return errs.New(errs.Invalid, code, append([]any{"text", text}, args...)...)
}

// ParseID reads an identifier such as a customer code: full-width characters become ASCII, and the ".0" that programs put
// behind a number column is taken off (17850.0 is 17850). Errors: sheet.value_missing; sheet.id_scientific, when a spreadsheet has
// already replaced the digits by something like 4.4E+17, so that the id is lost.
func ParseID(s string) (string, error) {
	id := halfWidth(s)
	if id == "" {
		return "", badValue("sheet.value_missing", s)
	}
	if whole, part, found := strings.Cut(id, "."); found && allDigits(whole) && part != "" && strings.Trim(part, "0") == "" {
		return whole, nil
	}
	if mantissa, exp, found := strings.Cut(strings.ToUpper(id), "E+"); found && allDigits(exp) {
		if whole, part, _ := strings.Cut(mantissa, "."); allDigits(whole) && (part == "" || allDigits(part)) {
			return "", badValue("sheet.id_scientific", s)
		}
	}
	return id, nil
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
