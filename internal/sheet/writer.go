package sheet

import (
	"bufio"
	"io"
	"strings"
)

// Cell is one value to be written. Number says that Text is a plain decimal number, so that a workbook can add it up; text keeps its
// leading zeros. Build it with Text, Number or Date.
type Cell struct {
	Text string
	kind cellKind
}

type cellKind uint8

const (
	textCell cellKind = iota
	numberCell
	dateCell
)

// Text makes a cell of text, written exactly as it is.
func Text(s string) Cell { return Cell{Text: s} }

// Texts makes a row of texts, such as the heads of columns.
func Texts(list []string) []Cell {
	row := make([]Cell, len(list))
	for i, s := range list {
		row[i] = Text(s)
	}
	return row
}

// Number makes a cell of a plain decimal number such as -12.50. What a workbook could not hold exactly (more than 15 digits) is written as text.
func Number(s string) Cell { return Cell{Text: s, kind: numberCell} }

// Date makes a cell of a date written YYYY-MM-DD; anything else is written as text.
func Date(s string) Cell { return Cell{Text: s, kind: dateCell} }

// Writer writes a table row by row. Close finishes the file and reports what could not be written; it does not close
// the io.Writer below.
type Writer interface {
	WriteRow(cells []Cell) error
	Close() error
}

// CSVOptions say how text is written.
type CSVOptions struct {
	NoBOM   bool // leave out the mark by which a spreadsheet knows UTF-8
	Comma   byte // the separator; 0 = comma
	NoGuard bool // write cells that look like formulas as they are; only for programs, never for spreadsheets
}

// CSVWriter writes UTF-8 text as RFC 4180 describes it, lines ended by CR LF, guarded against formulas (see the package comment).
type CSVWriter struct {
	out *bufio.Writer
	opt CSVOptions
}

// NewCSVWriter begins a file on w.
func NewCSVWriter(w io.Writer, opt CSVOptions) *CSVWriter {
	if opt.Comma == 0 {
		opt.Comma = ','
	}
	c := &CSVWriter{out: bufio.NewWriterSize(w, 64<<10), opt: opt}
	if !opt.NoBOM {
		// A bufio.Writer keeps its first error and reports it on every later call.
		_, _ = c.out.WriteString("\uFEFF")
	}
	return c
}

// WriteRow writes one record.
func (c *CSVWriter) WriteRow(cells []Cell) error {
	for i, cell := range cells {
		if i > 0 {
			if err := c.out.WriteByte(c.opt.Comma); err != nil {
				return err
			}
		}
		text := cell.Text
		if !c.opt.NoGuard {
			text = guard(text)
		}
		// A record of one empty cell would be a blank line, which readers pass over.
		if err := c.field(text, len(cells) == 1 && text == ""); err != nil {
			return err
		}
	}
	_, err := c.out.WriteString("\r\n")
	return err
}

// field writes a cell, in quotes if it needs them.
func (c *CSVWriter) field(text string, force bool) error {
	if !force && strings.IndexByte(text, c.opt.Comma) < 0 && !strings.ContainsAny(text, "\"\r\n") {
		_, err := c.out.WriteString(text)
		return err
	}
	if err := c.out.WriteByte('"'); err != nil {
		return err
	}
	if _, err := c.out.WriteString(strings.ReplaceAll(text, `"`, `""`)); err != nil {
		return err
	}
	return c.out.WriteByte('"')
}

// Close writes out what is buffered.
func (c *CSVWriter) Close() error { return c.out.Flush() }
