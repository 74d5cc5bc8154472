package app_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/config"
	"kezhi/internal/db"
	"kezhi/internal/fact"
	"kezhi/internal/flow"
	"kezhi/internal/grading"
	"kezhi/internal/procedure"
	"kezhi/internal/rulebook"
)

const clerk, agent = 51, 501

// desk is an installation in which one clerk holds every post of the regulation on complaints.
type desk struct {
	*app.App
	t   *testing.T
	at  time.Time
	sys context.Context
	me  context.Context
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, at: time.Date(2026, 5, 20, 2, 0, 0, 0, time.UTC), sys: authz.With(t.Context(), authz.System("test"))}
	d.me = authz.With(t.Context(), authz.Actor{UserID: clerk, Grants: authz.GrantsOf([]string{authz.RoleDirector}), UnitIDs: []int64{1}})
	a, err := app.NewAt(t.Context(), config.Config{Data: t.TempDir(), Timezone: "Asia/Shanghai"}, slog.New(slog.DiscardHandler), func() time.Time { return d.at })
	if err != nil {
		t.Fatal(err)
	}
	d.App = a
	t.Cleanup(func() { _ = a.Close() })
	us := clock.Micros(d.at)
	d.exec("INSERT INTO unit (id, parent_id, code, name_zh, name_en, created_at) VALUES (1,NULL,'HQ','总部','Head office',?)", us)
	d.exec(`INSERT INTO app_user (id, login, name, email, password_hash, unit_id, state, locale, theme, prefs, must_change_password, version, created_at, updated_at)
		VALUES (?,'clerk','客服','','',1,'active','zh','system','{}',0,1,?,?)`, clerk, us, us)
	d.exec(`INSERT INTO customer (id, code, party, name, name_en, former_names, name_key, sort_key, kind, status, region, industry, address, owner_id, unit_id, custom, note, import_id, version, created_by, created_at, updated_at)
		VALUES (?,'C1','org','东方商贸','','[]','','','dealer','active','','','',?,1,'{}','',0,1,0,?,?)`, agent, clerk, us, us)
	for _, post := range []string{"store", "customer_service", "supervisor", "admin_hr", "department_head", "general_manager"} {
		if _, err := a.Procedures.Appoint(d.sys, procedure.HoldingInput{Post: post, UserID: clerk, From: calendar.None, Until: calendar.None}); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func (d *desk) exec(sql string, args ...any) {
	d.t.Helper()
	if err := d.DB.InTx(d.sys, func(q db.Q) error {
		_, err := q.Exec(d.sys, sql, args...)
		return err
	}); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) adopt(book string, settings map[string]string) {
	d.t.Helper()
	if _, err := d.Rulebooks.Adopt(d.sys, rulebook.AdoptInput{Rulebook: book, EffectiveFrom: civil(d.t, "2026-01-01"), Settings: settings}); err != nil {
		d.t.Fatal(err)
	}
}

func civil(t *testing.T, text string) calendar.Date {
	t.Helper()
	on, err := calendar.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return on
}

// standing gives the grade of the customer and how it came about.
func (d *desk) standing(scheme string) (code string, score int64) {
	d.t.Helper()
	if err := db.Get(d.sys, d.DB.Read(), "SELECT code, COALESCE(score, 0) FROM standing WHERE customer_id = ? AND scheme = ?", []any{agent, scheme}, &code, &score); err != nil {
		d.t.Fatal(err)
	}
	return code, score
}

// complain begins a complaint and takes it to its answer.
func (d *desk) complain() procedure.Case {
	d.t.Helper()
	said := func(s string) flow.Answer { return flow.Answer{Text: s} }
	c, err := d.Procedures.Start(d.me, procedure.StartInput{Rulebook: "complaint-handling", Procedure: "complaint", CustomerID: agent, Channel: "shop", Answers: flow.Answers{
		"customer_name": said("东方商贸"), "demand": said("criticism"), "customer_kind": said("agent"), "content": said("service"), "story": said("送货的人态度不好"),
		"injury": flow.Yes(false), "public": flow.Yes(false),
	}})
	for _, act := range []flow.Act{
		{Kind: flow.ActFill, Answers: flow.Answers{"holds": said("yes"), "reason": said("属实")}},
		{Kind: flow.ActDecide, Decision: flow.Agree},
		{Kind: flow.ActFill, Answers: flow.Answers{"opinion": said("已致歉")}},
		{Kind: flow.ActAnswer, Answers: flow.Answers{"manner": said("written"), "text": said("已改进。")}},
		{Kind: flow.ActDecide, Decision: flow.Agree},
	} {
		if err == nil {
			c, err = d.Procedures.Act(d.me, c.ID, procedure.ActInput{Act: act})
		}
	}
	if err != nil || c.Outcome != "answered" {
		d.t.Fatalf("%+v %v", c, err)
	}
	return c
}

// REG-30 weighs complaints per order and wants to see a complaint at once: a complaint that is answered becomes a fact, the
// fact changes the measure, and the trigger has the customer graded without anybody asking.
func TestAComplaintThatIsClosedChangesTheGrade(t *testing.T) {
	d := newDesk(t)
	// Ten orders, paid in full: 79.5 points without complaints, 72.5 with one for ten orders.
	for i := range 10 {
		on := civil(t, "2025-06-10").AddMonths(i)
		for _, kind := range []string{"order", "payment"} {
			amount := int64(12_000_000)
			if err := d.DB.InTx(d.sys, func(q db.Q) error {
				_, err := d.Facts.Append(d.sys, q, fact.Input{
					CustomerID: agent, Kind: kind, On: on, Amount: &amount, Currency: "CNY", Status: "shipped", Document: kind + on.String(),
				})
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
	d.adopt("complaint-handling", nil)
	d.adopt("six-indicator-grading", map[string]string{"line_b": "75"})
	if _, err := d.Gradings.Grade(d.sys, "six-indicator-grading", civil(t, "2026-05-20"), grading.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if err := d.Drain(d.sys); err != nil {
		t.Fatal(err)
	}
	before, points := d.standing("six-indicator")
	d.at = d.at.Add(time.Hour)
	c := d.complain()
	if err := d.Drain(d.sys); err != nil {
		t.Fatal(err)
	}
	after, fewer := d.standing("six-indicator")
	if c.FactID == 0 || before != "B" || after != "C" || fewer >= points {
		t.Errorf("fact %d, %s with %d, then %s with %d", c.FactID, before, points, after, fewer)
	}
}
