package authz

import (
	"slices"
	"strings"
)

// OrAbove marks a post of a rulebook that those above it may stand in for: director_or_above.
const OrAbove = "_or_above"

// seniority orders the roles of the organisation for "or above"; the administrator of the system is no superior.
var seniority = map[string]int{RoleCustomerManager: 1, RoleRegionalManager: 2, RoleDirector: 3}

// RoleOf gives the role of this organisation that a post of a rulebook is, by its name or by one of the other names the
// rulebook has for it; false when there is none.
func RoleOf(post string, aliases []string) (string, bool) {
	post = strings.TrimSuffix(post, OrAbove)
	for _, name := range append([]string{post}, aliases...) {
		if KnownRole(name) {
			return name, true
		}
	}
	return "", false
}

// Fills says whether somebody who holds these roles fills a post that is the given role of the organisation.
func Fills(held []string, post, role string) bool {
	above := strings.HasSuffix(post, OrAbove)
	return slices.ContainsFunc(held, func(h string) bool {
		return h == role || (above && seniority[role] > 0 && seniority[h] > seniority[role])
	})
}
