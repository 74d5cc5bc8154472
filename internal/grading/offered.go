package grading

import (
	"context"
	"slices"
	"strings"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// maxDismissal bounds the reason for putting a proposal aside, in bytes.
const maxDismissal = 2000

// OfferedFilter bounds a list of proposals.
type OfferedFilter struct {
	Rulebook string   // "" = all
	States   []string // of the Proposal constants; empty = those about which nobody decided: open and refused
	Cursor   string
	Limit    int // 1 to 200
}

// Validate reports every wrong field.
func (f OfferedFilter) Validate() error {
	var v errs.Validation
	for _, s := range f.States {
		known := []string{ProposalOpen, ProposalAsked, ProposalRefused, ProposalDismissed}
		v.Check(slices.Contains(known, s), "state", "field.not_allowed", "value", errs.Shown(s))
	}
	return v.Err()
}

func (f OfferedFilter) complete() OfferedFilter {
	if len(f.States) == 0 {
		f.States = []string{ProposalOpen, ProposalRefused}
	}
	return f
}

// offeredFields are the values of a cursor.
const offeredFields = 4

func (f OfferedFilter) after() ([]any, error) {
	vals, err := db.DecodeCursor(f.Cursor, offeredFields)
	if err != nil || vals == nil {
		return nil, err
	}
	customerID, err := number(vals[1])
	return []any{vals[0], customerID, vals[2], vals[3]}, err
}

// Offered gives a page of the proposals for customers within reach, the oldest first, and the cursor of the next one. Needs
// grading.read. Errors: invalid_input, cursor.invalid.
func (s *Service) Offered(ctx context.Context, f OfferedFilter) ([]Offered, string, error) {
	actor, err := authz.Require(ctx, authz.GradingRead)
	if err != nil {
		return nil, "", err
	}
	if err := f.Validate(); err != nil {
		return nil, "", err
	}
	after, err := f.after()
	if err != nil {
		return nil, "", err
	}
	list, err := listOffered(ctx, s.db.Read(), f.complete(), actor.Scope(authz.GradingRead), after)
	if err != nil || len(list) <= f.Limit {
		return list, "", err
	}
	list = list[:f.Limit]
	last := &list[f.Limit-1]
	return list, db.EncodeCursor(last.Since.String(), id.String(last.CustomerID), last.Rulebook, last.Scheme), nil
}

// CountOffered says how many proposals Offered would give, up to 10001. Needs grading.read. Error: invalid_input.
func (s *Service) CountOffered(ctx context.Context, f OfferedFilter) (int64, error) {
	actor, err := authz.Require(ctx, authz.GradingRead)
	if err != nil {
		return 0, err
	}
	if err := f.Validate(); err != nil {
		return 0, err
	}
	return countOffered(ctx, s.db.Read(), f.complete(), actor.Scope(authz.GradingRead))
}

// mayDismiss says whether a person may put proposals aside: whoever judges more than the own customers.
func mayDismiss(actor authz.Actor) bool { return actor.Grants[authz.GradingJudge] >= authz.ReachUnit }

// Dismiss puts a proposal aside, with the reason: no case begins by itself while the verdicts go on proposing the grade. People may still
// apply for it. Needs grading.judge over the customer's unit. Errors: not_found (also when nothing is proposed), invalid_input,
// grading.proposal_asked (a case runs), grading.proposal_moved (somebody was faster).
func (s *Service) Dismiss(ctx context.Context, customerID int64, rulebookID, scheme, reason string) (Proposal, error) {
	actor, err := authz.Require(ctx, authz.GradingJudge)
	if err == nil && !mayDismiss(actor) {
		err = errs.New(errs.Forbidden, "auth.forbidden", "permission", string(authz.GradingJudge))
	}
	if err != nil {
		return Proposal{}, err
	}
	reason = strings.TrimSpace(reason)
	var v errs.Validation
	v.Check(reason != "", "reason", "field.required")
	v.Check(len(reason) <= maxDismissal, "reason", "field.too_long", "max", maxDismissal)
	if err := v.Err(); err != nil {
		return Proposal{}, err
	}
	if _, err := s.customers.Guard(ctx, authz.GradingJudge, customerID); err != nil {
		return Proposal{}, err
	}
	var out Proposal
	err = s.db.InTx(ctx, func(q db.Q) error {
		p, ok, err := s.ProposalOf(ctx, q, customerID, rulebookID, scheme)
		switch {
		case err != nil:
			return err
		case !ok:
			return errs.New(errs.NotFound, "not_found")
		case p.State == ProposalAsked:
			return errs.New(errs.Conflict, "grading.proposal_asked")
		}
		now := s.now()
		p.Note, p.NotedBy, p.NotedAt = reason, actor.UserID, clock.Micros(now)
		if ok, err = dismissProposal(ctx, q, &p); err != nil {
			return err
		}
		if !ok {
			return errs.New(errs.Conflict, "grading.proposal_moved")
		}
		p.State = ProposalDismissed
		out = p
		return audit.Write(ctx, q, now, audit.Entry{Action: "grade.dismiss", Entity: "customer", EntityID: id.String(customerID), CustomerID: customerID, Detail: map[string]any{
			"rulebook": rulebookID, "scheme": scheme, "code": p.Code, "reason": reason,
		}})
	})
	return out, err
}
