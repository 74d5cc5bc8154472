package review

import (
	"context"
	"net/http"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

type resultsIn struct {
	httpapi.Page
	ID   string `path:"id"`
	List string `path:"list" enum:"a_list,special_policies,credit_terms,new_customers"`
}

type resultIn struct {
	ID       string `path:"id"`
	List     string `path:"list" enum:"a_list,special_policies,credit_terms,new_customers"`
	Customer string `path:"customer"`
}

type setResultIn struct {
	ID       string `path:"id"`
	List     string `path:"list" enum:"a_list,special_policies,credit_terms,new_customers"`
	Customer string `path:"customer"`
	IfMatch  string `header:"If-Match" doc:"The ETag of what was there; left out where nothing was"`
	Body     SetResultView
}

// SetResultView is what is written about a customer in a list.
type SetResultView struct {
	Action string `json:"action,omitempty" enum:",keep,new,adjust,revoke"`
	Plan   string `json:"plan,omitempty" maxLength:"4000" doc:"The support plan, or what is asked for"`
	Note   string `json:"note,omitempty" maxLength:"4000"`
	SeesTo string `json:"sees_to,omitempty" doc:"Id of who sees to it"`
	DueOn  string `json:"due_on,omitempty"`
}

// ResultView is a customer in a result list.
type ResultView struct {
	LineView
	Action     string `json:"action" enum:",keep,new,adjust,revoke"`
	Plan       string `json:"plan"`
	Note       string `json:"note"`
	SeesTo     string `json:"sees_to"`
	SeesToName string `json:"sees_to_name"`
	DueOn      string `json:"due_on"`
	Written    int64  `json:"written" doc:"Version of what was written; 0 for nothing yet"`
}

func registerResults(api *httpapi.API, s *Service) {
	const list, one = "/reviews/{id}/results/{list}", "/reviews/{id}/results/{list}/{customer}"
	httpapi.Register(api, httpapi.Op{
		ID: "list-review-results", Method: http.MethodGet, Path: list, Summary: "A result list of a campaign; before closing what would come out", Tag: tag, Permission: authz.GradingRead,
	}, s.httpResults)
	httpapi.Register(api, httpapi.Op{
		ID: "set-review-result", Method: http.MethodPut, Path: one, Summary: "What is said about a customer in a result list", Tag: tag, Permission: authz.GradingJudge,
	}, s.httpSetResult)
	httpapi.Register(api, httpapi.Op{
		ID: "drop-review-result", Method: http.MethodDelete, Path: one, Summary: "Take a customer out of a list of policies or settlement", Tag: tag, Permission: authz.GradingJudge,
		Status: http.StatusNoContent,
	}, s.httpDropResult)
}

func resultView(r *Result) ResultView {
	return ResultView{
		LineView: lineView(&r.Line), Action: r.Action, Plan: r.Plan, Note: r.Note, SeesTo: optionalID(r.SeesTo), SeesToName: r.SeesToName, DueOn: r.DueOn.String(), Written: r.Version,
	}
}

func (s *Service) httpResults(ctx context.Context, in *resultsIn) (*httpapi.Body[httpapi.List[ResultView]], error) {
	reviewID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, next, err := s.Results(ctx, reviewID, in.List, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	views := make([]ResultView, len(list))
	for i := range list {
		views[i] = resultView(&list[i])
	}
	return httpapi.OkList(views, next), nil
}

func (s *Service) httpSetResult(ctx context.Context, in *setResultIn) (*httpapi.Tagged[ResultView], error) {
	reviewID, customerID, err := both(in.ID, in.Customer)
	if err != nil {
		return nil, err
	}
	at, err := version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	due, err := day("due_on", in.Body.DueOn)
	if err != nil {
		return nil, err
	}
	r := ResultInput{Action: in.Body.Action, Plan: in.Body.Plan, Note: in.Body.Note, DueOn: due, Version: at}
	if in.Body.SeesTo != "" {
		if r.SeesTo, err = id.Parse(in.Body.SeesTo); err != nil {
			return nil, err
		}
	}
	out, err := s.SetResult(ctx, reviewID, customerID, in.List, r)
	if err != nil {
		return nil, err
	}
	return &httpapi.Tagged[ResultView]{ETag: httpapi.Tag(out.Version), Body: resultView(&out)}, nil
}

func (s *Service) httpDropResult(ctx context.Context, in *resultIn) (*httpapi.Empty, error) {
	reviewID, customerID, err := both(in.ID, in.Customer)
	if err != nil {
		return nil, err
	}
	return nil, s.DropResult(ctx, reviewID, customerID, in.List)
}
