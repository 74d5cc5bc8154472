package rulebook

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// Drafts gives the drafts, newest first; rulebook "" gives all. Needs rulebook.write.
func (s *Service) Drafts(ctx context.Context, rulebook string) ([]Draft, error) {
	if _, err := authz.Require(ctx, authz.RulebookWrite); err != nil {
		return nil, err
	}
	return listDrafts(ctx, s.db.Read(), rulebook)
}

// GetDraft gives a draft with its files. Needs rulebook.write. Error: not_found.
func (s *Service) GetDraft(ctx context.Context, draftID int64) (Draft, error) {
	if _, err := authz.Require(ctx, authz.RulebookWrite); err != nil {
		return Draft{}, err
	}
	return draftOrNotFound(getDraft(ctx, s.db.Read(), draftID))
}

func draftOrNotFound(d Draft, err error) (Draft, error) {
	if db.IsNoRows(err) {
		return d, errs.New(errs.NotFound, "not_found")
	}
	return d, err
}

// CreateDraft begins a draft. Needs rulebook.write. Errors: invalid_input, rulebook.unknown, rulebook.unknown_version,
// rulebook.too_many_drafts.
func (s *Service) CreateDraft(ctx context.Context, in DraftInput) (Draft, error) {
	actor, err := authz.Require(ctx, authz.RulebookWrite)
	if err != nil {
		return Draft{}, err
	}
	if err := in.Validate(); err != nil {
		return Draft{}, err
	}
	d, err := s.begin(ctx, in)
	if err != nil {
		return Draft{}, err
	}
	e := newEdition(Version{}, d.Files)
	d.heading(e.Book)
	err = s.db.InTx(ctx, func(q db.Q) error {
		n, err := countDrafts(ctx, q)
		if err != nil {
			return err
		}
		if n >= maxDrafts {
			return errs.New(errs.TooLarge, "rulebook.too_many_drafts", "max", maxDrafts)
		}
		now := s.now()
		d.ID, d.Revision = newID(now), 1
		d.CreatedBy, d.UpdatedBy, d.CreatedAt, d.UpdatedAt = actor.UserID, actor.UserID, now, now
		if err := insertDraft(ctx, q, d); err != nil {
			return err
		}
		return s.recordDraft(ctx, q, "rulebook_draft.create", d)
	})
	return d, err
}

// begin gives the text a draft begins with.
func (s *Service) begin(ctx context.Context, in DraftInput) (Draft, error) {
	if in.Template != nil {
		files, err := Fresh(*in.Template)
		return Draft{Files: files}, err
	}
	if len(in.Files) > 0 {
		return Draft{Files: in.Files}, nil
	}
	version := in.Version
	if version == "" {
		all, err := listAdoptions(ctx, s.db.Read(), in.Rulebook)
		if err != nil {
			return Draft{}, err
		}
		if a, ok := onDay(all[in.Rulebook], s.Today()); ok {
			version = a.Version
		}
	}
	e, err := s.editionOrNewest(ctx, in.Rulebook, version)
	if err != nil {
		return Draft{}, err
	}
	return Draft{BasedOn: e.Version.Version, Files: maps.Clone(e.Files)}, nil
}

// SaveDraft writes the files of a draft over those of a revision. The text need not be readable. Needs rulebook.write.
// Errors: not_found, invalid_input, precondition_failed (args current: the revision that is there).
func (s *Service) SaveDraft(ctx context.Context, draftID, revision int64, files map[string]string) (Draft, error) {
	actor, err := authz.Require(ctx, authz.RulebookWrite)
	if err != nil {
		return Draft{}, err
	}
	if err := checkFiles(files); err != nil {
		return Draft{}, err
	}
	e := newEdition(Version{}, files)
	var d Draft
	err = s.db.InTx(ctx, func(q db.Q) error {
		if d, err = draftOrNotFound(getDraft(ctx, q, draftID)); err != nil {
			return err
		}
		current := d.Revision
		d.Files, d.UpdatedBy, d.UpdatedAt = files, actor.UserID, s.now()
		d.heading(e.Book)
		ok, err := updateDraft(ctx, q, d, revision)
		if err != nil {
			return err
		}
		if !ok {
			return errs.New(errs.Precondition, "precondition_failed", "current", current)
		}
		d.Revision = revision + 1
		return s.recordDraft(ctx, q, "rulebook_draft.update", d)
	})
	return d, err
}

