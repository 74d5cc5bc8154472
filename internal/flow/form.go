package flow

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/expr"
)

// Limits of answers.
const (
	MaxText     = 2_000  // characters of a text without a limit of its own
	MaxLongText = 20_000 // of a long text
	MaxMany     = 100    // choices, files, people, departments in one field
	MaxRows     = 500    // of a list
)

// fill checks the answers of a form and gives them tidied: whole is false where the form may be left incomplete (a
// rejection). Every wrong field is told at once, as "answers.<field>".
func (m *move) fill(form *Form, step string, given Answers, whole bool) (Answers, error) {
	var v errs.Validation
	if form == nil {
		for _, key := range slices.Sorted(maps.Keys(given)) {
			v.Check(false, "answers."+key, "act.unknown_field", "field", key)
		}
		return nil, v.Err()
	}
	out := checkFields(&v, form.Fields, given, "answers.")
	for i := range form.Fields {
		f := &form.Fields[i]
		if f.Type == FieldComputed {
			if a := m.computed(f, step); !a.IsZero() {
				out[f.Key] = a
			}
			continue
		}
		if given[f.Key].IsZero() && whole && m.required(form, f, out) {
			v.Check(false, "answers."+f.Key, "act.answer_missing")
		}
	}
	if m.err != nil {
		return nil, m.err
	}
	return out, v.Err()
}

// computed gives what a computed field shows at this moment.
func (m *move) computed(f *Field, step string) Answer {
	if f.From == "" || f.From == step+"."+f.Key {
		return Answer{}
	}
	return m.answer(f.From)
}

// required says whether a field must be answered, given the other answers.
func (m *move) required(form *Form, f *Field, given Answers) bool {
	if f.Required {
		return true
	}
	if f.RequiredWhen == nil {
		return false
	}
	yes, err := f.RequiredWhen.Eval(func(name string) expr.Value {
		_, key, dotted := strings.Cut(name, ".")
		if !dotted {
			key = name
		}
		for i := range form.Fields {
			own := &form.Fields[i]
			if own.Key == key && (!dotted || name == form.Key+"."+key) && own.Type != FieldComputed {
				return own.value(given[key])
			}
		}
		return m.value(name)
	})
	if err != nil {
		m.fail(errs.Wrap(err, errs.Internal, "case.condition_failed", "condition", f.RequiredWhen.Text()))
	}
	return yes
}

// checkFields checks the answers that were given, and leaves out the empty ones.
func checkFields(v *errs.Validation, fields []Field, given Answers, at string) Answers {
	out := Answers{}
	for _, key := range slices.Sorted(maps.Keys(given)) {
		a := given[key]
		i := slices.IndexFunc(fields, func(f Field) bool { return f.Key == key })
		switch {
		case i < 0:
			v.Check(false, at+key, "act.unknown_field", "field", key)
		case a.IsZero():
		case fields[i].Type == FieldComputed:
			v.Check(false, at+key, "act.computed_field")
		default:
			if tidy, ok := checkField(v, &fields[i], a, at+key); ok {
				out[key] = tidy
			}
		}
	}
	return out
}

// checkField checks one answer by the type of its field.
func checkField(v *errs.Validation, f *Field, a Answer, at string) (Answer, bool) {
	several := f.Many || f.Type == FieldChoices || f.Type == FieldFile
	shape := map[bool]string{true: "list", false: "text"}[several]
	switch {
	case f.Type == FieldYesNo:
		v.Check(a.YesNo != nil, at, "act.answer_kind", "kind", "yes_no")
		return Answer{YesNo: a.YesNo}, a.YesNo != nil
	case f.Type == FieldList:
		return checkRows(v, f, a, at)
	case a.YesNo != nil || len(a.Rows) > 0 || (len(a.Many) > 0 && !several):
		v.Check(false, at, "act.answer_kind", "kind", shape)
		return a, false
	}
	texts := a.Each()
	if len(texts) > MaxMany {
		v.Check(false, at, "act.too_many", "max", MaxMany)
		return a, false
	}
	if f.Type == FieldFile && !f.Many && len(texts) > 1 {
		v.Check(false, at, "act.too_many", "max", 1)
		return a, false
	}
	for i, text := range texts {
		if i > 0 && slices.Contains(texts[:i], text) {
			v.Check(false, at, "act.answer_twice", "value", text)
			return a, false
		}
		if bad, ok := checkText(f, text); !ok {
			bad.Path = at
			v.Add(bad)
			return a, false
		}
	}
	if several {
		return Answer{Many: slices.Clone(texts)}, true
	}
	return Answer{Text: a.Text}, true
}

