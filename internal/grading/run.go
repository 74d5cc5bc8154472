package grading

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/fact"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/rulebook"
)

// Phases of a run, kept in the job's cursor.
const (
	phaseJudge    = "judge"
	phaseStanding = "standing"
	phaseDone     = "done"
)

// maxRounds is how often a run judges anew because facts changed under its totals and ranks; then it takes what it has, for
// a company that records facts all day would never see the end.
const maxRounds = 3

// progress is the cursor of a job: written with each page, so that it goes on where it was interrupted.
type progress struct {
	Phase   string  `json:"phase"`
	After   int64   `json:"after"` // the last customer id that is done in this phase
	Mark    string  `json:"mark"`  // of the facts when judging began
	Round   int     `json:"round"`
	Tallies []Tally `json:"tallies"` // one per run
	// Ahead is what is done beyond After.
	Ahead []stretch `json:"ahead,omitempty"`
}

// stretch is customers by their ids: After < id <= Last.
type stretch struct {
	After int64 `json:"after"`
	Last  int64 `json:"last"`
}

func (s stretch) has(id int64) bool { return s.After < id && id <= s.Last }

// pass notes that a stretch is done.
func (p *progress) pass(done stretch) {
	p.Ahead = append(slices.Clone(p.Ahead), done)
	slices.SortFunc(p.Ahead, func(a, b stretch) int { return compare(a.After, b.After) })
	for len(p.Ahead) > 0 && p.Ahead[0].After <= p.After {
		p.After = max(p.After, p.Ahead[0].Last)
		p.Ahead = p.Ahead[1:]
	}
}

func progressFrom(cursor string) (progress, error) {
	var p progress
	if err := json.Unmarshal([]byte(cursor), &p); err != nil {
		return p, fmt.Errorf("reading the cursor of a grading: %w", err)
	}
	return p, nil
}

// copied is safe to count into: a transaction may run again.
func (p progress) copied() progress {
	tallies := make([]Tally, len(p.Tallies))
	for i, t := range p.Tallies {
		tallies[i] = t
		tallies[i].Counts = copyCounts(t.Counts)
	}
	p.Tallies = tallies
	return p
}

// running is the runs of one job at work: one per scheme of the rulebook. Facts are read once for all of them.
type running struct {
	s      *Service
	job    *job.Run
	runs   []Run
	in     rulebook.InForce
	ins    []rulebook.InForce // by run
	whole  bool               // judge everybody, whatever was judged before
	extent string             // of what was asked for: full or triggered
	base   []Run              // by run: the complete run it goes on from; nil when it judges everybody
	cut    pages
	at     progress
	done   int64 // customers done over all passes, for the progress report
	total  int64
}

// doRun is the handler of the job.
func (s *Service) doRun(ctx context.Context, j *job.Run) error {
	runs, err := runsOfJob(ctx, s.db.Read(), j.ID)
	if err != nil {
		return err
	}
	if len(runs) == 0 {
		return db.ErrNoRows
	}
	if runs[len(runs)-1].State == Done {
		return nil
	}
	var args runArgs
	if err := j.Decode(&args); err != nil {
		return err
	}
	r := &running{s: s, job: j, runs: runs, cut: spans, whole: args.Whole, extent: runs[0].Extent}
	if err = r.all(ctx); err == nil {
		ids := make([]string, len(runs))
		for i := range runs {
			ids[i] = id.String(runs[i].ID)
		}
		j.SetResult(map[string]any{"run_id": ids[0], "run_ids": ids})
		return nil
	}
	state := Failed
	if errors.Is(err, job.ErrCanceled) {
		state = Canceled
	}
	if ctx.Err() == nil { // a process that stops leaves the run running: it goes on at the next start
		err = errors.Join(err, s.db.InTx(ctx, func(q db.Q) error { return r.setState(ctx, q, state, clock.Micros(s.now())) }))
	}
	return err
}

func (r *running) setState(ctx context.Context, q db.Q, state State, finished int64) error {
	for i := range r.runs {
		if err := setState(ctx, q, r.runs[i].ID, state, finished); err != nil {
			return err
		}
	}
	return nil
}

