package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/channel"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/handover"
	"kezhi/internal/message"
	"kezhi/internal/ownership"
	"kezhi/internal/paper"
	"kezhi/internal/procedure"
	"kezhi/internal/promise"
	"kezhi/internal/seminar"
	"kezhi/internal/user"
	"kezhi/internal/visit"
)

// leaving is a company whose li has everything at hand that can be handed over, with two colleagues to take it.
func leaving(t testing.TB, d *db.DB, customers int) *company {
	t.Helper()
	k := newCompany(t, d)
	unit := k.who["li"].UnitID
	for _, login := range []string{"he", "ma"} {
		password := "correct horse battery"
		u, err := k.Users.Create(k.sys, user.Input{Login: &login, Name: &login, Password: &password, Roles: &[]string{authz.RoleCustomerManager}, UnitID: &unit})
		k.must(err)
		k.who[login] = u
	}
	for i := 2; i < customers; i++ {
		c, err := k.Customers.Create(k.sys, customer.Input{Name: fmt.Sprintf("客户%03d有限公司", i), OwnerID: k.who["li"].ID})
		k.must(err)
		k.ids[fmt.Sprint("C", i)] = c.ID
	}
	for _, n := range k.ids {
		k.owe(n)
	}
	li := k.as("li")
	_, err := k.Visits.Create(li, visit.NewVisit{CustomerID: k.ids["C0"], Input: visit.Input{On: k.today().AddDays(3), Purpose: "季度拜访"}})
	k.must(err)
	_, err = k.Visits.LogCall(li, k.ids["C1"], visit.CallInput{Outcome: visit.CallAgain, AgainAt: k.now.Add(48 * time.Hour).UnixMicro(), Whom: "王经理"}, "")
	k.must(err)
	_, err = k.Promises.Make(li, k.ids["C0"], promise.Input{What: "月底前送样品", DueOn: k.today().AddDays(9), OwnerID: k.who["li"].ID, MadeOn: calendar.None}, "")
	k.must(err)
	_, err = k.Seminars.Plan(li, seminar.Input{TitleZh: "秋季研讨会", Kind: "seminar", On: k.today().AddDays(20), AnswerBy: calendar.None, Currency: "CNY", Team: []int64{k.who["he"].ID}}, "")
	k.must(err)
	for _, of := range []string{"C0", "C1"} {
		c, err := k.Procedures.Start(li, procedure.StartInput{Rulebook: approvals, Procedure: "gift", CustomerID: k.ids[of], Answers: flow.Answers{
			"what": text("茶叶"), "value": text("300"), "occasion": text("中秋"), "to": text("王经理"),
		}})
		k.must(err)
		k.ids["case "+of] = c.ID
	}
	_, err = k.Procedures.Act(k.as("qian"), k.ids["case C1"], procedure.ActInput{Act: flow.Act{Kind: flow.ActDelegate, Person: k.who["li"].ID, Reason: "代看"}})
	k.must(err)
	k.drain()
	return k
}

// owe has li owe a customer a visit.
func (k *company) owe(customerID int64) {
	dbtest.Exec(k.t, k.DB, `INSERT INTO duty (customer_id, id, rulebook, version, scheme, rule, clause, title_zh, title_en, verdict_id, grade, activity, every, evidence, assumed, role, owner_id, unit_id,
		window_from, due_on, state, plan_key, done_by, note, fact_id, reason, idem_key, idem_hash, version_no, created_at, updated_at)
		VALUES (?, ?, 'x', '1', 's', 'visit', '1', '拜访', 'Visit', 0, 'A', 'visit', 'P1M', '', 0, 'owner', ?, ?, '2026-07-01', '2026-07-31', 'open', 'key', 0, '', 0, '', '', '', 1, 0, 0)`,
		customerID, customerID+1, k.who["li"].ID, k.who["li"].UnitID)
}

