package grading

import (
	"context"

	"kezhi/internal/audit"
	"kezhi/internal/db"
	"kezhi/internal/id"
)

// standings is the third pass: which verdict counts now, and who moved.
func (r *running) standings(ctx context.Context) error {
	d := r.s.db
	return spans(ctx, d.Read(), r.at.After, r.s.pace.page, func(at span) error {
		var next progress
		err := d.InTx(ctx, func(q db.Q) error {
			next = r.at
			heads, err := latestHeads(ctx, q, r.run, at)
			if err != nil {
				return err
			}
			held, err := standingsIn(ctx, q, r.run.Scheme, at)
			if err != nil {
				return err
			}
			moved, err := r.advance(ctx, q, heads, held)
			if err != nil {
				return err
			}
			next.Tally.Changed += moved
			next.After = at.last
			return r.save(ctx, q, next)
		})
		if err != nil {
			return err
		}
		r.at = next
		return r.report(ctx, at.n)
	})
}

func (r *running) advance(ctx context.Context, q db.Q, heads map[int64]head, held map[int64]Standing) (int64, error) {
	var changed []Standing
	var moves []Movement
	for _, customerID := range sortedKeys(heads) {
		h := heads[customerID]
		var before *Standing
		if st, ok := held[customerID]; ok {
			before = &st
		}
		after, write, move := advance(before, h.verdict(&r.run, customerID), r.run.ID)
		if write {
			changed = append(changed, after)
		}
		if move != nil {
			moves = append(moves, *move)
		}
	}
	if err := upsertStandings(ctx, q, changed); err != nil {
		return 0, err
	}
	return int64(len(moves)), insertMovements(ctx, q, moves)
}

// finish closes the run, tells the audit and everybody who reacts, in one transaction.
func (r *running) finish(ctx context.Context) error {
	return r.s.db.InTx(ctx, func(q db.Q) error {
		now := r.s.now()
		t := r.at.Tally
		won, err := finishRun(ctx, q, r.run.ID, t, id.New(now), now)
		if err != nil || !won {
			return err
		}
		err = audit.Write(ctx, q, now, audit.Entry{
			Action: "grading.finish", Entity: "grading", EntityID: id.String(r.run.ID),
			Detail: map[string]any{
				"rulebook": r.run.Rulebook, "version": r.run.Version, "as_of": r.run.AsOf.String(), "in_scope": t.InScope,
				"graded": t.Graded, "without_verdict": t.WithoutVerdict, "changed": t.Changed, "written": t.Written,
			},
		})
		if err != nil {
			return err
		}
		err = r.s.bus.Emit(ctx, q, EventCompleted, 0, Completed{
			RunID: r.run.ID, Rulebook: r.run.Rulebook, AsOf: r.run.AsOf.String(), Changed: t.Changed,
		})
		if err != nil {
			return err
		}
		return r.save(ctx, q, progress{Phase: phaseDone, Mark: r.at.Mark, Tally: t})
	})
}
