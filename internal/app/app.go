// Package app is the composition root: it builds every part from leaf to root, starts them in that order and stops them
// in reverse. It decides nothing.
package app

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"kezhi/internal/article"
	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/backup"
	"kezhi/internal/calendar"
	"kezhi/internal/care"
	"kezhi/internal/channel"
	"kezhi/internal/clock"
	"kezhi/internal/complaint"
	"kezhi/internal/compliance"
	"kezhi/internal/config"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/duty"
	"kezhi/internal/equipment"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/files"
	"kezhi/internal/gift"
	"kezhi/internal/grading"
	"kezhi/internal/handover"
	"kezhi/internal/httpapi"
	"kezhi/internal/importer"
	"kezhi/internal/job"
	"kezhi/internal/message"
	"kezhi/internal/org"
	"kezhi/internal/outbound"
	"kezhi/internal/ownership"
	"kezhi/internal/procedure"
	"kezhi/internal/promise"
	"kezhi/internal/public"
	"kezhi/internal/rate"
	"kezhi/internal/record"
	"kezhi/internal/reply"
	"kezhi/internal/review"
	"kezhi/internal/rights"
	"kezhi/internal/role"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
	"kezhi/internal/seal"
	"kezhi/internal/segment"
	"kezhi/internal/seminar"
	"kezhi/internal/signon"
	"kezhi/internal/staff"
	"kezhi/internal/statement"
	"kezhi/internal/status"
	"kezhi/internal/training"
	"kezhi/internal/user"
	"kezhi/internal/view"
	"kezhi/internal/visit"
	"kezhi/internal/words"
	"kezhi/internal/workbench"
	"kezhi/web"
)

// Version is the program's version; the build sets it.
var Version = "dev"

// Services are the features, for the API, the command line and the demo.
type Services struct {
	DB         *db.DB
	Audit      *audit.Keeper
	Keys       *seal.Keys
	Backups    *backup.Service
	Bus        *event.Bus
	Runner     *job.Runner
	Queue      *job.Queue
	Files      *files.Store
	Units      *org.Service
	Users      *user.Service
	Signon     *signon.Service
	Staff      *staff.Service
	Customers  *customer.Service
	Facts      *fact.Service
	Rulebooks  *rulebook.Service
	Gradings   *grading.Service
	Reviews    *review.Service
	Segments   *segment.Service
	Duties     *duty.Service
	Ownership  *ownership.Service
	Handovers  *handover.Service
	Compliance *compliance.Service
	Statements *statement.Service
	Procedures *procedure.Service
	Complaints *complaint.Service
	Public     *public.Service
	Articles   *article.Service
	Messages   *message.Service
	Equipment  *equipment.Service
	Care       *care.Service
	Replies    *reply.Service
	Records    *record.Service
	Workbench  *workbench.Service
	Imports    *importer.Service
	Views      *view.Service
	Visits     *visit.Service
	Promises   *promise.Service
	Seminars   *seminar.Service
	Gifts      *gift.Service
	Roles      *role.Service
	Rights     *rights.Service
	Rates      *rate.Service
	Status     *status.Service
	Training   *training.Service
}

// App is a running installation.
type App struct {
	Services
	Config config.Config
	Now    clock.Clock
	log    *slog.Logger
	quiet  *quiet
	once   sync.Once
}

// New opens the database, brings its schema up to date and builds every service. Nothing runs in the background yet.
func New(ctx context.Context, cfg config.Config, log *slog.Logger) (*App, error) {
	return NewAt(ctx, cfg, log, clock.System)
}

// NewAt is New with a clock of the caller's, for the demo and tests.
func NewAt(ctx context.Context, cfg config.Config, log *slog.Logger, now clock.Clock) (*App, error) {
	d, err := db.Open(ctx, cfg.Database(), db.Options{Relaxed: cfg.Relaxed, Slow: time.Duration(cfg.SlowMS) * time.Millisecond, Log: log})
	if err != nil {
		return nil, err
	}
	a, err := build(ctx, cfg, log, now, d)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return a, nil
}

