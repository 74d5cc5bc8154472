package procedure

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

// killVariable names the database of a child process that acts on cases until it is killed.
const killVariable = "KEZHI_TEST_KILL_PROCEDURE"

func TestMain(m *testing.M) {
	dbtest.Main(m, map[string]func(string) error{killVariable: actUntilKilled, killClockVariable: passTimeUntilKilled})
}

// reopened gives the house of a database that was furnished before.
func reopened(t testing.TB, d *db.DB, uploads string) *house {
	t.Helper()
	h := openHouse(t, d, uploads)
	h.adopt(complaints)
	h.adopt(request)
	return h
}

// actUntilKilled acts on all cases at once and acknowledges on standard output each act that the service said is done.
func actUntilKilled(dsn string) error {
	d, err := db.Open(system(), dsn, db.Options{Readers: 4})
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "kezhi-kill-")
	if err != nil {
		return err
	}
	h := reopened(dbtest.Child(), d, dir)
	cases, err := caseIDs(d)
	if err != nil {
		return err
	}
	failed := make(chan error)
	var out sync.Mutex
	for p := range 4 {
		go func() {
			rng := rand.New(rand.NewPCG(uint64(os.Getpid()), uint64(p)))
			for i := 0; ; i++ {
				n := cases[rng.IntN(len(cases))]
				c, err := getCase(system(), d.Read(), n)
				if err != nil {
					failed <- err
				}
				w, err := h.svc.caseWorld(system(), d.Read(), &c)
				if err != nil {
					failed <- err
				}
				in := anything(rng, w.def, &c)
				in.Key = fmt.Sprintf("%d-%d-%d", os.Getpid(), p, i)
				if _, err := h.svc.Act(as(h.likely(rng, in, &c)), n, in); err != nil {
					continue // refused: nothing was acknowledged
				}
				out.Lock()
				_, err = fmt.Fprintln(os.Stdout, n, in.Key)
				out.Unlock()
				if err != nil {
					failed <- err
				}
			}
		}()
	}
	return <-failed
}

func caseIDs(d *db.DB) ([]int64, error) {
	return db.List(system(), d.Read(), "SELECT id FROM proc_case ORDER BY id", nil, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// A process killed at any moment leaves every act it acknowledged there once, and every other wholly or not at all.
func TestAKilledProcessLeavesActsDoneOrNotDone(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { killed(t, filepath.Join(t.TempDir(), "kezhi.db")) })
	t.Run("postgres", func(t *testing.T) { killed(t, dbtest.EmptyPostgres(t)) })
}

func killed(t *testing.T, dsn string) {
	d := dbtest.Migrated(t, dsn)
	h := complaintHouse(t, d)
	for range 30 {
		h.complain()
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	acknowledged := map[string]string{} // key -> case
	for range 3 {
		for _, line := range dbtest.KillAfter(t, killVariable+"="+dsn, 20+rand.IntN(60)) {
			n, key, _ := strings.Cut(line, " ")
			acknowledged[key] = n
		}
		holds(t, dsn, acknowledged)
	}
}

func holds(t *testing.T, dsn string, acknowledged map[string]string) {
	t.Helper()
	d, err := db.Open(t.Context(), dsn, db.Options{Readers: 2, MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	h := reopened(t, d, t.TempDir())
	for key, n := range acknowledged {
		if got := h.count("SELECT COUNT(*) FROM proc_act WHERE case_id = "+n+" AND idem_key = ?", key); got != 1 {
			t.Fatalf("act %s on case %s was acknowledged and is there %d times", key, n, got)
		}
	}
	cases, err := caseIDs(d)
	if err != nil || len(cases) != 30 {
		t.Fatal(len(cases), err)
	}
	for _, n := range cases {
		h.whole(n)
	}
}
