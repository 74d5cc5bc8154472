package message_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/channel"
	"kezhi/internal/customer"
	"kezhi/internal/fact"
	"kezhi/internal/message"
)

func TestAMessageGoesOutOnceAndBecomesAFact(t *testing.T) {
	each(t, func(h *house) {
		tpl := h.greeting()
		in := message.SendInput{CustomerID: h.ruifeng.ID, Channel: channel.Mail, TemplateID: tpl.ID, Values: map[string]string{"occasion": "新春"}, Key: "k1"}
		p, err := h.s.Preview(h.lin, in)
		h.must(err)
		if p.Gate.Passage != message.Yes || p.Recipient != "王芳" || p.Address != "wang@example.com" || p.Subject != "王芳，新春快乐" || !strings.Contains(p.Body, "东海瑞丰商贸") || !strings.HasSuffix(p.Body, "lin") {
			t.Fatalf("%+v", p)
		}
		first := h.send(h.lin, in)
		if again := h.send(h.lin, in); again.ID != first.ID || first.State != message.Queued {
			t.Fatalf("the same request made %d and %d (%s)", first.ID, again.ID, first.State)
		}
		other := in
		other.Values = map[string]string{"occasion": "中秋"}
		_, err = h.s.Send(h.lin, other)
		h.refused(err, "message.key_reused")
		h.must(h.app.Drain(h.system))
		m := h.want(first.ID, message.Sent, "")
		if len(h.mail.Mails()) != 1 || m.ProviderID == "" || m.FactID == 0 || m.Attempts != 1 {
			t.Fatalf("%d mails, %+v", len(h.mail.Mails()), m)
		}
		facts, _, err := h.app.Facts.List(h.lin, h.ruifeng.ID, fact.Filter{Kinds: []string{message.FactContact}, From: calendar.None, To: calendar.None})
		if err != nil || len(facts) != 1 {
			t.Fatalf("%d facts, %v", len(facts), err)
		}
		if d := h.deliver(); d != (message.Delivered{}) || len(h.mail.Mails()) != 1 {
			t.Fatalf("%+v", d)
		}
		// What is not the person's is not there.
		_, err = h.s.Get(h.wu, first.ID)
		h.refused(err, "not_found")
		_, err = h.s.Send(h.wu, in)
		h.refused(err, "not_found")
		list, _, err := h.s.List(h.wu, message.Filter{})
		if err != nil || len(list) != 0 {
			t.Fatalf("%v, %v", list, err)
		}
		list, _, err = h.s.List(h.lin, message.Filter{States: []message.State{message.Sent}, Channel: channel.Mail})
		if err != nil || len(list) != 1 {
			t.Fatalf("%v, %v", list, err)
		}
		if _, err := h.s.Preview(h.none, in); err == nil {
			t.Fatal("nobody may preview")
		}
	})
}

func TestWishesHoldWhenQueuedAndWhenSent(t *testing.T) {
	each(t, func(h *house) {
		in := message.SendInput{Channel: channel.Mail, Purpose: message.Notice, Subject: "价格调整", Body: "见附件。"}
		waiting := h.send(h.lin, in)
		w, err := h.s.SetWish(h.lin, h.ruifeng.ID, h.wang.ID, 0, message.WishInput{Salutation: "王总", Language: message.English, Out: []channel.Name{channel.Mail}})
		h.must(err)
		_, err = h.s.SetWish(h.lin, h.ruifeng.ID, h.wang.ID, 0, message.WishInput{})
		h.refused(err, "precondition_failed")
		_, err = h.s.SetWish(h.wu, h.ruifeng.ID, h.wang.ID, w.Version, message.WishInput{})
		h.refused(err, "not_found")
		_, err = h.s.SetWish(h.lin, h.ruifeng.ID, 12345, 0, message.WishInput{})
		h.refused(err, "not_found")
		h.deliver()
		h.want(waiting.ID, message.Suppressed, "message.opted_out")
		now := h.send(h.lin, in)
		if now.State != message.Suppressed || now.Why != "message.opted_out" {
			t.Fatalf("%+v", now)
		}
		h.must(func() error {
			_, err := h.s.SetWish(h.lin, h.ruifeng.ID, h.wang.ID, w.Version, message.WishInput{Salutation: "王总", Language: message.English})
			return err
		}())
		tpl := h.greeting()
		in.TemplateID, in.Subject, in.Body, in.Values = tpl.ID, "", "", map[string]string{"occasion": "Spring Festival"}
		in.CustomerID = h.ruifeng.ID
		p, err := h.s.Preview(h.lin, in)
		if err != nil || p.Subject != "Happy Spring Festival, 王总" || !strings.Contains(p.Body, "Ruifeng Trading") || p.Language != message.English {
			t.Fatalf("%+v, %v", p, err)
		}
		_, err = h.s.SetWish(h.lin, h.ruifeng.ID, 0, 0, message.WishInput{WeCom: "@all"})
		h.refused(err, "invalid_input")
		_, err = h.s.SetWish(h.lin, h.ruifeng.ID, 0, 0, message.WishInput{Blocked: true})
		h.refused(err, "invalid_input")
		_, err = h.s.SetWish(h.lin, h.ruifeng.ID, 0, 0, message.WishInput{Blocked: true, Reason: "客户要求"})
		h.must(err)
		if m := h.send(h.lin, in); m.Why != "message.do_not_contact" {
			t.Fatalf("%+v", m)
		}
		if n := len(h.mail.Mails()); n != 0 {
			t.Fatalf("%d mails went out", n)
		}
	})
}

