// Package gift keeps the register of gifts to customers (礼品): what, what for, for whom, of what value, at whose cost, by whom and when
// it was handed over, and who approved it.
//
// It does not own cases (procedure), customers, or the facts that gifts become (fact). Its SQL reads customer, contact and app_user
// beside its own rows and writes none of them.
//
// # States of a gift
//
//	waiting  -> approved  the case of its approval ends well
//	waiting  -> refused   it ends otherwise
//	waiting  -> cancelled cancel, with a reason; its case is withdrawn
//	approved -> given     give, on a day
//	approved -> cancelled cancel, with a reason
//	approved -> waiting   the case was opened again
//	refused  -> waiting   the case was opened again
//	given    -> returned  return: the customer gave it back, or it was entered by mistake; with a reason
//
// A gift up to the value that needs no approval begins as approved, every other one as waiting.
//
// # Invariants
//
//   - A gift has an occasion. One above the value of the policy is handed over only after its approval.
//   - What a customer gets in a civil year stays within the policy's limit, waiting and approved gifts counted: gift_year holds the sum,
//     changed by one guarded update, so that two people at once cannot pass it.
//   - A gift that was handed over is a fact (gift) with its value; its return takes the fact back.
//   - A case begun by hand for the approval of a gift enters the gift into the register when it ends well.
//   - The same request again (key and input) gives the first gift.
//
// Permissions: duty.read (see), duty.do (enter, act), duty.export, each with its data scope over the customer; system.manage (policy).
// Events emitted: gift.changed. Settings: gift.policy.
// May import: procedure, fact, customer and what lies below them.
package gift
