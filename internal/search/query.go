package search

import (
	"slices"
	"strings"
)

// Range asks for terms. With an empty To it asks for the term From alone, otherwise for From <= term < To.
type Range struct{ From, To string }

// Has says whether a term is asked for.
func (r Range) Has(term string) bool {
	if r.To == "" {
		return term == r.From
	}
	return r.From <= term && term < r.To
}

// Match is one condition on a customer: at least one term in at least one of the ranges.
type Match struct{ Any []Range }

// Has says whether sorted terms, as Terms gives them, meet the condition.
func (m Match) Has(terms []string) bool {
	for _, r := range m.Any {
		i, found := slices.BinarySearch(terms, r.From)
		if found || i < len(terms) && r.To != "" && terms[i] < r.To {
			return true
		}
	}
	return false
}

const (
	minTail    = 4 // digits of a tail that are worth looking up
	maxMatches = 16
)

// Query turns what somebody typed into conditions that must all be met. Text without a single letter or digit gives none: the caller
// then shows everything or nothing, as its screen wants. A query is never an error.
func Query(text string) []Match {
	if n := phoneQuery(text); n != "" {
		m := letters(n)
		if whole := joined(units(text)); whole != n {
			m.Any = append(m.Any, letters(whole).Any...)
		}
		return []Match{m}
	}
	var out []Match
	add := func(m Match) {
		if len(out) < maxMatches && !slices.ContainsFunc(out, func(o Match) bool { return slices.Equal(o.Any, m.Any) }) {
			out = append(out, m)
		}
	}
	us := units(text)
	// As pinyin ü is v, in the names of other languages it is u.
	sounds := us
	if strings.ContainsAny(text, "üÜ") {
		sounds = units(strings.NewReplacer("ü", "v", "Ü", "v").Replace(text))
	}
	for i, u := range us {
		switch {
		case u.han == 0:
			m := letters(u.latin)
			if len(sounds) == len(us) && sounds[i].latin != u.latin {
				m.Any = append(m.Any, letters(sounds[i].latin).Any...)
			}
			add(m)
		case i+1 < len(us) && us[i+1].han != 0:
			add(exactly(nsHan + string([]rune{u.han, us[i+1].han})))
		case i == 0 || us[i-1].han == 0:
			add(exactly(nsHan + string(u.han)))
		}
	}
	return out
}

func exactly(term string) Match { return Match{Any: []Range{{From: term}}} }

// phoneQuery recognises a number typed with separators or a country code, which would otherwise fall apart.
func phoneQuery(text string) string {
	digits := 0
	for _, r := range strings.TrimSpace(text) {
		switch {
		case r >= '0' && r <= '9' || r >= '０' && r <= '９':
			digits++
		case !strings.ContainsRune("+＋-－ ()（）　", r):
			return ""
		}
	}
	if digits < 7 {
		return ""
	}
	if n := national(text); n != joined(units(text)) || len(units(text)) > 1 {
		return n
	}
	return ""
}

// letters asks for everything that begins with what was typed, and, if digits are in it, for everything that ends so.
func letters(typed string) Match {
	m := Match{Any: []Range{prefix(nsLetters, cut(typed))}}
	// The sound lüe is written lue in the index; some type it as lve.
	if other := strings.NewReplacer("lve", "lue", "nve", "nue").Replace(typed); other != typed {
		m.Any = append(m.Any, prefix(nsLetters, cut(other)))
	}
	if len(typed) >= minTail && strings.ContainsAny(typed, "0123456789") {
		m.Any = append(m.Any, prefix(nsTail, cut(reversed(typed))))
	}
	return m
}

// prefix gives the range of all terms that begin with a body of letters and digits.
func prefix(namespace, body string) Range {
	b := []byte(namespace + body)
	for i := len(b) - 1; i > 0; i-- {
		switch b[i] {
		case '9':
			b[i] = 'a'
		case 'z':
			continue
		default:
			b[i]++
		}
		return Range{From: namespace + body, To: string(b[:i+1])}
	}
	return Range{From: namespace + body, To: string(b[0] + 1)}
}
