package app

import (
	"fmt"
	"testing"
	"time"

	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/fact"
	"kezhi/internal/flow"
	"kezhi/internal/grading"
	"kezhi/internal/procedure"
	"kezhi/internal/rulebook"
)

const dealers = "dealer-annual-grading"

// dealing is a company with a dealer that has done middling business for a year.
func dealing(t *testing.T, d *db.DB) *company {
	t.Helper()
	k := newCompany(t, d)
	kind := "dealer"
	c, err := k.Customers.Create(k.sys, customer.Input{Name: "大成商贸有限公司", OwnerID: k.who["li"].ID, Kind: kind})
	k.must(err)
	k.ids["D"] = c.ID
	_, err = k.Rulebooks.Adopt(k.sys, rulebook.AdoptInput{Rulebook: dealers, EffectiveFrom: k.today().AddMonths(-1)})
	k.must(err)
	for m := 1; m <= 11; m++ {
		k.trade(-m, 100_000_00)
	}
	k.grade()
	k.now = k.now.AddDate(0, 0, 1)
	return k
}

// trade records an order of some months ago that was paid at once.
func (k *company) trade(months int, amount int64) {
	k.t.Helper()
	for _, kind := range []string{"order", "payment"} {
		_, err := k.Facts.Record(k.sys, fact.Input{
			CustomerID: k.ids["D"], Kind: kind, On: k.today().AddMonths(months), Amount: &amount, Currency: "CNY", Status: "shipped", Document: fmt.Sprint(kind, months, amount, k.now.Unix()),
			Attrs: map[string]any{"days_to_pay": 10},
		})
		k.must(err)
	}
}

func (k *company) grade() {
	k.t.Helper()
	k.now = k.now.Add(time.Minute)
	_, err := k.Gradings.Grade(k.sys, dealers, k.today(), grading.Options{}, nil)
	k.must(err)
	k.drain()
}

// stands holds the dealer's standing to a grade and to what is proposed.
func (k *company) stands(grade, proposed string) {
	k.t.Helper()
	e, err := k.Gradings.Explain(k.sys, k.code("D"), dealers)
	k.must(err)
	got := ""
	if e.Explanation.Proposed != nil {
		got = e.Explanation.Proposed.Code + " by " + e.Explanation.Proposed.Clause
	}
	if e.Verdict != grade || got != proposed || k.standing("D") != grade {
		k.t.Fatalf("the dealer is %s (stands as %s), proposed %q; want %s, %q", e.Verdict, k.standing("D"), got, grade, proposed)
	}
}

// asked gives the case of the proposal; 0 without one.
func (k *company) asked() int64 {
	k.t.Helper()
	p, ok, err := k.Gradings.ProposalOf(k.sys, k.DB.Read(), k.ids["D"], dealers, "dealer")
	k.must(err)
	if !ok {
		return 0
	}
	return p.CaseID
}

// Facts that reach an A make a B and begin the case; signed for, it is an A; what makes it worse counts at once.
func TestAnABetweenReviewsIsSignedFor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := dealing(t, d)
		k.stands("B", "")
		k.trade(0, 5_000_000_00)
		k.grade()
		k.stands("B", "A by 7.3")
		caseID := k.asked()
		c, err := k.Procedures.Get(k.as("chen"), caseID)
		k.must(err)
		if c.StartedBy != 0 || c.Procedure != "a_grade" || c.State.Steps["start"].Answers["wanted"].Text != "A级" {
			t.Errorf("%+v", c.Case)
		}
		k.now = k.now.AddDate(0, 0, 1)
		k.grade()
		if k.stands("B", "A by 7.3"); k.asked() != caseID {
			t.Errorf("another night another case: %d, %d", k.asked(), caseID)
		}
		for _, who := range []string{"zhao", "zhao", "sun"} { // the sales manager and director is one person here
			k.must(k.decide(who, caseID, flow.Agree))
		}
		if k.stands("A", ""); k.asked() != 0 {
			t.Error("the proposal stays")
		}
		k.now = k.now.AddDate(0, 0, 1)
		k.grade()
		k.stands("A", "")
		// Nobody signs for a fall.
		_, err = k.Gradings.Judge(k.sys, dealers, []grading.JudgeInput{{CustomerID: k.ids["D"], Item: "a_profile", Value: "no", Note: "失信", From: k.today()}})
		k.must(err)
		k.grade()
		k.stands("B", "")
	})
}

