package sheet

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
)

// maxSheetRows is how many rows a worksheet has.
const maxSheetRows = 1_048_576

// XLSXWriter writes a workbook sheet by sheet and row by row; rows go to a temporary file as they come.
type XLSXWriter struct {
	out   io.Writer
	book  *excelize.File
	sheet *excelize.StreamWriter
	date  int
	bold  int
	row   int
	buf   []any
}

// NewXLSXWriter begins a workbook on w whose first sheet has the given name (31 characters at most, none of []:*?/\; others are replaced). The first row
// written to a sheet is its header: it is bold and stays in view.
func NewXLSXWriter(w io.Writer, name string) (*XLSXWriter, error) {
	book := excelize.NewFile()
	name = sheetName(name)
	err := book.SetSheetName("Sheet1", name)
	x := &XLSXWriter{out: w, book: book}
	if err == nil {
		err = x.begin(name)
	}
	if err == nil {
		x.bold, err = book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	}
	if err == nil {
		format := "yyyy-mm-dd"
		x.date, err = book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	}
	if err != nil {
		return nil, errors.Join(err, book.Close())
	}
	return x, nil
}

// begin opens the sheet for its rows.
func (x *XLSXWriter) begin(name string) (err error) {
	x.row = 0
	if x.sheet, err = x.book.NewStreamWriter(name); err != nil {
		return err
	}
	return x.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// NextSheet ends the sheet and begins another, whose name must differ from the earlier ones, upper and lower case being the same.
func (x *XLSXWriter) NextSheet(name string) error {
	if err := x.sheet.Flush(); err != nil {
		return err
	}
	name = sheetName(name)
	if _, err := x.book.NewSheet(name); err != nil {
		return err
	}
	return x.begin(name)
}

// Widths sets the widths of the sheet's columns in characters, from the first one on; only before its first row.
func (x *XLSXWriter) Widths(characters ...float64) error {
	for i, w := range characters {
		if err := x.sheet.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	return nil
}

func sheetName(name string) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return '_'
		}
		return r
	}, name), "'")
	// A name's length counts in UTF-16 units.
	r := []rune(name)
	r = r[:min(len(r), 31)]
	for len(utf16.Encode(r)) > 31 {
		r = r[:len(r)-1]
	}
	name = string(r)
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
