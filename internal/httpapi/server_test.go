package httpapi_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/httpapi"
)

func TestUnknownPathsOfTheAPIAreProblems(t *testing.T) {
	s := newServer(t, false)
	for _, target := range []string{"/api/v1/nothing", "/api/", "/api/v2/rows", "/api/v1/rows/one/more"} {
		for _, method := range []string{"GET", "POST", "DELETE"} {
			s.problem(s.do(method, target, ""), 404, "not_found")
		}
	}
}

func TestSecurityHeadersStandOnEveryAnswer(t *testing.T) {
	s := newServer(t, false)
	for _, target := range []string{"/", "/customers/5", "/api/v1/rows", "/api/v1/nothing", "/api/v1/fail/panic", "/assets/app-1a2b.js", "/assets/missing.js", "/healthz", "/readyz", "/metrics", "/api/docs", "/api/v1/openapi.json"} {
		h := s.do("GET", target, "").Header()
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"} {
			if h.Get(name) != want {
				t.Errorf("%s: %s is %q", target, name, h.Get(name))
			}
		}
		// No policy lets a script into a page: neither one that stands in it, nor one from elsewhere.
		csp := h.Get("Content-Security-Policy")
		asset := strings.HasPrefix(target, "/assets/")
		if !asset && (!strings.HasPrefix(csp, "default-src 'none'") && !strings.Contains(csp, "script-src 'self';") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe-eval")) {
			t.Errorf("%s: %q", target, csp)
		}
		for _, part := range strings.Split(csp, ";") {
			if strings.Contains(part, "script-src") && strings.Contains(part, "unsafe-inline") {
				t.Errorf("%s: %q", target, csp)
			}
		}
		if h.Get("X-Request-Id") == "" || h.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s: request id %q, HSTS %q", target, h.Get("X-Request-Id"), h.Get("Strict-Transport-Security"))
		}
	}
	if h := s.do("GET", "/", "", "X-Forwarded-Proto", "https").Header(); h.Get("Strict-Transport-Security") != "" {
		t.Error("a stranger's header was believed")
	}
	if h := newServer(t, true).do("GET", "/", "", "X-Forwarded-Proto", "https").Header(); h.Get("Strict-Transport-Security") == "" {
		t.Error("behind the trusted proxy the page is on TLS")
	}
}

func TestThePageCarriesAFreshNonce(t *testing.T) {
	s := newServer(t, false)
	nonce := regexp.MustCompile(`style-src-elem 'self' 'nonce-([A-Za-z0-9+/]{20,})'`)
	seen := map[string]bool{}
	for _, target := range []string{"/", "/customers", "/customers/5?tab=facts", "/index.html"} {
		w := s.do("GET", target, "")
		m := nonce.FindStringSubmatch(w.Header().Get("Content-Security-Policy"))
		if w.Code != 200 || m == nil || seen[m[1]] {
			t.Fatalf("%s: %d %s", target, w.Code, w.Header().Get("Content-Security-Policy"))
		}
		seen[m[1]] = true
		if strings.Count(w.Body.String(), m[1]) != 2 || strings.Contains(w.Body.String(), "__CSP_NONCE__") || w.Header().Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %s", target, w.Body)
		}
	}
}

