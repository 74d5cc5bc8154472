package paper

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"kezhi/internal/errs"
	"kezhi/internal/sheet"
)

// cellLimit is how long a cell of a workbook may be, in UTF-16 units.
const cellLimit = 32767

// XLSX writes the document as a workbook: a sheet for each table, named after it, with its head in the first row and numbers and dates that can be
// computed with; then a sheet with everything else as labels and contents. Errors: those of PDF but paper.too_long, and paper.cell_too_long (a
// table's cell holds more than a workbook can).
func (d *Document) XLSX(w io.Writer) error {
	if err := d.check(); err != nil {
		return err
	}
	book := workbook{taken: map[string]bool{}}
	for _, b := range d.Body {
		if t, ok := b.(Table); ok && len(t.Columns) > 0 {
			if err := t.fits(); err != nil {
				return err
			}
			title := t.Title
			if strings.TrimSpace(title) == "" {
				title = d.Title
			}
			book.parts = append(book.parts, part{name: book.name(title), rows: t.sheetRows(), widths: t.sheetWidths()})
		}
	}
	book.parts = append(book.parts, part{name: book.name(d.Lang.words().sheet), rows: d.formRows(), widths: []float64{24, 80}})
	return book.write(w)
}

// workbook collects the sheets.
type workbook struct {
	parts []part
	taken map[string]bool
}

type part struct {
	name   string
	rows   [][]sheet.Cell
	widths []float64
}

// name gives a sheet name that is not yet taken.
func (b *workbook) name(title string) string {
	title = strings.TrimSpace(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' {
			return ' '
		}
		return r
	}, title))
	if title == "" {
		title = "Sheet"
	}
	if r := []rune(title); len(r) > 24 {
		title = string(r[:24])
	}
	for len(utf16.Encode([]rune(title))) > 24 {
		_, last := utf8.DecodeLastRuneInString(title)
		title = title[:len(title)-last]
	}
	name := title
	for n := 2; b.taken[strings.ToLower(name)]; n++ {
		name = title + " " + strconv.Itoa(n)
	}
	b.taken[strings.ToLower(name)] = true
	return name
}

func (b *workbook) write(w io.Writer) error {
	out, err := sheet.NewXLSXWriter(w, b.parts[0].name)
	if err != nil {
		return err
	}
	for i, p := range b.parts {
		if i > 0 {
			err = out.NextSheet(p.name)
		}
		if err == nil {
			err = out.Widths(p.widths...)
		}
		for _, row := range p.rows {
			if err == nil {
				err = out.WriteRow(row)
			}
		}
		if err != nil {
			_ = out.Close() // the first error tells more
			return err
		}
	}
	return out.Close()
}

func (t Table) fits() error {
	for i, r := range t.Rows {
		for j, c := range r.Cells {
			if len(c) > cellLimit && len(utf16.Encode([]rune(c))) > cellLimit {
				return errs.New(errs.TooLarge, "paper.cell_too_long", "table", t.Title, "row", i+1, "column", t.Columns[j].Title, "limit", cellLimit)
			}
		}
	}
	return nil
}

func (t Table) sheetRows() [][]sheet.Cell {
	head := make([]sheet.Cell, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = sheet.Text(c.Title)
	}
	rows := [][]sheet.Cell{head}
	for _, r := range t.Rows {
		row := make([]sheet.Cell, 0, len(r.Cells))
		for i, text := range r.Cells {
			switch t.Columns[i].Kind {
			case Number:
				row = append(row, sheet.Number(strings.NewReplacer(",", "", " ", "", "\u00A0", "", "−", "-").Replace(text)))
			case Date:
				row = append(row, sheet.Date(text))
			case Written, Choice:
				row = append(row, sheet.Text(text))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// sheetWidths gives each column room for its title and first rows, a hanzi counting two characters.
func (t Table) sheetWidths() []float64 {
	widths := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = columns(c.Title)
		for _, r := range t.Rows[:min(len(t.Rows), 200)] {
			if i < len(r.Cells) {
				widths[i] = max(widths[i], columns(r.Cells[i]))
			}
		}
		widths[i] = min(widths[i]+2, 60)
	}
	return widths
}

func columns(text string) float64 {
	n := 0.0
	for _, r := range text {
		n++
		if wide(r) {
			n++
		}
	}
	return n
}

// formRows lists everything but the tables as label and content; what is longer than a cell goes on in the next row.
func (d *Document) formRows() [][]sheet.Cell {
	words := d.Lang.words()
	rows := [][]sheet.Cell{{sheet.Text(words.label), sheet.Text(words.value)}}
	add := func(label, value string) {
		if label == "" && value == "" {
			return
		}
		for first := true; first || value != ""; first = false {
			var piece string
			piece, value = cutCell(value)
			rows = append(rows, []sheet.Cell{sheet.Text(label), sheet.Text(piece)})
			label = ""
		}
	}
	for _, f := range []Field{{Label: d.Title, Value: d.Subtitle}, {Label: "", Value: d.Organisation}} {
		add(f.Label, f.Value)
	}
	for _, f := range []Field{{Label: words.number, Value: d.Number}, {Label: words.formCode, Value: d.FormCode}, {Label: words.version, Value: d.FormVersion}} {
		if f.Value != "" {
			add(f.Label, f.Value)
		}
	}
	for _, f := range d.Head {
		add(f.Label, f.Value)
	}
	for _, b := range d.Body {
		for _, f := range formFields(b, words) {
			add(f.Label, f.Value)
		}
	}
	return rows
}

// formFields gives the labels and contents of a block.
func formFields(b Block, words fixed) []Field {
	switch b := b.(type) {
	case Heading:
		return []Field{{Label: b.Text}}
	case Text:
		return []Field{{Value: b.Body}}
	case Grid:
		return b.Fields
	case Code:
		return []Field{{Value: b.Text}, {Value: b.Content}}
	case Closing:
		return []Field{{Value: b.Organisation}, {Value: b.Date}}
	case Signoffs:
		var out []Field
		for _, s := range b.Boxes {
			out = append(out, Field{Label: s.Post, Value: s.Opinion}, Field{Label: words.sign, Value: s.Name}, Field{Label: words.date, Value: s.Date})
		}
		return out
	}
	return nil
}

// cutCell cuts a text after as many characters as surely fit into a cell.
func cutCell(text string) (piece, rest string) {
	n := 0
	for i := range text {
		if n++; n > cellLimit/2 {
			return text[:i], text[i:]
		}
	}
	return text, ""
}
