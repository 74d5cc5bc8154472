package rule_test

import (
	"math/big"
	"sort"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

const fifthsBook = `
rulebook: fifths
version: 1.0.0
title: fifths
measures:
  sales: {sum: amount, of: order}
  by_value: {quintile: sales}
  by_rank: {quintile: sales, cut: rank}
  turned: {quintile: sales, best: low}
  part: {percentile: sales}
  share: {share: sales}
grades:
  scheme: s
  from: by_value
  labels: [{code: A, title: A}, {code: B, title: B}]
  bands: [{code: A, at_least: 4}, {code: B, otherwise: true}]
`

// oneAmount folds a single order.
func oneAmount(p *rule.Program, amount int64, currency string) rule.Measures {
	fold := p.NewFold(date("2026-01-01"))
	fold.Add(&rule.Fact{Kind: "order", Currency: currency, On: date("2025-06-01"), Amount: amount, HasAmount: true})
	return fold.Measures()
}

func shown(p *rule.Program, rank int, m rule.Measures, pop *rule.Population) map[string]string {
	_, x := p.Explain(rule.Subject{}, rank, m, pop)
	out := map[string]string{}
	for _, in := range x.Inputs {
		out[in.Measure] = in.Value
	}
	return out
}

// naiveFifth cuts sorted values as the definition says, with exact fractions.
func naiveFifth(sorted []int64, v int64) int {
	n := int64(len(sorted))
	for q := int64(1); q <= 4; q++ {
		at := big.NewRat(q*(n-1), 5)
		low := q * (n - 1) / 5
		edge := new(big.Rat).SetInt64(sorted[low])
		if part := new(big.Rat).Sub(at, big.NewRat(low, 1)); part.Sign() > 0 {
			step := new(big.Rat).SetInt64(sorted[low+1] - sorted[low])
			edge.Add(edge, step.Mul(step, part))
		}
		if new(big.Rat).SetInt64(v).Cmp(edge) <= 0 {
			return int(q)
		}
	}
	return 5
}

func TestFifthsAgreeWithTheDefinition(t *testing.T) {
	p := program(t, fifthsBook)
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(-20, 60), 1, 40).Draw(t, "values")
		pop, other := p.NewPopulation(date("2026-01-01")), p.NewPopulation(date("2026-01-01"))
		for i, v := range values {
			part := pop
			if i%3 == 0 {
				part = other
			}
			part.Add(rule.Subject{}, i, oneAmount(p, v, "CNY"))
		}
		pop.Merge(other)
		pop.Close()
		sorted := append([]int64(nil), values...)
		sort.Slice(sorted, func(i, j int) bool { return sorted[i] < sorted[j] })
		n := len(values)
		for i, v := range values {
			got := shown(p, i, oneAmount(p, v, "CNY"), pop)
			place, atMost := 1, 0
			for j, o := range values {
				if o < v || o == v && j < i {
					place++
				}
				if o <= v {
					atMost++
				}
			}
			byRank := 1
			for 5*(place-1) > byRank*(n-1) {
				byRank++
			}
			byValue := naiveFifth(sorted, v)
			want := []string{strconv.Itoa(byValue), strconv.Itoa(byRank), strconv.Itoa(6 - byValue)}
			for k, name := range []string{"by_value", "by_rank", "turned"} {
				if got[name] != want[k] {
					t.Fatalf("%s of %d among %v: %s, want %s", name, v, values, got[name], want[k])
				}
			}
			if part, ok := new(big.Rat).SetString(got["part"]); !ok || closeTo(part, big.NewRat(int64(100*atMost), int64(n))) {
				t.Fatalf("percentile of %d among %v: %s", v, values, got["part"])
			}
		}
	})
}

// closeTo reports that two percentages differ by more than the rounding of four places.
func closeTo(a, b *big.Rat) bool {
	diff := new(big.Rat).Sub(a, b)
	return diff.Abs(diff).Cmp(big.NewRat(1, 10_000)) > 0
}

func TestTotalsAreKeptByCurrency(t *testing.T) {
	p := program(t, fifthsBook)
	pop := p.NewPopulation(date("2026-01-01"))
	for i, c := range []struct {
		amount   int64
		currency string
	}{{100, "CNY"}, {300, "CNY"}, {1 << 62, "USD"}, {1 << 62, "USD"}, {1 << 62, "USD"}, {50, "EUR"}} {
		pop.Add(rule.Subject{}, i, oneAmount(p, c.amount, c.currency))
	}
	pop.Close()
	for _, c := range []struct {
		amount         int64
		currency, want string
	}{{100, "CNY", "25"}, {50, "EUR", "100"}, {1, "GBP", ""}, {1 << 62, "USD", ""}} {
		if got := shown(p, 0, oneAmount(p, c.amount, c.currency), pop)["share"]; got != c.want {
			t.Errorf("share of %d %s: %q, want %q", c.amount, c.currency, got, c.want)
		}
	}
}

func TestShareWithoutAPopulationHasAReason(t *testing.T) {
	p := shipped(t, "key-accounts")
	m := oneAmount(p, 100, "CNY")
	for name, pop := range map[string]*rule.Population{"none": nil, "empty": closed(p)} {
		if v := p.Judge(rule.Subject{}, 0, m, pop); v.Code != "" || v.Reason != rule.ReasonNoPopulation {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

func closed(p *rule.Program) *rule.Population {
	pop := p.NewPopulation(calendar.None)
	pop.Close()
	return pop
}

func TestARankedValueTakesSixteenBytes(t *testing.T) {
	if rule.RankedBytes != 16 {
		t.Errorf("%d bytes", rule.RankedBytes)
	}
}
