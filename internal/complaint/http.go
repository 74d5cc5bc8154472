package complaint

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/paper"
)

const tag = "Cases"

type monthIn struct {
	Month      string `query:"month" doc:"YYYY-MM; empty for the month before this one" maxLength:"7"`
	Rulebook   string `query:"rulebook" doc:"Only complaints it governs; empty for all" maxLength:"100"`
	RepeatDays int    `query:"repeat_days" minimum:"0" maximum:"366" doc:"Within how many days a complaint counts as coming again; 0 for what the rulebook in force says, else 90"`
}

// exportIn repeats the members of monthIn: those of an embedded type that is not exported are not read from a request.
type exportIn struct {
	Month      string `query:"month" doc:"YYYY-MM; empty for the month before this one" maxLength:"7"`
	Rulebook   string `query:"rulebook" doc:"Only complaints it governs; empty for all" maxLength:"100"`
	RepeatDays int    `query:"repeat_days" minimum:"0" maximum:"366" doc:"Within how many days a complaint counts as coming again; 0 for what the rulebook in force says, else 90"`
	Format     string `query:"format" enum:"xlsx,pdf" default:"xlsx"`
	Lang       string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the headings and words"`
}

// Register adds the operations to the API.
func Register(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "get-complaint-statistics", Method: http.MethodGet, Path: "/complaints/statistics", Tag: tag, Permission: authz.ProcedureRead,
		Summary: "The complaints received in a month and how they stand: by department, cause, class, kind of customer, demand, content and channel, and the departments side by side",
	}, s.httpMonth)
	httpapi.Register(api, httpapi.Op{
		ID: "export-complaint-statistics", Method: http.MethodGet, Path: "/complaints/statistics/export", Tag: tag, Permission: authz.ProcedureRead,
		Summary: "The same as a form to be signed or as a workbook",
	}, s.httpExport)
	registerTables(api, s)
	registerPrevention(api, s)
}

func (s *Service) httpMonth(ctx context.Context, in *monthIn) (*httpapi.Body[*Statistics], error) {
	st, err := s.Month(ctx, Query{Month: in.Month, RepeatDays: in.RepeatDays, Rulebook: in.Rulebook})
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(st), nil
}

func (s *Service) httpExport(ctx context.Context, in *exportIn) (*huma.StreamResponse, error) {
	st, err := s.Month(ctx, Query{Month: in.Month, RepeatDays: in.RepeatDays, Rulebook: in.Rulebook})
	if err != nil {
		return nil, err
	}
	lang := paper.Lang(in.Lang)
	return download(st.Document(lang, s.loc), st.FileName(lang), in.Format)
}

// download hands a document over; what cannot be printed is refused before the first byte.
func download(doc *paper.Document, name, format string) (*huma.StreamResponse, error) {
	content, err := doc.Render(format)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", paper.MediaTypes[format])
		hc.SetHeader("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name+"."+format))
		hc.SetHeader("X-Content-Type-Options", "nosniff")
		if _, err := hc.BodyWriter().Write(content); err != nil {
			panic(http.ErrAbortHandler) // whoever asked is gone: ends the request without an error in the log
		}
	}}, nil
}
