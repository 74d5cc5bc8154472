package procedure

import (
	"context"
	"io"
	"net/http"

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

func registerFilesOut(api *httpapi.API, h *handlers) {
	httpapi.Register(api, httpapi.Op{ID: "export-cases", Method: http.MethodGet, Path: "/cases/export", Summary: "Download cases as a table", Tag: tagCases, Permission: authz.CustomerExport}, h.export)
	httpapi.Register(api, httpapi.Op{ID: "print-case-form", Method: http.MethodGet, Path: "/cases/{id}/forms/{step}", Summary: "Download a form of a case, to be signed or as a workbook", Tag: tagCases, Permission: authz.ProcedureRead}, h.print)
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
	return httpapi.Download(words.file+"-"+h.s.Today().String()+"."+in.Format, func(ctx context.Context, w io.Writer) error {
		return sheet.WriteTable(w, sheet.Format(in.Format), words.file, func(out sheet.Writer) error { return x.write(ctx, out, words) })
	}), nil
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
	return httpapi.Download(doc.Title+"-"+doc.Number+"."+in.Format, func(_ context.Context, w io.Writer) error {
		_, err := w.Write(content)
		return err
	}), nil
}
