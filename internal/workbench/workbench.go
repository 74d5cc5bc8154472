// Package workbench composes the first page a person sees: the duties of the day, what moved, what needs a hand, who has
// a birthday, and the person's own figures, in one call.
//
// It owns no table and writes nothing. Duties come from duty, jobs from job; the rest is read by SQL in store.go from
// customer, contact, standing, movement and import, always bounded by the acting person's own customers or data scope.
// Every part is read only by those who may read it; the others get it empty.
//
// May import: duty and what lies below it.
package workbench

import (
	"context"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/duty"
	"kezhi/internal/job"
)

// Bounds of what is shown.
const (
	maxDuties    = 20
	maxMovements = 20
	maxImports   = 10
	maxBirthdays = 50
	recentDays   = 90 // of movements
	jobDays      = 7  // of jobs that failed
)

// Service reads the workbench.
type Service struct {
	db     *db.DB
	now    clock.Clock
	loc    *time.Location
	duties *duty.Service
	queue  *job.Queue
	work   *calendar.Working
}

// New makes the service. loc is the organisation's time zone, work its working days.
func New(d *db.DB, now clock.Clock, loc *time.Location, work *calendar.Working, duties *duty.Service, queue *job.Queue) *Service {
	return &Service{db: d, now: now, loc: loc, work: work, duties: duties, queue: queue}
}

// Movement is a change of grade of a customer.
type Movement struct {
	CustomerID       int64
	Code, Name       string // of the customer
	Rulebook, Scheme string
	FromCode, ToCode string
	Direction        int // 1 up, -1 down
	AsOf             calendar.Date
	RunID            int64
}

// Birthday is the birthday of a contact within the week.
type Birthday struct {
	CustomerID, ContactID int64
	Customer, Name, Title string
	Phone                 string
	On                    calendar.Date // this year's day; 29 February is kept on 28 February in other years
}

// Import is an import that waits for its person.
type Import struct {
	ID               int64
	Target, FileName string
	State            string
	ErrorCode        string
	At               int64 // microseconds
}

// GradeCount is how many of the person's customers have a grade.
type GradeCount struct {
	Scheme, Code string // Code "" = no grade
	Position     int
	Customers    int64
}

// Gaps counts customers that need somebody's decision; only for those who look after more than their own customers.
type Gaps struct{ WithoutOwner, WithoutVerdict int64 }

// Workbench is the page.
type Workbench struct {
	Today                      calendar.Date
	Counts                     duty.Counts
	DueToday, DueWeek, Overdue []duty.Duty
	// NextDay is the next working day when today is a day off, else None; DueNext is what is due then.
	NextDay   calendar.Date
	DueNext   []duty.Duty
	Movements []Movement
	Birthdays []Birthday
	Imports   []Import
	Jobs      []job.Job
	Grades    []GradeCount
	Gaps      *Gaps
}

// Get gives the workbench of the acting person. Needs to be signed in.
func (s *Service) Get(ctx context.Context) (Workbench, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return Workbench{}, err
	}
	w := Workbench{Today: calendar.FromTime(s.now(), s.loc), NextDay: calendar.None}
	if !s.work.IsWorking(w.Today) {
		w.NextDay = s.work.Next(w.Today)
	}
	if err := s.readDuties(ctx, actor, &w); err != nil {
		return Workbench{}, err
	}
	err = s.db.InRead(ctx, func(q db.Q) error { return s.readOwn(ctx, q, actor, &w) })
	if err != nil {
		return Workbench{}, err
	}
	w.Jobs, err = s.attention(ctx, w.Today)
	return w, err
}

func (s *Service) readDuties(ctx context.Context, actor authz.Actor, w *Workbench) error {
	if !may(actor, authz.DutyRead) {
		return nil
	}
	var err error
	if w.Counts, err = s.duties.Counts(ctx, true); err != nil {
		return err
	}
	for _, part := range []struct {
		bucket duty.Bucket
		to     *[]duty.Duty
	}{{duty.BucketToday, &w.DueToday}, {duty.BucketWeek, &w.DueWeek}, {duty.BucketOverdue, &w.Overdue}} {
		f := duty.Filter{Mine: true, Bucket: part.bucket, From: calendar.None, To: calendar.None, Limit: maxDuties}
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
	f := duty.Filter{Mine: true, Bucket: duty.BucketUpcoming, From: w.Today.AddDays(1), To: w.NextDay, Limit: maxDuties}
	w.DueNext, _, err = s.duties.List(ctx, f)
	return err
}

func (s *Service) readOwn(ctx context.Context, q db.Q, actor authz.Actor, w *Workbench) error {
	var err error
	if may(actor, authz.GradingRead) {
		if w.Movements, err = movementsOf(ctx, q, actor.UserID, w.Today.AddDays(-recentDays)); err != nil {
			return err
		}
		if w.Grades, err = gradesOf(ctx, q, actor.UserID); err != nil {
			return err
		}
	}
	if may(actor, authz.CustomerRead) {
		if w.Birthdays, err = birthdaysOf(ctx, q, actor.UserID, w.Today); err != nil {
			return err
		}
	}
	if may(actor, authz.ImportRun) {
		if w.Imports, err = importsOf(ctx, q, actor.UserID); err != nil {
			return err
		}
	}
	if actor.Grants[authz.CustomerRead] >= authz.ReachUnit && may(actor, authz.GradingRead) {
		w.Gaps, err = gapsOf(ctx, q, actor.Scope(authz.CustomerRead))
	}
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

// weekOf gives the seven days from today on as month * 100 + day, and which day each is this year. A birthday on
// 29 February is kept on 28 February in years without one.
func weekOf(today calendar.Date) (days []int64, on map[int64]calendar.Date) {
	on = map[int64]calendar.Date{}
	add := func(monthDay int64, d calendar.Date) { days, on[monthDay] = append(days, monthDay), d }
	for i := range 7 {
		d := today.AddDays(i)
		year, month, day := d.Civil()
		add(int64(month*100+day), d)
		if month == 2 && day == 28 && calendar.DaysIn(year, 2) == 28 {
			add(229, d)
		}
	}
	return days, on
}
