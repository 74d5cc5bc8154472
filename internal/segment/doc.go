// Package segment keeps segments (客户群): named groups of customers that lists, exports and service plans use.
//
//	static   the members are chosen by people, one by one or as a selection
//	dynamic  the members are those who meet the segment's conditions: over the fields a customer list filters by, and over
//	         measures worked out from facts as of the day of the refresh
//
// It owns the tables segment and segment_member. It does not own what a condition on a field means (internal/customer), what
// a measure means (internal/rule) or facts. The lists of the customer feature read segment_member; nobody else writes it.
//
// Invariants:
//   - members are what the conditions gave at the last refresh, whole: a refresh replaces them in one transaction;
//   - a segment says nothing about who may see a customer: lists stay bounded by the actor's reach, counts too;
//   - conditions never depend on who looks (owner "me" is refused), so that everybody sees one and the same segment;
//   - everybody with segment.manage may make and use segments; only who made one, or an administrator, changes it;
//   - a segment is archived, never deleted: what was sent to it or exported from it stays explainable.
package segment
