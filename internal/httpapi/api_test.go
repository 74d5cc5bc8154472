package httpapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/words"
)

func TestEveryKindHasItsStatusAndTellsNoSecret(t *testing.T) {
	s := newServer(t, false)
	for kind, c := range map[string]struct {
		status int
		code   string
	}{
		"internal": {500, "internal"}, "plain": {500, "internal"}, "invalid": {422, "invalid_input"}, "unauthenticated": {401, "auth.signed_out"},
		"forbidden": {403, "auth.forbidden"}, "notfound": {404, "not_found"}, "conflict": {409, "customer.code_taken"},
		"precondition": {412, "precondition_failed"}, "toolarge": {413, "file.too_large"}, "ratelimited": {429, "user.too_many_attempts"},
		"unavailable": {503, "db.locked"}, "panic": {500, "internal"},
	} {
		p := s.problem(s.do("GET", "/api/v1/fail/"+kind, ""), c.status, c.code)
		switch kind {
		case "invalid":
			if len(p.Fields) != 1 || p.Fields[0].Path != "name" || p.Fields[0].Code != "field.too_long" {
				t.Errorf("fields %+v", p.Fields)
			}
		case "conflict":
			if p.Args["code"] != "C1" {
				t.Errorf("args %v", p.Args)
			}
		}
	}
	if log := s.log.String(); strings.Count(log, secret) < 3 || !strings.Contains(log, "panic in a request") || !strings.Contains(log, "kit_test.go") {
		t.Errorf("the log must tell what the client is not told: %s", log)
	}
}

// What the framework refuses by itself has the same shape as what a service refuses, and a sentence in both languages.
func TestMalformedInput(t *testing.T) {
	s := newServer(t, false)
	for name, c := range map[string]struct {
		method, target, body string
		headers              []string
		status               int
		code                 string
		paths                []string
	}{
		"not JSON":        {"PUT", "/api/v1/rows/one", `{"name":`, nil, 400, "invalid_input", nil},
		"wrong types":     {"PUT", "/api/v1/rows/one", `{"name":5,"size":"x"}`, nil, 422, "invalid_input", []string{"name", "size"}},
		"out of bounds":   {"PUT", "/api/v1/rows/one", `{"name":"x","size":0}`, nil, 422, "invalid_input", []string{"name", "size"}},
		"missing field":   {"PUT", "/api/v1/rows/one", `{"size":1}`, nil, 422, "invalid_input", []string{"name"}},
		"unknown field":   {"PUT", "/api/v1/rows/one", `{"name":"ab","size":1,"more":1}`, nil, 422, "invalid_input", []string{"more"}},
		"no body":         {"PUT", "/api/v1/rows/one", "", nil, 400, "invalid_input", nil},
		"other media":     {"PUT", "/api/v1/rows/one", "a=b", []string{"Content-Type", "text/csv"}, 415, "unsupported_media_type", nil},
		"too large":       {"PUT", "/api/v1/rows/one", `{"name":"` + strings.Repeat("x", 2<<20) + `"}`, nil, 413, "too_large", nil},
		"page of nothing": {"GET", "/api/v1/rows?limit=0", "", nil, 422, "invalid_input", []string{"limit"}},
		"page too long":   {"GET", "/api/v1/rows?limit=201", "", nil, 422, "invalid_input", []string{"limit"}},
		"page not number": {"GET", "/api/v1/rows?limit=many", "", nil, 422, "invalid_input", []string{"limit"}},
	} {
		t.Run(name, func(t *testing.T) {
			s.t = t
			p := s.problem(s.do(c.method, c.target, c.body, c.headers...), c.status, c.code)
			var paths []string
			for _, f := range p.Fields {
				paths = append(paths, f.Path)
				if !words.Known("zh", f.Code) || !words.Known("en", f.Code) {
					t.Errorf("field code %q has no sentence", f.Code)
				}
			}
			if c.paths != nil && strings.Join(paths, ",") != strings.Join(c.paths, ",") {
				t.Errorf("wrong fields %q, want %q", paths, c.paths)
			}
			if !words.Known("zh", p.Code) || !words.Known("en", p.Code) {
				t.Errorf("code %q has no sentence", p.Code)
			}
		})
	}
}

