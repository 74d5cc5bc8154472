package grading

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/job"
	"kezhi/internal/rulebook"
)

const book = "key-accounts"

func TestEverybodyInScopeExactlyOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(2*testPage + 37)
		k.customers(who{code: "Z0001"}, who{code: "Z0002"}) // without a fact
		k.tx(func(q db.Q) error {
			_, err := q.Exec(k.ctx, "UPDATE customer SET archived_at = 1 WHERE code = ?", "K00005")
			return err
		})
		for _, name := range []string{book, "rfm-segments"} {
			sum := k.grade(name, "2026-06-30")
			seen := map[string]int{}
			total := int64(0)
			for code := range segmentsOf(t, k.export(sum.RunID)) {
				seen[code]++
			}
			for _, w := range sum.WithoutVerdict {
				if w.Reason == "" {
					t.Errorf("%s: %s has no verdict and no reason", name, w.Customer)
				}
				seen[w.Customer]++
			}
			for _, n := range sum.Verdicts {
				total += n
			}
			if want := 2*testPage + 37 + 2 - 1; len(seen) != want || sum.InScope != int64(want) || total+int64(len(sum.WithoutVerdict)) != int64(want) {
				t.Errorf("%s: %d seen, %d in scope, %d + %d verdicts, want %d", name, len(seen), sum.InScope, total, len(sum.WithoutVerdict), want)
			}
			for code, n := range seen {
				if n != 1 || code == "K00005" {
					t.Errorf("%s: %s occurs %d times", name, code, n)
				}
			}
		}
	})
}

func TestRerunWritesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(60)
		first := k.grade(book, "2026-06-30")
		if first.Changed != 60 {
			t.Fatalf("the first run changed %d", first.Changed)
		}
		rows := k.one("SELECT COUNT(*) FROM verdict")
		again := k.grade(book, "2026-06-30")
		run, err := k.s.Run(k.ctx, again.RunID)
		if err != nil || run.Written != 0 || again.Changed != 0 || k.one("SELECT COUNT(*) FROM verdict") != rows {
			t.Errorf("the rerun wrote %d, changed %d: %v", run.Written, again.Changed, err)
		}
		if k.export(first.RunID) != k.export(again.RunID) || again.InScope != first.InScope {
			t.Error("the rerun found something else")
		}
		if n := k.one("SELECT COUNT(*) FROM movement"); n != 60 {
			t.Errorf("%d movements", n)
		}
	})
}

// The standing follows new facts, keeps its beginning while the code stays, and never goes back in time.
func TestStandingMovesForwardOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.customers(who{code: "A1"}, who{code: "B1"})
		k.orders(sale{code: "A1", on: "2025-06-10", amount: 900_00, document: "1"}, sale{code: "B1", on: "2025-06-11", amount: 9_100_00, document: "2"})
		k.grade(book, "2025-12-31")
		k.orders(sale{code: "A1", on: "2026-02-01", amount: 900_000_00, document: "3"}, sale{code: "B1", on: "2026-02-01", amount: 3_000_00, document: "4"})
		sum := k.grade(book, "2026-03-31")
		if sum.Changed != 1 { // B1 falls from strategic to key, A1 was and is strategic
			t.Errorf("changed %d, verdicts %v", sum.Changed, sum.Verdicts)
		}
		back := k.grade(book, "2025-12-31")
		if back.Changed != 0 {
			t.Errorf("a run as of an earlier day changed %d standings", back.Changed)
		}
		var code, since, asOf, previous string
		err := db.Get(k.ctx, d.Read(), "SELECT code, since, as_of, previous_code FROM standing WHERE customer_id = ?", []any{k.ids["B1"]}, &code, &since, &asOf, &previous)
		if err != nil || code != "key" || since != "2026-03-31" || asOf != "2026-03-31" || previous != "strategic" {
			t.Errorf("B1 stands at %s since %s as of %s, before %s: %v", code, since, asOf, previous, err)
		}
		if n := k.one("SELECT COUNT(*) FROM standing WHERE customer_id = ? AND since = '2025-12-31' AND as_of = '2026-03-31'", k.ids["A1"]); n != 1 {
			t.Error("A1 lost the beginning of its grade")
		}
		if n := k.one("SELECT COUNT(*) FROM movement WHERE direction = -1 AND from_code = 'strategic' AND to_code = 'key'"); n != 1 {
			t.Errorf("%d movements down", n)
		}
	})
}

