package handover

import (
	"context"
	"encoding/json"
	"fmt"

	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/job"
)

// enqueue has everything of a signed handover move: on its day, or at once when that has come.
func (s *Service) enqueue(ctx context.Context, q db.Q, h *Handover) error {
	spec := job.Spec{Kind: JobMove, Args: moveArgs{HandoverID: h.ID}, UniqueKey: JobMove + ":" + id.String(h.ID), MaxAttempts: maxMoves}
	if h.From > s.Today() {
		spec.RunAt = h.From.Midnight(s.loc)
	}
	var err error
	h.JobID, err = s.queue.Enqueue(ctx, q, spec)
	return err
}

// GoOn has a handover move whose job failed or was canceled: it goes on behind what has moved. restID, unless it is 0, says anew who gets
// the rest. Needs customer.assign over the giver, and over whoever gets the rest. Errors: not_found, handover.wrong_state,
// handover.goes_on, those of mayRest.
func (s *Service) GoOn(ctx context.Context, handoverID, restID int64) (Handover, error) {
	return s.change(ctx, handoverID, 0, "handover.go_on", func(q db.Q, h *Handover) (map[string]any, error) {
		if h.State != Moving {
			return nil, errs.New(errs.Conflict, "handover.wrong_state", "state", string(h.State))
		}
		if !h.stopped() {
			return nil, errs.New(errs.Conflict, "handover.goes_on")
		}
		if err := mayRest(ctx, q, h, restID); err != nil {
			return nil, err
		}
		if restID != 0 {
			h.RestID = restID
		}
		detail := map[string]any{"rest": id.Optional(h.RestID), "stopped_by": h.Job.Code}
		return detail, s.enqueue(ctx, q, h)
	})
}

// onCanceled makes a handover a plan again whose move was canceled before it began; one that began waits for its head to go on.
func (s *Service) onCanceled(ctx context.Context, q db.Q, j job.Job) error {
	var args moveArgs
	if err := json.Unmarshal(j.Args, &args); err != nil {
		return fmt.Errorf("decoding arguments of job %s: %w", j.Kind, err)
	}
	h, err := loadHandover(ctx, q, args.HandoverID)
	if err != nil || h.State != Moving || h.JobID != j.ID || len(h.Counts) > 0 {
		return err
	}
	h.State = Planning
	if err := s.save(ctx, q, &h); err != nil {
		return err
	}
	return s.record(ctx, q, "handover.canceled", &h, map[string]any{"number": h.Number})
}

// Kept gives a page of what stayed with the giver, with the reasons, and the cursor of the next one. Needs customer.assign over the
// person. Error: not_found.
func (s *Service) Kept(ctx context.Context, handoverID int64, cursor string, limit int) ([]Kept, string, error) {
	q := s.db.Read()
	if _, err := s.ofHead(ctx, q, handoverID); err != nil {
		return nil, "", err
	}
	after, err := db.DecodeCursor(cursor, 2)
	if err != nil {
		return nil, "", err
	}
	list, err := listKept(ctx, q, handoverID, after, limit+1)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	list = list[:limit]
	last := &list[limit-1]
	return list, db.EncodeCursor(last.Kind, id.String(last.ID)), nil
}
