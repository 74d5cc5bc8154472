package grading

import (
	"context"
	"sync"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// Kinds of the jobs of this package.
const (
	jobGrade    = "grading.run"
	jobTrigger  = "grading.trigger"
	jobImported = "grading.imported"
	jobSimulate = "grading.simulate"
	jobEnded    = "grading.ended"
	jobImpact   = "grading.impact"
)

// Service grades customers.
type Service struct {
	db         *db.DB
	now        clock.Clock
	loc        *time.Location
	bus        *event.Bus
	runner     *job.Runner
	books      *rulebook.Service
	customers  *customer.Service
	pace       pace
	frames     Frames
	remembered remembered
	members    MembersOn
	rates      RatesInto
	asking     Asking
	watchers   sync.Map // id of a run graded by this process's command line -> func(done, total int64)
}

// New makes the service. loc is the organisation's time zone; it says when a day begins. The runner is where runs are
// enqueued and, for the command line, done at once.
func New(d *db.DB, now clock.Clock, loc *time.Location, bus *event.Bus, runner *job.Runner, books *rulebook.Service, customers *customer.Service) *Service {
	return &Service{db: d, now: now, loc: loc, bus: bus, runner: runner, books: books, customers: customers, pace: defaultPace()}
}

// MembersOn gives the ids of the members of a segment as of a day in ascending order; found is false when there is no such segment.
type MembersOn func(ctx context.Context, segment string, asOf calendar.Date) (ids []int64, found bool, err error)

// AskSegments says who belongs to the segments that rulebooks name. Without it a rulebook that names one cannot grade.
func (s *Service) AskSegments(members MembersOn) { s.members = members }

// RatesInto gives the exchange rates the company keeps into a currency, and when one of them was last changed (microseconds, 0 = never).
type RatesInto func(ctx context.Context, q db.Q, home string) (rates []rule.Rate, changed int64, err error)

// AskRates says by which rates rulebooks convert that ask for those of the company. Without it they have none.
func (s *Service) AskRates(rates RatesInto) { s.rates = rates }

// Jobs gives the handlers of the jobs of this package.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{jobGrade: s.doRun, jobTrigger: s.doTrigger, jobImported: s.doImported, jobSimulate: s.doSimulate, jobEnded: s.doEnded, jobImpact: s.doImpact, jobAsk: s.doAsk}
}

type runArgs struct {
	RunID int64 `json:"run_id"`
	Whole bool  `json:"whole,omitempty"` // judge everybody, whatever was judged before
}

// requireAll gives the actor when it may grade everybody: a run or a simulation tells about all customers.
func requireAll(ctx context.Context) (authz.Actor, error) {
	a, err := authz.Require(ctx, authz.GradingRun)
	if err == nil && a.Grants[authz.GradingRun] != authz.ReachAll {
		err = errs.New(errs.Forbidden, "auth.forbidden", "permission", string(authz.GradingRun))
	}
	return a, err
}

// Start enqueues a grading of everybody in scope as of a day, by what is in force on that day: one job with one run per
// scheme, of which the first is given. Where a complete run of the same day by the same adoption is there and customers are not
// compared with each other, only those are judged again about whom something changed; the outcome is the same. While a run of the same rulebook and day waits or works, that one is given. Needs grading.run over all customers. Errors: rulebook.unknown,
// rulebook.not_in_force, grading.no_grades, grading.already_running (another day), grading.in_future.
func (s *Service) Start(ctx context.Context, rulebookID string, asOf calendar.Date) (Run, error) {
	return s.start(ctx, rulebookID, asOf, false)
}

func (s *Service) start(ctx context.Context, rulebookID string, asOf calendar.Date, whole bool) (Run, error) {
	actor, err := requireAll(ctx)
	if err != nil {
		return Run{}, err
	}
	if today := calendar.FromTime(s.now(), s.loc); asOf > today {
		return Run{}, errs.New(errs.Invalid, "grading.in_future", "date", asOf.String(), "today", today.String())
	}
	in, err := s.books.InForce(ctx, s.db.Read(), rulebookID, asOf)
	if err != nil {
		return Run{}, err
	}
	if !in.Program.Graded() {
		return Run{}, noGrades(rulebookID)
	}
	runs := s.runsFor(in, asOf, actor.UserID)
	err = s.db.InTx(ctx, func(q db.Q) error {
		jobID, err := s.runner.Enqueue(ctx, q, job.Spec{Kind: jobGrade, Args: runArgs{RunID: runs[0].ID, Whole: whole}, UniqueKey: "grading:" + rulebookID})
		if err != nil {
			return err
		}
		others, err := runsOfJob(ctx, q, jobID)
		if err != nil {
			return err
		}
		if len(others) > 0 {
			if other := others[0]; other.AsOf != asOf || other.AdoptionID != in.Adoption.ID {
				return errs.New(errs.Conflict, "grading.already_running", "rulebook", rulebookID, "as_of", other.AsOf.String(), "run", id.String(other.ID))
			}
			runs = others
			return nil
		}
		for i := range runs {
			runs[i].JobID = jobID
			if err := insertRun(ctx, q, runs[i]); err != nil {
				return err
			}
		}
		return audit.Write(ctx, q, runs[0].StartedAt, audit.Entry{
			Action: "grading.start", Entity: "grading", EntityID: id.String(runs[0].ID),
			Detail: map[string]any{"rulebook": rulebookID, "version": in.Version, "as_of": asOf.String()},
		})
	})
	return runs[0], err
}

// noGrades refuses to grade by a rulebook that only describes procedures.
func noGrades(rulebookID string) error {
	return errs.New(errs.Invalid, "grading.no_grades", "rulebook", rulebookID)
}

// runsFor makes a run per scheme; their ids rise in the order of the schemes.
func (s *Service) runsFor(in rulebook.InForce, asOf calendar.Date, by int64) []Run {
	now := s.now()
	schemes := in.Program.Schemes()
	runs := make([]Run, len(schemes))
	for i, scheme := range schemes {
		runs[i] = Run{
			ID: id.New(now), Rulebook: in.Book.ID(), Version: in.Version, AdoptionID: in.Adoption.ID, Scheme: scheme.ID, AsOf: asOf,
			State: Running, Extent: ExtentFull, StartedBy: by, StartedAt: now,
		}
	}
	return runs
}
