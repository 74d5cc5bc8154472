package procedure

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/paper"
	"kezhi/internal/rule"
)

// shipped puts a rulebook of the product into force.
func (h *house) shipped(name string) {
	h.t.Helper()
	files := map[string][]byte{}
	for _, f := range []string{rule.FileRulebook, rule.FileClauses, rule.FileCases} {
		b, err := os.ReadFile(filepath.Join("..", "..", "rulebooks", name, f))
		if err != nil {
			h.t.Fatal(err)
		}
		files[f] = b
	}
	h.adoptFiles(files)
}

// visits is the register of visitors with two receptionists, and the desk of customer service.
func visits(t *testing.T, d *db.DB) *house {
	h := newHouse(t, d)
	h.shipped("service-desk")
	h.appoint("reception", zhou, 0)
	h.appoint("reception", li, 0)
	return h
}

func visitors() RegisterFilter {
	return RegisterFilter{Rulebook: "service-desk", Procedure: "visitor", From: calendar.None, To: calendar.None, Limit: 50}
}

func (h *house) visit(by, customer int64, company, people string, host int64) Case {
	h.t.Helper()
	c, err := h.svc.Start(as(by), StartInput{Rulebook: "service-desk", Procedure: "visitor", CustomerID: customer, Answers: flow.Answers{
		"company": {Text: company}, "visitor": {Text: "赵总一行"}, "people": {Text: people}, "purpose": {Text: "business"}, "host": {Text: strconv.FormatInt(host, 10)},
	}})
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

func (h *house) lines(who int64, f RegisterFilter) []Line {
	h.t.Helper()
	list, _, err := h.svc.Lines(as(who), f)
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

func (h *house) leave(who int64, l *Line, at string) {
	h.t.Helper()
	_, err := h.svc.Act(as(who), l.Case.ID, ActInput{Act: flow.Act{Kind: flow.ActFill, Seat: l.LeaveSeat, Answers: flow.Answers{"at": {Text: at}}}})
	if err != nil {
		h.t.Fatal(err)
	}
}

func TestTheRegisterOfVisitors(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := visits(t, d)
		first := h.visit(zhou, c2West, "西岭长禾农资", "3", wu)
		h.move(time.Hour)
		h.visit(li, 0, "新来的厂家", "2", zhao)

		// Whoever holds a post that enters lines keeps the whole register; the latest line comes first.
		list := h.lines(li, visitors())
		if len(list) != 2 || list[1].Case.ID != first.ID {
			t.Fatalf("%d lines", len(list))
		}
		l := &list[1]
		if l.Values["company"].Zh != "西岭长禾农资" || l.Values["people"].Zh != "3" || l.Values["purpose"] != (flow.Text{Zh: "业务", En: "Business"}) || l.Values["host"].Zh != "吴清和" {
			t.Errorf("%+v", l.Values)
		}
		if !l.Present || l.LeaveSeat == 0 || l.Left != "" || l.Case.CustomerName != "西岭长禾农资" {
			t.Errorf("%+v", l)
		}
		if list[0].Case.CustomerID != 0 || list[0].Values["company"].Zh != "新来的厂家" {
			t.Errorf("a visitor who is no customer yet: %+v", list[0])
		}

		// One receptionist notes the leaving of whom the other entered; the host's note is still to come.
		h.leave(li, l, "10:45")
		list = h.lines(zhou, visitors())
		if l = &list[1]; l.Present || l.Left != "10:45" || l.LeaveSeat != 0 || l.Case.Status != flow.Running {
			t.Errorf("%+v", l)
		}
		here := visitors()
		here.Present = true
		if still := h.lines(zhou, here); len(still) != 1 || still[0].Case.ID != list[0].Case.ID {
			t.Errorf("%d are still here", len(still))
		}
		if _, err := h.svc.Act(as(wu), first.ID, ActInput{Act: flow.Act{Kind: flow.ActFill, Answers: flow.Answers{"talked": {Text: "明年的计划"}}}}); err != nil {
			t.Fatal(err)
		}
		if got := h.lines(zhou, visitors())[1]; got.Case.Status != flow.Ended || got.Left != "10:45" || h.count("SELECT COUNT(*) FROM fact WHERE kind = 'visitor'") != 1 {
			t.Errorf("%+v", got.Case)
		}

		// Others see what lies within their reach or has them as its host, and note nobody's leaving.
		if mine := h.lines(wu, visitors()); len(mine) != 1 || mine[0].Case.ID != first.ID || !mine[0].MayOpen || mine[0].LeaveSeat != 0 {
			t.Errorf("the host of one sees %d", len(mine))
		}
		if none := h.lines(sun, RegisterFilter{Rulebook: "service-desk", Procedure: "visitor", From: h.svc.Today().AddDays(1), To: calendar.None, Limit: 50}); len(none) != 0 {
			t.Errorf("%d lines of tomorrow", len(none))
		}
		_, _, err := h.svc.Lines(as(zhou), RegisterFilter{Rulebook: "service-desk", Procedure: "enquiry", Limit: 50})
		refusedWith(t, err, "register.none")

		regs, err := h.svc.Registers(as(wu))
		if err != nil || len(regs) != 1 || regs[0].Whole {
			t.Errorf("%+v %v", regs, err)
		}
		if regs, err = h.svc.Registers(as(zhou)); err != nil || len(regs) != 1 || !regs[0].Whole || !regs[0].MayEnter {
			t.Errorf("%+v %v", regs, err)
		}
		if regs, err = h.svc.Registers(as(zheng)); err != nil || len(regs) != 1 || !regs[0].Whole || regs[0].MayEnter {
			t.Errorf("the auditor reads all and enters nothing: %+v %v", regs, err)
		}
	})
}

