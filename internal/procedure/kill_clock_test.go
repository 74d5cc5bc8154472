package procedure

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

// killClockVariable names the database of a child process that lets time pass until it is killed.
const killClockVariable = "KEZHI_TEST_KILL_CLOCK"

const (
	clockCases  = 5 * together
	clockStep   = 6 * time.Hour
	clockAlarms = 3      // of a case that nobody acts in: its first step is late, the whole case will be and is
	clockSteps  = 4 * 12 // until long after the last limit
)

// passTimeUntilKilled moves the clock on and on. It says on standard output how far it has come, a line for every step it sees, while
// the next transactions are under way: what is killed after some of these lines is killed in the middle of something. When all was
// told it goes on saying so.
func passTimeUntilKilled(dsn string) error {
	d, err := db.Open(system(), dsn, db.Options{Readers: 6})
	if err != nil {
		return err
	}
	h := reopened(dbtest.Child(), d, dbtest.Child().TempDir())
	failed := make(chan error)
	go func() {
		for last := int64(-1); ; {
			told, err := db.One(system(), d.Read(), "SELECT COUNT(*) FROM proc_notice", nil, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
			if err == nil && (told != last || told == clockCases*clockAlarms) {
				_, err = fmt.Fprintln(os.Stdout, told)
			}
			last = told
			if err != nil {
				failed <- err
			}
		}
	}()
	go func() {
		for {
			if p, err := h.svc.PassTime(system()); err != nil || p.Failed != 0 {
				failed <- fmt.Errorf("%+v: %w", p, err)
			}
			h.move(clockStep)
		}
	}()
	return <-failed
}

// A clock killed at any moment gives every alarm of every case exactly once: what it tells, whom, for which limit is what a clock
// that nobody killed tells.
func TestAKilledClockGivesEveryAlarmOnce(t *testing.T) {
	want, events := undisturbed(t)
	if len(want) != clockAlarms || events == 0 {
		t.Fatalf("what an undisturbed case tells: %v", want)
	}
	t.Run("sqlite", func(t *testing.T) { killedClock(t, filepath.Join(t.TempDir(), "kezhi.db"), want, events) })
	t.Run("postgres", func(t *testing.T) { killedClock(t, dbtest.EmptyPostgres(t), want, events) })
}

// undisturbed gives what is told in one case whose clock nobody kills, and in how many events.
func undisturbed(t *testing.T) (told []string, events int64) {
	h := complaintHouse(t, dbtest.SQLite(t))
	c := h.complain()
	for range clockSteps {
		if _, err := h.svc.PassTime(system()); err != nil {
			t.Fatal(err)
		}
		h.move(clockStep)
	}
	return h.toldIn(t)[c.ID], h.count("SELECT COUNT(*) FROM event WHERE kind = ?", EventTold)
}

// toldIn gives what people were told, by case.
func (h *house) toldIn(t *testing.T) map[int64][]string {
	t.Helper()
	out := map[int64][]string{}
	err := each(t.Context(), h.db.Read(), "SELECT case_id, user_id, code, step, what, limit_at FROM proc_notice", nil, func(r db.Rows) error {
		out[r.Int64(0)] = append(out[r.Int64(0)], fmt.Sprintf("%d %s %s %s %d", r.Int64(1), r.Bytes(2), r.Bytes(3), r.Bytes(4), r.Int64(5)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range out {
		slices.Sort(list)
	}
	return out
}

func killedClock(t *testing.T, dsn string, want []string, events int64) {
	d := dbtest.Migrated(t, dsn)
	h := complaintHouse(t, d)
	for range clockCases {
		h.complain()
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	var reached []string
	for range 6 {
		lines := dbtest.KillAfter(t, killClockVariable+"="+dsn, 2+rand.IntN(5))
		reached = append(reached, lines[len(lines)-1])
	}
	t.Logf("notices at each kill: %s of %d", strings.Join(reached, ", "), clockCases*clockAlarms)
	d, err := db.Open(t.Context(), dsn, db.Options{Readers: 2, MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	h = reopened(t, d, t.TempDir())
	h.move(clockSteps * clockStep)
	for range 2 { // the second look has nothing left to do
		if p, err := h.svc.PassTime(system()); err != nil || p.Failed != 0 {
			t.Fatalf("%+v %v", p, err)
		}
	}
	cases, err := caseIDs(d)
	if err != nil || len(cases) != clockCases {
		t.Fatal(len(cases), err)
	}
	told := h.toldIn(t)
	for _, n := range cases {
		if !slices.Equal(told[n], want) {
			t.Fatalf("case %d: told\n%s\nwant\n%s", n, strings.Join(told[n], "\n"), strings.Join(want, "\n"))
		}
		h.agreeing(n)
	}
	if n := h.count("SELECT COUNT(*) FROM event WHERE kind = ?", EventTold); n != events*clockCases {
		t.Errorf("%d events tell people, want %d", n, events*clockCases)
	}
}
