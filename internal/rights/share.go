package rights

import (
	"strings"
	"time"
	"unicode/utf8"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
)

// What a share lets a person do.
const (
	Read  = "read"
	Write = "write"
)

const (
	maxReason = 200
	maxDays   = 366 // ahead
	maxOfOne  = 50  // shares of a customer that go on
	maxWith   = 500 // shares with a person that go on: they are named one by one in every list
)

// States of a share.
const (
	GoingOn = "going_on"
	Over    = "over"
	Revoked = "revoked"
)

// Share shows a customer to somebody until a day.
type Share struct {
	CustomerID, ID int64
	UserID         int64
	UserName       string
	Access         string
	Reason         string
	Until          calendar.Date // the last day
	CreatedBy      int64
	CreatedName    string
	CreatedAt      time.Time
	RevokedBy      int64
	RevokedName    string
	RevokedAt      int64 // microseconds, 0 = not
}

// State says whether it holds on a day.
func (h *Share) State(on calendar.Date) string {
	switch {
	case h.RevokedAt != 0:
		return Revoked
	case h.Until < on:
		return Over
	}
	return GoingOn
}

// ShareInput shares a customer.
type ShareInput struct {
	UserID int64
	Access string
	Reason string
	Until  calendar.Date
}

// Validate reports every wrong field.
func (in *ShareInput) Validate(today calendar.Date) error {
	in.Reason = strings.TrimSpace(in.Reason)
	var v errs.Validation
	v.Check(in.UserID > 0, "user_id", "field.required")
	v.Check(in.Access == Read || in.Access == Write, "access", "field.choice")
	v.Check(in.Reason != "", "reason", "field.required")
	v.Check(utf8.RuneCountInString(in.Reason) <= maxReason, "reason", "field.too_long", "max", maxReason)
	v.Check(in.Until >= today && in.Until <= today.AddDays(maxDays), "until", "rights.until", "days", maxDays)
	return v.Err()
}
