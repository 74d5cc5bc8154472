package app

import (
	"sync"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/gift"
	"kezhi/internal/procedure"
	"kezhi/internal/statement"
)

func tea(value int64) gift.Input {
	return gift.Input{What: "茶叶", Occasion: "中秋节", Value: value, On: calendar.None, CostCentre: "市场部"}
}

func (k *company) gift(login, of string, in gift.Input) gift.Gift {
	k.t.Helper()
	g, err := k.Gifts.Enter(k.as(login), k.ids[of], in, "")
	k.must(err)
	return g
}

func (k *company) giftAct(login string, g gift.Gift, d gift.Deed) (gift.Gift, error) {
	k.t.Helper()
	now, err := k.Gifts.Get(k.sys, g.ID)
	k.must(err)
	if d.On == 0 {
		d.On = calendar.None
	}
	return k.Gifts.Do(k.as(login), g.ID, now.Version, d)
}

// used is what the year of a customer holds, which is always the sum of the gifts that count.
func (k *company) used(of string) int64 {
	k.t.Helper()
	y, err := k.Gifts.YearOf(k.sys, k.ids[of], 2026)
	k.must(err)
	if sum := dbtest.Count(k.t, k.DB, "SELECT COALESCE(SUM(value), 0) FROM gift WHERE customer_id = ? AND on_day LIKE '2026%' AND state IN ('waiting', 'approved', 'given')", k.ids[of]); sum != y.Used {
		k.t.Errorf("the year holds %d, the gifts come to %d", y.Used, sum)
	}
	return y.Used
}

func TestAGiftIsApprovedAboveItsValueBeforeItIsHandedOver(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newCompany(t, d)
		small := k.gift("li", "C0", tea(20_000))
		if small.State != gift.Approved || small.CaseID != 0 || small.CostCentre != "市场部" {
			t.Fatalf("up to the value no approval is needed: %+v", small)
		}
		dear := k.gift("li", "C0", tea(20_001))
		if dear.State != gift.Waiting || dear.CaseID == 0 || dear.CaseNumber == "" {
			t.Fatalf("one fen more: %+v", dear)
		}
		_, err := k.giftAct("li", dear, gift.Deed{Act: gift.ActGive})
		if errs.CodeOf(err) != "gift.not_approved" {
			t.Fatalf("handed over before its approval: %v", err)
		}
		k.must(k.decide("qian", dear.CaseID, flow.Agree))
		given, err := k.giftAct("li", dear, gift.Deed{Act: gift.ActGive})
		k.must(err)
		if given.State != gift.Given || given.FactID == 0 || given.GiverName != "li" || k.used("C0") != 40_001 {
			t.Errorf("%+v", given)
		}
		if n := dbtest.Count(t, k.DB, "SELECT COALESCE(SUM(amount), 0) FROM fact WHERE customer_id = ? AND kind = 'gift'", k.ids["C0"]); n != 20_001 {
			t.Errorf("facts of %d", n)
		}
		made, err := k.Statements.Of(k.sys, k.ids["C0"], 2026)
		k.must(err)
		if !hasGift(made, "茶叶（中秋节）") {
			t.Errorf("the statement does not tell of it: %+v", made)
		}
		_, err = k.giftAct("li", given, gift.Deed{Act: gift.ActReturn})
		if wrongField(err) != "said" {
			t.Errorf("taken back without a reason: %v", err)
		}
		_, err = k.giftAct("li", given, gift.Deed{Act: gift.ActReturn, Said: "客户按规定退回"})
		k.must(err)
		if n := dbtest.Count(t, k.DB, "SELECT COALESCE(SUM(amount), 0) FROM fact WHERE customer_id = ? AND kind = 'gift'", k.ids["C0"]); n != 0 || k.used("C0") != 20_000 {
			t.Errorf("facts of %d, year %d", n, k.used("C0"))
		}
	})
}

