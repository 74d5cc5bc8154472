package procedure

import (
	"strings"
	"time"
	"unicode/utf8"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
)

// Bounds of texts, in characters.
const (
	maxPost   = 100
	maxReason = 2000
)

// Holding says that a person holds a post for a unit during some days.
type Holding struct {
	ID     int64 // 0 = by a role of the organisation
	Post   string
	UserID int64
	UnitID int64         // 0 = the whole organisation
	From   calendar.Date // None = by a role
	Until  calendar.Date // the last day; None = until further notice
}

// HoldingInput gives a post to a person.
type HoldingInput struct {
	Post   string
	UserID int64
	UnitID int64
	From   calendar.Date // None = today
	Until  calendar.Date // None = until further notice
}

// Validate reports every wrong field.
func (in HoldingInput) Validate() error {
	var v errs.Validation
	v.Check(strings.TrimSpace(in.Post) != "", "post", "field.required")
	v.Check(utf8.RuneCountInString(in.Post) <= maxPost, "post", "field.too_long", "max", maxPost)
	v.Check(in.UserID > 0, "user_id", "field.required")
	v.Check(in.Until == calendar.None || in.Until >= in.From, "until", "procedure.ends_before_it_begins")
	return v.Err()
}

// Absence says that a person is away during some days, and who acts instead.
type Absence struct {
	ID           int64
	UserID       int64
	SubstituteID int64 // 0 = nobody
	From, Until  calendar.Date
	Reason       string
	CreatedAt    time.Time
}

// Validate reports every wrong field.
func (a Absence) Validate() error {
	var v errs.Validation
	v.Check(a.UserID > 0, "user_id", "field.required")
	v.Check(a.SubstituteID != a.UserID, "substitute_id", "procedure.own_substitute")
	v.Check(a.From != calendar.None, "from", "field.required")
	v.Check(a.Until != calendar.None, "until", "field.required")
	v.Check(a.Until >= a.From, "until", "procedure.ends_before_it_begins")
	v.Check(utf8.RuneCountInString(a.Reason) <= maxReason, "reason", "field.too_long", "max", maxReason)
	return v.Err()
}
