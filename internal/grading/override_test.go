package grading

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// adopted puts a rulebook into force long ago.
func (k *kit) adopted(name string) {
	k.t.Helper()
	if _, err := k.books.Adopt(k.ctx, rulebook.AdoptInput{Rulebook: name, EffectiveFrom: day(k.t, "2026-01-01")}); err != nil {
		k.t.Fatal(err)
	}
}

// work does every job that waits.
func (k *kit) work() {
	k.t.Helper()
	for {
		worked, err := k.run.RunDue(k.ctx)
		if err != nil {
			k.t.Fatal(err)
		}
		if !worked {
			return
		}
	}
}

// override approves a grade for a customer, as the end of a case does.
func (k *kit) override(code, scheme, grade, until string) error {
	k.t.Helper()
	err := k.db.InTx(k.ctx, func(q db.Q) error {
		return k.s.Override(k.ctx, q, OverrideInput{
			CustomerID: k.ids[code], Scheme: scheme, Code: grade, Until: day(k.t, until), Title: rule.Text{Zh: "改定等级 GD-1", En: "Override GD-1"}, Reason: "并购",
			By: 7, ByName: "赵总监、孙总", CaseID: 99, Basis: rule.DecisionBasis{Rulebook: "house-approvals", Version: houseVersion(k), Number: "4.2"},
		})
	})
	k.work()
	return err
}

// houseVersion gives the version of the approvals that is shipped.
func houseVersion(k *kit) string {
	d, err := k.books.Get(k.ctx, "house-approvals")
	if err != nil {
		k.t.Fatal(err)
	}
	return d.Newest.Version
}

// nextDay lets a night pass, with what runs in it.
func (k *kit) nextDay() {
	k.t.Helper()
	k.now = k.now.AddDate(0, 0, 1)
	spec, _ := k.s.Daily()
	k.tx(func(q db.Q) error { _, err := k.run.Enqueue(k.ctx, q, spec); return err })
	k.work()
}

// stands gives the code and the day of a customer's standing.
func (k *kit) stands(code, scheme string) string {
	k.t.Helper()
	var grade, asOf string
	if err := db.Get(k.ctx, k.db.Read(), "SELECT code, as_of FROM standing WHERE customer_id = ? AND scheme = ?", []any{k.ids[code], scheme}, &grade, &asOf); err != nil {
		k.t.Fatal(err)
	}
	return grade + " " + asOf
}

func (k *kit) today() string { return k.s.Today().String() }

// An override is the grade at once, in every grading until its last day, and no longer: the day after it ends by itself.
func TestAnOverrideCountsUntilItsLastDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(12)
		k.adopted(book)
		k.grade(book, "2026-06-30")
		if got := k.stands("K00000", "key-account"); got != "strategic 2026-06-30" {
			t.Fatal(got)
		}
		k.now = k.now.Add(time.Hour)
		if err := k.override("K00000", "key-account", "ordinary", "2026-07-02"); err != nil {
			t.Fatal(err)
		}
		if got := k.stands("K00000", "key-account"); got != "ordinary 2026-06-30" {
			t.Errorf("at once: %s", got)
		}
		e, err := k.s.Explain(k.ctx, "K00000", book)
		if err != nil {
			t.Fatal(err)
		}
		x := e.Explanation.Decided
		if e.Origin != OriginOverride || e.Verdict != "ordinary" || x == nil || x.Without != "strategic" || x.By != "赵总监、孙总" || x.Reason != "并购" || x.Until != "2026-07-02" || x.Basis.Number != "4.2" {
			t.Errorf("%+v %+v", e, x)
		}
		if last := e.Clauses[len(e.Clauses)-1]; last.Rulebook != "house-approvals" || last.Number != "4.2" {
			t.Errorf("the clause it rests on: %+v", e.Clauses)
		}
		var page strings.Builder
		if err := WriteStatement(&page, e, "zh", k.s.Today()); err != nil || !strings.Contains(page.String(), "赵总监、孙总") || !strings.Contains(page.String(), "2026-07-02") {
			t.Errorf("the statement: %v", err)
		}
		for _, whole := range []bool{false, true} {
			k.now = k.now.Add(time.Hour)
			sum, err := k.s.Grade(k.ctx, book, k.s.Today(), Options{Whole: whole}, nil)
			if err != nil || sum.Changed != 0 || !strings.Contains(k.export(sum.RunID), "K00000,ordinary") {
				t.Errorf("graded again (whole %v): %+v %v", whole, sum, err)
			}
		}
		now, err := k.s.Simulate(k.ctx, Draft{Rulebook: book}, k.s.Today(), func(int64, int64) error { return nil })
		if err != nil || now.Changed != 0 || now.Before["ordinary"] == 0 {
			t.Errorf("simulated: %+v %v", now.SchemeMoves, err)
		}
		for k.today() < "2026-07-02" {
			k.nextDay()
			k.grade(book, k.today())
			if got := k.stands("K00000", "key-account"); got != "ordinary "+k.today() {
				t.Errorf("while it runs: %s", got)
			}
		}
		k.nextDay()
		if got := k.stands("K00000", "key-account"); got != "strategic 2026-07-03" {
			t.Errorf("the day after: %s", got)
		}
		if n := k.one("SELECT COUNT(*) FROM movement WHERE customer_id = ? AND from_code = 'ordinary' AND to_code = 'strategic'", k.ids["K00000"]); n != 1 {
			t.Errorf("%d movements back", n)
		}
		verdicts := k.one("SELECT COUNT(*) FROM verdict")
		k.nextDay()
		if n := k.one("SELECT COUNT(*) FROM verdict"); n != verdicts {
			t.Error("a second night judged somebody again")
		}
		back := k.grade(book, "2026-07-01") // as of a day of its term it counts whenever one looks
		if !strings.Contains(k.export(back.RunID), "K00000,ordinary") {
			t.Error("as of a day of its term it is gone")
		}
	})
}

