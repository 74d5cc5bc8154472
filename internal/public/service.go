package public

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"kezhi/internal/article"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/codes"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/files"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
	"kezhi/internal/throttle"
)

// Service serves people without an account.
type Service struct {
	db        *db.DB
	now       clock.Clock
	loc       *time.Location
	cases     *procedure.Service
	customers *customer.Service
	files     *files.Store
	articles  *article.Service
	limits    *throttle.Limiter

	mu   sync.Mutex
	seal *seal
}

// Deps are what the service stands on. Loc is the organisation's time zone.
type Deps struct {
	DB        *db.DB
	Now       clock.Clock
	Loc       *time.Location
	Cases     *procedure.Service
	Customers *customer.Service
	Files     *files.Store
	Articles  *article.Service
}

// New makes the service.
func New(d Deps) *Service {
	return &Service{db: d.DB, now: d.Now, loc: d.Loc, cases: d.Cases, customers: d.Customers, files: d.Files, articles: d.Articles, limits: throttle.New(d.Now)}
}

// outsider is in whose name uploads are kept and customers are looked up for people without an account.
func outsider(ctx context.Context) context.Context { return authz.With(ctx, authz.System("web")) }

// Open gives the procedures people from outside may begin and what the organisation set; nothing while it has switched the
// public pages off. Error: public.too_often.
func (s *Service) Open(ctx context.Context, from string) ([]Open, Settings, error) {
	if wait := s.limits.Take(asked(throttle.Network(from))); wait > 0 {
		return nil, Settings{}, tooOften(wait)
	}
	set, err := loadSettings(ctx, s.db.Read())
	if err != nil || !set.On {
		return nil, set, err
	}
	list, err := s.cases.OpenOutside(ctx)
	out := make([]Open, len(list))
	for i := range list {
		out[i] = openOf(&list[i])
	}
	return out, set, err
}

// enter lets a request pass that the limits and the organisation allow.
func (s *Service) enter(ctx context.Context, rules ...throttle.Rule) (Settings, error) {
	if wait := s.limits.Take(rules...); wait > 0 {
		return Settings{}, tooOften(wait)
	}
	set, err := loadSettings(ctx, s.db.Read())
	if err == nil && !set.On {
		err = errs.New(errs.NotFound, "public.off")
	}
	return set, err
}

// Start begins a case for a stranger, about the one customer who has that phone. The same request again (key and input)
// gives the same receipt. Errors: public.too_often, public.off, public.not_open, invalid_input with the fields of the form,
// those of procedure.StartOutside.
func (s *Service) Start(ctx context.Context, in StartInput) (Receipt, error) {
	if _, err := s.enter(ctx, starts(throttle.Network(in.From))...); err != nil {
		return Receipt{}, err
	}
	var v errs.Validation
	phone := tidyPhone(&v, in.Phone)
	def, err := s.open(ctx, in.Rulebook, in.Procedure)
	if err != nil {
		return Receipt{}, err
	}
	seal, err := s.sealed(ctx)
	if err != nil {
		return Receipt{}, err
	}
	fields, _ := procedure.OutsideFields(def)
	answers := seal.answers(&v, fields, in.Answers, "answers.")
	if err := v.Err(); err != nil {
		return Receipt{}, err
	}
	if asksPhone(def) {
		answers[phoneField] = flow.Answer{Text: phone.Label()}
	}
	who, err := s.customers.ByPhone(outsider(ctx), phone.E164)
	if err != nil {
		return Receipt{}, err
	}
	c, err := s.cases.StartOutside(ctx, procedure.StartInput{Rulebook: in.Rulebook, Procedure: in.Procedure, CustomerID: who, Answers: answers, Key: in.Key},
		func(ctx context.Context, q db.Q, c *procedure.Case) error {
			return insertEntry(ctx, q, entry{caseID: c.ID, phone: phone.E164}, seal.access(tidyNumber(c.Number), phone.E164), clock.Micros(s.now()))
		})
	if err != nil {
		return Receipt{}, err
	}
	return s.receipt(ctx, c.ID)
}

// Subscribe registers the reactions to other features' events.
func (s *Service) Subscribe(bus *event.Bus) { bus.Subscribe(procedure.EventStarted, s.onStarted) }

// onStarted lets the customer follow a case somebody of the organisation began, by the phone its start form names. A number
// that is none stays without.
func (s *Service) onStarted(ctx context.Context, q db.Q, e event.Event) error {
	var p procedure.Happened
	if err := json.Unmarshal(e.Payload, &p); err != nil {
		return fmt.Errorf("reading event %s: %w", e.Kind, err)
	}
	caseID, err := id.Parse(p.CaseID)
	if err != nil {
		return err
	}
	number, text, err := s.cases.FollowedBy(ctx, q, caseID, phoneField)
	if err != nil || text == "" {
		return err
	}
	phone, err := codes.ParsePhone(text)
	if err != nil {
		return nil //nolint:nilerr // people write all kinds of things into a form; such a case is not followed
	}
	now := clock.Micros(s.now())
	seal, err := keepSeal(ctx, q, now)
	if err != nil {
		return err
	}
	return insertEntry(ctx, q, entry{caseID: caseID, phone: phone.E164}, seal.access(tidyNumber(number), phone.E164), now)
}

func (s *Service) receipt(ctx context.Context, caseID int64) (Receipt, error) {
	c, err := s.cases.Outside(ctx, caseID)
	return Receipt{Number: c.Number, Received: s.dayOf(c.ReceivedAt), Due: s.dayOf(c.DueAt)}, err
}

