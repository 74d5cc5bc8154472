// Package article keeps the knowledge base (知识库): what the organisation knows about its products and its ways of doing
// things, written once in one or both languages and used in many cases.
//
// It owns articles, their versions, their reviews, the index of their words and the links between articles and cases. It
// does not own cases (internal/procedure), nor how words become index terms (internal/search).
//
//	draft ──publish──▶ published ──withdraw──▶ withdrawn
//	                     │    ▲                    │
//	                     └publish (a newer version)┘
//
// Invariants:
//   - a version is never changed; saving other words makes the next one, with who, when and why;
//   - what people read of a published article is the version last published: a revision is seen by its editors alone until
//     it is published in its turn;
//   - an article is never deleted, but withdrawn with a reason: cases and audit entries go on naming it;
//   - a published article has a day by which its keeper looks at it again;
//   - an article counts a use for every case it is attached to, once a case.
//
// Permissions: article.read sees what is published; article.write writes (reach own: articles one made or keeps) and sees
// drafts within its reach; article.publish publishes and withdraws. Whether somebody may see a case is asked of procedure.
// Emits and hears no event, has no job. May import: procedure, flow, search and what lies below them.
package article
