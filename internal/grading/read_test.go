package grading

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/rulebook"
)

// as gives a context of somebody whose reach over customers is bounded.
func as(k *kit, userID int64, reach authz.Reach, units ...int64) context.Context {
	return authz.With(k.ctx, authz.Actor{UserID: userID, Name: "张三", UnitIDs: units, Grants: map[authz.Permission]authz.Reach{
		authz.GradingRead: reach, authz.CustomerRead: reach, authz.CustomerExport: reach, authz.RulebookRead: authz.ReachAll,
	}})
}

// shared is a company of which user 7 owns the first two customers and unit 30 has the first four of twelve.
func shared(k *kit) Summary {
	k.t.Helper()
	k.company(12)
	k.tx(func(q db.Q) error {
		_, err := q.Exec(k.ctx, "UPDATE customer SET unit_id = 30 WHERE code < 'K00004'")
		if err == nil {
			_, err = q.Exec(k.ctx, "UPDATE customer SET owner_id = 7 WHERE code < 'K00002'")
		}
		return err
	})
	k.customers(who{code: "Z1", owner: 7, unit: 30}, who{code: "Z2"})
	return k.grade("rfm-segments", "2026-06-30")
}

func TestScopeBoundsEveryNumber(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		sum := shared(k)
		for _, c := range []struct {
			name            string
			ctx             context.Context
			graded, without int64
		}{
			{"own", as(k, 7, authz.ReachOwn), 2, 1},
			{"unit", as(k, 9, authz.ReachUnit, 30, 31), 4, 1},
			{"another unit", as(k, 9, authz.ReachUnit, 31), 0, 0},
			{"all", as(k, 9, authz.ReachAll), 12, 2},
		} {
			t.Run(c.name, func(t *testing.T) { k.t = t; k.bounded(c.ctx, sum.RunID, c.graded, c.without) })
		}
	})
}

// bounded checks that everything a person can read about a run is about this many customers.
func (k *kit) bounded(ctx context.Context, runID, graded, without int64) {
	k.t.Helper()
	run, err := k.s.Run(ctx, runID)
	if err != nil || run.Graded != graded || run.WithoutVerdict != without || run.InScope != graded+without || run.Changed != graded {
		k.t.Errorf("run %+v: %v", run.Tally, err)
	}
	runs, _, err := k.s.Runs(ctx, RunFilter{Rulebook: "rfm-segments"}, "", 50)
	if err != nil || len(runs) != 1 || runs[0].Graded != graded {
		k.t.Errorf("runs: %v", err)
	}
	list, _, err := k.s.Found(ctx, runID, FoundFilter{Limit: 200})
	if err != nil || int64(len(list)) != graded {
		k.t.Errorf("%d in the list: %v", len(list), err)
	}
	none, _, err := k.s.Found(ctx, runID, FoundFilter{Without: true, Limit: 200})
	if err != nil || int64(len(none)) != without {
		k.t.Errorf("%d without a verdict: %v", len(none), err)
	}
	o, err := k.s.Overview(ctx, "rfm-segments", "")
	if err != nil {
		k.t.Fatal(err)
	}
	var now, moves int64
	for _, n := range o.Now {
		now += n
	}
	for _, m := range o.Moves {
		moves += m.Count
	}
	if now != graded+without || moves != graded+without {
		k.t.Errorf("overview of %d now, %d in the matrix", now, moves)
	}
	var csvText bytes.Buffer
	if err := k.s.Export(ctx, &csvText, runID); err != nil || int64(strings.Count(csvText.String(), "\n")) != graded+1 {
		k.t.Errorf("export: %v\n%s", err, &csvText)
	}
	write, _, err := k.s.Table(ctx, runID, FormatCSV, "zh")
	if err != nil {
		k.t.Fatal(err)
	}
	var table bytes.Buffer
	if err := write(&table); err != nil || int64(strings.Count(table.String(), "\n")) != graded+without+1 {
		k.t.Errorf("table: %v\n%s", err, &table)
	}
}

