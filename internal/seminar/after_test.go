package seminar

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"kezhi/internal/calendar"
	"kezhi/internal/channel"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/id"
	"kezhi/internal/message"
	"kezhi/internal/paper"
	"kezhi/internal/promise"
	"kezhi/internal/statement"
)

// Costs add up and are shared among those that came; the same bill sent twice counts once, also after the event.
func TestCosts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		in := h.input(0)
		in.Budget = 500_000
		m := h.plan(zhao, in)
		h.invite(zhao, m, c1, c2, c3)
		h.theDay()
		for _, number := range []string{"1", "2", "3"} {
			_, err := h.svc.CheckIn(as(zhao), m.ID, number, 0)
			h.must(err)
		}
		_, err := h.svc.Close(as(zhao), m.ID, "")
		h.must(err)
		venue := Cost{What: "场地", Amount: 320_001, On: m.On}
		for range 2 {
			_, err = h.svc.AddCost(as(zhao), m.ID, venue, "bill")
			h.must(err)
		}
		_, err = h.svc.AddCost(as(zhao), m.ID, Cost{What: "餐饮", Amount: 320_001, On: m.On}, "bill")
		wantCode(t, err, "seminar.key_reused")
		_, err = h.svc.AddCost(as(zhao), m.ID, Cost{What: "餐饮", Amount: 1, On: m.On.AddDays(30)}, "")
		wantCode(t, err, "seminar.in_future")
		x, err := h.svc.AddCost(as(zhao), m.ID, Cost{What: "退押金", Amount: -20_000, On: calendar.None}, "")
		if err != nil || x.Total != 300_001 || *x.PerHead != 100_000 || x.Budget != 500_000 || len(x.Items) != 2 {
			t.Fatalf("%+v %v", x, err)
		}
		x, err = h.svc.RemoveCost(as(zhao), m.ID, x.Items[1].ID)
		if err != nil || x.Total != 320_001 {
			t.Fatalf("%+v %v", x, err)
		}
		_, err = h.svc.Costs(as(sun), m.ID)
		wantCode(t, err, "seminar.not_yours")
	})
}

// A share is the nearest whole number, and of two as near the even one.
func TestShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total, n := rapid.Int64Range(-1<<40, 1<<40).Draw(t, "total"), rapid.Int64Range(1, 10_000).Draw(t, "n")
		got := *share(total, n)
		off := total - got*n
		if off < 0 {
			off = -off
		}
		if 2*off > n || 2*off == n && got%2 != 0 {
			t.Fatalf("%d among %d: %d", total, n, got)
		}
	})
	if share(100, 0) != nil {
		t.Error("shared among nobody")
	}
}

// A follow-up is a promise of whoever looks after each customer, once however often it is given out.
func TestFollowUps(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		m := h.plan(zhao, h.input(0))
		v := h.invite(zhao, m, c1, c2, c5West)
		for _, c := range []int64{c1, c2} {
			h.answer(zhao, v[c], Reply{Yes: true})
		}
		in := FollowUp{Whom: WhoCame, What: "电话回访，送上资料", DueOn: on(t, "2026-03-31")}
		_, err := h.svc.FollowUp(as(zhao), m.ID, in)
		wantCode(t, err, "seminar.too_early")
		h.theDay()
		for _, c := range []int64{c1, c5West} {
			_, err := h.svc.CheckIn(as(zhao), m.ID, numberOf(v[c]), 0)
			h.must(err)
		}
		for range 2 {
			got, err := h.svc.FollowUp(as(zhao), m.ID, in)
			if err != nil || got.Made != 2 || got.Left != 0 {
				t.Fatalf("%+v %v", got, err)
			}
		}
		if got, err := h.svc.FollowUp(as(zhao), m.ID, FollowUp{Whom: WhoAbsent, What: "问问缘由", DueOn: in.DueOn}); err != nil || got.Made != 1 {
			t.Fatalf("%+v %v", got, err)
		}
		list, _, err := h.svc.promises.List(as(sun), promise.Filter{Origins: []promise.Origin{promise.InSeminar}, MadeRef: m.ID, From: calendar.None, To: calendar.None})
		if err != nil || len(list) != 1 || list[0].OwnerID != sun || list[0].CustomerID != c5West {
			t.Fatalf("%+v %v", list, err)
		}
		if n := dbtest.Count(t, d, "SELECT COUNT(*) FROM promise"); n != 3 {
			t.Fatalf("%d promises", n)
		}
	})
}

