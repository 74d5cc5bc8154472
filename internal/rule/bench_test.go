package rule_test

import (
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

// benchBook has three measures on orders, the shape of a plain scorecard.
const benchBook = `
rulebook: bench
version: 1.0.0
title: bench
currency: CNY
measures:
  sales: {sum: amount, of: order, where: status == "shipped", window: P12M}
  orders: {count: order, where: status == "shipped", window: P12M}
  recency: {days_since: last, of: order, where: status == "shipped", window: P12M}
scorecards:
  total:
    items:
      - {measure: sales, points: {bands: [[5_000_000, 80], [1_000_000, 60], [200_000, 30], {otherwise: true, points: 0}]}}
      - {measure: orders, points: {bands: [[24, 40], [12, 30], [1, 10], [0, 0]]}}
      - {measure: recency, missing: worst, points: {bands: [{at_most: 30, points: 40}, {at_most: 90, points: 20}, {above: 90, points: 0}]}}
grades:
  scheme: s
  from: total
  labels: [{code: A, title: A}, {code: B, title: B}, {code: C, title: C}]
  bands: [{code: A, at_least: 120}, {code: B, at_least: 60}, {code: C, otherwise: true}]
`

func benchProgram(tb testing.TB) *rule.Program {
	tb.Helper()
	book, problems := rule.Parse(map[string][]byte{rule.FileRulebook: []byte(benchBook)})
	if rule.HasErrors(problems) {
		tb.Fatal(problems)
	}
	p, problems := rule.Compile(book, nil)
	if p == nil {
		tb.Fatal(problems)
	}
	return p
}

func benchFacts(asOf calendar.Date) []rule.Fact {
	facts := make([]rule.Fact, 50)
	for i := range facts {
		facts[i] = rule.Fact{
			ID: int64(i + 1), Kind: "order", Currency: "CNY", Status: "shipped", On: asOf.AddDays(10*i - 500),
			Amount: int64(i+1) * 12_345, HasAmount: true, Quantity: 1000, Document: []byte{byte(i)},
		}
		if i%9 == 0 {
			facts[i].Status = "cancelled"
		}
	}
	return facts
}

func BenchmarkFoldAdd(b *testing.B) {
	asOf, _ := calendar.Parse("2026-01-01")
	fold, facts := benchProgram(b).NewFold(asOf), benchFacts(asOf)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		if n == len(facts) {
			fold.Reset()
			n = 0
		}
		fold.Add(&facts[n])
		n++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "Mfacts/s")
}

func benchJudge(b *testing.B, id string, explain bool) {
	asOf, _ := calendar.Parse("2026-01-01")
	p := benchProgram(b)
	if id != "" {
		p = shipped(b, id)
	}
	fold := p.NewFold(asOf)
	for _, f := range benchFacts(asOf) {
		fold.Add(&f)
	}
	pop := p.NewPopulation(asOf)
	pop.Add(rule.Subject{}, 0, fold.Measures())
	pop.Close()
	s := rule.Subject{Fields: map[string]any{"kind": "dealer", "first_fact_on": asOf.AddDays(-700)}}
	b.ReportAllocs()
	for b.Loop() {
		m := fold.Measures()
		if explain {
			p.Explain(s, 0, m, pop)
		} else {
			p.Judge(s, 0, m, pop)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "Mcustomers/s")
}

func BenchmarkJudge(b *testing.B)         { benchJudge(b, "", false) }
func BenchmarkJudgeDealer(b *testing.B)   { benchJudge(b, "dealer-annual-grading", false) }
func BenchmarkJudgeSegments(b *testing.B) { benchJudge(b, "rfm-segments", false) }
func BenchmarkExplainDealer(b *testing.B) { benchJudge(b, "dealer-annual-grading", true) }
