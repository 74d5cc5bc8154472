package rule_test

import (
	"strings"
	"testing"

	"kezhi/internal/rule"
)

const rankTable = `
rulebook: own
version: 1.0.0
title: {zh: 自有制度, en: Own rulebook}
currency: CNY
measures:
  sales: {sum: amount, of: order, window: P12M}
  rank: {percentile: sales}
grades:
  scheme: own
  labels: [{code: top, title: {zh: 领先, en: Top}}, {code: rest, title: {zh: 其余, en: Rest}}]
  hit: first
  table:
    - {code: top, when: {rank: {at_least: 90%}}}
    - {code: rest, WHEN}
`

// A share of customers ends at 0 and 1, less than one beyond any line drawn on it: what lies between must be tried all the same.
func TestTableOnAShareIsTriedOnBothSidesOfItsLine(t *testing.T) {
	for when, want := range map[string]string{
		"otherwise: true":            "",
		"when: {rank: {below: 80%}}": "table.gap",
		"when: {rank: {above: 95%}}": "table.gap",
	} {
		book, _ := rule.Parse(map[string][]byte{
			rule.FileRulebook: []byte(strings.Replace(rankTable, "WHEN", when, 1)), rule.FileClauses: []byte(ownClauses), rule.FileCases: []byte("[]\n"),
		})
		var got []string
		for _, p := range book.Check(rule.Environment{}) {
			if strings.HasPrefix(p.Code, "table.") {
				got = append(got, p.Code)
			}
		}
		if (want == "" && len(got) > 0) || (want != "" && !strings.Contains(strings.Join(got, " "), want)) {
			t.Errorf("%s: got %v, want %q", when, got, want)
		}
	}
}
