// Package complaint tells what the complaints of a month come to: how many there were, answered in time or late, what they
// cost, how content the customers were and which came again, as a whole and by department, root cause, class, kind of
// customer, demand and more; the departments side by side (the league); and what each department does so that they do not
// come again. As data, as a workbook and as a form to be signed.
//
// Where a rulebook in force asks for them (a report with the content complaints) the statistics of a month make themselves on
// the first day of the next one, or as soon as the program runs again, and stay as they were made (complaint_table). They are
// made anew only by a person who owes the report, with a reason, as the next edition, and not once the report was received.
//
// It does not own cases: it reads what procedure keeps (proc_case, proc_file) and what customers said (facts of the kind
// satisfaction, and of cases about no customer on file the rating that stands with the case, public_case) by its own SQL, because a month is one pass over cases in the order of their receipt. What an answer means the
// rulebook of each case says (the record its ends make). Submitting and receiving reports belong to compliance.
//
// Permissions: procedure.read, whose reach bounds what is counted; statistics that were made are of the whole organisation and
// shown to those who reach all of it or hold a post of the report; making them anew needs the post that owes the report or
// procedure.manage over all. Events: none. Jobs: complaint.tables, daily.
// May import: procedure, flow, rule and what lies below them.
package complaint
