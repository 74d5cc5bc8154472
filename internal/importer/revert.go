package importer

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// Revert takes a finished import back, as a job: its facts vanish from every measure, customers it created are archived, customers it
// changed are put back where nobody changed them since. Error importer.state_*.
func (s *Service) Revert(ctx context.Context, importID int64) (Import, error) {
	actor, err := authz.Require(ctx, authz.ImportRevert)
	if err != nil {
		return Import{}, err
	}
	m, err := s.seen(ctx, actor, importID)
	if err != nil {
		return Import{}, err
	}
	return s.enqueue(ctx, importID, JobRevert, Reverting, orderOf(actor, m))
}

// RevertNow is Revert without a job, for the command line.
func (s *Service) RevertNow(ctx context.Context, importID int64) (Import, error) {
	actor, err := authz.Require(ctx, authz.ImportRevert)
	if err != nil {
		return Import{}, err
	}
	m, err := s.seen(ctx, actor, importID)
	if err != nil {
		return Import{}, err
	}
	err = s.change(ctx, importID, func(_ db.Q, cur *Import) error {
		// One that was interrupted while reverting may be called again.
		if cur.State != Reverting && !mayMove(cur.State, Reverting) {
			return errState(cur.State)
		}
		cur.State, cur.JobID = Reverting, 0
		m = *cur
		return nil
	})
	if err != nil {
		return m, err
	}
	return s.revert(ctx, m, func(ctx context.Context, _, _ int64) error { return ctx.Err() })
}

// revert does the work. Every step can be repeated: facts hidden before stay hidden, changes taken back are forgotten one by one.
func (s *Service) revert(ctx context.Context, m Import, report reportFunc) (Import, error) {
	err := s.db.InTx(ctx, func(q db.Q) error {
		_, err := s.facts.RevertBatch(ctx, q, m.BatchID)
		return err
	})
	if err != nil {
		return m, err
	}
	t, err := s.revertCustomers(ctx, m.ID, report)
	if err != nil {
		return m, err
	}
	return m, s.change(ctx, m.ID, func(q db.Q, cur *Import) error {
		if cur.State != Reverting {
			return errState(cur.State)
		}
		at := clock.Micros(s.now())
		cur.State, cur.RevertedAt = Reverted, &at
		cur.Counts.Archived, cur.Counts.PutBack, cur.Counts.Kept = t.archived, t.putBack, t.kept
		m = *cur
		if err := s.audited(ctx, q, *cur, "import.revert"); err != nil {
			return err
		}
		return s.bus.Emit(ctx, q, "import.reverted", 0, happened(cur))
	})
}

// revertFailed notes why reverting ended; it can be asked for again and goes on where it stopped.
func (s *Service) revertFailed(ctx context.Context, importID int64, cause error) error {
	return s.change(ctx, importID, func(_ db.Q, cur *Import) error {
		if cur.State == Reverting {
			cur.State, cur.ErrorCode = Done, errs.CodeOf(cause)
		}
		return nil
	})
}

// takenBack counts customers.
type takenBack struct{ archived, putBack, kept int64 }

// revertStep is how many customers one transaction takes back.
const revertStep = 500

// revertCustomers takes the import's changes to customers back, so many at a time. What somebody changed since, or what
// something else hangs on, is kept and can be listed.
func (s *Service) revertCustomers(ctx context.Context, importID int64, report reportFunc) (takenBack, error) {
	var t takenBack
	for done := int64(0); ; {
		next, err := nextChanges(ctx, s.db.Read(), importID, revertStep)
		if err != nil || len(next) == 0 {
			return t, err
		}
		var step takenBack
		err = s.db.InTx(ctx, func(q db.Q) error {
			var err error
			step, err = s.revertSome(ctx, q, importID, next)
			return err
		})
		if err != nil {
			return t, err
		}
		t.archived += step.archived
		t.putBack += step.putBack
		t.kept += step.kept
		done += int64(len(next))
		if report != nil {
			if err := report(ctx, done, 0); err != nil && errs.CodeOf(err) != "job.canceled" {
				return t, err // reverting is not stopped half way by a cancel, only by the end of the process
			}
		}
	}
}

func (s *Service) revertSome(ctx context.Context, q db.Q, importID int64, list []customer.Revert) (takenBack, error) {
	var t takenBack
	skipped, err := s.customers.RevertMany(ctx, q, list)
	if err != nil {
		return t, err
	}
	kept := make(map[int64]bool, len(skipped))
	for _, n := range skipped {
		kept[n] = true
	}
	var gone, stay []int64
	for _, r := range list {
		switch {
		case kept[r.ID]:
			stay = append(stay, r.ID)
			t.kept++
		case len(r.Before) == 0:
			gone = append(gone, r.ID)
			t.archived++
		default:
			gone = append(gone, r.ID)
			t.putBack++
		}
	}
	if len(stay) > 0 {
		if err := keepChanges(ctx, q, importID, stay); err != nil {
			return t, err
		}
	}
	if len(gone) == 0 {
		return t, nil
	}
	return t, deleteChanges(ctx, q, importID, gone)
}

// keptShown is how many customers that reverting left alone are listed.
const keptShown = 200

// Kept lists customers that reverting left as they are, at most 200, because somebody changed them since or something hangs on them.
func (s *Service) Kept(ctx context.Context, importID int64) ([]customer.Ref, error) {
	actor, err := authz.Require(ctx, authz.ImportRun)
	if err != nil {
		return nil, err
	}
	if _, err := s.seen(ctx, actor, importID); err != nil {
		return nil, err
	}
	ids, err := keptCustomers(ctx, s.db.Read(), importID, keptShown)
	if err != nil {
		return nil, err
	}
	refs, err := s.customers.Visible(ctx, authz.CustomerRead, ids)
	if err != nil {
		return nil, err
	}
	out := make([]customer.Ref, 0, len(refs))
	for _, n := range ids {
		if r, ok := refs[n]; ok {
			out = append(out, r)
		}
	}
	return out, nil
}