func (r *running) all(ctx context.Context) error {
	var err error
	if r.in, err = r.s.books.Adopted(ctx, r.s.db.Read(), r.runs[0].AdoptionID); err != nil {
		return err
	}
	for i := range r.runs {
		in, ok := r.in.For(r.runs[i].Scheme)
		if !ok {
			return fmt.Errorf("run %d: the rulebook has no scheme %q", r.runs[i].ID, r.runs[i].Scheme)
		}
		r.ins = append(r.ins, in)
	}
	if err := r.resume(ctx); err != nil {
		return err
	}
	for r.at.Phase == phaseJudge {
		if err := r.judge(ctx); err != nil {
			return err
		}
	}
	if r.at.Phase == phaseStanding {
		if err := r.standings(ctx); err != nil {
			return err
		}
		return r.finish(ctx)
	}
	return nil
}

// begun is the beginning of a round.
func (r *running) begun(mark string, round int) progress {
	return progress{Phase: phaseJudge, Mark: mark, Round: round, Tallies: make([]Tally, len(r.runs))}
}

// resume reads the cursor. Verdicts of before the interruption stand only if the facts are still the same; otherwise
// judging begins anew, which writes nothing twice.
func (r *running) resume(ctx context.Context) error {
	mark, err := fact.Watermark(ctx, r.s.db.Read())
	if err != nil {
		return err
	}
	r.at = r.begun(mark, 0)
	if r.job.Cursor != "" {
		if r.at, err = progressFrom(r.job.Cursor); err != nil {
			return err
		}
	}
	anew := r.job.Cursor == ""
	if r.at.Phase == phaseJudge && (r.at.Mark != mark || len(r.at.Tallies) != len(r.runs)) {
		r.at, anew = r.begun(mark, r.at.Round), true
	}
	err = r.s.db.InTx(ctx, func(q db.Q) error {
		if err := r.setState(ctx, q, Running, 0); err != nil {
			return err
		}
		if !anew {
			return r.resumed(ctx, q)
		}
		r.at = r.begun(mark, r.at.Round) // the transaction may run again
		if err := r.plan(ctx, q); err != nil {
			return err
		}
		return r.save(ctx, q, r.at)
	})
	if err != nil {
		return err
	}
	return r.measureWork(ctx)
}

// measureWork counts what lies ahead, for the progress report.
func (r *running) measureWork(ctx context.Context) error {
	var n int64
	var err error
	if r.runs[0].Extent == ExtentFull {
		n, err = countCustomers(ctx, r.s.db.Read())
	} else {
		n, err = countTodo(ctx, r.s.db.Read(), r.runs[0].ID)
	}
	r.total = 2 * n
	if r.in.Program.NeedsPopulation() {
		r.total += n
	}
	return err
}

func (r *running) report(ctx context.Context, n int64) error {
	r.done = min(r.done+n, r.total)
	if watch, ok := r.s.watchers.Load(r.runs[0].ID); ok {
		watch.(func(done, total int64))(r.done, r.total)
	}
	return r.job.Progress(ctx, r.done, r.total)
}

