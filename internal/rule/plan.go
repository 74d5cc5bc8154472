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
	fnRatio
	fnGrowth
	fnShare
	fnPercentile
	fnQuintile
)

// base reports whether the measure comes from facts alone.
func (f fn) base() bool { return f >= fnSum && f <= fnDaysLast }

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
	den      int64 // denominator of base values without currency: 1, 1000 (quantity), 1e6 (numeric fields)
	slot     int   // accumulator
	prev     int   // accumulator of the previous window, for growth
	a, b     int   // operands
	win      window
	rank     int  // index among the population's ranked measures or totals
	byRank   bool // quintile cut on ranks
	lowBest  bool
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
)

// accPlan is one accumulator behind a gate.
type accPlan struct {
	op    accOp
	field fieldID
	attr  string
	slot  int
	set   int // index of the byte set, for accDistinctBytes
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
