package paper

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// glyph is one character as it is set. Widths and distances are in thousandths of the type size.
type glyph struct {
	r     rune
	face  faceID
	width int
	lead  int // taken from or added to the room before it, also at the beginning of a line
	trail int // the same behind it
	shift int // to the left neighbour on the same line: negative draws together, positive keeps apart
}

// room is all that the glyph takes on a line.
func (g glyph) room() int { return g.shift + g.lead + g.width + g.trail }

// paragraphs cuts a text at its line breaks and takes out what has no form: marks of direction, joiners, variation selectors. Letters with accents
// are composed, tabs become four spaces, the many widths of spaces one, and blanks at the end of a line go.
func paragraphs(text string) [][]rune {
	text = norm.NFC.String(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\t", "    ").Replace(text))
	text = strings.TrimRight(text, "\n ")
	var out [][]rune
	for line := range strings.SplitSeq(text, "\n") {
		runes := make([]rune, 0, len(line))
		for _, r := range strings.TrimRight(line, " ") {
			switch {
			case r == '\u2007' || r == '\u202F':
				runes = append(runes, noBreak)
			case r != noBreak && r != '\u3000' && unicode.Is(unicode.Zs, r):
				runes = append(runes, ' ')
			case !formless(r):
				runes = append(runes, r)
			}
		}
		out = append(out, runes)
	}
	return out
}

func formless(r rune) bool {
	return unicode.Is(unicode.Cf, r) || r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF
}

// Characters that forms use and the faces lack; they are drawn by lines.
const (
	emptyBox  = '☐'
	tickedBox = '☑'
	tick      = '✓'
)

// shape chooses for each character the face and the distance to its neighbour. A character of neither face is set as its plain form (TM for the sign of a
// trade mark), or gets a box where it has none (see textShape.sign).
func (t *typesetter) shape(runes []rune, first faceID) []glyph {
	out := make([]glyph, 0, len(runes))
	for i, r := range runes {
		g := t.glyph(r, first)
		if g.face == drawn && !sign(r) {
			if plain := t.plainForm(r); plain != nil {
				for _, p := range plain {
					out = append(out, t.glyph(p, first))
				}
				continue
			}
		}
		t.fitQuote(&g, runes, i)
		joinDash(&g, runes, i)
		out = append(out, g)
	}
	for i := 1; i < len(out); i++ {
		if out[i].shift == 0 {
			out[i].shift = shift(out[i-1], out[i])
		}
	}
	return out
}

func (t *typesetter) glyph(r rune, first faceID) glyph {
	if r == '✔' {
		r = tick
	}
	if w, ok := t.faces[first].widths[r]; ok {
		return glyph{r: r, face: first, width: w}
	}
	for id, f := range t.faces {
		if w, ok := f.widths[r]; ok {
			return glyph{r: r, face: faceID(id), width: w} //nolint:gosec // two faces
		}
	}
	if r < 0x2E80 && !sign(r) && !unicode.Is(unicode.So, r) {
		return glyph{r: r, face: drawn, width: em * 6 / 10}
	}
	return glyph{r: r, face: drawn, width: em}
}

func sign(r rune) bool { return r == emptyBox || r == tickedBox || r == tick }

// plainForm gives the compatible characters that stand for one that the faces lack, or nil when they lack those too.
func (t *typesetter) plainForm(r rune) []rune {
	plain := []rune(norm.NFKC.String(string(r)))
	if len(plain) == 1 && plain[0] == r {
		return nil
	}
	for _, p := range plain {
		if t.glyph(p, serif).face == drawn {
			return nil
		}
	}
	return plain
}

// fitQuote makes quotation marks narrow where they belong to Latin text: the faces have them as wide as hanzi.
func (t *typesetter) fitQuote(g *glyph, runes []rune, i int) {
	if !strings.ContainsRune("‘’“”", g.r) || g.width != em {
		return
	}
	before, after := i > 0 && runes[i-1] < 0x2000, i+1 < len(runes) && runes[i+1] < 0x2000
	if t.lang != English && (!before || !after) {
		return
	}
	switch g.r {
	case '‘':
		g.lead, g.trail = -717, -35
	case '’':
		g.lead, g.trail = -35, -717
	case '“':
		g.lead, g.trail = -521, -26
	case '”':
		g.lead, g.trail = -26, -521
	}
}

// joinDash closes the gap within a Chinese dash of two characters, which then fills two hanzi.
func joinDash(g *glyph, runes []rune, i int) {
	if g.r != '—' || g.face == drawn {
		return
	}
	before, after := i > 0 && runes[i-1] == '—', i+1 < len(runes) && runes[i+1] == '—'
	switch {
	case before && after:
		g.shift = -90
	case before:
		g.shift, g.trail = -90, 150
	case after:
		g.lead = 150
	}
}

// known says whether the character is printed as itself or in its plain form.
func (t *typesetter) known(r rune) bool {
	return t.glyph(r, serif).face != drawn || sign(r) || r == '✔' || t.plainForm(r) != nil
}

const (
	closers = "、。，．：；！？）」』】〕〗》〉］｝”’"
	openers = "（「『【〔〖《〈［｛“‘"
)

func closer(r rune) bool { return strings.ContainsRune(closers, r) }
func opener(r rune) bool { return strings.ContainsRune(openers, r) }

// shift gives the distance of two neighbours: full-width marks side by side lose the empty half between them, hanzi and Latin letters or digits
// keep a sixth of the type size.
func shift(a, b glyph) int {
	switch {
	case trailing(a) && (closer(b.r) || opener(b.r)) && !narrow(b), opener(a.r) && !narrow(a) && leading(b):
		return -em / 2
	case ideograph(a.r) && western(b.r), western(a.r) && ideograph(b.r):
		return em / 6
	}
	return 0
}

// trailing is true for marks whose right half is empty, leading for those whose left half is.
func trailing(g glyph) bool {
	return closer(g.r) && !narrow(g) && g.r != '！' && g.r != '？'
}
func leading(g glyph) bool { return opener(g.r) && !narrow(g) }

// narrow is true for quotation marks that were made so.
func narrow(g glyph) bool { return g.lead+g.trail < 0 || g.width < em }

func ideograph(r rune) bool {
	return r >= 0x3400 && r <= 0x9FFF || r >= 0x3040 && r <= 0x30FF || r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x3FFFF
}

func western(r rune) bool {
	return r < 0x2000 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// wide is true for characters between which a line may be broken anywhere.
func wide(r rune) bool { return r >= 0x2E80 || unicode.Is(unicode.So, r) }
