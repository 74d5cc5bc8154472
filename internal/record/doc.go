// Package record composes the 360° page of a customer: one call for the figures, charts, open duties, contacts, relations
// and standings, and one merged timeline of everything that happened.
//
// It owns no table and writes nothing. What another feature offers as a read is called there (customer.Guard, Contacts and
// Relations, duty.OfCustomer, audit.OfCustomer); the sums and the feed, which no single feature could give, are read by
// SQL in store*.go from fact, fact_batch, standing, verdict, duty, duty_file, file, import, import_change and app_user.
//
// The figures: sales are the amounts of order facts of the twelve months up to today, per currency; cancelled orders count
// only with the negative amounts by which a source corrects them; a fact that was taken back does not count, nor does the
// one that takes it back. Orders are counted by document.
//
// The timeline runs backwards in time. What has a moment (a change, a verdict, a waiver, an import) stands at it; what has
// only a day (facts, a missed duty) stands at the beginning of that day in the organisation's time zone, below the
// moments of the day. A kept duty is shown as the fact it became. Orders, payments and other amounts are folded per
// document, or per day where they have none; changes of fields are folded per minute and person.
//
// Permissions: customer.read over the customer opens both; facts, duties and grades appear only to those who may read
// them (fact.read, duty.read, grading.read over the same customer).
// May import: customer, duty, rule and what lies below them.
package record
