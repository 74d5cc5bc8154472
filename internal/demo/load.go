package demo

import (
	"context"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/importer"
	"kezhi/internal/training"
)

// Password is the password of every user of the demo. Nothing but a demo may accept it.
const Password = "kezhi-demo-2026" //nolint:gosec // printed on purpose: the demo holds nothing secret

// The rulebooks that are adopted.
const (
	dealerGrading  = "dealer-annual-grading"
	keyAccounts    = "key-accounts"
	rfmSegments    = "rfm-segments"
	houseOwnership = "house-ownership"
)

// LoadOptions say what is loaded.
type LoadOptions struct {
	// Reference is the day the company stands at; None = today.
	Reference calendar.Date
	// OnlineRetail is the path of the real data set that is loaded beside the company; empty = none.
	OnlineRetail string
	// Customers is the number of customers; 0 = 2,000.
	Customers int
}

// Stages of Load, as they are reported.
const (
	StagePeople       = "people"
	StageCustomers    = "customers"
	StageFacts        = "facts"
	StageGrading      = "grading"
	StageDuties       = "duties"
	StageOnlineRetail = "online_retail"
)

// Progress is told how far a stage is; total is 0 where it is not known.
type Progress func(stage string, done, total int64)

// Login is a user of the demo whom its reader should know.
type Login struct {
	Login string `json:"login"`
	Name  string `json:"name"`
	Role  string `json:"role"`
	Unit  string `json:"unit"`
}

// Result says what was loaded.
type Result struct {
	Reference calendar.Date    `json:"-"`
	Customers int64            `json:"customers"`
	Facts     int64            `json:"facts"`
	Grades    map[string]int64 `json:"grades"` // of dealer-annual-grading on the reference date
	Duties    DutyCounts       `json:"duties"`
	Logins    []Login          `json:"logins"`
	Password  string           `json:"password"`
	// Online is what the import of the real data set found; nil without one.
	Online *importer.Result `json:"online_retail,omitempty"`
}

// DutyCounts says what became of the duties of the last three months, and how many lie ahead.
type DutyCounts struct {
	Kept   int64 `json:"kept"`
	Late   int64 `json:"late"`
	Missed int64 `json:"missed"`
	Waived int64 `json:"waived"`
	Ahead  int64 `json:"ahead"`
}

// monthsLived is how many of the 24 months of history are lived through step by step: what is older was there when the
// company took Kezhi into use.
const monthsLived = 12

// loader carries the state of one Load.
type loader struct {
	*app.App
	dial     *Dial
	latest   time.Time // the moment of loading, after which nothing may have happened; zero = the company stands at another day
	loc      *time.Location
	c        *Company
	progress Progress
	admin    authz.Actor
	staff    []authz.Actor
	byUser   map[int64]int // index into staff
	ids      []int64       // of the customers, 0 = not there yet
	versions []int64
	statuses []string
	related  []bool
	facts    [][]Fact
	told     []int // how many of its facts each customer has been given
	dutySeen map[int64]bool
	agenda   map[calendar.Date][]task
	// The complaints that go on over several days.
	first, second, third, fourth int64
	manuals                      []int64 // ids of the articles, in the order of manuals()
	course                       training.Course
	campaign                     int64   // the review of the dealers, 0 = not opened yet
	pastEvent                    int64   // the seminar that was held
	past                         []int64 // complaints of the months before, in their order
	res                          Result
	factTotal                    int64
}

// Load fills an empty database with the demo company and lives through its last twelve months. The installation is made with dial.Now as its
// clock (app.NewAt) and has not been started; when Load returns, the dial follows the real clock and the installation may start. A database
// that holds a customer or a user is refused (demo.not_empty) and left as it is. When it fails half-way, the database holds part of the
// demo and should be thrown away. progress may be nil.
func Load(ctx context.Context, a *app.App, dial *Dial, opt LoadOptions, progress Progress) (Result, error) {
	if err := refuseUnlessEmpty(ctx, a.DB.Read()); err != nil {
		return Result{}, err
	}
	if progress == nil {
		progress = func(string, int64, int64) {}
	}
	if opt.Reference == calendar.None || opt.Reference == 0 {
		opt.Reference = calendar.FromTime(dial.Now(), a.Config.Location())
	}
	c := Generate(Options{Reference: opt.Reference, Customers: opt.Customers})
	n := len(c.Customers)
	l := &loader{
		App: a, dial: dial, loc: a.Config.Location(), c: c, progress: progress, byUser: map[int64]int{}, ids: make([]int64, n), versions: make([]int64, n), statuses: make([]string, n),
		related: make([]bool, len(c.Relations)), told: make([]int, n), dutySeen: map[int64]bool{}, agenda: map[calendar.Date][]task{},
		res: Result{Reference: opt.Reference, Password: Password},
	}
	defer dial.release()
	if now := dial.Now(); calendar.FromTime(now, l.loc) == opt.Reference {
		l.latest = now
	}
	if err := l.tellFacts(ctx); err != nil {
		return Result{}, err
	}
	l.at(c.Reference.AddMonths(-monthsLived), 7*60)
	ctx = authz.With(ctx, authz.System("demo"))
	if err := l.people(ctx); err != nil {
		return Result{}, err
	}
	ctx = authz.With(ctx, l.admin)
	if err := l.adopt(ctx, opt); err != nil {
		return Result{}, err
	}
	return l.res, l.live(ctx, opt)
}

