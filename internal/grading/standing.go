package grading

import (
	"context"
	"errors"
	"slices"
	"sync"

	"kezhi/internal/audit"
	"kezhi/internal/db"
	"kezhi/internal/id"
)

// step is what becomes of a customer's standing.
type step struct {
	now    Standing
	before int64     // the verdict that counted until now, 0 = none
	move   *Movement // nil when the code stays
	awaits bool      // a better grade waits for signatures
}

// stepOf says what a verdict that a run found makes of a standing (nil = there is none), false when nothing. The standing never goes
// back in time: a run as of an earlier day leaves it alone. A code that stays keeps the day it began and the code before it. A first
// reason without a code is not a movement; to or from no code is neither up nor down.
func stepOf(run *Run, customerID int64, found head, held *Standing) (step, bool) {
	to := step{awaits: found.awaits, now: Standing{
		CustomerID: customerID, Scheme: run.Scheme, Rulebook: run.Rulebook, VerdictID: found.id, Code: found.code, Position: found.position,
		Reason: found.reason, Score: found.score, AsOf: run.AsOf, Since: run.AsOf,
	}}
	var old Standing
	if held != nil {
		if old = *held; run.AsOf < old.AsOf || found.id == old.VerdictID {
			return step{}, false
		}
		to.before, to.now.PreviousCode = old.VerdictID, old.Code
		if old.Code == found.code {
			to.now.Since, to.now.PreviousCode = old.Since, old.PreviousCode
		}
	}
	if old.Code != found.code {
		to.move = &Movement{
			CustomerID: customerID, RunID: run.ID, Scheme: run.Scheme, From: old.Code, To: found.code, Direction: direction(old, to.now), AsOf: run.AsOf,
		}
	}
	return to, true
}

// stepsIn reads what a run found about the customers of a page and what becomes of their standings, in the order of their ids.
func stepsIn(ctx context.Context, q db.Q, run *Run, at span) ([]step, error) {
	found, err := headsIn(ctx, q, run, at)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	held, err := standingsIn(ctx, q, run.Scheme, at)
	if err != nil {
		return nil, err
	}
	out := make([]step, 0, len(found))
	for i := range found {
		var before *Standing
		if s, ok := held[found[i].customer]; ok {
			before = &s
		}
		if to, ok := stepOf(run, found[i].customer, found[i].head, before); ok {
			out = append(out, to)
		}
	}
	return out, nil
}

// errOvertaken says that another run moved a standing between reading and writing.
var errOvertaken = errors.New("the standing was moved by another run")

// writeSteps takes the steps of a page and gives how many customers got another code. Error: errOvertaken.
func writeSteps(ctx context.Context, q db.Q, run *Run, page []step) (moved int64, err error) {
	same, err := removeStandings(ctx, q, run.Scheme, page)
	if err == nil && !same {
		err = errOvertaken
	}
	if err != nil {
		return 0, err
	}
	if err := insertStandings(ctx, q, page); err != nil {
		if db.UniqueTable(err) == "standing" {
			err = errOvertaken
		}
		return 0, err
	}
	var moves []Movement
	for i := range page {
		if m := page[i].move; m != nil {
			moves = append(moves, *m)
		}
	}
	return int64(len(moves)), insertMovements(ctx, q, moves)
}

// standings is the third pass: which verdict counts now, and who moved. Pages are read and written side by side; a page that is done
// before the one ahead of it is noted in the cursor.
func (r *running) standings(ctx context.Context) error {
	how := r.s.pace
	how.page = max(how.page, how.write)
	t := &taking{r: r, before: r.at.Ahead}
	err := sweep(ctx, r.s.db.Read(), how, r.cut, r.at.After, func() struct{} { return struct{}{} },
		func(ctx context.Context, _ struct{}, at span) (struct{}, error) { return struct{}{}, t.page(ctx, at) },
		func(ctx context.Context, at span, _ struct{}) error { return r.report(ctx, at.n) })
	if err != nil {
		return err
	}
	r.at, err = progressFrom(r.job.Cursor)
	return err
}

