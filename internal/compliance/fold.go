package compliance

import (
	"cmp"
	"slices"

	"kezhi/internal/duty"
	"kezhi/internal/rule"
)

// axis is a dimension with the numbers of its values.
type axis struct {
	of     Dimension
	counts map[string]*Tally
}

func newAxis(of Dimension) axis { return axis{of: of, counts: map[string]*Tally{}} }

// fold adds up rows of duties by one dimension or two.
type fold struct {
	q          CrossQuery
	by, across axis
	cells      map[[2]string]*Tally
	total      Tally
	units      []unit
	tree       map[int64][]int64 // a unit and those above it, nearest first
}

func (f *fold) add(rows []duty.TallyRow) {
	f.cells, f.tree = map[[2]string]*Tally{}, treeOf(f.units)
	for _, row := range rows {
		f.total.add(row.State, row.N)
		across := f.keys(f.across.of, row)
		for _, k := range across {
			count(f.across.counts, k, row)
		}
		for _, k := range f.keys(f.by.of, row) {
			count(f.by.counts, k, row)
			for _, other := range across {
				count(f.cells, [2]string{k, other}, row)
			}
		}
	}
}

func count[K comparable](in map[K]*Tally, key K, row duty.TallyRow) {
	t := in[key]
	if t == nil {
		t = &Tally{}
		in[key] = t
	}
	t.add(row.State, row.N)
}

// keys gives the values of a dimension to which a row counts: one, or a department with all those above it.
func (f *fold) keys(of Dimension, row duty.TallyRow) []string {
	switch of {
	case ByClause:
		return []string{row.Clause}
	case ByGrade:
		return []string{cmp.Or(row.Grade, None)}
	case ByManager:
		return []string{keyOf(row.OwnerID)}
	case ByMonth:
		return []string{row.Month}
	case ByDepartment:
		path := f.tree[row.UnitID]
		if len(path) == 0 {
			return []string{keyOf(row.UnitID)}
		}
		out := make([]string, 0, len(path))
		for _, u := range path {
			out = append(out, keyOf(u))
			if f.q.Unit != nil && u == *f.q.Unit {
				break // what lies above the unit that was asked for is not shown
			}
		}
		return out
	}
	return nil
}

// treeOf gives for each unit the way up, itself first. A ring, which nobody can enter, would end where it began.
func treeOf(units []unit) map[int64][]int64 {
	parent := make(map[int64]int64, len(units))
	for _, u := range units {
		parent[u.id] = u.parent
	}
	out := make(map[int64][]int64, len(units))
	for _, u := range units {
		for up := u.id; up != 0 && !slices.Contains(out[u.id], up); up = parent[up] {
			out[u.id] = append(out[u.id], up)
		}
	}
	return out
}

// departments lists the units in which anything was due, each below the one it belongs to. A unit at the top that only passes on the
// numbers of a single one below it says nothing and is left out: whoever sees one department sees that one.
func (f *fold) departments() []Head {
	counts := f.by.counts
	if f.across.of == ByDepartment {
		counts = f.across.counts
	}
	below := map[int64][]unit{}
	known := map[int64]bool{}
	for _, u := range f.units {
		known[u.id] = counts[keyOf(u.id)] != nil
	}
	for _, u := range f.units {
		switch {
		case !known[u.id]:
		case known[u.parent]:
			below[u.parent] = append(below[u.parent], u)
		default:
			below[0] = append(below[0], u)
		}
	}
	for len(below[0]) == 1 {
		top := below[0][0]
		next := below[top.id]
		if len(next) != 1 || counts[keyOf(top.id)].Due != counts[keyOf(next[0].id)].Due {
			break
		}
		below[0] = next
	}
	var out []Head
	var walk func(list []unit, depth int)
	walk = func(list []unit, depth int) {
		for _, u := range list {
			out = append(out, Head{Key: keyOf(u.id), Title: u.name, Depth: depth})
			walk(below[u.id], depth+1)
		}
	}
	walk(below[0], 0)
	return out
}

// into writes the lines and columns in the order of their names; what has no name (any more) comes last.
func (f *fold) into(out *Cross, heads map[Dimension][]Head) {
	if f.across.of != "" {
		out.Columns = f.across.list(heads[f.across.of])
	}
	for _, h := range f.by.list(heads[f.by.of]) {
		line := Line{Head: h, Cells: []Cell{}}
		if t := f.by.counts[h.Key]; t != nil {
			line.Tally = *t
		}
		line.Tally.finish()
		for _, c := range out.Columns {
			if t := f.cells[[2]string{h.Key, c.Key}]; t != nil {
				t.finish()
				line.Cells = append(line.Cells, Cell{Column: c.Key, Tally: *t})
			}
		}
		out.Lines = append(out.Lines, line)
	}
	if f.by.of != ByManager {
		return
	}
	trouble := func(l Line) int64 { return -(l.Tally.Missed + l.Tally.Late) }
	slices.SortStableFunc(out.Lines, func(a, b Line) int { return cmp.Compare(trouble(a), trouble(b)) })
	if f.q.Limit > 0 && len(out.Lines) > f.q.Limit {
		out.Left = len(out.Lines) - f.q.Limit
		out.Lines = out.Lines[:f.q.Limit]
	}
}

// list gives the values of a dimension that are counted, months also where nothing was due.
func (a axis) list(heads []Head) []Head {
	out := []Head{}
	left := make(map[string]bool, len(a.counts))
	for k := range a.counts {
		left[k] = true
	}
	for _, h := range heads {
		if left[h.Key] || a.of == ByMonth {
			out = append(out, h)
			delete(left, h.Key)
		}
	}
	var rest []Head
	for k := range left {
		if a.of == ByDepartment && k != None {
			continue // a unit at the top that was left out
		}
		h := Head{Key: k}
		if k != None {
			h.Title = rule.Text{Zh: k, En: k}
		}
		rest = append(rest, h)
	}
	slices.SortFunc(rest, func(x, y Head) int { return cmp.Compare(x.Key, y.Key) })
	return append(out, rest...)
}
