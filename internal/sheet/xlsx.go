package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"kezhi/internal/errs"
)

// workbook is an opened XLSX. It is read with archive/zip and a pull parser instead of a library that opens workbooks,
// because three things are needed at once: the compressed bytes stay in the file, a number comes as it is stored and not
// as it is shown, and the style of each cell is known while streaming, so that a date is told from a number.
type workbook struct {
	place
	raw    *countingReaderAt
	limits Limits
	parts  map[string]*zip.File
	names  []string // visible sheets
	shared sharedTexts
	dates  []dateStyle // by style index of a cell
	d1904  bool
	part   io.Closer
	rows   *rowParser
	notes  []Warning
}

func openXLSX(p place, in *countingReaderAt, size int64, opt Options) (*workbook, error) {
	z, err := zip.NewReader(in, size)
	if err != nil {
		return nil, p.wrap(err, "sheet.zip_damaged")
	}
	w := &workbook{place: p, raw: in, limits: opt.Limits, parts: make(map[string]*zip.File, len(z.File))}
	if err := w.index(z, size); err != nil {
		return nil, err
	}
	target, err := w.readWorkbook(opt.Sheet)
	if err != nil {
		return nil, w.asXMLError(err, "xl/workbook.xml")
	}
	if err := w.readStyles(); err != nil {
		return nil, w.asXMLError(err, "xl/styles.xml")
	}
	if err := w.readShared(); err != nil {
		return nil, w.asXMLError(err, "xl/sharedStrings.xml")
	}
	part, err := w.open(target, w.limits.Part)
	if err != nil {
		return nil, w.asXMLError(err, target)
	}
	in.seen = 0
	w.part = part
	w.rows = newRowParser(w, part, target)
	return w, nil
}

// index lists the parts and refuses an archive that promises too much, before anything is unzipped.
func (w *workbook) index(z *zip.Reader, size int64) error {
	var total int64
	for _, f := range z.File {
		n := int64(min(f.UncompressedSize64, 1<<62))
		if n > w.limits.Part || isBomb(n, int64(min(f.CompressedSize64, 1<<62)), w.limits) {
			return w.tooLarge("sheet.zip_bomb", "part", f.Name, "size", n)
		}
		if total += n; total > w.limits.Unzipped || len(z.File) > 10_000 {
			return w.tooLarge("sheet.zip_bomb", "part", f.Name, "size", total)
		}
		w.parts[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))] = f
	}
	if isBomb(total, size, w.limits) {
		return w.tooLarge("sheet.zip_bomb", "part", w.file, "size", total)
	}
	return nil
}

// open gives a part that never yields more than limit bytes or than its ratio allows, whatever the archive promised.
func (w *workbook) open(name string, limit int64) (io.ReadCloser, error) {
	f, ok := w.parts[strings.ToLower(name)]
	if !ok {
		return nil, w.bad("sheet.part_missing", "part", name)
	}
	rc, err := f.Open()
	if err != nil {
		return nil, w.wrap(err, "sheet.zip_damaged")
	}
	return &boundedPart{place: w.place, in: rc, name: f.Name, zipped: int64(f.CompressedSize64), limit: limit, limits: w.limits}, nil
}

// boundedPart enforces the limits while unzipping.
type boundedPart struct {
	place
	in     io.ReadCloser
	name   string
	out    int64
	zipped int64
	limit  int64
	limits Limits
}

// Read gives unzipped bytes, or the errs.Error that says which limit was reached.
func (b *boundedPart) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	b.out += int64(n)
	if b.out > b.limit || isBomb(b.out, b.zipped, b.limits) {
		return 0, b.tooLarge("sheet.zip_bomb", "part", b.name, "size", b.out)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return n, b.wrap(err, "sheet.zip_damaged")
	}
	return n, err
}

// Close releases the part.
func (b *boundedPart) Close() error { return b.in.Close() }

// asXMLError names the part of a workbook that could not be read.
func (w *workbook) asXMLError(err error, part string) error {
	if _, ok := errs.As(err); ok {
		return err
	}
	if errors.Is(err, errTokenTooLong) {
		return w.tooLarge("sheet.value_too_long", "part", part, "limit", w.limits.LineBytes)
	}
	return w.wrap(err, "sheet.part_damaged", "part", part)
}

func (w *workbook) next() (Row, error) {
	row, err := w.rows.next()
	if err != nil && !errors.Is(err, io.EOF) {
		err = w.asXMLError(err, w.rows.part)
	}
	return row, err
}

