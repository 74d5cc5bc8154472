package search

import (
	"slices"
	"strings"
	"unicode"
)

const (
	chunk   = 60 // characters of a text looked at a time, below the limit of pieces of a name
	maxWord = 60 // letters of a word worth looking at
)

// TextTerms gives the terms of running text, unsorted and some of them twice: every one and two Chinese characters that stand
// together, and the beginning of every Latin word or code.
func TextTerms(s string) []string {
	var out []string
	runes := []rune(s)
	for from := 0; from < len(runes); from += chunk - 1 { // chunks share a character, so that no pair is lost between them
		piece := runes[from:min(from+chunk, len(runes))]
		if !slices.ContainsFunc(piece, isHan) {
			continue
		}
		for _, t := range Terms(Fields{Names: []string{string(piece)}}) {
			if t[:1] == nsHan {
				out = append(out, t)
			}
		}
	}
	seen := map[string]bool{}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return isHan(r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(w) <= maxWord && !seen[w] {
			seen[w] = true
			out = append(out, Terms(Fields{Names: []string{w}})...)
		}
	}
	return out
}

// QueryApart is Query, but where Chinese words stand apart each is looked for by itself (嘉陵 尉迟: a firm and somebody there); letters and
// digits go together, because phone numbers are typed with spaces.
func QueryApart(text string) []Match {
	words := strings.Fields(text)
	if len(words) < 2 || !strings.ContainsFunc(text, isHan) {
		return Query(text)
	}
	var out []Match
	for _, word := range words {
		out = append(out, Query(word)...)
	}
	return out[:min(len(out), maxMatches)]
}
