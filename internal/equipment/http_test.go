package equipment_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/config"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/equipment"
	"kezhi/internal/fact"
	"kezhi/internal/flow"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/org"
	"kezhi/internal/procedure"
	"kezhi/internal/rulebook"
	"kezhi/internal/user"
)

// shop is an installation with the after-sales regulation in force, lin at the service desk with a customer, and wu, the technician,
// to whom that customer is closed.
type shop struct {
	t        *testing.T
	app      *app.App
	micros   atomic.Int64
	system   context.Context
	actors   map[string]authz.Actor
	customer int64
	srv      *httptest.Server
}

func (h *shop) now() time.Time { return time.UnixMicro(h.micros.Add(1)).UTC() }

func (h *shop) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *shop) as(login string) context.Context { return authz.With(h.t.Context(), h.actors[login]) }

func newShop(t *testing.T, d *db.DB) *shop {
	t.Helper()
	h := &shop{t: t, system: authz.With(t.Context(), authz.System("test")), actors: map[string]authz.Actor{}}
	h.micros.Store(time.Date(2026, 3, 16, 2, 0, 0, 0, time.UTC).UnixMicro())
	var err error
	h.app, err = app.NewAt(t.Context(), config.Config{Data: t.TempDir(), DB: dbtest.Address(t, d), Timezone: "Asia/Shanghai"}, slog.New(slog.DiscardHandler), h.now)
	h.must(err)
	t.Cleanup(func() { _ = h.app.Close() })
	unit, err := h.app.Units.Create(h.system, org.Input{Code: new("HQ"), NameZh: new("总部"), NameEn: new("Head office")})
	h.must(err)
	for _, login := range []string{"lin", "wu"} {
		email, password, roles := "", "a long enough pass phrase", []string{authz.RoleCustomerManager}
		made, err := h.app.Users.Create(h.system, user.Input{Login: &login, Name: &login, Email: &email, Password: &password, UnitID: &unit.ID, Roles: &roles})
		h.must(err)
		h.actors[login] = authz.Actor{UserID: made.ID, Name: login, Grants: authz.GrantsOf(roles), UnitIDs: []int64{unit.ID}}
	}
	_, err = h.app.Rulebooks.Adopt(h.system, rulebook.AdoptInput{Rulebook: "after-sales", EffectiveFrom: h.app.Equipment.Today(), Note: "test"})
	h.must(err)
	for post, who := range map[string]string{"service_desk": "lin", "technician": "wu"} {
		_, err = h.app.Procedures.Appoint(h.system, procedure.HoldingInput{Post: post, UserID: h.actors[who].UserID, From: calendar.None, Until: calendar.None})
		h.must(err)
	}
	c, err := h.app.Customers.Create(h.system, customer.Input{Party: customer.PartyOrg, Name: "东海瑞丰商贸", Status: "active", OwnerID: h.actors["lin"].UserID})
	h.must(err)
	h.customer = c.ID
	h.serve()
	return h
}

func (h *shop) serve() {
	h.t.Helper()
	api := httpapi.New("test", slog.New(slog.DiscardHandler))
	equipment.Register(api, h.app.Equipment)
	handler, err := httpapi.Server{
		API: api, Log: slog.New(slog.DiscardHandler), Now: h.now, Web: http.NotFoundHandler(), Ready: func(context.Context) error { return nil },
		Authenticate: func(_ context.Context, r *http.Request) (authz.Actor, bool, error) {
			a, ok := h.actors[r.Header.Get("X-Who")]
			return a, ok, nil
		},
	}.Handler()
	h.must(err)
	h.srv = httptest.NewServer(handler)
	h.t.Cleanup(h.srv.Close)
}

