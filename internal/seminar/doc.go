// Package seminar holds events (活动) to which customers are invited: seminars, exchange meetings, appreciation, training. It keeps who
// is invited, who answered, who waits for a place, who came, what it cost, and what came of it. (The package event is the outbox.)
//
// It owns the tables seminar, seminar_invite and seminar_cost. It does not own customers and segments, the duties that an event
// keeps (duty), the facts that attendance becomes (fact), what follows an event
// (promise), or templates, gate and delivery of what is written to those invited (message). Its SQL reads customer, contact, app_user,
// unit and promise beside its own rows and writes none of them.
//
// # States of an event
//
//	planned -> held       close   once its day has come; keeps the duties it was held for
//	planned -> cancelled  cancel  with a reason, while nobody was checked in
//
// # Answers to an invitation
//
//	none      -> yes, no, waiting     by the link on the invitation, or entered by staff
//	yes       -> no, withdrawn        gives the places back: whoever waits longest and fits moves up
//	no        -> yes, waiting
//	waiting   -> yes, no, withdrawn   yes by itself when places become free
//	withdrawn -> none                 invited again
//
// # Invariants
//
//   - Whom a segment named is invited as it stood at that moment; later changes of the segment change nothing.
//   - A customer is invited to an event once. Numbers are given in order and never twice.
//   - Accepted places never exceed the capacity: they are taken by one guarded update of the event.
//   - Checking in twice is once. Attendance of a customer is a fact (event_attendance) of the event's day, taken back when the
//     check-in was a mistake; a closed event changes no more.
//   - Closing keeps, of the rule the event was held for, one duty of each customer that came and the duty of the whole grade, on the day
//     of the event: the attendance proves it, whoever owes it.
//   - Names of guests and of people who are no customers are personal data: kept with consent only, and taken away on request
//     (Forget), while the numbers stay.
//   - What it cost is in one currency; a cost entered by mistake is taken away and stays in the audit.
//   - A link answers one invitation and nothing else; it is signed and shows no name of staff.
//   - The same request again (key and input) changes nothing; the same key with other input is refused.
//
// Permissions: duty.read (see events; guests within reach over the customer, all of them for whoever runs it), duty.do (plan, and as
// whoever runs it invite, check in, close, with message.send write to them; answer for one's own customers), duty.export (files). Who runs an event: its organiser, its team, and those
// whose reach covers the organiser or the unit. Public: reading and answering an invitation by its link.
// Events emitted: seminar.planned, seminar.acted, seminar.answered, seminar.came. Events heard: none. Jobs: none.
// May import: duty, promise, message, statement, fact, customer, throttle and what lies below them.
package seminar
