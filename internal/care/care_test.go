package care_test

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
	"kezhi/internal/care"
	"kezhi/internal/channel"
	"kezhi/internal/channel/channeltest"
	"kezhi/internal/config"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/message"
)

type house struct {
	t           *testing.T
	app         *app.App
	mail        *channeltest.SMTP
	micros      atomic.Int64
	system, lin context.Context
	template    int64
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

const lin = int64(101)

func each(t *testing.T, fn func(h *house)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := &house{t: t, system: authz.With(t.Context(), authz.System("test")), mail: channeltest.NewSMTP(t)}
		h.lin = authz.With(t.Context(), authz.Actor{UserID: lin, Name: "林晓", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager})})
		h.micros.Store(time.Date(2026, 9, 20, 2, 0, 0, 0, time.UTC).UnixMicro())
		cfg := config.Config{Data: t.TempDir(), DB: dbtest.Address(t, d), Timezone: "Asia/Shanghai"}
		cfg.Channels.Mail = h.mail.Config()
		cfg.Channels.Outbound.Allow = []string{"127.0.0.1"}
		var err error
		h.app, err = app.NewAt(t.Context(), cfg, slog.New(slog.DiscardHandler), func() time.Time { return time.UnixMicro(h.micros.Add(1)).UTC() })
		h.must(err)
		t.Cleanup(func() { _ = h.app.Close() })
		h.must(d.InTx(t.Context(), func(q db.Q) error {
			_, err := q.Exec(t.Context(), `INSERT INTO app_user (id, login, name, email, password_hash, unit_id, state, locale, theme, prefs, must_change_password, version, created_at, updated_at)
				VALUES (101, 'lin', '林晓', '', '', NULL, 'active', 'zh', 'light', '{}', 0, 1, 0, 0)`)
			return err
		}))
		tpl, err := h.app.Messages.CreateTemplate(h.system, message.TemplateInput{
			Name: "节日问候", Channel: channel.Mail, Purpose: message.Greeting,
			Subject: message.Words{Zh: "{{occasion}}"}, Body: message.Words{Zh: "{{salutation}}：{{occasion}}，祝好。"},
		})
		h.must(err)
		h.template = tpl.ID
		fn(h)
	})
}

// owe makes a customer with a greeting that is owed on a day.
func (h *house) owe(code, email, on string, dutyID int64) customer.Customer {
	h.t.Helper()
	c, err := h.app.Customers.Create(h.system, customer.Input{Code: code, Party: customer.PartyOrg, Name: "客户" + code, OwnerID: lin})
	h.must(err)
	if email != "" {
		_, err = h.app.Customers.AddContact(h.system, c.ID, customer.ContactInput{Name: "王芳", Email: email})
		h.must(err)
	}
	h.must(h.app.DB.InTx(h.system, func(q db.Q) error {
		_, err := q.Exec(h.system, `INSERT INTO duty (customer_id, id, rulebook, version, scheme, rule, clause, title_zh, title_en, verdict_id, grade, activity, every, evidence, assumed, role,
				owner_id, unit_id, window_from, due_on, state, plan_key, done_on, done_at, done_by, note, fact_id, reason, idem_key, idem_hash, version_no, created_at, updated_at)
			VALUES (?,?,'b','1','s','r','1','中秋问候','Mid-Autumn greeting',0,'A','greeting','','note',0,'owner',?,0,?,?,'open',?,NULL,NULL,0,'',0,'','','',1,0,0)`,
			c.ID, dutyID, lin, on, on, "k"+code)
		return err
	}))
	return c
}

func (h *house) send(ctx context.Context, duties ...int64) []care.Outcome {
	h.t.Helper()
	out, err := h.app.Care.Send(ctx, h.template, duties)
	h.must(err)
	return out
}

