package rule

import (
	"kezhi/internal/calendar"
	"kezhi/internal/expr"
)

// fn is what a measure does.
type fn uint8

const (
	fnSum fn = iota + 1
	fnCount
	fnAverage
	fnMin
	fnMax
	fnLast
	fnDistinct
	fnDaysFirst
	fnDaysLast
	fnStreak
	fnBalance
	fnRatio
	fnSumOf
	fnDifference
	fnGrowth
	fnShare
	fnTotal
	fnPercentile
	fnQuintile
)

// base reports whether the measure comes from facts alone.
func (f fn) base() bool { return f >= fnSum && f <= fnBalance }

// population reports whether the measure needs all customers.
func (f fn) population() bool { return f >= fnShare }

// measure is a compiled measure.
type measure struct {
	name   string
	title  Text
	clause string
	fn     fn
	unit   string // currency code, %, day, count, or a name
	// money is true when values carry a currency; currency is the one the rulebook's bounds are written in, or empty.
	money    bool
	currency string
	convert  bool
	months   int   // length of the periods of a streak
	den      int64 // denominator of whole values without currency: 1, 1000 (quantity), 1e6 (numeric fields)
	slot     int   // accumulator
	prev     int   // accumulator of the window before, where a growth needs it; -1 otherwise
	// before is true when a growth needs the value of the window before.
	before bool
	ops    []int // operands
	win    window
	// whole is true when every value is a whole number of 1/den (or of minor units), so that values can be added up and
	// ranked as integers. late is true when the value needs all customers. nonNegative is true when no value is below 0.
	whole, late, nonNegative bool
	within                   int  // index of the grouping the customers are compared in; -1: all in scope
	rank                     int  // index among the population's ranked measures or totals
	byRank                   bool // quintile cut on ranks
	lowBest                  bool
	// hasDefault gives a value to a measure without data.
	hasDefault bool
	deflt      rat
	assumed    bool
	at         pos
}

// fieldID is a column of a fact.
type fieldID uint8

const (
	fieldAmount fieldID = iota + 1
	fieldQuantity
	fieldAttr
	fieldDocument
	fieldProduct
	fieldDate
	fieldMonth
	fieldStatus
	fieldCurrency
	fieldKind
)

// accOp is what an accumulator does with a fact.
type accOp uint8

const (
	accSum accOp = iota + 1
	accCount
	accMin
	accMax
	accLast
	accDistinctBytes
	accDistinctDay
	accDistinctMonth
	accFirstInstant
	accLastInstant
	accStreak
	accLevel
)

// accPlan is one accumulator behind a gate.
type accPlan struct {
	op    accOp
	field fieldID
	attr  string
	slot  int
	set   int // index of the byte set, for accDistinctBytes; of the level, for accLevel
	// months is the length of a period of accStreak; win and prev are the days of accLevel, whose gate is open to the
	// whole history, because the level at the beginning of the window comes from before.
	months  int
	win     window
	prev    bool
	convert bool // amounts of other currencies are converted on their own date
}

// gatePlan is a condition on facts that several accumulators share: the kind, the window and the predicate.
type gatePlan struct {
	kinds []string
	win   window
	prev  bool
	where string
	pred  *predicate
	accs  []accPlan
}

// predicate is a compiled `where`.
type predicate struct {
	terms []factTerm
	cond  *expr.Condition // when the condition is not a plain conjunction
}

// factTerm is one comparison on a fact.
type factTerm struct {
	field fieldID
	attr  string
	term  expr.Term
	days  []calendar.Date // the literals of a date comparison
}
