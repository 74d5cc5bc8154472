// Package importer brings files of customers and of facts in, and takes them back: one engine for the web wizard and the command line.
//
// It owns: imports and their history, what the columns of a file mean (fields, guessing, remembered mappings), the reading of
// lines into facts and customers, what became of every line, corrections, and what reverting needs. It does not own: the
// formats of files (sheet), their content (files), what a fact or a customer is and how it is stored (fact, customer).
// Edges: it calls customer, fact and user; nobody calls it but the command line, the demo and its own API.
//
// An import reads in one goroutine and writes in another, a chunk of lines per transaction; memory is that of two chunks and
// does not grow with the file. Facts arrive in a batch that nobody sees until all is written, so a run that fails, is
// canceled or killed leaves nothing: its facts are deleted, customers it created are archived and their codes freed. Only one
// import writes at a time; others wait for their turn.
//
// Every line is accounted for: imported + unchanged + set aside + refused = read. Unchanged are lines that are there
// already (the same file twice), set aside are lines without a customer, refused are lines that say something impossible. The
// first 100,000 refused lines and 1,000 set aside are kept for the grid; the file with failed rows has all of them.
//
// Different documents are counted by 64-bit digests, up to a million of them; beyond that a document counts as new when it differs
// from the line before, which is exact for files that keep the lines of a document together. Identical lines are counted exactly
// within 20,000 lines, and wherever the lines of their document stand together.
//
// States:
//
//	uploaded → checking   uploaded → queued     uploaded → running    uploaded → failed     uploaded → canceled
//	checking → checked    checking → uploaded   checking → failed
//	checked → uploaded    checked → checking    checked → queued      checked → running
//	queued → running      queued → failed       queued → canceled
//	running → done        running → failed      running → canceled    running → queued (the job begins anew)
//	failed → uploaded     failed → checking     failed → queued       failed → running
//	canceled → uploaded   canceled → checking   canceled → queued     canceled → running
//	done → reverting      reverting → reverted  reverting → done
//
// Permissions: import.run and import.revert; a run reaches no further than the fact.write, customer.write and customer.assign of
// whoever started it, also as a job. One sees one's own imports; those who may revert see all.
// Events: import.completed {import_id, target, imported}, import.reverted {import_id, target}. Jobs: import.check, import.run, import.revert.
package importer
