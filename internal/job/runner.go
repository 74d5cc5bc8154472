package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// lease is how long a claimed job belongs to its worker without a sign of life; it is renewed three times within.
const (
	lease        = 30 * time.Second
	idle         = time.Second
	longestPause = time.Hour // between two attempts
)

// Handler does a job. It must be idempotent: after a crash it runs again, with the cursor it saved last.
type Handler func(ctx context.Context, r *Run) error

// Runner claims and runs jobs.
type Runner struct {
	*Queue
	log      *slog.Logger
	name     string
	handlers map[string]Handler
	crons    []cron
	beyond   BeyondFunc // nil = nobody comes to customers otherwise
	wg       sync.WaitGroup
	steps    atomic.Int64       // jobs begun and jobs over
	mu       sync.Mutex         // guards stop, ended and claims
	stop     context.CancelFunc // nil until Start
	ended    bool
	claims   int
}

// NewRunner makes a runner. nameOf turns the id of the person who asked for a job into the name for the audit.
func NewRunner(q *Queue, log *slog.Logger, nameOf func(context.Context, int64) string) *Runner {
	q.nameOf = nameOf
	return &Runner{Queue: q, log: log, name: strconv.FormatInt(id.New(q.now()), 36), handlers: map[string]Handler{}}
}

// Register says who does jobs of a kind. All handlers are registered before Start.
func (r *Runner) Register(kind string, h Handler) { r.handlers[kind] = h }

// Run is a job in the hands of its handler.
type Run struct {
	Job
	r        *Runner
	owner    string // names this claim of the job, for the fence
	reported time.Time
	result   any
}

// Decode reads the job's arguments.
func (run *Run) Decode(v any) error {
	if err := json.Unmarshal(run.Args, v); err != nil {
		return fmt.Errorf("decoding arguments of job %s: %w", run.Kind, err)
	}
	return nil
}

// Log is where a handler says what it passed over; every line names the job.
func (run *Run) Log() *slog.Logger { return run.r.log.With("kind", run.Kind, "job", run.ID) }

// SetResult keeps what the job found out, as JSON, for whoever asked for it.
func (run *Run) SetResult(v any) { run.result = v }

// Progress reports how far the job is (total 0 = not known) and gives ErrCanceled when it is to stop.
// It writes at most every 300 ms, so it may be called often.
func (run *Run) Progress(ctx context.Context, done, total int64) error {
	run.Done, run.Total = done, total
	now := run.r.now()
	if since := now.Sub(run.reported); since >= 0 && since < 300*time.Millisecond && done != total {
		return ctx.Err()
	}
	run.reported = now
	canceled := false
	err := run.r.db.InTx(ctx, func(q db.Q) error {
		n, err := q.Exec(ctx, "UPDATE job SET done_count = ?, total_count = ?, lease_until = ? WHERE id = ? AND leased_by = ? AND state = 'running'",
			done, total, clock.Micros(now.Add(lease)), run.ID, run.owner)
		if err != nil {
			return err
		}
		if n == 0 {
			return errLost
		}
		return db.Get(ctx, q, "SELECT cancel_requested FROM job WHERE id = ?", []any{run.ID}, &canceled)
	})
	if err == nil && canceled {
		return ErrCanceled
	}
	return err
}

// Hold gives the cursor as it was saved last and keeps everybody else from saving one until the caller's transaction is over: for
// handlers that save from several transactions side by side.
func (run *Run) Hold(ctx context.Context, q db.Q) (cursor string, err error) {
	n, err := q.Exec(ctx, "UPDATE job SET cursor = cursor WHERE id = ? AND leased_by = ? AND state = 'running'", run.ID, run.owner)
	if err != nil {
		return "", err
	}
	if n == 0 {
		return "", errLost
	}
	err = db.Get(ctx, q, "SELECT cursor FROM job WHERE id = ?", []any{run.ID}, &cursor)
	return cursor, err
}

// Save keeps the cursor in the caller's transaction, together with the work it stands for.
func (run *Run) Save(ctx context.Context, q db.Q, cursor string) error {
	n, err := q.Exec(ctx, "UPDATE job SET cursor = ? WHERE id = ? AND leased_by = ? AND state = 'running'", cursor, run.ID, run.owner)
	if err == nil && n == 0 {
		return errLost
	}
	run.Cursor = cursor
	return err
}

var errLost = errors.New("the lease of the job was lost to another worker")

