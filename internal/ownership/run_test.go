package ownership_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/job"
	"kezhi/internal/ownership"
)

// A customer archived between a run and its application is left out; everybody behind it gets the owner all the same.
func TestArchivedMeanwhileHoldsUpNobody(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.customer(t, 101, "C1", zhao, east, "", "", "") // stays, with a reason
		h.customer(t, 102, "C2", 0, 0, "", "", "")
		r := h.run(t, nil, false)
		dbtest.Exec(t, d, "UPDATE customer SET archived_at = 1 WHERE id = 101")
		jobID, err := h.Apply(h.ctx, r.ID, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.runner.RunJob(h.ctx, jobID); err != nil {
			t.Fatal(err)
		}
		if r, err = h.Run(h.ctx, r.ID); err != nil || r.Applied != 1 || r.Stale != 1 || h.owner(t, 102) != zhao {
			t.Errorf("%+v %v, owner %d", r, err, h.owner(t, 102))
		}
	})
}

// A claim the rules agree with stays a claim: it counts towards the limit and lapses.
func TestRulesLeaveClaimsAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.customer(t, 101, "C1", 0, 0, "", "loan", "")
		h.customer(t, 102, "C2", 0, 0, `{"marketer":"gone"}`, "loan", "") // a conflict gives it a line in each run
		w := as(wang, "wang", nil, authz.RoleCustomerManager)
		for _, id := range []int64{101, 102} {
			if err := h.Claim(w, id); err != nil {
				t.Fatal(err)
			}
		}
		h.dispatch(t)
		if r := h.run(t, nil, true); r.Moves != 0 || r.Stale != 0 {
			t.Errorf("%+v", r)
		}
		for _, id := range []int64{101, 102} {
			terms, err := h.History(h.ctx, id)
			if err != nil || len(terms) != 1 || terms[0].How != ownership.HowClaim {
				t.Errorf("customer %d: %+v %v", id, terms, err)
			}
		}
		h.lapse(t, time.Date(2026, 7, 16, 4, 0, 0, 0, time.UTC))
		if h.owner(t, 101) != 0 {
			t.Error("nobody rang, and it was kept")
		}
	})
}

// The pool of a rule with roles is open to their holders; others see of it what lies within their reach.
func TestThePoolIsForThoseWhoMayTake(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := houseOf(t, d, strings.Replace(rules, "pool: {", "pool: {by: [customer_manager], ", 1))
		h.customer(t, 101, "C1", 0, 0, "", "", "")
		h.customer(t, 102, "C2", 0, west, "", "", "")
		total := func(ctx context.Context) int64 {
			t.Helper()
			p, err := h.Pool(ctx, ownership.PoolFilter{}, "", 50)
			if err != nil || p.Total != int64(len(p.Items)) {
				t.Fatalf("%+v %v", p, err)
			}
			return p.Total
		}
		if n := total(as(wang, "wang", nil, authz.RoleCustomerManager)); n != 2 {
			t.Errorf("a manager sees %d", n)
		}
		if n := total(as(zhao, "zhao", []int64{east}, authz.RoleCustomerManager)); n != 0 {
			t.Errorf("a teller sees %d", n)
		}
		if n := total(as(director, "director", []int64{west}, authz.RoleRegionalManager)); n != 1 {
			t.Errorf("the head of the west sees %d", n)
		}
		if n := total(h.ctx); n != 2 {
			t.Errorf("the administrator sees %d", n)
		}
	})
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := houseOf(t, d, strings.Split(rules, "  pool:")[0])
		h.customer(t, 101, "C1", 0, 0, "", "", "")
		if p, err := h.Pool(h.ctx, ownership.PoolFilter{}, "", 50); err != nil || p.Rule != nil || p.Total != 0 || len(p.Items) != 0 {
			t.Errorf("without a pool: %+v %v", p, err)
		}
	})
}

// A run whose job was given up, or canceled while it waited, has failed.
func TestAGivenUpRunHasFailed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		for _, state := range []job.State{job.Failed, job.Canceled} {
			r, err := h.Begin(h.ctx, "")
			if err != nil {
				t.Fatal(err)
			}
			if got, err := h.Run(h.ctx, r.ID); err != nil || got.State != ownership.RunWorking {
				t.Errorf("at first: %+v %v", got, err)
			}
			dbtest.Exec(t, d, "UPDATE job SET state = ? WHERE id = ?", string(state), r.ID)
			if got, err := h.Run(h.ctx, r.ID); err != nil || got.State != ownership.RunFailed {
				t.Errorf("%s: %+v %v", state, got, err)
			}
		}
	})
}

