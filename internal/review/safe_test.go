package review

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/grading"
	"kezhi/internal/job"
)

// A closing that is cut off after any page goes on in another process and comes to the same end; nothing is written twice.
func TestAClosingThatWasKilledGoesOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company()
		r := k.open()
		for code, who := range map[string]string{"E1": "east", "E2": "east", "E3": "east", "W1": "west", "W2": "west"} {
			k.rate(r.ID, who, code, "5", "no")
		}
		_, err := k.s.Meet(k.as("director"), r.ID, MeetingInput{On: calendar.None})
		k.must(err)
		k.jobs()
		_, err = k.s.ReRate(k.as("director"), r.ID, k.ids["E2"], ReRateInput{Grade: "C", Reason: "窜货"})
		k.must(err)
		k.on("2025-12-30")
		_, err = k.s.Close(k.as("director"), r.ID, CloseInput{})
		k.must(err)
		// The first process dies after handing over, in the middle of closing: its last words are lost.
		dead := errors.New("killed")
		k.run.Register(jobClose, func(ctx context.Context, run *job.Run) error {
			c, err := k.s.campaign(ctx, d.Read(), r.ID)
			if err != nil {
				return err
			}
			if err := k.s.handOver(ctx, run, c); err != nil {
				return err
			}
			return dead
		})
		if _, err := k.run.RunDue(k.sys); err != nil {
			t.Fatal(err)
		}
		judged, decided := k.one("SELECT COUNT(*) FROM judgement"), k.one("SELECT COUNT(*) FROM grade_decision")
		if got := k.review(r.ID); got.State != Closing || judged != 10 || decided != 1 {
			t.Fatalf("%+v, %d judged, %d decided", got, judged, decided)
		}
		k.exec("UPDATE job SET error_code = '', run_at = 0, cursor = '' WHERE kind = ?", jobClose) // even with its cursor lost
		k.exec("UPDATE review SET effected_at = 0 WHERE id = ?", r.ID)
		k.build() // another process
		k.jobs()
		if got := k.review(r.ID); got.State != Closed || k.one("SELECT COUNT(*) FROM judgement") != judged || k.one("SELECT COUNT(*) FROM grade_decision") != decided {
			t.Errorf("%+v, %d judged", got, k.one("SELECT COUNT(*) FROM judgement"))
		}
		k.verdict("E2", "C", "B", "5")
	})
}

// A page of a closing that ended a deadlock is handed over by its second transaction.
func TestAPageThatEndedADeadlockIsHandedOver(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company()
		r := k.open()
		for code, who := range map[string]string{"E1": "east", "E2": "east", "E3": "east", "W1": "west", "W2": "west"} {
			k.rate(r.ID, who, code, "5", "no")
		}
		_, err := k.s.Meet(k.as("director"), r.ID, MeetingInput{On: calendar.None})
		k.must(err)
		k.jobs()
		k.on("2025-12-30")
		_, err = k.s.Close(k.as("director"), r.ID, CloseInput{})
		k.must(err)
		dbtest.Deadlock(t, d, "UPDATE OF cursor ON job")
		k.jobs()
		if got := k.review(r.ID); got.State != Closed || k.one("SELECT COUNT(*) FROM judgement") != 10 || dbtest.Deadlocked(t, d) < 2 {
			t.Errorf("%+v, %d judged, %d cursors", got, k.one("SELECT COUNT(*) FROM judgement"), dbtest.Deadlocked(t, d))
		}
	})
}

// Whatever people do in whatever order: every version that was ever given stays as it was, a line points to the newest of each
// round, and after closing each verdict is what the line says, with its reasons.
func TestVersionsAreKeptAndClosingHasReasons(t *testing.T) {
	codes := []string{"E1", "E2", "E3", "W1", "W2"}
	if f := flag.Lookup("rapid.checks"); f != nil && f.Value.String() == f.DefValue { // each one is a company with a whole campaign
		_ = flag.Set("rapid.checks", "10")
		defer func() { _ = flag.Set("rapid.checks", f.DefValue) }()
	}
	rapid.Check(t, func(rt *rapid.T) {
		k := newKit(t, dbtest.SQLite(t))
		k.company()
		r := k.open()
		kept := map[int64]string{}
		look := func() {
			for _, text := range k.texts("SELECT id || ' ' || round || ' ' || code || ' ' || judged || ' ' || note || ' ' || rated_by FROM review_rating ORDER BY id") {
				var versionID int64
				if _, err := fmt.Sscan(text, &versionID); err != nil {
					t.Fatal(err)
				}
				if before, ok := kept[versionID]; ok && before != text {
					rt.Fatalf("a version changed: %s, was %s", text, before)
				}
				kept[versionID] = text
			}
			if n := k.one("SELECT COUNT(*) FROM review_rating"); n != int64(len(kept)) {
				rt.Fatalf("%d versions, %d were there", n, len(kept))
			}
		}
		steps := rapid.IntRange(3, 14).Draw(rt, "steps")
		for i := range steps {
			if i == steps/2 {
				if _, err := k.s.Meet(k.as("director"), r.ID, MeetingInput{On: calendar.None}); err != nil {
					rt.Fatal(err)
				}
			}
			k.act(rt, r.ID, rapid.SampledFrom(codes).Draw(rt, "code"))
			look()
		}
		k.finish(rt, r.ID)
		look()
		for _, code := range codes {
			k.consistent(rt, r.ID, code)
		}
	})
}