func TestOneCustomerOutOfReachIsNotFound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		shared(k)
		mine, theirs := k.ids["K00001"], k.ids["K00005"]
		ctx := as(k, 7, authz.ReachOwn)
		list, _, err := k.s.OfCustomer(ctx, mine, "", 50)
		if err != nil || len(list) != 1 {
			t.Fatalf("mine: %d, %v", len(list), err)
		}
		if _, err := k.s.Why(ctx, mine, list[0].ID); err != nil {
			t.Errorf("why of mine: %v", err)
		}
		if st, err := k.s.Standings(ctx, mine); err != nil || len(st) != 1 {
			t.Errorf("standings of mine: %v %v", st, err)
		}
		_, _, err1 := k.s.OfCustomer(ctx, theirs, "", 50)
		_, err2 := k.s.Why(ctx, theirs, list[0].ID)
		_, err3 := k.s.Standings(ctx, theirs)
		_, err4 := k.s.Explain(ctx, "K00005", "rfm-segments")
		for i, err := range []error{err1, err2, err3, err4} {
			if errs.KindOf(err) != errs.NotFound {
				t.Errorf("theirs, call %d: %v", i+1, err)
			}
		}
	})
}

// Paging in either order gives every row once, ties and all.
func TestPagesCoverTheList(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(23)
		sum := k.grade("rfm-segments", "2026-06-30")
		k.tx(func(q db.Q) error {
			_, err := q.Exec(k.ctx, "UPDATE verdict SET score = (id % 3) * 1000000 WHERE id % 5 <> 0")
			return err
		})
		for _, sort := range []string{"code", "score"} {
			whole, _, err := k.s.Found(k.ctx, sum.RunID, FoundFilter{Sort: sort, Limit: 200})
			if err != nil || len(whole) != 23 {
				t.Fatalf("%d rows: %v", len(whole), err)
			}
			var paged []Found
			f := FoundFilter{Sort: sort, Limit: 4}
			for {
				list, next, err := k.s.Found(k.ctx, sum.RunID, f)
				if err != nil {
					t.Fatal(err)
				}
				paged = append(paged, list...)
				if f.Cursor = next; next == "" {
					break
				}
			}
			if !slices.EqualFunc(whole, paged, func(a, b Found) bool { return a.CustomerID == b.CustomerID }) {
				t.Errorf("%s: the pages differ from the list", sort)
			}
		}
		_, next, _ := k.s.Found(k.ctx, sum.RunID, FoundFilter{Limit: 4})
		if _, _, err := k.s.Found(k.ctx, sum.RunID, FoundFilter{Limit: 4, Sort: "score", Cursor: next}); errs.CodeOf(err) != "cursor.invalid" {
			t.Errorf("a cursor of another order: %v", err)
		}
	})
}

func TestFilters(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(40)
		k.grade(book, "2026-03-31")
		k.orders(sale{code: "K00039", on: "2026-06-02", amount: 900_000_000, document: "big"})
		sum := k.grade(book, "2026-06-30")
		for _, c := range []struct {
			f    FoundFilter
			want func(f Found) bool
		}{
			{FoundFilter{Code: "strategic"}, func(f Found) bool { return f.Code == "strategic" }},
			{FoundFilter{Direction: "up"}, func(f Found) bool { return f.Direction == 1 }},
			{FoundFilter{Direction: "down"}, func(f Found) bool { return f.Direction == -1 }},
			{FoundFilter{Direction: "changed"}, func(f Found) bool { return f.Moved }},
			{FoundFilter{Search: "k0001"}, func(f Found) bool { return strings.HasPrefix(f.CustomerCode, "K0001") }},
			{FoundFilter{Search: "户K00003"}, func(f Found) bool { return f.CustomerCode == "K00003" }},
		} {
			c.f.Limit = 200
			got, _, err := k.s.Found(k.ctx, sum.RunID, c.f)
			all, _, err2 := k.s.Found(k.ctx, sum.RunID, FoundFilter{Limit: 200})
			if err != nil || err2 != nil {
				t.Fatal(err, err2)
			}
			want := slices.DeleteFunc(all, func(f Found) bool { return !c.want(f) })
			if len(got) != len(want) || len(got) == 0 || slices.ContainsFunc(got, func(f Found) bool { return !c.want(f) }) {
				t.Errorf("%+v: %d rows, want %d", c.f, len(got), len(want))
			}
		}
		if got, _, err := k.s.Found(k.ctx, sum.RunID, FoundFilter{Search: "%", Limit: 10}); err != nil || len(got) != 0 {
			t.Errorf("a wildcard matches %d: %v", len(got), err)
		}
	})
}

