package sheet

import (
	"errors"
	"io"
	"strconv"
	"strings"
)

// readHeader finds the header, checks it and reads one record ahead.
func (r *Reader) readHeader() error {
	row, err := r.headerRow()
	if errors.Is(err, io.EOF) {
		return r.bad("sheet.empty")
	}
	if err != nil {
		return err
	}
	if r.header, err = r.checkHeader(row); err != nil {
		return err
	}
	first, err := r.Next()
	if errors.Is(err, io.EOF) {
		return r.bad("sheet.header_only")
	}
	first.Cells = append([]string(nil), first.Cells...)
	if err != nil && !IsRowError(err) {
		return err
	}
	r.ahead = &aheadRow{row: first, err: err}
	return nil
}

func (r *Reader) headerRow() (Row, error) {
	for {
		row, err := r.src.next()
		if err != nil && (!IsRowError(err) || row.Line >= r.opt.HeaderRow) {
			return row, err
		}
		if row.Line >= r.opt.HeaderRow && !allBlank(row.Cells) {
			return row, nil
		}
	}
}

// checkHeader trims the names, drops empty columns at the end, and refuses what could not be mapped without doubt.
func (r *Reader) checkHeader(row Row) ([]string, error) {
	header := make([]string, 0, len(row.Cells))
	for _, c := range row.Cells {
		header = append(header, strings.Join(strings.Fields(c), " "))
	}
	for len(header) > 0 && header[len(header)-1] == "" {
		header = header[:len(header)-1]
	}
	if len(header) > r.opt.Limits.Columns {
		return nil, r.tooLarge("sheet.too_many_columns", "line", row.Line, "limit", r.opt.Limits.Columns)
	}
	seen := make(map[string]int, len(header))
	for i, h := range header {
		if h == "" {
			return nil, r.bad("sheet.header_blank", "line", row.Line, "column", ColumnName(i))
		}
		if first, twice := seen[h]; twice {
			return nil, r.bad("sheet.header_twice", "line", row.Line, "header", h,
				"first", ColumnName(first), "second", ColumnName(i))
		}
		seen[h] = i
	}
	return header, nil
}

// ColumnName gives the letters a spreadsheet shows for a column counted from 0: A, B … Z, AA. A negative index gives its number.
func ColumnName(i int) string {
	if i < 0 {
		return strconv.Itoa(i)
	}
	var b [8]byte
	n := len(b)
	for i++; i > 0 && n > 0; i = (i - 1) / 26 {
		n--
		b[n] = byte('A' + (i-1)%26)
	}
	return string(b[n:])
}
