package promise

import (
	"context"
	"io"
	"strconv"

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
	return httpapi.Download(words.file+"-"+h.s.Today().String()+"."+in.Format, func(ctx context.Context, w io.Writer) error {
		return sheet.WriteTable(w, sheet.Format(in.Format), words.file, func(out sheet.Writer) error { return x.write(ctx, out, words) })
	}), nil
}

// exportLanguage holds the words of an exported table: files leave the program, so the server writes them itself.
type exportLanguage struct {
	file    string
	heads   []string
	states  map[State]string
	origins map[Origin]string
}

var exportWords = map[string]exportLanguage{
	"zh": {
		file:    "承诺",
		heads:   []string{"客户编号", "客户名称", "联系人", "承诺内容", "目的与受益人", "负责人", "作出日期", "作出场合", "最初期限", "现在期限", "改期次数", "状态", "了结日期", "结果说明"},
		states:  map[State]string{Open: "待兑现", Overdue: "逾期", Kept: "如期兑现", Late: "逾期兑现", Broken: "未兑现", Withdrawn: "撤回"},
		origins: map[Origin]string{InVisit: "拜访", InCall: "电话", InCase: "工单", InSeminar: "活动"},
	},
	"en": {
		file:    "promises",
		heads:   []string{"Customer code", "Customer", "Contact", "Promise", "What for", "Kept by", "Made on", "Made in", "First due", "Due", "Times moved", "State", "Settled on", "How, or why not"},
		states:  map[State]string{Open: "Open", Overdue: "Overdue", Kept: "Kept", Late: "Kept late", Broken: "Broken", Withdrawn: "Withdrawn"},
		origins: map[Origin]string{InVisit: "Visit", InCall: "Call", InCase: "Case", InSeminar: "Event"},
	},
}

func (l exportLanguage) row(p Promise, today calendar.Date) []sheet.Cell {
	t := sheet.Text
	return []sheet.Cell{
		t(p.Customer.Code), t(p.Customer.Name), t(p.Contact), t(p.What), t(p.Purpose), t(p.OwnerName), sheet.Date(p.MadeOn.String()), t(l.origins[p.MadeIn]),
		sheet.Date(p.FirstDue.String()), sheet.Date(p.DueOn.String()), sheet.Number(strconv.FormatInt(p.Moved, 10)), t(l.states[p.At(today)]), sheet.Date(p.SettledOn.String()), t(p.Said),
	}
}
