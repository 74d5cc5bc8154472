package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strconv"

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
	what, err := middle(ctx, a.DB, o.cases)
	if err != nil {
		return err
	}
	c, err := newClient(ctx, a)
	if err != nil {
		return err
	}
	for _, who := range []struct{ login, is string }{{"lin", "clerk"}, {"east.manager", "manager"}, {"director", "director"}} {
		for _, s := range listsOf(who.login, what) {
			if err := c.measure(sort{fmt.Sprintf("%s: %s, of %d, as a %s", name, s.name, o.cases, who.is), s.target, 0, s.login, s.path}, min(o.rounds, 60), r); err != nil {
				return err
			}
		}
	}
	return nil
}

// asked is what people ask for: behind which case or task they are, the number of a case, part of a customer's name, its phone.
type asked struct{ after, afterTask, number, name, phone string }

// middle gives what people ask for in the middle of all cases.
func middle(ctx context.Context, d *db.DB, n int) (asked, error) {
	var f asked
	var due int64
	id := int64(copyBase + n/2)
	err := db.Get(ctx, d.Read(), `SELECT c.number, c.next_due_at, k.name, p.phone FROM proc_case c JOIN customer k ON k.id = c.customer_id
		JOIN contact p ON p.customer_id = k.id WHERE c.id = ? ORDER BY p.id LIMIT 1`, []any{id}, &f.number, &due, &f.name, &f.phone)
	f.after = db.EncodeCursor("9", strconv.FormatInt(due, 10), strconv.FormatInt(id, 10))
	f.afterTask = db.EncodeCursor("9", strconv.FormatInt(due, 10), strconv.FormatInt(id, 10), "1")
	f.name = string([]rune(f.name)[2:4])
	return f, err
}

// listsOf gives the lists that one person asks for: first pages, the page after the hundredth, counts, filters, orders and searches.
func listsOf(login string, f asked) []sort {
	list := func(query string) func(int) string {
		return func(n int) string { return fmt.Sprintf("/api/v1/cases?%s&limit=%d", query, 40+n%11) }
	}
	fixed := func(path string) func(int) string { return func(int) string { return path } }
	return []sort{
		{"list of open cases", 100, 0, login, list("status=running,paused")},
		{"list of all cases", 100, 0, login, list("")},
		{"list of one's own cases", 100, 0, login, list("mine=true")},
		{"list of the newest cases", 100, 0, login, list("sort=newest")},
		{"list of late cases", 100, 0, login, list("overdue=true")},
		{"list of late cases, newest first", 100, 0, login, list("overdue=true&sort=newest")},
		{"list of paused cases", 100, 0, login, list("status=paused")},
		{"list of a procedure", 100, 0, login, list("procedure=gift&status=running,paused")},
		{"list of a procedure nobody began", 100, 0, login, list("procedure=none")},
		{"list of a kind", 100, 0, login, list("kind=approval")},
		{"next page of open cases", 100, 0, login, list("status=running,paused&cursor=" + f.after)},
		{"next page of the newest cases", 100, 0, login, list("sort=newest&cursor=" + f.after)},
		{"count of open cases", 100, 0, login, fixed("/api/v1/cases/count?status=running,paused")},
		{"count of late cases", 100, 0, login, fixed("/api/v1/cases/count?overdue=true")},
		{"cases by their number", 100, 0, login, list("q=" + url.QueryEscape(f.number))},
		{"cases by a customer's name", 100, 0, login, list("q=" + url.QueryEscape(f.name))},
		{"cases by a customer's phone", 100, 0, login, list("q=" + url.QueryEscape(f.phone))},
		{"inbox", 100, 0, login, func(n int) string { return fmt.Sprintf("/api/v1/inbox?limit=%d", 40+n%11) }},
		{"next page of the inbox", 100, 0, login, func(n int) string { return fmt.Sprintf("/api/v1/inbox?limit=%d&cursor=%s", 40+n%11, f.afterTask) }},
	}
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
	if err := copyCases(ctx, a.DB, first, n); err != nil {
		return err
	}
	_, err = a.Procedures.PassTime(ctx) // makes what the copies are found by
	return err
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
			"INSERT INTO proc_party (case_id, " + partySame + ") " + numbers + "SELECT " + place + ", " + partySame + " FROM proc_party p CROSS JOIN n WHERE p.case_id = ?",
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
		const spread = "UPDATE %[1]s SET priority = CASE WHEN %[2]s %% 10 = 0 THEN 1 ELSE 9 END, next_due_at = next_due_at + (%[2]s %% 8000 - 6000) * 60000000%[3]s WHERE %[2]s < ?"
		for _, t := range [][3]any{
			{"proc_case", "id", ", termed = 0"}, {"proc_task", "case_id", ", due_at = due_at + (case_id % 8000 - 6000) * 60000000"}, {"proc_party", "case_id", ""},
		} {
			if _, err := q.Exec(ctx, fmt.Sprintf(spread, t[:]...), copyBase+n); err != nil {
				return err
			}
		}
		return nil
	})
}