func checkRows(v *errs.Validation, f *Field, a Answer, at string) (Answer, bool) {
	if len(a.Rows) == 0 || len(a.Rows) > MaxRows {
		v.Check(len(a.Rows) > 0, at, "act.answer_kind", "kind", "rows")
		v.Check(len(a.Rows) <= MaxRows, at, "act.too_many", "max", MaxRows)
		return a, false
	}
	out := Answer{}
	for i, row := range a.Rows {
		prefix := fmt.Sprintf("%s.%d.", at, i)
		tidy := checkFields(v, f.Fields, row, prefix)
		for j := range f.Fields {
			v.Check(!row[f.Fields[j].Key].IsZero() || !f.Fields[j].Required, prefix+f.Fields[j].Key, "act.answer_missing")
		}
		out.Rows = append(out.Rows, tidy)
	}
	return out, true
}

// checkText checks one text of an answer.
func checkText(f *Field, text string) (errs.Field, bool) {
	switch f.Type {
	case FieldText, FieldLong:
		limit := MaxText
		if f.Type == FieldLong {
			limit = MaxLongText
		}
		if n, err := strconv.Atoi(f.Max); err == nil && n > 0 {
			limit = n
		}
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return errs.Field{Code: "act.not_text"}, false
		}
		return errs.Field{Code: "act.text_too_long", Args: map[string]any{"max": limit}}, utf8.RuneCountInString(text) <= limit
	case FieldNumber, FieldMoney:
		return checkNumber(f, text)
	case FieldDate:
		return checkDate(f, text)
	case FieldTime:
		return errs.Field{Code: "act.not_a_time"}, isTime(text)
	case FieldChoice, FieldChoices:
		known := slices.ContainsFunc(f.Options, func(o Option) bool { return o.Key == text })
		return errs.Field{Code: "act.not_an_option", Args: map[string]any{"value": errs.Shown(text)}}, known
	}
	n, err := strconv.ParseInt(text, 10, 64) // person, department, customer, file
	return errs.Field{Code: "act.not_an_id"}, err == nil && n > 0 && strconv.FormatInt(n, 10) == text
}

// moneyPlaces is how many decimals an amount may have at most: no currency of the world has more.
const moneyPlaces = 4

func checkNumber(f *Field, text string) (errs.Field, bool) {
	d, ok := expr.ParseDecimal(text)
	if !ok || strings.Contains(text, "_") || f.Type == FieldMoney && d.Scale > moneyPlaces {
		return errs.Field{Code: "act.not_a_number"}, false
	}
	if low, ok := expr.ParseDecimal(f.Min); ok && d.Cmp(low) < 0 {
		return errs.Field{Code: "act.below", Args: map[string]any{"min": f.Min}}, false
	}
	if high, ok := expr.ParseDecimal(f.Max); ok && d.Cmp(high) > 0 {
		return errs.Field{Code: "act.above", Args: map[string]any{"max": f.Max}}, false
	}
	return errs.Field{}, true
}

func checkDate(f *Field, text string) (errs.Field, bool) {
	if _, err := calendar.Parse(text); err != nil {
		return errs.Field{Code: "act.not_a_date"}, false
	}
	if f.Min != "" && text < f.Min {
		return errs.Field{Code: "act.below", Args: map[string]any{"min": f.Min}}, false
	}
	if f.Max != "" && text > f.Max {
		return errs.Field{Code: "act.above", Args: map[string]any{"max": f.Max}}, false
	}
	return errs.Field{}, true
}

// isTime says whether a text is a time of day, HH:MM from 00:00 to 23:59.
func isTime(s string) bool {
	if len(s) != 5 || s[2] != ':' {
		return false
	}
	h, err1 := strconv.ParseUint(s[:2], 10, 8)
	m, err2 := strconv.ParseUint(s[3:], 10, 8)
	return err1 == nil && err2 == nil && h < 24 && m < 60
}
