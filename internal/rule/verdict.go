package rule

import "kezhi/internal/calendar"

// Reasons why a customer has no grade. A rulebook may add its own under `requires`.
const (
	ReasonNotInScope       = "not_in_scope"
	ReasonMixedCurrency    = "mixed_currency"
	ReasonForeignCurrency  = "foreign_currency"
	ReasonOutOfData        = "out_of_data"
	ReasonNoPopulation     = "no_population"
	ReasonJudgementMissing = "judgement_missing"
	ReasonOutOfRange       = "out_of_range"
	ReasonNoBand           = "no_band"
	ReasonConflictingRows  = "conflicting_rows"
	ReasonNoGrades         = "no_grades"
)

// ProvisionalNewCustomer marks a grade of a customer that has not been with the company long enough.
const ProvisionalNewCustomer = "new_customer"

// Verdict is what a rulebook says about one customer as of a date. It is a plain value without references.
type Verdict struct {
	// Code is the grade, empty when there is none; then Reason says why.
	Code string
	// Reason is one of the Reason constants or a reason the rulebook declares under `requires`.
	Reason string
	// ScoreMicro is the scorecard's total in millionths of a point, or the measure the rulebook shows as the score in
	// millionths of its unit; valid only if HasScore.
	ScoreMicro int64
	HasScore   bool
	// ExpiresOn is the first day on which the grade no longer holds; calendar.None when it does not expire.
	ExpiresOn calendar.Date
	// Provisional is empty or one of the Provisional constants.
	Provisional string
	// Held is true when the grade is the previous one, kept although the score or measure alone would give a lower one.
	Held bool
	// Proposed is the better grade that facts and judgements lead to and that waits for signatures; empty when none does.
	Proposed string
	// Dormant is true when the rulebook says the customer is dormant.
	Dormant bool
}
