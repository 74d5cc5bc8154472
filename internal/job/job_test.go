package job_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/job"
)

func TestAJobIsDoneWithItsArgumentsAndItsActor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		r := k.runner(map[string]job.Handler{"count": func(c context.Context, run *job.Run) error {
			var args struct{ N int64 }
			if err := run.Decode(&args); err != nil {
				return err
			}
			a, _ := authz.From(c)
			if a.UserID != 42 || a.Name != "user 42" || a.Request != "job "+fmt.Sprint(run.ID) {
				t.Errorf("acting is %+v", a)
			}
			if asker, _ := authz.From(person); !maps.Equal(a.Grants, asker.Grants) || a.Grants[authz.SystemManage] != authz.ReachNone || !slices.Equal(a.UnitIDs, asker.UnitIDs) {
				t.Errorf("the job reaches %v of %v, its asker %v of %v", a.Grants, a.UnitIDs, asker.Grants, asker.UnitIDs)
			}
			run.SetResult(map[string]int64{"twice": 2 * args.N})
			return run.Progress(c, args.N, args.N)
		}})
		jobID := k.add(job.Spec{Kind: "count", Args: map[string]int64{"n": 21}})
		j, err := r.RunJob(ctx, jobID)
		if err != nil || j.State != job.Done || j.Attempts != 1 || string(j.Result) != `{"twice":42}` || j.Done != 21 || j.Total != 21 || j.FinishedAt == nil {
			t.Fatalf("%+v, %v", j, err)
		}
		if _, err := r.RunJob(ctx, jobID); errs.CodeOf(err) != "job.taken" {
			t.Fatalf("done twice: %v", err)
		}
		mine, err := k.q.Mine(person)
		if err != nil || len(mine) != 1 || mine[0].ID != jobID {
			t.Fatalf("mine: %v, %v", mine, err)
		}
		other := authz.With(ctx, authz.Actor{UserID: 43, Grants: authz.GrantsOf([]string{authz.RoleCustomerManager})})
		if _, err := k.q.Get(other, jobID); !db.IsNoRows(err) {
			t.Fatalf("somebody else's job: %v", err)
		}
		if err := k.q.Cancel(other, jobID); !db.IsNoRows(err) {
			t.Fatalf("canceling somebody else's job: %v", err)
		}
	})
}

// Four processes with four workers each: every job is done by exactly one of them.
func TestClaimIsExclusive(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		const jobs = 60
		for i := range jobs {
			k.add(job.Spec{Kind: "once", Args: i})
		}
		var mu sync.Mutex
		seen := map[int64]int{}
		all := make(chan struct{})
		handler := map[string]job.Handler{"once": func(_ context.Context, run *job.Run) error {
			mu.Lock()
			defer mu.Unlock()
			if seen[run.ID]++; len(seen) == jobs {
				select {
				case <-all:
				default:
					close(all)
				}
			}
			return nil
		}}
		var runners []*job.Runner
		for range 4 {
			r := k.runner(handler)
			r.Start(4)
			runners = append(runners, r)
		}
		<-all
		for _, r := range runners {
			r.Stop()
		}
		for jobID, n := range seen {
			if n != 1 {
				t.Errorf("job %d was done %d times", jobID, n)
			}
			k.want(jobID, job.Done, 1, "")
		}
	})
}

// The lease runs out under a worker that hangs; another takes over, and the first can neither save nor finish any more.
// Both in one process and between two.
func TestALostLeaseFencesTheOldWorker(t *testing.T) {
	for _, same := range []bool{true, false} {
		t.Run(fmt.Sprintf("same process %v", same), func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				k := newKit(t, d)
				var mu sync.Mutex
				calls := 0
				hanging, release := make(chan struct{}), make(chan struct{})
				var staleSave, staleProgress error
				handler := map[string]job.Handler{"slow": func(c context.Context, run *job.Run) error {
					mu.Lock()
					calls++
					first := calls == 1
					mu.Unlock()
					if !first {
						if run.Cursor != "half" || run.Attempts != 2 {
							t.Errorf("taken over at %q, attempt %d", run.Cursor, run.Attempts)
						}
						run.SetResult("second")
						if err := k.save(run, "end"); err != nil {
							return err
						}
						close(release)
						return nil
					}
					if err := k.save(run, "half"); err != nil {
						return err
					}
					close(hanging)
					<-release
					staleSave, staleProgress = k.save(run, "stale"), run.Progress(context.WithoutCancel(c), 1, 1)
					run.SetResult("first")
					return nil
				}}
				old := k.runner(handler)
				next := old
				if !same {
					next = k.runner(handler)
				}
				jobID := k.add(job.Spec{Kind: "slow"})
				finished := make(chan error, 1)
				go func() { _, err := old.RunJob(ctx, jobID); finished <- err }()
				<-hanging
				if _, err := next.RunJob(ctx, jobID); errs.CodeOf(err) != "job.taken" {
					t.Errorf("while the lease holds: %v", err)
				}
				k.hand.move(time.Minute)
				if worked, err := next.RunDue(ctx); err != nil || !worked {
					t.Errorf("nobody took over: %v", err)
				}
				if err := <-finished; err == nil || staleSave == nil || staleProgress == nil {
					t.Errorf("the old worker finished %v, saved %v, reported %v", err, staleSave, staleProgress)
				}
				k.want(jobID, job.Done, 2, "")
				if j := k.get(jobID); string(j.Result) != `"second"` || j.Cursor != "end" {
					t.Errorf("result %s at %q", j.Result, j.Cursor)
				}
			})
		})
	}
}

