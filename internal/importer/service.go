package importer

import (
	"context"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/files"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/user"
)

// Options configure the service.
type Options struct {
	// Zone is the organisation's time zone; nil = Asia/Shanghai.
	Zone *time.Location
	// MaxUpload bounds an upload in bytes; 0 = 512 MiB. Files given on the command line are not bounded.
	MaxUpload int64
	// Say turns a code with its arguments into a sentence of a language (zh, en), for files people download.
	Say func(lang, code string, args map[string]any) string
}

// Deps are what the service works with.
type Deps struct {
	DB        *db.DB
	Now       clock.Clock
	Customers *customer.Service
	Facts     *fact.Service
	Users     *user.Service
	Files     *files.Store
	Bus       *event.Bus
	Queue     *job.Queue
}

// Service brings files in and takes them back.
type Service struct {
	db        *db.DB
	now       clock.Clock
	customers *customer.Service
	facts     *fact.Service
	users     *user.Service
	files     *files.Store
	bus       *event.Bus
	queue     *job.Queue
	zone      *time.Location
	maxUpload int64
	say       func(lang, code string, args map[string]any) string
}

// New makes the service.
func New(d Deps, opt Options) *Service {
	s := &Service{
		db: d.DB, now: d.Now, customers: d.Customers, facts: d.Facts, users: d.Users, files: d.Files, bus: d.Bus, queue: d.Queue,
		zone: zoneOr(opt.Zone), maxUpload: opt.MaxUpload, say: opt.Say,
	}
	if s.maxUpload <= 0 {
		s.maxUpload = 512 << 20
	}
	if s.say == nil {
		s.say = func(_, code string, _ map[string]any) string { return code }
	}
	s.files.OnSealed(sealedFile)
	for _, kind := range []string{JobCheck, JobRun, JobRevert} {
		s.queue.OnCanceled(kind, s.onCanceled)
	}
	return s
}

// ImportFile imports one file here and now; progress (may be nil) is told bytes done and in all. A wrong file, a wrong mapping and
// a wrong setting are found before anything is kept.
func (s *Service) ImportFile(ctx context.Context, in FileInput, progress func(done, total int64)) (Result, error) {
	actor, err := authz.Require(ctx, authz.ImportRun)
	if err != nil {
		return Result{}, err
	}
	if in.SaveProfile != "" {
		if _, err := profileName(in.SaveProfile); err != nil {
			return Result{}, err
		}
	}
	content, err := openPath(in.Path)
	if err != nil {
		return Result{}, err
	}
	defer func() { _ = content.Close() }()
	m, err := s.add(ctx, actor, content, filepath.Base(in.Path), math.MaxInt64-1, in)
	if err != nil {
		return Result{}, err
	}
	start := s.now()
	report := func(ctx context.Context, done, total int64) error {
		if total == 0 {
			start = s.now() // still waiting for another import
		} else if progress != nil {
			progress(done, total)
		}
		return ctx.Err()
	}
	m, err = s.run(ctx, orderOf(actor, m), report)
	if err == nil && in.SaveProfile != "" {
		_, err = s.SaveMapping(ctx, m.ID, in.SaveProfile)
	}
	return resultOf(m, s.now().Sub(start)), err
}

func openPath(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "sheet.unreadable", "file", filepath.Base(path))
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		_ = f.Close()
		return nil, errs.Wrap(err, errs.Invalid, "sheet.unreadable", "file", filepath.Base(path))
	}
	return f, nil
}

func resultOf(m Import, took time.Duration) Result {
	return Result{
		Counts: m.Counts, ImportID: m.ID, State: m.State, Orders: m.Counts.Documents, Elapsed: took,
		AmountRead:     total(m.Counts.Amounts, func(a AmountCount) string { return a.Read }),
		AmountImported: total(m.Counts.Amounts, func(a AmountCount) string { return a.Imported }),
	}
}

