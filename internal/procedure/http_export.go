package procedure

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/paper"
	"kezhi/internal/sheet"
)

type exportIn struct {
	CaseFilters
	Format string `query:"format" enum:"csv,xlsx" default:"xlsx"`
	Lang   string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the headings and words"`
}

type printIn struct {
	ID     string `path:"id"`
	Step   string `path:"step" maxLength:"100" doc:"start = the start form"`
	Format string `query:"format" enum:"pdf,xlsx" default:"pdf"`
	Lang   string `query:"lang" enum:"zh,en" default:"zh"`
}

var mediaTypes = map[string]string{
	"csv":  "text/csv; charset=utf-8",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"pdf":  "application/pdf",
}

func registerFilesOut(api *httpapi.API, h *handlers) {
	httpapi.Register(api, httpapi.Op{ID: "export-cases", Method: http.MethodGet, Path: "/cases/export", Summary: "Download cases as a table", Tag: tagCases, Permission: authz.CustomerExport}, h.export)
	httpapi.Register(api, httpapi.Op{ID: "print-case-form", Method: http.MethodGet, Path: "/cases/{id}/forms/{step}", Summary: "Download a form of a case, to be signed or as a workbook", Tag: tagCases, Permission: authz.ProcedureRead}, h.print)
}

func download(hc huma.Context, name, format string) {
	hc.SetHeader("Content-Type", mediaTypes[format])
	hc.SetHeader("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name+"."+format))
	hc.SetHeader("X-Content-Type-Options", "nosniff")
}

func (h *handlers) export(ctx context.Context, in *exportIn) (*huma.StreamResponse, error) {
	f, err := in.filter(ctx)
	if err != nil {
		return nil, err
	}
	x, err := h.s.Export(ctx, f)
	if err != nil {
		return nil, err
	}
	words := exportWords[in.Lang]
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		download(hc, words.file+"-"+h.s.Today().String(), in.Format)
		var w sheet.Writer
		if in.Format == "csv" {
			w = sheet.NewCSVWriter(hc.BodyWriter(), sheet.CSVOptions{})
		} else if w, err = sheet.NewXLSXWriter(hc.BodyWriter(), words.file); err != nil {
			panic(err) // the recovery layer answers and logs; nothing has been written yet
		}
		if err := x.write(hc.Context(), w, words); err != nil {
			// The status line is out already: cutting the connection is the only way to tell that the file is not whole.
			panic(http.ErrAbortHandler) // cuts the connection without an error in the log
		}
	}}, nil
}

func (h *handlers) print(ctx context.Context, in *printIn) (*huma.StreamResponse, error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	doc, err := h.s.Printed(ctx, n, in.Step, paper.Lang(in.Lang))
	if err != nil {
		return nil, err
	}
	content, err := doc.Render(in.Format) // whole before the first byte goes out: what cannot be printed is an answer of its own
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		download(hc, doc.Title+"-"+doc.Number, in.Format)
		if _, err := hc.BodyWriter().Write(content); err != nil {
			panic(http.ErrAbortHandler) // cuts the connection without an error in the log
		}
	}}, nil
}
