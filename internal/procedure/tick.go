package procedure

import (
	"context"
	"errors"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"kezhi/internal/db"
	"kezhi/internal/flow"
)

// passing is a look at the clock under way.
type passing struct {
	mu sync.Mutex
	Passed
}

func (p *passing) count(due, told, failed int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Due += due
	p.Told += told
	p.Failed += failed
}

// tickChunk lets time pass for cases, several transactions at once, each with cases of its own.
func (s *Service) tickChunk(ctx context.Context, ids []int64, p *passing) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for part := range slices.Chunk(ids, together) {
		group.Go(func() error { return s.tickPart(ctx, part, p) })
	}
	return group.Wait()
}

// tickPart lets time pass for some cases in one transaction. When that fails, because somebody acted in one of them meanwhile
// or because one of them cannot be looked at, each half has another try by itself, down to a single case.
func (s *Service) tickPart(ctx context.Context, ids []int64, p *passing) error {
	if len(ids) == 1 {
		p.count(1, 0, 0)
		return s.tickOne(ctx, ids[0], p)
	}
	told, odd, err := s.tickTogether(ctx, ids)
	if err == nil {
		p.count(int64(len(ids)-len(odd)), told, 0)
		for _, n := range odd {
			if err := s.tickPart(ctx, []int64{n}, p); err != nil {
				return err
			}
		}
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	half := len(ids) / 2
	return errors.Join(s.tickPart(ctx, ids[:half], p), s.tickPart(ctx, ids[half:], p))
}

// tickTogether lets time pass for some cases in one transaction, and gives in how many something followed and which of them
// could not be worked out.
func (s *Service) tickTogether(ctx context.Context, ids []int64) (told int64, odd []int64, err error) {
	list, quiet, odd, err := s.planTicks(ctx, s.db.Read(), ids)
	if err != nil || len(list)+len(quiet) == 0 {
		return 0, odd, err
	}
	return int64(len(list)), odd, s.db.InTx(ctx, func(q db.Q) error {
		wr := &writing{}
		wr.add(quiet...)
		for i := range list {
			w, v := list[i].copied(q)
			if err := s.gather(ctx, w, v, wr); err != nil {
				return err
			}
		}
		return wr.end(ctx, q, s.bus)
	})
}

// planTicks works out what follows in each of some cases: those in which something does, the alarms of those in which nothing
// does, and the cases that cannot be worked out. The cases come by id, so that nobody waits for another crosswise.
func (s *Service) planTicks(ctx context.Context, q db.Q, ids []int64) (list []planned, quiet []db.Stmt, odd []int64, err error) {
	cases, err := readable(ctx, q, ids)
	if err != nil {
		return nil, nil, nil, err
	}
	r, err := s.roster(ctx, q)
	if err != nil {
		return nil, nil, nil, err
	}
	tasks, err := openTasks(ctx, q, ids...)
	if err != nil {
		return nil, nil, nil, err
	}
	var customers []int64
	for i := range cases {
		if n := cases[i].CustomerID; n != 0 && !slices.Contains(customers, n) {
			customers = append(customers, n)
		}
	}
	subjects, err := loadSubjects(ctx, q, customers)
	if err != nil {
		return nil, nil, nil, err
	}
	done := map[int64]bool{}
	for i := range cases {
		c := cases[i]
		ed, def, err := s.kept(ctx, q, &c)
		if err != nil || c.CustomerID != 0 && subjects[c.CustomerID] == nil {
			continue
		}
		w := s.around(q, r, ed, def, &c, subjects[c.CustomerID])
		w.tasks = tasks
		p, still, err := s.planTick(w, &c)
		if err != nil {
			continue
		}
		if done[c.ID] = true; still != nil {
			quiet = append(quiet, *still)
		} else {
			list = append(list, p)
		}
	}
	odd = slices.DeleteFunc(slices.Clone(ids), func(n int64) bool { return done[n] })
	return list, quiet, odd, nil
}

// planTick works out what follows in a case because time passes: an act of nobody, or just the moment to look again.
func (s *Service) planTick(w *world, c *Case) (planned, *db.Stmt, error) {
	st, effects, err := flow.Tick(w.def, c.State, w.env())
	if err != nil {
		return planned{}, nil, err
	}
	if len(effects) == 0 {
		still := movingAlarm(c, flow.NextTick(w.def, st, w.env()))
		return planned{}, &still, nil
	}
	return planned{w: w, c: *c, v: saving{st: st, effects: effects, act: Act{CaseID: c.ID, At: s.now(), Act: flow.ActTick}}}, nil, nil
}

// tickOne lets time pass for one case.
func (s *Service) tickOne(ctx context.Context, caseID int64, p *passing) error {
	return s.inCase(ctx, caseID, p, func(q db.Q) (bool, error) { return s.tick(ctx, q, caseID) })
}

// inCase does something with one case in a transaction of its own and counts whether anything followed. A case that cannot
// be read is named in the log and keeps no other from its alarms.
func (s *Service) inCase(ctx context.Context, caseID int64, p *passing, fn func(q db.Q) (bool, error)) error {
	var followed bool
	err := s.db.InTx(ctx, func(q db.Q) error {
		err := lockCase(ctx, q, caseID)
		if err == nil {
			followed, err = fn(q)
		}
		return err
	})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		p.count(0, 0, 1)
		s.log.ErrorContext(ctx, "the clock could not look at a case", "case", caseID, "error", err)
	case followed:
		p.count(0, 1, 0)
	}
	return nil
}

// tick lets time pass for a case inside the caller's transaction, which holds the case, and says whether anything followed.
func (s *Service) tick(ctx context.Context, q db.Q, caseID int64) (bool, error) {
	c, err := getCase(ctx, q, caseID)
	if err != nil {
		return false, err
	}
	w, err := s.caseWorld(ctx, q, &c)
	if err != nil {
		return false, err
	}
	p, still, err := s.planTick(w, &c)
	if err != nil {
		return false, err
	}
	if still != nil {
		_, err = db.ExecAll(ctx, q, []db.Stmt{*still})
		return false, err
	}
	_, err = s.carryOut(ctx, q, &p)
	return true, err
}
