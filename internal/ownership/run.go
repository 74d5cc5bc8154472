package ownership

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/rule"
)

// Kinds of the jobs of this feature.
const (
	JobSurvey = "owner.survey"
	JobApply  = "owner.apply"
)

// How much one transaction does.
const (
	lineChunk  = 1000
	applyChunk = 200
)

type runArgs struct {
	Run      string `json:"run,omitempty"`
	Rulebook string `json:"rulebook,omitempty"`
}

// Jobs gives the handlers of the jobs of this feature.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{JobSurvey: s.surveyJob, JobApply: s.applyJob, JobDaily: s.lapseJob}
}

// Begin works out, as a job, what the owner rules would change; the run has the id of its job. One that is being worked out
// already is given back. Needs customer.assign over all customers. Errors: those of the rules that are missing.
func (s *Service) Begin(ctx context.Context, rulebook string) (r Run, err error) {
	actor, err := requireAll(ctx, authz.CustomerAssign)
	if err != nil {
		return Run{}, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		book, err := s.book(ctx, q, rulebook)
		if err != nil {
			return err
		}
		jobID, err := s.queue.Enqueue(ctx, q, job.Spec{Kind: JobSurvey, Args: runArgs{Rulebook: book.Rulebook}, UniqueKey: JobSurvey + ":" + book.Rulebook})
		if err != nil {
			return err
		}
		if r, err = loadRun(ctx, q, jobID); !db.IsNoRows(err) {
			return err // asked for already, and still being worked out
		}
		r = Run{
			ID: jobID, Rulebook: book.Rulebook, Version: book.Version, State: RunWorking, Loads: []Load{}, CreatedBy: actor.UserID, CreatorName: actor.Name, CreatedAt: s.now(),
		}
		return insertRun(ctx, q, r)
	})
	return r, err
}

// surveyJob works a run out. It writes nothing but the run and its lines, so one that was interrupted begins again.
func (s *Service) surveyJob(ctx context.Context, run *job.Run) error {
	r, err := loadRun(ctx, s.db.Read(), run.ID)
	if err != nil {
		return err
	}
	if r.State == RunReady { // interrupted after the last word
		return s.dropOlder(ctx, &r)
	}
	err = s.surveyInto(ctx, run, &r)
	run.SetResult(map[string]any{"run_id": id.String(r.ID), "customers": r.InScope, "moves": r.Moves, "conflicts": r.Conflicts, "unowned": r.Unowned})
	return err
}

func (s *Service) surveyInto(ctx context.Context, run *job.Run, r *Run) error {
	if err := s.dropLines(ctx, r.ID); err != nil { // what an interrupted survey has written
		return err
	}
	r.Moves, r.Conflicts, r.Unowned, r.Open = 0, 0, 0, 0
	var wait []Decision
	flush := func(least int) error {
		if len(wait) < least || len(wait) == 0 {
			return nil
		}
		lines, err := s.worthALine(ctx, wait)
		if err != nil {
			return err
		}
		wait = wait[:0]
		r.Open += int64(len(lines))
		return s.db.InTx(ctx, func(q db.Q) error { return insertLines(ctx, q, r.ID, lines) })
	}
	var v *survey
	err := s.db.InRead(ctx, func(q db.Q) error {
		book, err := s.book(ctx, q, r.Rulebook)
		if err != nil {
			return err
		}
		r.Version = book.Version
		if v, err = s.newSurvey(ctx, q, book); err != nil {
			return err
		}
		return v.run(ctx, q, func(done, total int64) error { return run.Progress(ctx, done, total) }, func(d *Decision) error {
			r.count(d)
			wait = append(wait, *d)
			return flush(lineChunk)
		})
	})
	if err == nil {
		err = flush(1)
	}
	if err != nil {
		return err
	}
	r.State, r.InScope, r.Loads = RunReady, v.inScope, v.loads()
	err = s.db.InTx(ctx, func(q db.Q) error { return finishRun(ctx, q, *r, clock.Micros(s.now())) })
	if err != nil {
		return err
	}
	return s.dropOlder(ctx, r)
}

// dropOlder takes away the lines of the runs a finished one replaces; the runs themselves keep their figures.
func (s *Service) dropOlder(ctx context.Context, r *Run) error {
	older, err := olderRuns(ctx, s.db.Read(), r.Rulebook, r.ID)
	for _, runID := range older {
		if err = s.db.InTx(ctx, func(q db.Q) error { return closeRun(ctx, q, runID) }); err != nil {
			return err
		}
		if err = s.dropLines(ctx, runID); err != nil {
			return err
		}
	}
	return err
}