// act does one thing that somebody may or may not do.
func (k *kit) act(rt *rapid.T, reviewID int64, code string) {
	points := fmt.Sprint(rapid.IntRange(0, 10).Draw(rt, "points"))
	profile := rapid.SampledFrom([]string{"yes", "no"}).Draw(rt, "profile")
	grade := rapid.SampledFrom([]string{"", "B", "C", "none"}).Draw(rt, "grade")
	who := rapid.SampledFrom([]string{"east", "west", "lin", "director"}).Draw(rt, "who")
	var err error
	switch rapid.IntRange(0, 3).Draw(rt, "act") {
	case 0:
		_, err = k.s.Submit(k.as(who), reviewID, k.ids[code], fill(points, profile))
	case 1:
		_, err = k.s.SaveDraft(k.as(who), reviewID, k.ids[code], fill(points, profile))
	case 2:
		_, err = k.s.ReRate(k.as("director"), reviewID, k.ids[code], ReRateInput{Grade: grade, Values: []Value{{Item: "local_influence", Value: points}}, Reason: "会上讨论"})
	case 3:
		_, err = k.s.Reopen(k.as("director"), reviewID, k.ids[code], "重看")
	}
	if err != nil && errs.KindOf(err) == errs.Internal {
		rt.Fatal(err)
	}
}

// finish signs what is to be signed and closes.
func (k *kit) finish(rt *rapid.T, reviewID int64) {
	for _, code := range slices.Sorted(maps.Keys(k.ids)) { // an A that nobody rated is rated, so that it can be signed for
		if l := k.line(reviewID, code); !l.Rated() && l.OpenCode == "A" || l.Outcome() == "A" {
			if _, err := k.s.ReRate(k.as("director"), reviewID, k.ids[code], ReRateInput{Grade: "B", Reason: "没有批准"}); err != nil {
				rt.Fatal(err)
			}
		}
	}
	k.on("2025-12-30")
	unrated := k.one("SELECT COUNT(*) FROM review_line WHERE rate_id + meet_id = 0")
	if _, err := k.s.Close(k.as("director"), reviewID, CloseInput{Unrated: unrated}); err != nil {
		rt.Fatal(err)
	}
	k.jobs()
}

func (k *kit) consistent(rt *rapid.T, reviewID int64, code string) {
	l := k.line(reviewID, code)
	v, err := k.grade.Explain(k.sys, code, dealer)
	if err != nil || v.Verdict != l.FinalCode {
		rt.Fatalf("%s: verdict %s, line %+v, %v", code, v.Verdict, l, err)
	}
	if !l.Rated() {
		return
	}
	versions, err := versionsNamed(k.sys, k.db.Read(), []int64{l.CustomerID}, []int64{l.newest()})
	if err != nil {
		rt.Fatal(err)
	}
	newest := versions[l.CustomerID]
	if v.Verdict != l.Outcome() || v.Score != grading.FormatScore(newest.Score) {
		rt.Fatalf("%s: verdict %s %s, rated %s %s", code, v.Verdict, v.Score, l.Outcome(), grading.FormatScore(newest.Score))
	}
	if x := v.Explanation.Decided; (x != nil) != newest.Decided || x != nil && (x.Reason != newest.Note || x.Without != newest.ComputedCode) {
		rt.Fatalf("%s: decided %+v, version %+v", code, x, newest)
	}
	for _, j := range newest.Judged {
		i := slices.IndexFunc(v.Explanation.Inputs, func(in ruleInput) bool { return in.Measure == j.Item })
		if i < 0 || v.Explanation.Inputs[i].Value != j.Value {
			rt.Fatalf("%s: %s is %+v, the rating said %s", code, j.Item, v.Explanation.Inputs, j.Value)
		}
	}
}
