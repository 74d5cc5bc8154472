package paper

import (
	"bytes"
	"io"
	"strings"

	"github.com/signintech/gopdf"

	"kezhi/internal/errs"
)

// PDF writes the document as an A4 PDF. The same document gives the same bytes. Nothing is written when it fails: paper.too_long (more than MaxPages
// pages), paper.too_much (more text or rows than any document of that length holds), paper.too_many_columns, paper.row_too_long (a
// table's row has more cells than the table has columns) and paper.code_too_long (more than a QR code of that size holds).
func (d *Document) PDF(w io.Writer) error { return Bundle(w, d) }

// Bundle writes several documents into one PDF, one behind the other, each with its own page numbers: the forms of a whole region, to be printed at
// once. The properties of the file are those of the first. Errors: those of PDF; paper.too_long also when all together have more than MaxBundle
// pages; paper.nothing for no document.
func Bundle(w io.Writer, docs ...*Document) error {
	if len(docs) == 0 {
		return errs.New(errs.Invalid, "paper.nothing")
	}
	flows, pages := make([]*flow, len(docs)), 0
	for i, d := range docs {
		if err := d.check(); err != nil {
			return err
		}
		f, err := d.layout()
		if err != nil {
			return err
		}
		if pages += len(f.pages); pages > MaxBundle {
			return errs.New(errs.TooLarge, "paper.too_long", "limit", MaxBundle)
		}
		flows[i] = f
	}
	var out bytes.Buffer
	if err := write(&out, flows); err != nil {
		return err
	}
	_, err := out.WriteTo(w)
	return err
}

// plain replaces what the properties of the file cannot hold: gopdf writes them in four hexadecimal digits a character.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFFFF {
			return '\uFFFD'
		}
		return r
	}, string(joined(text)))
}

func write(out io.Writer, flows []*flow) error {
	first := flows[0]
	pdf := &gopdf.GoPdf{}
	pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: first.geo.width, H: first.geo.height}})
	d := first.doc
	pdf.SetInfo(gopdf.PdfInfo{Title: plain(d.Title), Author: plain(d.Organisation), Subject: plain(d.Number), Creator: "Kezhi", Producer: "Kezhi", CreationDate: d.Created})
	for _, face := range first.set.faces {
		if err := pdf.AddTTFFontData(face.name, face.data); err != nil {
			return err
		}
	}
	c := &canvas{pdf: pdf, faces: first.set.faces}
	for _, f := range flows {
		for _, p := range f.pages {
			c.begin(f.geo)
			for _, s := range p.all() {
				if err := s.draw(c); err != nil {
					return err
				}
			}
		}
	}
	_, err := pdf.WriteTo(out)
	return err
}
