// Package outbound is the only way out of this process over the network, but for the database: messages, backups, sign-on and
// traces connect through a Guard. A guard test and the linter hold the other packages to it.
//
// A Guard looks at the address a connection is about to be made to, after the name was resolved, so a name that answers
// differently the second time gains nothing. It refuses whatever is not on the public internet: this machine, private and
// link-local networks, carrier networks, documentation and multicast ranges, and IPv4 dressed as IPv6. Servers in the house are
// named by the administrator (outbound.allow in kezhi.yaml): host names, addresses or networks. The addresses at which clouds
// tell their machines secrets are refused even then.
//
// Its HTTP client follows no redirect, uses no proxy of the environment, ends after a time, and reads a bounded answer.
package outbound