func TestExplainTellsClausesAndTheNextGrade(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(30)
		k.grade(book, "2026-06-30")
		e, err := k.s.Explain(k.ctx, "K00004", book)
		if err != nil {
			t.Fatal(err)
		}
		if e.Verdict != "key" || e.Explanation.Grade == nil || len(e.Explanation.Inputs) == 0 || len(e.Clauses) == 0 || e.Clauses[0].Text.Zh == "" {
			t.Errorf("explained: %+v", e)
		}
		if e.Explanation.Next == nil || e.Explanation.Next.Code != "strategic" || len(e.Explanation.Next.Ways) == 0 {
			t.Errorf("next: %+v", e.Explanation.Next)
		}
		if _, err := k.s.Explain(k.ctx, "K00004", "rfm-segments"); errs.CodeOf(err) != "grading.no_verdict" {
			t.Errorf("never graded by it: %v", err)
		}
	})
}

// newest is the version of the shipped rulebook that the simulations try out.
const newest = "1.1.0"

func TestSimulationStoresNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(testPage + 30)
		k.grade(book, "2026-06-30")
		before := k.one("SELECT (SELECT COUNT(*) FROM verdict) * 100000 + (SELECT COUNT(*) FROM movement)")
		same, err := k.s.Simulate(k.ctx, Draft{Rulebook: book}, day(t, "2026-06-30"), func(int64, int64) error { return nil })
		if err != nil || same.Changed != 0 || same.InScope != testPage+30 || same.Graded != testPage+30 {
			t.Errorf("what is in force changes %d of %d: %v", same.Changed, same.InScope, err)
		}
		draft := Draft{Rulebook: book, Settings: map[string]string{"below_one_percent": "ordinary"}}
		other, err := k.s.Simulate(k.ctx, draft, day(t, "2026-06-30"), func(int64, int64) error { return nil })
		if err != nil || other.After["ordinary"] == 0 || other.Changed != other.After["ordinary"] {
			t.Errorf("the other setting: %+v %v", other.After, err)
		}
		i := slices.IndexFunc(other.Cells, func(c Cell) bool { return c.From == "none" && c.To == "ordinary" })
		if i < 0 || other.Cells[i].Direction != 1 || other.Cells[i].Count != other.Changed || len(other.Cells[i].Customers) != cellLimit {
			t.Fatalf("cells %+v", other.Cells)
		}
		if list := other.Cells[i].Customers; !slices.IsSortedFunc(list, func(a, b CellCustomer) int { return strings.Compare(a.Code, b.Code) }) {
			t.Error("the customers of a cell are not sorted by code")
		}
		if other.From != newest || other.To != newest || other.Schemes != nil {
			t.Errorf("from %q to %q", other.From, other.To)
		}
		if list := other.Cells[i].Customers; len(list[0].Reasons) == 0 || list[0].Reasons[0].What != "band" || list[0].Reasons[0].Before.Zh == list[0].Reasons[0].After.Zh || list[0].Reasons[0].Clause == "" {
			t.Errorf("why it moves: %+v", list[0].Reasons)
		}
		moved, all := int64(0), int64(0)
		for _, c := range other.Matrix {
			all += c.Customers
			if c.From != c.To {
				moved += c.Customers
			}
		}
		if moved != other.Changed || all != other.InScope {
			t.Errorf("the matrix has %d customers, %d of them moving", all, moved)
		}
		// An ordinary key account is visited twice a year (3 h each), surveyed twice (1 h), told news four times (0.5 h), its
		// archive is checked once (1 h) and its needs are followed up every month (0.5 h).
		if other.DutiesChange != 21*moved || other.HoursChange != Tenths(170*moved) {
			t.Errorf("%d customers: %d duties, %d tenths of hours", moved, other.DutiesChange, other.HoursChange)
		}
		var duties, hours Tenths
		for _, e := range other.EffortChanges {
			duties, hours = duties+e.DutiesChange, hours+e.HoursChange
		}
		if duties != Tenths(10*other.DutiesChange) || hours != other.HoursChange || len(other.EffortChanges) < 2 || other.EffortChanges[0].Role != "owner" {
			t.Errorf("by owner: %+v", other.EffortChanges)
		}
		if after := k.one("SELECT (SELECT COUNT(*) FROM verdict) * 100000 + (SELECT COUNT(*) FROM movement)"); after != before {
			t.Error("the simulation stored something")
		}
		if _, err := k.s.Simulate(as(k, 7, authz.ReachOwn), draft, day(t, "2026-06-30"), nil); errs.CodeOf(err) != "auth.forbidden" {
			t.Errorf("without the right: %v", err)
		}
	})
}

