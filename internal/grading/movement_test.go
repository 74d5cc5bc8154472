package grading

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// moving grades key accounts on three days: M1 falls, M2 rises, M3 stays, M4 comes in after the first day, M5 is archived after it.
func moving(k *kit) {
	k.t.Helper()
	k.customers(who{code: "M1", owner: 7}, who{code: "M2", owner: 7}, who{code: "M3"}, who{code: "M5"})
	k.orders(sale{code: "M1", on: "2025-06-10", amount: 9_000_00, document: "1"}, sale{code: "M2", on: "2025-06-10", amount: 100_00, document: "2"},
		sale{code: "M3", on: "2025-06-10", amount: 400_00, document: "3"}, sale{code: "M5", on: "2025-06-10", amount: 500_00, document: "5"})
	k.grade(book, "2025-06-30")
	k.customers(who{code: "M4"})
	k.tx(func(q db.Q) error {
		_, err := q.Exec(k.ctx, "UPDATE customer SET archived_at = 1 WHERE code = 'M5'")
		return err
	})
	k.orders(sale{code: "M2", on: "2025-12-10", amount: 900_000_00, document: "6"}, sale{code: "M4", on: "2025-12-10", amount: 1_000_00, document: "7"},
		sale{code: "M3", on: "2025-12-10", amount: 30_000_00, document: "8"})
	k.grade(book, "2025-12-31")
	k.grade(book, "2026-01-31")
}

// standOn gives code -> grade of a day's run, for working out by hand what a matrix must say.
func (k *kit) standOn(asOf string) map[string]string {
	k.t.Helper()
	out := map[string]string{}
	_, err := db.List(k.ctx, k.db.Read(), `SELECT c.code, v.code FROM verdict v JOIN customer c ON c.id = v.customer_id
		WHERE v.rulebook = ? AND v.as_of = ? AND v.reason <> 'not_in_scope'`, []any{book, asOf}, func(r db.Rows) (int, error) {
		out[string(r.Bytes(0))] = string(r.Bytes(1))
		return 0, nil
	})
	if err != nil {
		k.t.Fatal(err)
	}
	return out
}

func TestMatrixBetweenAnyTwoDays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		moving(k)
		m, err := k.s.Matrix(k.ctx, book, "", day(t, "2025-07-15"), day(t, "2026-01-15"))
		if err != nil || m.Earlier.AsOf != day(t, "2025-06-30") || m.Later.AsOf != day(t, "2025-12-31") {
			t.Fatalf("%s to %s: %v", m.Earlier.AsOf, m.Later.AsOf, err)
		}
		before, after := k.standOn("2025-06-30"), k.standOn("2025-12-31")
		want := map[string]int64{}
		for _, code := range []string{"M1", "M2", "M3", "M4", "M5"} {
			was, ok := before[code]
			if !ok {
				was = outside
			}
			is, ok := after[code]
			if !ok {
				is = outside
			}
			want[was+">"+is]++
		}
		got := map[string]int64{}
		for _, c := range m.Cells {
			got[c.From+">"+c.To] = c.Count
		}
		if fmt.Sprint(got) != fmt.Sprint(want) || m.Entered != 1 || m.Left != 1 {
			t.Errorf("cells %v, want %v; entered %d, left %d", got, want, m.Entered, m.Left)
		}
		if m.Up+m.Down+m.Stayed+m.Aside != 3 || m.Down == 0 || m.Up == 0 {
			t.Errorf("up %d, down %d, stayed %d, aside %d", m.Up, m.Down, m.Stayed, m.Aside)
		}
		for _, c := range m.Cells {
			k.behind(c)
		}
		if _, err := k.s.Matrix(k.ctx, book, "", day(t, "2024-01-01"), calendar.None); errs.CodeOf(err) != "grading.no_run" {
			t.Errorf("before the first run: %v", err)
		}
	})
}