// Taken back early it ends that day; what cannot be taken back says why; a review's decision shows again after it.
func TestAnOverrideIsWithdrawn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(3)
		k.adopted(book)
		k.grade(book, "2026-06-30")
		k.tx(func(q db.Q) error {
			_, err := k.s.Decide(k.ctx, q, []Decision{{
				CustomerID: k.ids["K00001"], Rulebook: book, Scheme: "key-account", Code: "key", From: day(t, "2026-06-30"), Until: day(t, "2027-06-29"), Source: SourceReview, SourceID: 5,
			}})
			return err
		})
		k.now = k.now.Add(time.Hour)
		if err := k.override("K00001", "", "ordinary", "2026-12-31"); err != nil {
			t.Fatal(err)
		}
		list, err := k.s.Decisions(k.ctx, k.ids["K00001"])
		if err != nil || len(list) != 2 || list[0].State != DecisionCounts || list[1].State != DecisionHidden {
			t.Fatalf("%+v %v", list, err)
		}
		k.nextDay()
		regional := authz.With(k.ctx, authz.Actor{UserID: 3, Grants: authz.GrantsOf([]string{authz.RoleRegionalManager})})
		for name, c := range map[string]struct {
			err  error
			code string
		}{
			"without the right": {second(k.s.WithdrawOverride(regional, k.ids["K00001"], list[0].ID, "x")), "auth.forbidden"},
			"without a reason":  {second(k.s.WithdrawOverride(k.ctx, k.ids["K00001"], list[0].ID, " ")), "invalid_input"},
			"a review's":        {second(k.s.WithdrawOverride(k.ctx, k.ids["K00001"], list[1].ID, "x")), "override.not_one"},
			"another's":         {second(k.s.WithdrawOverride(k.ctx, k.ids["K00002"], list[0].ID, "x")), "not_found"},
		} {
			if errs.CodeOf(c.err) != c.code {
				t.Errorf("%s: %v", name, c.err)
			}
		}
		one, err := k.s.WithdrawOverride(k.ctx, k.ids["K00001"], list[0].ID, "并购未成")
		if err != nil || one.State != DecisionWithdrawn || one.Withdrawn == nil || one.Withdrawn.Reason != "并购未成" {
			t.Fatalf("%+v %v", one, err)
		}
		k.work()
		if got := k.stands("K00001", "key-account"); got != "key 2026-07-01" {
			t.Errorf("what the review decided counts again: %s", got)
		}
		if _, err := k.s.WithdrawOverride(k.ctx, k.ids["K00001"], list[0].ID, "x"); errs.CodeOf(err) != "override.over" {
			t.Errorf("twice: %v", err)
		}
		if err := k.override("K00002", "key-account", "ordinary", "2026-12-31"); err != nil {
			t.Fatal(err)
		}
		k.tx(func(q db.Q) error { return k.s.UndoOverride(k.ctx, q, 99, 7, "赵总监", "重新审批") })
		k.work()
		if got := k.stands("K00002", "key-account"); strings.HasPrefix(got, "ordinary") {
			t.Errorf("its case was opened again: %s", got)
		}
		for _, c := range [][3]string{{"nothing", "key", "override.unknown_scheme"}, {"key-account", "Z", "override.unknown_grade"}} {
			if err := k.override("K00000", c[0], c[1], "2026-12-31"); errs.CodeOf(err) != c[2] {
				t.Errorf("%v: %v", c, err)
			}
		}
		if err := k.override("K00000", "key-account", "key", "2026-06-30"); errs.CodeOf(err) != "override.ended" {
			t.Errorf("a day that has passed: %v", err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

// Schemes that read the grade of an earlier one read the grade people decided on, whether a review or an override did.
func TestLaterSchemesReadTheDecidedGrade(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(6)
		k.adopted(threeAxes)
		k.grade(threeAxes, "2026-06-30")
		for _, code := range []string{"K00003", "K00004"} {
			if got := k.stands(code, "axis-treatment"); got != "focus 2026-06-30" {
				t.Fatalf("%s: %s", code, got)
			}
		}
		k.now = k.now.Add(time.Hour)
		for scheme, grade := range map[string]string{"axis-importance": "ordinary", "axis-value": "low"} {
			if err := k.override("K00003", scheme, grade, "2026-07-31"); err != nil {
				t.Fatal(err)
			}
			k.tx(func(q db.Q) error {
				_, err := k.s.Decide(k.ctx, q, []Decision{{
					CustomerID: k.ids["K00004"], Rulebook: threeAxes, Scheme: scheme, Code: grade, From: day(t, "2026-06-30"), Until: calendar.None, Source: SourceReview, SourceID: 5,
				}})
				return err
			})
		}
		k.now = k.now.Add(time.Hour)
		k.grade(threeAxes, "2026-06-30")
		for _, code := range []string{"K00003", "K00004"} {
			if got := k.stands(code, "axis-treatment"); strings.HasPrefix(got, "focus") || !strings.HasSuffix(got, " 2026-06-30") {
				t.Errorf("%s: %s", code, got)
			}
			e, err := k.s.ExplainScheme(k.ctx, code, threeAxes, "axis-treatment")
			if err != nil || e.Origin != OriginComputed {
				t.Fatalf("%+v %v", e, err)
			}
			n := 0
			for _, s := range e.Explanation.Schemes {
				if s.Decided {
					n++
				}
			}
			if n == 0 {
				t.Errorf("%s: %+v", code, e.Explanation.Schemes)
			}
		}
		computed := map[string]string{}
		for _, scheme := range []string{"axis-importance", "axis-value", "axis-treatment"} {
			p, err := k.s.Preview(k.ctx, PreviewInput{Rulebook: threeAxes, Scheme: scheme, AsOf: day(t, "2026-06-30"), Customers: []int64{k.ids["K00003"]}})
			if err != nil {
				t.Fatal(err)
			}
			computed[scheme] = p[0].Code
		}
		if computed["axis-treatment"] == "focus" || computed["axis-importance"] != "core" && computed["axis-value"] != "high" {
			t.Errorf("a preview tells what follows, and reads what was decided elsewhere: %v", computed)
		}
	})
}