// taking is the third pass at work.
type taking struct {
	r      *running
	before []stretch  // done before an interruption
	mu     sync.Mutex // guards the job
}

// page takes the steps of a page. Where another run was faster, it is read again.
func (t *taking) page(ctx context.Context, at span) error {
	for {
		page, err := t.steps(ctx, at)
		if err != nil {
			return err
		}
		if err = t.write(ctx, at, page); !errors.Is(err, errOvertaken) {
			return err
		}
	}
}

// steps reads the steps of a page by run, on one snapshot, without those that were taken before an interruption: another run may
// have gone on from them.
func (t *taking) steps(ctx context.Context, at span) ([][]step, error) {
	out := make([][]step, len(t.r.runs))
	err := t.r.s.db.InRead(ctx, func(q db.Q) error {
		for n := range t.r.runs {
			page, err := stepsIn(ctx, q, &t.r.runs[n], at)
			if err != nil {
				return err
			}
			out[n] = slices.DeleteFunc(page, func(s step) bool {
				return slices.ContainsFunc(t.before, func(done stretch) bool { return done.has(s.now.CustomerID) })
			})
		}
		return nil
	})
	return out, err
}

// write takes the steps of a page and notes that in the cursor, in one transaction.
func (t *taking) write(ctx context.Context, at span, page [][]step) error {
	return t.r.s.db.InTx(ctx, func(q db.Q) error {
		moved := make([]int64, len(t.r.runs))
		for n := range t.r.runs {
			var err error
			if moved[n], err = writeSteps(ctx, q, &t.r.runs[n], page[n]); err != nil {
				return err
			}
			if err := propose(ctx, q, &t.r.runs[n], t.r.ins[n].Program.SignedGrade(), page[n]); err != nil {
				return err
			}
		}
		return t.note(ctx, q, stretch{at.after, at.last}, moved)
	})
}

// note adds a page to the cursor, which other pages are added to at the same time: the database says what it is, and lets nobody else
// at it before this transaction is over.
func (t *taking) note(ctx context.Context, q db.Q, done stretch, moved []int64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	text, err := t.r.job.Hold(ctx, q)
	if err != nil {
		return err
	}
	at, err := progressFrom(text)
	if err != nil {
		return err
	}
	for n := range moved {
		at.Tallies[n].Changed += moved[n]
	}
	at.pass(done)
	return t.r.save(ctx, q, at)
}

// finish closes the runs, tells the audit and everybody who reacts, in one transaction.
func (r *running) finish(ctx context.Context) error {
	return r.s.db.InTx(ctx, func(q db.Q) error {
		now := r.s.now()
		if err := clearTodo(ctx, q, r.runs[0].ID); err != nil {
			return err
		}
		done := Completed{RunID: r.runs[0].ID, Rulebook: r.runs[0].Rulebook, AsOf: r.runs[0].AsOf.String()}
		for n := range r.runs {
			run, t := &r.runs[n], r.at.Tallies[n]
			won, err := finishRun(ctx, q, run.ID, t, id.New(now), now)
			if err != nil || !won {
				return err
			}
			done.Changed += t.Changed
			err = audit.Write(ctx, q, now, audit.Entry{
				Action: "grading.finish", Entity: "grading", EntityID: id.String(run.ID),
				Detail: map[string]any{
					"rulebook": run.Rulebook, "version": run.Version, "scheme": run.Scheme, "as_of": run.AsOf.String(), "in_scope": t.InScope,
					"graded": t.Graded, "without_verdict": t.WithoutVerdict, "changed": t.Changed, "written": t.Written,
				},
			})
			if err != nil {
				return err
			}
		}
		if err := r.s.bus.Emit(ctx, q, EventCompleted, 0, done); err != nil {
			return err
		}
		if err := r.askSoon(ctx, q); err != nil {
			return err
		}
		return r.save(ctx, q, progress{Phase: phaseDone, Mark: r.at.Mark, Tallies: r.at.Tallies})
	})
}
