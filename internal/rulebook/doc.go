// Package rulebook keeps the company's rulebooks (制度): their versions as files, which version is in force from which
// day with which settings, what a check of them finds here, and how each clause is carried out.
//
//	draft ──PublishDraft──▶ version; shipped or own files ──Sync, Upload──▶ version (one text for ever) ──Adopt──▶ in force from a day ──Adopt──▶ superseded
//
// It owns the tables rulebook_version, rulebook_draft and adoption. It does not own the meaning of a rulebook (internal/rule), the
// shipped texts (rulebooks), or what a rulebook decides about customers (internal/grading, internal/duty).
//
// Invariants:
//   - a version is one text for ever: the same number with another text is refused;
//   - nothing is adopted whose check finds an error or whose worked examples fail;
//   - going back is adopting the old version again; adoptions are never changed;
//   - what was in force on a past day never changes.
//
// To check a rulebook against the organisation this package reads three small tables of other features
// (roles held, custom fields, kinds of fact) in store_environment.go; it never writes them.
package rulebook
