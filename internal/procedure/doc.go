// Package procedure keeps cases: what moves through the steps of a procedure, with forms, people, deadlines and
// approvals. The engine that decides what may happen next is flow; the definitions come from the rulebooks. This
// package owns who holds which post, who is away and who stands in, the cases with their open seats and their history,
// numbers, alarms, the inbox and special terms.
//
// It does not own the rules of a procedure (rulebook), the engine (flow), customers, facts, or what an approval is about:
// features take effect by registering with OnRecord and OnTurn, inside the transaction that ends the case, and say with
// OnBegin what could never take effect.
//
// # Who acts
//
// A seat is a desk (a post seen from a unit) or a person. Who sits there is worked out when somebody looks and when
// somebody acts: the nearest holder of the post, from that unit upwards, else anybody who holds it. Somebody away is
// represented by a substitute; somebody recused never acts, and when nobody else is left a superior may. A seat that
// nobody can fill makes the case stuck: everybody with procedure.manage sees it and has a way out.
//
// # Invariants
//
//   - An act is wholly done or not at all: state, seats, history, audit and events are one transaction, guarded by the
//     case's row version. Of two people who act at once one wins; the other is told case.moved_on.
//   - The same request again (key and input) gives the first answer again.
//   - A case keeps the definition of the version it began with.
//   - Numbers have no gaps: they are given in the transaction that uses them.
//   - The history is never changed; what an ended case recorded names the fact.
//
// # Replay
//
// Cases another system kept come in with their history (Replay, ImportIncidents): written as they were there, once for each
// number, with the step each ended up in, so that an open one is carried on here. Their acts name nobody and tell nobody. A log that was
// uploaded is brought in by a job and can be taken back by another; cases somebody worked on stay.
//
// Permissions: procedure.start, procedure.read, procedure.manage. Participants always see their cases; who may not see
// one gets not found. Events emitted: procedure.started, procedure.acted, procedure.told, procedure.ended.
// Events heard: customer.assigned. Jobs: procedure.clock (alarms, every minute),
// procedure.incidents, procedure.incidents_undo.
// May import: flow, rule, customer, fact, files and what lies below them.
package procedure