// Upload keeps an uploaded file as a new import, with the mapping remembered for its headers or guessed. An interrupted upload and a file
// that cannot be read leave nothing. Errors: file.*, sheet.*, importer.unknown_target.
func (s *Service) Upload(ctx context.Context, r io.Reader, name, target string) (Import, error) {
	actor, err := authz.Require(ctx, authz.ImportRun)
	if err != nil {
		return Import{}, err
	}
	tmp, err := os.CreateTemp("", "kezhi-upload-")
	if err != nil {
		return Import{}, errs.Wrap(err, errs.Unavailable, "importer.no_space")
	}
	defer func() { _ = tmp.Close(); _ = os.Remove(tmp.Name()) }()
	size, err := io.Copy(tmp, io.LimitReader(r, s.maxUpload+1))
	switch {
	case err != nil:
		return Import{}, errs.Wrap(err, errs.Invalid, "file.interrupted")
	case size > s.maxUpload:
		return Import{}, errs.New(errs.TooLarge, "file.too_large", "limit_mb", s.maxUpload>>20)
	}
	return s.add(ctx, actor, tmp, name, s.maxUpload, FileInput{Target: target})
}

// add looks at a file, finds its settings, keeps it and notes the import. What comes from a program must be complete; a person may
// still complete the mapping.
func (s *Service) add(ctx context.Context, actor authz.Actor, content *os.File, name string, limit int64, in FileInput) (Import, error) {
	kinds, err := s.facts.Kinds(ctx)
	if err != nil {
		return Import{}, err
	}
	target, ok := ParseTarget(in.Target, kinds)
	if !ok {
		return Import{}, errs.New(errs.Invalid, "importer.unknown_target", "target", in.Target)
	}
	if _, err := authz.Require(ctx, writePermission(target)); err != nil {
		return Import{}, err
	}
	set, err := s.settings(ctx, content, name, target, in)
	if err != nil {
		return Import{}, err
	}
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return Import{}, errs.Wrap(err, errs.Invalid, "sheet.unreadable", "file", name)
	}
	kept, err := s.files.Put(ctx, content, name, "application/octet-stream", limit)
	if err != nil {
		return Import{}, err
	}
	now := s.now()
	m := Import{
		ID: id.New(now), Target: target, State: Uploaded, FileID: kept.ID, FileName: kept.Name, Digest: kept.Mark, Settings: set, Version: 1,
		CreatedBy: actor.UserID, CreatedAt: now,
	}
	return m, s.db.InTx(ctx, func(q db.Q) error { return insertImport(ctx, q, m) })
}

// settings joins what the caller says, what was remembered for the headers, and what is guessed, in this order of weight.
func (s *Service) settings(ctx context.Context, content *os.File, name, target string, in FileInput) (Settings, error) {
	set := Settings{Sheet: in.Sheet, Encoding: in.Encoding}
	if in.Profile != "" {
		m, err := namedMapping(ctx, s.db.Read(), target, in.Profile)
		if db.IsNoRows(err) {
			return set, errs.New(errs.Invalid, "importer.no_profile", "profile", in.Profile)
		}
		if err != nil {
			return set, err
		}
		set = overlay(m.Settings, in)
	}
	w, err := s.words(ctx, target)
	if err != nil {
		return set, err
	}
	info, err := content.Stat()
	if err != nil {
		return set, errs.Wrap(err, errs.Invalid, "sheet.unreadable", "file", name)
	}
	p, err := look(content, info.Size(), name, target, Settings{Sheet: set.Sheet, Encoding: set.Encoding, HeaderRow: set.HeaderRow}, w.custom())
	if err != nil {
		return set, err
	}
	if in.Profile == "" {
		m, err := findMapping(ctx, s.db.Read(), target, headersDigest(p.Header))
		if err != nil && !db.IsNoRows(err) {
			return set, err
		}
		set = overlay(m.Settings.reading(), in)
	}
	set.Mapping = complete(target, set.Mapping, p.Header, w.custom())
	if err := set.validate(); err != nil {
		return set, err
	}
	if in.Path == "" {
		return set, nil
	}
	kind, err := s.kindOf(ctx, target)
	if err != nil {
		return set, err
	}
	_, err = makePlan(target, set.Mapping, p.Header, kind.HasAmount)
	return set, err
}