// open gives a procedure people from outside may begin.
func (s *Service) open(ctx context.Context, rulebook, key string) (*flow.Definition, error) {
	list, err := s.cases.OpenOutside(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(p procedure.Startable) bool { return p.Edition.Rulebook == rulebook && p.Key == key })
	if i < 0 {
		return nil, errs.New(errs.NotFound, "public.not_open")
	}
	return &list[i].Definition, nil
}

// dayOf gives the organisation's day of a moment; None for 0.
func (s *Service) dayOf(us int64) calendar.Date {
	if us == 0 {
		return calendar.None
	}
	return calendar.FromTime(clock.FromMicros(us), s.loc)
}

// Content is something that can be looked at and read again.
type Content interface {
	io.ReaderAt
	io.ReadSeeker
}

// Uploaded is a file that was kept, under the handle by which the one who sent it may name it.
type Uploaded struct {
	Handle, Name string
	Size         int64
}

// Upload keeps a picture or PDF of a stranger, known by its content. What no case takes is swept away. Errors:
// public.too_often, public.off, file.too_large, file.empty, file.type_refused.
func (s *Service) Upload(ctx context.Context, from string, c Content, size int64, name string) (Uploaded, error) {
	if _, err := s.enter(ctx, uploads(throttle.Network(from))...); err != nil {
		return Uploaded{}, err
	}
	if size > MaxUpload {
		return Uploaded{}, errs.New(errs.TooLarge, "file.too_large", "limit_mb", MaxUpload/1_000_000)
	}
	kind, err := files.Sniff(c, size, name)
	if err == nil && kind != "application/pdf" && !strings.HasPrefix(kind, "image/") {
		err = errs.New(errs.Invalid, "public.file_refused", "name", short(name))
	}
	if err != nil {
		return Uploaded{}, err
	}
	if _, err := c.Seek(0, io.SeekStart); err != nil {
		return Uploaded{}, errs.Wrap(err, errs.Invalid, "file.interrupted")
	}
	seal, err := s.sealed(ctx)
	if err != nil {
		return Uploaded{}, err
	}
	f, err := s.files.Put(outsider(ctx), c, name, kind, MaxUpload)
	return Uploaded{Handle: seal.handle(f.ID), Name: f.Name, Size: f.Size}, err
}

// find gives the case a number and a phone open together. An unknown number and a wrong phone are one and the same miss.
// Errors: public.too_often, public.off, invalid_input, public.no_match.
func (s *Service) find(ctx context.Context, key Key) (entry, Settings, error) {
	from := throttle.Network(key.From)
	set, err := s.enter(ctx, asked(from))
	if err != nil {
		return entry{}, set, err
	}
	if key, err = key.tidy(); err != nil {
		return entry{}, set, err
	}
	if wait := s.limits.Wait(misses(from, key.Number)...); wait > 0 {
		return entry{}, set, tooOften(wait)
	}
	seal, err := s.sealed(ctx)
	if err != nil {
		return entry{}, set, err
	}
	e, err := byAccess(ctx, s.db.Read(), seal.access(key.Number, key.Phone))
	if db.IsNoRows(err) {
		s.limits.Count(misses(from, key.Number)...)
		err = errs.New(errs.NotFound, "public.no_match")
	}
	return e, set, err
}

// Follow shows a case to whoever knows its number and phone. Errors: those of find.
func (s *Service) Follow(ctx context.Context, key Key) (View, error) {
	e, set, err := s.find(ctx, key)
	if err != nil {
		return View{}, err
	}
	return s.view(ctx, e.caseID, set)
}

func (s *Service) view(ctx context.Context, caseID int64, set Settings) (View, error) {
	e, err := byCase(ctx, s.db.Read(), caseID)
	if err != nil {
		return View{}, err
	}
	c, err := s.cases.Outside(ctx, caseID)
	if err != nil {
		return View{}, err
	}
	over := c.EndedAt != 0
	v := View{OutsideCase: c, Stage: stageOf(&c), MayAdd: !over && e.added < maxAdded, MayRate: c.Answered}
	if e.score != 0 {
		v.Rating = &Rating{Score: e.score, Remark: e.remark, RatedAt: e.ratedAt, Until: s.correctableUntil(e, set)}
		v.MayRate = c.Status != flow.Withdrawn && s.cases.Today() <= v.Rating.Until
	}
	return v, nil
}

// correctableUntil gives the last day on which a rating may be corrected, counted from the day it was given first.
func (s *Service) correctableUntil(e entry, set Settings) calendar.Date {
	return s.dayOf(e.ratedAt).AddDays(set.CorrectDays)
}

// Addition is what a customer adds to a case.
type Addition struct {
	Key
	Text    string
	Files   []string // handles
	Request string   // key of the request
}

// Add puts a text and files of the customer to a case that is not over. Errors: those of find, public.over,
// public.added_enough, public.too_many_files, public.unknown_file, those of procedure.ActOutside.
func (s *Service) Add(ctx context.Context, in Addition) (View, error) {
	e, set, err := s.find(ctx, in.Key)
	if err != nil {
		return View{}, err
	}
	seal, err := s.sealed(ctx)
	if err != nil {
		return View{}, err
	}
	var v errs.Validation
	ids := seal.files(&v, in.Files, "files")
	if err := v.Err(); err != nil {
		return View{}, err
	}
	err = s.cases.ActOutside(ctx, e.caseID, procedure.OutsideInput{Text: in.Text, Files: ids, Key: in.Request}, func(ctx context.Context, q db.Q, c *procedure.Case) error {
		if c.State.IsOver() {
			return errs.New(errs.Conflict, "public.over")
		}
		ok, err := countAdded(ctx, q, c.ID)
		if err == nil && !ok {
			err = errs.New(errs.Conflict, "public.added_enough", "max", maxAdded)
		}
		return err
	})
	if err != nil {
		return View{}, err
	}
	return s.view(ctx, e.caseID, set)
}
