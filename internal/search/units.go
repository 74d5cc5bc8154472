package search

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// unit is a piece of a name that is read in one go: a Chinese character, or a run of letters and digits.
type unit struct {
	han   rune   // 0 for a run
	latin string // lower case, a to z and 0 to 9 only
}

const (
	maxUnits = 64 // pieces of a name that are indexed
	maxBody  = 24 // letters of a term that are stored
	maxRunes = 256
)

// units cuts a text. Width, case and accents are levelled; what is neither a letter nor a digit separates runs and is otherwise
// dropped. Letters of other scripts are spelt as their code points, so that they can be found too.
func units(text string) []unit {
	var out []unit
	var run strings.Builder
	flush := func() {
		if run.Len() > 0 {
			out = append(out, unit{latin: run.String()})
			run.Reset()
		}
	}
	seen := 0
	for _, r := range norm.NFKD.String(text) {
		if seen++; seen > maxRunes {
			break
		}
		r = unicode.ToLower(r)
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			run.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		case isHan(r):
			flush()
			out = append(out, unit{han: r})
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			run.WriteString("z" + strconv.FormatInt(int64(r), 16) + "z")
		case r == '\'' || r == '’':
		default:
			flush()
		}
	}
	flush()
	return out[:min(len(out), maxUnits)]
}

// spelling is a name in letters: per unit the full sound and the initial.
type spelling struct{ full, initial []string }

// spellings gives the one or two ways a name is read aloud. A character without a known reading has none.
func spellings(us []unit, person bool) []spelling {
	han := make([]rune, 0, len(us))
	for _, u := range us {
		if u.han != 0 {
			han = append(han, u.han)
		}
	}
	if len(han) == 0 {
		return []spelling{spell(us, nil)}
	}
	likely, second := theBook().read(han, person)
	out := []spelling{spell(us, likely)}
	if second != nil {
		out = append(out, spell(us, second))
	}
	return out
}

func spell(us []unit, readings []string) spelling {
	s := spelling{full: make([]string, len(us)), initial: make([]string, len(us))}
	next := 0
	for i, u := range us {
		if u.han == 0 {
			s.full[i], s.initial[i] = u.latin, u.latin
			continue
		}
		s.full[i] = readings[next]
		if s.full[i] != "" {
			s.initial[i] = s.full[i][:1]
		}
		next++
	}
	return s
}

func cut(s string) string { return s[:min(len(s), maxBody)] }

// ending joins the pieces from one on, as far as a term goes.
func ending(pieces []string) string {
	n := 0
	for i, p := range pieces {
		if n += len(p); n >= maxBody {
			pieces = pieces[:i+1]
			break
		}
	}
	return cut(strings.Join(pieces, ""))
}

func reversed(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}
