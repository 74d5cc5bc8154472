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
	"kezhi/internal/rulebook"
)

// Kinds of the jobs of this package.
const (
	jobGrade    = "grading.run"
	jobSimulate = "grading.simulate"
)

// Service grades customers.
type Service struct {
	db        *db.DB
	now       clock.Clock
	loc       *time.Location
	bus       *event.Bus
	runner    *job.Runner
	books     *rulebook.Service
	customers *customer.Service
	pace      pace
	watchers  sync.Map // id of a run graded by this process's command line -> func(done, total int64)
}

// New makes the service. loc is the organisation's time zone; it says when a day begins. The runner is where runs are
// enqueued and, for the command line, done at once.
func New(d *db.DB, now clock.Clock, loc *time.Location, bus *event.Bus, runner *job.Runner, books *rulebook.Service, customers *customer.Service) *Service {
	return &Service{db: d, now: now, loc: loc, bus: bus, runner: runner, books: books, customers: customers, pace: defaultPace()}
}

// Jobs gives the handlers of the jobs of this package.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{jobGrade: s.doRun, jobSimulate: s.doSimulate}
}

type runArgs struct {
	RunID int64 `json:"run_id"`
}

// requireAll gives the actor when it may grade everybody: a run or a simulation tells about all customers.
func requireAll(ctx context.Context) (authz.Actor, error) {
	a, err := authz.Require(ctx, authz.GradingRun)
	if err == nil && a.Grants[authz.GradingRun] != authz.ReachAll {
		err = errs.New(errs.Forbidden, "auth.forbidden", "permission", string(authz.GradingRun))
	}
	return a, err
}

// Start enqueues a grading of everybody in scope as of a day, by what is in force on that day. While a run of the same
// rulebook and day waits or works, that one is given. Needs grading.run over all customers. Errors: rulebook.unknown,
// rulebook.not_in_force, grading.already_running (another day), grading.in_future.
func (s *Service) Start(ctx context.Context, rulebookID string, asOf calendar.Date) (Run, error) {
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
	now := s.now()
	run := Run{
		ID: id.New(now), Rulebook: rulebookID, Version: in.Version, AdoptionID: in.Adoption.ID, Scheme: in.Scheme.ID, AsOf: asOf,
		State: Running, StartedBy: actor.UserID, StartedAt: now,
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		if run.JobID, err = s.runner.Enqueue(ctx, q, job.Spec{Kind: jobGrade, Args: runArgs{run.ID}, UniqueKey: "grading:" + rulebookID}); err != nil {
			return err
		}
		other, err := runOfJob(ctx, q, run.JobID)
		switch {
		case db.IsNoRows(err):
		case err != nil:
			return err
		case other.AsOf == asOf && other.AdoptionID == run.AdoptionID:
			run = other
			return nil
		default:
			return errs.New(errs.Conflict, "grading.already_running", "rulebook", rulebookID, "as_of", other.AsOf.String(), "run", id.String(other.ID))
		}
		if err := insertRun(ctx, q, run); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{
			Action: "grading.start", Entity: "grading", EntityID: id.String(run.ID),
			Detail: map[string]any{"rulebook": rulebookID, "version": run.Version, "as_of": asOf.String()},
		})
	})
	return run, err
}
