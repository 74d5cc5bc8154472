package review

import (
	"cmp"
	"context"
	"slices"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// The lists a campaign results in.
const (
	ListA       = "a_list"           // customers of the grade that is signed for, each with its support plan
	ListSpecial = "special_policies" // those that enjoy special policies: verified, adjusted, proposed
	ListCredit  = "credit_terms"     // those with special settlement: verified, new, adjusted, revoked
	ListNew     = "new_customers"    // those that are too new for a grade that lasts
)

// Lists are all result lists in the order of the regulation.
var Lists = []string{ListA, ListSpecial, ListCredit, ListNew}

// What is asked for in the lists of policies and settlement.
var actions = []string{"", "keep", "new", "adjust", "revoke"}

// Result is a customer in a result list.
type Result struct {
	Line
	List       string
	Action     string // keep, new, adjust, revoke; "" where nothing is asked
	Plan       string
	Note       string
	SeesTo     int64 // who sees to it, 0 = nobody yet
	SeesToName string
	DueOn      calendar.Date
	Version    int64 // 0 = nothing was written about it yet
}

// ResultInput is what is written about a customer in a list.
type ResultInput struct {
	Action, Plan, Note string
	SeesTo             int64
	DueOn              calendar.Date
	Version            int64 // 0 = new
}

func (in *ResultInput) validate(list string) error {
	var v errs.Validation
	v.Check(slices.Contains(Lists, list), "list", "review.list_unknown", "list", list)
	v.Check(slices.Contains(actions, in.Action), "action", "review.action_unknown", "action", in.Action)
	if list == ListSpecial || list == ListCredit {
		v.Check(in.Action != "", "action", "field.required")
		v.Check(in.Action == "keep" || in.Action == "" || in.Plan != "", "plan", "field.required")
	}
	v.Check(len(in.Plan) <= maxNote, "plan", "field.too_long", "max", maxNote)
	v.Check(len(in.Note) <= maxNote, "note", "field.too_long", "max", maxNote)
	return v.Err()
}

// Results gives a page of a result list, within sight. Before closing it is what would come out. Needs grading.read.
func (s *Service) Results(ctx context.Context, reviewID int64, list, cursor string, limit int) ([]Result, string, error) {
	if !slices.Contains(Lists, list) {
		return nil, "", errs.New(errs.NotFound, "review.list_unknown", "list", list)
	}
	q := s.db.Read()
	c, err := s.campaign(ctx, q, reviewID)
	if err != nil {
		return nil, "", err
	}
	a, err := s.access(ctx, q, c)
	if err != nil {
		return nil, "", err
	}
	f := LineFilter{Cursor: cursor, Limit: limit}
	after, err := f.after()
	if err != nil {
		return nil, "", err
	}
	out, err := listResults(ctx, q, c, a, list, after, limit+1)
	if err != nil || len(out) <= limit {
		return out, "", err
	}
	out = out[:limit]
	return out, f.cursor(&out[limit-1].Line), nil
}

// SetResult writes what is said about a customer in a list; customers are added to the lists of policies and settlement so. Needs the
// chair, grading.run over all customers, or to rate the customer. Errors: not_found, review.state, precondition_failed, invalid_input.
func (s *Service) SetResult(ctx context.Context, reviewID, customerID int64, list string, in ResultInput) (Result, error) {
	if err := in.validate(list); err != nil {
		return Result{}, err
	}
	var out Result
	err := s.db.InTx(ctx, func(q db.Q) error {
		x, err := s.mayWrite(ctx, q, reviewID, customerID)
		if err != nil {
			return err
		}
		if in.SeesTo != 0 {
			if _, err := personOf(ctx, q, in.SeesTo); err != nil {
				var v errs.Validation
				v.Check(false, "sees_to", "review.delegate_unknown")
				return cmp.Or(v.Err(), err)
			}
		}
		r := Result{Line: x.line, List: list, Action: in.Action, Plan: in.Plan, Note: in.Note, SeesTo: in.SeesTo, DueOn: in.DueOn, Version: in.Version}
		ok, err := saveResult(ctx, q, &r, x.actor.UserID, s.now())
		if err != nil {
			return err
		}
		if !ok {
			return errs.New(errs.Precondition, "precondition_failed")
		}
		if err := audit.Write(ctx, q, s.now(), audit.Entry{
			Action: "review.result", Entity: "review", EntityID: id.String(reviewID), CustomerID: customerID,
			Detail: map[string]any{"list": list, "action": in.Action, "plan": in.Plan, "note": in.Note, "due_on": in.DueOn.String()},
		}); err != nil {
			return err
		}
		out, err = getResult(ctx, q, reviewID, customerID, list)
		return err
	})
	return out, err
}

// mayWrite lets those pass who may write into the result lists about a customer.
func (s *Service) mayWrite(ctx context.Context, q db.Q, reviewID, customerID int64) (*rated, error) {
	x, err := s.rated(ctx, q, reviewID, customerID)
	if err != nil {
		return nil, err
	}
	if _, err := requireAll(ctx); err != nil && !x.chairs(x.campaign) && x.hat == nil {
		return nil, errs.New(errs.Forbidden, "review.not_rater", "customer", x.line.Code)
	}
	return x, mustBe(&x.Review, Rating, Meeting, Closing, Closed)
}

// DropResult takes a customer out of the lists of policies and settlement while the campaign is under way.
func (s *Service) DropResult(ctx context.Context, reviewID, customerID int64, list string) error {
	if list != ListSpecial && list != ListCredit {
		return errs.New(errs.Conflict, "review.list_follows", "list", list)
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		x, err := s.mayWrite(ctx, q, reviewID, customerID)
		if err != nil {
			return err
		}
		if err := mustBe(&x.Review, Rating, Meeting); err != nil {
			return err
		}
		if err := dropResult(ctx, q, reviewID, customerID, list); err != nil {
			return err
		}
		return audit.Write(ctx, q, s.now(), audit.Entry{
			Action: "review.drop_result", Entity: "review", EntityID: id.String(reviewID), CustomerID: customerID, Detail: map[string]any{"list": list},
		})
	})
}

// mayExport gives the access within which somebody may take lists out of the program.
func (s *Service) mayExport(ctx context.Context, q db.Q, reviewID int64) (*campaign, *access, error) {
	actor, err := authz.Require(ctx, authz.CustomerExport)
	if err != nil {
		return nil, nil, err
	}
	c, err := s.campaign(ctx, q, reviewID)
	if err != nil {
		return nil, nil, err
	}
	a, err := s.access(ctx, q, c)
	if err != nil {
		return nil, nil, err
	}
	if actor.Grants[authz.CustomerExport] < actor.Grants[authz.GradingRead] {
		a.read = actor.Scope(authz.CustomerExport)
	}
	return c, a, nil
}
