package review

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
)

type fileIn struct {
	ID       string `path:"id"`
	Customer string `path:"customer"`
	Item     string `path:"item"`
	File     string `path:"file"`
}

func registerEvidence(api *httpapi.API, s *Service) {
	const path = "/reviews/{id}/lines/{customer}/items/{item}/files/{file}"
	httpapi.Register(api, httpapi.Op{
		ID: "add-review-file", Method: http.MethodPut, Path: path, Summary: "Show an uploaded file as evidence for a judged item", Tag: tag,
		Permission: authz.GradingJudge, Status: http.StatusNoContent,
	}, s.httpAddFile)
	httpapi.Register(api, httpapi.Op{
		ID: "drop-review-file", Method: http.MethodDelete, Path: path, Summary: "Take evidence away again", Tag: tag, Permission: authz.GradingJudge,
		Status: http.StatusNoContent,
	}, s.httpDropFile)
	httpapi.Register(api, httpapi.Op{
		ID: "download-review-file", Method: http.MethodGet, Path: path, Summary: "Download evidence", Tag: tag, Permission: authz.GradingRead,
	}, s.httpDownload)
}

func (s *Service) httpAddFile(ctx context.Context, in *fileIn) (*httpapi.Empty, error) {
	list, err := ids([]string{in.ID, in.Customer, in.File})
	if err != nil {
		return nil, err
	}
	return nil, s.AddFile(ctx, list[0], list[1], in.Item, list[2])
}

func (s *Service) httpDropFile(ctx context.Context, in *fileIn) (*httpapi.Empty, error) {
	list, err := ids([]string{in.ID, in.Customer, in.File})
	if err != nil {
		return nil, err
	}
	return nil, s.DropFile(ctx, list[0], list[1], in.Item, list[2])
}

// httpDownload always hands the file over to be saved: nothing that somebody uploaded is ever shown as a page of this site.
func (s *Service) httpDownload(ctx context.Context, in *fileIn) (*huma.StreamResponse, error) {
	list, err := ids([]string{in.ID, in.Customer, in.File})
	if err != nil {
		return nil, err
	}
	f, content, err := s.OpenFile(ctx, list[0], list[1], in.Item, list[2])
	if err != nil {
		return nil, err
	}
	return httpapi.Uploaded(f.Name, f.MediaType, f.Size, content), nil
}