func (w *workbook) progress() int64     { return w.raw.seen }
func (w *workbook) encoding() Encoding  { return UTF8 }
func (w *workbook) sheets() []string    { return w.names }
func (w *workbook) warnings() []Warning { return w.notes }

func (w *workbook) close() error {
	if w.part == nil {
		return nil
	}
	err := w.part.Close()
	w.part = nil
	return err
}

// each calls fn for every start element of a part, with the tokens behind it.
func (w *workbook) each(part string, limit int64, fn func(*puller, xml.StartElement) error) error {
	rc, err := w.open(part, limit)
	if err != nil {
		return err
	}
	in := newPuller(rc, w.limits.LineBytes)
	for {
		tok, err := in.token()
		if errors.Is(err, io.EOF) {
			return rc.Close()
		}
		if err != nil {
			return errors.Join(err, rc.Close())
		}
		if start, ok := tok.(xml.StartElement); ok {
			if err := fn(in, start); err != nil {
				return errors.Join(err, rc.Close())
			}
		}
	}
}

// puller reads the tokens of one part. A token is a tag or a piece of text, and encoding/xml holds it whole, so its
// size is bounded: no cell is longer than a line of text may be.
type puller struct {
	dec *xml.Decoder
	in  *tokenBound
}

func newPuller(r io.Reader, limit int) *puller {
	in := &tokenBound{in: r, limit: limit}
	dec := xml.NewDecoder(in)
	// Office writes UTF-8; an entity that a document type would have to declare stays an error.
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	return &puller{dec: dec, in: in}
}

// token gives the next token; it is only good until the next call.
func (p *puller) token() (xml.Token, error) {
	p.in.since = 0
	return p.dec.RawToken()
}

var errTokenTooLong = errors.New("a single value is longer than the limit")

// tokenBound fails when more than the limit (and one buffer) is read for one token.
type tokenBound struct {
	in           io.Reader
	since, limit int
}

// Read reads within the bound.
func (t *tokenBound) Read(p []byte) (int, error) {
	if t.since > t.limit {
		return 0, errTokenTooLong
	}
	n, err := t.in.Read(p)
	t.since += n
	return n, err
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

const maxSmallPart = 64 << 20

// readWorkbook lists the visible sheets and gives the part of the wanted one.
func (w *workbook) readWorkbook(wanted string) (string, error) {
	book, err := w.bookPart()
	if err != nil {
		return "", err
	}
	rid, first := "", ""
	err = w.each(book, maxSmallPart, func(_ *puller, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			v := attr(e, "date1904")
			w.d1904 = v == "1" || v == "true"
		case "sheet":
			name, id := attr(e, "name"), relationID(e)
			if attr(e, "state") != "" && attr(e, "state") != "visible" {
				break
			}
			w.names = append(w.names, name)
			if first == "" {
				first = id
			}
			if name == wanted {
				rid = id
			}
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	if rid == "" && wanted != "" {
		return "", w.bad("sheet.no_such_sheet", "sheet", wanted, "sheets", strings.Join(w.names, ", "))
	}
	if rid == "" {
		rid = first
	}
	return w.target(book, rid)
}

func relationID(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

// bookPart follows the root relation to the workbook part, which is xl/workbook.xml almost everywhere.
func (w *workbook) bookPart() (string, error) {
	book := "xl/workbook.xml"
	if _, ok := w.parts["_rels/.rels"]; ok {
		err := w.each("_rels/.rels", maxSmallPart, func(_ *puller, e xml.StartElement) error {
			if strings.HasSuffix(attr(e, "Type"), "/officeDocument") {
				book = strings.TrimPrefix(attr(e, "Target"), "/")
			}
			return nil
		})
		if err != nil {
			return "", err
		}
	}
	if _, ok := w.parts[strings.ToLower(book)]; !ok || !strings.HasSuffix(book, ".xml") {
		return "", w.bad("sheet.not_workbook")
	}
	return book, nil
}

// target resolves a relation of the workbook to the name of a part.
func (w *workbook) target(book, id string) (string, error) {
	dir, base := path.Split(book)
	found := ""
	err := w.each(dir+"_rels/"+base+".rels", maxSmallPart, func(_ *puller, e xml.StartElement) error {
		if e.Name.Local == "Relationship" && attr(e, "Id") == id && strings.HasSuffix(attr(e, "Type"), "/worksheet") {
			found = attr(e, "Target")
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	if found == "" {
		return "", w.bad("sheet.no_sheet")
	}
	if strings.HasPrefix(found, "/") {
		return found[1:], nil
	}
	return path.Join(dir, found), nil
}
