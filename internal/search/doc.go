// Package search turns what customers are called into index terms, and what people type into ranges over these terms. It
// is pure: the feature that owns a table stores the terms and runs the query. It does not rank and does not look into free text.
//
// # Scheme
//
// The table is
//
//	search_term(term TEXT, customer_id BIGINT, PRIMARY KEY (term, customer_id))
//
// A term is a one-letter namespace and a body:
//
//	h  one or two Chinese characters that stand together in a name: h华, h华为
//	a  letters and digits, lower case: each word of a Latin name (ahuawei), codes from each of their parts on (akh2024001,
//	   a2024001, a001), phone numbers in front of which somebody may begin to type, and for Chinese names the full pinyin
//	   (ahuaweijishu, aweijishu, ajishu, ashu) and the initials (ahwjs, awjs, ajs) of every end of the name
//	r  codes and phone numbers backwards, so that their end is a prefix: r0008…
//
// All that is typed with Latin letters is in one namespace on purpose: a person who types hw may mean initials, a
// word or a code, and one range answers all three.
//
// Query gives a conjunction of Match; each Match is a disjunction of Range (one, or two for a run of digits). A Range with an empty
// To asks for one term exactly, any other for From <= term < To. In SQL, per Match:
//
//	customer_id IN (SELECT customer_id FROM search_term WHERE term = ?)
//	customer_id IN (SELECT customer_id FROM search_term WHERE term >= ? AND term < ?)
//
// Both are searches of the primary key. Bodies of range terms hold nothing but a to z and 0 to 9, so that the ranges
// mean the same under every collation that orders digits before letters; declare the column COLLATE "C" on PostgreSQL all the same, it is faster.
//
// # Promises
//
// Every name is found by each of its substrings of Chinese characters, by the initials and by the full pinyin of each of its
// ends, and by every prefix of two letters or more of these. More than two Chinese characters are looked up as overlapping pairs, and pinyin
// behind the stored length is cut, so a result may hold a few names in which the pieces stand apart; they are close, not wrong, and a caller
// that wants none of them compares the name.
package search
