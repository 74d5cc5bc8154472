// Package grading judges every customer by a rulebook as of a day: it runs the grading (批量评定), keeps the verdicts (评定)
// with their reasons, and knows which verdict counts now (the standing).
//
//	running ──all judged, standing moved──▶ done
//	   ├──cancel──▶ canceled   (verdicts stay, the standing is untouched)
//	   └──error───▶ failed     (the job may try again: running)
//
// A grading is one job with one run per scheme of the rulebook; facts are read once for all of them. It works in up to three passes over the customers in the order of their ids, each in parallel pages:
//  1. population: totals and ranks over everybody in scope, only for rulebooks that compare customers with each other;
//  2. judging: every customer's facts are folded, judged and explained; the verdicts of a page and the job's cursor are
//     written in one transaction;
//  3. standing: which verdict counts now, and who moved; then the run is done and grading.completed is emitted. A page is read
//     first and then written; where another run moved one of its standings in between, it is read again.
//
// Judging again for a day that has a complete run by the same adoption goes on from that run: only customers about whom
// something changed since are judged (extent changed; the outcome is that of judging everybody), unless the rulebook compares
// customers with each other or names segments, whose members leave no trace when they go. A fact that meets a trigger of a rulebook in force has its customer judged as of today at once
// (extent triggered, job grading.trigger, from the events fact.recorded and fact.reversed). After an import, and when one is taken back, a job
// looks through its facts (grading.imported) and all customers they concern are judged by one job.
//
// A decision of people (Decide) takes the place of what follows from facts and judgements, from its day to its last day: gradings
// put it into the verdict, whose explanation goes on telling what would hold without it.
//
// A grade that a rulebook wants signed for does not follow from facts alone between reviews (signing.go): whoever is not at it stays at
// the next lower one, the verdict proposes the better one (origin awaits), and a job has the composition root begin the cases that carry
// the signatures. Signatures lift that, they never give a grade; they end after the period of the review.
//
// It owns the tables grading_run, grading_todo, grading_trigger, verdict, explanation_frame, standing, movement, judgement (what people judge about
// customers for a rulebook), grade_decision, grade_signature and grade_proposal. It does not own what a rulebook means (internal/rule),
// which one is in force (internal/rulebook), facts, customers or duties. The list pages of the customer feature read the
// table standing; nobody else writes it. This package reads customer, customer_tag, relation, user_role and app_user in its own SQL, because
// judging pages over customers beside their facts in one snapshot and lists are bounded by the customer's owner and unit.
//
// Invariants:
//   - the same rulebook, settings, facts and day give the same verdicts, byte for byte, on every database and with any
//     number of processors;
//   - every customer in scope has a verdict or a stored reason why not; one that left the scope is told so as well;
//   - verdicts are never edited; a run that finds everything as it was writes nothing;
//   - the standing only moves forward in time, and only when a run is complete.
package grading
