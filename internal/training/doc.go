// Package training keeps what people of the company must learn (培训): courses to be read and answered, certificates that expire, and
// who of which unit holds one.
//
// Its tables are those of migration 0056_training. It does not own people (user), units (org) or uploads (files). Its SQL reads app_user, user_role and article beside its own rows and
// writes none of them.
//
// # States of a course
//
//	draft     -> published  publish: the draft becomes an edition
//	published -> published  publish again: the next edition; certificates stay as they are
//	published -> withdrawn  withdraw
//	withdrawn -> published  publish
//
// # States of an attempt
//
//	open -> passed  answered with the pass mark or more: a certificate is issued
//	open -> failed  answered with less
//	open -> void    the course had a new edition before it was answered
//
// # Invariants
//
//   - What was published is never changed; an attempt is judged by the edition it was begun with.
//   - Which answers are right leaves the server only after a person passed, or has no attempt left.
//   - Questions and options are put in an order of their own for each attempt, drawn and kept by the server; whoever opens a course again
//     without having answered gets the same paper.
//   - A certificate holds from the day it was issued up to and including the day it expires, unless it was withdrawn.
//
// Permissions: self (one's own courses), training.read (who is trained, within the reach), training.manage (courses, certificates).
// Others ask Trained. May import: org, files and what lies below them.
package training
