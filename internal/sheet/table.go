package sheet

import (
	"errors"
	"io"
)

// WriteTable writes a whole table of one sheet with the given name: rows writes its rows. A format other than FormatXLSX is
// FormatCSV. When rows fails nothing more reaches w, so that what is not whole does not look so, and what a workbook keeps on
// the disk meanwhile is removed.
func WriteTable(w io.Writer, format Format, name string, rows func(out Writer) error) error {
	g := &gate{Writer: w}
	var out Writer = NewCSVWriter(g, CSVOptions{})
	if format == FormatXLSX {
		x, err := NewXLSXWriter(g, name)
		if err != nil {
			return err
		}
		out = x
	}
	if err := rows(out); err != nil {
		g.shut = true
		return errors.Join(err, out.Close())
	}
	return out.Close()
}

// gate stops passing on what is written once it is shut.
type gate struct {
	io.Writer
	shut bool
}

func (g *gate) Write(p []byte) (int, error) {
	if g.shut {
		return len(p), nil
	}
	return g.Writer.Write(p)
}
