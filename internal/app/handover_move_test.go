package app

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/handover"
	"kezhi/internal/user"
)

// signedFor opens, plans and has everybody sign a handover.
func (k *company) signedFor(in handover.OpenInput) handover.Handover {
	k.t.Helper()
	h := k.opened(in)
	k.planned(h)
	h, err := k.Handovers.Sign(k.as("qian"), h.ID)
	k.must(err)
	k.agree(h.CaseID, "li", "he", "ma", "qian")
	return h
}

func (k *company) handover(handoverID int64) handover.Detail {
	k.t.Helper()
	d, err := k.Handovers.Get(k.as("qian"), handoverID)
	k.must(err)
	return d
}

// stubborn is a kind of two things of which moving the second fails as often as it is said.
func (k *company) stubborn(times int, why error) {
	left := map[int64]bool{1: true, 2: true}
	k.Handovers.Hold(handover.Holder{
		Kind:  "seals",
		Count: func(context.Context, db.Q, int64) (int64, error) { return int64(len(left)), nil },
		List: func(_ context.Context, _ db.Q, _, after int64, _ int) ([]handover.Thing, error) {
			var out []handover.Thing
			for id := range left {
				if id > after {
					out = append(out, handover.Thing{ID: id, TitleZh: "公章", TitleEn: "Seal"})
				}
			}
			slices.SortFunc(out, func(a, b handover.Thing) int { return int(a.ID - b.ID) })
			return out, nil
		},
		Move: func(_ context.Context, _ db.Q, t handover.Thing, _ handover.Moved) error {
			if t.ID == 2 && times != 0 {
				times--
				return why
			}
			delete(left, t.ID)
			return nil
		},
	})
}

// Who is refused at the moment somebody acts on the same thing is not kept: it is tried once more behind everything else.
func TestARaceKeepsNothing(t *testing.T) {
	k := leaving(t, dbtest.SQLite(t), 3)
	k.stubborn(1, errs.New(errs.Conflict, "visit.changed"))
	h := k.handover(k.signedFor(handover.OpenInput{}).ID)
	if h.State != handover.Done || slices.ContainsFunc(h.Counts, func(c handover.Count) bool { return c.Left != 0 }) {
		t.Errorf("%+v", h.Handover)
	}
}

// What breaks every time keeps nothing else from moving, and after the last attempt it is listed with its reason.
func TestWhatBreaksForGoodStaysWithItsReason(t *testing.T) {
	k := leaving(t, dbtest.SQLite(t), 3)
	k.stubborn(-1, errors.New("the drawer is jammed"))
	before := k.held("li")
	id := k.signedFor(handover.OpenInput{}).ID
	if h := k.handover(id); h.State != handover.Moving || h.Job.Code != "internal" {
		t.Fatalf("at the first attempt: %+v", h.Handover)
	}
	if n := k.held("li")["customers"] + k.held("li")["steps"]; n != 0 {
		t.Errorf("%d things wait for the one that broke", n)
	}
	for range 30 {
		k.now = k.now.Add(time.Hour)
		k.drain()
	}
	h := k.handover(id)
	kept, _, err := k.Handovers.Kept(k.as("qian"), id, "", 10)
	if err != nil || h.State != handover.Done || len(kept) != 1 || kept[0].Kind != "seals" || kept[0].ID != 2 || kept[0].Code != "internal" || kept[0].TitleEn != "Seal" {
		t.Fatalf("%s, kept %+v, %v", h.State, kept, err)
	}
	if c := h.Counts[len(h.Counts)-1]; c.Kind != "seals" || c.Before != 2 || c.Left != 1 {
		t.Errorf("%+v", h.Counts)
	}
	if after := k.all("he", "ma"); after["customers"] != before["customers"] || after["duties"] != before["duties"] {
		t.Errorf("before %v, after %v", before, after)
	}
	if _, _, err := k.Handovers.Kept(k.as("ma"), id, "", 10); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("a receiver reads what stayed: %v", err)
	}
}

// A move that ended waits for its head, who has it go on, with somebody else for the rest where that is what it lacks.
func TestTheHeadHasAStoppedHandoverGoOn(t *testing.T) {
	k := leaving(t, dbtest.SQLite(t), 3)
	id := k.signedFor(handover.OpenInput{From: k.today().AddDays(1)}).ID
	boss := k.as("zhao")
	if _, err := k.Handovers.GoOn(boss, id, 0); errs.CodeOf(err) != "handover.goes_on" {
		t.Errorf("a second job beside the one that waits: %v", err)
	}
	for _, login := range []string{"he", "qian"} {
		dbtest.Exec(t, k.DB, "UPDATE app_user SET state = ? WHERE id = ?", string(user.Disabled), k.who[login].ID)
	}
	k.now = k.now.AddDate(0, 0, 1)
	k.drain()
	h, err := k.Handovers.Get(boss, id)
	if err != nil || h.State != handover.Moving || h.Job.Code != "handover.rest_gone" {
		t.Fatalf("%+v %v", h.Handover, err)
	}
	if _, err := k.Handovers.Open(boss, handover.OpenInput{PersonID: k.who["li"].ID, Reason: handover.Leaves}); errs.CodeOf(err) != "handover.under_way" {
		t.Errorf("a second one: %v", err)
	}
	if _, err := k.Handovers.GoOn(boss, id, k.who["li"].ID); errs.KindOf(err) != errs.Invalid {
		t.Errorf("the rest to the giver: %v", err)
	}
	if _, err := k.Handovers.GoOn(k.as("ma"), id, 0); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("a receiver has it go on: %v", err)
	}
	_, err = k.Handovers.GoOn(boss, id, k.who["ma"].ID)
	k.must(err)
	k.drain()
	if h, err = k.Handovers.Get(boss, id); err != nil || h.State != handover.Done || k.held("ma")["customers"] != 3 {
		t.Errorf("%+v, ma has %v, %v", h.Handover, k.held("ma"), err)
	}
}

// Canceled before its day it is a plan again; canceled on the way it goes on when its head says so.
func TestACanceledMove(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := leaving(t, d, 3)
		h := k.handover(k.signedFor(handover.OpenInput{From: k.today().AddDays(5)}).ID)
		k.must(k.Queue.Cancel(k.sys, h.JobID))
		if h = k.handover(h.ID); h.State != handover.Planning || k.held("li")["customers"] != 3 {
			t.Fatalf("%+v", h.Handover)
		}
		signed, err := k.Handovers.Sign(k.as("qian"), h.ID)
		k.must(err)
		k.agree(signed.CaseID, "li", "he", "ma", "qian")
		dbtest.Exec(t, d, "UPDATE handover SET counts = '[{\"kind\":\"customers\",\"before\":3,\"left\":0}]' WHERE id = ?", h.ID) // as if it had begun
		h = k.handover(h.ID)
		k.must(k.Queue.Cancel(k.sys, h.JobID))
		if h = k.handover(h.ID); h.State != handover.Moving || h.Job.State != "canceled" {
			t.Fatalf("%+v", h.Handover)
		}
		k.now = k.now.AddDate(0, 0, 5)
		_, err = k.Handovers.GoOn(k.as("qian"), h.ID, 0)
		k.must(err)
		k.drain()
		if h = k.handover(h.ID); h.State != handover.Done || k.held("li")["customers"] != 0 {
			t.Errorf("%+v", h.Handover)
		}
	})
}
