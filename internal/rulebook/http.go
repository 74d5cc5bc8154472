package rulebook

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/flow"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

const tag = "Rulebooks"

// AdoptionView is an adoption.
type AdoptionView struct {
	ID            string            `json:"id"`
	Version       string            `json:"version"`
	Settings      map[string]string `json:"settings" doc:"Only where the company differs from the defaults"`
	EffectiveFrom string            `json:"effective_from" format:"date"`
	EffectiveTo   string            `json:"effective_to" doc:"The last day; empty while nothing follows; before effective_from when a later decision replaced it for the same day"`
	Note          string            `json:"note"`
	AdoptedBy     string            `json:"adopted_by" doc:"Name of the person, or empty for the system"`
	AdoptedAt     time.Time         `json:"adopted_at"`
}

// ItemView is a rulebook in the list.
type ItemView struct {
	ID             string        `json:"id"`
	Title          rule.Text     `json:"title"`
	Origin         string        `json:"origin" enum:"shipped,own"`
	NewestVersion  string        `json:"newest_version"`
	InForce        *AdoptionView `json:"in_force,omitempty" doc:"What is in force today"`
	Next           *AdoptionView `json:"next,omitempty" doc:"What will take effect next"`
	State          string        `json:"state" enum:"in_force,scheduled,not_adopted"`
	Errors         int           `json:"errors" doc:"Of the version in force, else of the newest"`
	Warnings       int           `json:"warnings"`
	CasesPassed    int           `json:"cases_passed"`
	CasesFailed    int           `json:"cases_failed"`
	Scheme         rule.Scheme   `json:"scheme"`
	NewerAvailable bool          `json:"newer_available" doc:"A newer version than the one in force is known"`
}

// VersionView is a version without its files.
type VersionView struct {
	Version   string    `json:"version"`
	Title     rule.Text `json:"title"`
	Origin    string    `json:"origin" enum:"shipped,own"`
	Digest    string    `json:"digest"`
	CreatedBy string    `json:"created_by"`
	CreatedAt time.Time `json:"created_at"`
}

// SettingView is a setting with the value in force.
type SettingView struct {
	Name    string    `json:"name"`
	Title   rule.Text `json:"title"`
	Default string    `json:"default"`
	Value   string    `json:"value" doc:"The company's value, or the default"`
	Changed bool      `json:"changed" doc:"The company's value differs from the default"`
	Type    string    `json:"type" enum:"text,integer,decimal,percent,period,boolean,choice"`
	Choices []string  `json:"choices" nullable:"false"`
	Assumed bool      `json:"assumed" doc:"The default is not in the text of the regulation"`
	Clause  string    `json:"clause"`
}

// View is a rulebook with its versions, adoptions and settings.
type View struct {
	ItemView
	Owner     rule.Text       `json:"owner"`
	Versions  []VersionView   `json:"versions" nullable:"false"`
	Adoptions []AdoptionView  `json:"adoptions" nullable:"false"`
	Settings  []SettingView   `json:"settings" nullable:"false"`
	Roles     []rule.Role     `json:"roles" nullable:"false"`
	Duties    []rule.DutyRule `json:"duties" nullable:"false"`
	AdoptedBy string          `json:"adopted_by" doc:"The role of this organisation that adopts it; empty: whoever holds rulebook.adopt"`
	MayAdopt  bool            `json:"may_adopt" doc:"Whoever reads this may adopt a version, or put one back while a case decides on adoptions"`
	ByCase    bool            `json:"by_case" doc:"A procedure in force decides on adoptions: a version is sent for adoption"`

	Issued       *rule.Issued       `json:"issued,omitempty" doc:"Number and day of issue"`
	Distribution *rule.Distribution `json:"distribution,omitempty" doc:"Who has to read it, and within which time"`
	Cites        []rule.Cite        `json:"cites" nullable:"false" doc:"Rules it refers to, with their own validity"`
	Indicators   []rule.Indicator   `json:"indicators" nullable:"false"`
	Reports      []rule.Report      `json:"reports" nullable:"false"`
}

// CarriedView is one part of the rulebook that carries out a clause.
type CarriedView struct {
	Kind string `json:"kind" doc:"Section of the rulebook: measures, scorecards, grades, duties ..."`
	Ref  string `json:"ref" doc:"Where it stands, such as measures.sales_12m"`
	Text string `json:"text" doc:"As written in the rulebook"`
	Line int    `json:"line"`
}

// ClauseView is a clause beside what carries it out.
type ClauseView struct {
	Number        string        `json:"number"`
	Title         rule.Text     `json:"title"`
	Text          rule.Text     `json:"text"`
	Kind          string        `json:"kind"`
	ImplementedBy []CarriedView `json:"implemented_by" nullable:"false"`
}

