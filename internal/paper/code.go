package paper

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"

	"kezhi/internal/errs"
)

// Code is a QR code with a text beside it, such as the address where a customer follows the case. Below the text its content stands in letters,
// for those who type it. No content leaves only the text.
type Code struct {
	Content string // at most 300 bytes, so that each module is large enough for a telephone's camera
	Text    string
}

const (
	maxCode  = 300
	codeSize = 26 * millimetre
)

func (c Code) texts(yield func(string)) {
	yield(c.Text)
	yield(c.Content)
}

func (c Code) check() error {
	if len(c.Content) > maxCode {
		return errs.New(errs.TooLarge, "paper.code_too_long", "limit", maxCode, "bytes", len(c.Content))
	}
	return nil
}

func (c Code) least(f *flow) float64 { return f.start(c.band(f)) }

func (c Code) layout(f *flow, keep float64) {
	f.bands(nil, []band{c.band(f)}, keep)
	f.y += between
}

func (c Code) band(f *flow) band {
	x, st := f.geo.left, f.style.value
	b := band{whole: true}
	if c.Content != "" {
		modules, err := Modules(c.Content)
		if err != nil && f.err == nil {
			f.err = err
		}
		left := cell{x: x, w: codeSize, st: st, pad: padX, code: modules}
		b.least = codeSize
		b.cells = append(b.cells, left)
		x += left.w
	}
	text := f.valueCell(c.Text, x, f.geo.right-x)
	if c.Content != "" {
		text.lines = append(text.lines, f.set.breakText(c.Content, st, text.w-2*padX, 0)...)
	}
	b.cells = append(b.cells, text)
	return b
}

// Modules gives the dark squares of a QR code that is still read when a seventh of it is damaged, row by row: for whoever draws one elsewhere than on
// paper. Error: paper.code_too_long.
func Modules(content string) ([][]bool, error) {
	code, err := qr.Encode(content, qr.M, qr.Auto)
	if err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "paper.code_too_long", "limit", maxCode, "bytes", len(content))
	}
	size := code.Bounds().Dx()
	rows := make([][]bool, size)
	for y := range rows {
		rows[y] = make([]bool, size)
		for x := range rows[y] {
			r, _, _, _ := code.At(x, y).RGBA()
			rows[y][x] = r == 0
		}
	}
	return rows, nil
}

// Path gives a QR code as an SVG path of its dark squares, for whoever shows it on a screen, and how many squares are in a row.
func Path(content string) (size int, path string, err error) {
	rows, err := Modules(content)
	if err != nil {
		return 0, "", err
	}
	var b strings.Builder
	for y, row := range rows {
		for x := 0; x < len(row); x++ {
			from := x
			for x < len(row) && row[x] {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from, y, x-from, x-from)
			}
		}
	}
	return len(rows), b.String(), nil
}

// drawCode draws the dark squares in the middle of a box, with the four light modules around them that readers need.
func (f *flow) drawCode(rows [][]bool, x, y, w, h float64) {
	if len(rows) == 0 {
		return
	}
	module := min(w, h) / float64(len(rows)+8)
	x += (w - module*float64(len(rows))) / 2
	y += (h - module*float64(len(rows))) / 2
	for i, row := range rows {
		for from := 0; from < len(row); from++ {
			to := from
			for to < len(row) && row[to] {
				to++
			}
			if to > from {
				// A trace of overlap, so that no light hairlines show between the rows.
				f.add(fillShape{x: x + module*float64(from), y: y + module*float64(i), w: module * float64(to-from), h: module + 0.03})
				from = to
			}
		}
	}
}
