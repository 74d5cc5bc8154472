package procedure

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/paper"
	"kezhi/internal/sheet"
)

func (h *house) ask(answers flow.Answers) Case {
	h.t.Helper()
	c, err := h.svc.Start(as(li), StartInput{Rulebook: "terms", Procedure: "terms", CustomerID: c1East, Answers: answers})
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

func TestSpecialTermsKeepTheGradeThatJustifiedThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.adopt(terms)
		h.exec(`INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, as_of, since, previous_code)
			VALUES (?, 'dealer', 'b', 77, 'A', 0, '', '2026-01-01', '2026-01-01', '')`, c1East)
		h.act(zhao, h.ask(flow.Answers{"do": text("grant"), "kind": text("price"), "terms": text("九五折"), "until": text("2026-12-31")}), agree())
		list, _, err := h.svc.Terms(as(li), TermFilter{InForce: true, Limit: 10})
		if err != nil || len(list) != 1 || list[0].Grade != "A" || list[0].VerdictID != 77 || list[0].State != TermGranted || list[0].Until.String() != "2026-12-31" {
			t.Fatalf("%+v %v", list, err)
		}
		term := id.String(list[0].ID)
		h.exec("UPDATE standing SET code = 'C', verdict_id = 78 WHERE customer_id = ?", c1East)
		if list, _, err = h.svc.Terms(as(zhao), TermFilter{Changed: true, Limit: 10}); err != nil || len(list) != 1 || list[0].GradeNow != "C" {
			t.Errorf("the grade is another now: %+v %v", list, err)
		}
		h.act(zhao, h.ask(flow.Answers{"do": text("adjust"), "terms": text("九八折"), "term": text(term)}), agree())
		c := h.ask(flow.Answers{"do": text("revoke"), "term": text(term)})
		h.act(zhao, h.ask(flow.Answers{"do": text("revoke"), "term": text(term)}), flow.Act{Kind: flow.ActDecide, Decision: flow.Reject, Reason: "再等等"})
		h.act(zhao, c, agree())
		changes, names, err := h.svc.TermHistory(as(li), c1East, list[0].ID)
		if err != nil || len(changes) != 3 || names[changes[0].By] != "赵启明" {
			t.Fatalf("%+v %v", changes, err)
		}
		for i, want := range []TermChange{{State: TermGranted, Grade: "A", Terms: "九五折"}, {State: TermAdjusted, Grade: "C", Terms: "九八折"}, {State: TermRevoked, Grade: "C", Terms: "九八折"}} {
			if got := changes[i]; got.State != want.State || got.Grade != want.Grade || got.Terms != want.Terms || got.CaseID == 0 {
				t.Errorf("%d: %+v", i, got)
			}
		}
		if list, _, err = h.svc.Terms(as(zhao), TermFilter{InForce: true, Limit: 10}); err != nil || len(list) != 0 {
			t.Errorf("revoked: %+v %v", list, err)
		}
		if list, _, err = h.svc.Terms(as(wu), TermFilter{Limit: 10}); err != nil || len(list) != 0 {
			t.Errorf("out of reach: %+v %v", list, err)
		}
		if _, _, err := h.svc.TermHistory(as(wu), c1East, changes[0].CaseID); errs.KindOf(err) != errs.NotFound {
			t.Errorf("out of reach: %v", err)
		}
		// What can no longer take effect cannot be approved, and nothing of the act is left.
		late := h.ask(flow.Answers{"do": text("adjust"), "terms": text("九折"), "term": text(term)})
		if _, err := h.svc.Act(as(zhao), late.ID, ActInput{Act: agree()}); errs.CodeOf(err) != "procedure.terms_state" {
			t.Errorf("after the revocation: %v", err)
		}
		if r := h.record(zhao, late); r.Status != flow.Running || len(r.History) != 1 {
			t.Errorf("half done: %+v", r.Case)
		}
	})
}

