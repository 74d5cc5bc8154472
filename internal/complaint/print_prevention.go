package complaint

import (
	"strconv"
	"strings"
	"time"

	"kezhi/internal/paper"
)

// preventionWords are the fixed words of the printed list of preventive measures.
type preventionWords struct {
	title, asOf, from, byDepartment, list, department, total, more string
	heads                                                          []string
	states                                                         map[string]string
}

var preventionPrinted = map[paper.Lang]preventionWords{
	paper.Chinese: {
		title: "防范再发措施落实清单", asOf: "统计时点", from: "立项起始日", byDepartment: "各部门落实情况", list: "措施清单", department: "责任部门", total: "合计",
		more:  "措施多于所列，请缩短时间或按部门查询。",
		heads: []string{"编号", "投诉编号", "责任部门", "防范措施", "立项日期", "限期", "证明日期", "状态", "证明材料"},
		states: map[string]string{
			MeasureOverdue: "逾期未落实", MeasureNamed: "已提出未立项", MeasureOpen: "落实中", MeasureProved: "待核实", MeasureLate: "超期落实", MeasureDone: "按期落实", MeasureWithdrawn: "撤销",
		},
	},
	paper.English: {
		title: "Preventive measures", asOf: "As of", from: "Begun from", byDepartment: "By department", list: "Measures", department: "Department", total: "Total",
		more:  "There are more measures than are listed: choose a shorter time or one department.",
		heads: []string{"Number", "Complaint", "Department", "Measure", "Begun", "Due", "Proved", "State", "Evidence"},
		states: map[string]string{
			MeasureOverdue: "Overdue", MeasureNamed: "Named only", MeasureOpen: "Open", MeasureProved: "To be verified", MeasureLate: "Done late", MeasureDone: "Done in time",
			MeasureWithdrawn: "Withdrawn",
		},
	},
}

// Document gives the measures as a list to be printed, or as the workbook with the same content. loc is the organisation's
// time zone.
func (p *Prevention) Document(lang paper.Lang, loc *time.Location) *paper.Document {
	w := preventionPrinted[lang]
	d := &paper.Document{
		Lang: lang, Title: w.title, Organisation: in(lang, p.Organisation), Landscape: true, Created: p.AsOf.In(loc),
		Head: []paper.Field{{Label: w.asOf, Value: p.AsOf.In(loc).Format("2006-01-02 15:04")}, {Label: w.from, Value: p.From}},
	}
	counts := paper.Table{Title: w.byDepartment, Columns: []paper.Column{{Title: w.department, Width: 2.4}, {Title: w.total, Kind: paper.Number, Width: 1}}}
	for _, state := range measureStates {
		counts.Columns = append(counts.Columns, paper.Column{Title: w.states[state], Kind: paper.Number, Width: 1.2})
	}
	for i := range p.Departments {
		x := &p.Departments[i]
		cells := []string{in(lang, x.Title), strconv.Itoa(x.Total)}
		for _, state := range measureStates {
			cells = append(cells, strconv.Itoa(x.States[state]))
		}
		counts.Rows = append(counts.Rows, paper.Row{Cells: cells})
	}
	widths := []float64{1.7, 1.7, 1.3, 3, 1.3, 1.3, 1.3, 1.6, 1.8}
	list := paper.Table{Title: w.list}
	for i, h := range w.heads {
		c := paper.Column{Title: h, Width: widths[i]}
		if i >= 4 && i <= 6 {
			c.Kind = paper.Date
		}
		list.Columns = append(list.Columns, c)
	}
	for i := range p.Items {
		list.Rows = append(list.Rows, paper.Row{Cells: p.Items[i].cells(lang)})
	}
	d.Body = append(d.Body, counts, paper.Gap{Lines: 1}, list)
	if p.More {
		d.Body = append(d.Body, paper.Text{Body: w.more, Flush: true, Small: true})
	}
	return d
}

func (m *Measure) cells(lang paper.Lang) []string {
	names := make([]string, len(m.Evidence))
	for i, e := range m.Evidence {
		names[i] = e.Name
	}
	return []string{
		m.Number, m.Complaint, in(lang, m.Title), m.Measure, m.OpenedOn, m.DueOn, m.ProvedOn, preventionPrinted[lang].states[m.State], strings.Join(names, "; "),
	}
}
