package paper

import (
	"bytes"
	"io"
	"strings"

	"github.com/signintech/gopdf"
)

// PDF writes the document as an A4 PDF. The same document gives the same bytes. Nothing is written when it fails: paper.too_long (more than MaxPages
// pages), paper.too_much (more text or rows than any document of that length holds), paper.too_many_columns, paper.row_too_long (a
// table's row has more cells than the table has columns) and paper.code_too_long (more than a QR code of that size holds).
func (d *Document) PDF(w io.Writer) error {
	if err := d.check(); err != nil {
		return err
	}
	f, err := d.layout()
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := f.write(&out); err != nil {
		return err
	}
	_, err = out.WriteTo(w)
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

func (f *flow) write(out io.Writer) error {
	pdf := &gopdf.GoPdf{}
	pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: f.geo.width, H: f.geo.height}})
	pdf.SetInfo(gopdf.PdfInfo{Title: plain(f.doc.Title), Author: plain(f.doc.Organisation), Subject: plain(f.doc.Number), Creator: "Kezhi", Producer: "Kezhi", CreationDate: f.doc.Created})
	for _, face := range f.set.faces {
		if err := pdf.AddTTFFontData(face.name, face.data); err != nil {
			return err
		}
	}
	c := &canvas{pdf: pdf, faces: f.set.faces}
	for _, p := range f.pages {
		c.begin()
		for _, s := range p.all() {
			if err := s.draw(c); err != nil {
				return err
			}
		}
	}
	_, err := pdf.WriteTo(out)
	return err
}
