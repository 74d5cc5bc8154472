// Package customer keeps the organisations and persons a company deals with: their master data, identifiers, tags, contacts, relations and
// custom fields; finds them; and changes many of them at once.
//
// It owns the tables customer, customer_code, customer_counter, customer_kind, identifier, customer_tag, contact, relation, custom_field,
// custom_value, search_term, bulk and bulk_item. It does not own what happened to a customer (fact), what a rule says about it (grading) or what it
// is owed (duty). Edges: it reads app_user (name, unit and state of an owner) and standing (grades in lists and records) in its SQL and writes
// neither; codes and search are pure helpers; sheet writes exports.
//
//	            Archive / bulk archive / import taken back
//	in use ────────────────────────────────────────────────▶ archived
//	       ◀──────────────────────────────────────────────── (never deleted)
//	                            Restore
//
// Invariants:
//   - A code belongs to at most one customer (customer_code); a customer without one gets the next free C000001. Only taking an import back frees a code.
//   - unit_id is the unit of the owner; it follows when the owner moves (event user.moved). The data scope reads owner_id and unit_id only.
//   - search_term holds exactly the terms of names, code, phones, credit code and contacts, changed in the transaction that changes these. Identity
//     numbers are never in it, and only their end is in the audit.
//   - Two customers share a credit code, identity number or tax number never; a name, phone or e-mail only after a person has looked (ConfirmDuplicate).
//     Everybody who looks in order to write holds the row of customer_counter, so nobody slips in between.
//   - Every change has its audit entry with the fields before and after; every editable row has a version. Changes by an import are audited by the import.
//
// Permissions: customer.read, customer.write, customer.assign (who looks after it), customer.archive, customer.export, customer.fields. What lies
// outside the actor's reach does not exist: records, lists, counts, search, exports, bulk changes. Where somebody else's customer must be mentioned (a duplicate, the other
// end of a relation) it is mentioned without saying who it is.
//
// Events emitted: customer.created, customer.updated, customer.assigned, customer.archived, customer.restored (payload Happened). Events heard: user.moved.
// Jobs: customer.bulk, customer.bulk_undo; both keep what is done beside each customer and go on from there.
package customer
