package paper

import "strings"

// maxColumns is how many columns a table may have: more would leave no room for a character.
const maxColumns = 30

func (t Table) texts(yield func(string)) {
	yield(t.Title)
	for _, c := range t.Columns {
		yield(c.Title)
	}
	for _, r := range t.Rows {
		for _, c := range r.Cells {
			yield(c)
		}
	}
}

func (t Table) least(f *flow) float64 {
	if len(t.Columns) == 0 {
		return 0
	}
	p := t.plan(f)
	h := t.titleHeight(f) + p.head(f).height()
	if len(t.Rows) > 0 {
		h += f.start(p.row(f, t.Rows[0]))
	}
	return h
}

func (t Table) titleHeight(f *flow) float64 {
	if strings.TrimSpace(t.Title) == "" {
		return 0
	}
	return float64(len(t.titleLines(f)))*f.style.heading.leading + 2
}

func (t Table) titleLines(f *flow) []setLine {
	return f.set.breakText(t.Title, f.style.heading, f.width(), 0)
}

func (t Table) layout(f *flow, keep float64) {
	if len(t.Columns) == 0 {
		return
	}
	p := t.plan(f)
	head := p.head(f)
	rows := make([]band, 0, len(t.Rows))
	for _, r := range t.Rows {
		rows = append(rows, p.row(f, r))
	}
	if h := t.titleHeight(f); h > 0 {
		first := head.height()
		if len(rows) > 0 {
			first += f.start(rows[0])
		}
		f.need(h + first)
		f.stack(t.titleLines(f), f.style.heading, Center)
		f.y += 2
	}
	f.bands([]band{head}, rows, keep)
	f.y += between
}

// plan is how the columns of a table are laid out.
type plan struct {
	columns     []Column
	edges       []float64
	label, text style
	pad         float64
}

func (t Table) plan(f *flow) plan {
	p := plan{columns: t.Columns, label: f.style.label, text: f.style.value, pad: padX}
	if len(t.Columns) > 9 {
		p.label.size, p.label.leading, p.text.size, p.text.leading = 8.5, 13, 9, 13
		p.pad = 3.5
	}
	if len(t.Columns) > 16 {
		p.label.size, p.label.leading, p.text.size, p.text.leading = 7, 10.5, 7, 10.5
		p.pad = 2.5
	}
	weights := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		weights[i] = min(c.Width, 1e6)
		if !(c.Width > 0) {
			weights[i] = t.weigh(f, p, i)
		}
	}
	p.edges = []float64{f.geo.left}
	for i, w := range share(weights, f.width(), p.text.size+2*p.pad+1) {
		p.edges = append(p.edges, p.edges[i]+w)
	}
	p.edges[len(weights)] = f.geo.right
	return p
}

// share divides a width by weights, none getting less than least.
func share(weights []float64, width, least float64) []float64 {
	out := make([]float64, len(weights))
	for changed := true; changed; {
		changed = false
		sum, left := 0.0, width
		for i, w := range weights {
			if out[i] == least {
				left -= least
			} else {
				sum += w
			}
		}
		for i, w := range weights {
			if out[i] != least {
				if out[i] = left * w / sum; out[i] < least {
					out[i], changed = least, true
				}
			}
		}
	}
	return out
}

// weigh gives a column a weight by what its head and first rows hold, between three and eighteen hanzi.
func (t Table) weigh(f *flow, p plan, column int) float64 {
	widest := f.set.natural(t.Columns[column].Title, p.label)
	for _, r := range t.Rows[:min(len(t.Rows), 200)] {
		if column < len(r.Cells) {
			text := r.Cells[column]
			widest = max(widest, f.set.natural(text[:min(len(text), 600)], p.text))
		}
	}
	return min(max(widest+2*p.pad+1, 3*p.text.size), 18*p.text.size)
}

func (p plan) head(f *flow) band {
	b := band{whole: true}
	for i, c := range p.columns {
		w := p.edges[i+1] - p.edges[i]
		b.cells = append(b.cells, cell{x: p.edges[i], w: w, lines: f.set.breakText(c.Title, p.label, w-2*p.pad, 0), st: p.label, align: Center, shaded: true, pad: p.pad})
	}
	return b
}

func (p plan) row(f *flow, r Row) band {
	var b band
	for i, c := range p.columns {
		text := ""
		if i < len(r.Cells) {
			text = r.Cells[i]
		}
		st, w := p.text, p.edges[i+1]-p.edges[i]
		if r.Total {
			st.face = sans
		}
		made := cell{x: p.edges[i], w: w, lines: f.set.breakText(text, st, w-2*p.pad, 0), st: st, shaded: r.Total, pad: p.pad}
		switch c.Kind {
		case Number:
			made.align = End
			f.set.tabular(made.lines, st)
		case Date, Choice:
			made.align = Center
		case Written:
		}
		b.cells = append(b.cells, made)
	}
	return b
}
