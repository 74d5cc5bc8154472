package grading

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// GradeDecisionView is a grade people decided on for a customer, in the place of what followed.
type GradeDecisionView struct {
	ID        string                  `json:"id"`
	Rulebook  string                  `json:"rulebook"`
	Scheme    string                  `json:"scheme"`
	Code      string                  `json:"code"`
	Title     rule.Text               `json:"title" doc:"What decided: a review, or the procedure with the number of its case"`
	Reason    string                  `json:"reason"`
	From      string                  `json:"from" format:"date" doc:"First day on which it counts"`
	Until     string                  `json:"until" doc:"Last day; empty when open"`
	Source    string                  `json:"source" enum:"review,override"`
	SourceID  string                  `json:"source_id" doc:"The review, or the case"`
	By        string                  `json:"by" doc:"Who decided, as they were called then"`
	At        time.Time               `json:"at"`
	Basis     rule.DecisionBasis      `json:"basis" doc:"The clause by which it was decided; empty members when not known"`
	State     string                  `json:"state" enum:"counts,hidden,ended,withdrawn" doc:"hidden = a later decision counts in its place"`
	Withdrawn *WithdrawnView          `json:"withdrawn,omitempty"`
	May       GradeDecisionRightsView `json:"may"`
}

// WithdrawnView says who took a decision back.
type WithdrawnView struct {
	On     string `json:"on" format:"date" doc:"First day on which it no longer counted"`
	By     string `json:"by"`
	Reason string `json:"reason"`
}

// GradeDecisionRightsView says what the reader may do with a decision.
type GradeDecisionRightsView struct {
	Withdraw bool `json:"withdraw"`
}

// WithdrawView gives the reason.
type WithdrawView struct {
	Reason string `json:"reason" maxLength:"4000"`
}

type decisionIn struct {
	Customer string `path:"customer"`
	ID       string `path:"id"`
	Body     WithdrawView
}

func registerDecisions(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "list-grade-decisions", Method: http.MethodGet, Path: "/customers/{id}/grade-decisions", Tag: tag, Permission: authz.GradingRead,
		Summary: "Grades people decided on for a customer, newest first",
	}, s.httpDecisions)
	httpapi.Register(api, httpapi.Op{
		ID: "withdraw-grade-override", Method: http.MethodPost, Path: "/customers/{customer}/grade-decisions/{id}/withdraw", Tag: tag, Permission: authz.GradingRun,
		Summary: "End an override before its last day; the customer is judged again at once",
	}, s.httpWithdraw)
}

func (s *Service) httpDecisions(ctx context.Context, in *runIn) (*httpapi.Body[httpapi.List[GradeDecisionView]], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := s.Decisions(ctx, customerID)
	if err != nil {
		return nil, err
	}
	_, denied := s.customers.Guard(ctx, authz.GradingRun, customerID)
	views := make([]GradeDecisionView, len(list))
	for i := range list {
		views[i] = decisionView(&list[i], denied == nil)
	}
	return httpapi.OkList(views, ""), nil
}

func (s *Service) httpWithdraw(ctx context.Context, in *decisionIn) (*httpapi.Body[GradeDecisionView], error) {
	customerID, err := id.Parse(in.Customer)
	if err != nil {
		return nil, err
	}
	decisionID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	d, err := s.WithdrawOverride(ctx, customerID, decisionID, in.Body.Reason)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(decisionView(&d, true)), nil
}

func decisionView(d *DecisionNow, mayRun bool) GradeDecisionView {
	v := GradeDecisionView{
		ID: id.String(d.ID), Rulebook: d.Rulebook, Scheme: d.Scheme, Code: d.Code, Title: d.Title, Reason: d.Reason, From: d.From.String(), Until: d.Until.String(),
		Source: d.Source, SourceID: id.String(d.SourceID), By: d.ByName, At: d.DecidedAt, Basis: d.Basis, State: d.State.String(),
		May: GradeDecisionRightsView{Withdraw: mayRun && d.Source == SourceOverride && d.State <= DecisionHidden},
	}
	if w := d.Withdrawn; w != nil {
		v.Withdrawn = &WithdrawnView{On: w.From.String(), By: w.ByName, Reason: w.Reason}
	}
	return v
}