// The papers hold the list, what it cost and what follows; the same content goes into the workbook.
func TestPapers(t *testing.T) {
	d := dbtest.SQLite(t)
	h := newHouse(t, d)
	m := h.plan(zhao, h.input(0))
	v := h.invite(zhao, m, c1, c2)
	h.answer(zhao, v[c1], Reply{Yes: true, Guests: 1})
	before, err := h.svc.Report(as(zhao), m.ID, paper.Chinese)
	if err != nil || before.Title != "活动名单" {
		t.Fatalf("%+v %v", before, err)
	}
	h.theDay()
	_, err = h.svc.CheckIn(as(zhao), m.ID, numberOf(v[c1]), 0)
	h.must(err)
	_, err = h.svc.AddCost(as(zhao), m.ID, Cost{What: "场地", Amount: 100_000, On: m.On}, "")
	h.must(err)
	_, err = h.svc.FollowUp(as(zhao), m.ID, FollowUp{Whom: WhoCame, What: "送资料", DueOn: on(t, "2026-03-31")})
	h.must(err)
	_, err = h.svc.Close(as(zhao), m.ID, "讲了新标准")
	h.must(err)
	for _, lang := range []paper.Lang{paper.Chinese, paper.English} {
		doc, err := h.svc.Report(as(zhao), m.ID, lang)
		h.must(err)
		tables := 0
		for _, b := range doc.Body {
			if x, ok := b.(paper.Table); ok {
				tables++
				if len(x.Rows) == 0 {
					t.Errorf("%s is empty", x.Title)
				}
			}
		}
		if tables != 4 || len(doc.Missing()) != 0 {
			t.Errorf("%s: %d tables, cannot be drawn: %v", lang, tables, doc.Missing())
		}
		for _, format := range []string{"pdf", paper.FormatXLSX} {
			if b, err := doc.Render(format); err != nil || len(b) < 1000 {
				t.Errorf("%s: %d bytes, %v", format, len(b), err)
			}
		}
	}
	badges, err := h.svc.Badges(as(zhao), m.ID, paper.English)
	h.must(err)
	b, err := badges.Render("pdf")
	if err != nil || !bytes.HasPrefix(b, []byte("%PDF")) || len(badges.Body) != 1 {
		t.Fatalf("%d badges, %v", len(badges.Body), err)
	}
	_, err = h.svc.Report(as(sun), m.ID, paper.Chinese)
	wantCode(t, err, "seminar.not_yours")
}

// A statement of service tells of events attended and of those missed, and of none that is still to come.
func TestTheStatementTellsOfEvents(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		held, ahead := h.plan(zhao, h.input(0)), h.plan(zhao, h.input(0))
		v := h.invite(zhao, held, c1, c2)
		h.invite(zhao, ahead, c1, c2)
		h.theDay()
		_, err := h.svc.CheckIn(as(zhao), held.ID, numberOf(v[c1]), 0)
		h.must(err)
		_, err = h.svc.Close(as(zhao), held.ID, "")
		h.must(err)
		src := h.svc.Rendered()
		span := statement.Span{From: on(t, "2026-01-01"), To: on(t, "2026-12-31"), Today: h.svc.Today()}
		for c, want := range map[int64]string{c1: "came", c2: "absent"} {
			lines, err := src.Lines(as(zhao), d.Read(), c, span)
			if err != nil || len(lines) != 1 || lines[0].State != want || lines[0].Title.En != "春季 技术研讨会" || lines[0].Who != people[zhao].Name {
				t.Errorf("%d: %+v %v", c, lines, err)
			}
		}
	})
}

// Invitations go to those who gave no answer, with a link of their own, past the gate, and to nobody twice; what waits ends with the event.
func TestInvitationsAreSent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		m := h.plan(zhao, h.input(0))
		v := h.invite(zhao, m, c1, c2, c3)
		h.answer(zhao, v[c3], Reply{})
		made := func(name string, purpose message.Purpose) int64 {
			x, err := h.messages.CreateTemplate(as(zhao), message.TemplateInput{Name: name, Channel: channel.Webhook, Purpose: purpose, Body: message.Words{Zh: "请{{customer.name}}"}})
			h.must(err)
			return x.ID
		}
		notice := made("通知", message.Notice)
		_, err := h.svc.Send(as(zhao), m.ID, notice, NoAnswer)
		wantCode(t, err, "seminar.not_an_invitation")
		x, err := h.messages.CreateTemplate(as(zhao), message.TemplateInput{
			Name: "邀请", Channel: channel.Webhook, Purpose: message.Invite, Body: message.Words{Zh: "{{event.title}} {{event.when}} {{event.place}} {{link}}"},
		})
		h.must(err)
		for range 2 {
			got, err := h.svc.Send(as(zhao), m.ID, x.ID, NoAnswer)
			if err != nil || got.Queued != 2 || got.Held != 0 || got.Left != 0 {
				t.Fatalf("%+v %v", got, err)
			}
		}
		link, err := h.svc.Link(as(zhao), v[c1].ID)
		h.must(err)
		if n := dbtest.Count(t, d, "SELECT COUNT(*) FROM message WHERE body = ?", "春季 技术研讨会 2026-03-20 14:00–17:00 东海酒店三楼 "+link); n != 1 {
			t.Errorf("%d messages with the link", n)
		}
		if n := dbtest.Count(t, d, "SELECT COUNT(*) FROM message"); n != 2 {
			t.Errorf("%d messages", n)
		}
		if why, err := h.svc.stillInvites(as(zhao), d.Read(), refPrefix+id.String(v[c1].ID)); err != nil || why != "" {
			t.Errorf("while it is planned: %q %v", why, err)
		}
		_, err = h.svc.Cancel(as(zhao), m.ID, "场地停电")
		h.must(err)
		if why, err := h.svc.stillInvites(as(zhao), d.Read(), refPrefix+id.String(v[c1].ID)); err != nil || why != "seminar.no_longer" {
			t.Errorf("called off: %q %v", why, err)
		}
	})
}
