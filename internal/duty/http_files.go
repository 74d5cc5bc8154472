package duty

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

type uploadForm struct {
	File huma.FormFile `form:"file" required:"true" doc:"An image, a PDF or an office document of at most 20 MiB"`
}

type uploadIn struct {
	RawBody huma.MultipartFormFiles[uploadForm]
}

func registerFiles(api *httpapi.API, s *Service) {
	h := &handlers{s}
	httpapi.Register(api, httpapi.Op{ID: "upload-file", Method: http.MethodPost, Path: "/files", Summary: "Upload a file to be shown as evidence", Tag: "Files", Permission: authz.DutyDo, Status: http.StatusCreated, MaxBody: MaxUpload + 1<<20}, h.upload)
	httpapi.Register(api, httpapi.Op{ID: "download-file", Method: http.MethodGet, Path: "/files/{id}", Summary: "Download a file", Tag: "Files", Permission: authz.Self}, h.download)
}

func (h *handlers) upload(ctx context.Context, in *uploadIn) (*httpapi.Body[FileView], error) {
	form := in.RawBody.Data()
	if !form.File.IsSet {
		var v errs.Validation
		v.Check(false, "file", "field.required")
		return nil, v.Err()
	}
	defer func() { _ = form.File.Close() }()
	f, err := h.s.Upload(ctx, form.File, form.File.Size, form.File.Filename)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(FileView{id.String(f.ID), f.Name, f.MediaType, f.Size}), nil
}

func (h *handlers) download(ctx context.Context, in *oneIn) (*huma.StreamResponse, error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	f, content, err := h.s.OpenFile(ctx, n)
	if err != nil {
		return nil, err
	}
	return httpapi.Uploaded(f.Name, f.MediaType, f.Size, content), nil
}