func TestAMessageThatWaitedGoesToWhoIsThereNow(t *testing.T) {
	each(t, func(h *house) {
		in := message.SendInput{Channel: channel.Mail, Purpose: message.Notice, Subject: "价格调整", Body: "见附件。", NotBefore: h.now().Add(time.Hour)}
		moved := h.send(h.lin, in)
		wang, err := h.app.Customers.ChangeContact(h.lin, h.ruifeng.ID, h.wang.ID, h.wang.Version, func(in *customer.ContactInput) { in.Email = "fang@example.com" })
		h.must(err)
		h.move(2 * time.Hour)
		h.deliver()
		if m := h.want(moved.ID, message.Sent, ""); m.Address != "fang@example.com" || !strings.Contains(h.mail.Mails()[0].To, "fang@example.com") {
			t.Fatalf("%+v", m)
		}
		in.NotBefore = h.now().Add(time.Hour)
		gone := h.send(h.lin, in)
		_, err = h.app.Customers.ArchiveContact(h.lin, h.ruifeng.ID, wang.ID, wang.Version)
		h.must(err)
		h.move(2 * time.Hour)
		h.deliver()
		h.want(gone.ID, message.Suppressed, "message.no_address")
		_, err = h.app.Customers.AddContact(h.lin, h.ruifeng.ID, customer.ContactInput{Name: "李强", Email: "li@example.com"})
		h.must(err)
		in.NotBefore = h.now().Add(time.Hour)
		archived := h.send(h.lin, in)
		c, err := h.app.Customers.Get(h.system, h.ruifeng.ID)
		h.must(err)
		_, err = h.app.Customers.Archive(h.system, c.ID, c.Version, "停业")
		h.must(err)
		h.move(2 * time.Hour)
		h.deliver()
		h.want(archived.ID, message.Suppressed, "message.archived")
		if n := len(h.mail.Mails()); n != 1 {
			t.Fatalf("%d mails", n)
		}
	})
}

func TestQuietHoursAndTheCapDelay(t *testing.T) {
	each(t, func(h *house) {
		_, err := h.s.SetPolicy(h.lin, message.Policy{})
		h.refused(err, "auth.forbidden")
		_, err = h.s.SetPolicy(h.admin, message.Policy{QuietFrom: 9999})
		h.refused(err, "invalid_input")
		_, err = h.s.SetPolicy(h.admin, message.Policy{QuietFrom: 21 * 60, QuietTo: 8 * 60, Cap: 1, CapDays: 7, Language: message.Chinese})
		h.must(err)
		h.move(12 * time.Hour) // ten in the evening
		in := message.SendInput{Channel: channel.Mail, Purpose: message.Offer, Subject: "新品", Body: "请看。"}
		first := h.send(h.lin, in)
		h.deliver()
		h.want(first.ID, message.Queued, "message.quiet")
		h.move(10*time.Hour + time.Minute)
		h.deliver()
		h.want(first.ID, message.Sent, "")
		second := h.send(h.lin, in)
		if second.Why != "message.cap" || second.NextAt <= h.micros.Load() {
			t.Fatalf("%+v", second)
		}
		answer := h.send(h.lin, message.SendInput{Channel: channel.Mail, Purpose: message.Answer, Subject: "答复", Body: "已处理。"})
		h.deliver()
		h.want(answer.ID, message.Sent, "")
		h.want(second.ID, message.Queued, "message.cap")
		h.move(7 * 24 * time.Hour)
		h.deliver()
		h.want(second.ID, message.Sent, "")
		if n := len(h.mail.Mails()); n != 3 {
			t.Fatalf("%d mails", n)
		}
	})
}

