package duty

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
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

// house is a small company: the director above two regions, a manager in each, customers, and a clock that moves when told.
type house struct {
	t     testing.TB
	db    *db.DB
	svc   *Service
	bus   *event.Bus
	queue *job.Queue
	run   *job.Runner
	files *files.Store

	mu     sync.Mutex
	at     time.Time
	rules  map[string][]rule.DutyRule
	shared []rule.DutyRule
	off    bool // no version in force
	since  calendar.Date
}

// The people and units of the house.
const (
	unitHead, unitEast, unitWest    = 10, 11, 12
	zhao, qian, sun, li             = 101, 102, 103, 104 // director, east, west, east too
	c1East, c2East, c3West, c4Alone = 1001, 1002, 1003, 1004
)

var people = map[int64]authz.Actor{
	zhao: {UserID: zhao, Name: "赵启明", Grants: authz.GrantsOf([]string{authz.RoleDirector}), UnitIDs: []int64{unitHead, unitEast, unitWest}},
	qian: {UserID: qian, Name: "钱思源", Grants: authz.GrantsOf([]string{authz.RoleRegionalManager}), UnitIDs: []int64{unitEast}},
	sun:  {UserID: sun, Name: "孙若溪", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager}), UnitIDs: []int64{unitWest}},
	li:   {UserID: li, Name: "李望舒", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager}), UnitIDs: []int64{unitEast}},
}

func as(who int64) context.Context { return authz.With(context.Background(), people[who]) }

func system() context.Context { return authz.With(context.Background(), authz.System("test")) }

var shanghai = time.FixedZone("CST", 8*3600)

func newHouse(t *testing.T, d *db.DB) *house {
	t.Helper()
	h := openHouse(t, d)
	h.settle()
	return h
}

// testChunk is small, so that few customers are planned in several transactions.
const testChunk = 50

// openHouse gives the house of a database into which people have moved already.
func openHouse(t testing.TB, d *db.DB) *house {
	t.Helper()
	h := &house{t: t, db: d, at: time.Date(2026, 3, 2, 9, 0, 0, 0, shanghai), rules: map[string][]rule.DutyRule{}}
	h.bus = event.NewBus(d, h.now, slog.New(slog.DiscardHandler))
	h.queue = job.NewQueue(d, h.now)
	h.run = job.NewRunner(h.queue, slog.New(slog.DiscardHandler), func(context.Context, int64) string { return "test" })
	store, err := files.New(d, t.TempDir(), h.now)
	if err != nil {
		t.Fatal(err)
	}
	h.files = store
	customers := customer.New(d, h.now, shanghai, h.bus, h.queue)
	h.svc = New(Deps{
		DB: d, Now: h.now, Loc: shanghai, Work: china(t), Bus: h.bus, Queue: h.queue, Facts: fact.New(d, h.now, shanghai, h.bus, customers),
		Files: store, Rulebooks: h.inForce, Drafts: h.draft,
	})
	h.svc.planTogether = testChunk
	for kind, handler := range h.svc.Jobs() {
		h.run.Register(kind, handler)
	}
	h.svc.Subscribe(h.bus)
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

func (h *house) inForce(_ context.Context, _ db.Q, rulebook string, on calendar.Date) (InForce, error) {
	if h.off {
		return InForce{}, errs.New(errs.Conflict, "rulebook.not_in_force", "rulebook", rulebook, "date", on.String())
	}
	return InForce{Version: "1.0.0", Since: h.since, Shared: h.shared, Rules: func(_, grade string) []rule.DutyRule { return h.rules[grade] }}, nil
}

// draft is a version in which grade A is owed what is in force twice as often.
func (h *house) draft(_ context.Context, rulebook, version string) (InForce, error) {
	if version != "2.0.0" {
		return InForce{}, errs.New(errs.NotFound, "rulebook.unknown_version", "rulebook", rulebook, "version", version)
	}
	return InForce{Version: version, Rules: func(_, grade string) []rule.DutyRule {
		out := slices.Clone(h.rules[grade])
		for _, r := range h.rules[grade] {
			r.Key += "_again"
			out = append(out, r)
		}
		return out
	}}, nil
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
	dbtest.User(h.t, h.db, zhao, unitHead, people[zhao].Name, authz.RoleDirector)
	dbtest.User(h.t, h.db, qian, unitEast, people[qian].Name, authz.RoleRegionalManager)
	dbtest.User(h.t, h.db, sun, unitWest, people[sun].Name, authz.RoleCustomerManager)
	dbtest.User(h.t, h.db, li, unitEast, people[li].Name, authz.RoleCustomerManager)
	h.customer(c1East, "东海瑞丰商贸", li, unitEast)
	h.customer(c2East, "临江同泰机电", li, unitEast)
	h.customer(c3West, "西岭长禾农资", sun, unitWest)
	h.customer(c4Alone, "云麓器材", 0, 0)
}

func (h *house) customer(id int64, name string, owner, unit int64) {
	h.t.Helper()
	dbtest.Customer(h.t, h.db, id, "C"+name, name, owner, unit)
}

// grade puts a customer's standing where a grading run would put it.
func (h *house) grade(customerID int64, code, since string) {
	h.t.Helper()
	h.exec("DELETE FROM standing WHERE customer_id = ? AND scheme = 'dealer'", customerID)
	h.exec(`INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, as_of, since, previous_code)
		VALUES (?, 'dealer', 'dealers', 77, ?, 0, '', ?, ?, '')`, customerID, code, since, since)
}

func (h *house) rule(grade, key, activity, every, by string) {
	h.t.Helper()
	p, err := calendar.ParsePeriod(every)
	if err != nil {
		h.t.Fatal(err)
	}
	h.rules[grade] = append(h.rules[grade], rule.DutyRule{
		Key: key, Grades: []string{grade}, Activity: activity, Every: p, EveryText: every, By: by, Evidence: "visit_report", Clause: "6.2",
		Assumed: true, Title: rule.Text{Zh: "上门拜访", En: "Visit"},
	})
}

func (h *house) plan() PlanResult {
	h.t.Helper()
	r, err := h.svc.Plan(system(), "dealers")
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// all gives every duty of a customer that is in one of the states, by day.
func (h *house) all(customerID int64, states ...State) []Duty {
	h.t.Helper()
	list, err := db.List(context.Background(), h.db.Read(), selectDuty+" WHERE d.customer_id = ? ORDER BY d.due_on, d.id", []any{customerID}, scanDuty)
	if err != nil {
		h.t.Fatal(err)
	}
	var out []Duty
	for _, d := range list {
		for _, s := range states {
			if d.State == s {
				out = append(out, d)
			}
		}
	}
	return out
}

// reach moves the clock to nine o'clock of a day.
func (h *house) reach(d calendar.Date) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = d.Midnight(shanghai).Add(9 * time.Hour)
}

func wantCode(t testing.TB, err error, code string) {
	t.Helper()
	if err == nil || (errs.CodeOf(err) != code && !hasField(err, code)) {
		t.Fatalf("got %v, want %s", err, code)
	}
}

func hasField(err error, code string) bool {
	e, ok := errs.As(err)
	if !ok {
		return false
	}
	for _, f := range e.Fields {
		if f.Code == code {
			return true
		}
	}
	return false
}
