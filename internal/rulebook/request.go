package rulebook

import (
	"slices"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
)

// States of a request for adoption.
const (
	RequestOpen      = "open"
	RequestApproved  = "approved"
	RequestRefused   = "refused"
	RequestWithdrawn = "withdrawn"
)

// requestMoves are the transitions that exist; the diagram in doc.go is tested against them.
var requestMoves = map[string][]string{RequestOpen: {RequestApproved, RequestRefused, RequestWithdrawn}}

// Request asks those who may to adopt a version. Whoever asks does not decide.
type Request struct {
	ID            int64
	Rulebook      string
	Version       string
	Settings      map[string]string
	EffectiveFrom calendar.Date // None = the day of the decision
	Note          string
	State         string
	RequestedBy   int64
	RequestedAt   time.Time
	DecidedBy     int64
	DecidedAt     time.Time // zero while open
	Reason        string
	AdoptionID    int64 // what an approval led to, 0 = nothing
}

// mayMove decides whether a request may come into a state by somebody; 0 is the system.
func (r *Request) mayMove(to string, by int64, reason string) error {
	if !slices.Contains(requestMoves[r.State], to) {
		return errs.New(errs.Conflict, "rulebook.request_decided", "state", r.State)
	}
	switch {
	case to == RequestWithdrawn && by != r.RequestedBy:
		return errs.New(errs.Forbidden, "rulebook.request_not_yours")
	case to != RequestWithdrawn && by == r.RequestedBy && by != 0:
		return errs.New(errs.Forbidden, "rulebook.request_own")
	}
	var v errs.Validation
	v.Check(to != RequestRefused || reason != "", "reason", "field.required")
	v.Check(len(reason) <= 4000, "reason", "field.too_long", "max", 4000)
	return v.Err()
}

// startOf gives the day an approved request takes effect: the day asked for, or the day of the decision when that has
// passed meanwhile and something was in force then.
func (r *Request) startOf(list []Adoption, today calendar.Date) calendar.Date {
	if r.EffectiveFrom == calendar.None || mayStart(list, r.EffectiveFrom, today) != nil {
		return today
	}
	return r.EffectiveFrom
}
