package view_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/view"
)

func as(userID int64, role string) context.Context {
	return authz.With(context.Background(), authz.Actor{UserID: userID, Name: "Test", Grants: authz.GrantsOf([]string{role})})
}

var (
	manager = as(1, authz.RoleRegionalManager)
	seller  = as(2, authz.RoleCustomerManager)
)

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if errs.CodeOf(err) != code || err == nil {
		t.Fatalf("got %v, want %s", err, code)
	}
}

func service(d *db.DB) *view.Service {
	return view.New(d, clock.Fixed(time.Date(2026, 3, 16, 2, 0, 0, 0, time.UTC)))
}

func TestViewsAreMineOrShared(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(d)
		in := view.Input{Page: "customers", Name: " 我的  A 类 ", Query: `{"filter":["grade:in:A"]}`}
		mine, err := s.Create(seller, in)
		if err != nil {
			t.Fatal(err)
		}
		if mine.Name != "我的 A 类" || !mine.Mine || mine.Version != 1 {
			t.Errorf("%+v", mine)
		}
		_, err = s.Create(seller, in)
		wantCode(t, err, "view.name_taken")
		in.Shared = true
		_, err = s.Create(seller, view.Input{Page: "customers", Name: "x", Query: "{}", Shared: true})
		wantCode(t, err, "view.share_not_allowed")
		shared, err := s.Create(manager, in)
		if err != nil {
			t.Fatal(err)
		}
		list, err := s.List(seller, "customers")
		if err != nil || len(list) != 2 || list[0].ID != mine.ID || list[1].ID != shared.ID || list[1].Mine {
			t.Errorf("%+v %v", list, err)
		}
		if list, err = s.List(manager, "customers"); err != nil || len(list) != 1 {
			t.Errorf("a private view is seen by others: %+v %v", list, err)
		}
		_, err = s.Update(seller, shared.ID, shared.Version, func(in *view.Input) { in.Name = "改" })
		wantCode(t, err, "not_found")
		wantCode(t, s.Delete(seller, shared.ID, shared.Version), "not_found")
		_, err = s.Create(seller, view.Input{Page: "elsewhere", Query: "{"})
		if e, ok := errs.As(err); !ok || len(e.Fields) != 3 {
			t.Errorf("got %v", err)
		}
	})
}

func TestOneDefaultPerPageAndNoLostUpdates(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(d)
		a, err := s.Create(seller, view.Input{Page: "customers", Name: "甲", Query: "{}", Default: true})
		if err != nil {
			t.Fatal(err)
		}
		b, err := s.Create(seller, view.Input{Page: "customers", Name: "乙", Query: "{}", Default: true})
		if err != nil {
			t.Fatal(err)
		}
		list, err := s.List(seller, "customers")
		if err != nil || list[0].Default || !list[1].Default {
			t.Errorf("%+v %v", list, err)
		}
		_, err = s.Update(seller, a.ID, list[0].Version+1, func(in *view.Input) { in.Name = "丙" })
		wantCode(t, err, "precondition_failed")
		a, err = s.Update(seller, a.ID, list[0].Version, func(in *view.Input) { in.Name, in.Default = "丙", true })
		if err != nil || a.Name != "丙" || !a.Default {
			t.Errorf("%+v %v", a, err)
		}
		_, err = s.Update(seller, a.ID, a.Version, func(in *view.Input) { in.Name = "乙" })
		wantCode(t, err, "view.name_taken")
		if err := s.Delete(seller, b.ID, 99); errs.CodeOf(err) != "precondition_failed" {
			t.Errorf("got %v", err)
		}
	})
}

func TestHTTP(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		api := httpapi.New("test", slog.New(slog.DiscardHandler))
		view.Register(api, service(d))
		actor, _ := authz.From(seller)
		h, err := httpapi.Server{
			API: api, Log: slog.New(slog.DiscardHandler), Now: time.Now, Ready: func(context.Context) error { return nil }, Web: http.NotFoundHandler(),
			Authenticate: func(context.Context, *http.Request) (authz.Actor, bool, error) { return actor, true, nil },
		}.Handler()
		if err != nil {
			t.Fatal(err)
		}
		srv := httptest.NewServer(h)
		defer srv.Close()
		do := func(method, path, etag, body string, want int) (string, string) {
			t.Helper()
			req, err := http.NewRequestWithContext(context.Background(), method, srv.URL+"/api/v1"+path, strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("If-Match", etag)
			req.Header.Set("Content-Type", "application/json")
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = res.Body.Close() }()
			b, err := io.ReadAll(res.Body)
			if err != nil || res.StatusCode != want {
				t.Fatalf("%s %s: %d, want %d: %s (%v)", method, path, res.StatusCode, want, b, err)
			}
			return string(b), res.Header.Get("ETag")
		}
		made, etag := do("POST", "/views", "", `{"page":"customers","name":"甲","query":{"state":"q=a&filter=grade:in:A"}}`, 201)
		if !strings.Contains(made, `"query":{"state":"q=a\u0026filter=grade:in:A"}`) && !strings.Contains(made, `"query":{"state":"q=a&filter=grade:in:A"}`) {
			t.Errorf("%s", made)
		}
		_, rest, _ := strings.Cut(made, `"id":"`)
		id, _, _ := strings.Cut(rest, `"`)
		_, next := do("PATCH", "/views/"+id, etag, `{"name":"乙"}`, 200)
		if body, _ := do("PATCH", "/views/"+id, etag, `{"name":"丙"}`, 412); !strings.Contains(body, `"name":"乙"`) {
			t.Errorf("%s", body)
		}
		do("DELETE", "/views/"+id, next, "", 204)
		if body, _ := do("GET", "/views?page=customers", "", "", 200); !strings.Contains(body, `"items":[]`) {
			t.Errorf("%s", body)
		}
	})
}
