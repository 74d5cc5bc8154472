// Package equipment tells what customers have installed (装机): each machine with its product, serial number, place, contract and
// warranty, and the cases it was in.
//
// It owns the meaning of the facts of the kind installation, and no table: a machine is what the newest such fact of its serial
// number says, so moving it, extending its warranty or taking it out of use is one more fact, and a file of machines comes in
// like any other facts. A fact reads as a machine by these of its fields:
//
//	product          what it is
//	occurred_on      installed on
//	document         the papers it came with
//	status           removed = no longer in use
//	attrs.serial     serial number; without one every fact is a machine of its own
//	attrs.warranty_until, attrs.place, attrs.contract
//
// A case is about the machine whose serial number its start form has under "serial". Whoever may see a case sees its machine; of its
// earlier cases those that the person may see.
//
// Permissions: fact.read over the customer, or procedure.read over the case. Events and jobs: none.
// May import: procedure, fact, flow and what lies below them.
package equipment
