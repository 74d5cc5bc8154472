package app

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/config"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/org"
	"kezhi/internal/procedure"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
	"kezhi/internal/user"
)

const (
	keyAccounts = "key-accounts"
	approvals   = "house-approvals"
)

// company is an organisation with the people approvals need, two customers and the shipped approvals in force.
type company struct {
	*App
	t   testing.TB
	now time.Time
	sys context.Context
	who map[string]user.User
	ids map[string]int64
}

// openCompany gives the program on a database, with the people it knows.
// masterKey is that of every company of the tests: they are opened again and again, in folders of their own.
const masterKey = "kezhi-master-1-AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

func openCompany(t testing.TB, d *db.DB) *company {
	t.Helper()
	k := &company{t: t, now: time.Date(2026, 6, 30, 2, 0, 0, 0, time.UTC), who: map[string]user.User{}, ids: map[string]int64{}}
	k.sys = authz.With(context.Background(), authz.System("test"))
	cfg := config.Default()
	cfg.Data = t.TempDir()
	cfg.Keys.Text = masterKey
	a, err := build(k.sys, cfg, slog.New(slog.DiscardHandler), clock.Clock(func() time.Time { return k.now }), d)
	if err != nil {
		t.Fatal(err)
	}
	k.App = a
	list, err := a.Users.List(k.sys)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range list {
		k.who[u.Login] = u
	}
	return k
}

func newCompany(t testing.TB, d *db.DB) *company {
	t.Helper()
	k := openCompany(t, d)
	a := k.App
	unit, err := a.Units.Create(k.sys, org.Input{Code: new("east"), NameZh: new("华东"), NameEn: new("East")})
	if err != nil {
		t.Fatal(err)
	}
	for login, roles := range map[string][]string{
		"zhao": {authz.RoleDirector}, "sun": {authz.RoleAuditor}, "qian": {authz.RoleRegionalManager}, "li": {authz.RoleCustomerManager}, "wu": {authz.RoleAuditor}, "chen": {authz.RoleAdmin},
	} {
		password := "correct horse battery"
		u, err := a.Users.Create(k.sys, user.Input{Login: &login, Name: &login, Password: &password, Roles: &roles, UnitID: &unit.ID})
		if err != nil {
			t.Fatal(err)
		}
		k.who[login] = u
	}
	for login, post := range map[string]string{"sun": "general_manager", "wu": "finance", "zhao": "sales_manager"} {
		if _, err := a.Procedures.Appoint(k.sys, procedure.HoldingInput{Post: post, UserID: k.who[login].ID, From: k.today(), Until: calendar.None}); err != nil {
			t.Fatal(err)
		}
	}
	for i, name := range []string{"东海瑞丰商贸有限公司", "南山五金有限公司"} {
		c, err := a.Customers.Create(k.sys, customer.Input{Name: name, OwnerID: k.who["li"].ID})
		if err != nil {
			t.Fatal(err)
		}
		k.ids[fmt.Sprint("C", i)] = c.ID
		amount := int64(100_000_00)
		if _, err := a.Facts.Record(k.sys, fact.Input{CustomerID: c.ID, Kind: "order", On: k.today().AddDays(-20), Amount: &amount, Currency: "CNY", Status: "shipped", Document: fmt.Sprint("D", i)}); err != nil {
			t.Fatal(err)
		}
	}
	k.adopt(keyAccounts)
	k.adopt(approvals)
	return k
}

func (k *company) today() calendar.Date { return k.Rulebooks.Today() }

func (k *company) adopt(name string) {
	k.t.Helper()
	if _, err := k.Rulebooks.Adopt(k.sys, rulebook.AdoptInput{Rulebook: name, EffectiveFrom: k.today()}); err != nil {
		k.t.Fatal(err)
	}
}

// as gives the context of somebody who is signed in.
func (k *company) as(login string) context.Context {
	u := k.who[login]
	return authz.With(context.Background(), authz.Actor{UserID: u.ID, Name: u.Name, UnitIDs: []int64{u.UnitID}, Grants: authz.GrantsOf(u.Roles)})
}

// drain lets everything happen that waits.
func (k *company) drain() {
	k.t.Helper()
	if err := k.Drain(k.sys); err != nil {
		k.t.Fatal(err)
	}
}

// decide agrees to or rejects a case as somebody.
func (k *company) decide(login string, caseID int64, decision string) error {
	_, err := k.Procedures.Act(k.as(login), caseID, procedure.ActInput{Act: flow.Act{Kind: flow.ActDecide, Decision: decision, Reason: "意见"}})
	k.drain()
	return err
}

