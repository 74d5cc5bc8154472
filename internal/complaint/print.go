package complaint

import (
	"strconv"
	"strings"
	"time"

	"kezhi/internal/paper"
	"kezhi/internal/rule"
)

// sheetWords are the fixed words of the printed table: files leave the program, so the server writes them itself.
type sheetWords struct {
	title, month, asOf, total, notes, made, checked string
	edition, calendar, reason                       string
	heads                                           []string
	league, department                              string
	leagueHeads                                     []string
	leagueNotes                                     string
}

var printed = map[paper.Lang]sheetWords{
	paper.Chinese: {
		title: "投诉统计表", month: "统计月份", asOf: "统计时点", total: "合计", made: "填报", checked: "审核",
		edition: "版次", calendar: "按月自动填报", reason: "重新填报理由",
		notes:  "按受理日期归入月份，办理情况以统计时点为准。按时率＝按时÷（按时＋超期办结＋逾期未结）。再次投诉：同一客户、同一部门同一原因，距上次受理不超过{days}天。一件投诉由几个部门负责的，各部门分别计入，合计只计一次。赔付只计已答复结案的投诉。满意度为评分（1至5分）的平均数，未建档者的评分一并计入。",
		heads:  []string{"受理", "按时", "超期办结", "办理中", "逾期未结", "撤回", "不予受理", "按时率%", "客户再次投诉", "同因再次发生", "满意度", "赔付金额"},
		league: "部门排行", department: "部门",
		leagueHeads: []string{"受理", "名次", "超期", "超期率%", "名次", "赔付金额", "名次", "满意度", "名次", "再次投诉率%", "名次"},
		leagueNotes: "名次1为最需改进：受理最多、超期率最高、赔付最多、满意度最低、再次投诉率最高。数值相同的并列，其后名次空缺；没有数据的不排。",
	},
	paper.English: {
		title: "Complaint statistics", month: "Month", asOf: "As of", total: "Total", made: "Made by", checked: "Checked by",
		edition: "Edition", calendar: "made by the calendar", reason: "Made anew because",
		notes:  "Complaints belong to the month of their receipt and are counted as they stand at the moment named. In time % = in time ÷ (in time + late + overdue). Repeated: the same customer, or the same cause in the same department, within {days} days. A complaint of several departments counts in each of them and once in the total. Compensation is that of complaints answered. Satisfaction is the mean of the ratings from 1 to 5, also of those who are no customers on file.",
		heads:  []string{"Received", "In time", "Late", "Open", "Overdue", "Withdrawn", "Declined", "In time %", "Same customer", "Same cause", "Satis-faction", "Compensation"},
		league: "League of departments", department: "Department",
		leagueHeads: []string{"Received", "Place", "Late", "Late %", "Place", "Compensation", "Place", "Satis-faction", "Place", "Repeated %", "Place"},
		leagueNotes: "Place 1 needs attention first: most complaints, greatest share late, highest compensation, lowest satisfaction, greatest share repeated. Equal values share a place and the next one is left out; what has no data has no place.",
	},
}

func in(lang paper.Lang, t rule.Text) string {
	if lang == paper.English && t.En != "" {
		return t.En
	}
	return t.Zh
}

// FileName gives the name of the statistics as a file, without its ending.
func (s *Statistics) FileName(lang paper.Lang) string { return printed[lang].title + "-" + s.Month }

