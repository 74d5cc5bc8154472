package seminar

import (
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/promise"
)

// Whom says who of an event is followed up.
type Whom string

// Whom an event is followed up with.
const (
	WhoCame   Whom = "came"
	WhoAbsent Whom = "absent" // said yes and did not come
	WhoSaidNo Whom = "no"
)

var whoms = []Whom{WhoCame, WhoAbsent, WhoSaidNo}

// FollowUp is what is done for each of them afterwards, by whoever looks after the customer.
type FollowUp struct {
	Whom  Whom
	What  string
	DueOn calendar.Date
}

// Followed says what a follow-up came to.
type Followed struct {
	Made int64 // promises, each to be kept by whoever looks after the customer
	Left int64 // archived customers, or outside the reach of whoever gave it out
}

// FollowUp gives out, for each customer concerned, a promise that came of the event. The same again (whom, what and day) makes none twice.
// Needs to run the event, and duty.do over each customer. Errors: not_found, invalid_input, seminar.not_yours, seminar.too_early, those of promise.Make.
func (s *Service) FollowUp(ctx context.Context, seminarID int64, in FollowUp) (Followed, error) {
	var v errs.Validation
	v.Check(slices.Contains(whoms, in.Whom), "whom", "field.not_allowed", "value", string(in.Whom))
	if err := v.Err(); err != nil {
		return Followed{}, err
	}
	m, err := s.run(ctx, authz.DutyDo, seminarID)
	switch {
	case err != nil:
		return Followed{}, err
	case m.State == Cancelled:
		return Followed{}, closed(m)
	case s.Today() < m.On:
		return Followed{}, errs.New(errs.Conflict, "seminar.too_early", "on", m.On.String())
	}
	list, err := customersOf(ctx, s.db.Read(), m.ID, in.Whom)
	if err != nil {
		return Followed{}, err
	}
	r, err := requestOf("", in)
	if err != nil {
		return Followed{}, err
	}
	var out Followed
	for _, customerID := range list {
		_, err := s.promises.Make(ctx, customerID, promise.Input{
			What: in.What, Purpose: m.Title("zh"), DueOn: in.DueOn, MadeOn: m.On, MadeIn: promise.InSeminar, MadeRef: m.ID,
		}, "seminar:"+id.String(m.ID)+":"+r.hash)
		switch {
		case db.IsNoRows(err) || errs.CodeOf(err) == "customer.archived":
			out.Left++
		case err != nil:
			return out, err
		default:
			out.Made++
		}
	}
	return out, s.inTx(ctx, func(q db.Q) error {
		return s.record(ctx, q, m, "seminar.follow_up", EventActed, map[string]any{"whom": in.Whom, "what": in.What, "due_on": in.DueOn.String(), "made": out.Made})
	})
}
