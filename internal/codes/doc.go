// Package codes holds China's code tables and the identifiers built on them.
//
// It owns: the administrative divisions (province, city, county) with lookup by code, name and address; the industries of
// GB/T 4754-2017; checking and normalising the unified social credit code, the resident identity card, phone numbers and
// e-mail addresses; and the key by which names of customers are compared. It is pure: tables are embedded, nothing is
// fetched. It does not decide what to do about a doubtful identifier (the customer feature lets a person override a
// bad check digit with a reason), and it does not index (package search does).
package codes