func (k *company) must(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

func (k *company) standing(code string) string {
	k.t.Helper()
	list, err := k.Gradings.Standings(k.sys, k.ids[code])
	if err != nil || len(list) == 0 {
		k.t.Fatalf("%v %v", list, err)
	}
	return list[0].Code
}

func text(s string) flow.Answer { return flow.Answer{Text: s} }

// overriding begins a case that asks for a grade.
func (k *company) overriding(scheme, to, until string) (procedure.Case, error) {
	k.t.Helper()
	f, err := k.Files.Put(k.as("qian"), strings.NewReader("%PDF-1.4 x"), "证明.pdf", "application/pdf", 1<<20)
	k.must(err)
	return k.Procedures.Start(k.as("qian"), procedure.StartInput{Rulebook: approvals, Procedure: "verdict_override", CustomerID: k.ids["C0"], Answers: flow.Answers{
		"scheme": text(scheme), "to": text(to), "until": text(until), "reason": text("并购后规模翻倍"), "proof": {Many: []string{id.String(f.ID)}},
	}})
}

// An approved override is the customer's grade at once and ends by itself; what could never take effect is not even asked for.
func TestAnApprovedOverrideIsTheGrade(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newCompany(t, d)
		_, err := k.Gradings.Start(k.sys, keyAccounts, k.today())
		k.must(err)
		k.drain()
		if got := k.standing("C0"); got != "strategic" {
			t.Fatal(got)
		}
		for _, c := range [][4]string{
			{"dealer", "B", "2026-12-31", "override.unknown_scheme"}, {"key-account", "B", "2026-12-31", "override.unknown_grade"}, {"key-account", "key", "2026-06-29", "override.ended"},
		} {
			if _, err := k.overriding(c[0], c[1], c[2]); errs.CodeOf(err) != c[3] {
				t.Errorf("%v: %v", c, err)
			}
		}
		c, err := k.overriding("key-account", "ordinary", "2026-07-01")
		k.must(err)
		if got := k.standing("C0"); got != "strategic" {
			t.Errorf("not decided yet, but %s", got)
		}
		k.now = k.now.Add(time.Minute)
		k.must(k.decide("zhao", c.ID, flow.Agree))
		if got := k.standing("C0"); got != "ordinary" {
			t.Errorf("approved, but %s", got)
		}
		e, err := k.Gradings.Explain(k.sys, k.code("C0"), keyAccounts)
		k.must(err)
		x := e.Explanation.Decided
		if x == nil || x.Without != "strategic" || x.By != "zhao" || !strings.Contains(x.Reason, "并购") || x.Until != "2026-07-01" || x.Basis == nil || x.Basis.Rulebook != approvals || x.Basis.Number != "4.2" {
			t.Errorf("%+v", x)
		}
		list, err := k.Gradings.Decisions(k.sys, k.ids["C0"])
		if err != nil || len(list) != 1 || list[0].SourceID != c.ID {
			t.Errorf("%+v %v", list, err)
		}
		k.now = k.now.AddDate(0, 0, 2)
		spec, _ := k.Gradings.Daily()
		k.must(k.DB.InTx(k.sys, func(q db.Q) error { _, err := k.Queue.Enqueue(k.sys, q, spec); return err }))
		k.drain()
		if got := k.standing("C0"); got != "strategic" {
			t.Errorf("after its last day: %s", got)
		}
		late, err := k.overriding("key-account", "ordinary", "2026-07-03")
		k.must(err)
		k.now = k.now.AddDate(0, 0, 5)
		if err := k.decide("zhao", late.ID, flow.Agree); errs.CodeOf(err) != "override.ended" {
			t.Errorf("approved after its last day: %v", err)
		}
	})
}

func (k *company) code(name string) string {
	k.t.Helper()
	c, err := k.Customers.Get(k.sys, k.ids[name])
	k.must(err)
	return c.Code
}

// newVersion uploads the next version of a shipped rulebook.
func (k *company) newVersion(version string) {
	k.t.Helper()
	e, err := k.Rulebooks.Get(k.sys, keyAccounts)
	k.must(err)
	old, err := k.Rulebooks.Edition(k.sys, keyAccounts, e.Newest.Version)
	k.must(err)
	files := map[string]string{}
	for name, body := range old.Files {
		files[name] = strings.Replace(body, "version: "+e.Newest.Version, "version: "+version, 1)
	}
	_, err = k.Rulebooks.Upload(k.sys, files)
	k.must(err)
}

func (k *company) send(login, version string) (rulebook.Request, error) {
	r, err := k.Rulebooks.RequestAdoption(k.as(login), rulebook.AdoptInput{Rulebook: keyAccounts, Version: version, EffectiveFrom: calendar.None, Note: "试用一年后修订"})
	k.drain()
	return r, err
}

func (k *company) inForce() string {
	k.t.Helper()
	in, err := k.Rulebooks.InForce(k.sys, k.DB.Read(), keyAccounts, k.today())
	k.must(err)
	return in.Version
}