// DeleteDraft throws a draft away. Needs rulebook.write. Errors: not_found, precondition_failed.
func (s *Service) DeleteDraft(ctx context.Context, draftID, revision int64) error {
	if _, err := authz.Require(ctx, authz.RulebookWrite); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error { return s.dropDraft(ctx, q, draftID, revision, "rulebook_draft.delete") })
}

func (s *Service) dropDraft(ctx context.Context, q db.Q, draftID, revision int64, action string) error {
	d, err := draftOrNotFound(getDraft(ctx, q, draftID))
	if err != nil {
		return err
	}
	ok, err := deleteDraft(ctx, q, draftID, revision)
	if err != nil {
		return err
	}
	if !ok {
		return errs.New(errs.Precondition, "precondition_failed", "current", d.Revision)
	}
	return s.recordDraft(ctx, q, action, d)
}

func (s *Service) recordDraft(ctx context.Context, q db.Q, action string, d Draft) error {
	return audit.Write(ctx, q, s.now(), audit.Entry{
		Action: action, Entity: "rulebook_draft", EntityID: id.String(d.ID),
		Detail: map[string]any{"rulebook": d.Rulebook, "version": d.Version, "based_on": d.BasedOn, "revision": d.Revision, "digest": digestOf(d.Files)},
	})
}

// PublishDraft makes a version of a draft and throws the draft away. version, when given, is written into the text first.
// Needs rulebook.write. Errors: not_found, precondition_failed, invalid_input, rulebook.unreadable (with the problems),
// rulebook.version_taken (args suggested: a number that is free).
func (s *Service) PublishDraft(ctx context.Context, draftID, revision int64, version string) (Version, error) {
	if _, err := authz.Require(ctx, authz.RulebookWrite); err != nil {
		return Version{}, err
	}
	if version != "" && !versionNumber.MatchString(version) {
		var v errs.Validation
		v.Check(false, "version", "rulebook.version_shape", "value", version)
		return Version{}, v.Err()
	}
	d, err := draftOrNotFound(getDraft(ctx, s.db.Read(), draftID))
	if err != nil {
		return Version{}, err
	}
	if version != "" {
		d.Files[rule.FileRulebook] = withVersion(d.Files[rule.FileRulebook], version)
	}
	e, err := s.readable(ctx, d.Files, OriginOwn)
	if err != nil {
		return Version{}, err
	}
	var out Version
	err = s.db.InTx(ctx, func(q db.Q) error {
		if out, err = s.write(ctx, q, e); err != nil {
			return err
		}
		return s.dropDraft(ctx, q, draftID, revision, "rulebook_draft.publish")
	})
	if errs.CodeOf(err) == "rulebook.version_changed" {
		return out, s.taken(ctx, e)
	}
	return out, err
}

// taken says which number is free.
func (s *Service) taken(ctx context.Context, e *Edition) error {
	versions, err := listVersions(ctx, s.db.Read(), e.Rulebook)
	if err != nil {
		return err
	}
	return errs.New(errs.Conflict, "rulebook.version_taken", "rulebook", e.Rulebook, "version", e.Version.Version, "suggested", freeVersion(versions, LevelMinor))
}

// Outline is the structure of a text, for whoever edits it. Of a text that cannot be read it is what could be read.
type Outline struct {
	Edition  *Edition
	Readable bool
	Carried  map[string][]Carried // clause number -> what carries it out
}

// OutlineFiles reads the structure of files that need not be registered. Needs rulebook.read. Error: invalid_input.
func (s *Service) OutlineFiles(ctx context.Context, files map[string]string) (Outline, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return Outline{}, err
	}
	if err := checkFiles(files); err != nil {
		return Outline{}, err
	}
	e := newEdition(Version{}, files)
	o := Outline{Edition: e, Readable: !rule.HasErrors(e.Problems), Carried: map[string][]Carried{}}
	if wellFormed(e.Problems) {
		o.Carried = carriedBy(files[rule.FileRulebook])
	}
	return o, nil
}