// CasesView is the outcome of a version's worked examples.
type CasesView struct {
	Passed    int               `json:"passed"`
	Failed    int               `json:"failed"`
	Cases     []rule.CaseResult `json:"cases" nullable:"false"`
	Unreached []rule.Unreached  `json:"unreached" nullable:"false"`
}

// ProblemsView is what a check found.
type ProblemsView struct {
	Problems []rule.Problem `json:"problems" nullable:"false"`
}

// FilesView holds the texts of a version.
type FilesView struct {
	Files map[string]string `json:"files" doc:"Name of the file to its text"`
}

// AdoptView asks to adopt a version.
type AdoptView struct {
	Version       string            `json:"version,omitempty" doc:"Empty for the newest"`
	EffectiveFrom string            `json:"effective_from,omitempty" doc:"YYYY-MM-DD, today when empty; an earlier day only where nothing was in force yet"`
	Settings      map[string]string `json:"settings,omitempty"`
	Note          string            `json:"note,omitempty"`
}

type idIn struct {
	ID string `path:"id"`
}

type versionIn struct {
	ID      string `path:"id"`
	Version string `path:"version"`
}

type adoptIn struct {
	ID   string `path:"id"`
	Body AdoptView
}

type filesIn struct{ Body FilesView }

type rawOut struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

// Register adds the operations to the API.
func Register(api *httpapi.API, s *Service) {
	read := func(opID, path, summary string) httpapi.Op {
		return httpapi.Op{ID: opID, Method: http.MethodGet, Path: path, Summary: summary, Tag: tag, Permission: authz.RulebookRead}
	}
	httpapi.Register(api, read("list-rulebooks", "/rulebooks", "All rulebooks with what is in force"), s.httpList)
	httpapi.Register(api, read("get-rulebook", "/rulebooks/{id}", "One rulebook: versions, adoptions, settings, scheme"), s.httpGet)
	httpapi.Register(api, read("get-rulebook-schema", "/rulebooks/schema.json", "JSON Schema of rulebook.yaml for editors"), s.httpSchema)
	httpapi.Register(api, read("get-rulebook-coverage", "/rulebooks/coverage", "Which clauses of the catalogue are carried out, worked out from the trace"), s.httpCoverage)
	httpapi.Register(api, read("list-rulebook-clauses", "/rulebooks/{id}/versions/{version}/clauses", "Clauses beside what carries them out"), s.httpClauses)
	httpapi.Register(api, read("list-rulebook-cases", "/rulebooks/{id}/versions/{version}/cases", "Worked examples and their outcome"), s.httpCases)
	httpapi.Register(api, read("list-rulebook-procedures", "/rulebooks/{id}/versions/{version}/procedures", "The procedures of a version with the default settings; none while the text has errors"), s.httpProcedures)
	httpapi.Register(api, read("list-rulebook-problems", "/rulebooks/{id}/versions/{version}/problems", "What a check finds here"), s.httpProblems)
	httpapi.Register(api, read("get-rulebook-files", "/rulebooks/{id}/versions/{version}/files", "The texts of a version"), s.httpFiles)
	httpapi.Register(api, httpapi.Op{
		ID: "upload-rulebook", Method: http.MethodPost, Path: "/rulebooks", Summary: "Register a version of one's own", Tag: tag,
		Permission: authz.RulebookWrite, Status: http.StatusCreated, MaxBody: 4 << 20,
	}, s.httpUpload)
	httpapi.Register(api, httpapi.Op{
		ID: "check-rulebook", Method: http.MethodPost, Path: "/rulebooks/check", Summary: "Check files without keeping them", Tag: tag,
		Permission: authz.RulebookRead, MaxBody: 4 << 20,
	}, s.httpCheck)
	registerAdoption(api, s)
	registerDrafts(api, s)
}

func (s *Service) httpList(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[ItemView]], error) {
	list, err := s.List(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]ItemView, len(list))
	for i, o := range list {
		out[i] = itemView(o, nil)
	}
	return httpapi.OkList(out, ""), nil
}

func (s *Service) httpGet(ctx context.Context, in *idIn) (*httpapi.Body[View], error) {
	d, err := s.Get(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	v := View{
		ItemView: itemView(d.Overview, d.People), Owner: d.Owner, Versions: []VersionView{}, Adoptions: []AdoptionView{},
		Settings: settingViews(d.Settings, d.Values), Roles: orEmpty(d.Roles), Duties: orEmpty(d.Duties),
	}
	b := d.Book
	v.Cites, v.Indicators, v.Reports = orEmpty(b.Cites()), orEmpty(b.Indicators()), orEmpty(b.Reports())
	if x, ok := b.Issued(); ok {
		v.Issued = &x
	}
	if x, ok := b.Distribution(); ok {
		v.Distribution = &x
	}
	v.AdoptedBy, _ = roleOf(b, b.AdoptedBy())
	if v.MayAdopt, err = s.MayAdopt(ctx, in.ID, d.Newest.Version); err != nil {
		return nil, err
	}
	if v.ByCase, err = s.ByCase(ctx); err != nil {
		return nil, err
	}
	for _, x := range d.Versions {
		v.Versions = append(v.Versions, versionView(x, d.People))
	}
	for _, a := range d.Adoptions {
		v.Adoptions = append(v.Adoptions, adoptionView(a, d.People))
	}
	return httpapi.Ok(v), nil
}

func (s *Service) httpSchema(ctx context.Context, _ *struct{}) (*rawOut, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return nil, err
	}
	return &rawOut{ContentType: "application/schema+json", Body: rule.JSONSchema()}, nil
}

