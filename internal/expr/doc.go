// Package expr compiles and evaluates the short conditions a rulebook may contain: status == "shipped" && amount >= 100.
//
// It owns the typed variables, the limits on length, nesting and cost, and the messages for a wrong condition, each with
// its place in the text. The language is CEL, but nothing of CEL leaks: callers see Compile, Condition, Term and Value.
//
// A condition that is only comparisons joined by && is given as Terms, so that the caller can turn it into a native
// predicate; everything else runs through CEL with a cost limit.
//
// It does not own what a variable means or where its value comes from. It performs no input or output and reads no clock.
package expr
