package job

import (
	"context"
	"strconv"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// Filter chooses among everybody's jobs; empty = all.
type Filter struct {
	State  State
	Kind   string
	Cursor string
	Limit  int
}

// Asked is a job with who asked for it and when it is due.
type Asked struct {
	Job
	ByName string // "" = the program itself
	RunAt  time.Time
}

// All gives everybody's jobs, newest first, a page at a time. Needs system.manage. Error: cursor.invalid.
func (s *Queue) All(ctx context.Context, f Filter) (list []Asked, next string, err error) {
	if _, err := authz.Require(ctx, authz.SystemManage); err != nil {
		return nil, "", err
	}
	before, err := db.DecodeCursor(f.Cursor, 1)
	if err != nil {
		return nil, "", err
	}
	where, args := "", []any{}
	if f.State != "" {
		where, args = where+" AND state = ?", append(args, string(f.State))
	}
	if f.Kind != "" {
		where, args = where+" AND kind = ?", append(args, f.Kind)
	}
	if before != nil {
		n, err := id.Parse(before[0])
		if err != nil {
			return nil, "", errs.New(errs.Invalid, "cursor.invalid")
		}
		where, args = where+" AND id < ?", append(args, n)
	}
	limit := min(max(f.Limit, 1), 200)
	list, err = db.List(ctx, s.db.Read(), "SELECT "+columns+", run_at FROM job WHERE id > 0"+where+" ORDER BY id DESC LIMIT "+strconv.Itoa(limit+1),
		args, scanAsked)
	if len(list) > limit {
		list = list[:limit]
		next = db.EncodeCursor(id.String(list[limit-1].ID))
	}
	s.name(ctx, list)
	return list, next, err
}

// name says who asked for each.
func (s *Queue) name(ctx context.Context, list []Asked) {
	known := map[int64]string{0: ""}
	for i, j := range list {
		if _, ok := known[j.CreatedBy]; !ok && s.nameOf != nil {
			known[j.CreatedBy] = s.nameOf(ctx, j.CreatedBy)
		}
		list[i].ByName = known[j.CreatedBy]
	}
}

func scanAsked(r db.Rows) (Asked, error) {
	var a Asked
	var due int64
	var err error
	a.Job, err = scanWith(r, &due)
	a.RunAt = clock.FromMicros(due)
	return a, err
}

// Retry has a failed job done again, from the cursor it saved last and with all its attempts before it. Needs system.manage.
// Errors: not_found, job.not_failed, job.unique when another one of the same key waits or runs.
func (s *Queue) Retry(ctx context.Context, jobID int64) error {
	if _, err := authz.Require(ctx, authz.SystemManage); err != nil {
		return err
	}
	j, err := s.Get(ctx, jobID)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		now := s.now()
		var twin int64
		err := db.Get(ctx, q, "SELECT COUNT(*) FROM job a JOIN job b ON b.unique_key = a.unique_key AND b.state IN ('waiting', 'running') WHERE a.id = ?", []any{jobID}, &twin)
		if err != nil {
			return err
		}
		if twin > 0 {
			return errs.New(errs.Conflict, "job.unique")
		}
		n, err := q.Exec(ctx, `UPDATE job SET state = 'waiting', attempts = 0, run_at = ?, cancel_requested = 0, error_code = '', error_args = 'null', finished_at = NULL
			WHERE id = ? AND state = 'failed'`, clock.Micros(now), jobID)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.New(errs.Conflict, "job.not_failed")
		}
		q.AfterCommit(s.poke)
		return audit.Write(ctx, q, now, audit.Entry{Action: "job.retry", Entity: "job", EntityID: id.String(jobID), Detail: map[string]any{"kind": j.Kind, "error": j.ErrorCode}})
	})
}

// Load says how much there is to do.
type Load struct {
	Waiting, Running int64
	Failed           int64     // in the last seven days
	Oldest           time.Time // when the one that is due longest was due; zero = none is
}

// Load counts what waits, runs and failed.
func (s *Queue) Load(ctx context.Context) (Load, error) {
	var l Load
	var oldest *int64
	now := s.now()
	err := db.Get(ctx, s.db.Read(), `SELECT COALESCE(SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN state = 'running' THEN 1 ELSE 0 END), 0),
			MIN(CASE WHEN state = 'waiting' AND run_at <= ? THEN run_at END) FROM job WHERE state IN ('waiting', 'running')`,
		[]any{clock.Micros(now)}, &l.Waiting, &l.Running, &oldest)
	if err != nil {
		return l, err
	}
	if oldest != nil {
		l.Oldest = clock.FromMicros(*oldest)
	}
	return l, db.Get(ctx, s.db.Read(), "SELECT COUNT(*) FROM job WHERE state = 'failed' AND finished_at > ?", []any{clock.Micros(now.Add(-7 * 24 * time.Hour))}, &l.Failed)
}
