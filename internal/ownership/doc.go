// Package ownership says who looks after which customer and why: it runs the owner rules of the rulebook in force over all
// customers, shows what would change before anything does, and keeps the history of owners with the reason of each.
//
// It owns the tables owner_term, owner_run, owner_line, customer_team and area_contract. It does not own the customer's present
// owner (customer.owner_id, which customer.Reassign changes), the decision itself (internal/rule, pure) or who holds which post
// (procedure). What hangs on the owner follows by the event customer.assigned: duties and open cases move by themselves.
// Its SQL reads customer, customer_tag, relation, standing, app_user and unit, and for contacts fact and fact_batch.
//
//	          job owner.survey            Apply             job owner.apply
//	working ────────────────────▶ ready;  open ──▶ chosen ──────────────────▶ applied
//	   │                                  (a line)   └───────────────────────▶ stale (somebody changed the owner since)
//	   └────────▶ failed (the job was given up)
//
// Invariants:
//   - A customer has exactly one term that goes on; a term begins on the day the one before ends, and none is ever changed otherwise.
//   - A run changes nothing; a line is applied once, in the transaction that changes the owner, writes the term, the audit and the
//     events. A killed job goes on behind what is applied.
//   - Whoever is given a customer is active. A second run over what the first one did finds nothing to move.
//   - One run of a rulebook is worked out at a time. Only the newest that is ready has lines and is applied; older ones keep their
//     figures.
//   - Whoever is given to nobody stays in the unit.
//   - An owner who came with the customer has a term from its beginning, written in the transaction that enters the customer (Came);
//     0055_first_owner gave it to the customers of before.
//   - An owner changed elsewhere (by hand, by an import) gets a term through the event customer.assigned.
//
// Permissions: customer.assign over all customers to run and apply the rules and to contract areas, over a unit to be alarmed about
// customers without a dedicated owner; customer.read to see owners
// and reasons; customer.write over a customer to change the team beside the owner, and to claim and give back.
// Events heard: customer.assigned. Jobs: owner.survey, owner.apply.
// May import: customer, procedure (posts), rule and what lies below them.
package ownership
