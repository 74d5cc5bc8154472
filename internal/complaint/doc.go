// Package complaint tells what the complaints of a month come to: how many there were, answered in time or late, what they
// cost and which came again, as a whole and by department, root cause, class, kind of customer, demand and more; as data,
// as a workbook and as a form to be signed.
//
// It does not own cases: it only reads what procedure keeps, and what an answer means the rulebook of each case says (the
// record its ends make). It owns no table and changes nothing.
//
// Permissions: procedure.read, whose reach bounds what is counted. Events, jobs: none.
// May import: procedure, flow, rule and what lies below them.
package complaint
