package procedure

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/files"
	"kezhi/internal/flow"
	"kezhi/internal/job"
)

// Edition is what a version of a rulebook says about procedures.
type Edition struct {
	Rulebook, Version string
	AdoptionID        int64 // that put it into force, with the company's settings
	Title             flow.Text
	Procedures        []*flow.Definition
	Posts             []Post
	Priorities        []Priority
}

// Priority says that matters of a kind come first for customers whose grade in a scheme is one of some.
type Priority struct {
	Of, Scheme string
	Grades     []string
}

// Post is a post of a rulebook with its other names.
type Post struct {
	Name  string
	Title flow.Text
	Names []string
}

// names gives every name of a post in the edition.
func (e *Edition) names(post string) []string {
	for i := range e.Posts {
		if e.Posts[i].Name == post {
			return e.Posts[i].Names
		}
	}
	return nil
}

// definition gives a procedure by its key, nil when there is none.
func (e *Edition) definition(key string) *flow.Definition {
	for _, d := range e.Procedures {
		if d.Key == key {
			return d
		}
	}
	return nil
}

// Books gives the texts; the composition root takes them from the rulebook feature.
type Books struct {
	// InForce gives every rulebook with procedures that is in force on a day.
	InForce func(ctx context.Context, q db.Q, on calendar.Date) ([]*Edition, error)
	// Adopted gives the text with the settings a case began with. What it gives never changes.
	Adopted func(ctx context.Context, q db.Q, adoptionID int64) (*Edition, error)
}

// Service keeps cases, posts and absences.
type Service struct {
	db        *db.DB
	now       clock.Clock
	loc       *time.Location
	work      *calendar.Working
	bus       *event.Bus
	queue     *job.Queue
	customers *customer.Service
	facts     *fact.Service
	files     *files.Store
	books     Books
	log       *slog.Logger

	deskIDs sync.Map // deskKey -> id
	mu      sync.Mutex
	who     *roster
	desks   *desks
	looked  *roster
	decided map[string][]DecidedFunc
}

// Deps are what the service stands on. Loc is the organisation's time zone, Work its working calendar.
type Deps struct {
	DB        *db.DB
	Now       clock.Clock
	Loc       *time.Location
	Work      *calendar.Working
	Bus       *event.Bus
	Queue     *job.Queue
	Customers *customer.Service
	Facts     *fact.Service
	Files     *files.Store
	Books     Books
	Log       *slog.Logger
}

// New makes the service.
func New(d Deps) *Service {
	s := &Service{
		db: d.DB, now: d.Now, loc: d.Loc, work: d.Work, bus: d.Bus, queue: d.Queue, customers: d.Customers, facts: d.Facts,
		files: d.Files, books: d.Books, log: d.Log, decided: map[string][]DecidedFunc{},
	}
	s.OnRecord(FactTerms, s.decideTerms)
	return s
}

// Decided is what an end says of a case in its record: the fact it names and the values it maps to that fact's fields.
type Decided struct {
	Case    Case
	Fact    string
	Attrs   map[string]string // single values as text; lists are left out
	By      int64             // whose act ended the case
	Reason  string            // that person's opinion
	Grade   string            // of the customer, by the scheme the procedure means
	Scheme  string
	Verdict int64 // the verdict behind the grade, 0 = none
}

// DecidedFunc takes effect when a good end records a fact of a kind, inside the transaction that ends the case. An error
// undoes the act: what can no longer take effect cannot be approved.
type DecidedFunc func(ctx context.Context, q db.Q, d Decided) error

// OnRecord registers what follows when a good end records a fact of a kind; features do it at composition. The rulebook
// thereby says which answer means what: record: {fact: duty_waiver, attrs: {duty: start.duty}}.
func (s *Service) OnRecord(fact string, fn DecidedFunc) {
	s.decided[fact] = append(s.decided[fact], fn)
}

// Today gives the organisation's present day.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// roster gives who is who today; it is read anew only when something about it has changed.
func (s *Service) roster(ctx context.Context, q db.Q) (*roster, error) {
	day := s.Today()
	stamp, err := stampOf(ctx, q, day)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	r := s.who
	s.mu.Unlock()
	if r != nil && r.stamp == stamp {
		return r, nil
	}
	if r, err = loadRoster(ctx, q, day, stamp); err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.who = r
	s.mu.Unlock()
	return r, nil
}
