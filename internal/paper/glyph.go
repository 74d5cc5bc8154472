package paper

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// glyph is one character as it is set.
type glyph struct {
	r     rune
	face  faceID
	width int // in thousandths of the type size
	shift int // to the left neighbour on the same line, in thousandths: negative draws together, positive keeps apart
}

// paragraphs cuts a text at its line breaks and takes out what has no form: marks of direction, joiners, variation selectors. Letters with accents
// are composed, tabs become four spaces, and blanks at the end of a line go.
func paragraphs(text string) [][]rune {
	text = norm.NFC.String(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\t", "    ").Replace(text))
	text = strings.TrimRight(text, "\n ")
	var out [][]rune
	for line := range strings.SplitSeq(text, "\n") {
		runes := make([]rune, 0, len(line))
		for _, r := range strings.TrimRight(line, " ") {
			if !formless(r) {
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

// shape chooses for each character the face and the distance to its neighbour. A character of neither face gets a box (see drawSign).
func (t *typesetter) shape(runes []rune, first faceID) []glyph {
	out := make([]glyph, len(runes))
	for i, r := range runes {
		out[i] = t.glyph(r, first)
		if i > 0 {
			out[i].shift = shift(runes[i-1], r)
		}
	}
	return out
}

func (t *typesetter) glyph(r rune, first faceID) glyph {
	switch r {
	case '\u00A0', '\u202F':
		return glyph{r: ' ', face: serif, width: t.faces[serif].widths[' ']}
	case '✔':
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
	if r < 0x2E80 && r != emptyBox && r != tickedBox && r != tick && !unicode.Is(unicode.So, r) {
		return glyph{r: r, face: drawn, width: em * 6 / 10}
	}
	return glyph{r: r, face: drawn, width: em}
}

// known says whether the character is printed as itself.
func (t *typesetter) known(r rune) bool {
	g := t.glyph(r, serif)
	return g.face != drawn || g.r == emptyBox || g.r == tickedBox || g.r == tick
}

const (
	closers = "、。，．：；！？）」』】〕〗》〉］｝”’"
	openers = "（「『【〔〖《〈［｛“‘"
)

// half is true for full-width marks whose ink fills only one half.
func closer(r rune) bool { return strings.ContainsRune(closers, r) }
func opener(r rune) bool { return strings.ContainsRune(openers, r) }

// shift gives the distance of two neighbours: full-width marks side by side lose the empty half between them, hanzi and Latin letters or digits
// keep a sixth of the type size.
func shift(a, b rune) int {
	switch {
	case trailing(a) && (closer(b) || opener(b)), opener(a) && leading(b):
		return -em / 2
	case ideograph(a) && western(b), western(a) && ideograph(b):
		return em / 6
	}
	return 0
}

// trailing is true for marks whose right half is empty, leading for those whose left half is. Quotation marks are narrower in these faces.
func trailing(r rune) bool { return closer(r) && r != '”' && r != '’' && r != '！' && r != '？' }
func leading(r rune) bool  { return opener(r) && r != '“' && r != '‘' }

func ideograph(r rune) bool {
	return r >= 0x3400 && r <= 0x9FFF || r >= 0x3040 && r <= 0x30FF || r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x3FFFF
}

func western(r rune) bool {
	return r < 0x2000 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// wide is true for characters between which a line may be broken anywhere.
func wide(r rune) bool { return r >= 0x2E80 || unicode.Is(unicode.So, r) }
