package importer_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"kezhi/internal/authz"
	"kezhi/internal/dbtest"
	"kezhi/internal/fact"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/importer"
)

// server serves facts and imports to one actor.
func (h *house) server() *httptest.Server {
	h.t.Helper()
	log := slog.New(slog.DiscardHandler)
	api := httpapi.New("test", log)
	fact.Register(api, h.facts)
	importer.Register(api, h.imports)
	actor, _ := authz.From(h.ctx)
	handler, err := httpapi.Server{
		API: api, Log: log, Now: h.now, Web: httpapi.Web(fstest.MapFS{}), Ready: func(context.Context) error { return nil },
		Authenticate: func(context.Context, *http.Request) (authz.Actor, bool, error) { return actor, true, nil },
	}.Handler()
	if err != nil {
		h.t.Fatal(err)
	}
	srv := httptest.NewServer(handler)
	h.t.Cleanup(srv.Close)
	return srv
}

type answer struct {
	status int
	etag   string
	body   []byte
}

func (a answer) into(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal(a.body, v); err != nil {
		t.Fatalf("%s: %v", a.body, err)
	}
}

func call(t testing.TB, srv *httptest.Server, method, path, contentType string, body io.Reader, header ...string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, srv.URL+"/api/v1"+path, body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", contentType)
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := srv.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header.Get("ETag"), b}
}

// TestTheWizardOverHTTP goes through the steps of the wizard as the web UI does.
func TestTheWizardOverHTTP(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t))
	h.addCustomers("K1", "K2")
	srv := h.server()
	const js = "application/json"

	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("file", "订单.csv")
	if err == nil {
		_, err = io.WriteString(part, orders)
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	a := call(t, srv, http.MethodPost, "/imports?target=orders", w.FormDataContentType(), &form)
	var v importer.View
	a.into(t, &v)
	if a.status != http.StatusCreated || v.State != importer.Uploaded || v.FileName != "订单.csv" || v.Options.Mapping["customer"] != "客户编号" {
		t.Fatalf("upload: %d %s", a.status, a.body)
	}
	var p importer.PreviewView
	if a = call(t, srv, http.MethodGet, "/imports/"+v.ID+"/preview", js, nil); a.status != 200 {
		t.Fatalf("preview: %d %s", a.status, a.body)
	}
	if a.into(t, &p); len(p.Rows) != 10 || p.Encoding != "utf-8" || p.Header[2] != "下单日期" || p.Before != nil {
		t.Errorf("preview = %+v", p)
	}
	options := `{"mapping":{"customer":"客户编号","date":"下单日期","quantity":"数量","price":"单价","document":"单据号"},"create_customers":true}`
	if got := call(t, srv, http.MethodPut, "/imports/"+v.ID+"/options", js, strings.NewReader(options), "If-Match", `"99"`); got.status != http.StatusPreconditionFailed {
		t.Errorf("options with an old version: %d %s", got.status, got.body)
	}
	a = call(t, srv, http.MethodPut, "/imports/"+v.ID+"/options", js, strings.NewReader(options), "If-Match", `"1"`)
	if a.status != 200 || a.etag != `"2"` {
		t.Fatalf("options: %d %s %s", a.status, a.etag, a.body)
	}
	a = call(t, srv, http.MethodPost, "/imports/"+v.ID+"/check", js, nil)
	if a.into(t, &v); a.status != 200 || v.State != importer.Checked || v.Counts.Refused != 4 || v.Counts.UnknownCodes != 1 {
		t.Fatalf("check: %d %s", a.status, a.body)
	}
	var rows httpapi.List[importer.LineView]
	a = call(t, srv, http.MethodGet, "/imports/"+v.ID+"/rows?outcome=refused&limit=2", js, nil)
	if a.into(t, &rows); a.status != 200 || len(rows.Items) != 2 || rows.NextCursor == "" || rows.Items[0].Problems[0].Args["header"] != "下单日期" {
		t.Errorf("rows: %d %s", a.status, a.body)
	}
	a = call(t, srv, http.MethodPatch, "/imports/"+v.ID+"/rows/6", js, strings.NewReader(`{"cells":["K2","A4","2026-09-30","1","9.99","CNY"]}`))
	var row importer.LineView
	if a.into(t, &row); a.status != 200 || row.Outcome != "ready" {
		t.Errorf("correct: %d %s", a.status, a.body)
	}
	a = call(t, srv, http.MethodPost, "/imports/"+v.ID+"/run", js, nil)
	if a.into(t, &v); a.status != 200 || v.State != importer.Queued || v.JobID == "" {
		t.Fatalf("run: %d %s", a.status, a.body)
	}
	finishOverHTTP(t, h, srv, v.ID)
}

