package ownership

import (
	"strings"

	"kezhi/internal/rule"
)

// areas are the contracts in force on a day, by region.
type areas map[string][]Area

// of gives the contracts on a customer's area that are equally close: those on its street before those on the whole region, a
// county before its city and province. Of two streets an address names, the longer one is closer.
func (a areas) of(region, address string) []rule.AreaContract {
	for n := len(region); n >= 2; n -= 2 {
		best := -1
		var out []rule.AreaContract
		for _, c := range a[region[:n]] {
			if c.Street != "" && !strings.Contains(address, c.Street) {
				continue
			}
			switch {
			case len(c.Street) > best:
				best, out = len(c.Street), []rule.AreaContract{{Person: c.UserID, Unit: c.UnitID}}
			case len(c.Street) == best:
				out = append(out, rule.AreaContract{Person: c.UserID, Unit: c.UnitID})
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}
