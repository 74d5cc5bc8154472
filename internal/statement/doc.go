// Package statement proves what a customer was given in a year: every duty with its clause, day and who, and whatever else was done
// for the customer, line by line, on a numbered paper; and the same for all customers of a department as a list with totals. It also
// gives what was done on account of one duty: the way from a figure of compliance to its evidence.
//
// It owns the table service_statement. It knows no feature but customer: what was done is told by sources (Add), which the composition
// root registers: duties, visits, calls, messages, cases, and what other features will add. A source reads its own tables.
//
// A statement is issued for a customer and a year. It keeps its lines, so that it is printed in years as on the first day, in either
// language, and has the number SVC-<year>-<code of the customer>-<edition>. Issuing again while nothing has changed gives the same edition;
// readers who may not read the same sources have editions of their own, numbered in one row.
//
// Permissions: customer.read over the customer, and of each source its own over the customer: what a reader may not read is neither
// listed nor counted, and the paper says that it was left out. A department needs
// customer.read over all of it; the file of it customer.export over all of it as well.
// May import: customer and what lies below it.
package statement
