package public

import (
	"context"
	"net/http"
	"strings"

	"kezhi/internal/article"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// maxLead is how many characters of an article a list shows.
const maxLead = 120

// ArticleItemView is an article in a list for everybody: nothing of who wrote or keeps it.
type ArticleItemView struct {
	ID    string   `json:"id"`
	Title TextView `json:"title" doc:"Empty in a language it has no text in"`
	Lead  TextView `json:"lead" doc:"How it begins, without marks of formatting"`
	Tags  []string `json:"tags" nullable:"false"`
}

// ArticleView is an article for everybody.
type ArticleView struct {
	ID          string   `json:"id"`
	Title       TextView `json:"title"`
	Body        TextView `json:"body" doc:"Markdown"`
	Tags        []string `json:"tags" nullable:"false"`
	PublishedOn string   `json:"published_on"`
}

type (
	publicArticlesIn struct {
		Q      string `query:"q" maxLength:"200" doc:"Words of titles, texts and tags; pinyin of titles and tags"`
		Cursor string `query:"cursor" maxLength:"400"`
		Limit  int    `query:"limit" minimum:"1" maximum:"50" default:"20"`
	}
	publicArticleIn struct {
		ID string `path:"id" maxLength:"40"`
	}
)

func registerArticles(api *httpapi.API, h *handlers, open func(name, method, path, summary string) httpapi.Op) {
	httpapi.Register(api, open("list-public-articles", http.MethodGet, "/articles", "What the organisation has published for everybody, the most useful first"), h.articles)
	httpapi.Register(api, open("get-public-article", http.MethodGet, "/articles/{id}", "Read an article that is published for everybody"), h.article)
}

func (h *handlers) articles(ctx context.Context, in *publicArticlesIn) (*httpapi.Body[httpapi.List[ArticleItemView]], error) {
	list, next, err := h.s.Articles(ctx, httpapi.Address(ctx), ArticleFilter{in.Q, in.Cursor, in.Limit})
	if err != nil {
		return nil, err
	}
	out := make([]ArticleItemView, len(list))
	for i := range list {
		a := &list[i]
		out[i] = ArticleItemView{id.String(a.ID), TextView(a.Shown.Title), TextView{lead(a.Shown.Body.Zh), lead(a.Shown.Body.En)}, tagsOf(a)}
	}
	return httpapi.OkList(out, next), nil
}

func (h *handlers) article(ctx context.Context, in *publicArticleIn) (*httpapi.Body[ArticleView], error) {
	articleID, err := id.Parse(in.ID)
	if err != nil {
		return nil, errs.New(errs.NotFound, "public.no_article")
	}
	a, err := h.s.Article(ctx, httpapi.Address(ctx), articleID)
	if err != nil {
		return nil, err
	}
	v := ArticleView{ID: id.String(a.ID), Title: TextView(a.Shown.Title), Body: TextView(a.Shown.Body), Tags: tagsOf(&a)}
	if on := h.s.publishedOn(&a); on != calendar.None {
		v.PublishedOn = on.String()
	}
	return httpapi.Ok(v), nil
}

func tagsOf(a *article.Article) []string {
	if a.Tags == nil {
		return []string{}
	}
	return a.Tags
}

// lead gives how a text in Markdown begins: its first lines that say something, without the marks.
func lead(body string) string {
	var out []rune
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "#>-*+0123456789.| "))
		if strings.Trim(line, "-=|: ") == "" {
			continue
		}
		if len(out) > 0 {
			out = append(out, ' ')
		}
		out = append(out, []rune(strings.NewReplacer("**", "", "`", "", "|", " ").Replace(line))...)
		if len(out) > maxLead {
			return string(out[:maxLead]) + "…"
		}
	}
	return string(out)
}
