package grading

import (
	"context"
	"testing"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/rule"
)

const converting = `
rulebook: abroad
version: 1.0.0
title: {zh: 外销, en: Abroad}
currency: CNY
rates: organisation
measures:
  sales: {sum: amount, of: order, convert: true, title: {zh: 销售, en: Sales}, clause: "1"}
grades:
  scheme: abroad
  title: {zh: 外销, en: Abroad}
  clause: "1"
  from: sales
  labels:
    - {code: L, title: {zh: 大, en: Large}, tone: gold}
    - {code: S, title: {zh: 小, en: Small}, tone: grey}
  bands:
    - {code: L, at_least: 700, assumed: true, clause: "1"}
    - {code: S, otherwise: true, clause: "1"}
`

const convertingCases = `
- case: large
  as_of: 2026-06-30
  rates: [{currency: USD, from: 2026-01-01, rate: 7}]
  facts: [{order: {date: 2026-02-01, amount: 100, currency: USD}}]
  expect: {grade: L}
- case: small
  as_of: 2026-06-30
  facts: []
  expect: {grade: S}
`

// A rulebook that converts by the company's rates has a verdict only where there is a rate, explains which it was, and is worked
// out anew for everybody once a rate changed, even where nothing else did.
func TestRatesOfTheCompany(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		kept, changed := []rule.Rate(nil), int64(0)
		k.s.AskRates(func(_ context.Context, _ db.Q, home string) ([]rule.Rate, int64, error) {
			if home != "CNY" {
				t.Errorf("asked for rates into %s", home)
			}
			return kept, changed, nil
		})
		files := map[string]string{rule.FileRulebook: converting, rule.FileClauses: "## 1 外销 | Abroad\n按汇率折算。\n\n> Converted.\n", rule.FileCases: convertingCases}
		if _, err := k.books.Upload(k.ctx, files); err != nil {
			t.Fatal(err)
		}
		k.customers(who{code: "U1"}, who{code: "C1"})
		k.orders(sale{code: "U1", on: "2026-02-01", amount: 100_00, currency: "USD"}, sale{code: "C1", on: "2026-02-01", amount: 700_00})
		k.now = k.now.Add(time.Hour) // the facts lie before the first run by more than the overlap
		extent := func(want, reason string) {
			t.Helper()
			sum := k.grade("abroad", "2026-06-30")
			run, err := k.s.Run(k.ctx, sum.RunID)
			if err != nil || run.Extent != want {
				t.Errorf("judged %s, want %s: %v", run.Extent, want, err)
			}
			if sum.Verdicts["L"] == 0 || reason == "" != (len(sum.WithoutVerdict) == 0) || reason != "" && sum.WithoutVerdict[0].Reason != reason {
				t.Errorf("%+v", sum)
			}
			k.now = k.now.Add(time.Hour)
		}
		extent(ExtentFull, rule.ReasonForeignCurrency)
		extent(ExtentChanged, rule.ReasonForeignCurrency)
		kept, changed = []rule.Rate{{Currency: "USD", From: day(t, "2026-01-01"), Rate: "7.05"}}, clock.Micros(k.now.Add(-30*time.Minute))
		extent(ExtentFull, "")
		extent(ExtentChanged, "")
		x, err := k.s.Explain(k.ctx, "U1", "abroad")
		if err != nil || len(x.Explanation.Inputs[0].Rates) != 1 || x.Explanation.Inputs[0].Rates[0] != (rule.ExplainedRate{Currency: "USD", From: "2026-01-01", Rate: "7.05"}) {
			t.Errorf("%+v %v", x.Explanation.Inputs, err)
		}
	})
}
