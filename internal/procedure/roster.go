package procedure

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kezhi/internal/authz"
)

// desk is a post seen from a unit. Names are the post and its other names in the rulebook, Barred the people who may not
// act there because of what the case is about; both sorted.
type desk struct {
	ID     int64
	Post   string
	Names  []string
	Unit   int64
	Barred []int64
}

// Holder is somebody who may act at a seat. Acts is the same person, or the substitute while the person is away.
type Holder struct{ User, Acts int64 }

// person is an active user.
type person struct {
	name  string
	unit  int64
	roles []string
}

// place is somebody who holds something for a unit.
type place struct{ user, unit int64 }

// roster is who is who on one day. It is never changed once loaded; what follows from it is remembered.
type roster struct {
	stamp   [5]int64
	parents map[int64]int64
	people  map[int64]person
	posts   map[string][]place
	away    map[int64]int64 // user -> substitute, 0 = nobody
	names   map[int64]string
	at      sync.Map // seat (as text) -> []Holder, for desks where nobody is barred
}

// maxChain bounds how often a substitute may have a substitute.
const maxChain = 5

// acts gives who acts for a person today: the person, or the substitute while the person is away; false when nobody does.
func (r *roster) acts(user int64) (int64, bool) {
	for range maxChain {
		if _, active := r.people[user]; !active {
			return 0, false
		}
		sub, away := r.away[user]
		if !away {
			return user, true
		}
		if sub == 0 {
			return 0, false
		}
		user = sub
	}
	return 0, false
}

// one gives a person as a holder, unless nobody may act for that person.
func (r *roster) one(user int64, barred []int64) (Holder, bool) {
	acts, ok := r.acts(user)
	if !ok || slices.Contains(barred, user) || slices.Contains(barred, acts) {
		return Holder{}, false
	}
	return Holder{User: user, Acts: acts}, true
}

// named gives who may act at a seat that names a person.
func (r *roster) named(user int64, barred []int64) []Holder {
	if h, ok := r.one(user, barred); ok {
		return []Holder{h}
	}
	return nil
}

// holders gives who may act at a desk: the nearest who hold the post and are not barred.
func (r *roster) holders(d desk) []Holder {
	if len(d.Barred) > 0 {
		return r.nearest(r.candidates(d.Post, d.Names), d.Unit, d.Barred)
	}
	key := d.Post + "\x00" + strings.Join(d.Names, "\x00") + "\x00" + strconv.FormatInt(d.Unit, 10)
	if list, ok := r.at.Load(key); ok {
		return list.([]Holder) // only those are put there
	}
	list := r.nearest(r.candidates(d.Post, d.Names), d.Unit, nil)
	r.at.Store(key, list)
	return list
}

// candidates gives everybody who holds a post under any of its names, or fills it by a role.
func (r *roster) candidates(post string, names []string) []place {
	var out []place
	for _, n := range append([]string{strings.TrimSuffix(post, authz.OrAbove)}, names...) {
		out = append(out, r.posts[n]...)
	}
	if role, ok := authz.RoleOf(post, names); ok {
		for id, p := range r.people {
			if authz.Fills(p.roles, post, role) {
				out = append(out, place{id, p.unit})
			}
		}
	}
	slices.SortFunc(out, func(a, b place) int { return cmp.Or(cmp.Compare(a.user, b.user), cmp.Compare(a.unit, b.unit)) })
	return slices.Compact(out)
}

// above gives the role of the organisation that stands above a post: regional managers above those who look after
// customers and above posts that are no role, the director above them. "" = nobody.
func above(post string, names []string) string {
	switch role, _ := authz.RoleOf(post, names); role {
	case authz.RoleDirector:
		return ""
	case authz.RoleRegionalManager:
		return authz.RoleDirector
	}
	return authz.RoleRegionalManager
}

// nearest looks from a unit upwards, then at those who hold the post for the whole organisation, then anywhere.
func (r *roster) nearest(all []place, unit int64, barred []int64) []Holder {
	pick := func(fits func(place) bool) []Holder {
		var out []Holder
		for _, p := range all {
			if !fits(p) {
				continue
			}
			if h, ok := r.one(p.user, barred); ok && !slices.Contains(out, h) {
				out = append(out, h)
			}
		}
		return out
	}
	// A damaged tree with a circle is left after as many steps as there are units.
	for at, steps := unit, 0; at != 0 && steps <= len(r.parents); at, steps = r.parents[at], steps+1 {
		if out := pick(func(p place) bool { return p.unit == at }); len(out) > 0 {
			return out
		}
	}
	if out := pick(func(p place) bool { return p.unit == 0 }); len(out) > 0 {
		return out
	}
	return pick(func(place) bool { return true })
}

// standsFor gives everybody a person acts for today, the person first.
func (r *roster) standsFor(user int64) []int64 {
	out := []int64{user}
	for absent := range r.away {
		if acts, ok := r.acts(absent); ok && acts == user {
			out = append(out, absent)
		}
	}
	slices.Sort(out[1:])
	return out
}

// sits says whether a person is among holders, and for whom (0 = for nobody else).
func sits(list []Holder, user int64) (forUser int64, ok bool) {
	for _, h := range list {
		if h.User == user {
			return 0, true
		}
	}
	for _, h := range list {
		if h.Acts == user {
			return h.User, true
		}
	}
	return 0, false
}

// holds says whether a post is held by anybody at all on the roster's day.
func (r *roster) holds(post string, names []string) bool { return len(r.candidates(post, names)) > 0 }
