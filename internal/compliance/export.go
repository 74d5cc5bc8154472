package compliance

import (
	"io"
	"strconv"
	"strings"

	"kezhi/internal/sheet"
)

// exportLanguage holds the words of the table: files leave the program, so the server writes them itself.
type exportLanguage struct {
	file   string
	heads  []string
	states map[string]string
	cross  string // name of the file by dimensions
	by     map[Dimension]string
	counts []string
	total  string
	none   map[Dimension]string
}

var exportWords = map[string]exportLanguage{
	"zh": {
		file:   "制度执行",
		heads:  []string{"条款", "标题", "版本", "应办", "按时", "迟办", "逾期", "免除", "待办", "按时率%", "范围内客户", "有评定", "无评定", "状态", "由谁执行"},
		states: map[string]string{"kept": "已执行", "open": "进行中", "broken": "有违反", "untold": "无从判断"},
		cross:  "制度执行分析", total: "合计",
		by:     map[Dimension]string{ByClause: "条款", ByGrade: "等级", ByDepartment: "部门", ByManager: "责任人", ByMonth: "月份"},
		counts: []string{"应办", "按时", "迟办", "逾期", "免除", "待办", "按时率%"},
		none:   map[Dimension]string{ByGrade: "无等级", ByDepartment: "无部门", ByManager: "无人负责"},
	},
	"en": {
		file:   "compliance",
		heads:  []string{"Clause", "Title", "Version", "Due", "Kept", "Late", "Missed", "Waived", "Open", "Kept %", "In scope", "Graded", "Without verdict", "State", "Carried out by"},
		states: map[string]string{"kept": "kept", "open": "open", "broken": "broken", "untold": "cannot be told"},
		cross:  "compliance-by", total: "Total",
		by:     map[Dimension]string{ByClause: "Clause", ByGrade: "Grade", ByDepartment: "Department", ByManager: "Manager", ByMonth: "Month"},
		counts: []string{"Due", "Kept", "Late", "Missed", "Waived", "Open", "Kept %"},
		none:   map[Dimension]string{ByGrade: "no grade", ByDepartment: "no department", ByManager: "nobody"},
	},
}

// Write writes the clauses of a report as a table: format csv or xlsx, lang zh or en.
func Write(out io.Writer, format, lang string, r Report) error {
	words := exportWords[lang]
	return sheet.WriteTable(out, sheet.Format(format), words.file, func(w sheet.Writer) error {
		if err := w.WriteRow(sheet.Texts(words.heads)); err != nil {
			return err
		}
		for i := range r.Clauses {
			if err := w.WriteRow(words.row(&r.Clauses[i], lang)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (l exportLanguage) row(c *Clause, lang string) []sheet.Cell {
	row := []sheet.Cell{sheet.Text(c.Number), sheet.Text(c.Title.In(lang)), sheet.Text(c.Version)}
	if t := c.Duties; t != nil {
		row = append(row, t.row()...)
	} else {
		row = append(row, make([]sheet.Cell, 7)...)
	}
	if v := c.Verdicts; v != nil {
		row = append(row, whole(v.InScope), whole(v.Graded), whole(v.Without))
	} else {
		row = append(row, make([]sheet.Cell, 3)...)
	}
	return append(row, sheet.Text(l.states[c.State]), sheet.Text(strings.Join(c.CarriedBy, ", ")))
}

func whole(n int64) sheet.Cell { return sheet.Number(strconv.FormatInt(n, 10)) }

func (t *Tally) row() []sheet.Cell {
	return []sheet.Cell{whole(t.Due), whole(t.Kept), whole(t.Late), whole(t.Missed), whole(t.Waived), whole(t.Open), sheet.Text(t.Rate)}
}

// WriteCross writes compliance by dimensions as a table with a row for each line and each of its cells: format csv or xlsx, lang zh or en.
func WriteCross(out io.Writer, format, lang string, x Cross) error {
	words := exportWords[lang]
	titles := map[string]string{}
	for _, c := range x.Columns {
		titles[c.Key] = words.name(x.Across, c, lang)
	}
	return sheet.WriteTable(out, sheet.Format(format), words.cross, func(w sheet.Writer) error {
		crossed := func(line, column string, t *Tally) error {
			row := sheet.Texts([]string{line})
			if x.Across != "" {
				row = sheet.Texts([]string{line, column})
			}
			return w.WriteRow(append(row, t.row()...))
		}
		heads := []string{words.by[x.By]}
		if x.Across != "" {
			heads = append(heads, words.by[x.Across])
		}
		if err := w.WriteRow(sheet.Texts(append(heads, words.counts...))); err != nil {
			return err
		}
		for i := range x.Lines {
			l := &x.Lines[i]
			name := words.name(x.By, l.Head, lang)
			if err := crossed(name, words.total, &l.Tally); err != nil {
				return err
			}
			for j := range l.Cells {
				if err := crossed(name, titles[l.Cells[j].Column], &l.Cells[j].Tally); err != nil {
					return err
				}
			}
		}
		return crossed(words.total, words.total, &x.Total)
	})
}

// name writes a value as people read it; a department stands in by its place below the others.
func (l exportLanguage) name(of Dimension, h Head, lang string) string {
	title := h.Title.In(lang)
	switch {
	case h.Key == None:
		return l.none[of]
	case of == ByClause && title != h.Key:
		return strings.TrimSpace(h.Key + " " + title)
	case title == "":
		return h.Key
	}
	return strings.Repeat("\u3000", h.Depth) + title
}
