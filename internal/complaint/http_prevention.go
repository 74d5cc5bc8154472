package complaint

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/paper"
)

type preventionIn struct {
	From       string `query:"from" doc:"Begun from this day on, or still open; empty for a year back"`
	Department string `query:"department" doc:"Id; empty for all"`
	State      string `query:"state" enum:",overdue,named,open,proved,late,done,withdrawn"`
}

// preventionExportIn repeats the members of preventionIn: those of an embedded type that is not exported are not read.
type preventionExportIn struct {
	From       string `query:"from" doc:"Begun from this day on, or still open; empty for a year back"`
	Department string `query:"department" doc:"Id; empty for all"`
	State      string `query:"state" enum:",overdue,named,open,proved,late,done,withdrawn"`
	Format     string `query:"format" enum:"xlsx,pdf" default:"xlsx"`
	Lang       string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the headings and words"`
}

func registerPrevention(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "list-preventive-measures", Method: http.MethodGet, Path: "/complaints/prevention", Tag: tag, Permission: authz.ProcedureRead,
		Summary: "What departments do so that complaints do not come again: measure, due day, proof, and what reports name that nobody has begun",
	}, s.httpPrevention)
	httpapi.Register(api, httpapi.Op{
		ID: "export-preventive-measures", Method: http.MethodGet, Path: "/complaints/prevention/export", Tag: tag, Permission: authz.ProcedureRead,
		Summary: "The same as a list to be printed or as a workbook",
	}, s.httpPreventionExport)
}

func (in preventionIn) query() (PreventionQuery, error) {
	out := PreventionQuery{From: calendar.None, State: in.State}
	var v errs.Validation
	var err error
	if in.From != "" {
		out.From, err = calendar.Parse(in.From)
		v.Check(err == nil, "from", "field.not_a_date", "value", in.From)
	}
	if in.Department != "" {
		out.Department, err = id.Parse(in.Department)
		v.Check(err == nil, "department", "field.not_allowed", "value", in.Department)
	}
	return out, v.Err()
}

func (s *Service) httpPrevention(ctx context.Context, in *preventionIn) (*httpapi.Body[*Prevention], error) {
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	p, err := s.Prevention(ctx, q)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(p), nil
}

func (s *Service) httpPreventionExport(ctx context.Context, in *preventionExportIn) (*huma.StreamResponse, error) {
	q, err := preventionIn{in.From, in.Department, in.State}.query()
	if err != nil {
		return nil, err
	}
	p, err := s.Prevention(ctx, q)
	if err != nil {
		return nil, err
	}
	lang := paper.Lang(in.Lang)
	return download(p.Document(lang, s.loc), preventionPrinted[lang].title+"-"+s.Today().String(), in.Format)
}