// A save and the work it stands for are one transaction: what was undone is not marked as done.
func TestSaveSharesTheTransaction(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		boom := errors.New("boom")
		r := k.runner(map[string]job.Handler{"work": func(c context.Context, run *job.Run) error {
			if err := k.save(run, "one"); err != nil {
				return err
			}
			return d.InTx(c, func(q db.Q) error { return errors.Join(run.Save(c, q, "two"), boom) })
		}})
		jobID := k.add(job.Spec{Kind: "work", MaxAttempts: 1})
		if _, err := r.RunJob(ctx, jobID); !errors.Is(err, boom) {
			t.Fatal(err)
		}
		if j := k.get(jobID); j.Cursor != "one" || j.State != job.Failed {
			t.Fatalf("%s at %q", j.State, j.Cursor)
		}
	})
}

func TestRetries(t *testing.T) {
	for name, c := range map[string]struct {
		err   error
		code  string
		again bool
	}{
		"ours":             {io.ErrUnexpectedEOF, "internal", true},
		"machine":          {errs.New(errs.Unavailable, "db.disk_full"), "db.disk_full", true},
		"the input":        {errs.New(errs.Invalid, "field.required", "x", 1), "field.required", false},
		"a conflict":       {errs.New(errs.Conflict, "job.taken"), "job.taken", false},
		"not there":        {db.ErrNoRows, "not_found", false},
		"a bug (panicked)": {nil, "internal", true},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				k := newKit(t, d)
				r := k.runner(map[string]job.Handler{"fail": func(context.Context, *job.Run) error {
					if c.err == nil {
						panic("a bug")
					}
					return c.err
				}})
				jobID := k.add(job.Spec{Kind: "fail", MaxAttempts: 3})
				if n := k.due(r); n != 1 {
					t.Fatalf("%d runs at once", n)
				}
				if !c.again {
					k.want(jobID, job.Failed, 1, c.code)
					return
				}
				k.want(jobID, job.Waiting, 1, c.code)
				for attempt, pause := range []time.Duration{2 * time.Second, 4 * time.Second} {
					k.hand.move(pause - time.Millisecond)
					if n := k.due(r); n != 0 {
						t.Fatalf("attempt %d came too early", attempt+2)
					}
					k.hand.move(time.Millisecond)
					if n := k.due(r); n != 1 {
						t.Fatalf("attempt %d did not come", attempt+2)
					}
				}
				k.want(jobID, job.Failed, 3, c.code)
				k.hand.move(24 * time.Hour)
				if n := k.due(r); n != 0 {
					t.Fatal("a failed job was done again")
				}
			})
		})
	}
}

// With many attempts the pause stops growing and never turns negative.
func TestThePauseHasALimit(t *testing.T) {
	d := dbtest.SQLite(t)
	k := newKit(t, d)
	r := k.runner(map[string]job.Handler{"fail": func(context.Context, *job.Run) error { return io.ErrUnexpectedEOF }})
	jobID := k.add(job.Spec{Kind: "fail", MaxAttempts: 80})
	for i := range 80 {
		if n := k.due(r); n != 1 {
			t.Fatalf("attempt %d: %d runs", i+1, n)
		}
		k.hand.move(time.Hour)
	}
	k.want(jobID, job.Failed, 80, "internal")
}

