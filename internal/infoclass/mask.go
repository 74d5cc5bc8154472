package infoclass

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"kezhi/internal/codes"
)

// hiddenText stands for what shows nothing of itself.
const hiddenText = "****"

// Mask gives what is shown in place of a value: of class B the little by which people tell two of them apart, of class A nothing.
func Mask(key string, class Class, value string) string {
	switch {
	case value == "":
		return ""
	case class == A:
		return hiddenText
	case strings.HasSuffix(key, ".phone"):
		return maskPhone(value)
	case strings.HasSuffix(key, ".email"):
		return maskEmail(value)
	case strings.HasPrefix(key, "identifier."):
		return maskNumber(value)
	}
	return hiddenText
}

// IsMask says whether a text is what Mask made: no value that is kept under a class has a run of asterisks.
func IsMask(text string) bool { return strings.Contains(text, "***") }

// MaskOf says whether a text is a mask of this value, of whatever class.
func MaskOf(key, text, value string) bool {
	return IsMask(text) && (text == Mask(key, A, value) || text == Mask(key, B, value))
}

// maskPhone shows 138****5678; of a short number the last two digits.
func maskPhone(value string) string {
	number, _, _ := strings.Cut(value, ";")
	number = strings.TrimPrefix(number, "+86")
	return ends(number, 3, 4)
}

func maskNumber(value string) string { return ends(value, 0, 4) }

func maskEmail(value string) string {
	name, host, ok := strings.Cut(value, "@")
	if !ok {
		return hiddenText
	}
	_, n := utf8.DecodeRuneInString(name)
	return name[:n] + "***@" + host
}

// ends shows so many characters of either end, and less where that would be more than half.
func ends(value string, head, tail int) string {
	r := []rune(value)
	if len(r) < 2*(head+tail)-4 || len(r) < 8 {
		return hiddenText
	}
	return string(r[:head]) + hiddenText + string(r[len(r)-tail:])
}

// What is recognised inside a text that somebody wrote: mobile numbers, identity numbers and e-mail addresses.
var (
	mobileIn = regexp.MustCompile(`(?:\+86[ -]?|\b86[ -]?|\b)1[3-9]\d[ -]?\d{4}[ -]?\d{4}\b`)
	personIn = regexp.MustCompile(`\b[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]\b`)
	emailIn  = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+`)
)

// inText masks what is recognised in a text, as far as the field it is of may not be shown.
func inText(text string, show func(key, value string) string) string {
	if len(text) < 6 {
		return text
	}
	text = personIn.ReplaceAllStringFunc(text, func(m string) string {
		if _, check := codes.CheckIdentity(m); check != codes.OK { // eighteen digits are also what an id of a row looks like
			return m
		}
		return show(IDCard, m)
	})
	text = mobileIn.ReplaceAllStringFunc(text, func(m string) string {
		return show(ContactPhone, strings.NewReplacer(" ", "", "-", "").Replace(m))
	})
	return emailIn.ReplaceAllStringFunc(text, func(m string) string { return show(ContactEmail, m) })
}