// dropLines takes away the lines of a run, some in each transaction.
func (s *Service) dropLines(ctx context.Context, runID int64) error {
	for more := true; more; {
		err := s.db.InTx(ctx, func(q db.Q) error {
			n, err := dropSome(ctx, q, runID, lineChunk)
			more = n == lineChunk
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *Run) count(d *Decision) {
	if d.Owner != d.Present {
		r.Moves++
	}
	if len(d.Why.Conflicts) > 0 {
		r.Conflicts++
	}
	if d.Owner == 0 {
		r.Unowned++
	}
}

// worthALine gives the decisions that change an owner or the reason for one, or stand against something.
func (s *Service) worthALine(ctx context.Context, list []Decision) ([]Decision, error) {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].CustomerID
	}
	now, err := termsNow(ctx, s.db.Read(), ids)
	if err != nil {
		return nil, err
	}
	out := make([]Decision, 0, len(list))
	for i := range list {
		d := &list[i]
		t, known := now[d.CustomerID]
		if known && t.OwnerID == d.Owner && d.Present == d.Owner && len(d.Why.Conflicts) == 0 && d.Why.same(&t) {
			continue
		}
		out = append(out, *d)
	}
	return out, nil
}

// Runs gives the newest runs. Needs customer.assign over all customers.
func (s *Service) Runs(ctx context.Context) ([]Run, error) {
	if _, err := requireAll(ctx, authz.CustomerAssign); err != nil {
		return nil, err
	}
	return listRuns(ctx, s.db.Read(), 20)
}

// Run gives a run with the number of its lines by state. Needs customer.assign over all customers. Error: not_found.
func (s *Service) Run(ctx context.Context, runID int64) (Run, error) {
	if _, err := requireAll(ctx, authz.CustomerAssign); err != nil {
		return Run{}, err
	}
	return loadRun(ctx, s.db.Read(), runID)
}

// Lines gives a page of what a run says, by customer; next is the cursor of the next page. Needs customer.assign over all customers.
func (s *Service) Lines(ctx context.Context, runID int64, f LineFilter, cursor string, limit int) (list []Line, next string, err error) {
	if _, err := requireAll(ctx, authz.CustomerAssign); err != nil {
		return nil, "", err
	}
	after := int64(0)
	if vals, err := db.DecodeCursor(cursor, 1); err != nil {
		return nil, "", err
	} else if vals != nil {
		if after, err = id.Parse(vals[0]); err != nil {
			return nil, "", err
		}
	}
	list, err = listLines(ctx, s.db.Read(), runID, f, after, limit+1)
	if len(list) > limit {
		list = list[:limit]
		next = db.EncodeCursor(id.String(list[limit-1].CustomerID))
	}
	return list, next, err
}

// Apply gives customers to whom a run gives them: those named, or all lines with nil. It is done as a job; what is applied stays
// applied when it is stopped. Needs customer.assign over all customers. Errors: not_found, ownership.not_ready,
// ownership.run_replaced, ownership.nothing_to_apply.
func (s *Service) Apply(ctx context.Context, runID int64, customers []int64) (jobID int64, err error) {
	if _, err := requireAll(ctx, authz.CustomerAssign); err != nil {
		return 0, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		r, err := loadRun(ctx, q, runID)
		if err != nil {
			return err
		}
		if r.State != RunReady {
			return errs.New(errs.Conflict, "ownership.not_ready", "state", r.State)
		}
		if err := s.stillHolds(ctx, q, &r); err != nil {
			return err
		}
		n, err := chooseLines(ctx, q, runID, customers)
		if err != nil {
			return err
		}
		if n == 0 && r.Chosen == 0 {
			return errs.New(errs.Conflict, "ownership.nothing_to_apply")
		}
		jobID, err = s.queue.Enqueue(ctx, q, job.Spec{Kind: JobApply, Args: runArgs{Run: id.String(runID)}, UniqueKey: JobApply + ":" + id.String(runID)})
		return err
	})
	return jobID, err
}

// stillHolds refuses a run that a newer one, or another version of its rules, has replaced.
func (s *Service) stillHolds(ctx context.Context, q db.Q, r *Run) error {
	newest, err := newestReady(ctx, q, r.Rulebook)
	if err != nil {
		return err
	}
	book, err := s.book(ctx, q, r.Rulebook)
	if err != nil {
		return err
	}
	if newest != r.ID || book.Version != r.Version {
		return errs.New(errs.Conflict, "ownership.run_replaced")
	}
	return nil
}

