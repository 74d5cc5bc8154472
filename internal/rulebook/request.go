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

// Request is a version that was sent for adoption; a case decides on it. Whoever asks does not decide.
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
	AdoptionID    int64   // what an approval led to, 0 = nothing
	CaseID        int64   // that decides on it
	Impact        *Impact // who would move; nil until it is worked out, and where the rulebook grades nobody
}

// Impact is what a version would change, worked out on the day it was sent.
type Impact struct {
	AsOf    string         `json:"as_of"`
	InScope int64          `json:"in_scope"`
	Duties  int64          `json:"duties"` // a year, more or (below 0) fewer
	Schemes []SchemeImpact `json:"schemes"`
}

// SchemeImpact counts who would move in one scheme.
type SchemeImpact struct {
	Scheme  string `json:"scheme"`
	Changed int64  `json:"changed"`
	Up      int64  `json:"up"`
	Down    int64  `json:"down"`
}

// mayMove decides whether a request may come into a state by somebody; 0 is the system.
func (r *Request) mayMove(to string, by int64) error {
	if !slices.Contains(requestMoves[r.State], to) {
		return errs.New(errs.Conflict, "rulebook.request_decided", "state", r.State)
	}
	if to == RequestApproved && by == r.RequestedBy && by != 0 {
		return errs.New(errs.Forbidden, "rulebook.request_own")
	}
	return nil
}

// startOf gives the day an approved request takes effect: the day asked for, or the day of the decision when that has
// passed meanwhile and something was in force then.
func (r *Request) startOf(list []Adoption, today calendar.Date) calendar.Date {
	if r.EffectiveFrom == calendar.None || mayStart(list, r.EffectiveFrom, today) != nil {
		return today
	}
	return r.EffectiveFrom
}
