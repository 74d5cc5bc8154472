package article_test

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"kezhi/internal/app"
	"kezhi/internal/article"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/config"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/org"
	"kezhi/internal/procedure"
	"kezhi/internal/rulebook"
	"kezhi/internal/user"
)

// house is an installation with the after-sales regulation in force, a manager, two who look after customers and an auditor.
type house struct {
	t       *testing.T
	app     *app.App
	micros  atomic.Int64
	system  context.Context
	actors  map[string]authz.Actor
	manager context.Context
	lin, wu context.Context
	auditor context.Context
}

func (h *house) now() time.Time { return time.UnixMicro(h.micros.Add(1)).UTC() }

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) refused(err error, code string) {
	h.t.Helper()
	if err == nil || errs.CodeOf(err) != code {
		h.t.Fatalf("got %v, want %s", err, code)
	}
}

func each(t *testing.T, fn func(h *house)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := &house{t: t, system: authz.With(t.Context(), authz.System("test")), actors: map[string]authz.Actor{}}
		h.micros.Store(time.Date(2026, 3, 16, 2, 0, 0, 0, time.UTC).UnixMicro())
		var err error
		h.app, err = app.NewAt(t.Context(), config.Config{Data: t.TempDir(), DB: dbtest.Address(t, d), Timezone: "Asia/Shanghai"}, slog.New(slog.DiscardHandler), h.now)
		h.must(err)
		t.Cleanup(func() { _ = h.app.Close() })
		h.settle()
		fn(h)
	})
}

func (h *house) settle() {
	h.t.Helper()
	unit, err := h.app.Units.Create(h.system, org.Input{Code: new("HQ"), NameZh: new("总部"), NameEn: new("Head office")})
	h.must(err)
	for login, role := range map[string]string{
		"manager": authz.RoleRegionalManager, "lin": authz.RoleCustomerManager, "wu": authz.RoleCustomerManager, "auditor": authz.RoleAuditor,
	} {
		email, password, roles := "", "a long enough pass phrase", []string{role}
		made, err := h.app.Users.Create(h.system, user.Input{Login: &login, Name: &login, Email: &email, Password: &password, UnitID: &unit.ID, Roles: &roles})
		h.must(err)
		h.actors[login] = authz.Actor{UserID: made.ID, Name: login, Grants: authz.GrantsOf(roles), UnitIDs: []int64{unit.ID}}
	}
	as := func(login string) context.Context { return authz.With(h.t.Context(), h.actors[login]) }
	h.manager, h.lin, h.wu, h.auditor = as("manager"), as("lin"), as("wu"), as("auditor")
	_, err = h.app.Rulebooks.Adopt(h.system, rulebook.AdoptInput{Rulebook: "after-sales", EffectiveFrom: h.app.Articles.Today(), Note: "test"})
	h.must(err)
	_, err = h.app.Procedures.Appoint(h.system, procedure.HoldingInput{Post: "service_desk", UserID: h.actors["lin"].UserID, From: calendar.None, Until: calendar.None})
	h.must(err)
}

// question begins a case of technical support for a customer of lin.
func (h *house) question(text string) procedure.Case {
	h.t.Helper()
	c, err := h.app.Customers.Create(h.system, customer.Input{Party: customer.PartyOrg, Name: "东海瑞丰商贸", Status: "active", OwnerID: h.actors["lin"].UserID})
	h.must(err)
	out, err := h.app.Procedures.Start(h.lin, procedure.StartInput{
		Rulebook: "after-sales", Procedure: "technical_support", CustomerID: c.ID, Channel: "phone",
		Answers: flow.Answers{"product": {Text: "智能指纹锁"}, "question": {Text: text}, "stopped": flow.Yes(false)},
	})
	h.must(err)
	return out
}

func (h *house) answer(c procedure.Case, text string) {
	h.t.Helper()
	_, err := h.app.Procedures.Act(h.lin, c.ID, procedure.ActInput{Act: flow.Act{Kind: flow.ActAnswer, Answers: flow.Answers{"text": {Text: text}, "level": {Text: "solved"}}}})
	h.must(err)
}

func input(title, body string, tags ...string) article.Input {
	return article.Input{Title: article.Words{Zh: title}, Body: article.Words{Zh: body}, Tags: tags, ReviewOn: calendar.None}
}

func (h *house) published(title, body string, tags ...string) article.Record {
	h.t.Helper()
	r, err := h.app.Articles.Create(h.lin, input(title, body, tags...))
	h.must(err)
	r, err = h.app.Articles.Publish(h.manager, r.ID, r.Version)
	h.must(err)
	return r
}
