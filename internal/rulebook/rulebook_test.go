package rulebook

import (
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/rulebooks"
)

const (
	book           = "key-accounts"
	shippedVersion = "1.1.0" // of book
)

type kit struct {
	t   testing.TB
	db  *db.DB
	ctx context.Context
	now time.Time
	bus *event.Bus
	s   *Service
}

func newKit(t testing.TB, d *db.DB) *kit {
	t.Helper()
	k := &kit{t: t, db: d, now: time.Date(2026, 6, 29, 23, 0, 0, 0, time.UTC)} // already the 30th in Shanghai
	now := clock.Clock(func() time.Time { return k.now })
	log := slog.New(slog.DiscardHandler)
	k.ctx = authz.With(context.Background(), authz.System("test"))
	k.bus = event.NewBus(d, now, log)
	k.s = New(d, now, time.FixedZone("CST", 8*3600), k.bus, log)
	if err := k.s.Sync(k.ctx); err != nil {
		t.Fatal(err)
	}
	return k
}

func (k *kit) one(sql string, args ...any) int64 {
	k.t.Helper()
	n, err := db.One(k.ctx, k.db.Read(), sql, args, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	if err != nil {
		k.t.Fatal(err)
	}
	return n
}

func (k *kit) adopt(version, from string) error {
	_, err := k.s.Adopt(k.ctx, AdoptInput{Rulebook: "own-accounts", Version: version, EffectiveFrom: day(k.t, from)})
	return err
}

// whoRules are the lines that say who adopts and who reads; tests add their own.
var whoRules = regexp.MustCompile(`(?m)^(adopted_by|distribution): .*\n`)

// own gives the files of a rulebook of the company's own, as a version.
func own(t testing.TB, version string) map[string]string {
	t.Helper()
	raw, err := rulebooks.Load(book)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for name, text := range raw {
		files[name] = whoRules.ReplaceAllString(strings.NewReplacer("rulebook: key-accounts", "rulebook: own-accounts", "version: "+shippedVersion, "version: "+version).Replace(string(text)), "")
	}
	return files
}

func day(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSyncIsIdempotentAndRefusesAnotherText(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		n := k.one("SELECT COUNT(*) FROM rulebook_version")
		if n != int64(len(rulebooks.IDs())) {
			t.Fatalf("%d versions", n)
		}
		if err := k.s.Sync(k.ctx); err != nil || k.one("SELECT COUNT(*) FROM rulebook_version") != n || k.one("SELECT COUNT(*) FROM audit_entry") != n {
			t.Errorf("the second start: %v", err)
		}
		if err := d.InTx(k.ctx, func(q db.Q) error {
			_, err := q.Exec(k.ctx, "UPDATE rulebook_version SET digest = 'another' WHERE rulebook = ?", book)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if err := k.s.Sync(k.ctx); errs.CodeOf(err) != "rulebook.version_changed" {
			t.Errorf("another text under the same number: %v", err)
		}
		if err := d.InTx(k.ctx, func(q db.Q) error {
			_, err := q.Exec(k.ctx, "UPDATE rulebook_version SET origin = 'own' WHERE rulebook = ?", book)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if err := k.s.Sync(k.ctx); err != nil || k.one("SELECT COUNT(*) FROM rulebook_version") != n {
			t.Errorf("a number the company has used: %v", err)
		}
	})
}

func TestUpload(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		v, err := k.s.Upload(k.ctx, own(t, "1.0.0"))
		if err != nil || v.Rulebook != "own-accounts" || v.Origin != OriginOwn {
			t.Fatalf("%+v %v", v, err)
		}
		if again, err := k.s.Upload(k.ctx, own(t, "1.0.0")); err != nil || !again.CreatedAt.Equal(v.CreatedAt) {
			t.Errorf("the same again: %+v %v", again, err)
		}
		changed := own(t, "1.0.0")
		changed[rule.FileRulebook] += "\n# one more line\n"
		broken := maps.Clone(changed)
		broken[rule.FileRulebook] = "rulebook: [\n"
		unknown := own(t, "1.1.0")
		unknown["../secret"] = "x"
		large := own(t, "1.1.0")
		large[rule.FileClauses] = strings.Repeat("x", maxFile+1)
		taken := own(t, shippedVersion) // the number of the shipped text
		taken[rule.FileRulebook] = strings.Replace(taken[rule.FileRulebook], "own-accounts", book, 1) + "\n# ours\n"
		for name, c := range map[string]struct {
			files map[string]string
			code  string
		}{
			"changed": {changed, "rulebook.version_changed"}, "broken": {broken, "rulebook.unreadable"}, "unknown file": {unknown, "invalid_input"},
			"large": {large, "invalid_input"}, "number of a shipped one": {taken, "rulebook.version_changed"}, "nothing": {nil, "invalid_input"},
		} {
			if _, err := k.s.Upload(k.ctx, c.files); errs.CodeOf(err) != c.code {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := k.one("SELECT COUNT(*) FROM rulebook_version WHERE origin = 'own'"); n != 1 {
			t.Errorf("%d own versions", n)
		}
		further := own(t, "1.7.0")
		further[rule.FileRulebook] = strings.Replace(further[rule.FileRulebook], "own-accounts", book, 1)
		if v, err := k.s.Upload(k.ctx, further); err != nil || v.Rulebook != book || v.Origin != OriginOwn {
			t.Errorf("going on with a shipped rulebook: %+v %v", v, err)
		}
	})
}

func TestAdoptionDates(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		for _, v := range []string{"1.0.0", "1.9.0", "1.10.0"} {
			if _, err := k.s.Upload(k.ctx, own(t, v)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := k.s.InForce(k.ctx, d.Read(), "own-accounts", day(t, "2026-06-30")); errs.CodeOf(err) != "rulebook.not_in_force" {
			t.Errorf("before any adoption: %v", err)
		}
		if _, err := k.s.InForce(k.ctx, d.Read(), "nothing", day(t, "2026-06-30")); errs.CodeOf(err) != "rulebook.unknown" {
			t.Errorf("unknown: %v", err)
		}
		steps := []struct{ version, from, code string }{
			{"1.0.0", "2026-01-01", ""},                         // the first may lie in the past
			{"1.9.0", "2026-03-01", "rulebook.adopted_in_past"}, // something was in force that day
			{"1.9.0", "2026-06-29", "rulebook.adopted_in_past"}, // yesterday where the company is
			{"1.9.0", "2026-06-30", ""},
			{"1.10.0", "2026-12-01", ""},
			{"1.0.0", "2025-06-01", ""}, // nothing was in force so far back
			{"7.0.0", "2026-12-01", "rulebook.unknown_version"},
		}
		for _, x := range steps {
			if err := k.adopt(x.version, x.from); errs.CodeOf(err) != x.code && (err != nil || x.code != "") {
				t.Errorf("adopting %s from %s: %v, want %q", x.version, x.from, err, x.code)
			}
		}
		for on, want := range map[string]string{"2025-06-01": "1.0.0", "2026-06-29": "1.0.0", "2026-06-30": "1.9.0", "2026-11-30": "1.9.0", "2026-12-01": "1.10.0", "2030-01-01": "1.10.0"} {
			in, err := k.s.InForce(k.ctx, d.Read(), "own-accounts", day(t, on))
			if err != nil || in.Version != want || in.Program == nil {
				t.Errorf("on %s %q is in force, want %q: %v", on, in.Version, want, err)
			}
		}
		got, err := k.s.Get(k.ctx, "own-accounts")
		if err != nil || got.State != StateInForce || got.InForce.Version != "1.9.0" || got.Next == nil || got.Next.Version != "1.10.0" || got.Newest.Version != "1.10.0" {
			t.Errorf("details: %+v %v", got.Overview, err)
		}
		if len(got.Adoptions) != 4 || got.Adoptions[0].EffectiveTo != calendar.None || got.Adoptions[1].EffectiveTo.String() != "2026-11-30" {
			t.Errorf("adoptions: %+v", got.Adoptions)
		}
	})
}

// Of two decisions for one day the later holds; going back is adopting the old one again.
func TestLaterDecisionOfADayHolds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		for _, v := range []string{"1.0.0", "2.0.0"} {
			if _, err := k.s.Upload(k.ctx, own(t, v)); err != nil {
				t.Fatal(err)
			}
		}
		for _, v := range []string{"1.0.0", "2.0.0", "1.0.0"} {
			if err := k.adopt(v, "2026-06-30"); err != nil {
				t.Fatal(err)
			}
			if in, err := k.s.InForce(k.ctx, d.Read(), "own-accounts", day(t, "2026-06-30")); err != nil || in.Version != v {
				t.Errorf("in force %q after adopting %q: %v", in.Version, v, err)
			}
		}
		if n := k.one("SELECT COUNT(*) FROM audit_entry WHERE action = 'rulebook.adopt'"); n != 3 {
			t.Errorf("%d adoptions in the audit", n)
		}
		if n := k.one("SELECT COUNT(*) FROM event WHERE kind = 'rulebook.adopted'"); n != 3 {
			t.Errorf("%d events", n)
		}
	})
}

func TestAdoptRefusesWhatIsNotSound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		failing := own(t, "3.0.0")
		failing[rule.FileCases] = strings.Replace(failing[rule.FileCases], "grade: strategic\n", "grade: key\n", 1)
		if _, err := k.s.Upload(k.ctx, failing); err != nil {
			t.Fatal(err)
		}
		overlap := own(t, "4.0.0")
		overlap[rule.FileRulebook] = strings.Replace(overlap[rule.FileRulebook], "{at_least: 1%, below: 5%", "{at_least: 1%, below: 6%", 1)
		overlap[rule.FileRulebook] = strings.Replace(overlap[rule.FileRulebook], "hit: first", "hit: unique", 1)
		overlap[rule.FileRulebook] = strings.Replace(overlap[rule.FileRulebook], "of: order", "of: ordre", 1)
		if _, err := k.s.Upload(k.ctx, overlap); err != nil && errs.CodeOf(err) != "rulebook.unreadable" {
			t.Fatal(err)
		}
		for version, codes := range map[string]string{"3.0.0": "rulebook.cases_failed", "4.0.0": "rulebook.has_errors rulebook.unknown_version"} {
			if err := k.adopt(version, "2026-06-30"); !strings.Contains(codes, errs.CodeOf(err)) || err == nil {
				t.Errorf("%s: %v", version, err)
			}
		}
		if _, err := k.s.Adopt(k.ctx, AdoptInput{Rulebook: book, EffectiveFrom: calendar.None, Settings: map[string]string{"no_such": "1"}}); errs.CodeOf(err) != "rulebook.bad_settings" {
			t.Errorf("an unknown setting: %v", err)
		}
		if n := k.one("SELECT COUNT(*) FROM adoption"); n != 0 {
			t.Errorf("%d adoptions", n)
		}
	})
}

