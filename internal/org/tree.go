package org

import (
	"maps"
	"slices"

	"kezhi/internal/calendar"
)

// Tree is which unit hangs below which. It never changes once it is given. Units that are over are in it, below the ones that go on for
// them or where they hung last.
type Tree struct {
	parents  map[int64]int64
	children map[int64][]int64
}

// newTree makes a tree of parents; 0 and unknown parents are the top.
func newTree(parents map[int64]int64) *Tree {
	t := &Tree{parents: parents, children: make(map[int64][]int64, len(parents))}
	for _, id := range slices.Sorted(maps.Keys(parents)) {
		t.children[parents[id]] = append(t.children[parents[id]], id)
	}
	return t
}

// Below gives a unit and all below it, the unit first; nothing for 0.
func (t *Tree) Below(root int64) []int64 {
	if root == 0 {
		return nil
	}
	out := []int64{root}
	seen := map[int64]bool{root: true}
	for i := 0; i < len(out); i++ {
		for _, c := range t.children[out[i]] {
			if !seen[c] { // a damaged tree with a circle ends too
				seen[c] = true
				out = append(out, c)
			}
		}
	}
	return out
}

// All gives every unit.
func (t *Tree) All() []int64 { return slices.Collect(maps.Keys(t.parents)) }

// Above gives the units above a unit, the nearest first.
func (t *Tree) Above(unit int64) []int64 {
	var out []int64
	for at := t.parents[unit]; at != 0 && len(out) <= len(t.parents); at = t.parents[at] {
		out = append(out, at)
	}
	return out
}

// brokenOn gives a unit that on a day hangs below itself or below a unit that does not exist then; 0 = the tree is whole.
func brokenOn(all map[int64][]Term, day calendar.Date) (unit int64, loop bool) {
	parents := map[int64]int64{}
	for id, terms := range all {
		if t, ok := during(terms, day); ok {
			parents[id] = t.ParentID
		}
	}
	for _, id := range slices.Sorted(maps.Keys(parents)) {
		at, steps := id, 0
		for at != 0 {
			up, exists := parents[at]
			if !exists {
				return id, false
			}
			if steps++; steps > len(parents) {
				return id, true
			}
			at = up
		}
	}
	return 0, false
}

// wholeFrom checks the tree on a day and on every later day on which something changes.
func wholeFrom(all map[int64][]Term, from calendar.Date) (unit int64, loop bool) {
	days := map[calendar.Date]bool{from: true}
	for _, terms := range all {
		for _, t := range terms {
			if t.From > from {
				days[t.From] = true
			}
			if t.Until != calendar.None && t.Until >= from {
				days[t.Until.AddDays(1)] = true
			}
		}
	}
	for _, day := range slices.Sorted(maps.Keys(days)) {
		if unit, loop = brokenOn(all, day); unit != 0 {
			return unit, loop
		}
	}
	return 0, false
}