// held counts everything somebody has at hand.
func (k *company) held(login string) map[string]int64 {
	k.t.Helper()
	out, who, q := map[string]int64{}, k.who[login].ID, k.DB.Read()
	out["customers"] = dbtest.Count(k.t, k.DB, "SELECT COUNT(*) FROM customer WHERE owner_id = ?", who)
	for kind, count := range map[string]func(context.Context, db.Q, int64) (int64, error){
		"duties": k.Duties.CountHeld, "visits": k.Visits.CountHeld, "calls": k.Visits.CountHeldCalls, "cases": k.Procedures.CountHeldCases, "steps": k.Procedures.CountHeldSteps, "promises": k.Promises.CountHeld, "events": k.Seminars.CountHeld,
	} {
		n, err := count(k.sys, q, who)
		k.must(err)
		out[kind] = n
	}
	return out
}

// all adds what several people have at hand.
func (k *company) all(logins ...string) map[string]int64 {
	out := map[string]int64{}
	for _, l := range logins {
		for kind, n := range k.held(l) {
			out[kind] += n
		}
	}
	return out
}

func (k *company) opened(in handover.OpenInput) handover.Handover {
	k.t.Helper()
	if in.Reason == "" {
		in.Reason = handover.Leaves
	}
	if in.From == 0 {
		in.From = calendar.None
	}
	in.PersonID = k.who["li"].ID
	h, err := k.Handovers.Open(k.as("qian"), in)
	k.must(err)
	return h
}

// planned gives all customers to he and ma evenly, one of them by hand to ma, and the rest to he.
func (k *company) planned(h handover.Handover) handover.Detail {
	k.t.Helper()
	qian, he, ma := k.as("qian"), k.who["he"].ID, k.who["ma"].ID
	_, err := k.Handovers.Plan(qian, h.ID, handover.PlanInput{By: handover.ByEven, People: []int64{he, ma}})
	k.must(err)
	d, err := k.Handovers.Plan(qian, h.ID, handover.PlanInput{By: handover.ByHand, People: []int64{ma}, Customers: []int64{k.ids["C0"]}})
	k.must(err)
	_, err = k.Handovers.Change(qian, h.ID, d.Version, handover.ChangeInput{From: d.From, Away: d.Away, RestID: he})
	k.must(err)
	d, err = k.Handovers.Get(qian, h.ID)
	k.must(err)
	return d
}

// agree lets people sign, one after the other.
func (k *company) agree(caseID int64, logins ...string) {
	k.t.Helper()
	for _, l := range logins {
		k.must(k.decide(l, caseID, flow.Agree))
	}
}

func TestAHandoverMovesEverythingAndLosesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := leaving(t, d, 7)
		before := k.held("li")
		if want := map[string]int64{"customers": 7, "duties": 7, "visits": 1, "calls": 1, "cases": 2, "steps": 1, "promises": 1, "events": 1}; fmt.Sprint(before) != fmt.Sprint(want) {
			t.Fatalf("li has %v", before)
		}
		h := k.opened(handover.OpenInput{})
		if _, err := k.Handovers.Sign(k.as("qian"), h.ID); errs.CodeOf(err) != "handover.unplanned" {
			t.Fatalf("a plan without receivers: %v", err)
		}
		detail := k.planned(h)
		if detail.Lines.Missing != 0 || len(detail.Loads) != 3 || detail.Loads[0].After != 0 || detail.Loads[1].After+detail.Loads[2].After != 7 {
			t.Fatalf("%+v", detail)
		}
		h, err := k.Handovers.Sign(k.as("qian"), h.ID)
		k.must(err)
		if k.decide("qian", h.CaseID, flow.Agree) == nil {
			t.Error("the head signed before the others")
		}
		k.agree(h.CaseID, "li", "he", "ma")
		late, err := k.Customers.Create(k.sys, customer.Input{Name: "后来的客户有限公司", OwnerID: k.who["li"].ID})
		k.must(err)
		k.agree(h.CaseID, "qian")
		after := k.all("he", "ma")
		if before["customers"]++; fmt.Sprint(before) != fmt.Sprint(after) {
			t.Errorf("before %v, after %v", before, after)
		}
		for kind, n := range k.held("li") {
			if n != 0 {
				t.Errorf("%d %s stayed", n, kind)
			}
		}
		detail, err = k.Handovers.Get(k.as("qian"), h.ID)
		k.must(err)
		if detail.State != handover.Done || detail.Lines.Moved != 8 || slices.ContainsFunc(detail.Counts, func(c handover.Count) bool { return c.Left != 0 }) {
			t.Errorf("%+v", detail.Handover)
		}
		terms, err := k.Ownership.History(k.sys, k.ids["C0"])
		k.must(err)
		if x := terms[0]; x.How != ownership.HowHandover || x.SourceID != h.ID || x.OwnerID != k.who["ma"].ID || x.Why == nil || x.Why.Sentence().En != "by handover "+detail.Number {
			t.Errorf("%+v", x)
		}
		if terms, err = k.Ownership.History(k.sys, late.ID); err != nil || terms[0].OwnerID != k.who["he"].ID {
			t.Errorf("who came late went to %+v, %v", terms, err)
		}
		if n := dbtest.Count(t, d, "SELECT COUNT(*) FROM event WHERE kind = ?", handover.EventHandedOver); n != 1 {
			t.Errorf("%d events", n)
		}
	})
}

