package search

import (
	_ "embed" // readings.txt
	"strings"
	"sync"
	"unicode"
)

//go:generate go run ./gen

//go:embed readings.txt
var readingsFile string

const (
	firstHan, lastHan = 0x3400, 0x9FFF
	zeroHan           = 0x3007 // 〇, the one character of names outside the block
)

// book holds one reading for every character, and the words and surnames that are read otherwise.
type book struct {
	syllables []string
	of        []uint16 // index into syllables + 1, by character from firstHan
	zero      string
	others    map[rune]string // a second reading worth an index entry
	phrases   map[rune][]phrase
	surnames  map[string][]string
}

type phrase struct {
	text     []rune
	readings []string
}

var theBook = sync.OnceValue(func() *book {
	b := &book{
		of: make([]uint16, lastHan-firstHan+1), others: map[rune]string{},
		phrases: map[rune][]phrase{}, surnames: map[string][]string{},
	}
	for line := range strings.Lines(readingsFile) {
		syllable, characters, _ := strings.Cut(strings.TrimSpace(line), " ")
		b.syllables = append(b.syllables, syllable)
		for _, r := range characters {
			if r == zeroHan {
				b.zero = syllable
				continue
			}
			b.of[r-firstHan] = uint16(len(b.syllables)) //nolint:gosec // about 400 syllables
		}
	}
	b.addPreferred()
	for line := range strings.Lines(wordReadings) {
		f := strings.Fields(line)
		if len(f) > 1 {
			text := []rune(f[0])
			b.phrases[text[0]] = append(b.phrases[text[0]], phrase{text: text, readings: f[1:]})
		}
	}
	for line := range strings.Lines(surnameReadings) {
		if f := strings.Fields(line); len(f) > 1 {
			b.surnames[f[0]] = f[1:]
		}
	}
	return b
})

// addPreferred sets the reading that names use most, and a second one where both are common.
func (b *book) addPreferred() {
	number := make(map[string]uint16, len(b.syllables))
	for i, s := range b.syllables {
		number[s] = uint16(i + 1) //nolint:gosec // about 400 syllables
	}
	for line := range strings.Lines(nameReadings) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		r := []rune(f[0])[0]
		b.of[r-firstHan] = number[f[1]]
		if len(f) > 2 {
			b.others[r] = f[2]
		}
	}
}

// reading gives the usual reading of a character, or nothing if it has none here.
func (b *book) reading(r rune) string {
	if r == zeroHan {
		return b.zero
	}
	if r < firstHan || r > lastHan {
		return ""
	}
	if i := b.of[r-firstHan]; i > 0 {
		return b.syllables[i-1]
	}
	return ""
}

// read gives the readings of a name character by character: the likely one, and a second if an ambiguous character is in it
// (nil if not). A character without a reading gives an empty string.
func (b *book) read(name []rune, person bool) (likely, second []string) {
	likely = make([]string, len(name))
	alternative := make([]string, len(name))
	from, ambiguous := 0, false
	if n, readings := b.surname(name); n > 0 {
		if person {
			from = copy(likely, readings)
			copy(alternative, readings)
		} else if n == 1 {
			alternative[0] = readings[0]
		}
	}
	for i := from; i < len(name); {
		if p := b.phrase(name[i:]); p != nil {
			copy(likely[i:], p.readings)
			copy(alternative[i:], p.readings)
			i += len(p.text)
			continue
		}
		likely[i] = b.reading(name[i])
		if other, ok := b.others[name[i]]; ok && alternative[i] == "" {
			alternative[i] = other
		}
		if alternative[i] == "" {
			alternative[i] = likely[i]
		}
		i++
	}
	for i := range likely {
		ambiguous = ambiguous || likely[i] != alternative[i]
	}
	if !ambiguous {
		return likely, nil
	}
	return likely, alternative
}

// surname finds a surname with a reading of its own at the beginning of a name, the longest first.
func (b *book) surname(name []rune) (int, []string) {
	for n := min(2, len(name)); n > 0; n-- {
		if readings, ok := b.surnames[string(name[:n])]; ok {
			return n, readings
		}
	}
	return 0, nil
}

// phrase finds the longest known word at the beginning of a name.
func (b *book) phrase(name []rune) *phrase {
	var best *phrase
	for i, p := range b.phrases[name[0]] {
		if len(p.text) <= len(name) && string(p.text) == string(name[:len(p.text)]) && (best == nil || len(p.text) > len(best.text)) {
			best = &b.phrases[name[0]][i]
		}
	}
	return best
}

// Pinyin gives the likely reading of each Chinese character of a name, without tones, ü as v; other characters are passed over.
// For a person the surname is read as a surname (单 shan, 尉迟 yu chi).
func Pinyin(name string, person bool) []string {
	var han []rune
	for _, r := range name {
		if isHan(r) {
			han = append(han, r)
		}
	}
	likely, _ := theBook().read(han, person)
	out := likely[:0]
	for _, s := range likely {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func isHan(r rune) bool {
	return r >= firstHan && r <= lastHan || r == zeroHan || r > lastHan && unicode.Is(unicode.Han, r)
}