// The verdict before, which a rulebook may hold on to, is what followed, so that nobody keeps a decided grade beyond its term.
func TestADecidedGradeIsNotHeld(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(3)
		k.adopted(book)
		if err := k.override("K00002", "key-account", "ordinary", "2026-06-30"); err != nil {
			t.Fatal(err)
		}
		if got := k.stands("K00002", "key-account"); !strings.HasPrefix(got, "ordinary") {
			t.Fatal(got)
		}
		before, err := previousIn(k.ctx, d.Read(), book, day(t, "2026-07-01"), span{last: 1<<62 - 1})
		if err != nil || before[k.ids["K00002"]]["key-account"].Code != "strategic" {
			t.Errorf("%+v %v", before[k.ids["K00002"]], err)
		}
	})
}

// lived is an override as the property knows it.
type lived struct {
	customer, code string
	from, until    calendar.Date
	withdrawn      calendar.Date // None = not
	decision       int64
}

// Whatever is overridden, withdrawn and graded in whichever order, on no day does anybody stand at a decided grade after its last
// day, and while a term runs the newest one counts. Both databases say the same, byte for byte.
func TestAnOverrideNeverOutlivesItsTerm(t *testing.T) {
	told := map[db.Dialect]string{}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(6)
		k.adopted(book)
		k.grade(book, k.today())
		computed := map[string]string{}
		for code := range k.ids {
			computed[code] = strings.Fields(k.stands(code, "key-account"))[0]
		}
		draw, codes := rand.New(rand.NewPCG(11, 5)), []string{"strategic", "key", "ordinary"}
		var all []*lived
		for range 14 {
			for range draw.IntN(3) {
				k.now = k.now.Add(time.Minute)
				k.liveOverride(draw, codes, &all)
			}
			if draw.IntN(2) == 0 {
				k.now = k.now.Add(time.Hour)
				if _, err := k.s.Grade(k.ctx, book, k.s.Today(), Options{Whole: draw.IntN(2) == 0}, nil); err != nil {
					t.Fatal(err)
				}
			}
			for code := range k.ids {
				want := computed[code]
				for _, o := range all {
					if today := k.s.Today(); o.customer == code && o.from <= today && today <= o.until && (o.withdrawn == calendar.None || today < o.withdrawn) {
						want = o.code
					}
				}
				if got := strings.Fields(k.stands(code, "key-account"))[0]; got != want {
					t.Fatalf("%s on %s: %s, want %s", code, k.today(), got, want)
				}
			}
			told[d.Dialect()] += k.outcomes(book, k.today())
			k.nextDay()
		}
		if len(all) < 5 {
			t.Fatalf("only %d overrides were drawn", len(all))
		}
	})
	if a, b := told[db.SQLite], told[db.Postgres]; a != "" && b != "" && a != b {
		t.Errorf("the databases differ\n%s", firstDifference(a, b))
	}
}

