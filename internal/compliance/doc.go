// Package compliance answers "is clause 6.2 kept?": per clause of what was in force in a period, the duties that were due,
// kept, late, missed and waived, how many customers have the verdict the clause asks for, the indicators of the regulation
// with their targets, and its reports with their due days and whether they were filed.
//
// It owns the table report_filing. It does not own duties (internal/duty), verdicts (internal/grading) or the rulebooks
// (internal/rulebook): it reads them through their services, each within the reach of whoever asks, so that a number never
// counts what its reader may not see. The list behind a number of duties is the list of duties with the same filter.
//
// Permissions: rulebook.read together with duty.read and grading.read; filing needs to hold the post that owes the report,
// receiving one it goes to, each or rulebook.write. A report is handed in once and received once; of one that the program makes
// itself (registered with MadeBy) the edition is noted.
package compliance
