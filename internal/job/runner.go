package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// lease is how long a claimed job belongs to its worker without a sign of life; it is renewed three times within.
const (
	lease = 30 * time.Second
	idle  = time.Second
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
	nameOf   func(ctx context.Context, userID int64) string
	stop     context.CancelFunc
	wg       sync.WaitGroup
	start    sync.Once
	once     sync.Once
}

type cron struct {
	name string
	next func(now time.Time) time.Time
	spec Spec
}

// NewRunner makes a runner. nameOf turns the id of the person who asked for a job into the name for the audit.
func NewRunner(q *Queue, log *slog.Logger, nameOf func(context.Context, int64) string) *Runner {
	return &Runner{Queue: q, log: log, name: strconv.FormatInt(id.New(q.now()), 36), handlers: map[string]Handler{}, nameOf: nameOf}
}

// Register says who does jobs of a kind. All handlers are registered before Start.
func (r *Runner) Register(kind string, h Handler) { r.handlers[kind] = h }

// Every adds a job again and again: next gives the moment after now at which it is due. Among several processes it is added once.
func (r *Runner) Every(name string, next func(now time.Time) time.Time, spec Spec) {
	r.crons = append(r.crons, cron{name, next, spec})
}

// Run is a job in the hands of its handler.
type Run struct {
	Job
	r        *Runner
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

// SetResult keeps what the job found out, as JSON, for whoever asked for it.
func (run *Run) SetResult(v any) { run.result = v }

// Progress reports how far the job is (total 0 = not known) and gives ErrCanceled when it is to stop.
// It writes at most every 300 ms, so it may be called often.
func (run *Run) Progress(ctx context.Context, done, total int64) error {
	run.Done, run.Total = done, total
	now := run.r.now()
	if now.Sub(run.reported) < 300*time.Millisecond && done != total {
		return ctx.Err()
	}
	run.reported = now
	canceled := false
	err := run.r.db.InTx(ctx, func(q db.Q) error {
		n, err := q.Exec(ctx, "UPDATE job SET done_count = ?, total_count = ?, lease_until = ? WHERE id = ? AND leased_by = ? AND state = 'running'",
			done, total, clock.Micros(now.Add(lease)), run.ID, run.r.name)
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

// Save keeps the cursor in the caller's transaction, together with the work it stands for.
func (run *Run) Save(ctx context.Context, q db.Q, cursor string) error {
	n, err := q.Exec(ctx, "UPDATE job SET cursor = ? WHERE id = ? AND leased_by = ? AND state = 'running'", cursor, run.ID, run.r.name)
	if err == nil && n == 0 {
		return errLost
	}
	run.Cursor = cursor
	return err
}

var errLost = errors.New("the lease of the job was lost to another worker")

// RunJob claims one job and does it here and now, for the command line. The error is the job's own.
func (r *Runner) RunJob(ctx context.Context, jobID int64) (Job, error) {
	j, ok, err := r.claim(ctx, jobID)
	if err != nil {
		return Job{}, err
	}
	if !ok {
		return Job{}, errs.New(errs.Conflict, "job.taken", "id", id.String(jobID))
	}
	jobErr := r.do(ctx, j)
	j, err = db.One(ctx, r.db.Read(), "SELECT "+columns+" FROM job WHERE id = ?", []any{jobID}, scan)
	return j, errors.Join(jobErr, err)
}

// RunDue does one job that is due, here and now, and says whether there was one. The error is the machine's, never the
// job's own: that one is kept with the job.
func (r *Runner) RunDue(ctx context.Context) (bool, error) {
	j, ok, err := r.claim(ctx, 0)
	if err != nil || !ok {
		return false, err
	}
	if err := r.do(ctx, j); err != nil {
		r.log.WarnContext(ctx, "job failed", "kind", j.Kind, "job", j.ID, "error", err)
	}
	return true, ctx.Err()
}

// Start begins to work in the background with n workers and the schedule, until Stop.
func (r *Runner) Start(n int) {
	r.start.Do(func() {
		ctx, cancel := context.WithCancel(context.Background())
		r.stop = cancel
		r.wg.Add(n + 1)
		for range n {
			go r.work(ctx)
		}
		go r.tick(ctx)
	})
}

// Stop lets go of the running jobs (they go on from their cursor at the next start) and waits. A second call does nothing.
func (r *Runner) Stop() {
	r.once.Do(func() {
		if r.stop != nil {
			r.stop()
			r.wg.Wait()
		}
	})
}

func (r *Runner) work(ctx context.Context) {
	defer r.wg.Done()
	t := time.NewTicker(idle)
	defer t.Stop()
	for ctx.Err() == nil {
		j, ok, err := r.claim(ctx, 0)
		if err != nil && ctx.Err() == nil {
			r.log.ErrorContext(ctx, "claiming a job", "error", err)
		}
		if ok {
			if err := r.do(ctx, j); err != nil && ctx.Err() == nil && !errors.Is(err, ErrCanceled) {
				r.log.ErrorContext(ctx, "job failed", "kind", j.Kind, "job", j.ID, "error", err)
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

// claim takes the job with this id, or with 0 the one that is due longest. A job whose lease ran out is up for claim again.
func (r *Runner) claim(ctx context.Context, jobID int64) (Job, bool, error) {
	var j Job
	ok := false
	now := clock.Micros(r.now())
	pick, args := "SELECT id FROM job WHERE (state = 'waiting' AND run_at <= ?) OR (state = 'running' AND lease_until < ?) ORDER BY run_at, id LIMIT 1", []any{now, now}
	if jobID != 0 {
		pick, args = "SELECT CAST(? AS BIGINT)", []any{jobID}
	}
	due, err := db.List(ctx, r.db.Read(), pick, args, func(rows db.Rows) (int64, error) { return rows.Int64(0), nil })
	if err != nil || len(due) == 0 {
		return j, false, err
	}
	err = r.db.InTx(ctx, func(q db.Q) error {
		n, err := q.Exec(ctx, `UPDATE job SET state = 'running', lease_until = ?, leased_by = ?, attempts = attempts + 1, started_at = COALESCE(started_at, ?)
			WHERE id = ? AND (state = 'waiting' OR (state = 'running' AND lease_until < ?))`,
			clock.Micros(r.now().Add(lease)), r.name, now, due[0], now)
		if err != nil || n == 0 {
			return err
		}
		ok = true
		j, err = db.One(ctx, q, "SELECT "+columns+" FROM job WHERE id = ?", []any{due[0]}, scan)
		return err
	})
	return j, ok && err == nil, err
}

func (r *Runner) do(ctx context.Context, j Job) error {
	run := &Run{Job: j, r: r}
	h := r.handlers[j.Kind]
	if h == nil {
		return r.finish(ctx, run, errs.New(errs.Internal, "job.unknown_kind", "kind", j.Kind))
	}
	actor := authz.System(r.nameOf(ctx, j.CreatedBy))
	actor.UserID = j.CreatedBy
	actor.Request = "job " + id.String(j.ID)
	jobCtx, cancel := context.WithCancel(authz.With(ctx, actor))
	defer cancel()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() { defer wg.Done(); r.keepAlive(jobCtx, j.ID) }()
	err := safely(jobCtx, h, run)
	cancel()
	wg.Wait()
	return r.finish(ctx, run, err)
}

func safely(ctx context.Context, h Handler, run *Run) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return h(ctx, run)
}

func (r *Runner) keepAlive(ctx context.Context, jobID int64) {
	t := time.NewTicker(lease / 3)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			err := r.db.InTx(ctx, func(q db.Q) error {
				_, err := q.Exec(ctx, "UPDATE job SET lease_until = ? WHERE id = ? AND leased_by = ?", clock.Micros(r.now().Add(lease)), jobID, r.name)
				return err
			})
			if err != nil && ctx.Err() == nil {
				r.log.WarnContext(ctx, "renewing a lease", "job", jobID, "error", err)
			}
		}
	}
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
				state, runAt = Waiting, now.Add(time.Duration(1<<attempts)*time.Second)
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
		_, err := q.Exec(ctx, `UPDATE job SET state = ?, run_at = ?, attempts = ?, lease_until = 0, done_count = ?, total_count = ?, result = ?, error_code = ?, error_args = ?, finished_at = ?
			WHERE id = ? AND leased_by = ? AND state = 'running'`,
			state, clock.Micros(runAt), attempts, run.Done, run.Total, string(result), code, string(errArgs), finished, run.ID, r.name)
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

func (r *Runner) tick(ctx context.Context) {
	defer r.wg.Done()
	t := time.NewTicker(idle)
	defer t.Stop()
	for {
		if err := r.Tick(ctx); err != nil && ctx.Err() == nil {
			r.log.ErrorContext(ctx, "running the schedule", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

// Tick adds the scheduled jobs that are due now. A schedule seen for the first time is due at once.
func (r *Runner) Tick(ctx context.Context) error {
	now := r.now()
	for _, c := range r.crons {
		var next int64
		err := db.Get(ctx, r.db.Read(), "SELECT next_at FROM schedule WHERE name = ?", []any{c.name}, &next)
		if err != nil && !db.IsNoRows(err) {
			return err
		}
		if err == nil && next > clock.Micros(now) {
			continue
		}
		err = r.db.InTx(ctx, func(q db.Q) error {
			n, err := q.Exec(ctx, `INSERT INTO schedule (name, next_at) VALUES (?, ?)
				ON CONFLICT (name) DO UPDATE SET next_at = excluded.next_at WHERE schedule.next_at <= ?`,
				c.name, clock.Micros(c.next(now)), clock.Micros(now))
			if err != nil || n == 0 {
				return err
			}
			_, err = r.Enqueue(ctx, q, c.spec)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