//nolint:funlen // plain constructors one after the other, leaf to root
func build(ctx context.Context, cfg config.Config, log *slog.Logger, now clock.Clock, d *db.DB) (*App, error) {
	if err := migrate(ctx, cfg.Data, d, log); err != nil {
		return nil, err
	}
	work, err := calendar.China()
	if err != nil {
		return nil, err
	}
	a := &App{Config: cfg, Now: now, log: log}
	s, loc := &a.Services, cfg.Location()
	s.DB = d
	if s.Keys, err = seal.Open(ctx, d, cfg.Keys, cfg.Data, now, log); err != nil {
		return nil, err
	}
	s.Audit = audit.NewKeeper(d, cfg.AuditDir(), cfg.AuditKey, now, loc)
	s.Bus = event.NewBus(d, now, log)
	s.Queue = job.NewQueue(d, now)
	s.Backups = backup.NewService(cfg.Backup, a.BackupSource(), s.Queue, now, loc, log)
	if s.Files, err = files.New(d, filepath.Join(cfg.Data, "files"), now); err != nil {
		return nil, err
	}
	d.SealWith(s.Keys)
	s.Files.Seal(s.Keys)
	s.Keys.Hold(s.Files)
	s.Status = status.New(status.Deps{DB: d, Now: now, Version: Version, Dir: cfg.Data, Bus: s.Bus, Queue: s.Queue, Files: s.Files, Backups: s.Backups})
	s.Units = org.New(d, now, loc)
	s.Users = user.New(d, now, s.Bus, s.Units)
	s.Signon = signon.New(d, now, s.Users, s.Units, outbound.New(cfg.Outbound))
	s.Staff = staff.New(d, now, s.Users, s.Units, s.Files, s.Queue)
	s.Training = training.New(d, now, loc, s.Units, s.Files)
	s.Runner = job.NewRunner(s.Queue, log, s.Users.NameOf)
	s.Roles = role.New(d, now)
	s.Customers = customer.New(d, now, loc, s.Bus, s.Queue)
	s.Keys.Hold(s.Customers.Sealed())
	s.Rights = rights.New(rights.Deps{DB: d, Now: now, Loc: loc, Customers: s.Customers, Users: s.Users, Tell: s.tellOfShare})
	s.Facts = fact.New(d, now, loc, s.Bus, s.Customers)
	s.Rulebooks = rulebook.New(d, now, loc, s.Bus, log)
	s.Gradings = grading.New(d, now, loc, s.Bus, s.Runner, s.Rulebooks, s.Customers)
	s.Segments = segment.New(d, now, loc, s.Queue, s.Customers)
	s.Duties = duty.New(duty.Deps{
		DB: d, Now: now, Loc: loc, Work: work, Bus: s.Bus, Queue: s.Queue, Facts: s.Facts, Files: s.Files, Rulebooks: s.planRules, Drafts: s.planDraft,
	})
	s.Visits = visit.New(visit.Deps{DB: d, Now: now, Loc: loc, Work: work, Bus: s.Bus, Customers: s.Customers, Facts: s.Facts, Duties: s.Duties})
	s.Promises = promise.New(d, now, loc, s.Bus, s.Customers, s.Facts)
	s.Procedures = procedure.New(procedure.Deps{
		DB: d, Now: now, Loc: loc, Work: work, Bus: s.Bus, Queue: s.Queue, Customers: s.Customers, Facts: s.Facts, Files: s.Files,
		Books: s.procedureBooks(), Log: log,
	})
	s.Gifts = gift.New(gift.Deps{DB: d, Now: now, Loc: loc, Bus: s.Bus, Customers: s.Customers, Facts: s.Facts, Cases: s.Procedures})
	s.Reviews = review.New(review.Deps{
		DB: d, Now: now, Loc: loc, Bus: s.Bus, Runner: s.Runner, Books: s.Rulebooks, Gradings: s.Gradings, Customers: s.Customers, Files: s.Files,
		Cases: s.Procedures,
	})
	s.Ownership = ownership.New(ownership.Deps{
		DB: d, Now: now, Loc: loc, Bus: s.Bus, Queue: s.Queue, Customers: s.Customers, Books: s.ownerBooks, Who: s.Procedures.Who, Members: s.Segments.MembersOn,
	})
	s.Complaints = complaint.New(complaint.Deps{DB: d, Now: now, Loc: loc, Books: s.procedureBooks(), Reports: s.complaintReports, Seat: s.Procedures.Seat})
	s.Articles = article.New(d, now, loc, s.Procedures)
	s.Public = public.New(public.Deps{DB: d, Now: now, Loc: loc, Cases: s.Procedures, Customers: s.Customers, Files: s.Files, Articles: s.Articles})
	ways, err := channel.New(cfg.Channels, now)
	if err != nil {
		return nil, err
	}
	s.tellPeople(ways, loc)
	s.Messages = message.New(message.Deps{
		DB: d, Now: now, Loc: loc, Bus: s.Bus, Queue: s.Queue, Customers: s.Customers, Facts: s.Facts, Channels: ways, PublicURL: cfg.PublicURL, Log: log,
	})
	s.Seminars = seminar.New(seminar.Deps{
		DB: d, Now: now, Loc: loc, Bus: s.Bus, Customers: s.Customers, Facts: s.Facts, Duties: s.Duties, Promises: s.Promises, Messages: s.Messages, PublicURL: cfg.PublicURL,
	})
	s.Handovers = handover.New(handover.Deps{DB: d, Now: now, Loc: loc, Bus: s.Bus, Queue: s.Queue, Owners: s.Ownership, Cases: s.Procedures, Messages: s.Messages})
	s.Equipment = equipment.New(now, loc, s.Facts, s.Procedures)
	s.Care = care.New(now, loc, s.Queue, s.Duties, s.Messages)
	s.Replies = reply.New(s.Queue, s.Procedures, s.Messages)
	s.Compliance = compliance.New(d, now, loc, s.Rulebooks, s.Gradings, s.Duties, s.Files)
	s.Statements = statement.New(d, now, loc, s.Customers)
	s.Records = record.New(d, now, loc, s.Customers, s.Duties, s.scheme)
	s.Workbench = workbench.New(workbench.Deps{DB: d, Now: now, Loc: loc, Work: work, Duties: s.Duties, Queue: s.Queue, Books: s.Rulebooks, Overdue: s.Backups.OverdueHours})
	s.Views, s.Rates = view.New(d, now), rate.New(d, now)
	s.Imports = s.importing(cfg, now)
	s.connect(loc)
	a.quiet = newQuiet(s.Runner.Steps, a.rest)
	return a, s.Rulebooks.Sync(authz.With(ctx, authz.System("system")))
}

