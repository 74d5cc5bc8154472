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
	RepeatDays int    `query:"repeat_days" minimum:"1" maximum:"366" default:"90" doc:"Within how many days a complaint counts as coming again"`
}

// exportIn repeats the members of monthIn: those of an embedded type that is not exported are not read from a request.
type exportIn struct {
	Month      string `query:"month" doc:"YYYY-MM; empty for the month before this one" maxLength:"7"`
	RepeatDays int    `query:"repeat_days" minimum:"1" maximum:"366" default:"90" doc:"Within how many days a complaint counts as coming again"`
	Format     string `query:"format" enum:"xlsx,pdf" default:"xlsx"`
	Lang       string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the headings and words"`
}

// Register adds the operations to the API.
func Register(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "get-complaint-statistics", Method: http.MethodGet, Path: "/complaints/statistics", Tag: tag, Permission: authz.ProcedureRead,
		Summary: "The complaints received in a month and how they stand: by department, cause, class, kind of customer, demand, content and channel",
	}, s.httpMonth)
	httpapi.Register(api, httpapi.Op{
		ID: "export-complaint-statistics", Method: http.MethodGet, Path: "/complaints/statistics/export", Tag: tag, Permission: authz.ProcedureRead,
		Summary: "The same as a form to be signed or as a workbook",
	}, s.httpExport)
}

func (s *Service) httpMonth(ctx context.Context, in *monthIn) (*httpapi.Body[*Statistics], error) {
	st, err := s.Month(ctx, Query{Month: in.Month, RepeatDays: in.RepeatDays})
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(st), nil
}

var mediaTypes = map[string]string{
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"pdf":  "application/pdf",
}

func (s *Service) httpExport(ctx context.Context, in *exportIn) (*huma.StreamResponse, error) {
	st, err := s.Month(ctx, Query{Month: in.Month, RepeatDays: in.RepeatDays})
	if err != nil {
		return nil, err
	}
	lang := paper.Lang(in.Lang)
	doc := st.Document(lang, s.loc)
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", mediaTypes[in.Format])
		hc.SetHeader("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(st.FileName(lang)+"."+in.Format))
		hc.SetHeader("X-Content-Type-Options", "nosniff")
		write := doc.PDF
		if in.Format == "xlsx" {
			write = doc.XLSX
		}
		if err := write(hc.BodyWriter()); err != nil {
			panic(http.ErrAbortHandler) // the status line is out already: cutting the connection tells that the file is not whole
		}
	}}, nil
}
