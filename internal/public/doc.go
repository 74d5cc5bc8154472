// Package public is what customers meet without an account: they begin a case whose procedure names the web channel, follow
// it by its number and their full phone number, add to it, and rate the answer. A case of such a procedure that somebody of
// the organisation began, after a call or a visit, is followed by the phone its start form names.
//
// It owns by which phone a case is followed, and its rating (public_case), and the setting that switches all
// public pages off. It does not own cases (procedure), customers, facts or files: what a person does here is done by
// procedure in its own transaction, as a line of the case's history.
//
// # Safe in front of strangers
//
//   - A case is found by one keyed digest of number and phone together, so an unknown number and a wrong phone are the same
//     miss: one answer at one cost. Nothing here lists, counts or guesses numbers.
//   - Requests are bounded per address (IPv6: per /64), misses also per number, whether the number exists or not. Whoever
//     misses too often is answered the same with the right phone.
//   - There is no session and no cookie: number and phone come with each request in its body, so another site can do nothing
//     in a customer's name, and no log holds them.
//   - An upload is named by a handle only this package can sign; its kind is known by its content.
//   - What is shown holds no name of staff, no step, no opinion: received, in hand, answered, closed; the limit; what was said
//     to the customer; what the customer added.
//
// A case is about the one customer who has the phone, or about none. A rating becomes a fact (satisfaction) of that
// customer; corrected within some days, the new one takes the old one's place.
//
// They also read what the knowledge base has published for everybody, without a name of staff; it belongs to article.
//
// Permissions: none for the public operations, procedure.read over the case for what the desk sees, system.manage for the
// setting. Events and jobs are those of procedure.
// May import: procedure, article, customer, files, throttle and what lies below them.
package public