func TestAnOutageIsWaitedOutAndShown(t *testing.T) {
	each(t, func(h *house) {
		h.mail.Answer("wang@example.com", 451)
		in := message.SendInput{Channel: channel.Mail, Purpose: message.Answer, Subject: "答复", Body: "已处理。"}
		m := h.send(h.lin, in)
		pauses := []time.Duration{}
		for range 4 {
			h.deliver()
			got := h.want(m.ID, message.Queued, "message.temporary")
			pause := time.Duration(got.NextAt-h.micros.Load()) * time.Microsecond
			pauses = append(pauses, pause.Round(time.Minute))
			h.deliver() // before its time nothing happens
			if again := h.get(m.ID); again.Attempts != got.Attempts {
				t.Fatal("it was tried before its time")
			}
			h.move(pause)
		}
		if pauses[0] != time.Minute || pauses[3] != 8*time.Minute {
			t.Fatalf("%v", pauses)
		}
		h.mail.Answer("wang@example.com", 0)
		h.deliver()
		h.want(m.ID, message.Sent, "")

		h.mail.Answer("wang@example.com", 550)
		m = h.send(h.lin, in)
		h.deliver()
		h.want(m.ID, message.Failed, "message.permanent")
		h.mail.Answer("wang@example.com", 0)
		_, err := h.s.Stop(h.lin, m.ID)
		h.refused(err, "message.wrong_state")
		_, err = h.s.Again(h.wu, m.ID)
		h.refused(err, "not_found")
		_, err = h.s.Again(h.lin, m.ID)
		h.must(err)
		h.deliver()
		h.want(m.ID, message.Sent, "")

		h.mail.Answer("wang@example.com", 451)
		m = h.send(h.lin, in)
		for range 24 { // no attempt is made at night
			h.deliver()
			h.move(time.Hour)
		}
		if got := h.get(m.ID); got.State != message.Failed || got.Attempts != 12 {
			t.Fatalf("%s after %d attempts", got.State, got.Attempts)
		}
		m = h.send(h.lin, in)
		_, err = h.s.Stop(h.lin, m.ID)
		h.must(err)
		h.deliver()
		h.want(m.ID, message.Stopped, "")
	})
}

func TestWhatCannotBeKnownIsNotSentAgainByItself(t *testing.T) {
	each(t, func(h *house) {
		h.mail.Break(true)
		m := h.send(h.lin, message.SendInput{Channel: channel.Mail, Purpose: message.Answer, Subject: "答复", Body: "已处理。"})
		h.deliver()
		h.want(m.ID, message.Unclear, "message.unclear")
		h.mail.Break(false)
		h.move(24 * time.Hour)
		h.deliver()
		if n := len(h.mail.Mails()); n != 1 {
			t.Fatalf("%d mails", n)
		}
		_, err := h.s.Arrived(h.lin, m.ID)
		h.must(err)
		if got := h.want(m.ID, message.Sent, ""); got.FactID == 0 {
			t.Fatal("no fact")
		}
		// The webhook knows a message again by its key: it gets the same one until it says something.
		h.hook.answer(0)
		m = h.send(h.lin, message.SendInput{Channel: channel.Webhook, Purpose: message.Answer, Body: "已处理。"})
		h.deliver()
		h.want(m.ID, message.Queued, "message.unclear")
		h.hook.answer(200)
		h.move(time.Hour)
		h.deliver()
		keys := h.hook.taken()
		if got := h.want(m.ID, message.Sent, ""); got.ProviderID != "hook-1" || len(keys) < 2 || keys[0] != keys[len(keys)-1] {
			t.Fatalf("%+v, keys %v", got, keys)
		}
	})
}

// dying is a channel whose process ends while it sends.
type dying struct{ channel.Sender }

func (dying) Repeatable() time.Duration { return 0 }
func (dying) Send(context.Context, channel.Message) (channel.Receipt, error) {
	panic("the process ends here")
}

