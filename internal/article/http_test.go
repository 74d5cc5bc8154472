package article_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kezhi/internal/article"
	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
)

// call sends a request as somebody and gives status, headers and body.
func (h *house) call(srv *httptest.Server, who, method, path, body string, headers ...string) (int, http.Header, []byte) {
	h.t.Helper()
	req, err := http.NewRequest(method, srv.URL+"/api/v1"+path, strings.NewReader(body))
	h.must(err)
	req.Header.Set("X-Who", who)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := srv.Client().Do(req)
	h.must(err)
	defer func() { _ = res.Body.Close() }()
	out, err := io.ReadAll(res.Body)
	h.must(err)
	return res.StatusCode, res.Header, out
}

func TestHTTP(t *testing.T) {
	each(t, func(h *house) {
		api := httpapi.New("test", slog.New(slog.DiscardHandler))
		article.Register(api, h.app.Articles)
		handler, err := httpapi.Server{
			API: api, Log: slog.New(slog.DiscardHandler), Now: h.now, Web: http.NotFoundHandler(), Ready: func(context.Context) error { return nil },
			Authenticate: func(_ context.Context, r *http.Request) (authz.Actor, bool, error) {
				a, ok := h.actors[r.Header.Get("X-Who")]
				return a, ok, nil
			},
		}.Handler()
		h.must(err)
		srv := httptest.NewServer(handler)
		defer srv.Close()
		do := func(who, method, path, body string, want int, to any, headers ...string) http.Header {
			h.t.Helper()
			status, head, out := h.call(srv, who, method, path, body, headers...)
			if status != want {
				h.t.Fatalf("%s %s by %s: %d, want %d: %s", method, path, who, status, want, out)
			}
			if to != nil {
				h.must(json.Unmarshal(out, to))
			}
			return head
		}
		text := `{"title":{"zh":"锁具保养","en":"Care of locks"},"body":{"zh":"## 每年一次\n\n- 上油","en":"Once a year."},"tags":["门锁"],"audience":"public","review_on":"2026-06-01"}`
		var a article.View
		do("nobody", "GET", "/articles", "", 401, nil)
		do("auditor", "POST", "/articles", text, 403, nil)
		do("lin", "POST", "/articles", `{"title":{"zh":"x","en":""},"body":{"zh":"","en":""}}`, 422, nil)
		head := do("lin", "POST", "/articles", text, 201, &a)
		do("lin", "POST", "/articles/"+a.ID+"/publish", "", 403, nil, "If-Match", head.Get("ETag"))
		do("manager", "POST", "/articles/"+a.ID+"/publish", "", 422, nil)
		head = do("manager", "POST", "/articles/"+a.ID+"/publish", "", 200, &a, "If-Match", head.Get("ETag"))
		if a.State != "published" || a.ReviewOn != "2026-06-01" || a.Audience != "public" || a.Shown.PublishedAt == nil {
			t.Errorf("published: %+v", a)
		}
		do("lin", "PUT", "/articles/"+a.ID, strings.Replace(text, "上油", "换油", 1), 422, nil, "If-Match", head.Get("ETag"))
		do("lin", "PUT", "/articles/"+a.ID, strings.Replace(text, `"tags"`, `"note":"改正","tags"`, 1), 200, nil, "If-Match", head.Get("ETag"))
		do("lin", "PUT", "/articles/"+a.ID, text, 412, nil, "If-Match", head.Get("ETag"))
		var list httpapi.List[article.ItemView]
		do("auditor", "GET", "/articles?q=sjby&sort=title&tag=%E9%97%A8%E9%94%81&keeper=me", "", 200, &list)
		if len(list.Items) != 0 {
			t.Errorf("the auditor keeps %+v", list.Items)
		}
		do("auditor", "GET", "/articles?q=sjby&state=published,draft", "", 200, &list)
		if len(list.Items) != 1 || list.Items[0].Title.En != "Care of locks" {
			t.Errorf("found: %+v", list.Items)
		}
		do("auditor", "GET", "/articles?state=burnt", "", 422, nil)
		do("auditor", "GET", "/articles/"+a.ID+"/versions", "", 200, nil)
		do("auditor", "GET", "/articles/"+a.ID+"/versions/1", "", 200, nil)
		do("auditor", "GET", "/articles/"+a.ID+"/versions/9", "", 404, nil)
		do("auditor", "GET", "/articles/"+a.ID+"/cases", "", 200, nil)
		do("auditor", "GET", "/articles/12", "", 404, nil)
		do("lin", "GET", "/cases/12/articles", "", 404, nil)

		status, head, out := h.call(srv, "auditor", "GET", "/articles/export?format=zip", "")
		z, err := zip.NewReader(bytes.NewReader(out), int64(len(out)))
		if err != nil || status != 200 || len(z.File) != 2 || !strings.HasPrefix(z.File[0].Name, "zh/锁具保养-") || head.Get("Content-Type") != "application/zip" {
			t.Fatalf("the archive: %d, %v", status, err)
		}
		var whole []struct {
			ID   string            `json:"id"`
			Body article.WordsView `json:"body"`
		}
		do("auditor", "GET", "/articles/export?format=json", "", 200, &whole)
		if len(whole) != 1 || whole[0].ID != a.ID || whole[0].Body.En != "Once a year." {
			t.Errorf("as JSON: %+v", whole)
		}
	})
}
