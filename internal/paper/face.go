package paper

import (
	"sync"

	"github.com/signintech/gopdf"

	"kezhi/internal/paper/fonts"
)

// faceID names one of the two faces, or no face for what is drawn by lines.
type faceID uint8

const (
	serif faceID = iota
	sans
	drawn
)

// em is the unit of widths: thousandths of the type size.
const em = 1000

// face is a face as the layout needs it: which characters it has and how wide they are.
type face struct {
	name   string
	data   []byte
	widths map[rune]int // in thousandths of the type size
	digits int          // the width of the widest digit
}

// faces loads both faces at the first use: a second of work and ten megabytes that a program which prints nothing does not pay.
var faces = sync.OnceValues(func() ([2]*face, error) {
	var out [2]*face
	for i, f := range []struct {
		name string
		load func() ([]byte, error)
	}{serif: {"NotoSerifSC", fonts.Serif}, sans: {"NotoSansSC", fonts.Sans}} {
		data, err := f.load()
		if err != nil {
			return out, err
		}
		if out[i], err = newFace(f.name, data); err != nil {
			return out, err
		}
	}
	return out, nil
})

func newFace(name string, data []byte) (*face, error) {
	var font gopdf.SubsetFontObj
	if err := font.SetTTFData(data); err != nil {
		return nil, err
	}
	f := &face{name: name, data: data, widths: map[rune]int{}}
	add := func(from, to uint) {
		for c := from; c <= to && c != 0xFFFF; c++ {
			r := rune(c) //nolint:gosec // code points of a character map
			if glyph, err := font.CharCodeToGlyphIndex(r); err == nil && glyph != 0 {
				f.widths[r] = int(font.GlyphIndexToPdfWidth(glyph)) //nolint:gosec // at most a few thousand
			}
		}
	}
	parsed := font.GetTTFParser()
	for i, from := range parsed.StartCount {
		add(from, parsed.EndCount[i])
	}
	for _, group := range parsed.GroupingTables() {
		if group.EndCharCode > 0xFFFF {
			add(max(group.StartCharCode, 0x10000), group.EndCharCode)
		}
	}
	for r := '0'; r <= '9'; r++ {
		f.digits = max(f.digits, f.widths[r])
	}
	return f, nil
}