// liveOverride overrides a grade or takes one back, chosen by the seed.
func (k *kit) liveOverride(draw *rand.Rand, codes []string, all *[]*lived) {
	k.t.Helper()
	if n := len(*all); n > 0 && draw.IntN(4) == 0 {
		o := (*all)[draw.IntN(n)]
		_, err := k.s.WithdrawOverride(k.ctx, k.ids[o.customer], o.decision, "x")
		k.work()
		over := o.until < k.s.Today() || o.withdrawn != calendar.None
		if over != (errs.CodeOf(err) == "override.over") || !over && err != nil {
			k.t.Fatalf("withdrawing %+v: %v", o, err)
		}
		if !over {
			o.withdrawn = k.s.Today()
		}
		return
	}
	o := &lived{
		customer: fmt.Sprintf("K%05d", draw.IntN(6)), code: codes[draw.IntN(len(codes))], from: k.s.Today(), until: k.s.Today().AddDays(draw.IntN(4)), withdrawn: calendar.None,
	}
	if err := k.override(o.customer, "key-account", o.code, o.until.String()); err != nil {
		k.t.Fatal(err)
	}
	list, err := k.s.Decisions(k.ctx, k.ids[o.customer])
	if err != nil {
		k.t.Fatal(err)
	}
	for _, d := range list {
		o.decision = max(o.decision, d.ID)
	}
	*all = append(*all, o)
}

// What counts is worked out as one would by hand, for any decisions in any order of days.
func TestCountingDecisions(t *testing.T) {
	draw := rand.New(rand.NewPCG(2, 9))
	for range 3000 {
		var list []Decision
		from := calendar.Date(100)
		for i := range 1 + draw.IntN(6) {
			from += calendar.Date(draw.IntN(4))
			d := Decision{ID: int64(i + 1), Code: []string{"A", "B", "", "C"}[draw.IntN(4)], From: from, Until: calendar.None}
			if draw.IntN(3) > 0 {
				d.Until = from.AddDays(draw.IntN(6))
			}
			if i > 0 && draw.IntN(4) == 0 {
				d.Revokes, d.Code, d.Until = int64(1+draw.IntN(i)), "", calendar.None
			}
			list = append(list, d)
		}
		for on := calendar.Date(98); on < 125; on++ {
			want := ""
			for i := range list { // the last one that runs and was not taken back says it
				d := &list[i]
				runs := d.Revokes == 0 && d.From <= on && (d.Until == calendar.None || on <= d.Until)
				for j := range list {
					runs = runs && (list[j].Revokes != d.ID || list[j].From > on)
				}
				if runs {
					want = d.Code
				}
			}
			got := ""
			if d := counting(list, on); d != nil {
				got = d.Code
				if d.Until != calendar.None && d.Until < on {
					t.Fatalf("%+v counts on %d", d, on)
				}
			}
			if got != want {
				text, _ := json.Marshal(list)
				t.Fatalf("on %d %q counts, want %q: %s", on, got, want, text)
			}
		}
	}
}

