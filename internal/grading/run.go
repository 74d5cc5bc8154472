package grading

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

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

// progress is the cursor of a run: written with each page, so that a run goes on where it was interrupted.
type progress struct {
	Phase string `json:"phase"`
	After int64  `json:"after"` // the last customer id that is done in this phase
	Mark  string `json:"mark"`  // of the facts when judging began
	Round int    `json:"round"`
	Tally Tally  `json:"tally"`
}

// running is one run at work.
type running struct {
	s     *Service
	job   *job.Run
	run   Run
	in    rulebook.InForce
	at    progress
	done  int64 // customers done over all passes, for the progress report
	total int64
}

// doRun is the handler of the job.
func (s *Service) doRun(ctx context.Context, j *job.Run) error {
	var args runArgs
	if err := j.Decode(&args); err != nil {
		return err
	}
	run, err := getRun(ctx, s.db.Read(), args.RunID)
	if err != nil {
		return err
	}
	if run.State == Done {
		return nil
	}
	r := &running{s: s, job: j, run: run}
	if err = r.all(ctx); err == nil {
		j.SetResult(map[string]string{"run_id": id.String(run.ID)})
		return nil
	}
	state := Failed
	if errors.Is(err, job.ErrCanceled) {
		state = Canceled
	}
	if ctx.Err() == nil { // a process that stops leaves the run running: it goes on at the next start
		err = errors.Join(err, s.db.InTx(ctx, func(q db.Q) error { return setState(ctx, q, run.ID, state, clock.Micros(s.now())) }))
	}
	return err
}

func (r *running) all(ctx context.Context) error {
	var err error
	if r.in, err = r.s.books.Adopted(ctx, r.s.db.Read(), r.run.AdoptionID); err != nil {
		return err
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

// resume reads the cursor. Verdicts of before the interruption stand only if the facts are still the same; otherwise
// judging begins anew, which writes nothing twice.
func (r *running) resume(ctx context.Context) error {
	mark, err := fact.Watermark(ctx, r.s.db.Read())
	if err != nil {
		return err
	}
	r.at = progress{Phase: phaseJudge, Mark: mark}
	if r.job.Cursor != "" {
		if err := json.Unmarshal([]byte(r.job.Cursor), &r.at); err != nil {
			return fmt.Errorf("reading the cursor of run %d: %w", r.run.ID, err)
		}
	}
	if r.at.Phase == phaseJudge && r.at.Mark != mark {
		r.at = progress{Phase: phaseJudge, Mark: mark, Round: r.at.Round}
	}
	n, err := countCustomers(ctx, r.s.db.Read())
	if err != nil {
		return err
	}
	r.total = 2 * n
	if r.in.Program.NeedsPopulation() {
		r.total += n
	}
	return r.s.db.InTx(ctx, func(q db.Q) error { return setState(ctx, q, r.run.ID, Running, 0) })
}

func (r *running) report(ctx context.Context, n int64) error {
	r.done = min(r.done+n, r.total)
	if watch, ok := r.s.watchers.Load(r.run.ID); ok {
		watch.(func(done, total int64))(r.done, r.total)
	}
	return r.job.Progress(ctx, r.done, r.total)
}

// judge is one round over all customers: the population where it is needed, then the verdicts.
func (r *running) judge(ctx context.Context) error {
	d := r.s.db
	j, err := begin(ctx, d, r.s.loc, r.s.pace, r.in, r.run.AsOf, func(n int64) error { return r.report(ctx, n) })
	if err != nil {
		return err
	}
	err = j.judgeAll(ctx, d, spans, r.at.After, func(ctx context.Context, at span, page []outcome) error {
		var next progress
		err := d.InTx(ctx, func(q db.Q) error {
			next = r.at
			next.Tally.Counts = copyCounts(r.at.Tally.Counts) // the transaction may run again
			if err := r.write(ctx, q, at, page, &next.Tally); err != nil {
				return err
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
	if err != nil {
		return err
	}
	return r.judgedAll(ctx)
}

// judgedAll goes on to the standing, or judges again when facts changed while totals and ranks depended on them.
func (r *running) judgedAll(ctx context.Context) error {
	mark, err := fact.Watermark(ctx, r.s.db.Read())
	if err != nil {
		return err
	}
	next := progress{Phase: phaseStanding, Mark: mark, Round: r.at.Round, Tally: r.at.Tally}
	if mark != r.at.Mark && r.in.Program.NeedsPopulation() && r.at.Round+1 < maxRounds {
		next = progress{Phase: phaseJudge, Mark: mark, Round: r.at.Round + 1}
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

// write stores the verdicts of a page that say something new and counts the page.
func (r *running) write(ctx context.Context, q db.Q, at span, page []outcome, tally *Tally) error {
	known, err := latestHeads(ctx, q, r.run, at)
	if err != nil {
		return err
	}
	held := map[int64]Standing{}
	if someOut(page) {
		if held, err = standingsIn(ctx, q, r.run.Scheme, at); err != nil {
			return err
		}
	}
	now := r.s.now()
	var fresh []Verdict
	for i := range page {
		v, ok, err := r.verdict(&page[i], known, held)
		if err != nil {
			return err
		}
		if page[i].inScope {
			tally.count(&v)
		}
		if !ok || known[v.CustomerID].digest == v.Digest {
			continue
		}
		v.ID, v.CreatedAt = id.New(now), now
		fresh = append(fresh, v)
	}
	tally.Written += int64(len(fresh))
	return insertVerdicts(ctx, q, fresh)
}

// verdict makes the row for a member, ok = false when there is nothing to say: a customer out of scope gets a row only
// if this rulebook said something else about it before.
func (r *running) verdict(m *outcome, known map[int64]head, held map[int64]Standing) (v Verdict, ok bool, err error) {
	if m.inScope {
		return verdictOf(&r.run, m.member.id, r.in.Position(m.verdict.Code), m.verdict, m.explanation), true, nil
	}
	before, judgedBefore := known[m.member.id]
	now, stands := held[m.member.id]
	stands = stands && now.Rulebook == r.run.Rulebook && now.AsOf <= r.run.AsOf && now.Reason != reasonNotInScope
	if (!judgedBefore || before.reason == reasonNotInScope) && !stands {
		return v, false, nil
	}
	text, err := outOfScope(&r.run, r.in.Program)
	if err != nil {
		return v, false, err
	}
	return verdictOf(&r.run, m.member.id, r.in.Position(""), notInScope, text), true, nil
}
