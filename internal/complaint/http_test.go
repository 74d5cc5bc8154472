package complaint

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/dbtest"
	"kezhi/internal/httpapi"
	"kezhi/internal/paper"
	"kezhi/internal/rule"
)

// served answers requests as one of the people of the house.
func (h *house) served(who int64) http.Handler {
	h.t.Helper()
	api := httpapi.New("test", slog.New(slog.DiscardHandler))
	Register(api, h.svc)
	return h.serve(api, who)
}

func (h *house) serve(api *httpapi.API, who int64) http.Handler {
	h.t.Helper()
	actor, _ := authz.From(as(who))
	handler, err := httpapi.Server{
		API: api, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return h.at.UTC() }, Web: http.NotFoundHandler(),
		Ready:        func(context.Context) error { return nil },
		Authenticate: func(context.Context, *http.Request) (authz.Actor, bool, error) { return actor, true, nil },
	}.Handler()
	if err != nil {
		h.t.Fatal(err)
	}
	return handler
}

func get(handler http.Handler, path string) *httptest.ResponseRecorder {
	out := httptest.NewRecorder()
	handler.ServeHTTP(out, httptest.NewRequest(http.MethodGet, path, http.NoBody))
	return out
}

// printedText gives the pages of a PDF as text.
func printedText(t *testing.T, content []byte) []string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("no pdftotext: install the package poppler-utils to read printed forms")
	}
	file := filepath.Join(t.TempDir(), "statistics.pdf")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

func TestTheStatisticsComeAsAFormToBeSigned(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t))
	h.spring()
	h.at = day(4, 1)
	h.makeDue(2)
	handler, made := h.served(zhao), h.tables(zhao)[0]
	for _, path := range []string{
		"/api/v1/complaints/statistics/export?month=2026-03&format=pdf", "/api/v1/complaints/tables/" + made.view().ID + "/export?format=pdf",
	} {
		got := get(handler, path)
		if got.Code != http.StatusOK || got.Header().Get("Content-Type") != "application/pdf" || !strings.Contains(got.Header().Get("Content-Disposition"), "2026-03.pdf") {
			t.Fatalf("%s: %d %v", path, got.Code, got.Header())
		}
		pages := printedText(t, got.Body.Bytes())
		whole := strings.Join(pages, "\n")
		for _, want := range []string{"投诉统计表", "责任部门", "部门排行", "西区", "1200.50", "66.7", "2026-03"} {
			if !strings.Contains(whole, want) {
				t.Errorf("%s does not say %s:\n%s", path, want, whole)
			}
		}
		if len(pages) < 2 || len(pages) > 6 {
			t.Errorf("%d pages", len(pages))
		}
	}
	if got := get(handler, "/api/v1/complaints/tables/"+made.view().ID); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), `"edition":1`) || !strings.Contains(got.Body.String(), `"league":[`) {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	if got := get(h.served(zheng), "/api/v1/complaints/tables/"+made.view().ID+"/export?format=pdf"); got.Code != http.StatusNotFound {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	if got := get(handler, "/api/v1/complaints/prevention/export?format=xlsx&lang=en"); got.Code != http.StatusOK || !strings.HasPrefix(got.Body.String(), "PK") {
		t.Errorf("%d", got.Code)
	}
}

// What cannot be printed is an answer of its own: no half file, and a sentence that says why.
func TestATableThatIsTooLongToPrintIsRefused(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t))
	st := h.month(zhao, Query{Month: "2026-01"})
	for range 9_000 {
		st.Breakdowns[0].Lines = append(st.Breakdowns[0].Lines, Line{Key: "1", Title: rule.Text{Zh: "部门", En: "Department"}})
	}
	api := httpapi.New("test", slog.New(slog.DiscardHandler))
	httpapi.Register(api, httpapi.Op{ID: "get-long", Method: http.MethodGet, Path: "/long", Summary: "A long one", Tag: tag, Permission: authz.ProcedureRead},
		func(context.Context, *struct{}) (*struct{}, error) {
			_, err := download(st.Document(paper.Chinese, shanghai), "long", paper.FormatPDF)
			return nil, err
		})
	if got := get(h.serve(api, zhao), "/api/v1/long"); got.Code != http.StatusRequestEntityTooLarge || !strings.Contains(got.Body.String(), "paper.too_long") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
}
