package public

import (
	"context"
	"log/slog"
	"strconv"
	"testing"
	"time"

	"kezhi/internal/article"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
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
	t         testing.TB
	db        *db.DB
	at        time.Time
	cases     *procedure.Service
	svc       *Service
	customers *customer.Service
	bus       *event.Bus
	files     *files.Store
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
	return houseOf(t, d, rulebookID, posts)
}

// houseOf has one shipped rulebook in force and its posts held.
func houseOf(t testing.TB, d *db.DB, book string, posts map[string]int64) *house {
	t.Helper()
	h := &house{t: t, db: d, at: time.Date(2026, 3, 2, 10, 0, 0, 0, shanghai)}
	now := func() time.Time { return h.at.UTC() }
	quiet := slog.New(slog.DiscardHandler)
	bus, queue := event.NewBus(d, now, quiet), job.NewQueue(d, now)
	store, err := files.New(d, t.TempDir(), now)
	if err != nil {
		t.Fatal(err)
	}
	work, err := calendar.China()
	if err != nil {
		t.Fatal(err)
	}
	edition := shipped(t, book)
	books := procedure.Books{
		InForce: func(context.Context, db.Q, calendar.Date) ([]*procedure.Edition, error) {
			return []*procedure.Edition{edition}, nil
		},
		Adopted: func(context.Context, db.Q, int64) (*procedure.Edition, error) { return edition, nil },
	}
	customers := customer.New(d, now, shanghai, bus, queue)
	h.cases = procedure.New(procedure.Deps{
		DB: d, Now: now, Loc: shanghai, Work: work, Bus: bus, Queue: queue, Customers: customers, Facts: fact.New(d, now, shanghai, bus, customers),
		Files: store, Books: books, Log: quiet,
	})
	h.customers, h.bus, h.files = customers, bus, store
	h.svc = New(Deps{DB: d, Now: now, Loc: shanghai, Cases: h.cases, Customers: customers, Files: store, Articles: article.New(d, now, shanghai, h.cases)})
	h.svc.Subscribe(bus)
	h.settle(posts)
	return h
}

// shipped reads the rulebook as it is shipped.
func shipped(t testing.TB, book string) *procedure.Edition {
	t.Helper()
	text, err := rulebooks.Load(book)
	if err != nil {
		t.Fatal(err)
	}
	e, err := procedure.ReadEdition(text, adoptionOnly)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func (h *house) settle(posts map[string]int64) {
	h.t.Helper()
	for _, unit := range []int64{unitHead, unitEast, unitWest} {
		parent := int64(unitHead)
		if unit == unitHead {
			parent = 0
		}
		dbtest.Unit(h.t, h.db, unit, parent, "U"+strconv.FormatInt(unit, 10))
	}
	for _, user := range []int64{zhao, qian, sun, li, wu, zhou, zheng} {
		dbtest.User(h.t, h.db, user, unitHead, "u"+string(rune('0'+user-100)), authz.RoleDirector)
	}
	for id, unit := range map[int64]int64{c1East: unitEast, c2West: unitWest} {
		name := "客户" + strconv.FormatInt(id, 10)
		dbtest.Customer(h.t, h.db, id, name, name, li, unit)
	}
	for post, user := range posts {
		if _, err := h.cases.Appoint(as(zhao), procedure.HoldingInput{Post: post, UserID: user, From: calendar.None, Until: calendar.None}); err != nil {
			h.t.Fatal(err)
		}
	}
}

func text(s string) flow.Answer { return flow.Answer{Text: s} }

// step fills, decides or answers the step that is open, as whoever does it.
func (h *house) step(caseID int64, step string, answers flow.Answers) {
	h.t.Helper()
	act := flow.Act{Kind: flow.ActFill, Answers: answers}
	switch step {
	case "accept", "check":
		act.Kind, act.Decision = flow.ActDecide, flow.Agree
	case "answer", "explain":
		act.Kind = flow.ActAnswer
	}
	if _, err := h.cases.Act(as(whose[step]), caseID, procedure.ActInput{Act: act}); err != nil {
		h.t.Fatalf("%s: %v", step, err)
	}
}

// newest gives the case begun last.
func (h *house) newest() int64 { return h.count("SELECT MAX(id) FROM proc_case") }

func (h *house) count(sql string, args ...any) int64 {
	h.t.Helper()
	return dbtest.Count(h.t, h.db, sql, args...)
}
