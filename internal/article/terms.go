package article

import (
	"math/bits"
	"slices"

	"kezhi/internal/search"
)

const maxTerms = 12000 // of one article

// termsOf gives the index terms of an article: titles and tags as names are found (pinyin, initials, every end of it), the
// text by every one and two Chinese characters that stand together and by the beginning of every Latin word or code.
func termsOf(v *Version, tags []string) []string {
	all := search.Terms(search.Fields{Names: append([]string{v.Title.Zh, v.Title.En}, tags...)})
	for _, t := range []string{v.Title.Zh, v.Title.En, v.Body.Zh, v.Body.En} {
		all = append(all, search.TextTerms(t)...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return all[:min(len(all), maxTerms)]
}

// maxAsked bounds the words of a case that are looked up.
const maxAsked = 200

// askedOf gives the terms by which a case asks for help: pairs of Chinese characters and Latin words of three letters or more.
// Single characters say too little.
func askedOf(s string) []string {
	var out []string
	for _, t := range search.TextTerms(s) {
		if t[0] == 'h' && len([]rune(t)) == 3 || t[0] == 'a' && len(t) > 3 {
			out = append(out, t)
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), maxAsked)]
}

// hit is a word of a case in an article.
type hit struct {
	term    string
	article int64
}

// rank orders articles by how well they answer: a word counts the more the fewer articles have it; one that stands in more
// than half of them counts nothing. published is how many articles there are. Of equal weight the newer article comes first.
func rank(hits []hit, published int) []int64 {
	in := map[string]int{}
	for _, h := range hits {
		in[h.term]++
	}
	weight := map[int64]int{}
	for _, h := range hits {
		if n := in[h.term]; 2*n <= published || published < 4 {
			weight[h.article] += bits.Len(uint(published / n)) //nolint:gosec // counts of articles
		}
	}
	var out []int64
	for a, w := range weight {
		if w >= minWeight {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b int64) int {
		if weight[a] != weight[b] {
			return weight[b] - weight[a]
		}
		if a > b {
			return -1
		}
		return 1
	})
	return out
}

// minWeight keeps out articles that share hardly a word with the case.
const minWeight = 3