// What a reversed fact and its reversal say must not count, in whichever order they are read.
func TestReversedFactsVanish(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.customers(who{code: "A1"}, who{code: "B1"})
		k.orders(sale{code: "A1", on: "2026-05-10", amount: 500_00, document: "1"}, sale{code: "B1", on: "2026-05-11", amount: 500_00, document: "2"},
			sale{code: "A1", on: "2026-05-12", amount: 77_700_00, document: "typing error"}, sale{code: "A1", on: "2026-05-12", amount: -77_700_00, document: "typing error"})
		k.tx(func(q db.Q) error { // the smaller id reverses: it is read before or after, as the ids fall
			_, err := q.Exec(k.ctx, `UPDATE fact SET reverses = (SELECT MIN(f.id) FROM fact f WHERE f.document = 'typing error') WHERE document = 'typing error' AND amount < 0`)
			return err
		})
		k.grade(book, "2026-06-30")
		for _, code := range []string{"A1", "B1"} {
			if x := k.explanation(k.ids[code], "2026-06-30"); !strings.Contains(x, `"value":"50"`) {
				t.Errorf("%s: %s", code, x)
			}
		}
	})
}

// A customer that leaves the scope is told so once, and its standing goes.
func TestLeavingTheScope(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(10)
		k.grade(book, "2026-05-31")
		k.tx(func(q db.Q) error {
			_, err := q.Exec(k.ctx, "UPDATE customer SET archived_at = 1 WHERE code = 'K00000'")
			return err
		})
		sum := k.grade(book, "2026-06-30")
		if sum.InScope != 9 || slices.ContainsFunc(sum.WithoutVerdict, func(w Without) bool { return w.Customer == "K00000" }) {
			t.Errorf("in scope %d, without %v", sum.InScope, sum.WithoutVerdict)
		}
		var code, reason string
		if err := db.Get(k.ctx, d.Read(), "SELECT code, reason FROM standing WHERE customer_id = ?", []any{k.ids["K00000"]}, &code, &reason); err != nil || code != "" || reason != reasonNotInScope {
			t.Errorf("the standing is %q for %q: %v", code, reason, err)
		}
		k.grade(book, "2026-06-30")
		if n := k.one("SELECT COUNT(*) FROM verdict WHERE customer_id = ?", k.ids["K00000"]); n != 2 {
			t.Errorf("%d verdicts on the customer that left", n)
		}
	})
}

// The same verdicts come out with one processor and with many.
func TestParallelismChangesNothing(t *testing.T) {
	exports := map[string]bool{}
	for _, n := range []int{1, 2, 7} {
		old := runtime.GOMAXPROCS(n)
		k := newKit(t, dbtest.SQLite(t))
		k.company(3*testPage + 11)
		exports[k.export(k.grade("rfm-segments", "2026-06-30").RunID)] = true
		var digests strings.Builder
		_, err := db.List(k.ctx, k.db.Read(), "SELECT v.digest FROM verdict v JOIN customer c ON c.id = v.customer_id ORDER BY c.code", nil, func(r db.Rows) (int, error) {
			return digests.Write(r.Bytes(0))
		})
		runtime.GOMAXPROCS(old)
		if err != nil {
			t.Fatal(err)
		}
		exports[digests.String()] = true
	}
	if len(exports) != 2 {
		t.Errorf("%d different outcomes", len(exports)/2)
	}
}