func TestAnInterruptedMailIsAskedAbout(t *testing.T) {
	each(t, func(h *house) {
		m := h.send(h.lin, message.SendInput{Channel: channel.Mail, Purpose: message.Answer, Subject: "答复", Body: "已处理。"})
		broken := message.New(message.Deps{
			DB: h.app.DB, Now: h.now, Loc: time.FixedZone("CST", 8*3600), Bus: h.app.Bus, Queue: h.app.Queue, Customers: h.app.Customers, Facts: h.app.Facts,
			Channels: (&channel.Set{}).With(channel.Mail, dying{}), Log: slog.New(slog.DiscardHandler),
		})
		func() {
			defer func() { _ = recover() }()
			_, _ = broken.Deliver(authz.With(t.Context(), authz.System("test")), func(int64) error { return nil })
		}()
		h.want(m.ID, message.Sending, "")
		h.deliver()
		h.want(m.ID, message.Sending, "") // it may still be under way in another process
		h.move(4 * time.Minute)
		h.deliver()
		h.want(m.ID, message.Unclear, "message.interrupted")
		if n := len(h.mail.Mails()); n != 0 {
			t.Fatalf("%d mails", n)
		}
	})
}

// forgetful is a channel that knows a message again for an hour, and whose answers get lost.
type forgetful struct{ handed *int }

func (forgetful) Repeatable() time.Duration { return time.Hour }
func (f forgetful) Send(context.Context, channel.Message) (channel.Receipt, error) {
	*f.handed++
	return channel.Receipt{}, &channel.SendError{Class: channel.Unclear, Reply: "lost"}
}

func TestAMessageInDoubtIsRepeatedOnlyWhileItIsKnownAgain(t *testing.T) {
	each(t, func(h *house) {
		handed := 0
		doubtful := message.New(message.Deps{
			DB: h.app.DB, Now: h.now, Loc: time.FixedZone("CST", 8*3600), Bus: h.app.Bus, Queue: h.app.Queue, Customers: h.app.Customers, Facts: h.app.Facts,
			Channels: (&channel.Set{}).With(channel.Mail, forgetful{&handed}), Log: slog.New(slog.DiscardHandler),
		})
		deliver := func() {
			_, err := doubtful.Deliver(authz.With(t.Context(), authz.System("test")), func(int64) error { return nil })
			h.must(err)
		}
		m := h.send(h.lin, message.SendInput{Channel: channel.Mail, Purpose: message.Answer, Subject: "答复", Body: "已处理。"})
		deliver()
		h.want(m.ID, message.Queued, "message.unclear")
		h.move(10 * time.Minute)
		deliver()
		h.want(m.ID, message.Queued, "message.unclear")
		h.move(2 * time.Hour) // nobody delivered meanwhile
		deliver()
		if h.want(m.ID, message.Unclear, "message.interrupted"); handed != 2 {
			t.Fatalf("handed over %d times", handed)
		}
		_, err := doubtful.Again(h.lin, m.ID) // a person has looked
		h.must(err)
		deliver()
		if h.want(m.ID, message.Queued, "message.unclear"); handed != 3 {
			t.Fatalf("handed over %d times", handed)
		}
	})
}

var link = regexp.MustCompile(`List-Unsubscribe: <https://kezhi\.example\.com(/api/v1/public/messages/unsubscribe/([^>]+))>`)

