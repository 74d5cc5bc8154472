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
	checked map[string][]DecidedFunc
	undone  map[string][]UndoneFunc
	keeps   map[string]bool // facts whose cases features begin themselves
	turns   map[string][]TurnFunc
	about   map[string]SubjectFunc
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
		checked: map[string][]DecidedFunc{}, undone: map[string][]UndoneFunc{}, turns: map[string][]TurnFunc{}, about: map[string]SubjectFunc{}, keeps: map[string]bool{},
	}
	s.OnRecord(FactTerms, s.decideTerms)
	return s
}

// TurnFunc takes effect when a case ends, is withdrawn or is opened again, inside the transaction that does it; the status of the
// case says which. An error undoes the act.
type TurnFunc func(ctx context.Context, q db.Q, t Turn) error

// Turn is a case at the moment it is over, or open again.
type Turn struct {
	Case   Case
	By     int64  // whose act it was, 0 = the program
	ByName string // of whoever that was
	Reason string // the opinion, or why it was withdrawn or opened again
}

// OnTurn registers what follows when the cases of a kind ("" = of all) end, are withdrawn or are opened again; features do it at
// composition.
func (s *Service) OnTurn(kind string, fn TurnFunc) { s.turns[kind] = append(s.turns[kind], fn) }

// Decided is what an end says of a case in its record: the fact it names and the values it maps to that fact's fields.
type Decided struct {
	Case    Case
	Fact    string
	Attrs   map[string]string // single values as text; lists are left out
	By      int64             // whose act ended the case
	ByName  string
	Agreed  []string // names of all who agreed in it, in the order of the steps
	Reason  string   // the opinion of whoever ended it
	Grade   string   // of the customer, by the scheme the procedure means
	Scheme  string
	Verdict int64     // the verdict behind the grade, 0 = none
	Title   flow.Text // of the procedure
	Clause  string    // of the end, else of the procedure, in the rulebook and version of the case
}

// DecidedFunc takes effect when a good end records a fact of a kind, inside the transaction that ends the case. An error
// undoes the act: what can no longer take effect cannot be approved.
type DecidedFunc func(ctx context.Context, q db.Q, d Decided) error

// OnRecord registers what follows when a good end records a fact of a kind; features do it at composition. The rulebook
// thereby says which answer means what: record: {fact: duty_waiver, attrs: {duty: start.duty}}.
func (s *Service) OnRecord(fact string, fn DecidedFunc) {
	s.decided[fact] = append(s.decided[fact], fn)
}

// OnBegin registers what must hold before a case begins whose good end would record a fact of a kind, so that nobody decides on
// what could never take effect. It sees the values that the start form gives; the others are absent. An error refuses the case.
func (s *Service) OnBegin(fact string, fn DecidedFunc) {
	s.checked[fact] = append(s.checked[fact], fn)
}

// Keep says that the cases whose good end records a fact are begun by the feature that calls it (StartWithin), and by nobody else:
// they are about something that only the feature can make.
func (s *Service) Keep(fact string) { s.keeps[fact] = true }

// isKept says whether a feature begins the cases of a procedure.
func (s *Service) isKept(def *flow.Definition) bool { return s.recording(def, s.keeps) != "" }

// recording gives the first of some facts that a good end of a procedure records, "" when it records none of them.
func (s *Service) recording(def *flow.Definition, facts map[string]bool) string {
	for i := range def.Ends {
		if end := &def.Ends[i]; end.Good && end.Record != nil && facts[end.Record.Fact] {
			return end.Record.Fact
		}
	}
	return ""
}

// UndoneFunc takes back what a good end led to, inside the transaction that opens the case again.
type UndoneFunc func(ctx context.Context, q db.Q, t Turn) error

// OnUndone registers what follows when a case whose good end recorded a fact of a kind is opened again.
func (s *Service) OnUndone(fact string, fn UndoneFunc) {
	s.undone[fact] = append(s.undone[fact], fn)
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
