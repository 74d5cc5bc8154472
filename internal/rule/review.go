package rule

import "kezhi/internal/calendar"

// What a step of a review does; other words are kept as written and carried out by people alone.
const (
	StepRate    = "rate"    // the first rating, region by region
	StepReRate  = "re-rate" // the meeting
	StepApprove = "approve" // signatures for a grade, carried by cases of a procedure
	// StepExit decides to give customers up; the grades named are those at which the regulation foresees it.
	StepExit = "decide_exit"
)

// Review is the campaign in which people rate every customer: who fills, who re-rates, who approves, and when.
type Review struct {
	// Every is year or an ISO period.
	Every string `json:"every"`
	// From and To are the first and the last day as written, MM-DD or YYYY-MM-DD; empty when the text names none.
	From string `json:"from"`
	To   string `json:"to"`
	// Steps are in the order of the text.
	Steps   []ReviewStep `json:"steps"`
	Results []string     `json:"results"`
	Clause  string       `json:"clause"`
	Assumed bool         `json:"assumed"`
}

// ReviewStep is one step of a review.
type ReviewStep struct {
	Do   string `json:"do"`
	By   string `json:"by"`
	Of   string `json:"of"`
	Form string `json:"form"`
	As   string `json:"as"`
	// Grade bounds the step to one grade of Scheme, "" = the first scheme; Chain are the posts that sign, in order.
	Grade  string   `json:"grade"`
	Scheme string   `json:"scheme"`
	Chain  []string `json:"chain"`
	Clause string   `json:"clause"`
	// Procedure is the procedure whose cases carry the signatures for Grade; empty where people read the step only.
	Procedure string `json:"procedure"`
	// Between says what becomes of the grade when facts alone lead to it: BetweenOpen, BetweenOffer, or empty: it holds.
	Between string `json:"between"`
	// AtFirst is AtFirstHold where the grade holds unsigned for customers that were never graded before.
	AtFirst string `json:"at_first"`
}

// What becomes of a grade that is signed for when it follows between two campaigns.
const (
	BetweenOpen  = "open"  // a case is begun at once
	BetweenOffer = "offer" // people are offered to begin one
	AtFirstHold  = "hold"  // of a customer that was never graded before the grade holds as it is
)

// Signing gives the step by which a grade needs signatures that cases carry; nil when none does.
func (r *Review) Signing() *ReviewStep {
	if r == nil {
		return nil
	}
	for i := range r.Steps {
		if s := &r.Steps[i]; s.Do == StepApprove && s.Grade != "" && s.Procedure != "" {
			return s
		}
	}
	return nil
}

// Review gives the review of the rulebook with the settings in force; nil when it has none.
func (p *Program) Review() *Review { return p.family.review }

// Step gives the first step that does something; nil when there is none.
func (r *Review) Step(do string) *ReviewStep {
	for i := range r.Steps {
		if r.Steps[i].Do == do {
			return &r.Steps[i]
		}
	}
	return nil
}

// Window gives the first and the last day in a year; false when the text names no days, or others than of that year.
func (r *Review) Window(year int) (from, to calendar.Date, ok bool) {
	from, okFrom := dayIn(r.From, year)
	to, okTo := dayIn(r.To, year)
	return from, to, okFrom && okTo && from <= to
}

// Period is how long what was decided in a review counts; a year where the text says nothing else.
func (r *Review) Period() calendar.Period {
	if p, err := calendar.ParsePeriod(r.Every); err == nil && !p.IsZero() {
		return p
	}
	return calendar.Period{Months: 12}
}

// dayIn reads MM-DD in a year (29 February is the 28th in other years) or YYYY-MM-DD of that year.
func dayIn(s string, year int) (calendar.Date, bool) {
	if d, shaped, exists := parseMonthDay(s); shaped {
		if !exists {
			return calendar.None, false
		}
		date, err := calendar.Of(year, d.month, min(d.day, calendar.DaysIn(year, d.month)))
		return date, err == nil
	}
	date, err := calendar.Parse(s)
	if err != nil {
		return calendar.None, false
	}
	y, _, _ := date.Civil()
	return date, y == year
}

// reviewView makes what the rest of the product carries out.
func (k *compiler) reviewView(r *reviewSpec) *Review {
	out := &Review{Every: k.resolve(r.Every), Steps: []ReviewStep{}, Results: []string{}, Clause: r.Clause.S, Assumed: r.Assumed.yes()}
	if r.Window != nil {
		out.From, out.To = k.resolve(r.Window.From), k.resolve(r.Window.To)
	}
	for i := range r.Steps {
		s := &r.Steps[i]
		one := ReviewStep{
			Do: s.Do.S, By: s.By.S, Of: s.Of.S, Form: s.Form.S, As: s.As.S, Grade: k.resolve(s.Grade), Scheme: s.Scheme.S, Chain: []string{}, Clause: s.Clause.S,
			Procedure: s.Procedure.S, Between: k.resolve(s.Between), AtFirst: k.resolve(s.AtFirst),
		}
		for _, by := range s.Chain {
			one.Chain = append(one.Chain, by.S)
		}
		out.Steps = append(out.Steps, one)
	}
	for _, w := range r.Results {
		out.Results = append(out.Results, w.S)
	}
	return out
}