// RunJob claims one job and does it here and now, for the command line. The error is the job's own.
func (r *Runner) RunJob(ctx context.Context, jobID int64) (Job, error) {
	run, err := r.claim(ctx, jobID)
	if err != nil {
		return Job{}, err
	}
	if run == nil {
		return Job{}, errs.New(errs.Conflict, "job.taken", "id", id.String(jobID))
	}
	jobErr := r.do(ctx, run)
	j, err := db.One(ctx, r.db.Read(), "SELECT "+columns+" FROM job WHERE id = ?", []any{jobID}, scan)
	return j, errors.Join(jobErr, err)
}

// RunDue does one job that is due, here and now, and says whether there was one. The error is the machine's, never the
// job's own: that one is kept with the job.
func (r *Runner) RunDue(ctx context.Context) (bool, error) {
	run, err := r.claim(ctx, 0)
	if err != nil || run == nil {
		return false, err
	}
	if err := r.do(ctx, run); err != nil {
		r.log.WarnContext(ctx, "job failed", "kind", run.Kind, "job", run.ID, "error", err)
	}
	return true, ctx.Err()
}

// Start begins to work in the background with n workers and the schedule, until Stop. A second call, or one after Stop,
// does nothing.
func (r *Runner) Start(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stop != nil || r.ended {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	r.stop = cancel
	for range n {
		r.wg.Go(func() { r.work(ctx) })
	}
	r.wg.Go(func() { r.tick(ctx) })
}

// Stop lets go of the running jobs (they go on from their cursor at the next start) and waits. A second call only waits.
func (r *Runner) Stop() {
	r.mu.Lock()
	r.ended = true
	stop := r.stop
	r.mu.Unlock()
	if stop != nil {
		stop()
		r.wg.Wait()
	}
}

func (r *Runner) work(ctx context.Context) {
	t := time.NewTicker(idle)
	defer t.Stop()
	for ctx.Err() == nil {
		run, err := r.claim(ctx, 0)
		if err != nil && ctx.Err() == nil {
			r.log.ErrorContext(ctx, "claiming a job", "error", err)
		}
		if run != nil {
			if err := r.do(ctx, run); err != nil && ctx.Err() == nil && !errors.Is(err, ErrCanceled) {
				r.log.ErrorContext(ctx, "job failed", "kind", run.Kind, "job", run.ID, "error", err)
			}
			continue
		}
		select {
		case <-ctx.Done():
		case <-r.wake:
		case <-t.C:
		}
	}
}

// claim takes the job with this id, or with 0 the one that is due longest, and gives nil when there is none to take.
// A job whose lease ran out is up for claim again.
func (r *Runner) claim(ctx context.Context, jobID int64) (*Run, error) {
	if jobID != 0 {
		return r.take(ctx, jobID)
	}
	for {
		now := clock.Micros(r.now())
		due, err := db.List(ctx, r.db.Read(),
			"SELECT id FROM job WHERE (state = 'waiting' AND run_at <= ?) OR (state = 'running' AND lease_until < ?) ORDER BY run_at, id LIMIT 1",
			[]any{now, now}, func(rows db.Rows) (int64, error) { return rows.Int64(0), nil })
		if err != nil || len(due) == 0 {
			return nil, err
		}
		// Another worker may have been quicker with this one; the next may still be free.
		if run, err := r.take(ctx, due[0]); err != nil || run != nil {
			return run, err
		}
	}
}

// take claims one job for a single holder: the name of the claim tells it even from an earlier one of this same process.
func (r *Runner) take(ctx context.Context, jobID int64) (*Run, error) {
	r.mu.Lock()
	r.claims++
	run := &Run{r: r, owner: r.name + "." + strconv.Itoa(r.claims)}
	r.mu.Unlock()
	now := r.now()
	var taken int64
	err := r.db.InTx(ctx, func(q db.Q) (err error) {
		taken, err = q.Exec(ctx, `UPDATE job SET state = 'running', lease_until = ?, leased_by = ?, attempts = attempts + 1, started_at = COALESCE(started_at, ?)
			WHERE id = ? AND (state = 'waiting' OR (state = 'running' AND lease_until < ?))`,
			clock.Micros(now.Add(lease)), run.owner, clock.Micros(now), jobID, clock.Micros(now))
		if err != nil || taken == 0 {
			return err
		}
		run.Job, err = db.One(ctx, q, "SELECT "+columns+" FROM job WHERE id = ?", []any{jobID}, scan)
		return err
	})
	if err != nil || taken == 0 {
		return nil, err
	}
	return run, nil
}

// Steps counts what this process has done with jobs so far, one at the beginning and one at the end of each.
func (r *Runner) Steps() int64 { return r.steps.Load() }

func (r *Runner) do(ctx context.Context, run *Run) error {
	r.steps.Add(1)
	defer r.steps.Add(1)
	h := r.handlers[run.Kind]
	if h == nil {
		return r.finish(ctx, run, errs.New(errs.Internal, "job.unknown_kind", "kind", run.Kind))
	}
	// Whoever held it last never came back, every time: it may be this job that kills the process.
	if run.Attempts > run.maxAttempts(ctx) {
		return r.finish(ctx, run, errs.New(errs.Conflict, "job.abandoned", "attempts", run.Attempts-1))
	}
	actor, err := run.actor(r.nameOf(ctx, run.CreatedBy))
	if err == nil && run.reach != "" && r.beyond != nil {
		actor.Beyond, err = r.beyond(ctx, run.CreatedBy)
	}
	if err != nil {
		return r.finish(ctx, run, err)
	}
	actor.Request = "job " + id.String(run.ID)
	jobCtx, cancel := context.WithCancel(authz.With(ctx, actor))
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() { r.keepAlive(jobCtx, cancel, run) })
	err = safely(jobCtx, h, run)
	cancel()
	wg.Wait()
	return r.finish(ctx, run, err)
}

