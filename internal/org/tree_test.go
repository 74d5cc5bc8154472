package org

import (
	"slices"
	"testing"

	"kezhi/internal/calendar"
)

func dayNo(n int) calendar.Date { return calendar.Date(20000 + n) }

func TestBelowEndsInADamagedTree(t *testing.T) {
	tree := newTree(map[int64]int64{1: 0, 2: 1, 3: 2, 4: 1, 8: 9, 9: 8})
	for root, want := range map[int64][]int64{0: nil, 1: {1, 2, 4, 3}, 3: {3}, 8: {8, 9}, 77: {77}} {
		if got := tree.Below(root); !slices.Equal(got, want) {
			t.Errorf("below %d: %v, want %v", root, got, want)
		}
	}
	if got := tree.Above(3); !slices.Equal(got, []int64{2, 1}) {
		t.Errorf("above 3: %v", got)
	}
	if got := len(tree.Above(8)); got > 7 {
		t.Errorf("a circle has %d units above it", got)
	}
}

func TestTermsFollowEachOtherWithoutAGap(t *testing.T) {
	always := []Term{{NameZh: "甲", From: calendar.None, Until: calendar.None}}
	second := follow(always, Term{NameZh: "乙"}, dayNo(10))
	if len(second) != 2 || second[0].Until != dayNo(9) || second[1].From != dayNo(10) || second[1].Until != calendar.None {
		t.Fatalf("%+v", second)
	}
	if always[0].Until != calendar.None {
		t.Error("the terms given were changed")
	}
	replaced := follow(second, Term{NameZh: "丙"}, dayNo(10))
	if len(replaced) != 2 || replaced[1].NameZh != "丙" || replaced[1].From != dayNo(10) {
		t.Errorf("on its first day a term is replaced: %+v", replaced)
	}
	back := follow(second, Term{NameZh: "甲"}, dayNo(10))
	if len(back) != 1 || back[0].From != calendar.None || back[0].Until != calendar.None {
		t.Errorf("what is as before is one term again: %+v", back)
	}
	for n, want := range map[int]string{9: "甲", 10: "乙", 400: "乙"} {
		if got, ok := during(second, dayNo(n)); !ok || got.NameZh != want {
			t.Errorf("day %d: %s", n, got.NameZh)
		}
	}
}

func TestTheTreeIsWholeOnEveryDay(t *testing.T) {
	under := func(parent int64, from, until calendar.Date) Term {
		return Term{ParentID: parent, From: from, Until: until}
	}
	whole := map[int64][]Term{1: {under(0, dayNo(0), calendar.None)}, 2: {under(1, dayNo(0), dayNo(9)), under(0, dayNo(10), calendar.None)}, 3: {under(2, dayNo(5), calendar.None)}}
	if bad, _ := wholeFrom(whole, dayNo(0)); bad != 0 {
		t.Errorf("unit %d is at fault", bad)
	}
	for name, c := range map[string]struct {
		change func(map[int64][]Term)
		bad    int64
		loop   bool
	}{
		"the parent ends before": {func(m map[int64][]Term) { m[1][0].Until = dayNo(7) }, 2, false},
		"the parent comes later": {func(m map[int64][]Term) { m[2][0].From = dayNo(6) }, 3, false},
		"below itself on one day only": {func(m map[int64][]Term) {
			m[1] = []Term{under(0, dayNo(0), dayNo(6)), under(3, dayNo(7), calendar.None)}
		}, 1, true},
	} {
		m := map[int64][]Term{}
		for k, v := range whole {
			m[k] = slices.Clone(v)
		}
		c.change(m)
		if bad, loop := wholeFrom(m, dayNo(0)); bad != c.bad || loop != c.loop {
			t.Errorf("%s: unit %d, loop %v", name, bad, loop)
		}
	}
}
