// Package message writes to customers: templates in two languages, what each customer wants and does not want, one gate that
// every message passes, and the log of what went out, what waits and what did not work. The channels themselves are channel's.
//
// It owns the tables message_template, contact_wish, consent and message, and the settings message.policy and message.secret.
// It does not own customers and contacts, nor why somebody is written to: care, cases and handovers ask for a message and say
// what for (Ref). Its SQL reads customer and app_user beside its own rows and writes neither.
//
// # States of a message
//
//	queued  ──gate: no───────▶ suppressed       queued ──claimed──▶ sending
//	queued  ──somebody stops─▶ stopped          sending ─taken────▶ sent
//	sending ──may be later───▶ queued           sending ─never────▶ failed
//	sending ──cannot be known▶ unclear          failed, unclear ──again──▶ queued
//	unclear ──it did arrive──▶ sent             unclear ──stopped─▶ stopped
//
// # Invariants
//
//   - Nothing goes out past May: it is asked when a message is queued and again when it is sent, with the wishes of that
//     moment; what waited goes to the address its recipient has by then, and to nobody when the customer was archived or the
//     contact taken away. Do-not-contact and opt-out hold for every channel and purpose, quiet hours delay, the cap on frequency delays
//     whatever is no answer in the customer's own matter.
//   - One message for one idempotency key of a customer. An attempt is written down before anything leaves the house; the
//     outcome afterwards. A process killed in between leaves a message in sending: where the other side knows a message
//     again by its key it is handed over again, otherwise it becomes unclear and a person decides. So nothing is doubled by
//     us, and what the protocol leaves open is said.
//   - A message keeps the words that went out. What became of it is in the customer's timeline as a fact (contact).
//
// Permissions: message.read, message.send (with the reach over the customer), message.write (templates), customer.write
// (wishes), system.manage (policy, test messages). Public: taking oneself off the list by a signed link.
// Events emitted: message.sent, message.failed (payload Happened). Jobs: message.deliver (each minute and when something is queued).
// May import: customer, fact, channel, throttle and what lies below them.
package message
