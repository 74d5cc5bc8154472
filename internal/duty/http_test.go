package duty

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/job"
)

// site is the house behind its HTTP server; the header X-Who says who asks.
type site struct {
	*house
	srv *httptest.Server
}

func newSite(t *testing.T, d *db.DB) *site {
	t.Helper()
	h := newHouse(t, d)
	api := httpapi.New("test", slog.New(slog.DiscardHandler))
	Register(api, h.svc)
	handler, err := httpapi.Server{
		API: api, Log: slog.New(slog.DiscardHandler), Now: h.now, Web: http.NotFoundHandler(), Ready: func(context.Context) error { return nil },
		Authenticate: func(_ context.Context, r *http.Request) (authz.Actor, bool, error) {
			n, err := strconv.ParseInt(r.Header.Get("X-Who"), 10, 64)
			return people[n], err == nil, nil
		},
	}.Handler()
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(handler)
	t.Cleanup(srv.Close)
	return &site{h, srv}
}

// call sends a request and gives status, headers and body.
func (s *site) call(who int64, method, path, contentType string, body io.Reader, headers ...string) (int, http.Header, []byte) {
	s.t.Helper()
	req, err := http.NewRequest(method, s.srv.URL+"/api/v1"+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	if who != 0 {
		req.Header.Set("X-Who", strconv.FormatInt(who, 10))
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := s.srv.Client().Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	out, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res.StatusCode, res.Header, out
}

func (s *site) json(who int64, method, path, body string, status int, to any, headers ...string) {
	s.t.Helper()
	contentType := ""
	if body != "" {
		contentType = "application/json"
	}
	got, _, out := s.call(who, method, path, contentType, strings.NewReader(body), headers...)
	if got != status {
		s.t.Fatalf("%s %s: %d, want %d: %s", method, path, got, status, out)
	}
	if to != nil {
		if err := json.Unmarshal(out, to); err != nil {
			s.t.Fatalf("%s %s: %v in %s", method, path, err, out)
		}
	}
}

func (s *site) upload(who int64, name string, content []byte) (int, FileView, string) {
	s.t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		s.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		s.t.Fatal(err)
	}
	status, _, out := s.call(who, http.MethodPost, "/files", w.FormDataContentType(), &form)
	var f FileView
	var p httpapi.Problem
	_ = json.Unmarshal(out, &f)
	_ = json.Unmarshal(out, &p)
	return status, f, p.Code
}

var jpeg = append([]byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00"), bytes.Repeat([]byte{7}, 600)...)

func TestContract(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		s.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		s.grade(c1East, "A", "2026-03-02")
		var started PlanStarted
		s.json(zhao, http.MethodPost, "/duties/plan", "{}", http.StatusAccepted, &started)
		if len(started.JobIDs) != 1 {
			t.Fatalf("%+v", started)
		}
		jobID, err := id.Parse(started.JobIDs[0])
		if err != nil {
			t.Fatal(err)
		}
		if j, err := s.run.RunJob(context.Background(), jobID); err != nil || j.State != job.Done {
			t.Fatalf("%v %+v", err, j)
		}
		var list httpapi.List[View]
		s.json(li, http.MethodGet, "/duties?mine=true&bucket=upcoming&limit=2", "", http.StatusOK, &list)
		if len(list.Items) != 2 || list.NextCursor == "" || !list.Items[0].MayDo || list.Items[0].MayWaive || list.Items[0].Customer.Name != "东海瑞丰商贸" {
			t.Fatalf("%+v", list)
		}
		first := list.Items[0]
		s.json(li, http.MethodGet, "/duties?bucket=soon", "", http.StatusUnprocessableEntity, nil)
		s.json(li, http.MethodGet, "/duties?from=2026-02-30", "", http.StatusUnprocessableEntity, nil)
		s.json(0, http.MethodGet, "/duties", "", http.StatusUnauthorized, nil)
		s.json(sun, http.MethodGet, "/duties/"+first.ID, "", http.StatusNotFound, nil)
		s.json(li, http.MethodPost, "/duties/"+first.ID+"/waive", `{"reason":"x"}`, http.StatusForbidden, nil)
		s.json(li, http.MethodPost, "/duties/plan", "{}", http.StatusForbidden, nil)

		_, file, _ := s.upload(li, "门头.jpg", jpeg)
		body := `{"note":"现场拜访","on":"2026-03-02","files":["` + file.ID + `"]}`
		var done View
		s.json(li, http.MethodPost, "/duties/"+first.ID+"/do", body, http.StatusOK, &done, "Idempotency-Key", "a1")
		if done.State != "kept" || done.UndoUntil == "" || len(done.Files) != 1 || done.Files[0].Name != "门头.jpg" || done.FactID == "" {
			t.Fatalf("%+v", done)
		}
		s.json(li, http.MethodPost, "/duties/"+first.ID+"/do", body, http.StatusOK, nil, "Idempotency-Key", "a1")
		var p httpapi.Problem
		s.json(qian, http.MethodPost, "/duties/"+first.ID+"/do", `{"note":"x","on":"2026-03-02"}`, http.StatusConflict, &p)
		if p.Code != "duty.already_done" || p.Args["by"] != "李望舒" {
			t.Errorf("%+v", p)
		}
		s.json(li, http.MethodPost, "/duties/"+first.ID+"/undo", "", http.StatusOK, &done)
		if done.State != "open" {
			t.Errorf("after undo %+v", done)
		}
		var counts CountsView
		s.json(li, http.MethodGet, "/duties/counts?mine=true", "", http.StatusOK, &counts)
	})
}

