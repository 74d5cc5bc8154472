package org_test

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/org"
	"kezhi/internal/user"
)

type house struct {
	t   *testing.T
	d   *db.DB
	s   *org.Service
	u   *user.Service
	bus *event.Bus
	now time.Time
	ctx context.Context
}

func newHouse(t *testing.T, d *db.DB) *house {
	t.Helper()
	h := &house{t: t, d: d, now: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), ctx: authz.With(context.Background(), authz.System("test"))}
	clock := func() time.Time { return h.now }
	h.bus = event.NewBus(d, clock, slog.New(slog.DiscardHandler))
	h.s = org.New(d, clock, time.UTC)
	h.u = user.New(d, clock, h.bus, h.s)
	h.s.Follow(h.u.InUnits())
	return h
}

func on(text string) calendar.Date {
	d, err := calendar.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

func (h *house) unit(code string, parent int64) org.Unit {
	h.t.Helper()
	u, err := h.s.Create(h.ctx, org.Input{Code: &code, NameZh: &code, ParentID: &parent, From: new(on("2020-01-01"))})
	if err != nil {
		h.t.Fatalf("adding %s: %v", code, err)
	}
	return u
}

func (h *house) get(unit int64) org.Detail {
	h.t.Helper()
	d, err := h.s.Get(h.ctx, unit)
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

// tree gives the tree of a day as code<parent lines.
func (h *house) tree(day calendar.Date) string {
	h.t.Helper()
	list, err := h.s.Units(h.ctx, day, false)
	if err != nil {
		h.t.Fatal(err)
	}
	names := map[int64]string{}
	for _, u := range list {
		names[u.ID] = u.NameZh
	}
	var out []string
	for _, u := range list {
		out = append(out, u.NameZh+"<"+names[u.ParentID])
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func (h *house) person(login string, unit int64) user.User {
	h.t.Helper()
	u, err := h.u.Create(h.ctx, user.Input{Login: &login, Name: &login, UnitID: &unit, Roles: &[]string{authz.RoleCustomerManager}})
	if err != nil {
		h.t.Fatal(err)
	}
	return u
}

func (h *house) night() {
	h.t.Helper()
	if err := h.s.Jobs()[org.JobTurn](h.ctx, nil); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) below(unit int64) []int64 {
	h.t.Helper()
	tree, err := h.s.Tree(h.ctx, h.d.Read())
	if err != nil {
		h.t.Fatal(err)
	}
	return tree.Below(unit)
}

func TestTheTreeIsKnownForEveryDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		hq := h.unit("HQ", 0)
		east, west := h.unit("EAST", hq.ID), h.unit("WEST", hq.ID)
		shanghai := h.unit("SH", east.ID)
		renamed, err := h.s.Change(h.ctx, shanghai.ID, shanghai.Version, org.Input{NameZh: new("上海"), From: new(on("2025-07-01"))})
		if err != nil || renamed.NameZh != "上海" {
			t.Fatalf("%+v, %v", renamed, err)
		}
		moved, err := h.s.Change(h.ctx, shanghai.ID, renamed.Version, org.Input{ParentID: &west.ID, From: new(on("2026-04-01"))})
		if err != nil || moved.ParentID != east.ID {
			t.Fatalf("what is planned does not hold yet: %+v, %v", moved, err)
		}
		for text, want := range map[string]string{
			"2019-12-31": "", "2025-06-30": "EAST<HQ HQ< SH<EAST WEST<HQ", "2025-07-01": "EAST<HQ HQ< WEST<HQ 上海<EAST", "2026-04-01": "EAST<HQ HQ< WEST<HQ 上海<WEST",
		} {
			if got := h.tree(on(text)); got != want {
				t.Errorf("on %s: %s", text, got)
			}
		}
		if got := h.below(west.ID); len(got) != 1 {
			t.Errorf("today nothing is below: %v", got)
		}
		h.now = h.now.AddDate(0, 0, 30)
		h.night()
		if got := h.below(west.ID); !slices.Equal(got, []int64{west.ID, shanghai.ID}) {
			t.Errorf("on the day it is: %v", got)
		}
	})
}

func TestWhatIsPlannedIsTakenBack(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t))
	hq := h.unit("HQ", 0)
	east, west := h.unit("EAST", hq.ID), h.unit("WEST", hq.ID)
	child := h.unit("SH", east.ID)
	if _, err := h.s.Recall(h.ctx, east.ID, east.Version); errs.CodeOf(err) != "org.nothing_planned" {
		t.Errorf("nothing: %v", err)
	}
	u, err := h.s.Merge(h.ctx, east.ID, east.Version, west.ID, on("2026-05-01"))
	if err != nil {
		t.Fatal(err)
	}
	if got := h.tree(on("2026-05-01")); got != "HQ< SH<WEST WEST<HQ" {
		t.Errorf("planned: %s", got)
	}
	if _, err := h.s.Close(h.ctx, west.ID, west.Version, on("2026-06-01")); errs.CodeOf(err) != "org.awaited" {
		t.Errorf("the other one is awaited: %v", err)
	}
	if err := h.s.CheckOpen(h.ctx, h.d.Read(), east.ID); errs.CodeOf(err) != "org.unknown_unit" {
		t.Errorf("whose end is known takes in nothing: %v", err)
	}
	if _, err = h.s.Recall(h.ctx, east.ID, u.Version); err != nil {
		t.Fatal(err)
	}
	if got := h.tree(on("2026-05-01")); got != "EAST<HQ HQ< SH<EAST WEST<HQ" {
		t.Errorf("taken back: %s", got)
	}
	if n := len(h.get(child.ID).Terms); n != 1 {
		t.Errorf("the unit below has %d terms", n)
	}
}

