// Package workbench composes the first page a person sees: the duties of the day, what needs a hand, what moved, who has
// a special day, and the person's own figures against their targets.
//
// It owns no table and writes nothing. Duties come from duty, jobs from job, indicators from the rulebooks in force; the rest is
// read by SQL in store.go from customer, contact, standing, movement, grading_run, duty, message and import.
//
// There are four reads, because what a person works with must not wait for what is only good to know: Get (duties, imports,
// jobs), Customers (movements, birthdays, grades), Alerts and Figures. Each is bounded by the acting person's own customers
// (Mine), or by a fixed number of rows for those who look after a unit (Unit), and gives a part only to those who may read it.
//
// May import: compliance, duty and what lies below them.
package workbench

import (
	"context"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/job"
	"kezhi/internal/rulebook"
)

// Bounds of what is shown and looked at.
const (
	maxDuties    = 20
	maxMovements = 20
	maxMoved     = 200 // movements that are counted
	maxRuns      = 100 // gradings whose movements are looked through for a unit
	maxImports   = 10
	maxDays      = 50
	maxAlert     = 1000   // what is counted of one kind; there may be more
	maxLook      = 20_000 // customers that are looked at for a missing grade, the newest first
	recentDays   = 30     // of movements and of messages that failed
	jobDays      = 7      // of jobs that failed
)

// Whose says of whose customers and duties the workbench speaks.
type Whose string

// Mine is what the person owns and owes, Unit what lies within the person's reach.
const (
	Mine Whose = "mine"
	Unit Whose = "unit"
)

// Service reads the workbench.
type Service struct {
	db      *db.DB
	now     clock.Clock
	loc     *time.Location
	duties  *duty.Service
	queue   *job.Queue
	work    *calendar.Working
	books   *rulebook.Service
	overdue func(context.Context) (int64, error)
}

// Deps is what the service is made of. Loc is the organisation's time zone, Work its working days.
type Deps struct {
	DB     *db.DB
	Now    clock.Clock
	Loc    *time.Location
	Work   *calendar.Working
	Duties *duty.Service
	Queue  *job.Queue
	Books  *rulebook.Service
	// Overdue gives for how many hours there has been no good backup when that is too long, else 0; nil = nobody looks.
	Overdue func(context.Context) (int64, error)
}

// New makes the service.
func New(d Deps) *Service {
	return &Service{db: d.DB, now: d.Now, loc: d.Loc, duties: d.Duties, queue: d.Queue, work: d.Work, books: d.Books, overdue: d.Overdue}
}

// Import is an import that waits for its person.
type Import struct {
	ID               int64
	Target, FileName string
	State            string
	ErrorCode        string
	At               int64 // microseconds
}

// Workbench is the page.
type Workbench struct {
	Today                      calendar.Date
	Counts                     duty.Counts
	DueToday, DueWeek, Overdue []duty.Duty
	// NextDay is the next working day when today is a day off, else None; DueNext is what is due then.
	NextDay calendar.Date
	DueNext []duty.Duty
	Imports []Import
	Jobs    []job.Job
}

// Get gives the duties of the day and what the acting person began that waits. Needs to be signed in; with Unit duty.read
// over more than the own customers.
func (s *Service) Get(ctx context.Context, whose Whose) (Workbench, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return Workbench{}, err
	}
	if _, err := within(actor, authz.DutyRead, whose); err != nil {
		return Workbench{}, err
	}
	w := Workbench{Today: s.today(), NextDay: calendar.None}
	if !s.work.IsWorking(w.Today) {
		w.NextDay = s.work.Next(w.Today)
	}
	if err := s.readDuties(ctx, actor, whose == Mine, &w); err != nil {
		return Workbench{}, err
	}
	if may(actor, authz.ImportRun) {
		if w.Imports, err = importsOf(ctx, s.db.Read(), actor.UserID); err != nil {
			return Workbench{}, err
		}
	}
	w.Jobs, err = s.attention(ctx, w.Today)
	return w, err
}

func (s *Service) today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// within gives the customers a part speaks of. Error: auth.forbidden (Unit for those who reach their own customers only).
func within(actor authz.Actor, p authz.Permission, whose Whose) (authz.Scope, error) {
	if whose == Mine {
		return authz.Scope{OwnerID: actor.UserID}, nil
	}
	if actor.Grants[p] < authz.ReachUnit {
		return authz.Scope{}, errs.New(errs.Forbidden, "auth.forbidden", "permission", string(p))
	}
	return actor.Scope(p), nil
}

func (s *Service) readDuties(ctx context.Context, actor authz.Actor, mine bool, w *Workbench) error {
	if !may(actor, authz.DutyRead) {
		return nil
	}
	var err error
	if w.Counts, err = s.duties.Counts(ctx, mine); err != nil {
		return err
	}
	for _, part := range []struct {
		bucket duty.Bucket
		to     *[]duty.Duty
	}{{duty.BucketToday, &w.DueToday}, {duty.BucketWeek, &w.DueWeek}, {duty.BucketOverdue, &w.Overdue}} {
		f := duty.Filter{Mine: mine, Bucket: part.bucket, From: calendar.None, To: calendar.None, Limit: maxDuties}
		if part.bucket == duty.BucketWeek {
			f.From = max(w.Today, w.NextDay).AddDays(1) // today and the next working day have their own lists
		}
		if *part.to, _, err = s.duties.List(ctx, f); err != nil {
			return err
		}
	}
	if w.NextDay == calendar.None {
		return nil
	}
	// Also what falls between: nothing is planned on days off, but a calendar may have changed.
	f := duty.Filter{Mine: mine, Bucket: duty.BucketUpcoming, From: w.Today.AddDays(1), To: w.NextDay, Limit: maxDuties}
	w.DueNext, _, err = s.duties.List(ctx, f)
	return err
}

// attention gives the person's jobs that run, wait, or failed lately.
func (s *Service) attention(ctx context.Context, today calendar.Date) ([]job.Job, error) {
	all, err := s.queue.Mine(ctx)
	if err != nil {
		return nil, err
	}
	since := today.AddDays(-jobDays).Midnight(s.loc)
	var out []job.Job
	for _, j := range all {
		switch j.State {
		case job.Waiting, job.Running:
			out = append(out, j)
		case job.Failed:
			if j.CreatedAt.After(since) {
				out = append(out, j)
			}
		}
	}
	return out, nil
}

func may(actor authz.Actor, p authz.Permission) bool { return actor.Grants[p] != authz.ReachNone }
