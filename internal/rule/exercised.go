package rule

import (
	"maps"
	"slices"
)

// exercised lists the numbers of the clauses that passing examples touched: what a result cites, the settings it depends
// on, and, where somebody was found to be in scope and (if there is a condition) somebody out of it, who is in scope.
func exercised(b *Book, passed int, schemes []*coverage) []string {
	out := map[string]bool{}
	for _, c := range schemes {
		for number := range c.clauses {
			out[number] = true
		}
		for _, s := range c.p.settingsUsed {
			if c.branches["settings."+s.Name+"="+s.Value] {
				out[s.Clause] = true
			}
		}
		if passed > 0 && (c.p.scope == nil || c.branches["scope"]) {
			for _, w := range b.spec.ScopeBy {
				out[w.S] = true
			}
		}
	}
	delete(out, "")
	return slices.Sorted(maps.Keys(out))
}
