package sheet

import "kezhi/internal/errs"

// quoteState is where in a record with quotes the scanner stands.
type quoteState uint8

const (
	atStart  quoteState = iota // before the first character of a cell
	plain                      // in a cell without quotes
	inside                     // between the quotes of a cell
	closing                    // behind a quote that closes the cell or is the first of two
	astray                     // in text that follows a closing quote
	finished                   // behind the line ending
)

// quoted reads a record with quotes, which may run over several lines. A quote where none may be is kept as text and
// reported, and reading goes on at the next line ending.
func (c *csvScanner) quoted(first int, legacy bool) (Row, error) {
	c.scratch, c.ends = c.scratch[:0], c.ends[:0]
	state, stray, pos := atStart, 0, 0
	for state != finished {
		if c.start+pos == c.end {
			if c.eof {
				break
			}
			if err := c.fill(); err != nil {
				return Row{Line: first}, err
			}
			continue
		}
		ch := c.buf[c.start+pos]
		pos++
		was := state
		state = c.step(state, ch)
		if stray == 0 && (state == astray || was == plain && ch == '"') {
			stray = c.line + 1
		}
		if ch == c.eol {
			c.line++
		}
		if pos > c.limits.LineBytes {
			return Row{Line: first}, c.tooLongOrUnclosed(first, state)
		}
	}
	c.start += pos
	if state == inside {
		return Row{Line: first}, c.tooLongOrUnclosed(first, state)
	}
	if state != finished {
		c.endCell(state)
		c.line++
	}
	return c.assemble(first, stray, legacy)
}

func (c *csvScanner) tooLongOrUnclosed(first int, state quoteState) *errs.Error {
	if state == inside {
		return c.bad("sheet.quote_unclosed", "line", first)
	}
	return c.lineTooLong(first)
}

// step takes one byte.
func (c *csvScanner) step(state quoteState, ch byte) quoteState {
	if state == inside {
		if ch == '"' {
			return closing
		}
		c.scratch = append(c.scratch, ch)
		return inside
	}
	switch {
	case ch == c.eol:
		c.endCell(state)
		return finished
	case ch == c.comma:
		c.endCell(closing)
		return atStart
	case state == atStart && ch == '"':
		return inside
	case state == closing && ch == '"':
		c.scratch = append(c.scratch, '"')
		return inside
	case state == closing && ch == '\r':
		return closing
	}
	c.scratch = append(c.scratch, ch)
	if state == closing {
		return astray
	}
	if state == atStart {
		return plain
	}
	return state
}

// endCell closes a cell; the carriage return of a line ending does not belong to it.
func (c *csvScanner) endCell(state quoteState) {
	n, from := len(c.scratch), 0
	if k := len(c.ends); k > 0 {
		from = c.ends[k-1]
	}
	if state != closing && n > from && c.scratch[n-1] == '\r' {
		c.scratch = c.scratch[:n-1]
	}
	c.ends = append(c.ends, len(c.scratch))
}

// assemble makes one string of the record and cuts the cells out of it.
func (c *csvScanner) assemble(first, stray int, legacy bool) (Row, error) {
	if len(c.ends) > c.limits.Columns {
		return Row{Line: first}, c.tooManyColumns(first)
	}
	text := string(c.scratch)
	c.cells = c.cells[:0]
	from := 0
	for _, to := range c.ends {
		c.cells = append(c.cells, text[from:to])
		from = to
	}
	row := Row{Line: first, Cells: c.cells}
	if err := c.check(text, first, legacy); err != nil {
		return row, err
	}
	if stray > 0 {
		return row, c.bad(codeStrayQuote, "line", stray)
	}
	return row, nil
}
