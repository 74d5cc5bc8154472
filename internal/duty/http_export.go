package duty

import (
	"context"
	"io"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/calendar"
	"kezhi/internal/httpapi"
	"kezhi/internal/sheet"
)

type exportIn struct {
	Filters
	Format string `query:"format" enum:"csv,xlsx" default:"xlsx"`
	Lang   string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the headings and words"`
}

func (h *handlers) export(ctx context.Context, in *exportIn) (*huma.StreamResponse, error) {
	f, err := in.filter(ctx)
	if err != nil {
		return nil, err
	}
	x, err := h.s.Export(ctx, f)
	if err != nil {
		return nil, err
	}
	words := exportWords[in.Lang]
	today := h.s.Today()
	return httpapi.Download(words.file+"-"+today.String()+"."+in.Format, func(ctx context.Context, w io.Writer) error {
		return sheet.WriteTable(w, sheet.Format(in.Format), words.file, func(out sheet.Writer) error { return x.write(ctx, out, words, today) })
	}), nil
}

// exportLanguage holds the words of an exported table: files leave the program, so the server writes them itself.
type exportLanguage struct {
	file    string
	heads   []string
	states  map[State]string
	yes, no string
	zh      bool
}

var exportWords = map[string]exportLanguage{
	"zh": {
		file: "义务", yes: "是", no: "否", zh: true,
		heads:  []string{"客户编号", "客户名称", "地区", "电话", "等级", "义务", "活动", "条款", "周期", "假定", "负责人", "起始日", "到期日", "状态", "完成日", "完成人", "说明", "原因"},
		states: map[State]string{Open: "待办", Missed: "逾期", Kept: "按时", Late: "迟办", Waived: "免除", Dropped: "取消"},
	},
	"en": {
		file: "duties", yes: "yes", no: "no",
		heads:  []string{"Customer code", "Customer", "Region", "Phone", "Grade", "Duty", "Activity", "Clause", "Cadence", "Assumed", "Owner", "From", "Due", "State", "Done on", "Done by", "Note", "Reason"},
		states: map[State]string{Open: "Open", Missed: "Missed", Kept: "Kept", Late: "Late", Waived: "Waived", Dropped: "Dropped"},
	},
}

func (l exportLanguage) row(d Duty, today calendar.Date) []sheet.Cell {
	title, assumed := d.TitleEn, l.no
	if l.zh {
		title = d.TitleZh
	}
	if d.Assumed {
		assumed = l.yes
	}
	t := sheet.Text
	return []sheet.Cell{
		t(d.Customer.Code), t(d.Customer.Name), t(d.Customer.Region), t(d.Customer.Phone), t(d.Grade), t(title), t(d.Activity), t(d.Clause), t(d.Every),
		t(assumed), t(d.OwnerName), sheet.Date(d.WindowFrom.String()), sheet.Date(d.DueOn.String()), t(l.states[d.EffectiveState(today)]),
		sheet.Date(d.DoneOn.String()), t(d.DoneByName), t(d.Note), t(d.Reason),
	}
}
