package duty

import (
	"slices"

	"kezhi/internal/calendar"
)

// PlanResult is what a planning job found out.
type PlanResult struct {
	Rulebook  string `json:"rulebook"`
	Customers int64  `json:"customers"`
	Opened    int64  `json:"opened"`
	Dropped   int64  `json:"dropped"`
	Moved     int64  `json:"moved"`    // given to another person
	Redated   int64  `json:"redated"`  // moved with the date from which their day follows
	Unplaced  int64  `json:"unplaced"` // occurrences for which there is no day
	Ownerless int64  `json:"ownerless"`
	// NotInForce says that no version of the rulebook is in force, so nothing was planned.
	NotInForce bool `json:"not_in_force,omitempty"`
	// Impossible says of what the unplaced occurrences are, and why.
	Impossible []Impossible `json:"impossible,omitempty"`
}

// Impossible counts the occurrences of one rule, for customers of one grade, for which there is no day for the same reason.
type Impossible struct {
	Rulebook  string   `json:"rulebook"`
	Clause    string   `json:"clause"`
	Rule      string   `json:"rule"`
	Grade     string   `json:"grade"`
	Reason    string   `json:"reason" enum:"no_interval,no_working_day,owner_away,over_capacity,no_date,year_unknown"`
	Occasion  string   `json:"occasion,omitempty"`
	Count     int64    `json:"count"`
	Customers []string `json:"customers" nullable:"false" doc:"The first of them, by code"`
	From      string   `json:"from,omitempty" doc:"First day of the first window concerned"`
}

// examples is how many customers of an Impossible are named.
const examples = 5

// note counts what could not be planned for one customer.
func (r *PlanResult) note(rulebook string, g *graded, list []Unplaced) {
	r.Unplaced += int64(len(list))
	for _, u := range list {
		i := slices.IndexFunc(r.Impossible, func(x Impossible) bool {
			return x.Rule == u.Rule && x.Grade == g.Grade && x.Reason == u.Reason && x.Occasion == u.Occasion
		})
		if i < 0 {
			i = len(r.Impossible)
			r.Impossible = append(r.Impossible, Impossible{
				Rulebook: rulebook, Clause: u.Clause, Rule: u.Rule, Grade: g.Grade, Reason: u.Reason, Occasion: u.Occasion, Customers: []string{},
			})
		}
		x := &r.Impossible[i]
		x.Count++
		if g.code != "" && len(x.Customers) < examples && !slices.Contains(x.Customers, g.code) {
			x.Customers = append(x.Customers, g.code)
		}
		if u.From != calendar.None && (x.From == "" || u.From.String() < x.From) {
			x.From = u.From.String()
		}
	}
}

// clone gives a copy that shares nothing.
func (r *PlanResult) clone() PlanResult {
	out := *r
	out.Impossible = slices.Clone(r.Impossible)
	for i := range out.Impossible {
		out.Impossible[i].Customers = slices.Clone(out.Impossible[i].Customers)
	}
	return out
}
