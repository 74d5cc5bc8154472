package customer

import (
	"context"
	"errors"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/job"
)

// Jobs gives the handlers of this feature's jobs by kind.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{jobBulk: s.runBulk, jobBulkUndo: s.runUndo}
}

// bulkResult is what the jobs leave for whoever asked.
type bulkResult struct {
	BulkID  string `json:"bulk_id"`
	Total   int64  `json:"total"`
	Changed int64  `json:"changed"`
	Kept    int64  `json:"kept"` // undoing left them, because somebody has changed them since
}

// runBulk goes on until no customer waits. What is done is written beside it, so a second run goes on where the first one stopped.
func (s *Service) runBulk(ctx context.Context, run *job.Run) error {
	b, err := loadBulk(ctx, s.db.Read(), run.ID)
	if err != nil {
		return err
	}
	err = s.steps(ctx, run, &b, "waiting", s.bulkStep)
	run.SetResult(bulkResult{BulkID: id.String(b.ID), Total: b.Total, Changed: b.Changed})
	switch {
	case errors.Is(err, job.ErrCanceled):
		b.State = "canceled"
	case err != nil:
		return err
	default:
		b.State = "done"
	}
	return errors.Join(err, s.db.InTx(context.WithoutCancel(ctx), func(q db.Q) error { return setBulk(ctx, q, b) }))
}

// steps runs one step per transaction and reports the progress in between.
func (s *Service) steps(ctx context.Context, run *job.Run, b *Bulk, state string, step func(context.Context, db.Q, *Bulk) (bool, error)) error {
	for more := true; more; {
		left, err := countItems(ctx, s.db.Read(), b.ID, state)
		if err != nil {
			return err
		}
		if err := run.Progress(ctx, b.Total-left, b.Total); err != nil {
			return err
		}
		err = s.db.InTx(ctx, func(q db.Q) error {
			// The transaction may run twice on PostgreSQL, so it counts on a copy.
			copied, err := loadBulk(ctx, q, b.ID)
			if err != nil {
				return err
			}
			more, err = step(ctx, q, &copied)
			*b = copied
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// UndoMany takes a bulk change back within 24 hours: every customer on which it is still as the change left it gets back what was there before.
// Errors: not_found (also for the changes of others, unless one may change all customers), customer.bulk_not_undoable.
func (s *Service) UndoMany(ctx context.Context, bulkID int64) (Bulk, error) {
	actor, err := authz.Require(ctx, authz.CustomerWrite)
	if err != nil {
		return Bulk{}, err
	}
	var b Bulk
	err = s.db.InTx(ctx, func(q db.Q) error {
		var err error
		if b, err = loadBulk(ctx, q, bulkID); err != nil {
			return err
		}
		if b.CreatedBy != actor.UserID && !actor.Scope(authz.CustomerWrite).All {
			return db.ErrNoRows
		}
		if _, err := authz.Require(ctx, permissionOf(b.Action)); err != nil {
			return err
		}
		now := s.now()
		if now.Sub(b.CreatedAt) > undoWithin {
			return errs.New(errs.Conflict, "customer.bulk_not_undoable", "state", b.State, "hours", int(undoWithin.Hours()))
		}
		ok, err := beginUndo(ctx, q, bulkID)
		if err != nil {
			return err
		}
		if !ok {
			return errs.New(errs.Conflict, "customer.bulk_not_undoable", "state", b.State, "hours", int(undoWithin.Hours()))
		}
		b.State = "undoing"
		if b.Changed > bulkNow {
			b.JobID, err = s.queue.Enqueue(ctx, q, job.Spec{Kind: jobBulkUndo, Args: undoArgs{id.String(bulkID)}})
			return err
		}
		if _, err := s.undoStep(ctx, q, &b); err != nil {
			return err
		}
		b.State = "undone"
		return setBulk(ctx, q, b)
	})
	return b, err
}

type undoArgs struct {
	BulkID string `json:"bulk_id"`
}

func (s *Service) runUndo(ctx context.Context, run *job.Run) error {
	var args undoArgs
	if err := run.Decode(&args); err != nil {
		return err
	}
	bulkID, err := id.Parse(args.BulkID)
	if err != nil {
		return err
	}
	b, err := loadBulk(ctx, s.db.Read(), bulkID)
	if err != nil {
		return err
	}
	if err := s.steps(ctx, run, &b, "changed", s.undoStep); err != nil {
		if errors.Is(err, job.ErrCanceled) {
			b.State = "done" // what is left can be undone by another go
			return errors.Join(err, s.db.InTx(context.WithoutCancel(ctx), func(q db.Q) error { return setBulk(ctx, q, b) }))
		}
		return err
	}
	kept, err := countItems(ctx, s.db.Read(), bulkID, "kept")
	if err != nil {
		return err
	}
	b.State = "undone"
	run.SetResult(bulkResult{BulkID: args.BulkID, Total: b.Total, Changed: b.Changed, Kept: kept})
	return s.db.InTx(ctx, func(q db.Q) error { return setBulk(ctx, q, b) })
}

// undoStep takes the next customers of a bulk back and says whether there were any.
func (s *Service) undoStep(ctx context.Context, q db.Q, b *Bulk) (bool, error) {
	items, err := nextItems(ctx, q, b.ID, "changed", bulkChunk)
	if err != nil || len(items) == 0 {
		return false, err
	}
	st, err := s.newStep(ctx, q, b, items)
	if err != nil {
		return false, err
	}
	for _, it := range items {
		state := "kept"
		if cur := st.found[it.id]; cur != nil {
			ok, err := st.back(ctx, cur, it.before)
			if err != nil {
				return false, err
			}
			if ok {
				state = "undone"
			}
		}
		if err := setItem(ctx, q, b.ID, it.id, state, it.before); err != nil {
			return false, err
		}
	}
	return true, st.finish(ctx)
}
