// Package promise keeps what customers were promised (承诺): what, to whom, by whom and until when, in which visit, call or case it
// was said, and what became of it.
//
// It does not own visits and calls (visit), cases (procedure), customers, or the facts that promises become (fact). Its SQL reads
// customer, contact, app_user, visit, phone_call, proc_case and seminar_invite beside its own rows and writes none of them.
//
// # States of a promise
//
//	open    -> overdue    its day passed; by itself
//	open    -> kept       keep      until its day
//	overdue -> kept       keep      said afterwards, done in time
//	overdue -> late       keep      done after its day
//	open    -> broken     break     with a reason
//	overdue -> broken     break
//	open    -> withdrawn  withdraw  the customer does without, with a reason
//	overdue -> withdrawn  withdraw
//	open    -> open       move      another day, with a reason
//	overdue -> open       move
//	kept, late, broken, withdrawn -> open  reopen    it was settled by mistake, with a reason
//
// # Invariants
//
//   - Every change stands in the history of the promise with its person, moment and reason; the day promised first is kept.
//   - A promise that is made, kept, late, broken or overdue is a fact of that kind, once; reopening takes the fact of its end back.
//   - A promise of whoever looks after the customer goes with the customer; one of a certain person stays with that person.
//   - The same request again (key and input) changes nothing; the same key with other input is refused.
//
// Permissions: duty.read (see), duty.do (make, act), duty.export, each with its data scope over the promise or its customer.
// Events emitted: promise.made, promise.acted, promise.overdue. Events heard: customer.assigned. Jobs: promise.daily.
// May import: fact, customer and what lies below them.
package promise