// Document gives the statistics as a form to be signed, a table for each division, or as the workbook with the same content.
// loc is the organisation's time zone.
func (s *Statistics) Document(lang paper.Lang, loc *time.Location) *paper.Document {
	w := printed[lang]
	d := &paper.Document{
		Lang: lang, Title: w.title, Organisation: in(lang, s.Organisation), Landscape: true, Created: s.AsOf.In(loc),
		Head: []paper.Field{{Label: w.month, Value: s.Month}, {Label: w.asOf, Value: s.AsOf.In(loc).Format("2006-01-02 15:04")}},
	}
	for _, b := range s.Breakdowns {
		d.Body = append(d.Body, s.table(b, lang), paper.Gap{Lines: 1})
	}
	small := func(text string) paper.Text { return paper.Text{Body: text, Flush: true, Small: true} }
	d.Body = append(d.Body, small(strings.ReplaceAll(w.notes, "{days}", strconv.Itoa(s.RepeatDays))), paper.Gap{Lines: 1})
	if len(s.League) > 0 {
		d.Body = append(d.Body, s.leagueTable(lang), small(w.leagueNotes), paper.Gap{Lines: 1})
	}
	d.Body = append(d.Body, paper.Signoffs{Columns: 2, Boxes: []paper.Signoff{{Post: w.made}, {Post: w.checked}}})
	return d
}

// Document gives the statistics as they were made, with their edition and who made them.
func (t *Table) Document(lang paper.Lang, loc *time.Location) *paper.Document {
	w := printed[lang]
	d := t.Figures.Document(lang, loc)
	by := t.MadeByName
	if t.MadeBy == 0 {
		by = w.calendar
	}
	d.Head = append(d.Head, paper.Field{Label: w.edition, Value: strconv.FormatInt(t.Edition, 10)}, paper.Field{Label: w.made, Value: by})
	if t.Reason != "" {
		d.Head = append(d.Head, paper.Field{Label: w.reason, Value: t.Reason, Wide: true})
	}
	return d
}

func (s *Statistics) table(b Breakdown, lang paper.Lang) paper.Table {
	w := printed[lang]
	t := paper.Table{Title: in(lang, b.Title), Columns: []paper.Column{{Title: in(lang, b.Title), Width: 2.4}}}
	for _, h := range w.heads[:len(w.heads)-1] {
		t.Columns = append(t.Columns, paper.Column{Title: h, Kind: paper.Number, Width: 1})
	}
	t.Columns = append(t.Columns, paper.Column{Title: w.heads[len(w.heads)-1], Kind: paper.Number, Width: 1.8})
	for i := range b.Lines {
		t.Rows = append(t.Rows, paper.Row{Cells: b.Lines[i].cells(in(lang, b.Lines[i].Title))})
	}
	t.Rows = append(t.Rows, paper.Row{Cells: s.Total.cells(w.total), Total: true})
	return t
}

// cells writes a line; several currencies stand in one cell with their codes, a single one as a plain number.
func (l *Line) cells(title string) []string {
	out := []string{title}
	for _, n := range []int{l.Received, l.InTime, l.Late, l.Open, l.Overdue, l.Withdrawn, l.Declined} {
		out = append(out, strconv.Itoa(n))
	}
	return append(out, l.InTimeShare, strconv.Itoa(l.RepeatedCustomer), strconv.Itoa(l.RepeatedCause), l.Satisfaction, sums(l.Compensation))
}

func sums(list []Sum) string {
	out := make([]string, len(list))
	for i, m := range list {
		out[i] = m.Amount + " " + m.Currency
		if len(list) == 1 && m.Currency == defaultCurrency {
			out[i] = m.Amount
		}
	}
	return strings.Join(out, "; ")
}

func (s *Statistics) leagueTable(lang paper.Lang) paper.Table {
	w := printed[lang]
	t := paper.Table{Title: w.league, Columns: []paper.Column{{Title: w.department, Width: 2.4}}}
	for _, h := range w.leagueHeads {
		t.Columns = append(t.Columns, paper.Column{Title: h, Kind: paper.Number, Width: 1})
	}
	for i := range s.League {
		r := &s.League[i]
		t.Rows = append(t.Rows, paper.Row{Cells: []string{
			in(lang, r.Title), strconv.Itoa(r.Received), place(r.Places.Received), strconv.Itoa(r.Late), r.LateShare, place(r.Places.Late), sums(r.Compensation),
			place(r.Places.Compensation), r.Satisfaction, place(r.Places.Satisfaction), r.RepeatShare, place(r.Places.Repeated),
		}})
	}
	return t
}

// place writes a place; what has none stays empty.
func place(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