func TestTheRecordOfAnEndHasTheCurrencyOfItsForm(t *testing.T) {
	for unit, want := range map[string]string{"": "600050 CNY", "unit: USD, ": "600050 USD", "unit: JPY, ": "6000 JPY"} {
		h := complaintHouse(t, dbtest.SQLite(t))
		h.adopt(strings.Replace(complaints, "amount: {type: money, ", "amount: {type: money, "+unit, 1))
		given := "6000.50"
		if strings.Contains(unit, "JPY") {
			given = "6000"
		}
		c := h.act(zhao, h.toSign(given), agree())
		c = h.act(zhou, c, flow.Act{Kind: flow.ActAnswer, Answers: flow.Answers{"text": text("已退款")}})
		if c.Status != flow.Ended || c.FactID == 0 {
			t.Fatalf("%+v", c)
		}
		var minor int64
		var currency string
		if err := db.Get(system(), h.db.Read(), "SELECT amount, currency FROM fact WHERE id = ?", []any{c.FactID}, &minor, &currency); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(minor, " ", currency); got != want {
			t.Errorf("%q: %s, not %s", unit, got, want)
		}
	}
}

func TestFormsArePrinted(t *testing.T) {
	h := complaintHouse(t, dbtest.SQLite(t))
	c := h.act(qian, h.complain(), agree())
	h.move(time.Hour)
	c = h.act(li, c, report("6000"))
	h.move(time.Hour)
	c = h.act(wu, h.act(zhou, c, agree()), agree())
	doc, err := h.svc.Printed(as(zhao), c.ID, "investigate", paper.Chinese)
	if err != nil || doc.Title != "调查报告" || doc.Number != "DC-2026-001" || len(doc.Body) != 2 {
		t.Fatalf("%+v %v", doc, err)
	}
	grid := doc.Body[0].(paper.Grid)
	if grid.Fields[0].Value != "包装" || grid.Fields[1].Value != "6000 CNY" {
		t.Errorf("%+v", grid)
	}
	boxes := doc.Body[1].(paper.Signoffs).Boxes
	if len(boxes) != 3 || boxes[0].Name != "李望舒" || boxes[1].Post != "法务" || boxes[1].Opinion != "同意" || boxes[2].Name != "吴清和" {
		t.Errorf("%+v", boxes)
	}
	if doc, err = h.svc.Printed(as(zhao), c.ID, flow.StartForm, paper.English); err != nil || doc.Title != "Record card" || doc.Number != "JL-2026-0001" {
		t.Errorf("%+v %v", doc, err)
	}
	var out bytes.Buffer
	if err := doc.PDF(&out); err != nil || !bytes.HasPrefix(out.Bytes(), []byte("%PDF")) {
		t.Errorf("%d bytes, %v", out.Len(), err)
	}
	if _, err := h.svc.Printed(as(zhao), c.ID, "answer", paper.Chinese); errs.CodeOf(err) != "procedure.form_empty" {
		t.Errorf("not filled yet: %v", err)
	}
	if _, err := h.svc.Printed(as(sun), c.ID, "investigate", paper.Chinese); errs.KindOf(err) != errs.NotFound {
		t.Errorf("out of reach: %v", err)
	}
	h.adopt(terms)
	letter := h.ask(flow.Answers{"do": text("grant"), "kind": text("price"), "terms": text("九五折")})
	if doc, err = h.svc.Printed(as(li), letter.ID, flow.StartForm, paper.Chinese); err != nil || !doc.Letter {
		t.Fatalf("%+v %v", doc, err)
	}
	if body := doc.Body[0].(paper.Text).Body; body != "东海瑞丰商贸：九五折（TJ-2026-001，价格）" {
		t.Errorf("%s", body)
	}
}

