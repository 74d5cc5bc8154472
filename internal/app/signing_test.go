package app

import (
	"fmt"
	"testing"
	"time"

	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/flow"
	"kezhi/internal/grading"
	"kezhi/internal/procedure"
	"kezhi/internal/rulebook"
)

const dealers = "dealer-annual-grading"

// dealing is a company with a dealer that has done middling business for a year.
func dealing(t *testing.T, d *db.DB, settings ...string) *company {
	t.Helper()
	set := map[string]string{}
	for i := 0; i+1 < len(settings); i += 2 {
		set[settings[i]] = settings[i+1]
	}
	k := newCompany(t, d)
	kind := "dealer"
	c, err := k.Customers.Create(k.sys, customer.Input{Name: "大成商贸有限公司", OwnerID: k.who["li"].ID, Kind: kind})
	k.must(err)
	k.ids["D"] = c.ID
	_, err = k.Rulebooks.Adopt(k.sys, rulebook.AdoptInput{Rulebook: dealers, EffectiveFrom: k.today().AddMonths(-1), Settings: set})
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
	k := dealing(t, dbtest.SQLite(t), "between_a", "offer")
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

// offered gives the proposals that somebody sees in some states.
func (k *company) offered(who string, states ...string) []grading.Offered {
	k.t.Helper()
	f := grading.OfferedFilter{States: states, Limit: 10}
	list, _, err := k.Gradings.Offered(k.as(who), f)
	k.must(err)
	if n, err := k.Gradings.CountOffered(k.as(who), f); err != nil || n != int64(len(list)) {
		k.t.Errorf("%d are counted, %d listed: %v", n, len(list), err)
	}
	return list
}

// What is proposed is listed for whoever looks after the customer, and can be put aside with a reason until the data fall back.
func TestAProposalIsPutAside(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := dealing(t, d)
		k.trade(0, 5_000_000_00)
		k.grade()
		dismiss := func(who, reason string) error {
			_, err := k.Gradings.Dismiss(k.as(who), k.ids["D"], dealers, "dealer", reason)
			return err
		}
		for who, want := range map[string]string{"li": "auth.forbidden", "qian": "grading.proposal_asked"} {
			if err := dismiss(who, "年内不再扩大"); errs.CodeOf(err) != want {
				t.Errorf("%s: %v", who, err)
			}
		}
		if len(k.offered("qian")) != 0 || len(k.offered("qian", grading.ProposalAsked)) != 1 {
			t.Error("what is being decided is not among what waits")
		}
		k.must(k.decide("zhao", k.asked(), flow.Reject))
		if list := k.offered("qian"); len(list) != 1 || list[0].State != grading.ProposalRefused || list[0].Code != "A" || list[0].Standing != "B" || list[0].CustomerName == "" {
			t.Fatalf("%+v", list)
		}
		if err := dismiss("qian", "  "); errs.CodeOf(err) != "invalid_input" {
			t.Errorf("without a reason: %v", err)
		}
		k.must(dismiss("qian", "年内不再扩大"))
		k.now = k.now.AddDate(0, 0, 1)
		k.grade()
		if list := k.offered("qian", grading.ProposalDismissed); len(list) != 1 || list[0].Note != "年内不再扩大" || k.cases() != 1 || len(k.offered("qian")) != 0 {
			t.Fatalf("%d cases, %+v", k.cases(), list)
		}
		_, err := k.Gradings.Judge(k.sys, dealers, []grading.JudgeInput{{CustomerID: k.ids["D"], Item: "a_profile", Value: "no", Note: "走访", From: k.today()}})
		k.must(err)
		k.grade()
		if list := k.offered("qian", grading.ProposalDismissed); len(list) != 0 {
			t.Errorf("the data fell back: %+v", list)
		}
	})
}

func (k *company) cases() int64 {
	k.t.Helper()
	n, err := db.One(k.sys, k.DB.Read(), "SELECT COUNT(*) FROM proc_case WHERE procedure = 'a_grade'", nil, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	k.must(err)
	return n
}