func TestPermissions(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	reader := authz.With(k.ctx, authz.Actor{UserID: 5, Name: "李四", Grants: map[authz.Permission]authz.Reach{authz.RulebookRead: authz.ReachAll}})
	if _, err := k.s.List(reader); err != nil {
		t.Errorf("reading: %v", err)
	}
	_, upload := k.s.Upload(reader, own(t, "1.0.0"))
	_, adopt := k.s.Adopt(reader, AdoptInput{Rulebook: book})
	for name, err := range map[string]error{"upload": upload, "adopt": adopt, "sync": k.s.Sync(reader)} {
		if errs.CodeOf(err) != "auth.forbidden" {
			t.Errorf("%s: %v", name, err)
		}
	}
	nobody := authz.With(k.ctx, authz.Actor{UserID: 6})
	_, list := k.s.List(nobody)
	_, force := k.s.InForce(nobody, k.db.Read(), book, 0)
	_, files := k.s.Edition(nobody, book, "1.0.0")
	for i, err := range []error{list, force, files} {
		if errs.CodeOf(err) != "auth.forbidden" {
			t.Errorf("call %d: %v", i+1, err)
		}
	}
}

func TestCompareVersions(t *testing.T) {
	order := []string{"0.9", "1.0.0-draft", "1.0.0", "1.2.0", "1.10.0", "2.0"}
	for i, a := range order {
		for j, b := range order {
			got := compareVersions(a, b)
			if (i < j && got >= 0) || (i > j && got <= 0) || (i == j && got != 0) {
				t.Errorf("compare %s with %s = %d", a, b, got)
			}
		}
	}
}

