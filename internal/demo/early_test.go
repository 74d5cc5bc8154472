package demo_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/config"
	"kezhi/internal/db"
	"kezhi/internal/demo"
	"kezhi/internal/id"
	"kezhi/internal/user"
)

// Whoever starts the demo before the company's day begins finds a company that has lived until then and no moment longer.
func TestLoadBeforeTheDayBegins(t *testing.T) {
	early := time.Date(2026, 3, 1, 21, 0, 0, 0, time.UTC) // 05:00 in China
	cfg := config.Default()
	cfg.Data, cfg.DB, cfg.Relaxed = t.TempDir(), filepath.Join(t.TempDir(), "kezhi.db"), true
	dial := demo.NewDial(clock.Fixed(early))
	a, err := app.NewAt(t.Context(), cfg, slog.New(slog.DiscardHandler), dial.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	res, err := demo.Load(t.Context(), a, dial, demo.LoadOptions{Customers: 120}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := res.Reference.String(); got != "2026-03-02" {
		t.Fatalf("the company stands at %s", got)
	}
	for _, column := range []string{
		"customer.created_at", "customer.updated_at", "fact.recorded_at", "event.at", "audit_entry.at", "proc_case.created_at", "proc_case.updated_at", "proc_case.received_at",
		"proc_act.at", "proc_notice.at", "verdict.created_at", "grading_run.started_at", "grading_run.finished_at", "adoption.adopted_at", "app_user.created_at",
	} {
		table, name, _ := strings.Cut(column, ".")
		var newest int64
		if err := db.Get(t.Context(), a.DB.Read(), "SELECT COALESCE(MAX("+name+"), 0) FROM "+table, nil, &newest); err != nil {
			t.Error(err)
			continue
		}
		if at := time.UnixMicro(newest); newest == 0 || at.After(early) {
			t.Errorf("%s is %s, the company was loaded at %s", column, at.UTC(), early)
		}
	}
	limit := id.New(early.Add(time.Second))
	for _, table := range []string{"customer", "proc_case", "verdict", "duty", "event"} {
		var newest int64
		if err := db.Get(t.Context(), a.DB.Read(), "SELECT MAX(id) FROM "+table, nil, &newest); err != nil || newest == 0 || newest >= limit {
			t.Errorf("%s: the newest id %d is of a moment to come, %v", table, newest, err)
		}
	}
	answers(t, a)
}

// answers opens what the first pages ask for, as each of the printed logins would.
func answers(t *testing.T, a *app.App) {
	t.Helper()
	handler, err := a.Handler()
	if err != nil {
		t.Fatal(err)
	}
	for login, role := range map[string]string{"director": authz.RoleDirector, "east.manager": authz.RoleRegionalManager, "lin": authz.RoleCustomerManager} {
		var who int64
		if err := db.Get(t.Context(), a.DB.Read(), "SELECT id FROM app_user WHERE login = ?", []any{login}, &who); err != nil {
			t.Fatal(err)
		}
		_, token, err := a.Users.CreateToken(authz.With(t.Context(), authz.Actor{UserID: who, Name: login, Grants: authz.GrantsOf([]string{role})}), who, user.TokenInput{Name: "test"})
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{
			"/workbench", "/inbox", "/cases", "/cases?overdue=true", "/customers?limit=20", "/duties", "/gradings", "/procedures", "/special-terms", "/complaints/statistics",
			"/rulebooks", "/reviews", "/segments", "/events/failed",
		} {
			req := httptest.NewRequest(http.MethodGet, "/api/v1"+path, http.NoBody)
			req.Header.Set("Authorization", "Bearer "+token)
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, req)
			if w.Code >= http.StatusInternalServerError {
				t.Errorf("%s, GET %s: %d %s", login, path, w.Code, w.Body.String())
			}
		}
	}
}