func (s *Services) importing(cfg config.Config, now clock.Clock) *importer.Service {
	return importer.New(importer.Deps{
		DB: s.DB, Now: now, Customers: s.Customers, Facts: s.Facts, Users: s.Users, Files: s.Files, Bus: s.Bus, Queue: s.Queue,
	}, importer.Options{Zone: cfg.Location(), MaxUpload: cfg.UploadMB << 20, Say: words.Sentence})
}

// connect registers the jobs and the reactions of features to each other.
func (s *Services) connect(loc *time.Location) {
	for _, jobs := range []map[string]job.Handler{s.Units.Jobs(), s.Users.Jobs(), s.Staff.Jobs(), s.Customers.Jobs(), s.Imports.Jobs(), s.Gradings.Jobs(), s.Segments.Jobs(), s.Duties.Jobs(), s.Procedures.Jobs(), s.Complaints.Jobs(), s.Reviews.Jobs(), s.Messages.Jobs(), s.Care.Jobs(), s.Replies.Jobs(), s.Ownership.Jobs(), s.Promises.Jobs(), s.Handovers.Jobs(), s.Backups.Jobs()} {
		for kind, h := range jobs {
			s.Runner.Register(kind, h)
		}
	}
	s.keepFiles(loc)
	s.keepSafe(loc)
	s.staffUnits()
	s.Customers.AddHold(s.Facts.Held)
	s.Customers.AddAtBirth(s.Ownership.Came)
	s.Customers.NameGrades(s.gradeSchemes)
	for _, f := range []interface{ Subscribe(*event.Bus) }{s.Customers, s.Duties, s.Visits, s.Promises, s.Ownership, s.Handovers} {
		f.Subscribe(s.Bus)
	}
	s.handAround(loc)
	s.Gradings.Subscribe(s.Bus)
	spec, next := s.Gradings.Daily()
	s.Runner.Every("grading.ended", next, spec)
	spec, next = s.Duties.Daily()
	s.Runner.Every("duty.daily", next, spec)
	spec, next = s.Ownership.Daily()
	s.Runner.Every(ownership.JobDaily, next, spec)
	spec, next = s.Promises.Daily()
	s.Runner.Every(promise.JobDaily, next, spec)
	s.Duties.AllowFiles(s.Procedures.MayOpen)
	s.Duties.AllowFiles(s.Visits.MayOpen)
	s.Duties.AllowFiles(s.Training.MayOpen)
	s.takeEffect()
	s.tellOfEncounters()
	s.stateService()
	s.Procedures.Subscribe(s.Bus)
	s.Public.Subscribe(s.Bus)
	spec, next = s.Procedures.EveryMinute()
	s.Runner.Every(procedure.JobClock, next, spec)
	s.Care.Subscribe(s.Bus)
	s.Replies.Subscribe(s.Bus)
	spec, next = s.Messages.EveryMinute()
	s.Runner.Every(message.JobDeliver, next, spec)
	spec, next = s.Complaints.Daily()
	s.Runner.Every(complaint.JobTables, next, spec)
	s.Complaints.AskReceived(s.complaintsReceived)
	s.Compliance.AskPosts(compliance.PostsFunc(s.Procedures.Seat))
	s.Compliance.MadeBy(rule.ContentComplaints, s.Complaints.Edition)
	s.Reviews.Subscribe(s.Bus)
	s.Reviews.TellBy(s.tellOfReview)
	spec, next = s.Reviews.Daily()
	s.Runner.Every("review.daily", next, spec)
	s.Segments.Subscribe(s.Bus)
	s.Segments.AskBefore(func(ctx context.Context, q db.Q, before segment.Segment) error {
		return s.Rulebooks.GuardSegment(ctx, q, before.Name)
	})
	s.Gradings.AskSegments(s.Segments.MembersOn)
	s.Gradings.AskRates(s.Rates.Into)
	spec, next = s.Segments.Daily()
	s.Runner.Every("segment.daily", next, spec)
}

