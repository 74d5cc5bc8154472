package ownership_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/job"
	"kezhi/internal/ownership"
	"kezhi/internal/procedure"
	"kezhi/internal/rule"
)

// The people of the tests: two managers and a teller of the east, a manager of the west, somebody who left.
const (
	east, west                                  = 10, 20
	wang, li, zhao, chen, gone, director, admin = 1, 2, 3, 4, 5, 6, 7
)

const rules = `
rulebook: owners
version: 1.0.0
title: {zh: 归属, en: Owners}
roles:
  customer_manager: {zh: 客户经理, en: Customer manager}
  director: {zh: 总监, en: Director}
  teller: {zh: 柜员, en: Teller, aliases: [综合柜员]}
ownership:
  scheme: value
  clause: "1"
  rules:
    - {key: marketer, owner: {field: marketer}, title: {zh: 谁营销谁维护, en: Who markets maintains}, clause: "2"}
    - {key: loan, when: 'grades.product == "loan"', owner: customer_manager, title: {zh: 贷款客户, en: Loan customers}, clause: "3"}
    - {key: group, title: {zh: 集团, en: Groups}, when: 'customer.in_group == "yes"', owner: director, clause: "4"}
    - {key: area, owner: {area: teller}, clause: "5"}
    - {key: rest, owner: teller, clause: "6"}
  caps: {customer_manager: 2}
  dedicated:
    - {for: 'grade in ["A", "B"]', by: customer_manager, at_most: 2, clause: "3"}
  pool: {claim_at_most: 2, keep_for: P30D, return_after: P90D, again_after: P30D, clause: "7"}
`

type house struct {
	*ownership.Service
	db        *db.DB
	bus       *event.Bus
	runner    *job.Runner
	customers *customer.Service
	people    *procedure.Service
	ctx       context.Context
	now       *time.Time
}

func newHouse(t *testing.T, d *db.DB) house {
	t.Helper()
	return houseOf(t, d, rules)
}

func houseOf(t *testing.T, d *db.DB, rules string) house {
	t.Helper()
	now := time.Date(2026, 6, 15, 4, 0, 0, 0, time.UTC)
	tick := clock.Clock(func() time.Time { return now })
	loc := time.FixedZone("", 8*3600)
	bus := event.NewBus(d, tick, slog.New(slog.DiscardHandler))
	queue := job.NewQueue(d, tick)
	customers := customer.New(d, tick, loc, bus, queue)
	people := procedure.New(procedure.Deps{DB: d, Now: tick, Loc: loc, Bus: bus, Queue: queue, Customers: customers, Log: slog.New(slog.DiscardHandler)})
	book, problems := rule.Parse(map[string][]byte{rule.FileRulebook: []byte(rules)})
	program, more := rule.Compile(book, nil)
	if program == nil {
		t.Fatal(problems, more)
	}
	s := ownership.New(ownership.Deps{
		DB: d, Now: tick, Loc: loc, Bus: bus, Queue: queue, Customers: customers, Who: people.Who,
		Books: func(context.Context, db.Q, calendar.Date) ([]ownership.Book, error) {
			return []ownership.Book{{
				Rulebook: "owners", Version: "1.0.0", Title: book.Title(), Program: program, NamesOf: book.NamesOf,
				TitleOf: func(post string) rule.Text { return rule.Text{Zh: post, En: post} },
			}}, nil
		},
		Members: func(context.Context, string, calendar.Date) ([]int64, bool, error) { return nil, false, nil },
	})
	runner := job.NewRunner(queue, slog.New(slog.DiscardHandler), func(context.Context, int64) string { return "" })
	for kind, h := range s.Jobs() {
		runner.Register(kind, h)
	}
	s.Subscribe(bus)
	customers.AddAtBirth(s.Came)
	dbtest.Unit(t, d, east, 0, "east")
	dbtest.Unit(t, d, west, 0, "west")
	dbtest.User(t, d, wang, east, "wang", "customer_manager")
	dbtest.User(t, d, li, east, "li", "customer_manager")
	dbtest.User(t, d, zhao, east, "zhao")
	dbtest.User(t, d, chen, west, "chen", "customer_manager")
	dbtest.User(t, d, gone, east, "gone", "customer_manager")
	dbtest.User(t, d, director, 0, "director", "director")
	dbtest.Exec(t, d, "UPDATE app_user SET state = 'disabled' WHERE id = ?", gone)
	dbtest.Exec(t, d, "INSERT INTO post_holder (id, post, user_id, unit_id, from_on, until_on, created_by, created_at, updated_at) VALUES (1, '综合柜员', ?, ?, '2026-01-01', NULL, 0, 0, 0)", zhao, east)
	dbtest.Exec(t, d, "UPDATE org_mark SET seq = seq + 1")
	ctx := authz.With(context.Background(), authz.Actor{UserID: admin, Name: "admin", Grants: authz.System("x").Grants})
	return house{s, d, bus, runner, customers, people, ctx, &now}
}

