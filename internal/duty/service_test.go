package duty

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/job"
)

func evidence(h *house, note string) Evidence { return Evidence{Note: note, On: h.svc.Today()} }

func TestPlanGivesEachCustomerItsDuties(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.rule("A", "a_director", "visit", "P2M", "director")
		h.grade(c1East, "A", "2026-03-02")
		h.grade(c3West, "B", "2026-03-02")
		r := h.plan()
		got := h.all(c1East, Open)
		if int(r.Opened) != len(got) || r.Customers != 2 || len(h.all(c3West, Open)) != 0 {
			t.Fatalf("%+v, %d duties", r, len(got))
		}
		mine := slices.DeleteFunc(slices.Clone(got), func(d Duty) bool { return d.Role != RoleOwner })
		if len(mine) < 3 || len(mine) > 4 {
			t.Errorf("%d monthly visits in 90 days", len(mine))
		}
		for _, d := range got {
			want := int64(li)
			if d.Role == "director" {
				want = zhao
			}
			if d.OwnerID != want || d.UnitID != unitEast || d.Clause != "6.2" || d.VerdictID != 77 || !d.Assumed || d.Version != "1.0.0" {
				t.Errorf("duty %+v", d)
			}
		}
		if again := h.plan(); again.Opened != 0 || again.Dropped != 0 || again.Moved != 0 {
			t.Errorf("planning again: %+v", again)
		}
	})
}

func TestChangedGradeDropsWhatIsAheadAndKeepsHistory(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.rule("B", "b_call", "call", "P2M", RoleOwner)
		h.grade(c1East, "A", "2026-03-02")
		h.plan()
		before := h.all(c1East, Open)
		// The first duty's day has passed undone when the grade changes: it was owed and stays.
		h.reach(before[0].DueOn.AddDays(1))
		h.grade(c1East, "B", h.svc.Today().String())
		h.plan()
		dropped := h.all(c1East, Dropped)
		open := h.all(c1East, Open)
		if len(dropped) != len(before)-1 {
			t.Errorf("%d of %d dropped", len(dropped), len(before))
		}
		if open[0].ID != before[0].ID || open[0].EffectiveState(h.svc.Today()) != Missed {
			t.Errorf("the overdue duty is gone: %+v", open[0])
		}
		for _, d := range open[1:] {
			if d.Grade != "B" || d.Activity != "call" {
				t.Errorf("open duty of the old grade %+v", d)
			}
		}
		// The grade comes back with the same beginning: its duties come back too.
		h.grade(c1East, "A", "2026-03-02")
		h.plan()
		again := 0
		for _, d := range h.all(c1East, Open) {
			if d.Grade == "A" && d.DueOn >= h.svc.Today() {
				again++
			}
		}
		if again < len(before)-1 {
			t.Errorf("%d duties came back, %d were dropped", again, len(before)-1)
		}
	})
}

func TestDoKeepsAndBecomesAFact(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.grade(c1East, "A", "2026-03-02")
		h.plan()
		duty := h.all(c1East, Open)[0]
		h.reach(duty.DueOn)
		e := evidence(h, "与总经理确认了四月的订货计划")
		e.Key = "k1"
		got, err := h.svc.Do(as(li), duty.ID, e)
		if err != nil {
			t.Fatal(err)
		}
		if got.State != Kept || got.FactID == 0 || got.DoneByName != "李望舒" || got.DoneOn != duty.DueOn {
			t.Fatalf("%+v", got)
		}
		facts := func() int64 {
			return h.count("SELECT COUNT(*) FROM fact WHERE customer_id = ? AND kind = 'visit' AND occurred_on = ?", c1East, duty.DueOn)
		}
		if facts() != 1 {
			t.Fatal("no fact")
		}
		// The answer was lost on the way and the phone sends again.
		again, err := h.svc.Do(as(li), duty.ID, e)
		if err != nil || again.FactID != got.FactID || again.VersionNo != got.VersionNo || facts() != 1 {
			t.Fatalf("the same request again: %v, %+v", err, again)
		}
		e.Note = "别的内容"
		_, err = h.svc.Do(as(li), duty.ID, e)
		wantCode(t, err, "duty.key_reused")
		e.Key = "k2"
		_, err = h.svc.Do(as(li), duty.ID, e)
		wantCode(t, err, "duty.already_done")
		if n := h.count("SELECT COUNT(*) FROM audit_entry WHERE action = 'duty.do' AND customer_id = ?", c1East); n != 1 {
			t.Errorf("%d audit entries", n)
		}
		if n := h.count("SELECT COUNT(*) FROM event WHERE kind = 'duty.done'"); n != 1 {
			t.Errorf("%d events", n)
		}
	})
}

