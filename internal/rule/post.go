package rule

import (
	"slices"
	"strings"
)

// orAbove marks a post that those above it may stand in for: director_or_above.
const orAbove = "_or_above"

// NamesOf gives every name the rulebook has for a post, its own and the aliases, whichever of them is asked for; a mark
// "_or_above" at the end does not count. A post that is not declared has no names.
func (b *Book) NamesOf(post string) []string {
	post = strings.TrimSuffix(post, orAbove)
	var names []string
	for _, r := range b.Roles() {
		if r.Name == post || slices.Contains(r.Aliases, post) {
			names = append(append(names, r.Name), r.Aliases...)
		}
	}
	return names
}
