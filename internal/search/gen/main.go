// Command gen writes readings.txt: for each toneless syllable the characters whose first reading it is. The
// readings come from github.com/mozillazg/go-pinyin (MIT), whose per-call cost and whole-string results do not fit an index.
package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/mozillazg/go-pinyin"
)

func main() {
	if err := run("readings.txt"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(path string) error {
	bySyllable := map[string][]rune{}
	for code, readings := range pinyin.PinyinDict {
		r := rune(code) //nolint:gosec // the dictionary's keys are code points
		if r != 0x3007 && (r < 0x3400 || r > 0x9FFF) {
			continue
		}
		first, _, _ := strings.Cut(readings, ",")
		if s := toneless(first); s != "" {
			bySyllable[s] = append(bySyllable[s], r)
		}
	}
	syllables := make([]string, 0, len(bySyllable))
	for s := range bySyllable {
		syllables = append(syllables, s)
	}
	slices.Sort(syllables)
	var b strings.Builder
	for _, s := range syllables {
		slices.Sort(bySyllable[s])
		b.WriteString(s + " " + string(bySyllable[s]) + "\n")
	}
	return os.WriteFile(path, []byte(b.String()), 0o600)
}

// toneless takes the tones off; ü is written v, and u before e, as people type it. A reading that is left with
// anything but letters (ê, ń) gives nothing.
func toneless(s string) string {
	out := strings.NewReplacer(
		"ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e",
		"ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o",
		"ū", "u", "ú", "u", "ǔ", "u", "ù", "u", "ü", "v", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v",
	).Replace(s)
	out = strings.ReplaceAll(out, "ve", "ue")
	for _, c := range out {
		if c < 'a' || c > 'z' {
			return ""
		}
	}
	return out
}
