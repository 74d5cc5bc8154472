package public

import (
	"context"

	"kezhi/internal/article"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/throttle"
)

// ArticleFilter bounds what people without an account read of the knowledge base.
type ArticleFilter struct {
	Text   string
	Cursor string
	Limit  int // 1 to maxArticles
}

// maxArticles is how many articles one page shows.
const maxArticles = 50

// Articles gives a page of what the organisation has published for everybody, the most useful first, and the cursor of the next one.
// Errors: public.too_often, public.off, invalid_input, cursor.invalid.
func (s *Service) Articles(ctx context.Context, from string, f ArticleFilter) ([]article.Article, string, error) {
	if _, err := s.enter(ctx, asked(throttle.Network(from))); err != nil {
		return nil, "", err
	}
	return s.articles.Public(ctx, article.Filter{Text: f.Text, Sort: "-uses", Cursor: f.Cursor, Limit: min(max(f.Limit, 1), maxArticles)})
}

// Article gives what everybody may read under an id. Errors: public.too_often, public.off, public.no_article, the same for one that is
// not published, not for everybody, or not there.
func (s *Service) Article(ctx context.Context, from string, articleID int64) (article.Article, error) {
	if _, err := s.enter(ctx, asked(throttle.Network(from))); err != nil {
		return article.Article{}, err
	}
	a, err := s.articles.PublicOne(ctx, articleID)
	if db.IsNoRows(err) {
		err = errs.New(errs.NotFound, "public.no_article")
	}
	return a, err
}

// publishedOn gives the day the words people read were published.
func (s *Service) publishedOn(a *article.Article) calendar.Date {
	if a.Shown.PublishedAt.IsZero() {
		return calendar.None
	}
	return calendar.FromTime(a.Shown.PublishedAt, s.loc)
}
