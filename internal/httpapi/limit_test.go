package httpapi_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/throttle"
)

// Whoever asks too often is told when to ask again, and nobody else is held back by it.
func TestASenderIsHeldBackWithoutTheOthers(t *testing.T) {
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	api := httpapi.New("test", slog.New(slog.DiscardHandler))
	op := httpapi.Op{ID: "get-any", Method: http.MethodGet, Path: "/any", Summary: "Any", Tag: "Test", Public: true}
	httpapi.Register(api, op, func(context.Context, *struct{}) (*httpapi.Body[string], error) { return httpapi.Ok("x"), nil })
	h, err := httpapi.Server{
		API: api, Web: httpapi.Web(dist), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return at }, Ready: func(context.Context) error { return nil },
		Authenticate: func(_ context.Context, r *http.Request) (authz.Actor, bool, error) {
			n, err := strconv.ParseInt(r.Header.Get("X-Test-User"), 10, 64)
			return authz.Actor{UserID: n}, err == nil, nil
		},
		Limits: httpapi.Limits{
			Person: throttle.Bucket{PerSecond: 1, Burst: 4}, Token: throttle.Bucket{PerSecond: 1, Burst: 3}, Address: throttle.Bucket{PerSecond: 0.1, Burst: 2},
		},
	}.Handler()
	if err != nil {
		t.Fatal(err)
	}
	ask := func(path, user, token, remote string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.RemoteAddr = remote + ":1"
		r.Header.Set("X-Test-User", user)
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	through := func(user, token, remote string, n int) (got int, last *httptest.ResponseRecorder) {
		for range n {
			if last = ask("/api/v1/any", user, token, remote); last.Code == http.StatusOK {
				got++
			}
		}
		return got, last
	}
	for name, c := range map[string]struct {
		user, token, remote string
		want                int
		retry               string
	}{
		"a person":           {"1", "", "198.51.100.1", 4, "1"},
		"the colleague":      {"2", "", "198.51.100.1", 4, "1"},
		"a program":          {"3", "kz_one", "198.51.100.1", 3, "1"},
		"its other token":    {"3", "kz_two", "198.51.100.1", 3, "1"},
		"a stranger":         {"", "", "198.51.100.1", 2, "10"},
		"another stranger":   {"", "", "198.51.100.2", 2, "10"},
		"with a wrong token": {"", "kz_wrong", "198.51.100.3", 2, "10"},
	} {
		got, last := through(c.user, c.token, c.remote, 6)
		if got != c.want || last.Code != http.StatusTooManyRequests || last.Header().Get("Retry-After") != c.retry ||
			!strings.Contains(last.Body.String(), "request.too_many") {
			t.Errorf("%s: %d through, then %d, Retry-After %q", name, got, last.Code, last.Header().Get("Retry-After"))
		}
	}
	for _, path := range []string{"/", "/healthz", "/readyz"} {
		if w := ask(path, "", "", "198.51.100.1"); w.Code != http.StatusOK {
			t.Errorf("%s: %d; it is not counted", path, w.Code)
		}
	}
	metrics, err := io.ReadAll(ask("/metrics", "", "", "127.0.0.1").Body)
	if err != nil || !strings.Contains(string(metrics), `kezhi_http_limited_total{sender="address"} 12`) {
		t.Errorf("metrics: %v", err)
	}
	at = at.Add(time.Minute)
	if got, _ := through("1", "", "198.51.100.1", 6); got != 4 {
		t.Errorf("a minute later: %d", got)
	}
}
