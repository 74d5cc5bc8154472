package review

import (
	"kezhi/internal/calendar"
	"kezhi/internal/paper"
	"kezhi/internal/rule"
)

// shownFigures is how many of the computed items stand on the application for a grade.
const shownFigures = 6

// signedFor says whether signatures are or were asked for the customer's grade.
func (p *printer) signedFor() bool {
	grade := p.signedGrade()
	return grade != "" && (p.form.Outcome() == grade || p.form.FinalCode == grade || p.form.Approval != ApprovalNone)
}

// application is the form on which a grade is applied for, reviewed and approved: the customer, the grounds, the support plan and one box
// for each signature of the chain. What is not signed yet leaves room to sign by hand.
func (p *printer) application() *paper.Document {
	d := p.document(rule.StepApprove, "客户等级评定表", "Customer grade application", "DJ")
	if d.Watermark == "" {
		d.Watermark = map[string]string{ApprovalWaiting: p.word("审批中", "Pending"), ApprovalRejected: p.word("未批准", "Not approved")}[p.form.Approval]
	}
	if p.form.Signed.Number != "" {
		d.Number = p.form.Signed.Number
	}
	d.Head = []paper.Field{{Label: p.word("评定年度", "Year"), Value: p.EffectiveOn.String()[:4]}, {Label: p.word("生效日期", "Effective"), Value: p.EffectiveOn.String()}}
	d.Body = []paper.Block{paper.Grid{Fields: p.applied()}, paper.Signoffs{Boxes: p.chainBoxes()}}
	return d
}

func (p *printer) applied() []paper.Field {
	f := &p.form
	out := []paper.Field{
		{Label: p.word("客户编号", "Customer code"), Value: f.Code},
		{Label: p.word("客户名称", "Customer"), Value: f.Name},
		{Label: p.word("区域", "Region"), Value: p.region()},
		{Label: p.word("负责人", "Owner"), Value: f.OwnerName},
		{Label: p.word("原等级", "Grade before"), Value: p.graded(f.BeforeCode, f.BeforeScore)},
		{Label: p.word("拟评等级", "Grade applied for"), Value: p.gradeName(p.signedGrade())},
		{Label: p.word("初评", "First round"), Value: p.graded(f.RateCode, f.RateScore)},
		{Label: p.word("复评", "Meeting"), Value: p.graded(f.MeetCode, f.MeetScore)},
	}
	if x := p.why.Score; x != nil {
		out = append(out, paper.Field{Label: p.word("总分", "Total"), Value: x.Value + " / " + x.Max})
	}
	judged := map[string]bool{}
	for i := range f.Items {
		judged[f.Items[i].Name] = true
	}
	shown := 0
	for _, x := range p.why.Items {
		if value := p.figure(x.Value, x.Unit); value != "" && !judged[x.Item] && shown < shownFigures {
			out = append(out, paper.Field{Label: p.of(x.Title), Value: value})
			shown++
		}
	}
	return append(out, paper.Field{Label: p.word("评定理由", "Grounds"), Value: p.reasons(), Wide: true, Lines: 3},
		paper.Field{Label: p.word("支持计划", "Support plan"), Value: p.planned(), Wide: true, Lines: 3})
}

// reasons are what both rounds wrote.
func (p *printer) reasons() string {
	out := ""
	for _, v := range []*Version{p.version(p.form.RateID), p.version(p.form.MeetID)} {
		if v == nil || v.Note == "" {
			continue
		}
		if out != "" {
			out += "\n"
		}
		if v.Round == RoundMeet {
			out += p.word("复评：", "Meeting: ")
		} else {
			out += p.word("初评：", "First round: ")
		}
		out += v.Note
	}
	return out
}

// planned is the support plan with who sees to it by when.
func (p *printer) planned() string {
	out := p.plan.Plan
	if p.plan.SeesToName != "" {
		out += p.word("（责任人："+p.plan.SeesToName+"）", " (responsible: "+p.plan.SeesToName+")")
	}
	if due := p.plan.DueOn.String(); due != "" {
		out += p.word("（"+due+" 前完成）", " (by "+due+")")
	}
	return out
}

// chainBoxes give one box for each decision of the case that carries the signatures. What was given for another grade does not count
// any more.
func (p *printer) chainBoxes() []paper.Signoff {
	list := p.form.Signed.Signatures
	if p.form.Approval == ApprovalNone {
		list = nil
	}
	if len(list) == 0 { // nobody has been asked yet: room to sign by hand
		return []paper.Signoff{{Post: p.word("批准", "Approved by"), Seal: true}}
	}
	out := make([]paper.Signoff, len(list))
	for i, sig := range list {
		out[i].Post, out[i].Seal = p.of(sig.Title), i == len(list)-1
		if !sig.Given {
			continue
		}
		out[i].Opinion = p.word("不同意", "Refused")
		if sig.Agree {
			out[i].Opinion = p.word("同意", "Agreed")
		}
		if sig.Opinion != "" {
			out[i].Opinion += p.word("：", ": ") + sig.Opinion
		}
		out[i].Name, out[i].Date = sig.By, calendar.FromTime(sig.At, p.loc).String()
		if sig.For != "" {
			out[i].Name += p.word("（代"+sig.For+"）", " (for "+sig.For+")")
		}
	}
	return out
}
