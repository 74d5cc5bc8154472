package grading

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/job"
	"kezhi/internal/rulebook"
)

// cellLimit is how many customers of a cell of the movement matrix are named: the first by code.
const cellLimit = 200

// Draft is a rulebook to be tried out: a registered version, or files that are not registered. Settings differ from the
// defaults where given.
type Draft struct {
	Rulebook string            `json:"rulebook"`
	Version  string            `json:"version"` // empty = the newest
	Files    map[string]string `json:"files,omitempty"`
	Settings map[string]string `json:"settings,omitempty"`
}

// Simulation is what a draft would do: who would move from where to where. Both sides are worked out from the same facts
// on the same day; where nothing is in force, the first side is the standing. Nothing of it is stored. The names of its
// members are a contract.
type Simulation struct {
	Rulebook string `json:"rulebook"`
	Version  string `json:"version"`
	From     string `json:"from" doc:"The version in force on the day; empty when none is, then the standing of today is compared"`
	To       string `json:"to" doc:"The version that is tried out"`
	AsOf     string `json:"as_of" format:"date"`
	InScope  int64  `json:"in_scope"`
	SchemeMoves
	Schemes       []SchemeMoves  `json:"schemes,omitempty" doc:"Every scheme, where the rulebook has several; the members above are those of the first"`
	DutiesChange  int64          `json:"duties_change" doc:"Duties a year, rounded"`
	HoursChange   Tenths         `json:"hours_change" doc:"Hours a year, to a tenth"`
	EffortChanges []EffortChange `json:"effort_changes" nullable:"false" doc:"Per owner, and per role for duties of other posts"`
}

// SchemeMoves is what a draft would do to the grades of one scheme.
type SchemeMoves struct {
	Scheme         string           `json:"scheme"`
	Graded         int64            `json:"graded"`
	WithoutVerdict int64            `json:"without_verdict"`
	Changed        int64            `json:"changed"`
	Before         map[string]int64 `json:"before" doc:"Code to customers now"`
	After          map[string]int64 `json:"after" doc:"Code to customers by the draft"`
	Cells          []Cell           `json:"cells" nullable:"false" doc:"The movement matrix, best grades first"`
	Matrix         []MatrixCell     `json:"matrix" nullable:"false" doc:"The same as plain numbers"`
}

// MatrixCell is a cell of the matrix as a number.
type MatrixCell struct {
	From      string `json:"from"`
	To        string `json:"to"`
	Customers int64  `json:"customers"`
}

// Cell is one cell of a movement matrix.
type Cell struct {
	From      string         `json:"from" doc:"Empty for no verdict"`
	To        string         `json:"to" doc:"Empty for no verdict"`
	Direction int            `json:"direction" enum:"-1,0,1" doc:"1 up, -1 down, 0 otherwise"`
	Count     int64          `json:"count"`
	Customers []CellCustomer `json:"customers" nullable:"false" doc:"The first 200 by code; none where nothing moves"`

	fromPos, toPos int
}

// CellCustomer is a customer named in a cell.
type CellCustomer struct {
	ID     string `json:"id"`
	Code   string `json:"code"`
	Name   string `json:"name"`
	Score  string `json:"score"`
	Reason string `json:"reason" doc:"Why there would be no verdict"`
	// Reasons say what moves the customer.
	Reasons []MoveReason `json:"reasons" nullable:"false"`
}

// Simulate judges everybody by a draft and by what is in force on the day, and compares, without storing anything. Needs
// grading.run over all customers. Errors: those of rulebook.Draft and DraftFiles.
func (s *Service) Simulate(ctx context.Context, draft Draft, asOf calendar.Date, progress func(done, total int64) error) (Simulation, error) {
	if _, err := requireAll(ctx); err != nil {
		return Simulation{}, err
	}
	in, err := s.draft(ctx, draft)
	if err != nil {
		return Simulation{}, err
	}
	n, err := countCustomers(ctx, s.db.Read())
	if err != nil {
		return Simulation{}, err
	}
	now, err := s.heldOn(ctx, in.Book.ID(), asOf)
	if err != nil {
		return Simulation{}, err
	}
	m := newSimulator(in, now, asOf)
	total, done := n, int64(0)
	for _, f := range []*rulebook.InForce{&in, now} {
		if f != nil && f.Program.NeedsPopulation() {
			total += n
		}
	}
	report := func(n int64) error {
		done = min(done+n, total)
		return progress(done, total)
	}
	pair := pairOf{}
	if pair.draft, err = s.begin(ctx, in, asOf, report); err != nil {
		return Simulation{}, err
	}
	if now != nil {
		if pair.now, err = s.begin(ctx, *now, asOf, report); err != nil {
			return Simulation{}, err
		}
	}
	err = sweep(ctx, s.db.Read(), s.pace, spans, 0, pair.bench, func(ctx context.Context, b pairBench, at span) (pairPage, error) {
		return b.page(ctx, s.db, at)
	}, func(ctx context.Context, at span, page pairPage) error {
		for i := range page.draft {
			m.add(&page, i)
		}
		return report(at.n)
	})
	if err != nil {
		return Simulation{}, err
	}
	return m.result(ctx, s.db.Read())
}

