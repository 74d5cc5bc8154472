package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/demo"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
	"kezhi/internal/rulebook"
)

// caseLists measures the list of cases and the inbox over very many open cases, as a clerk, a regional manager and the director
// ask for them, through HTTP.
func caseLists(ctx context.Context, o options, r *report) error {
	if err := caseListsOn(ctx, o, r, "SQLite", ""); err != nil {
		return err
	}
	base := os.Getenv(postgresVariable)
	if base == "" {
		r.skip("case lists on PostgreSQL", "no server; run it as: go run ./test/withpg -- go run ./bench")
		return nil
	}
	dsn, drop, err := freshPostgres(ctx, base, "bench_case_lists")
	if err != nil {
		return err
	}
	defer drop()
	return caseListsOn(ctx, o, r, "PostgreSQL", dsn)
}

func caseListsOn(ctx context.Context, o options, r *report, name, dsn string) error {
	dir, err := os.MkdirTemp("", "kezhi-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	cfg := configOf(dir)
	cfg.DB = dsn
	a, err := app.NewAt(ctx, cfg, slog.New(slog.DiscardHandler), stopped(cfg.Location()))
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	if err := fillCases(authz.With(ctx, authz.System("bench")), a, o.cases); err != nil {
		return err
	}
	c, err := newClient(ctx, a)
	if err != nil {
		return err
	}
	for _, who := range []struct{ login, is string }{{"lin", "clerk"}, {"east.manager", "manager"}, {"director", "director"}} {
		for _, s := range []sort{
			{"list of open cases", 100, 0, who.login, func(n int) string { return fmt.Sprintf("/api/v1/cases?status=running,paused&limit=%d", 40+n%11) }},
			{"list of all cases", 100, 0, who.login, func(n int) string { return fmt.Sprintf("/api/v1/cases?limit=%d", 40+n%11) }},
			{"list of one's own cases", 100, 0, who.login, func(n int) string { return fmt.Sprintf("/api/v1/cases?mine=true&limit=%d", 40+n%11) }},
			{"list of the newest cases", 100, 0, who.login, func(n int) string { return fmt.Sprintf("/api/v1/cases?sort=newest&limit=%d", 40+n%11) }},
			{"list of late cases", 100, 0, who.login, func(n int) string { return fmt.Sprintf("/api/v1/cases?overdue=true&limit=%d", 40+n%11) }},
			{"inbox", 100, 0, who.login, func(n int) string { return fmt.Sprintf("/api/v1/inbox?limit=%d", 40+n%11) }},
		} {
			s.name = fmt.Sprintf("%s: %s, of %d, as a %s", name, s.name, o.cases, who.is)
			if err := c.measure(s, min(o.rounds, 60), r); err != nil {
				return err
			}
		}
	}
	return nil
}

// fillCases makes a company in which every customer manager has begun cases of three kinds, which wait at the desks of the order
// clerk (lin) and of the regional managers, and copies them until there are as many as wanted.
func fillCases(ctx context.Context, a *app.App, n int) error {
	small := shape{organisations: 400, contactsEach: 1, busy: 1}
	b := &builder{App: a, shape: small, c: demo.Generate(small.options())}
	if err := b.people(ctx); err != nil {
		return err
	}
	if err := b.customers(ctx); err != nil {
		return err
	}
	if _, err := a.Rulebooks.Adopt(ctx, rulebook.AdoptInput{Rulebook: "house-approvals", EffectiveFrom: today.AddDays(-30)}); err != nil {
		return err
	}
	users, err := userIDs(ctx, a.DB)
	if err != nil {
		return err
	}
	if _, err := a.Procedures.Appoint(ctx, procedure.HoldingInput{Post: "order_clerk", UserID: users["lin"], From: today.AddDays(-30), Until: calendar.None}); err != nil {
		return err
	}
	var first []int64
	seen := map[int]int{}
	for i, c := range b.c.Customers {
		if c.Owner < 0 || seen[c.Owner] == 3 || b.c.Staff[c.Owner].Role != authz.RoleCustomerManager {
			continue
		}
		made, err := b.begin(ctx, i, seen[c.Owner])
		if err != nil {
			return err
		}
		seen[c.Owner]++
		first = append(first, made)
	}
	return copyCases(ctx, a.DB, first, n)
}

// begin begins a case of one of three kinds in the name of the customer's owner.
func (b *builder) begin(ctx context.Context, i, kind int) (int64, error) {
	in := procedure.StartInput{Rulebook: "house-approvals", CustomerID: b.ids[i]}
	switch kind {
	case 0:
		in.Procedure, in.Answers = "supply", flow.Answers{"what": {Text: "supply"}, "goods": {Text: "变频空调"}, "quantity": {Text: "40"}, "wanted": {Text: "2026-07-01"}}
	case 1:
		in.Procedure, in.Answers = "duty_waiver", flow.Answers{"duty": {Text: "1"}, "reason": {Text: "客户停业装修"}}
	default:
		in.Procedure, in.Answers = "gift", flow.Answers{"what": {Text: "茶叶"}, "value": {Text: "300"}, "occasion": {Text: "中秋"}, "to": {Text: "采购部"}}
	}
	c, err := b.Customers.Get(ctx, b.ids[i])
	if err != nil {
		return 0, err
	}
	owner := authz.Actor{UserID: c.OwnerID, Name: "bench", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager}), UnitIDs: []int64{c.UnitID}}
	made, err := b.Procedures.Start(authz.With(ctx, owner), in)
	if err != nil {
		return 0, fmt.Errorf("%s for %s: %w", in.Procedure, id.String(c.ID), err)
	}
	return made.ID, nil
}

// copyCases copies each case until there are as many as wanted, one in ten of a customer who comes first, with limits spread
// over some days before and after now.
func copyCases(ctx context.Context, d *db.DB, first []int64, n int) error {
	rounds := n / len(first)
	const numbers = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?) "
	for k, one := range first {
		place := fmt.Sprintf("%d + n.i * %d", copyBase+k, len(first))
		for _, text := range []string{
			"INSERT INTO proc_case (id, number, " + caseSame + ") " + numbers + "SELECT " + place + ", c.number || '-' || CAST(n.i AS TEXT), " + caseSame + " FROM proc_case c CROSS JOIN n WHERE c.id = ?",
			"INSERT INTO proc_task (case_id, " + taskSame + ") " + numbers + "SELECT " + place + ", " + taskSame + " FROM proc_task t CROSS JOIN n WHERE t.case_id = ?",
			"INSERT INTO proc_party (case_id, user_id) " + numbers + "SELECT " + place + ", p.user_id FROM proc_party p CROSS JOIN n WHERE p.case_id = ?",
		} {
			if err := d.InTx(ctx, func(q db.Q) error {
				_, err := q.Exec(ctx, text, rounds, one)
				return err
			}); err != nil {
				return err
			}
		}
	}
	return d.InTx(ctx, func(q db.Q) error {
		const spread = "CASE WHEN %[1]s %% 10 = 0 THEN 1 ELSE 9 END, %[2]s = %[2]s + (%[1]s %% 8000 - 3000) * 60000000"
		if _, err := q.Exec(ctx, fmt.Sprintf("UPDATE proc_case SET priority = "+spread+" WHERE id < ?", "id", "next_due_at"), copyBase+n); err != nil {
			return err
		}
		_, err := q.Exec(ctx, fmt.Sprintf("UPDATE proc_task SET priority = "+spread+" WHERE case_id < ?", "case_id", "due_at"), copyBase+n)
		return err
	})
}
