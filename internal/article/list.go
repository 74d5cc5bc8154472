package article

import (
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// Filter bounds a list of articles. Empty members match everything.
type Filter struct {
	Text      string // words of titles, texts and tags; pinyin of titles and tags
	States    []State
	Audiences []Audience
	Tags      []string // one of them
	KeeperIDs []int64
	ReviewDue bool   // published, and the day of the review has come
	Lacks     string // zh or en: no text in this language
	Sort      string // updated, title, uses, review; a minus before it turns the order around; "" = -updated
	Cursor    string
	Limit     int // 1 to 200
}

const maxQuery = 200

// Validate reports every wrong field.
func (f Filter) Validate() error {
	var v errs.Validation
	for _, st := range f.States {
		v.Check(st == Draft || st == Published || st == Withdrawn, "state", "field.not_allowed", "value", string(st))
	}
	for _, a := range f.Audiences {
		v.Check(a == Internal || a == Public, "audience", "field.not_allowed", "value", string(a))
	}
	v.Check(slices.Contains([]string{"", "zh", "en"}, f.Lacks), "lacks", "field.not_allowed", "value", f.Lacks)
	_, ok := orders[f.Sort]
	v.Check(ok, "sort", "field.not_allowed", "value", f.Sort)
	v.Check(len([]rune(f.Text)) <= maxQuery, "q", "field.too_long", "max", maxQuery)
	return v.Err()
}

// List gives a page of the articles a person may see, without their texts, and the cursor of the next one. Needs article.read.
// Errors: invalid_input, cursor.invalid.
func (s *Service) List(ctx context.Context, f Filter) ([]Article, string, error) {
	actor, err := authz.Require(ctx, authz.ArticleRead)
	if err != nil {
		return nil, "", err
	}
	if err := f.Validate(); err != nil {
		return nil, "", err
	}
	return list(ctx, s.db.Read(), f, editorOf(actor), s.Today(), false)
}

// Public gives a page of the published articles that are meant for everybody, with their texts, and the cursor of the next
// one; it asks nobody's permission and counts only Text, Tags, Sort, Cursor and Limit of the filter. Errors: invalid_input,
// cursor.invalid.
func (s *Service) Public(ctx context.Context, f Filter) ([]Article, string, error) {
	if err := f.Validate(); err != nil {
		return nil, "", err
	}
	f = Filter{Text: f.Text, Tags: f.Tags, Sort: f.Sort, Cursor: f.Cursor, Limit: f.Limit, States: []State{Published}, Audiences: []Audience{Public}}
	return list(ctx, s.db.Read(), f, editor{}, s.Today(), true)
}

// PublicOne gives a published article that is meant for everybody, with its text; it asks nobody's permission. Error: not_found, also for
// one that is not published or not for everybody.
func (s *Service) PublicOne(ctx context.Context, articleID int64) (Article, error) {
	a, err := load(ctx, s.db.Read(), articleID)
	if err == nil && (a.State != Published || a.Audience != Public) {
		err = db.ErrNoRows
	}
	if err != nil {
		return Article{}, err
	}
	return a, nil
}

// TagCount is a tag and how many articles the person may see carry it.
type TagCount struct {
	Tag      string
	Articles int64
}

// Tags gives the tags in use, by name. Needs article.read.
func (s *Service) Tags(ctx context.Context) ([]TagCount, error) {
	actor, err := authz.Require(ctx, authz.ArticleRead)
	if err != nil {
		return nil, err
	}
	return tagCounts(ctx, s.db.Read(), editorOf(actor))
}

// orders are the orders of a list: column, and whether the greatest comes first.
var orders = map[string]struct {
	column string
	desc   bool
	text   bool
}{
	"": {"a.updated_at", true, false}, "updated": {"a.updated_at", false, false}, "-updated": {"a.updated_at", true, false},
	"title": {"a.sort_key", false, true}, "-title": {"a.sort_key", true, true},
	"uses": {"a.uses", false, false}, "-uses": {"a.uses", true, false},
	"review": {"COALESCE(a.review_on, '9999-12-31')", false, true}, "-review": {"COALESCE(a.review_on, '9999-12-31')", true, true},
}

// sortText gives what an article sorts by as the cursor carries it.
func (a *Article) sortText(order string) string {
	switch order {
	case "title", "-title":
		return sortKey(a.Shown.Title)
	case "uses", "-uses":
		return decimal(a.Uses)
	case "review", "-review":
		if a.ReviewOn == calendar.None {
			return "9999-12-31"
		}
		return a.ReviewOn.String()
	}
	return decimal(a.UpdatedAt.UnixMicro())
}
