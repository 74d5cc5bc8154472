package duty

import (
	"context"
	"slices"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

// tallied sums the rows of one state.
func tallied(rows []TallyRow, keep func(TallyRow) bool) (n int64) {
	for _, r := range rows {
		if keep(r) {
			n += r.N
		}
	}
	return n
}

// What was missed stays with whom it was missed by, however the customer moves; the new owner makes up for it.
func TestHistoryStaysWhenACustomerMoves(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.grade(c1East, "A", "2026-03-02")
		h.plan()
		first := h.all(c1East, Open)[0]
		h.reach(first.DueOn.AddDays(2))
		if _, err := h.svc.MarkMissed(system()); err != nil {
			t.Fatal(err)
		}
		year := TallyQuery{Rulebook: "dealers", From: day(t, "2026-01-01"), To: day(t, "2026-12-31"), By: TallyBy{Unit: true, Owner: true, Month: true}}
		before, err := h.svc.Tallies(system(), year)
		if err != nil {
			t.Fatal(err)
		}
		h.exec("UPDATE customer SET owner_id = ?, unit_id = ? WHERE id = ?", sun, unitWest, c1East)
		if res := h.plan(); res.Moved < 2 {
			t.Fatalf("%+v", res)
		}
		after, err := h.svc.Tallies(system(), year)
		if err != nil {
			t.Fatal(err)
		}
		isMissed := func(r TallyRow) bool { return r.State == Missed }
		missed := func(rows []TallyRow) []TallyRow {
			return slices.DeleteFunc(slices.Clone(rows), func(r TallyRow) bool { return !isMissed(r) })
		}
		want := []TallyRow{{Clause: "6.2", Rule: "a_visit", Grade: "A", UnitID: unitEast, OwnerID: li, Month: first.DueOn.String()[:7], State: Missed, N: 1}}
		if !slices.Equal(missed(before), want) || !slices.Equal(missed(after), want) {
			t.Errorf("missed before %+v, after %+v", missed(before), missed(after))
		}
		if n := tallied(after, func(r TallyRow) bool { return r.State == Open && r.OwnerID == sun && r.UnitID == unitWest }); n != int64(len(h.all(c1East, Open))) {
			t.Errorf("%d ahead went with the customer", n)
		}

		// The old head still sees it, in the count and behind it, and who came after does not have it counted; a list by whom it is owed now differs.
		for who, n := range map[int64]int{qian: 1, li: 1, sun: 0, zhao: 1} {
			rows, err := h.svc.Tallies(as(who), year)
			if err != nil {
				t.Fatal(err)
			}
			list, _, err := h.svc.List(as(who), Filter{AsDue: true, Rulebooks: []string{"dealers"}, States: []State{Missed}, From: calendar.None, To: calendar.None})
			if err != nil || len(list) != n || tallied(rows, isMissed) != int64(n) {
				t.Errorf("%d: counted %+v, listed %d, want %d, %v", who, rows, len(list), n, err)
			}
		}
		if got := mustGet(as(qian), t, h, first.ID); got.OwnerID != sun || got.DueOwnerName != people[li].Name {
			t.Errorf("%+v", got)
		}
		h.exec("UPDATE customer SET region = '东区' WHERE id = ?", c1East)
		h.exec("UPDATE duty SET note = '对方不满' WHERE id = ?", first.ID)
		for who, whole := range map[int64]bool{li: false, qian: false, zhao: true} { // whoever answered for it once knows that it was missed, and no more
			list, _, err := h.svc.List(as(who), Filter{AsDue: true, Rulebooks: []string{"dealers"}, States: []State{Missed}, From: calendar.None, To: calendar.None})
			if err != nil || len(list) != 1 {
				t.Fatalf("%d: %d, %v", who, len(list), err)
			}
			for _, got := range []Duty{list[0], mustGet(as(who), t, h, first.ID)} {
				if c := got.Customer; c.Name == "" || (c.Region != "") != whole || (c.Phone != "") && !whole || (got.Note != "") != whole {
					t.Errorf("%d sees %+v, note %q", who, c, got.Note)
				}
			}
		}
		if list, _, err := h.svc.List(as(sun), Filter{Mine: true, States: []State{Missed}, From: calendar.None, To: calendar.None}); err != nil || len(list) != 1 {
			t.Errorf("the new owner has %d to make up for, %v", len(list), err)
		}

		// Made up for by the new owner it is late where it was missed.
		if _, err := h.svc.Do(as(sun), first.ID, Evidence{Note: "补走访", On: h.svc.Today()}); err != nil {
			t.Fatal(err)
		}
		rows, err := h.svc.Tallies(as(qian), year)
		if err != nil || tallied(rows, func(r TallyRow) bool { return r.State == Late && r.OwnerID == li && r.UnitID == unitEast }) != 1 {
			t.Errorf("%+v %v", rows, err)
		}
	})
}

// A number and the list behind it are the same, whatever they are bounded by.
func TestTheListBehindANumber(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.rule("B", "b_call", "call", "P1M", RoleOwner)
		h.grade(c1East, "A", "2026-03-02")
		h.grade(c2East, "B", "2026-03-02")
		h.grade(c3West, "A", "2026-03-02")
		h.grade(c4Alone, "B", "2026-03-02")
		h.plan()
		for _, unit := range []int64{0, unitHead, unitEast, unitWest} {
			for _, grade := range []string{"", "A", "B"} {
				q := TallyQuery{Rulebook: "dealers", From: day(t, "2026-04-01"), To: day(t, "2026-05-10"), UnitIDs: []int64{unit}, Grade: grade}
				rows, err := h.svc.Tallies(system(), q)
				if err != nil {
					t.Fatal(err)
				}
				f := Filter{Rulebooks: []string{"dealers"}, From: q.From, To: q.To, DueUnitIDs: []int64{unit}}
				if grade != "" {
					f.Grades = []string{grade}
				}
				list, _, err := h.svc.List(system(), f)
				if n := tallied(rows, func(TallyRow) bool { return true }); err != nil || int64(len(list)) != n {
					t.Errorf("unit %d grade %q: %d counted, %d listed, %v", unit, grade, n, len(list), err)
				}
			}
		}
		if list, _, err := h.svc.List(system(), Filter{Rulebooks: []string{"dealers"}, DueUnitIDs: []int64{unitHead}, From: calendar.None, To: calendar.None}); err != nil || len(list) < 6 {
			t.Errorf("the head with those below it: %d, %v", len(list), err)
		}
	})
}

func mustGet(ctx context.Context, t *testing.T, h *house, dutyID int64) Duty {
	t.Helper()
	d, err := h.svc.Get(ctx, dutyID)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
