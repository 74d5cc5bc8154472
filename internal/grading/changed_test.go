package grading

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/fact"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// facts gives the service that records facts in the company of a kit.
func (k *kit) facts() *fact.Service {
	now := clock.Clock(func() time.Time { return k.now })
	return fact.New(k.db, now, k.s.loc, k.bus, customer.New(k.db, now, k.s.loc, k.bus, k.run.Queue))
}

// changes is a seeded sequence of things that happen to a company; two companies with one seed live through the same.
type changes struct {
	k     *kit
	draw  *rand.Rand
	facts *fact.Service
	made  []fact.Fact
	loads []int64
	n     int
}

func (c *changes) who() string { return fmt.Sprintf("K%05d", c.draw.IntN(40)) }

func (c *changes) must(err error) {
	c.k.t.Helper()
	if err != nil {
		c.k.t.Fatal(err)
	}
}

func (c *changes) sql(text string, args ...any) {
	c.k.t.Helper()
	c.k.tx(func(q db.Q) error {
		_, err := q.Exec(c.k.ctx, text, args...)
		return err
	})
}

// once lets one thing happen, chosen by the seed.
func (c *changes) once() {
	c.k.t.Helper()
	k := c.k
	code := c.who()
	now := clock.Micros(k.now)
	switch kind := c.draw.IntN(8); {
	case kind == 0 || len(c.made) == 0:
		amount := int64(c.draw.IntN(3_000_000_00))
		f, err := c.facts.Record(k.ctx, fact.Input{
			CustomerID: k.ids[code], Kind: "order", On: day(k.t, "2026-06-01").AddDays(-c.draw.IntN(300)), Amount: &amount, Currency: "CNY", Status: "shipped",
			Document: fmt.Sprint("R", c.draw.IntN(1000)),
		})
		c.must(err)
		c.made = append(c.made, f)
	case kind == 1:
		i := c.draw.IntN(len(c.made))
		f := c.made[i]
		c.made = append(c.made[:i], c.made[i+1:]...)
		_, err := c.facts.Reverse(k.ctx, f.CustomerID, f.On, f.ID, "wrong")
		c.must(err)
	case kind == 2:
		c.sql("UPDATE customer SET region = ?, updated_at = ? WHERE id = ?", fmt.Sprint(c.draw.IntN(5)), now, k.ids[code])
	case kind == 3:
		c.sql("UPDATE customer SET kind = ?, updated_at = ? WHERE id = ?", []string{"dealer", "project", "oem"}[c.draw.IntN(3)], now, k.ids[code])
	case kind == 4:
		c.sql("UPDATE customer SET archived_at = CASE WHEN archived_at IS NULL THEN 1 END, updated_at = ? WHERE id = ?", now, k.ids[code])
	case kind == 5:
		_, err := k.s.Judge(k.ctx, dealers, []JudgeInput{{CustomerID: k.ids["K00000"], Item: "local_influence", Value: fmt.Sprint(c.draw.IntN(11)), From: calendar.None}})
		if fieldCodes(err) != "items[0].customer grading.judged_customer" { // archived by now
			c.must(err)
		}
	case kind == 6 || len(c.loads) == 0:
		c.load()
	default:
		i := c.draw.IntN(len(c.loads))
		k.tx(func(q db.Q) error { _, err := c.facts.RevertBatch(k.ctx, q, c.loads[i]); return err })
		c.loads = append(c.loads[:i], c.loads[i+1:]...)
	}
	k.now = k.now.Add(time.Minute)
}

// load brings a batch of orders for some customers.
func (c *changes) load() {
	k := c.k
	load, err := c.facts.Begin(k.ctx, "import")
	c.must(err)
	var rows []fact.Incoming
	for range 1 + c.draw.IntN(5) {
		c.n++
		rows = append(rows, fact.Incoming{
			CustomerID: k.ids[c.who()], Kind: "order", On: day(k.t, "2026-06-10"), Amount: int64(c.draw.IntN(900_000_00)), HasAmount: true, Currency: "CNY", Status: "shipped",
			Document: fmt.Sprint("B", c.n),
		})
	}
	k.tx(func(q db.Q) error {
		if _, _, err := load.Append(k.ctx, q, rows); err != nil {
			return err
		}
		return load.Publish(k.ctx, q)
	})
	c.loads = append(c.loads, load.ID())
}

// state is everything a grading leaves behind, without ids and moments.
func (k *kit) state(name, asOf string) string {
	k.t.Helper()
	var out strings.Builder
	out.WriteString(k.outcomes(name, asOf))
	_, err := db.List(k.ctx, k.db.Read(), `SELECT c.code, s.scheme, s.code, s.reason, s.as_of, s.since, s.previous_code FROM standing s JOIN customer c ON c.id = s.customer_id
		ORDER BY c.code, s.scheme`, nil, func(r db.Rows) (int, error) {
		return fmt.Fprintf(&out, "%s %s %s %s %s %s %s\n", r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Bytes(3), r.Bytes(4), r.Bytes(5), r.Bytes(6))
	})
	if err != nil {
		k.t.Fatal(err)
	}
	return out.String()
}