func (h *shop) get(who, path string, want int, into any) {
	h.t.Helper()
	req, err := http.NewRequest(http.MethodGet, h.srv.URL+"/api/v1"+path, nil)
	h.must(err)
	req.Header.Set("X-Who", who)
	res, err := h.srv.Client().Do(req)
	h.must(err)
	defer func() { _ = res.Body.Close() }()
	out, err := io.ReadAll(res.Body)
	h.must(err)
	if res.StatusCode != want {
		h.t.Fatalf("%s by %s: %d, want %d: %s", path, who, res.StatusCode, want, out)
	}
	if into != nil {
		h.must(json.Unmarshal(out, into))
	}
}

func (h *shop) install(serial, until string) {
	h.t.Helper()
	_, err := h.app.Facts.Record(h.as("lin"), fact.Input{
		CustomerID: h.customer, Kind: equipment.KindInstallation, On: h.app.Equipment.Today().AddDays(-400), Product: "激光切割机",
		Attrs: map[string]any{"serial": serial, "warranty_until": until, "place": "二号车间", "contract": "HT-1"},
	})
	h.must(err)
}

// repair takes a machine in and tells the customer that it was looked at.
func (h *shop) repair(serial, fault string) procedure.Case {
	h.t.Helper()
	c, err := h.app.Procedures.Start(h.as("lin"), procedure.StartInput{
		Rulebook: "after-sales", Procedure: "after_sales", CustomerID: h.customer, Channel: "phone", Answers: flow.Answers{
			"product": {Text: "激光切割机"}, "serial": {Text: serial}, "bought_on": {Text: "2025-01-10"}, "wanted": {Text: "repair"}, "fault": {Text: fault}, "phone": {Text: "13800001234"},
		},
	})
	h.must(err)
	_, err = h.app.Procedures.Act(h.as("lin"), c.ID, procedure.ActInput{Act: flow.Act{Kind: flow.ActAnswer, Answers: flow.Answers{"said": {Text: "明天上门"}, "expected": {Text: "2026-03-20"}}}})
	h.must(err)
	return c
}

func TestTheInstalledBase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newShop(t, d)
		h.install("SN-1", "2026-03-16")
		h.install("SN-2", "2026-03-15")
		first := h.repair("sn-1", "切割头偏移")
		second := h.repair("SN-1", "再次偏移")
		stranger := h.repair("SN-77", "不出光")
		path := "/customers/" + id.String(h.customer) + "/equipment"

		var list httpapi.List[equipment.MachineView]
		h.get("lin", path, 200, &list)
		if len(list.Items) != 2 || list.Items[0].Serial != "SN-1" || !list.Items[0].Covered || list.Items[1].Covered || list.Items[0].WarrantyUntil != "2026-03-16" {
			t.Fatalf("%+v", list.Items)
		}
		if c := list.Items[0].Cases; len(c) != 2 || c[0].ID != id.String(second.ID) || c[1].Number != first.Number || len(list.Items[1].Cases) != 0 {
			t.Errorf("cases of the machines: %+v", list.Items)
		}

		// The technician sees the machine of the case he works on, with its other cases, though the customer is closed to him.
		h.get("wu", path, 404, nil)
		var m equipment.CaseMachineView
		h.get("wu", "/cases/"+id.String(second.ID)+"/equipment", 200, &m)
		if !m.Known || m.Machine == nil || !m.Machine.Covered || m.Machine.Place != "二号车间" || len(m.Machine.Cases) != 1 || m.Machine.Cases[0].ID != id.String(first.ID) {
			t.Errorf("%+v", m.Machine)
		}
		m = equipment.CaseMachineView{}
		h.get("wu", "/cases/"+id.String(stranger.ID)+"/equipment", 200, &m)
		if m.Known || m.Machine == nil || m.Machine.Serial != "SN-77" || m.Machine.Covered || len(m.Machine.Cases) != 0 {
			t.Errorf("a machine nobody has on record: %+v", m)
		}
		h.get("nobody", path, 401, nil)
		h.get("wu", "/cases/1/equipment", 404, nil)
	})
}