// Files that are not registered are compared with what is in force on the day, not with the standing of today.
func TestSimulationComparesWithWhatIsInForce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(40)
		e, err := k.books.Edition(k.ctx, book, newest)
		if err != nil {
			t.Fatal(err)
		}
		files := maps.Clone(e.Files)
		files["rulebook.yaml"] = strings.ReplaceAll(files["rulebook.yaml"], "at_least: 1%", "at_least: 2%")
		files["rulebook.yaml"] = strings.ReplaceAll(files["rulebook.yaml"], "below: 1%", "below: 2%")
		try := func() Simulation {
			t.Helper()
			sim, err := k.s.Simulate(k.ctx, Draft{Files: files}, day(t, "2026-06-30"), func(int64, int64) error { return nil })
			if err != nil {
				t.Fatal(err)
			}
			return sim
		}
		if sim := try(); sim.From != "" || sim.Changed != sim.Graded || sim.Before["key"] != 0 {
			t.Errorf("nothing in force: %+v", sim)
		}
		if _, err := k.books.Adopt(k.ctx, rulebook.AdoptInput{Rulebook: book, EffectiveFrom: day(t, "2026-06-01")}); err != nil {
			t.Fatal(err)
		}
		sim := try() // nobody was graded, so the standing is empty
		i := slices.IndexFunc(sim.Cells, func(c Cell) bool { return c.From == "key" && c.To == "none" })
		if sim.From != newest || i < 0 || sim.Cells[i].Count != sim.Changed || sim.Changed == 0 || sim.DutiesChange >= 0 || sim.HoursChange >= 0 {
			t.Errorf("stricter lines: %+v", sim)
		}
		if n := k.one("SELECT (SELECT COUNT(*) FROM verdict) + (SELECT COUNT(*) FROM standing)"); n != 0 {
			t.Errorf("%d rows stored", n)
		}
	})
}

func TestTenths(t *testing.T) {
	for n, want := range map[Tenths]string{0: "0", 5: "0.5", -5: "-0.5", 120: "12", -125: "-12.5"} {
		b, err := n.MarshalJSON()
		var back Tenths
		if err == nil {
			err = back.UnmarshalJSON(b)
		}
		if err != nil || string(b) != want || back != n {
			t.Errorf("%d is %s, read as %d: %v", n, b, back, err)
		}
	}
}