func TestAssets(t *testing.T) {
	s := newServer(t, false)
	for _, c := range []struct {
		target, accept, body, encoding, kind, cache string
	}{
		{"/assets/app-1a2b.js", "gzip, deflate, br", "br js", "br", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		{"/assets/app-1a2b.js", "gzip", "gz js", "gzip", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		{"/assets/app-1a2b.js", "br;q=0, gzip;q=0.5", "gz js", "gzip", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		{"/assets/app-1a2b.js", "brotli-like, GZIP", "gz js", "gzip", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		{"/assets/app-1a2b.js", "", "plain js", "", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		{"/assets/only-3c4d.css", "br, gzip", "plain css", "", "text/css; charset=utf-8", "public, max-age=31536000, immutable"},
		{"/manifest.webmanifest", "br", "{}", "", "application/manifest+json", "no-cache"},
		{"/sw.js", "", "worker", "", "text/javascript; charset=utf-8", "no-cache"},
	} {
		w := s.do("GET", c.target, "", "Accept-Encoding", c.accept)
		h := w.Header()
		if w.Code != 200 || w.Body.String() != c.body || h.Get("Content-Encoding") != c.encoding || h.Get("Content-Type") != c.kind ||
			h.Get("Cache-Control") != c.cache || h.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s for %q: %d %q %v", c.target, c.accept, w.Code, w.Body, h)
		}
	}
	for _, target := range []string{
		"/assets/gone-9z.js", "/favicon.ico", "/.gitkeep", "/.git/config", "/assets/.secret.js", "/assets/deep/.git/x.txt", "/a/../.gitkeep", "/%2egitkeep", "/..%2f..%2fetc%2fpasswd.txt",
	} {
		if w := s.do("GET", target, ""); w.Code/100 == 2 || strings.Contains(w.Body.String(), "secret") || strings.Contains(w.Body.String(), "doctype") {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
	if w := s.do("POST", "/customers", ""); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST on a page: %d", w.Code)
	}
}

func TestCrossSiteWritesAreRefused(t *testing.T) {
	s := newServer(t, false)
	body := `{"name":"ab","size":3}`
	for name, headers := range map[string][]string{
		"fetch metadata": {"Sec-Fetch-Site", "cross-site"},
		"same site":      {"Sec-Fetch-Site", "same-site"},
		"foreign origin": {"Origin", "https://evil.example"},
	} {
		t.Run(name, func(t *testing.T) {
			s.t = t
			s.problem(s.do("PUT", "/api/v1/rows/one", body, append(headers, "If-Match", `"7"`)...), 403, "auth.cross_site")
		})
	}
	for name, headers := range map[string][]string{
		"own page": {"Sec-Fetch-Site", "same-origin"}, "own origin": {"Origin", "http://example.com"}, "a program": nil,
	} {
		if w := s.do("PUT", "/api/v1/rows/one", body, append(headers, "If-Match", `"7"`)...); w.Code != 200 {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	if w := s.do("GET", "/customers", "", "Sec-Fetch-Site", "cross-site"); w.Code != 200 {
		t.Errorf("following a link from elsewhere: %d", w.Code)
	}
}

func TestMetricsAreForThisMachineAndItsManagers(t *testing.T) {
	for _, trust := range []bool{false, true} {
		s := newServer(t, trust)
		for name, c := range map[string]struct {
			headers []string
			want    int
		}{
			"this machine":          {[]string{"remote", "127.0.0.1:5555", "X-Test-User", ""}, 200},
			"this machine, IPv6":    {[]string{"remote", "[::1]:5555", "X-Test-User", ""}, 200},
			"elsewhere":             {[]string{"remote", "192.0.2.7:5555", "X-Test-User", ""}, 404},
			"elsewhere, no right":   {[]string{"remote", "192.0.2.7:5555", "X-Test-User", authz.RoleDirector}, 404},
			"elsewhere, manager":    {[]string{"remote", "192.0.2.7:5555", "X-Test-User", authz.RoleAdmin}, 200},
			"through a local proxy": {[]string{"remote", "127.0.0.1:5555", "X-Test-User", "", "X-Forwarded-For", "192.0.2.7"}, 404},
			"claiming to be local":  {[]string{"remote", "192.0.2.7:5555", "X-Test-User", "", "X-Forwarded-For", "127.0.0.1"}, 404},
		} {
			if w := s.do("GET", "/metrics", "", c.headers...); w.Code != c.want {
				t.Errorf("%s, trusting %v: %d, want %d", name, trust, w.Code, c.want)
			}
		}
		s.do("GET", "/api/v1/rows", "")
		s.do("GET", "/api/v1/fail/conflict", "")
		body := s.do("GET", "/metrics", "", "remote", "127.0.0.1:5555").Body.String()
		for _, want := range []string{`kezhi_http_seconds_count{route="GET /api/v1/rows",status="200"} 1`, `kezhi_http_seconds_count{route="GET /api/v1/fail/{kind}",status="409"} 1`, "go_goroutines"} {
			if !strings.Contains(body, want) {
				t.Errorf("the metrics lack %s", want)
			}
		}
	}
}

// Only what the proxy itself appended is its word; everything before was sent by the client and may be made up.
func TestTheClientsAddress(t *testing.T) {
	for _, c := range []struct {
		trust     bool
		forwarded string // "|" separates header lines
		want      string
	}{
		{false, "203.0.113.9", "192.0.2.1"},
		{true, "", "192.0.2.1"},
		{true, "203.0.113.9", "203.0.113.9"},
		{true, "1.1.1.1, 203.0.113.9", "203.0.113.9"},
		{true, "1.1.1.1|203.0.113.9", "203.0.113.9"},
		{true, "1.1.1.1, 2.2.2.2|3.3.3.3 , 203.0.113.9 ", "203.0.113.9"},
	} {
		headers := []string{"remote", "192.0.2.1:4444"}
		if c.forwarded != "" {
			headers = append(headers, "X-Forwarded-For", c.forwarded)
		}
		w := newServer(t, c.trust).do("GET", "/api/v1/public", "", headers...)
		if got := strings.Trim(strings.TrimSpace(w.Body.String()), `"`); got != c.want {
			t.Errorf("trusting %v, %q: %s, want %s", c.trust, c.forwarded, got, c.want)
		}
	}
}

// Half an answer must not look like a whole one: the connection is broken off.
func TestAPanicAfterTheAnswerBeganBreaksItOff(t *testing.T) {
	s := newServer(t, false)
	srv := httptest.NewServer(s.handler)
	defer srv.Close()
	res, err := srv.Client().Get(srv.URL + "/half")
	if err == nil {
		defer res.Body.Close()
		var n int
		buf := make([]byte, 1024)
		for err == nil {
			n, err = res.Body.Read(buf)
			if strings.Contains(string(buf[:n]), "internal") {
				t.Error("a problem was appended to half an answer")
			}
		}
		if err.Error() == "EOF" {
			t.Error("half an answer ended as if it were whole")
		}
	}
}

func TestHealth(t *testing.T) {
	s := newServer(t, false)
	if w := s.do("GET", "/healthz", "", "X-Test-User", ""); w.Code != 200 || w.Body.String() != "ok 1.2.3\n" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	detail := httpapi.Server{
		API: httpapi.New("1.2.3", slog.New(slog.DiscardHandler)), Authenticate: func(context.Context, *http.Request) (authz.Actor, bool, error) { return authz.Actor{}, false, nil },
		Ready: func(context.Context) error { return nil }, Web: httpapi.Web(dist), Log: slog.New(slog.DiscardHandler), Now: clock.System, Version: "1.2.3",
		Health: func(context.Context) string { return "backup overdue 40h" },
	}
	full, err := detail.Handler()
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{"127.0.0.1:5000": "ok 1.2.3\nbackup overdue 40h\n", "[::1]:5000": "ok 1.2.3\nbackup overdue 40h\n", "10.0.0.9:5000": "ok 1.2.3\n"} {
		r := httptest.NewRequest(http.MethodGet, "/healthz", nil)
		r.RemoteAddr = address
		w := httptest.NewRecorder()
		if full.ServeHTTP(w, r); w.Code != 200 || w.Body.String() != want {
			t.Errorf("from %s: %d %q", address, w.Code, w.Body)
		}
	}
	if w := s.do("GET", "/readyz", "", "X-Test-User", ""); w.Code != 200 {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	r := httptest.NewRequest(http.MethodGet, "/readyz", nil)
	ctx, cancel := context.WithCancelCause(r.Context())
	cancel(errors.New(secret))
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r.WithContext(ctx))
	if w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), secret) {
		t.Errorf("not ready: %d %q", w.Code, w.Body)
	}
	empty := httptest.NewRecorder()
	httpapi.Web(fstest.MapFS{}).ServeHTTP(empty, httptest.NewRequest(http.MethodGet, "/", nil))
	if empty.Code != http.StatusNotFound || !strings.Contains(empty.Body.String(), "make build") {
		t.Errorf("without a web UI: %d %q", empty.Code, empty.Body)
	}
}
