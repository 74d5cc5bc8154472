package app

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/handover"
)

// killVariable names the database of a child process that moves a handover until it is killed.
const killVariable = "KEZHI_TEST_KILL_HANDOVER"

func TestMain(m *testing.M) {
	dbtest.Main(m, map[string]func(string) error{killVariable: moveUntilKilled, upgradeVariable: upgradeOnce})
}

// reopenedCompany is the program after it was killed, when the lease of what it did has run out.
func reopenedCompany(t testing.TB, d *db.DB) *company {
	t.Helper()
	k := openCompany(t, d)
	at := dbtest.Count(t, d, "SELECT COALESCE(MAX(lease_until), 0) FROM job")
	if after := time.UnixMicro(at).UTC().Add(time.Minute); after.After(k.now) {
		k.now = after
	}
	return k
}

// moveUntilKilled lets everything happen that waits and says how much has moved.
func moveUntilKilled(dsn string) error {
	t := dbtest.Child()
	d, err := db.Open(context.Background(), dsn, db.Options{Readers: 2})
	if err != nil {
		return err
	}
	k := reopenedCompany(t, d)
	return dbtest.UntilKilled(func() error { return k.Drain(k.sys) }, func() string {
		held := k.held("li")
		return fmt.Sprintf("%d customers, %d duties, %d steps", held["customers"], held["duties"], held["steps"])
	})
}

// A process killed at any moment of a handover, again and again: everything arrives, nothing is lost, nothing stays with nobody, nothing
// is done twice.
func TestAKilledHandoverMovesEverythingOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	t.Run("sqlite", func(t *testing.T) { killedHandover(t, filepath.Join(t.TempDir(), "kezhi.db")) })
	t.Run("postgres", func(t *testing.T) { killedHandover(t, dbtest.EmptyPostgres(t)) })
}

func killedHandover(t *testing.T, dsn string) {
	d := dbtest.Migrated(t, dsn)
	k := leaving(t, d, 230)
	before := k.held("li")
	h := k.opened(handover.OpenInput{From: k.today().AddDays(1)})
	k.planned(h)
	h, err := k.Handovers.Sign(k.as("qian"), h.ID)
	k.must(err)
	k.agree(h.CaseID, "li", "he", "ma", "qian")
	dbtest.Exec(t, d, "UPDATE job SET run_at = 0 WHERE kind = ? AND state = 'waiting'", handover.JobMove)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	var reached []string
	for range 5 {
		lines := dbtest.KillAfter(t, killVariable+"="+dsn, 1+rand.IntN(8))
		reached = append(reached, lines[len(lines)-1])
	}
	t.Logf("left with the giver at each kill: %s", strings.Join(reached, "; "))
	d, err = db.Open(t.Context(), dsn, db.Options{Readers: 2, MustExist: true})
	k.must(err)
	defer d.Close()
	k = reopenedCompany(t, d)
	k.drain()
	k.arrived(h.ID, before)
}

// arrived makes sure that all that was with li is with the others, and that each of it went over once.
func (k *company) arrived(handoverID int64, before map[string]int64) {
	k.t.Helper()
	got, err := k.Handovers.Get(k.as("qian"), handoverID)
	k.must(err)
	if got.State != handover.Done || got.Lines.Moved != before["customers"] {
		k.t.Errorf("%+v", got.Handover)
	}
	if after := k.all("he", "ma"); fmt.Sprint(after) != fmt.Sprint(before) {
		k.t.Errorf("before %v, after %v", before, after)
	}
	for what, sql := range map[string]string{
		"customers of nobody":         "SELECT COUNT(*) FROM customer WHERE owner_id = 0 OR owner_id NOT IN (SELECT id FROM app_user WHERE state = 'active')",
		"customers given twice":       "SELECT COUNT(*) FROM (SELECT customer_id FROM owner_term WHERE how = 'handover' GROUP BY customer_id HAVING COUNT(*) > 1) AS w",
		"terms that do not say so":    "SELECT COUNT(*) FROM customer c WHERE NOT EXISTS (SELECT 1 FROM owner_term t WHERE t.customer_id = c.id AND t.until_on IS NULL AND t.how = 'handover' AND t.owner_id = c.owner_id)",
		"duties of others than owner": "SELECT COUNT(*) FROM duty d JOIN customer c ON c.id = d.customer_id WHERE d.owner_id <> c.owner_id",
		"promises given twice":        "SELECT COUNT(*) FROM (SELECT promise_id FROM promise_step WHERE act = 'give' GROUP BY promise_id HAVING COUNT(*) > 1) AS w",
		"things given twice":          "SELECT COUNT(*) FROM (SELECT action, entity_id FROM audit_entry WHERE action IN ('visit.give', 'call.give', 'handover.done') GROUP BY action, entity_id HAVING COUNT(*) > 1) AS w",
		"things kept":                 "SELECT COUNT(*) FROM handover_kept",
		"jobs that are not done":      "SELECT COUNT(*) FROM job WHERE kind = 'handover.move' AND state <> 'done'",
	} {
		if n := dbtest.Count(k.t, k.DB, sql); n != 0 {
			k.t.Errorf("%s: %d", what, n)
		}
	}
	if n := dbtest.Count(k.t, k.DB, "SELECT COUNT(*) FROM event WHERE kind = ?", handover.EventHandedOver); n != 1 {
		k.t.Errorf("it was told %d times", n)
	}
}
