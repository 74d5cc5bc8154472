package complaint

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/paper"
)

// TableView is the statistics of a month as they were made, without their figures.
type TableView struct {
	ID         string    `json:"id"`
	Rulebook   string    `json:"rulebook"`
	Report     string    `json:"report" doc:"Key of the report in the rulebook"`
	Version    string    `json:"version" doc:"Of the rulebook that asked for them"`
	Month      string    `json:"month" doc:"YYYY-MM"`
	Edition    int64     `json:"edition" doc:"1, and one more each time they were made anew"`
	Complaints int64     `json:"complaints" doc:"Received in the month"`
	Reason     string    `json:"reason" doc:"Why they were made by hand; empty for those the calendar made"`
	MadeBy     string    `json:"made_by" doc:"Empty for the calendar"`
	MadeAt     time.Time `json:"made_at"`
}

// TableRecord is the same with its figures.
type TableRecord struct {
	TableView
	Figures *Statistics `json:"figures"`
}

// MakeBody says what is made anew.
type MakeBody struct {
	Rulebook string `json:"rulebook" maxLength:"100"`
	Report   string `json:"report" maxLength:"100"`
	Month    string `json:"month" maxLength:"7" doc:"YYYY-MM, over already"`
	Reason   string `json:"reason"`
}

type makeIn struct{ Body MakeBody }

type tableIn struct {
	ID string `path:"id"`
}

type tableExportIn struct {
	ID     string `path:"id"`
	Format string `query:"format" enum:"xlsx,pdf" default:"xlsx"`
	Lang   string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the headings and words"`
}

func registerTables(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "list-complaint-tables", Method: http.MethodGet, Path: "/complaints/tables", Tag: tag, Permission: authz.ProcedureRead,
		Summary: "The monthly statistics that were made, newest first; every edition",
	}, s.httpTables)
	httpapi.Register(api, httpapi.Op{
		ID: "get-complaint-table", Method: http.MethodGet, Path: "/complaints/tables/{id}", Tag: tag, Permission: authz.ProcedureRead,
		Summary: "Monthly statistics as they were made",
	}, s.httpTable)
	httpapi.Register(api, httpapi.Op{
		ID: "export-complaint-table", Method: http.MethodGet, Path: "/complaints/tables/{id}/export", Tag: tag, Permission: authz.ProcedureRead,
		Summary: "The same as a form to be signed or as a workbook",
	}, s.httpTableExport)
	httpapi.Register(api, httpapi.Op{
		ID: "make-complaint-table", Method: http.MethodPost, Path: "/complaints/tables", Tag: tag, Permission: authz.ProcedureRead, Status: http.StatusCreated,
		Summary: "Make the statistics of a month anew, with a reason; what was made before stays",
	}, s.httpMake)
}

func (t *Table) view() TableView {
	return TableView{
		ID: id.String(t.ID), Rulebook: t.Rulebook, Report: t.Report, Version: t.Version, Month: t.Month, Edition: t.Edition, Complaints: t.Complaints,
		Reason: t.Reason, MadeBy: t.MadeByName, MadeAt: t.MadeAt,
	}
}

func (s *Service) httpTables(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[TableView]], error) {
	all, err := s.Tables(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]TableView, len(all))
	for i := range all {
		out[i] = all[i].view()
	}
	return httpapi.OkList(out, ""), nil
}

func (s *Service) tableAt(ctx context.Context, text string) (Table, error) {
	n, err := id.Parse(text)
	if err != nil {
		return Table{}, err
	}
	return s.Table(ctx, n)
}

func (s *Service) httpTable(ctx context.Context, in *tableIn) (*httpapi.Body[TableRecord], error) {
	t, err := s.tableAt(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(TableRecord{t.view(), t.Figures}), nil
}

func (s *Service) httpTableExport(ctx context.Context, in *tableExportIn) (*huma.StreamResponse, error) {
	t, err := s.tableAt(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	lang := paper.Lang(in.Lang)
	return download(t.Document(lang, s.loc), t.Figures.FileName(lang), in.Format)
}

func (s *Service) httpMake(ctx context.Context, in *makeIn) (*httpapi.Body[TableView], error) {
	t, err := s.Make(ctx, MakeInput{Rulebook: in.Body.Rulebook, Report: in.Body.Report, Month: in.Body.Month, Reason: in.Body.Reason})
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(t.view()), nil
}
