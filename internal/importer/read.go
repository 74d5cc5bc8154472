package importer

import (
	"context"
	"errors"
	"io"
	"slices"

	"kezhi/internal/errs"
	"kezhi/internal/sheet"
)

// parser turns a line into a fact or a customer of the chunk, or says what is wrong with it. Facts and customers have one each.
type parser interface {
	parse(c *chunk, l *line)
}

// reader cuts a file into chunks of parsed lines.
type reader struct {
	in     *sheet.Reader
	parser parser
	// together is the column whose equal neighbours stay in one chunk (the document), -1 = none.
	together int
	fixes    map[int64][]string
	size     int // lines of a chunk, 0 = chunkLines

	held    sheet.Row // a record that was read but did not fit the chunk; its cells live until the next call of Next
	heldErr error
	holds   bool
}

// chunksInFlight is how many chunks exist: one is written while the next one is read.
const chunksInFlight = 2

// each reads the file in a goroutine of its own and hands the chunks to fn one after the other. Memory is that of the chunks in flight.
func (r *reader) each(ctx context.Context, fn func(c *chunk) error) error {
	ctx, cancel := context.WithCancel(ctx)
	free, full := make(chan *chunk, chunksInFlight), make(chan *chunk)
	for range chunksInFlight {
		free <- &chunk{}
	}
	failed := make(chan error, 1)
	go func() {
		defer close(full)
		failed <- r.produce(ctx, free, full)
	}()
	var err error
	for c := range full {
		if err == nil {
			if err = fn(c); err != nil {
				cancel()
			}
		}
		c.reset()
		free <- c
	}
	cancel()
	// The reading goroutine has ended (full is closed), so the file may be closed by the caller.
	return cmpErr(err, <-failed)
}

// cmpErr prefers the error of the consumer: the reader's then only says that it was stopped.
func cmpErr(consumer, producer error) error {
	if consumer != nil {
		return consumer
	}
	return producer
}

func (r *reader) produce(ctx context.Context, free <-chan *chunk, full chan<- *chunk) error {
	for {
		var c *chunk
		select {
		case c = <-free:
		case <-ctx.Done():
			return ctx.Err()
		}
		err := r.fill(ctx, c)
		last := errors.Is(err, io.EOF)
		if err != nil && !last {
			return err
		}
		if len(c.lines) > 0 || last {
			select {
			case full <- c:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if last {
			return nil
		}
	}
}

// fill reads one chunk; io.EOF says that it is the last one.
func (r *reader) fill(ctx context.Context, c *chunk) error {
	size := r.size
	if size == 0 {
		size = chunkLines
	}
	for {
		row, err := r.next()
		if err != nil && !sheet.IsRowError(err) {
			r.finish(c)
			return err
		}
		if n := len(c.lines); n >= 2*size || n >= size && !r.sameDocument(c, row) {
			r.held, r.heldErr, r.holds = row, err, true
			r.finish(c)
			return ctx.Err()
		}
		r.take(c, row, err)
	}
}

// next gives the record that did not fit the chunk before, or the next one of the file.
func (r *reader) next() (sheet.Row, error) {
	if r.holds {
		r.holds = false
		return r.held, r.heldErr
	}
	return r.in.Next()
}

func (r *reader) finish(c *chunk) {
	p := r.in.Progress()
	c.done, c.total, c.blank = p.Read, p.Total, r.in.Blank()
}

// sameDocument says whether a record belongs to the document of the chunk's last line.
func (r *reader) sameDocument(c *chunk, row sheet.Row) bool {
	if r.together < 0 || len(c.lines) == 0 {
		return false
	}
	last := c.lines[len(c.lines)-1].cells
	return len(last) > r.together && len(row.Cells) > r.together && last[r.together] == row.Cells[r.together]
}

func (r *reader) take(c *chunk, row sheet.Row, rowErr error) {
	cells := row.Cells
	fix, fixed := r.fixes[int64(row.Line)]
	if fixed {
		cells, rowErr = fix, nil
	}
	l := c.add(int64(row.Line), cells)
	l.fixed = fixed
	if rowErr != nil {
		problem := problemOf("", rowErr)
		l.refuse(problem)
		return
	}
	if want := len(r.in.Header()); len(cells) != want {
		l.refuse(errs.Field{Code: "importer.cell_count", Args: map[string]any{"cells": len(cells), "columns": want}})
		return
	}
	r.parser.parse(c, l)
}

// encodings lists what a person may declare.
var encodings = []sheet.Encoding{sheet.UTF8, sheet.GB18030, sheet.UTF16LE, sheet.UTF16BE, sheet.Windows1252}

// sheetOptions gives what the settings say about the file itself.
func (s Settings) sheetOptions() (sheet.Options, error) {
	opt := sheet.Options{Sheet: s.Sheet, HeaderRow: s.HeaderRow}
	if s.Encoding == "" {
		return opt, nil
	}
	enc, ok := sheet.ParseEncoding(s.Encoding)
	if !ok || !slices.Contains(encodings, enc) {
		return opt, errs.New(errs.Invalid, "importer.unknown_encoding", "encoding", s.Encoding)
	}
	opt.Encoding = enc
	return opt, nil
}

// validate reports every setting that means nothing.
func (s Settings) validate() error {
	var v errs.Validation
	v.Check(slices.Contains([]string{"", ModeBoth, ModeCreate, ModeUpdate}, s.Mode), "mode", "importer.unknown_mode", "mode", s.Mode)
	v.Check(slices.Contains([]string{"", DayFirst, MonthFirst}, s.DateOrder), "date_order", "importer.unknown_date_order", "order", s.DateOrder)
	v.Check(s.HeaderRow >= 0 && s.HeaderRow <= 1000, "header_row", "importer.bad_header_row")
	v.Check(len(s.Mapping) <= 200, "mapping", "importer.mapping_too_long")
	if _, err := s.sheetOptions(); err != nil {
		v.Add(problemOf("encoding", err))
	}
	return v.Err()
}
