package review

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/files"
	"kezhi/internal/flow"
	"kezhi/internal/grading"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/procedure"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

const dealer = "dealer-annual-grading"

// kit is a company with two regions, people in them, and the dealer rulebook in force.
type kit struct {
	t     testing.TB
	db    *db.DB
	sys   context.Context
	at    time.Time
	run   *job.Runner
	bus   *event.Bus
	grade *grading.Service
	s     *Service
	cases *procedure.Service
	ids   map[string]int64 // of customers by code
	units map[string]int64
	users map[string]int64
}

func newKit(t testing.TB, d *db.DB) *kit {
	t.Helper()
	k := &kit{t: t, db: d, at: time.Date(2025, 12, 25, 1, 0, 0, 0, time.UTC), ids: map[string]int64{}, units: map[string]int64{}, users: map[string]int64{}}
	k.sys = authz.With(context.Background(), authz.System("test"))
	k.build()
	k.unit("company", "")
	k.unit("east", "company")
	k.unit("west", "company")
	for _, p := range [][3]string{
		{"director", "company", authz.RoleDirector},
		{"east", "east", authz.RoleRegionalManager},
		{"west", "west", authz.RoleRegionalManager},
		{"lin", "east", authz.RoleCustomerManager},
		{"auditor", "company", authz.RoleAuditor},
		{"sales", "company", authz.RoleAuditor},
		{"boss", "company", authz.RoleAuditor},
	} {
		k.user(p[0], p[1], p[2])
	}
	k.appoint()
	return k
}

// build makes the services, as a process does when it starts.
func (k *kit) build() {
	k.t.Helper()
	now := clock.Clock(func() time.Time { return k.at })
	loc := time.FixedZone("CST", 8*3600)
	log := slog.New(slog.DiscardHandler)
	k.bus = event.NewBus(k.db, now, log)
	queue := job.NewQueue(k.db, now)
	k.run = job.NewRunner(queue, log, func(context.Context, int64) string { return "test" })
	books := rulebook.New(k.db, now, loc, k.bus, log)
	customers := customer.New(k.db, now, loc, k.bus, queue)
	k.grade = grading.New(k.db, now, loc, k.bus, k.run, books, customers)
	store, err := files.New(k.db, k.t.(interface{ TempDir() string }).TempDir(), now)
	if err != nil {
		k.t.Fatal(err)
	}
	k.cases = procedure.New(procedure.Deps{
		DB: k.db, Now: now, Loc: loc, Work: k.work(), Bus: k.bus, Queue: queue, Customers: customers, Facts: fact.New(k.db, now, loc, k.bus, customers), Files: store,
		Books: k.editions(books), Log: log,
	})
	k.s = New(Deps{DB: k.db, Now: now, Loc: loc, Bus: k.bus, Runner: k.run, Books: books, Gradings: k.grade, Customers: customers, Files: store, Cases: k.cases})
	for _, jobs := range []map[string]job.Handler{k.grade.Jobs(), k.s.Jobs()} {
		for kind, h := range jobs {
			k.run.Register(kind, h)
		}
	}
	k.s.Subscribe(k.bus)
	if err := books.Sync(k.sys); err != nil {
		k.t.Fatal(err)
	}
	if len(k.ids) == 0 {
		if _, err := books.Adopt(k.sys, rulebook.AdoptInput{Rulebook: dealer, EffectiveFrom: onDay("2024-01-01")}); err != nil {
			k.t.Fatal(err)
		}
	}
}

func (k *kit) work() *calendar.Working {
	k.t.Helper()
	w, err := calendar.China()
	k.must(err)
	return w
}

// editions gives the procedures of the rulebooks in force, as the composition root does.
func (k *kit) editions(books *rulebook.Service) procedure.Books {
	edition := func(f rulebook.InForce) *procedure.Edition {
		return procedure.EditionOf(f.Book, f.Program, f.Adoption.ID)
	}
	return procedure.Books{
		InForce: func(_ context.Context, q db.Q, on calendar.Date) ([]*procedure.Edition, error) {
			all, err := books.AllInForce(k.sys, q, on)
			out := make([]*procedure.Edition, len(all))
			for i := range all {
				out[i] = edition(all[i])
			}
			return out, err
		},
		Adopted: func(_ context.Context, q db.Q, adoptionID int64) (*procedure.Edition, error) {
			f, err := books.Adopted(k.sys, q, adoptionID)
			if err != nil {
				return nil, err
			}
			return edition(f), nil
		},
	}
}

