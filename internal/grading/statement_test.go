package grading

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/id"
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
		x.Explanation.Settings = append(x.Explanation.Settings, rule.SettingValue{Title: rule.Text{Zh: "门槛", En: "threshold"}, Value: "20_000 CNY"})
		x.Customer.Name = `<script>alert("x")</script>`
		x.Explanation.Vetoes = append(x.Explanation.Vetoes, rule.ExplainedVeto{Title: rule.Text{Zh: "黑名单", En: "blacklist"}, Effect: rule.Text{Zh: "改为 D", En: "becomes D"}, Clause: "9.9"})
		for lang, want := range map[string][]string{
			"zh": {`lang="zh"`, "评定说明", "重点客户", `</span> – <span class="d">2026-06-30</span>`, "占公司销售额的比例", "（第 2.2 条）", "还需", "黑名单：改为 D", "门槛：20,000 CNY", "2026-07-02"},
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

func TestFiguresAreReadable(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "0": "0", "999": "999", "1000": "1,000", "-1234567.50": "-1,234,567.50", "0.1234567": "0.1234567", "≥ 20_000 CNY": "≥ 20,000 CNY",
		"不低于 50000000 元": "不低于 50,000,000 元", "销售额10000至29999元": "销售额10,000至29,999元", "from 5000.": "from 5,000.", "2026-06-30": "2026-06-30",
		"2025年": "2025年", "K00012": "K00012", "10000%": "10,000%", "a1000 1000": "a1000 1,000", "1,000": "1,000", "12:30": "12:30", "2026/06/30": "2026/06/30",
	} {
		if got := Figures(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestStatementOverHTTP(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	k.customers(who{code: "MINE", owner: 9}, who{code: "THEIRS", owner: 8})
	k.orders(sale{code: "MINE", on: "2026-06-01", amount: 9_000_00, document: "1"}, sale{code: "THEIRS", on: "2026-06-01", amount: 100_00, document: "2"})
	k.grade(book, "2026-06-30")
	path := func(code string) string {
		verdict := k.one("SELECT verdict_id FROM standing WHERE customer_id = ?", k.ids[code])
		return "/verdicts/" + id.String(k.ids[code]) + "/" + id.String(verdict) + "/statement"
	}
	own := k.web(authz.With(k.ctx, authz.Actor{UserID: 9, Name: "林", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager})}))
	for query, want := range map[string][]string{
		"": {`lang="zh"`, "评定说明", "MINE"}, "?lang=zh": {`lang="zh"`, "评定说明"}, "?lang=en": {`lang="en"`, "Statement of grade", "MINE"},
	} {
		w := call(t, own, "GET", path("MINE")+query, "", nil)
		for _, text := range want {
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), text) {
				t.Errorf("%q: %d without %q", query, w.Code, text)
			}
		}
		if got := w.Header().Get("Content-Type"); got != "text/html; charset=utf-8" {
			t.Errorf("%q: %s", query, got)
		}
		// A page with words of customers in it: it may run and load nothing, be framed by nobody and kept by no cache.
		if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "script") {
			t.Errorf("%q: policy %q", query, csp)
		}
		if w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%q: %v", query, w.Header())
		}
	}
	for path, want := range map[string]int{
		path("THEIRS"):            http.StatusNotFound,
		path("MINE") + "?lang=fr": http.StatusUnprocessableEntity,
		"/verdicts/x/1/statement": http.StatusNotFound,
		"/verdicts/1/x/statement": http.StatusNotFound,
		"/verdicts/1/2/statement": http.StatusNotFound,
	} {
		if w := call(t, own, "GET", path, "", nil); w.Code != want {
			t.Errorf("%s: %d, not %d", path, w.Code, want)
		}
	}
	nobody := k.web(authz.With(k.ctx, authz.Actor{}))
	if w := call(t, nobody, "GET", path("MINE"), "", nil); w.Code != http.StatusUnauthorized {
		t.Errorf("signed out: %d", w.Code)
	}
}