func TestARefusedHandoverIsAPlanAgain(t *testing.T) {
	k := leaving(t, dbtest.SQLite(t), 3)
	h := k.opened(handover.OpenInput{})
	k.planned(h)
	qian := k.as("qian")
	h, err := k.Handovers.Sign(qian, h.ID)
	k.must(err)
	if _, err := k.Handovers.Plan(qian, h.ID, handover.PlanInput{By: handover.ByHand}); errs.CodeOf(err) != "handover.wrong_state" {
		t.Errorf("planned while it was signed: %v", err)
	}
	k.must(k.decide("li", h.CaseID, flow.Reject))
	d, err := k.Handovers.Get(qian, h.ID)
	if err != nil || d.State != handover.Planning || k.held("li")["customers"] != 3 {
		t.Fatalf("%+v %v", d.Handover, err)
	}
	h, err = k.Handovers.Sign(qian, h.ID)
	k.must(err)
	h, err = k.Handovers.Recall(qian, h.ID)
	if err != nil || h.State != handover.Planning {
		t.Fatalf("recalled: %s %v", h.State, err)
	}
	if _, err := k.Handovers.Open(qian, handover.OpenInput{PersonID: k.who["li"].ID, Reason: handover.Moves, From: calendar.None}); errs.CodeOf(err) != "handover.under_way" {
		t.Errorf("a second one: %v", err)
	}
	if h, err = k.Handovers.Drop(qian, h.ID); err != nil || h.State != handover.Dropped {
		t.Errorf("dropped: %s %v", h.State, err)
	}
}

// Whoever is gone cannot sign: the head does, with a reason; and what is agreed for a later day waits for it.
func TestTheHeadSignsForWhoeverIsGone(t *testing.T) {
	k := leaving(t, dbtest.SQLite(t), 3)
	off := user.Disabled
	_, err := k.Users.Update(k.as("chen"), k.who["li"].ID, k.who["li"].Version, user.Input{State: &off})
	k.must(err)
	gone, err := k.Handovers.Orphans(k.as("qian"))
	if err != nil || len(gone) != 1 || gone[0].Customers != 3 {
		t.Fatalf("%+v %v", gone, err)
	}
	h := k.opened(handover.OpenInput{From: k.today().AddDays(2)})
	if !h.Away {
		t.Fatal("who is disabled could sign")
	}
	k.planned(h)
	h, err = k.Handovers.Sign(k.as("qian"), h.ID)
	k.must(err)
	_, err = k.Procedures.Act(k.as("qian"), h.CaseID, procedure.ActInput{Act: flow.Act{Kind: flow.ActDecide, Decision: flow.Agree, Answers: flow.Answers{"reason": text("已离职")}}})
	k.must(err)
	k.agree(h.CaseID, "he", "ma", "qian")
	if n := k.held("li")["customers"]; n != 3 {
		t.Fatalf("moved before its day: %d are left", n)
	}
	k.now = k.now.AddDate(0, 0, 2)
	k.drain()
	if n := k.held("li")["customers"]; n != 0 {
		t.Errorf("%d are left", n)
	}
}