// With approvals in force a version is adopted by the case that decides on it, and by nothing else.
func TestAdoptionIsDecidedByItsCase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newCompany(t, d)
		before := k.inForce()
		k.newVersion("9.0.0")
		if _, err := k.Rulebooks.Adopt(k.as("zhao"), rulebook.AdoptInput{Rulebook: keyAccounts, Version: "9.0.0", EffectiveFrom: calendar.None}); errs.CodeOf(err) != "rulebook.by_case" {
			t.Errorf("beside the case: %v", err)
		}
		by := procedure.StartInput{Rulebook: approvals, Procedure: "adoption", Answers: flow.Answers{"book": text(keyAccounts)}}
		if _, err := k.Procedures.Start(k.as("zhao"), by); errs.CodeOf(err) != "procedure.begun_elsewhere" {
			t.Errorf("by hand: %v", err)
		}
		list, err := k.Procedures.Startable(k.as("zhao"), 0)
		k.must(err)
		for _, s := range list {
			if s.Key == "adoption" {
				t.Error("it is offered to be begun by hand")
			}
		}
		refused, err := k.send("chen", "9.0.0")
		k.must(err)
		if _, err := k.send("zhao", "9.0.0"); errs.CodeOf(err) != "rulebook.request_open" {
			t.Errorf("a second one: %v", err)
		}
		k.must(k.decide("wu", refused.CaseID, flow.Reject))
		k.must(k.decide("zhao", refused.CaseID, flow.Reject))
		if r, err := k.Rulebooks.GetRequest(k.sys, refused.ID); err != nil || r.State != rulebook.RequestRefused || r.Reason != "意见" || k.inForce() != before {
			t.Errorf("refused: %+v %v", r, err)
		}
		r, err := k.send("chen", "9.0.0")
		k.must(err)
		box, err := k.Procedures.Inbox(k.as("wu"), procedure.InboxFilter{Limit: 10})
		if err != nil || len(box.Items) != 1 || box.Items[0].About == nil {
			t.Fatalf("%+v %v", box.Items, err)
		}
		about := box.Items[0].About
		said := fmt.Sprint(about.Facts)
		if !strings.Contains(about.Title.Zh, "9.0.0") || !strings.Contains(said, before) || !strings.Contains(said, "适用 2 户，变动 0 户") {
			t.Errorf("%+v", about)
		}
		k.must(k.decide("wu", r.CaseID, flow.Agree))
		k.must(k.decide("qian", r.CaseID, flow.Agree))
		if k.inForce() != before {
			t.Error("in force before the last one decided")
		}
		k.must(k.decide("sun", r.CaseID, flow.Agree))
		if r, err = k.Rulebooks.GetRequest(k.sys, r.ID); err != nil || r.State != rulebook.RequestApproved || r.AdoptionID == 0 || r.DecidedBy != k.who["sun"].ID || k.inForce() != "9.0.0" {
			t.Errorf("approved: %+v %v, in force %s", r, err, k.inForce())
		}
		if a, err := k.Rulebooks.Return(k.as("zhao"), keyAccounts, "", "试行不成功"); err != nil || a.Version != before {
			t.Errorf("put back: %+v %v", a, err)
		}
		k.newVersion("9.1.0")
		w, err := k.send("chen", "9.1.0")
		k.must(err)
		_, err = k.Procedures.Act(k.as("chen"), w.CaseID, procedure.ActInput{Act: flow.Act{Kind: flow.ActWithdraw, Reason: "还要修改"}})
		k.must(err)
		if r, err := k.Rulebooks.GetRequest(k.sys, w.ID); err != nil || r.State != rulebook.RequestWithdrawn {
			t.Errorf("withdrawn: %+v %v", r, err)
		}
	})
}

// Without a procedure in force the post that the text names adopts, and nothing is sent.
func TestWithoutAProcedureAdoptionIsDirect(t *testing.T) {
	k := newCompany(t, dbtest.SQLite(t))
	k.must(k.DB.InTx(k.sys, func(q db.Q) error {
		_, err := q.Exec(k.sys, "DELETE FROM adoption WHERE rulebook = ?", approvals)
		return err
	}))
	k.newVersion("9.0.0")
	if _, err := k.send("chen", "9.0.0"); errs.CodeOf(err) != "rulebook.adopt_directly" {
		t.Errorf("sent: %v", err)
	}
	if _, err := k.Rulebooks.Adopt(k.as("zhao"), rulebook.AdoptInput{Rulebook: keyAccounts, Version: "9.0.0", EffectiveFrom: calendar.None}); err != nil || k.inForce() != "9.0.0" {
		t.Errorf("directly: %v", err)
	}
}

