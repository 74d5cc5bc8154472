// Package leaks holds the API against two questions, with requests generated from the OpenAPI document itself, so that an operation added
// tomorrow is asked them tomorrow.
//
// Leaks: may anybody learn or change what is not his? A rich company is made; then a second one in which everything that a person may not
// see never existed. The person sends the same requests to both, with the ids of what is hidden in paths, queries and bodies. Every
// answer (status, code, body, counts, sheets, search results, jobs) must be the same in both, no answer may hold an id or a text of
// what is hidden, and no hidden row may have changed. What tells the two companies apart is a leak.
//
// Fuzz: does random and boundary input ever bring an answer of 5xx?
//
// It holds tests only.
package leaks