// After a year the signatures end and the customer is a B again until somebody signs anew.
func TestSignaturesEnd(t *testing.T) {
	k := dealing(t, dbtest.SQLite(t))
	k.trade(0, 5_000_000_00)
	k.grade()
	caseID := k.asked()
	for _, who := range []string{"zhao", "zhao", "sun"} {
		k.must(k.decide(who, caseID, flow.Agree))
	}
	k.stands("A", "")
	k.now = k.now.AddDate(0, 11, 20)
	for m := 0; m < 11; m++ {
		k.trade(-m, 600_000_00)
	}
	k.grade()
	k.stands("A", "")
	k.now = k.now.AddDate(0, 0, 12)
	spec, _ := k.Gradings.Daily()
	k.must(k.DB.InTx(k.sys, func(q db.Q) error { _, err := k.Queue.Enqueue(k.sys, q, spec); return err }))
	k.drain()
	if k.stands("B", "A by 7.3"); k.asked() == 0 || k.asked() == caseID {
		t.Errorf("the case is %d", k.asked())
	}
}

// A refusal holds while the proposal does; data that fall back withdraw a case that runs.
func TestARefusedAIsNotAskedForEveryNight(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := dealing(t, d)
		k.trade(0, 5_000_000_00)
		k.grade()
		first := k.asked()
		k.must(k.decide("zhao", first, flow.Reject))
		k.now = k.now.AddDate(0, 0, 1)
		k.grade()
		k.stands("B", "A by 7.3")
		if n := k.cases(); n != 1 {
			t.Fatalf("%d cases", n)
		}
		judge := func(value string) {
			_, err := k.Gradings.Judge(k.sys, dealers, []grading.JudgeInput{{CustomerID: k.ids["D"], Item: "a_profile", Value: value, Note: "走访", From: k.today()}})
			k.must(err)
			k.now = k.now.AddDate(0, 0, 1)
			k.grade()
		}
		judge("no")
		k.stands("B", "")
		judge("yes")
		second := k.asked()
		if k.stands("B", "A by 7.3"); second == 0 || second == first || k.cases() != 2 {
			t.Fatalf("%d cases, %d", k.cases(), second)
		}
		judge("no")
		c, err := k.Procedures.Get(k.as("chen"), second)
		if err != nil || c.Status != flow.Withdrawn || k.asked() != 0 {
			t.Errorf("%s %v", c.Status, err)
		}
	})
}

// Where the company only wants to be offered it, people apply by hand, and the verdict's proposal follows their case.
func TestAnAIsOffered(t *testing.T) {
	k := dealing(t, dbtest.SQLite(t))
	k.now = k.now.AddDate(0, 0, 1)
	_, err := k.Rulebooks.Adopt(k.sys, rulebook.AdoptInput{Rulebook: dealers, EffectiveFrom: k.today(), Settings: map[string]string{"between_a": "offer"}})
	if err != nil { // adoptions ride on a case here
		t.Skip(err)
	}
	k.trade(0, 5_000_000_00)
	k.grade()
	k.stands("B", "A by 7.3")
	if k.asked() != 0 || k.cases() != 0 {
		t.Fatal("a case began by itself")
	}
	c, err := k.Procedures.Start(k.as("qian"), procedure.StartInput{Rulebook: dealers, Procedure: "a_grade", CustomerID: k.ids["D"], Answers: flow.Answers{"wanted": text("A级"), "grounds": text("增长")}})
	k.must(err)
	if k.drain(); k.asked() != c.ID {
		t.Errorf("%d, %d", k.asked(), c.ID)
	}
	for _, who := range []string{"zhao", "zhao", "sun"} {
		k.must(k.decide(who, c.ID, flow.Agree))
	}
	k.stands("A", "")
}

func (k *company) cases() int64 {
	k.t.Helper()
	n, err := db.One(k.sys, k.DB.Read(), "SELECT COUNT(*) FROM proc_case WHERE procedure = 'a_grade'", nil, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	k.must(err)
	return n
}
