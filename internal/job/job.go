package job

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// State of a job.
type State string

// The states; see the diagram in doc.go.
const (
	Waiting  State = "waiting"
	Running  State = "running"
	Done     State = "done"
	Failed   State = "failed"
	Canceled State = "canceled"
)

// Spec is a job to be done.
type Spec struct {
	Kind        string
	Args        any       // small: ids and dates only
	UniqueKey   string    // while a job with this key waits or runs, another one is not added
	RunAt       time.Time // zero = now
	MaxAttempts int       // 0 = 5
}

// Job is a job as it stands.
type Job struct {
	ID                    int64
	Kind                  string
	Args                  json.RawMessage
	State                 State
	Attempts              int
	Done, Total           int64
	Cursor                string
	CancelRequested       bool
	Result                json.RawMessage
	ErrorCode             string
	ErrorArgs             map[string]any
	CreatedBy             int64
	CreatedAt             time.Time
	StartedAt, FinishedAt *int64 // microseconds

	reach string // what its asker may do, as reachOf writes it
}

// Queue adds and reads jobs.
type Queue struct {
	db   *db.DB
	now  clock.Clock
	wake chan struct{}
	// nameOf turns the id of a person into the name, once there is a runner.
	nameOf func(ctx context.Context, userID int64) string
	// canceled are told of a job that was canceled before it began, by its kind: its handler never runs.
	canceled map[string]CanceledFunc
}

// CanceledFunc puts right, in the transaction of the cancel, what waits for a job that will never run.
type CanceledFunc func(ctx context.Context, q db.Q, j Job) error

// OnCanceled registers what follows when a waiting job of a kind is canceled; features do it at composition.
func (s *Queue) OnCanceled(kind string, do CanceledFunc) { s.canceled[kind] = do }

// NewQueue makes a queue on a database.
func NewQueue(d *db.DB, now clock.Clock) *Queue {
	return &Queue{db: d, now: now, wake: make(chan struct{}, 1), canceled: map[string]CanceledFunc{}}
}

// Enqueue writes a job in the caller's transaction and gives its id. When a job with the same UniqueKey waits or runs,
// its id is given and nothing is added.
func (s *Queue) Enqueue(ctx context.Context, q db.Q, spec Spec) (int64, error) {
	args, err := json.Marshal(spec.Args)
	if err != nil {
		return 0, fmt.Errorf("encoding job %s: %w", spec.Kind, err)
	}
	actor, _ := authz.From(ctx)
	now := s.now()
	if spec.RunAt.IsZero() {
		spec.RunAt = now
	}
	if spec.MaxAttempts == 0 {
		spec.MaxAttempts = 5
	}
	var unique any
	if spec.UniqueKey != "" {
		unique = spec.UniqueKey
	}
	reach, err := reachOf(actor)
	if err != nil {
		return 0, err
	}
	newID := id.New(now)
	n, err := q.Exec(ctx, `INSERT INTO job (id, kind, args, state, unique_key, run_at, attempts, max_attempts, lease_until, leased_by,
			done_count, total_count, cursor, cancel_requested, result, error_code, error_args, created_by, created_at, reach)
		VALUES (?,?,?,'waiting',?,?,0,?,0,'',0,0,'',0,'null','','null',?,?,?)
		ON CONFLICT (unique_key) WHERE state IN ('waiting', 'running') DO NOTHING`,
		newID, spec.Kind, string(args), unique, clock.Micros(spec.RunAt), spec.MaxAttempts, actor.UserID, clock.Micros(now), reach)
	if err != nil {
		return 0, fmt.Errorf("enqueuing job %s: %w", spec.Kind, err)
	}
	if n == 0 {
		err := db.Get(ctx, q, "SELECT id FROM job WHERE unique_key = ? AND state IN ('waiting', 'running')", []any{unique}, &newID)
		return newID, err
	}
	q.AfterCommit(s.poke)
	return newID, nil
}

