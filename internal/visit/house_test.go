package visit

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/files"
	"kezhi/internal/job"
)

// house is a small company with a clock that moves when told.
type house struct {
	t      *testing.T
	db     *db.DB
	svc    *Service
	duties *duty.Service
	bus    *event.Bus
	files  *files.Store
	at     time.Time
}

const (
	unitHead, unitEast, unitWest = 10, 11, 12
	zhao, qian, sun, li          = 101, 102, 103, 104 // director, east, west, east too
	c1East, c3West               = 1001, 1003
	dVisit, dCall                = 5001, 5002 // of c1East, owed by li
)

var people = map[int64]authz.Actor{
	zhao: {UserID: zhao, Name: "赵启明", Grants: authz.GrantsOf([]string{authz.RoleDirector}), UnitIDs: []int64{unitHead, unitEast, unitWest}},
	qian: {UserID: qian, Name: "钱思源", Grants: authz.GrantsOf([]string{authz.RoleRegionalManager}), UnitIDs: []int64{unitEast}},
	sun:  {UserID: sun, Name: "孙若溪", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager}), UnitIDs: []int64{unitWest}},
	li:   {UserID: li, Name: "李望舒", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager}), UnitIDs: []int64{unitEast}},
}

func as(who int64) context.Context { return authz.With(context.Background(), people[who]) }

var shanghai = time.FixedZone("CST", 8*3600)

func newHouse(t *testing.T, d *db.DB) *house {
	t.Helper()
	h := &house{t: t, db: d, at: time.Date(2026, 3, 2, 9, 0, 0, 0, shanghai)}
	now := func() time.Time { return h.at.UTC() }
	bus := event.NewBus(d, now, slog.New(slog.DiscardHandler))
	queue := job.NewQueue(d, now)
	store, err := files.New(d, t.TempDir(), now)
	if err != nil {
		t.Fatal(err)
	}
	work, err := calendar.China()
	if err != nil {
		t.Fatal(err)
	}
	customers := customer.New(d, now, shanghai, bus, queue)
	facts := fact.New(d, now, shanghai, bus, customers)
	h.files, h.bus = store, bus
	h.duties = duty.New(duty.Deps{DB: d, Now: now, Loc: shanghai, Work: work, Bus: bus, Queue: queue, Facts: facts, Files: store})
	h.svc = New(Deps{DB: d, Now: now, Loc: shanghai, Work: work, Bus: bus, Customers: customers, Facts: facts, Duties: h.duties})
	h.duties.Subscribe(bus)
	h.svc.Subscribe(bus)
	dbtest.Unit(t, d, unitHead, 0, "总部")
	dbtest.Unit(t, d, unitEast, unitHead, "东区")
	dbtest.Unit(t, d, unitWest, unitHead, "西区")
	dbtest.User(t, d, zhao, unitHead, people[zhao].Name, authz.RoleDirector)
	dbtest.User(t, d, qian, unitEast, people[qian].Name, authz.RoleRegionalManager)
	dbtest.User(t, d, sun, unitWest, people[sun].Name, authz.RoleCustomerManager)
	dbtest.User(t, d, li, unitEast, people[li].Name, authz.RoleCustomerManager)
	dbtest.Customer(t, d, c1East, "C1", "东海瑞丰商贸", li, unitEast)
	dbtest.Customer(t, d, c3West, "C3", "西岭长禾农资", sun, unitWest)
	h.duty(dVisit, c1East, "visit", li, unitEast, "2026-03-06")
	h.duty(dCall, c1East, "call", li, unitEast, "2026-03-06")
	return h
}

func (h *house) duty(dutyID, customerID int64, activity string, owner, unit int64, due string) {
	h.t.Helper()
	dbtest.Exec(h.t, h.db, `INSERT INTO duty (customer_id, id, rulebook, version, scheme, rule, clause, title_zh, title_en, verdict_id, grade, activity, every, evidence, assumed,
		role, owner_id, unit_id, window_from, due_on, state, plan_key, done_by, note, fact_id, reason, idem_key, idem_hash, version_no, created_at, updated_at)
		VALUES (?, ?, 'dealers', '1.0.0', 'dealer', 'v', '6.2', '拜访', 'Visit', 0, 'A', ?, 'P1M', '', 0, 'owner', ?, ?, '2026-03-01', ?, 'open', ?, 0, '', 0, '', '', '', 1, 0, 0)`,
		customerID, dutyID, activity, owner, unit, due, activity+due)
}

func (h *house) count(sql string, args ...any) int64 {
	h.t.Helper()
	return dbtest.Count(h.t, h.db, sql, args...)
}

func (h *house) plan(who int64, in NewVisit) Visit {
	h.t.Helper()
	v, err := h.svc.Create(as(who), in)
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

func (h *house) do(who int64, v Visit, st Step) Visit {
	h.t.Helper()
	out, err := h.svc.Do(as(who), v.ID, st, "")
	if err != nil {
		h.t.Fatalf("%s: %v", st.Act, err)
	}
	return out
}

func day3(t *testing.T, text string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want %s", code)
	}
	if errs.CodeOf(err) == code {
		return
	}
	if e, ok := errs.As(err); ok {
		for _, f := range e.Fields {
			if f.Code == code {
				return
			}
		}
	}
	t.Fatalf("got %v, want %s", err, code)
}
