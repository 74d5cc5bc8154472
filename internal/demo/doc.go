// Package demo holds a company that does not exist, and loads it into an empty database: a maker of building hardware and
// kitchen appliances with its dealers, franchisees and OEM customers, two years of orders and payments, its sales people, and
// what the shipped rulebooks say about all of them.
//
// It owns: the generator (Generate and Company.Facts) and the loader (Load). The generator is pure and uses whole numbers only: the same
// reference date and seed give the same company, byte for byte, on every machine. The loader lives the two years through
// once more: it turns the Dial, the clock of the services it is given, to the past, writes what was known by then,
// grades, plans and does duties, and goes on to the present. Everything is written by the services of the features, so
// that permissions, audit entries and events are those of real work.
//
// It does not own: any table, and any rule. Nothing in a running installation calls it; only the command `demo` and the
// benchmarks do. Every person, company, number and address in it is made up: registration numbers contain FAKE, phone
// numbers 0000, mail goes to example.com.
//
// Edges: it is above the features, beside package app, and may call all of them. Permissions: those of authz.System and
// of the users it creates. Events and jobs: none of its own.
package demo
