package procedure

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kezhi/internal/flow"
	"kezhi/internal/search"
)

const (
	maxTerms   = 300 // of a case
	maxShort   = 60  // characters of an answer by which a case is found
	leastPhone = 5   // digits of what may be a phone number
)

// termsOf gives what a case is found by: its number, its title, and the short answers of its start form, where whoever called left a
// name or a phone number. What its customer is found by is the customer's.
func termsOf(c *Case, def *flow.Definition) []string {
	f := search.Fields{Codes: []string{c.Number}}
	words := search.TextTerms(c.Title)
	form, past := def.FormOf(flow.StartForm), c.State.Steps[flow.StartForm]
	if form != nil && past != nil {
		for i := range form.Fields {
			text := strings.TrimSpace(past.Answers[form.Fields[i].Key].Text)
			if form.Fields[i].Type != flow.FieldText || text == "" || utf8.RuneCountInString(text) > maxShort {
				continue
			}
			if isPhone(text) {
				f.Phones = append(f.Phones, text)
			} else {
				words = append(words, search.TextTerms(text)...)
			}
		}
	}
	slices.Sort(words)
	words = slices.Compact(words)
	out := append(search.Terms(f), words[:min(len(words), maxTerms)]...)
	slices.Sort(out)
	return slices.Compact(out)
}

// isPhone says whether a text may be a phone number.
func isPhone(text string) bool {
	digits := 0
	for _, r := range text {
		if r >= '0' && r <= '9' {
			digits++
		} else if !unicode.IsSpace(r) && !strings.ContainsRune("+-()/.", r) {
			return false
		}
	}
	return digits >= leastPhone
}
