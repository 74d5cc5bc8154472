// Package role keeps the roles a company makes of its own: which permissions they give, and how far each reaches. The roles that every
// installation has are code (authz.Roles) and nobody changes them; an own one is made from nothing or as a copy.
//
// It owns the tables role and role_grant (0059_role.sql).
//
// Invariants: a role of the company gives nothing its maker does not hold; what one does not hold whole one does not change or end either;
// a role somebody has is not ended; every role gives the person's own session and settings (authz.Self). Own roles fill no post of a rulebook.
//
// Permissions: reading is for everybody who is signed in (self), changing needs user.manage. Every change is audited and holds with the next
// request of everybody who has the role (org.Changed).
//
// May import: org and infrastructure.
package role
