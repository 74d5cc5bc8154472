package rulebook

import (
	"context"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// EventRequested and EventDecided are emitted with a payload of RequestEvent.
const (
	EventRequested = "rulebook.adoption_requested"
	EventDecided   = "rulebook.adoption_decided"
)

// RequestEvent is the payload of EventRequested and EventDecided.
type RequestEvent struct {
	RequestID int64  `json:"request_id"`
	Rulebook  string `json:"rulebook"`
	Version   string `json:"version"`
	State     string `json:"state"`
}

// RequestAdoption asks those who may to adopt a version: it must be fit for adoption. Needs rulebook.write. Errors: those of
// Adopt except rulebook.not_adopter; rulebook.request_open, when one of the same rulebook waits already.
func (s *Service) RequestAdoption(ctx context.Context, in AdoptInput) (Request, error) {
	actor, err := authz.Require(ctx, authz.RulebookWrite)
	if err != nil {
		return Request{}, err
	}
	if err := in.Validate(); err != nil {
		return Request{}, err
	}
	e, err := s.editionOrNewest(ctx, in.Rulebook, in.Version)
	if err != nil {
		return Request{}, err
	}
	if err := s.ready(ctx, e, in.Settings); err != nil {
		return Request{}, err
	}
	r := Request{
		Rulebook: in.Rulebook, Version: e.Version.Version, Settings: in.Settings, EffectiveFrom: in.EffectiveFrom, Note: in.Note,
		State: RequestOpen, RequestedBy: actor.UserID,
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		all, err := listAdoptions(ctx, q, in.Rulebook)
		if err != nil {
			return err
		}
		if in.EffectiveFrom != calendar.None {
			if err := mayStart(all[in.Rulebook], in.EffectiveFrom, s.Today()); err != nil {
				return err
			}
		}
		waiting, err := listRequests(ctx, q, requestFilter{Rulebook: in.Rulebook, State: RequestOpen, Limit: 1})
		if err != nil {
			return err
		}
		if len(waiting) > 0 {
			return errs.New(errs.Conflict, "rulebook.request_open", "rulebook", in.Rulebook, "version", waiting[0].Version)
		}
		r.RequestedAt = s.now()
		r.ID = newID(r.RequestedAt)
		if err := insertRequest(ctx, q, r); err != nil {
			return err
		}
		return s.recordRequest(ctx, q, "adoption_request.create", EventRequested, r)
	})
	return r, err
}

// Approve adopts what was asked for and closes the request, in one transaction. It needs to be the adopter, and not who
// asked. Errors: not_found, rulebook.request_decided, rulebook.request_own, rulebook.not_adopter and those of Adopt.
func (s *Service) Approve(ctx context.Context, requestID int64, reason string) (Request, error) {
	return s.decide(ctx, requestID, RequestApproved, reason)
}

// Refuse closes a request with a reason. Needs and errors as Approve.
func (s *Service) Refuse(ctx context.Context, requestID int64, reason string) (Request, error) {
	return s.decide(ctx, requestID, RequestRefused, reason)
}

// Withdraw takes one's own request back. Needs rulebook.write. Errors: not_found, rulebook.request_decided, rulebook.request_not_yours.
func (s *Service) Withdraw(ctx context.Context, requestID int64, reason string) (Request, error) {
	if _, err := authz.Require(ctx, authz.RulebookWrite); err != nil {
		return Request{}, err
	}
	return s.decide(ctx, requestID, RequestWithdrawn, reason)
}

func (s *Service) decide(ctx context.Context, requestID int64, to, reason string) (Request, error) {
	actor, err := authz.Require(ctx, authz.RulebookRead)
	if err != nil {
		return Request{}, err
	}
	r, err := requestOrNotFound(getRequest(ctx, s.db.Read(), requestID))
	if err != nil {
		return Request{}, err
	}
	e, err := s.edition(ctx, s.db.Read(), r.Rulebook, r.Version)
	if err != nil {
		return Request{}, err
	}
	if to != RequestWithdrawn {
		if err := s.mayAdopt(ctx, s.db.Read(), e); err != nil {
			return Request{}, err
		}
	}
	if err := r.mayMove(to, actor.UserID, reason); err != nil {
		return Request{}, err
	}
	if to == RequestApproved {
		if err := s.ready(ctx, e, r.Settings); err != nil {
			return Request{}, err
		}
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		if r, err = getRequest(ctx, q, requestID); err != nil {
			return err
		}
		return s.close(ctx, q, &r, to, reason, actor.UserID)
	})
	return r, err
}

// close writes the decision inside the caller's transaction; an approval adopts.
func (s *Service) close(ctx context.Context, q db.Q, r *Request, to, reason string, by int64) error {
	if err := r.mayMove(to, by, reason); err != nil {
		return err
	}
	r.State, r.Reason, r.DecidedBy, r.DecidedAt = to, reason, by, s.now()
	if to == RequestApproved {
		all, err := listAdoptions(ctx, q, r.Rulebook)
		if err != nil {
			return err
		}
		a := Adoption{
			Rulebook: r.Rulebook, Version: r.Version, Settings: r.Settings, Note: r.Note, AdoptedBy: by,
			EffectiveFrom: r.startOf(all[r.Rulebook], s.Today()), EffectiveTo: calendar.None,
		}
		if err := s.adopt(ctx, q, &a); err != nil {
			return err
		}
		r.AdoptionID = a.ID
	}
	ok, err := closeRequest(ctx, q, *r)
	if err != nil {
		return err
	}
	if !ok { // decided by somebody else between reading and writing
		return errs.New(errs.Conflict, "rulebook.request_decided", "state", to)
	}
	return s.recordRequest(ctx, q, "adoption_request."+to, EventDecided, *r)
}

func (s *Service) recordRequest(ctx context.Context, q db.Q, action, kind string, r Request) error {
	err := audit.Write(ctx, q, s.now(), audit.Entry{
		Action: action, Entity: "adoption_request", EntityID: id.String(r.ID),
		Detail: map[string]any{
			"rulebook": r.Rulebook, "version": r.Version, "settings": r.Settings, "effective_from": r.EffectiveFrom.String(), "note": r.Note, "reason": r.Reason,
		},
	})
	if err != nil {
		return err
	}
	return s.bus.Emit(ctx, q, kind, 0, RequestEvent{RequestID: r.ID, Rulebook: r.Rulebook, Version: r.Version, State: r.State})
}

// Requests gives requests for adoption, newest first. Needs rulebook.read. The cursor is that of the page before.
func (s *Service) Requests(ctx context.Context, rulebook, state, cursor string, limit int) (list []Request, next string, err error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return nil, "", err
	}
	f := requestFilter{Rulebook: rulebook, State: state, Limit: limit + 1}
	if cursor != "" {
		if f.Before, err = id.Parse(cursor); err != nil {
			return nil, "", err
		}
	}
	if list, err = listRequests(ctx, s.db.Read(), f); err != nil {
		return nil, "", err
	}
	if len(list) > limit {
		list = list[:limit]
		next = id.String(list[limit-1].ID)
	}
	return list, next, nil
}

// GetRequest gives one request. Needs rulebook.read. Error: not_found.
func (s *Service) GetRequest(ctx context.Context, requestID int64) (Request, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return Request{}, err
	}
	return requestOrNotFound(getRequest(ctx, s.db.Read(), requestID))
}

func requestOrNotFound(r Request, err error) (Request, error) {
	if db.IsNoRows(err) {
		return r, errs.New(errs.NotFound, "not_found")
	}
	return r, err
}