// Record writes a job that is done in the foreground, outside any runner, in the caller's transaction: it is listed and found like every
// other. Its result follows with Conclude.
func (s *Queue) Record(ctx context.Context, q db.Q, kind string, args any) (int64, error) {
	text, err := json.Marshal(args)
	if err != nil {
		return 0, fmt.Errorf("encoding job %s: %w", kind, err)
	}
	actor, _ := authz.From(ctx)
	reach, err := reachOf(actor)
	if err != nil {
		return 0, err
	}
	now := s.now()
	at, newID := clock.Micros(now), id.New(now)
	_, err = q.Exec(ctx, `INSERT INTO job (id, kind, args, state, run_at, attempts, max_attempts, lease_until, leased_by, done_count, total_count, cursor,
			cancel_requested, result, error_code, error_args, created_by, created_at, started_at, finished_at, reach)
		VALUES (?,?,?,'done',?,1,1,0,'',0,0,'',0,'null','','null',?,?,?,?,?)`,
		newID, kind, string(text), at, actor.UserID, at, at, at, reach)
	if err != nil {
		return 0, fmt.Errorf("recording job %s: %w", kind, err)
	}
	return newID, nil
}

// Conclude gives a recorded job its result.
func (s *Queue) Conclude(ctx context.Context, q db.Q, jobID int64, result any) error {
	text, err := json.Marshal(result)
	if err != nil {
		return fmt.Errorf("encoding the result of job %d: %w", jobID, err)
	}
	_, err = q.Exec(ctx, "UPDATE job SET result = ?, finished_at = ? WHERE id = ? AND state = 'done'", string(text), clock.Micros(s.now()), jobID)
	return err
}

const columns = `id, kind, args, state, attempts, done_count, total_count, cursor, cancel_requested, result, error_code, error_args,
	created_by, created_at, started_at, finished_at, reach`

func scan(r db.Rows) (Job, error) { return scanWith(r) }

// scanWith reads the columns, and what was asked for behind them.
func scanWith(r db.Rows, more ...any) (Job, error) {
	var j Job
	var args, result, errArgs []byte
	var created int64
	err := r.Scan(append([]any{
		&j.ID, &j.Kind, &args, &j.State, &j.Attempts, &j.Done, &j.Total, &j.Cursor, &j.CancelRequested, &result, &j.ErrorCode, &errArgs,
		&j.CreatedBy, &created, &j.StartedAt, &j.FinishedAt, &j.reach,
	}, more...)...)
	if err != nil {
		return j, err
	}
	j.Args, j.Result, j.CreatedAt = args, result, clock.FromMicros(created)
	return j, json.Unmarshal(errArgs, &j.ErrorArgs)
}

// Get gives a job of the acting person, or any job to those who manage the system.
func (s *Queue) Get(ctx context.Context, jobID int64) (Job, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return Job{}, err
	}
	j, err := db.One(ctx, s.db.Read(), "SELECT "+columns+" FROM job WHERE id = ?", []any{jobID}, scan)
	if err == nil && j.CreatedBy != actor.UserID && actor.Grants[authz.SystemManage] != authz.ReachAll {
		return Job{}, db.ErrNoRows
	}
	return j, err
}

// Mine gives the newest jobs of the acting person, newest first, at most 50.
func (s *Queue) Mine(ctx context.Context) ([]Job, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return nil, err
	}
	return db.List(ctx, s.db.Read(), "SELECT "+columns+" FROM job WHERE created_by = ? ORDER BY id DESC LIMIT 50", []any{actor.UserID}, scan)
}

// Cancel asks a job to stop. One that waits is canceled at once; one that runs stops at its next progress report.
func (s *Queue) Cancel(ctx context.Context, jobID int64) error {
	j, err := s.Get(ctx, jobID)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		now := clock.Micros(s.now())
		n, err := q.Exec(ctx, "UPDATE job SET state = 'canceled', cancel_requested = 1, finished_at = ? WHERE id = ? AND state = 'waiting'", now, jobID)
		if err != nil {
			return err
		}
		if n == 1 {
			if do := s.canceled[j.Kind]; do != nil {
				return do(ctx, q, j)
			}
			return nil
		}
		_, err = q.Exec(ctx, "UPDATE job SET cancel_requested = 1 WHERE id = ? AND state = 'running'", jobID)
		return err
	})
}

func (s *Queue) poke() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// ErrCanceled is what Run.Progress returns once somebody asked the job to stop; the handler cleans up and returns it.
var ErrCanceled = errs.New(errs.Conflict, "job.canceled")

// Forget takes away the jobs of a kind that were done before a moment: a schedule that runs every minute would fill the
// table with rows nobody asks for. What failed stays.
func (s *Queue) Forget(ctx context.Context, kind string, before time.Time) error {
	return s.db.InTx(ctx, func(q db.Q) error {
		_, err := q.Exec(ctx, "DELETE FROM job WHERE kind = ? AND state = 'done' AND finished_at < ?", kind, clock.Micros(before))
		return err
	})
}