func TestAMergedUnitHandsOnEverything(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		hq := h.unit("HQ", 0)
		east, west := h.unit("EAST", hq.ID), h.unit("WEST", hq.ID)
		shanghai := h.unit("SH", east.ID)
		lin := h.person("lin", east.ID)
		var moved []string
		h.bus.Subscribe("user.moved", func(_ context.Context, _ db.Q, e event.Event) error {
			moved = append(moved, string(e.Payload))
			return nil
		})
		if _, err := h.s.Close(h.ctx, east.ID, east.Version, calendar.None); errs.CodeOf(err) != "org.holds_people" {
			t.Fatalf("somebody is in it: %v", err)
		}
		if _, err := h.s.Merge(h.ctx, east.ID, east.Version, east.ID, calendar.None); errs.CodeOf(err) != "org.into_itself" {
			t.Fatalf("into itself: %v", err)
		}
		if _, err := h.s.Merge(h.ctx, hq.ID, hq.Version, west.ID, calendar.None); errs.CodeOf(err) != "invalid_input" {
			t.Fatalf("into one that hangs below it: %v", err)
		}
		if _, err := h.s.Merge(h.ctx, east.ID, east.Version, west.ID, calendar.None); err != nil {
			t.Fatal(err)
		}
		after, err := h.u.Get(h.ctx, lin.ID)
		if err != nil || after.UnitID != west.ID || after.Version == lin.Version {
			t.Fatalf("%+v, %v", after, err)
		}
		if _, err := h.bus.Dispatch(h.ctx); err != nil || len(moved) != 1 {
			t.Fatalf("told: %v, %v", moved, err)
		}
		if got := h.tree(calendar.None); got != "HQ< SH<WEST WEST<HQ" {
			t.Errorf("today: %s", got)
		}
		if got := h.tree(on("2026-03-01")); got != "EAST<HQ HQ< SH<EAST WEST<HQ" {
			t.Errorf("yesterday: %s", got)
		}
		if got := h.below(west.ID); !slices.Contains(got, east.ID) || !slices.Contains(got, shanghai.ID) {
			t.Errorf("whoever reaches the one that goes on reaches the past of both: %v", got)
		}
		h.night() // done again it does nothing
		if n := dbtest.Count(t, d, "SELECT COUNT(*) FROM audit_entry WHERE action = 'unit.merged'"); n != 1 {
			t.Errorf("moved %d times", n)
		}
		if _, err := h.s.Change(h.ctx, east.ID, east.Version+1, org.Input{NameZh: new("东")}); errs.CodeOf(err) != "org.over" {
			t.Errorf("what is over is not changed: %v", err)
		}
	})
}

func TestChangesAreRefusedWithTheReason(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t))
	hq := h.unit("HQ", 0)
	east := h.unit("EAST", hq.ID)
	field := func(err error) string {
		if e, ok := errs.As(err); ok && len(e.Fields) > 0 {
			return e.Fields[0].Path + " " + e.Fields[0].Code
		}
		return errs.CodeOf(err)
	}
	missing := int64(77)
	for want, in := range map[string]org.Input{
		"parent_id org.below_itself":    {ParentID: &east.ID},
		"parent_id org.no_parent":       {ParentID: &missing},
		"manager_id org.unknown_person": {ManagerID: &missing},
		"kind field.choice":             {Kind: new("club")},
		"name_zh field.required":        {NameZh: new(" ")},
		"code org.code_taken":           {Code: new("EAST")},
		"org.too_early":                 {NameZh: new("总部"), From: new(on("2019-01-01"))},
	} {
		if _, err := h.s.Change(h.ctx, hq.ID, hq.Version, in); field(err) != want {
			t.Errorf("%s: got %v", want, err)
		}
	}
	if _, err := h.s.Change(h.ctx, hq.ID, hq.Version+1, org.Input{NameZh: new("总部")}); errs.CodeOf(err) != "precondition_failed" {
		t.Errorf("a stale version: %v", err)
	}
	if _, err := h.s.Create(h.ctx, org.Input{Code: new("NEW"), NameZh: new("新"), ParentID: &hq.ID, From: new(on("2019-01-01"))}); field(err) != "parent_id org.no_parent" {
		t.Errorf("older than its parent: %v", err)
	}
	if got := h.tree(calendar.None); got != "EAST<HQ HQ<" {
		t.Errorf("nothing was half done: %s", got)
	}
}