func TestAPI(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	api := httpapi.New("test", slog.New(slog.DiscardHandler))
	Register(api, k.s)
	actor, _ := authz.From(k.ctx)
	h, err := httpapi.Server{
		API: api, Web: http.NotFoundHandler(), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return k.now }, Version: "test",
		Authenticate: func(context.Context, *http.Request) (authz.Actor, bool, error) { return actor, true, nil },
		Ready:        func(context.Context) error { return nil },
	}.Handler()
	if err != nil {
		t.Fatal(err)
	}
	call := func(method, path, body string, into any) int {
		r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if into != nil {
			if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
				t.Errorf("%s %s: %d %s", method, path, w.Code, w.Body)
			}
		}
		return w.Code
	}
	var list httpapi.List[ItemView]
	if code := call("GET", "/rulebooks", "", &list); code != 200 || len(list.Items) != len(rulebooks.IDs()) || list.Items[0].Errors != 0 || list.Items[0].CasesPassed == 0 {
		t.Errorf("list: %d %+v", code, list)
	}
	var clauses httpapi.List[ClauseView]
	call("GET", "/rulebooks/"+book+"/versions/"+shippedVersion+"/clauses", "", &clauses)
	carried := 0
	for _, c := range clauses.Items {
		for _, by := range c.ImplementedBy {
			carried++
			if by.Kind == "" || by.Line == 0 || !strings.Contains(by.Text, "clause: ") || !strings.HasPrefix(by.Ref, by.Kind) {
				t.Errorf("clause %s: %+v", c.Number, by)
			}
		}
	}
	if len(clauses.Items) < 10 || carried < 10 {
		t.Errorf("%d clauses carried out by %d parts", len(clauses.Items), carried)
	}
	var cases CasesView
	if call("GET", "/rulebooks/"+book+"/versions/"+shippedVersion+"/cases", "", &cases); cases.Passed == 0 || cases.Failed != 0 {
		t.Errorf("cases: %+v", cases)
	}
	var cover Coverage
	if code := call("GET", "/rulebooks/coverage", "", &cover); code != 200 || len(cover.Regulations) != 49 || cover.Regulations[48].Missing == nil {
		t.Errorf("coverage: %d %+v", code, cover)
	}
	var schema map[string]any
	if code := call("GET", "/rulebooks/schema.json", "", &schema); code != 200 || schema["properties"] == nil {
		t.Errorf("schema: %d", code)
	}
	var adopted AdoptionView
	if code := call("POST", "/rulebooks/"+book+"/adopt", `{"note":"董事会决议","settings":{"below_one_percent":"ordinary"}}`, &adopted); code != 201 || adopted.EffectiveFrom != "2026-06-30" {
		t.Errorf("adopt: %d %+v", code, adopted)
	}
	var one View
	call("GET", "/rulebooks/"+book, "", &one)
	changed := 0
	for _, s := range one.Settings {
		if s.Changed {
			changed++
			if s.Name != "below_one_percent" || s.Value != "ordinary" || s.Default != "none" {
				t.Errorf("setting %+v", s)
			}
		}
	}
	if !one.MayAdopt || one.Cites == nil || one.Indicators == nil {
		t.Errorf("rulebook: %+v", one)
	}
	if changed != 1 || one.State != StateInForce || len(one.Adoptions) != 1 || len(one.Duties) == 0 {
		t.Errorf("rulebook: %+v", one.ItemView)
	}
	adoptionOverHTTP(t, k, call)
	text, _ := json.Marshal(map[string]any{"files": own(t, "1.0.0")})
	var problems ProblemsView
	if code := call("POST", "/rulebooks/check", string(text), &problems); code != 200 {
		t.Errorf("check: %d", code)
	}
	for path, want := range map[string]int{
		"/rulebooks/" + book + "/versions/" + shippedVersion + "/problems": 200, "/rulebooks/" + book + "/versions/" + shippedVersion + "/files": 200, "/rulebooks/nothing": 404,
		"/rulebooks/" + book + "/versions/8.0.0/files": 404,
	} {
		if code := call("GET", path, "", nil); code != want {
			t.Errorf("%s: %d", path, code)
		}
	}
	if code := call("POST", "/rulebooks", string(text), nil); code != 201 {
		t.Errorf("upload: %d", code)
	}
}

