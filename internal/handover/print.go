package handover

import (
	"context"
	"strconv"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/flow"
	"kezhi/internal/paper"
	"kezhi/internal/procedure"
	"kezhi/internal/rule"
)

// Printed gives a handover as a document to be signed and kept: what there was of each kind, who got how much, every customer with its
// receiver, and the signatures. Needs customer.export, and a part in the handover; a receiver sees what they get. Error: not_found.
func (s *Service) Printed(ctx context.Context, handoverID int64, lang paper.Lang) (*paper.Document, error) {
	actor, err := authz.Require(ctx, authz.CustomerExport)
	if err != nil {
		return nil, err
	}
	d, err := s.Get(ctx, handoverID)
	if err != nil {
		return nil, err
	}
	zh, en, err := houseName(ctx, s.db.Read())
	if err != nil {
		return nil, err
	}
	p := printer{lang: lang, loc: s.loc}
	table, err := s.lineTable(ctx, &p, handoverID, actor.Scope(authz.CustomerExport))
	if err != nil {
		return nil, err
	}
	out := &paper.Document{
		Lang: lang, Title: p.word("客户交接单", "Handover"), Subtitle: d.PersonName, Organisation: p.word(zh, en), Number: d.Number, Created: s.now().In(s.loc),
		Head: p.head(&d.Handover), Body: []paper.Block{p.countTable(d.Counts), p.loadTable(&d.Handover), table},
	}
	if whole := d.Access.Heads || d.Access.Gives; whole && int64(len(table.Rows)) < d.Lines.Total {
		out.Body = append(out.Body, paper.Text{Body: p.word("打印人可导出范围以外的客户未列入明细。", "Customers beyond what the printing person may export are not listed."), Small: true, Flush: true})
	}
	out.Body = append(out.Body, p.boxes(d.Signatures))
	if d.State != Done {
		out.Watermark = p.of(stateWords[d.State])
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		return s.record(ctx, q, "handover.print", &d.Handover, map[string]any{"lang": string(lang)})
	})
	return out, err
}

// lineTable lists the customers the reader may see and take out.
func (s *Service) lineTable(ctx context.Context, p *printer, handoverID int64, export authz.Scope) (paper.Table, error) {
	t := paper.Table{Title: p.word("客户明细", "Customers"), Columns: []paper.Column{
		{Title: p.word("客户编号", "Code"), Width: 1.2},
		{Title: p.word("客户名称", "Customer"), Width: 2.6},
		{Title: p.word("接收人", "To"), Width: 1.2},
		{Title: p.word("方式", "How"), Kind: paper.Choice, Width: 0.9},
		{Title: p.word("告知客户", "Customer told"), Width: 1.4},
	}}
	for cursor := ""; ; {
		list, next, err := s.Lines(ctx, handoverID, LineFilter{within: []authz.Scope{export}}, cursor, 200)
		if err != nil {
			return t, err
		}
		for i := range list {
			l := &list[i]
			told := p.of(toldWords[l.ToldHow])
			if l.ToldAt != 0 {
				told += " " + p.day(l.ToldAt)
			}
			if l.State == LineGone {
				told = p.word("已归他人", "elsewhere")
			}
			t.Rows = append(t.Rows, paper.Row{Cells: []string{l.Code, l.Name, l.ToName, p.of(howWords[l.How]), told}})
		}
		if next == "" {
			return t, nil
		}
		cursor = next
	}
}

// printer words a document in one language.
type printer struct {
	lang paper.Lang
	loc  *time.Location
}

func (p *printer) of(t rule.Text) string { return p.word(t.Zh, t.En) }

func (p *printer) word(zh, en string) string {
	if p.lang == paper.English && en != "" {
		return en
	}
	return zh
}

func (p *printer) day(us int64) string {
	return calendar.FromTime(clock.FromMicros(us), p.loc).String()
}

func (p *printer) head(h *Handover) []paper.Field {
	out := []paper.Field{
		{Label: p.word("交出人", "Hands over"), Value: h.PersonName},
		{Label: p.word("原因", "Reason"), Value: p.of(reasonWords[h.Reason])},
		{Label: p.word("交接日期", "From"), Value: h.From.String()},
		{Label: p.word("主持人", "Head"), Value: h.HeadName},
		{Label: p.word("其余事项接收人", "Gets the rest"), Value: h.RestName},
		{Label: p.word("状态", "State"), Value: p.of(stateWords[h.State])},
	}
	if h.Note != "" {
		out = append(out, paper.Field{Label: p.word("说明", "Note"), Value: h.Note, Wide: true})
	}
	return out
}

func (p *printer) countTable(list []Count) paper.Table {
	t := paper.Table{Title: p.word("交接事项", "What is handed over"), Columns: []paper.Column{
		{Title: p.word("事项", "Kind"), Width: 2}, {Title: p.word("交接前", "Before"), Kind: paper.Number, Width: 1}, {Title: p.word("交接后仍在交出人名下", "Left with the giver"), Kind: paper.Number, Width: 1.4},
	}}
	for _, c := range list {
		t.Rows = append(t.Rows, paper.Row{Cells: []string{p.of(kindWords[c.Kind]), strconv.FormatInt(c.Before, 10), strconv.FormatInt(c.Left, 10)}})
	}
	return t
}

func (p *printer) loadTable(h *Handover) paper.Table {
	t := paper.Table{Title: p.word("名下客户数", "Customers of each"), Columns: []paper.Column{
		{Title: p.word("人员", "Person"), Width: 2}, {Title: p.word("交接前", "Before"), Kind: paper.Number, Width: 1}, {Title: p.word("交接后", "After"), Kind: paper.Number, Width: 1},
	}}
	for _, l := range h.Loads {
		t.Rows = append(t.Rows, paper.Row{Cells: []string{l.Name, strconv.FormatInt(l.Before, 10), strconv.FormatInt(l.After, 10)}})
	}
	return t
}

// boxes gives the signatures, given or to be given by hand.
func (p *printer) boxes(list []procedure.Signoff) paper.Signoffs {
	out := paper.Signoffs{Columns: 2}
	for i := range list {
		x := &list[i]
		b := paper.Signoff{Post: p.of(rule.Text(x.Title))}
		if x.Given {
			said := flow.Text{Zh: "不同意", En: "Refused"}
			if x.Agree {
				said = flow.Text{Zh: "同意", En: "Agreed"}
			}
			b.Opinion, b.Name, b.Date = p.of(rule.Text(said)), x.ByName, p.day(x.At)
			if x.Opinion != "" {
				b.Opinion += p.word("：", ": ") + x.Opinion
			}
		}
		out.Boxes = append(out.Boxes, b)
	}
	if len(out.Boxes) == 0 {
		out.Boxes = []paper.Signoff{{Post: p.word("交出人", "Hands over")}, {Post: p.word("接收人", "Receives")}, {Post: p.word("主持人", "Head")}}
	}
	return out
}
