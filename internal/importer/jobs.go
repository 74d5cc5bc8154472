package importer

import (
	"context"
	"errors"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/job"
)

// The kinds of job.
const (
	JobCheck  = "import.check"
	JobRun    = "import.run"
	JobRevert = "import.revert"
)

// attempts is how often a job begins anew when the machine fails.
const attempts = 4

// Jobs gives the handlers.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{JobCheck: s.checkJob, JobRun: s.runJob, JobRevert: s.revertJob}
}

// enqueue moves an import on and adds the job that does the work, in one transaction.
func (s *Service) enqueue(ctx context.Context, importID int64, kind string, to State, o order) (Import, error) {
	var out Import
	err := s.change(ctx, importID, func(q db.Q, m *Import) error {
		if !mayMove(m.State, to) {
			return errState(m.State)
		}
		jobID, err := s.queue.Enqueue(ctx, q, job.Spec{Kind: kind, Args: o, UniqueKey: "import:" + id.String(importID), MaxAttempts: attempts})
		if err != nil {
			return err
		}
		if jobID == m.JobID {
			return errState(Running) // the job before is still ending; another one was not added
		}
		m.State, m.JobID, m.ErrorCode, m.ErrorArgs, m.FinishedAt = to, jobID, "", nil, nil
		out = *m
		return nil
	})
	return out, err
}

func decodeOrder(r *job.Run) (order, error) {
	var o order
	err := r.Decode(&o)
	o.retry = r.Attempts < attempts
	return o, err
}

func (s *Service) checkJob(ctx context.Context, r *job.Run) error {
	o, err := decodeOrder(r)
	if err != nil {
		return err
	}
	m, err := s.check(ctx, o, r.Progress)
	if err == nil {
		r.SetResult(map[string]any{"import_id": id.String(m.ID), "file": m.FileName})
	}
	return err
}

func (s *Service) runJob(ctx context.Context, r *job.Run) error {
	o, err := decodeOrder(r)
	if err != nil {
		return err
	}
	m, err := loadImport(ctx, s.db.Read(), o.ImportID)
	if err != nil {
		return err
	}
	if m.State == Done {
		return nil // finished, but the process died before the job was told
	}
	m, err = s.run(ctx, o, r.Progress)
	if err == nil {
		r.SetResult(map[string]any{"import_id": id.String(m.ID), "file": m.FileName, "imported": m.Counts.Imported, "refused": m.Counts.Refused})
	}
	return err
}

func (s *Service) revertJob(ctx context.Context, r *job.Run) error {
	o, err := decodeOrder(r)
	if err != nil {
		return err
	}
	m, err := loadImport(ctx, s.db.Read(), o.ImportID)
	if err != nil || m.State != Reverting {
		return err
	}
	if _, err := authz.Require(ctx, authz.ImportRevert); err != nil {
		return err
	}
	m, err = s.revert(ctx, m, r.Progress)
	again := o.retry && retryable(err)
	if err != nil && ctx.Err() == nil && !again {
		return errors.Join(err, s.revertFailed(ctx, m.ID, err))
	}
	if err == nil {
		r.SetResult(map[string]any{"import_id": id.String(m.ID), "file": m.FileName})
	}
	return err
}