// guessed gives the mapping guessed from the headers that a file has with other settings (another sheet, another row). Where they
// cannot be read there is nothing to guess; the preview says why.
func (s *Service) guessed(ctx context.Context, m Import, set Settings) map[string]string {
	w, err := s.words(ctx, m.Target)
	if err != nil {
		return nil
	}
	_, content, err := s.files.Open(ctx, m.FileID)
	if err != nil {
		return nil
	}
	defer func() { _ = content.Close() }()
	p, err := look(content, content.Size(), m.FileName, m.Target, set, w.custom())
	if err != nil {
		return nil
	}
	return complete(m.Target, nil, p.Header, w.custom())
}

// overlay puts what a caller says over what was remembered.
func overlay(base Settings, in FileInput) Settings {
	pick := func(to *string, v string) {
		if v != "" {
			*to = v
		}
	}
	if len(in.Mapping) > 0 {
		base.Mapping = in.Mapping
	}
	pick(&base.CancelPrefix, in.CancelPrefix)
	pick(&base.Mode, in.Mode)
	pick(&base.DateOrder, in.DateOrder)
	pick(&base.Sheet, in.Sheet)
	pick(&base.Encoding, in.Encoding)
	base.CreateCustomers = base.CreateCustomers || in.CreateCustomers
	base.DecimalComma = base.DecimalComma || in.DecimalComma
	return base
}

// seen gives an import the actor may know: one's own, and everybody's for those who may take imports back.
func (s *Service) seen(ctx context.Context, actor authz.Actor, importID int64) (Import, error) {
	m, err := loadImport(ctx, s.db.Read(), importID)
	if err == nil && !maySee(actor, m) {
		return Import{}, db.ErrNoRows
	}
	return m, err
}

func maySee(actor authz.Actor, m Import) bool {
	return m.CreatedBy == actor.UserID || actor.Grants[authz.ImportRevert] == authz.ReachAll
}

// Get gives an import. Error not_found.
func (s *Service) Get(ctx context.Context, importID int64) (Import, error) {
	actor, err := authz.Require(ctx, authz.ImportRun)
	if err != nil {
		return Import{}, err
	}
	return s.seen(ctx, actor, importID)
}

// List gives the imports the actor may know, newest first, and the cursor of the next page. target "" means all.
func (s *Service) List(ctx context.Context, target, cursor string, limit int) ([]Import, string, error) {
	actor, err := authz.Require(ctx, authz.ImportRun)
	if err != nil {
		return nil, "", err
	}
	by := actor.UserID
	if actor.Grants[authz.ImportRevert] == authz.ReachAll {
		by = 0
	}
	return listImports(ctx, s.db.Read(), by, target, cursor, limit)
}

// Configure changes the settings of an import that has not run. What was checked before has to be checked again; corrections are
// dropped when the sheet, the encoding or the header changes, since the lines are others then.
// Errors: precondition_failed (somebody else changed it), importer.state_*, invalid_input.
func (s *Service) Configure(ctx context.Context, importID, version int64, set Settings) (Import, error) {
	actor, err := authz.Require(ctx, authz.ImportRun)
	if err != nil {
		return Import{}, err
	}
	seen, err := s.seen(ctx, actor, importID)
	if err != nil {
		return Import{}, err
	}
	if err := set.validate(); err != nil {
		return Import{}, err
	}
	if set.Mapping == nil {
		set.Mapping = s.guessed(ctx, seen, set)
	}
	var out Import
	err = s.change(ctx, importID, func(q db.Q, m *Import) error {
		if m.Version != version+1 {
			return errs.New(errs.Precondition, "precondition_failed")
		}
		if m.State != Uploaded && !mayMove(m.State, Uploaded) {
			return errState(m.State)
		}
		old := m.Settings
		all := old.Sheet != set.Sheet || old.Encoding != set.Encoding || old.HeaderRow != set.HeaderRow
		if err := clearLines(ctx, q, m.ID, all); err != nil {
			return err
		}
		m.State, m.Settings, m.Counts, m.ErrorCode, m.ErrorArgs = Uploaded, set, Counts{}, "", nil
		out = *m
		return nil
	})
	return out, err
}
