package duty

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/db"
)

// DoWithin is Do inside the caller's transaction, for features whose work keeps a duty (a visit that took place, a call). The
// duty must be owed by the acting person or within the person's reach. The caller keeps its own idempotency key, and has
// checked the evidence's files (OwnFiles). Gives the duty as it is then, without its files.
// Errors: not_found, invalid_input, duty.already_done, duty.closed, duty.not_yours, duty.changed.
func (s *Service) DoWithin(ctx context.Context, q db.Q, dutyID int64, e Evidence) (Duty, error) {
	actor, err := authz.Require(ctx, authz.DutyDo)
	if err != nil {
		return Duty{}, err
	}
	if err := e.Validate(s.Today()); err != nil {
		return Duty{}, err
	}
	d, err := getDuty(ctx, q, dutyID)
	if err != nil {
		return Duty{}, err
	}
	if err := mayChange(actor, authz.DutyDo, d); err != nil {
		return Duty{}, err
	}
	to, err := decideDone(d, e, s.Today())
	if err != nil {
		return Duty{}, err
	}
	if err := s.writeDone(ctx, q, d, to, e, actor.UserID); err != nil {
		return Duty{}, err
	}
	return getDuty(ctx, q, dutyID)
}

// StillDue says whether the acting person can keep the duty now: it is open or missed, and owed within the person's reach. Whoever
// reports work that took place asks it first, so that what was waived, dropped, kept otherwise or given to somebody else since
// does not refuse the report.
func (s *Service) StillDue(ctx context.Context, q db.Q, dutyID int64) (bool, error) {
	actor, err := authz.Require(ctx, authz.DutyDo)
	if err != nil {
		return false, err
	}
	d, err := getDuty(ctx, q, dutyID)
	if err != nil {
		if db.IsNoRows(err) {
			return false, nil
		}
		return false, err
	}
	return d.State.May(Kept) && mayChange(actor, authz.DutyDo, d) == nil, nil
}

// StateWithin gives the state a duty has inside the caller's transaction, as it is written down. It asks for no permission: it is
// for features that act on a duty of their own. Error: not_found.
func (s *Service) StateWithin(ctx context.Context, q db.Q, dutyID int64) (State, error) {
	d, err := getDuty(ctx, q, dutyID)
	return d.State, err
}

// MayDo says whether the acting person may settle the duty: it is owed within the person's reach.
func (s *Service) MayDo(ctx context.Context, d Duty) bool {
	actor, err := authz.Require(ctx, authz.DutyDo)
	return err == nil && mayChange(actor, authz.DutyDo, d) == nil
}

// OwnFiles refuses files the acting person did not upload: nobody gets at another's upload by its number.
// Errors: invalid_input with duty.file_unknown.
func (s *Service) OwnFiles(ctx context.Context, ids []int64) error {
	actor, err := authz.Require(ctx, authz.DutyDo)
	if err != nil {
		return err
	}
	return s.checkFiles(ctx, actor, ids)
}
