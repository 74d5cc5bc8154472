package grading

import (
	"bytes"
	"strings"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/rule"
)

func TestStatementIsOnePageFromTheStoredVerdict(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(40)
		k.grade(book, "2026-06-30")
		k.tx(func(q db.Q) error { // years later the facts are gone
			_, err := q.Exec(k.ctx, "DELETE FROM fact")
			return err
		})
		x, err := k.s.Explain(k.ctx, "K00004", book)
		if err != nil {
			t.Fatal(err)
		}
		x.Customer.Name = `<script>alert("x")</script>`
		x.Explanation.Vetoes = append(x.Explanation.Vetoes, rule.ExplainedVeto{Title: rule.Text{Zh: "黑名单", En: "blacklist"}, Effect: rule.Text{Zh: "改为 D", En: "becomes D"}, Clause: "9.9"})
		for lang, want := range map[string][]string{
			"zh": {`lang="zh"`, "评定说明", "重点客户", "占公司销售额的比例", "（第 2.2 条）", "还需", "黑名单：改为 D", "2026-07-02"},
			"en": {`lang="en"`, "Statement of grade", "Key", "Share of company sales", "(clause 2.2)", "blacklist", "2026-07-02"},
		} {
			var b bytes.Buffer
			if err := WriteStatement(&b, x, lang, day(t, "2026-07-02")); err != nil {
				t.Fatal(err)
			}
			page := b.String()
			for _, w := range want {
				if !strings.Contains(page, w) {
					t.Errorf("%s: %q is missing", lang, w)
				}
			}
			if strings.Contains(page, "<script") || strings.Contains(page, "src=") || strings.Contains(page, "href=") {
				t.Errorf("%s: the page runs or loads something", lang)
			}
		}
	})
}
