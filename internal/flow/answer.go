package flow

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"
)

// Answer is the answer to one field of a form. Which member is used follows from the type of the field: Text for texts,
// dates, times, choices, numbers and money (plain decimals), and single people, departments and customers (ids as decimal
// strings); Many for several of them and for files; YesNo for yes or no; Rows for lists. In JSON it is a string, a list of
// strings, true or false, or a list of objects.
type Answer struct {
	Text  string
	YesNo *bool
	Many  []string
	Rows  []Answers
}

// Answers are the answers of a form by the keys of its fields.
type Answers map[string]Answer

// Yes is the answer yes (or no) of a yes/no field.
func Yes(b bool) Answer { return Answer{YesNo: &b} }

// IsZero says whether nothing was answered.
func (a Answer) IsZero() bool {
	return a.Text == "" && a.YesNo == nil && len(a.Many) == 0 && len(a.Rows) == 0
}

// Each gives the texts of a single or a many-valued answer.
func (a Answer) Each() []string {
	switch {
	case len(a.Many) > 0:
		return a.Many
	case a.Text != "":
		return []string{a.Text}
	}
	return nil
}

// MarshalJSON writes the short form.
func (a Answer) MarshalJSON() ([]byte, error) {
	switch {
	case a.YesNo != nil:
		return json.Marshal(*a.YesNo)
	case len(a.Rows) > 0:
		return json.Marshal(a.Rows)
	case len(a.Many) > 0:
		return json.Marshal(a.Many)
	default:
		return json.Marshal(a.Text)
	}
}

var errAnswer = errors.New("an answer is a text, a number, true or false, a list of texts or a list of rows")

// UnmarshalJSON reads the short form; a number is taken as written, null as no answer.
func (a *Answer) UnmarshalJSON(b []byte) error {
	*a = Answer{}
	b = bytes.TrimSpace(b)
	if len(b) == 0 {
		return errAnswer
	}
	switch b[0] {
	case '"':
		return json.Unmarshal(b, &a.Text)
	case 't', 'f':
		return json.Unmarshal(b, &a.YesNo)
	case 'n':
		return nil
	case '[':
		if json.Unmarshal(b, &a.Many) == nil {
			return a.tidy()
		}
		a.Many = nil
		if err := json.Unmarshal(b, &a.Rows); err != nil {
			return errAnswer
		}
		return a.tidy()
	case '{':
		return errAnswer
	default:
		var n json.Number
		if err := json.Unmarshal(b, &n); err != nil {
			return errAnswer
		}
		a.Text = n.String()
		return nil
	}
}

// tidy makes empty lists no answer, so that an answer has one form only.
func (a *Answer) tidy() error {
	if len(a.Many) == 0 {
		a.Many = nil
	}
	if len(a.Rows) == 0 {
		a.Rows = nil
	}
	return nil
}

func (a Answer) clone() Answer {
	if a.YesNo != nil {
		a.YesNo = new(*a.YesNo)
	}
	a.Many = slices.Clone(a.Many)
	if a.Rows != nil {
		rows := make([]Answers, len(a.Rows))
		for i, r := range a.Rows {
			rows[i] = r.clone()
		}
		a.Rows = rows
	}
	return a
}

func (as Answers) clone() Answers {
	if as == nil {
		return nil
	}
	out := maps.Clone(as)
	for k, a := range out {
		out[k] = a.clone()
	}
	return out
}
