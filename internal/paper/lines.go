package paper

import (
	"strings"
	"unicode"
)

// style is how a text is set; sizes are in points.
type style struct {
	face    faceID
	size    float64
	leading float64 // from one baseline to the next
	gray    float64 // 0 = black
}

// setLine is a line of a text, ready to be drawn.
type setLine struct {
	glyphs  []glyph
	width   float64 // in points, as far as there is ink
	indent  float64
	stretch float64 // added behind each wide character to reach the right edge
}

// typesetter breaks texts into lines.
type typesetter struct {
	faces [2]*face
	lang  Lang
}

// noBreak is a space at which no line ends.
const noBreak = '\u00A0'

const (
	notFirst = closers + "～·•%％‰℃°′″,.;:!?)]}>"
	notLast  = openers + "￥¥$＄£€№#([{<"
)

// breakable says whether a line may end between two neighbours.
func breakable(a, b rune) bool {
	switch {
	case b == ' ' || a == noBreak || b == noBreak:
		return false
	case a == ' ':
		return true
	case strings.ContainsRune(notFirst, b) || strings.ContainsRune(notLast, a) || a == b && (a == '—' || a == '…'):
		return false
	case wide(a) || wide(b):
		return true
	}
	return a == '/' && western(b) || a == '-' && unicode.IsLetter(b)
}

// breakText sets a text in lines no wider than width points; the first line of each paragraph is indented. There is at least one line.
func (t *typesetter) breakText(text string, st style, width, indent float64) []setLine {
	return t.breakEach(text, st, width, func(int, []rune) float64 { return indent })
}

// breakEach is breakText with an indent that depends on the paragraph and its number.
func (t *typesetter) breakEach(text string, st style, width float64, indent func(i int, paragraph []rune) float64) []setLine {
	var out []setLine
	for i, runes := range paragraphs(text) {
		out = t.breakParagraph(out, t.shape(runes, st.face), st, width, indent(i, runes))
	}
	return out
}

func (t *typesetter) breakParagraph(out []setLine, glyphs []glyph, st style, width, indent float64) []setLine {
	if len(glyphs) == 0 {
		return append(out, setLine{})
	}
	for len(glyphs) > 0 {
		room := int((width - indent) * em / st.size)
		n := lineEnd(glyphs, room)
		line := setLine{glyphs: trimRight(glyphs[:n]), indent: indent}
		line.width = float64(advance(line.glyphs)) * st.size / em
		if n < len(glyphs) && t.lang != English {
			line.stretch = stretch(line.glyphs, width-indent-line.width+hang(line.glyphs, st.size), st.size)
		}
		out = append(out, line)
		glyphs = trimLeft(glyphs[n:])
		if len(glyphs) > 0 {
			glyphs[0].shift = 0
		}
		indent = 0
	}
	return out
}

// lineEnd gives how many glyphs the line takes: up to the last place where it may break, or, when there is none, as many as fit.
func lineEnd(glyphs []glyph, room int) int {
	at, last := 0, 0
	for i, g := range glyphs {
		at += g.room()
		ink := at
		if trailing(g) {
			ink -= em / 2
		}
		if g.r != ' ' && ink > room && i > 0 {
			if last > 0 {
				return last
			}
			return torn(glyphs, i)
		}
		if i+1 < len(glyphs) && breakable(g.r, glyphs[i+1].r) {
			last = i + 1
		}
	}
	return len(glyphs)
}

// torn moves the end of a line that must be torn a few places back: behind a hyphen, or where no mark comes to the wrong edge.
func torn(glyphs []glyph, at int) int {
	for n := at; n > 1 && n > at-8; n-- {
		if strings.ContainsRune("-/_@", glyphs[n-1].r) {
			return n
		}
	}
	for n := at; n > 1 && n > at-4; n-- {
		if !strings.ContainsRune(notFirst, glyphs[n].r) && !strings.ContainsRune(notLast, glyphs[n-1].r) {
			return n
		}
	}
	return at
}

func trimRight(glyphs []glyph) []glyph {
	for len(glyphs) > 1 && glyphs[len(glyphs)-1].r == ' ' {
		glyphs = glyphs[:len(glyphs)-1]
	}
	return glyphs
}

func trimLeft(glyphs []glyph) []glyph {
	for len(glyphs) > 0 && glyphs[0].r == ' ' {
		glyphs = glyphs[1:]
	}
	return glyphs
}

func advance(glyphs []glyph) int {
	sum := 0
	for _, g := range glyphs {
		sum += g.room()
	}
	return sum
}

// hang is how far a full-width mark at the end of the line may stand beyond the edge, since its right half is empty.
func hang(glyphs []glyph, size float64) float64 {
	if trailing(glyphs[len(glyphs)-1]) {
		return size / 2
	}
	return 0
}

// stretch gives what is added behind each wide character so that the line reaches the edge; a line whose hanzi
// would visibly come apart stays as it is.
func stretch(glyphs []glyph, left, size float64) float64 {
	gaps := 0
	for _, g := range glyphs[:len(glyphs)-1] {
		if wide(g.r) {
			gaps++
		}
	}
	if gaps < 5 || left > size*float64(gaps)/8 {
		return 0
	}
	return left / float64(gaps)
}

// tabular gives all digits the width of the widest, so that numbers below each other stand digit by digit.
func (t *typesetter) tabular(lines []setLine, st style) {
	for l := range lines {
		glyphs := lines[l].glyphs
		for i, g := range glyphs {
			if g.face != drawn && g.r >= '0' && g.r <= '9' {
				slack := t.faces[g.face].digits - g.width
				glyphs[i].lead, glyphs[i].trail = slack/2, slack-slack/2
			}
		}
		lines[l].width = float64(advance(glyphs)) * st.size / em
	}
}

// natural gives the width of a text on one line, in points; of several lines the widest.
func (t *typesetter) natural(text string, st style) float64 {
	widest := 0
	for _, runes := range paragraphs(text) {
		widest = max(widest, advance(t.shape(runes, st.face)))
	}
	return float64(widest) * st.size / em
}
