package public

import (
	"net/http"
	"strings"
	"testing"

	"kezhi/internal/article"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

func (s *site) get(path string, headers ...string) answer {
	s.t.Helper()
	return s.send(http.MethodGet, path, "application/json", nil, headers...)
}

// write makes an article; everybody may read it when it is public and published.
func (s *site) write(title, body string, audience article.Audience, publish bool) article.Record {
	s.t.Helper()
	ctx := as(zhao)
	a, err := s.svc.articles.Create(ctx, article.Input{Title: article.Words{Zh: title}, Body: article.Words{Zh: body}, Audience: audience, ReviewOn: calendar.None})
	if err == nil && publish {
		a, err = s.svc.articles.Publish(ctx, a.ID, a.Version)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return a
}

func TestWhatEverybodyMayRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		open := s.write("门锁怎样换电池", "## 准备\n\n- 四节 **五号** 电池\n\n按住底部的卡扣。", article.Public, true)
		draft := s.write("门锁联网", "还没有写完。", article.Public, false)
		inside := s.write("门锁返修的成本", "内部资料。", article.Internal, true)

		list := read[httpapi.List[ArticleItemView]](s, s.get("/public/articles"), 200)
		if len(list.Items) != 1 || list.Items[0].ID != id.String(open.ID) || list.Items[0].Lead.Zh != "准备 四节 五号 电池 按住底部的卡扣。" || list.Items[0].Lead.En != "" {
			t.Fatalf("%+v", list)
		}
		if found := read[httpapi.List[ArticleItemView]](s, s.get("/public/articles?q=%E7%94%B5%E6%B1%A0"), 200); len(found.Items) != 1 {
			t.Errorf("by a word of it: %+v", found)
		}
		if found := read[httpapi.List[ArticleItemView]](s, s.get("/public/articles?q=%E6%88%90%E6%9C%AC"), 200); len(found.Items) != 0 {
			t.Errorf("by a word of what is internal: %+v", found)
		}
		answer := s.get("/public/articles/" + id.String(open.ID))
		if one := read[ArticleView](s, answer, 200); one.Title.Zh != "门锁怎样换电池" || !strings.Contains(one.Body.Zh, "**五号**") || one.PublishedOn != "2026-03-02" {
			t.Errorf("%+v", one)
		}
		for _, name := range []string{"赵", "keeper", "by\""} {
			if strings.Contains(string(answer.body), name) {
				t.Errorf("an article for everybody says %s: %s", name, answer.body)
			}
		}
		for what, path := range map[string]string{"a draft": id.String(draft.ID), "an internal one": id.String(inside.ID), "none": "1", "no id": "x"} {
			s.refused(what, s.get("/public/articles/"+path), 404, "public.no_article")
		}

		// A revision is read when it is published, and nothing once the article is withdrawn.
		now, err := s.svc.articles.Withdraw(as(zhao), open.ID, open.Version, "过时")
		if err != nil || now.State != article.Withdrawn {
			t.Fatal(err)
		}
		s.refused("a withdrawn one", s.get("/public/articles/"+id.String(open.ID)), 404, "public.no_article")

		for range mostAsked {
			s.get("/public/articles", "X-Forwarded-For", "203.0.113.77")
		}
		s.refused("too often", s.get("/public/articles", "X-Forwarded-For", "203.0.113.77"), 429, "public.too_often")
		s.refused("too often", s.get("/public/articles/"+id.String(open.ID), "X-Forwarded-For", "203.0.113.77"), 429, "public.too_often")
		if _, err := s.svc.Set(authz.With(t.Context(), authz.System("test")), Settings{On: false, CorrectDays: 7}); err != nil {
			t.Fatal(err)
		}
		s.refused("switched off", s.get("/public/articles"), 404, "public.off")
	})
}
