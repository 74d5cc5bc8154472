package httpapi

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"path"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
)

// mediaTypes are those of the files the program writes, by the ending of their names.
var mediaTypes = map[string]string{
	".csv":  "text/csv; charset=utf-8",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pdf":  "application/pdf",
	".zip":  "application/zip",
}

// Download answers with a file to be saved under a name that ends in .csv, .xlsx, .pdf or .zip. When write fails the connection is
// broken off: the status line is out already, and there is no other way to say that the file is not whole.
func Download(name string, write func(ctx context.Context, w io.Writer) error) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		attach(hc, name, mediaTypes[path.Ext(name)])
		if err := write(hc.Context(), hc.BodyWriter()); err != nil {
			panic(http.ErrAbortHandler) // cuts the connection without an error in the log
		}
	}}
}

// Uploaded hands over a file of size bytes that somebody uploaded, and closes it. It is always saved: nothing uploaded is ever
// shown as a page of this site.
func Uploaded(name, mediaType string, size int64, content io.ReadCloser) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		defer func() { _ = content.Close() }()
		attach(hc, name, mediaType)
		hc.SetHeader("Content-Length", strconv.FormatInt(size, 10))
		hc.SetHeader("Content-Security-Policy", "default-src 'none'; sandbox")
		if _, err := io.Copy(hc.BodyWriter(), content); err != nil {
			panic(http.ErrAbortHandler)
		}
	}}
}

func attach(hc huma.Context, name, mediaType string) {
	hc.SetHeader("Content-Type", mediaType)
	hc.SetHeader("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	hc.SetHeader("X-Content-Type-Options", "nosniff")
}