// Judging only those about whom something changed leaves the same behind as judging everybody: verdicts byte for byte, counts,
// standing and movement, whatever happened, and also when the job is interrupted.
func TestJudgingTheChangedIsJudgingAll(t *testing.T) {
	for _, name := range []string{dealers, "spending-loyalty-behaviour"} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				few, all := newKit(t, d), newKit(t, dbtest.SQLite(t))
				var steps []*changes
				for _, k := range []*kit{few, all} {
					k.company(40)
					k.s.pace = pace{page: 3, workers: 2}
					for _, b := range slices.Compact([]string{dealers, name}) {
						if _, err := k.books.Adopt(k.ctx, rulebook.AdoptInput{Rulebook: b, EffectiveFrom: day(t, "2026-01-01")}); err != nil {
							t.Fatal(err)
						}
					}
					k.now = k.now.Add(time.Hour)
					k.grade(name, "2026-06-30")
					k.now = k.now.Add(time.Hour)
					steps = append(steps, &changes{k: k, draw: rand.New(rand.NewPCG(3, 7)), facts: k.facts()})
				}
				changedOnly(t, name, few, all, steps)
			})
		})
	}
}

func changedOnly(t *testing.T, name string, few, all *kit, steps []*changes) {
	t.Helper()
	for round := range 12 {
		for _, c := range steps {
			for range 1 + round%4 {
				c.once()
			}
			c.k.now = c.k.now.Add(time.Hour)
		}
		if round%3 == 2 {
			run := few.interrupted(name, "2026-06-30", 1)
			few.s.watchers.Delete(run.ID)
		}
		a := few.grade(name, "2026-06-30")
		b, err := all.s.Grade(all.ctx, name, day(t, "2026-06-30"), Options{AdoptIfNone: true, Whole: true}, nil)
		if err != nil {
			t.Fatal(err)
		}
		runA, err := few.s.Run(few.ctx, a.RunID)
		if err != nil || runA.Extent != ExtentChanged {
			t.Fatalf("%s round %d judged %s: %v", name, round, runA.Extent, err)
		}
		runB, err := all.s.Run(all.ctx, b.RunID)
		if err != nil || runB.Extent != ExtentFull {
			t.Fatalf("%s round %d judged %s: %v", name, round, runB.Extent, err)
		}
		tallyA, _ := json.Marshal(runA.Tally)
		tallyB, _ := json.Marshal(runB.Tally)
		if string(tallyA) != string(tallyB) {
			t.Errorf("%s round %d: counts %s, want %s", name, round, tallyA, tallyB)
		}
		if got, want := few.state(name, "2026-06-30"), all.state(name, "2026-06-30"); got != want {
			t.Fatalf("%s round %d: the verdicts differ\n%s", name, round, firstDifference(got, want))
		}
		if n := few.one("SELECT COUNT(*) FROM grading_todo"); n != 0 {
			t.Errorf("%d customers are left to be judged", n)
		}
	}
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return x[i] + "\n" + y[i]
		}
	}
	return fmt.Sprint(len(x), " and ", len(y), " lines")
}

// Where customers are compared with each other, one change may move everybody, so everybody is judged; so it is for another
// day, another adoption, and when it is asked for.
func TestWhenEverybodyIsJudged(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	k.company(10)
	extent := func(name, asOf string, whole bool) string {
		t.Helper()
		sum, err := k.s.Grade(k.ctx, name, day(t, asOf), Options{AdoptIfNone: true, Whole: whole}, nil)
		if err != nil {
			t.Fatal(err)
		}
		run, err := k.s.Run(k.ctx, sum.RunID)
		if err != nil {
			t.Fatal(err)
		}
		k.now = k.now.Add(time.Hour)
		return run.Extent
	}
	for i, c := range []struct {
		name, asOf string
		whole      bool
		want       string
	}{
		{dealers, "2026-06-29", false, ExtentFull},
		{dealers, "2026-06-29", false, ExtentChanged},
		{dealers, "2026-06-30", false, ExtentFull},
		{dealers, "2026-06-30", true, ExtentFull},
		{dealers, "2026-06-30", false, ExtentChanged},
		{book, "2026-06-30", false, ExtentFull},
		{book, "2026-06-30", false, ExtentFull},
	} {
		if got := extent(c.name, c.asOf, c.whole); got != c.want {
			t.Errorf("%d: %s as of %s judged %s, want %s", i, c.name, c.asOf, got, c.want)
		}
	}
	if _, err := k.books.Adopt(k.ctx, rulebook.AdoptInput{Rulebook: dealers, EffectiveFrom: day(t, "2026-06-30")}); err != nil {
		t.Fatal(err)
	}
	if got := extent(dealers, "2026-06-30", false); got != ExtentFull {
		t.Errorf("after another adoption: %s", got)
	}
}