// behind checks that the list behind a cell has as many customers as the cell says, page by page, and that they are those.
func (k *kit) behind(c Move) {
	k.t.Helper()
	f := MovedFilter{Rulebook: book, From: day(k.t, "2025-07-15"), To: day(k.t, "2026-01-15"), FromCode: c.From, ToCode: c.To, Limit: 1}
	n := int64(0)
	for {
		list, next, err := k.s.Moved(k.ctx, f)
		if err != nil {
			k.t.Fatal(err)
		}
		for _, x := range list {
			if x.From != c.From || x.To != c.To || (x.FromVerdict == 0) != (c.From == outside) || (x.ToVerdict == 0) != (c.To == outside) {
				k.t.Errorf("%+v behind %s>%s", x, c.From, c.To)
			}
			n++
		}
		if f.Cursor = next; next == "" {
			break
		}
	}
	if n != c.Count {
		k.t.Errorf("%d behind %s>%s, the cell says %d", n, c.From, c.To, c.Count)
	}
}

func TestMixStabilityAndCoverage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		moving(k)
		mix, err := k.s.Mix(k.ctx, book, "", calendar.None, calendar.None)
		if err != nil || len(mix.Days) != 3 {
			t.Fatalf("%d days: %v", len(mix.Days), err)
		}
		for _, x := range mix.Days {
			counts := map[string]int64{}
			for _, code := range k.standOn(x.Run.AsOf.String()) {
				counts[code]++
			}
			for code, n := range counts {
				if x.Counts[code] != n {
					t.Errorf("%s: %d of %q, want %d", x.Run.AsOf, x.Counts[code], code, n)
				}
			}
			if x.Total != 4 {
				t.Errorf("%s: %d customers", x.Run.AsOf, x.Total)
			}
		}
		_, steps, err := k.s.Stability(k.ctx, book, "")
		if err != nil || len(steps) != 2 || steps[1].Compared != steps[1].Unchanged || steps[1].Compared != 4 || steps[0].Compared != 3 || steps[0].Unchanged == 3 {
			t.Errorf("steps %+v: %v", steps, err)
		}
		k.customers(who{code: "N1"}, who{code: "N2", owner: 7})
		c, err := k.s.Coverage(k.ctx, book, "")
		if err != nil || c.NotYet != 2 || c.Run == nil || c.Run.InScope != 4 {
			t.Errorf("coverage %+v: %v", c, err)
		}
		list, next, err := k.s.NotYetJudged(k.ctx, book, "", "", 1)
		if err != nil || len(list) != 1 || list[0].CustomerCode != "N1" || next == "" {
			t.Fatalf("%+v %q: %v", list, next, err)
		}
		if list, next, err = k.s.NotYetJudged(k.ctx, book, "", next, 1); err != nil || len(list) != 1 || list[0].CustomerCode != "N2" || next != "" {
			t.Errorf("%+v %q: %v", list, next, err)
		}
	})
}

func TestMovementKeepsToTheReach(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		moving(k)
		own := as(k, 7, authz.ReachOwn)
		m, err := k.s.Matrix(own, book, "", day(t, "2025-06-30"), day(t, "2025-12-31"))
		n := int64(0)
		for _, c := range m.Cells {
			n += c.Count
		}
		if err != nil || n != 2 {
			t.Errorf("%d customers in the matrix of somebody with two: %v", n, err)
		}
		mix, err := k.s.Mix(own, book, "", calendar.None, calendar.None)
		if err != nil || mix.Days[0].Total != 2 {
			t.Errorf("mix %+v: %v", mix.Days[0], err)
		}
		v, err := k.s.Value(own, book, "", calendar.None, "order")
		total := int64(0)
		for _, r := range v.Rows {
			total += r.Revenue["CNY"]
		}
		if err != nil || total != 909_100_00 {
			t.Errorf("revenue %d: %v", total, err)
		}
		if _, err := k.s.Matrix(context.Background(), book, "", calendar.None, calendar.None); errs.CodeOf(err) != "auth.signed_out" {
			t.Errorf("nobody: %v", err)
		}
	})
}

