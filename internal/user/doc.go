// Package user owns who may sign in: units, users, the roles they hold, sessions, personal tokens and the first set-up.
// It does not own what a role may do (authz) nor whose customers are whose (customer).
//
// A user is active or disabled; disabling ends every session and token at once. Nobody can disable himself or take the
// last administrator's role away. Passwords are argon2id (19 MiB, 2 passes), hashed behind a semaphore so that a flood of
// sign-ins cannot exhaust the memory. Session and token secrets are kept as SHA-256 only.
//
// Permissions: user.manage for users and units, self for one's own settings, sessions and tokens.
package user
