package message_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/channel"
	"kezhi/internal/channel/channeltest"
	"kezhi/internal/config"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/message"
	"kezhi/internal/org"
	"kezhi/internal/user"
)

// house is an installation with a mail server and a webhook of its own, a manager, two who look after customers and an auditor.
type house struct {
	t                                     *testing.T
	app                                   *app.App
	s                                     *message.Service
	mail                                  *channeltest.SMTP
	hook                                  *hook
	micros                                atomic.Int64
	system, manager, lin, wu, admin, none context.Context
	actors                                map[string]authz.Actor
	ruifeng                               customer.Customer
	wang                                  customer.Contact
}

// hook is a webhook that keeps the keys it was given.
type hook struct {
	*httptest.Server
	mu     sync.Mutex
	status int
	keys   []string
}

func newHook(t *testing.T) *hook {
	t.Helper()
	h := &hook{status: 200}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.keys = append(h.keys, r.Header.Get(channel.HeaderKey))
		if h.status == 0 {
			panic(http.ErrAbortHandler)
		}
		w.WriteHeader(h.status)
		_, _ = io.WriteString(w, `{"id":"hook-1"}`)
	}))
	t.Cleanup(h.Close)
	return h
}

func (h *hook) answer(status int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.status = status
}

func (h *hook) taken() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string(nil), h.keys...)
}

// morning is a Monday at ten in the organisation.
var morning = time.Date(2026, 3, 16, 2, 0, 0, 0, time.UTC)

func (h *house) now() time.Time       { return time.UnixMicro(h.micros.Add(1)).UTC() }
func (h *house) move(d time.Duration) { h.micros.Add(d.Microseconds()) }

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
		h := &house{t: t, system: authz.With(t.Context(), authz.System("test")), none: t.Context(), mail: channeltest.NewSMTP(t), hook: newHook(t), actors: map[string]authz.Actor{}}
		h.micros.Store(morning.UnixMicro())
		cfg := config.Config{Data: t.TempDir(), DB: dbtest.Address(t, d), Timezone: "Asia/Shanghai", PublicURL: "https://kezhi.example.com"}
		cfg.Channels.Outbound.Allow = []string{"127.0.0.1"}
		cfg.Channels.Mail = h.mail.Config()
		cfg.Channels.Webhook = channel.WebhookConfig{URL: h.hook.URL, Secret: "s"}
		var err error
		h.app, err = app.NewAt(t.Context(), cfg, slog.New(slog.DiscardHandler), h.now)
		h.must(err)
		t.Cleanup(func() { _ = h.app.Close() })
		h.s = h.app.Messages
		h.furnish()
		fn(h)
	})
}

func (h *house) furnish() {
	h.t.Helper()
	unit, err := h.app.Units.Create(h.system, org.Input{Code: new("HQ"), NameZh: new("总部"), NameEn: new("Head office")})
	h.must(err)
	for login, role := range map[string]string{
		"manager": authz.RoleRegionalManager, "lin": authz.RoleCustomerManager, "wu": authz.RoleCustomerManager, "auditor": authz.RoleAuditor, "admin": authz.RoleAdmin,
	} {
		email, password, roles := "", "a long enough pass phrase", []string{role}
		made, err := h.app.Users.Create(h.system, user.Input{Login: &login, Name: &login, Email: &email, Password: &password, UnitID: &unit.ID, Roles: &roles})
		h.must(err)
		h.actors[login] = authz.Actor{UserID: made.ID, Name: login, Grants: authz.GrantsOf(roles), UnitIDs: []int64{unit.ID}}
	}
	as := func(login string) context.Context { return authz.With(h.t.Context(), h.actors[login]) }
	h.manager, h.lin, h.wu, h.admin = as("manager"), as("lin"), as("wu"), as("admin")
	h.ruifeng, err = h.app.Customers.Create(h.system, customer.Input{
		Code: "C1", Party: customer.PartyOrg, Name: "东海瑞丰商贸", NameEN: "Ruifeng Trading", OwnerID: h.actors["lin"].UserID,
	})
	h.must(err)
	h.wang, err = h.app.Customers.AddContact(h.lin, h.ruifeng.ID, customer.ContactInput{Name: "王芳", Title: "总经理", Email: "wang@example.com", Phone: "13800138000", Primary: true})
	h.must(err)
}

func (h *house) template(in message.TemplateInput) message.Template {
	h.t.Helper()
	t, err := h.s.CreateTemplate(h.manager, in)
	h.must(err)
	return t
}

func (h *house) greeting() message.Template {
	return h.template(message.TemplateInput{
		Name: "新春问候", Channel: channel.Mail, Purpose: message.Greeting,
		Subject: message.Words{Zh: "{{salutation}}，{{occasion}}快乐", En: "Happy {{occasion}}, {{salutation}}"},
		Body:    message.Words{Zh: "{{ salutation }}：\n祝{{customer.name}}全体{{occasion}}快乐。\n{{owner.name}}", En: "Dear {{salutation}},\nour best wishes to {{customer.name}}."},
	})
}

func (h *house) send(ctx context.Context, in message.SendInput) message.Message {
	h.t.Helper()
	in.CustomerID = h.ruifeng.ID
	m, err := h.s.Send(ctx, in)
	h.must(err)
	return m
}

func (h *house) deliver() message.Delivered {
	h.t.Helper()
	d, err := h.s.Deliver(h.t.Context(), func(int64) error { return nil })
	h.must(err)
	return d
}

func (h *house) get(messageID int64) message.Message {
	h.t.Helper()
	m, err := h.s.Get(h.system, messageID)
	h.must(err)
	return m
}

func (h *house) want(messageID int64, state message.State, why string) message.Message {
	h.t.Helper()
	m := h.get(messageID)
	if m.State != state || m.Why != why {
		h.t.Fatalf("the message is %s (%s %v), want %s (%s)", m.State, m.Why, m.WhyArgs, state, why)
	}
	return m
}
