package grading

import (
	"context"
	"slices"
	"strconv"

	"kezhi/internal/db"
	"kezhi/internal/rule"
)

// converse names the same tie seen from the other side: whose parent is X is X's subsidiary.
var converse = map[string]string{"parent": "subsidiary", "subsidiary": "parent"}

// membership says which group of connected customers somebody belongs to. It holds only customers that are related at all.
type membership struct {
	key   string
	index map[int64]int32
	above []int32 // union-find: the index of somebody of the same group, at last of its first member
	least []int64 // by index of the first member: the smallest id of the group, its name
}

// groupsFor reads the relations of each sort of group once.
func groupsFor(ctx context.Context, q db.Q, kinds []rule.Group) ([]membership, error) {
	out := make([]membership, 0, len(kinds))
	for _, g := range kinds {
		m := membership{key: g.Key, index: map[int64]int32{}}
		wanted := slices.Clone(g.Relations)
		for _, kind := range g.Relations {
			if other := converse[kind]; other != "" && !slices.Contains(wanted, other) {
				wanted = append(wanted, other)
			}
		}
		if err := relationsOf(ctx, q, wanted, m.connect); err != nil {
			return nil, err
		}
		m.settle()
		out = append(out, m)
	}
	return out, nil
}

func (m *membership) at(id int64) int32 {
	i, ok := m.index[id]
	if !ok {
		i = int32(len(m.above))
		m.index[id] = i
		m.above = append(m.above, i)
		m.least = append(m.least, id)
	}
	return i
}

func (m *membership) top(i int32) int32 {
	for m.above[i] != i {
		m.above[i] = m.above[m.above[i]]
		i = m.above[i]
	}
	return i
}

func (m *membership) connect(a, b int64) {
	x, y := m.top(m.at(a)), m.top(m.at(b))
	if x == y {
		return
	}
	if m.least[y] < m.least[x] {
		x, y = y, x
	}
	m.above[y] = x
}

// settle points everybody at the first of the group, so that reading changes nothing any more: pages read at once.
func (m *membership) settle() {
	for i := range m.above {
		m.above[i] = m.top(int32(i))
	}
}

// name gives the name of a customer's group; ok is false for one that stands alone.
func (m *membership) name(id int64) (string, bool) {
	i, ok := m.index[id]
	if !ok {
		return "", false
	}
	return strconv.FormatInt(m.least[m.above[i]], 10), true
}

// groupsOf gives the groups of a customer by key; nil when it stands alone everywhere.
func (j *judgement) groupsOf(id int64) map[string]string {
	var out map[string]string
	for i := range j.groups {
		if name, ok := j.groups[i].name(id); ok {
			if out == nil {
				out = map[string]string{}
			}
			out[j.groups[i].key] = name
		}
	}
	return out
}
