package codes

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FindDivision reads the division a text names, in full or short form, with or without the levels above, also at the beginning of
// an address: 广东省深圳市南山区科技路1号, 广东 深圳, 南山区,
// Guangdong / Shenzhen, 44, 440305. One result is an answer; several mean that the text fits all
// of them (朝阳区 in Beijing and in Changchun); none means that it names no division. At most 20 are given.
func FindDivision(text string) []Division {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || strings.ContainsRune("/-,，、>·|", r):
			return -1
		case r >= 0xFF10 && r <= 0xFF19:
			return r - 0xFEE0
		}
		return unicode.ToLower(r)
	}, text)
	text = strings.TrimPrefix(strings.TrimPrefix(text, "中国"), "中华人民共和国")
	if d, ok := DivisionByCode(text); ok {
		return []Division{d}
	}
	t := divisions()
	found := t.walk(text, "", 0)
	best := 0
	for _, f := range found {
		best = max(best, f.read)
	}
	var out []Division
	for _, f := range found {
		if f.read == best {
			out = append(out, t.all[f.index])
		}
	}
	out = t.highest(out)
	return out[:min(len(out), 20)]
}

// reading is a way to understand a text: how many bytes of it are names, and the division the last of them stands for.
type reading struct{ index, read int }

// walk reads names from the beginning of a text, each below the one before.
func (t *divisionTable) walk(text, above string, read int) []reading {
	var out []reading
	longest := 0
	for end := range text {
		if end > 60 {
			break
		}
		longest = end
	}
	_, size := utf8.DecodeRuneInString(text[longest:])
	for end := longest + size; end > 0; {
		for _, i := range t.byName[text[:end]] {
			d := t.all[i]
			if d.Code == above || !strings.HasPrefix(d.Code, above) {
				continue
			}
			deeper := t.walk(text[end:], d.Code, read+end)
			if len(deeper) == 0 {
				deeper = []reading{{index: i, read: read + end}}
			}
			out = append(out, deeper...)
		}
		_, last := utf8.DecodeLastRuneInString(text[:end])
		end -= last
	}
	return out
}

// highest drops a division when one above it is as good an answer: 吉林 is the province before the city in it. Two places of
// the same level stay, because only a person can tell.
func (t *divisionTable) highest(found []Division) []Division {
	slices.SortFunc(found, func(a, b Division) int { return strings.Compare(a.Code, b.Code) })
	found = slices.CompactFunc(found, func(a, b Division) bool { return a.Code == b.Code })
	var out []Division
	for _, d := range found {
		covered := slices.ContainsFunc(found, func(o Division) bool { return o.Level < d.Level })
		if !covered {
			out = append(out, d)
		}
	}
	return out
}
