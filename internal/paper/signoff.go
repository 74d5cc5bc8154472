package paper

import "strings"

const (
	signHeight = 74              // the least height of a box to sign in
	sealRadius = 20 * millimetre // a company's seal is 40 mm wide
)

func (s Signoffs) texts(yield func(string)) {
	for _, b := range s.Boxes {
		yield(b.Post)
		yield(b.Opinion)
		yield(b.Name)
		yield(b.Date)
	}
}

func (s Signoffs) least(f *flow) float64 {
	if rows := s.bands(f); len(rows) > 0 {
		return f.start(rows[0])
	}
	return 0
}

func (s Signoffs) layout(f *flow, keep float64) {
	f.bands(nil, s.bands(f), keep)
	f.y += between
}

func (s Signoffs) bands(f *flow) []band {
	columns := min(max(s.Columns, 1), 2)
	pair := f.width() / float64(columns)
	label := min(0.22*pair, 92)
	if columns == 2 {
		label = 0.3 * pair
	}
	var rows []band
	for i := 0; i < len(s.Boxes); i += columns {
		row := band{whole: true, least: signHeight}
		boxes := s.Boxes[i:min(i+columns, len(s.Boxes))]
		for j, box := range boxes {
			x := f.geo.left + pair*float64(j)
			end := x + pair
			if j == len(boxes)-1 {
				end = f.geo.right
			}
			value := f.valueCell(box.Opinion, x+label, end-x-label)
			value.foot = f.signature(box, value.w-2*padX)
			if len(value.foot) > 8 {
				value.lines, value.foot = append(value.lines, value.foot...), nil
			}
			row.cells = append(row.cells, f.labelCell(box.Post, x, label), value)
		}
		rows = append(rows, row)
	}
	return rows
}

// signature stands at the lower edge of a box: seal, name and date, or room for them; on one line where that has room.
func (f *flow) signature(b Signoff, width float64) []setLine {
	st := f.style.value
	name, date := b.Name, b.Date
	if strings.TrimSpace(name) == "" {
		name = "\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0"
	}
	name, date = f.words.sign+f.words.colon+name, f.words.date+f.words.colon+date
	if strings.TrimSpace(b.Date) == "" {
		date = f.words.blankDate
	}
	if b.Seal {
		name = f.words.seal + "\u00A0\u00A0" + name
	}
	const apart = "\u00A0\u00A0\u00A0"
	if f.set.natural(name+apart+date, st) <= width {
		return f.set.breakText(name+apart+date, st, width, 0)
	}
	return append(f.set.breakText(name, st, width, 0), f.set.breakText(date, st, width, 0)...)
}

func (c Closing) texts(yield func(string)) {
	yield(c.Organisation)
	yield(c.Date)
}

// lines are issuer and date, set in a column of the width.
func (c Closing) lines(f *flow) (lines []setLine, width float64) {
	st := f.style.body
	width = min(max(f.set.natural(c.Organisation, st), f.set.natural(c.Date, st), 2*sealRadius)+4, f.width())
	return append(f.set.breakText(c.Organisation, st, width, 0), f.set.breakText(c.Date, st, width, 0)...), width
}

func (c Closing) least(f *flow) float64 {
	lines, _ := c.lines(f)
	height := max(float64(len(lines))+1, 3.5) * f.style.body.leading
	if c.Seal {
		height = max(height, 2*sealRadius+6)
	}
	return height
}

// layout sets issuer and date in a column at the right, both centred on the middle of the seal.
func (c Closing) layout(f *flow, _ float64) {
	st := f.style.body
	height := c.least(f)
	lines, width := c.lines(f)
	f.need(height)
	if height > f.room() {
		f.stack(lines, st, End)
		return
	}
	x := f.geo.right - width
	if f.doc.Letter {
		x = max(x-2*st.size, f.geo.left)
	}
	middle := f.y + height/2
	if c.Seal {
		f.add(ringShape{x: x + width/2, y: middle, radius: sealRadius})
		note := f.style.foot
		line := f.set.fit(f.words.seal, note, width)
		f.lines([]setLine{line}, note, x, middle+sealRadius-2.2*note.leading, width, Center)
	}
	f.lines(lines, st, x, middle-float64(len(lines))*st.leading/2, width, Center)
	f.y += height + between
}
