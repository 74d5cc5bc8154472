package paper

import "slices"

// cell is one bordered cell of a band, with its text set in lines.
type cell struct {
	x, w   float64
	lines  []setLine
	st     style
	align  Align
	shaded bool      // a label
	again  bool      // the whole text is set again where the band goes on over the page
	foot   []setLine // stands at the lower edge: who signs
	pad    float64   // to the left and right of the text
	code   [][]bool  // dark modules of a QR code
}

// band is a row of cells across the page. A whole band is not cut at the end of a page unless it is higher than a page.
type band struct {
	cells []cell
	least float64
	whole bool
}

const (
	padX = 4.5
	padY = 3.5
)

func (b band) height() float64 {
	h := b.least
	for _, c := range b.cells {
		h = max(h, float64(len(c.lines)+len(c.foot))*c.st.leading+2*padY)
	}
	return h
}

func heights(bands []band) float64 {
	sum := 0.0
	for _, b := range bands {
		sum += b.height()
	}
	return sum
}

// start is the height a band takes at least on the page where it begins.
func (f *flow) start(b band) float64 {
	h := b.height()
	if b.whole || h <= f.cuttable() {
		return min(h, f.geo.bottom-f.geo.top)
	}
	return f.piece(b)
}

// cuttable is the height above which a band may be cut, so that no page ends in a large gap.
func (f *flow) cuttable() float64 { return (f.geo.bottom - f.geo.top) / 3 }

// piece is the height of the smallest piece of a band worth setting: four lines.
func (f *flow) piece(b band) float64 {
	leading := 0.0
	for _, c := range b.cells {
		leading = max(leading, c.st.leading)
	}
	return 4*leading + 2*padY
}

// bands sets rows below each other; head is set again on every page. The last keep points of room after the last row stay on its page.
func (f *flow) bands(head, rows []band, keep float64) {
	top := heights(head)
	page := f.geo.bottom - f.geo.top
	if top > page/2 {
		// A head this high is printed once, over as many pages as it takes.
		head, rows, top = nil, append(loosened(head), rows...), 0
	}
	if len(rows) > 0 {
		f.need(top + f.start(rows[0]))
	}
	from := f.y
	f.row(head)
	turn := func() {
		f.outline(from)
		f.newPage()
		from = f.y
		f.row(head)
	}
	for i, b := range rows {
		if f.err != nil {
			return
		}
		tail := 0.0
		if i == len(rows)-1 && top+b.height()+keep <= page {
			tail = keep
		}
		for b.height()+tail > f.room()+0.01 && f.err == nil {
			h := b.height()
			cut := (!b.whole && h > f.cuttable() || h > page-top) && f.room() >= f.piece(b)
			if !cut && f.y <= f.geo.top+top+0.01 {
				break
			}
			if cut {
				b = f.cut(b)
			}
			turn()
		}
		f.row([]band{b})
	}
	f.outline(from)
}

// loosened allows bands to be cut.
func loosened(bands []band) []band {
	out := slices.Clone(bands)
	for i := range out {
		out[i].whole = false
	}
	return out
}

// cut sets as many lines of the band as the page has room for and gives the rest.
func (f *flow) cut(b band) band {
	part, rest := band{}, band{}
	height := f.room()
	for _, c := range b.cells {
		n := min(max(int((height-2*padY)/c.st.leading), 1), len(c.lines))
		now, later := c, c
		if !c.again {
			now.lines, later.lines = c.lines[:n], c.lines[n:]
		}
		now.foot = nil
		part.cells, rest.cells = append(part.cells, now), append(rest.cells, later)
	}
	part.least = height
	f.row([]band{part})
	return rest
}

// row draws bands at the place where the flow stands.
func (f *flow) row(bands []band) {
	for _, b := range bands {
		h := b.height()
		for _, c := range b.cells {
			f.cell(c, h)
		}
		f.y += h
	}
}

func (f *flow) cell(c cell, h float64) {
	if c.shaded {
		f.add(fillShape{x: c.x, y: f.y, w: c.w, h: h, gray: 0.95})
	}
	bottom := f.y + h
	f.add(lineShape{x1: c.x, y1: f.y, x2: c.x + c.w, y2: f.y, width: thin})
	f.add(lineShape{x1: c.x, y1: bottom, x2: c.x + c.w, y2: bottom, width: thin})
	f.add(lineShape{x1: c.x, y1: f.y, x2: c.x, y2: bottom, width: thin})
	f.drawCode(c.code, c.x, f.y, c.w, h)
	y := f.y + padY
	if len(c.foot) == 0 {
		y = f.y + (h-float64(len(c.lines))*c.st.leading)/2
	}
	f.lines(c.lines, c.st, c.x+c.pad, y, c.w-2*c.pad, c.align)
	if len(c.foot) > 0 {
		f.lines(c.foot, c.st, c.x+c.pad, bottom-padY-float64(len(c.foot))*c.st.leading, c.w-2*c.pad, End)
	}
}

// outline draws the thick frame around what was set since from.
func (f *flow) outline(from float64) {
	if f.y <= from {
		return
	}
	l, r := f.geo.left, f.geo.right
	half := thick / 2
	for _, e := range [][4]float64{{l - half, from, r + half, from}, {l - half, f.y, r + half, f.y}, {l, from, l, f.y}, {r, from, r, f.y}} {
		f.add(lineShape{x1: e[0], y1: e[1], x2: e[2], y2: e[3], width: thick})
	}
}
