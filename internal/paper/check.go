package paper

import (
	"slices"
	"unicode/utf8"

	"kezhi/internal/errs"
)

// Bounds on what is laid out at all: no document within MaxPages comes near them.
const (
	maxCharacters = 2_000_000
	maxRows       = 20_000
	maxBlocks     = 20_000
)

// check refuses what cannot be printed before work is spent on it.
func (d *Document) check() error {
	left, rows := maxCharacters, 0
	d.texts(func(s string) { left -= utf8.RuneCountInString(s) })
	for _, b := range d.Body {
		switch b := b.(type) {
		case Table:
			rows += len(b.Rows)
			if err := b.check(); err != nil {
				return err
			}
		case Grid:
			rows += len(b.Fields)
		case Code:
			if err := b.check(); err != nil {
				return err
			}
		case Signoffs:
			rows += len(b.Boxes)
		}
	}
	if left < 0 || rows > maxRows || len(d.Body) > maxBlocks || len(d.Head) > maxRows {
		return errs.New(errs.TooLarge, "paper.too_much", "characters", maxCharacters, "rows", maxRows)
	}
	return nil
}

func (t Table) check() error {
	if len(t.Columns) > maxColumns {
		return errs.New(errs.TooLarge, "paper.too_many_columns", "table", t.Title, "limit", maxColumns)
	}
	for i, r := range t.Rows {
		if len(r.Cells) > len(t.Columns) {
			return errs.New(errs.Invalid, "paper.row_too_long", "table", t.Title, "row", i+1, "cells", len(r.Cells), "columns", len(t.Columns))
		}
	}
	return nil
}

// texts yields every text that the document prints.
func (d *Document) texts(yield func(string)) {
	for _, s := range []string{d.Title, d.Subtitle, d.Organisation, d.Number, d.FormCode, d.FormVersion, d.Watermark} {
		yield(s)
	}
	for _, field := range d.Head {
		yield(field.Label)
		yield(field.Value)
	}
	for _, b := range d.Body {
		b.texts(yield)
	}
}

// Missing lists the characters of the document that the faces lack, in the order of their codes and each once; PDF prints them as crossed boxes.
func (d *Document) Missing() []rune {
	loaded, err := faces()
	if err != nil {
		return nil // the embedded faces cannot be read: PDF says so
	}
	set := &typesetter{faces: loaded}
	seen := map[rune]bool{}
	d.texts(func(s string) {
		for _, line := range paragraphs(s) {
			for _, r := range line {
				if !set.known(r) {
					seen[r] = true
				}
			}
		}
	})
	out := make([]rune, 0, len(seen))
	for r := range seen {
		out = append(out, r)
	}
	slices.Sort(out)
	return out
}