func (h house) customer(t *testing.T, id int64, code string, owner, unit int64, custom, product, value string) {
	t.Helper()
	dbtest.Customer(t, h.db, id, code, "客户"+code, owner, unit)
	if custom != "" {
		dbtest.Exec(t, h.db, "UPDATE customer SET custom = ? WHERE id = ?", custom, id)
	}
	for scheme, grade := range map[string]string{"product": product, "value": value} {
		if grade != "" {
			dbtest.Exec(t, h.db, "INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, score, as_of, since, previous_code) VALUES (?,?,'x',0,?,0,'',NULL,'2026-01-01','2026-01-01','')", id, scheme, grade)
		}
	}
}

// run works a run out and applies it as the ids say, nil = everything.
func (h house) run(t *testing.T, ids []int64, apply bool) ownership.Run {
	t.Helper()
	r, err := h.Begin(h.ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.runner.RunJob(h.ctx, r.ID); err != nil {
		t.Fatal(err)
	}
	if apply {
		jobID, err := h.Apply(h.ctx, r.ID, ids)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.runner.RunJob(h.ctx, jobID); err != nil {
			t.Fatal(err)
		}
	}
	h.dispatch(t)
	if r, err = h.Run(h.ctx, r.ID); err != nil {
		t.Fatal(err)
	}
	return r
}

func (h house) dispatch(t *testing.T) {
	t.Helper()
	if _, err := h.bus.Dispatch(h.ctx); err != nil {
		t.Fatal(err)
	}
}

func (h house) owner(t *testing.T, id int64) int64 {
	t.Helper()
	return dbtest.Count(t, h.db, "SELECT owner_id FROM customer WHERE id = ?", id)
}

func (h house) settled(t *testing.T) {
	h.customer(t, 101, "C1", li, east, `{"marketer":"wang"}`, "loan", "A")
	h.customer(t, 102, "C2", gone, east, "", "loan", "B")
	h.customer(t, 103, "C3", 0, 0, "", "", "")
	h.customer(t, 104, "C4", chen, west, "", "", "A")
	h.customer(t, 105, "C5", zhao, east, "", "", "C")
	h.customer(t, 106, "C6", 0, east, `{"marketer":"gone"}`, "loan", "")
	dbtest.Exec(t, h.db, "INSERT INTO relation (customer_id, id, other_id, type, share_bp, note, version, created_at, updated_at, archived_at) VALUES (104, 1, 999, 'parent', NULL, '', 1, 0, 0, NULL)")
}

func TestEveryCustomerGetsOneOwnerWithAReason(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.settled(t)
		seen := map[int64]*ownership.Decision{}
		book, loads, err := h.Survey(h.ctx, "", func(x *ownership.Decision) error { seen[x.CustomerID] = x; return nil })
		if err != nil || book.Rulebook != "owners" || len(seen) != 6 {
			t.Fatal(book.Rulebook, len(seen), err)
		}
		for id, want := range map[int64]struct {
			owner          int64
			rule, kind     string
			precedence, at int
		}{
			101: {wang, "marketer", rule.ConflictDiffers, 1, 0},
			102: {li, "loan", rule.ConflictDiffers, 2, 0},
			103: {zhao, "rest", "", 5, 0},
			104: {director, "group", rule.ConflictDiffers, 3, 0},
			105: {zhao, "rest", "", 5, 0},
			106: {wang, "loan", rule.ConflictGone, 2, 0},
		} {
			x := seen[id]
			if x.Owner != want.owner || x.Why.Rule != want.rule || x.Why.Precedence != want.precedence {
				t.Errorf("customer %d: %d by %s %+v", id, x.Owner, x.Why.Rule, x.Why)
			}
			if (want.kind == "") != (len(x.Why.Conflicts) == 0) || want.kind != "" && x.Why.Conflicts[0].Kind != want.kind {
				t.Errorf("customer %d: conflicts %+v", id, x.Why.Conflicts)
			}
			if s := x.Why.Sentence(); s.Zh == "" || s.En == "" {
				t.Errorf("customer %d has no reason", id)
			}
		}
		if h.owner(t, 101) != li {
			t.Error("a dry run changed an owner")
		}
		after := map[int64]int64{}
		for _, l := range loads {
			after[l.UserID] = l.After
		}
		if after[wang] != 2 || after[li] != 1 || after[zhao] != 2 || after[director] != 1 {
			t.Errorf("loads: %v", loads)
		}

		r := h.run(t, nil, true)
		if r.Moves != 5 || r.Applied != 6 || r.Stale != 0 || r.Open != 0 {
			t.Fatalf("the run: %+v", r)
		}
		for id, owner := range map[int64]int64{101: wang, 102: li, 103: zhao, 104: director, 105: zhao, 106: wang} {
			if got := h.owner(t, id); got != owner {
				t.Errorf("customer %d belongs to %d", id, got)
			}
			terms, err := h.History(h.ctx, id)
			if err != nil || len(terms) != 1 || terms[0].OwnerID != owner || terms[0].How != ownership.HowRule || terms[0].Why == nil || terms[0].Until != calendar.None {
				t.Errorf("customer %d: %+v %v", id, terms, err)
			}
		}
		if n := dbtest.Count(t, d, "SELECT unit_id FROM customer WHERE id = 103"); n != east {
			t.Errorf("the unit did not follow: %d", n)
		}
		// Again: nothing moves; the customer whose marketer left is still a conflict.
		if r := h.run(t, nil, true); r.Moves != 0 || r.Applied != 1 {
			t.Errorf("the second run: %+v", r)
		}
		if n := dbtest.Count(t, d, "SELECT COUNT(*) FROM owner_term"); n != 6 {
			t.Errorf("the second run began terms: %d", n)
		}
	})
}

