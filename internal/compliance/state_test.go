package compliance

import "testing"

// A reason why there is no verdict is an answer; only silence breaks a clause.
func TestStateOfAClause(t *testing.T) {
	for want, list := range map[string][]Clause{
		"untold": {{}},
		"kept":   {{Verdicts: &Verdicts{InScope: 10, Graded: 9, Without: 1}}, {Duties: &Tally{Kept: 1}}},
		"open":   {{Verdicts: &Verdicts{}}, {Duties: &Tally{Open: 3}}},
		"broken": {{Verdicts: &Verdicts{InScope: 10, Graded: 8, Without: 1}}, {Duties: &Tally{Kept: 9, Late: 1}}, {Duties: &Tally{Missed: 1}}},
	} {
		for _, c := range list {
			if got := c.state(); got != want {
				t.Errorf("%+v %+v: %s, want %s", c.Verdicts, c.Duties, got, want)
			}
		}
	}
}
