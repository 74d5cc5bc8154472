package rulebook

import (
	"cmp"
	"context"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/rule"
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

// Approval is the procedure by which an organisation decides on adoptions. The composition root gives it; this package knows no
// procedures.
type Approval struct {
	// InForce says whether there is one today.
	InForce func(ctx context.Context, q db.Q) (bool, error)
	// Begin begins the case that decides on a request, for whoever asks, and gives its id.
	Begin func(ctx context.Context, q db.Q, r Request, e *Edition) (int64, error)
}

// DecideByCase says which procedure decides on adoptions.
func (s *Service) DecideByCase(a Approval) { s.approval = a }

// ByCase says whether a case decides on adoptions today. Needs rulebook.read.
func (s *Service) ByCase(ctx context.Context) (bool, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil || s.approval.InForce == nil {
		return false, err
	}
	return s.approval.InForce(ctx, s.db.Read())
}

// RequestAdoption sends a version for adoption: it must be fit for it, and the procedure in force decides. Needs rulebook.write.
// Errors: those of Adopt except rulebook.not_adopter; rulebook.request_open, when one of the same rulebook waits already;
// rulebook.adopt_directly, when no procedure decides; those of beginning the case.
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
	if byCase, err := s.ByCase(ctx); err != nil || !byCase {
		return Request{}, cmp.Or(err, error(errs.New(errs.Conflict, "rulebook.adopt_directly", "rulebook", in.Rulebook)))
	}
	if err := s.ready(ctx, s.db.Read(), e, in.Settings); err != nil {
		return Request{}, err
	}
	r := Request{
		Rulebook: in.Rulebook, Version: e.Version.Version, Settings: in.Settings, EffectiveFrom: in.EffectiveFrom, Note: in.Note,
		State: RequestOpen, RequestedBy: actor.UserID,
	}
	err = s.db.InTx(ctx, func(q db.Q) error { return s.request(ctx, q, &r, e) })
	return r, err
}

func (s *Service) request(ctx context.Context, q db.Q, r *Request, e *Edition) error {
	all, err := listAdoptions(ctx, q, r.Rulebook)
	if err != nil {
		return err
	}
	if r.EffectiveFrom != calendar.None {
		if err := mayStart(all[r.Rulebook], r.EffectiveFrom, s.Today()); err != nil {
			return err
		}
	}
	waiting, err := listRequests(ctx, q, requestFilter{Rulebook: r.Rulebook, State: RequestOpen, Limit: 1})
	if err != nil {
		return err
	}
	if len(waiting) > 0 {
		return errs.New(errs.Conflict, "rulebook.request_open", "rulebook", r.Rulebook, "version", waiting[0].Version)
	}
	r.RequestedAt = s.now()
	r.ID = newID(r.RequestedAt)
	if err := insertRequest(ctx, q, *r); err != nil {
		return err
	}
	if r.CaseID, err = s.approval.Begin(ctx, q, *r, e); err != nil {
		return err
	}
	if err := setRequestCase(ctx, q, r.ID, r.CaseID); err != nil {
		return err
	}
	return s.recordRequest(ctx, q, "adoption_request.create", EventRequested, *r)
}

// Decided closes the request that a case decided on, in the transaction of the case; an approval adopts. by is who decided last.
// The caller has made sure that the procedure was followed. A case without an open request changes nothing. Errors:
// rulebook.request_own, and those of Adopt: what cannot come into force any more cannot be approved.
func (s *Service) Decided(ctx context.Context, q db.Q, requestID, caseID int64, to string, by int64, reason string) error {
	ctx = authz.With(ctx, authz.System("rulebook"))
	r, err := getRequest(ctx, q, requestID)
	if db.IsNoRows(err) || err == nil && (r.CaseID != caseID || r.State != RequestOpen) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := r.mayMove(to, by); err != nil {
		return err
	}
	r.State, r.Reason, r.DecidedBy, r.DecidedAt = to, reason, by, s.now()
	if to == RequestApproved {
		if err := s.adoptRequested(ctx, q, &r); err != nil {
			return err
		}
	}
	ok, err := closeRequest(ctx, q, r)
	if err != nil {
		return err
	}
	if !ok { // decided by somebody else between reading and writing
		return errs.New(errs.Conflict, "rulebook.request_decided", "state", to)
	}
	return s.recordRequest(ctx, q, "adoption_request."+to, EventDecided, r)
}

// adoptRequested puts into force what was asked for, if it may still be.
func (s *Service) adoptRequested(ctx context.Context, q db.Q, r *Request) error {
	e, err := s.edition(ctx, q, r.Rulebook, r.Version)
	if err != nil {
		return err
	}
	if err := s.ready(ctx, q, e, r.Settings); err != nil {
		return err
	}
	all, err := listAdoptions(ctx, q, r.Rulebook)
	if err != nil {
		return err
	}
	a := Adoption{
		Rulebook: r.Rulebook, Version: r.Version, Settings: r.Settings, Note: r.Note, AdoptedBy: r.DecidedBy,
		EffectiveFrom: r.startOf(all[r.Rulebook], s.Today()), EffectiveTo: calendar.None,
	}
	if err := s.adopt(ctx, q, &a); err != nil {
		return err
	}
	r.AdoptionID = a.ID
	return nil
}

// NoteImpact keeps what a request would change. Needs rulebook.write.
func (s *Service) NoteImpact(ctx context.Context, q db.Q, requestID int64, x Impact) error {
	if _, err := authz.Require(ctx, authz.RulebookWrite); err != nil {
		return err
	}
	return setRequestImpact(ctx, q, requestID, x)
}

// Asked is a request with what whoever decides must know of it.
type Asked struct {
	Request
	Title   rule.Text
	Before  string            // the version in force; "" when none is
	Changed []string          // places of rulebook.yaml that differ, as written there
	Clauses int               // clauses that differ
	Settled map[string]string // values of settings that differ from the defaults
	Graded  bool              // the version grades somebody, so that its impact is worked out
}

// Asking gives a request with what it would change. Needs rulebook.read. Error: not_found.
func (s *Service) Asking(ctx context.Context, q db.Q, requestID int64) (Asked, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return Asked{}, err
	}
	r, err := requestOrNotFound(getRequest(ctx, q, requestID))
	if err != nil {
		return Asked{}, err
	}
	e, err := s.edition(ctx, q, r.Rulebook, r.Version)
	if err != nil {
		return Asked{}, err
	}
	out := Asked{Request: r, Title: e.Book.Title(), Settled: r.Settings, Graded: e.Book.Graded()}
	held, err := adoptionOn(ctx, q, r.Rulebook, calendar.FromTime(r.RequestedAt, s.loc))
	if db.IsNoRows(err) || err == nil && held.ID == r.AdoptionID {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	before, err := s.edition(ctx, q, held.Rulebook, held.Version)
	if err != nil {
		return out, err
	}
	out.Before = held.Version
	for _, c := range changesOf(before.Files[rule.FileRulebook], e.Files[rule.FileRulebook]) {
		if c.Ref != "version" {
			out.Changed = append(out.Changed, c.Ref)
		}
	}
	out.Clauses = len(clauseChanges(before.Book.Clauses(), e.Book.Clauses()))
	return out, nil
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