// staffUnits has what lies in a unit go with it when it is merged, and posts give the rights of their roles.
func (s *Services) staffUnits() {
	for _, f := range []org.Follower{s.Users.InUnits(), s.Procedures.InUnits(), s.Customers.InUnits(), s.Ownership.InUnits()} {
		s.Units.Follow(f)
	}
	s.Users.AskPosts(func(ctx context.Context, q db.Q, userID int64) ([]user.HeldRole, error) {
		held, err := s.Procedures.RolesHeld(ctx, q, userID)
		out := make([]user.HeldRole, len(held))
		for i, h := range held {
			out[i] = user.HeldRole(h)
		}
		return out, err
	})
	s.openWays()
	spec, next := s.Units.Daily()
	s.Runner.Every(org.JobTurn, next, spec)
}

// keepFiles says which columns name uploads; what none of them names is swept away at night.
func (s *Services) keepFiles(loc *time.Location) {
	s.Files.NamedBy("duty_file", "file_id")
	s.Files.NamedBy("import", "file_id")
	s.Files.NamedBy("proc_file", "file_id")
	s.Files.NamedBy("report_filing", "file_id")
	s.Files.NamedBy("review_file", "file_id")
	s.Files.NamedBy("staff_import", "file_id")
	s.Files.NamedBy("training_course", "file_id")
	s.Files.NamedBy("training_edition", "file_id")
	s.Files.NamedBy("visit_file", "file_id")
	s.Runner.Register(jobSweepFiles, func(ctx context.Context, run *job.Run) error {
		n, err := s.Files.Sweep(ctx)
		run.SetResult(map[string]int64{"files": n})
		return err
	})
	s.Runner.Every(jobSweepFiles, func(now time.Time) time.Time {
		return calendar.FromTime(now, loc).AddDays(1).Midnight(loc).Add(20 * time.Minute)
	}, job.Spec{Kind: jobSweepFiles, Args: struct{}{}, UniqueKey: jobSweepFiles})
}

