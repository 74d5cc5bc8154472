// Package org owns the organisation as a tree of units with its history: head office, branches, departments and teams, what each was
// called, where it hung and who led it on which day; and the mark by which every process knows that who is who has changed.
//
// It does not own the people (user), who holds which post (procedure) or whose customers are whose (customer): what lies in a unit
// moves through the features that own it, registered as a Follower, in the transaction that merges the unit.
// It owns the tables unit, unit_term and org_mark; its SQL also reads the names of people in app_user.
//
// # Days
//
// A unit has terms that follow each other without a gap, from its first day to its last. A change holds from a day on: today, a later
// day (it is planned, and may be taken back), or an earlier one, back to the day on which the unit's last term began. The row of the
// unit is what holds today; the job of the night turns it when a planned day comes.
//
//	open ──▶ ends on a day (closed: nothing may be in it) ──▶ over
//	  └────▶ ends on a day (merged: everything in it goes to another unit on the day after) ──▶ over
//
// # Invariants
//
//   - On every day each unit that exists then hangs below one that exists then, and nothing hangs below itself.
//   - Nothing is deleted: a unit that is over keeps its name, its code and its history. One that was merged hangs below the one that goes on
//     for it, so that whoever reaches that one reaches the past of both.
//   - A unit whose end is known takes in nothing more.
//
// Permissions: self to see the tree, user.manage to change it. Jobs: org.turn (every midnight).
// May import: nothing above the infrastructure.
package org