// triggering is a rulebook that wants to see serious complaints at once.
const triggering = `
rulebook: watch
version: 1.0.0
title: {zh: 关注, en: Watch}
owner: {zh: 客服部, en: Service}
measures:
  complaints: {count: complaint, of: complaint, where: status == "serious", window: P12M, title: {zh: 严重投诉, en: Serious complaints}, clause: "1"}
grades:
  scheme: watch
  title: {zh: 关注, en: Watch}
  clause: "1"
  from: complaints
  labels:
    - {code: calm, title: {zh: 平稳, en: Calm}, tone: green}
    - {code: watch, title: {zh: 关注, en: Watch}, tone: red}
  bands:
    - {code: calm, below: 1, clause: "1"}
    - {code: watch, at_least: 1, clause: "1"}
  triggers:
    - {on: complaint, where: 'status == "serious"', title: {zh: 严重投诉, en: Serious complaint}, clause: "1"}
`

const triggeringCases = `
- case: none
  as_of: 2026-01-31
  customer: {kind: dealer}
  facts: []
  expect: {grade: calm}
- case: one
  as_of: 2026-01-31
  customer: {kind: dealer}
  facts: [{complaint: {date: 2026-01-05, status: serious}}]
  expect: {grade: watch}
`

// A fact that meets a trigger has its customer judged at once, and nobody else; others wait for the next grading.
func TestTriggers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.s.Subscribe(k.bus)
		k.customers(who{code: "T1"}, who{code: "T2"}, who{code: "T3"})
		files := map[string]string{rule.FileRulebook: triggering, rule.FileClauses: "## 1 关注 | Watch\n严重投诉即关注。\n\n> A serious complaint is watched.\n", rule.FileCases: triggeringCases}
		if _, err := k.books.Upload(k.ctx, files); err != nil {
			t.Fatal(err)
		}
		k.grade("watch", "2026-06-29")
		facts := k.facts()
		for _, x := range []struct{ code, status string }{{"T1", "serious"}, {"T2", "slight"}, {"T1", "serious"}} {
			if _, err := facts.Record(k.ctx, fact.Input{CustomerID: k.ids[x.code], Kind: "complaint", On: day(t, "2026-06-30"), Status: x.status}); err != nil {
				t.Fatal(err)
			}
		}
		k.settle()
		var stood []string
		_, err := db.List(k.ctx, d.Read(), "SELECT c.code, s.code, s.as_of FROM standing s JOIN customer c ON c.id = s.customer_id ORDER BY c.code", nil, func(r db.Rows) (int, error) {
			stood = append(stood, fmt.Sprintf("%s %s %s", r.Bytes(0), r.Bytes(1), r.Bytes(2)))
			return 0, nil
		})
		if err != nil || strings.Join(stood, ", ") != "T1 watch 2026-06-30, T2 calm 2026-06-29, T3 calm 2026-06-29" {
			t.Errorf("%v %v", stood, err)
		}
		if n := k.one("SELECT COUNT(*) FROM grading_run WHERE extent = 'triggered'"); n != 1 {
			t.Errorf("%d runs for two complaints of one customer that came together", n)
		}
		if n := k.one("SELECT COUNT(*) FROM movement WHERE to_code = 'watch'"); n != 1 {
			t.Errorf("%d movements", n)
		}
		runs, _, err := k.s.Runs(k.ctx, RunFilter{}, "", 50)
		if err != nil || len(runs) != 1 {
			t.Errorf("%d runs in the list, which shows complete ones: %v", len(runs), err)
		}
		sum := k.grade("watch", "2026-06-30")
		if sum.InScope != 3 || sum.Verdicts["watch"] != 1 || sum.Verdicts["calm"] != 2 {
			t.Errorf("the grading of the same day: %+v", sum)
		}
	})
}

// settle hands out all events and does all jobs.
func (k *kit) settle() {
	k.t.Helper()
	for {
		if _, err := k.bus.Dispatch(k.ctx); err != nil {
			k.t.Fatal(err)
		}
		worked, err := k.run.RunDue(k.ctx)
		if err != nil {
			k.t.Fatal(err)
		}
		if !worked {
			return
		}
	}
}