// A customer is given up only at a grade for which a regulation that grades it foresees that.
func TestGivingUpIsForeseen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newCompany(t, d)
		giveUp := func() (procedure.Case, error) {
			return k.Procedures.Start(k.as("li"), procedure.StartInput{Rulebook: approvals, Procedure: "give_up", CustomerID: k.ids["C0"], Answers: flow.Answers{
				"reason": text("loss"), "facts": text("三年亏损"), "owed": text("0"), "from": text("2026-09-01"),
			}})
		}
		if _, err := giveUp(); err != nil {
			t.Fatalf("no regulation that grades it says anything: %v", err)
		}
		const graded = "spending-loyalty-behaviour"
		k.adopt(graded)
		stand := func(code string) {
			k.must(k.DB.InTx(k.sys, func(q db.Q) error {
				_, err := q.Exec(k.sys, `INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, as_of, since, previous_code)
					VALUES (?, 'cell-treatment', ?, 1, ?, 0, '', '2026-06-30', '2026-06-30', '') ON CONFLICT (customer_id, scheme) DO UPDATE SET code = excluded.code`, k.ids["C0"], graded, code)
				return err
			}))
		}
		stand("maintain")
		_, err := giveUp()
		if e, ok := errs.As(err); !ok || e.Code != "exit.not_foreseen" || e.Args["grades"] != "eliminate, give_up" {
			t.Errorf("at another grade: %v", err)
		}
		stand("give_up")
		c, err := giveUp()
		k.must(err)
		stand("maintain") // graded anew while the case was open
		var decided error
		for range 3 {
			for _, login := range []string{"zhao", "wu"} {
				if err := k.decide(login, c.ID, flow.Agree); errs.CodeOf(err) == "exit.not_foreseen" {
					decided = err
				}
			}
		}
		if decided == nil {
			t.Error("decided although no longer foreseen")
		}
	})
}

// The check of a rulebook finds an exit in cases that the regulation does not name.
func TestExitsAreChecked(t *testing.T) {
	k := newCompany(t, dbtest.SQLite(t))
	d, err := k.Rulebooks.Get(k.sys, approvals)
	k.must(err)
	e, err := k.Rulebooks.Edition(k.sys, approvals, d.Newest.Version)
	k.must(err)
	check := func(old, text string) string {
		files := map[string]string{}
		for name, body := range e.Files {
			files[name] = body
		}
		body := files[rule.FileRulebook]
		if !strings.Contains(body, old) {
			t.Fatalf("%q is not in the text", old)
		}
		files[rule.FileRulebook] = strings.Replace(body, old, text, 1)
		problems, err := k.Rulebooks.CheckFiles(k.sys, files)
		k.must(err)
		var codes []string
		for _, p := range problems {
			codes = append(codes, p.Code)
		}
		return strings.Join(codes, " ")
	}
	if got := check("version: ", "version: "); strings.Contains(got, "exit.") {
		t.Errorf("as shipped: %s", got)
	}
	if got := check("attrs: {reason: start.reason, from: start.from}", "attrs: {reason: start.facts, from: start.from}"); !strings.Contains(got, "exit.no_cases") {
		t.Errorf("any reason: %s", got)
	}
	if got := check("    number: \"FQ-{year}-{seq:4}\"\n    clause: \"4.3\"\n", "    number: \"FQ-{year}-{seq:4}\"\n"); !strings.Contains(got, "exit.no_clause") {
		t.Errorf("no clause: %s", got)
	}
}

// A post that somebody is appointed to is held, whatever the roles are.
func TestAppointedPostsAreHeld(t *testing.T) {
	k := newCompany(t, dbtest.SQLite(t))
	unheld := func() string {
		d, err := k.Rulebooks.Get(k.sys, approvals)
		k.must(err)
		problems, err := k.Rulebooks.Problems(k.sys, approvals, d.Newest.Version)
		k.must(err)
		var out []string
		for _, p := range problems {
			if p.Code == "role.unheld" {
				out = append(out, p.Message.En)
			}
		}
		return strings.Join(out, "\n")
	}
	before := unheld()
	if strings.Contains(before, "General manager") || !strings.Contains(before, "Credit officer") {
		t.Errorf("%s", before)
	}
	h, err := k.Procedures.Appoint(k.sys, procedure.HoldingInput{Post: "credit_officer", UserID: k.who["wu"].ID, From: k.today(), Until: calendar.None})
	k.must(err)
	if got := unheld(); strings.Contains(got, "Credit officer") {
		t.Errorf("appointed: %s", got)
	}
	_, err = k.Procedures.Dismiss(k.sys, h.ID, k.today().AddDays(-1))
	k.must(err)
	if got := unheld(); got != before {
		t.Errorf("dismissed: %s", got)
	}
}