// judge is one round over all customers: the population where it is needed, then the verdicts.
func (r *running) judge(ctx context.Context) error {
	d := r.s.db
	j, err := r.s.begin(ctx, r.in, r.runs[0].AsOf, func(n int64) error { return r.report(ctx, n) })
	if err != nil {
		return err
	}
	err = d.InTx(ctx, func(q db.Q) error {
		for n, k := range j.packers {
			if err := insertFrame(ctx, q, &r.runs[n], k.Frame(), r.s.now()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	j.needed = true
	w := batch{r: r}
	err = j.judgeAll(ctx, d, r.cut, r.at.After, func(ctx context.Context, at span, page []outcome) error {
		if w.add(at, page); w.at.n < int64(r.s.pace.write) {
			return nil
		}
		return w.flush(ctx)
	})
	if err == nil {
		err = w.flush(ctx)
	}
	if err != nil {
		return err
	}
	return r.judgedAll(ctx)
}

// batch is the judged pages that are written together.
type batch struct {
	r    *running
	at   span
	page []outcome
	some bool
}

func (w *batch) add(at span, page []outcome) {
	w.at, w.page, w.some = w.at.and(at), append(w.page, page...), true
}

// flush writes the pages and the cursor in one transaction.
func (w *batch) flush(ctx context.Context) error {
	r := w.r
	if !w.some {
		return nil
	}
	var next progress
	err := r.s.db.InTx(ctx, func(q db.Q) error {
		next = r.at.copied()
		if err := r.write(ctx, q, w.at, w.page, next.Tallies); err != nil {
			return err
		}
		next.After = w.at.last
		return r.save(ctx, q, next)
	})
	if err != nil {
		return err
	}
	r.at = next
	done := w.at.n
	clear(w.page)
	*w = batch{r: r, page: w.page[:0]}
	return r.report(ctx, done)
}

// judgedAll goes on to the standing, or judges again when facts changed while totals and ranks depended on them.
func (r *running) judgedAll(ctx context.Context) error {
	mark, err := fact.Watermark(ctx, r.s.db.Read())
	if err != nil {
		return err
	}
	next := progress{Phase: phaseStanding, Mark: mark, Round: r.at.Round, Tallies: r.at.Tallies}
	if mark != r.at.Mark && r.in.Program.NeedsPopulation() && r.at.Round+1 < maxRounds {
		next = r.begun(mark, r.at.Round+1)
		r.done = 0
	}
	err = r.s.db.InTx(ctx, func(q db.Q) error { return r.save(ctx, q, next) })
	if err == nil {
		r.at = next
	}
	return err
}

func (r *running) save(ctx context.Context, q db.Q, at progress) error {
	text, err := json.Marshal(at)
	if err != nil {
		return err
	}
	return r.job.Save(ctx, q, string(text))
}

// write stores the verdicts of a page that say something new and counts the page, for every scheme.
func (r *running) write(ctx context.Context, q db.Q, at span, page []outcome, tallies []Tally) error {
	fresh := make([]Verdict, 0, len(page)*len(r.runs))
	for n := range r.runs {
		var err error
		if err = r.uncount(ctx, q, n, at, &tallies[n]); err != nil {
			return err
		}
		if fresh, err = r.fresh(ctx, q, n, at, page, &tallies[n], fresh); err != nil {
			return err
		}
	}
	return insertVerdicts(ctx, q, fresh)
}

// fresh adds to the list what a scheme says about the members of a page and was not said before.
func (r *running) fresh(ctx context.Context, q db.Q, n int, at span, page []outcome, tally *Tally, list []Verdict) ([]Verdict, error) {
	known, err := latestHeads(ctx, q, r.runs[n], at)
	if err != nil {
		return nil, err
	}
	held := map[int64]Standing{}
	if someOut(page) {
		if held, err = standingsIn(ctx, q, r.runs[n].Scheme, at); err != nil {
			return nil, err
		}
	}
	now := r.s.now()
	for i := range page {
		v, ok, err := r.verdict(n, &page[i], known, held)
		if err != nil {
			return nil, err
		}
		if page[i].inScope {
			tally.count(&v)
		}
		if ok {
			ok, err = v.isNew(known[v.CustomerID], page[i].frame(n))
		}
		if err != nil {
			return nil, err
		}
		if ok {
			v.ID, v.CreatedAt = id.New(now), now
			list = append(list, v)
			tally.Written++
		}
	}
	return list, nil
}

// verdict makes the row of a run for a member, ok = false when there is nothing to say: a customer out of scope gets a row
// only if this rulebook said something else about it before.
func (r *running) verdict(n int, m *outcome, known map[int64]head, held map[int64]Standing) (v Verdict, ok bool, err error) {
	run, in := &r.runs[n], &r.ins[n]
	if m.inScope {
		said := &m.said[n]
		var frame int64
		if said.frame != nil {
			frame = said.frame.ID()
		}
		v = verdictOf(run, m.member.id, in.Position(said.verdict.Code), said.verdict, frame, said.explanation)
		if said.decided {
			v.Origin = OriginOverride
		}
		if said.verdict.Proposed != "" {
			v.Origin = OriginAwaits
		}
		return v, true, nil
	}
	before, judgedBefore := known[m.member.id]
	now, stands := held[m.member.id]
	stands = stands && now.Rulebook == run.Rulebook && now.AsOf <= run.AsOf && now.Reason != reasonNotInScope
	if (!judgedBefore || before.reason == reasonNotInScope) && !stands {
		return v, false, nil
	}
	text, err := outOfScope(run, in.Program)
	if err != nil {
		return v, false, err
	}
	return verdictOf(run, m.member.id, in.Position(""), notInScope, 0, text), true, nil
}