func TestWhatBecomesOfARefusedOrCancelledGift(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newCompany(t, d)
		refused := k.gift("li", "C0", tea(30_000))
		_, err := k.Procedures.Act(k.as("qian"), refused.CaseID, procedure.ActInput{Act: flow.Act{Kind: flow.ActDecide, Decision: flow.Reject, Reason: "太贵"}})
		k.must(err)
		got, err := k.Gifts.Get(k.as("li"), refused.ID)
		k.must(err)
		if got.State != gift.Refused || got.Said != "太贵" || k.used("C0") != 0 {
			t.Errorf("%+v", got)
		}
		cancelled := k.gift("li", "C0", tea(30_000))
		_, err = k.giftAct("li", cancelled, gift.Deed{Act: gift.ActCancel, Said: "客户不收礼"})
		k.must(err)
		c, err := k.Procedures.Known(k.sys, k.DB.Read(), cancelled.CaseID)
		k.must(err)
		if c.Status != flow.Withdrawn || k.used("C0") != 0 {
			t.Errorf("the case is %s", c.Status)
		}
		// A case begun by hand enters its gift when it ends well.
		byHand, err := k.Procedures.Start(k.as("li"), procedure.StartInput{Rulebook: approvals, Procedure: "gift", CustomerID: k.ids["C1"], Answers: flow.Answers{
			"what": {Text: "画册"}, "value": {Text: "450.50"}, "occasion": {Text: "十周年"}, "to": {Text: "王经理"},
		}})
		k.must(err)
		k.must(k.decide("qian", byHand.ID, flow.Agree))
		list, _, err := k.Gifts.List(k.as("li"), gift.Filter{CustomerID: k.ids["C1"], From: calendar.None, To: calendar.None})
		k.must(err)
		if len(list) != 1 || list[0].State != gift.Approved || list[0].Value != 45_050 || list[0].Occasion != "十周年" || k.used("C1") != 45_050 {
			t.Errorf("%+v", list)
		}
	})
}

func TestTheLimitsOfGifts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newCompany(t, d)
		_, err := k.Gifts.SetPolicy(k.as("chen"), gift.Policy{Currency: "CNY", Most: 50_000, PerYear: 100_000})
		k.must(err)
		for field, in := range map[string]gift.Input{
			"value":      tea(50_001),
			"occasion":   {What: "茶叶", Occasion: " ", Value: 1, On: calendar.None},
			"what":       {Occasion: "中秋", Value: 1, On: calendar.None},
			"contact_id": {What: "茶叶", Occasion: "中秋", Value: 1, On: calendar.None, ContactID: 77},
		} {
			_, err := k.Gifts.Enter(k.as("li"), k.ids["C0"], in, "")
			if wrongField(err) != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		// Many at once stay within the year together.
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if _, err := k.Gifts.Enter(k.as("li"), k.ids["C0"], tea(30_000), ""); err != nil && errs.CodeOf(err) != "gift.over_year" {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if k.used("C0") != 90_000 {
			t.Errorf("the year came to %d", k.used("C0"))
		}
		_, err = k.Gifts.Enter(k.as("li"), k.ids["C0"], tea(10_001), "")
		if e, ok := errs.As(err); !ok || e.Code != "gift.over_year" || e.Args["left"] != "100.00" {
			t.Errorf("over the year: %v", err)
		}
		next := tea(50_000)
		next.On = k.today().AddMonths(12)
		k.gift("li", "C0", next) // of another year
		// The same request twice is one gift; the key with other input is refused.
		a, err := k.Gifts.Enter(k.as("li"), k.ids["C0"], tea(5_000), "k1")
		k.must(err)
		b, err := k.Gifts.Enter(k.as("li"), k.ids["C0"], tea(5_000), "k1")
		if err != nil || a.ID != b.ID || k.used("C0") != 95_000 {
			t.Errorf("%v, %d", err, k.used("C0"))
		}
		_, err = k.Gifts.Enter(k.as("li"), k.ids["C0"], tea(5_001), "k1")
		if errs.CodeOf(err) != "gift.key_reused" {
			t.Errorf("%v", err)
		}
		// Handed over in the year before or after, it counts there.
		if _, err = k.giftAct("li", a, gift.Deed{Act: gift.ActGive, On: k.today().AddMonths(-12)}); err != nil || k.used("C0") != 90_000 {
			t.Errorf("%v, %d", err, k.used("C0"))
		}
		other, err := k.Customers.Create(k.sys, customer.Input{Name: "别人的客户", OwnerID: k.who["qian"].ID})
		k.must(err)
		if _, err = k.Gifts.Enter(k.as("li"), other.ID, tea(1), ""); errs.KindOf(err) != errs.NotFound {
			t.Errorf("beyond reach: %v", err)
		}
	})
}

// wrongField names the one field an error complains of.
func wrongField(err error) string {
	if e, ok := errs.As(err); ok && len(e.Fields) == 1 {
		return e.Fields[0].Path
	}
	return ""
}

func hasGift(c statement.Content, title string) bool {
	for _, part := range c.Parts {
		for _, l := range part.Lines {
			if part.Kind == "gift" && l.Title.Zh == title {
				return true
			}
		}
	}
	return false
}