func TestFilesAreForThoseWhoMaySeeTheCustomer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		s.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		s.grade(c1East, "A", "2026-03-02")
		s.plan()
		_, f, _ := s.upload(li, "../../合影.jpg", jpeg)
		if f.Name != "合影.jpg" || f.MediaType != "image/jpeg" {
			t.Fatalf("%+v", f)
		}
		// Before it hangs on anything, only its uploader may open it.
		s.json(qian, http.MethodGet, "/files/"+f.ID, "", http.StatusNotFound, nil)
		s.json(zhao, http.MethodGet, "/files/"+f.ID, "", http.StatusNotFound, nil)
		duty := s.all(c1East, Open)[0]
		s.json(qian, http.MethodPost, "/duties/"+id.String(duty.ID)+"/do", `{"on":"2026-03-02","files":["`+f.ID+`"]}`, http.StatusUnprocessableEntity, nil)
		s.json(li, http.MethodPost, "/duties/"+id.String(duty.ID)+"/do", `{"on":"2026-03-02","files":["`+f.ID+`"]}`, http.StatusOK, nil)
		for _, who := range []int64{li, qian, zhao} {
			status, head, body := s.call(who, http.MethodGet, "/files/"+f.ID, "", nil)
			if status != http.StatusOK || !bytes.Equal(body, jpeg) {
				t.Errorf("%d: %d", who, status)
			}
			if !strings.HasPrefix(head.Get("Content-Disposition"), "attachment") || head.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("headers %v", head)
			}
		}
		s.json(sun, http.MethodGet, "/files/"+f.ID, "", http.StatusNotFound, nil)
		s.json(0, http.MethodGet, "/files/"+f.ID, "", http.StatusUnauthorized, nil)
	})
}

func office(t *testing.T, part string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", part} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte("<x/>")); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestUploadsAreKnownByTheirContent(t *testing.T) {
	s := newSite(t, dbtest.SQLite(t))
	for _, c := range []struct {
		name    string
		content []byte
		status  int
		want    string // media type or error code
	}{
		{"a.txt", jpeg, 201, "image/jpeg"},
		{"报告.pdf", []byte("%PDF-1.7\n..."), 201, "application/pdf"},
		{"a.heic", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), 201, "image/heic"},
		{"报告.docx", office(t, "word/document.xml"), 201, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
		{"表.xlsx", office(t, "xl/workbook.xml"), 201, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		{"旧.xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1........"), 201, "application/vnd.ms-excel"},
		{"旧.jpg", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1........"), 422, "file.type_refused"},
		{"报告.docx", office(t, "run.exe"), 422, "file.type_refused"},
		{"a.jpg", []byte("<html><script>alert(1)</script>"), 422, "file.type_refused"},
		{"a.png", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), 422, "file.type_refused"},
		{"a.pdf", []byte("MZ\x90\x00"), 422, "file.type_refused"},
		{"a.jpg", nil, 422, "file.empty"},
		{"big.jpg", append(bytes.Clone(jpeg), make([]byte, MaxUpload)...), 413, "file.too_large"},
	} {
		status, f, code := s.upload(li, c.name, c.content)
		if status != c.status || (f.MediaType != c.want && code != c.want) {
			t.Errorf("%s: %d %s %s, want %d %s", c.name, status, f.MediaType, code, c.status, c.want)
		}
	}
	if n := s.count("SELECT COUNT(*) FROM file"); n != 6 {
		t.Errorf("%d files kept", n)
	}
}

func TestExport(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		s.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		s.exec("UPDATE customer SET name = '=cmd|calc' WHERE id = ?", c2East)
		for _, c := range []int64{c1East, c2East, c3West} {
			s.grade(c, "A", "2026-03-02")
		}
		s.plan()
		status, _, body := s.call(li, http.MethodGet, "/duties/export?format=csv", "", nil)
		if text := string(body); status != http.StatusOK || !strings.Contains(text, "东海瑞丰商贸") || strings.Contains(text, "西岭长禾农资") {
			t.Errorf("a customer manager exports what is owed to the own customers: %d %s", status, text)
		}
		var head http.Header
		status, head, body = s.call(qian, http.MethodGet, "/duties/export?format=csv", "", nil)
		text := string(body)
		if status != http.StatusOK || !strings.HasPrefix(head.Get("Content-Disposition"), "attachment") {
			t.Fatalf("%d %v", status, head)
		}
		if !strings.Contains(text, "客户名称") || !strings.Contains(text, "东海瑞丰商贸") || strings.Contains(text, "西岭长禾农资") {
			t.Errorf("the export of the east: %s", text)
		}
		if strings.Contains(text, ",=cmd") {
			t.Error("a formula leaves the house")
		}
		want := len(s.all(c1East, Open)) + len(s.all(c2East, Open)) + 1
		if lines := strings.Count(strings.TrimSpace(text), "\r\n") + 1; lines != want {
			t.Errorf("%d lines, want %d", lines, want)
		}
		if status, _, body = s.call(qian, http.MethodGet, "/duties/export?lang=en", "", nil); status != http.StatusOK || !bytes.HasPrefix(body, []byte("PK")) {
			t.Errorf("xlsx: %d", status)
		}
		if n := s.count("SELECT COUNT(*) FROM audit_entry WHERE action = 'duty.export'"); n != 3 {
			t.Errorf("%d audit entries", n)
		}
	})
}
