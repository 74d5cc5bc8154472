package rule_test

import (
	"fmt"
	"strings"
	"testing"

	"kezhi/internal/rule"
)

// book makes a rulebook with these measures that grades by a count of orders.
func book(measures string, more ...string) string {
	return `
rulebook: derived
version: 1.0.0
title: derived
currency: CNY
` + strings.Join(more, "\n") + `
measures:
  n: {count: order}
` + measures + `
grades:
  scheme: s
  from: n
  labels: [{code: A, title: A}, {code: B, title: B}]
  bands: [{code: A, at_least: 1}, {code: B, otherwise: true}]
`
}

func money(kind, on string, amount int64, currency string) rule.Fact {
	return rule.Fact{Kind: kind, Currency: currency, On: date(on), Amount: amount, HasAmount: true}
}

func TestMeasuresOnMeasures(t *testing.T) {
	p := program(t, book(`
  margin_rate: {ratio: [margin, sales], unit: "%"}
  margin_growth: {growth: margin}
  rate_growth: {growth: cost_rate}
  contact: {sum_of: [visits, calls, visits]}
  margin: {difference: [sales, cost]}
  cost_rate: {ratio: [cost, sales]}
  sales: {sum: amount, of: order, window: P12M}
  cost: {sum: amount, of: delivery, window: P12M}
  visits: {count: visit}
  calls: {count: call}
  mean_and_sales: {sum_of: [mean, sales]}
  mean: {average: amount, of: order, window: P12M}
`))
	facts := []rule.Fact{
		money("order", "2024-03-01", 1000, "CNY"), money("delivery", "2024-03-02", 800, "CNY"),
		money("order", "2025-03-01", 3000, "CNY"), money("delivery", "2025-03-02", 2100, "CNY"), money("order", "2025-05-01", 500, "CNY"),
		{Kind: "visit", On: date("2025-06-01")},
		{Kind: "visit", On: date("2025-06-02")},
		{Kind: "call", On: date("2025-06-02")},
	}
	got := inputs(p, "2025-12-30", facts)
	for name, want := range map[string]string{
		"margin": "14.00", "margin_rate": "40", "margin_growth": "600", "cost_rate": "0.6", "rate_growth": "-25", "contact": "5",
		"mean_and_sales": "52.50",
	} {
		if got[name] != want {
			t.Errorf("%s = %q, want %q", name, got[name], want)
		}
	}
	facts[4].Currency = "USD"
	got = inputs(p, "2025-12-30", facts)
	for _, name := range []string{"margin", "margin_rate", "margin_growth", "mean_and_sales"} {
		if got[name] != rule.ReasonMixedCurrency {
			t.Errorf("%s with orders in two currencies = %q", name, got[name])
		}
	}
	none := inputs(p, "2025-12-30", nil)
	if none["margin"] != "0.00" || none["contact"] != "0" || none["margin_rate"] != rule.ReasonOutOfData || none["mean_and_sales"] != rule.ReasonOutOfData {
		t.Errorf("without facts: %v", none)
	}
}

func TestStreak(t *testing.T) {
	p := program(t, book(`
  months: {streak: month, of: order}
  quarters: {streak: quarter, of: order}
  years: {streak: year, of: order}
  shipped: {streak: month, of: order, where: status == "shipped"}
  recent: {streak: month, of: order, window: P3M}
  last_year: {streak: month, of: order, window: last_year}
`))
	for _, c := range []struct {
		days string
		want string // months, quarters, years, recent, last_year
	}{
		{"", "0 0 0 0 0"},
		{"2025-12-30", "1 1 1 1 0"},
		{"2025-11-01", "1 1 1 1 0"},
		{"2025-10-31", "0 1 1 0 0"},
		{"2025-11-30 2025-12-01", "2 1 1 2 0"},
		{"2025-09-30 2025-10-01 2025-10-02 2025-11-30", "3 2 1 2 0"},
		{"2025-08-01 2025-10-01 2025-11-30", "2 2 1 2 0"},
		{"2024-11-05 2024-12-31 2025-01-01", "0 0 2 0 2"},
		{"2023-11-05 2024-11-30", "0 0 2 0 1"},
		{"2022-11-05 2024-11-30", "0 0 1 0 1"},
		{"2023-11-05", "0 0 0 0 0"},
	} {
		var facts []rule.Fact
		for _, day := range strings.Fields(c.days) {
			facts = append(facts, order(day, 100, day))
		}
		in := inputs(p, "2025-12-30", facts)
		got := strings.Join([]string{in["months"], in["quarters"], in["years"], in["recent"], in["last_year"]}, " ")
		if got != c.want || in["shipped"] != in["months"] {
			t.Errorf("orders on %q: %s, want %s; shipped %s", c.days, got, c.want, in["shipped"])
		}
	}
}

