// Package signon lets people sign in by a service elsewhere (OpenID Connect: authorization code with PKCE, state and nonce).
//
// It owns the providers and who is who there (signon_provider, signon_link). It does not own people, sessions or what is asked of those who
// sign in (user): a session is opened there, and the second factor asked for, unless the provider is trusted to ask for one itself.
//
//	begin (state in a cookie and in the address) -> the provider -> callback -> session
//
// # Invariants
//
//   - Somebody is known by issuer and subject. Mail address (verified by the provider) or login count once, for the first time, and only where
//     the provider is set so; programs and disabled people never come in.
//   - A state is good once, for a quarter of an hour, and only in the browser that began.
//   - The secret of a client is sealed and never shown again.
//
// Permissions: user.manage.
// May import: user, org and what lies below them.
package signon
