package rule_test

import (
	"fmt"
	"strings"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

const keptRatesBook = `
rulebook: own
version: 1.0.0
title: {zh: 自有, en: Own}
currency: CNY
rates: organisation
measures:
  sales: {sum: amount, of: order, convert: true, missing: 0}
  paid: {sum: amount, of: payment, convert: true, missing: 0}
  both: {sum_of: [sales, paid]}
grades:
  scheme: own
  labels: [{code: A, title: {zh: 甲, en: A}}, {code: B, title: {zh: 乙, en: B}}]
  from: both
  bands: [{code: A, at_least: 1_000}, {code: B, otherwise: true}]
`

const keptRatesCases = `
- case: {zh: 折算, en: converted}
  as_of: 2025-06-30
  rates: [{currency: USD, from: 2025-01-01, rate: 7.2}, {currency: USD, from: 2025-06-01, rate: 7.1}]
  facts: [{order: {date: 2025-05-31, amount: 100, currency: USD}}, {payment: {date: 2025-06-01, amount: 100, currency: USD}}]
  expect: {grade: A, measures: {both: 1_430}}
- case: {zh: 没有汇率, en: no rate}
  as_of: 2025-06-30
  rates: [{currency: USD, from: 2025-06-01, rate: 7.1}]
  facts: [{order: {date: 2025-05-31, amount: 100, currency: USD}}]
  expect: {reason: foreign_currency}
`

func kept(t *testing.T, text, cases string) (*rule.Book, *rule.Program) {
	t.Helper()
	book, problems := rule.Parse(segmentFiles(text, cases))
	p, more := rule.Compile(book, nil)
	if p == nil {
		t.Fatalf("%+v %+v", problems, more)
	}
	return book, p
}

func TestRatesOfTheCompany(t *testing.T) {
	book, p := kept(t, keptRatesBook, keptRatesCases)
	if report := rule.Test(book); report.Failed != 0 || report.Passed != 2 {
		t.Errorf("%+v", report)
	}
	if home, ok := p.NeedsRates(); home != "CNY" || !ok {
		t.Errorf("needs rates into %q %v", home, ok)
	}
	day := func(s string) calendar.Date { d, _ := calendar.Parse(s); return d }
	with := p.WithRates([]rule.Rate{
		{"USD", day("2025-06-01"), "7.1"}, {"USD", day("2025-01-01"), "9"}, {"USD", day("2025-01-01"), "7.2"}, // the later of one day counts
		{"EUR", day("2025-01-01"), "8.0055"}, {"CNY", day("2025-01-01"), "1"}, {"XX", day("2025-01-01"), "1"}, {"GBP", day("2025-01-01"), "-1"},
	})
	for _, c := range []struct{ facts, want string }{
		{"order USD 2025-05-31 100", "720.00 sales:USD 2025-01-01 7.2;both:USD 2025-01-01 7.2;"},
		{"order USD 2025-06-01 100", "710.00 sales:USD 2025-06-01 7.1;both:USD 2025-06-01 7.1;"},
		{"order USD 2025-06-01 100|order USD 2025-05-31 1|order USD 2025-06-02 1|payment EUR 2025-06-02 1", "732.31 sales:USD 2025-01-01 7.2,USD 2025-06-01 7.1;paid:EUR 2025-01-01 8.0055;both:EUR 2025-01-01 8.0055,USD 2025-01-01 7.2,USD 2025-06-01 7.1;"},
		{"order CNY 2025-06-01 100", "100.00 "},
		{"order USD 2024-12-31 100", "foreign_currency "},
		{"order GBP 2025-06-01 100", "foreign_currency "},
		{"order JPY 2025-06-01 100", "foreign_currency "},
	} {
		f := with.NewFold(day("2025-06-30"))
		for _, line := range strings.Split(c.facts, "|") {
			var x rule.Fact
			var on string
			fmt.Sscan(line, &x.Kind, &x.Currency, &on, &x.Amount)
			x.On, x.HasAmount = day(on), true
			x.Amount *= 100
			f.Add(&x)
		}
		m := f.Measures()
		samePack(t, with, day("2025-06-30"), rule.Subject{}, 0, m, nil)
		v, x := with.Explain(rule.Subject{}, 0, m, nil)
		got := x.Inputs[2].Value + " "
		if v.Reason != "" {
			got = v.Reason + " "
		}
		for _, in := range x.Inputs {
			var list []string
			for _, r := range in.Rates {
				list = append(list, r.Currency+" "+r.From+" "+r.Rate)
			}
			if len(list) > 0 && v.Reason == "" {
				got += in.Measure + ":" + strings.Join(list, ",") + ";"
			}
		}
		if got != c.want {
			t.Errorf("%s:\n%s\n%s", c.facts, got, c.want)
		}
	}
	if _, x := p.Explain(rule.Subject{}, 0, foldOf(p, "USD"), nil); x.Reason == nil || x.Reason.Code != "foreign_currency" {
		t.Errorf("without any rate: %+v", x)
	}
}

func foldOf(p *rule.Program, currency string) rule.Measures {
	f := p.NewFold(20_000)
	f.Add(&rule.Fact{Kind: "order", Currency: currency, On: 19_990, Amount: 1, HasAmount: true})
	return f.Measures()
}

// What an explanation lists stays bounded, and says what it left out.
func TestManyRatesAreCounted(t *testing.T) {
	_, p := kept(t, keptRatesBook, keptRatesCases)
	var list []rule.Rate
	for i := range 40 {
		list = append(list, rule.Rate{Currency: "USD", From: calendar.Date(19_000 + i), Rate: "7"})
	}
	with := p.WithRates(list)
	f := with.NewFold(20_000)
	for i := range 40 {
		f.Add(&rule.Fact{Kind: "order", Currency: "USD", On: calendar.Date(19_000 + i), Amount: 100, HasAmount: true})
	}
	m := f.Measures()
	samePack(t, with, 20_000, rule.Subject{}, 0, m, nil)
	if _, x := with.Explain(rule.Subject{}, 0, m, nil); len(x.Inputs[0].Rates) != 24 || x.Inputs[0].RatesMore != 16 || x.Inputs[0].Converted != 40 {
		t.Errorf("%d rates and %d more of %d", len(x.Inputs[0].Rates), x.Inputs[0].RatesMore, x.Inputs[0].Converted)
	}
}

func TestRatesOfTheCompanyAreChecked(t *testing.T) {
	for _, c := range []struct{ name, old, new, code, at string }{
		{"another word", "rates: organisation", "rates: company", "value.one_of", "company"},
		{"no currency", "currency: CNY\n", "", "rate.no_currency", "organisation"},
		{"never used", ", convert: true", "", "rate.unused", "organisation"},
	} {
		text := strings.ReplaceAll(keptRatesBook, c.old, c.new)
		book, problems := rule.Parse(segmentFiles(text, "[]\n"))
		problems = append(problems, book.Check(rule.Environment{})...)
		f := fixture{code: c.code, at: c.at}
		t.Run(c.name, func(t *testing.T) { f.expect(t, problems, rule.FileRulebook, text) })
	}
	book, _ := rule.Parse(segmentFiles(keptRatesBook, strings.ReplaceAll(keptRatesCases, "rate: 7.1", "rate: x")))
	if report := rule.Test(book); report.Failed != 2 {
		t.Errorf("a rate of an example that is none: %+v", report)
	}
}
