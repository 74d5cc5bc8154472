// Package compliance answers "is clause 6.2 kept?": per clause of what was in force in a period, the duties that were due,
// kept, late, missed and waived, how many customers have the verdict the clause asks for, the indicators of the regulation
// with their targets, and its reports with their due days and whether they were filed.
// The same count is told apart by clause, grade, department, manager and month, any two laid across each other.
//
// What answers for a duty is who owed it, in which unit, under which grade, when its day passed: the row of a duty keeps the grade that
// asked for it from the beginning, and owner and unit of its last day (due_owner_id, due_unit_id) once that is over, while owner_id and
// unit_id go on with the customer so that somebody makes up for what was missed. So a customer that moves, a manager that leaves and a
// grade that changes alter no figure of the past; what was made up for afterwards is late where it was missed. What is looked at is
// today's tree of units: a department that is hung below another brings its past with it. Reach follows the same two columns: a head
// sees what the department answered for, also of customers that have left it, and not what others missed before they came.
//
// It owns the table report_filing. It does not own duties (internal/duty), verdicts (internal/grading) or the rulebooks
// (internal/rulebook): it reads them through their services, each within the reach of whoever asks, so that a number never
// counts what its reader may not see. The list behind a number of duties is the list of duties with the same filter.
//
// Permissions: rulebook.read together with duty.read and grading.read; filing needs to hold the post that owes the report,
// receiving one it goes to, each or rulebook.write. A report is handed in once and received once; of one that the program makes
// itself (registered with MadeBy) the edition is noted.
package compliance
