package grading

import (
	"context"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// overlap is by how much the search for changes begins before the run it goes on from: a transaction that had begun by then may
// have been committed later. Judging a customer twice writes nothing.
const overlap = 10 * time.Minute

// plan decides at the beginning of a round whom to judge. A complete run of the same day by the same adoption is gone on from
// where the verdict on a customer depends on nothing but what is known about that customer, so that only those about whom
// something changed since are judged again; the outcome is that of judging everybody.
func (r *running) plan(ctx context.Context, q db.Q) error {
	r.base = nil
	r.cut = spans
	if r.extent == ExtentTriggered {
		r.cut = todoPages(r.runs[0].ID)
		return nil
	}
	extent := ExtentFull
	base, err := r.bases(ctx, q)
	if err != nil {
		return err
	}
	if err := clearTodo(ctx, q, r.runs[0].ID); err != nil {
		return err
	}
	if base != nil {
		extent, r.base, r.cut = ExtentChanged, base, todoPages(r.runs[0].ID)
		since := clock.Micros(base[0].StartedAt.Add(-overlap))
		if err := fillTodo(ctx, q, r.runs[0].ID, r.runs[0].Rulebook, since); err != nil {
			return err
		}
	}
	for i := range r.runs {
		r.runs[i].Extent, r.runs[i].BaseID = extent, 0
		if base != nil {
			r.runs[i].BaseID = base[i].ID
			r.at.Tallies[i] = base[i].Tally
			r.at.Tallies[i].Counts = copyCounts(base[i].Counts)
			r.at.Tallies[i].Changed, r.at.Tallies[i].Written = 0, 0
		}
		if err := setExtent(ctx, q, r.runs[i]); err != nil {
			return err
		}
	}
	return nil
}

// bases gives the runs to go on from, one per scheme; nil when everybody must be judged.
func (r *running) bases(ctx context.Context, q db.Q) ([]Run, error) {
	if r.whole || r.in.Program.NeedsPopulation() || len(r.in.Program.GroupKinds()) > 0 || len(r.in.Program.Segments()) > 0 {
		return nil, nil
	}
	_, ratesChanged, err := r.s.ratesFor(ctx, q, r.in.Program)
	if err != nil {
		return nil, err
	}
	out := make([]Run, len(r.runs))
	for i := range r.runs {
		run := &r.runs[i]
		base, err := lastDone(ctx, q, run.Rulebook, run.Scheme, run.AsOf)
		if db.IsNoRows(err) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if base.AdoptionID != run.AdoptionID || ratesChanged >= clock.Micros(base.StartedAt.Add(-overlap)) && ratesChanged > 0 || base.JobID != out[0].JobID && i > 0 {
			return nil, nil
		}
		disturbed, err := disturbedSince(ctx, q, run, base.ID, r.in.Program.Remembers())
		if err != nil || disturbed {
			return nil, err
		}
		out[i] = base
	}
	return out, nil
}

// resumed puts back what plan decided before an interruption.
func (r *running) resumed(ctx context.Context, q db.Q) error {
	if r.runs[0].Extent == ExtentFull {
		return nil
	}
	r.cut = todoPages(r.runs[0].ID)
	if r.runs[0].Extent == ExtentTriggered {
		return nil
	}
	r.base = make([]Run, len(r.runs))
	for i := range r.runs {
		var err error
		if r.base[i], err = getRun(ctx, q, r.runs[i].BaseID); err != nil {
			return err
		}
	}
	return nil
}

// uncount takes out of a run's tally what its base had counted about the customers of a page.
func (r *running) uncount(ctx context.Context, q db.Q, n int, at span, t *Tally) error {
	if r.base == nil {
		return nil
	}
	before, err := headsUpTo(ctx, q, r.runs[n], r.base[n].Upto, at)
	for _, h := range before {
		t.uncount(h)
	}
	return err
}

// todoPage is how many customers that are named one by one make a page: so few that every database looks each of them up and none
// reads a whole table for them.
const todoPage = 256

// todoPages cuts the customers a run is to judge into pages.
func todoPages(runID int64) pages {
	return func(ctx context.Context, q db.Q, after int64, size int, fn func(span) error) error {
		size = min(size, todoPage)
		for {
			ids, err := todoAfter(ctx, q, runID, after, size)
			if err != nil || len(ids) == 0 {
				return err
			}
			at := span{after: after, last: ids[len(ids)-1], n: int64(len(ids)), ids: ids}
			if err := fn(at); err != nil {
				return err
			}
			after = at.last
		}
	}
}
