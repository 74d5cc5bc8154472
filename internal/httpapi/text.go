package httpapi

import (
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// Day reads a civil date that may be missing; nothing, and what is no date, is None.
func Day(v *errs.Validation, path, text string) calendar.Date {
	if text == "" {
		return calendar.None
	}
	d, err := calendar.Parse(text)
	v.Check(err == nil, path, "field.not_a_date", "value", text)
	return d
}

// Number reads an id that may be missing; nothing is 0.
func Number(v *errs.Validation, path, text string) int64 {
	if text == "" {
		return 0
	}
	n, err := id.Parse(text)
	v.Check(err == nil, path, "field.not_allowed", "value", text)
	return n
}
