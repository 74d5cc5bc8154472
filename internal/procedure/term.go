package procedure

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// FactTerms is the fact whose record grants, reviews, adjusts or revokes special terms. Its fields: do (grant, review,
// adjust, revoke; grant when absent), kind (price, supply, settlement, other), terms, until (a day), term (the id, for all
// but a grant).
const FactTerms = "special_terms"

// States of special terms.
const (
	TermGranted  = "granted"
	TermReviewed = "reviewed"
	TermAdjusted = "adjusted"
	TermRevoked  = "revoked"
)

// termMoves says which decision leads from a state to which; "" is before the grant. Nothing follows a revocation.
var termMoves = map[string]map[string]string{
	"":           {"grant": TermGranted},
	TermGranted:  {"review": TermReviewed, "adjust": TermAdjusted, "revoke": TermRevoked},
	TermReviewed: {"review": TermReviewed, "adjust": TermAdjusted, "revoke": TermRevoked},
	TermAdjusted: {"review": TermReviewed, "adjust": TermAdjusted, "revoke": TermRevoked},
}

var termKinds = []string{"price", "supply", "settlement", "other"}

// Term is a special term of a customer as it stands.
type Term struct {
	CustomerID, ID int64
	Kind, Terms    string
	State          string
	Scheme, Grade  string // what justified it when it was last decided on
	VerdictID      int64
	From, Until    calendar.Date // Until None = until it is revoked
	Version        int64
	UpdatedAt      int64
	// Of lists: the customer, and the grade it has now.
	CustomerCode, CustomerName, GradeNow string
	OwnerID, UnitID                      int64
}

// TermChange is a decision on special terms.
type TermChange struct {
	Seq           int64
	State, Terms  string
	Scheme, Grade string
	VerdictID     int64
	CaseID        int64
	Reason        string
	By, At        int64
}

// decideTerms is what the end of a case does with special terms.
func (s *Service) decideTerms(ctx context.Context, q db.Q, d Decided) error {
	do := cmp.Or(d.Attrs["do"], "grant")
	now := clock.Micros(s.now())
	t := Term{CustomerID: d.Case.CustomerID, ID: id.New(s.now()), From: s.Today(), Until: calendar.None, Kind: cmp.Or(d.Attrs["kind"], "other")}
	if text := d.Attrs["term"]; text != "" {
		n, err := id.Parse(text)
		if err != nil {
			return errs.New(errs.Conflict, "procedure.unknown_terms", "id", errs.Shown(text))
		}
		if t, err = getTerm(ctx, q, d.Case.CustomerID, n); err != nil {
			if db.IsNoRows(err) {
				err = errs.New(errs.Conflict, "procedure.unknown_terms", "id", text)
			}
			return err
		}
	}
	to, ok := termMoves[t.State][do]
	if !ok {
		return errs.New(errs.Conflict, "procedure.terms_state", "do", errs.Shown(do), "state", t.State)
	}
	if err := t.change(d, to); err != nil {
		return err
	}
	t.UpdatedAt = now
	if ok, err := putTerm(ctx, q, t); err != nil || !ok {
		if err == nil {
			err = errRace
		}
		return err
	}
	t.Version++
	err := insertTermChange(ctx, q, t, TermChange{Seq: t.Version, CaseID: d.Case.ID, Reason: d.Reason, By: d.By, At: now})
	if err != nil {
		return err
	}
	return audit.Write(ctx, q, s.now(), audit.Entry{Action: "special_terms." + do, Entity: "special_terms", EntityID: id.String(t.ID), CustomerID: t.CustomerID, Detail: map[string]any{
		"kind": t.Kind, "terms": t.Terms, "grade": t.Grade, "scheme": t.Scheme, "until": t.Until.String(), "case": d.Case.Number,
	}})
}

// change puts what was decided into the terms.
func (t *Term) change(d Decided, to string) error {
	t.State, t.Scheme, t.Grade, t.VerdictID = to, d.Scheme, d.Grade, d.Verdict
	if to == TermGranted || to == TermAdjusted {
		t.Terms = strings.TrimSpace(d.Attrs["terms"])
	}
	var v errs.Validation
	v.Check(t.CustomerID != 0, "customer_id", "field.required")
	v.Check(slices.Contains(termKinds, t.Kind), "kind", "field.not_allowed", "value", errs.Shown(t.Kind))
	v.Check(t.Terms != "", "terms", "field.required")
	v.Check(utf8.RuneCountInString(t.Terms) <= maxReason, "terms", "field.too_long", "max", maxReason)
	if text := d.Attrs["until"]; text != "" {
		t.Until = readDay(&v, "until", text)
	}
	return v.Err()
}

// TermFilter bounds a list of special terms.
type TermFilter struct {
	CustomerID int64
	InForce    bool // neither revoked nor past their last day
	Changed    bool // the customer's grade is no longer the one that justified them
	After      int64
	Limit      int // 1 to 200
}

// Terms gives special terms by id, with the grade that justified each and the one the customer has now. Needs
// customer.read; bounded to its reach.
func (s *Service) Terms(ctx context.Context, f TermFilter) ([]Term, int64, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return nil, 0, err
	}
	list, err := listTerms(ctx, s.db.Read(), f, actor.Scope(authz.CustomerRead), s.Today())
	if err != nil || len(list) <= f.Limit {
		return list, 0, err
	}
	return list[:f.Limit], list[f.Limit-1].ID, nil
}

// TermHistory gives every decision on special terms, oldest first. Needs customer.read over the customer. Error: not_found.
func (s *Service) TermHistory(ctx context.Context, customerID, termID int64) ([]TermChange, map[int64]string, error) {
	if _, err := s.customers.Guard(ctx, authz.CustomerRead, customerID); err != nil {
		return nil, nil, err
	}
	q := s.db.Read()
	r, err := s.roster(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	list, err := termChanges(ctx, q, customerID, termID)
	if err == nil && len(list) == 0 {
		err = db.ErrNoRows
	}
	return list, r.names, err
}