// A job that breaks at any point goes on behind what has moved.
func TestABrokenMoveGoesOn(t *testing.T) {
	k := leaving(t, dbtest.SQLite(t), 230)
	h := k.opened(handover.OpenInput{})
	k.planned(h)
	before := k.held("li")
	h, err := k.Handovers.Sign(k.as("qian"), h.ID)
	k.must(err)
	broken := 0
	k.Handovers.Hold(handover.Holder{
		Kind:  "trips",
		Count: func(context.Context, db.Q, int64) (int64, error) { return 0, nil },
		List: func(context.Context, db.Q, int64, int64, int) ([]handover.Thing, error) {
			if broken++; broken <= 3 {
				return nil, errors.New("the power is off")
			}
			return nil, nil
		},
		Move: func(context.Context, db.Q, handover.Thing, handover.Moved) error { return nil },
	})
	k.agree(h.CaseID, "li", "he", "ma", "qian")
	for range 6 {
		k.now = k.now.Add(time.Hour)
		k.drain()
	}
	d, err := k.Handovers.Get(k.as("qian"), h.ID)
	if err != nil || d.State != handover.Done || d.Lines.Moved != 230 || broken != 5 { // three times broken, once through, once to see what is left
		t.Fatalf("%+v, listed %d times, %v", d.Handover, broken, err)
	}
	if after := k.all("he", "ma"); fmt.Sprint(before) != fmt.Sprint(after) {
		t.Errorf("before %v, after %v", before, after)
	}
}

// What its own rules keep with the giver keeps nothing else from moving, and is counted.
func TestWhatStaysKeepsNothingElseFromMoving(t *testing.T) {
	k := leaving(t, dbtest.SQLite(t), 3)
	h := k.opened(handover.OpenInput{})
	k.planned(h)
	k.Handovers.Hold(handover.Holder{
		Kind:  "seals",
		Count: func(context.Context, db.Q, int64) (int64, error) { return 2, nil },
		List: func(_ context.Context, _ db.Q, _, after int64, _ int) ([]handover.Thing, error) {
			if after > 0 {
				return nil, nil
			}
			return []handover.Thing{{ID: 1}, {ID: 2}}, nil
		},
		Move: func(context.Context, db.Q, handover.Thing, handover.Moved) error {
			return errs.New(errs.Forbidden, "auth.forbidden")
		},
	})
	h, err := k.Handovers.Sign(k.as("qian"), h.ID)
	k.must(err)
	k.agree(h.CaseID, "li", "he", "ma", "qian")
	d, err := k.Handovers.Get(k.as("qian"), h.ID)
	if err != nil || d.State != handover.Done {
		t.Fatalf("%+v %v", d.Handover, err)
	}
	for _, c := range d.Counts {
		if want := map[string]int64{"seals": 2}[c.Kind]; c.Left != want {
			t.Errorf("%d %s are left, want %d", c.Left, c.Kind, want)
		}
	}
}

func TestCustomersAreTold(t *testing.T) {
	k := leaving(t, dbtest.SQLite(t), 4)
	h := k.opened(handover.OpenInput{})
	k.planned(h)
	h, err := k.Handovers.Sign(k.as("qian"), h.ID)
	k.must(err)
	k.agree(h.CaseID, "li", "he", "ma", "qian")
	qian := k.as("qian")
	list, _, err := k.Handovers.Tellings(qian, h.ID, channel.SMS, handover.LineFilter{}, "", 50)
	if err != nil || len(list) != 4 || list[0].Gate == nil || list[0].Gate.Passage != message.No || list[0].Gate.Why == "" {
		t.Fatalf("%+v %v", list, err)
	}
	sent, err := k.Handovers.Tell(qian, h.ID, 1, []int64{k.ids["C0"]})
	if err != nil || sent[0].Err != nil || sent[0].Message.State != message.Suppressed {
		t.Fatalf("what the gate forbids: %+v %v", sent, err)
	}
	k.must(k.Handovers.ToldByPhone(k.as("ma"), h.ID, []int64{k.ids["C0"]}, "王经理已知"))
	if err := k.Handovers.ToldByPhone(k.as("he"), h.ID, []int64{k.ids["C0"]}, ""); errs.KindOf(err) != errs.NotFound {
		t.Errorf("told for somebody else: %v", err)
	}
	d, err := k.Handovers.Get(qian, h.ID)
	if err != nil || d.Lines.Told != 1 {
		t.Errorf("%+v %v", d.Lines, err)
	}
	for _, lang := range []paper.Lang{paper.Chinese, paper.English} {
		doc, err := k.Handovers.Printed(qian, h.ID, lang)
		k.must(err)
		for _, format := range []string{"pdf", "xlsx"} {
			if b, err := doc.Render(format); err != nil || len(b) < 1000 {
				t.Errorf("%s: %d bytes, %v", format, len(b), err)
			}
		}
	}
}

