package procedure

import (
	"context"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/event"
	"kezhi/internal/flow"
	"kezhi/internal/job"
)

// JobClock lets time pass for all cases: alarms, the end of pauses, seats nobody can fill any more.
const JobClock = "procedure.clock"

// chunk is how many cases one look at the clock reads at a time, together how many of them one transaction carries: enough to
// pay for its way to the disk, and over before anybody who acts has to wait long.
const (
	chunk    = 1024
	together = 64
)

// workers is how many transactions of the clock are under way at once: SQLite writes one after the other, but the next can be
// worked out meanwhile.
const workers = 3

// Jobs gives the handlers for the composition root.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{JobIncidents: s.doIncidents, JobUndoIncidents: s.doUndoIncidents, JobClock: func(ctx context.Context, run *job.Run) error {
		res, err := s.PassTime(ctx)
		run.SetResult(res)
		if err != nil || s.now().Minute() != 0 {
			return err
		}
		return s.queue.Forget(ctx, JobClock, s.now().Add(-keptClocks))
	}}
}

// keptClocks is for how long the looks at the clock stay in the table of jobs; they are taken away once an hour.
const keptClocks = 24 * time.Hour

// EveryMinute gives the job to be scheduled and, for a moment, when it is due next.
func (s *Service) EveryMinute() (spec job.Spec, next func(time.Time) time.Time) {
	return job.Spec{Kind: JobClock, Args: struct{}{}, UniqueKey: JobClock}, func(now time.Time) time.Time { return now.Truncate(time.Minute).Add(time.Minute) }
}

// Passed is what a look at the clock found.
type Passed struct {
	Due    int64 `json:"due"`    // cases whose moment had come
	Told   int64 `json:"told"`   // of them those in which something followed
	Seats  int64 `json:"seats"`  // cases looked at because people changed
	Failed int64 `json:"failed"` // cases that could not be read; the log names them
}

// PassTime gives every alarm that is due and looks at the seats of people who changed. Many cases share a transaction; one
// that cannot be looked at keeps none of the others from its alarms. Doing it again does nothing twice, and what people do in
// a case at the same moment is not lost: the case is looked at anew. Needs procedure.manage, which jobs have.
func (s *Service) PassTime(ctx context.Context) (Passed, error) {
	p := &passing{}
	if _, err := authz.Require(ctx, authz.ProcedureManage); err != nil {
		return p.Passed, err
	}
	now, after := clock.Micros(s.now()), dueCase{}
	for {
		list, err := dueCases(ctx, s.db.Read(), now, after, chunk)
		if err != nil {
			return p.Passed, err
		}
		if len(list) == 0 {
			break
		}
		after = list[len(list)-1]
		ids := make([]int64, len(list))
		for i, d := range list {
			ids[i] = d.id
		}
		if err := s.tickChunk(ctx, ids, p); err != nil {
			return p.Passed, err
		}
	}
	if err := s.lookAtSeats(ctx, p); err != nil {
		return p.Passed, err
	}
	return p.Passed, s.makeTerms(ctx)
}

// makeTerms makes the terms of cases that came from before there were any, so that they are found; one that cannot be read stays so.
func (s *Service) makeTerms(ctx context.Context) error {
	for after := int64(0); ; {
		ids, err := termless(ctx, s.db.Read(), after, chunk)
		if err != nil || len(ids) == 0 {
			return err
		}
		after = ids[len(ids)-1]
		cases, err := readable(ctx, s.db.Read(), ids)
		if err != nil {
			return err
		}
		var list []db.Stmt
		for i := range cases {
			_, def, err := s.kept(ctx, s.db.Read(), &cases[i])
			if err != nil {
				s.log.WarnContext(ctx, "a case is not found by what was typed", "case", cases[i].ID, "error", err)
				continue
			}
			list = append(append(list, insertingTerms(cases[i].ID, termsOf(&cases[i], def))...), markTermed(cases[i].ID))
		}
		err = s.db.InTx(ctx, func(q db.Q) error {
			_, err := db.ExecAll(ctx, q, list)
			return err
		})
		if err != nil {
			return err
		}
	}
}

