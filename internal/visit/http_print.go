package visit

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/paper"
)

type printIn struct {
	ID   string `path:"id"`
	Lang string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the words of the form"`
}

func (h *handlers) registerPrint(api *httpapi.API, op func(opID, method, path, summary string, p authz.Permission) httpapi.Op) {
	httpapi.Register(api, op("print-visit", http.MethodGet, "/visits/{id}/report.pdf", "The report of a visit on paper (A4); before it is reported, the form to be filled by hand", authz.DutyRead), h.print)
}

// print sets the whole form before the first byte, so that what cannot be printed is refused.
func (h *handlers) print(ctx context.Context, in *printIn) (*huma.StreamResponse, error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	doc, err := h.s.Printed(ctx, n, paper.Lang(in.Lang))
	if err != nil {
		return nil, err
	}
	content, err := doc.Render("pdf")
	if err != nil {
		return nil, err
	}
	return httpapi.Download(doc.Title+"-"+in.ID+".pdf", func(_ context.Context, w io.Writer) error {
		_, err := w.Write(content)
		return err
	}), nil
}
