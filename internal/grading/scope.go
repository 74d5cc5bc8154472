package grading

import (
	"encoding/json"
	"maps"
	"slices"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

// reasonNotInScope is stored for a customer that a rulebook had judged and is no longer about.
const reasonNotInScope = rule.ReasonNotInScope

// notInScope is the verdict on such a customer.
var notInScope = rule.Verdict{Reason: reasonNotInScope, ExpiresOn: calendar.None}

// outOfScope gives the explanation of notInScope.
func outOfScope(run *Run, p *rule.Program) ([]byte, error) {
	return json.Marshal(rule.Explanation{
		Rulebook: run.Rulebook, Version: run.Version, AsOf: run.AsOf.String(), Inputs: []rule.ExplainedInput{},
		Reason: &rule.ExplainedReason{Code: reasonNotInScope, Title: p.ReasonText(reasonNotInScope)},
	})
}

func someOut(page []outcome) bool {
	return slices.ContainsFunc(page, func(m outcome) bool { return !m.inScope })
}

func copyCounts(counts map[string]int64) map[string]int64 {
	if counts == nil {
		return map[string]int64{}
	}
	return maps.Clone(counts)
}

func sortedKeys[V any](m map[int64]V) []int64 { return slices.Sorted(maps.Keys(m)) }
