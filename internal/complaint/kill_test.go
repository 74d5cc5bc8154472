package complaint

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

// killVariable names the database of a child process in which months pass until it is killed.
const killVariable = "KEZHI_TEST_KILL_COMPLAINT"

// killMonths is how many months pass after those that are made up at the beginning.
const killMonths = 36

// killDay is when the months begin to pass; the regulation asks for statistics since two years before.
var killDay = day(4, 1)

func TestMain(m *testing.M) {
	dbtest.Main(m, map[string]func(string) error{killVariable: monthsUntilKilled})
}

// reopened is the house of a database that was furnished before, at the moment its schedule stands.
func reopened(t testing.TB, d *db.DB) *house {
	t.Helper()
	h := openHouse(t, d)
	h.at, h.since = killDay, calendar.FromTime(killDay, shanghai).AddMonths(-MakeUp).MonthStart()
	next, err := db.One(system(), d.Read(), "SELECT COALESCE(MAX(next_at), 0) FROM schedule", nil, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	if err != nil {
		t.Fatal(err)
	}
	if at := clock.FromMicros(next).AddDate(0, 0, -1); at.After(h.at) {
		h.at = at
	}
	for kind, do := range h.svc.Jobs() {
		h.run.Register(kind, do)
	}
	spec, due := h.svc.Daily()
	h.run.Every("complaint", due, spec)
	return h
}

// monthsPass lets the clock go on, with two workers and ten days at a time, until the months are over.
func (h *house) monthsPass() error {
	for end := killDay.AddDate(0, killMonths, 0); h.at.Before(end); h.at = h.at.AddDate(0, 0, 10) {
		var both errgroup.Group
		for range 2 {
			both.Go(h.worked)
		}
		if err := both.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// worked does what is due now.
func (h *house) worked() error {
	if err := h.run.Tick(system()); err != nil {
		return err
	}
	for {
		if more, err := h.run.RunDue(system()); err != nil || !more {
			return err
		}
	}
}

func (h *house) texts(sql string) []string {
	h.t.Helper()
	list, err := db.List(system(), h.db.Read(), sql, nil, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

// made gives what was made of each month, by whom, and how often that is on record.
func (h *house) made() []string {
	h.t.Helper()
	return h.texts(`SELECT t.month || ' edition ' || t.edition || ' by ' || t.made_by || ' counts ' || t.complaints || ' audited ' ||
		(SELECT COUNT(*) FROM audit_entry a WHERE a.action = 'complaint_table.make' AND a.entity_id = CAST(t.id AS TEXT)) FROM complaint_table t ORDER BY t.month, t.edition`)
}

// monthsUntilKilled lets the months pass in a child.
func monthsUntilKilled(dsn string) error {
	d, err := db.Open(context.Background(), dsn, db.Options{Readers: 6})
	if err != nil {
		return err
	}
	h := reopened(dbtest.Child(), d)
	return dbtest.UntilKilled(h.monthsPass, func() string {
		return h.texts("SELECT (SELECT COUNT(*) FROM complaint_table) || '.' || (SELECT COUNT(*) FROM job WHERE state = 'done') || '.' || (SELECT COUNT(*) FROM job WHERE state = 'running')")[0]
	})
}

// A process killed at any moment makes the statistics of every month exactly once: what was made is what is made where nobody killed
// anything, those of the months before the beginning included.
func TestAKilledCalendarMakesEveryMonthOnce(t *testing.T) {
	d := dbtest.SQLite(t)
	newHouse(t, d).spring()
	h := reopened(t, d)
	if err := h.monthsPass(); err != nil {
		t.Fatal(err)
	}
	want := h.made()
	if len(want) != MakeUp+killMonths-1 || !slices.Contains(want, "2026-03 edition 1 by 0 counts 5 audited 1") {
		t.Fatalf("nobody killed anything, and %d months were made: %s", len(want), strings.Join(want, "; "))
	}
	t.Run("sqlite", func(t *testing.T) { killedMonths(t, filepath.Join(t.TempDir(), "kezhi.db"), want) })
	t.Run("postgres", func(t *testing.T) { killedMonths(t, dbtest.EmptyPostgres(t), want) })
}

func killedMonths(t *testing.T, dsn string, want []string) {
	d := dbtest.Migrated(t, dsn)
	newHouse(t, d).spring()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	var reached []string
	for range 6 {
		lines := dbtest.KillAfter(t, killVariable+"="+dsn, 2+rand.IntN(20))
		reached = append(reached, lines[len(lines)-1])
	}
	t.Logf("months, jobs done and running at each kill: %s", strings.Join(reached, ", "))
	d, err := db.Open(t.Context(), dsn, db.Options{Readers: 2, MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	h := reopened(t, d)
	if err := h.monthsPass(); err != nil {
		t.Fatal(err)
	}
	if got := h.made(); !slices.Equal(got, want) {
		t.Fatalf("made\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if failed := h.texts("SELECT kind || ' ' || error_code FROM job WHERE state <> 'done'"); len(failed) != 0 {
		t.Errorf("jobs that are not done: %s", strings.Join(failed, ", "))
	}
}
