package procedure

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// sequence is the part of a pattern that counts: {seq} or {seq:4}.
var sequence = regexp.MustCompile(`\{seq(?::(\d{1,2}))?\}`)

// fillNumber puts the day into a pattern. The scope is what is left of it with the sequence unfilled: numbers count anew
// when it changes, with the year or month named in it, and two procedures with the same pattern share one count.
func fillNumber(pattern string, day calendar.Date) (scope string, width int) {
	y, m, d := day.Civil()
	scope = strings.NewReplacer(
		"{year}", fmt.Sprintf("%04d", y), "{yy}", fmt.Sprintf("%02d", y%100), "{month}", fmt.Sprintf("%02d", m), "{day}", fmt.Sprintf("%02d", d),
	).Replace(pattern)
	if !sequence.MatchString(scope) {
		scope += "-{seq:4}" // a pattern without a count would give one number twice
	}
	found := sequence.FindStringSubmatch(scope)
	width, _ = strconv.Atoi(found[1]) // absent = 0
	return sequence.ReplaceAllLiteralString(scope, "{seq}"), width
}

// nextNumber gives the next number of a pattern in the caller's transaction. Whoever needs one of the same pattern waits
// until this transaction is over, so that none is ever missing and none is given twice.
func nextNumber(ctx context.Context, q db.Q, pattern string, day calendar.Date) (string, error) {
	scope, width := fillNumber(pattern, day)
	n, err := raiseNumber(ctx, q, scope)
	if err != nil {
		return "", err
	}
	return strings.Replace(scope, "{seq}", fmt.Sprintf("%0*d", width, n), 1), nil
}
