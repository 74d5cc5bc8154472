package complaint

import (
	"context"
	"log/slog"
	"strconv"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/files"
	"kezhi/internal/flow"
	"kezhi/internal/job"
	"kezhi/internal/procedure"
	"kezhi/rulebooks"
)

// The units, people and customers of a small company; each person but the owners of customers holds one post of the
// regulation on complaints.
const (
	unitHead, unitEast, unitWest           = 10, 11, 12
	zhao, qian, sun, li, wu, zhou, zheng   = 101, 102, 103, 104, 105, 106, 107
	c1East, c2West                         = 1001, 1002
	rulebookID, procedureKey, adoptionOnly = "complaint-handling", "complaint", 1
	reportKey                              = "complaint_statistics"
)

var (
	shanghai = time.FixedZone("CST", 8*3600)
	posts    = map[string]int64{"general_manager": zhao, "supervisor": qian, "department_head": sun, "store": li, "admin_hr": wu, "customer_service": zhou}
	// whose is who acts in a step.
	whose = map[string]int64{
		"grounds": li, "accept": qian, "assign": wu, "investigate": sun, "review": qian, "opinion": wu, "general_manager": zhao, "handling": sun,
		"handling_review": qian, "compensation": qian, "answer": zhou, "check": wu, "explain": zhou, "simple_handling": li,
	}
)

type house struct {
	t     testing.TB
	db    *db.DB
	at    time.Time
	cases *procedure.Service
	facts *fact.Service
	files *files.Store
	svc   *Service
	run   *job.Runner
	since calendar.Date // from when on the regulation asks for statistics
}

func as(who int64) context.Context {
	role, units := authz.RoleDirector, []int64{unitHead, unitEast, unitWest}
	if who == zheng {
		role, units = authz.RoleRegionalManager, []int64{unitWest}
	}
	return authz.With(context.Background(), authz.Actor{UserID: who, Grants: authz.GrantsOf([]string{role}), UnitIDs: units})
}

// newHouse has the shipped regulation in force and every post held.
func newHouse(t testing.TB, d *db.DB) *house {
	t.Helper()
	h := openHouse(t, d)
	h.settle()
	return h
}

// openHouse makes the services, as a process does when it starts.
func openHouse(t testing.TB, d *db.DB) *house {
	t.Helper()
	h := &house{t: t, db: d, at: day(1, 5), since: calendar.FromTime(day(2, 1), shanghai)}
	now := func() time.Time { return h.at.UTC() }
	quiet := slog.New(slog.DiscardHandler)
	bus, queue := event.NewBus(d, now, quiet), job.NewQueue(d, now)
	h.run = job.NewRunner(queue, quiet, func(context.Context, int64) string { return "test" })
	store, err := files.New(d, t.(interface{ TempDir() string }).TempDir(), now)
	if err != nil {
		t.Fatal(err)
	}
	work, err := calendar.China()
	if err != nil {
		t.Fatal(err)
	}
	edition := shipped(t)
	books := procedure.Books{
		InForce: func(context.Context, db.Q, calendar.Date) ([]*procedure.Edition, error) {
			return []*procedure.Edition{edition}, nil
		},
		Adopted: func(context.Context, db.Q, int64) (*procedure.Edition, error) { return edition, nil },
	}
	customers := customer.New(d, now, shanghai, bus, queue)
	h.files, h.facts = store, fact.New(d, now, shanghai, bus, customers)
	h.cases = procedure.New(procedure.Deps{
		DB: d, Now: now, Loc: shanghai, Work: work, Bus: bus, Queue: queue, Customers: customers, Facts: h.facts,
		Files: store, Books: books, Log: quiet,
	})
	h.svc = New(Deps{DB: d, Now: now, Loc: shanghai, Books: books, Seat: h.cases.Seat, Reports: func(_ context.Context, _ db.Q, on calendar.Date) ([]Report, error) {
		if on < h.since {
			return nil, nil
		}
		return []Report{{
			Rulebook: rulebookID, Version: edition.Version, Key: reportKey, RepeatDays: 90, By: procedure.Post{Name: "admin_hr"}, To: []procedure.Post{{Name: "general_manager"}},
		}}, nil
	}})
	return h
}

