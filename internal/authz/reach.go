package authz

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Reach says on whose customers a permission holds. It is a set of ways; the ways of several roles add up. A wider way has the higher bit, so
// that "wider than one's own" stays a comparison.
type Reach uint8

const (
	own Reach = 1 << iota
	team
	territory
	unit
	every
)

// Reaches from nothing to everything. Each but ReachNone holds on one's own customers too; Join joins several.
const (
	ReachNone      Reach = 0
	ReachOwn             = own             // customers one owns
	ReachTeam            = own | team      // and those one stands beside the owner of
	ReachTerritory       = own | territory // and those in the areas contracted to one or to one's units
	ReachUnit            = own | unit      // and those of one's unit and the units below it
	ReachAll             = own | team | territory | unit | every
)

// Join gives the reach of both.
func (r Reach) Join(other Reach) Reach { return r | other }

// Within says whether another reach is at least as wide in every way.
func (r Reach) Within(other Reach) bool { return r&^other == 0 }

var ways = []struct {
	reach Reach
	name  string
}{{ReachOwn, "own"}, {ReachTeam, "team"}, {ReachTerritory, "territory"}, {ReachUnit, "unit"}}

// String is the form in the API: none, own, all, or the ways beyond one's own customers joined by "+".
func (r Reach) String() string {
	switch r {
	case ReachNone:
		return "none"
	case ReachOwn:
		return "own"
	case ReachAll:
		return "all"
	}
	var names []string
	for _, w := range ways[1:] {
		if w.reach.Within(r | own) {
			names = append(names, w.name)
		}
	}
	return strings.Join(names, "+")
}

// Reaches are all there are, from nothing to everything.
var Reaches = func() []Reach {
	var out []Reach
	for r := ReachNone; r <= unit|territory|team|own; r++ {
		if r == ReachNone || r&own != 0 {
			out = append(out, r)
		}
	}
	return append(out, ReachAll)
}()

// ParseReach reads the form of String.
func ParseReach(text string) (Reach, bool) {
	i := slices.IndexFunc(Reaches, func(r Reach) bool { return r.String() == text })
	if i < 0 {
		return ReachNone, false
	}
	return Reaches[i], true
}

// MarshalJSON writes the form of the API: what a job keeps does not depend on the bits.
func (r Reach) MarshalJSON() ([]byte, error) { return json.Marshal(r.String()) }

// UnmarshalJSON reads it, and the figures in which jobs kept a reach before there were more than own, unit and all.
func (r *Reach) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err != nil {
		old := []Reach{ReachNone, ReachOwn, ReachUnit, ReachAll}
		var n int
		if err := json.Unmarshal(b, &n); err != nil || n < 0 || n >= len(old) {
			return fmt.Errorf("no reach: %.40s", b)
		}
		*r = old[n]
		return nil
	}
	got, ok := ParseReach(text)
	if !ok {
		return fmt.Errorf("no reach: %.40s", text)
	}
	*r = got
	return nil
}
