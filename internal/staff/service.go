package staff

import (
	"context"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/files"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/org"
	"kezhi/internal/sheet"
	"kezhi/internal/user"
)

// The jobs.
const (
	JobApply = "staff.apply"
	JobUndo  = "staff.undo"
)

// Service brings people and units in and takes them back.
type Service struct {
	db    *db.DB
	now   clock.Clock
	users *user.Service
	units *org.Service
	files *files.Store
	queue *job.Queue
}

// New makes the service.
func New(d *db.DB, now clock.Clock, users *user.Service, units *org.Service, store *files.Store, queue *job.Queue) *Service {
	return &Service{db: d, now: now, users: users, units: units, files: store, queue: queue}
}

// Import is a sheet that was brought in, or may be.
type Import struct {
	ID, FileID   int64
	Target, File string
	State        string
	CreatedBy    int64
	ByName       string
	CreatedAt    time.Time
}

// Result is what applying or taking back came to.
type Result struct {
	Created   int       `json:"created"`
	Updated   int       `json:"updated"`
	Unchanged int       `json:"unchanged"`
	Kept      int       `json:"kept"` // taking back: changed by somebody since
	Problems  []Problem `json:"problems"`
}

// Begin has a job apply an import, or take it back, and gives the job. Needs user.manage. Errors: not_found.
func (s *Service) Begin(ctx context.Context, importID int64, kind string) (int64, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return 0, err
	}
	var out int64
	err := s.db.InTx(ctx, func(q db.Q) error {
		m, err := getImport(ctx, q, importID)
		if err != nil {
			return err
		}
		out, err = s.queue.Enqueue(ctx, q, job.Spec{Kind: kind, Args: args{m.ID}, UniqueKey: "staff:" + id.String(m.ID), MaxAttempts: 4})
		return err
	})
	return out, err
}

// args name an import.
type args struct {
	Import int64 `json:"import"`
}

// Jobs gives the handlers of the jobs.
func (s *Service) Jobs() map[string]job.Handler {
	run := func(do func(context.Context, int64, func(context.Context, int64, int64) error) (Result, error)) job.Handler {
		return func(ctx context.Context, run *job.Run) error {
			var a args
			if err := run.Decode(&a); err != nil {
				return err
			}
			out, err := do(ctx, a.Import, run.Progress)
			if len(out.Problems) > problemsKept {
				out.Problems = out.Problems[:problemsKept]
			}
			run.SetResult(out)
			return err
		}
	}
	return map[string]job.Handler{JobApply: run(s.Apply), JobUndo: run(s.Undo)}
}

// problemsKept bounds what a job's result names.
const problemsKept = 1000

// Upload keeps a sheet and says what it would change. Needs user.manage. Errors: those of sheet and files; staff.no_column, staff.too_many.
func (s *Service) Upload(ctx context.Context, r io.Reader, name, target string) (Import, Plan, error) {
	actor, err := authz.Require(ctx, authz.UserManage)
	if err != nil {
		return Import{}, Plan{}, err
	}
	if key[target] == "" {
		return Import{}, Plan{}, errs.New(errs.Invalid, "staff.unknown_target", "target", target)
	}
	kept, err := s.files.Put(ctx, r, filepath.Base(name), "application/octet-stream", maxBytes)
	if err != nil {
		return Import{}, Plan{}, err
	}
	now := s.now()
	m := Import{ID: id.New(now), Target: target, FileID: kept.ID, File: kept.Name, State: Checked, CreatedBy: actor.UserID, ByName: actor.Name, CreatedAt: now}
	plan, err := s.planOf(ctx, m)
	if err != nil {
		return Import{}, Plan{}, err
	}
	return m, plan, s.db.InTx(ctx, func(q db.Q) error { return insertImport(ctx, q, m) })
}

// Get gives an import and what it would change now. Needs user.manage.
func (s *Service) Get(ctx context.Context, importID int64) (Import, Plan, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return Import{}, Plan{}, err
	}
	m, err := getImport(ctx, s.db.Read(), importID)
	if err != nil {
		return Import{}, Plan{}, err
	}
	plan, err := s.planOf(ctx, m)
	return m, plan, err
}

// List gives the newest imports. Needs user.manage.
func (s *Service) List(ctx context.Context) ([]Import, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return nil, err
	}
	return listImports(ctx, s.db.Read())
}

func (s *Service) planOf(ctx context.Context, m Import) (Plan, error) {
	_, f, err := s.files.Open(ctx, m.FileID)
	if err != nil {
		return Plan{}, err
	}
	defer func() { _ = f.Close() }()
	rows, problems, err := read(f, f.Size(), m.File, m.Target)
	if err != nil {
		return Plan{}, err
	}
	p, err := s.present(ctx)
	if err != nil {
		return Plan{}, err
	}
	return p.plan(m.Target, rows, problems), nil
}