func (s *Service) httpCoverage(ctx context.Context, _ *struct{}) (*httpapi.Body[Coverage], error) {
	c, err := s.Coverage(ctx)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(c), nil
}

func (s *Service) httpClauses(ctx context.Context, in *versionIn) (*httpapi.Body[httpapi.List[ClauseView]], error) {
	e, err := s.Edition(ctx, in.ID, in.Version)
	if err != nil {
		return nil, err
	}
	return httpapi.OkList(clauseViews(e.Book.Clauses(), carriedBy(e.Files[rule.FileRulebook])), ""), nil
}

func (s *Service) httpCases(ctx context.Context, in *versionIn) (*httpapi.Body[CasesView], error) {
	e, err := s.Edition(ctx, in.ID, in.Version)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(casesView(e.Test())), nil
}

func (s *Service) httpProcedures(ctx context.Context, in *versionIn) (*httpapi.Body[httpapi.List[flow.Definition]], error) {
	e, err := s.Edition(ctx, in.ID, in.Version)
	if err != nil {
		return nil, err
	}
	out := []flow.Definition{}
	if program, err := s.program(e, nil); err == nil {
		for _, d := range program.Procedures() {
			out = append(out, *d)
		}
	}
	return httpapi.OkList(out, ""), nil
}

func (s *Service) httpProblems(ctx context.Context, in *versionIn) (*httpapi.Body[ProblemsView], error) {
	problems, err := s.Problems(ctx, in.ID, in.Version)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(ProblemsView{orEmpty(problems)}), nil
}

func (s *Service) httpFiles(ctx context.Context, in *versionIn) (*httpapi.Body[FilesView], error) {
	e, err := s.Edition(ctx, in.ID, in.Version)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(FilesView{e.Files}), nil
}

func (s *Service) httpUpload(ctx context.Context, in *filesIn) (*httpapi.Body[VersionView], error) {
	v, err := s.Upload(ctx, in.Body.Files)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(versionView(v, nil)), nil
}

func (s *Service) httpCheck(ctx context.Context, in *filesIn) (*httpapi.Body[ProblemsView], error) {
	if err := checkFiles(in.Body.Files); err != nil {
		return nil, err
	}
	problems, err := s.CheckFiles(ctx, in.Body.Files)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(ProblemsView{orEmpty(problems)}), nil
}

func itemView(o Overview, names map[int64]string) ItemView {
	v := ItemView{
		ID: o.Newest.Rulebook, Title: o.Newest.Title, Origin: o.Newest.Origin, NewestVersion: o.Newest.Version, State: o.State,
		Errors: o.Errors, Warnings: o.Warnings, CasesPassed: o.Passed, CasesFailed: o.Failed, Scheme: o.Scheme,
	}
	if o.InForce != nil {
		a := adoptionView(*o.InForce, names)
		v.InForce, v.NewerAvailable = &a, compareVersions(o.Newest.Version, a.Version) > 0
	}
	if o.Next != nil {
		a := adoptionView(*o.Next, names)
		v.Next = &a
	}
	return v
}

func versionView(x Version, names map[int64]string) VersionView {
	return VersionView{Version: x.Version, Title: x.Title, Origin: x.Origin, Digest: x.Digest, CreatedBy: names[x.CreatedBy], CreatedAt: x.CreatedAt}
}

func adoptionView(a Adoption, names map[int64]string) AdoptionView {
	v := AdoptionView{
		ID: id.String(a.ID), Version: a.Version, Settings: a.Settings, EffectiveFrom: a.EffectiveFrom.String(), EffectiveTo: a.EffectiveTo.String(),
		Note: a.Note, AdoptedBy: names[a.AdoptedBy], AdoptedAt: a.AdoptedAt,
	}
	if v.Settings == nil {
		v.Settings = map[string]string{}
	}
	return v
}

func settingViews(list []rule.Setting, values map[string]string) []SettingView {
	out := make([]SettingView, len(list))
	for i, x := range list {
		out[i] = SettingView{
			Name: x.Name, Title: x.Title, Default: x.Value, Value: x.Value, Type: x.Type, Choices: orEmpty(x.Choices), Assumed: x.Assumed, Clause: x.Clause,
		}
		if v, ok := values[x.Name]; ok {
			out[i].Value, out[i].Changed = v, v != x.Value
		}
	}
	return out
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
