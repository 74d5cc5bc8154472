package paper

import "github.com/signintech/gopdf"

// canvas draws shapes with gopdf and remembers what is set there.
type canvas struct {
	pdf    *gopdf.GoPdf
	faces  [2]*face
	fill   float64
	stroke float64
	pen    float64
}

func (c *canvas) setFill(gray float64) {
	if c.fill != gray {
		c.pdf.SetGrayFill(gray)
		c.fill = gray
	}
}

func (c *canvas) setPen(width, gray float64) {
	if c.stroke != gray {
		c.pdf.SetGrayStroke(gray)
		c.stroke = gray
	}
	if c.pen != width {
		c.pdf.SetLineWidth(width)
		c.pen = width
	}
}

// begin starts a page, on which nothing is set yet.
func (c *canvas) begin(geo geometry) {
	c.pdf.AddPageWithOption(gopdf.PageOption{PageSize: &gopdf.Rect{W: geo.width, H: geo.height}})
	c.fill, c.stroke, c.pen = -1, -1, -1
}

// lineShape is a straight line.
type lineShape struct{ x1, y1, x2, y2, width, gray float64 }

func (l lineShape) draw(c *canvas) error {
	c.setPen(l.width, l.gray)
	c.pdf.Line(l.x1, l.y1, l.x2, l.y2)
	return nil
}

// fillShape is a rectangle filled with a gray.
type fillShape struct{ x, y, w, h, gray float64 }

func (r fillShape) draw(c *canvas) error {
	c.setFill(r.gray)
	c.pdf.RectFromUpperLeftWithStyle(r.x, r.y, r.w, r.h, "F")
	return nil
}

// ringShape is a broken circle: where a seal goes.
type ringShape struct{ x, y, radius float64 }

func (r ringShape) draw(c *canvas) error {
	c.setPen(0.7, 0.6)
	c.pdf.SetCustomLineType([]float64{3, 2.5}, 0)
	c.pdf.Oval(r.x-r.radius, r.y-r.radius, r.x+r.radius, r.y+r.radius)
	c.pdf.SetLineType("solid")
	return nil
}

// textShape is a line of text; y is its baseline.
type textShape struct {
	line setLine
	st   style
	x, y float64
}

func (s textShape) draw(c *canvas) error {
	c.setFill(s.st.gray)
	x := s.x
	glyphs := s.line.glyphs
	for i := 0; i < len(glyphs); {
		x += float64(glyphs[i].shift+glyphs[i].lead) * s.st.size / em
		if glyphs[i].face == drawn {
			s.sign(c, glyphs[i], x)
			x += float64(glyphs[i].width) * s.st.size / em
			if wide(glyphs[i].r) {
				x += s.line.stretch
			}
			i++
			continue
		}
		n := i + s.run(glyphs[i:])
		width, err := s.text(c, glyphs[i:n], x)
		if err != nil {
			return err
		}
		x += width + float64(glyphs[n-1].trail)*s.st.size/em
		i = n
	}
	return nil
}

// run gives how many glyphs can be drawn at one go: same face, no distance between them, and all wide or all narrow when the line is stretched.
func (s textShape) run(glyphs []glyph) int {
	for i, g := range glyphs[1:] {
		if glyphs[i].trail != 0 || g.lead != 0 || g.face != glyphs[0].face || g.shift != 0 || s.line.stretch != 0 && wide(g.r) != wide(glyphs[0].r) {
			return i + 1
		}
	}
	return len(glyphs)
}

func (s textShape) text(c *canvas, glyphs []glyph, x float64) (float64, error) {
	spacing, runes, width := 0.0, make([]rune, len(glyphs)), 0
	if wide(glyphs[0].r) {
		spacing = s.line.stretch
	}
	for i, g := range glyphs {
		runes[i] = g.r
		width += g.width
	}
	if err := c.pdf.SetFont(c.faces[glyphs[0].face].name, "", s.st.size); err != nil {
		return 0, err
	}
	if err := c.pdf.SetCharSpacing(spacing); err != nil {
		return 0, err
	}
	c.pdf.SetXY(x, s.y)
	return float64(width)*s.st.size/em + spacing*float64(len(glyphs)), c.pdf.Text(string(runes))
}

// sign draws what the faces lack: boxes to tick, the tick, and for everything else a crossed box.
func (s textShape) sign(c *canvas, g glyph, x float64) {
	size := s.st.size
	w := float64(g.width) * size / em
	c.setPen(0.05*size, s.st.gray)
	left, right, top, bottom := x+0.08*size, x+w-0.08*size, s.y-0.76*size, s.y+0.06*size
	line := c.pdf.Line
	if g.r != tick {
		line(left, top, right, top)
		line(right, top, right, bottom)
		line(right, bottom, left, bottom)
		line(left, bottom, left, top)
	}
	switch g.r {
	case emptyBox:
	case tickedBox, tick:
		line(left+0.16*size, s.y-0.36*size, left+0.34*size, s.y-0.14*size)
		line(left+0.34*size, s.y-0.14*size, right-0.12*size, s.y-0.62*size)
	default:
		line(left, top, right, bottom)
		line(left, bottom, right, top)
	}
}

// watermarkShape is a pale line of text across the page.
type watermarkShape struct {
	text textShape
	geo  geometry
}

func (w watermarkShape) draw(c *canvas) error {
	c.pdf.Rotate(42, w.geo.width/2, w.geo.height/2)
	err := w.text.draw(c)
	c.pdf.RotateReset()
	c.fill, c.stroke, c.pen = -1, -1, -1
	return err
}