func TestListTakesSeveralValuesAndTurnsThemRound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.rule("A", "a_call", "call", "P1M", RoleOwner)
		h.rule("B", "b_greeting", "greeting", "P1M", RoleOwner)
		h.grade(c1East, "A", "2026-03-02")
		h.grade(c2East, "B", "2026-03-02")
		h.grade(c3West, "A", "2026-03-02")
		h.plan()
		h.exec("INSERT INTO segment_member (customer_id, segment_id, since) VALUES (?, 77, '2026-03-01')", c2East)
		all, err := db.List(context.Background(), d.Read(), selectDuty, nil, scanDuty)
		if err != nil || len(all) < 5 {
			t.Fatal(len(all), err)
		}
		for name, c := range map[string]struct {
			f    Filter
			keep func(Duty) bool
		}{
			"two activities": {Filter{Activities: []string{"visit", "greeting"}}, func(d Duty) bool { return d.Activity != "call" }},
			"not one":        {Filter{Activities: []string{"visit"}, Not: []string{"activity"}}, func(d Duty) bool { return d.Activity != "visit" }},
			"one person":     {Filter{OwnerIDs: []int64{sun}}, func(d Duty) bool { return d.OwnerID == sun }},
			"not a person":   {Filter{OwnerIDs: []int64{sun}, Not: []string{"owner"}}, func(d Duty) bool { return d.OwnerID != sun }},
			"two people":     {Filter{OwnerIDs: []int64{sun, li}, Grades: []string{"A", "C"}}, func(d Duty) bool { return d.Grade == "A" }},
			"of a segment":   {Filter{SegmentIDs: []int64{77}}, func(d Duty) bool { return d.CustomerID == c2East }},
			"outside of it":  {Filter{SegmentIDs: []int64{77}, Not: []string{"segment"}}, func(d Duty) bool { return d.CustomerID != c2East }},
			"unit and grade": {Filter{UnitIDs: []int64{unitEast}, Grades: []string{"B"}}, func(d Duty) bool { return d.UnitID == unitEast && d.Grade == "B" }},
		} {
			want := 0
			for _, d := range all {
				if c.keep(d) {
					want++
				}
			}
			c.f.From, c.f.To, c.f.Limit = calendar.None, calendar.None, 200
			got, _, err := h.svc.List(system(), c.f)
			if err != nil || len(got) != want || want == 0 || want == len(all) {
				t.Errorf("%s: %d of %d, want %d, %v", name, len(got), len(all), want, err)
			}
			for _, d := range got {
				if !c.keep(d) {
					t.Errorf("%s gives %s %s of %d", name, d.Activity, d.Grade, d.OwnerID)
				}
			}
		}
		if _, _, err := h.svc.List(system(), Filter{Not: []string{"state"}, From: calendar.None, To: calendar.None}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("turning round what cannot be: %v", err)
		}
	})
}

// Whoever goes to another unit takes the customers along; what is owed to them, by the owner or by a post of the unit, follows.
func TestDutiesFollowAPersonToAnotherUnit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.rule("A", "a_review", "call", "P1M", authz.RoleRegionalManager)
		h.grade(c1East, "A", "2026-03-02")
		h.grade(c3West, "A", "2026-03-02")
		h.plan()
		for _, x := range h.all(c1East, Open) {
			if want := map[string]int64{RoleOwner: li, authz.RoleRegionalManager: qian}[x.Role]; x.OwnerID != want || x.UnitID != unitEast {
				t.Fatalf("planned for %d in %d: %+v", x.OwnerID, x.UnitID, x)
			}
		}
		const he = 105 // holds the post in the west
		h.exec(`INSERT INTO app_user (id, login, name, email, password_hash, unit_id, state, locale, theme, prefs, must_change_password, version, created_at, updated_at)
			SELECT 105, 'he', '何', '', '', ?, state, locale, theme, prefs, 0, 1, created_at, updated_at FROM app_user WHERE id = ?`, unitWest, sun)
		h.exec("INSERT INTO user_role (user_id, role) VALUES (105, ?)", authz.RoleRegionalManager)
		h.exec("UPDATE app_user SET unit_id = ? WHERE id = ?", unitWest, li)
		h.exec("UPDATE customer SET unit_id = ? WHERE owner_id = ?", unitWest, li) // the customer feature does this in the same event
		err := d.InTx(system(), func(q db.Q) error {
			return h.bus.Emit(system(), q, "user.moved", 0, map[string]any{"user_id": li, "unit_id": unitWest})
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.bus.Dispatch(system()); err != nil {
			t.Fatal(err)
		}
		for worked := true; worked; {
			if worked, err = h.run.RunDue(system()); err != nil {
				t.Fatal(err)
			}
		}
		for _, customerID := range []int64{c1East, c3West} {
			for _, x := range h.all(customerID, Open) {
				if x.UnitID != unitWest || (x.Role == authz.RoleRegionalManager && x.OwnerID != he) {
					t.Errorf("after the move %s is owed by %d in %d", x.Rule, x.OwnerID, x.UnitID)
				}
			}
		}
	})
}