// applyJob applies the chosen lines of a run until none is left.
func (s *Service) applyJob(ctx context.Context, run *job.Run) error {
	var args runArgs
	if err := run.Decode(&args); err != nil {
		return err
	}
	runID, err := id.Parse(args.Run)
	if err != nil {
		return err
	}
	for {
		r, err := loadRun(ctx, s.db.Read(), runID)
		if err != nil {
			return err
		}
		run.SetResult(map[string]string{"run_id": args.Run, "applied": strconv.FormatInt(r.Applied, 10), "stale": strconv.FormatInt(r.Stale, 10)})
		if err := run.Progress(ctx, r.Applied+r.Stale, r.Applied+r.Stale+r.Chosen); err != nil || r.Chosen == 0 {
			return err
		}
		if err := s.db.InTx(ctx, func(q db.Q) error { return s.applySome(ctx, q, r, run.CreatedBy) }); err != nil {
			return err
		}
	}
}

// applySome applies the next chosen lines in one transaction.
func (s *Service) applySome(ctx context.Context, q db.Q, r Run, by int64) error {
	if left, err := lockRun(ctx, q, r.ID); err != nil || !left {
		return err
	}
	lines, err := chosenLines(ctx, q, r.ID, applyChunk)
	if err != nil {
		return err
	}
	if len(lines) == 0 { // a newer run took them away after they were chosen
		return closeRun(ctx, q, r.ID)
	}
	who, err := s.who(ctx, q)
	if err != nil {
		return err
	}
	var moves []customer.Reassignment
	for i := range lines {
		l := &lines[i]
		if l.ToID == 0 || who.Active(l.ToID) { // whoever was disabled since is given nobody
			moves = append(moves, customer.Reassignment{CustomerID: l.CustomerID, From: l.FromID, To: l.ToID})
		}
	}
	done, err := s.give(ctx, q, moves, audit.Change{Field: "owner_run", After: id.String(r.ID)})
	if err != nil {
		return err
	}
	terms, err := newTerms(ctx, q, lines, done)
	if err != nil {
		return err
	}
	for i := range terms {
		terms[i].SourceID, terms[i].ByID = r.ID, by
	}
	if err := settleLines(ctx, q, r.ID, lines, done); err != nil {
		return err
	}
	return s.begin(ctx, q, terms)
}

// newTerms gives the terms that begin with the lines that were done: none where the owner stays on the same ground.
func newTerms(ctx context.Context, q db.Q, lines []Line, done map[int64]bool) ([]Term, error) {
	known, err := termsNow(ctx, q, slices.Collect(maps.Keys(done)))
	if err != nil {
		return nil, err
	}
	var terms []Term
	for i := range lines {
		l := &lines[i]
		t, has := known[l.CustomerID]
		same := has && t.OwnerID == l.ToID && l.Why.same(&t) // a conflict that is known already begins no new term
		if done[l.CustomerID] && !same {
			terms = append(terms, Term{
				CustomerID: l.CustomerID, OwnerID: l.ToID, How: HowRule, Rulebook: l.Why.Rulebook, Version: l.Why.Version, Rule: l.Rule, Precedence: l.Precedence,
				Clause: l.Clause, Why: &l.Why,
			})
		}
	}
	return terms, nil
}

// give moves customers and gives those that now have the owner they were to get, also those who had it before.
func (s *Service) give(ctx context.Context, q db.Q, moves []customer.Reassignment, because audit.Change) (map[int64]bool, error) {
	var same []int64
	var differ []customer.Reassignment
	for _, m := range moves {
		if m.From == m.To {
			same = append(same, m.CustomerID)
		} else {
			differ = append(differ, m)
		}
	}
	now, err := ownersOf(ctx, q, same) // without those who were archived since, as Reassign leaves them out
	if err != nil {
		return nil, err
	}
	done := map[int64]bool{}
	for _, m := range moves {
		if owner, found := now[m.CustomerID]; found && owner == m.To {
			done[m.CustomerID] = true
		}
	}
	moved, err := s.customers.Reassign(ctx, q, differ, because)
	for _, m := range moved {
		done[m.CustomerID] = true
	}
	return done, err
}

// Rules gives what a rulebook in force says about owners, "" = the only one. Needs customer.read.
func (s *Service) Rules(ctx context.Context, rulebook string) (Book, *rule.Ownership, error) {
	if _, err := authz.Require(ctx, authz.CustomerRead); err != nil {
		return Book{}, nil, err
	}
	book, err := s.book(ctx, s.db.Read(), rulebook)
	if err != nil {
		return book, nil, err
	}
	return book, book.Program.Ownership(), nil
}
