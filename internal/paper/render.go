package paper

import "bytes"

// The formats a document is written in.
const (
	FormatPDF  = "pdf"
	FormatXLSX = "xlsx"
)

// MediaTypes are the media types of the formats.
var MediaTypes = map[string]string{
	FormatPDF:  "application/pdf",
	FormatXLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// Render writes the document whole before anybody sees a byte of it, so that what cannot be printed is an answer of its own
// and not half a file. A format other than FormatXLSX is PDF. Errors: those of PDF and XLSX.
func (d *Document) Render(format string) ([]byte, error) {
	var out bytes.Buffer
	write := d.PDF
	if format == FormatXLSX {
		write = d.XLSX
	}
	if err := write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
