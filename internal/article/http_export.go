package article

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"
)

type exportIn struct {
	Filters
	Format string `query:"format" enum:"json,zip" default:"zip" doc:"zip = one Markdown file for each article and language"`
	Lang   string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the file's name"`
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
	name, media, write := "knowledge-", "application/zip", x.Markdown
	if in.Lang == "zh" {
		name = "知识库-"
	}
	if in.Format == "json" {
		media, write = "application/json", x.JSON
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", media)
		hc.SetHeader("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name+h.s.Today().String()+"."+in.Format))
		hc.SetHeader("X-Content-Type-Options", "nosniff")
		if err := write(hc.Context(), hc.BodyWriter()); err != nil {
			panic(http.ErrAbortHandler) // cuts the connection: the status line is out already
		}
	}}, nil
}
