package grading

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

type exportIn struct {
	ID       string `path:"id"`
	Format   string `query:"format" enum:"csv,xlsx" default:"csv"`
	Language string `query:"lang" enum:"zh,en" default:"zh"`
}

func registerExport(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "export-grading", Method: http.MethodGet, Path: "/gradings/{id}/export", Summary: "What a run found, as a table", Tag: tag,
		Permission: authz.CustomerExport,
	}, func(ctx context.Context, in *exportIn) (*huma.StreamResponse, error) {
		runID, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		write, name, err := s.Table(ctx, runID, in.Format, in.Language)
		if err != nil {
			return nil, err
		}
		return httpapi.Download(name, func(_ context.Context, w io.Writer) error { return write(w) }), nil
	})
}
