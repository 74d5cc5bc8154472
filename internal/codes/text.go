package codes

import (
	"strings"

	"golang.org/x/text/width"
)

// Check says what a check of an identifier found.
type Check uint8

// The results. BadCheck is a warning: registered codes with a wrong check digit exist, so a person may keep one with a reason.
const (
	Malformed Check = iota // cannot be such an identifier
	BadCheck               // has the form, but the check digit says otherwise
	OK
)

// String gives ok, bad_check or malformed.
func (c Check) String() string {
	switch c {
	case OK:
		return "ok"
	case BadCheck:
		return "bad_check"
	case Malformed:
	}
	return "malformed"
}

// compact gives an identifier in half width and upper case without spaces, hyphens and invisible marks.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n-\u00A0\u2013\u200B\u200E\uFEFF", r) {
			return -1
		}
		return r
	}, strings.ToUpper(width.Narrow.String(s)))
}
