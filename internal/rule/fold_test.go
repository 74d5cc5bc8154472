package rule_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

// allMeasures exercises every function on facts.
const allMeasures = `
rulebook: all
version: 1.0.0
title: all
currency: CNY
facts: {payment: {attrs: {days_to_pay: {type: number, unit: day}, channel: {type: text}}}}
settings: {months: {value: P12M}}
measures:
  total: {sum: amount, of: order, where: status != "cancelled", window: "{months}"}
  big: {sum: amount, of: order, where: amount >= 100 && date >= "2025-06-01", window: all}
  either: {count: order, where: status == "open" || amount > 150}
  n: {count: order, window: P12M}
  mean: {average: amount, of: order, window: P12M}
  least: {min: amount, of: order, window: P12M}
  most: {max: amount, of: order, window: P12M}
  latest: {last: amount, of: order, window: P12M}
  docs: {distinct: document, of: order, window: P12M}
  products: {distinct: product, of: order}
  months: {distinct: month, of: order}
  days: {distinct: date, of: order}
  since: {days_since: last, of: order}
  since_first: {days_since: first, of: order}
  pieces: {sum: quantity, of: order, unit: piece}
  pay: {average: days_to_pay, of: payment, where: 'channel in ["bank", "cash"]'}
  paid: {sum: amount, of: payment}
  rate: {ratio: [paid, total], unit: "%"}
  per_order: {ratio: [total, n]}
  growth: {growth: total}
  this_year: {sum: amount, of: order, window: year}
  year_before: {sum: amount, of: order, window: last_year}
  whole_months: {sum: amount, of: order, window: {length: P1M, from: month_start}}
  fixed: {sum: amount, of: order, window: {from: 2025-01-01, to: 2025-01-31}}
  returns: {sum: amount, of: [return, order], where: kind == "return", missing: 0}
grades:
  scheme: s
  from: n
  labels: [{code: A, title: A}, {code: B, title: B}]
  bands: [{code: A, at_least: 1}, {code: B, otherwise: true}]
`

func program(tb testing.TB, text string) *rule.Program {
	tb.Helper()
	book, problems := rule.Parse(map[string][]byte{rule.FileRulebook: []byte(text)})
	if rule.HasErrors(problems) {
		tb.Fatal(problems)
	}
	p, problems := rule.Compile(book, nil)
	if p == nil {
		tb.Fatal(problems)
	}
	return p
}