func TestLateWithAndWithoutTheDailyJob(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.grade(c1East, "A", "2026-03-02")
		h.grade(c2East, "A", "2026-03-02")
		h.plan()
		one, two := h.all(c1East, Open)[0], h.all(c2East, Open)[0]
		h.reach(max(one.DueOn, two.DueOn).AddDays(1))
		list, _, err := h.svc.List(as(li), Filter{Mine: true, Bucket: BucketOverdue, From: calendar.None, To: calendar.None})
		if err != nil || len(list) != 2 {
			t.Fatalf("overdue before the job ran: %d, %v", len(list), err)
		}
		before, err := h.svc.Counts(as(li), true)
		if err != nil {
			t.Fatal(err)
		}
		if before.Overdue != 2 {
			t.Fatalf("%+v", before)
		}
		// One is done before the daily job saw it, the other afterwards: both are late.
		if got, err := h.svc.Do(as(li), one.ID, evidence(h, "补拜访")); err != nil || got.State != Late {
			t.Fatalf("%v, %s", err, got.State)
		}
		n, err := h.svc.MarkMissed(system())
		if err != nil || n != 1 {
			t.Fatalf("marked %d, %v", n, err)
		}
		if n, err := h.svc.MarkMissed(system()); err != nil || n != 0 {
			t.Fatalf("marked again %d, %v", n, err)
		}
		if got := h.all(c2East, Missed); len(got) != 1 || got[0].ID != two.ID {
			t.Fatalf("missed %+v", got)
		}
		if got, err := h.svc.Do(as(li), two.ID, evidence(h, "补拜访")); err != nil || got.State != Late {
			t.Fatalf("%v, %s", err, got.State)
		}
	})
}

func TestCountsAreTheSameBeforeAndAfterTheDailyJob(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1W", RoleOwner)
		h.grade(c1East, "A", "2026-03-02")
		h.grade(c2East, "A", "2026-03-02")
		h.plan()
		h.reach(day(t, "2026-03-30"))
		first := h.all(c1East, Open)[0]
		if _, err := h.svc.Do(as(li), first.ID, evidence(h, "补记")); err != nil {
			t.Fatal(err)
		}
		before, err := h.svc.Counts(as(li), true)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.svc.MarkMissed(system()); err != nil {
			t.Fatal(err)
		}
		after, err := h.svc.Counts(as(li), true)
		if err != nil || before != after || before.MissedMonth == 0 || before.LateMonth != 1 {
			t.Errorf("before %+v, after %+v, %v", before, after, err)
		}
		if after.KeptRate() != "0.0" {
			t.Errorf("kept rate %s", after.KeptRate())
		}
	})
}

func TestEvidenceIsChecked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.grade(c1East, "A", "2026-03-02")
		h.plan()
		duty := h.all(c1East, Open)[0]
		_, err := h.svc.Do(as(li), duty.ID, Evidence{On: h.svc.Today()})
		wantCode(t, err, "duty.no_evidence")
		_, err = h.svc.Do(as(li), duty.ID, Evidence{Note: "拜访", On: h.svc.Today().AddDays(1)})
		wantCode(t, err, "duty.in_future")
		early := Evidence{Note: "拜访", On: duty.WindowFrom.AddDays(-3)}
		_, err = h.svc.Do(as(li), duty.ID, early)
		wantCode(t, err, "duty.before_window")
		_, err = h.svc.Do(as(li), duty.ID, Evidence{Note: "拜访", On: h.svc.Today(), Files: []int64{999}})
		wantCode(t, err, "duty.file_unknown")
		if len(h.all(c1East, Kept)) != 0 || h.count("SELECT COUNT(*) FROM fact") != 0 {
			t.Fatal("a refused evidence left something behind")
		}
		early.Reason = "客户临时来访"
		got, err := h.svc.Do(as(li), duty.ID, early)
		if err != nil || got.State != Kept || got.Reason != "客户临时来访" {
			t.Fatalf("%v, %+v", err, got)
		}
	})
}

