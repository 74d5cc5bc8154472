package user_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/httpapi"
	"kezhi/internal/user"
)

// site is the API as a browser meets it.
type site struct {
	t *testing.T
	h http.Handler
}

func newSite(t *testing.T, e *env) *site {
	t.Helper()
	api := httpapi.New("test", slog.New(slog.DiscardHandler))
	user.Register(api, e.s, false)
	h, err := httpapi.Server{
		API: api, Authenticate: e.s.Authenticate(httpapi.SessionCookie), Ready: func(context.Context) error { return nil }, Web: http.NotFoundHandler(),
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return e.now },
	}.Handler()
	if err != nil {
		t.Fatal(err)
	}
	return &site{t, h}
}

// call sends a request with a session cookie, "" for none.
func (s *site) call(method, path, session, body string) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if session != "" {
		r.AddCookie(&http.Cookie{Name: httpapi.SessionCookie, Value: session})
	}
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, r)
	return w
}

func (s *site) signIn(password string) string {
	s.t.Helper()
	body, err := json.Marshal(map[string]string{"login": "lin", "password": password})
	if err != nil {
		s.t.Fatal(err)
	}
	w := s.call(http.MethodPost, "/session", "", string(body))
	for _, c := range w.Result().Cookies() {
		if c.Name == httpapi.SessionCookie && c.Value != "" {
			return c.Value
		}
	}
	s.t.Fatalf("signing in: %d %s", w.Code, w.Body)
	return ""
}

func TestChangingThePasswordKeepsThisSessionAndEndsTheOthers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		e.add(t, "lin", authz.RoleCustomerManager)
		s := newSite(t, e)
		here, there := s.signIn("correct horse battery"), s.signIn("correct horse battery")
		if w := s.call(http.MethodPost, "/me/password", here, `{"current":"wrong one","next":"another horse battery"}`); w.Code != http.StatusUnprocessableEntity {
			t.Fatalf("a wrong password: %d %s", w.Code, w.Body)
		}
		if w := s.call(http.MethodGet, "/me", there, ""); w.Code != http.StatusOK {
			t.Fatalf("a refused change ended a session: %d", w.Code)
		}
		if w := s.call(http.MethodPost, "/me/password", here, `{"current":"correct horse battery","next":"another horse battery"}`); w.Code != http.StatusNoContent {
			t.Fatalf("changing: %d %s", w.Code, w.Body)
		}
		if w := s.call(http.MethodGet, "/me", here, ""); w.Code != http.StatusOK {
			t.Errorf("the session that changed it: %d %s", w.Code, w.Body)
		}
		if w := s.call(http.MethodGet, "/me", there, ""); w.Code != http.StatusUnauthorized {
			t.Errorf("the other session: %d", w.Code)
		}
		s.signIn("another horse battery")
	})
}