// keepSafe proves the audit chain every night and signs how far it goes, seals anew what waits for it, and makes the backups by themselves.
func (s *Services) keepSafe(loc *time.Location) {
	s.Runner.Register(audit.JobSign, func(ctx context.Context, run *job.Run) error {
		c, err := s.Audit.Sign(ctx)
		if c != nil {
			run.SetResult(map[string]int64{"entries": c.Entries})
		}
		return err
	})
	s.Runner.Every(audit.JobSign, func(now time.Time) time.Time {
		return calendar.FromTime(now, loc).AddDays(1).Midnight(loc).Add(10 * time.Minute)
	}, job.Spec{Kind: audit.JobSign, Args: struct{}{}, UniqueKey: audit.JobSign})
	for kind, h := range s.Keys.Jobs() {
		s.Runner.Register(kind, h)
	}
	if s.Backups.Configured() {
		spec, next := s.Backups.Daily()
		s.Runner.Every(backup.JobRun, next, spec)
	}
}

// jobSweepFiles takes away uploads that nothing names.
const jobSweepFiles = "files.sweep"

// planRules gives the planner what is in force; duty does not know the rulebook feature.
func (s *Services) planRules(ctx context.Context, q db.Q, book string, on calendar.Date) (duty.InForce, error) {
	f, err := s.Rulebooks.InForce(ctx, q, book, on)
	if err != nil {
		return duty.InForce{}, err
	}
	return plansOf(f), nil
}

// planDraft gives the planner a version that need not be in force, with its default settings.
func (s *Services) planDraft(ctx context.Context, book, version string) (duty.InForce, error) {
	f, err := s.Rulebooks.Draft(ctx, book, version, nil)
	if err != nil {
		return duty.InForce{}, err
	}
	return plansOf(f), nil
}

func plansOf(f rulebook.InForce) duty.InForce {
	var shared []rule.DutyRule
	for _, one := range f.All() {
		for _, r := range one.Program.Duties() {
			if r.EachGrade {
				shared = append(shared, r)
			}
		}
	}
	return duty.InForce{Version: f.Version, Since: f.Adoption.EffectiveFrom, Shared: shared, Rules: func(scheme, grade string) []rule.DutyRule {
		one, ok := f.For(scheme)
		if !ok {
			return nil
		}
		return one.Program.DutiesFor(grade)
	}}
}

func (s *Services) scheme(ctx context.Context, q db.Q, book, scheme string, on calendar.Date) (rule.Scheme, error) {
	f, err := s.Rulebooks.InForce(ctx, q, book, on)
	if err != nil {
		return rule.Scheme{}, err
	}
	one, _ := f.For(scheme)
	return one.Scheme, nil
}

// gradeSchemes names the grades of the rulebooks in force for exports; their words are no secret from whoever may see grades.
func (s *Services) gradeSchemes(ctx context.Context) ([]customer.GradeScheme, error) {
	all, err := s.Gradings.Schemes(authz.With(ctx, authz.System("export")))
	var out []customer.GradeScheme
	for _, x := range all {
		if !x.Adopted {
			continue
		}
		g := customer.GradeScheme{ID: x.Scheme.ID, TitleZH: x.Scheme.Title.Zh, TitleEN: x.Scheme.Title.En, Labels: map[string][2]string{}}
		for _, l := range x.Scheme.Labels {
			g.Labels[l.Code] = [2]string{l.Title.Zh, l.Title.En}
		}
		out = append(out, g)
	}
	return out, err
}