func safely(ctx context.Context, h Handler, run *Run) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return h(ctx, run)
}

// keepAlive renews the lease while the handler works. When the lease went to another worker, it ends the handler's context.
func (r *Runner) keepAlive(ctx context.Context, lost context.CancelFunc, run *Run) {
	t := time.NewTicker(lease / 3)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			if err := r.renew(ctx, run); errors.Is(err, errLost) {
				lost()
			} else if err != nil && ctx.Err() == nil {
				r.log.WarnContext(ctx, "renewing a lease", "job", run.ID, "error", err)
			}
		}
	}
}

func (r *Runner) renew(ctx context.Context, run *Run) error {
	return r.db.InTx(ctx, func(q db.Q) error {
		n, err := q.Exec(ctx, "UPDATE job SET lease_until = ? WHERE id = ? AND leased_by = ? AND state = 'running'",
			clock.Micros(r.now().Add(lease)), run.ID, run.owner)
		if err == nil && n == 0 {
			return errLost
		}
		return err
	})
}

// finish writes the outcome. When the process is stopping, the job goes back to waiting and costs no attempt.
func (r *Runner) finish(ctx context.Context, run *Run, jobErr error) error {
	stopping := ctx.Err() != nil
	ctx = context.WithoutCancel(ctx)
	now := r.now()
	state, runAt, code, args := Done, now, "", map[string]any(nil)
	attempts := run.Attempts
	switch {
	case errors.Is(jobErr, ErrCanceled):
		state, code = Canceled, "job.canceled"
	case jobErr != nil && stopping:
		state = Waiting
		attempts--
	case jobErr != nil:
		code = errs.CodeOf(jobErr)
		if e, ok := errs.As(jobErr); ok {
			args = e.Args
		}
		state = Failed
		if errs.KindOf(jobErr) == errs.Internal || errs.KindOf(jobErr) == errs.Unavailable {
			if attempts < run.maxAttempts(ctx) {
				state, runAt = Waiting, now.Add(min(longestPause, time.Second<<min(attempts, 20)))
			}
		}
	}
	result, err := json.Marshal(run.result)
	if err != nil {
		return errors.Join(jobErr, err)
	}
	errArgs, err := json.Marshal(args)
	if err != nil {
		return errors.Join(jobErr, err)
	}
	var finished any
	if state != Waiting {
		finished = clock.Micros(now)
	}
	err = r.db.InTx(ctx, func(q db.Q) error {
		n, err := q.Exec(ctx, `UPDATE job SET state = ?, run_at = ?, attempts = ?, lease_until = 0, done_count = ?, total_count = ?, result = ?, error_code = ?, error_args = ?, finished_at = ?
			WHERE id = ? AND leased_by = ? AND state = 'running'`,
			state, clock.Micros(runAt), attempts, run.Done, run.Total, string(result), code, string(errArgs), finished, run.ID, run.owner)
		if err == nil && n == 0 {
			return errLost
		}
		return err
	})
	return errors.Join(jobErr, err)
}

func (run *Run) maxAttempts(ctx context.Context) int {
	n := 0
	if err := db.Get(ctx, run.r.db.Read(), "SELECT max_attempts FROM job WHERE id = ?", []any{run.ID}, &n); err != nil {
		return 0
	}
	return n
}
