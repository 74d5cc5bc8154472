// Package channel carries rendered messages out of the house: mail (SMTP), SMS (any provider with an HTTP interface), WeCom
// (messages of an application) and a webhook, each behind one interface. It is infrastructure: it knows no customer, no
// template and no consent; who may be written to is decided by whoever calls it.
//
// # What an attempt ends with
//
//	a Receipt       the other side took the message; ID is its name for it
//	Temporary       nothing was taken; later it may be
//	Permanent       this message to this address will never be taken
//	Refused         the other side refuses us: credentials, rights, configuration; nothing helps but an administrator
//	Unclear         the connection broke after everything was handed over, or the server failed over it: it may have been taken or not
//
// A Sender that is Repeatable may be given the same message (equal Key) again after Unclear or a crash, because the other side
// recognises the key, for as long as it says (WeCom: a little less than four hours). For the others somebody has to look before it is sent again.
//
// # Safe
//
// Addresses of servers come from the configuration only, never from a message. Requests are made over TLS (or to this machine,
// or where allow_http says so), follow no redirect, end after a time and read a bounded answer. What a message puts into a
// URL, a header or a body is escaped for the place where it stands. Secrets come from the configuration, the environment or a
// file; no error, description or log holds them.
package channel
