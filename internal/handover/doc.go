// Package handover hands everything somebody has to do to others when the person leaves or moves: customers with what hangs on
// them, visits, calls to make again, promises, events they organise, cases and steps at hand. It makes the plan, has both sides and the head sign it, moves
// everything, and keeps the list of customers who are to be told.
//
// It owns the tables handover, handover_line and handover_kept. It does not own who looks after whom (ownership), the signatures (a case of the
// procedure whose good end records FactHandover), what people have at hand (each feature's own, as Holder), the messages
// (message), or absences: whoever is only away is represented (procedure), and nothing moves.
// Its SQL reads customer, app_user, unit and absence beside its own rows.
//
// # States
//
//	planning -> signing   everything has a receiver; the case of signatures began
//	planning -> dropped   it is not to take place
//	signing  -> planning  somebody refused, or the head took it back
//	signing  -> moving    everybody signed
//	moving   -> planning  its job was canceled before anything moved
//	moving   -> done      everything moved; what its own rules keep with the giver is listed with the reason
//
// # Invariants
//
//   - One handover of a person at a time.
//   - Nothing stays without a receiver: a plan with a customer nobody gets is not signed, and one person gets what hangs on no
//     customer, and every customer who came to the giver after the plan.
//   - A line is moved once, in the transaction that changes the owner, writes the term with the reason, the audit and the events.
//     A killed job goes on behind what has moved; one that failed or was canceled, when the head has it go on (GoOn).
//   - What is owed by a post stays with whoever holds the post: it is no person's to hand over.
//   - A customer is told by a message past message's gate, or by phone; both say when and by whom.
//
// Permissions: customer.assign over the giver to plan, sign off and see; the giver and the receivers see what concerns them, and
// receivers may tell their customers (message.send, message.read over them).
// Events emitted: ownership.handed_over (payload HandedOver). Events heard: message.sent. Jobs: handover.move.
// May import: ownership, procedure, message, customer and what lies below them.
package handover
