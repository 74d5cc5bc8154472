// Package rule is the engine that makes a rulebook (制度) run: it parses the rulebook's files, checks them the way a
// careful reader would, compiles them into tables, folds a customer's facts into measures, judges the measures into a
// verdict, explains the verdict from what was known, and runs the worked examples that come with the rulebook.
//
//	Parse → Check → Compile → Fold (one customer) → Population (all customers, when a measure needs them) → Judge → Explain
//
// It owns: the grammar of rulebook.yaml, clauses.md and cases.yaml, the meaning of every measure, band, scorecard and
// table, the text of every problem found in a rulebook, and the shape of an explanation.
//
// It does not own: where facts and customers are stored, which clock is used, who may see what, how a duty is
// scheduled or how a verdict is stored. It performs no input or output, reads no clock, and holds no global state.
//
// Invariants:
//   - same rulebook, settings, facts and as-of date give the same verdict and explanation, byte for byte;
//   - no amount, share or score passes through a floating point number;
//   - amounts of two currencies are never added;
//   - every customer gets a code or a stable reason why there is none;
//   - no input makes the package panic.
package rule