// Whoever exports takes out what customer.export reaches, however far they may read, and it is written down.
func TestTrackingIsExportedWithinItsOwnReach(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.customer(t, 101, "C1", wang, east, "", "", "")
		h.customer(t, 102, "C2", chen, west, "", "", "")
		ctx := authz.With(context.Background(), authz.Actor{
			UserID: li, Name: "li", UnitIDs: []int64{east},
			Grants: map[authz.Permission]authz.Reach{authz.CustomerRead: authz.ReachAll, authz.CustomerExport: authz.ReachUnit},
		})
		if seen, err := h.Tracking(ctx, 30); err != nil || len(seen.Staff) != 2 {
			t.Errorf("%+v %v", seen, err)
		}
		out, err := h.TrackingToExport(ctx, 30)
		if err != nil || len(out.Staff) != 1 || out.Staff[0].UserID != wang {
			t.Errorf("%+v %v", out, err)
		}
		if n := dbtest.Count(t, d, "SELECT COUNT(*) FROM audit_entry WHERE action = 'customer.export'"); n != 1 {
			t.Errorf("%d entries", n)
		}
	})
}

func (h house) unit(t *testing.T, id int64) int64 {
	t.Helper()
	return dbtest.Count(t, h.db, "SELECT unit_id FROM customer WHERE id = ?", id)
}

// Whoever is given to nobody stays in the unit: the head still sees the customer, and the next run looks for an owner there.
func TestGivingToNobodyKeepsTheUnit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		for id, code := range map[int64]string{101: "C1", 102: "C2", 103: "C3", 104: "C4"} {
			h.customer(t, id, code, chen, west, "", "loan", "")
		}
		// The west has one manager, who may have two: two customers are given to nobody, and a second run leaves them so.
		r := h.run(t, nil, true)
		if r.Unowned != 2 {
			t.Fatalf("%+v", r)
		}
		for id := int64(101); id <= 104; id++ {
			if got := h.unit(t, id); got != west {
				t.Errorf("customer %d is in unit %d", id, got)
			}
		}
		if r := h.run(t, nil, false); r.Moves != 0 || r.Unowned != 2 {
			t.Errorf("the second run: %+v", r)
		}
		head := as(director, "director", []int64{west}, authz.RoleRegionalManager)
		if err := h.GiveBack(head, 101, "搬走了"); err != nil {
			t.Fatal(err)
		}
		two, err := h.customers.Get(head, 102)
		if err != nil {
			t.Fatal(err)
		}
		in := customer.Input{Name: two.Name, OwnerID: 0}
		if two, err = h.customers.Update(head, 102, two.Version, in, customer.FieldOwner); err != nil || two.OwnerID != 0 {
			t.Fatalf("%+v %v", two, err)
		}
		if _, err := h.customers.ChangeMany(head, customer.Selection{IDs: []int64{103, 104}}, customer.BulkAssign, "0"); err != nil {
			t.Fatal(err)
		}
		for id := int64(101); id <= 104; id++ {
			if owner, unit := h.owner(t, id), h.unit(t, id); owner != 0 || unit != west {
				t.Errorf("customer %d: owner %d, unit %d", id, owner, unit)
			}
		}
	})
}

// Two presses make one run; a newer one takes the lines of the one before away and is the only one to be applied.
func TestOnlyTheNewestRunHasLinesAndIsApplied(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.settled(t)
		first, err := h.Begin(h.ctx, "")
		if err != nil {
			t.Fatal(err)
		}
		if again, err := h.Begin(h.ctx, "owners"); err != nil || again.ID != first.ID || again.CreatedBy != admin {
			t.Fatalf("%+v %v", again, err)
		}
		if _, err := h.runner.RunJob(h.ctx, first.ID); err != nil {
			t.Fatal(err)
		}
		jobID, err := h.Apply(h.ctx, first.ID, []int64{105})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.runner.RunJob(h.ctx, jobID); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Apply(h.ctx, first.ID, []int64{101}); err != nil { // chosen, but the next run is quicker
			t.Fatal(err)
		}
		second := h.run(t, nil, false)
		if first, err = h.Run(h.ctx, first.ID); err != nil || first.Applied != 1 || first.Moves != 5 || first.Open != 0 || first.Chosen != 0 {
			t.Errorf("%+v %v", first, err)
		}
		if n := dbtest.Count(t, d, "SELECT COUNT(*) FROM owner_line WHERE run_id = ?", first.ID); n != 0 {
			t.Errorf("%d lines are left of the first run", n)
		}
		if _, err := h.Apply(h.ctx, first.ID, nil); errs.CodeOf(err) != "ownership.run_replaced" {
			t.Errorf("the first run: %v", err)
		}
		dbtest.Exec(t, d, "UPDATE owner_run SET version = '0.9.0' WHERE id = ?", second.ID)
		if _, err := h.Apply(h.ctx, second.ID, nil); errs.CodeOf(err) != "ownership.run_replaced" {
			t.Errorf("a run of other rules: %v", err)
		}
		dbtest.Exec(t, d, "UPDATE owner_run SET version = '1.0.0' WHERE id = ?", second.ID)
		if _, err := h.Apply(h.ctx, second.ID, nil); err != nil {
			t.Error(err)
		}
	})
}