// did notes a duty that was done for a customer on 2025-08-01, by a rule of a version of a rulebook.
func (k *kit) did(code, rulebookID, version, key, activity string) {
	k.t.Helper()
	n := id.New(k.now)
	dbtest.Exec(k.t, k.db, `INSERT INTO duty (customer_id, id, rulebook, version, scheme, rule, clause, title_zh, title_en, verdict_id, grade, activity, every, evidence, assumed, role,
		owner_id, unit_id, window_from, due_on, state, plan_key, done_on, done_at, done_by, note, fact_id, reason, idem_key, idem_hash, version_no, created_at, updated_at)
		VALUES (?,?,?,?,'',?,'','','',0,'',?,'','',0,'',0,0,'2025-08-01','2025-08-01','kept',?,'2025-08-01',0,0,'',0,'','','',1,0,0)`,
		k.ids[code], n, rulebookID, version, key, activity, id.String(n))
}

// The hours of a duty are those of the version that planned it; the usual time where it says none, or is gone.
func TestValueCountsTheHoursOfTheRulebook(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		moving(k)
		for version, hours := range map[string]string{"1.0.0": "2.5", "1.1.0": "0.25"} {
			files, err := rulebook.Fresh(rulebook.Template{ID: "our-rules", Title: rule.Text{Zh: "我们的制度", En: "Our rules"}})
			if err != nil {
				t.Fatal(err)
			}
			text := strings.Replace(files[rule.FileRulebook], "do: visit,", "do: visit, hours: "+hours+",", 1)
			files[rule.FileRulebook] = strings.Replace(text, "version: 1.0.0", "version: "+version, 1)
			if !strings.Contains(text, "hours: "+hours) || !strings.Contains(files[rule.FileRulebook], "version: "+version) {
				t.Fatalf("the template is another: %s", files[rule.FileRulebook])
			}
			if _, err := k.books.Upload(k.ctx, files); err != nil {
				t.Fatal(err)
			}
		}
		for _, done := range []struct {
			customer, version, key, activity string
			minutes                          int64
		}{
			{"M2", "1.0.0", "visit_a", "visit", 150},
			{"M2", "1.0.0", "visit_a", "visit", 150},
			{"M1", "1.1.0", "visit_a", "visit", 15},
			{"M3", "1.0.0", "no_rule", "visit", rule.UsualMinutes("visit")},
			{"M4", "7.0.0", "visit_a", "call", rule.UsualMinutes("call")},
		} {
			before := k.minutes()
			k.did(done.customer, "our-rules", done.version, done.key, done.activity)
			stood, after := k.standOn("2025-12-31"), k.minutes()
			for code, n := range after {
				want := before[code]
				if code == stood[done.customer] {
					want += done.minutes
				}
				if n != want {
					t.Errorf("%+v: %s has %d minutes, not %d", done, code, n, want)
				}
			}
		}
	})
}

// minutes gives the effort of each grade as of 2025-12-31.
func (k *kit) minutes() map[string]int64 {
	k.t.Helper()
	v, err := k.s.Value(k.ctx, book, "", day(k.t, "2025-12-31"), "order")
	if err != nil {
		k.t.Fatal(err)
	}
	out := map[string]int64{}
	for _, r := range v.Rows {
		out[r.Code] = r.Minutes
	}
	return out
}

func TestValuePerGrade(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		moving(k)
		for _, activity := range []string{"visit", "call", "unheard"} {
			k.did("M2", "", "", "", activity)
		}
		v, err := k.s.Value(k.ctx, book, "", day(t, "2025-12-31"), "order")
		if err != nil {
			t.Fatal(err)
		}
		stood := k.standOn("2025-12-31")
		want := map[string]int64{} // orders after 2024-12-31 up to 2025-12-31
		for code, n := range map[string]int64{"M1": 9_000_00, "M2": 900_100_00, "M3": 30_400_00, "M4": 1_000_00} {
			want[stood[code]] += n
		}
		for _, r := range v.Rows {
			if r.Revenue["CNY"] != want[r.Code] {
				t.Errorf("%s: %d, want %d", r.Code, r.Revenue["CNY"], want[r.Code])
			}
			if wantDuties := r.Code == stood["M2"]; (r.Duties == 3) != wantDuties || (r.Minutes == 180+30+60) != wantDuties {
				t.Errorf("%s: %d duties, %d minutes", r.Code, r.Duties, r.Minutes)
			}
		}
	})
}