// at turns the clock to a minute of a day, or to the moment of loading where that comes first: whoever starts the demo before
// the company's day begins finds a day that ends then.
func (l *loader) at(day calendar.Date, minute int) {
	t := day.Midnight(l.loc).Add(time.Duration(minute) * time.Minute)
	if !l.latest.IsZero() && t.After(l.latest) {
		t = l.latest
	}
	l.dial.turn(t)
}

// tellFacts works out what happened to all customers, on all processors.
func (l *loader) tellFacts(ctx context.Context) error {
	l.facts = make([][]Fact, len(l.c.Customers))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range l.facts {
		g.Go(func() error {
			l.facts[i] = l.c.Facts(i)
			return ctx.Err()
		})
	}
	err := g.Wait()
	for _, f := range l.facts {
		l.factTotal += int64(len(f))
	}
	return err
}

// live goes through the year month by month. At the end of each it writes what became known; twice it grades on the
// way; in the last months it works off the duties day by day; at the end it grades once more.
func (l *loader) live(ctx context.Context, opt LoadOptions) error {
	ref := l.c.Reference
	for m := -monthsLived; m <= 0; m++ {
		day := ref.AddMonths(m)
		l.at(day, 7*60+30)
		if err := l.catchUp(ctx, day); err != nil {
			return err
		}
		if m == -monthsLived || m == -1 {
			if _, err := l.grade(ctx, dealerGrading, day); err != nil {
				return err
			}
		}
		if m == -1 {
			if err := l.openReview(ctx); err != nil {
				return err
			}
		}
		if m == 0 {
			break
		}
		if m >= -dutyMonths {
			if err := l.work(ctx, day, ref.AddMonths(m+1)); err != nil {
				return err
			}
		}
	}
	return l.present(ctx, opt)
}

// catchUp writes everything that happened before a day and is not written yet.
func (l *loader) catchUp(ctx context.Context, day calendar.Date) error {
	if err := l.welcome(ctx, day); err != nil {
		return err
	}
	if err := l.relate(ctx); err != nil {
		return err
	}
	if err := l.trade(ctx, day); err != nil {
		return err
	}
	return l.review(ctx, day)
}

// present grades by every rulebook on the reference date and plans what is owed from now on.
func (l *loader) present(ctx context.Context, opt LoadOptions) error {
	ref := l.c.Reference
	if _, err := l.Duties.MarkMissed(ctx); err != nil {
		return err
	}
	var err error
	if l.res.Grades, err = l.grade(ctx, dealerGrading, ref); err != nil {
		return err
	}
	if _, err := l.grade(ctx, keyAccounts, ref); err != nil {
		return err
	}
	if _, err := l.grade(ctx, houseEquipment, ref); err != nil {
		return err
	}
	segmentsOn := ref
	if opt.OnlineRetail != "" {
		if err := l.onlineRetail(ctx, opt.OnlineRetail); err != nil {
			return err
		}
		segmentsOn = onlineRetailEnd
	}
	if _, err := l.grade(ctx, rfmSegments, segmentsOn); err != nil {
		return err
	}
	// What follows from the gradings and the event that is coming: the duties of all rulebooks are planned, everybody is told.
	if err := l.nextEvent(ctx); err != nil {
		return err
	}
	if err := l.Drain(ctx); err != nil {
		return err
	}
	if err := l.ahead(ctx); err != nil {
		return err
	}
	if err := l.Drain(ctx); err != nil {
		return err
	}
	return l.countDuties(ctx)
}