func TestBalanceAverage(t *testing.T) {
	p := program(t, book(`
  average: {balance_average: amount, of: balance, window: {from: 2025-01-01, to: 2025-01-10}}
  rolling: {balance_average: amount, of: balance, window: P1M}
  growth: {growth: rolling}
`))
	for _, c := range []struct {
		name, want string
		facts      []rule.Fact
	}{
		{"nothing", rule.ReasonOutOfData, nil},
		{"from the first day", "10.00", []rule.Fact{money("balance", "2025-01-01", 1000, "CNY")}},
		{"from the middle: only days with a level count", "10.00", []rule.Fact{money("balance", "2025-01-06", 1000, "CNY")}},
		{"carried in", "10.00", []rule.Fact{money("balance", "2024-05-06", 1000, "CNY")}},
		{"carried in and changed", "16.00", []rule.Fact{money("balance", "2024-05-06", 1000, "CNY"), money("balance", "2025-01-05", 2000, "CNY")}},
		{"two on one day: the later counts", "20.00", []rule.Fact{money("balance", "2025-01-01", 1000, "CNY"), money("balance", "2025-01-01", 2000, "CNY")}},
		{"last day", "10.10", []rule.Fact{money("balance", "2024-12-31", 1000, "CNY"), money("balance", "2025-01-10", 1100, "CNY")}},
		{"after the window", "10.00", []rule.Fact{money("balance", "2024-12-31", 1000, "CNY"), money("balance", "2025-01-11", 9900, "CNY")}},
		{"another currency before", "10.00", []rule.Fact{money("balance", "2024-12-01", 500, "USD"), money("balance", "2024-12-31", 1000, "CNY")}},
		{"two currencies", rule.ReasonMixedCurrency, []rule.Fact{money("balance", "2025-01-01", 500, "USD"), money("balance", "2025-01-02", 1000, "CNY")}},
		{"only another currency", rule.ReasonForeignCurrency, []rule.Fact{money("balance", "2025-01-01", 500, "USD")}},
		{"not a whole number", "6.67", []rule.Fact{money("balance", "2024-01-01", 1000, "CNY"), money("balance", "2025-01-04", 0, "CNY"), money("balance", "2025-01-08", 1222, "CNY")}},
	} {
		if got := inputs(p, "2025-12-30", c.facts)["average"]; got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	got := inputs(p, "2025-03-31", []rule.Fact{money("balance", "2024-05-06", 1000, "CNY"), money("balance", "2025-03-01", 1500, "CNY")})
	if got["rolling"] != "15.00" || got["growth"] != "50" {
		t.Errorf("growth of a balance: %v", got)
	}
}

const ratesPart = `rates:
  - {currency: USD, from: 2025-01-01, rate: 7.3}
  - {currency: JPY, from: 2025-01-01, rate: 0.05}
  - {currency: USD, from: 2025-07-01, rate: 7.15}
`

func TestConversion(t *testing.T) {
	p := program(t, book(`
  sales: {sum: amount, of: order, window: P24M, convert: true}
  plain: {sum: amount, of: order, window: P24M}
  most: {max: amount, of: order, window: P24M, convert: true}
  level: {balance_average: amount, of: balance, window: {from: 2025-06-30, to: 2025-07-01}, convert: true}
`, ratesPart))
	for _, c := range []struct {
		name, want string
		facts      []rule.Fact
	}{
		{"home", "1.00", []rule.Fact{money("order", "2024-12-31", 100, "CNY")}},
		{"each on its day", "21.45", []rule.Fact{money("order", "2025-06-30", 100, "USD"), money("order", "2025-07-01", 100, "USD"), money("order", "2025-07-01", 700, "CNY")}},
		{"no minor unit", "5.00", []rule.Fact{money("order", "2025-06-30", 100, "JPY")}},
		{"half to even down", "1.22", []rule.Fact{money("order", "2025-06-30", 0, "CNY"), money("order", "2025-07-02", 17, "USD")}}, // 121.55 fen
		{"half to even", "0.36", []rule.Fact{money("order", "2025-06-30", 5, "USD")}},                                               // 36.5 fen
		{"half to even, negative", "-0.36", []rule.Fact{money("order", "2025-06-30", -5, "USD")}},
		{"before the first rate", rule.ReasonForeignCurrency, []rule.Fact{money("order", "2024-12-31", 100, "USD")}},
		{"without rates", rule.ReasonForeignCurrency, []rule.Fact{money("order", "2025-12-01", 100, "CNY"), money("order", "2025-12-01", 100, "EUR"), money("order", "2025-12-01", 100, "USD")}},
		{"too large", rule.ReasonOutOfRange, []rule.Fact{money("order", "2025-12-01", 1<<62, "USD")}},
	} {
		if got := inputs(p, "2025-12-30", c.facts); got["sales"] != c.want {
			t.Errorf("%s: %s, want %s", c.name, got["sales"], c.want)
		}
	}
	facts := []rule.Fact{money("balance", "2025-06-30", 100, "USD"), money("balance", "2025-07-01", 100, "USD"), money("order", "2025-07-01", 100, "CNY"), money("order", "2025-07-01", 100, "USD")}
	got := inputs(p, "2025-12-30", facts)
	if got["level"] != "7.22" || got["plain"] != rule.ReasonMixedCurrency || got["most"] != "7.15" {
		t.Errorf("got %v", got)
	}
	fold := p.NewFold(date("2025-12-30"))
	for i := range facts {
		fold.Add(&facts[i])
	}
	_, x := p.Explain(rule.Subject{}, 0, fold.Measures(), nil)
	for _, in := range x.Inputs {
		if want := map[string]int{"sales": 1, "most": 1, "level": 2}[in.Measure]; in.Converted != want {
			t.Errorf("%s marks %d conversions, want %d", in.Measure, in.Converted, want)
		}
	}
}

const withinBook = `
  sales: {sum: amount, of: order}
  share: {share: sales, within: region}
  part: {percentile: sales, within: customer.region}
  fifth: {quintile: sales, within: region}
  ranked: {quintile: sales, within: region, cut: rank, best: low}
  group: {total: sales, within: {relation: [subsidiary, owner, owner]}}
  group_share: {share: sales, within: {relation: [owner, subsidiary]}}
  weight: {ratio: [group, sales]}
  industry: {total: orders, within: industry}
  orders: {count: order}
`

// member is a customer of a small company.
type member struct {
	region, group string
	amount        int64
	currency      string
}

func (m member) subject(p *rule.Program) rule.Subject {
	s := rule.Subject{Fields: map[string]any{"region": m.region, "industry": m.region}}
	if m.group != "" {
		s.Groups = map[string]string{p.GroupKinds()[0].Key: m.group}
	}
	return s
}

func (m member) measures(p *rule.Program) rule.Measures {
	fold := p.NewFold(date("2026-01-01"))
	if m.currency != "" {
		f := money("order", "2025-06-01", m.amount, m.currency)
		fold.Add(&f)
	}
	return fold.Measures()
}

// TestMeasuresWithinGroups also checks that the way in which a population is divided into parts changes nothing.
func TestMeasuresWithinGroups(t *testing.T) {
	p := program(t, book(withinBook))
	if g := p.GroupKinds(); len(g) != 1 || strings.Join(g[0].Relations, " ") != "owner subsidiary" {
		t.Fatalf("groups %+v", g)
	}
	company := []member{
		{"east", "g1", 100, "CNY"},
		{"east", "g1", 300, "CNY"},
		{"west", "g1", 600, "CNY"},
		{"west", "", 200, "CNY"},
		{"", "", 50, "CNY"},
		{"north", "g2", 100, "CNY"},
		{"north", "g2", 100, "USD"},
		{"south", "g3", 0, ""},
		{"east", "g3", 400, "CNY"},
	}
	want := []string{
		"share 12.5 part 33.3333 fifth 1 ranked 5 group 10.00 group_share 10 weight 10 industry 3",
		"share 37.5 part 66.6667 fifth 3 ranked 3 group 10.00 group_share 30 weight 3.3333 industry 3",
		"share 75 part 100 fifth 5 ranked 1 group 10.00 group_share 60 weight 1.6667 industry 2",
		"share 25 part 50 fifth 1 ranked 5 group 2.00 group_share 100 weight 1 industry 2",
		"share no_population part no_population fifth no_population ranked no_population group 0.50 group_share 100 weight 1 industry no_population",
		"share 100 part 50 fifth 1 ranked 5 group foreign_currency group_share 100 weight foreign_currency industry 2",
		"share foreign_currency part foreign_currency fifth foreign_currency ranked foreign_currency group foreign_currency group_share foreign_currency weight foreign_currency industry 2",
		"share 0 part 100 fifth 1 ranked 5 group 4.00 group_share 0 weight out_of_data industry 0",
		"share 50 part 100 fifth 5 ranked 1 group 4.00 group_share 100 weight 1 industry 3",
	}
	want[5] = strings.Replace(want[5], "part 50", "part 100", 1)
	for parts := 1; parts <= 4; parts++ {
		pops := make([]*rule.Population, parts)
		for i := range pops {
			pops[i] = p.NewPopulation(date("2026-01-01"))
		}
		for i := range company {
			at := (len(company) - 1 - i) % parts
			pops[at].Add(company[i].subject(p), i, company[i].measures(p))
		}
		pop := pops[parts-1]
		for _, part := range pops[:parts-1] {
			pop.Merge(part)
		}
		pop.Close()
		for i, m := range company {
			_, x := p.Explain(m.subject(p), i, m.measures(p), pop)
			var got []string
			for _, name := range []string{"share", "part", "fifth", "ranked", "group", "group_share", "weight", "industry"} {
				for _, in := range x.Inputs {
					if in.Measure == name {
						got = append(got, name, in.Value+in.Missing)
					}
				}
			}
			if s := strings.Join(got, " "); s != want[i] {
				t.Errorf("%d parts, customer %d:\n got %s\nwant %s", parts, i, s, want[i])
			}
		}
	}
}

func TestExplanationNamesTheGroup(t *testing.T) {
	p := program(t, book(withinBook))
	pop := p.NewPopulation(date("2026-01-01"))
	a, b := member{"east", "g1", 100, "CNY"}, member{"east", "", 100, "CNY"}
	pop.Add(a.subject(p), 0, a.measures(p))
	pop.Add(b.subject(p), 1, b.measures(p))
	pop.Close()
	for i, want := range []string{
		"share region false east 2, group owner+subsidiary true g1 1",
		"share region false east 2, group owner+subsidiary true  1",
	} {
		m := []member{a, b}[i]
		_, x := p.Explain(m.subject(p), i, m.measures(p), pop)
		var got []string
		for _, in := range x.Inputs {
			if g := in.Group; g != nil && (in.Measure == "share" || in.Measure == "group") {
				got = append(got, fmt.Sprintf("%s %s %v %s %d", in.Measure, g.By, g.Relations, g.Name, g.Customers))
			}
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("got %s, want %s", s, want)
		}
	}
}

// TestCasesMayNameGroups runs examples with fields of others, relations and totals of a group.
func TestCasesMayNameGroups(t *testing.T) {
	files := map[string][]byte{rule.FileRulebook: []byte(book(withinBook)), rule.FileCases: []byte(`
- case: by region and by relations
  as_of: 2026-01-01
  customer: {region: east}
  facts: [{order: {date: 2025-06-01, amount: 1}}]
  others:
    - {customer: {region: east, code: C2}, facts: [{order: {date: 2025-06-01, amount: 3}}], repeat: 2}
    - {customer: {region: west, code: C3}, facts: [{order: {date: 2025-06-01, amount: 6}}]}
    - {customer: {region: west, code: C4}, facts: [{order: {date: 2025-06-01, amount: 6}}]}
  relations: [[C9, subsidiary, self], [C3, owner, C9], [C4, kin, C9]]
  expect: {grade: A, measures: {share: 14.2857%, group: 7, weight: 7, group_share: 14.2857%, fifth: 1}}
- case: totals given directly
  as_of: 2026-01-01
  customer: {region: east, code: C1}
  measures: {sales: 5}
  relations: [[C1, owner, C2]]
  company: {share: 20, group: 50}
  expect: {grade: B, measures: {share: 25%, group: 50, group_share: 100%}}
- case: a measure given directly
  as_of: 2026-01-01
  measures: {n: 1, share: 40%, group: 12.50}
  expect: {grade: A, measures: {share: 40%, group: 12.50}}
`)}
	b, problems := rule.Parse(files)
	if rule.HasErrors(problems) {
		t.Fatal(problems)
	}
	report := rule.Test(b)
	for _, c := range report.Cases {
		if !c.Passed {
			t.Errorf("%s: %+v", c.Name.En, c.Diffs)
		}
	}
}

func TestCheckFindsWrongMeasures(t *testing.T) {
	for _, c := range []struct{ name, measures, more, code, says string }{
		{"circle", "a: {sum_of: [b, n]}, b: {difference: [c, n]}, c: {ratio: [a, n]}", "", "measure.cycle", "a → b → c → a"},
		{"itself", "a: {growth: a}", "", "measure.cycle", "a → a"},
		{"unknown operand", "a: {sum_of: [n, m]}", "", "measure.unknown", "m"},
		{"one operand", "a: {difference: [n]}", "", "measure.pair", "difference"},
		{"two units", "a: {sum_of: [n, d]}, d: {days_since: last, of: order}", "", "measure.units", "day"},
		{"amount and count", "a: {sum_of: [n, s], unit: piece}, s: {sum: amount, of: order}", "", "measure.units", "CNY"},
		{"share of an average", "a: {share: m}, m: {average: amount, of: order}", "", "measure.share_of", "m"},
		{"percentile of a ratio", "a: {percentile: m}, m: {ratio: [n, n]}", "", "measure.not_whole", "m"},
		{"share of a share", "a: {share: m}, m: {share: n}", "", "measure.operand", "m"},
		{"growth of a share", "a: {growth: m}, m: {share: n}", "", "measure.operand", "m"},
		{"growth of a streak", "a: {growth: m}, m: {streak: month, of: order, window: P1Y}", "", "measure.growth_of", "m"},
		{"growth over the whole history", "a: {growth: m}, m: {sum_of: [n, n]}", "", "measure.growth_window", "n"},
		{"streak of weeks", "a: {streak: week, of: order}", "", "measure.streak", "month"},
		{"balance without a window", "a: {balance_average: amount, of: balance}", "", "measure.balance_window", "P12M"},
		{"total of everybody", "a: {total: n}", "", "measure.total_within", "region"},
		{"within on a sum", "a: {count: order, within: region}", "", "measure.within_alone", "within"},
		{"within tags", "a: {share: n, within: tags}", "", "measure.within_list", "tags"},
		{"within a misspelt field", "a: {share: n, within: regoin}", "", "field.unknown", "region"},
		{"within both", "a: {share: n, within: {field: region, relation: owner}}", "", "measure.within_both", "relation"},
		{"unknown relation", "a: {total: n, within: {relation: [ownr]}}", "", "relation.unknown", "owner"},
		{"converting a count", "a: {count: order, convert: true}", ratesPart, "measure.convert", "a"},
		{"converting a share", "a: {share: n, convert: true}", ratesPart, "measure.convert", "a"},
		{"converting without rates", "a: {sum: amount, of: order, convert: true}", "", "measure.no_rates", "rates"},
		{"converting into another currency", "a: {sum: amount, of: order, convert: true, unit: USD}", ratesPart, "measure.convert_unit", "USD"},
		{"rates nobody uses", "a: {count: order}", ratesPart, "rate.unused", "USD"},
		{"rates out of order", "a: {sum: amount, of: order, convert: true}", "rates: [{currency: USD, from: 2025-01-01, rate: 7}, {currency: USD, from: 2024-01-01, rate: 7}]", "rate.order", "2024-01-01"},
		{"two rates of a day", "a: {sum: amount, of: order, convert: true}", "rates: [{currency: USD, from: 2025-01-01, rate: 7}, {currency: USD, from: 2025-01-01, rate: 8}]", "rate.duplicate", "2025-01-01"},
		{"rate of nothing", "a: {sum: amount, of: order, convert: true}", "rates: [{currency: USD, from: 2025-01-01, rate: 0}]", "rate.value", "0"},
		{"negative rate", "a: {sum: amount, of: order, convert: true}", "rates: [{currency: USD, from: 2025-01-01, rate: -7}]", "rate.value", "-7"},
		{"rate of the own currency", "a: {sum: amount, of: order, convert: true}", "rates: [{currency: CNY, from: 2025-01-01, rate: 1}]", "rate.currency", "CNY"},
		{"rate on no day", "a: {sum: amount, of: order, convert: true}", "rates: [{currency: USD, from: 2025-02-30, rate: 1}]", "date.impossible", "2025-02-30"},
		{"default of a third of a cent", "a: {max: amount, of: order, missing: 0.001}", "", "measure.missing", "0.001"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(book("", c.more), "measures:\n  n: {count: order}\n", "measures: {n: {count: order}, "+c.measures+"}\n", 1)
			b, problems := rule.Parse(map[string][]byte{rule.FileRulebook: []byte(text)})
			problems = append(problems, b.Check(rule.Environment{})...)
			for _, p := range problems {
				if p.Code == c.code {
					if all := p.Message.En + " " + p.Remedy.En; !strings.Contains(all, c.says) || p.Line == 0 || p.Message.Zh == "" || p.Remedy.Zh == "" {
						t.Errorf("%+v does not say %q", p, c.says)
					}
					return
				}
			}
			t.Errorf("%s is missing: %+v", c.code, problems)
		})
	}
}

