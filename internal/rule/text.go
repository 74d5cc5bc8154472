package rule

// Text is a sentence or a name in both languages of the product.
type Text struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// In returns the text in the language ("zh" or "en"), and the other language when that one is empty.
func (t Text) In(lang string) string {
	if lang == "en" && t.En != "" || t.Zh == "" {
		return t.En
	}
	return t.Zh
}

// Severities of a problem. An error forbids adoption; a warning and an information do not.
const (
	SeverityError   = "error"
	SeverityWarning = "warning"
	SeverityInfo    = "info"
)

// Problem is one finding about a rulebook, with the place it was found and what to do about it.
type Problem struct {
	Severity string `json:"severity"`
	// File is the rulebook's own file name: rulebook.yaml, clauses.md or cases.yaml.
	File string `json:"file"`
	// Line and Column count from 1; 0 means the file as a whole.
	Line   int `json:"line"`
	Column int `json:"column"`
	// Code is stable and machine-readable, e.g. "band.overlap".
	Code string `json:"code"`
	// Clause is the number of the clause concerned, empty if none is.
	Clause  string `json:"clause"`
	Message Text   `json:"message"`
	Remedy  Text   `json:"remedy"`
}

// HasErrors reports whether at least one of the problems is an error.
func HasErrors(problems []Problem) bool {
	for i := range problems {
		if problems[i].Severity == SeverityError {
			return true
		}
	}
	return false
}