// complain loads complaints in one batch, as an import does, and tells of it.
func (k *kit) complain(on string, serious, slight []string) int64 {
	k.t.Helper()
	facts := k.facts()
	load, err := facts.Begin(k.ctx, "import")
	if err != nil {
		k.t.Fatal(err)
	}
	var rows []fact.Incoming
	for status, codes := range map[string][]string{"serious": serious, "slight": slight} {
		for _, code := range codes {
			rows = append(rows, fact.Incoming{CustomerID: k.ids[code], Kind: "complaint", On: day(k.t, on), Status: status})
		}
	}
	k.tx(func(q db.Q) error {
		if _, _, err := load.Append(k.ctx, q, rows); err != nil {
			return err
		}
		return load.Publish(k.ctx, q)
	})
	k.imported("import.completed", load.ID())
	return load.ID()
}

func (k *kit) imported(kind string, batch int64) {
	k.t.Helper()
	k.tx(func(q db.Q) error { return k.bus.Emit(k.ctx, q, kind, 0, map[string]any{"batch_id": id.String(batch)}) })
}

// stood gives every standing with its day.
func (k *kit) stood() map[string]string {
	k.t.Helper()
	out := map[string]string{}
	_, err := db.List(k.ctx, k.db.Read(), "SELECT c.code, s.code, s.as_of FROM standing s JOIN customer c ON c.id = s.customer_id", nil, func(r db.Rows) (int, error) {
		out[string(r.Bytes(0))] = string(r.Bytes(1)) + " " + string(r.Bytes(2))
		return 0, nil
	})
	if err != nil {
		k.t.Fatal(err)
	}
	return out
}

// An import sets triggers off as single facts do: one job judges all customers it concerns, more of them than a page holds,
// and nobody else; a process that dies on the way goes on behind the page it had done; taking the import back judges again.
func TestTriggersOfImports(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.s.Subscribe(k.bus)
		files := map[string]string{rule.FileRulebook: triggering, rule.FileClauses: "## 1 关注 | Watch\n严重投诉即关注。\n\n> A serious complaint is watched.\n", rule.FileCases: triggeringCases}
		if _, err := k.books.Upload(k.ctx, files); err != nil {
			t.Fatal(err)
		}
		var all []who
		var serious []string
		for i := range pageSize + 40 {
			all = append(all, who{code: fmt.Sprintf("I%04d", i)})
			serious = append(serious, all[i].code)
		}
		k.customers(append(all, who{code: "SLIGHT"}, who{code: "NONE"})...)
		k.grade("watch", "2026-06-29")
		batch := k.complain("2026-06-01", serious, []string{"SLIGHT"})

		// The job dies after its first page.
		if _, err := k.bus.Dispatch(k.ctx); err != nil {
			t.Fatal(err)
		}
		jobID := k.one("SELECT id FROM job WHERE kind = 'grading.imported'")
		k.tx(func(q db.Q) error {
			in, err := k.books.InForce(k.ctx, q, "watch", k.s.Today())
			if err != nil {
				return err
			}
			page, err := batchCustomers(k.ctx, q, batch, 0, pageSize)
			if err != nil {
				return err
			}
			if err := k.s.noteBatch(k.ctx, q, "watch", batch, page, triggersOf(in)); err != nil {
				return err
			}
			_, err = q.Exec(k.ctx, "UPDATE job SET cursor = ? WHERE id = ?", id.String(page[len(page)-1]), jobID)
			return err
		})
		if n := k.one("SELECT COUNT(*) FROM grading_trigger"); n != pageSize {
			t.Errorf("%d wait after one page", n)
		}
		k.imported("import.completed", batch) // told twice
		k.settle()
		stood := k.stood()
		for _, code := range serious {
			if stood[code] != "watch 2026-06-30" {
				t.Fatalf("%s stands at %s", code, stood[code])
			}
		}
		if stood["SLIGHT"] != "calm 2026-06-29" || stood["NONE"] != "calm 2026-06-29" {
			t.Errorf("nothing set a trigger off: %s, %s", stood["SLIGHT"], stood["NONE"])
		}
		if n := k.one("SELECT COUNT(*) FROM grading_run WHERE extent = 'triggered'"); n != 1 {
			t.Errorf("%d runs for one import", n)
		}
		if n := k.one("SELECT COUNT(*) FROM verdict WHERE as_of = '2026-06-30'"); n != int64(len(serious)) {
			t.Errorf("%d verdicts", n)
		}

		k.now = k.now.AddDate(0, 0, 1)
		k.tx(func(q db.Q) error { _, err := k.facts().RevertBatch(k.ctx, q, batch); return err })
		k.imported("import.reverted", batch)
		k.settle()
		for code, grade := range k.stood() {
			if want := map[bool]string{true: "calm 2026-07-01", false: "calm 2026-06-29"}[code[0] == 'I']; grade != want {
				t.Fatalf("after it was taken back %s stands at %s, want %s", code, grade, want)
			}
		}
		k.imported("import.completed", 0)
		k.tx(func(q db.Q) error {
			return k.bus.Emit(k.ctx, q, "import.completed", 0, map[string]any{"target": "customers"})
		})
		k.settle()
	})
}