func TestGreetingsGoOutOnTheirDayAndKeepTheirDuties(t *testing.T) {
	each(t, func(h *house) {
		h.owe("A", "a@example.com", "2026-09-25", 11)
		silent := h.owe("B", "", "2026-09-25", 12)
		list, _, err := h.app.Care.List(h.lin, care.Filter{From: calendar.None, To: calendar.None})
		if err != nil || len(list) != 2 || list[0].Message != nil {
			t.Fatalf("%+v, %v", list, err)
		}
		out := h.send(h.lin, 11, 12, 99)
		if out[0].Message.State != message.Queued || out[1].Message.Why != "message.no_address" || errs.CodeOf(out[2].Err) != "not_found" {
			t.Fatalf("%+v", out)
		}
		again := h.send(h.lin, 11)
		if again[0].Message.ID != out[0].Message.ID {
			t.Fatal("approved twice, queued twice")
		}
		h.must(h.app.Drain(h.system))
		if n := len(h.mail.Mails()); n != 0 {
			t.Fatalf("%d mails went out before their day", n)
		}
		// The address is found later: the same duty may be approved anew.
		_, err = h.app.Customers.AddContact(h.lin, silent.ID, customer.ContactInput{Name: "李强", Email: "b@example.com"})
		h.must(err)
		if out := h.send(h.lin, 12); out[0].Message.State != message.Queued {
			t.Fatalf("%+v", out[0])
		}
		h.micros.Store(time.Date(2026, 9, 25, 1, 0, 1, 0, time.UTC).UnixMicro()) // nine in the morning
		_, err = h.app.Messages.Deliver(h.system, func(int64) error { return nil })
		h.must(err)
		h.must(h.app.Drain(h.system))
		mails := h.mail.Mails()
		if len(mails) != 2 || !strings.Contains(mails[0].Raw, "Subject: ") {
			t.Fatalf("%d mails", len(mails))
		}
		for _, n := range []int64{11, 12} {
			d, err := h.app.Duties.Get(h.lin, n)
			if err != nil || d.State != duty.Kept || d.DoneOn.String() != "2026-09-25" || d.FactID == 0 || !strings.Contains(d.Note, "@example.com") {
				t.Fatalf("%+v, %v", d, err)
			}
		}
		if out := h.send(h.lin, 11); errs.CodeOf(out[0].Err) != "care.closed" {
			t.Fatalf("%+v", out[0])
		}
	})
}

func TestAGreetingThatComesTooLateStays(t *testing.T) {
	each(t, func(h *house) {
		h.owe("A", "a@example.com", "2026-09-20", 11)
		h.mail.Answer("a@example.com", 451)
		h.send(h.lin, 11)
		_, err := h.app.Messages.Deliver(h.system, func(int64) error { return nil })
		h.must(err)
		h.micros.Add((24 * time.Hour).Microseconds())
		h.mail.Answer("a@example.com", 0)
		_, err = h.app.Messages.Deliver(h.system, func(int64) error { return nil })
		h.must(err)
		h.must(h.app.Drain(h.system))
		list, _, err := h.app.Care.List(h.lin, care.Filter{From: calendar.None, To: calendar.None})
		if err != nil || len(list) != 1 || list[0].Message.State != message.Suppressed || list[0].Message.Why != "message.too_late" || len(h.mail.Mails()) != 0 {
			t.Fatalf("%+v, %v", list, err)
		}
	})
}

func (h *house) deliver() {
	h.t.Helper()
	_, err := h.app.Messages.Deliver(h.system, func(int64) error { return nil })
	h.must(err)
	h.must(h.app.Drain(h.system))
}

func (h *house) morningOf25() {
	h.micros.Store(time.Date(2026, 9, 25, 1, 0, 1, 0, time.UTC).UnixMicro())
}

func TestALongGreetingKeepsItsDuty(t *testing.T) {
	each(t, func(h *house) {
		tpl, err := h.app.Messages.CreateTemplate(h.system, message.TemplateInput{
			Name: "长信", Channel: channel.Mail, Purpose: message.Greeting, Subject: message.Words{Zh: "问候"}, Body: message.Words{Zh: strings.Repeat("祝好。", 1500)},
		})
		h.must(err)
		h.template = tpl.ID
		h.owe("A", "a@example.com", "2026-09-25", 11)
		h.send(h.lin, 11)
		h.morningOf25()
		h.deliver()
		d, err := h.app.Duties.Get(h.lin, 11)
		if err != nil || d.State != duty.Kept || len(h.mail.Mails()) != 1 || len([]rune(d.Note)) != 2000 {
			t.Fatalf("%s with a note of %d, %v", d.State, len([]rune(d.Note)), err)
		}
	})
}

