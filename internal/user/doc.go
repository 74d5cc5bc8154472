// Package user owns who may sign in: users and programs, the roles they hold, sessions, known devices, tokens and the first set-up.
// It does not own what a role may do (authz), the units (org), who holds which post (procedure) nor whose customers are whose (customer).
//
// A user is active or disabled; disabling ends every session and token at once. Nobody can disable himself or take the
// last administrator's role away. Passwords are argon2id (19 MiB, 2 passes), hashed behind a semaphore so that a flood of
// sign-ins cannot exhaust the memory. Session and token secrets are kept as SHA-256 only.
//
// A program has no password and never signs in. A token does no more than its scopes and its owner may. What a post gives holds for its
// unit while it is held. Wrong passwords slow down where they come from; a device that somebody signed in from before has limits of its own.
//
// Who has a second factor (an app, codes on paper) signs in in two steps; the step between is a secret of five minutes that opens nothing.
// The policy asks for one by role. Acts that open doors ask who sits there anew when that was proved more than 15 minutes ago.
//
// Jobs: user.tell mails somebody that what opens the account was changed.
//
// Permissions: user.manage for users, self for one's own settings, sessions and tokens.
package user