// interrupted starts a run whose process dies after the given number of saved pages: its worker lost, its lease run out.
func (k *kit) interrupted(name, asOf string, pages int) Run {
	k.t.Helper()
	run, err := k.s.Start(k.ctx, name, day(k.t, asOf))
	if err != nil {
		k.t.Fatal(err)
	}
	ctx, die := context.WithCancel(k.ctx)
	defer die()
	reports := 0
	population := int64(0)
	in, err := k.books.InForce(k.ctx, k.db.Read(), name, day(k.t, asOf))
	if err != nil {
		k.t.Fatal(err)
	}
	if in.Program.NeedsPopulation() {
		population = k.one("SELECT COUNT(*) FROM customer")
	}
	k.s.watchers.Store(run.ID, func(done, _ int64) {
		if done > population {
			if reports++; reports == pages {
				die()
			}
		}
	})
	defer k.s.watchers.Delete(run.ID)
	if _, err := k.run.RunJob(ctx, run.JobID); !errors.Is(err, context.Canceled) {
		k.t.Fatalf("the run was not interrupted: %v", err)
	}
	// The runner gave the job back as it stopped; a killed one leaves it with a lease that runs out.
	k.tx(func(q db.Q) error {
		_, err := q.Exec(k.ctx, "UPDATE job SET state = 'running', leased_by = 'dead', lease_until = 1 WHERE id = ?", run.JobID)
		return err
	})
	return run
}

func TestResumeAfterACrash(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, name := range []string{book, "rfm-segments"} {
			k := newKit(t, d)
			if len(k.ids) == 0 && k.one("SELECT COUNT(*) FROM customer") == 0 {
				k.company(4 * testPage)
			}
			if _, err := k.books.Adopt(k.ctx, rulebook.AdoptInput{Rulebook: name}); err != nil {
				t.Fatal(err)
			}
			run := k.interrupted(name, "2026-06-30", 2)
			if n := k.one("SELECT COUNT(*) FROM verdict WHERE run_id = ?", run.ID); n == 0 || n >= 4*testPage {
				t.Fatalf("%d verdicts when it died", n)
			}
			if n := k.one("SELECT COUNT(*) FROM standing WHERE rulebook = ?", name); n != 0 {
				t.Errorf("%d standings before the run was complete", n)
			}
			sum := k.second().grade(name, "2026-06-30")
			if sum.RunID != run.ID || sum.InScope != 4*testPage || sum.Changed != 4*testPage-int64(len(sum.WithoutVerdict)) {
				t.Errorf("%s: run %d of %d, in scope %d, changed %d", name, sum.RunID, run.ID, sum.InScope, sum.Changed)
			}
			if n := k.one("SELECT COUNT(*) FROM verdict WHERE run_id = ?", run.ID); n != 4*testPage {
				t.Errorf("%d verdicts in the end", n)
			}
		}
	})
}

// Facts that arrive between the crash and the resumption must be in every verdict, not in half of them.
func TestResumeWithOtherFactsBeginsAnew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(4 * testPage)
		if _, err := k.books.Adopt(k.ctx, rulebook.AdoptInput{Rulebook: book}); err != nil {
			t.Fatal(err)
		}
		run := k.interrupted(book, "2026-06-30", 2)
		k.orders(sale{code: "K00001", on: "2026-06-20", amount: 1_000_000_000, document: "late"})
		resumed := k.second().grade(book, "2026-06-30")
		fresh := newKit(t, dbtest.SQLite(t))
		fresh.company(4 * testPage)
		fresh.orders(sale{code: "K00001", on: "2026-06-20", amount: 1_000_000_000, document: "late"})
		if got, want := k.export(resumed.RunID), fresh.export(fresh.grade(book, "2026-06-30").RunID); got != want || resumed.RunID != run.ID {
			t.Error("the resumed run and a fresh one differ")
		}
		if resumed.InScope != 4*testPage {
			t.Errorf("in scope %d", resumed.InScope)
		}
	})
}

