package review

import (
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/grading"
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
	if _, err := k.grade.Grade(k.sys, dealer, onDay("2025-12-24"), grading.Options{}, nil); err != nil {
		k.t.Fatal(err)
	}
	r := k.open()
	for code, who := range map[string]string{"E1": "east", "E3": "east", "W1": "west", "W2": "west"} {
		k.rate(r.ID, who, code, "5", "no")
	}
	k.rate(r.ID, "east", "E2", "6", "yes")
	_, err := k.s.Meet(k.as("director"), r.ID, MeetingInput{On: calendar.None})
	k.must(err)
	k.jobs()
	return r
}

// proposed holds the newest verdict on a customer to its grade and to what it proposes.
func (k *kit) proposed(code, grade, wanted string) {
	k.t.Helper()
	v, err := k.grade.Explain(k.sys, code, dealer)
	k.must(err)
	got := ""
	if v.Explanation.Proposed != nil {
		got = v.Explanation.Proposed.Code
	}
	if v.Verdict != grade || got != wanted || v.Explanation.Decided != nil {
		k.t.Fatalf("%s is %s and proposed as %q, decided %+v", code, v.Verdict, got, v.Explanation.Decided)
	}
}

// A customer that was rated B and would come out as an A stays a B, and is proposed.
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
		k.proposed("E2", "B", "A")
		if l := k.line(r.ID, "E2"); l.State != LineRated || l.FinalCode != "B" || l.Approval != ApprovalNone {
			t.Errorf("%+v", l)
		}
	})
}

// A customer that was an A and was rated lower does not slip back into it by what becomes known later.
func TestAnAThatWasRatedLowerIsSignedForAnew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		r := k.rated()
		if l := k.line(r.ID, "E1"); l.BeforeCode != "A" || l.RateCode != "B" {
			t.Fatalf("%+v", l)
		}
		k.on("2025-12-30")
		_, err := k.s.Close(k.as("director"), r.ID, CloseInput{})
		k.must(err)
		k.jobs()
		k.proposed("E1", "B", "")
		k.on("2026-01-10")
		_, err = k.s.Reopen(k.as("director"), r.ID, k.ids["E1"], "补充判定")
		k.must(err)
		_, err = k.s.ReRate(k.as("director"), r.ID, k.ids["E1"], ReRateInput{Values: []Value{{Item: "a_profile", Value: "yes"}}, Reason: "已走访"})
		k.must(err)
		_, err = k.s.Effect(k.as("director"), r.ID, k.ids["E1"])
		k.refused(err, "review.unsigned")
		k.signAll(r.ID, "E1")
		_, err = k.s.Effect(k.as("director"), r.ID, k.ids["E1"])
		k.must(err)
		k.jobs()
		k.proposed("E1", "A", "")
	})
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
		k.must(err)
		k.jobs()
		k.proposed("E2", "B", "A")
	})
}