// Apply lets the lines without a fault take effect; progress (may be nil) is told lines done and in all. Done again it changes nothing.
// Needs user.manage. Errors: not_found, staff.undone.
func (s *Service) Apply(ctx context.Context, importID int64, progress func(ctx context.Context, done, total int64) error) (Result, error) {
	m, plan, err := s.Get(ctx, importID)
	if err != nil {
		return Result{}, err
	}
	if m.State == Undone {
		return Result{}, errs.New(errs.Conflict, "staff.undone")
	}
	out := Result{Unchanged: plan.Unchanged, Problems: plan.Problems}
	steps := plan.Steps
	if m.Target == Units {
		steps = parentsFirst(steps)
	}
	for i, step := range steps {
		if progress != nil {
			if err := progress(ctx, int64(i), int64(len(steps))); err != nil {
				return out, err
			}
		}
		if err := s.db.InTx(ctx, func(q db.Q) error { return insertLine(ctx, q, m.ID, step) }); err != nil {
			return out, err
		}
		switch err := s.put(ctx, m.Target, step.Key, step.became); {
		case errs.KindOf(err) == errs.Internal && err != nil:
			return out, err
		case err != nil:
			out.Problems = append(out.Problems, faults(err, step.Line, step.Key)...)
		case step.New:
			out.Created++
		default:
			out.Updated++
		}
	}
	return out, s.close(ctx, m, Applied, out)
}

// parentsFirst orders units so that what hangs below another comes after it.
func parentsFirst(steps []Step) []Step {
	byKey := map[string]int{}
	for i, st := range steps {
		byKey[st.Key] = i
	}
	var out []Step
	seen := map[string]bool{}
	var visit func(i int)
	visit = func(i int) {
		if seen[steps[i].Key] {
			return
		}
		seen[steps[i].Key] = true
		if up, ok := byKey[steps[i].became["parent"]]; ok {
			visit(up)
		}
		out = append(out, steps[i])
	}
	for i := range steps {
		visit(i)
	}
	return out
}

// put makes a person or a unit what a line says, through the service that owns it.
func (s *Service) put(ctx context.Context, target, k string, v map[string]string) error {
	if target == People {
		unit, err := s.unitID(ctx, v["unit"])
		if err != nil {
			return err
		}
		in := personInput(v, unit)
		u, err := s.users.ByLogin(ctx, k)
		if errs.CodeOf(err) == "user.unknown_login" {
			_, err = s.users.Create(ctx, in)
			return err
		}
		if err != nil {
			return err
		}
		_, err = s.users.Update(ctx, u.ID, u.Version, in)
		return err
	}
	parent, err := s.unitID(ctx, v["parent"])
	if err != nil {
		return err
	}
	var manager int64
	if v["manager"] != "" {
		u, err := s.users.ByLogin(ctx, v["manager"])
		if err != nil {
			return err
		}
		manager = u.ID
	}
	in := unitInput(v, parent, manager)
	u, err := s.units.ByCode(ctx, k)
	if db.IsNoRows(err) {
		_, err = s.units.Create(ctx, in)
		return err
	}
	if err != nil {
		return err
	}
	_, err = s.units.Change(ctx, u.ID, u.Version, in)
	return err
}

func (s *Service) unitID(ctx context.Context, code string) (int64, error) {
	if code == "" {
		return 0, nil
	}
	u, err := s.units.ByCode(ctx, code)
	if db.IsNoRows(err) {
		err = errs.New(errs.Invalid, "org.unknown_unit")
	}
	return u.ID, err
}

// Undo takes back what an import changed, but for what somebody changed since. Needs user.manage. Errors: not_found, staff.not_applied.
func (s *Service) Undo(ctx context.Context, importID int64, progress func(ctx context.Context, done, total int64) error) (Result, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return Result{}, err
	}
	m, err := getImport(ctx, s.db.Read(), importID)
	if err != nil {
		return Result{}, err
	}
	if m.State != Applied {
		return Result{}, errs.New(errs.Conflict, "staff.not_applied")
	}
	lines, err := listLines(ctx, s.db.Read(), m.ID)
	if err != nil {
		return Result{}, err
	}
	var out Result
	for i, step := range lines {
		if progress != nil {
			if err := progress(ctx, int64(i), int64(len(lines))); err != nil {
				return out, err
			}
		}
		stands, err := s.stands(ctx, m.Target, step)
		if err != nil {
			return out, err
		}
		if !stands {
			out.Kept++
			continue
		}
		switch err := s.back(ctx, m.Target, step); {
		case errs.KindOf(err) == errs.Internal && err != nil:
			return out, err
		case err != nil:
			out.Problems = append(out.Problems, faults(err, step.Line, step.Key)...)
		default:
			out.Updated++
		}
	}
	return out, s.close(ctx, m, Undone, out)
}

