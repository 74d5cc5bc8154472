package article

import (
	"context"
	"net/http"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

const (
	tag = "Knowledge base"
	// maxArticleBody bounds the body of a request with an article's text in two languages, in bytes.
	maxArticleBody = 1 << 20
)

// Filters are the query parameters of the list of articles.
type Filters struct {
	Q        string   `query:"q" maxLength:"200" doc:"Words of titles, texts and tags; pinyin and initials of titles and tags"`
	State    []string `query:"state" doc:"draft, published, withdrawn; separated by commas"`
	Audience []string `query:"audience" doc:"internal, public"`
	Tag      []string `query:"tag" maxItems:"50" doc:"One of them"`
	Keeper   []string `query:"keeper" maxItems:"100" doc:"Ids, or me"`
	Review   string   `query:"review" enum:"due" doc:"due = published, and the day of the review has come"`
	Lacks    string   `query:"lacks" enum:"zh,en" doc:"Without a text in this language"`
	Sort     string   `query:"sort" enum:"updated,-updated,title,-title,uses,-uses,review,-review" default:"-updated"`
}

func (in Filters) filter(ctx context.Context) (Filter, error) {
	var v errs.Validation
	f := Filter{Text: in.Q, Tags: in.Tag, ReviewDue: in.Review == "due", Lacks: in.Lacks, Sort: in.Sort}
	for _, s := range in.State {
		f.States = append(f.States, State(s))
	}
	for _, a := range in.Audience {
		f.Audiences = append(f.Audiences, Audience(a))
	}
	actor, _ := authz.From(ctx)
	for _, text := range in.Keeper {
		n, err := actor.UserID, error(nil)
		if text != "me" {
			n, err = id.Parse(text)
		}
		v.Check(err == nil, "keeper", "field.not_allowed", "value", text)
		f.KeeperIDs = append(f.KeeperIDs, n)
	}
	return f, v.Err()
}

type (
	listIn struct {
		Filters
		httpapi.Page
	}
	idIn struct {
		ID string `path:"id"`
	}
	versionIn struct {
		ID string `path:"id"`
		No int64  `path:"no"`
	}
	createIn struct{ Body Write }
	updateIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match"`
		Body    Write
	}
	publishIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match"`
	}
	withdrawIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match"`
		Body    struct {
			Reason string `json:"reason" maxLength:"2000"`
		}
	}
	reviewIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match"`
		Body    struct {
			NextOn string `json:"next_on" doc:"The day by which it is looked at again"`
			Note   string `json:"note,omitempty" maxLength:"2000"`
		}
	}
	attachIn struct {
		ID   string `path:"id"`
		Body struct {
			ArticleID string `json:"article_id"`
		}
	}
	detachIn struct {
		ID      string `path:"id"`
		Article string `path:"article"`
	}
	solutionIn struct {
		ID   string `path:"id"`
		Body struct {
			Lang string `json:"lang" enum:"zh,en" doc:"The language the case is written in"`
		}
	}
)

type handlers struct{ s *Service }

// Register adds the operations of the knowledge base.
func Register(api *httpapi.API, s *Service) {
	h := &handlers{s}
	op := func(opID, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: opID, Method: method, Path: path, Summary: summary, Tag: tag, Permission: p}
	}
	create := op("create-article", http.MethodPost, "/articles", "Write a draft", authz.ArticleWrite)
	create.Status, create.MaxBody = http.StatusCreated, maxArticleBody
	update := op("update-article", http.MethodPut, "/articles/{id}", "Save other words or particulars; other words make a new version", authz.ArticleWrite)
	update.MaxBody = maxArticleBody
	save := op("save-case-solution", http.MethodPost, "/cases/{id}/articles/draft", "Make a draft of how a case was dealt with", authz.ArticleWrite)
	save.Status = http.StatusCreated
	httpapi.Register(api, op("list-articles", http.MethodGet, "/articles", "List articles, without their texts", authz.ArticleRead), h.list)
	httpapi.Register(api, op("list-article-tags", http.MethodGet, "/articles/tags", "List the tags in use", authz.ArticleRead), h.tags)
	httpapi.Register(api, op("export-articles", http.MethodGet, "/articles/export", "Download articles", authz.ArticleRead), h.export)
	httpapi.Register(api, op("get-article", http.MethodGet, "/articles/{id}", "Read an article", authz.ArticleRead), h.get)
	httpapi.Register(api, create, h.create)
	httpapi.Register(api, update, h.update)
	httpapi.Register(api, op("publish-article", http.MethodPost, "/articles/{id}/publish", "Make the newest version the one people read", authz.ArticlePublish), h.publish)
	httpapi.Register(api, op("withdraw-article", http.MethodPost, "/articles/{id}/withdraw", "Take a published article away from its readers", authz.ArticlePublish), h.withdraw)
	httpapi.Register(api, op("review-article", http.MethodPost, "/articles/{id}/reviews", "Say that a published article still holds", authz.ArticleWrite), h.review)
	httpapi.Register(api, op("get-article-history", http.MethodGet, "/articles/{id}/versions", "List versions and reviews", authz.ArticleRead), h.history)
	httpapi.Register(api, op("get-article-version", http.MethodGet, "/articles/{id}/versions/{no}", "Read one version", authz.ArticleRead), h.version)
	httpapi.Register(api, op("list-article-cases", http.MethodGet, "/articles/{id}/cases", "List the cases an article helped with", authz.ArticleRead), h.used)
	httpapi.Register(api, op("get-case-articles", http.MethodGet, "/cases/{id}/articles", "What the knowledge base has for a case", authz.ArticleRead), h.ofCase)
	httpapi.Register(api, op("attach-article", http.MethodPost, "/cases/{id}/articles", "Say that an article helped with a case", authz.ArticleRead), h.attach)
	httpapi.Register(api, op("detach-article", http.MethodDelete, "/cases/{id}/articles/{article}", "Take an article off a case", authz.ArticleRead), h.detach)
	httpapi.Register(api, save, h.solution)
}