func TestPaging(t *testing.T) {
	s := newServer(t, false)
	for target, want := range map[string]string{
		"/api/v1/rows":                    `{"items":[{"name":"limit","size":50}],"next_cursor":""}`,
		"/api/v1/rows?limit=200&cursor=x": `{"items":[{"name":"limit","size":200}],"next_cursor":"x"}`,
		"/api/v1/empty":                   `{"items":[],"next_cursor":""}`,
	} {
		w := s.do("GET", target, "")
		if w.Code != 200 || strings.TrimSpace(w.Body.String()) != want || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
}

func TestETagAndIfMatch(t *testing.T) {
	s := newServer(t, false)
	put := func(match string) (int, string) {
		w := s.do("PUT", "/api/v1/rows/one", `{"name":"ab","size":3}`, "If-Match", match)
		return w.Code, w.Header().Get("ETag")
	}
	if code, tag := put(httpapi.Tag(7)); code != 200 || tag != `"8"` {
		t.Errorf("matching: %d %s", code, tag)
	}
	if code, _ := put(`W/"7"`); code != 200 {
		t.Errorf("a proxy made the tag weak: %d", code)
	}
	if code, _ := put(httpapi.Tag(6)); code != http.StatusPreconditionFailed {
		t.Errorf("older: %d", code)
	}
	for _, match := range []string{"", "*", `"x"`, `"7", "8"`, `""`} {
		s.problem(s.do("PUT", "/api/v1/rows/one", `{"name":"ab","size":3}`, "If-Match", match), 422, "precondition_required")
	}
	if _, err := httpapi.Match(`"9223372036854775808"`); errs.CodeOf(err) != "precondition_required" {
		t.Errorf("overflow: %v", err)
	}
}

func TestWhoMayCall(t *testing.T) {
	s := newServer(t, false)
	s.problem(s.do("GET", "/api/v1/rows", "", "X-Test-User", ""), 401, "auth.signed_out")
	p := s.problem(s.do("GET", "/api/v1/rows", "", "X-Test-User", "no such role"), 403, "auth.forbidden")
	if p.Args["permission"] != "customer.read" {
		t.Errorf("args %v", p.Args)
	}
	s.problem(s.do("GET", "/api/v1/rows", "", "X-Test-User", "broken"), 500, "internal")
	if w := s.do("GET", "/api/v1/public", "", "X-Test-User", ""); w.Code != 200 {
		t.Errorf("public: %d", w.Code)
	}
}

func TestTheDocumentAndItsPageListEveryOperation(t *testing.T) {
	s := newServer(t, false)
	w := s.do("GET", "/api/v1/openapi.json", "", "X-Test-User", "")
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Permission  string `json:"x-permission"`
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil || !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Fatalf("%s %v", doc.OpenAPI, err)
	}
	page := s.do("GET", "/api/docs", "", "X-Test-User", "")
	if csp := page.Header().Get("Content-Security-Policy"); page.Code != 200 || !strings.Contains(csp, "default-src 'none'") || strings.Contains(page.Body.String(), "<script") {
		t.Errorf("the page: %d, %s", page.Code, csp)
	}
	if len(s.api.Ops()) != 5 {
		t.Fatalf("%d operations", len(s.api.Ops()))
	}
	for _, op := range s.api.Ops() {
		found := doc.Paths["/api/v1"+op.Path][strings.ToLower(op.Method)]
		if found.OperationID != op.ID || found.Permission != string(op.Permission) {
			t.Errorf("%s is described as %+v", op.ID, found)
		}
		if !strings.Contains(page.Body.String(), op.Summary) || !strings.Contains(page.Body.String(), "<code>/api/v1"+op.Path+"</code>") {
			t.Errorf("the page does not show %s", op.ID)
		}
	}
}
