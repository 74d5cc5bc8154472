// Package duty owns what is owed to customers by a day: it plans the duties of a grade, keeps the lists of those who owe
// them, takes their evidence, and counts what was kept, late, missed and waived. It also owns the upload of evidence.
//
// It does not own the rules (rulebook), the grades (grading), the customers, or the facts that kept duties become (fact).
// Its SQL reads standing, verdict, customer, contact, special_day, custom_value, identifier, app_user, user_role, absence, unit, setting and file beside its own rows,
// and writes only duty and duty_file.
//
// # States
//
//	open    -> kept    done by its day
//	open    -> late    done after its day, before the daily job saw it
//	open    -> missed  its day has passed (daily job)
//	open    -> waived  excused, with a reason
//	open    -> dropped the grade that asked for it no longer holds
//	missed  -> late    made up for
//	missed  -> kept    seen done by its day (a check-in), reported after it
//	missed  -> waived  excused, with a reason
//	kept    -> open    taken back within ten minutes
//	late    -> missed  taken back within ten minutes
//
// A reader never depends on the daily job: an open duty whose day has passed is shown, filtered, counted and done as a
// missed one (EffectiveState).
//
// # Invariants
//
//   - One duty per rule, anchor, cadence and occurrence (plan_key): planning twice plans once. A dropped duty keeps its
//     row and gives its key back, so that a grade that returns on the same day gets its duties again.
//   - A rule that several grades bring is counted from the first of them on: moving between them begins nothing anew. What was kept or
//     missed by an earlier cadence covers its period: it is not owed again.
//   - Planning is a function of rules, grades, calendar, absences and what people have to do already (PlanFor): a planning that was
//     killed goes on where it stood and opens what it would have opened.
//   - Nothing is deleted. kept and late name the fact they became; taking back reverses that fact.
//   - Two people who do the same duty at once: one wins, the other is told duty.already_done.
//   - owner_id is who owes it: the customer's owner, or the nearest holder of the role the rule names, looked for from
//     the customer's unit upwards. It follows the customer's owner while the duty is not done.
//   - due_owner_id and due_unit_id are who answers for it: owner and unit when its day passes. They stand still from then on, so that no
//     count of the past changes when a customer moves (Tallies, and the list behind it with AsDue).
//
// Permissions: duty.read, duty.do, duty.waive (each with its data scope), grading.run to plan and to foresee, rulebook.read for what a grade is owed.
// What a whole grade is owed together (a seminar) has customer_id 0 and becomes no fact; whom a missed duty is escalated to is
// escalated_to.
//
// Events heard: grading.completed, customer.assigned, customer.archived, user.moved. Events emitted: duty.done, duty.undone, duty.waived,
// duty.escalated, duty.given (owed by somebody else).
// Jobs: duty.preview (what a planning of a year would come to; writes nothing), duty.plan (one rulebook), duty.daily (missed duties, escalations, then a duty.plan for every rulebook that graded anybody).
// Settings: duty.horizon_days (how far ahead is planned; 7 to 400, default 90).
// May import: rule, fact, customer, files and what lies below them.
package duty