func TestAHandoverIsSeenByThoseItConcerns(t *testing.T) {
	k := leaving(t, dbtest.SQLite(t), 4)
	h := k.opened(handover.OpenInput{})
	k.planned(h)
	if _, err := k.Handovers.Get(k.as("ma"), h.ID); errs.KindOf(err) != errs.NotFound {
		t.Errorf("a plan is shown to a receiver: %v", err)
	}
	if _, err := k.Handovers.Open(k.as("he"), handover.OpenInput{PersonID: k.who["ma"].ID, Reason: handover.Leaves, From: calendar.None}); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("opened by anybody: %v", err)
	}
	h, err := k.Handovers.Sign(k.as("qian"), h.ID)
	k.must(err)
	mine, _, err := k.Handovers.Lines(k.as("ma"), h.ID, handover.LineFilter{}, "", 50)
	k.must(err)
	all, _, err := k.Handovers.Lines(k.as("li"), h.ID, handover.LineFilter{}, "", 50)
	k.must(err)
	if len(all) != 4 || len(mine) == 0 || slices.ContainsFunc(mine, func(l handover.Line) bool { return l.ToID != k.who["ma"].ID }) {
		t.Errorf("%d of %d", len(mine), len(all))
	}
	if list, _, err := k.Handovers.List(k.as("ma"), handover.Filter{}, "", 50); err != nil || len(list) != 1 {
		t.Errorf("%v %v", list, err)
	}
	if list, _, err := k.Handovers.List(k.as("wu"), handover.Filter{}, "", 50); err != nil || len(list) != 0 {
		t.Errorf("%v %v", list, err)
	}
}