func TestAccuracyByPeopleAndSales(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		judging(k)
		k.grade(dealers, "2026-01-31")
		for _, code := range []string{"J1", "J3"} {
			k.orders(sale{code: code, on: "2026-03-01", amount: 5_00, document: "x" + code})
		}
		k.now = k.now.Add(1000000)
		if _, err := k.s.Judge(k.ctx, dealers, []JudgeInput{{CustomerID: k.ids["J1"], Item: "local_influence", Value: "3", From: day(t, "2026-01-15")}}); err != nil {
			t.Fatal(err)
		}
		a, err := k.s.Accuracy(k.ctx, dealers, "", calendar.None)
		if err != nil || a.Judged != 3 || a.Corrected != 1 {
			t.Errorf("%+v: %v", a, err)
		}
		if a.Rank == nil || a.Rank.Customers != 3 || a.Rank.Agreeing != 3 || a.Rank.Currency != "CNY" { // all have the same grade
			t.Errorf("rank %+v", a.Rank)
		}
	})
}

func TestRankAgreement(t *testing.T) {
	for _, c := range []struct {
		name string
		list [][2]int64 // position, sales; most sales first
		want int64
	}{
		{"as graded", [][2]int64{{0, 9}, {1, 5}, {1, 4}, {2, 1}}, 4},
		{"the other way round", [][2]int64{{2, 9}, {1, 5}, {1, 4}, {0, 1}}, 2},
		{"all equal", [][2]int64{{2, 5}, {1, 5}, {1, 5}, {0, 5}}, 4},
		{"two equal on either side of a line", [][2]int64{{1, 7}, {0, 7}, {2, 3}}, 3},
		{"one out of place", [][2]int64{{1, 9}, {0, 5}, {2, 3}, {2, 1}}, 2},
	} {
		var o rankOrder
		for _, x := range c.list {
			o.add(int(x[0]), x[1])
		}
		if n, got := o.agreeing(); n != int64(len(c.list)) || got != c.want {
			t.Errorf("%s: %d of %d, want %d", c.name, got, n, c.want)
		}
	}
}

func TestBasisPoints(t *testing.T) {
	for _, c := range [][3]int64{{1, 3, 3333}, {2, 3, 6667}, {1, 2, 5000}, {0, 5, 0}, {5, 0, 0}, {-1, 5, 0}, {1 << 62, 1 << 62, 10000}, {1, 20000, 1}, {1, 20001, 0}} {
		if got := basisPoints(c[0], c[1]); got != c[2] {
			t.Errorf("%d of %d: %d, want %d", c[0], c[1], got, c[2])
		}
	}
}

func TestMovementOverHTTP(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	moving(k)
	h := k.web(k.ctx)
	for path, want := range map[string]string{
		"mix?rulebook=key-accounts":                                                             `"day":"2026-01-31"`,
		"matrix?rulebook=key-accounts&from=2025-06-30&to=2025-12-31":                            `"entered":1`,
		"customers?rulebook=key-accounts&from=2025-06-30&to=2025-12-31&from_code=-&to_code=key": `"items":[`,
		"value?rulebook=key-accounts":                                                           `"currency":"CNY"`,
		"stability?rulebook=key-accounts&scheme=key-account":                                    `"unchanged_bp":10000`,
		"accuracy?rulebook=key-accounts&as_of=2025-12-31":                                       `"corrected":0`,
		"coverage?rulebook=key-accounts":                                                        `"not_yet_judged":0`,
		"not-yet-judged?rulebook=key-accounts":                                                  `"items":[]`,
	} {
		if w := call(t, h, "GET", "/grading/movement/"+path, "", nil); w.Code != 200 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	if w := call(t, h, "GET", "/grading/movement/mix?rulebook=nothing", "", nil); w.Code != 404 {
		t.Errorf("an unknown rulebook: %d %s", w.Code, w.Body)
	}
}