// appoint gives the posts that no role of the organisation is.
func (k *kit) appoint() {
	k.t.Helper()
	for post, who := range map[string]string{"sales_manager": "sales", "general_manager": "boss"} {
		_, err := k.cases.Appoint(k.sys, procedure.HoldingInput{Post: post, UserID: k.users[who], From: onDay("2025-01-01"), Until: calendar.None})
		k.must(err)
	}
}

// decide has somebody agree to the case of a line, or refuse it with an opinion.
func (k *kit) decide(who string, reviewID int64, code, refusal string) error {
	k.t.Helper()
	in := procedure.ActInput{Act: flow.Act{Kind: flow.ActDecide, Decision: flow.Agree, Reason: "符合条件"}}
	if refusal != "" {
		in.Decision, in.Reason = flow.Reject, refusal
	}
	_, err := k.cases.Act(k.as(who), k.line(reviewID, code).CaseID, in)
	return err
}

// signAll has everybody sign for a customer.
func (k *kit) signAll(reviewID int64, code string) {
	k.t.Helper()
	for _, who := range []string{"sales", "director", "boss"} {
		k.must(k.decide(who, reviewID, code, ""))
	}
}

func onDay(s string) calendar.Date {
	d, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func (k *kit) tx(fn func(q db.Q) error) {
	k.t.Helper()
	if err := k.db.InTx(k.sys, fn); err != nil {
		k.t.Fatal(err)
	}
}

func (k *kit) exec(sql string, args ...any) {
	k.t.Helper()
	k.tx(func(q db.Q) error { _, err := q.Exec(k.sys, sql, args...); return err })
}

func (k *kit) one(sql string, args ...any) int64 {
	k.t.Helper()
	n, err := db.One(k.sys, k.db.Read(), sql, args, firstInt)
	if err != nil {
		k.t.Fatal(err)
	}
	return n
}

func (k *kit) unit(name, parent string) {
	k.t.Helper()
	k.units[name] = id.New(k.at)
	k.exec("INSERT INTO unit (id, parent_id, code, name_zh, name_en, created_at) VALUES (?,?,?,?,?,0)", k.units[name], k.units[parent], name, name, name)
}

func (k *kit) user(name, unit, role string) {
	k.t.Helper()
	k.users[name] = id.New(k.at)
	k.exec(`INSERT INTO app_user (id, login, name, email, password_hash, unit_id, state, locale, theme, prefs, must_change_password, version, created_at, updated_at)
		VALUES (?,?,?,'','',?,'active','zh','light','{}',0,1,0,0)`, k.users[name], name, name, k.units[unit])
	k.exec("INSERT INTO user_role (user_id, role) VALUES (?,?)", k.users[name], role)
}

// as gives the context of somebody who is signed in.
func (k *kit) as(name string) context.Context {
	k.t.Helper()
	roles, err := rolesOf(k.sys, k.db.Read(), k.users[name])
	if err != nil {
		k.t.Fatal(err)
	}
	tree, err := unitTree(k.sys, k.db.Read())
	if err != nil {
		k.t.Fatal(err)
	}
	p, err := personOf(k.sys, k.db.Read(), k.users[name])
	if err != nil {
		k.t.Fatal(err)
	}
	return authz.With(context.Background(), authz.Actor{UserID: k.users[name], Name: name, Grants: authz.GrantsOf(roles), UnitIDs: below(tree, p.unit)})
}

// customer adds a customer of somebody with sales of the year (in fen, in twelve orders) and its payments.
func (k *kit) customer(code, owner string, yearly int64, since string) {
	k.t.Helper()
	n := id.New(k.at)
	k.ids[code] = n
	p, err := personOf(k.sys, k.db.Read(), k.users[owner])
	if err != nil {
		k.t.Fatal(err)
	}
	k.exec(`INSERT INTO customer (id, code, party, name, name_en, former_names, name_key, sort_key, kind, status, region, industry, address, owner_id, unit_id, custom, note,
			import_id, version, created_by, created_at, updated_at) VALUES (?,?,'org',?,'','[]',?,?,'dealer','active','','','',?,?,'{}','',0,1,0,0,0)`,
		n, code, "客户"+code, code, code, k.users[owner], p.unit)
	k.exec("INSERT INTO customer_code (code, customer_id) VALUES (?,?)", code, n)
	first := max(onDay(since), onDay("2025-01-10"))
	for d := first; d <= onDay("2025-12-20"); d = d.AddMonths(1) {
		k.fact(n, d, "order", yearly/12, "{}")
		k.fact(n, d.AddDays(2), "payment", yearly/12, `{"days_to_pay":20}`)
	}
	k.exec("UPDATE fact_mark SET seq = seq + 1 WHERE id = 1")
}

func (k *kit) fact(customerID int64, on calendar.Date, kind string, amount int64, attrs string) {
	k.t.Helper()
	k.exec(`INSERT INTO fact (customer_id, occurred_on, id, kind, occurred_at, amount, currency, quantity, status, document, product, attrs, batch_id, reverses, recorded_by, recorded_at)
		VALUES (?,?,?,?,NULL,?,'CNY',1,'shipped',?,'',?,0,0,0,?)`, customerID, on, id.New(k.at), kind, amount, fmt.Sprint(kind, on), attrs, clock.Micros(k.at))
}

// company adds customers to both regions: a strong, a middling and a weak one in the east, two in the west, one of them new.
func (k *kit) company() {
	k.t.Helper()
	k.customer("E1", "lin", 600_000_000, "2024-01-10")
	k.customer("E2", "lin", 120_000_000, "2024-01-10")
	k.customer("E3", "east", 2_400_000, "2024-01-10")
	k.customer("W1", "west", 300_000_000, "2024-01-10")
	k.customer("W2", "west", 60_000_000, "2025-09-10")
}

// jobs does everything that is due.
func (k *kit) jobs() {
	k.t.Helper()
	for {
		if _, err := k.bus.Dispatch(k.sys); err != nil {
			k.t.Fatal(err)
		}
		worked, err := k.run.RunDue(k.sys)
		if err != nil {
			k.t.Fatal(err)
		}
		if !worked {
			break
		}
	}
	for _, text := range k.texts("SELECT kind || ' ' || error_code FROM job WHERE error_code <> ''") {
		k.t.Errorf("job %s", text)
	}
}

func (k *kit) texts(sql string, args ...any) []string {
	k.t.Helper()
	list, err := db.List(k.sys, k.db.Read(), sql, args, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	if err != nil {
		k.t.Fatal(err)
	}
	return list
}

func (k *kit) on(date string) {
	k.at = onDay(date).Midnight(time.FixedZone("CST", 8*3600)).Add(10 * time.Hour)
}

// open opens a campaign and lists its customers.
func (k *kit) open() Review {
	k.t.Helper()
	r, _, err := k.s.Open(k.as("director"), OpenInput{Rulebook: dealer, RateBy: calendar.None, ClosesOn: calendar.None, EffectiveOn: calendar.None})
	if err != nil {
		k.t.Fatal(err)
	}
	k.jobs()
	return k.review(r.ID)
}

func (k *kit) review(reviewID int64) Review {
	k.t.Helper()
	r, err := getReview(k.sys, k.db.Read(), reviewID)
	if err != nil {
		k.t.Fatal(err)
	}
	return r
}

func (k *kit) line(reviewID int64, code string) Line {
	k.t.Helper()
	l, err := getLine(k.sys, k.db.Read(), reviewID, k.ids[code])
	if err != nil {
		k.t.Fatal(err)
	}
	return l
}

// fill is what a region says: so many points for the influence, and whether it is like an A customer.
func fill(points, profile string) FillInput {
	return FillInput{Values: []Value{{Item: "local_influence", Value: points, Reason: "门店多"}, {Item: "a_profile", Value: profile, Reason: "骨干"}}, Note: "合作稳定"}
}

func (k *kit) rate(reviewID int64, who, code, points, profile string) Line {
	k.t.Helper()
	l, err := k.s.Submit(k.as(who), reviewID, k.ids[code], fill(points, profile))
	if err != nil {
		k.t.Fatalf("%s rates %s: %v", who, code, err)
	}
	return l
}

func (k *kit) refused(err error, code string) {
	k.t.Helper()
	if errs.CodeOf(err) != code {
		k.t.Errorf("%v, want %s", err, code)
	}
}

func (k *kit) must(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

type ruleItem = rule.ExplainedItem

type ruleInput = rule.ExplainedInput