func TestNobodyMakesThemselvesASubstituteOrReachesUp(t *testing.T) {
	k := leaving(t, dbtest.SQLite(t), 3)
	qian, unit := k.as("qian"), k.who["qian"].UnitID
	login, password := "boss", "correct horse battery"
	boss, err := k.Users.Create(k.sys, user.Input{Login: &login, Name: &login, Password: &password, Roles: &[]string{authz.RoleDirector}, UnitID: &unit})
	k.must(err)
	away := func(who, substitute int64) error {
		return k.Handovers.Stand(qian, procedure.Absence{UserID: who, SubstituteID: substitute, From: k.today(), Until: k.today().AddDays(5), Reason: "年假"})
	}
	for name, err := range map[string]error{
		"oneself for somebody": away(k.who["li"].ID, k.who["qian"].ID),
		"somebody for a boss":  away(boss.ID, k.who["ma"].ID),
		"somebody for oneself": away(k.who["qian"].ID, k.who["ma"].ID),
	} {
		if errs.CodeOf(err) != "handover.cover_not_allowed" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAPlanKeepsToTheReachOfItsHead(t *testing.T) {
	k := leaving(t, dbtest.SQLite(t), 4)
	qian, li, he, ma := k.as("qian"), k.who["li"].ID, k.who["he"].ID, k.who["ma"].ID
	h := k.opened(handover.OpenInput{})
	d := k.planned(h)
	elsewhere := dbtest.Count(t, k.DB, "SELECT COALESCE(MAX(id), 0) + 1 FROM unit")
	dbtest.Exec(t, k.DB, "INSERT INTO unit (id, parent_id, code, name_zh, name_en, created_at) VALUES (?, NULL, 'ELSE', '别处', 'Elsewhere', 0)", elsewhere)
	dbtest.Exec(t, k.DB, "UPDATE app_user SET unit_id = ? WHERE id = ?", elsewhere, he)
	if _, err := k.Handovers.Plan(qian, h.ID, handover.PlanInput{By: handover.ByEven, People: []int64{he}}); errs.CodeOf(err) != "customer.assign_not_allowed" {
		t.Errorf("planned for another unit: %v", err)
	}
	if _, err := k.Handovers.Change(qian, h.ID, d.Version, handover.ChangeInput{From: d.From, RestID: he}); errs.CodeOf(err) != "customer.assign_not_allowed" {
		t.Errorf("the rest to another unit: %v", err)
	}
	_, err := k.Handovers.Plan(qian, h.ID, handover.PlanInput{By: handover.ByHand, People: []int64{ma}, Customers: []int64{k.ids["C1"]}})
	k.must(err)
	_, err = k.Handovers.Plan(qian, h.ID, handover.PlanInput{By: handover.ByEven, People: []int64{ma}})
	k.must(err)
	if n := dbtest.Count(t, k.DB, "SELECT COUNT(*) FROM handover_line WHERE handover_id = ? AND how = 'hand'", h.ID); n != 2 {
		t.Errorf("%d choices made by hand are left of 2", n)
	}
	dbtest.Exec(t, k.DB, "UPDATE app_user SET unit_id = ? WHERE id = ?", elsewhere, li)
	if _, err := k.Handovers.Get(qian, h.ID); err != nil {
		t.Errorf("it went to another head with the giver: %v", err)
	}
	actor, _ := authz.Require(k.as("li"), authz.CustomerRead)
	actor.Grants = authz.GrantsOf([]string{authz.RoleDirector})
	if list, _, err := k.Handovers.List(authz.With(context.Background(), actor), handover.Filter{}, "", 10); err != nil || len(list) != 0 {
		t.Errorf("the giver sees it while it is planned: %+v %v", list, err)
	}
}

func TestTheRestOfWhoIsGoneGoesToTheHead(t *testing.T) {
	k := leaving(t, dbtest.SQLite(t), 3)
	h := k.opened(handover.OpenInput{})
	k.planned(h)
	h, err := k.Handovers.Sign(k.as("qian"), h.ID)
	k.must(err)
	k.agree(h.CaseID, "li", "he", "ma")
	dbtest.Exec(t, k.DB, "UPDATE app_user SET state = 'disabled' WHERE id = ?", k.who["he"].ID)
	k.agree(h.CaseID, "qian")
	if n := k.held("he")["customers"]; n != 0 {
		t.Errorf("%d customers went to somebody disabled", n)
	}
	if n := k.held("qian")["customers"] + k.held("ma")["customers"]; n != 3 {
		t.Errorf("%d of 3 customers arrived", n)
	}
}

func TestSomebodyStandsIn(t *testing.T) {
	k := leaving(t, dbtest.SQLite(t), 3)
	qian := k.as("qian")
	k.must(k.Handovers.Stand(qian, procedure.Absence{UserID: k.who["li"].ID, SubstituteID: k.who["ma"].ID, From: k.today(), Until: k.today().AddDays(5), Reason: "年假"}))
	list, _, err := k.Handovers.Covers(qian, "", 10)
	if err != nil || len(list) != 1 || list[0].SubstituteID != k.who["ma"].ID || list[0].Customers != 3 {
		t.Fatalf("%+v %v", list, err)
	}
	if k.held("li")["customers"] != 3 {
		t.Error("something moved")
	}
	k.must(k.Handovers.EndCover(qian, list[0].ID))
	if list, _, err = k.Handovers.Covers(qian, "", 10); err != nil || len(list) != 0 {
		t.Errorf("%+v %v", list, err)
	}
}
