package compliance

import (
	"context"
	"slices"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/files"
	"kezhi/internal/grading"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// Service works out compliance.
type Service struct {
	db       *db.DB
	now      clock.Clock
	loc      *time.Location
	books    *rulebook.Service
	gradings *grading.Service
	duties   *duty.Service
	files    *files.Store
	posts    PostsFunc
	editions map[string]EditionFunc
}

// New makes the service. loc is the organisation's time zone.
func New(d *db.DB, now clock.Clock, loc *time.Location, books *rulebook.Service, gradings *grading.Service, duties *duty.Service, store *files.Store) *Service {
	return &Service{db: d, now: now, loc: loc, books: books, gradings: gradings, duties: duties, files: store, editions: map[string]EditionFunc{}}
}

// Today gives the organisation's present day.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// Of says how a rulebook was kept in a period. Needs rulebook.read, duty.read and grading.read; the numbers are of the
// customers within reach. Errors: invalid_input, rulebook.unknown, compliance.not_in_force (nothing was in force in the period).
func (s *Service) Of(ctx context.Context, q Query) (Report, error) {
	if err := may(ctx, authz.RulebookRead, authz.DutyRead, authz.GradingRead); err != nil {
		return Report{}, err
	}
	if err := q.Validate(); err != nil {
		return Report{}, err
	}
	d, versions, in, err := s.inForce(ctx, q)
	if err != nil {
		return Report{}, err
	}
	out := Report{
		Rulebook: q.Rulebook, Title: d.Newest.Title, From: q.From.String(), To: q.To.String(),
		Versions: versions, Clauses: []Clause{}, Indicators: []Indicator{}, Reports: []Filed{},
	}
	tallies, err := s.duties.Tallies(ctx, duty.TallyQuery{Rulebook: q.Rulebook, From: q.From, To: q.To})
	if err != nil {
		return out, err
	}
	for _, row := range tallies {
		out.Duties.add(row.State, row.N)
	}
	out.Duties.finish()
	verdicts, err := s.verdicts(ctx, q.Rulebook)
	if err != nil {
		return out, err
	}
	if out.Clauses, err = s.clauses(ctx, q.Rulebook, out.Versions, tallies, verdicts); err != nil {
		return out, err
	}
	if out.Indicators, err = s.indicators(ctx, in, tallies, verdicts); err != nil {
		return out, err
	}
	if out.Reports, err = s.reports(ctx, in, d, q); err != nil {
		return out, err
	}
	out.join()
	return out, nil
}

// may asks for all of some permissions.
func may(ctx context.Context, all ...authz.Permission) error {
	for _, p := range all {
		if _, err := authz.Require(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// inForce gives a rulebook with its versions of the period and what was in force last. Errors: rulebook.unknown, compliance.not_in_force.
func (s *Service) inForce(ctx context.Context, q Query) (rulebook.Details, []Stretch, rulebook.InForce, error) {
	d, err := s.books.Get(ctx, q.Rulebook)
	if err != nil {
		return d, nil, rulebook.InForce{}, err
	}
	versions := stretches(d.Adoptions, q.From, q.To)
	if len(versions) == 0 {
		return d, nil, rulebook.InForce{}, errs.New(errs.Conflict, "compliance.not_in_force", "rulebook", q.Rulebook, "from", q.From.String(), "to", q.To.String())
	}
	in, err := s.lastInForce(ctx, d, q)
	return d, versions, in, err
}

// lastInForce gives what was in force last in the period: its indicators and reports count.
func (s *Service) lastInForce(ctx context.Context, d rulebook.Details, q Query) (rulebook.InForce, error) {
	on := q.To
	for _, a := range d.Adoptions {
		if a.EffectiveFrom <= q.To && (a.EffectiveTo == calendar.None || a.EffectiveTo >= a.EffectiveFrom) {
			on = q.To
			if a.EffectiveTo != calendar.None {
				on = min(q.To, a.EffectiveTo)
			}
			break // the latest day comes first
		}
	}
	return s.books.InForce(ctx, s.db.Read(), q.Rulebook, on)
}

// verdicts gives how many customers in scope have a verdict, by the newest complete grading of the first scheme.
func (s *Service) verdicts(ctx context.Context, rulebookID string) (*Verdicts, error) {
	c, err := s.gradings.Coverage(ctx, rulebookID, "")
	if err != nil {
		return nil, err
	}
	if c.Run == nil {
		return nil, nil //nolint:nilnil // never graded is an answer, not a failure
	}
	return &Verdicts{AsOf: c.Run.AsOf.String(), InScope: c.Run.InScope, Graded: c.Run.Graded, Without: c.Run.WithoutVerdict}, nil
}

// clauses puts together every clause of the versions of the period, those of the last one first.
func (s *Service) clauses(ctx context.Context, rulebookID string, versions []Stretch, tallies []duty.TallyRow, verdicts *Verdicts) ([]Clause, error) {
	out := []Clause{}
	err := s.eachClause(ctx, rulebookID, versions, func(e *rulebook.Edition, c rule.Clause) {
		one := Clause{
			Number: c.Number, Title: c.Title, Kind: c.Kind, Version: e.Version.Version, CarriedBy: append(append([]string{}, c.Implements...), c.By...),
			Indicators: []string{}, Reports: []string{},
		}
		one.duties(e.Book.Duties(), tallies)
		if slices.ContainsFunc(c.Implements, gradesBy) {
			one.Verdicts = verdicts
		}
		one.State = one.state()
		out = append(out, one)
	})
	return out, err
}

// eachClause goes over the clauses of the versions of a period, each once, those of the last version first.
func (s *Service) eachClause(ctx context.Context, rulebookID string, versions []Stretch, do func(e *rulebook.Edition, c rule.Clause)) error {
	seen := map[string]bool{}
	for _, v := range slices.Backward(versions) {
		e, err := s.books.Edition(ctx, rulebookID, v.Version)
		if err != nil {
			return err
		}
		for _, c := range e.Book.Clauses() {
			if !seen[c.Number] {
				seen[c.Number] = true
				do(e, c)
			}
		}
	}
	return nil
}

// duties counts what the clause asks for; a clause that asks for duties has a tally even when none was due.
func (c *Clause) duties(rules []rule.DutyRule, tallies []duty.TallyRow) {
	t := Tally{}
	found := slices.ContainsFunc(rules, func(r rule.DutyRule) bool { return r.Clause == c.Number })
	for _, row := range tallies {
		if row.Clause == c.Number {
			t.add(row.State, row.N)
			found = true
		}
	}
	if found {
		t.finish()
		c.Duties = &t
	}
}

// join tells the clauses which indicators and reports are theirs.
func (r *Report) join() {
	for i := range r.Clauses {
		c := &r.Clauses[i]
		for _, x := range r.Indicators {
			if x.Clause == c.Number {
				c.Indicators = append(c.Indicators, x.Key)
			}
		}
		for _, x := range r.Reports {
			if x.Clause == c.Number && !slices.Contains(c.Reports, x.Key) {
				c.Reports = append(c.Reports, x.Key)
			}
		}
	}
}

// reports lists the periods of each report that fall due in the period, and the next one to come.
func (s *Service) reports(ctx context.Context, in rulebook.InForce, d rulebook.Details, q Query) ([]Filed, error) {
	out := []Filed{}
	filings, err := filingsOf(ctx, s.db.Read(), q.Rulebook)
	if err != nil {
		return nil, err
	}
	start := firstDay(d.Adoptions)
	for _, r := range in.Program.Reports() {
		for _, p := range duePeriods(r, start, q.From, q.To, s.Today()) {
			out = append(out, s.filed(r, p, filings))
		}
	}
	return out, s.nameFilers(ctx, out)
}

func (s *Service) filed(r rule.Report, p period, filings map[filingKey]filing) Filed {
	one := Filed{
		Key: r.Key, Title: r.Title, By: r.By, To: r.To, Every: r.EveryText, Clause: r.Clause, From: p.from.String(), Until: p.to.String(), DueOn: p.due.String(), Current: p.current,
	}
	on := calendar.None
	if f, ok := filings[filingKey{r.Key, p.from}]; ok {
		on, one.FiledAt, one.filedByID, one.Note = calendar.FromTime(f.at, s.loc), &f.at, f.by, f.note
		one.Edition = f.edition
		if f.file != 0 {
			one.FileID = id.String(f.file)
		}
		if !f.receivedAt.IsZero() {
			one.ReceivedAt, one.receivedByID, one.ReceivedEdition, one.ReceivedNote = &f.receivedAt, f.receivedBy, f.receivedEdition, f.receivedNote
		}
	}
	one.State = stateOf(p.due, s.Today(), on)
	return one
}

func (s *Service) nameFilers(ctx context.Context, list []Filed) error {
	for i := range list {
		for _, p := range []struct {
			user int64
			name *string
		}{{list[i].filedByID, &list[i].FiledBy}, {list[i].receivedByID, &list[i].ReceivedBy}} {
			if p.user == 0 {
				continue
			}
			name, err := nameOf(ctx, s.db.Read(), p.user)
			if err != nil {
				return err
			}
			*p.name = name
		}
	}
	return nil
}

// firstDay gives the day a rulebook first took effect.
func firstDay(list []rulebook.Adoption) calendar.Date {
	first := calendar.None
	for _, a := range list {
		if first == calendar.None || a.EffectiveFrom < first {
			first = a.EffectiveFrom
		}
	}
	return first
}

// FileInput says which report is handed in.
type FileInput struct {
	Rulebook string
	Report   string
	From     calendar.Date // first day of the period it is about
	Note     string
	FileID   int64 // uploaded before by the same person; 0 = nothing attached
}

// File notes that a report was handed in for a period; once. It needs the role that owes the report, or rulebook.write.
// Errors: rulebook.not_in_force, compliance.unknown_report, compliance.unknown_period, compliance.already_filed, compliance.not_reporter,
// and what the maker of a report says that is not made yet.
func (s *Service) File(ctx context.Context, in FileInput) error {
	actor, err := authz.Require(ctx, authz.RulebookRead)
	if err != nil {
		return err
	}
	var v errs.Validation
	v.Check(len(in.Note) <= 4000, "note", "field.too_long", "max", 4000)
	if err := v.Err(); err != nil {
		return err
	}
	if err := s.ownFile(ctx, actor, in.FileID); err != nil {
		return err
	}
	held, r, err := s.reportNow(ctx, in.Rulebook, in.Report)
	if err != nil {
		return err
	}
	ok, err := s.may(ctx, actor, held, r.By)
	if err == nil && !ok {
		err = errs.New(errs.Forbidden, "compliance.not_reporter", "report", r.Key, "role", r.By)
	}
	if err != nil {
		return err
	}
	d, err := s.books.Get(ctx, in.Rulebook)
	if err != nil {
		return err
	}
	from, to := periodOf(r, firstDay(d.Adoptions), in.From)
	if from != in.From || from > s.Today() {
		return errs.New(errs.Invalid, "compliance.unknown_period", "report", in.Report, "date", in.From.String(), "from", from.String())
	}
	now := s.now()
	return s.db.InTx(ctx, func(q db.Q) error {
		f := filing{rulebook: in.Rulebook, version: held.Version, report: in.Report, from: from, to: to, due: dueOn(r, to), note: in.Note, file: in.FileID, by: actor.UserID, at: now}
		if f.edition, err = s.editionOf(ctx, q, in.Rulebook, r, from); err != nil {
			return err
		}
		first, err := insertFiling(ctx, q, id.New(now), f)
		if err != nil {
			return err
		}
		if !first {
			return errs.New(errs.Conflict, "compliance.already_filed", "report", in.Report, "date", from.String())
		}
		return audit.Write(ctx, q, now, audit.Entry{
			Action: "report.file", Entity: "rulebook", EntityID: in.Rulebook,
			Detail: map[string]any{"report": in.Report, "from": from.String(), "to": to.String(), "due_on": f.due.String(), "note": in.Note, "file": in.FileID != 0, "edition": f.edition},
		})
	})
}

// ownFile refuses a file that this person did not upload: nobody gets at another's upload by its number.
func (s *Service) ownFile(ctx context.Context, actor authz.Actor, fileID int64) error {
	if fileID == 0 {
		return nil
	}
	f, err := s.files.Get(ctx, fileID)
	if err != nil && !db.IsNoRows(err) {
		return err
	}
	var v errs.Validation
	v.Check(err == nil && f.CreatedBy == actor.UserID, "file_id", "compliance.file_unknown", "id", id.String(fileID))
	return v.Err()
}

// OpenFile gives what was handed in for a rulebook to whoever may see its compliance. The caller closes the content. Needs
// duty.read and rulebook.read. Error: not_found.
func (s *Service) OpenFile(ctx context.Context, rulebookID string, fileID int64) (files.File, *files.Content, error) {
	if err := may(ctx, authz.RulebookRead, authz.DutyRead); err != nil {
		return files.File{}, nil, err
	}
	ok, err := isFiled(ctx, s.db.Read(), rulebookID, fileID)
	if err == nil && !ok || fileID == 0 {
		err = db.ErrNoRows
	}
	if err != nil {
		return files.File{}, nil, err
	}
	return s.files.Open(ctx, fileID)
}
