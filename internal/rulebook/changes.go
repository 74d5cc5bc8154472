package rulebook

import (
	"slices"
	"strings"

	"kezhi/internal/rule"
)

// Kinds of change.
const (
	ChangeAdded   = "added"
	ChangeRemoved = "removed"
	ChangeChanged = "changed"
	ChangeMoved   = "moved" // the same elements in another order
)

// Change is one difference between two texts of rulebook.yaml.
type Change struct {
	Section string // settings, measures, grades ...
	Ref     string // where: settings.visit_a.value
	Kind    string
	Before  string // as written, on one line; empty when added
	After   string // empty when removed
	Line    int    // in the new text; in the old one when removed
}

// ClauseChange is one difference between two texts of clauses.md.
type ClauseChange struct {
	Number string
	Kind   string
	Before *rule.Clause
	After  *rule.Clause
}

// changesOf compares two rulebook.yaml that can be read.
func changesOf(before, after string) []Change {
	out := []Change{}
	a, b := treeOf(before), treeOf(after)
	compareMembers("", "", a, b, &out)
	return out
}

func compare(section, ref string, a, b *branch, out *[]Change) {
	switch {
	case a.text == b.text && a.kind == b.kind:
	case a.kind == 'm' && b.kind == 'm':
		compareMembers(section, ref, a, b, out)
	case a.kind == 'l' && b.kind == 'l' && !flat(a, b):
		compareElements(section, ref, a, b, out)
	default:
		*out = append(*out, Change{section, ref, ChangeChanged, a.text, b.text, b.line})
	}
}

// flat says that neither list has mappings or lists in it: such a list is one value.
func flat(a, b *branch) bool {
	scalarOnly := func(k *branch) bool { return k.kind != 's' }
	return !slices.ContainsFunc(a.kids, scalarOnly) && !slices.ContainsFunc(b.kids, scalarOnly)
}

func compareMembers(section, ref string, a, b *branch, out *[]Change) {
	at := func(key string) (string, string) {
		if ref == "" {
			return key, key
		}
		return section, ref + "." + key
	}
	for _, x := range a.kids {
		if b.child(x.key) == nil {
			s, r := at(x.key)
			*out = append(*out, Change{s, r, ChangeRemoved, x.text, "", x.line})
		}
	}
	for _, y := range b.kids {
		s, r := at(y.key)
		if x := a.child(y.key); x != nil {
			compare(s, r, x, y, out)
		} else {
			*out = append(*out, Change{s, r, ChangeAdded, "", y.text, y.line})
		}
	}
}

// compareElements pairs the elements of two lists: equal ones first, then those of the same name, then what is left over
// among nameless ones in order.
func compareElements(section, ref string, a, b *branch, out *[]Change) {
	pair := make([]int, len(b.kids)) // index in a, from 1; 0 = new
	used := make([]bool, len(a.kids))
	match := func(same func(x, y *branch, i, j int) bool) {
		for j, y := range b.kids {
			for i, x := range a.kids {
				if pair[j] == 0 && !used[i] && same(x, y, i, j) {
					pair[j], used[i] = i+1, true
				}
			}
		}
	}
	match(func(x, y *branch, _, _ int) bool { return x.text == y.text })
	match(func(x, y *branch, i, j int) bool { return x.kind == 'm' && x.name(i) == y.name(j) })
	match(func(x, y *branch, _, _ int) bool { return x.kind == y.kind && x.kind != 'm' })
	for i, x := range a.kids {
		if !used[i] {
			*out = append(*out, Change{section, ref + "." + x.name(i), ChangeRemoved, x.text, "", x.line})
		}
	}
	inOrder, moved := 0, false
	for j, y := range b.kids {
		if pair[j] == 0 {
			*out = append(*out, Change{section, ref + "." + y.name(j), ChangeAdded, "", y.text, y.line})
			continue
		}
		moved = moved || pair[j] < inOrder
		inOrder = pair[j]
		compare(section, ref+"."+y.name(j), a.kids[pair[j]-1], y, out)
	}
	if moved {
		*out = append(*out, Change{section, ref, ChangeMoved, order(a), order(b), b.line})
	}
}

func order(l *branch) string {
	names := make([]string, len(l.kids))
	for i, k := range l.kids {
		names[i] = k.name(i)
	}
	return strings.Join(names, ", ")
}

// clauseChanges compares the articles by their numbers.
func clauseChanges(before, after []rule.Clause) []ClauseChange {
	out := []ClauseChange{}
	find := func(list []rule.Clause, number string) *rule.Clause {
		for i := range list {
			if list[i].Number == number {
				return &list[i]
			}
		}
		return nil
	}
	for i := range before {
		if find(after, before[i].Number) == nil {
			out = append(out, ClauseChange{before[i].Number, ChangeRemoved, &before[i], nil})
		}
	}
	for i := range after {
		x := find(before, after[i].Number)
		switch {
		case x == nil:
			out = append(out, ClauseChange{after[i].Number, ChangeAdded, nil, &after[i]})
		case x.Title != after[i].Title || x.Text != after[i].Text || x.Kind != after[i].Kind:
			out = append(out, ClauseChange{after[i].Number, ChangeChanged, x, &after[i]})
		}
	}
	return out
}

// levelOf weighs changes: other grades, another scope or a part that is gone are major; other words alone are a patch.
func levelOf(changes []Change, clauses []ClauseChange, sameFiles bool) string {
	if sameFiles {
		return LevelNone
	}
	level := LevelPatch
	for _, c := range changes {
		path := strings.Split(c.Ref, ".")
		words := slices.Contains(path, "title") || c.Ref == "owner" || strings.HasPrefix(c.Ref, "owner.")
		switch {
		case c.Ref == "version" || words || c.Ref == "source":
		case c.Ref == "applies_to", c.Section == "grades" && slices.Contains(path, "labels"), c.Section == "grades" && slices.Contains(path, "scheme"),
			c.Kind == ChangeRemoved && len(path) <= 2:
			return LevelMajor
		default:
			level = LevelMinor
		}
	}
	for _, c := range clauses {
		if c.Kind != ChangeChanged {
			level = LevelMinor
		}
	}
	return level
}
