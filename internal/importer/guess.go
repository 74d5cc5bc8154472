package importer

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// guess finds the field of each header: first headers that are a known name of a field, then those that contain one (the longest wins).
// A header serves one field at most.
func guess(target string, header []string, custom []field) map[string]string {
	g := guesser{header: header, keys: make([]string, len(header)), taken: make([]bool, len(header)), found: map[string]string{}}
	for i, h := range header {
		g.keys[i] = headerKey(h)
	}
	fields := append(slices.Clone(fieldsOf(target)), custom...)
	for _, f := range fields {
		g.exact(f)
	}
	for _, f := range fields {
		g.contained(f)
	}
	return g.found
}

type guesser struct {
	header []string
	keys   []string
	taken  []bool
	found  map[string]string
}

func (g *guesser) take(f field, i int) {
	g.taken[i] = true
	g.found[f.name] = g.header[i]
}

func (g *guesser) exact(f field) {
	for _, name := range f.names() {
		for i, k := range g.keys {
			if !g.taken[i] && k == name && g.found[f.name] == "" {
				g.take(f, i)
			}
		}
	}
}

// contained looks for a name within a longer header. Short names say too little there.
func (g *guesser) contained(f field) {
	if g.found[f.name] != "" {
		return
	}
	best, length := -1, 0
	for _, name := range f.names() {
		if size := len(name); size < 6 || size <= length {
			continue
		}
		for i, k := range g.keys {
			if !g.taken[i] && strings.Contains(k, name) {
				best, length = i, len(name)
			}
		}
	}
	if best >= 0 {
		g.take(f, best)
	}
}

// names gives every name of a field as headers are compared. Names of a code come first: of a place there may be the name and the code,
// and the code leaves no doubt.
func (f field) names() []string {
	out := []string{headerKey(f.zh), headerKey(f.en), headerKey(f.name)}
	for _, a := range f.aliases {
		out = append(out, headerKey(a))
	}
	ofCode := func(name string) bool { return strings.HasSuffix(name, "代码") || strings.HasSuffix(name, "code") }
	slices.SortStableFunc(out, func(a, b string) int {
		switch {
		case ofCode(a) == ofCode(b):
			return 0
		case ofCode(a):
			return -1
		}
		return 1
	})
	return out
}

// headerKey gives a header as headers are compared: no case, no width, no signs, nothing in brackets.
func headerKey(h string) string {
	h = strings.ToLower(norm.NFKC.String(h))
	if i := strings.IndexAny(h, "([{【"); i > 0 {
		h = h[:i]
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, h)
}

// headersDigest is what a file with the same columns in the same order is known again by. The columns that a file with failed rows has
// in addition do not count, so that it is read like the file it came from.
func headersDigest(header []string) string {
	h := sha256.New()
	for _, name := range header {
		if isFailedHeader(name) {
			continue
		}
		_, _ = h.Write([]byte(headerKey(name) + "\x00"))
	}
	return hex.EncodeToString(h.Sum(nil))
}
