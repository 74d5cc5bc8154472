package segment

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/event"
	"kezhi/internal/grading"
	"kezhi/internal/id"
	"kezhi/internal/job"
)

// Kinds of the jobs of this feature.
const (
	JobRefresh = "segment.refresh" // one segment
	JobDaily   = "segment.daily"   // all dynamic ones
)

type refreshArgs struct {
	Segment string `json:"segment"` // "" = all dynamic ones
}

// RefreshResult is what a refresh did. It counts no customers: whoever asked may not see all of them.
type RefreshResult struct {
	Segments int64 `json:"segments"`
}

// Jobs gives the handlers of the jobs of this feature.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{JobRefresh: s.run, JobDaily: s.run}
}

// Daily is the refresh of every night, after the duties of the day are planned.
func (s *Service) Daily() (job.Spec, func(now time.Time) time.Time) {
	next := func(now time.Time) time.Time {
		return calendar.FromTime(now, s.loc).AddDays(1).Midnight(s.loc).Add(90 * time.Minute)
	}
	return job.Spec{Kind: JobDaily, Args: refreshArgs{}, UniqueKey: JobDaily}, next
}

// Subscribe refreshes all dynamic segments when grades moved, because conditions may name grades.
func (s *Service) Subscribe(bus *event.Bus) {
	bus.Subscribe(grading.EventCompleted, func(ctx context.Context, q db.Q, _ event.Event) error {
		_, err := s.queue.Enqueue(ctx, q, job.Spec{Kind: JobDaily, Args: refreshArgs{}, UniqueKey: JobDaily})
		return err
	})
}

// Refresh works out the members of a dynamic segment anew, as a job. Errors: not_found, segment.archived.
func (s *Service) Refresh(ctx context.Context, segmentID int64) (jobID int64, err error) {
	if _, err := authz.Require(ctx, authz.SegmentManage); err != nil {
		return 0, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		cur, err := load(ctx, q, segmentID)
		if err != nil {
			return err
		}
		if _, err = held(ctx, q, segmentID, cur.Version); err != nil {
			return err
		}
		jobID, err = s.queue.Enqueue(ctx, q, spec(segmentID))
		return err
	})
	return jobID, err
}

func spec(segmentID int64) job.Spec {
	return job.Spec{Kind: JobRefresh, Args: refreshArgs{id.String(segmentID)}, UniqueKey: JobRefresh + ":" + id.String(segmentID)}
}

func (s *Service) enqueue(ctx context.Context, q db.Q, seg Segment) error {
	if seg.Mode != Dynamic {
		return nil
	}
	_, err := s.queue.Enqueue(ctx, q, spec(seg.ID))
	return err
}

func (s *Service) run(ctx context.Context, run *job.Run) error {
	var args refreshArgs
	if err := run.Decode(&args); err != nil {
		return err
	}
	// Members are the same for everybody, whoever asked: the refresh sees all customers.
	all := authz.With(ctx, authz.System("segment"))
	var todo []Segment
	var err error
	if args.Segment == "" {
		todo, err = list(ctx, s.db.Read())
	} else {
		var n int64
		if n, err = id.Parse(args.Segment); err == nil {
			todo = make([]Segment, 1)
			todo[0], err = load(ctx, s.db.Read(), n)
		}
	}
	if err != nil {
		return err
	}
	var out RefreshResult
	var failed error
	for _, seg := range todo {
		if seg.Mode != Dynamic || seg.ArchivedAt != nil {
			continue
		}
		// One segment whose field was removed since must not keep the others from being refreshed.
		err := s.refresh(all, seg, func(done, total int64) error { return run.Progress(ctx, done, total) }, &out)
		if errors.Is(err, job.ErrCanceled) || ctx.Err() != nil {
			return err
		}
		failed = errors.Join(failed, err)
	}
	run.SetResult(out)
	return failed
}

// refresh replaces the members in one transaction. One whose conditions changed meanwhile is left to the job of that change.
func (s *Service) refresh(ctx context.Context, seg Segment, progress func(done, total int64) error, out *RefreshResult) error {
	ids, err := s.match(ctx, seg.Groups, progress)
	if err != nil {
		return err
	}
	on := s.today()
	done := false
	err = s.db.InTx(ctx, func(q db.Q) error {
		cur, err := load(ctx, q, seg.ID)
		if err != nil || cur.Version != seg.Version {
			return err
		}
		done = true
		before, err := members(ctx, q, seg.ID)
		if err != nil {
			return err
		}
		added, removed := differ(before, ids)
		for _, c := range removed {
			if err := removeMember(ctx, q, seg.ID, c); err != nil {
				return err
			}
		}
		for _, c := range added {
			if err := addMember(ctx, q, seg.ID, c, on); err != nil {
				return err
			}
		}
		return refreshed(ctx, q, seg.ID, int64(len(ids)), on, s.now())
	})
	if err == nil && done {
		out.Segments++
	}
	return err
}

// differ compares two ascending lists.
func differ(before, after []int64) (added, removed []int64) {
	i, j := 0, 0
	for i < len(before) || j < len(after) {
		switch {
		case j == len(after) || i < len(before) && before[i] < after[j]:
			removed = append(removed, before[i])
			i++
		case i == len(before) || after[j] < before[i]:
			added = append(added, after[j])
			j++
		default:
			i++
			j++
		}
	}
	return added, removed
}

func text(groups []Group) string {
	if len(groups) == 0 {
		return ""
	}
	b, err := json.Marshal(groups)
	if err != nil {
		return ""
	}
	return string(b)
}