func date(s string) calendar.Date {
	d, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func attrs(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func order(on string, amount int64, document string) rule.Fact {
	return rule.Fact{
		Kind: "order", Currency: "CNY", Status: "shipped", On: date(on), Amount: amount, HasAmount: true,
		Quantity: 1500, Document: []byte(document), Product: []byte("p" + document),
	}
}

// inputs folds facts and gives every measure's value as shown.
func inputs(p *rule.Program, asOf string, facts []rule.Fact) map[string]string {
	fold := p.NewFold(date(asOf))
	for i := range facts {
		fold.Add(&facts[i])
	}
	if fold.Replay() {
		fold.Restart()
		for i := range facts {
			fold.Add(&facts[i])
		}
	}
	_, x := p.Explain(rule.Subject{}, 0, fold.Measures(), nil)
	out := map[string]string{}
	for _, in := range x.Inputs {
		out[in.Measure] = in.Value
		if in.Missing != "" {
			out[in.Measure] = in.Missing
		}
	}
	return out
}

func TestEveryMeasure(t *testing.T) {
	facts := []rule.Fact{
		order("2024-03-01", 10_000, "o0"),
		order("2025-01-15", 20_000, "o1"),
		order("2025-01-15", 5_001, "o1"),
		order("2025-07-01", 30_000, "o2"),
		{Kind: "payment", Currency: "CNY", On: date("2025-07-20"), Amount: 10_000, HasAmount: true, Attr: attrs("days_to_pay", "30.5", "channel", "bank")},
		{Kind: "payment", Currency: "CNY", On: date("2025-07-21"), Amount: 1_000, HasAmount: true, Attr: attrs("days_to_pay", "60", "channel", "card")},
		{Kind: "payment", Currency: "CNY", On: date("2025-07-22"), Amount: 7_000, HasAmount: true, Attr: attrs("days_to_pay", "20", "channel", "cash")},
		order("2025-12-01", -4_000, "o3"),
		order("2025-12-31", 9_900, "o4"), // after the as-of date
	}
	facts[7].Status = "cancelled"
	got := inputs(program(t, allMeasures), "2025-12-30", facts)
	want := map[string]string{
		"total": "550.01", "big": "300.00", "either": "2", "n": "4", "mean": "127.50", "least": "-40.00", "most": "300.00",
		"latest": "-40.00", "docs": "3", "products": "4", "months": "4", "days": "4", "since": "29", "since_first": "669",
		"pieces": "7.5", "pay": "25.25", "paid": "180.00", "rate": "32.7267", "per_order": "137.5025", "growth": "450.01",
		"this_year": "510.01", "year_before": "100.00", "whole_months": "-40.00", "fixed": "250.01", "returns": "0.00",
	}
	for name, w := range want {
		if got[name] != w {
			t.Errorf("%s = %s, want %s", name, got[name], w)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s = %s is not checked", name, got[name])
		}
	}
}

func TestWindowEdges(t *testing.T) {
	p := program(t, allMeasures)
	for _, c := range []struct{ on, measure, want string }{
		{"2024-12-30", "n", "0"},
		{"2024-12-31", "n", "1"},
		{"2025-12-30", "n", "1"},
		{"2025-12-31", "n", "0"},
		{"2025-01-01", "this_year", "1.00"},
		{"2024-12-31", "this_year", "0.00"},
		{"2024-12-31", "year_before", "1.00"},
		{"2024-01-01", "year_before", "1.00"},
		{"2023-12-31", "year_before", "0.00"},
		{"2025-11-01", "whole_months", "1.00"},
		{"2025-10-31", "whole_months", "0.00"},
		{"2025-01-31", "fixed", "1.00"},
		{"2025-02-01", "fixed", "0.00"},
	} {
		got := inputs(p, "2025-12-30", []rule.Fact{order(c.on, 100, "x")})
		if got[c.measure] != c.want {
			t.Errorf("%s on %s: %s, want %s", c.measure, c.on, got[c.measure], c.want)
		}
	}
	if from := program(t, benchBook).From(date("2025-12-30")); from != date("2024-12-31") {
		t.Errorf("earliest date %s", from)
	}
	if from := p.From(date("2025-12-30")); from != calendar.None {
		t.Errorf("a window over the whole history is bounded by %s", from)
	}
}

func TestDaysSinceCountsWholeDays(t *testing.T) {
	p := program(t, allMeasures)
	asOf := date("2025-12-30")
	const hour = int64(3600 * 1_000_000)
	midnight := int64(asOf) * 24 * hour
	for _, c := range []struct {
		zone, before int64 // hours
		want         string
	}{{0, 24, "1"}, {0, 23, "0"}, {0, 47, "1"}, {8, 24, "1"}, {8, 25, "1"}, {8, 23, "0"}, {0, -5, "0"}} {
		fold := p.NewFoldAt(asOf, midnight-c.zone*hour)
		f := order("2025-12-29", 1, "a")
		f.At = midnight - c.zone*hour - c.before*hour
		fold.Add(&f)
		_, x := p.Explain(rule.Subject{}, 0, fold.Measures(), nil)
		for _, in := range x.Inputs {
			if in.Measure == "since" && in.Value != c.want {
				t.Errorf("%d hours before midnight in zone %d: %s days, want %s", c.before, c.zone, in.Value, c.want)
			}
		}
	}
}

func TestReversedFactsVanish(t *testing.T) {
	p := program(t, allMeasures)
	keep := []rule.Fact{order("2025-01-15", 20_000, "o1"), order("2025-07-01", 30_000, "o2")}
	wrong, back := order("2025-03-01", 99_999, "bad"), order("2025-08-01", -99_999, "bad")
	wrong.ID, back.ID, back.Reverses = 7, 8, 7
	all := []rule.Fact{keep[0], wrong, keep[1], back}
	want := inputs(p, "2025-12-30", keep)
	if got := inputs(p, "2025-12-30", all); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("after a replay: %v\nwant %v", got, want)
	}
	fold := p.NewFold(date("2025-12-30"))
	fold.Void(7)
	for i := range all {
		fold.Add(&all[i])
	}
	if fold.Replay() {
		t.Error("an announced reversal asks for a replay")
	}
	fold.Reset()
	fold.Add(&wrong)
	_, x := p.Explain(rule.Subject{}, 0, fold.Measures(), nil)
	if x.Inputs[0].Value != "999.99" {
		t.Errorf("a reversal of one customer is remembered for the next: %s", x.Inputs[0].Value)
	}
}

func TestCurrenciesAreNeverAdded(t *testing.T) {
	p := program(t, strings.Replace(allMeasures, "from: n\n", "from: total\n", 1))
	facts := []rule.Fact{order("2025-01-15", 100, "a"), order("2025-02-15", 100, "b")}
	facts[1].Currency = "USD"
	for _, c := range []struct {
		facts  []rule.Fact
		reason string
	}{{facts, rule.ReasonMixedCurrency}, {facts[1:], rule.ReasonForeignCurrency}, {facts[:1], ""}} {
		fold := p.NewFold(date("2025-12-30"))
		for i := range c.facts {
			fold.Add(&c.facts[i])
		}
		v := p.Judge(rule.Subject{}, 0, fold.Measures(), nil)
		if v.Reason != c.reason || (v.Code == "") != (c.reason != "") {
			t.Errorf("got %+v, want reason %q", v, c.reason)
		}
	}
}

func TestSumThatDoesNotFitIsRefused(t *testing.T) {
	p := program(t, strings.Replace(allMeasures, "from: n\n", "from: total\n", 1))
	fold := p.NewFold(date("2025-12-30"))
	for range 2 {
		f := order("2025-01-15", 1<<62, "a")
		fold.Add(&f)
		fold.Add(&f)
	}
	if v := p.Judge(rule.Subject{}, 0, fold.Measures(), nil); v.Reason != rule.ReasonOutOfRange {
		t.Errorf("got %+v", v)
	}
}

// TestFoldAgreesWithPlainArithmetic compares the fold with sums written out over generated facts.
func TestFoldAgreesWithPlainArithmetic(t *testing.T) {
	p := program(t, benchBook)
	asOf := date("2026-01-01")
	fold := p.NewFold(asOf)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "n")
		day := asOf.AddDays(-500)
		var sum, count int64
		last := calendar.None
		fold.Reset()
		for range n {
			day = day.AddDays(rapid.IntRange(0, 40).Draw(t, "gap"))
			f := rule.Fact{
				Kind: rapid.SampledFrom([]string{"order", "payment"}).Draw(t, "kind"), Currency: "CNY", On: day,
				Status: rapid.SampledFrom([]string{"shipped", "cancelled", ""}).Draw(t, "status"),
				Amount: rapid.Int64Range(-1e9, 1e9).Draw(t, "amount"), HasAmount: true,
			}
			fold.Add(&f)
			if f.Kind == "order" && f.Status == "shipped" && day <= asOf && day > date("2025-01-01") {
				sum, count, last = sum+f.Amount, count+1, day
			}
		}
		_, x := p.Explain(rule.Subject{}, 0, fold.Measures(), nil)
		want := []string{fmt.Sprintf("%d.%02d", abs(sum)/100, abs(sum)%100), fmt.Sprint(count), ""}
		if sum < 0 {
			want[0] = "-" + want[0]
		}
		if last != calendar.None {
			want[2] = fmt.Sprint(int(asOf - last))
		}
		for i, w := range want {
			if x.Inputs[i].Value != w {
				t.Fatalf("%s = %s, want %s", x.Inputs[i].Measure, x.Inputs[i].Value, w)
			}
		}
	})
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

