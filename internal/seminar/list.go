package seminar

import (
	"context"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

const (
	pageDefault = 50
	pageMost    = 200
)

// Filter bounds a list of events. Empty fields match all.
type Filter struct {
	States   []State
	Kinds    []Kind
	Mine     bool          // organised by the acting person, or in whose team the person is
	From, To calendar.Date // None = no bound
	Newest   bool          // the latest day first
	Cursor   string
	Limit    int // 1 to 200; 0 = 50
}

func (f *Filter) check() error {
	var v errs.Validation
	for _, st := range f.States {
		v.Check(slices.Contains(States, st), "state", "field.not_allowed", "value", string(st))
	}
	for _, k := range f.Kinds {
		v.Check(slices.Contains(Kinds, k), "kind", "field.not_allowed", "value", string(k))
	}
	v.Check(f.From == calendar.None || f.To == calendar.None || f.From <= f.To, "to", "duty.range_reversed")
	f.Limit = bounded(f.Limit)
	return v.Err()
}

func bounded(limit int) int {
	if limit == 0 {
		return pageDefault
	}
	return min(max(limit, 1), pageMost)
}

// List gives events by their day, with how their invitations stand, and the cursor of the next page. Needs duty.read.
// Errors: invalid_input, cursor.invalid.
func (s *Service) List(ctx context.Context, f Filter) ([]Seminar, string, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return nil, "", err
	}
	if err := f.check(); err != nil {
		return nil, "", err
	}
	q := s.db.Read()
	rows, next, err := list(ctx, q, f, actor.UserID)
	if err != nil {
		return nil, "", err
	}
	return rows, next, countReached(ctx, q, actor, rows)
}

// Guests bounds the list of an event. Empty fields match everybody.
type Guests struct {
	Answers []Answer // none of them: all but those taken off
	Came    *bool
	Text    string // part of a name, a customer's code, or the number
	Cursor  string
	Limit   int // 1 to 200; 0 = 50
}

// Answers lists those a list may be asked for.
var Answers = []Answer{NoAnswer, Yes, Waiting, No, Withdrawn}

// countReached counts, of events the acting person does not look over, the customers within reach only: how many guests others have is
// theirs to know.
func countReached(ctx context.Context, q db.Q, actor authz.Actor, rows []Seminar) error {
	var ids []int64
	for i := range rows {
		if !rows[i].runBy(actor, authz.DutyRead) {
			ids = append(ids, rows[i].ID)
		}
	}
	reached, err := tallies(ctx, q, ids, actor.Scope(authz.DutyRead))
	if err != nil {
		return err
	}
	for i := range rows {
		if slices.Contains(ids, rows[i].ID) {
			rows[i].Tally = reached[rows[i].ID]
		}
	}
	return nil
}

// Guests gives who is on the list of an event, by number, and the cursor of the next page. Needs duty.read: whoever runs the event sees
// everybody, others the customers within their reach. Errors: not_found, invalid_input, cursor.invalid.
func (s *Service) Guests(ctx context.Context, seminarID int64, g Guests) ([]Invitation, string, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return nil, "", err
	}
	var v errs.Validation
	for _, a := range g.Answers {
		v.Check(slices.Contains(Answers, a), "answer", "field.not_allowed", "value", string(a))
	}
	if err := v.Err(); err != nil {
		return nil, "", err
	}
	g.Text, g.Limit = strings.TrimSpace(g.Text), bounded(g.Limit)
	q := s.db.Read()
	m, err := load(ctx, q, seminarID)
	if err != nil {
		return nil, "", err
	}
	return guests(ctx, q, m.ID, g, scopeOf(actor, authz.DutyRead, m))
}

// scopeOf is how far somebody sees the list of an event.
func scopeOf(actor authz.Actor, perm authz.Permission, m Seminar) authz.Scope {
	if m.runBy(actor, perm) {
		return authz.Scope{All: true}
	}
	return actor.Scope(perm)
}

// Visible gives one invitation. Needs duty.read, and to run its event or over its customer. Error: not_found.
func (s *Service) Visible(ctx context.Context, seminarID, inviteID int64) (Seminar, Invitation, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return Seminar{}, Invitation{}, err
	}
	m, v, err := pair(ctx, s.db.Read(), seminarID, inviteID)
	if err == nil && !m.runBy(actor, authz.DutyRead) && !actor.Scope(authz.DutyRead).Covers(v.place()) {
		err = db.ErrNoRows
	}
	return m, v, err
}

// Attendance is an event a customer was invited to.
type Attendance struct {
	Seminar    Seminar
	Invitation Invitation
}

// OfCustomer gives the events a customer was invited to, the latest first. Needs duty.read over the customer. Error: not_found.
func (s *Service) OfCustomer(ctx context.Context, customerID int64, limit int) ([]Attendance, error) {
	if _, err := s.customers.Guard(ctx, authz.DutyRead, customerID); err != nil {
		return nil, err
	}
	return attendances(ctx, s.db.Read(), customerID, bounded(limit))
}