// heldOn gives what is in force on a day, nil when nothing is.
func (s *Service) heldOn(ctx context.Context, rulebookID string, on calendar.Date) (*rulebook.InForce, error) {
	held, err := s.books.InForce(ctx, s.db.Read(), rulebookID, on)
	switch errs.CodeOf(err) {
	case "rulebook.not_in_force", "rulebook.unknown":
		return nil, nil //nolint:nilnil // nothing in force is not a failure here
	}
	if err != nil {
		return nil, err
	}
	if !held.Program.Graded() {
		return nil, nil //nolint:nilnil // nor are procedures without grades
	}
	return &held, nil
}

func (s *Service) draft(ctx context.Context, d Draft) (rulebook.InForce, error) {
	in, err := s.draftText(ctx, d)
	if err == nil && !in.Program.Graded() {
		err = noGrades(in.Book.ID())
	}
	return in, err
}

func (s *Service) draftText(ctx context.Context, d Draft) (rulebook.InForce, error) {
	if len(d.Files) > 0 {
		return s.books.DraftFiles(ctx, d.Files, d.Settings)
	}
	return s.books.Draft(ctx, d.Rulebook, d.Version, d.Settings)
}

// pairOf is the two judgements of a simulation; now is nil when nothing is in force.
type pairOf struct{ now, draft *judgement }

type pairBench struct {
	now, draft *bench
	scheme     []string // of the draft, for the standing where nothing is in force
}

func (p pairOf) bench() pairBench {
	b := pairBench{draft: p.draft.bench()}
	if p.now != nil {
		b.now = p.now.bench()
	}
	for i := range p.draft.schemes {
		b.scheme = append(b.scheme, p.draft.schemes[i].Scheme.ID)
	}
	return b
}

// pairPage is a page judged both ways on one snapshot.
type pairPage struct {
	draft []outcome
	now   []outcome                     // in step with draft; nil when nothing is in force
	stood map[string]map[int64]Standing // by scheme and customer, when nothing is in force
}

func (b pairBench) page(ctx context.Context, d *db.DB, at span) (out pairPage, err error) {
	err = d.InRead(ctx, func(q db.Q) error {
		if out.draft, err = b.draft.page(ctx, q, at); err != nil {
			return err
		}
		if b.now != nil {
			out.now, err = b.now.page(ctx, q, at)
			return err
		}
		out.stood = map[string]map[int64]Standing{}
		for _, scheme := range b.scheme {
			if out.stood[scheme], err = standingsIn(ctx, q, scheme, at); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

type simulateArgs struct {
	Draft Draft  `json:"draft"`
	AsOf  string `json:"as_of"`
}

// StartSimulation checks a draft and enqueues its simulation; the job's result is a Simulation. Needs grading.run over all
// customers. Errors: rulebook.unknown_version, rulebook.bad_settings.
func (s *Service) StartSimulation(ctx context.Context, draft Draft, asOf calendar.Date) (jobID int64, err error) {
	if _, err := requireAll(ctx); err != nil {
		return 0, err
	}
	in, err := s.draft(ctx, draft)
	if err != nil {
		return 0, err
	}
	draft.Version = in.Version
	err = s.db.InTx(ctx, func(q db.Q) error {
		jobID, err = s.runner.Enqueue(ctx, q, job.Spec{Kind: jobSimulate, Args: simulateArgs{draft, asOf.String()}, MaxAttempts: 1})
		return err
	})
	return jobID, err
}

func (s *Service) doSimulate(ctx context.Context, run *job.Run) error {
	var args simulateArgs
	if err := run.Decode(&args); err != nil {
		return err
	}
	asOf, err := calendar.Parse(args.AsOf)
	if err != nil {
		return err
	}
	out, err := s.Simulate(ctx, args.Draft, asOf, func(done, total int64) error { return run.Progress(ctx, done, total) })
	if err == nil {
		run.SetResult(out)
	}
	return err
}
