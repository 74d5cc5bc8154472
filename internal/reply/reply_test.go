package reply_test

import (
	"context"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/channel"
	"kezhi/internal/channel/channeltest"
	"kezhi/internal/config"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/message"
	"kezhi/internal/procedure"
	"kezhi/internal/reply"
	"kezhi/internal/rulebook"
	"kezhi/internal/user"
)

type house struct {
	t           *testing.T
	app         *app.App
	mail        *channeltest.SMTP
	micros      atomic.Int64
	system, lin context.Context
	linID       int64
	customer    customer.Customer
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func each(t *testing.T, fn func(h *house)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := &house{t: t, system: authz.With(t.Context(), authz.System("test")), mail: channeltest.NewSMTP(t)}
		h.micros.Store(time.Date(2026, 3, 16, 2, 0, 0, 0, time.UTC).UnixMicro()) // a Monday at ten
		cfg := config.Config{Data: t.TempDir(), DB: dbtest.Address(t, d), Timezone: "Asia/Shanghai"}
		cfg.Channels.Mail = h.mail.Config()
		cfg.Channels.Outbound.Allow = []string{"127.0.0.1"}
		var err error
		h.app, err = app.NewAt(t.Context(), cfg, slog.New(slog.DiscardHandler), func() time.Time { return time.UnixMicro(h.micros.Add(1)).UTC() })
		h.must(err)
		t.Cleanup(func() { _ = h.app.Close() })
		login, email, password, roles := "lin", "", "a long enough pass phrase", []string{authz.RoleCustomerManager}
		made, err := h.app.Users.Create(h.system, user.Input{Login: &login, Name: &login, Email: &email, Password: &password, Roles: &roles})
		h.must(err)
		h.linID = made.ID
		h.lin = authz.With(t.Context(), authz.Actor{UserID: made.ID, Name: login, Grants: authz.GrantsOf(roles)})
		_, err = h.app.Rulebooks.Adopt(h.system, rulebook.AdoptInput{Rulebook: "service-desk", EffectiveFrom: h.app.Messages.Today(), Note: "test"})
		h.must(err)
		for _, post := range []string{"service_desk", "service_manager"} {
			_, err = h.app.Procedures.Appoint(h.system, procedure.HoldingInput{Post: post, UserID: h.linID, From: h.app.Messages.Today(), Until: calendar.None})
			h.must(err)
		}
		h.customer, err = h.app.Customers.Create(h.system, customer.Input{Code: "C1", Party: customer.PartyOrg, Name: "东海瑞丰商贸", OwnerID: h.linID})
		h.must(err)
		_, err = h.app.Customers.AddContact(h.lin, h.customer.ID, customer.ContactInput{Name: "王芳", Email: "wang@example.com"})
		h.must(err)
		fn(h)
	})
}

// enquire begins an enquiry of the customer; 0 = of nobody on file.
func (h *house) enquire(customerID int64) int64 {
	h.t.Helper()
	c, err := h.app.Procedures.Start(h.lin, procedure.StartInput{Rulebook: "service-desk", Procedure: "enquiry", CustomerID: customerID, Channel: "phone", Answers: flow.Answers{
		"topic": {Text: "product"}, "question": {Text: "能不能装？"}, "restated": {Text: "能否沿用烟道。"}, "language": {Text: "zh"},
	}})
	h.must(err)
	return c.ID
}

func (h *house) answer(caseID int64) {
	h.t.Helper()
	_, err := h.app.Procedures.Act(h.lin, caseID, procedure.ActInput{Act: flow.Act{Kind: flow.ActAnswer, Answers: flow.Answers{
		"known": flow.Yes(true), "text": {Text: "可以沿用，须加装止逆阀。"},
	}}})
	h.must(err)
}

func (h *house) sentLines(caseID int64) (out []procedure.Act) {
	h.t.Helper()
	c, err := h.app.Procedures.Get(h.lin, caseID)
	h.must(err)
	for _, a := range c.History {
		if a.Act == procedure.ActSent {
			out = append(out, a)
		}
	}
	return out
}

