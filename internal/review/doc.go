// Package review carries out the review of a rulebook: a campaign in which people rate every customer (年度评定).
//
//	opening ──all listed──▶ rating ──meet──▶ meeting ──close──▶ closing ──graded──▶ closed
//	   └───────withdraw───────┴────withdraw────┴──▶ withdrawn
//
// In the first round the people the rulebook names rate the customers within their reach: computed items as they stand, judged
// items with a value, a reason and evidence. In the meeting the director goes through the list and changes judged items, or the
// grade itself, with a reason. Every version of a rating is kept (review_rating); a line only points to the newest of each round.
//
//	line: waiting ──draft──▶ draft ──submit──▶ rated ──meet──▶ met
//	                           ▲                 └──reopen──┐    │
//	                           └────────────────reopened◀───┴────┘ (also after closing; then it takes effect on its own)
//
// A grade for which the rulebook asks signatures is signed for in a case of the procedure that its step names, one for each customer
// (signing.go); a refusal gives the customer back to the meeting, and another outcome withdraws the case. Closing hands the judged values and the decided grades to the grading, in the name of those who gave them, from one day
// on; the grading as of that day makes the verdicts. It is done by a job that goes on where it was interrupted, and writes nothing twice.
// Who was not rated is named, and closing asks to confirm it. Whoever would come out with the grade that is signed for only then is kept
// below it by the grading and proposed for it, like anybody between two reviews.
//
// It owns the tables review, review_line, review_rating, review_file, review_delegate, review_result, review_check,
// review_check_item and deal_rating. It does not own verdicts, judged values and decisions (internal/grading) nor who holds which role
// (internal/authz). It reads customer, customer_code, standing, verdict, unit, app_user, user_role and grading_run in its own SQL,
// because lists stand beside the customer's owner and unit, which bound them.
//
// Between reviews a deal of a customer that is still new is rated (deal.go): what is judged counts at once, and the grade is provisional.
//
// Permissions: grading.read to see what lies within reach; grading.judge together with the post of the rulebook's step to rate, to
// re-rate; grading.run over all customers to open, withdraw and close. A delegate acts with the reach and the posts of
// whom he stands in for, up to a day.
//
// Invariants:
//   - one campaign per rulebook at a time;
//   - a rating is never edited, both rounds stay side by side;
//   - whoever may not see a customer does not learn that it has a line (not_found);
//   - two people at once: one wins, the other is told that the line has moved on.
//
// Forms and lists are printed through internal/paper; people are reminded through the teller that the composition root registers.
//
// Events: reacts to customer.assigned and user.moved. Jobs: review.open, review.close, review.effect, review.sign, review.daily.
// May import: grading, rulebook, customer, procedure, files, paper and what lies below them.
package review
