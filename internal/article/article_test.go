package article_test

import (
	"slices"
	"strings"
	"testing"

	"kezhi/internal/article"
	"kezhi/internal/calendar"
)

func TestLifeOfAnArticle(t *testing.T) {
	each(t, func(h *house) {
		s := h.app.Articles
		r, err := s.Create(h.lin, input("指纹锁换电池", "四节五号碱性电池。", "门锁"))
		h.must(err)
		if r.State != article.Draft || r.KeeperName != "lin" || r.Latest != 1 || !r.MayEdit || r.MayPublish {
			t.Errorf("a new draft: %+v", r)
		}
		_, err = s.Get(h.auditor, r.ID)
		h.refused(err, "not_found")
		_, err = s.Get(h.wu, r.ID)
		h.refused(err, "not_found")
		_, err = s.Publish(h.lin, r.ID, r.Version)
		h.refused(err, "auth.forbidden")
		r, err = s.Publish(h.manager, r.ID, r.Version)
		h.must(err)
		if r.State != article.Published || r.ReviewOn != s.Today().AddMonths(12) || r.Shown.PublishedBy != "manager" {
			t.Errorf("published: %+v", r)
		}

		// A revision is its editors' alone until it is published.
		change := input("指纹锁换电池", "四节五号碱性电池，正极朝上。", "门锁")
		change.ReviewOn = r.ReviewOn
		_, err = s.Update(h.lin, r.ID, r.Version, change)
		h.refused(err, "invalid_input")
		change.Note = "客户装反"
		_, err = s.Update(h.wu, r.ID, r.Version, change)
		h.refused(err, "article.not_yours")
		_, err = s.Update(h.lin, r.ID, r.Version-1, change)
		h.refused(err, "precondition_failed")
		r, err = s.Update(h.lin, r.ID, r.Version, change)
		h.must(err)
		read, err := s.Get(h.auditor, r.ID)
		h.must(err)
		if r.Draft == nil || r.Draft.No != 2 || !r.Revised() || read.Draft != nil || strings.Contains(read.Shown.Body.Zh, "正极") {
			t.Errorf("a revision: %+v, and to its readers %+v", r.Draft, read)
		}
		_, err = s.VersionOf(h.auditor, r.ID, 2)
		h.refused(err, "not_found")
		r, err = s.Publish(h.manager, r.ID, r.Version)
		h.must(err)
		_, err = s.Publish(h.manager, r.ID, r.Version)
		h.refused(err, "article.nothing_new")
		read, err = s.Get(h.auditor, r.ID)
		h.must(err)
		if !strings.Contains(read.Shown.Body.Zh, "正极") || read.Shown.Note != "客户装反" {
			t.Errorf("the second version: %+v", read.Shown)
		}
		all, _, err := s.Versions(h.auditor, r.ID)
		h.must(err)
		if len(all) != 2 || all[0].No != 2 || all[1].PublishedAt.IsZero() {
			t.Errorf("versions: %+v", all)
		}

		// Saving the same words makes no version; who may read it is for those who publish.
		same := change
		same.Audience = article.Public
		_, err = s.Update(h.lin, r.ID, r.Version, same)
		h.refused(err, "article.publish_needed")
		r, err = s.Update(h.manager, r.ID, r.Version, same)
		h.must(err)
		if r.Latest != 2 || r.Audience != article.Public {
			t.Errorf("made public: %+v", r)
		}
		public, _, err := s.Public(t.Context(), article.Filter{Limit: 10})
		h.must(err)
		if len(public) != 1 || public[0].Shown.Body.Zh == "" {
			t.Errorf("for everybody: %+v", public)
		}

		_, err = s.Withdraw(h.manager, r.ID, r.Version, " ")
		h.refused(err, "invalid_input")
		r, err = s.Withdraw(h.manager, r.ID, r.Version, "产品停产")
		h.must(err)
		_, err = s.Get(h.auditor, r.ID)
		h.refused(err, "not_found")
		_, err = s.Withdraw(h.manager, r.ID, r.Version, "再撤")
		h.refused(err, "article.wrong_state")
		public, _, err = s.Public(t.Context(), article.Filter{Limit: 10})
		h.must(err)
		if len(public) != 0 {
			t.Errorf("withdrawn, but for everybody: %+v", public)
		}
	})
}

