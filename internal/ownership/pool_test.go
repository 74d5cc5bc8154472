package ownership_test

import (
	"context"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/ownership"
)

func as(user int64, name string, units []int64, role string) context.Context {
	return authz.With(context.Background(), authz.Actor{UserID: user, Name: name, UnitIDs: units, Grants: authz.GrantsOf([]string{role})})
}

func (h house) call(t *testing.T, id, customer int64, on string) {
	t.Helper()
	dbtest.Exec(t, h.db, `INSERT INTO fact (customer_id, occurred_on, id, kind, occurred_at, amount, currency, quantity, status, document, product, attrs, batch_id, reverses, recorded_by, recorded_at)
		VALUES (?,?,?,'call',NULL,NULL,'',NULL,'','','','{}',0,0,0,0)`, customer, on, id)
}

// lapse runs the nightly job as of a day.
func (h house) lapse(t *testing.T, on time.Time) {
	t.Helper()
	*h.now = on
	spec, _ := h.Daily()
	var jobID int64
	if err := h.db.InTx(h.ctx, func(q db.Q) (err error) { jobID, err = h.runner.Enqueue(h.ctx, q, spec); return err }); err != nil {
		t.Fatal(err)
	}
	if _, err := h.runner.RunJob(h.ctx, jobID); err != nil {
		t.Fatal(err)
	}
	h.dispatch(t)
}

func TestThePoolHasLimits(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		for id := int64(101); id <= 104; id++ {
			h.customer(t, id, "C"+string(rune('0'+id-100)), 0, 0, "", "", "")
		}
		h.customer(t, 105, "C5", li, east, "", "", "")
		w := as(wang, "wang", nil, authz.RoleCustomerManager)
		p, err := h.Pool(w, ownership.PoolFilter{}, "", 3)
		if err != nil || p.Total != 4 || len(p.Items) != 3 || p.Next == "" || p.Rule.ClaimAtMost != 2 {
			t.Fatalf("%+v %v", p, err)
		}
		for _, id := range []int64{101, 102} {
			if err := h.Claim(w, id); err != nil {
				t.Fatal(err)
			}
		}
		h.dispatch(t)
		if err := h.Claim(w, 103); errs.CodeOf(err) != "ownership.claim_limit" {
			t.Errorf("a third one: %v", err)
		}
		l := as(li, "li", nil, authz.RoleCustomerManager)
		if err := h.Claim(l, 101); errs.CodeOf(err) != "ownership.taken" {
			t.Errorf("somebody else's: %v", err)
		}
		if err := h.GiveBack(l, 105, "搬走了"); errs.CodeOf(err) != "ownership.not_claimed" {
			t.Errorf("one that was not claimed: %v", err)
		}
		if mine, err := h.Pool(w, ownership.PoolFilter{Mine: true}, "", 50); err != nil || mine.Total != 2 || len(mine.Items) != 2 || mine.Items[0].How != ownership.HowClaim {
			t.Errorf("mine: %+v %v", mine, err)
		}
		if err := h.GiveBack(w, 101, " "); errs.KindOf(err) != errs.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		if err := h.GiveBack(w, 101, "搬走了"); err != nil {
			t.Fatal(err)
		}
		if err := h.Claim(w, 101); errs.CodeOf(err) != "ownership.claim_again" {
			t.Errorf("the same again: %v", err)
		}
		if p, err := h.Pool(w, ownership.PoolFilter{Text: "C1"}, "", 50); err != nil || len(p.Items) != 1 || p.Items[0].LastOwner != "wang" || p.Items[0].How != ownership.HowReturn || p.Mine != 1 {
			t.Errorf("%+v %v", p, err)
		}
		if err := h.Claim(w, 103); err != nil {
			t.Fatal(err)
		}
		terms, err := h.History(h.ctx, 101)
		if err != nil || len(terms) != 2 || terms[0].How != ownership.HowReturn || terms[0].Note != "搬走了" || terms[1].How != ownership.HowClaim || terms[1].OwnerName != "wang" {
			t.Errorf("who had it when: %+v %v", terms, err)
		}
		// Taken on 15 June. 102 is called, 103 is not: thirty days later 103 goes back, and 102 ninety days after the call.
		h.call(t, 1, 102, "2026-06-20")
		h.lapse(t, time.Date(2026, 7, 15, 4, 0, 0, 0, time.UTC))
		if h.owner(t, 103) != wang {
			t.Error("the thirtieth day still counts")
		}
		h.lapse(t, time.Date(2026, 7, 16, 4, 0, 0, 0, time.UTC))
		if h.owner(t, 103) != 0 || h.owner(t, 102) != wang {
			t.Error(h.owner(t, 103), h.owner(t, 102))
		}
		h.lapse(t, time.Date(2026, 9, 19, 4, 0, 0, 0, time.UTC))
		if h.owner(t, 102) != 0 || h.owner(t, 105) != li {
			t.Error("no contact for ninety days", h.owner(t, 102), h.owner(t, 105))
		}
	})
}

