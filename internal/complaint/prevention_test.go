package complaint

import (
	"strings"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/paper"
	"kezhi/internal/procedure"
)

// prevent begins a preventive measure of a department.
func (h *house) prevent(complaint, department, measure string) procedure.Case {
	h.t.Helper()
	c, err := h.cases.Start(as(wu), procedure.StartInput{Rulebook: rulebookID, Procedure: "prevention", Answers: flow.Answers{
		"complaint": text(complaint), "department": text(department), "measure": text(measure),
	}})
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// prove carries a measure out.
func (h *house) prove(c procedure.Case) procedure.Case {
	h.t.Helper()
	f, err := h.files.Put(as(sun), strings.NewReader("\x89PNG\r\n\x1a\n"), "证明.png", "image/png", 1<<20)
	if err != nil {
		h.t.Fatal(err)
	}
	out, err := h.cases.Act(as(sun), c.ID, procedure.ActInput{Act: flow.Act{Kind: flow.ActFill, Answers: flow.Answers{"done": text("已加护角"), "files": {Many: []string{id.String(f.ID)}}}}})
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

func (h *house) verify(c procedure.Case) {
	h.t.Helper()
	if _, err := h.cases.Act(as(wu), c.ID, procedure.ActInput{Act: flow.Act{Kind: flow.ActDecide, Decision: flow.Agree}}); err != nil {
		h.t.Fatal(err)
	}
}

func TestPreventiveMeasuresWithTheirProof(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		complaint := h.closed(h.complain(day(2, 20), c1East, "exchange", "agent"), "product", "0", "11", "12")
		h.at = day(3, 2)
		done := h.prevent(complaint.Number, "11", "出库前加护角")
		late := h.prevent("JX-没有这个号", "12", "培训包装组")
		proved := h.prevent("JX-没有这个号", "12", "更换隔板")
		h.at = day(3, 12)
		h.verify(h.prove(done))
		h.prove(proved)
		h.at = day(4, 20)
		h.verify(h.prove(late))
		overdue := h.prevent("JX-没有这个号", "11", "巡检")
		h.at = day(5, 25)
		open := h.prevent("JX-没有这个号", "11", "复检")
		p, err := h.svc.Prevention(as(zhao), PreventionQuery{From: calendar.None})
		if err != nil {
			t.Fatal(err)
		}
		want := []string{
			overdue.Number + " overdue 2026-05-20 ", "named 西区 护角", open.Number + " open 2026-06-24 ", proved.Number + " proved 2026-04-01 2026-03-12",
			late.Number + " late 2026-04-01 2026-04-20", done.Number + " done 2026-04-01 2026-03-12",
		}
		for i, m := range p.Items {
			got := m.Number + " " + m.State + " " + m.DueOn + " " + m.ProvedOn
			if m.State == MeasureNamed {
				got = m.State + " " + m.Title.Zh + " " + m.Measure
			}
			if i >= len(want) || got != want[i] {
				t.Errorf("%d: %q", i, got)
			}
		}
		last := p.Items[len(p.Items)-1]
		if len(p.Items) != len(want) || last.ComplaintID != id.String(complaint.ID) || len(last.Evidence) != 1 || last.Evidence[0].Name != "证明.png" {
			t.Errorf("%d, %+v", len(p.Items), last)
		}
		if p.Departments[0].Department != "11" || p.Departments[0].States[MeasureOverdue] != 1 || p.Departments[1].Total != 3 {
			t.Errorf("%+v", p.Departments)
		}
		// A regional manager sees what the department of the region has to do, not that of the others.
		west, err := h.svc.Prevention(as(zheng), PreventionQuery{From: calendar.None})
		if err != nil || len(west.Items) != 3 || len(west.Departments) != 1 {
			t.Errorf("%+v %v", west, err)
		}
		if only, err := h.svc.Prevention(as(zhao), PreventionQuery{From: calendar.None, Department: unitEast, State: MeasureOverdue}); err != nil || len(only.Items) != 1 {
			t.Errorf("%+v %v", only, err)
		}
		// What is not done stays in sight however long ago it began.
		if rest, err := h.svc.Prevention(as(zhao), PreventionQuery{From: calendar.FromTime(day(5, 1), shanghai)}); err != nil || len(rest.Items) != 3 {
			t.Errorf("%+v %v", rest, err)
		}
		if _, err := h.svc.Prevention(as(zhao), PreventionQuery{From: calendar.None, State: "lost"}); errs.CodeOf(err) != "invalid_input" {
			t.Errorf("%v", err)
		}
		inbox, err := h.cases.Inbox(as(sun), procedure.InboxFilter{Limit: 10})
		if err != nil || len(inbox.Counts) == 0 || inbox.Counts[0].Overdue != 1 {
			t.Errorf("the overdue measure waits for its department: %+v %v", inbox.Counts, err)
		}
		for _, lang := range []paper.Lang{paper.Chinese, paper.English} {
			doc := p.Document(lang, shanghai)
			if pdf, err := doc.Render(paper.FormatPDF); err != nil || len(pdf) < 1000 || len(doc.Missing()) > 0 {
				t.Errorf("%s: %v %q", lang, err, string(doc.Missing()))
			}
		}
	})
}
