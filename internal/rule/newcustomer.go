package rule

import "kezhi/internal/calendar"

// NewCustomer says for how long the grades of young customers are provisional.
type NewCustomer struct {
	Period calendar.Period // since the first fact
	Form   string          // the form that is used meanwhile, as the text names it; empty when it names none
	Clause string
}

// NewCustomer gives what the rulebook says about young customers; nil when it says nothing.
func (p *Program) NewCustomer() *NewCustomer {
	if p.grading.young.IsZero() {
		return nil
	}
	return &NewCustomer{Period: p.grading.young, Form: p.grading.youngBy.Zh, Clause: p.grading.youngAt}
}

// LastDay gives the last day on which the grade of a customer with its first fact on a day is provisional.
func (n *NewCustomer) LastDay(first calendar.Date) calendar.Date {
	return n.Period.After(first).AddDays(-1)
}