func TestALinkInTheMailTakesOneOffTheList(t *testing.T) {
	each(t, func(h *house) {
		h.send(h.lin, message.SendInput{Channel: channel.Mail, Purpose: message.Offer, Subject: "新品", Body: "请看。"})
		h.deliver()
		raw := strings.ReplaceAll(h.mail.Mails()[0].Raw, "\r\n ", "")
		found := link.FindStringSubmatch(raw)
		if found == nil {
			t.Fatalf("no link in %s", raw)
		}
		handler, err := h.app.Handler()
		h.must(err)
		srv := httptest.NewServer(handler)
		defer srv.Close()
		client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		ask := func(method, path, body string) int {
			req, err := http.NewRequest(method, srv.URL+path, strings.NewReader(body))
			h.must(err)
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			res, err := client.Do(req)
			h.must(err)
			_ = res.Body.Close()
			return res.StatusCode
		}
		if got := ask(http.MethodGet, found[1], ""); got != http.StatusSeeOther {
			t.Fatalf("looking gives %d", got)
		}
		in := message.SendInput{Channel: channel.Mail, Purpose: message.Offer, Subject: "新品", Body: "请看。"}
		if m := h.send(h.lin, in); m.State != message.Queued {
			t.Fatalf("looking changed something: %+v", m)
		}
		for range 2 {
			if got := ask(http.MethodPost, found[1], "List-Unsubscribe=One-Click"); got != http.StatusOK {
				t.Fatalf("%d", got)
			}
		}
		if m := h.send(h.lin, in); m.Why != "message.opted_out" {
			t.Fatalf("%+v", m)
		}
		wishes, err := h.s.Wishes(h.lin, h.ruifeng.ID)
		if err != nil || len(wishes) != 1 || wishes[0].Consents[0].Source != message.SourceLink {
			t.Fatalf("%+v, %v", wishes, err)
		}
		if got := ask(http.MethodPost, found[1]+"?back=true", ""); got != http.StatusOK {
			t.Fatalf("%d", got)
		}
		if m := h.send(h.lin, in); m.State != message.Queued {
			t.Fatalf("%+v", m)
		}
		if got := ask(http.MethodPost, found[1][:len(found[1])-1]+"x", ""); got != http.StatusNotFound {
			t.Fatalf("a forged link gives %d", got)
		}
	})
}

func TestTemplatesAreKept(t *testing.T) {
	each(t, func(h *house) {
		tpl := h.greeting()
		_, err := h.s.CreateTemplate(h.lin, message.TemplateInput{})
		h.refused(err, "auth.forbidden")
		in := message.TemplateInput{Name: tpl.Name, Channel: channel.SMS, Purpose: message.Offer, Body: message.Words{Zh: "好"}}
		_, err = h.s.CreateTemplate(h.manager, in)
		h.refused(err, "message.name_taken")
		in.Name = "短信"
		changed, err := h.s.UpdateTemplate(h.manager, tpl.ID, tpl.Version, in)
		if err != nil || changed.Version != tpl.Version+1 || changed.Channel != channel.SMS {
			t.Fatal(changed, err)
		}
		_, err = h.s.UpdateTemplate(h.manager, tpl.ID, tpl.Version, in)
		h.refused(err, "precondition_failed")
		_, err = h.s.Send(h.lin, message.SendInput{CustomerID: h.ruifeng.ID, Channel: channel.Mail, TemplateID: tpl.ID})
		h.refused(err, "invalid_input")
		if m := h.send(h.lin, message.SendInput{TemplateID: tpl.ID}); m.Why != "message.channel_missing" || m.Address != "+8613800138000" {
			t.Fatalf("%+v", m)
		}
		_, err = h.s.ArchiveTemplate(h.manager, tpl.ID, changed.Version)
		h.must(err)
		list, err := h.s.Templates(h.lin)
		if err != nil || len(list) != 3 {
			t.Fatal(list, err)
		}
		_, err = h.s.Send(h.lin, message.SendInput{CustomerID: h.ruifeng.ID, TemplateID: tpl.ID})
		h.refused(err, "invalid_input")
		h.greeting() // its name is free again
	})
}

// Where nobody set how the organisation calls itself, messages take the name of the unit at the top.
func TestTheOrganisationIsNamed(t *testing.T) {
	each(t, func(h *house) {
		tpl := h.template(message.TemplateInput{Name: "致谢", Channel: channel.Mail, Purpose: message.Greeting, Subject: message.Words{Zh: "致谢"}, Body: message.Words{Zh: "{{organisation}}敬上"}})
		if m := h.send(h.lin, message.SendInput{TemplateID: tpl.ID}); m.Body != "总部敬上" {
			t.Errorf("not set: %q", m.Body)
		}
		p, err := h.s.Policy(h.manager)
		h.must(err)
		p.Organisation = message.WordsView{Zh: "客知商行"}
		_, err = h.s.SetPolicy(h.admin, p)
		h.must(err)
		if m := h.send(h.lin, message.SendInput{TemplateID: tpl.ID}); m.Body != "客知商行敬上" {
			t.Errorf("set: %q", m.Body)
		}
	})
}