func (h *handlers) list(ctx context.Context, in *listIn) (*httpapi.Body[httpapi.List[ItemView]], error) {
	f, err := in.filter(ctx)
	if err != nil {
		return nil, err
	}
	f.Cursor, f.Limit = in.Cursor, in.Limit
	all, next, err := h.s.List(ctx, f)
	if err != nil {
		return nil, err
	}
	return httpapi.OkList(h.s.items(all), next), nil
}

func (h *handlers) tags(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[TagView]], error) {
	all, err := h.s.Tags(ctx)
	out := make([]TagView, len(all))
	for i, t := range all {
		out[i] = TagView(t)
	}
	return httpapi.OkList(out, ""), err
}

func (h *handlers) tagged(r Record, err error) (*httpapi.Tagged[View], error) {
	if err != nil {
		return nil, err
	}
	return &httpapi.Tagged[View]{ETag: httpapi.Tag(r.Version), Body: h.s.view(&r)}, nil
}

func (h *handlers) get(ctx context.Context, in *idIn) (*httpapi.Tagged[View], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	return h.tagged(h.s.Get(ctx, n))
}

func (h *handlers) create(ctx context.Context, in *createIn) (*httpapi.Tagged[View], error) {
	input, err := in.Body.input()
	if err != nil {
		return nil, err
	}
	return h.tagged(h.s.Create(ctx, input))
}

// target reads which article of which row version is meant.
func target(articleID, ifMatch string) (n, version int64, err error) {
	if n, err = id.Parse(articleID); err != nil {
		return 0, 0, err
	}
	version, err = httpapi.Match(ifMatch)
	return n, version, err
}

func (h *handlers) update(ctx context.Context, in *updateIn) (*httpapi.Tagged[View], error) {
	n, version, err := target(in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	input, err := in.Body.input()
	if err != nil {
		return nil, err
	}
	return h.tagged(h.s.Update(ctx, n, version, input))
}

func (h *handlers) publish(ctx context.Context, in *publishIn) (*httpapi.Tagged[View], error) {
	n, version, err := target(in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	return h.tagged(h.s.Publish(ctx, n, version))
}

func (h *handlers) withdraw(ctx context.Context, in *withdrawIn) (*httpapi.Tagged[View], error) {
	n, version, err := target(in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	return h.tagged(h.s.Withdraw(ctx, n, version, in.Body.Reason))
}

func (h *handlers) review(ctx context.Context, in *reviewIn) (*httpapi.Tagged[View], error) {
	n, version, err := target(in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	next := httpapi.Day(&v, "next_on", in.Body.NextOn)
	if err := v.Err(); err != nil {
		return nil, err
	}
	return h.tagged(h.s.Review(ctx, n, version, next, in.Body.Note))
}

func (h *handlers) history(ctx context.Context, in *idIn) (*httpapi.Body[HistoryView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	all, list, err := h.s.Versions(ctx, n)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(historyView(all, list)), nil
}

func (h *handlers) version(ctx context.Context, in *versionIn) (*httpapi.Body[VersionView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	v, err := h.s.VersionOf(ctx, n, in.No)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(versionView(&v)), nil
}

func (h *handlers) used(ctx context.Context, in *idIn) (*httpapi.Body[UsedView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	cases, total, err := h.s.Used(ctx, n)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(usedView(cases, total)), nil
}

func (h *handlers) ofCase(ctx context.Context, in *idIn) (*httpapi.Body[ForCaseView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	return h.forCase(ctx, n, nil)
}

func (h *handlers) forCase(ctx context.Context, caseID int64, err error) (*httpapi.Body[ForCaseView], error) {
	if err != nil {
		return nil, err
	}
	c, err := h.s.OfCase(ctx, caseID)
	if err != nil {
		return nil, err
	}
	v := ForCaseView{Attached: h.s.items(c.Attached), Suggested: h.s.items(c.Suggested), Saved: c.Saved}
	if c.Solution != nil {
		one := h.s.item(c.Solution)
		v.Solution = &one
	}
	return httpapi.Ok(v), nil
}

func (h *handlers) attach(ctx context.Context, in *attachIn) (*httpapi.Body[ForCaseView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	a, err := id.Parse(in.Body.ArticleID)
	if err != nil {
		return nil, err
	}
	return h.forCase(ctx, n, h.s.Attach(ctx, n, a))
}

func (h *handlers) detach(ctx context.Context, in *detachIn) (*httpapi.Body[ForCaseView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	a, err := id.Parse(in.Article)
	if err != nil {
		return nil, err
	}
	return h.forCase(ctx, n, h.s.Detach(ctx, n, a))
}

func (h *handlers) solution(ctx context.Context, in *solutionIn) (*httpapi.Tagged[View], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	return h.tagged(h.s.SaveSolution(ctx, n, in.Body.Lang))
}