// Routes registers every operation. With empty services it still describes the API, for the generated document.
func Routes(api *httpapi.API, s Services, secure bool) {
	org.Register(api, s.Units)
	user.Register(api, s.Users, secure)
	role.Register(api, s.Roles)
	rights.Register(api, s.Rights)
	signon.Register(api, s.Signon, secure)
	staff.Register(api, s.Staff)
	customer.Register(api, s.Customers)
	view.Register(api, s.Views)
	rate.Register(api, s.Rates)
	training.Register(api, s.Training)
	record.Register(api, s.Records)
	fact.Register(api, s.Facts)
	importer.Register(api, s.Imports)
	rulebook.Register(api, s.Rulebooks)
	grading.Register(api, s.Gradings)
	review.Register(api, s.Reviews)
	segment.Register(api, s.Segments)
	duty.Register(api, s.Duties)
	ownership.Register(api, s.Ownership)
	handover.Register(api, s.Handovers)
	visit.Register(api, s.Visits)
	promise.Register(api, s.Promises)
	seminar.Register(api, s.Seminars)
	gift.Register(api, s.Gifts)
	compliance.Register(api, s.Compliance)
	statement.Register(api, s.Statements)
	procedure.Register(api, s.Procedures)
	complaint.Register(api, s.Complaints)
	public.Register(api, s.Public)
	article.Register(api, s.Articles)
	message.Register(api, s.Messages)
	equipment.Register(api, s.Equipment)
	care.Register(api, s.Care)
	reply.Register(api, s.Replies)
	workbench.Register(api, s.Workbench)
	job.Register(api, s.Queue)
	event.Register(api, s.Bus)
	backup.Register(api, s.Backups)
	status.Register(api, s.Status)
	seal.Register(api, s.Keys, s.Queue)
	audit.Register(api, s.Audit, func(ctx context.Context, customerID int64) (any, error) { return s.Records.Whole(ctx, customerID) })
}

// Handler gives the whole HTTP surface: API, web UI, health and metrics.
func (a *App) Handler() (http.Handler, error) {
	dist, err := fs.Sub(web.Dist, "dist")
	if err != nil {
		return nil, err
	}
	api := httpapi.New(Version, a.log)
	Routes(api, a.Services, a.Config.SecureOnly || a.Config.TLS())
	h, err := httpapi.Server{
		API: api, Authenticate: a.Users.Authenticate(httpapi.SessionCookie), Ready: a.DB.Ping, Web: httpapi.Web(dist), Log: a.log, Now: a.Now,
		TrustProxy: a.Config.TrustProxy, Limits: a.Config.RateLimits, Version: Version, Metrics: []prometheus.Collector{a.Bus, a.Queue, a.Backups}, Health: a.Backups.Health,
	}.Handler()
	return a.quiet.watch(h), err
}

// Start begins the background work: events first, then jobs, then the look-out for quiet.
func (a *App) Start() {
	// What waits to be sealed can wait longer: not being able to ask for it now must not keep the company from working.
	if err := a.Keys.Wake(context.Background(), a.Queue); err != nil {
		a.log.Error("asking for contents to be sealed", "error", err)
	}
	a.Backups.Follow(context.Background(), a.Config.Database())
	a.Bus.Start()
	a.Runner.Start(a.Config.Workers)
	a.quiet.start()
}

// BackupSource says what a backup of this installation takes.
func (a *App) BackupSource() backup.Source {
	return backup.Source{DB: a.DB, Dir: a.Config.Data, Audit: a.Audit, Version: Version}
}

// Drain hands out all events and does all jobs that are due, here and now; the command line uses it instead of Start.
func (a *App) Drain(ctx context.Context) error {
	for {
		if _, err := a.Bus.Dispatch(ctx); err != nil {
			return err
		}
		worked, err := a.Runner.RunDue(ctx)
		if err != nil || !worked {
			return err
		}
	}
}

// followEnds is how long a stop waits for the continuous copy to take what is left; it goes on with that at the next start.
const followEnds = 5 * time.Second

// Close stops everything in reverse order. A second call does nothing.
func (a *App) Close() error {
	var err error
	a.once.Do(func() {
		a.quiet.stop()
		a.Runner.Stop()
		a.Bus.Stop()
		ctx, cancel := context.WithTimeout(context.Background(), followEnds)
		defer cancel()
		err = errors.Join(a.Backups.Unfollow(ctx), a.DB.Close())
	})
	return err
}