func TestReversedFactsVanishFromEveryMeasure(t *testing.T) {
	p := program(t, book(`
  months: {streak: month, of: order}
  level: {balance_average: amount, of: balance, window: P12M, convert: true}
  sales: {sum: amount, of: order, window: P12M, convert: true}
  growth: {growth: sales}
`, ratesPart))
	keep := []rule.Fact{money("balance", "2024-01-01", 100, "CNY"), money("order", "2024-05-01", 100, "CNY"), money("order", "2025-11-01", 100, "USD")}
	wrong := []rule.Fact{money("order", "2025-10-01", 100, "EUR"), money("balance", "2025-10-02", 900, "EUR")}
	all := []rule.Fact{keep[0], keep[1], wrong[0], wrong[1], keep[2]}
	all[2].ID, all[3].ID = 7, 8
	for i := range wrong {
		back := wrong[i]
		back.ID, back.Reverses, back.On = int64(20+i), int64(7+i), date("2025-12-01")
		all = append(all, back)
	}
	want, got := inputs(p, "2025-12-30", keep), inputs(p, "2025-12-30", all)
	if fmt.Sprint(want) != fmt.Sprint(got) || got["sales"] != "7.15" || got["level"] != "1.00" || got["months"] != "1" {
		t.Errorf("after reversals: %v\nwant %v", got, want)
	}
}
