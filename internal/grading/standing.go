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
	return r.cut(ctx, d.Read(), r.at.After, max(r.s.pace.page, r.s.pace.write), func(at span) error {
		var next progress
		err := d.InTx(ctx, func(q db.Q) error {
			next = r.at.copied()
			for n := range r.runs {
				moved, err := moveStandings(ctx, q, &r.runs[n], at)
				if err != nil {
					return err
				}
				next.Tallies[n].Changed += moved
			}
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
		return r.save(ctx, q, progress{Phase: phaseDone, Mark: r.at.Mark, Tallies: r.at.Tallies})
	})
}