func TestAnAdministratorTriesAChannel(t *testing.T) {
	each(t, func(h *house) {
		_, err := h.s.TestSend(h.lin, channel.Mail, "me@example.com")
		h.refused(err, "auth.forbidden")
		_, err = h.s.TestSend(h.admin, channel.WeCom, "wang|li")
		h.refused(err, "invalid_input")
		_, err = h.s.TestSend(h.admin, channel.SMS, "+8613800138000")
		h.refused(err, "message.channel_missing")
		m, err := h.s.TestSend(h.admin, channel.Mail, "me@example.com")
		h.must(err)
		h.move(12 * time.Hour) // also at night
		h.deliver()
		if got, err := h.s.Get(h.admin, m.ID); err != nil || got.State != message.Sent || got.FactID != 0 {
			t.Fatal(got, err)
		}
		_, err = h.s.Get(h.manager, m.ID)
		h.refused(err, "not_found")
	})
}

// What goes by a template goes the way its recipient likes best, where it can; otherwise by the template's channel.
func TestTheChannelSomebodyLikesBestComesFirst(t *testing.T) {
	each(t, func(h *house) {
		tpl := h.greeting()
		in := message.SendInput{CustomerID: h.ruifeng.ID, TemplateID: tpl.ID, Preferred: true, Values: map[string]string{"occasion": "新春"}}
		_, err := h.s.SetWish(h.lin, h.ruifeng.ID, 0, 0, message.WishInput{Channel: channel.Webhook, Out: []channel.Name{channel.Webhook}})
		h.refused(err, "invalid_input")
		_, err = h.s.SetWish(h.lin, h.ruifeng.ID, 0, 0, message.WishInput{Channel: "pigeon"})
		h.refused(err, "invalid_input")
		whole, err := h.s.SetWish(h.lin, h.ruifeng.ID, 0, 0, message.WishInput{Channel: channel.Webhook, Taboos: "不送钟表"})
		h.must(err)
		if whole.Channel != channel.Webhook || whole.Taboos != "不送钟表" {
			t.Fatalf("%+v", whole)
		}
		p, err := h.s.Preview(h.lin, in)
		if err != nil || p.Channel != channel.Webhook || p.Address != "C1" || p.Gate.Passage != message.Yes || p.Subject == "" {
			t.Fatalf("%+v, %v", p, err)
		}
		gate, err := h.s.May(h.lin, h.ruifeng.ID, 0, channel.SMS, message.Notice, h.now())
		if err != nil || gate.Passage != message.Yes {
			t.Fatalf("the way it likes best is open: %+v, %v", gate, err)
		}
		sent := h.send(h.lin, in)
		h.deliver()
		if h.want(sent.ID, message.Sent, "").Channel != channel.Webhook || len(h.hook.taken()) != 1 || len(h.mail.Mails()) != 0 {
			t.Fatalf("%d mails, %d by the webhook", len(h.mail.Mails()), len(h.hook.taken()))
		}
		// Who asks for a channel gets it, and a channel that is not set up is passed over.
		in.Preferred = false
		if p, err := h.s.Preview(h.lin, in); err != nil || p.Channel != channel.Mail {
			t.Fatalf("%+v, %v", p, err)
		}
		in.Preferred = true
		whole, err = h.s.SetWish(h.lin, h.ruifeng.ID, 0, whole.Version, message.WishInput{Channel: channel.SMS})
		h.must(err)
		if p, err := h.s.Preview(h.lin, in); err != nil || p.Channel != channel.Mail || p.Gate.Passage != message.Yes {
			t.Fatalf("%+v, %v", p, err)
		}
		// What the person wants comes before what the customer wants.
		_, err = h.s.SetWish(h.lin, h.ruifeng.ID, h.wang.ID, 0, message.WishInput{Channel: channel.Webhook, Taboos: "不喝酒"})
		h.must(err)
		in.ContactID = h.wang.ID
		if p, err := h.s.Preview(h.lin, in); err != nil || p.Channel != channel.Webhook || p.Recipient != "王芳" {
			t.Fatalf("%+v, %v", p, err)
		}
		_, err = h.s.SetWish(h.lin, h.ruifeng.ID, 0, whole.Version, message.WishInput{Taboos: "不送钟表"})
		h.must(err)
		taboos, err := h.s.Taboos(h.lin, []int64{h.ruifeng.ID, 4711})
		if err != nil || len(taboos) != 1 || taboos[h.ruifeng.ID] != "不送钟表\n不喝酒" {
			t.Fatalf("%+v, %v", taboos, err)
		}
		if other, err := h.s.Taboos(h.wu, []int64{h.ruifeng.ID}); err != nil || len(other) != 0 {
			t.Fatalf("%+v, %v", other, err)
		}
	})
}