// A job whose process dies each time it is begun comes to an end, instead of taking the program down for ever.
func TestAJobThatKillsItsProcessIsGivenUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		calls := 0
		r := k.runner(map[string]job.Handler{"deadly": func(context.Context, *job.Run) error { calls++; return nil }})
		jobID := k.add(job.Spec{Kind: "deadly", MaxAttempts: 3})
		// Three processes claimed it and never came back: what a claim leaves behind is all that is left of them.
		exec(t, d, "UPDATE job SET state = 'running', leased_by = 'gone', lease_until = 1, attempts = 3 WHERE id = ?", jobID)
		if _, err := r.RunJob(ctx, jobID); errs.CodeOf(err) != "job.abandoned" {
			t.Fatal(err)
		}
		k.want(jobID, job.Failed, 4, "job.abandoned")
		if calls != 0 {
			t.Fatal("it was begun once more")
		}
	})
}

func exec(t *testing.T, d *db.DB, sql string, args ...any) {
	t.Helper()
	if err := d.InTx(ctx, func(q db.Q) error { _, err := q.Exec(ctx, sql, args...); return err }); err != nil {
		t.Fatal(err)
	}
}

func TestCancel(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		r := k.runner(map[string]job.Handler{"long": func(c context.Context, run *job.Run) error {
			for i := range int64(1000) {
				if i == 2 {
					if err := k.q.Cancel(person, run.ID); err != nil {
						return err
					}
				}
				k.hand.move(400 * time.Millisecond)
				if err := run.Progress(c, i, 1000); err != nil {
					run.SetResult(i)
					return err
				}
			}
			return nil
		}})
		waiting := k.add(job.Spec{Kind: "long"})
		if err := k.q.Cancel(person, waiting); err != nil {
			t.Fatal(err)
		}
		k.want(waiting, job.Canceled, 0, "")
		if n := k.due(r); n != 0 {
			t.Fatal("a canceled job was done")
		}
		running := k.add(job.Spec{Kind: "long"})
		if _, err := r.RunJob(ctx, running); !errors.Is(err, job.ErrCanceled) {
			t.Fatal(err)
		}
		k.want(running, job.Canceled, 1, "job.canceled")
		if j := k.get(running); string(j.Result) != "2" || !j.CancelRequested || j.FinishedAt == nil {
			t.Fatalf("%+v", j)
		}
		if err := k.q.Cancel(person, running); err != nil {
			t.Fatal(err)
		}
		k.want(running, job.Canceled, 1, "job.canceled")
	})
}

func TestUniqueKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		spec := job.Spec{Kind: "grade", UniqueKey: "grade:2026"}
		first := k.add(spec)
		var sameWhileRunning int64
		r := k.runner(map[string]job.Handler{"grade": func(context.Context, *job.Run) error { sameWhileRunning = k.add(spec); return nil }})
		if again := k.add(spec); again != first {
			t.Fatalf("%d was added beside %d", again, first)
		}
		if n := k.due(r); n != 1 || sameWhileRunning != first {
			t.Fatalf("%d runs, %d beside %d", n, sameWhileRunning, first)
		}
		if next := k.add(spec); next == first {
			t.Fatal("a finished job blocks its key")
		}
		if a, b := k.add(job.Spec{Kind: "grade"}), k.add(job.Spec{Kind: "grade"}); a == b {
			t.Fatal("jobs without a key were joined")
		}
	})
}

func TestLaterJobsWaitAndOlderComeFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		var order []string
		r := k.runner(map[string]job.Handler{"note": func(_ context.Context, run *job.Run) error {
			var name string
			err := run.Decode(&name)
			order = append(order, name)
			return err
		}})
		k.add(job.Spec{Kind: "note", Args: "in an hour", RunAt: k.hand.now().Add(time.Hour)})
		k.add(job.Spec{Kind: "note", Args: "now"})
		k.add(job.Spec{Kind: "note", Args: "overdue", RunAt: k.hand.now().Add(-time.Hour)})
		k.due(r)
		if fmt.Sprint(order) != "[overdue now]" {
			t.Fatalf("%v", order)
		}
		k.hand.move(time.Hour)
		if k.due(r); fmt.Sprint(order) != "[overdue now in an hour]" {
			t.Fatalf("%v", order)
		}
		odd := k.add(job.Spec{Kind: "no such kind", MaxAttempts: 1})
		if k.due(r); k.get(odd).ErrorCode != "job.unknown_kind" {
			t.Fatalf("%+v", k.get(odd))
		}
	})
}
