// Package rate keeps the exchange rates of the company: so many units of one currency for one unit of another, from a day
// until the next. Rulebooks that say rates: organisation convert by them.
//
// It owns the table exchange_rate. It does not own how an amount is converted (internal/rule) or which rate a verdict
// used: that stands in the verdict's explanation.
//
// Invariants:
//   - one rate for a currency and day; setting it again replaces it, taking it back leaves it empty, and both are audited;
//   - a list is written as a whole or not at all; the same list twice changes nothing;
//   - there is no rate where none was given: nothing is interpolated, inverted or crossed.
//
// Permissions: rulebook.read reads, rate.manage writes.
package rate