// lookAtSeats finds open seats that somebody can fill again, or nobody can any more, and lets their cases notice.
func (s *Service) lookAtSeats(ctx context.Context, p *passing) error {
	q := s.db.Read()
	r, err := s.roster(ctx, q)
	if err != nil {
		return err
	}
	s.mu.Lock()
	seen := s.looked
	s.mu.Unlock()
	if seen == r {
		return nil
	}
	book, err := s.deskBook(ctx, q)
	if err != nil {
		return err
	}
	for i := range book.list {
		d := &book.list[i]
		if err := s.lookAt(ctx, p, otherwise, d.ID, len(r.holders(*d)) == 0); err != nil {
			return err
		}
	}
	named, err := namedPeople(ctx, q)
	if err != nil {
		return err
	}
	for _, u := range named {
		if err := s.lookAt(ctx, p, otherwiseNamed, u, len(r.named(u, nil)) == 0); err != nil {
			return err
		}
	}
	if err := s.releaseClaims(ctx, q, r, p); err != nil {
		return err
	}
	s.mu.Lock()
	s.looked = r
	s.mu.Unlock()
	return nil
}

// releaseClaims gives back the seats that somebody had taken from the others and cannot act in any more.
func (s *Service) releaseClaims(ctx context.Context, q db.Q, r *roster, p *passing) error {
	claimed, err := claims(ctx, q)
	if err != nil {
		return err
	}
	for _, c := range claimed {
		if _, acts := r.acts(c.user); acts {
			continue
		}
		err := s.inCase(ctx, c.caseID, p, func(q db.Q) (bool, error) { return true, s.release(ctx, q, c) })
		if err != nil {
			return err
		}
		p.Seats++
	}
	return nil
}

// release gives a claimed seat back in the name of the person who claimed it.
func (s *Service) release(ctx context.Context, q db.Q, held claim) error {
	c, err := getCase(ctx, q, held.caseID)
	if err != nil {
		return err
	}
	w, err := s.caseWorld(ctx, q, &c)
	if err != nil {
		return err
	}
	st, effects, err := flow.Apply(w.def, c.State, flow.Act{Kind: flow.ActUnclaim, By: held.user, Seat: held.seat}, w.env())
	if err != nil {
		return err
	}
	line := Act{CaseID: c.ID, At: s.now(), Act: flow.ActUnclaim, ForUser: held.user, Seat: held.seat, Step: stepOf(c.State, st, ActInput{Act: flow.Act{Seat: held.seat}})}
	return s.save(ctx, w, &saving{c: &c, st: st, effects: effects, act: line})
}

// lookAt ticks the cases with a seat at a desk, or of a person, that says otherwise about being stuck.
func (s *Service) lookAt(ctx context.Context, p *passing, find func(context.Context, db.Q, int64, bool) ([]int64, error), value int64, stuck bool) error {
	list, err := find(ctx, s.db.Read(), value, stuck)
	if err != nil {
		return err
	}
	for _, n := range list {
		p.Seats++
		if err := s.tickOne(ctx, n, p); err != nil {
			return err
		}
	}
	return nil
}

// Subscribe registers the reactions to other features' events.
func (s *Service) Subscribe(bus *event.Bus) {
	bus.Subscribe(customer.EventAssigned, s.onAssigned)
}

// onAssigned gives the open cases of a customer, and what its owner has to do in them, to the new owner.
func (s *Service) onAssigned(ctx context.Context, q db.Q, e event.Event) error {
	cust, err := loadSubject(ctx, q, e.CustomerID)
	if err != nil {
		if db.IsNoRows(err) {
			return nil
		}
		return err
	}
	open, err := openCasesOf(ctx, q, e.CustomerID)
	if err != nil {
		return err
	}
	for _, n := range open { // all of them before the audit, whose head nobody may hold who waits for a case
		if err := moveCase(ctx, q, n, cust.OwnerID, cust.UnitID); err != nil {
			return err
		}
	}
	for _, n := range open {
		if _, err := s.tick(ctx, q, n); err != nil {
			return err
		}
	}
	return nil
}