func TestWhatAnArticleMustSay(t *testing.T) {
	for name, in := range map[string]article.Input{
		"nothing":          {},
		"title only":       {Title: article.Words{Zh: "标题"}},
		"text only":        {Title: article.Words{Zh: "标题"}, Body: article.Words{Zh: "文", En: "text"}},
		"title too long":   {Title: article.Words{Zh: strings.Repeat("长", 201)}, Body: article.Words{Zh: "文"}},
		"a comma in a tag": {Title: article.Words{Zh: "标题"}, Body: article.Words{Zh: "文"}, Tags: []string{"门锁,五金"}},
		"too many tags":    {Title: article.Words{Zh: "标题"}, Body: article.Words{Zh: "文"}, Tags: strings.Split("1 2 3 4 5 6 7 8 9 10 11", " ")},
		"unknown audience": {Title: article.Words{Zh: "标题"}, Body: article.Words{Zh: "文"}, Audience: "friends"},
	} {
		if in.Validate() == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if err := input("标题", "正文", "门锁", " 门锁 ").Validate(); err != nil {
		t.Error(err)
	}
}

func TestFindingArticles(t *testing.T) {
	each(t, func(h *house) {
		s := h.app.Articles
		lock := h.published("智能指纹锁低电量的处理", "听到提示音时，用 9V 方形电池在 Type-C 口应急供电。", "门锁")
		hinge := h.published("缓冲铰链调节", "三个螺丝分别调节前后、上下、左右。", "五金")
		for q, want := range map[string]int64{
			"指纹": lock.ID, "znzws": lock.ID, "zhiwensuo": lock.ID, "应急供电": lock.ID, "type": lock.ID, "9v": lock.ID, "门锁": lock.ID,
			"jiaolian": hinge.ID, "螺丝": hinge.ID, "水槽": 0,
		} {
			got, _, err := s.List(h.auditor, article.Filter{Text: q, Limit: 10})
			h.must(err)
			if want == 0 && len(got) > 0 || want != 0 && (len(got) != 1 || got[0].ID != want) {
				t.Errorf("%q finds %d articles: %+v", q, len(got), got)
			}
		}
		got, _, err := s.List(h.auditor, article.Filter{Tags: []string{"五金"}, Limit: 10})
		h.must(err)
		if len(got) != 1 || got[0].ID != hinge.ID {
			t.Errorf("by tag: %+v", got)
		}
		got, _, err = s.List(h.auditor, article.Filter{Lacks: "en", Limit: 10})
		h.must(err)
		if len(got) != 2 {
			t.Errorf("without English: %+v", got)
		}
		tags, err := s.Tags(h.auditor)
		h.must(err)
		if len(tags) != 2 || tags[0].Articles != 1 {
			t.Errorf("tags: %+v", tags)
		}
	})
}

func TestEveryOrderPagesThroughEverythingOnce(t *testing.T) {
	each(t, func(h *house) {
		var want []int64
		for _, title := range []string{"安装", "保修", "拆卸", "登记", "二次加固", "防水", "更换"} {
			want = append(want, h.published(title, "正文"+title).ID)
		}
		for _, order := range []string{"", "updated", "-updated", "title", "-title", "uses", "-uses", "review", "-review"} {
			var got []int64
			cursor := ""
			for {
				page, next, err := h.app.Articles.List(h.auditor, article.Filter{Sort: order, Cursor: cursor, Limit: 2})
				h.must(err)
				for i := range page {
					got = append(got, page[i].ID)
				}
				if cursor = next; next == "" {
					break
				}
			}
			if order == "title" && !slices.Equal(got, want) {
				t.Errorf("by title: %v, want %v", got, want)
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%q gives %v, want %v", order, got, want)
			}
		}
		_, _, err := h.app.Articles.List(h.auditor, article.Filter{Cursor: "nonsense", Limit: 2})
		h.refused(err, "cursor.invalid")
	})
}

func TestReviewsComeDue(t *testing.T) {
	each(t, func(h *house) {
		s := h.app.Articles
		in := input("退货流程", "先登记，再检测。")
		in.ReviewOn = s.Today().AddDays(3)
		r, err := s.Create(h.lin, in)
		h.must(err)
		r, err = s.Publish(h.manager, r.ID, r.Version)
		h.must(err)
		due := func() int {
			t.Helper()
			list, _, err := s.List(h.lin, article.Filter{ReviewDue: true, KeeperIDs: []int64{h.actors["lin"].UserID}, Limit: 10})
			h.must(err)
			return len(list)
		}
		if due() != 0 {
			t.Error("due before its day")
		}
		h.micros.Add(3 * 24 * 3600 * 1e6)
		if due() != 1 {
			t.Error("not due on its day")
		}
		_, err = s.Review(h.lin, r.ID, r.Version, s.Today(), "")
		h.refused(err, "invalid_input")
		_, err = s.Review(h.wu, r.ID, r.Version, s.Today().AddDays(90), "")
		h.refused(err, "article.not_yours")
		r, err = s.Review(h.lin, r.ID, r.Version, s.Today().AddDays(90), "仍然有效")
		h.must(err)
		_, list, err := s.Versions(h.lin, r.ID)
		h.must(err)
		if due() != 0 || len(list) != 1 || list[0].By != "lin" || list[0].NextOn != r.ReviewOn || list[0].On != s.Today() {
			t.Errorf("reviewed: %+v", list)
		}
	})
}

func TestACaseIsHelpedAndHelps(t *testing.T) {
	each(t, func(h *house) {
		s := h.app.Articles
		lock := h.published("指纹锁指纹识别失败", "手指干燥或指纹头有污渍时识别失败：用软布擦净指纹头，再录入两枚指纹。", "门锁")
		for _, title := range []string{"水槽安装", "花洒保养", "油烟机清洗", "合页选型"} {
			h.published(title, title+"的步骤与要点。")
		}
		c := h.question("客户反映指纹锁经常识别失败，冬天更明显。")
		got, err := s.OfCase(h.lin, c.ID)
		h.must(err)
		if len(got.Suggested) == 0 || got.Suggested[0].ID != lock.ID || len(got.Attached) != 0 || got.Saved {
			t.Fatalf("suggested: %+v", got)
		}
		_, err = s.SaveSolution(h.lin, c.ID, "zh")
		h.refused(err, "article.no_solution")
		h.answer(c, "擦净指纹头并补录两枚指纹后恢复正常。")

		h.must(s.Attach(h.lin, c.ID, lock.ID))
		h.must(s.Attach(h.lin, c.ID, lock.ID))
		h.refused(s.Attach(h.wu, c.ID, lock.ID), "not_found")
		got, err = s.OfCase(h.lin, c.ID)
		h.must(err)
		cases, total, err := s.Used(h.lin, lock.ID)
		h.must(err)
		if len(got.Attached) != 1 || got.Attached[0].Uses != 1 || slices.ContainsFunc(got.Suggested, func(a article.Article) bool { return a.ID == lock.ID }) || total != 1 || len(cases) != 1 || cases[0].ID != c.ID {
			t.Errorf("attached: %+v, used in %d: %+v", got, total, cases)
		}
		if cases, total, err = s.Used(h.wu, lock.ID); err != nil || total != 1 || len(cases) != 0 {
			t.Errorf("to somebody who may not see the case: %d, %+v, %v", total, cases, err)
		}

		r, err := s.SaveSolution(h.lin, c.ID, "zh")
		h.must(err)
		if r.State != article.Draft || !r.OriginSeen || r.ReviewOn != calendar.None || !strings.Contains(r.Shown.Body.Zh, "冬天更明显") || !strings.Contains(r.Shown.Body.Zh, "补录两枚指纹") {
			t.Errorf("the solution: %+v", r)
		}
		_, err = s.SaveSolution(h.lin, c.ID, "zh")
		h.refused(err, "article.exists_for_case")
		h.refused(s.Attach(h.lin, c.ID, r.ID), "article.wrong_state")
		got, err = s.OfCase(h.lin, c.ID)
		h.must(err)
		if !got.Saved || got.Solution == nil || got.Solution.ID != r.ID {
			t.Errorf("the case does not know its solution: %+v", got)
		}

		h.must(s.Detach(h.lin, c.ID, lock.ID))
		h.must(s.Detach(h.lin, c.ID, lock.ID))
		if _, total, err = s.Used(h.lin, lock.ID); err != nil || total != 0 {
			t.Errorf("taken off, but used %d times, %v", total, err)
		}
	})
}
