package procedure

import (
	"context"
	"net/http"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// TermView is a special term of a customer.
type TermView struct {
	ID        string      `json:"id"`
	Customer  CustomerRef `json:"customer" doc:"With the grade it has now"`
	Kind      string      `json:"kind" enum:"price,supply,settlement,other"`
	Terms     string      `json:"terms"`
	State     string      `json:"state" enum:"granted,reviewed,adjusted,revoked"`
	Scheme    string      `json:"scheme"`
	Grade     string      `json:"grade" doc:"The grade that justified it when it was last decided on"`
	VerdictID string      `json:"verdict_id"`
	Changed   bool        `json:"changed" doc:"The customer has another grade now"`
	From      string      `json:"from"`
	Until     string      `json:"until" doc:"Last day; empty = until it is revoked"`
	UpdatedAt string      `json:"updated_at"`
}

// TermChangeView is a decision on special terms.
type TermChangeView struct {
	Seq       int64     `json:"seq"`
	State     string    `json:"state"`
	Terms     string    `json:"terms"`
	Scheme    string    `json:"scheme"`
	Grade     string    `json:"grade"`
	VerdictID string    `json:"verdict_id"`
	CaseID    string    `json:"case_id"`
	Reason    string    `json:"reason"`
	By        PersonRef `json:"by"`
	At        string    `json:"at"`
}

type (
	termsIn struct {
		Customer string `query:"customer" doc:"Id"`
		InForce  bool   `query:"in_force" doc:"Neither revoked nor past their last day"`
		Changed  bool   `query:"changed" doc:"The customer's grade is no longer the one that justified them"`
		httpapi.Page
	}
	termIn struct {
		Customer string `path:"customer"`
		ID       string `path:"id"`
	}
)

func registerTerms(api *httpapi.API, s *Service) {
	const tag = "Special terms"
	httpapi.Register(api, httpapi.Op{ID: "list-special-terms", Method: http.MethodGet, Path: "/special-terms", Summary: "List special terms with the grade that justified each", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, in *termsIn) (*httpapi.Body[httpapi.List[TermView]], error) {
			var v errs.Validation
			f := TermFilter{CustomerID: readID(&v, "customer", in.Customer), InForce: in.InForce, Changed: in.Changed, After: readID(&v, "cursor", in.Cursor), Limit: in.Limit}
			if err := v.Err(); err != nil {
				return nil, err
			}
			list, next, err := s.Terms(ctx, f)
			views := make([]TermView, len(list))
			for i, t := range list {
				views[i] = TermView{
					id.String(t.ID),
					CustomerRef{id.String(t.CustomerID), t.CustomerCode, t.CustomerName, t.GradeNow},
					t.Kind, t.Terms, t.State, t.Scheme, t.Grade,
					id.Optional(t.VerdictID), t.Grade != t.GradeNow, t.From.String(), t.Until.String(), moment(t.UpdatedAt),
				}
			}
			return httpapi.OkList(views, id.Optional(next)), err
		})
	httpapi.Register(api, httpapi.Op{ID: "get-special-term-history", Method: http.MethodGet, Path: "/customers/{customer}/special-terms/{id}", Summary: "List every decision on special terms", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, in *termIn) (*httpapi.Body[httpapi.List[TermChangeView]], error) {
			customerID, err := id.Parse(in.Customer)
			if err != nil {
				return nil, err
			}
			termID, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			list, names, err := s.TermHistory(ctx, customerID, termID)
			views := make([]TermChangeView, len(list))
			for i, c := range list {
				views[i] = TermChangeView{c.Seq, c.State, c.Terms, c.Scheme, c.Grade, id.Optional(c.VerdictID), id.Optional(c.CaseID), c.Reason, personRef(names, c.By), moment(c.At)}
			}
			return httpapi.OkList(views, ""), err
		})
}