// stands says whether somebody or something is still what a line made of it.
func (s *Service) stands(ctx context.Context, target string, step Step) (bool, error) {
	is, err := s.one(ctx, target, step.Key)
	if err != nil {
		return false, err
	}
	for field, text := range step.became {
		if text != "" && !strings.EqualFold(is[field], text) {
			return false, nil
		}
	}
	return true, nil
}

// one gives a person or a unit as a sheet says it; nil = there is none.
func (s *Service) one(ctx context.Context, target, k string) (map[string]string, error) {
	if target == Units {
		u, err := s.units.ByCode(ctx, k)
		if db.IsNoRows(err) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		up, err := s.units.CodeOf(ctx, u.ParentID)
		if err != nil {
			return nil, err
		}
		head, err := s.users.LoginOf(ctx, u.ManagerID)
		return map[string]string{"code": u.Code, "name_zh": u.NameZh, "name_en": u.NameEn, "kind": u.Kind, "parent": up, "manager": head}, err
	}
	u, err := s.users.ByLogin(ctx, k)
	if errs.CodeOf(err) == "user.unknown_login" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	code, err := s.units.CodeOf(ctx, u.UnitID)
	return map[string]string{"login": u.Login, "name": u.Name, "email": u.Email, "unit": code, "roles": strings.Join(u.Roles, ", "), "state": string(u.State)}, err
}

// back makes a person or a unit what it was before a line.
func (s *Service) back(ctx context.Context, target string, step Step) error {
	if step.was != nil {
		return s.put(ctx, target, step.Key, step.was)
	}
	if target == People {
		u, err := s.users.ByLogin(ctx, step.Key)
		if err != nil {
			return err
		}
		_, err = s.users.Update(ctx, u.ID, u.Version, user.Input{State: new(user.Disabled)})
		return err
	}
	u, err := s.units.ByCode(ctx, step.Key)
	if err != nil {
		return err
	}
	_, err = s.units.Close(ctx, u.ID, u.Version, u.From)
	return err
}

// close notes that an import was applied or taken back.
func (s *Service) close(ctx context.Context, m Import, state string, r Result) error {
	return s.db.InTx(ctx, func(q db.Q) error {
		if err := setState(ctx, q, m.ID, state); err != nil {
			return err
		}
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "staff_import." + state, Entity: "staff_import", EntityID: id.String(m.ID), Detail: map[string]any{
			"file": m.File, "target": m.Target, "created": r.Created, "updated": r.Updated, "unchanged": r.Unchanged, "refused": len(r.Problems), "kept": r.Kept,
		}})
	})
}

// Export writes everybody, or every unit, as a sheet that can be brought in again. Needs user.manage.
func (s *Service) Export(ctx context.Context, w io.Writer, target, lang string, format sheet.Format) error {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return err
	}
	if key[target] == "" {
		return errs.New(errs.Invalid, "staff.unknown_target", "target", target)
	}
	p, err := s.present(ctx)
	if err != nil {
		return err
	}
	return sheet.WriteTable(w, format, target, func(out sheet.Writer) error { return p.write(out, target, lang) })
}

// write gives the heads and a row for everybody, or for every unit, whose end is not known.
func (p *present) write(out sheet.Writer, target, lang string) error {
	heads := make([]string, len(columns[target]))
	for i, c := range columns[target] {
		heads[i] = c.heads[0]
		if strings.HasPrefix(lang, "en") {
			heads[i] = c.heads[1]
		}
	}
	if err := out.WriteRow(sheet.Texts(heads)); err != nil {
		return err
	}
	rows := p.of(target)
	for _, k := range slices.Sorted(maps.Keys(rows)) {
		if !p.shown(target, k) {
			continue
		}
		cells := make([]string, len(columns[target]))
		for i, c := range columns[target] {
			cells[i] = rows[k][c.name]
		}
		if err := out.WriteRow(sheet.Texts(cells)); err != nil {
			return err
		}
	}
	return nil
}

// shown says whether a row is that of a person, not of a program, or of a unit whose end is not known.
func (p *present) shown(target, k string) bool {
	if target == People {
		u, ok := p.userOf[k]
		return !ok || u.Kind == user.Person
	}
	u, ok := p.unitOf[k]
	return !ok || u.Until == calendar.None
}