func TestDedicatedOwnersAndHeadcount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.customer(t, 101, "C1", wang, east, "", "", "A")
		h.customer(t, 102, "C2", zhao, east, "", "", "B")
		h.customer(t, 103, "C3", wang, east, "", "", "B")
		h.customer(t, 104, "C4", chen, west, "", "", "A")
		h.customer(t, 105, "C5", chen, west, "", "", "A")
		h.customer(t, 106, "C6", chen, west, "", "", "B")
		h.customer(t, 107, "C7", zhao, east, "", "", "C")
		list, err := h.Dedicated(h.ctx)
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		x := list[0]
		if x.Customers != 6 || x.Without != 1 || len(x.Items) != 1 || x.Items[0].CustomerID != 102 || x.Items[0].OwnerName != "zhao" {
			t.Errorf("%+v", x)
		}
		// One manager takes two: the west has three customers and one manager, the east three and two managers.
		if len(x.Units) != 2 || x.Units[0].UnitID != west || x.Units[0].Needed != 2 || x.Units[0].Present != 1 || x.Units[0].Short() != 1 || x.Units[1].Short() != 0 {
			t.Errorf("%+v", x.Units)
		}
		boss, err := h.Alarms(h.ctx)
		if err != nil || len(boss) != 1 || boss[0].Without != 1 || boss[0].More || boss[0].Demand.Clause != "3" {
			t.Errorf("whoever assigns everybody is told: %+v %v", boss, err)
		}
		if list, err := h.Alarms(as(director, "director", []int64{east}, authz.RoleRegionalManager)); err != nil || len(list) != 1 || list[0].Without != 1 {
			t.Errorf("the head of the east: %+v %v", list, err)
		}
		if list, err := h.Alarms(as(director, "director", []int64{west}, authz.RoleRegionalManager)); err != nil || len(list) != 0 {
			t.Errorf("the head of the west has nothing to do with it: %+v %v", list, err)
		}
		if list, err := h.Alarms(as(wang, "wang", nil, authz.RoleCustomerManager)); err == nil && len(list) != 0 {
			t.Errorf("a manager: %+v", list)
		}
		seen, err := h.Dedicated(as(wang, "wang", nil, authz.RoleCustomerManager))
		if err != nil || seen[0].Customers != 2 {
			t.Errorf("only what one may see counts: %+v %v", seen, err)
		}
	})
}

func TestTrackingCountsByDepartmentAndPerson(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.settled(t)
		*h.now = time.Date(2026, 5, 20, 4, 0, 0, 0, time.UTC)
		h.run(t, nil, true) // the first reasons are no changes
		*h.now = time.Date(2026, 6, 15, 4, 0, 0, 0, time.UTC)
		if err := h.GiveBack(h.ctx, 103, "搬走了"); err != nil {
			t.Fatal(err)
		}
		if err := h.Claim(as(zhao, "zhao", []int64{east}, authz.RoleCustomerManager), 103); errs.CodeOf(err) != "ownership.claim_again" {
			t.Fatal(err)
		}
		if err := h.Claim(as(li, "li", nil, authz.RoleCustomerManager), 103); err != nil {
			t.Fatal(err)
		}
		h.dispatch(t)
		h.call(t, 1, 101, "2026-06-14")
		h.call(t, 2, 102, "2026-03-01")
		got, err := h.Tracking(h.ctx, 30)
		if err != nil {
			t.Fatal(err)
		}
		byUser := map[int64]ownership.Tracked{}
		for _, x := range got.Staff {
			byUser[x.UserID] = x
		}
		if w := byUser[wang]; w.Customers != 2 || w.ByRule != 2 || w.Contacted != 1 || w.Changed != 0 {
			t.Errorf("wang: %+v", w)
		}
		if l := byUser[li]; l.Customers != 2 || l.ByRule != 1 || l.Claimed != 1 || l.Contacted != 0 || l.Changed != 1 {
			t.Errorf("li: %+v", l)
		}
		if len(got.Units) != 2 || got.Units[0].UnitID != east || got.Units[0].Customers != 5 || got.Units[0].Owned != 5 || got.Units[1].Customers != 1 {
			t.Errorf("units: %+v", got.Units)
		}
		if _, err := h.Tracking(h.ctx, 0); errs.KindOf(err) != errs.Invalid {
			t.Errorf("no days: %v", err)
		}
	})
}

