// Package visit keeps visits to customers and calls with them: planned, agreed, checked in on the spot, reported. It also
// knows where a customer is found on the map, and proposes a week of visits from the duties that are due.
//
// It does not own the duties a visit or a call keeps (duty), the facts they become (fact), the customers, or uploads.
//
// # States of a visit
//
//	planned   -> asked      ask      the customer was asked for an appointment
//	planned   -> confirmed  confirm  the customer agreed: with whom, when, how
//	asked     -> confirmed  confirm
//	planned   -> under_way  set_out
//	asked     -> under_way  set_out  without an answer, with a reason
//	confirmed -> under_way  set_out
//	planned   -> arrived    arrive   checked in: moment, place, photo
//	asked     -> arrived    arrive   without an answer, with a reason
//	confirmed -> arrived    arrive
//	under_way -> arrived    arrive
//	arrived   -> done       report   becomes a fact and keeps its duty
//	planned   -> planned    move     another day or time; an appointment must be asked for anew
//	asked     -> planned    move
//	confirmed -> planned    move
//	planned   -> cancelled  cancel   with a reason
//	asked     -> cancelled  cancel
//	confirmed -> cancelled  cancel
//	under_way -> cancelled  cancel
//	arrived   -> cancelled  cancel   nobody was there
//
// # Invariants
//
//   - Where a visit needs an appointment, as one for a duty of a regulation that asks for it does, nobody sets out or checks in
//     before it is recorded with whom and how it was agreed, or why they go without one;
//     visits from before 0054_appointment have none on record.
//   - A next visit that was agreed in a report is planned for the customer's owner, once: the customer has one such visit ahead, and
//     a later report moves it.
//   - Where somebody checked in is kept and shown with its distance from the customer's place; it never refuses anything.
//   - A visit that is done names its fact; its duty is kept in the same transaction, or nothing is. A duty that was settled
//     otherwise or went to somebody else meanwhile stays as it is; the visit is then a fact by itself.
//   - A visit nobody has set out for goes with its duty to whoever owes that now; on an archived customer it is cancelled.
//   - A visit that was checked in by its duty's day keeps the duty in time, however late its report comes; a check-in before the
//     visit was planned proves nothing.
//   - What happened (setting out, check-in, report) keeps the moment the phone says beside the one we heard of it; a phone may
//     keep it for seven days without a network. The same act sent again, with its key, is answered as the first time.
//   - A visit keeps a duty of visiting, meeting or surveying, a call one of calling, greeting, surveying or speaking; neither is
//     begun with an archived customer.
//   - A duty has at most one visit that is neither done nor cancelled.
//   - The same request again (key and input) changes nothing; the same key with other input is refused.
//   - Only a call in which somebody was reached becomes a fact of kind call and keeps a duty; an attempt becomes a fact of
//     kind attempt. A further call with the customer settles every call that was to be made again.
//
// Permissions: duty.read (see), duty.do (plan, act, log a call), each with its data scope over the visit or its customer.
// Events emitted: visit.planned, visit.acted, visit.called. Events heard: duty.given, customer.archived. Jobs: none.
// May import: duty, fact, customer, files and what lies below them.
package visit
