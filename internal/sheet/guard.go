package sheet

import (
	"strings"
	"unicode/utf8"
)

// triggers are the first characters that make a spreadsheet take a cell for a formula, in both widths.
const triggers = "=+-@\t\r＝＋－＠"

// guard applies the formula guard of the package comment.
func guard(cell string) string {
	if cell == "" {
		return cell
	}
	r, n := utf8.DecodeRuneInString(cell)
	switch {
	case r == '-' && plainNumber(cell[1:]):
		return cell
	case strings.ContainsRune(triggers, r):
		return "'" + cell
	case r == '\'' && startsGuarded(cell[n:]):
		return "'" + cell
	}
	return cell
}

// unguard takes back what guard did.
func unguard(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && startsGuarded(cell[1:]) {
		return cell[1:]
	}
	return cell
}

func startsGuarded(rest string) bool {
	r, n := utf8.DecodeRuneInString(rest)
	return n > 0 && (r == '\'' || strings.ContainsRune(triggers, r)) && (r != utf8.RuneError)
}

// plainNumber says whether the text is digits with at most one point inside.
func plainNumber(s string) bool {
	whole, part, found := strings.Cut(s, ".")
	return allDigits(whole) && (!found || allDigits(part))
}
