package customer_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/codes"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/job"
	"kezhi/internal/seal"
)

// The people of the tests: two managers in the south, one in the north, a head of the south, a director.
const (
	unitSouth, unitNorth = int64(11), int64(12)
	lin, chen, zhao      = int64(101), int64(102), int64(103)
	headSouth, director  = int64(104), int64(105)
)

type world struct {
	t      *testing.T
	d      *db.DB
	s      *customer.Service
	bus    *event.Bus
	queue  *job.Queue
	runner *job.Runner
	keys   *seal.Keys
	now    time.Time
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := &world{t: t, d: d, now: time.Date(2026, 3, 16, 2, 0, 0, 0, time.UTC)}
	tick := func() time.Time { return w.now }
	log := slog.New(slog.DiscardHandler)
	keys, err := seal.Open(system, d, seal.Config{Text: seal.NewMasterText()}, t.TempDir(), tick, log)
	if err != nil {
		t.Fatal(err)
	}
	d.SealWith(keys)
	w.keys = keys
	w.bus = event.NewBus(d, tick, log)
	w.queue = job.NewQueue(d, tick)
	w.runner = job.NewRunner(w.queue, log, func(context.Context, int64) string { return "林晓" })
	w.s = customer.New(d, clock.Clock(tick), time.FixedZone("CST", 8*3600), w.bus, w.queue)
	w.s.Subscribe(w.bus)
	for kind, h := range w.s.Jobs() {
		w.runner.Register(kind, h)
	}
	w.exec("INSERT INTO unit (id, parent_id, code, name_zh, name_en, created_at) VALUES (11, NULL, 'S', '华南区', 'South', 0), (12, NULL, 'N', '华北区', 'North', 0)")
	for _, u := range []struct {
		id   int64
		name string
		unit int64
	}{{lin, "林晓", unitSouth}, {chen, "陈默", unitSouth}, {zhao, "赵一鸣", unitNorth}, {headSouth, "何远", unitSouth}, {director, "方岚", 0}} {
		var unit any
		if u.unit != 0 {
			unit = u.unit
		}
		w.exec(`INSERT INTO app_user (id, login, name, email, password_hash, unit_id, state, locale, theme, prefs, must_change_password, version, created_at, updated_at)
			VALUES (?, ?, ?, '', '', ?, 'active', 'zh', 'light', '{}', 0, 1, 0, 0)`, u.id, u.name, u.name, unit)
	}
	return w
}

func (w *world) exec(sql string, args ...any) {
	w.t.Helper()
	w.must(w.d.InTx(context.Background(), func(q db.Q) error {
		_, err := q.Exec(context.Background(), sql, args...)
		return err
	}))
}

func (w *world) runnerClock() time.Time { return w.now }

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) int(sql string, args ...any) int64 {
	w.t.Helper()
	var n int64
	w.must(db.Get(context.Background(), w.d.Read(), sql, args, &n))
	return n
}

// as gives the context of a person with a role.
func as(userID int64, role string, units ...int64) context.Context {
	return authz.With(context.Background(), authz.Actor{UserID: userID, Name: "Test", Grants: authz.GrantsOf([]string{role}), UnitIDs: units})
}

var (
	system  = authz.With(context.Background(), authz.System("test"))
	asLin   = as(lin, authz.RoleCustomerManager, unitSouth)
	asZhao  = as(zhao, authz.RoleCustomerManager, unitNorth)
	asHead  = as(headSouth, authz.RoleRegionalManager, unitSouth)
	asBoss  = as(director, authz.RoleDirector)
	asAudit = as(director, authz.RoleAuditor)
)

func (w *world) create(ctx context.Context, in customer.Input) customer.Customer {
	w.t.Helper()
	c, err := w.s.Create(ctx, in)
	w.must(err)
	return c
}

// patch changes fields and gives the customer afterwards.
func (w *world) patch(ctx context.Context, c customer.Customer, in customer.Input, f customer.Fields) customer.Customer {
	w.t.Helper()
	out, err := w.s.Update(ctx, c.ID, c.Version, in, f)
	w.must(err)
	return out
}

func wantCode(t *testing.T, err error, kind errs.Kind, code string) *errs.Error {
	t.Helper()
	e, ok := errs.As(err)
	if !ok || e.Kind != kind || e.Code != code {
		t.Fatalf("got %v, want %s (kind %d)", err, code, kind)
	}
	return e
}

func wantField(t *testing.T, err error, path, code string) {
	t.Helper()
	e, ok := errs.As(err)
	if ok {
		for _, f := range e.Fields {
			if f.Path == path && f.Code == code {
				return
			}
		}
	}
	t.Fatalf("got %v, want field %s: %s", err, path, code)
}

// uscc makes a credit code that is right, from a number.
func uscc(t *testing.T, n int) string {
	t.Helper()
	body := []byte("00000000")
	for i := len(body) - 1; n > 0; i-- {
		body[i] = byte('0' + n%10)
		n /= 10
	}
	check, ok := codes.OrganisationCheckCharacter(string(body))
	if !ok {
		t.Fatal("no organisation check character")
	}
	first := "91440300" + string(body) + string(check)
	last, ok := codes.USCCCheckCharacter(first)
	if !ok {
		t.Fatal("no check character")
	}
	return first + string(last)
}

func names(page customer.Page) []string {
	out := make([]string, len(page.Items))
	for i, it := range page.Items {
		out[i] = it.Name
	}
	return out
}
