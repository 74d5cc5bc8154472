package sheet

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"kezhi/internal/errs"
)

// Format is what a file turned out to be.
type Format string

// The formats that are read.
const (
	FormatCSV  Format = "csv"  // separated text, whatever the separator
	FormatXLSX Format = "xlsx" // Office Open XML workbook
)

// Limits bound what a file may ask of the machine. A zero field takes the default.
type Limits struct {
	LineBytes int   // bytes of one record of text, decoded; default 1 MiB
	Columns   int   // columns of the table; default 1,000
	Unzipped  int64 // bytes of all parts of a workbook together, or of a .gz; default 8 GiB
	Part      int64 // bytes of one part of a workbook; default 4 GiB
	Shared    int64 // bytes of the shared texts of a workbook, which stay in memory; default 256 MiB
	Ratio     int64 // unzipped to zipped bytes, looked at from 16 MiB unzipped on; default 400
}

func (l Limits) withDefaults() Limits {
	return Limits{
		LineBytes: orDefault(l.LineBytes, 1<<20),
		Columns:   orDefault(l.Columns, 1000),
		Unzipped:  orDefault(l.Unzipped, 8<<30),
		Part:      orDefault(l.Part, 4<<30),
		Shared:    orDefault(l.Shared, 256<<20),
		Ratio:     orDefault(l.Ratio, 400),
	}
}

func orDefault[T int | int64](v, def T) T {
	if v <= 0 {
		return def
	}
	return v
}

// Options say what is already known about a file. The zero value finds everything out.
type Options struct {
	Sheet     string   // XLSX: name of the sheet; empty = the first visible one
	Encoding  Encoding // text: how it is encoded; empty = found out by content
	Comma     byte     // text: the separator; 0 = found out by content
	HeaderRow int      // line of the header, counted from 1; 0 = the first line that is not blank
	KeepGuard bool     // leave the quote of the formula guard in the cells
	Limits    Limits
}

// Row is one record. Cells has exactly as many entries as the header, except in a row error. The slice is reused by the
// next call of Next; the strings in it may be kept.
type Row struct {
	Line  int // line of the file, or row of the sheet, on which the record begins; counted from 1
	Cells []string
}

// Progress says how far the reading is, in bytes of the file as stored (zipped, if it is zipped).
type Progress struct{ Read, Total int64 }

// Warning is something a reader should know that stops nothing. Code and Args are as in an errs.Error.
type Warning struct {
	Code string
	Args map[string]any
}

// source is one opened format: text or workbook.
type source interface {
	next() (Row, error)
	progress() int64
	encoding() Encoding
	sheets() []string
	warnings() []Warning
	close() error
}

// Reader gives the rows of one table. It is not safe for use by several goroutines at once.
type Reader struct {
	place
	src    source
	opt    Options
	format Format
	size   int64
	header []string
	ahead  *aheadRow
	blank  int
	done   bool
	failed error
	owned  io.Closer
}

// aheadRow is the first record, read by Open to find out whether there is one.
type aheadRow struct {
	row Row
	err error
}

// Open reads the beginning of a file of size bytes and gives a Reader that stands on the first record. The name is only
// for messages and for telling a damaged workbook from damaged text. Every error is an errs.Error with a sheet.* code.
func Open(r io.ReaderAt, size int64, name string, opt Options) (*Reader, error) {
	opt.Limits = opt.Limits.withDefaults()
	rd := &Reader{place: place{file: filepath.Base(name)}, opt: opt, size: size}
	if size == 0 {
		return nil, rd.bad("sheet.empty")
	}
	counter := &countingReaderAt{r: r, max: size}
	if err := rd.openSource(counter, size); err != nil {
		return nil, err
	}
	if err := rd.readHeader(); err != nil {
		if closing := rd.src.close(); closing != nil {
			return nil, errors.Join(err, closing)
		}
		return nil, err
	}
	return rd, nil
}

// OpenFile is Open for a file on disk; Close closes it.
func OpenFile(path string, opt Options) (*Reader, error) {
	p := place{file: filepath.Base(path)}
	f, err := os.Open(path)
	if err != nil {
		return nil, p.wrap(err, "sheet.unreadable")
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a regular file")
	}
	if err != nil {
		return nil, p.wrap(errors.Join(err, f.Close()), "sheet.unreadable")
	}
	rd, err := Open(f, info.Size(), path, opt)
	if err != nil {
		if e, ok := errs.As(err); ok {
			e.Err = errors.Join(e.Err, f.Close())
			return nil, e
		}
		return nil, p.wrap(errors.Join(err, f.Close()), "sheet.unreadable")
	}
	rd.owned = f
	return rd, nil
}

