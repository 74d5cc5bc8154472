package procedure

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/files"
	"kezhi/internal/job"
	"kezhi/internal/rule"
)

// house is a small company: a head office above two regions, a director, a manager in each region, a desk of customer
// service, customers, and a clock that moves when told.
type house struct {
	t         testing.TB
	db        *db.DB
	svc       *Service
	bus       *event.Bus
	files     *files.Store
	customers *customer.Service

	mu       sync.Mutex
	at       time.Time
	editions []*Edition
}

// The units, people and customers of the house.
const (
	unitHead, unitEast, unitWest         = 10, 11, 12
	zhao, qian, sun, li, wu, zhou, zheng = 101, 102, 103, 104, 105, 106, 107
	c1East, c2West                       = 1001, 1002
)

var shanghai = time.FixedZone("CST", 8*3600)

type employee struct {
	name string
	unit int64
	role string
}

// staff: the director, the east and west regional managers, salespeople east and west, customer service, the auditor.
var staff = map[int64]employee{
	zhao: {"赵启明", unitHead, authz.RoleDirector}, qian: {"钱思源", unitEast, authz.RoleRegionalManager}, sun: {"孙若溪", unitWest, authz.RoleRegionalManager},
	li: {"李望舒", unitEast, authz.RoleCustomerManager}, wu: {"吴清和", unitWest, authz.RoleCustomerManager},
	zhou: {"周明远", unitHead, authz.RoleCustomerManager}, zheng: {"郑以宁", unitHead, authz.RoleAuditor},
}

var unitsBelow = map[int64][]int64{unitHead: {unitHead, unitEast, unitWest}, unitEast: {unitEast}, unitWest: {unitWest}}

func as(who int64) context.Context {
	e := staff[who]
	return authz.With(context.Background(), authz.Actor{UserID: who, Name: e.name, Grants: authz.GrantsOf([]string{e.role}), UnitIDs: unitsBelow[e.unit]})
}

func system() context.Context { return authz.With(context.Background(), authz.System("test")) }

func newHouse(t testing.TB, d *db.DB) *house {
	t.Helper()
	h := openHouse(t, d, t.TempDir())
	h.settle()
	return h
}

// openHouse gives the house of a database, which may be furnished already, with its uploads in a folder.
func openHouse(t testing.TB, d *db.DB, uploads string) *house {
	t.Helper()
	h := &house{t: t, db: d, at: time.Date(2026, 3, 2, 9, 0, 0, 0, shanghai)}
	h.bus = event.NewBus(d, h.now, slog.New(slog.DiscardHandler))
	queue := job.NewQueue(d, h.now)
	var err error
	if h.files, err = files.New(d, uploads, h.now); err != nil {
		t.Fatal(err)
	}
	work, err := calendar.China()
	if err != nil {
		t.Fatal(err)
	}
	h.customers = customer.New(d, h.now, shanghai, h.bus, queue)
	h.svc = New(Deps{
		DB: d, Now: h.now, Loc: shanghai, Work: work, Bus: h.bus, Queue: queue, Customers: h.customers,
		Facts: fact.New(d, h.now, shanghai, h.bus, h.customers), Files: h.files, Log: slog.New(slog.DiscardHandler),
		Books: Books{
			InForce: func(context.Context, db.Q, calendar.Date) ([]*Edition, error) { return h.inForce(), nil },
			Adopted: func(_ context.Context, _ db.Q, adoptionID int64) (*Edition, error) { return h.adopted(adoptionID) },
		},
	})
	return h
}

func (h *house) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at.UTC()
}

func (h *house) move(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
}

// inForce gives the newest version of each rulebook of the house.
func (h *house) inForce() []*Edition {
	h.mu.Lock()
	defer h.mu.Unlock()
	newest := map[string]int{}
	for i, e := range h.editions {
		newest[e.Rulebook] = i
	}
	var out []*Edition
	for i, e := range h.editions {
		if newest[e.Rulebook] == i {
			out = append(out, e)
		}
	}
	return out
}

func (h *house) adopted(adoptionID int64) (*Edition, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range h.editions {
		if e.AdoptionID == adoptionID {
			return e, nil
		}
	}
	return nil, errs.New(errs.NotFound, "not_found")
}

// adopt puts a text of a rulebook into force.
func (h *house) adopt(text string) *Edition {
	h.t.Helper()
	return h.adoptFiles(map[string][]byte{rule.FileRulebook: []byte(text), rule.FileClauses: []byte("# 办法 | Rules\n## 1 条 | One\n办。\n\n> Do.\n"), rule.FileCases: []byte("[]\n")})
}

// adoptFiles puts a rulebook into force.
func (h *house) adoptFiles(files map[string][]byte) *Edition {
	h.t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	e, err := ReadEdition(files, int64(len(h.editions)+1))
	if err != nil {
		h.t.Fatal(err)
	}
	h.editions = append(h.editions, e)
	return e
}

func (h *house) exec(sql string, args ...any) {
	h.t.Helper()
	dbtest.Exec(h.t, h.db, sql, args...)
}

func (h *house) count(sql string, args ...any) int64 {
	h.t.Helper()
	return dbtest.Count(h.t, h.db, sql, args...)
}

// settle moves people and customers in.
func (h *house) settle() {
	h.t.Helper()
	dbtest.Unit(h.t, h.db, unitHead, 0, "总部")
	dbtest.Unit(h.t, h.db, unitEast, unitHead, "东区")
	dbtest.Unit(h.t, h.db, unitWest, unitHead, "西区")
	for user, e := range staff {
		dbtest.User(h.t, h.db, user, e.unit, e.name, e.role)
	}
	h.customer(c1East, "东海瑞丰商贸", li, unitEast)
	h.customer(c2West, "西岭长禾农资", wu, unitWest)
}

func (h *house) customer(id int64, name string, owner, unit int64) {
	h.t.Helper()
	dbtest.Customer(h.t, h.db, id, name, name, owner, unit)
}

// disable ends somebody's account, as the user feature does.
func (h *house) disable(user int64) {
	h.t.Helper()
	h.exec("UPDATE app_user SET state = 'disabled', version = version + 1, updated_at = ? WHERE id = ?", clock.Micros(h.now()), user)
}

// appoint gives a post to somebody from today on.
func (h *house) appoint(post string, user, unit int64) Holding {
	h.t.Helper()
	got, err := h.svc.Appoint(as(zhao), HoldingInput{Post: post, UserID: user, UnitID: unit, From: calendar.None, Until: calendar.None})
	if err != nil {
		h.t.Fatal(err)
	}
	return got
}

// away makes somebody absent from today for some days.
func (h *house) away(user, substitute int64, days int) Absence {
	h.t.Helper()
	got, err := h.svc.GoAway(as(zhao), Absence{UserID: user, SubstituteID: substitute, From: h.svc.Today(), Until: h.svc.Today().AddDays(days - 1)})
	if err != nil {
		h.t.Fatal(err)
	}
	return got
}