// shipped reads the rulebook as it is shipped.
func shipped(t testing.TB) *procedure.Edition {
	t.Helper()
	text, err := rulebooks.Load(rulebookID)
	if err != nil {
		t.Fatal(err)
	}
	e, err := procedure.ReadEdition(text, adoptionOnly)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func (h *house) settle() {
	h.t.Helper()
	us := clock.Micros(h.at)
	exec := func(sql string, args ...any) {
		h.t.Helper()
		err := h.db.InTx(context.Background(), func(q db.Q) error {
			_, err := q.Exec(context.Background(), sql, args...)
			return err
		})
		if err != nil {
			h.t.Fatal(err)
		}
	}
	for id, name := range map[int64]string{unitHead: "总部", unitEast: "东区", unitWest: "西区"} {
		var parent any
		if id != unitHead {
			parent = unitHead
		}
		exec("INSERT INTO unit (id, parent_id, code, name_zh, name_en, created_at) VALUES (?,?,?,?,?,?)", id, parent, name, name, name, us)
	}
	for _, user := range []int64{zhao, qian, sun, li, wu, zhou, zheng} {
		login := "u" + string(rune('0'+user-100))
		exec(`INSERT INTO app_user (id, login, name, email, password_hash, unit_id, state, locale, theme, prefs, must_change_password, version, created_at, updated_at)
			VALUES (?,?,?,'','',?,'active','zh','system','{}',0,1,?,?)`, user, login, login, unitHead, us, us)
		exec("INSERT INTO user_role (user_id, role) VALUES (?, ?)", user, authz.RoleDirector)
	}
	for id, unit := range map[int64]int64{c1East: unitEast, c2West: unitWest} {
		name := "客户" + strconv.FormatInt(id, 10)
		exec(`INSERT INTO customer (id, code, party, name, name_en, former_names, name_key, sort_key, kind, status, region, industry, address, owner_id,
				unit_id, custom, note, import_id, version, created_by, created_at, updated_at)
			VALUES (?,?,'org',?,'','[]',?,?,'dealer','active','310000','','',?,?,'{}','',0,1,0,?,?)`, id, name, name, name, name, li, unit, us, us)
	}
	for post, user := range posts {
		if _, err := h.cases.Appoint(as(zhao), procedure.HoldingInput{Post: post, UserID: user, From: calendar.None, Until: calendar.None}); err != nil {
			h.t.Fatal(err)
		}
	}
}

// day is ten in the morning of a day of 2026.
func day(month time.Month, d int) time.Time { return time.Date(2026, month, d, 10, 0, 0, 0, shanghai) }

func text(s string) flow.Answer { return flow.Answer{Text: s} }

// complain begins a complaint in the shop at a moment.
func (h *house) complain(at time.Time, customerID int64, demand, kind string) procedure.Case {
	h.t.Helper()
	h.at = at
	c, err := h.cases.Start(as(li), procedure.StartInput{
		Rulebook: rulebookID, Procedure: procedureKey, CustomerID: customerID, Channel: "shop", Answers: flow.Answers{
			"customer_name": text("东方商贸"), "demand": text(demand), "customer_kind": text(kind), "content": text("quality"), "story": text("门板有划痕"),
			"injury": flow.Yes(false), "public": flow.Yes(false),
		},
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// step fills, decides or answers the step that is open.
func (h *house) step(c procedure.Case, step string, answers flow.Answers) procedure.Case {
	h.t.Helper()
	act := flow.Act{Kind: flow.ActFill, Answers: answers}
	switch step {
	case "accept", "review", "opinion", "general_manager", "handling_review", "compensation", "check":
		act.Kind, act.Decision = flow.ActDecide, flow.Agree
	case "answer", "explain":
		act.Kind = flow.ActAnswer
	}
	out, err := h.cases.Act(as(whose[step]), c.ID, procedure.ActInput{Act: act})
	if err != nil {
		h.t.Fatalf("%s of %s, open is %v: %v", step, c.Number, c.Steps, err)
	}
	return out
}

// closed takes a complaint to the answer and closes it, with a cause, the departments that answer for it and what it cost.
func (h *house) closed(c procedure.Case, cause, amount string, departments ...string) procedure.Case {
	h.t.Helper()
	c = h.step(c, "grounds", flow.Answers{"holds": text("yes"), "reason": text("属实")})
	c = h.step(c, "accept", nil)
	c = h.step(c, "assign", flow.Answers{"departments": {Many: departments}, "order": text("查清")})
	for range departments {
		seat := c.State.OpenSeats()[0].ID
		var err error
		c, err = h.cases.Act(as(sun), c.ID, procedure.ActInput{Act: flow.Act{Kind: flow.ActFill, Seat: seat, Answers: flow.Answers{
			"cause": text("包装薄"), "course": text("碰撞"), "responsible": text("包装组"), "conclusion": text("我方"), "countermeasures": text("换货"),
			"prevention": text("护角"), "cause_class": text(cause), "before": flow.Yes(false),
		}}})
		if err != nil {
			h.t.Fatal(err)
		}
	}
	c = h.step(c, "review", nil)
	c = h.step(c, "opinion", flow.Answers{"opinion": text("同意")})
	c = h.step(c, "general_manager", nil)
	handling := flow.Answers{"opinion": text("赔付"), "measure": text("damages"), "amount": text(amount)}
	if amount != "0" {
		handling["rule"] = text("销售规定第三条")
	}
	c = h.step(c, "handling", handling)
	c = h.step(c, "handling_review", nil)
	if amount != "0" {
		c = h.step(c, "compensation", nil)
	}
	c = h.step(c, "answer", flow.Answers{"manner": text("written"), "text": text("已处理")})
	return h.step(c, "check", nil)
}