func TestExplanationIsStableAndTellsWhatIsMissing(t *testing.T) {
	p := shipped(t, "dealer-annual-grading")
	fold := p.NewFold(date("2025-12-25"))
	for m := range 10 {
		f := order("2025-02-10", 9_000_000, fmt.Sprint(m))
		f.On = f.On.AddMonths(m)
		fold.Add(&f)
	}
	s := rule.Subject{Fields: map[string]any{"kind": "dealer"}, Judged: map[string]string{"local_influence": "7.5"}}
	v, x := p.Explain(s, 0, fold.Measures(), nil)
	if fast := p.Judge(s, 0, fold.Measures(), nil); fast != v {
		t.Errorf("judge %+v, explain %+v", fast, v)
	}
	first, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		_, again := p.Explain(s, 0, fold.Measures(), nil)
		if other, _ := json.Marshal(again); string(other) != string(first) {
			t.Fatal("the same verdict was explained in two ways")
		}
	}
	// 30 (900,000 CNY) + 15 (no year before) + 20 (10 months) + 15 + 0 % collected = 0 + 5 + 7.5
	if v.Code != "C" || x.Score.Value != "92.5" || x.Next.Code != "B" || x.Next.Missing != "7.5" || x.Keep.Margin != "12.5" {
		t.Fatalf("%s %+v %+v %+v", v.Code, x.Score, x.Next, x.Keep)
	}
	ways := map[string]rule.Way{}
	for _, w := range x.Next.Ways {
		ways[w.Input] = w
	}
	if w := ways["sales_12m"]; w.Missing != "100000.00" || w.Points != "+15" || !w.Enough || w.Unit != "CNY" {
		t.Errorf("way by sales: %+v", w)
	}
	if w := ways["local_influence"]; w.Missing != "2.5" || w.Enough {
		t.Errorf("way by influence: %+v", w)
	}
	if _, ok := ways["order_months"]; ok {
		t.Error("a line at its maximum is offered as a way up")
	}
	for _, w := range x.Keep.Ways {
		if !strings.HasPrefix(w.Points, "-") || !w.Enough {
			t.Errorf("way down: %+v", w)
		}
	}
}
