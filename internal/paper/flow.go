package paper

import (
	"slices"

	"kezhi/internal/errs"
)

// Sizes in points.
const (
	millimetre = 72 / 25.4
	pageShort  = 210 * millimetre
	pageLong   = 297 * millimetre
	thin       = 0.5
	thick      = 1.25
)

// geometry is the page and the place on it where the body stands.
type geometry struct {
	width, height            float64
	left, right, top, bottom float64 // edges of the body
}

func (d *Document) geometry() geometry {
	g := geometry{width: pageShort, height: pageLong}
	if d.Landscape {
		g.width, g.height = g.height, g.width
	}
	side, above, below := 20.0, 18.0, 20.0
	if d.Letter {
		side, above, below = 27, 25, 25
	}
	g.left, g.right = side*millimetre, g.width-side*millimetre
	g.top, g.bottom = above*millimetre, g.height-below*millimetre
	return g
}

// shape is something drawn on a page.
type shape interface{ draw(c *canvas) error }

// page is what stands on a page: grounds below, then the watermark, then all else in its order.
type page struct {
	grounds []shape
	mark    shape
	shapes  []shape
}

func (p *page) all() []shape {
	out := slices.Clone(p.grounds)
	if p.mark != nil {
		out = append(out, p.mark)
	}
	return append(out, p.shapes...)
}

// flow spreads blocks over pages from the top.
type flow struct {
	set   *typesetter
	doc   *Document
	words fixed
	geo   geometry
	style types
	pages []*page
	y     float64
	err   error
}

// types are the styles of a document.
type types struct{ title, subtitle, organisation, heading, body, label, value, small, foot style }

func (d *Document) types() types {
	t := types{
		title:        style{face: sans, size: 18, leading: 26},
		subtitle:     style{face: serif, size: 11, leading: 17, gray: 0.25},
		organisation: style{face: serif, size: 12, leading: 20},
		heading:      style{face: sans, size: 11.5, leading: 18},
		body:         style{face: serif, size: 10.5, leading: 17.5},
		label:        style{face: sans, size: 9.5, leading: 14.5},
		value:        style{face: serif, size: 10, leading: 15},
		small:        style{face: serif, size: 9, leading: 13.5, gray: 0.2},
		foot:         style{face: serif, size: 8.5, leading: 12, gray: 0.35},
	}
	if d.Letter {
		t.body = style{face: serif, size: 12, leading: 22}
		t.organisation = style{face: sans, size: 17, leading: 26}
		t.title = style{face: sans, size: 16, leading: 25}
	}
	if d.Lang == English {
		t.body.leading *= 0.85
	}
	return t
}

func newFlow(d *Document) (*flow, error) {
	loaded, err := faces()
	if err != nil {
		return nil, err
	}
	f := &flow{set: &typesetter{faces: loaded, lang: d.Lang}, doc: d, words: d.Lang.words(), geo: d.geometry(), style: d.types()}
	f.newPage()
	return f, nil
}

func (f *flow) width() float64 { return f.geo.right - f.geo.left }
func (f *flow) room() float64  { return f.geo.bottom - f.y }
func (f *flow) atTop() bool    { return f.y <= f.geo.top }

// newPage begins a page; past the last allowed one it records paper.too_long, and what follows is drawn over the last page and thrown away.
func (f *flow) newPage() {
	if len(f.pages) == MaxPages {
		f.err = errs.New(errs.TooLarge, "paper.too_long", "limit", MaxPages)
	} else {
		f.pages = append(f.pages, &page{})
	}
	f.y = f.geo.top
}

// need begins a page unless the height fits; what is higher than a page begins where it is.
func (f *flow) need(height float64) {
	if height > f.room() && !f.atTop() {
		f.newPage()
	}
}

func (f *flow) add(s shape) {
	if f.err != nil {
		return
	}
	p := f.pages[len(f.pages)-1]
	if ground, ok := s.(fillShape); ok {
		p.grounds = append(p.grounds, ground)
		return
	}
	p.shapes = append(p.shapes, s)
}

// lines draws set lines from a top edge and gives the lower edge. The text stands in a box of the given left edge and width.
func (f *flow) lines(lines []setLine, st style, x, y, width float64, align Align) float64 {
	for _, l := range lines {
		at := x + l.indent
		switch align {
		case Center:
			at = x + (width-l.width)/2
			l.stretch = 0
		case End:
			at = x + width - l.width
			l.stretch = 0
		case Start:
		}
		f.add(textShape{line: l, st: st, x: at, y: y + baseline(st)})
		y += st.leading
	}
	return y
}

// stack sets lines over the width of the body, each on a new page where there is no room.
func (f *flow) stack(lines []setLine, st style, align Align) {
	for i := range lines {
		f.need(st.leading)
		f.y = f.lines(lines[i:i+1], st, f.geo.left, f.y, f.width(), align)
		if f.err != nil {
			return
		}
	}
}

// baseline is how far below the top of a line its baseline stands: the middle of a hanzi is the middle of the line.
func baseline(st style) float64 { return st.leading/2 + 0.38*st.size }

// layout spreads the whole document over pages.
func (d *Document) layout() (*flow, error) {
	f, err := newFlow(d)
	if err != nil {
		return nil, err
	}
	f.head()
	for i, b := range d.Body {
		keep := 0.0
		if i+1 < len(d.Body) {
			next := d.Body[i+1]
			_, closing := next.(Closing)
			_, signing := next.(Signoffs)
			_, heading := b.(Heading)
			if closing || signing || heading {
				keep = next.least(f)
			}
		}
		b.layout(f, keep)
		if f.err != nil {
			return nil, f.err
		}
	}
	f.frame()
	return f, f.err
}
