package handover

import (
	"context"
	"fmt"
	"slices"

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

// maxMoves is how often a move is tried by itself. What still breaks at the last time stays with the giver, with its reason.
const maxMoves = 20

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
	refused, err := s.moveThings(ctx, run, &h)
	if err != nil {
		return err
	}
	kept, err := s.finish(ctx, &h, refused)
	if err != nil {
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

// thing names something of a kind that somebody has at hand.
type thing struct {
	kind string
	id   int64
}

// moveThings moves what the giver has at hand of every kind and gives why the rest was refused. What is refused is tried once more behind
// everything else: somebody acted on it at that moment, or it waited for something that has moved since. What breaks has the job tried
// again, when everything else has moved; at the last time it is refused like what its own rules keep with the giver.
func (s *Service) moveThings(ctx context.Context, run *job.Run, h *Handover) (map[thing]error, error) {
	refused := map[thing]error{}
	for range 2 {
		clear(refused)
		for i := range s.holders {
			if err := s.moveKind(ctx, h, &s.holders[i], refused); err != nil {
				return nil, err
			}
		}
		if len(refused) == 0 {
			break
		}
	}
	for t, err := range refused {
		if kind := errs.KindOf(err); kind != errs.Internal && kind != errs.Unavailable {
			continue
		}
		if run.Attempts < maxMoves {
			return nil, fmt.Errorf("moving %s %d of handover %d: %w", t.kind, t.id, h.ID, err)
		}
		run.Log().WarnContext(ctx, "a thing of a handover stays", "handover", h.ID, "of", t.kind, "thing", t.id, "error", err)
	}
	return refused, nil
}

// moveKind moves what the giver has at hand of a kind, each thing in a transaction of its own: nobody may hold the audit who waits for the
// next one. What is refused keeps nothing else from moving.
func (s *Service) moveKind(ctx context.Context, h *Handover, of *Holder, refused map[thing]error) error {
	for after := int64(0); ; {
		list, err := of.List(ctx, s.db.Read(), h.PersonID, after, thingPage)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, t := range list {
			after = t.ID
			var to int64
			err := s.db.InTx(ctx, func(q db.Q) (err error) {
				if to, err = s.receiverOf(ctx, q, h, t.CustomerID); err != nil {
					return err
				}
				return of.Move(ctx, q, t, Moved{From: h.PersonID, To: to, By: h.CreatedBy, Number: h.Number})
			})
			if err == nil {
				continue
			}
			if to == 0 || ctx.Err() != nil { // nobody can get anything, or the process is stopping
				return err
			}
			refused[thing{of.Kind, t.ID}] = err
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

// restOf gives who gets the rest: the one chosen, or the head when that one is disabled since. With both gone the move ends, until the
// head goes on with somebody else. Error: handover.rest_gone.
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
	return 0, errs.New(errs.Conflict, "handover.rest_gone")
}

// finish closes a handover with what is left of each kind and gives how many things stayed. refused says why; what came meanwhile, or
// follows something that stayed, has no reason of its own.
func (s *Service) finish(ctx context.Context, h *Handover, refused map[thing]error) (kept int, err error) {
	err = s.db.InTx(ctx, func(q db.Q) error {
		if err := lockHandover(ctx, q, h.ID); err != nil {
			return err
		}
		now, err := loadHandover(ctx, q, h.ID)
		if err != nil || now.State != Moving {
			return err
		}
		left := make([]Count, 0, len(s.holders)+1)
		for i := range s.holders {
			n, err := s.keep(ctx, q, h, &s.holders[i], refused)
			if err != nil {
				return err
			}
			left = append(left, Count{Kind: s.holders[i].Kind, Left: n})
			kept += int(n)
		}
		owned, err := countOwned(ctx, q, h.PersonID)
		if err != nil {
			return err
		}
		left = append(left, Count{Kind: KindCustomers, Left: owned})
		for i := range now.Counts {
			at := slices.IndexFunc(left, func(c Count) bool { return c.Kind == now.Counts[i].Kind })
			if at >= 0 {
				now.Counts[i].Left = left[at].Left
			}
		}
		*h, err = s.done(ctx, q, now)
		return err
	})
	return kept, err
}

// keep writes down what is left with the giver of a kind and gives how much it is.
func (s *Service) keep(ctx context.Context, q db.Q, h *Handover, of *Holder, refused map[thing]error) (n int64, err error) {
	for after := int64(0); ; {
		list, err := of.List(ctx, q, h.PersonID, after, thingPage)
		if err != nil || len(list) == 0 {
			return n, err
		}
		for _, t := range list {
			k := Kept{Kind: of.Kind, Thing: t, Code: "handover.stayed"}
			if why := refused[thing{of.Kind, t.ID}]; why != nil {
				k.Code = errs.CodeOf(why)
				if e, ok := errs.As(why); ok {
					k.Args = e.Args
				}
			}
			if err := insertKept(ctx, q, h.ID, &k); err != nil {
				return n, err
			}
			after = t.ID
			n++
		}
	}
}

// done ends a handover in which everything moved that can.
func (s *Service) done(ctx context.Context, q db.Q, h Handover) (Handover, error) {
	at := clock.Micros(s.now())
	h.State, h.DoneAt = Done, &at
	if err := s.save(ctx, q, &h); err != nil {
		return h, err
	}
	detail := map[string]any{"number": h.Number, "customers": h.Lines.Moved, "gone": h.Lines.Gone}
	for _, c := range h.Counts {
		detail[c.Kind+"_before"], detail[c.Kind+"_left"] = c.Before, c.Left
	}
	if err := s.record(ctx, q, "handover.done", &h, detail); err != nil {
		return h, err
	}
	return h, s.bus.Emit(ctx, q, EventHandedOver, 0, HandedOver{HandoverID: h.ID, PersonID: h.PersonID, Number: h.Number, Customers: h.Lines.Moved})
}
