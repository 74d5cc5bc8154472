package rulebook

import (
	"context"
	"maps"
	"slices"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// Overview is a rulebook in the list: its newest text, what is in force today, and how sound it is.
type Overview struct {
	Newest   Version
	InForce  *Adoption // today; nil when none is
	Next     *Adoption // the next one that will take effect; nil when none is planned
	State    string
	Errors   int // of the text in force, else of the newest
	Warnings int
	Passed   int // worked examples of the same text
	Failed   int
	Scheme   rule.Scheme
}

// Details is a rulebook with everything but its files.
type Details struct {
	Overview
	Versions  []Version  // newest first
	Adoptions []Adoption // latest day first
	People    map[int64]string
	Owner     rule.Text
	Settings  []rule.Setting    // of the text in force, else of the newest
	Values    map[string]string // the company's values of those
	Roles     []rule.Role
	Duties    []rule.DutyRule
	Book      *rule.Book // the same text
}

func newID(now time.Time) int64 { return id.New(now) }

// List gives all rulebooks by id; there are few, so there are no pages. Needs rulebook.read.
func (s *Service) List(ctx context.Context) ([]Overview, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return nil, err
	}
	q := s.db.Read()
	versions, err := listVersions(ctx, q, "")
	if err != nil {
		return nil, err
	}
	adoptions, err := listAdoptions(ctx, q, "")
	if err != nil {
		return nil, err
	}
	env, err := s.environment(ctx, q)
	if err != nil {
		return nil, err
	}
	byID := map[string][]Version{}
	for _, v := range versions {
		byID[v.Rulebook] = append(byID[v.Rulebook], v)
	}
	var out []Overview
	for _, name := range slices.Sorted(maps.Keys(byID)) {
		o, _, err := s.overview(ctx, q, byID[name], adoptions[name], env)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

// Get gives one rulebook. Needs rulebook.read. Error: rulebook.unknown.
func (s *Service) Get(ctx context.Context, rulebook string) (Details, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return Details{}, err
	}
	q := s.db.Read()
	versions, err := listVersions(ctx, q, rulebook)
	if err != nil {
		return Details{}, err
	}
	if rulebook == "" || len(versions) == 0 {
		return Details{}, errs.New(errs.NotFound, "rulebook.unknown", "rulebook", rulebook)
	}
	adoptions, err := listAdoptions(ctx, q, rulebook)
	if err != nil {
		return Details{}, err
	}
	env, err := s.environment(ctx, q)
	if err != nil {
		return Details{}, err
	}
	o, e, err := s.overview(ctx, q, versions, adoptions[rulebook], env)
	if err != nil {
		return Details{}, err
	}
	d := Details{
		Overview: o, Versions: versions, Adoptions: adoptions[rulebook],
		Owner: e.Book.Owner(), Settings: e.Book.Settings(), Roles: e.Book.Roles(), Duties: e.Book.Duties(), Book: e.Book,
	}
	if o.InForce != nil {
		d.Values = o.InForce.Settings
	}
	slices.SortFunc(d.Versions, func(a, b Version) int { return compareVersions(b.Version, a.Version) })
	slices.Reverse(d.Adoptions)
	d.People, err = userNames(ctx, q, people(d))
	return d, err
}

func (s *Service) overview(ctx context.Context, q db.Q, versions []Version, adoptions []Adoption, env rule.Environment) (Overview, *Edition, error) {
	today := s.Today()
	o := Overview{Newest: newest(versions), State: stateOf(adoptions, today)}
	shown := o.Newest.Version
	if a, ok := onDay(adoptions, today); ok {
		o.InForce, shown = &a, a.Version
	}
	for _, a := range adoptions {
		if a.EffectiveFrom > today {
			o.Next = &a
			break
		}
	}
	e, err := s.edition(ctx, q, o.Newest.Rulebook, shown)
	if err != nil {
		return o, nil, err
	}
	o.Errors, o.Warnings = countOf(e.check(env))
	report := e.Test()
	o.Passed, o.Failed, o.Scheme = report.Passed, report.Failed, e.Book.Scheme()
	return o, e, nil
}

func people(d Details) []int64 {
	ids := map[int64]bool{}
	for _, v := range d.Versions {
		ids[v.CreatedBy] = true
	}
	for _, a := range d.Adoptions {
		ids[a.AdoptedBy] = true
	}
	delete(ids, 0)
	return slices.Sorted(maps.Keys(ids))
}

// Edition gives a version with its files and parsed text. Needs rulebook.read. Error: rulebook.unknown_version.
func (s *Service) Edition(ctx context.Context, rulebook, version string) (*Edition, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return nil, err
	}
	return s.edition(ctx, s.db.Read(), rulebook, version)
}

// Problems gives what a check of a version finds in this organisation. Needs rulebook.read.
func (s *Service) Problems(ctx context.Context, rulebook, version string) ([]rule.Problem, error) {
	e, err := s.Edition(ctx, rulebook, version)
	if err != nil {
		return nil, err
	}
	env, err := s.environment(ctx, s.db.Read())
	if err != nil {
		return nil, err
	}
	return e.check(env), nil
}