func TestUndo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.grade(c1East, "A", "2026-03-02")
		h.plan()
		duty := h.all(c1East, Open)[0]
		_, err := h.svc.Undo(as(li), duty.ID)
		wantCode(t, err, "duty.not_done")
		if _, err := h.svc.Do(as(li), duty.ID, evidence(h, "拜访")); err != nil {
			t.Fatal(err)
		}
		_, err = h.svc.Undo(as(qian), duty.ID)
		wantCode(t, err, "duty.done_by_other")
		h.move(UndoWithin)
		got, err := h.svc.Undo(as(li), duty.ID)
		if err != nil || got.State != Open || got.FactID != 0 || got.DoneOn != calendar.None {
			t.Fatalf("%v, %+v", err, got)
		}
		if n := h.count("SELECT COUNT(*) FROM fact WHERE reverses <> 0"); n != 1 {
			t.Errorf("%d reversing facts", n)
		}
		if _, err := h.svc.Do(as(li), duty.ID, evidence(h, "再次拜访")); err != nil {
			t.Fatal(err)
		}
		h.move(UndoWithin + time.Microsecond)
		_, err = h.svc.Undo(as(li), duty.ID)
		wantCode(t, err, "duty.undo_expired")
	})
}

func TestWaive(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.grade(c1East, "A", "2026-03-02")
		h.plan()
		duty := h.all(c1East, Open)[0]
		_, err := h.svc.Waive(as(li), duty.ID, "客户停业")
		wantCode(t, err, "auth.forbidden")
		_, err = h.svc.Waive(as(qian), duty.ID, "  ")
		wantCode(t, err, "field.required")
		got, err := h.svc.Waive(as(qian), duty.ID, "客户停业装修")
		if err != nil || got.State != Waived || got.Reason != "客户停业装修" {
			t.Fatalf("%v, %+v", err, got)
		}
		_, err = h.svc.Do(as(li), duty.ID, evidence(h, "拜访"))
		wantCode(t, err, "duty.closed")
	})
}

func TestScope(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.rule("A", "a_director", "visit", "P2M", "director")
		for _, c := range []int64{c1East, c2East, c3West, c4Alone} {
			h.grade(c, "A", "2026-03-02")
		}
		h.plan()
		for _, c := range []struct {
			who  int64
			sees []int64
			mine bool
		}{{zhao, []int64{c1East, c2East, c3West, c4Alone}, false}, {qian, []int64{c1East, c2East}, false}, {sun, []int64{c3West}, false}, {li, []int64{c1East, c2East}, true}} {
			list, _, err := h.svc.List(as(c.who), Filter{Limit: 200, From: calendar.None, To: calendar.None, Mine: c.mine})
			if err != nil {
				t.Fatal(err)
			}
			var seen []int64
			for _, d := range list {
				if !slices.Contains(seen, d.CustomerID) {
					seen = append(seen, d.CustomerID)
				}
				if c.mine && d.OwnerID != c.who {
					t.Errorf("%d is shown what %d owes", c.who, d.OwnerID)
				}
			}
			slices.Sort(seen)
			if !slices.Equal(seen, c.sees) {
				t.Errorf("%d sees the duties of %v, want %v", c.who, seen, c.sees)
			}
			n, err := h.svc.Counts(as(c.who), false)
			if err != nil || n.Week > int64(len(list)) {
				t.Errorf("counts beyond the scope: %+v of %d, %v", n, len(list), err)
			}
		}
		west := h.all(c3West, Open)[0]
		for _, f := range []func() error{
			func() error { _, err := h.svc.Get(as(li), west.ID); return err },
			func() error { _, err := h.svc.Do(as(li), west.ID, evidence(h, "x")); return err },
			func() error { _, err := h.svc.Waive(as(qian), west.ID, "x"); return err },
		} {
			if err := f(); errs.KindOf(err) != errs.NotFound {
				t.Errorf("out of scope: %v", err)
			}
		}
		// One sees that the director owes one's customer a visit, and cannot declare it done.
		for _, d := range h.all(c3West, Open) {
			if d.Role != "director" {
				continue
			}
			if _, err := h.svc.Get(as(sun), d.ID); err != nil {
				t.Error(err)
			}
			_, err := h.svc.Do(as(sun), d.ID, evidence(h, "代为拜访"))
			wantCode(t, err, "duty.not_yours")
		}
		if _, _, err := h.svc.List(context.Background(), Filter{}); errs.KindOf(err) != errs.Unauthenticated {
			t.Errorf("nobody signed in: %v", err)
		}
	})
}

