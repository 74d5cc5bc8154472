package job_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/job"
)

// hand is a clock the test moves.
type hand struct {
	mu sync.Mutex
	t  time.Time
}

func newHand() *hand { return &hand{t: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)} }

func (h *hand) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.t
}

func (h *hand) move(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.t = h.t.Add(d)
}

var (
	ctx    = context.Background()
	person = authz.With(ctx, authz.Actor{UserID: 42, Name: "林晓", UnitIDs: []int64{7, 8}, Grants: authz.GrantsOf([]string{authz.RoleCustomerManager})})
)

type kit struct {
	t    *testing.T
	db   *db.DB
	hand *hand
	q    *job.Queue
}

func newKit(t *testing.T, d *db.DB) *kit {
	h := newHand()
	return &kit{t: t, db: d, hand: h, q: job.NewQueue(d, h.now)}
}

// runner is one process: several on one database are several machines.
func (k *kit) runner(handlers map[string]job.Handler) *job.Runner {
	r := job.NewRunner(job.NewQueue(k.db, k.hand.now), slog.New(slog.DiscardHandler), func(_ context.Context, u int64) string { return fmt.Sprintf("user %d", u) })
	for kind, h := range handlers {
		r.Register(kind, h)
	}
	return r
}

func (k *kit) add(spec job.Spec) (jobID int64) {
	k.t.Helper()
	err := k.db.InTx(person, func(q db.Q) (err error) {
		jobID, err = k.q.Enqueue(person, q, spec)
		return err
	})
	if err != nil {
		k.t.Fatal(err)
	}
	return jobID
}

func (k *kit) get(jobID int64) job.Job {
	k.t.Helper()
	j, err := k.q.Get(person, jobID)
	if err != nil {
		k.t.Fatal(err)
	}
	return j
}

// due does everything that is due, as one process would.
func (k *kit) due(r *job.Runner) (n int) {
	k.t.Helper()
	for {
		worked, err := r.RunDue(ctx)
		if err != nil {
			k.t.Fatal(err)
		}
		if !worked {
			return n
		}
		n++
	}
}

func (k *kit) want(jobID int64, state job.State, attempts int, code string) {
	k.t.Helper()
	if j := k.get(jobID); j.State != state || j.Attempts != attempts || j.ErrorCode != code {
		k.t.Fatalf("%s after %d attempts with %q, want %s after %d with %q", j.State, j.Attempts, j.ErrorCode, state, attempts, code)
	}
}

func (k *kit) save(run *job.Run, cursor string) error {
	return k.db.InTx(ctx, func(q db.Q) error { return run.Save(ctx, q, cursor) })
}