func TestSettingsMustBeThoseInForce(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	k.company(40)
	opt := Options{AdoptIfNone: true, Settings: map[string]string{"below_one_percent": "ordinary"}}
	adopted := rulebook.Adoption{}
	opt.Adopted = func(a rulebook.Adoption) { adopted = a }
	sum, err := k.s.Grade(k.ctx, book, day(t, "2026-06-30"), opt, nil)
	if err != nil || sum.Verdicts["ordinary"] == 0 || adopted.Settings["below_one_percent"] != "ordinary" {
		t.Fatalf("%+v %v", sum.Verdicts, err)
	}
	opt.Settings = map[string]string{"below_one_percent": "none"}
	if _, err := k.s.Grade(k.ctx, book, day(t, "2026-06-30"), opt, nil); errs.CodeOf(err) != "grading.other_settings" {
		t.Errorf("other settings: %v", err)
	}
	back, err := k.s.Grade(k.ctx, book, day(t, "2025-06-30"), Options{AdoptIfNone: true}, nil)
	if err != nil || back.AsOf != "2025-06-30" || adopted.EffectiveFrom.String() != "2026-06-30" {
		t.Errorf("a day before the first adoption: %+v %v", back, err)
	}
}

func TestSummaryIsTheContract(t *testing.T) {
	text, err := json.Marshal(Summary{
		Rulebook: "r", Version: "1", AsOf: "2026-06-30", InScope: 2, Verdicts: map[string]int64{"A": 1}, Changed: 1,
		WithoutVerdict: []Without{{"C2", "no_purchases"}}, Seconds: 0.5, RunID: 9,
	})
	want := `{"rulebook":"r","version":"1","as_of":"2026-06-30","in_scope":2,"verdicts":{"A":1},"changed":1,"without_verdict":[{"customer":"C2","reason":"no_purchases"}],"seconds":0.5}`
	if err != nil || string(text) != want {
		t.Errorf("%s %v", text, err)
	}
}

// web answers requests as the server would, signed in as an actor.
func (k *kit) web(ctx context.Context) http.Handler {
	k.t.Helper()
	api := httpapi.New("test", slog.New(slog.DiscardHandler))
	Register(api, k.s)
	actor, _ := authz.From(ctx)
	h, err := httpapi.Server{
		API: api, Web: http.NotFoundHandler(), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return k.now }, Version: "test",
		Authenticate: func(context.Context, *http.Request) (authz.Actor, bool, error) { return actor, actor.Name != "", nil },
		Ready:        func(context.Context) error { return nil },
	}.Handler()
	if err != nil {
		k.t.Fatal(err)
	}
	return h
}

func call(t testing.TB, h http.Handler, method, path, body string, into any) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if into != nil {
		if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
			t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
		}
	}
	return w
}