func TestTwoPeopleDoOneDuty(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.grade(c1East, "A", "2026-03-02")
		h.plan()
		duty := h.all(c1East, Open)[0]
		e := evidence(h, "拜访")
		var wg sync.WaitGroup
		errsOf := make([]error, 8)
		for i := range errsOf {
			wg.Add(1)
			go func() {
				defer wg.Done()
				_, errsOf[i] = h.svc.Do(as([]int64{li, qian, zhao}[i%3]), duty.ID, e)
			}()
		}
		wg.Wait()
		won := 0
		for _, err := range errsOf {
			if err == nil {
				won++
			} else if errs.CodeOf(err) != "duty.already_done" {
				t.Errorf("a loser was told %v", err)
			}
		}
		if won != 1 || h.count("SELECT COUNT(*) FROM fact") != 1 {
			t.Errorf("%d winners, %d facts", won, h.count("SELECT COUNT(*) FROM fact"))
		}
	})
}

func TestAssignedAndArchivedCustomers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.grade(c1East, "A", "2026-03-02")
		h.plan()
		emit := func(kind string) {
			t.Helper()
			err := h.db.InTx(system(), func(q db.Q) error { return h.bus.Emit(system(), q, kind, c1East, struct{}{}) })
			if err != nil {
				t.Fatal(err)
			}
			if _, err := h.bus.Dispatch(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		h.exec("UPDATE customer SET owner_id = ?, unit_id = ? WHERE id = ?", sun, unitWest, c1East)
		emit("customer.assigned")
		for _, d := range h.all(c1East, Open) {
			if d.OwnerID != sun || d.UnitID != unitWest {
				t.Errorf("still owed by %d of unit %d", d.OwnerID, d.UnitID)
			}
		}
		h.exec("UPDATE customer SET archived_at = 1 WHERE id = ?", c1East)
		emit("customer.archived")
		if n := len(h.all(c1East, Open)); n != 0 {
			t.Errorf("%d duties to an archived customer", n)
		}
		if r := h.plan(); r.Opened != 0 {
			t.Errorf("planned for an archived customer: %+v", r)
		}
		h.exec("UPDATE customer SET archived_at = NULL WHERE id = ?", c1East)
		if r := h.plan(); r.Opened == 0 {
			t.Error("a restored customer is owed nothing")
		}
	})
}

func TestGradingCompletedPlans(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.grade(c1East, "A", "2026-03-02")
		err := h.db.InTx(system(), func(q db.Q) error {
			return h.bus.Emit(system(), q, "grading.completed", 0, map[string]any{"run_id": int64(5), "rulebook": "dealers", "as_of": "2026-03-02", "changed": 1})
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.bus.Dispatch(context.Background()); err != nil {
			t.Fatal(err)
		}
		jobID := h.count("SELECT id FROM job WHERE kind = 'duty.plan'")
		j, err := h.run.RunJob(context.Background(), jobID)
		if err != nil || j.State != job.Done || len(h.all(c1East, Open)) == 0 {
			t.Fatalf("%v, %+v", err, j)
		}
	})
}

// A planning that dies in the middle goes on where it stopped, and what it had done is not done twice.
func TestPlanningGoesOnAfterACrash(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		for i := range int64(testChunk + 20) {
			h.customer(5000+i, "客户"+strconv.FormatInt(i, 10), li, unitEast)
			h.grade(5000+i, "A", "2026-03-02")
		}
		died := errors.New("power cut")
		_, err := h.svc.plan(system(), "dealers", usualSpan, 0, PlanResult{Rulebook: "dealers"},
			func(context.Context, db.Q, int64, PlanResult) error { return nil },
			func(context.Context, PlanResult) error { return died })
		if !errors.Is(err, died) {
			t.Fatal(err)
		}
		half := h.count("SELECT COUNT(DISTINCT customer_id) FROM duty")
		if half != testChunk {
			t.Fatalf("%d customers planned before the crash", half)
		}
		first := h.count("SELECT COUNT(*) FROM duty")
		r := h.plan()
		if all := h.count("SELECT COUNT(*) FROM duty"); all != first+r.Opened || h.count("SELECT COUNT(DISTINCT customer_id) FROM duty") != testChunk+20 {
			t.Errorf("%d before, %d opened, %d now", first, r.Opened, all)
		}
	})
}

