package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"kezhi/internal/errs"
)

// csvScanner cuts decoded text into records as RFC 4180 describes them. Its buffer never holds more than one record and a
// block, so that a file that is one endless line costs no more than the limit.
type csvScanner struct {
	place
	in         io.Reader
	buf        []byte
	start, end int
	eof        bool
	comma, eol byte
	line       int // lines consumed
	limits     Limits
	cells      []string
	ends       []int // where the cells end in scratch
	scratch    []byte
}

const blockBytes = 256 << 10

func newCSVScanner(p place, in io.Reader, l Limits) *csvScanner {
	return &csvScanner{place: p, in: in, buf: make([]byte, blockBytes), eol: '\n', limits: l}
}

// fill reads more behind what is unread, making room first. It never fails at the end of the file; it sets eof.
func (c *csvScanner) fill() error {
	if c.start > 0 {
		c.end = copy(c.buf, c.buf[c.start:c.end])
		c.start = 0
	}
	if c.end == len(c.buf) {
		c.buf = append(c.buf, make([]byte, len(c.buf))...)
	}
	for range 100 {
		n, err := c.in.Read(c.buf[c.end:])
		c.end += n
		if errors.Is(err, io.EOF) {
			c.eof = true
			return nil
		}
		if err != nil {
			return err
		}
		if n > 0 {
			return nil
		}
	}
	return io.ErrNoProgress
}

// record gives the next record, also an empty one. legacy says that undecodable bytes arrive as U+FFFD.
func (c *csvScanner) record(legacy bool) (Row, error) {
	first := c.line + 1
	size, err := c.physicalLine()
	if err != nil {
		return Row{Line: first}, err
	}
	raw := c.buf[c.start : c.start+size]
	text := ""
	if bytes.IndexByte(raw, '"') < 0 {
		text = string(c.trimEnd(raw))
		c.split(text)
	} else if text = string(c.trimEnd(raw)); !c.splitQuoted(text) {
		return c.quoted(first, legacy)
	}
	c.start += size
	c.line++
	if len(c.cells) > c.limits.Columns {
		return Row{Line: first}, c.tooManyColumns(first)
	}
	return Row{Line: first, Cells: c.cells}, c.check(text, first, legacy)
}

// trimEnd takes the line ending off.
func (c *csvScanner) trimEnd(raw []byte) []byte {
	if n := len(raw); n > 0 && raw[n-1] == c.eol {
		raw = raw[:n-1]
	}
	if n := len(raw); n > 0 && raw[n-1] == '\r' {
		raw = raw[:n-1]
	}
	return raw
}

// physicalLine gives the bytes up to and with the next line ending; at the end of the file io.EOF.
func (c *csvScanner) physicalLine() (int, error) {
	searched := 0
	for {
		if i := bytes.IndexByte(c.buf[c.start+searched:c.end], c.eol); i >= 0 {
			if searched+i > c.limits.LineBytes {
				return 0, c.lineTooLong(c.line + 1)
			}
			return searched + i + 1, nil
		}
		searched = c.end - c.start
		if searched > c.limits.LineBytes {
			return 0, c.lineTooLong(c.line + 1)
		}
		if c.eof {
			if searched == 0 {
				return 0, io.EOF
			}
			return searched, nil
		}
		if err := c.fill(); err != nil {
			return 0, err
		}
	}
}

func (c *csvScanner) lineTooLong(line int) *errs.Error {
	return c.tooLarge("sheet.line_too_long", "line", line, "limit", c.limits.LineBytes)
}

// split cuts a record without quotes.
func (c *csvScanner) split(text string) {
	c.cells = c.cells[:0]
	from := 0
	for i := range len(text) {
		if text[i] == c.comma {
			c.cells = append(c.cells, text[from:i])
			from = i + 1
		}
	}
	c.cells = append(c.cells, text[from:])
}

// splitQuoted cuts a line whose quotes do nothing but enclose whole cells, which is nearly every line with quotes. It says
// false for any other, which the state machine then reads.
func (c *csvScanner) splitQuoted(text string) bool {
	c.cells = c.cells[:0]
	for {
		if strings.HasPrefix(text, `"`) {
			end := strings.IndexByte(text[1:], '"') + 1
			if end == 0 || end+1 < len(text) && text[end+1] != c.comma {
				return false
			}
			c.cells = append(c.cells, text[1:end])
			if end+1 == len(text) {
				return true
			}
			text = text[end+2:]
			continue
		}
		end := strings.IndexByte(text, c.comma)
		cell := text
		if end >= 0 {
			cell = text[:end]
		}
		if strings.IndexByte(cell, '"') >= 0 {
			return false
		}
		c.cells = append(c.cells, cell)
		if end < 0 {
			return true
		}
		text = text[end+1:]
	}
}

func (c *csvScanner) tooManyColumns(line int) *errs.Error {
	return c.tooLarge("sheet.too_many_columns", "line", line, "limit", c.limits.Columns)
}

// check looks for bytes that no text has.
func (c *csvScanner) check(text string, line int, legacy bool) error {
	if strings.IndexByte(text, 0) >= 0 {
		return c.bad(codeNUL, "line", line)
	}
	if !utf8.ValidString(text) || legacy && strings.ContainsRune(text, utf8.RuneError) {
		for i, cell := range c.cells {
			c.cells[i] = strings.ToValidUTF8(cell, "\uFFFD")
		}
		return c.bad(codeUndecodable, "line", line)
	}
	return nil
}
