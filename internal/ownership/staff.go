package ownership

import (
	"slices"
	"strconv"

	"kezhi/internal/procedure"
)

// somebody is a person as fields of customers name them.
type somebody struct {
	id     int64
	login  string
	name   string
	active bool
}

// staff answers the owner rules about the organisation. It is made for one run and remembers what it has looked up.
type staff struct {
	who     procedure.Who
	namesOf func(post string) []string
	byText  map[string]int64 // login, name or id; -1 = several people of a name
	names   map[int64]string
	active  map[int64]bool
	places  map[string][]procedure.Place
	near    map[nearKey][]int64
	held    map[heldKey]bool
	left    int64 // somebody who is to be thought away, 0 = nobody
}

type nearKey struct {
	role string
	unit int64
}

type heldKey struct {
	role string
	user int64
}

func newStaff(who procedure.Who, namesOf func(string) []string, people []somebody) *staff {
	s := &staff{
		who: who, namesOf: namesOf, byText: map[string]int64{}, names: map[int64]string{}, active: map[int64]bool{}, places: map[string][]procedure.Place{},
		near: map[nearKey][]int64{}, held: map[heldKey]bool{},
	}
	for _, p := range people {
		s.names[p.id] = p.name
		s.active[p.id] = p.active
		if have, ok := s.byText[p.name]; ok && have != p.id {
			s.byText[p.name] = -1
		} else {
			s.byText[p.name] = p.id
		}
	}
	for _, p := range people { // a login is one person's whatever the names are
		s.byText[p.login] = p.id
		s.byText[strconv.FormatInt(p.id, 10)] = p.id
	}
	return s
}

// Named finds a person by login, by a name only one has, or by id.
func (s *staff) Named(text string) (int64, bool) {
	user := s.byText[text]
	return max(user, 0), user > 0
}

// Active says whether somebody may look after customers.
func (s *staff) Active(user int64) bool { return s.active[user] }

// leave has somebody not be there: nobody may be given to them.
func (s *staff) leave(user int64) { s.active[user], s.left = false, user }

func (s *staff) placesOf(role string) []procedure.Place {
	list, ok := s.places[role]
	if !ok {
		list = slices.DeleteFunc(s.who.Places(role, s.namesOf(role)), func(p procedure.Place) bool { return p.User == s.left })
		s.places[role] = list
	}
	return list
}

// Holds says whether a person holds a role anywhere.
func (s *staff) Holds(role string, user int64) bool {
	key := heldKey{role, user}
	held, ok := s.held[key]
	if !ok {
		held = slices.ContainsFunc(s.placesOf(role), func(p procedure.Place) bool { return p.User == user })
		s.held[key] = held
	}
	return held
}

// holders gives everybody who holds a role, ascending.
func (s *staff) holders(role string) []int64 {
	var out []int64
	for _, p := range s.placesOf(role) {
		out = append(out, p.User)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Holders gives the holders of a role nearest to a unit: of the unit itself, else of the next one above, else for the whole
// organisation, else anywhere.
func (s *staff) Holders(role string, unit int64) []int64 {
	key := nearKey{role, unit}
	list, ok := s.near[key]
	if !ok {
		list = s.nearest(s.placesOf(role), unit)
		s.near[key] = list
	}
	return list
}

func (s *staff) nearest(all []procedure.Place, unit int64) []int64 {
	pick := func(fits func(procedure.Place) bool) []int64 {
		var out []int64
		for _, p := range all {
			if fits(p) && !slices.Contains(out, p.User) {
				out = append(out, p.User)
			}
		}
		slices.Sort(out)
		return out
	}
	// A damaged tree with a circle is left after as many steps as there are units.
	for at, steps := unit, 0; at != 0 && steps <= s.who.Units(); at, steps = s.who.Parent(at), steps+1 {
		if out := pick(func(p procedure.Place) bool { return p.Unit == at }); len(out) > 0 {
			return out
		}
	}
	if out := pick(func(p procedure.Place) bool { return p.Unit == 0 }); len(out) > 0 {
		return out
	}
	return pick(func(procedure.Place) bool { return true })
}
