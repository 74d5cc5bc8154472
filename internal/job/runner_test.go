package job_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/job"
)

func TestStopPutsARunningJobBackWithoutCostingAnAttempt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		began := make(chan struct{})
		r := k.runner(map[string]job.Handler{"long": func(c context.Context, run *job.Run) error {
			if err := k.save(run, "half"); err != nil {
				return err
			}
			close(began)
			<-c.Done()
			return c.Err()
		}})
		r.Start(2)
		r.Start(2)
		jobID := k.add(job.Spec{Kind: "long", MaxAttempts: 1})
		<-began
		var stopping sync.WaitGroup
		for range 3 {
			stopping.Go(r.Stop)
		}
		stopping.Wait()
		k.want(jobID, job.Waiting, 0, "")
		r.Start(1) // a stopped runner stays stopped
		k.want(jobID, job.Waiting, 0, "")

		next := k.runner(map[string]job.Handler{"long": func(_ context.Context, run *job.Run) error {
			if run.Cursor != "half" {
				t.Errorf("goes on from %q", run.Cursor)
			}
			return nil
		}})
		if n := k.due(next); n != 1 {
			t.Fatalf("%d runs", n)
		}
		k.want(jobID, job.Done, 1, "")
		k.runner(nil).Stop() // one that never started
	})
}

// What the process died over is found by the next one after the lease, at its cursor; the crash costs an attempt.
func TestCursorSurvivesAnAbandonedProcess(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		jobID := k.add(job.Spec{Kind: "work"})
		exec(t, d, "UPDATE job SET state = 'running', leased_by = 'gone', lease_until = ?, attempts = 1, cursor = 'row 500' WHERE id = ?",
			k.hand.now().Add(10*time.Second).UnixMicro(), jobID)
		cursor := ""
		r := k.runner(map[string]job.Handler{"work": func(_ context.Context, run *job.Run) error { cursor = run.Cursor; return nil }})
		if n := k.due(r); n != 0 {
			t.Fatal("taken over while the lease still held")
		}
		k.hand.move(11 * time.Second)
		if n := k.due(r); n != 1 || cursor != "row 500" {
			t.Fatalf("%d runs from %q", n, cursor)
		}
		k.want(jobID, job.Done, 2, "")
	})
}

func TestStartWakesForNewWork(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		done := make(chan int64, 3)
		r := k.runner(map[string]job.Handler{"quick": func(_ context.Context, run *job.Run) error { done <- run.ID; return nil }})
		r.Start(2)
		defer r.Stop()
		for range 3 {
			jobID := k.add(job.Spec{Kind: "quick"})
			if got := <-done; got != jobID {
				t.Fatalf("did %d, want %d", got, jobID)
			}
		}
	})
}

// daily is due at each midnight.
func daily(now time.Time) time.Time { return now.Truncate(24 * time.Hour).Add(24 * time.Hour) }

func TestScheduleAddsEachRunOnceAmongTwoProcesses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		var mu sync.Mutex
		runs := 0
		handler := map[string]job.Handler{"plan": func(context.Context, *job.Run) error { mu.Lock(); runs++; mu.Unlock(); return nil }}
		a, b := k.runner(handler), k.runner(handler)
		for _, r := range []*job.Runner{a, b} {
			r.Every("plan.daily", daily, job.Spec{Kind: "plan"})
		}
		both := func() {
			t.Helper()
			var wg sync.WaitGroup
			var failed [2]error
			for i, r := range []*job.Runner{a, b} {
				wg.Go(func() { failed[i] = r.Tick(ctx) })
			}
			wg.Wait()
			if failed[0] != nil || failed[1] != nil {
				t.Fatal(failed)
			}
			k.due(a)
		}
		steps := []struct {
			name string
			move time.Duration
			want int
		}{
			{"first seen: due at once", 0, 1},
			{"again at once", 0, 1},
			{"before midnight", 14 * time.Hour, 1},
			{"after midnight", 2 * time.Hour, 2},
			{"three days asleep: once, not thrice", 72 * time.Hour, 3},
			{"clock back by a minute", -time.Minute, 3},
			{"and on", time.Hour, 3},
			{"next day", 24 * time.Hour, 4},
		}
		for _, s := range steps {
			k.hand.move(s.move)
			if both(); runs != s.want {
				t.Fatalf("%s: %d runs, want %d", s.name, runs, s.want)
			}
		}
	})
}

// A clock that was years ahead for a moment must not silence the schedule for years.
func TestScheduleRecoversFromAClockThatWasAhead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		runs := 0
		r := k.runner(map[string]job.Handler{"plan": func(context.Context, *job.Run) error { runs++; return nil }})
		r.Every("plan.daily", daily, job.Spec{Kind: "plan"})
		tick := func() {
			t.Helper()
			if err := r.Tick(ctx); err != nil {
				t.Fatal(err)
			}
			k.due(r)
		}
		tick()
		k.hand.move(5 * 365 * 24 * time.Hour)
		tick()
		k.hand.move(-5 * 365 * 24 * time.Hour)
		if tick(); runs != 2 {
			t.Fatalf("%d runs right after the clock was set right, want 2", runs)
		}
		k.hand.move(24 * time.Hour)
		if tick(); runs != 3 {
			t.Fatalf("%d runs on the next day, want 3", runs)
		}
	})
}
