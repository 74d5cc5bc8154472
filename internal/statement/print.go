package statement

import (
	"context"
	"strconv"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/paper"
	"kezhi/internal/rule"
)

// words are the fixed words of the paper.
type words struct {
	title, customer, code, owner, year, days, issued, by                    string
	summary, service, count, total, clause, what, due, on, who, state, note string
	number, none, left, comma, to                                           string
	posts                                                                   [3]string
}

var printed = map[paper.Lang]words{
	paper.Chinese: {
		title: "客户服务情况说明", customer: "客户名称", code: "客户编号", owner: "客户经理", year: "年度", days: "期间", issued: "出具日期", by: "出具人",
		summary: "服务汇总", service: "服务", count: "已提供", total: "全部记录", clause: "条款", what: "内容", due: "应办日", on: "日期", who: "办理人", state: "结果", note: "说明",
		number: "编号", none: "期间内没有记录。", left: "出具人无权查看，未列入：", comma: "、", to: " 至 ",
		posts: [3]string{"客户经理", "部门负责人", "客户确认"},
	},
	paper.English: {
		title: "Statement of Service", customer: "Customer", code: "Code", owner: "Customer manager", year: "Year", days: "Period", issued: "Issued on", by: "Issued by",
		summary: "Summary", service: "Service", count: "Rendered", total: "All entries", clause: "Clause", what: "What", due: "Due", on: "Day", who: "By", state: "Outcome", note: "Remarks",
		number: "Number", none: "Nothing in this period.", left: "Not included, because the issuer may not see it: ", comma: ", ", to: " to ",
		posts: [3]string{"Customer manager", "Head of department", "Confirmed by the customer"},
	},
}

// Printed sets an edition on paper, in either language. Needs what Get needs. Errors: those of Get.
func (s *Service) Printed(ctx context.Context, statementID int64, lang paper.Lang) (*paper.Document, error) {
	x, err := s.Get(ctx, statementID)
	if err != nil {
		return nil, err
	}
	var house rule.Text
	if house.Zh, house.En, err = houseName(ctx, s.db.Read()); err != nil {
		return nil, err
	}
	d := x.document(lang, calendar.FromTime(x.At, s.loc).String())
	d.Organisation, d.Created = house.In(string(d.Lang)), x.At.In(s.loc)
	return d, nil
}

// document sets the paper; it is a function of what was kept alone.
func (x Issued) document(lang paper.Lang, issued string) *paper.Document {
	w, ok := printed[lang]
	if !ok {
		lang, w = paper.Chinese, printed[paper.Chinese]
	}
	c := x.Content
	d := &paper.Document{
		Lang: lang, Title: w.title, Number: x.Number, FormCode: "SVC", FormVersion: strconv.Itoa(x.Edition),
		Body: []paper.Block{paper.Grid{Fields: []paper.Field{
			{Label: w.customer, Value: c.Name},
			{Label: w.code, Value: c.Code},
			{Label: w.owner, Value: c.Owner},
			{Label: w.days, Value: c.From + w.to + c.To},
			{Label: w.issued, Value: issued},
			{Label: w.by, Value: x.By},
		}}},
	}
	summary := paper.Table{Title: w.summary, Columns: []paper.Column{{Title: w.service, Width: 4}, {Title: w.count, Kind: paper.Number, Width: 1}, {Title: w.total, Kind: paper.Number, Width: 1}}}
	for _, p := range c.Parts {
		summary.Rows = append(summary.Rows, paper.Row{Cells: []string{p.Title.In(string(lang)), strconv.FormatInt(p.Rendered, 10), strconv.Itoa(len(p.Lines))}})
	}
	d.Body = append(d.Body, summary)
	for _, p := range c.Parts {
		if len(p.Lines) > 0 {
			d.Body = append(d.Body, p.table(lang, w))
		}
	}
	if len(c.Left) > 0 {
		names := make([]string, len(c.Left))
		for i, t := range c.Left {
			names[i] = t.In(string(lang))
		}
		d.Body = append(d.Body, paper.Text{Body: w.left + strings.Join(names, w.comma), Small: true, Flush: true})
	}
	d.Body = append(d.Body, paper.Gap{Lines: 1}, paper.Signoffs{Columns: 2, Boxes: []paper.Signoff{{Post: w.posts[0]}, {Post: w.posts[1]}, {Post: w.posts[2], Seal: true}}})
	return d
}

// maxPrintedNote is how many characters of a remark stand on the paper.
const maxPrintedNote = 200

func cut(text string) string {
	if runes := []rune(text); len(runes) > maxPrintedNote {
		return string(runes[:maxPrintedNote]) + "…"
	}
	return text
}

// table lists the lines of one source, without what the house noted for itself: the customer confirms the paper.
func (p Part) table(lang paper.Lang, w words) paper.Table {
	t := paper.Table{Title: p.Title.In(string(lang))}
	numbered, noted := false, false
	for _, l := range p.Lines {
		numbered, noted = numbered || l.Number != "", noted || l.Note != ""
	}
	if p.Owed {
		t.Columns = append(t.Columns, paper.Column{Title: w.clause, Width: 1.3}, paper.Column{Title: w.due, Kind: paper.Date, Width: 2.2})
	}
	t.Columns = append(t.Columns, paper.Column{Title: w.on, Kind: paper.Date, Width: 2.2})
	if numbered {
		t.Columns = append(t.Columns, paper.Column{Title: w.number, Width: 2})
	}
	t.Columns = append(t.Columns, paper.Column{Title: w.what, Width: 3}, paper.Column{Title: w.who, Width: 1.4}, paper.Column{Title: w.state, Kind: paper.Choice, Width: 1.6})
	if noted {
		t.Columns = append(t.Columns, paper.Column{Title: w.note, Width: 4})
	}
	for _, l := range p.Lines {
		var cells []string
		on := l.On
		if p.Owed {
			cells = append(cells, l.Clause, l.Due)
			if l.On == l.Due && !p.rendered(l.State) {
				on = "" // owed, and not done on any day
			}
		}
		cells = append(cells, on)
		if numbered {
			cells = append(cells, l.Number)
		}
		cells = append(cells, l.Title.In(string(lang)), l.Who, p.stateText(l.State).In(string(lang)))
		if noted {
			cells = append(cells, cut(l.Note))
		}
		t.Rows = append(t.Rows, paper.Row{Cells: cells})
	}
	return t
}

func (p Part) rendered(state string) bool {
	for _, x := range p.States {
		if x.Key == state {
			return x.Rendered
		}
	}
	return false
}
