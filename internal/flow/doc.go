// Package flow is the pure engine of procedures: what a case may do next, and what follows from an act. It does no I/O,
// reads no clock, and knows no person, table or rulebook text; package rule makes its definitions, package procedure
// keeps its cases.
//
// A Definition is a list of steps. A step is open for one or more seats (who must act); it is over when as many of them
// as it needs have acted, and leads to the next step, to several together, or to an end. Every case goes through
//
//	running ──reach an end──▶ ended ──reopen──▶ running
//	running ──pause──▶ paused ──resume──▶ running
//	running, paused ──withdraw──▶ withdrawn ──reopen──▶ running
//
// and through nothing else (see Table).
package flow
