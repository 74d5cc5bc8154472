// Package rulebook keeps the company's rulebooks (制度): their versions as files, which version is in force from which
// day with which settings, what a check of them finds here, and how each clause is carried out.
//
//	draft ──PublishDraft──▶ version; shipped or own files ──Sync, Upload──▶ version (one text for ever) ──Adopt──▶ in force from a day ──Adopt──▶ superseded
//
// Where a rulebook in force describes how rulebooks are adopted, a version is sent for adoption: a case decides (DecideByCase).
// Without one the post that the text names adopts directly.
//
//	request: open ──agreed──▶ approved
//	request: open ──rejected──▶ refused
//	request: open ──withdrawn──▶ withdrawn
//
// It owns the tables rulebook_version, rulebook_draft, adoption, adoption_request and rulebook_receipt. It does not own the meaning of a rulebook (internal/rule), the
// shipped texts (rulebooks), or what a rulebook decides about customers (internal/grading, internal/duty).
//
// Invariants:
//   - a version is one text for ever: the same number with another text is refused;
//   - nothing is adopted whose check finds an error or whose worked examples fail;
//   - going back is adopting the old version again; adoptions are never changed;
//   - what was in force on a past day never changes;
//   - whoever asks for an adoption does not decide on it; who decides is the procedure in force or, without one, the post that
//     the version in force names;
//   - while a procedure decides on adoptions nobody adopts beside it, but what was in force before may be put back by that post.
//
// To check a rulebook against the organisation this package reads some small tables of other features
// (roles and posts held, custom fields, kinds of fact, segments) in store_environment.go; it never writes them.
package rulebook