// wellFormed says that rulebook.yaml is harmless YAML, whatever it means.
func wellFormed(problems []rule.Problem) bool {
	return !slices.ContainsFunc(problems, func(p rule.Problem) bool {
		return p.Severity == rule.SeverityError && p.File == rule.FileRulebook && (strings.HasPrefix(p.Code, "yaml.") || strings.HasPrefix(p.Code, "file."))
	})
}

// TestFiles runs the worked examples of files that need not be registered. Needs rulebook.read. Error: invalid_input.
func (s *Service) TestFiles(ctx context.Context, files map[string]string) (rule.TestReport, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return rule.TestReport{}, err
	}
	if err := checkFiles(files); err != nil {
		return rule.TestReport{}, err
	}
	return newEdition(Version{}, files).Test(), nil
}

// InitCases drafts examples for what no example of a text reaches yet; the author confirms each. The text may be appended
// to cases.yaml. Needs rulebook.read. Errors: invalid_input, rulebook.unreadable (with the problems).
func (s *Service) InitCases(ctx context.Context, files map[string]string) (string, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return "", err
	}
	if err := checkFiles(files); err != nil {
		return "", err
	}
	e := newEdition(Version{}, files)
	if rule.HasErrors(e.Problems) {
		return "", refusal("rulebook.unreadable", e.Book.ID(), e.Book.Version(), e.Problems)
	}
	return string(e.Book.DraftCases()), nil
}

// DraftDiff is what a draft changes against a version.
type DraftDiff struct {
	From      string // the version, "" when there is none
	To        string // the number the draft has
	Level     string
	Suggested string // a free number that suits the level
	Changes   []Change
	Clauses   []ClauseChange
	Files     []FileDiff
}

// DiffDraft compares a draft with a version: the one given, else the one in force, the one it began from, or the newest.
// Needs rulebook.write. Errors: not_found, rulebook.unknown_version.
func (s *Service) DiffDraft(ctx context.Context, draftID int64, against string) (DraftDiff, error) {
	d, err := s.GetDraft(ctx, draftID)
	if err != nil {
		return DraftDiff{}, err
	}
	q := s.db.Read()
	versions, err := listVersions(ctx, q, cmp.Or(d.Rulebook, "-"))
	if err != nil {
		return DraftDiff{}, err
	}
	out := DraftDiff{To: d.Version, From: against, Suggested: "1.0.0", Changes: []Change{}, Clauses: []ClauseChange{}, Files: []FileDiff{}}
	if out.From == "" && len(versions) > 0 {
		adoptions, err := listAdoptions(ctx, q, d.Rulebook)
		if err != nil {
			return out, err
		}
		held, _ := onDay(adoptions[d.Rulebook], s.Today())
		out.From = cmp.Or(held.Version, d.BasedOn, newest(versions).Version)
	}
	before := newEdition(Version{}, map[string]string{})
	if out.From != "" {
		if before, err = s.edition(ctx, q, d.Rulebook, out.From); err != nil {
			return out, err
		}
	}
	out.compare(before, newEdition(Version{}, d.Files))
	out.Suggested = freeVersion(versions, out.Level)
	return out, nil
}

// compare fills in the differences of two texts.
func (d *DraftDiff) compare(before, after *Edition) {
	same := true
	for _, name := range []string{rule.FileRulebook, rule.FileClauses, rule.FileCases} {
		if f := diffText(name, before.Files[name], after.Files[name]); len(f.Hunks) > 0 {
			d.Files = append(d.Files, f)
			same = false
		}
	}
	if wellFormed(after.Problems) && (d.From == "" || wellFormed(before.Problems)) {
		d.Changes = changesOf(before.Files[rule.FileRulebook], after.Files[rule.FileRulebook])
	}
	d.Clauses = clauseChanges(before.Book.Clauses(), after.Book.Clauses())
	d.Level = levelOf(d.Changes, d.Clauses, same)
}