func TestChosenLinesOnlyAndNobodyElsesChangeIsLost(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.settled(t)
		r, err := h.Begin(h.ctx, "owners")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Apply(h.ctx, r.ID, nil); errs.CodeOf(err) != "ownership.not_ready" {
			t.Errorf("before it is worked out: %v", err)
		}
		if _, err := h.runner.RunJob(h.ctx, r.ID); err != nil {
			t.Fatal(err)
		}
		moves, _, err := h.Lines(h.ctx, r.ID, ownership.LineFilter{Kind: ownership.KindMove}, "", 2)
		if err != nil || len(moves) != 2 || moves[0].CustomerID != 101 || moves[0].FromName != "li" || moves[0].ToName != "wang" {
			t.Fatalf("%+v %v", moves, err)
		}
		gones, _, err := h.Lines(h.ctx, r.ID, ownership.LineFilter{Kind: rule.ConflictGone}, "", 50)
		if err != nil || len(gones) != 1 || gones[0].CustomerID != 106 {
			t.Fatalf("%+v %v", gones, err)
		}
		// Somebody gives the first one away meanwhile.
		if _, err := h.customers.ChangeMany(h.ctx, customer.Selection{IDs: []int64{101}}, customer.BulkAssign, "4"); err != nil {
			t.Fatal(err)
		}
		h.dispatch(t)
		jobID, err := h.Apply(h.ctx, r.ID, []int64{101, 103})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.runner.RunJob(h.ctx, jobID); err != nil {
			t.Fatal(err)
		}
		if r, err = h.Run(h.ctx, r.ID); err != nil || r.Applied != 1 || r.Stale != 1 || r.Open != 4 {
			t.Fatalf("%+v %v", r, err)
		}
		if h.owner(t, 101) != chen || h.owner(t, 103) != zhao || h.owner(t, 102) != gone {
			t.Error(h.owner(t, 101), h.owner(t, 103), h.owner(t, 102))
		}
		terms, err := h.History(h.ctx, 101)
		if err != nil || len(terms) != 1 || terms[0].How != ownership.HowHand || terms[0].OwnerID != chen {
			t.Errorf("a choice by hand has its term: %+v %v", terms, err)
		}
		if _, err := h.Apply(h.ctx, r.ID, []int64{101}); errs.CodeOf(err) != "ownership.nothing_to_apply" {
			t.Errorf("twice: %v", err)
		}
		entries, err := audit.OfCustomer(h.ctx, d.Read(), 103, 1<<62, 10)
		if err != nil || len(entries) != 1 || entries[0].Action != "customer.update" {
			t.Errorf("audit: %+v %v", entries, err)
		}
	})
}

func TestOnlyThoseWhoAssignEverybodyRunTheRules(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		head := authz.With(context.Background(), authz.Actor{UserID: li, Name: "li", UnitIDs: []int64{east}, Grants: authz.GrantsOf([]string{authz.RoleRegionalManager})})
		if _, err := h.Begin(head, ""); errs.CodeOf(err) != "auth.forbidden" {
			t.Errorf("a regional manager: %v", err)
		}
		if _, _, err := h.Survey(head, "", nil); errs.CodeOf(err) != "auth.forbidden" {
			t.Errorf("a regional manager: %v", err)
		}
		if _, err := h.Begin(h.ctx, "other"); errs.CodeOf(err) != "ownership.unknown_rules" {
			t.Errorf("an unknown rulebook: %v", err)
		}
	})
}
