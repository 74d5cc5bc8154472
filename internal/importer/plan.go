package importer

import (
	"slices"
	"strings"

	"kezhi/internal/errs"
)

// source is where a field's value comes from: a column, or a constant where column is -1.
type source struct {
	column int
	text   string
	header string
}

func (s source) of(cells []string) string {
	if s.column < 0 {
		return s.text
	}
	return cells[s.column]
}

func (s source) absent() bool { return s.column < 0 && s.text == "" }

// plan says for each field where its value comes from.
type plan struct {
	target string
	fields map[string]source
}

func (p plan) source(name string) source {
	if s, ok := p.fields[name]; ok {
		return s
	}
	return source{column: -1}
}

// complete fills the fields (the target's and the company's own) that a mapping does not name from the headers, and gives every field under its own name.
func complete(target string, mapping map[string]string, header []string, custom []field) map[string]string {
	out := map[string]string{}
	used := map[string]bool{}
	for name, h := range mapping {
		if own, ok := fieldName(target, name); ok {
			name = own
		}
		out[name] = h
		used[headerKey(h)] = !strings.HasPrefix(h, "=")
	}
	for name, h := range guess(target, header, custom) {
		if _, named := out[name]; !named && !used[headerKey(h)] {
			out[name] = h
		}
	}
	return out
}

// makePlan resolves a complete mapping against the header. Every wrong or missing field is reported at once, under mapping.FIELD.
func makePlan(target string, mapping map[string]string, header []string, needsAmount bool) (plan, error) {
	p := plan{target: target, fields: map[string]source{}}
	var v errs.Validation
	names := make([]string, 0, len(mapping))
	for name := range mapping {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		p.add(&v, name, mapping[name], header)
	}
	for _, f := range fieldsOf(target) {
		v.Check(!f.required || !p.source(f.name).absent(), "mapping."+f.name, "importer.field_missing", "field", f.zh+" / "+f.en)
	}
	if needsAmount {
		whole := !p.source(fAmount).absent() || !p.source(fQuantity).absent() && !p.source(fPrice).absent()
		v.Check(whole, "mapping."+fAmount, "importer.amount_missing")
	}
	return p, v.Err()
}

func (p plan) add(v *errs.Validation, name, value string, header []string) {
	own, ok := fieldName(p.target, name)
	v.Check(ok, "mapping."+name, "importer.unknown_field", "field", name)
	if !ok || value == "" {
		return
	}
	if constant, is := strings.CutPrefix(value, "="); is {
		p.fields[own] = source{column: -1, text: constant}
		return
	}
	at := slices.Index(header, value)
	if at < 0 {
		key := headerKey(value)
		at = slices.IndexFunc(header, func(h string) bool { return headerKey(h) == key })
	}
	v.Check(at >= 0, "mapping."+name, "importer.unknown_column", "column", value, "columns", strings.Join(header, ", "))
	if at >= 0 {
		p.fields[own] = source{column: at, header: header[at]}
	}
}

// prefixed gives the fields whose names begin with a prefix, without it, in order.
func (p plan) prefixed(prefix string) []named {
	var out []named
	for name, s := range p.fields {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			out = append(out, named{rest, s})
		}
	}
	slices.SortFunc(out, func(a, b named) int { return strings.Compare(a.name, b.name) })
	return out
}

type named struct {
	name string
	source
}
