package grading

import (
	"context"
	"net/http"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// GradeProposalView is a better grade that a customer's standing verdict leads to and that waits for signatures.
type GradeProposalView struct {
	Rulebook  string    `json:"rulebook"`
	Scheme    string    `json:"scheme"`
	Code      string    `json:"code"`
	Title     rule.Text `json:"title"`
	Since     string    `json:"since" format:"date" doc:"Day of the first verdict that proposed it"`
	State     string    `json:"state" enum:"open,asked,refused" doc:"open: nobody has been asked; asked: a case runs; refused: the last case ended without signatures"`
	Procedure string    `json:"procedure" doc:"Key of the procedure that carries the signatures"`
	CaseID    string    `json:"case_id" doc:"The newest case; empty without one"`
}

func registerSigning(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "list-grade-proposals", Method: http.MethodGet, Path: "/customers/{id}/grade-proposals", Tag: tag, Permission: authz.GradingRead,
		Summary: "Better grades that a customer's verdicts lead to and that wait for signatures",
	}, s.httpProposals)
}

func (s *Service) httpProposals(ctx context.Context, in *runIn) (*httpapi.Body[httpapi.List[GradeProposalView]], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := s.Proposals(ctx, customerID)
	if err != nil {
		return nil, err
	}
	views := make([]GradeProposalView, 0, len(list))
	for _, p := range list {
		book, err := s.books.InForce(authz.With(ctx, authz.System("grading")), s.db.Read(), p.Rulebook, s.Today())
		if err != nil {
			return nil, err
		}
		v := GradeProposalView{Rulebook: p.Rulebook, Scheme: p.Scheme, Code: p.Code, Since: p.Since.String(), State: p.State}
		if one, ok := book.For(p.Scheme); ok {
			for _, l := range one.Scheme.Labels {
				if l.Code == p.Code {
					v.Title = l.Title
				}
			}
		}
		if step := book.Program.Review().Signing(); step != nil {
			v.Procedure = step.Procedure
		}
		if p.CaseID != 0 {
			v.CaseID = id.String(p.CaseID)
		}
		views = append(views, v)
	}
	return httpapi.OkList(views, ""), nil
}