func TestCancelLeavesTheStanding(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(16 * testPage) // pages are written side by side: those under way when it is canceled are not all there are
		if _, err := k.books.Adopt(k.ctx, rulebook.AdoptInput{Rulebook: book}); err != nil {
			t.Fatal(err)
		}
		run, err := k.s.Start(k.ctx, book, day(t, "2026-06-30"))
		if err != nil {
			t.Fatal(err)
		}
		k.s.watchers.Store(run.ID, func(done, total int64) {
			k.now = k.now.Add(time.Second) // progress is written at most every 300 ms
			if done > total*3/4 {
				if err := k.run.Cancel(k.ctx, run.JobID); err != nil {
					t.Error(err)
				}
			}
		})
		if _, err := k.run.RunJob(k.ctx, run.JobID); !errors.Is(err, job.ErrCanceled) {
			t.Fatalf("not canceled: %v", err)
		}
		got, err := k.s.Run(k.ctx, run.ID)
		if err != nil || got.State != Canceled || k.one("SELECT COUNT(*) FROM standing") == k.one("SELECT COUNT(*) FROM customer") {
			t.Errorf("state %s: %v", got.State, err)
		}
		k.s.watchers.Delete(run.ID)
		if sum := k.grade(book, "2026-06-30"); sum.InScope != 16*testPage || k.one("SELECT COUNT(*) FROM standing") != 16*testPage {
			t.Errorf("after the cancel: %d in scope", sum.InScope)
		}
	})
}

// A run that is asked for while another day's is on its way waits for that one, and the same one is not started twice.
func TestOneRunAtATime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(20)
		if _, err := k.books.Adopt(k.ctx, rulebook.AdoptInput{Rulebook: book, EffectiveFrom: day(t, "2026-01-01")}); err != nil {
			t.Fatal(err)
		}
		first, err := k.s.Start(k.ctx, book, day(t, "2026-05-31"))
		if err != nil {
			t.Fatal(err)
		}
		same, err := k.s.Start(k.ctx, book, day(t, "2026-05-31"))
		if err != nil || same.ID != first.ID {
			t.Errorf("started twice: %d and %d, %v", first.ID, same.ID, err)
		}
		if _, err := k.s.Start(k.ctx, book, day(t, "2026-06-30")); errs.CodeOf(err) != "grading.already_running" {
			t.Errorf("another day: %v", err)
		}
		k.grade(book, "2026-06-30")
		if run, err := k.s.Run(k.ctx, first.ID); err != nil || run.State != Done {
			t.Errorf("the run before is %s: %v", run.State, err)
		}
		if _, err := k.s.Start(k.ctx, book, day(t, "2026-07-01")); errs.CodeOf(err) != "grading.in_future" {
			t.Errorf("a day that is not over: %v", err)
		}
	})
}

func TestCompletionIsAnnounced(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	k.company(12)
	var got []Completed
	k.bus.Subscribe(EventCompleted, func(_ context.Context, _ db.Q, e event.Event) error {
		var c Completed
		got = append(got, c)
		return json.Unmarshal(e.Payload, &got[len(got)-1])
	})
	sum := k.grade(book, "2026-06-30")
	if _, err := k.bus.Dispatch(k.ctx); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0] != (Completed{RunID: sum.RunID, Rulebook: book, AsOf: "2026-06-30", Changed: 12}) {
		t.Errorf("announced: %+v", got)
	}
	if n := k.one("SELECT COUNT(*) FROM audit_entry WHERE entity = 'grading'"); n != 2 {
		t.Errorf("%d audit entries for start and end", n)
	}
}

func TestOnlyWhoGradesAllMayGrade(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	k.company(3)
	for _, c := range []struct {
		reach authz.Reach
		want  string
	}{{authz.ReachNone, "auth.forbidden"}, {authz.ReachUnit, "auth.forbidden"}, {authz.ReachAll, "rulebook.not_in_force"}} {
		ctx := authz.With(k.ctx, authz.Actor{UserID: 5, Grants: map[authz.Permission]authz.Reach{authz.GradingRun: c.reach, authz.RulebookRead: authz.ReachAll}})
		if _, err := k.s.Start(ctx, book, day(t, "2026-06-30")); errs.CodeOf(err) != c.want {
			t.Errorf("reach %s: start gives %v", c.reach, err)
		}
		if _, err := k.s.Grade(ctx, book, day(t, "2026-06-30"), Options{}, nil); errs.CodeOf(err) != c.want {
			t.Errorf("reach %s: grade gives %v", c.reach, err)
		}
	}
	if _, err := k.s.Start(context.Background(), book, day(t, "2026-06-30")); errs.CodeOf(err) != "auth.signed_out" {
		t.Errorf("nobody: %v", err)
	}
}
