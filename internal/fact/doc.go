// Package fact keeps what happened to customers: orders, payments, deliveries, balances, visits, calls. A fact is appended
// and never edited; what was wrong is taken back by a reversing fact of the same customer and day.
//
// It owns: the facts, their kinds, the batches in which they arrive, and the readers by which measures, charts and lists
// see them. It does not own: what a file means (importer), what facts add up to (rule, grading), who the customer is
// (customer). Edges: it calls customer.Guard, and reads the column customer.id when it cuts key ranges.
//
// A batch decides whether its facts exist. While it loads nobody sees them, one statement makes all of them visible, and
// reverting hides them again:
//
//	loading ──▶ visible ──▶ reverted
//	   └──────▶ failed ───▶ purged
//
// Facts of a failed batch are deleted (purged); those of a reverted one stay. Only one batch loads at a time, held by a
// lease, so that two imports of one file cannot both find a line missing.
//
// The id of an imported fact is a digest of its content and of its number among identical facts, so the primary key
// (customer, day, id) by itself makes a second load of the same lines change nothing. Load.Append walks these numbers:
// a number taken by a visible fact of another batch is a line already there; one taken by a reverted fact, or by this batch, is passed over.
//
// Invariants: amounts are minor units with a currency or absent; the civil day is the organisation's; a reversing fact
// names a fact of the same customer and day and carries its negative amount and quantity; a fact is reversed at most once.
//
// Permissions: fact.read, fact.write, always within the scope over the customer. Events: fact.recorded, fact.reversed
// {fact_id, kind, occurred_on}. Jobs: none.
package fact