func TestCasesAreExportedWithinReach(t *testing.T) {
	h := complaintHouse(t, dbtest.SQLite(t))
	h.act(qian, h.complain(), agree())
	h.complain(func(in *StartInput) { in.CustomerID = c2West })
	export := func(who int64) []string {
		x, err := h.svc.Export(as(who), Filter{From: calendar.None, To: calendar.None})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		err = sheet.WriteTable(&out, sheet.FormatCSV, "", func(w sheet.Writer) error { return x.write(as(who), w, exportWords["zh"]) })
		if err != nil {
			t.Fatal(err)
		}
		return strings.Split(strings.TrimSpace(out.String()), "\n")
	}
	if got := export(zhao); len(got) != 3 || !strings.Contains(got[1]+got[2], "TS-2026-0001,货物受潮，包装破损,客户投诉,东海瑞丰商贸,东海瑞丰商贸,一般,phone,办理中,调查,,李望舒,周明远") {
		t.Errorf("%v", got)
	}
	if got := export(qian); len(got) != 2 {
		t.Errorf("a region: %v", got)
	}
	if _, err := h.svc.Export(as(li), Filter{}); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("without the right: %v", err)
	}
	if n := h.count("SELECT COUNT(*) FROM audit_entry WHERE action = 'case.export'"); n != 2 {
		t.Errorf("%d downloads in the audit", n)
	}
}

func TestFilesOfACaseAreOpenToWhoSeesIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		put := func(who int64) string {
			f, err := h.files.Put(as(who), strings.NewReader("%PDF-1.4 x"), "原件.pdf", "application/pdf", 1<<20)
			if err != nil {
				t.Fatal(err)
			}
			return id.String(f.ID)
		}
		mine, others := put(zhou), put(wu)
		c := h.complain(func(in *StartInput) { in.Answers["original"] = flow.Answer{Many: []string{mine}} })
		n, _ := id.Parse(mine)
		for who, want := range map[int64]bool{li: true, qian: true, zheng: true, sun: false, wu: false} {
			actor, _ := authz.From(as(who))
			if got, err := h.svc.MayOpen(as(who), actor, n); err != nil || got != want {
				t.Errorf("%s opens it: %v %v", staff[who].name, got, err)
			}
		}
		theirs, _ := id.Parse(others)
		if _, err := h.svc.Act(as(qian), c.ID, ActInput{Act: flow.Act{Kind: flow.ActAttach}, Files: []int64{theirs}}); errs.CodeOf(err) != "invalid_input" {
			t.Errorf("another's upload: %v", err)
		}
		own, _ := id.Parse(put(qian))
		if _, err := h.svc.Act(as(qian), c.ID, ActInput{Act: flow.Act{Kind: flow.ActAttach}, Files: []int64{own, n}}); err != nil {
			t.Error(err)
		}
		if r := h.record(li, c); len(r.Files) != 2 || r.Files[0].Field != "original" || r.Files[0].Step != flow.StartForm {
			t.Errorf("%+v", r.Files)
		}
		other := h.complain()
		if _, err := h.svc.Act(as(zhou), c.ID, ActInput{Act: flow.Act{Kind: flow.ActLink}, OtherID: other.ID, Link: "repeat"}); err != nil {
			t.Fatal(err)
		}
		if r := h.record(li, other); len(r.Links) != 1 || r.Links[0].CaseID != c.ID {
			t.Errorf("either finds the other: %+v", r.Links)
		}
		hidden, err := h.svc.Start(as(wu), StartInput{Rulebook: "requests", Procedure: "waiver"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.svc.Act(as(li), c.ID, ActInput{Act: flow.Act{Kind: flow.ActLink}, OtherID: hidden.ID, Link: "related"}); errs.CodeOf(err) != "invalid_input" {
			t.Errorf("a case out of sight: %v", err)
		}
		if !slices.Contains(flow.Acts(), flow.ActLink) {
			t.Error("link is no act")
		}
	})
}

func TestACaseFollowsItsCustomer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		h.svc.Subscribe(h.bus)
		c := h.act(qian, h.complain(), agree())
		h.exec("UPDATE customer SET owner_id = ?, unit_id = ? WHERE id = ?", wu, unitWest, c1East)
		err := d.InTx(system(), func(q db.Q) error { return h.bus.Emit(system(), q, "customer.assigned", c1East, map[string]string{}) })
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.bus.Dispatch(system()); err != nil {
			t.Fatal(err)
		}
		box, err := h.svc.Inbox(as(wu), InboxFilter{Limit: 10})
		if err != nil || len(box.Items) != 1 || box.Items[0].Case.OwnerID != wu || box.Items[0].Case.UnitID != unitWest {
			t.Fatalf("%+v %v", box.Items, err)
		}
		h.act(wu, c, report("1"))
	})
}