func TestAGreetingIsNotSentWhenItIsNoLongerOwed(t *testing.T) {
	each(t, func(h *house) {
		for i, state := range []duty.State{duty.Waived, duty.Dropped} {
			dutyID := int64(11 + i)
			h.owe(string(state), "a@example.com", "2026-09-25", dutyID)
			h.send(h.lin, dutyID)
			h.must(h.app.DB.InTx(h.system, func(q db.Q) error {
				_, err := q.Exec(h.system, "UPDATE duty SET state = ? WHERE id = ?", state, dutyID)
				return err
			}))
		}
		h.owe("K", "k@example.com", "2026-09-25", 13)
		h.send(h.lin, 13)
		_, err := h.app.Duties.Do(h.lin, 13, duty.Evidence{Note: "当面问候", Reason: "提前", On: h.app.Duties.Today()})
		h.must(err)
		h.morningOf25()
		h.deliver()
		if n := len(h.mail.Mails()); n != 0 {
			t.Fatalf("%d mails", n)
		}
		list, _, err := h.app.Messages.List(h.system, message.Filter{})
		if err != nil || len(list) != 3 {
			t.Fatal(list, err)
		}
		for _, m := range list {
			if m.State != message.Suppressed || m.Why != "care.closed" {
				t.Errorf("%s: %s (%s)", m.Ref, m.State, m.Why)
			}
		}
	})
}

// The duty is settled by hand after its greeting went out and before the job comes to it.
func TestAGreetingWhoseDutyWasSettledBesideItIsAFactOfItsOwn(t *testing.T) {
	each(t, func(h *house) {
		c := h.owe("A", "a@example.com", "2026-09-25", 11)
		h.send(h.lin, 11)
		h.morningOf25()
		_, err := h.app.Messages.Deliver(h.system, func(int64) error { return nil })
		h.must(err)
		_, err = h.app.Duties.Do(h.lin, 11, duty.Evidence{Note: "当面问候", On: h.app.Duties.Today()})
		h.must(err)
		h.must(h.app.Drain(h.system))
		facts, _, err := h.app.Facts.List(h.lin, c.ID, fact.Filter{Kinds: []string{message.FactContact}, From: calendar.None, To: calendar.None})
		if err != nil || len(facts) != 1 {
			t.Fatalf("%d facts, %v", len(facts), err)
		}
		list, _, err := h.app.Messages.List(h.system, message.Filter{})
		if err != nil || len(list) != 1 || list[0].FactID != facts[0].ID {
			t.Fatal(list, err)
		}
		h.must(h.app.Messages.Record(h.system, list[0].ID))
		if again, _, err := h.app.Facts.List(h.lin, c.ID, fact.Filter{Kinds: []string{message.FactContact}, From: calendar.None, To: calendar.None}); err != nil || len(again) != 1 {
			t.Fatalf("%d facts, %v", len(again), err)
		}
	})
}

func TestOnlyGreetingsAreSentAndOnlyOnesOwn(t *testing.T) {
	each(t, func(h *house) {
		h.owe("A", "a@example.com", "2026-09-25", 11)
		wu := authz.With(t.Context(), authz.Actor{UserID: 102, Name: "吴", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager})})
		if out := h.send(wu, 11); errs.CodeOf(out[0].Err) != "not_found" {
			t.Fatalf("%+v", out)
		}
		auditor := authz.With(t.Context(), authz.Actor{UserID: 103, Name: "审", Grants: authz.GrantsOf([]string{authz.RoleAuditor})})
		if _, err := h.app.Care.Send(auditor, h.template, []int64{11}); errs.CodeOf(err) != "auth.forbidden" {
			t.Fatal(err)
		}
		offer, err := h.app.Messages.CreateTemplate(h.system, message.TemplateInput{Name: "新品", Channel: channel.SMS, Purpose: message.Offer, Body: message.Words{Zh: "好"}})
		h.must(err)
		if _, err := h.app.Care.Send(h.lin, offer.ID, []int64{11}); errs.KindOf(err) != errs.Invalid {
			t.Fatal(err)
		}
		if _, err := h.app.Care.Send(h.lin, h.template, nil); errs.KindOf(err) != errs.Invalid {
			t.Fatal(err)
		}
	})
}