// finishOverHTTP runs an import that was queued, downloads what failed and takes it back.
func finishOverHTTP(t *testing.T, h *house, srv *httptest.Server, importID string) {
	t.Helper()
	const js = "application/json"
	var v importer.View
	m, err := h.imports.Get(h.ctx, mustID(t, importID))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.runner.RunJob(h.ctx, m.JobID); err != nil {
		t.Fatal(err)
	}
	a := call(t, srv, http.MethodGet, "/imports/"+importID, js, nil)
	if a.into(t, &v); v.State != importer.Done || v.Counts.Imported != 6 || v.FinishedAt == nil {
		t.Fatalf("get: %d %s", a.status, a.body)
	}
	if a = call(t, srv, http.MethodGet, "/imports/"+importID+"/failed-rows?lang=en", js, nil); a.status != 200 || strings.Count(string(a.body), "\r\n") != 5 {
		t.Errorf("failed rows: %d %s", a.status, a.body)
	}
	a = call(t, srv, http.MethodPost, "/imports/"+importID+"/revert", js, nil)
	if a.into(t, &v); a.status != 200 || v.State != importer.Reverting {
		t.Errorf("revert: %d %s", a.status, a.body)
	}
	if m, err = h.imports.Get(h.ctx, m.ID); err == nil {
		_, err = h.runner.RunJob(h.ctx, m.JobID)
	}
	if facts, _ := h.visible(); err != nil || facts != 0 {
		t.Errorf("%d facts after reverting, %v", facts, err)
	}
	for path, want := range map[string]int{
		"/imports": 200, "/imports/1": 404, "/imports/x": 404, "/imports/template?target=orders": 200, "/imports/template?target=customers&format=csv&lang=en": 200,
		"/imports/template?target=none": 422, "/imports/fields?target=orders": 200, "/import-mappings": 200, "/imports/" + importID + "/kept": 200,
		"/imports/1/failed-rows": 404, "/fact-kinds": 200, "/customers/1/facts": 404, "/customers/x/facts/months": 404,
	} {
		if a := call(t, srv, http.MethodGet, path, js, nil); a.status != want {
			t.Errorf("%s: %d, want %d: %s", path, a.status, want, a.body)
		}
	}
}

// TestAnInterruptedUploadLeavesNothing promises more bytes than come, and more than are allowed.
func TestAnInterruptedUploadLeavesNothing(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t))
	for name, r := range map[string]io.Reader{
		"interrupted": io.MultiReader(strings.NewReader(orders), brokenReader{}),
		"too large":   io.LimitReader(zeros{}, 513<<20),
		"not a table": strings.NewReader("\x89PNG\r\n\x1a\n\x00\x00"),
	} {
		if _, err := h.imports.Upload(h.ctx, r, "x.csv", "orders"); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if n := h.count("SELECT (SELECT COUNT(*) FROM import) + (SELECT COUNT(*) FROM file)"); n != 0 {
		t.Errorf("%d rows remain", n)
	}
	srv := h.server()
	a := call(t, srv, http.MethodPost, "/imports?target=orders", "multipart/form-data; boundary=x", strings.NewReader("--x\r\n"))
	if a.status != http.StatusUnprocessableEntity || !strings.Contains(string(a.body), "importer.no_file") {
		t.Errorf("a form without a file: %d %s", a.status, a.body)
	}
	a = call(t, srv, http.MethodPost, "/imports?target=orders&name=raw.csv", "text/csv", strings.NewReader("customer,date,amount\n1,2026-01-01,2\n"))
	if a.status != http.StatusCreated || !strings.Contains(string(a.body), "raw.csv") {
		t.Errorf("a raw body: %d %s", a.status, a.body)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

func mustID(t testing.TB, s string) int64 {
	t.Helper()
	v, err := id.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