func TestTeamsStandBesideTheOwner(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.customer(t, 101, "C1", wang, east, "", "", "")
		w := as(wang, "wang", nil, authz.RoleCustomerManager)
		m, err := h.Join(w, 101, ownership.MemberInput{UserID: li, Part: "技术支持", From: h.Today(), Until: h.Today().AddDays(10)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Join(w, 101, ownership.MemberInput{UserID: gone, Part: "x"}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("somebody who left: %v", err)
		}
		if _, err := h.Join(as(chen, "chen", nil, authz.RoleCustomerManager), 101, ownership.MemberInput{UserID: chen, Part: "x"}); !db.IsNoRows(err) {
			t.Errorf("on somebody else's customer: %v", err)
		}
		*h.now = h.now.Add(24 * time.Hour)
		list, err := h.Team(w, 101)
		if err != nil || len(list) != 1 || list[0].UserName != "li" || list[0].Part != "技术支持" {
			t.Errorf("%+v %v", list, err)
		}
		if err := h.Leave(w, 101, m.ID); err != nil {
			t.Fatal(err)
		}
		if list, err := h.Team(w, 101); err != nil || len(list) != 0 {
			t.Errorf("%+v %v", list, err)
		}
	})
}

func TestAreasAreContractedFromNearToFar(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.customer(t, 101, "C1", 0, 0, "", "", "")
		h.customer(t, 102, "C2", 0, 0, "", "", "")
		dbtest.Exec(t, d, "UPDATE customer SET region = '310106', address = '南京西路1号' WHERE id = 101")
		dbtest.Exec(t, d, "UPDATE customer SET region = '310106', address = '愚园路9号' WHERE id = 102")
		for _, in := range []ownership.AreaInput{
			{Region: "31", UserID: chen}, {Region: "310106", UnitID: east}, {Region: "310106", Street: "南京西路", UserID: li}, {Region: "310106", Street: "南京西路", UserID: wang},
		} {
			in.From, in.Until = calendar.None, calendar.None
			if _, err := h.Contract(h.ctx, in); err != nil {
				t.Fatal(err)
			}
		}
		for _, in := range []ownership.AreaInput{{Region: "999999", UserID: li}, {Region: "31"}, {Region: "31", UserID: li, UnitID: east}, {Region: "31", UserID: gone}} {
			in.Until = calendar.None
			if _, err := h.Contract(h.ctx, in); errs.KindOf(err) != errs.Invalid {
				t.Errorf("%+v: %v", in, err)
			}
		}
		list, _, err := h.Areas(h.ctx, "", 50)
		if err != nil || len(list) != 4 || list[0].Customers != 2 || list[2].Overlaps != 1 || list[2].Customers != 1 {
			t.Fatalf("%+v %v", list, err)
		}
		got := map[int64]*ownership.Decision{}
		if _, _, err := h.Survey(h.ctx, "", func(x *ownership.Decision) error { got[x.CustomerID] = x; return nil }); err != nil {
			t.Fatal(err)
		}
		if x := got[101]; x.Owner != wang || x.Why.Rule != "area" || len(x.Why.Conflicts) != 1 || x.Why.Conflicts[0].Kind != "two_claims" || x.Why.Conflicts[0].UserID != li {
			t.Errorf("two contracts on a street: %+v", x)
		}
		if x := got[102]; x.Owner != zhao || x.Why.Rule != "area" {
			t.Errorf("the teller of the unit that contracted the county: %+v", x)
		}
		if err := h.EndArea(h.ctx, list[2].ID, 2, calendar.None); errs.KindOf(err) != errs.Precondition {
			t.Errorf("an old version: %v", err)
		}
	})
}
