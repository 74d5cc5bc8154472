package rulebook

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/rule"
	"kezhi/rulebooks"
)

// Service keeps rulebooks.
type Service struct {
	db    *db.DB
	now   clock.Clock
	loc   *time.Location // of the organisation: which day is today
	bus   *event.Bus
	log   *slog.Logger
	cache cache
	// approval is the procedure that decides on adoptions; zero while nobody gave one.
	approval Approval
}

// New makes the service. loc is the organisation's time zone.
func New(d *db.DB, now clock.Clock, loc *time.Location, bus *event.Bus, log *slog.Logger) *Service {
	return &Service{
		db: d, now: now, loc: loc, bus: bus, log: log,
		cache: cache{editions: map[string]*Edition{}, programs: map[string]*rule.Program{}},
	}
}

// Today gives the organisation's present day.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// Sync registers the rulebooks that are shipped with the program; it runs at every start and changes nothing the second
// time. Needs rulebook.write. Error: rulebook.version_changed, when a shipped version is known with another text.
func (s *Service) Sync(ctx context.Context) error {
	if _, err := authz.Require(ctx, authz.RulebookWrite); err != nil {
		return err
	}
	for _, name := range rulebooks.IDs() {
		raw, err := rulebooks.Load(name)
		if err != nil {
			return err
		}
		files := make(map[string]string, len(raw))
		for file, text := range raw {
			files[file] = string(text)
		}
		if _, err := s.register(ctx, files, OriginShipped); err != nil {
			return err
		}
	}
	return nil
}

// Upload registers a version the company wrote itself: of a rulebook of its own, or of a shipped one that it goes on with.
// The same text again gives the version that exists. Needs rulebook.write. Errors: invalid_input (unknown or large files),
// rulebook.unreadable (with the problems), rulebook.version_changed.
func (s *Service) Upload(ctx context.Context, files map[string]string) (Version, error) {
	if _, err := authz.Require(ctx, authz.RulebookWrite); err != nil {
		return Version{}, err
	}
	if err := checkFiles(files); err != nil {
		return Version{}, err
	}
	return s.register(ctx, files, OriginOwn)
}

// register parses a text and writes it unless it is known.
func (s *Service) register(ctx context.Context, files map[string]string, origin string) (Version, error) {
	e, err := s.readable(ctx, files, origin)
	if err != nil {
		return Version{}, err
	}
	v := e.Version
	err = s.db.InTx(ctx, func(q db.Q) error {
		v, err = s.write(ctx, q, e)
		return err
	})
	return v, err
}

// readable parses a text that is to become a version.
func (s *Service) readable(ctx context.Context, files map[string]string, origin string) (*Edition, error) {
	actor, err := authz.Require(ctx, authz.RulebookWrite)
	if err != nil {
		return nil, err
	}
	e := newEdition(Version{Digest: digestOf(files), Origin: origin, CreatedBy: actor.UserID}, files)
	e.Rulebook, e.Version.Version, e.Title = e.Book.ID(), e.Book.Version(), e.Book.Title()
	if rule.HasErrors(e.Problems) || e.Rulebook == "" || e.Version.Version == "" {
		return nil, refusal("rulebook.unreadable", e.Rulebook, e.Version.Version, e.Problems)
	}
	return e, nil
}

// write registers a text inside the caller's transaction. A number the company has used for a text of its own stays the
// company's: a shipped text that comes later with the same number is left out, so that a program update never fails on it.
func (s *Service) write(ctx context.Context, q db.Q, e *Edition) (Version, error) {
	v := e.Version
	known, _, err := getVersion(ctx, q, v.Rulebook, v.Version)
	switch {
	case err == nil && known.Digest == v.Digest:
		return known, nil
	case err == nil && v.Origin == OriginShipped && known.Origin == OriginOwn:
		s.log.WarnContext(ctx, "a shipped rulebook version is left out: the company has one with this number", "rulebook", v.Rulebook, "version", v.Version)
		return known, nil
	case err == nil:
		return Version{}, errs.New(errs.Conflict, "rulebook.version_changed", "rulebook", v.Rulebook, "version", v.Version)
	case !db.IsNoRows(err):
		return Version{}, err
	}
	v.CreatedAt = s.now()
	if err := insertVersion(ctx, q, v, e.Files); err != nil {
		return Version{}, err
	}
	return v, audit.Write(ctx, q, v.CreatedAt, audit.Entry{
		Action: "rulebook.register", Entity: "rulebook", EntityID: v.Rulebook,
		Detail: map[string]any{"version": v.Version, "digest": v.Digest, "origin": v.Origin},
	})
}

// ready refuses a text that must not come into force.
func (s *Service) ready(ctx context.Context, q db.Q, e *Edition, settings map[string]string) error {
	env, err := s.environment(ctx, q)
	if err != nil {
		return err
	}
	// The check reports failed examples among its errors; they have a refusal of their own.
	problems := slices.DeleteFunc(e.check(env), func(p rule.Problem) bool { return p.Code == "case.failed" })
	if rule.HasErrors(problems) {
		return refusal("rulebook.has_errors", e.Rulebook, e.Version.Version, problems)
	}
	if report := e.Test(); report.Failed > 0 {
		return errs.New(errs.Invalid, "rulebook.cases_failed", "rulebook", e.Rulebook, "version", e.Version.Version, "failed", report.Failed, "passed", report.Passed)
	}
	_, err = s.program(e, settings)
	return err
}