func TestDailyJobMarksAndExtends(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.grade(c1East, "A", "2026-03-02")
		h.plan()
		n := len(h.all(c1East, Open))
		h.reach(day(t, "2026-06-15"))
		ctx := authz.With(context.Background(), authz.System("schedule"))
		var jobID int64
		spec, next := h.svc.Daily()
		err := h.db.InTx(ctx, func(q db.Q) (err error) { jobID, err = h.queue.Enqueue(ctx, q, spec); return err })
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.run.RunJob(context.Background(), jobID); err != nil {
			t.Fatal(err)
		}
		if got := len(h.all(c1East, Missed)); got != n {
			t.Errorf("%d of %d missed", got, n)
		}
		if _, err := h.run.RunJob(context.Background(), h.count("SELECT id FROM job WHERE kind = 'duty.plan'")); err != nil {
			t.Fatal(err)
		}
		if got := len(h.all(c1East, Open)); got < 3 {
			t.Errorf("%d duties ahead", got)
		}
		if at := next(h.now()).In(shanghai); at.Format(time.DateTime) != "2026-06-16 00:05:00" {
			t.Errorf("due next at %s", at)
		}
	})
}

func TestNothingInForcePlansNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.off = true
		h.grade(c1East, "A", "2026-03-02")
		if r := h.plan(); !r.NotInForce || r.Opened != 0 {
			t.Errorf("%+v", r)
		}
	})
}

// Paging through any list gives each duty once, in the order of a full sort, even where many share a day.
func TestPagingOverTies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1W", RoleOwner)
		h.rule("A", "a_call", "call", "P1W", RoleOwner)
		for i := range int64(12) {
			h.customer(5000+i, "客户"+strconv.FormatInt(i, 10), li, unitEast)
			h.grade(5000+i, "A", "2026-03-02")
		}
		h.plan()
		h.reach(day(t, "2026-04-10"))
		if _, err := h.svc.MarkMissed(system()); err != nil {
			t.Fatal(err)
		}
		for _, dt := range h.all(5003, Missed) {
			if _, err := h.svc.Do(as(li), dt.ID, evidence(h, "补")); err != nil {
				t.Fatal(err)
			}
		}
		for _, b := range []Bucket{"", BucketOverdue, BucketUpcoming, BucketDone} {
			f := Filter{Bucket: b, From: calendar.None, To: calendar.None, Limit: 7}
			var got []Duty
			for {
				list, next, err := h.svc.List(as(li), f)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, list...)
				if next == "" {
					break
				}
				f.Cursor = next
			}
			want, err := db.List(context.Background(), h.db.Read(), selectDuty, nil, scanDuty)
			if err != nil {
				t.Fatal(err)
			}
			want = slices.DeleteFunc(want, func(d Duty) bool { return !inBucket(d, b, h.svc.Today()) })
			slices.SortFunc(want, func(a, c Duty) int {
				n := int(a.DueOn - c.DueOn)
				if n == 0 {
					n = int(min(max(a.ID-c.ID, -1), 1))
				}
				if b == BucketDone {
					return -n
				}
				return n
			})
			if len(got) == 0 || !slices.EqualFunc(got, want, func(a, b Duty) bool { return a.ID == b.ID }) {
				t.Errorf("bucket %q: %d paged, %d sorted", b, len(got), len(want))
			}
		}
		_, _, err := h.svc.List(as(li), Filter{Cursor: "x"})
		wantCode(t, err, "cursor.invalid")
	})
}

func inBucket(d Duty, b Bucket, today calendar.Date) bool {
	s := d.EffectiveState(today)
	switch b {
	case BucketOverdue:
		return s == Missed
	case BucketUpcoming:
		return s == Open && d.DueOn > today
	case BucketDone:
		return s == Kept || s == Late || s == Waived
	}
	return s != Dropped
}
