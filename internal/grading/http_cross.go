package grading

import (
	"context"
	"net/http"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/rule"
)

// CrossView is how the customers are spread over the combinations of parallel schemes.
type CrossView struct {
	Rulebook string          `json:"rulebook"`
	Schemes  []rule.Scheme   `json:"schemes" nullable:"false" doc:"Two or three, as asked for"`
	Total    int64           `json:"total" doc:"Customers that all of these schemes have judged"`
	Cells    []CrossCellView `json:"cells" nullable:"false" doc:"Combinations that occur"`
}

// CrossCellView is one combination of grades.
type CrossCellView struct {
	Codes []string `json:"codes" nullable:"false" doc:"One per scheme; empty = without a grade"`
	Count int64    `json:"count"`
}

type crossIn struct {
	Rulebook string   `query:"rulebook" required:"true"`
	Schemes  []string `query:"scheme" maxItems:"3" doc:"Two or three, separated by commas; the first three of the rulebook when left out"`
}

func registerCross(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "get-grade-combinations", Method: http.MethodGet, Path: "/grading/combinations", Tag: tag, Permission: authz.GradingRead,
		Summary: "How many customers have which combination of the grades of parallel schemes",
	}, s.httpCross)
}

func (s *Service) httpCross(ctx context.Context, in *crossIn) (*httpapi.Body[CrossView], error) {
	x, err := s.Cross(ctx, in.Rulebook, in.Schemes)
	if err != nil {
		return nil, err
	}
	v := CrossView{Rulebook: in.Rulebook, Schemes: x.Schemes, Total: x.Total, Cells: make([]CrossCellView, len(x.Cells))}
	for i, c := range x.Cells {
		v.Cells[i] = CrossCellView(c)
	}
	return httpapi.Ok(v), nil
}
