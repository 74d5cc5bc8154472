package review

import (
	"bytes"
	"context"
	"io"
	"slices"

	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
	"kezhi/internal/sheet"
)

// ListLines is the table of all customers of a campaign, with both rounds side by side.
const ListLines = "lines"

// columns are the headers of the tables for people: those of every table, then those of each.
var columns = []rule.Text{
	{Zh: "客户编号", En: "Customer code"},
	{Zh: "客户名称", En: "Customer name"},
	{Zh: "区域", En: "Region"},
	{Zh: "负责人", En: "Owner"},
	{Zh: "原等级", En: "Before"},
	{Zh: "初评等级", En: "Region's grade"},
	{Zh: "初评得分", En: "Region's score"},
	{Zh: "复评等级", En: "Meeting's grade"},
	{Zh: "复评得分", En: "Meeting's score"},
	{Zh: "审批", En: "Approval"},
	{Zh: "最终等级", En: "Final grade"},
}

var moreColumns = map[string][]rule.Text{
	ListA:       {{Zh: "生产与服务支持计划", En: "Support plan"}, {Zh: "责任人", En: "Responsible"}, {Zh: "完成日期", En: "Due on"}, {Zh: "备注", En: "Note"}},
	ListSpecial: {{Zh: "提请", En: "Request"}, {Zh: "政策内容", En: "Policy"}, {Zh: "责任人", En: "Responsible"}, {Zh: "完成日期", En: "Due on"}, {Zh: "备注", En: "Note"}},
	ListCredit:  {{Zh: "提请", En: "Request"}, {Zh: "结算方式", En: "Settlement"}, {Zh: "责任人", En: "Responsible"}, {Zh: "完成日期", En: "Due on"}, {Zh: "备注", En: "Note"}},
	ListNew:     {{Zh: "首次合作", En: "First deal"}, {Zh: "暂定等级", En: "Provisional grade"}, {Zh: "备注", En: "Note"}},
}

var titles = map[string]rule.Text{
	ListLines: {Zh: "年度评定", En: "Review"}, ListA: {Zh: "A类客户名单", En: "A customers"}, ListSpecial: {Zh: "特殊政策客户", En: "Special policies"},
	ListCredit: {Zh: "资信与结算方式", En: "Credit and settlement"}, ListNew: {Zh: "新合作客户", En: "New customers"},
}

var actionWords = map[string]rule.Text{
	"keep": {Zh: "维持", En: "keep"}, "new": {Zh: "新增", En: "new"}, "adjust": {Zh: "调整", En: "adjust"}, "revoke": {Zh: "撤销", En: "revoke"},
}

var approvalWords = map[string]rule.Text{
	ApprovalWaiting: {Zh: "审批中", En: "waiting"}, ApprovalApproved: {Zh: "已批准", En: "approved"}, ApprovalRejected: {Zh: "被驳回", En: "rejected"},
}

// Table prepares a list of a campaign for people, as xlsx, csv or a form to be signed (pdf) in a language (zh, en); list is lines or one
// of Lists. write streams it. Needs grading.read and customer.export; the narrower reach of both holds, and the export is audited.
func (s *Service) Table(ctx context.Context, reviewID int64, list, format, lang string) (write func(io.Writer) error, name string, err error) {
	if list != ListLines && !slices.Contains(Lists, list) {
		return nil, "", errs.New(errs.NotFound, "review.list_unknown", "list", list)
	}
	c, a, err := s.mayExport(ctx, s.db.Read(), reviewID)
	if err != nil {
		return nil, "", err
	}
	units, err := unitsOf(ctx, s.db.Read())
	if err != nil {
		return nil, "", err
	}
	t := table{c: c, a: a, list: list, lang: lang, units: units}
	title := titles[list]
	write = func(w io.Writer) error {
		return sheet.WriteTable(w, sheet.Format(format), title.In(lang), func(out sheet.Writer) error { return s.writeTable(ctx, out, &t) })
	}
	if format == "pdf" { // what is too long for a document is said before anything goes out
		var whole bytes.Buffer
		if err := s.writePDF(ctx, &whole, &t); err != nil {
			return nil, "", err
		}
		write = func(w io.Writer) error { _, err := whole.WriteTo(w); return err }
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		return s.record(ctx, q, "review.export", reviewID, map[string]any{"list": list, "format": format})
	})
	return write, title.In(lang) + "-" + c.EffectiveOn.String() + "." + format, err
}

// table is what an export needs to know.
type table struct {
	c          *campaign
	a          *access
	list, lang string
	units      map[int64]unit
}

func (s *Service) writeTable(ctx context.Context, out sheet.Writer, t *table) error {
	head := []sheet.Cell{}
	for _, h := range t.heads() {
		head = append(head, sheet.Text(h.In(t.lang)))
	}
	if err := out.WriteRow(head); err != nil {
		return err
	}
	return t.each(ctx, s.db.Read(), out.WriteRow)
}

func (t *table) heads() []rule.Text { return slices.Concat(columns, moreColumns[t.list]) }

// each hands over the rows of the table.
func (t *table) each(ctx context.Context, q db.Q, fn func([]sheet.Cell) error) error {
	if t.list == ListLines {
		return eachLine(ctx, q, t.c, t.a, LineFilter{}, func(l *Line) error { return fn(t.row(l)) })
	}
	return t.eachResult(ctx, q, func(r *Result) error { return fn(append(t.row(&r.Line), t.more(r)...)) })
}

func (t *table) eachResult(ctx context.Context, q db.Q, fn func(*Result) error) error {
	const page = 500
	var after []any
	for {
		list, err := listResults(ctx, q, t.c, t.a, t.list, after, page)
		if err != nil {
			return err
		}
		for i := range list {
			if err := fn(&list[i]); err != nil {
				return err
			}
		}
		if len(list) < page {
			return nil
		}
		after = []any{list[page-1].Code, list[page-1].CustomerID}
	}
}

func (t *table) grade(code string) sheet.Cell {
	label := t.c.label(code)
	return sheet.Text(label.In(t.lang))
}

func (t *table) row(l *Line) []sheet.Cell {
	u := t.units[l.UnitID]
	region, approval := rule.Text{Zh: u.NameZh, En: u.NameEn}, approvalWords[l.Approval]
	return []sheet.Cell{
		sheet.Text(l.Code), sheet.Text(l.Name), sheet.Text(region.In(t.lang)), sheet.Text(l.OwnerName), t.grade(l.BeforeCode), t.grade(l.RateCode), sheet.Number(score(l.RateScore)),
		t.grade(l.MeetCode), sheet.Number(score(l.MeetScore)), sheet.Text(approval.In(t.lang)), t.grade(l.FinalCode),
	}
}

func (t *table) more(r *Result) []sheet.Cell {
	action := actionWords[r.Action]
	switch t.list {
	case ListNew:
		return []sheet.Cell{sheet.Date(r.FirstFact.String()), t.grade(r.OpenCode), sheet.Text(r.Note)}
	case ListA:
		return []sheet.Cell{sheet.Text(r.Plan), sheet.Text(r.SeesToName), sheet.Date(r.DueOn.String()), sheet.Text(r.Note)}
	}
	return []sheet.Cell{sheet.Text(action.In(t.lang)), sheet.Text(r.Plan), sheet.Text(r.SeesToName), sheet.Date(r.DueOn.String()), sheet.Text(r.Note)}
}