// adoptionOverHTTP asks, decides, returns, reads and drafts over the API.
func adoptionOverHTTP(t *testing.T, k *kit, call func(method, path, body string, into any) int) {
	t.Helper()
	var asked RequestView
	if code := call("POST", "/rulebooks/"+book+"/adoption-requests", `{"note":"请审批"}`, nil); code != 409 {
		t.Errorf("nobody decides by a case: %d", code)
	}
	k.byCase()
	if code := call("POST", "/rulebooks/"+book+"/adoption-requests", `{"note":"请审批"}`, &asked); code != 201 || asked.State != RequestOpen || !asked.Mine || asked.CaseID != "1" {
		t.Errorf("ask: %d %+v", code, asked)
	}
	n, err := id.Parse(asked.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.decided(Request{ID: n}, 1, RequestApproved, 2, "同意"); err != nil {
		t.Fatal(err)
	}
	var requests httpapi.List[RequestView]
	if code := call("GET", "/adoption-requests?rulebook="+book+"&state=approved", "", &requests); code != 200 || len(requests.Items) != 1 || requests.Items[0].DecidedAt == nil {
		t.Errorf("requests: %d %+v", code, requests)
	}
	var one View
	if call("GET", "/rulebooks/"+book, "", &one); !one.ByCase {
		t.Errorf("a case decides: %+v", one)
	}
	var back AdoptionView
	if code := call("POST", "/rulebooks/"+book+"/return", `{"note":"先用旧的"}`, &back); code != 201 || back.Settings["below_one_percent"] != "ordinary" {
		t.Errorf("return: %d %+v", code, back)
	}
	var readers ReadershipView
	if code := call("GET", "/rulebooks/"+book+"/receipts", "", &readers); code != 200 || readers.Version != shippedVersion || readers.People == nil {
		t.Errorf("readers: %d %+v", code, readers)
	}
	for path, want := range map[string]int{"/me/rulebook-receipts": 200, "/adoption-requests/" + asked.ID: 200, "/adoption-requests/5": 404, "/adoption-requests/x": 404, "/rulebook-drafts/5": 404} {
		if code := call("GET", path, "", nil); code != want {
			t.Errorf("%s: %d", path, code)
		}
	}
	var draft DraftView
	if code := call("POST", "/rulebook-drafts", `{"template":{"id":"our-rules","title":{"zh":"我们的","en":"Ours"}}}`, &draft); code != 201 || draft.Revision != 1 || len(draft.Files) != 3 {
		t.Errorf("draft: %d %+v", code, draft)
	}
	var outline OutlineView
	if code := call("GET", "/rulebook-drafts/"+draft.ID+"/outline", "", &outline); code != 200 || !outline.Readable || len(outline.Clauses) != 4 || len(outline.Clauses[1].ImplementedBy) == 0 || len(outline.Settings) != 3 {
		t.Errorf("outline: %d %+v", code, outline)
	}
	var diff DiffView
	if code := call("GET", "/rulebook-drafts/"+draft.ID+"/diff", "", &diff); code != 200 || len(diff.Files) != 3 || diff.Clauses[0].After == nil {
		t.Errorf("diff: %d %+v", code, diff)
	}
	for _, c := range []struct {
		method, path, body string
		want               int
	}{
		{"GET", "/problems", "", 200},
		{"GET", "/cases", "", 200},
		{"PUT", "", `{"files":{"rulebook.yaml":"x"}}`, 422}, // without If-Match
		{"DELETE", "", "", 422},
		{"POST", "/publish", "{}", 422},
	} {
		if code := call(c.method, "/rulebook-drafts/"+draft.ID+c.path, c.body, nil); code != c.want {
			t.Errorf("%s %s: %d", c.method, c.path, code)
		}
	}
	files, _ := json.Marshal(map[string]any{"files": draft.Files})
	var cases CasesView
	if code := call("POST", "/rulebooks/test", string(files), &cases); code != 200 || cases.Passed == 0 {
		t.Errorf("test: %d %+v", code, cases)
	}
	fewer := map[string]string{"rulebook.yaml": draft.Files["rulebook.yaml"], "clauses.md": draft.Files["clauses.md"], "cases.yaml": "[]\n"}
	none, _ := json.Marshal(map[string]any{"files": fewer})
	var drafted InitCasesView
	if code := call("POST", "/rulebooks/init-cases", string(none), &drafted); code != 200 || !strings.Contains(drafted.Cases, "1000000") {
		t.Errorf("drafted cases: %d %s", code, drafted.Cases)
	}
	fewer["cases.yaml"] = drafted.Cases
	whole, _ := json.Marshal(map[string]any{"files": fewer})
	if code := call("POST", "/rulebooks/test", string(whole), &cases); code != 200 || cases.Failed != 0 || len(cases.Unreached) != 0 {
		t.Errorf("the drafted cases: %d %+v", code, cases)
	}
	if code := call("POST", "/rulebook-drafts/"+draft.ID+"/init-cases", "", &drafted); code != 200 || drafted.Cases != "" {
		t.Errorf("nothing is missing, but: %d %s", code, drafted.Cases)
	}
	if code := call("POST", "/rulebooks/outline", string(files), &outline); code != 200 || outline.Rulebook != "our-rules" {
		t.Errorf("outline of files: %d %+v", code, outline)
	}
}
