// Package rights shares single customers with people for a time, and says why somebody may, or may not, do something at a customer.
//
// A share widens on which customers the permissions of a person's roles hold (authz.ByShare); it gives none that no role gives, and nobody
// shares on what was only shared with him. It ends with its last day by the clock, or when it is taken back; both hold everywhere with the
// next request, and for jobs when they begin.
//
//	going on ──last day over──▶ over
//	    └──revoked──────────────▶ revoked
//
// Whoever gets a customer shown is told among the notices of the inbox, without its name: what a notice says stays when the share is over.
//
// Permissions: shares of a customer are seen by whoever sees it (customer.read), made and taken back with customer.write over it by another
// way than a share. Why asks for customer.read over the customer, whoever is asked about; about others only with user.manage or audit.read.
// To everybody else a customer out of reach is not found, whatever is asked about it.
//
// May import: customer, ownership, role, user and what lies below them.
package rights
