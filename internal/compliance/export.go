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
}

var exportWords = map[string]exportLanguage{
	"zh": {
		file:   "制度执行",
		heads:  []string{"条款", "标题", "版本", "应办", "按时", "迟办", "逾期", "免除", "待办", "按时率%", "范围内客户", "有评定", "无评定", "状态", "由谁执行"},
		states: map[string]string{"kept": "已执行", "open": "进行中", "broken": "有违反", "untold": "无从判断"},
	},
	"en": {
		file:   "compliance",
		heads:  []string{"Clause", "Title", "Version", "Due", "Kept", "Late", "Missed", "Waived", "Open", "Kept %", "In scope", "Graded", "Without verdict", "State", "Carried out by"},
		states: map[string]string{"kept": "kept", "open": "open", "broken": "broken", "untold": "cannot be told"},
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
	n := func(v int64) sheet.Cell { return sheet.Number(strconv.FormatInt(v, 10)) }
	row := []sheet.Cell{sheet.Text(c.Number), sheet.Text(c.Title.In(lang)), sheet.Text(c.Version)}
	if t := c.Duties; t != nil {
		row = append(row, n(t.Due), n(t.Kept), n(t.Late), n(t.Missed), n(t.Waived), n(t.Open), sheet.Text(t.Rate))
	} else {
		row = append(row, make([]sheet.Cell, 7)...)
	}
	if v := c.Verdicts; v != nil {
		row = append(row, n(v.InScope), n(v.Graded), n(v.Without))
	} else {
		row = append(row, make([]sheet.Cell, 3)...)
	}
	return append(row, sheet.Text(l.states[c.State]), sheet.Text(strings.Join(c.CarriedBy, ", ")))
}
