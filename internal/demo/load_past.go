package demo

import (
	"context"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/fact"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
)

// pastComplaint is a complaint of the months before that is over. Days are those before the reference date.
type pastComplaint struct {
	begun, over         int
	customer            int // the n-th of the member of staff
	channel, demand     string
	story, cause        string
	by                  string // login of the head of the department that answers for it; "" = east.manager
	measure             string // that the department proposes
	amount              string
	score               int // what the customer said afterwards, 0 = nothing
	prevented, provedOn int // days on which the measure was begun and proved; 0 = never
}

// pastComplaints are lived through before the ones that go on; one is late, two are of the same customer.
var pastComplaints = []pastComplaint{
	{begun: 70, over: 66, customer: 5, channel: "phone", demand: "exchange", story: "两箱商品型号发错，要求换货。", cause: "process", measure: "出库时逐箱扫码核对型号。", amount: "0", score: 4, prevented: 64, provedOn: 50},
	{begun: 61, over: 57, customer: 6, channel: "shop", demand: "price_reduction", story: "外箱受潮，部分商品标签脱落。", cause: "supplier", by: "south.manager", measure: "雨季发运加防潮膜。", amount: "860.00", score: 5},
	{begun: 52, over: 41, customer: 7, channel: "visit", demand: "damages", story: "延迟到货五天，错过门店促销。", cause: "process", measure: "促销订单单独排期并每日跟踪。", amount: "3200.00", score: 2, prevented: 40},
	{begun: 48, over: 45, customer: 5, channel: "phone", demand: "exchange", story: "补发的商品型号仍有一箱不符。", cause: "process", measure: "型号相近的货位分开摆放。", amount: "420.50", score: 3},
	{begun: 36, over: 32, customer: 8, channel: "email", demand: "return", story: "样品与批量货颜色有差异，要求退货。", cause: "product", by: "north.manager", measure: "每批留样并由质检比对。", amount: "0", score: 4, prevented: 31, provedOn: 20},
	{begun: 27, over: 24, customer: 9, channel: "phone", demand: "price_reduction", story: "对账单金额与合同单价不一致。", cause: "person", by: "south.manager", measure: "对账单由第二人复核。", amount: "150.00"},
}

// pastCases lives through what of them falls on a day.
func (l *loader) pastCases(ctx context.Context, ago int) error {
	if l.past == nil {
		l.past = make([]int64, len(pastComplaints))
	}
	for i := range pastComplaints {
		p := &pastComplaints[i]
		var err error
		switch {
		case ago == p.begun:
			err = l.complain(ctx, l.login("lin"), p.customer, p.channel, p.demand, p.story, false, &l.past[i])
		case ago == p.over:
			err = l.settle(ctx, &l.past[i], p)
		case ago == p.prevented && ago != 0:
			err = l.prevent(ctx, l.past[i], p)
		}
		if err != nil {
			return err
		}
	}
	return l.proveMeasures(ctx, ago)
}

// head gives the head of the department that answers for a complaint.
func (l *loader) head(p *pastComplaint) int {
	if p.by == "" {
		return l.login("east.manager")
	}
	return l.login(p.by)
}

// settle takes a complaint to its answer and has the customer say how content it is.
func (l *loader) settle(ctx context.Context, caseID *int64, p *pastComplaint) error {
	if *caseID == 0 {
		return nil
	}
	lin, east, director, admin, head := l.login("lin"), l.login("east.manager"), l.director(), 0, l.head(p)
	report := investigated()
	report["cause_class"], report["prevention"] = said(p.cause), said(p.measure)
	handling := flow.Answers{"opinion": said("按调查结论办理。"), "measure": said("apology"), "amount": said(p.amount)}
	if p.amount != "0" {
		handling["measure"], handling["rule"] = said("price_reduction"), said("销售规定第十二条")
	}
	deeds := []deed{
		{lin, filled(flow.Answers{"holds": said("yes"), "reason": said("情况属实。")})},
		{east, agreed("受理。")},
		{admin, filled(flow.Answers{"departments": many(l.unit(head)), "order": said("请查明原因。")})},
		{head, filled(report)},
		{east, agreed("")},
		{admin, agreedWith("同意。", "同意调查结论。")},
		{director, agreed("同意。")},
		{head, filled(handling)},
		{east, agreed("")},
	}
	if p.amount != "0" {
		deeds = append(deeds, deed{east, agreed("金额在权限之内。")})
	}
	deeds = append(deeds, deed{lin, answered(flow.Answers{"manner": said("written"), "text": said("已按规定办理，感谢您的反映。")})}, deed{admin, agreed("已落实。")})
	if err := l.steps(ctx, caseID, deeds); err != nil || p.score == 0 {
		return err
	}
	c, err := l.Procedures.Get(ctx, *caseID)
	if err != nil {
		return err
	}
	return l.DB.InTx(ctx, func(q db.Q) error {
		if err := l.Facts.EnsureKind(ctx, q, "satisfaction", "客户满意度", "Satisfaction of the customer"); err != nil {
			return err
		}
		_, err := l.Facts.Append(ctx, q, fact.Input{
			CustomerID: c.CustomerID, Kind: "satisfaction", On: calendar.FromTime(l.dial.Now(), l.loc), Document: c.Number, Attrs: map[string]any{"score": p.score},
		})
		return err
	})
}

// prevent begins the measure a department proposed.
func (l *loader) prevent(ctx context.Context, complaintID int64, p *pastComplaint) error {
	if complaintID == 0 {
		return nil
	}
	c, err := l.Procedures.Get(ctx, complaintID)
	if err != nil {
		return err
	}
	_, err = l.Procedures.Start(l.as(ctx, 0), procedure.StartInput{Rulebook: complaintHandling, Procedure: "prevention", Subject: "case:" + id.String(complaintID), Answers: flow.Answers{
		"complaint": said(c.Number), "department": said(l.unit(l.head(p))), "measure": said(p.measure),
	}})
	return err
}

// proveMeasures has the department prove the measures whose day it is, and administration verify them.
func (l *loader) proveMeasures(ctx context.Context, ago int) error {
	for i := range pastComplaints {
		p := &pastComplaints[i]
		if p.provedOn == 0 || ago != p.provedOn || l.past[i] == 0 {
			continue
		}
		list, _, err := l.Procedures.List(ctx, procedure.Filter{Kinds: []string{"prevention"}, Subject: "case:" + id.String(l.past[i]), Limit: 1, From: calendar.None, To: calendar.None})
		if err != nil || len(list) == 0 {
			return err
		}
		head := l.head(p)
		f, err := l.Files.Put(l.as(ctx, head), strings.NewReader(p.measure+"\n落实情况：已写入作业指导书，并完成班组培训。\n"), "落实记录.txt", "text/plain; charset=utf-8", 1<<20)
		if err != nil {
			return err
		}
		if err := l.steps(ctx, &list[0].ID, []deed{
			{head, filled(flow.Answers{"done": said("已写入作业指导书，并完成班组培训。"), "files": many(id.String(f.ID))})}, {0, agreed("已核实。")},
		}); err != nil {
			return err
		}
	}
	return nil
}