// adopt decides on the day and writes, inside the caller's transaction.
func (s *Service) adopt(ctx context.Context, q db.Q, a *Adoption) error {
	all, err := listAdoptions(ctx, q, a.Rulebook)
	if err != nil {
		return err
	}
	if err := mayStart(all[a.Rulebook], a.EffectiveFrom, s.Today()); err != nil {
		return err
	}
	settings, err := settingsKey(a.Settings)
	if err != nil {
		return err
	}
	now := s.now()
	a.ID, a.AdoptedAt = newID(now), now
	if err := insertAdoption(ctx, q, *a, settings, now); err != nil {
		return err
	}
	before, _ := onDay(all[a.Rulebook], a.EffectiveFrom)
	err = audit.Write(ctx, q, now, audit.Entry{
		Action: "rulebook.adopt", Entity: "rulebook", EntityID: a.Rulebook,
		Detail: map[string]any{
			"version": a.Version, "before": before.Version, "effective_from": a.EffectiveFrom.String(),
			"settings": a.Settings, "settings_before": before.Settings, "note": a.Note,
		},
	})
	if err != nil {
		return err
	}
	return s.bus.Emit(ctx, q, EventAdopted, 0, Adopted{AdoptionID: a.ID, Rulebook: a.Rulebook, Version: a.Version, EffectiveFrom: a.EffectiveFrom.String()})
}

// InForce gives what was, is or will be in force on a day, compiled. It works inside the caller's transaction or outside
// of one (db.Read()). Needs rulebook.read. Errors: rulebook.unknown, rulebook.not_in_force.
func (s *Service) InForce(ctx context.Context, q db.Q, rulebook string, on calendar.Date) (InForce, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return InForce{}, err
	}
	a, err := adoptionOn(ctx, q, rulebook, on)
	if db.IsNoRows(err) {
		versions, verr := listVersions(ctx, q, rulebook)
		if verr != nil {
			return InForce{}, verr
		}
		if len(versions) == 0 {
			return InForce{}, errs.New(errs.NotFound, "rulebook.unknown", "rulebook", rulebook)
		}
		return InForce{}, errs.New(errs.Conflict, "rulebook.not_in_force", "rulebook", rulebook, "date", on.String())
	}
	if err != nil {
		return InForce{}, err
	}
	return s.load(ctx, q, a)
}

// Adopted gives an adoption compiled, whether or not it is in force today. Needs rulebook.read.
func (s *Service) Adopted(ctx context.Context, q db.Q, adoptionID int64) (InForce, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return InForce{}, err
	}
	a, err := getAdoption(ctx, q, adoptionID)
	if err != nil {
		return InForce{}, err
	}
	return s.load(ctx, q, a)
}

func (s *Service) load(ctx context.Context, q db.Q, a Adoption) (InForce, error) {
	e, err := s.edition(ctx, q, a.Rulebook, a.Version)
	if err != nil {
		return InForce{}, err
	}
	p, err := s.program(e, a.Settings)
	if err != nil {
		return InForce{}, err
	}
	return InForce{Adoption: a, Version: a.Version, Settings: a.Settings, Book: e.Book, Program: p, Scheme: p.Scheme()}, nil
}

// Draft compiles a registered version with settings without adopting it, for a simulation. An empty version means the
// newest. Needs rulebook.read. Errors: rulebook.unknown_version, rulebook.bad_settings.
func (s *Service) Draft(ctx context.Context, rulebook, version string, settings map[string]string) (InForce, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return InForce{}, err
	}
	e, err := s.editionOrNewest(ctx, rulebook, version)
	if err != nil {
		return InForce{}, err
	}
	return draftOf(e, settings)
}

// DraftFiles is Draft for files that are not registered (a folder given to the command line). Needs rulebook.read.
// Errors: invalid_input, rulebook.unreadable, rulebook.bad_settings.
func (s *Service) DraftFiles(ctx context.Context, files, settings map[string]string) (InForce, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return InForce{}, err
	}
	if err := checkFiles(files); err != nil {
		return InForce{}, err
	}
	e := newEdition(Version{}, files)
	e.Rulebook, e.Version.Version = e.Book.ID(), e.Book.Version()
	if rule.HasErrors(e.Problems) {
		return InForce{}, refusal("rulebook.unreadable", e.Rulebook, e.Version.Version, e.Problems)
	}
	return draftOf(e, settings)
}

func draftOf(e *Edition, settings map[string]string) (InForce, error) {
	p, err := e.compile(settings)
	if err != nil {
		return InForce{}, err
	}
	return InForce{Version: e.Version.Version, Settings: settings, Book: e.Book, Program: p, Scheme: p.Scheme()}, nil
}

// CheckFiles finds everything there is to say about files in this organisation. Needs rulebook.read.
func (s *Service) CheckFiles(ctx context.Context, files map[string]string) ([]rule.Problem, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return nil, err
	}
	env, err := s.environment(ctx, s.db.Read())
	if err != nil {
		return nil, err
	}
	return newEdition(Version{}, files).check(env), nil
}

func (s *Service) editionOrNewest(ctx context.Context, rulebook, version string) (*Edition, error) {
	if version == "" {
		versions, err := listVersions(ctx, s.db.Read(), rulebook)
		if err != nil {
			return nil, err
		}
		if len(versions) == 0 || rulebook == "" {
			return nil, errs.New(errs.NotFound, "rulebook.unknown", "rulebook", rulebook)
		}
		version = newest(versions).Version
	}
	return s.edition(ctx, s.db.Read(), rulebook, version)
}

func newest(versions []Version) Version {
	return slices.MaxFunc(versions, func(a, b Version) int { return compareVersions(a.Version, b.Version) })
}
