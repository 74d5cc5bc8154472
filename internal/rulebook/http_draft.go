package rulebook

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// DraftItemView is a draft in the list.
type DraftItemView struct {
	ID        string    `json:"id"`
	Rulebook  string    `json:"rulebook" doc:"Id as written; empty while the text was never readable"`
	Version   string    `json:"version" doc:"Number as written"`
	Title     rule.Text `json:"title"`
	BasedOn   string    `json:"based_on" doc:"The version it began from, or empty"`
	Revision  int64     `json:"revision" doc:"What If-Match wants, as an ETag"`
	CreatedBy string    `json:"created_by"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedBy string    `json:"updated_by"`
	UpdatedAt time.Time `json:"updated_at"`
}

// DraftView is a draft with its files.
type DraftView struct {
	DraftItemView
	Files map[string]string `json:"files" doc:"Name of the file to its text"`
}

// DraftFromView names the version a draft begins from.
type DraftFromView struct {
	Rulebook string `json:"rulebook"`
	Version  string `json:"version,omitempty" doc:"Empty for the one in force, else the newest"`
}

// DraftTemplateView says what a new rulebook is called.
type DraftTemplateView struct {
	ID    string    `json:"id" doc:"Lower-case letters, digits, hyphens"`
	Title rule.Text `json:"title"`
}

// DraftCreateView says what a draft begins with: exactly one of the three.
type DraftCreateView struct {
	From     *DraftFromView     `json:"from,omitempty"`
	Files    map[string]string  `json:"files,omitempty"`
	Template *DraftTemplateView `json:"template,omitempty" doc:"A new rulebook that passes its check"`
}

// PublishView asks to make a version of a draft.
type PublishView struct {
	Version string `json:"version,omitempty" doc:"Written into the text first; empty for the number as written"`
}

// InitCasesView holds drafted cases.
type InitCasesView struct {
	Cases string `json:"cases" doc:"YAML to append to cases.yaml; each case is to be confirmed by its author. Empty when nothing is missing"`
}

// OutlineView is the structure of a text.
type OutlineView struct {
	Rulebook string          `json:"rulebook"`
	Version  string          `json:"version"`
	Title    rule.Text       `json:"title"`
	Owner    rule.Text       `json:"owner"`
	Readable bool            `json:"readable" doc:"false: the check finds errors in reading it, and the rest is what could be read"`
	Clauses  []ClauseView    `json:"clauses" nullable:"false"`
	Settings []SettingView   `json:"settings" nullable:"false"`
	Roles    []rule.Role     `json:"roles" nullable:"false"`
	Duties   []rule.DutyRule `json:"duties" nullable:"false"`
	Scheme   rule.Scheme     `json:"scheme"`
}

// ChangeView is one difference of rulebook.yaml.
type ChangeView struct {
	Section string `json:"section" doc:"settings, measures, grades ..."`
	Ref     string `json:"ref" doc:"Where: settings.visit_a.value"`
	Kind    string `json:"kind" enum:"added,removed,changed,moved"`
	Before  string `json:"before"`
	After   string `json:"after"`
	Line    int    `json:"line" doc:"In the draft; in the version when removed"`
}

// ClauseTextView is an article.
type ClauseTextView struct {
	Title rule.Text `json:"title"`
	Text  rule.Text `json:"text"`
	Kind  string    `json:"kind"`
}

// ClauseChangeView is one difference of clauses.md.
type ClauseChangeView struct {
	Number string          `json:"number"`
	Kind   string          `json:"kind" enum:"added,removed,changed"`
	Before *ClauseTextView `json:"before,omitempty"`
	After  *ClauseTextView `json:"after,omitempty"`
}

// DiffView is what a draft changes against a version.
type DiffView struct {
	From             string             `json:"from" doc:"The version; empty when there is none to compare with"`
	To               string             `json:"to" doc:"The number the draft has"`
	Level            string             `json:"level" enum:"none,patch,minor,major" doc:"patch: words and examples; minor: figures and further parts; major: grades, scope, parts that are gone"`
	SuggestedVersion string             `json:"suggested_version" doc:"A free number that suits the level"`
	Changes          []ChangeView       `json:"changes" nullable:"false"`
	Clauses          []ClauseChangeView `json:"clauses" nullable:"false"`
	Files            []FileDiff         `json:"files" nullable:"false"`
}

type draftsIn struct {
	Rulebook string `query:"rulebook"`
}

type draftIn struct {
	ID string `path:"id"`
}

type draftCreateIn struct{ Body DraftCreateView }

type draftSaveIn struct {
	ID      string `path:"id"`
	IfMatch string `header:"If-Match" doc:"The ETag of what the change is based on"`
	Body    FilesView
}

type draftDeleteIn struct {
	ID      string `path:"id"`
	IfMatch string `header:"If-Match"`
}

type draftDiffIn struct {
	ID      string `path:"id"`
	Against string `query:"against" doc:"A version; empty for the one in force, else the one the draft began from, else the newest"`
}

type publishIn struct {
	ID      string `path:"id"`
	IfMatch string `header:"If-Match"`
	Body    PublishView
}

// registerDrafts adds the operations of drafts. They stand on a path of their own, so that no rulebook's id can shadow them.
func registerDrafts(api *httpapi.API, s *Service) {
	op := func(opID, method, path, summary string) httpapi.Op {
		return httpapi.Op{ID: opID, Method: method, Path: "/rulebook-drafts" + path, Summary: summary, Tag: tag, Permission: authz.RulebookWrite, MaxBody: 4 << 20}
	}
	create := op("create-rulebook-draft", http.MethodPost, "", "Begin a draft from a version, from files or from a template")
	create.Status = http.StatusCreated
	remove := op("delete-rulebook-draft", http.MethodDelete, "/{id}", "Throw a draft away")
	remove.Status = http.StatusNoContent
	publish := op("publish-rulebook-draft", http.MethodPost, "/{id}/publish", "Make a version of a draft; the draft is gone then")
	publish.Status = http.StatusCreated
	httpapi.Register(api, op("list-rulebook-drafts", http.MethodGet, "", "Drafts, newest first"), s.httpDrafts)
	httpapi.Register(api, create, s.httpCreateDraft)
	httpapi.Register(api, op("get-rulebook-draft", http.MethodGet, "/{id}", "A draft with its files"), s.httpDraft)
	httpapi.Register(api, op("save-rulebook-draft", http.MethodPut, "/{id}", "Save the files of a draft"), s.httpSaveDraft)
	httpapi.Register(api, remove, s.httpDeleteDraft)
	httpapi.Register(api, op("list-rulebook-draft-problems", http.MethodGet, "/{id}/problems", "What a check of the draft finds here"), s.httpDraftProblems)
	httpapi.Register(api, op("list-rulebook-draft-cases", http.MethodGet, "/{id}/cases", "The draft's worked examples and their outcome"), s.httpDraftCases)
	httpapi.Register(api, op("get-rulebook-draft-outline", http.MethodGet, "/{id}/outline", "The draft's clauses beside what carries them out, settings, roles, duties"), s.httpDraftOutline)
	httpapi.Register(api, op("diff-rulebook-draft", http.MethodGet, "/{id}/diff", "What the draft changes against a version"), s.httpDraftDiff)
	httpapi.Register(api, op("init-rulebook-draft-cases", http.MethodPost, "/{id}/init-cases", "Draft cases for what no case of the draft reaches; nothing is saved"), s.httpDraftInitCases)
	httpapi.Register(api, publish, s.httpPublish)
	files := func(opID, path, summary string) httpapi.Op {
		return httpapi.Op{ID: opID, Method: http.MethodPost, Path: path, Summary: summary, Tag: tag, Permission: authz.RulebookRead, MaxBody: 4 << 20}
	}
	httpapi.Register(api, files("test-rulebook", "/rulebooks/test", "Run the worked examples of files without keeping them"), s.httpTest)
	httpapi.Register(api, files("init-rulebook-cases", "/rulebooks/init-cases", "Draft cases for what no case of these files reaches"), s.httpInitCases)
	httpapi.Register(api, files("outline-rulebook", "/rulebooks/outline", "The structure of files without keeping them"), s.httpOutline)
}

func (s *Service) httpDrafts(ctx context.Context, in *draftsIn) (*httpapi.Body[httpapi.List[DraftItemView]], error) {
	list, err := s.Drafts(ctx, in.Rulebook)
	if err != nil {
		return nil, err
	}
	ids := map[int64]bool{}
	for i := range list {
		ids[list[i].CreatedBy], ids[list[i].UpdatedBy] = true, true
	}
	names, err := s.names(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]DraftItemView, len(list))
	for i := range list {
		out[i] = draftItem(list[i], names)
	}
	return httpapi.OkList(out, ""), nil
}

func (s *Service) httpCreateDraft(ctx context.Context, in *draftCreateIn) (*httpapi.Tagged[DraftView], error) {
	input := DraftInput{Files: in.Body.Files}
	if f := in.Body.From; f != nil {
		input.Rulebook, input.Version = f.Rulebook, f.Version
	}
	if t := in.Body.Template; t != nil {
		input.Template = &Template{ID: t.ID, Title: t.Title}
	}
	d, err := s.CreateDraft(ctx, input)
	return s.draftBody(ctx, d, err)
}

func (s *Service) httpDraft(ctx context.Context, in *draftIn) (*httpapi.Tagged[DraftView], error) {
	d, err := s.draftOf(ctx, in.ID)
	return s.draftBody(ctx, d, err)
}

func (s *Service) httpSaveDraft(ctx context.Context, in *draftSaveIn) (*httpapi.Tagged[DraftView], error) {
	draftID, revision, err := target(in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	d, err := s.SaveDraft(ctx, draftID, revision, in.Body.Files)
	return s.draftBody(ctx, d, err)
}

func (s *Service) httpDeleteDraft(ctx context.Context, in *draftDeleteIn) (*httpapi.Empty, error) {
	draftID, revision, err := target(in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, s.DeleteDraft(ctx, draftID, revision)
}

func (s *Service) httpDraftProblems(ctx context.Context, in *draftIn) (*httpapi.Body[ProblemsView], error) {
	d, err := s.draftOf(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	problems, err := s.CheckFiles(ctx, d.Files)
	return httpapi.Ok(ProblemsView{orEmpty(problems)}), err
}

func (s *Service) httpDraftCases(ctx context.Context, in *draftIn) (*httpapi.Body[CasesView], error) {
	d, err := s.draftOf(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return s.casesBody(ctx, d.Files)
}

func (s *Service) httpTest(ctx context.Context, in *filesIn) (*httpapi.Body[CasesView], error) {
	return s.casesBody(ctx, in.Body.Files)
}

func (s *Service) casesBody(ctx context.Context, files map[string]string) (*httpapi.Body[CasesView], error) {
	r, err := s.TestFiles(ctx, files)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(casesView(r)), nil
}

func (s *Service) httpDraftInitCases(ctx context.Context, in *draftIn) (*httpapi.Body[InitCasesView], error) {
	d, err := s.draftOf(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return s.initCasesBody(ctx, d.Files)
}

func (s *Service) httpInitCases(ctx context.Context, in *filesIn) (*httpapi.Body[InitCasesView], error) {
	return s.initCasesBody(ctx, in.Body.Files)
}

func (s *Service) initCasesBody(ctx context.Context, files map[string]string) (*httpapi.Body[InitCasesView], error) {
	cases, err := s.InitCases(ctx, files)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(InitCasesView{cases}), nil
}

func (s *Service) httpDraftOutline(ctx context.Context, in *draftIn) (*httpapi.Body[OutlineView], error) {
	d, err := s.draftOf(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return s.outlineBody(ctx, d.Files)
}

func (s *Service) httpOutline(ctx context.Context, in *filesIn) (*httpapi.Body[OutlineView], error) {
	return s.outlineBody(ctx, in.Body.Files)
}

func (s *Service) outlineBody(ctx context.Context, files map[string]string) (*httpapi.Body[OutlineView], error) {
	o, err := s.OutlineFiles(ctx, files)
	if err != nil {
		return nil, err
	}
	b := o.Edition.Book
	return httpapi.Ok(OutlineView{
		Rulebook: b.ID(), Version: b.Version(), Title: b.Title(), Owner: b.Owner(), Readable: o.Readable, Clauses: clauseViews(b.Clauses(), o.Carried),
		Settings: settingViews(b.Settings(), nil), Roles: orEmpty(b.Roles()), Duties: orEmpty(b.Duties()), Scheme: b.Scheme(),
	}), nil
}

func (s *Service) httpDraftDiff(ctx context.Context, in *draftDiffIn) (*httpapi.Body[DiffView], error) {
	draftID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	d, err := s.DiffDraft(ctx, draftID, in.Against)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(diffView(d)), nil
}

func (s *Service) httpPublish(ctx context.Context, in *publishIn) (*httpapi.Body[VersionView], error) {
	draftID, revision, err := target(in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	v, err := s.PublishDraft(ctx, draftID, revision, in.Body.Version)
	if err != nil {
		return nil, err
	}
	names, err := s.names(ctx, map[int64]bool{v.CreatedBy: true})
	return httpapi.Ok(versionView(v, names)), err
}

// target reads which draft at which revision a change is for.
func target(draftID, ifMatch string) (n, revision int64, err error) {
	if n, err = id.Parse(draftID); err != nil {
		return 0, 0, err
	}
	revision, err = httpapi.Match(ifMatch)
	return n, revision, err
}

func (s *Service) draftOf(ctx context.Context, draftID string) (Draft, error) {
	n, err := id.Parse(draftID)
	if err != nil {
		return Draft{}, err
	}
	return s.GetDraft(ctx, n)
}

func (s *Service) draftBody(ctx context.Context, d Draft, err error) (*httpapi.Tagged[DraftView], error) {
	if err != nil {
		return nil, err
	}
	names, err := s.names(ctx, map[int64]bool{d.CreatedBy: true, d.UpdatedBy: true})
	if err != nil {
		return nil, err
	}
	return &httpapi.Tagged[DraftView]{ETag: httpapi.Tag(d.Revision), Body: DraftView{draftItem(d, names), d.Files}}, nil
}

// names gives the names of people by id; 0 is the system and has none.
func (s *Service) names(ctx context.Context, ids map[int64]bool) (map[int64]string, error) {
	var list []int64
	for n := range ids {
		if n != 0 {
			list = append(list, n)
		}
	}
	var names map[int64]string
	err := s.db.InRead(ctx, func(q db.Q) error {
		var err error
		names, err = userNames(ctx, q, list)
		return err
	})
	return names, err
}

func draftItem(d Draft, names map[int64]string) DraftItemView {
	return DraftItemView{
		ID: id.String(d.ID), Rulebook: d.Rulebook, Version: d.Version, Title: d.Title, BasedOn: d.BasedOn, Revision: d.Revision,
		CreatedBy: names[d.CreatedBy], CreatedAt: d.CreatedAt, UpdatedBy: names[d.UpdatedBy], UpdatedAt: d.UpdatedAt,
	}
}

func casesView(r rule.TestReport) CasesView {
	return CasesView{Passed: r.Passed, Failed: r.Failed, Cases: orEmpty(r.Cases), Unreached: orEmpty(r.Unreached)}
}

func clauseViews(clauses []rule.Clause, by map[string][]Carried) []ClauseView {
	out := []ClauseView{}
	for _, c := range clauses {
		v := ClauseView{Number: c.Number, Title: c.Title, Text: c.Text, Kind: c.Kind, ImplementedBy: []CarriedView{}}
		for _, x := range by[c.Number] {
			v.ImplementedBy = append(v.ImplementedBy, CarriedView(x))
		}
		out = append(out, v)
	}
	return out
}

func diffView(d DraftDiff) DiffView {
	v := DiffView{From: d.From, To: d.To, Level: d.Level, SuggestedVersion: d.Suggested, Changes: []ChangeView{}, Clauses: []ClauseChangeView{}, Files: orEmpty(d.Files)}
	for _, c := range d.Changes {
		v.Changes = append(v.Changes, ChangeView(c))
	}
	article := func(c *rule.Clause) *ClauseTextView {
		if c == nil {
			return nil
		}
		return &ClauseTextView{c.Title, c.Text, c.Kind}
	}
	for _, c := range d.Clauses {
		v.Clauses = append(v.Clauses, ClauseChangeView{c.Number, c.Kind, article(c.Before), article(c.After)})
	}
	return v
}
