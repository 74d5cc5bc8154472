package paper

import (
	"slices"
	"strings"
)

// between is the room between two blocks.
const between = 8

func (h Heading) texts(yield func(string)) { yield(h.Text) }

func (h Heading) least(f *flow) float64 {
	st := f.style.heading
	return between + float64(len(f.set.breakText(h.Text, st, f.width(), 0)))*st.leading
}

func (h Heading) layout(f *flow, keep float64) {
	st := f.style.heading
	lines := f.set.breakText(h.Text, st, f.width(), 0)
	height := between + float64(len(lines))*st.leading
	if keep > (f.geo.bottom-f.geo.top)/2 {
		keep = 0
	}
	f.need(height + 2 + keep)
	if !f.atTop() {
		f.y += between
	}
	f.stack(lines, st, Start)
	f.y += 2
}

func (t Text) texts(yield func(string)) { yield(t.Body) }

func (t Text) style(f *flow) style {
	if t.Small {
		return f.style.small
	}
	return f.style.body
}

func (t Text) lines(f *flow) []setLine {
	st := t.style(f)
	indent := 0.0
	if !t.Flush && t.Align == Start && !t.Small && f.set.lang != English {
		indent = 2 * st.size
	}
	return f.set.breakEach(t.Body, st, f.width(), func(i int, paragraph []rune) float64 {
		if f.doc.Letter && (i == 0 && salutation(paragraph) || strings.HasPrefix(string(paragraph), "敬礼")) {
			return 0
		}
		return indent
	})
}

// salutation says whether the first paragraph of a letter's text only addresses its reader: it is short and ends in a colon.
func salutation(paragraph []rune) bool {
	n := len(paragraph)
	return n > 0 && n <= 60 && (paragraph[n-1] == '：' || paragraph[n-1] == ':') && !slices.Contains(paragraph, '。')
}

func (t Text) least(f *flow) float64 {
	return float64(min(2, len(t.lines(f)))) * t.style(f).leading
}

// layout sets the lines; neither the first nor the last line of a text stands alone on a page, and keep stays with the last two.
func (t Text) layout(f *flow, keep float64) {
	st := t.style(f)
	lines := t.lines(f)
	for i, n := 0, len(lines); i < n && f.err == nil; i++ {
		want := 1
		if i == 0 {
			want = min(2, n)
		}
		height := float64(want) * st.leading
		if i == max(n-2, 0) {
			height = float64(n-i)*st.leading + keep
		}
		f.need(height)
		f.y = f.lines(lines[i:i+1], st, f.geo.left, f.y, f.width(), t.Align)
	}
	f.y += st.leading * 0.2
}

func (g Gap) texts(func(string)) {}

func (g Gap) least(*flow) float64 { return 0 }

func (g Gap) layout(f *flow, _ float64) {
	if !f.atTop() {
		f.y = min(f.y+max(g.Lines, 0)*f.style.body.leading, f.geo.bottom)
	}
}

func (g Grid) texts(yield func(string)) {
	for _, field := range g.Fields {
		yield(field.Label)
		yield(field.Value)
	}
}

func (g Grid) least(f *flow) float64 {
	if rows := g.bands(f); len(rows) > 0 {
		return f.start(rows[0])
	}
	return 0
}

func (g Grid) layout(f *flow, keep float64) {
	f.bands(nil, g.bands(f), keep)
	f.y += between
}

// bands puts the fields into rows; the last field of a row that is not full takes the rest of it.
func (g Grid) bands(f *flow) []band {
	columns := max(g.Columns, 1)
	if g.Columns == 0 {
		columns = 2
	}
	pair := f.width() / float64(columns)
	label := g.labelWidth(f, pair)
	var rows []band
	for i := 0; i < len(g.Fields); {
		n := 1
		for !g.Fields[i].Wide && n < columns && i+n < len(g.Fields) && !g.Fields[i+n].Wide {
			n++
		}
		row := band{}
		for j, field := range g.Fields[i : i+n] {
			x := f.geo.left + pair*float64(j)
			end := x + pair
			if j == n-1 {
				end = f.geo.right
			}
			row.cells = append(row.cells, f.labelCell(field.Label, x, label), f.valueCell(field.Value, x+label, end-x-label))
			row.least = max(row.least, float64(min(field.Lines, 40))*f.style.value.leading+2*padY)
		}
		rows = append(rows, row)
		i += n
	}
	return rows
}

// labelWidth is wide enough for the longest label, within bounds that leave room for the values.
func (g Grid) labelWidth(f *flow, pair float64) float64 {
	widest := 0.0
	for _, field := range g.Fields {
		widest = max(widest, f.set.natural(field.Label, f.style.label))
	}
	return min(max(widest+2*padX+1, 0.2*pair), 0.42*pair, 130)
}

func (f *flow) labelCell(text string, x, w float64) cell {
	st := f.style.label
	lines := f.set.breakText(text, st, w-2*padX, 0)
	return cell{x: x, w: w, lines: lines, st: st, align: Center, shaded: true, again: float64(len(lines))*st.leading < f.cuttable()/2, pad: padX}
}

func (f *flow) valueCell(text string, x, w float64) cell {
	st := f.style.value
	return cell{x: x, w: w, lines: f.set.breakText(text, st, w-2*padX, 0), st: st, pad: padX}
}
