package importer

import (
	"kezhi/internal/errs"
	"kezhi/internal/fact"
)

// chunkLines is how many lines go into one transaction: enough to make commits cheap, few enough that other writers wait less
// than a second. A document whose lines stand together is not cut, up to twice this number.
const chunkLines = 20_000

// line is one record on its way in.
type line struct {
	no       int64
	cells    []string
	outcome  string
	problems []errs.Field
	fixed    bool // a person corrected its cells
	at       int  // index of what was read from it in the chunk's facts or customers, where outcome is OK
}

func (l *line) refuse(problems ...errs.Field) {
	l.outcome = outcomeRefused
	l.problems = append(l.problems, problems...)
}

func (l *line) setAside(problem errs.Field) {
	l.outcome = outcomeSetAside
	l.problems = append(l.problems, problem)
}

// chunk is a number of lines that are checked and written together. It is used again and again.
type chunk struct {
	lines     []line
	cells     []string // of all lines, one behind the other
	facts     []fact.Incoming
	codes     []string // customer code of each fact
	names     []string // customer name of each fact, as far as the file has one
	customers []customerRow
	amounts   amounts
	documents int64
	done      int64 // bytes of the file read so far
	total     int64
	blank     int
}

func (c *chunk) reset() {
	c.lines, c.cells, c.facts, c.codes, c.names, c.customers = c.lines[:0], c.cells[:0], c.facts[:0], c.codes[:0], c.names[:0], c.customers[:0]
	c.amounts = c.amounts[:0]
	c.documents = 0
}

// add begins a line. The cells are copied, because the reader uses its slice again.
func (c *chunk) add(no int64, cells []string) *line {
	from := len(c.cells)
	c.cells = append(c.cells, cells...)
	c.lines = append(c.lines, line{no: no, cells: c.cells[from:len(c.cells):len(c.cells)]})
	return &c.lines[len(c.lines)-1]
}
