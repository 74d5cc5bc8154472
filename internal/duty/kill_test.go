package duty

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

// killVariable names the database of a child process that plans until it is killed.
const killVariable = "KEZHI_TEST_KILL_DUTY"

func TestMain(m *testing.M) {
	dbtest.Main(m, map[string]func(string) error{killVariable: planUntilKilled})
}

// killDays is what the child plans, in steps, so that a kill meets it in the middle.
const (
	killDays = 720
	killStep = 60
)

// planUntilKilled plans further and further ahead and acknowledges each chunk that was committed.
func planUntilKilled(dsn string) error {
	d, err := db.Open(system(), dsn, db.Options{Readers: 2})
	if err != nil {
		return err
	}
	h := openHouse(dbtest.Child(), d)
	killRules(h)
	for ahead := 0; ; ahead = (ahead + killStep) % killDays {
		from := h.svc.Today()
		report := func(_ context.Context, so PlanResult) error {
			_, err := fmt.Fprintln(os.Stdout, ahead, so.Customers)
			return err
		}
		if _, err := h.svc.plan(system(), "dealers", span{from, from.AddDays(ahead + killStep)}, 0, PlanResult{Rulebook: "dealers"}, keepNothing, report); err != nil {
			return err
		}
	}
}

func killRules(h *house) {
	h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
	h.rule("A", "a_call", "call", "P2W", RoleOwner)
	h.more("A", dayRule("P7D", midAutumn, springDay))
}

// A planning that is killed at any moment, again and again, ends in what one planning that nobody disturbs ends in: the same duties, each
// once.
func TestAKilledPlanningLosesAndDoublesNothing(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { killedPlanning(t, filepath.Join(t.TempDir(), "kezhi.db")) })
	t.Run("postgres", func(t *testing.T) { killedPlanning(t, dbtest.EmptyPostgres(t)) })
}

func killedPlanning(t *testing.T, dsn string) {
	d := dbtest.Migrated(t, dsn)
	h := newHouse(t, d)
	const customers = 11 * testChunk
	for i := range int64(customers) {
		h.customer(5000+i, "客户"+strconv.FormatInt(i, 10), li, unitEast)
		h.grade(5000+i, "A", "2026-03-02")
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		dbtest.KillAfter(t, killVariable+"="+dsn, 1+rand.IntN(3))
	}
	d, err := db.Open(t.Context(), dsn, db.Options{Readers: 2, MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	h = openHouse(t, d)
	killRules(h)
	from := h.svc.Today()
	to := from.AddDays(killDays)
	if _, err := h.svc.PlanRange(system(), "dealers", from, to); err != nil {
		t.Fatal(err)
	}
	if n := h.count("SELECT COUNT(*) FROM (SELECT customer_id, plan_key FROM duty GROUP BY customer_id, plan_key HAVING COUNT(*) > 1) AS twice"); n != 0 {
		t.Errorf("%d duties are there twice", n)
	}
	if n := h.count("SELECT COUNT(*) FROM duty WHERE state <> 'open'"); n != 0 {
		t.Errorf("%d duties were dropped", n)
	}
	complete(t, h, from, to, customers)
	if res, err := h.svc.PlanRange(system(), "dealers", from, to); err != nil || res.Opened != 0 || res.Dropped != 0 {
		t.Errorf("planning once more: %+v %v", res, err)
	}
}

// complete makes sure that every customer has every occurrence whose window ends within the days planned.
func complete(t *testing.T, h *house, from, to calendar.Date, customers int64) {
	t.Helper()
	for _, r := range h.rules["A"][:2] {
		s := Subject{Rulebook: "dealers", Grade: "A", Since: from}
		prefix := planPrefix(&s, &r)
		for n := 0; ; n++ {
			if _, end := windowOf(from, r.Every, n); end > to {
				break
			}
			if got := h.count("SELECT COUNT(*) FROM duty WHERE plan_key = ?", prefix+strconv.Itoa(n)); got != customers {
				t.Fatalf("%s%d is planned for %d of %d customers", prefix, n, got, customers)
			}
		}
	}
}
