package grading

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/rule"
)

// rewriteWhole puts the verdicts into the form in which releases before 0.2.0 kept them.
func (k *kit) rewriteWhole() {
	k.t.Helper()
	list, err := db.List(k.ctx, k.db.Read(), "SELECT "+verdictHeadColumns+", frame, explanation FROM verdict", nil, scanVerdict)
	if err != nil {
		k.t.Fatal(err)
	}
	var frames Frames
	k.tx(func(q db.Q) error {
		for i := range list {
			v := &list[i]
			text, err := frames.Explanation(k.ctx, q, v.Frame, v.Explanation)
			if err != nil {
				return err
			}
			if _, err := q.Exec(k.ctx, "UPDATE verdict SET frame = 0, explanation = ?, digest = ? WHERE customer_id = ? AND id = ?", string(text), v.wholeDigest(text), v.CustomerID, v.ID); err != nil {
				return err
			}
		}
		_, err := q.Exec(k.ctx, "DELETE FROM explanation_frame")
		return err
	})
}

// A verdict of an earlier release explains itself as it did, and judging again finds that it says the same.
func TestVerdictsOfEarlierReleasesAreRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(testPage + 5)
		k.grade(book, "2026-06-30")
		before, err := k.s.Explain(k.ctx, "K00004", book)
		if err != nil || len(before.Clauses) == 0 || len(before.Explanation.Inputs) == 0 {
			t.Fatalf("%+v: %v", before, err)
		}
		k.rewriteWhole()
		other := k.second()
		after, err := other.s.Explain(k.ctx, "K00004", book)
		if err != nil || !reflect.DeepEqual(before, after) {
			t.Errorf("now %+v: %v", after, err)
		}
		sum, err := other.s.Grade(k.ctx, book, day(t, "2026-06-30"), Options{Whole: true}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if run, err := k.s.Run(k.ctx, sum.RunID); err != nil || run.Written != 0 || run.Extent != ExtentFull {
			t.Errorf("judging everybody again wrote %d: %v", run.Written, err)
		}
		if n := k.one("SELECT COUNT(*) FROM explanation_frame"); n != 1 {
			t.Errorf("%d frames", n)
		}
	})
}

// One frame serves all customers and days of a version, and it is kept once.
func TestAFrameIsKeptOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(testPage + 5)
		for _, asOf := range []string{"2026-05-31", "2026-06-30"} {
			k.grade(threeAxes, asOf)
		}
		if n := k.one("SELECT COUNT(*) FROM explanation_frame"); n != int64(len(axes)) {
			t.Errorf("%d frames", n)
		}
		if n := k.one("SELECT COUNT(*) FROM verdict v WHERE NOT EXISTS (SELECT 1 FROM explanation_frame f WHERE f.id = v.frame AND f.scheme = v.scheme AND f.version = v.version)"); n != 0 {
			t.Errorf("%d verdicts without their frame", n)
		}
		if n := k.one("SELECT MAX(LENGTH(explanation)) FROM verdict"); n > 1500 {
			t.Errorf("an explanation takes %d characters", n)
		}
		for _, asOf := range []string{"2026-05-31", "2026-06-30"} {
			var x rule.Explanation
			if err := json.Unmarshal([]byte(k.explanation(k.ids["K00001"], asOf)), &x); err != nil || x.AsOf != asOf {
				t.Errorf("as of %s: %+v, %v", asOf, x.AsOf, err)
			}
		}
	})
}

// A frame that was tampered with is noticed.
func TestADamagedFrameIsNoticed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(3)
		k.grade(book, "2026-06-30")
		k.tx(func(q db.Q) error {
			_, err := q.Exec(k.ctx, "UPDATE explanation_frame SET frame = replace(frame, 'A', 'B')")
			return err
		})
		if _, err := k.second().s.Explain(k.ctx, "K00001", book); !errors.Is(err, rule.ErrPack) {
			t.Errorf("%v", err)
		}
	})
}