func TestTheDayListOfARegister(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := visits(t, d)
		h.visit(zhou, c2West, "西岭长禾农资", "3", wu)
		h.move(time.Hour)
		h.visit(li, 0, "新来的厂家", "2", zhao)
		list := h.lines(li, visitors())
		h.leave(li, &list[1], "10:45")
		h.move(24 * time.Hour)
		h.visit(li, 0, "第二天的客人", "1", zhao)
		h.move(-24 * time.Hour)

		f := visitors()
		f.From, f.To = h.svc.Today(), h.svc.Today()
		doc, err := h.svc.PrintedRegister(as(zhou), f, paper.Chinese)
		if err != nil {
			t.Fatal(err)
		}
		var heads []string
		for _, x := range doc.Head {
			heads = append(heads, x.Label+x.Value)
		}
		if got := strings.Join(heads, " "); got != "日期2026-03-02 登记2 人数合计5" {
			t.Error(got)
		}
		table, ok := doc.Body[0].(paper.Table)
		if !ok || len(table.Rows) != 2 {
			t.Fatalf("%+v", doc.Body)
		}
		if got := strings.Join(table.Rows[0].Cells[1:], "|"); got != "09:00|西岭长禾农资|赵总一行|3|业务|吴清和|西岭长禾农资|10:45" {
			t.Error(got)
		}
		if len(doc.Missing()) > 0 {
			t.Errorf("no glyphs for %q", string(doc.Missing()))
		}
		for _, format := range []string{"pdf", "xlsx"} {
			if b, err := doc.Render(format); err != nil || len(b) == 0 {
				t.Errorf("%s: %v", format, err)
			}
		}
		f.To = f.From.AddDays(1)
		if doc, err = h.svc.PrintedRegister(as(zhou), f, paper.English); err != nil || doc.Head[0].Value != "2026-03-02 to 2026-03-03" || doc.Head[1].Value != "3" {
			t.Errorf("%+v %v", doc.Head, err)
		}
		if n := h.count("SELECT COUNT(*) FROM audit_entry WHERE action = 'register.export'"); n != 2 {
			t.Errorf("%d audited", n)
		}
		f.To = f.From.AddDays(maxRegisterDays)
		_, err = h.svc.PrintedRegister(as(zhou), f, paper.Chinese)
		refusedWith(t, err, "register.days")
		f.To = f.From
		_, err = h.svc.PrintedRegister(as(zheng), f, paper.Chinese)
		refusedWith(t, err, "auth.forbidden")
	})
}

func refusedWith(t *testing.T, err error, code string) {
	t.Helper()
	if errs.CodeOf(err) != code {
		t.Errorf("%v, want %s", err, code)
	}
}
