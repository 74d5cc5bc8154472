package ownership

import (
	"context"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/codes"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// States of a tile.
const (
	TileOverlap    = "overlap"    // several contracts hold for exactly this area at a time
	TileContracted = "contracted" // one of its own
	TileInherited  = "inherited"  // one of an area it lies in
	TilePartly     = "partly"     // only areas within it are contracted
	TileOpen       = "open"       // nobody answers for it
)

// Tile is a region, or a street in one, on the map of contracted areas.
type Tile struct {
	Code   string // division code; of a street that of its region
	Street string // "" = a whole region
	Name   [2]string
	State  string
	// Customers lie within it, as far as the actor may see them; Owned are looked after by whoever answers for it; Open have nobody
	// who answers for where they are.
	Customers, Owned, Open int64
	Below                  int    // contracts on areas within it
	Deeper                 bool   // it has parts
	Contracts              []Area // its own that are not over
	Above                  []Area // in force on the nearest area around it that has some, where it has none itself
}

// AreaMap is a region with its parts.
type AreaMap struct {
	Path  []codes.Division // what is looked at, the province first; none = the country
	Self  Tile             // the region as a whole
	Tiles []Tile           // its parts, then the streets contracted in it
	Loose int64            // customers in no part: of the region without saying where in it
}

// AreaMap shows who has contracted the parts of a region, with gaps and overlaps; "" is the country. Needs customer.read. Errors:
// not_found.
func (s *Service) AreaMap(ctx context.Context, region string) (m AreaMap, err error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return m, err
	}
	if region != "" {
		if m.Path = codes.DivisionPath(region); m.Path == nil {
			return m, errs.New(errs.NotFound, "not_found")
		}
		region = m.Path[len(m.Path)-1].Code
	}
	scope := actor.Scope(authz.CustomerRead)
	err = s.db.InRead(ctx, func(q db.Q) error {
		list, err := areasUnder(ctx, q, s.Today(), region)
		if err != nil {
			return err
		}
		m.lay(region, list, s.Today())
		return m.count(ctx, q, scope, list, s.Today())
	})
	return m, err
}

// lay makes the tiles and gives them their contracts.
func (m *AreaMap) lay(region string, list []Area, today calendar.Date) {
	m.Self = Tile{Code: region}
	if n := len(m.Path); n > 0 {
		m.Self.Name = [2]string{m.Path[n-1].Name, m.Path[n-1].English}
	}
	for _, d := range codes.DivisionParts(region) {
		name := d.Name
		if d.Level == codes.Province {
			name = d.Short
		}
		m.Tiles = append(m.Tiles, Tile{Code: d.Code, Name: [2]string{name, d.English}, Deeper: len(codes.DivisionParts(d.Code)) > 0})
	}
	for i := range list {
		a := &list[i]
		if a.Street != "" && a.Region == region && (len(m.Tiles) == 0 || m.Tiles[len(m.Tiles)-1].Street != a.Street) {
			m.Tiles = append(m.Tiles, Tile{Code: region, Street: a.Street, Name: [2]string{a.Street, a.Street}})
		}
	}
	m.Self.take(list, today)
	for i := range m.Tiles {
		m.Tiles[i].take(list, today)
	}
}

// take gives a tile the contracts that concern it, and its state.
func (t *Tile) take(list []Area, today calendar.Date) {
	depth := 0
	held := false
	for i := range list {
		a := &list[i]
		switch {
		case a.Region == t.Code && a.Street == t.Street:
			t.Contracts = append(t.Contracts, *a)
			held = held || a.holds(today)
		case t.Street == "" && strings.HasPrefix(a.Region, t.Code):
			t.Below++
		case a.Street == "" && strings.HasPrefix(t.Code, a.Region) && a.holds(today) && len(a.Region) >= depth:
			if len(a.Region) > depth {
				depth, t.Above = len(a.Region), nil
			}
			t.Above = append(t.Above, *a)
		}
	}
	if held {
		t.Above = nil
	}
	t.State = t.state(held)
}

func (t *Tile) state(held bool) string {
	for i := range t.Contracts {
		for j := range i {
			if t.Contracts[i].meets(&t.Contracts[j]) {
				return TileOverlap
			}
		}
	}
	switch {
	case held:
		return TileContracted
	case len(t.Above) > 0:
		return TileInherited
	case t.Below > 0:
		return TilePartly
	}
	return TileOpen
}

// holders gives the contracts that hold for a tile today.
func (t *Tile) holders(today calendar.Date) []Area {
	if len(t.Above) > 0 {
		return t.Above
	}
	return slices.DeleteFunc(slices.Clone(t.Contracts), func(a Area) bool { return !a.holds(today) })
}

// add counts customers of a tile; open where nobody answers for them.
func (t *Tile) add(g place, holders []Area, open bool) {
	t.Customers += g.customers
	if slices.ContainsFunc(holders, func(a Area) bool { return a.has(g) }) {
		t.Owned += g.customers
	}
	if open {
		t.Open += g.customers
	}
}

// count counts the customers of all tiles: in one pass over the regions, and one over the addresses where streets are contracted.
func (m *AreaMap) count(ctx context.Context, q db.Q, scope authz.Scope, list []Area, today calendar.Date) error {
	inForce := areas{}
	var streets []string
	for _, a := range list {
		if !a.holds(today) {
			continue
		}
		inForce[a.Region] = append(inForce[a.Region], a)
		if a.Street != "" {
			streets = append(streets, a.Region)
		}
	}
	self := m.Self.holders(today)
	at := map[string]*Tile{}
	held := map[*Tile][]Area{}
	for i := range m.Tiles {
		t := &m.Tiles[i]
		held[t] = t.holders(today)
		if t.Street == "" {
			at[t.Code] = t
		}
	}
	err := eachRegion(ctx, q, scope, []string{m.Self.Code}, func(g place) {
		open := len(inForce.of(g.region, "")) == 0
		m.Self.add(g, self, open)
		if t := tileOf(at, g.region); t != nil {
			t.add(g, held[t], open)
		} else {
			m.Loose += g.customers
		}
	})
	if err != nil || len(streets) == 0 {
		return err
	}
	return eachAddress(ctx, q, scope, m.here(streets), func(g place) {
		if len(inForce.of(g.region, "")) == 0 && len(inForce.of(g.region, g.address)) > 0 { // counted as open by its region
			m.Self.Open--
			if t := tileOf(at, g.region); t != nil {
				t.Open--
			}
		}
		for i := range m.Tiles {
			if t := &m.Tiles[i]; t.Street != "" && strings.HasPrefix(g.region, t.Code) && strings.Contains(g.address, t.Street) {
				t.add(g, held[t], false)
			}
		}
	})
}

// here gives the regions to be read for some, which may lie around what is looked at.
func (m *AreaMap) here(regions []string) []string {
	out := make([]string, len(regions))
	for i, r := range regions {
		out[i] = r
		if len(r) < len(m.Self.Code) {
			out[i] = m.Self.Code
		}
	}
	return out
}

// tileOf finds the part a region lies in.
func tileOf(at map[string]*Tile, region string) *Tile {
	for n := len(region) - len(region)%2; n >= 2; n -= 2 {
		if t := at[region[:n]]; t != nil {
			return t
		}
	}
	return nil
}