func (r *Reader) openSource(in *countingReaderAt, size int64) error {
	var head [8]byte
	n, err := in.ReadAt(head[:], 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return r.wrap(err, "sheet.unreadable")
	}
	switch kind := sniff(head[:n]); {
	case kind == kindZip:
		r.format = FormatXLSX
		src, err := openXLSX(r.place, in, size, r.opt)
		if err != nil {
			return err
		}
		r.src = src
	case kind == kindOLE:
		return r.oleError(in, size)
	case kind == kindText && hasWorkbookName(r.file):
		return r.bad("sheet.not_workbook")
	default:
		r.format = FormatCSV
		src, err := openText(r.place, in, size, r.opt, kind == kindGzip)
		if err != nil {
			return err
		}
		r.src = src
	}
	return nil
}

func hasWorkbookName(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".xlsx" || ext == ".xlsm" || ext == ".xltx"
}

// Header gives the names of the columns, trimmed, none empty, none twice. The caller must not change it.
func (r *Reader) Header() []string { return r.header }

// Format says what the file turned out to be.
func (r *Reader) Format() Format { return r.format }

// Encoding gives how the text is encoded, as far as known by now: a file that has begun with nothing but ASCII counts as
// UTF-8 until the first other byte decides. A workbook is always UTF-8.
func (r *Reader) Encoding() Encoding { return r.src.encoding() }

// Sheets gives the names of a workbook's visible sheets in their order, and nothing for text.
func (r *Reader) Sheets() []string { return r.src.sheets() }

// Progress says how far the reading is.
func (r *Reader) Progress() Progress {
	if r.done {
		return Progress{Read: r.size, Total: r.size}
	}
	return Progress{Read: min(r.src.progress(), r.size), Total: r.size}
}

// Blank gives how many lines without any content were passed over so far.
func (r *Reader) Blank() int { return r.blank }

// Warnings gives what was noticed so far. Merged cells are known once the last row has been read.
func (r *Reader) Warnings() []Warning { return r.src.warnings() }

// Close releases what the reader holds; a second call does nothing.
func (r *Reader) Close() error {
	err := r.src.close()
	if r.owned != nil {
		err = errors.Join(err, r.owned.Close())
		r.owned = nil
	}
	return err
}

// Next gives the next record that has any content, and io.EOF behind the last. See the package comment for row errors.
func (r *Reader) Next() (Row, error) {
	if r.ahead != nil {
		a := *r.ahead
		r.ahead = nil
		return a.row, a.err
	}
	if r.failed != nil {
		return Row{}, r.failed
	}
	for {
		row, err := r.src.next()
		if err != nil && !IsRowError(err) {
			r.done = errors.Is(err, io.EOF)
			r.failed = err
			return Row{Line: row.Line}, err
		}
		if err == nil && allBlank(row.Cells) {
			r.blank++
			continue
		}
		if err != nil {
			return row, err
		}
		return r.fit(row)
	}
}

// fit gives the row as many cells as the header has, or says why that cannot be.
func (r *Reader) fit(row Row) (Row, error) {
	want, have := len(r.header), len(row.Cells)
	switch {
	case have == want:
	case have > want:
		if !allBlank(row.Cells[want:]) {
			return row, r.bad(codeRowLong, "line", row.Line, "cells", have, "columns", want)
		}
		row.Cells = row.Cells[:want]
	case r.format == FormatXLSX:
		// A workbook does not store empty cells at the end of a row.
		for len(row.Cells) < want {
			row.Cells = append(row.Cells, "")
		}
	default:
		return row, r.bad(codeRowShort, "line", row.Line, "cells", have, "columns", want)
	}
	if !r.opt.KeepGuard && r.format == FormatCSV {
		for i, c := range row.Cells {
			if len(c) > 1 && c[0] == '\'' {
				row.Cells[i] = unguard(c)
			}
		}
	}
	return row, nil
}

func allBlank(cells []string) bool {
	for _, c := range cells {
		if c != "" && strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// countingReaderAt remembers the furthest byte read, which is what progress shows.
type countingReaderAt struct {
	r    io.ReaderAt
	max  int64
	seen int64
}

// ReadAt reads and notes how far the reading came.
func (c *countingReaderAt) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.r.ReadAt(p, off)
	c.seen = min(max(c.seen, off+int64(n)), c.max)
	return n, err
}
