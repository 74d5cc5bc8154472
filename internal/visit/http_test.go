package visit

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
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
		API: api, Log: slog.New(slog.DiscardHandler), Now: h.svc.now, Web: http.NotFoundHandler(), Ready: func(context.Context) error { return nil },
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

// ask sends a request as somebody, wants a status, and gives the code of a refusal.
func (s *site) ask(who int64, method, path, body string, status int, to any, headers ...string) string {
	s.t.Helper()
	req, err := http.NewRequest(method, s.srv.URL+"/api/v1"+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("X-Who", strconv.FormatInt(who, 10))
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
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
	if res.StatusCode != status {
		s.t.Fatalf("%s %s: %d, want %d: %s", method, path, res.StatusCode, status, out)
	}
	if to != nil {
		if err := json.Unmarshal(out, to); err != nil {
			s.t.Fatalf("%s %s: %v in %s", method, path, err, out)
		}
	}
	var p httpapi.Problem
	_ = json.Unmarshal(out, &p)
	return p.Code
}

func TestVisitOverHTTP(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		body := `{"customer_id":"` + id.String(c1East) + `","duty_id":"` + id.String(dVisit) + `","on":"2026-03-02","from":"09:30","to":"10:15","purpose":"季度拜访"}`
		var v View
		s.ask(li, "POST", "/visits", body, http.StatusCreated, &v, "Idempotency-Key", "a")
		if v.From != "09:30" || v.To != "10:15" || v.State != "planned" || v.Duty == nil || v.Duty.WindowFrom != "2026-03-01" || strings.Join(v.May, " ") != "ask confirm set_out arrive move cancel" {
			t.Fatalf("planned: %+v", v)
		}
		s.ask(sun, "GET", "/visits/"+v.ID, "", http.StatusNotFound, nil)
		if code := s.ask(li, "POST", "/visits/"+v.ID+"/acts", `{"act":"move","on":"soon"}`, http.StatusUnprocessableEntity, nil); code != "invalid_input" {
			t.Error(code)
		}
		s.ask(li, "POST", "/visits/"+v.ID+"/acts", `{"act":"arrive","where":{"lat_e6":31239700,"lon_e6":121499800},"accuracy_m":9,"keep_place":true}`, http.StatusOK, &v)
		if v.Arrival == nil || v.Arrival.DistanceM == nil || *v.Arrival.DistanceM != 0 || v.Customer.Place == nil {
			t.Fatalf("arrived: %+v", v.Arrival)
		}
		s.ask(li, "POST", "/visits/"+v.ID+"/acts", `{"act":"report","report":"谈妥","next_on":"2026-04-01"}`, http.StatusOK, &v)
		if v.State != "done" || v.FactID == "" || v.NextOn != "2026-04-01" || len(v.May) != 0 {
			t.Fatalf("done: %+v", v)
		}
		if code := s.ask(li, "POST", "/visits/"+v.ID+"/acts", `{"act":"arrive"}`, http.StatusConflict, nil); code != "visit.wrong_state" {
			t.Error(code)
		}
		var list httpapi.List[View]
		s.ask(li, "GET", "/visits?owner=me&from=2026-03-01&to=2026-03-31&state=done", "", http.StatusOK, &list)
		if len(list.Items) != 1 || list.Items[0].ID != v.ID {
			t.Errorf("listed: %+v", list)
		}
	})
}

func TestCallsOverHTTP(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		path := "/customers/" + id.String(c1East) + "/calls"
		var c CallView
		s.ask(li, "POST", path, `{"outcome":"call_again","again_at":"2026-03-02T15:00:00+08:00","whom":"周经理"}`, http.StatusCreated, &c)
		if c.AgainAt != "2026-03-02T07:00:00Z" || !c.AgainOpen {
			t.Errorf("%+v", c)
		}
		var list httpapi.List[CallView]
		s.ask(li, "GET", "/calls?mine=true&again=true", "", http.StatusOK, &list)
		if len(list.Items) != 1 {
			t.Errorf("%+v", list)
		}
		s.ask(sun, "POST", path, `{"outcome":"not_reached"}`, http.StatusNotFound, nil)
		s.ask(li, "POST", path, `{"outcome":"reached","duty_id":"`+id.String(dCall)+`"}`, http.StatusUnprocessableEntity, nil)
		s.ask(li, "POST", path, `{"outcome":"reached","duty_id":"`+id.String(dCall)+`","note":"说好了"}`, http.StatusCreated, &c)
		if c.FactID == "" || c.DutyID != id.String(dCall) {
			t.Errorf("%+v", c)
		}
	})
}
