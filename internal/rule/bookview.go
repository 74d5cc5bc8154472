package rule

import "kezhi/internal/calendar"

// Book is a parsed rulebook. It is immutable and may be read from several goroutines.
type Book struct {
	spec    *spec
	clauses []Clause
	cases   *casesSpec
	// parseFailed is true when the files could not be read without errors; such a book is not compiled.
	parseFailed bool
}

// Label is one grade of a scheme.
type Label struct {
	Code  string `json:"code"`
	Title Text   `json:"title"`
	// Tone is a colour word the UI knows: gold, green, blue, grey, orange, red.
	Tone string `json:"tone"`
	// Graded is false for the explicit outcome "no grade" (未达级), which is a result but not a grade.
	Graded bool `json:"graded"`
}

// Scheme is the ordered set of grades, best first.
type Scheme struct {
	ID     string  `json:"id"`
	Title  Text    `json:"title"`
	Labels []Label `json:"labels"`
	// ScoreUnit is what a verdict's score counts: point, %, count, day, money (in the rulebook's currency or the
	// customer's), or empty where verdicts have no score. Only a compiled program knows it.
	ScoreUnit string `json:"score_unit"`
}

// Clause is one article of clauses.md.
type Clause struct {
	Number string `json:"number"`
	Title  Text   `json:"title"`
	Text   Text   `json:"text"`
	// Kind is rule, figure, data, schedule, approval, workflow, report, permission, principle or advice.
	Kind string `json:"kind"`
	// Sources are ids of the catalogue of requirements; for machines only, never shown.
	Sources []string `json:"sources,omitempty"`
	// By names capabilities of the product that carry the clause out without anything in the rulebook.
	By []string `json:"by,omitempty"`
	// Implements lists what in the rulebook cites this clause, e.g. "measures.sales_12m", in the order of the file.
	Implements []string `json:"implements"`
	Line       int      `json:"line"`
}

// Setting is a value a company may set for itself.
type Setting struct {
	Name  string `json:"name"`
	Title Text   `json:"title"`
	Value string `json:"value"`
	// Type is text, integer, decimal, percent, period, boolean or choice.
	Type    string   `json:"type"`
	Choices []string `json:"choices,omitempty"`
	// Assumed is true when the value is not in the text of the regulation.
	Assumed bool   `json:"assumed"`
	Clause  string `json:"clause"`
}

// Role is a post named in the text.
type Role struct {
	Name    string   `json:"name"`
	Title   Text     `json:"title"`
	Aliases []string `json:"aliases,omitempty"`
}

// Environment is what a rulebook meets in an organisation. A nil member skips the checks that need it.
type Environment struct {
	// Roles maps a role of the organisation to whether somebody holds it.
	Roles map[string]bool
	// Fields are the customer fields that exist besides the built-in ones.
	Fields map[string]bool
	// Segments maps the name of a segment to the schemes whose grades its members depend on, directly or through what the
	// rulebooks in force ask.
	Segments map[string][]string
	// Kinds are the fact kinds that exist.
	Kinds map[string]bool
	// EffectiveOn is the day on which the rulebook is to take effect; 0 when it is not known, then the day of issue counts.
	EffectiveOn calendar.Date
}