// A decision made in a case is found by it, whichever customer it is about.
func TestDecisionsCarryTheirCase(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	k.company(2)
	k.adopted(book)
	if err := k.override("K00000", "key-account", "key", "2026-12-31"); err != nil {
		t.Fatal(err)
	}
	list, err := overridesOf(k.ctx, k.db.Read(), 99)
	if err != nil || len(list) != 1 || list[0].CustomerID != k.ids["K00000"] || list[0].SourceID != 99 {
		t.Errorf("%+v %v", list, err)
	}
	if n := k.one("SELECT COUNT(*) FROM audit_entry WHERE action = 'grade.decide' AND entity_id = ?", id.String(list[0].ID)); n != 1 {
		t.Errorf("%d audit entries", n)
	}
}

// A class by sales, and a level that a core class is paid points for and that is kept down to a margin.
const holding = `
rulebook: class-level
version: 1.0.0
title: {zh: 类别与等级, en: Class and level}
owner: {zh: 销售部, en: Sales}
currency: CNY
measures:
  sales: {sum: amount, of: order, window: P12M, title: {zh: 销售额, en: Sales}, clause: "1"}
scorecards:
  total:
    title: {zh: 得分, en: Score}
    clause: "1"
    items: [{measure: sales, clause: "1", points: {bands: [[5000, 70], [1000, 40], {otherwise: true, points: 0}]}}]
    bonus: [{when: {class: core}, points: 30, title: {zh: 核心加分, en: core}, clause: "1"}]
grades:
  - scheme: class
    title: {zh: 类别, en: Class}
    clause: "1"
    from: sales
    labels: [{code: core, title: {zh: 核心, en: Core}, tone: gold}, {code: plain, title: {zh: 普通, en: Plain}, tone: grey}]
    bands: [{code: core, at_least: 100000, clause: "1"}, {code: plain, otherwise: true, clause: "1"}]
  - scheme: level
    title: {zh: 等级, en: Level}
    clause: "1"
    from: total
    labels: [{code: A, title: {zh: A级, en: A}, tone: gold}, {code: B, title: {zh: B级, en: B}, tone: grey}]
    bands: [{code: A, at_least: 80, clause: "1"}, {code: B, otherwise: true, clause: "1"}]
    hold: {margin: 20, clause: "1"}
`

// A later scheme keeps no grade that a decision on an earlier scheme brought it: when the decision has ended, it falls back to what
// follows. What followed by itself is kept.
func TestAGradeThatADecisionBroughtIsNotHeld(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.customers(who{code: "H1"}, who{code: "H2"})
		k.orders(sale{code: "H1", on: "2026-05-10", amount: 6_000_00, document: "1"}, sale{code: "H2", on: "2025-07-02", amount: 200_000_00, document: "2"},
			sale{code: "H2", on: "2026-05-10", amount: 6_000_00, document: "3"})
		files := map[string]string{rule.FileRulebook: holding, rule.FileClauses: "## 1 等级 | Level\n按得分。\n\n> By points.\n", rule.FileCases: "[]\n"}
		if _, err := k.books.Upload(k.ctx, files); err != nil {
			t.Fatal(err)
		}
		k.adopted("class-level")
		if err := k.override("H1", "class", "core", k.today()); err != nil {
			t.Fatal(err)
		}
		k.grade("class-level", k.today())
		levels := func(want string) {
			t.Helper()
			if got := strings.Fields(k.stands("H1", "level"))[0] + strings.Fields(k.stands("H2", "level"))[0]; got != want {
				t.Errorf("on %s H1 and H2 stand at %s, not %s", k.today(), got, want)
			}
		}
		levels("AA") // 70 points and 30 for the class: decided here, followed there
		before, err := previousIn(k.ctx, d.Read(), "class-level", k.s.Today().AddDays(1), span{last: 1<<62 - 1})
		if err != nil || before[k.ids["H1"]]["level"].Code != "B" || before[k.ids["H1"]]["class"].Code != "plain" || before[k.ids["H2"]]["level"].Code != "A" {
			t.Errorf("the verdicts before: %+v %v", before, err)
		}
		k.now = k.now.AddDate(0, 0, 1) // the class of H1 follows again; H2 has lost the large order, and with it the class
		k.grade("class-level", k.today())
		levels("BA")
	})
}
