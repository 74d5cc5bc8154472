package paper

import (
	"slices"
	"strings"
)

// head sets what stands above the body of the first page: organisation, titles, then number and head fields.
func (f *flow) head() {
	d, st := f.doc, &f.style
	center := func(text string, s style) {
		if strings.TrimSpace(text) != "" {
			f.stack(f.set.breakText(text, s, f.width(), 0), s, Center)
		}
	}
	center(d.Organisation, st.organisation)
	if d.Letter && d.Organisation != "" {
		f.y += 5
		f.add(lineShape{x1: f.geo.left, y1: f.y, x2: f.geo.right, y2: f.y, width: thick})
		f.add(lineShape{x1: f.geo.left, y1: f.y + 2.2, x2: f.geo.right, y2: f.y + 2.2, width: thin})
		f.y += 12
	}
	center(d.Title, st.title)
	center(d.Subtitle, st.subtitle)
	if !f.atTop() {
		f.y += 5
	}
	f.headFields()
}

// headFields sets as many fields and the number side by side as have room, from edge to edge; a wide one has a row of its own.
func (f *flow) headFields() {
	fields := f.doc.Head
	if f.doc.Number != "" {
		at := len(fields)
		for at > 0 && fields[at-1].Wide {
			at--
		}
		fields = slices.Insert(slices.Clone(fields), at, Field{Label: f.words.number, Value: f.doc.Number})
	}
	for i := 0; i < len(fields); {
		n, used := 0, 0.0
		for i+n < len(fields) && n < 4 {
			field := fields[i+n]
			used += f.set.natural(f.headText(field), f.style.value) + 12
			if n > 0 && (field.Wide || used-12 > f.width()) {
				break
			}
			n++
			if field.Wide {
				break
			}
		}
		f.headRow(fields[i : i+n])
		i += n
	}
	if len(fields) > 0 {
		f.y += 4
	}
	if f.doc.Letter {
		f.y += 8
	}
}

func (f *flow) headText(field Field) string { return field.Label + f.words.colon + field.Value }

// headRow sets fields of one row with equal room between them; the number alone stands at the right.
func (f *flow) headRow(row []Field) {
	st := f.style.value
	if len(row) == 1 {
		lines := f.set.breakText(f.headText(row[0]), st, f.width(), 0)
		align := Start
		if row[0].Label == f.words.number && row[0].Value == f.doc.Number {
			align = End
		}
		f.stack(lines, st, align)
		return
	}
	f.need(st.leading)
	room := f.width()
	var set []setLine
	for _, field := range row {
		line := f.set.fit(f.headText(field), st, f.width())
		set = append(set, line)
		room -= line.width
	}
	x := f.geo.left
	for _, line := range set {
		f.lines([]setLine{line}, st, x, f.y, line.width, Start)
		x += line.width + room/float64(len(row)-1)
	}
	f.y += st.leading
}

// frame sets what stands around the body of every page, once their number is known.
func (f *flow) frame() {
	st := f.style.foot
	rule := f.geo.bottom + 10
	for i, p := range f.pages {
		add := func(text string, y float64, align Align) {
			if text == "" {
				return
			}
			line := f.set.fit(text, st, f.width()*0.6)
			x := f.geo.left
			switch align {
			case Center:
				x = (f.geo.left + f.geo.right - line.width) / 2
			case End:
				x = f.geo.right - line.width
			case Start:
			}
			p.shapes = append(p.shapes, textShape{line: line, st: st, x: x, y: y})
		}
		p.shapes = append(p.shapes, lineShape{x1: f.geo.left, y1: rule, x2: f.geo.right, y2: rule, width: 0.4, gray: 0.5})
		add(f.foot(), rule+13, Start)
		add(f.words.page(i+1, len(f.pages)), rule+13, End)
		if i > 0 {
			add(f.doc.Title, f.geo.top-10, Start)
			add(f.doc.Number, f.geo.top-10, End)
		}
		if f.doc.Watermark != "" {
			p.mark = f.watermark()
		}
	}
}

func (f *flow) foot() string {
	var parts []string
	if f.doc.FormCode != "" {
		parts = append(parts, f.words.formCode+f.words.colon+f.doc.FormCode)
	}
	if f.doc.FormVersion != "" {
		parts = append(parts, f.words.version+f.words.colon+f.doc.FormVersion)
	}
	return strings.Join(parts, "    ")
}

// fit sets a text on one line, cut off with an ellipsis where it does not fit.
func (t *typesetter) fit(text string, st style, width float64) setLine {
	glyphs := t.shape(joined(text), st.face)
	room := int(width * em / st.size)
	if advance(glyphs) > room {
		dots := t.shape([]rune("…"), st.face)
		room -= advance(dots)
		n := 0
		for ; n < len(glyphs) && glyphs[n].room() <= room; n++ {
			room -= glyphs[n].room()
		}
		glyphs = append(glyphs[:n], dots...)
	}
	return setLine{glyphs: glyphs, width: float64(advance(glyphs)) * st.size / em}
}

func joined(text string) []rune {
	var out []rune
	for _, p := range paragraphs(text) {
		if len(out) > 0 {
			out = append(out, ' ')
		}
		out = append(out, p...)
	}
	return out
}

// watermark is one line from the lower left to the upper right.
func (f *flow) watermark() shape {
	st := style{face: sans, size: 100, gray: 0.88}
	across := 0.7 * (f.geo.width + f.geo.height) / 2
	if whole := f.set.natural(f.doc.Watermark, st); whole > across {
		st.size = max(st.size*across/whole, 14)
	}
	line := f.set.fit(f.doc.Watermark, st, across+1)
	return watermarkShape{textShape{line: line, st: st, x: (f.geo.width - line.width) / 2, y: f.geo.height/2 + st.size*0.35}, f.geo}
}
