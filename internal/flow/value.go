package flow

import (
	"strings"

	"kezhi/internal/expr"
)

// Names of the case that conditions, records and forms may read, beside step.field, step.decision and what Env knows.
const (
	NameClass    = "case.class"
	NameChannel  = "case.channel"
	NameReceived = "case.received" // civil date
	NameStarted  = "case.started"  // civil date
	NameKind     = "case.kind"
	NameEnd      = "case.end"
)

// Value gives what a name stands for in a case: step.field, start.field, step.decision, case.*, or what env knows.
func Value(def *Definition, st *State, env *Env, name string) expr.Value {
	m := move{def: def, st: st, env: env}
	return m.value(name)
}

// AnswerTo gives the same as an answer of a form, for records and printed forms.
func AnswerTo(def *Definition, st *State, env *Env, name string) Answer {
	m := move{def: def, st: st, env: env}
	return m.answer(name)
}

func (m *move) own(name string) (string, bool) {
	switch name {
	case NameClass:
		return m.st.Class, true
	case NameChannel:
		return m.st.Channel, true
	case NameReceived:
		return m.env.date(m.st.Received).String(), true
	case NameStarted:
		return m.env.date(m.st.Started).String(), true
	case NameKind:
		return m.def.Kind, true
	case NameEnd:
		return m.st.End, true
	}
	return "", false
}

// field finds the form field and the past that a dotted name means; nil when it means none.
func (m *move) field(name string) (*Past, *Field) {
	step, key, dotted := strings.Cut(name, ".")
	form := m.def.FormOf(step)
	if !dotted || form == nil {
		return nil, nil
	}
	if step == m.def.Start.Form && m.def.Step(step) == nil {
		step = StartForm // the start form may be named by its own key
	}
	for i := range form.Fields {
		if form.Fields[i].Key == key {
			return m.st.known(step), &form.Fields[i]
		}
	}
	return nil, nil
}

func (m *move) value(name string) expr.Value {
	if text, ok := m.own(name); ok {
		return textValue(text)
	}
	if p, f := m.field(name); f != nil {
		if f.Type == FieldComputed && f.From != name {
			return m.value(f.From)
		}
		return f.value(p.Answers[f.Key])
	}
	if step, ok := strings.CutSuffix(name, ".decision"); ok && m.def.Step(step) != nil {
		return textValue(m.st.known(step).Decision)
	}
	return m.env.value(name)
}

func textValue(s string) expr.Value { return expr.Value{Text: s, Missing: s == ""} }

func (m *move) answer(name string) Answer {
	if text, ok := m.own(name); ok {
		return Answer{Text: text}
	}
	if p, f := m.field(name); f != nil {
		return p.Answers[f.Key].clone()
	}
	if step, ok := strings.CutSuffix(name, ".decision"); ok && m.def.Step(step) != nil {
		return Answer{Text: m.st.known(step).Decision}
	}
	return Answer{Text: m.env.show(name)}
}

// value gives an answer as conditions read it.
func (f *Field) value(a Answer) expr.Value {
	switch f.Type {
	case FieldNumber, FieldMoney:
		d, ok := expr.ParseDecimal(a.Text)
		return expr.Value{Number: d, Missing: !ok}
	case FieldYesNo:
		if a.YesNo == nil {
			return expr.Value{Missing: true}
		}
		return expr.Value{Bool: *a.YesNo}
	case FieldChoices, FieldFile:
		return expr.Value{Texts: a.Each(), Missing: a.IsZero()}
	}
	if f.Many {
		return expr.Value{Texts: a.Each(), Missing: a.IsZero()}
	}
	return textValue(a.Text)
}
