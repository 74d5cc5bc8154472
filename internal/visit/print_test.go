package visit

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/id"
	"kezhi/internal/paper"
)

// words gives every text of a form, label and value beside each other.
func words(d *paper.Document) string {
	var b strings.Builder
	b.WriteString(d.Organisation + "|" + d.Title)
	for _, block := range d.Body {
		switch x := block.(type) {
		case paper.Grid:
			for _, f := range x.Fields {
				b.WriteString("|" + f.Label + "=" + f.Value)
			}
		case paper.Signoffs:
			for _, s := range x.Boxes {
				b.WriteString("|" + s.Post + "=" + s.Name + " " + s.Date)
			}
		}
	}
	return b.String()
}

// The printed report says what was agreed, where and when somebody checked in, and what came of it; before the report it leaves room.
func TestPrintedReport(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		v := h.plan(li, NewVisit{CustomerID: c1East, DutyID: dVisit, Input: Input{On: day3(t, "2026-03-02"), FromMin: 600, ToMin: 660, Purpose: "季度拜访", Theirs: []string{"周经理", "吴会计"}}})
		before, err := h.svc.Printed(as(li), v.ID, paper.Chinese)
		if err != nil {
			t.Fatal(err)
		}
		room := before.Body[1].(paper.Grid).Fields[0].Lines
		if text := words(before); room != handReport || !strings.Contains(text, "总部|客户拜访报告") || !strings.Contains(text, "|拜访时间=2026-03-02 10:00–11:00|") || !strings.Contains(text, "|对方人员=周经理、吴会计|") {
			t.Errorf("%d lines to write, %s", room, text)
		}
		h.do(li, v, Step{Act: ActArrive})
		h.do(li, v, Step{Act: ActReport, Report: "看了新展厅", Feedback: "送货太慢", NextOn: day3(t, "2026-04-03")})
		after, err := h.svc.Printed(as(qian), v.ID, paper.English)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{
			"|Check-in=2026-03-02 09:00|", "|Duty it keeps=Visit (by 2026-03-06)|", "|Report=看了新展厅|", "|Feedback of the customer=送货太慢|", "|Next visit=2026-04-03|",
			"|Visitor=李望舒 2026-03-02|",
		} {
			if !strings.Contains(words(after), want) {
				t.Errorf("no %q in %s", want, words(after))
			}
		}
		if _, err := h.svc.Printed(as(sun), v.ID, paper.English); !db.IsNoRows(err) {
			t.Errorf("another unit prints it: %v", err)
		}
		var content bytes.Buffer
		if err := after.PDF(&content); err != nil || !bytes.HasPrefix(content.Bytes(), []byte("%PDF-")) {
			t.Errorf("%d bytes, %v", content.Len(), err)
		}
	})
}

func TestPrintedCancelled(t *testing.T) {
	text := words(Visit{State: Cancelled, Reason: "客户出差", Input: Input{On: day3(t, "2026-03-02")}}.document("", shanghai))
	if !strings.Contains(text, "|状态=已取消|取消原因=客户出差") || strings.Contains(text, "客户意见") {
		t.Error(text)
	}
}

func TestPrintOverHTTP(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		v := s.plan(li, NewVisit{CustomerID: c1East, Input: Input{On: day3(t, "2026-03-02"), Purpose: "拜访"}})
		path := "/visits/" + id.String(v.ID) + "/report.pdf"
		s.ask(li, "GET", path+"?lang=en", "", http.StatusOK, nil)
		s.ask(sun, "GET", path, "", http.StatusNotFound, nil)
		s.ask(li, "GET", path+"?lang=fr", "", http.StatusUnprocessableEntity, nil)
	})
}