func TestAnAnswerGoesOutOnceAndTheCaseTellsOfIt(t *testing.T) {
	each(t, func(h *house) {
		id := h.enquire(h.customer.ID)
		if list, err := h.app.Replies.Answers(h.lin, id); err != nil || len(list) != 0 {
			t.Fatalf("%+v, %v", list, err)
		}
		if _, err := h.app.Replies.Send(h.lin, id, reply.Input{Step: "answer"}); errs.CodeOf(err) != "reply.not_said" {
			t.Fatal(err)
		}
		h.answer(id)
		list, err := h.app.Replies.Answers(h.lin, id)
		if err != nil || len(list) != 1 || list[0].Message != nil || !strings.Contains(list[0].Words("zh"), "止逆阀") {
			t.Fatalf("%+v, %v", list, err)
		}
		in := reply.Input{Step: list[0].Step}
		p, err := h.app.Replies.Preview(h.lin, id, in)
		if err != nil || p.Gate.Passage != message.Yes || p.Purpose != message.Answer || p.Address != "wang@example.com" || !strings.Contains(p.Body, "止逆阀") {
			t.Fatalf("%+v, %v", p, err)
		}
		first, err := h.app.Replies.Send(h.lin, id, in)
		h.must(err)
		again, err := h.app.Replies.Send(h.lin, id, in)
		if err != nil || again.ID != first.ID {
			t.Fatalf("sent twice: %d, %d, %v", first.ID, again.ID, err)
		}
		h.must(h.app.Drain(h.system))
		lines := h.sentLines(id)
		if len(h.mail.Mails()) != 1 || len(lines) != 1 || lines[0].ActorID != h.linID || !strings.Contains(lines[0].Reason, "wang@example.com") {
			t.Fatalf("%d mails, %+v", len(h.mail.Mails()), lines)
		}
		// Nobody on file cannot be written to.
		stranger := h.enquire(0)
		h.answer(stranger)
		if _, err := h.app.Replies.Send(h.lin, stranger, in); errs.CodeOf(err) != "reply.no_customer" {
			t.Fatal(err)
		}
	})
}

func TestDoNotContactHoldsForAnswersAndTheCapDoesNot(t *testing.T) {
	each(t, func(h *house) {
		policy, err := h.app.Messages.Policy(h.system)
		h.must(err)
		policy.Cap, policy.CapDays = 1, 30
		_, err = h.app.Messages.SetPolicy(h.system, policy)
		h.must(err)
		id := h.enquire(h.customer.ID)
		h.answer(id)
		list, err := h.app.Replies.Answers(h.lin, id)
		h.must(err)
		in := reply.Input{Step: list[0].Step}
		_, err = h.app.Messages.Send(h.lin, message.SendInput{CustomerID: h.customer.ID, Channel: channel.Mail, Purpose: message.Notice, Subject: "通知", Body: "价格"})
		h.must(err)
		h.must(h.app.Drain(h.system))
		w, err := h.app.Messages.SetWish(h.lin, h.customer.ID, 0, 0, message.WishInput{Blocked: true, Reason: "客户要求"})
		h.must(err)
		held, err := h.app.Replies.Send(h.lin, id, in)
		if err != nil || held.State != message.Suppressed || held.Why != "message.do_not_contact" {
			t.Fatalf("%+v, %v", held, err)
		}
		h.must(h.app.Drain(h.system))
		if len(h.sentLines(id)) != 0 || len(h.mail.Mails()) != 1 {
			t.Fatal("what was held back is told as sent")
		}
		_, err = h.app.Messages.SetWish(h.lin, h.customer.ID, 0, w.Version, message.WishInput{})
		h.must(err)
		if m, err := h.app.Replies.Send(h.lin, id, in); err != nil || m.State != message.Queued || m.Why != "" {
			t.Fatalf("an answer is not held by the cap: %+v, %v", m, err)
		}
		h.must(h.app.Drain(h.system))
		if len(h.mail.Mails()) != 2 || len(h.sentLines(id)) != 1 {
			t.Fatalf("%d mails", len(h.mail.Mails()))
		}
	})
}
