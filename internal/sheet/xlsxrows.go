package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"

	"kezhi/internal/errs"
)

// rowParser pulls rows out of the sheetData of one worksheet.
type rowParser struct {
	book  *workbook
	in    *puller
	part  string
	row   int
	cells []string
	value []byte
	text  []byte
}

func newRowParser(w *workbook, in io.Reader, part string) *rowParser {
	return &rowParser{book: w, in: newPuller(in, w.limits.LineBytes), part: part}
}

// next gives the next stored row, also one without content, and io.EOF behind the sheet.
func (p *rowParser) next() (Row, error) {
	for {
		tok, err := p.in.token()
		if err != nil {
			return Row{}, err
		}
		start, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "row":
			return p.readRow(start)
		case "mergeCell":
			p.book.note(Warning{Code: "sheet.merged_cells", Args: map[string]any{"file": p.book.file, "range": attr(start, "ref")}})
		}
	}
}

const maxWarnings = 100

// note keeps the first warnings; a sheet may have a merge on every line.
func (w *workbook) note(n Warning) {
	if len(w.notes) < maxWarnings {
		w.notes = append(w.notes, n)
	}
}

func (p *rowParser) readRow(start xml.StartElement) (Row, error) {
	p.row++
	if n, err := strconv.Atoi(attr(start, "r")); err == nil && n > 0 {
		p.row = n
	}
	p.cells = p.cells[:0]
	var rowErr *errs.Error
	for {
		tok, err := p.in.token()
		if err != nil {
			return Row{Line: p.row}, notEOF(err)
		}
		switch t := tok.(type) {
		case xml.EndElement:
			if t.Name.Local != "row" {
				continue
			}
			row := Row{Line: p.row, Cells: p.cells}
			if rowErr != nil {
				return row, rowErr
			}
			return row, nil
		case xml.StartElement:
			if t.Name.Local != "c" {
				continue
			}
			bad, err := p.readCell(t)
			if err != nil {
				return Row{Line: p.row}, err
			}
			if rowErr == nil {
				rowErr = bad
			}
		}
	}
}

func notEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// readCell puts one cell at its column. The first result is trouble with this cell only.
func (p *rowParser) readCell(start xml.StartElement) (*errs.Error, error) {
	column := len(p.cells)
	if ref := attr(start, "r"); ref != "" {
		column = columnIndex(ref)
	}
	if column < 0 {
		return nil, p.book.bad("sheet.part_damaged", "part", p.part, "line", p.row)
	}
	if column >= p.book.limits.Columns {
		return nil, p.book.tooLarge("sheet.too_many_columns", "line", p.row, "limit", p.book.limits.Columns)
	}
	kind, style := attr(start, "t"), attr(start, "s")
	hasValue, hasFormula, err := p.cellContent()
	if err != nil {
		return nil, err
	}
	var bad *errs.Error
	if hasFormula && !hasValue {
		bad = p.book.bad(codeUncomputed, "line", p.row, "cell", ColumnName(column)+strconv.Itoa(p.row))
	}
	text, err := p.cellText(kind, style)
	if err != nil {
		return nil, err
	}
	for len(p.cells) <= column {
		p.cells = append(p.cells, "")
	}
	p.cells[column] = text
	return bad, nil
}

// cellContent collects <v> or <is> of a cell up to its end.
func (p *rowParser) cellContent() (hasValue, hasFormula bool, err error) {
	p.value, p.text = p.value[:0], p.text[:0]
	inValue := false
	for {
		tok, err := p.in.token()
		if err != nil {
			return false, false, notEOF(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				inValue, hasValue = true, true
			case "f":
				hasFormula = true
			case "is":
				hasValue = true
				if p.text, err = appendText(p.text, p.in, "is"); err != nil {
					return false, false, err
				}
			}
		case xml.EndElement:
			inValue = false
			if t.Name.Local == "c" {
				return hasValue, hasFormula, nil
			}
		case xml.CharData:
			if inValue {
				p.value = append(p.value, t...)
			}
		}
		if len(p.value) > p.book.limits.LineBytes || len(p.text) > p.book.limits.LineBytes {
			return false, false, p.book.tooLarge("sheet.line_too_long", "line", p.row, "limit", p.book.limits.LineBytes)
		}
	}
}

// cellText turns what is stored into what is meant.
func (p *rowParser) cellText(kind, style string) (string, error) {
	value := string(p.value)
	switch kind {
	case "s":
		i, err := strconv.Atoi(value)
		if err != nil && value == "" {
			return "", nil
		}
		text, ok := p.book.shared.at(i)
		if err != nil || !ok {
			return "", p.book.bad("sheet.part_damaged", "part", p.part, "line", p.row)
		}
		return text, nil
	case "inlineStr":
		return string(p.text), nil
	case "str", "e", "d":
		return value, nil
	case "b":
		if value == "1" {
			return "TRUE", nil
		}
		return "FALSE", nil
	}
	if s := p.book.style(style); s != notDate && value != "" {
		if text, ok := serialText(value, s, p.book.d1904); ok {
			return text, nil
		}
	}
	return tidyNumber(value), nil
}

// columnIndex reads the letters of a reference (AB12) as a column counted from 0; -1 if there are none or too many.
func columnIndex(ref string) int {
	n := 0
	for i := range len(ref) {
		c := ref[i] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		if n = n*26 + int(c-'a') + 1; n > 1<<20 {
			return -1
		}
	}
	return n - 1
}
