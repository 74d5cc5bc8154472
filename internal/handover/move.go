package handover

import (
	"context"
	"fmt"

	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/ownership"
)

// How much one transaction, or one read, does.
const (
	moveChunk = 100
	thingPage = 200
)

type moveArgs struct {
	HandoverID int64 `json:"handover_id,string"`
}

// moveJob moves everything of a handover: the customers page by page, then what hangs on none of them, one by one. What has moved
// is no longer with the giver, so that one that was killed goes on behind it, and a second one finds nothing to do.
func (s *Service) moveJob(ctx context.Context, run *job.Run) error {
	var args moveArgs
	if err := run.Decode(&args); err != nil {
		return err
	}
	h, err := s.beginMoving(ctx, args.HandoverID)
	if err != nil || h.State != Moving {
		return err
	}
	for {
		n, err := s.moveSome(ctx, &h)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
		t, err := tally(ctx, s.db.Read(), h.ID)
		if err != nil {
			return err
		}
		if err := run.Progress(ctx, t.Moved+t.Gone, t.Total); err != nil {
			return err
		}
	}
	kept := 0
	for i := range s.holders {
		n, err := s.moveThings(ctx, &h, &s.holders[i])
		if err != nil {
			return err
		}
		kept += n
	}
	if err := s.finish(ctx, &h); err != nil {
		return err
	}
	run.SetResult(map[string]any{"handover_id": id.String(h.ID), "customers": h.Lines.Moved, "kept": kept})
	return nil
}

// beginMoving writes down, once, how much there is.
func (s *Service) beginMoving(ctx context.Context, handoverID int64) (h Handover, err error) {
	err = s.db.InTx(ctx, func(q db.Q) error {
		if h, err = loadHandover(ctx, q, handoverID); err != nil || h.State != Moving || len(h.Counts) > 0 {
			return err
		}
		if h.Counts, err = s.counts(ctx, q, h.PersonID); err != nil {
			return err
		}
		return s.save(ctx, q, &h)
	})
	return h, err
}

// moveSome moves the next customers in one transaction and says how many it looked at. When the plan is through, what came to
// the giver since goes to whoever gets the rest.
func (s *Service) moveSome(ctx context.Context, h *Handover) (n int, err error) {
	err = s.db.InTx(ctx, func(q db.Q) error {
		if err := addRest(ctx, q, h, moveChunk); err != nil {
			return err
		}
		lines, err := openLines(ctx, q, h.ID, moveChunk)
		if n = len(lines); err != nil || n == 0 {
			return err
		}
		rest, err := restOf(ctx, q, h)
		if err != nil {
			return err
		}
		moves := make([]customer.Reassignment, n)
		state := make(map[int64]string, n)
		for i, l := range lines {
			to, err := presentOr(ctx, q, l.ToID, rest)
			if err != nil {
				return err
			}
			moves[i], state[l.CustomerID] = customer.Reassignment{CustomerID: l.CustomerID, From: h.PersonID, To: to}, LineGone
		}
		done, err := s.owners.HandOver(ctx, q, moves, ownership.Deed{ID: h.ID, Number: h.Number, By: h.CreatedBy})
		if err != nil {
			return err
		}
		for _, c := range done {
			state[c] = LineMoved
		}
		for _, m := range moves {
			if err := setLine(ctx, q, h.ID, m.CustomerID, m.To, state[m.CustomerID]); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// presentOr gives somebody, or another when that one is gone since.
func presentOr(ctx context.Context, q db.Q, userID, other int64) (int64, error) {
	p, err := loadPerson(ctx, q, userID)
	switch {
	case db.IsNoRows(err):
		return other, nil
	case err == nil && !p.active:
		return other, nil
	}
	return userID, err
}

// moveThings moves what the giver has at hand of a kind, each thing in a transaction of its own: nobody may hold the audit who waits
// for the next one. What its own rules keep with the giver (a step that is not the receiver's to decide) keeps nothing else from
// moving; kept says how often that was so.
func (s *Service) moveThings(ctx context.Context, h *Handover, of *Holder) (kept int, err error) {
	for after := int64(0); ; {
		list, err := of.List(ctx, s.db.Read(), h.PersonID, after, thingPage)
		if err != nil || len(list) == 0 {
			return kept, err
		}
		for _, t := range list {
			after = t.ID
			err := s.db.InTx(ctx, func(q db.Q) error {
				to, err := s.receiverOf(ctx, q, h, t.CustomerID)
				if err != nil {
					return err
				}
				return of.Move(ctx, q, t, Moved{From: h.PersonID, To: to, By: h.CreatedBy, Number: h.Number})
			})
			switch errs.KindOf(err) {
			case errs.Conflict, errs.Forbidden, errs.NotFound, errs.Invalid:
				kept++
				continue
			}
			if err != nil {
				return kept, fmt.Errorf("moving %s %d of handover %d: %w", of.Kind, t.ID, h.ID, err)
			}
		}
	}
}

// receiverOf gives who gets what hangs on a customer: whoever got the customer, else whoever gets the rest.
func (s *Service) receiverOf(ctx context.Context, q db.Q, h *Handover, customerID int64) (int64, error) {
	if customerID == 0 {
		return restOf(ctx, q, h)
	}
	had, err := receiversOf(ctx, q, h.ID, []int64{customerID})
	if to := had[customerID]; to != 0 && err == nil {
		return to, nil
	}
	if err != nil {
		return 0, err
	}
	return restOf(ctx, q, h)
}

// restOf gives who gets the rest: the one chosen, or the head when that one is disabled since. With both gone it waits: the job is tried
// again. Error: handover.no_rest.
func restOf(ctx context.Context, q db.Q, h *Handover) (int64, error) {
	for _, user := range []int64{h.RestID, h.CreatedBy} {
		p, err := loadPerson(ctx, q, user)
		if err != nil && !db.IsNoRows(err) {
			return 0, err
		}
		if err == nil && p.active {
			return user, nil
		}
	}
	return 0, errs.New(errs.Unavailable, "handover.no_rest")
}

// finish closes a handover with what is left of each kind.
func (s *Service) finish(ctx context.Context, h *Handover) error {
	return s.db.InTx(ctx, func(q db.Q) error {
		now, err := loadHandover(ctx, q, h.ID)
		if err != nil || now.State != Moving {
			return err
		}
		left, err := s.counts(ctx, q, h.PersonID)
		if err != nil {
			return err
		}
		for i := range now.Counts {
			for _, c := range left {
				if c.Kind == now.Counts[i].Kind {
					now.Counts[i].Left = c.Before
				}
			}
		}
		at := clock.Micros(s.now())
		now.State, now.DoneAt = Done, &at
		if err := s.save(ctx, q, &now); err != nil {
			return err
		}
		*h = now
		detail := map[string]any{"number": now.Number, "customers": now.Lines.Moved, "gone": now.Lines.Gone}
		for _, c := range now.Counts {
			detail[c.Kind+"_before"], detail[c.Kind+"_left"] = c.Before, c.Left
		}
		if err := s.record(ctx, q, "handover.done", &now, detail); err != nil {
			return err
		}
		return s.bus.Emit(ctx, q, EventHandedOver, 0, HandedOver{HandoverID: now.ID, PersonID: now.PersonID, Number: now.Number, Customers: now.Lines.Moved})
	})
}
