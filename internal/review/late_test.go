package review

import (
	"strings"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

// rise adds sales that make a middling customer one of the best.
func (k *kit) rise(code string) {
	k.t.Helper()
	k.fact(k.ids[code], onDay("2025-12-26"), "order", 600_000_000, "{}")
	k.fact(k.ids[code], onDay("2025-12-26"), "payment", 600_000_000, `{"days_to_pay":20}`)
	k.exec("UPDATE fact_mark SET seq = seq + 1 WHERE id = 1")
}

// rated has everybody rated, only E2 as somebody who may become an A, and begins the meeting.
func (k *kit) rated() Review {
	k.t.Helper()
	k.company()
	r := k.open()
	for code, who := range map[string]string{"E1": "east", "E3": "east", "W1": "west", "W2": "west"} {
		k.rate(r.ID, who, code, "5", "no")
	}
	k.rate(r.ID, "east", "E2", "6", "yes")
	_, err := k.s.Meet(k.as("director"), r.ID, MeetingInput{On: calendar.None})
	k.must(err)
	return r
}

// A customer that was rated B and would come out as an A is held at B until the chain has signed.
func TestARiseThatCameLateWaitsForSignatures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		r := k.rated()
		if l := k.line(r.ID, "E2"); l.RateCode != "B" {
			t.Fatalf("%+v", l)
		}
		k.on("2025-12-30")
		k.rise("E2")
		_, err := k.s.Close(k.as("director"), r.ID, CloseInput{})
		k.must(err)
		k.jobs()
		v, err := k.grade.Explain(k.sys, "E2", dealer)
		k.must(err)
		if x := v.Explanation.Decided; v.Verdict != "B" || x == nil || x.Without != "A" || x.Reason != "B → A" || !strings.HasSuffix(x.Title.Zh, "升级待签署") {
			t.Fatalf("%s, decided %+v", v.Verdict, x)
		}
		l := k.line(r.ID, "E2")
		if k.review(r.ID).State != Closed || l.State != LineReopened || l.Approval != ApprovalWaiting || l.RateCode != "B" || l.MeetCode != "A" || l.FinalCode != "B" || !l.Differs {
			t.Fatalf("%+v", l)
		}
		versions := k.one("SELECT COUNT(*) FROM review_rating")
		c, err := k.s.campaign(k.sys, d.Read(), r.ID)
		k.must(err)
		k.must(k.s.holdRises(k.sys, c)) // again, as after an interruption
		if n := k.one("SELECT COUNT(*) FROM review_rating"); n != versions {
			t.Errorf("%d versions, were %d", n, versions)
		}
		_, err = k.s.Effect(k.as("director"), r.ID, k.ids["E2"])
		k.refused(err, "review.unsigned")
		k.signAll(r.ID, "E2")
		_, err = k.s.Effect(k.as("director"), r.ID, k.ids["E2"])
		k.must(err)
		k.jobs()
		if v, err = k.grade.Explain(k.sys, "E2", dealer); err != nil || v.Verdict != "A" || v.Explanation.Decided != nil {
			t.Errorf("%+v %v", v, err)
		}
	})
}

// Refused, the customer stays what the meeting then decides.
func TestARefusedLateRiseIsDecidedByTheMeeting(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	r := k.rated()
	k.on("2025-12-30")
	k.rise("E2")
	_, err := k.s.Close(k.as("director"), r.ID, CloseInput{})
	k.must(err)
	k.jobs()
	k.must(k.decide("sales", r.ID, "E2", "一次性大单"))
	_, err = k.s.Effect(k.as("director"), r.ID, k.ids["E2"])
	k.refused(err, "review.unsigned")
	_, err = k.s.ReRate(k.as("director"), r.ID, k.ids["E2"], ReRateInput{Grade: "B", Reason: "一次性大单，不计入"})
	k.must(err)
	_, err = k.s.Effect(k.as("director"), r.ID, k.ids["E2"])
	k.must(err)
	k.jobs()
	if v, err := k.grade.Explain(k.sys, "E2", dealer); err != nil || v.Verdict != "B" || v.Explanation.Decided == nil || v.Explanation.Decided.Reason != "一次性大单，不计入" {
		t.Errorf("%+v %v", v, err)
	}
}

// A customer that is reopened after closing cannot slip into the grade that is signed for either.
func TestAReopenedCustomerDoesNotEscapeSignatures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		r := k.rated()
		k.on("2025-12-30")
		_, err := k.s.Close(k.as("director"), r.ID, CloseInput{})
		k.must(err)
		k.jobs()
		_, err = k.s.Reopen(k.as("director"), r.ID, k.ids["E2"], "补录了销售")
		k.must(err)
		k.rise("E2")
		_, err = k.s.Effect(k.as("director"), r.ID, k.ids["E2"])
		k.refused(err, "review.unsigned")
		if l := k.line(r.ID, "E2"); l.Approval != ApprovalWaiting || l.Outcome() != "A" || l.State != LineReopened {
			t.Fatalf("%+v", l)
		}
		if v, err := k.grade.Explain(k.sys, "E2", dealer); err != nil || v.Verdict != "B" {
			t.Fatalf("%+v %v", v, err)
		}
		k.signAll(r.ID, "E2")
		_, err = k.s.Effect(k.as("director"), r.ID, k.ids["E2"])
		k.must(err)
		k.jobs()
		if v, err := k.grade.Explain(k.sys, "E2", dealer); err != nil || v.Verdict != "A" {
			t.Errorf("%+v %v", v, err)
		}
	})
}
