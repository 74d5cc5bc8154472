package rule

import (
	"slices"
	"strings"
)

// relationKinds are the relations customers may have.
var relationKinds = []string{"guarantor", "kin", "other", "owner", "parent", "subsidiary"}

// grouping is a way to divide the customers: by a field, or by the relations that connect them.
type grouping struct {
	field string // customer field, or empty
	key   string // key of Subject.Groups, or empty
	kinds []string
}

// Group is a way to connect customers by relations. Customers of one connected component form a group.
type Group struct {
	// Key is the canonical name; Subject.Groups gives a customer's group under it.
	Key string
	// Relations are the kinds of relations that connect, in alphabetical order.
	Relations []string
}

// GroupKinds lists the groups of connected customers the program asks for, empty when it asks for none. What names a group
// is the caller's choice; the same name means the same group. A customer without a name is a group of its own.
func (p *Program) GroupKinds() []Group {
	var out []Group
	for i := range p.groupings {
		if g := &p.groupings[i]; g.key != "" {
			out = append(out, Group{Key: g.key, Relations: slices.Clone(g.kinds)})
		}
	}
	return out
}

// of gives the name of a customer's group. alone is true for a customer that is a group of its own; a customer without
// the field is in no group and has neither.
func (g *grouping) of(s *Subject) (name string, alone bool) {
	if g.key != "" {
		name = s.Groups[g.key]
		return name, name == ""
	}
	return s.text(g.field), false
}

// grouping compiles `within`, sharing groupings that are the same.
func (k *compiler) grouping(m *measure, s *measureSpec) {
	w := &s.Within
	if w.Line == 0 {
		return
	}
	if !m.fn.population() {
		k.report("measure.within_alone", w.pos, m.clause, m.name)
		return
	}
	if w.Field.set() == (len(w.Relation) > 0) {
		k.report("measure.within_both", w.pos, m.clause)
		return
	}
	g := grouping{}
	if w.Field.set() {
		g.field = k.groupField(w.Field)
	} else {
		g.kinds = k.relations(w.Relation)
		g.key = strings.Join(g.kinds, "+")
	}
	for i := range k.p.groupings {
		if o := &k.p.groupings[i]; o.field == g.field && o.key == g.key {
			m.within = i
			return
		}
	}
	m.within = len(k.p.groupings)
	k.p.groupings = append(k.p.groupings, g)
}

func (k *compiler) groupField(w word) string {
	name := strings.TrimPrefix(k.resolve(w), "customer.")
	if name == "tags" {
		k.report("measure.within_list", w.pos, "", name)
	}
	k.fieldsUsed = append(k.fieldsUsed, word{pos: w.pos, S: name})
	return name
}

func (k *compiler) relations(list words) []string {
	var kinds []string
	for _, w := range list {
		kind := k.resolve(w)
		if !contains(relationKinds, kind) {
			k.unknownName("relation.unknown", w.pos, kind, relationKinds)
		}
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}
