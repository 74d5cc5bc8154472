package review

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

// killVariable names the database of a child process in which years pass until it is killed.
const killVariable = "KEZHI_TEST_KILL_REVIEW"

// killYears is how many years pass, each with a window of the calendar.
const killYears = 6

func TestMain(m *testing.M) {
	dbtest.Main(m, map[string]func(string) error{killVariable: yearsUntilKilled})
}

// reopenedKit is the company of a database that was furnished before, at the moment its schedule stands.
func reopenedKit(t testing.TB, d *db.DB) *kit {
	t.Helper()
	k := &kit{t: t, db: d, at: firstDay, ids: map[string]int64{"furnished": 1}}
	k.sys = authz.With(context.Background(), authz.System("test"))
	next, err := db.One(k.sys, d.Read(), "SELECT COALESCE(MAX(next_at), 0) FROM schedule", nil, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	if err != nil {
		t.Fatal(err)
	}
	if at := clock.FromMicros(next).AddDate(0, 0, -1); at.After(k.at) {
		k.at = at
	}
	k.build()
	spec, due := k.s.Daily()
	k.run.Every("review", due, spec)
	return k
}

// firstDay is before the first window, which is from 25 to 30 December.
var firstDay = time.Date(2025, 12, 24, 0, 0, 0, 0, time.UTC)

// yearsPass lets the clock go on, with two workers and half a day at a time around the windows, until the given years are over.
// Each campaign is withdrawn at the end of its year, so that the next window may open another.
func (k *kit) yearsPass() error {
	for last := firstDay.Year() + killYears; k.at.Year() < last; {
		var both errgroup.Group
		for range 2 {
			both.Go(k.worked)
		}
		if err := both.Wait(); err != nil {
			return err
		}
		if k.at.Day() < 31 {
			k.at = k.at.Add(12 * time.Hour)
			continue
		}
		open, err := openReviews(k.sys, k.db.Read())
		if err != nil {
			return err
		}
		for _, r := range open {
			if _, err := k.s.Withdraw(k.sys, r.ID, "年度结束"); err != nil {
				return err
			}
		}
		k.at = time.Date(k.at.Year()+1, 12, 24, 0, 0, 0, 0, time.UTC)
	}
	return nil
}

// worked does what is due now.
func (k *kit) worked() error {
	if err := k.run.Tick(k.sys); err != nil {
		return err
	}
	for {
		if more, err := k.run.RunDue(k.sys); err != nil || !more {
			return err
		}
	}
}

// campaigns gives what became of each window: when its campaign was opened by whom, in which state it is, and whom it lists.
func (k *kit) campaigns() []string {
	k.t.Helper()
	return k.texts(`SELECT r.opens_on || ' ' || r.opened_by || ' ' || r.state || ' ' || r.customers || ' of ' ||
		(SELECT COUNT(*) FROM review_line l WHERE l.review_id = r.id) || ' audited ' ||
		(SELECT COUNT(*) FROM audit_entry a WHERE a.action = 'review.open' AND a.entity_id = CAST(r.id AS TEXT)) FROM review r ORDER BY r.opens_on, r.id`)
}

// yearsUntilKilled lets the years pass in a child.
func yearsUntilKilled(dsn string) error {
	d, err := db.Open(context.Background(), dsn, db.Options{Readers: 6})
	if err != nil {
		return err
	}
	k := reopenedKit(dbtest.Child(), d)
	const state = `SELECT (SELECT COUNT(*) FROM review) || '.' || (SELECT COUNT(*) FROM review_line) || '.' || (SELECT COUNT(*) FROM job WHERE state = 'done') || '.' ||
		(SELECT COUNT(*) FROM job WHERE state = 'running')`
	return dbtest.UntilKilled(k.yearsPass, func() string { return k.texts(state)[0] })
}

// A process killed at any moment opens the campaign of every window exactly once, with every customer in it once: what stands in the
// end is what stands where nobody killed anything.
func TestAKilledCalendarOpensEveryCampaignOnce(t *testing.T) {
	d := dbtest.SQLite(t)
	newKit(t, d).company()
	k := reopenedKit(t, d)
	k.must(k.yearsPass())
	want := k.campaigns()
	if len(want) != killYears {
		t.Fatalf("nobody killed anything, and there are %d campaigns: %s", len(want), strings.Join(want, "; "))
	}
	t.Run("sqlite", func(t *testing.T) { killedCalendar(t, filepath.Join(t.TempDir(), "kezhi.db"), want) })
	t.Run("postgres", func(t *testing.T) { killedCalendar(t, dbtest.EmptyPostgres(t), want) })
}

func killedCalendar(t *testing.T, dsn string, want []string) {
	d := dbtest.Migrated(t, dsn)
	newKit(t, d).company()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	var reached []string
	for range 6 {
		lines := dbtest.KillAfter(t, killVariable+"="+dsn, 2+rand.IntN(30))
		reached = append(reached, lines[len(lines)-1])
	}
	t.Logf("campaigns, lines, jobs done and running at each kill: %s", strings.Join(reached, ", "))
	d, err := db.Open(t.Context(), dsn, db.Options{Readers: 2, MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	k := reopenedKit(t, d)
	k.must(k.yearsPass())
	k.must(k.worked()) // what the end of the last year left to do
	if got := k.campaigns(); !slices.Equal(got, want) {
		t.Fatalf("campaigns\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if failed := k.texts("SELECT kind || ' ' || error_code FROM job WHERE state <> 'done'"); len(failed) != 0 {
		t.Errorf("jobs that are not done: %s", strings.Join(failed, ", "))
	}
}