func TestAPI(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	k.company(12)
	if _, err := k.books.Adopt(k.ctx, rulebook.AdoptInput{Rulebook: book, EffectiveFrom: day(t, "2026-01-01")}); err != nil {
		t.Fatal(err)
	}
	h := k.web(k.ctx)
	var run RunView
	if w := call(t, h, "POST", "/gradings", `{"rulebook":"key-accounts","as_of":"2026-06-30"}`, &run); w.Code != http.StatusAccepted || run.State != "running" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	jobID, err := id.Parse(run.JobID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.run.RunJob(k.ctx, jobID); err != nil {
		t.Fatal(err)
	}
	var found httpapi.List[FoundView]
	call(t, h, "GET", "/gradings/"+run.ID+"/verdicts?limit=5", "", &found)
	if len(found.Items) != 5 || found.NextCursor == "" || !found.Items[0].Moved {
		t.Errorf("verdicts: %+v", found)
	}
	var why Explained
	call(t, h, "GET", "/verdicts/"+found.Items[0].CustomerID+"/"+found.Items[0].VerdictID, "", &why)
	if why.Verdict != found.Items[0].Code || why.Customer.Code != found.Items[0].CustomerCode || len(why.Clauses) == 0 {
		t.Errorf("why: %+v", why)
	}
	var o OverviewView
	call(t, h, "GET", "/grading/overview?rulebook=key-accounts", "", &o)
	if o.Total != 12 || o.Last == nil || o.Last.ID != run.ID || len(o.Moves) == 0 || len(o.History) != 1 || len(o.Now) != len(o.Scheme.Labels)+1 {
		t.Errorf("overview: %+v", o)
	}
	for _, path := range []string{
		"/gradings", "/gradings/" + run.ID, "/gradings/" + run.ID + "/without-verdict", "/grading/schemes",
		"/customers/" + found.Items[0].CustomerID + "/verdicts", "/customers/" + found.Items[0].CustomerID + "/standings",
	} {
		if w := call(t, h, "GET", path, "", nil); w.Code != http.StatusOK {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	for path, code := range map[string]int{"/gradings/12": 404, "/gradings/abc": 404, "/grading/overview?rulebook=none": 404, "/verdicts/1/2": 404, "/gradings/" + run.ID + "/verdicts?cursor=x": 422} {
		if w := call(t, h, "GET", path, "", nil); w.Code != code {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	if w := call(t, h, "POST", "/gradings", `{"rulebook":"key-accounts","as_of":"2026-02-30"}`, nil); w.Code != 422 || !strings.Contains(w.Body.String(), "field.not_a_date") {
		t.Errorf("a day that does not exist: %d %s", w.Code, w.Body)
	}
	var job JobView
	if w := call(t, h, "POST", "/rulebooks/key-accounts/simulate", `{"settings":{"below_one_percent":"ordinary"}}`, &job); w.Code != http.StatusAccepted {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	simulation, err := id.Parse(job.JobID)
	if err != nil {
		t.Fatal(err)
	}
	done, err := k.run.RunJob(k.ctx, simulation)
	var sim Simulation
	if err != nil || json.Unmarshal(done.Result, &sim) != nil || sim.InScope != 12 || len(sim.Cells) == 0 {
		t.Errorf("simulation: %s %v", done.Result, err)
	}
	k.downloads(h, run.ID)
}

func (k *kit) downloads(h http.Handler, runID string) {
	k.t.Helper()
	w := call(k.t, h, "GET", "/gradings/"+runID+"/export?format=csv&lang=en", "", nil)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\uFEFF"))).ReadAll()
	if err != nil || len(rows) != 13 || rows[0][0] != "Customer code" || rows[1][4] != "Strategic" {
		k.t.Errorf("csv: %v %v", rows, err)
	}
	w = call(k.t, h, "GET", "/gradings/"+runID+"/export?format=xlsx", "", nil)
	f, err := excelize.OpenReader(w.Body)
	if err != nil {
		k.t.Fatal(err)
	}
	sheetRows, err := f.GetRows(f.GetSheetName(0))
	if err != nil || len(sheetRows) != 13 || sheetRows[0][0] != "客户编号" || sheetRows[1][4] != "战略客户" {
		k.t.Errorf("xlsx: %v %v", sheetRows, err)
	}
	if n := k.one("SELECT COUNT(*) FROM audit_entry WHERE action = 'grading.export'"); n != 2 {
		k.t.Errorf("%d exports in the audit", n)
	}
	poor := k.web(as(k, 7, authz.ReachNone))
	for _, path := range []string{"/gradings", "/gradings/" + runID + "/export", "/grading/schemes"} {
		if w := call(k.t, poor, "GET", path, "", nil); w.Code != http.StatusForbidden {
			k.t.Errorf("%s without the right: %d", path, w.Code)
		}
	}
}
