package sheet

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
)

// maxSheetRows is how many rows a worksheet has.
const maxSheetRows = 1_048_576

// XLSXWriter writes a workbook with one sheet, row by row; rows go to a temporary file as they come.
type XLSXWriter struct {
	out   io.Writer
	book  *excelize.File
	sheet *excelize.StreamWriter
	date  int
	bold  int
	row   int
	buf   []any
}

// NewXLSXWriter begins a workbook on w whose only sheet has the given name (31 characters at most, none of []:*?/\; others are replaced). The first row
// written is the header: it is bold and stays in view.
func NewXLSXWriter(w io.Writer, name string) (*XLSXWriter, error) {
	book := excelize.NewFile()
	name = sheetName(name)
	err := book.SetSheetName("Sheet1", name)
	x := &XLSXWriter{out: w, book: book}
	if err == nil {
		x.sheet, err = book.NewStreamWriter(name)
	}
	if err == nil {
		x.bold, err = book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	}
	if err == nil {
		format := "yyyy-mm-dd"
		x.date, err = book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	}
	if err == nil {
		err = x.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	}
	if err != nil {
		return nil, errors.Join(err, book.Close())
	}
	return x, nil
}

func sheetName(name string) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return '_'
		}
		return r
	}, name), "'")
	if r := []rune(name); len(r) > 31 {
		name = string(r[:31])
	}
	if strings.TrimSpace(name) == "" {
		return "Sheet1"
	}
	return name
}

// WriteRow writes one row. Error: sheet.too_many_rows, when the sheet is full.
func (x *XLSXWriter) WriteRow(cells []Cell) error {
	if x.row == maxSheetRows {
		return errs.New(errs.TooLarge, "sheet.too_many_rows", "limit", maxSheetRows)
	}
	x.row++
	x.buf = x.buf[:0]
	for _, c := range cells {
		x.buf = append(x.buf, x.value(c))
	}
	return x.sheet.SetRow("A"+strconv.Itoa(x.row), x.buf)
}

// value gives what excelize writes: its float64 is only the text of the file again, since a double keeps 15 digits exactly.
func (x *XLSXWriter) value(c Cell) any {
	if x.row == 1 {
		return excelize.Cell{StyleID: x.bold, Value: c.Text}
	}
	switch c.kind {
	case numberCell:
		if _, digits, _, ok := splitNumber(c.Text); ok && len(digits) <= spreadsheetDigits {
			if f, err := strconv.ParseFloat(c.Text, 64); err == nil {
				return f
			}
		}
	case dateCell:
		if d, err := calendar.Parse(c.Text); err == nil && d >= -25508 {
			return excelize.Cell{StyleID: x.date, Value: int(d) + 25569}
		}
	case textCell:
	}
	return c.Text
}

// Close writes the workbook out and removes the temporary file.
func (x *XLSXWriter) Close() error {
	err := x.sheet.Flush()
	if err == nil {
		err = x.book.Write(x.out)
	}
	return errors.Join(err, x.book.Close())
}
