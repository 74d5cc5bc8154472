package importer

import (
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/codes"
	"kezhi/internal/customer"
	"kezhi/internal/errs"
	"kezhi/internal/sheet"
	"kezhi/internal/user"
)

// customerRow is a line that describes a customer.
type customerRow struct {
	line   int // index in the chunk's lines
	input  customer.Input
	fields customer.Fields // those the line has a value for
	match  customer.Match
}

// words are the company's own: what a cell may say for a kind of customer, an owner, a custom field.
type words struct {
	kinds  []customer.Kind
	fields []customer.CustomField
	people []user.Colleague
	assign authz.Scope // to whom the person may give customers
}

// custom gives the company's own fields as columns may name them.
func (w words) custom() []field {
	var out []field
	for _, f := range w.fields {
		if !f.Archived {
			out = append(out, field{name: customPrefix + f.Name, zh: f.LabelZH, en: f.LabelEN})
		}
	}
	return out
}

// customerParser turns the lines of a file into customers.
type customerParser struct {
	plan   plan
	words  words
	dates  sheet.DateOptions
	custom []named
}

func newCustomerParser(p plan, set Settings, w words, excel bool) *customerParser {
	return &customerParser{
		plan: p, words: w, custom: p.prefixed(customPrefix),
		dates: sheet.DateOptions{Order: dateOrder(set.DateOrder), Serial: excel},
	}
}

// reading is the state of reading one line.
type reading struct {
	p   *customerParser
	l   *line
	row customerRow
}

// parse reads a line into the chunk.
func (p *customerParser) parse(c *chunk, l *line) {
	r := reading{p: p, l: l, row: customerRow{line: len(c.lines) - 1}}
	r.names()
	r.choices()
	r.identifiers()
	r.places()
	r.owner()
	r.contact()
	r.customFields()
	if l.outcome != outcomeOK {
		return
	}
	r.row.input.ConfirmDuplicate = true // MatchAll has looked; what remains is a different customer of the same name
	if err := r.row.input.Validate(); err != nil {
		p.refuse(l, err)
		return
	}
	l.at = len(c.customers)
	c.customers = append(c.customers, r.row)
}

// inputPaths says which field of a file a field of the input came from.
var inputPaths = map[string]string{"owner_id": "owner", "identifiers": "identifiers", "contacts": "contact_name"}

// refuse takes the problems of the input over, under the names of the file's fields.
func (p *customerParser) refuse(l *line, err error) {
	e, ok := errs.As(err)
	if !ok || len(e.Fields) == 0 {
		l.refuse(problemOf("name", err))
		return
	}
	l.refuse(p.problems(e.Fields)...)
}

// problems gives the wrong fields of an input under the names of the file's fields.
func (p *customerParser) problems(fields []errs.Field) []errs.Field {
	out := make([]errs.Field, 0, len(fields))
	for _, f := range fields {
		path := f.Path
		if first, rest, ok := strings.Cut(path, "."); ok && strings.Trim(first, "0123456789") == "" {
			path = rest // the number of the row among those written together
		}
		name, rest, _ := strings.Cut(path, ".")
		if name == "custom" {
			name = customPrefix + rest
		}
		if own := inputPaths[name]; own != "" {
			name = own
		}
		if name == "identifiers" {
			name = identifierField(f.Code)
		}
		out = append(out, errs.Field{Path: name, Code: f.Code, Args: placeOf(p.plan.source(name), f.Args)})
	}
	return out
}

// identifierField finds the column a problem with an identifier came from by its code.
func identifierField(code string) string {
	for _, t := range []string{customer.TypeUSCC, customer.TypeIDCard, customer.TypePhone, customer.TypeEmail} {
		if strings.Contains(code, t) {
			return t
		}
	}
	return customer.TypeTax
}

// get gives the trimmed value of a field and marks it as present.
func (r *reading) get(name string, f customer.Fields) string {
	t := strings.TrimSpace(r.p.plan.source(name).of(r.l.cells))
	if t != "" {
		r.row.fields |= f
	}
	return t
}

func (r *reading) bad(name, code string, args map[string]any) {
	r.l.refuse(errs.Field{Path: name, Code: code, Args: placeOf(r.p.plan.source(name), args)})
}

func (r *reading) names() {
	in := &r.row.input
	if t := r.get("code", customer.FieldCode); t != "" {
		code, err := sheet.ParseID(t)
		if err != nil {
			problem := problemOf("code", err)
			problem.Args = placeOf(r.p.plan.source("code"), problem.Args)
			r.l.refuse(problem)
		}
		in.Code = code
	}
	in.Name = r.get("name", customer.FieldName)
	in.NameEN = r.get("name_en", customer.FieldNameEN)
	in.FormerNames = list(r.get("former_names", customer.FieldFormerNames))
	in.Tags = list(r.get("tags", customer.FieldTags))
	in.Address = r.get("address", customer.FieldAddress)
	in.Note = r.get("note", customer.FieldNote)
	if t := r.get("since", customer.FieldSince); t != "" {
		d, err := sheet.ParseDate(t, r.p.dates)
		if err != nil {
			problem := problemOf("since", err)
			problem.Args = placeOf(r.p.plan.source("since"), problem.Args)
			r.l.refuse(problem)
		}
		in.Since = &d
	}
}

// list cuts a cell that holds several values.
func list(t string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune(",，;；、|", r) }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// What people write for the party and the status of a customer.
var (
	partyWords = map[string]string{
		"org": "org", "企业": "org", "公司": "org", "单位": "org", "组织": "org", "机构": "org", "法人": "org", "company": "org", "organisation": "org", "organization": "org",
		"person": "person", "个人": "person", "自然人": "person", "individual": "person",
	}
	customerStatusWords = map[string]string{
		"prospect": "prospect", "潜在": "prospect", "意向": "prospect", "潜在客户": "prospect", "lead": "prospect",
		"active": "active", "正常": "active", "活跃": "active", "合作中": "active", "合作": "active", "在合作": "active", "已成交": "active",
		"dormant": "dormant", "休眠": "dormant", "暂停": "dormant", "inactive": "dormant", "lost": "lost", "流失": "lost", "终止": "lost", "已流失": "lost",
	}
)

func (r *reading) choices() {
	in := &r.row.input
	if t := r.get("party", customer.FieldParty); t != "" {
		in.Party = partyWords[strings.ToLower(t)]
		if in.Party == "" {
			r.bad("party", "importer.unknown_party", map[string]any{"text": t})
		}
	}
	if t := r.get("status", customer.FieldStatus); t != "" {
		in.Status = customerStatusWords[strings.ToLower(t)]
		if in.Status == "" {
			r.bad("status", "importer.unknown_status", map[string]any{"text": t})
		}
	}
	if t := r.get("kind", customer.FieldKind); t != "" {
		for _, k := range r.p.words.kinds {
			if strings.EqualFold(t, k.Kind) || t == k.LabelZH || strings.EqualFold(t, k.LabelEN) {
				in.Kind = k.Kind
			}
		}
		if in.Kind == "" {
			r.bad("kind", "importer.unknown_kind", map[string]any{"text": t})
		}
	}
}

func (r *reading) identifiers() {
	for _, kind := range []string{customer.TypeUSCC, customer.TypeIDCard, customer.TypePhone, customer.TypeEmail, customer.TypeTax} {
		t := r.get(kind, customer.FieldIdentifiers)
		values := []string{t}
		if kind == customer.TypePhone || kind == customer.TypeEmail {
			values = list(t)
		}
		for _, v := range values {
			if v != "" {
				r.row.input.Identifiers = append(r.row.input.Identifiers, customer.Identifier{Type: kind, Value: v})
			}
		}
	}
}

func (r *reading) places() {
	in := &r.row.input
	if t := r.get("region", customer.FieldRegion); t != "" {
		if d, ok := codes.DivisionByCode(t); ok {
			in.Region = d.Code
		} else if found := codes.FindDivision(t); len(found) == 1 {
			in.Region = found[0].Code
		} else if len(found) > 1 {
			r.bad("region", "importer.region_ambiguous", map[string]any{"text": t, "first": codes.DivisionLabel(found[0].Code), "second": codes.DivisionLabel(found[1].Code)})
		} else {
			r.bad("region", "importer.unknown_region", map[string]any{"text": t})
		}
	}
	if t := r.get("industry", customer.FieldIndustry); t != "" {
		if i, ok := codes.IndustryByCode(t); ok {
			in.Industry = i.Code
		} else if found := codes.FindIndustry(t, 2); len(found) > 0 && (found[0].Name == t || strings.EqualFold(found[0].English, t)) {
			in.Industry = found[0].Code
		} else {
			r.bad("industry", "importer.unknown_industry", map[string]any{"text": t})
		}
	}
}

// owner finds the person by name. Whoever may not give customers away imports without this column.
func (r *reading) owner() {
	t := r.get("owner", customer.FieldOwner)
	if t == "" {
		return
	}
	var found []user.Colleague
	for _, u := range r.p.words.people {
		if u.Active && strings.EqualFold(u.Name, t) {
			found = append(found, u)
		}
	}
	switch {
	case len(found) == 0:
		r.bad("owner", "importer.unknown_owner", map[string]any{"text": t})
	case len(found) > 1:
		r.bad("owner", "importer.owner_ambiguous", map[string]any{"text": t})
	case !r.p.words.assign.CoversPerson(found[0].ID, found[0].UnitID):
		r.bad("owner", "importer.owner_not_allowed", map[string]any{"text": t})
	default:
		r.row.input.OwnerID = found[0].ID
	}
}

func (r *reading) contact() {
	c := customer.ContactInput{
		Name: r.get("contact_name", customer.FieldContacts), Title: r.get("contact_title", 0), Phone: r.get("contact_phone", 0), Email: r.get("contact_email", 0),
		Primary: true,
	}
	if c.Name != "" {
		r.row.input.Contacts = []customer.ContactInput{c}
	} else if c.Phone != "" || c.Email != "" {
		r.bad("contact_name", "importer.contact_without_name", nil)
	}
}

func (r *reading) customFields() {
	for _, n := range r.p.custom {
		t := r.get(customPrefix+n.name, customer.FieldCustom)
		if t == "" {
			continue
		}
		if r.row.input.Custom == nil {
			r.row.input.Custom = map[string]string{}
		}
		r.row.input.Custom[n.name] = r.customValue(n, t)
	}
}

// flagWords are what people write for yes and no.
var flagWords = map[string]string{"是": "true", "有": "true", "yes": "true", "y": "true", "true": "true", "1": "true", "否": "false", "无": "false", "no": "false", "n": "false", "false": "false", "0": "false"}

// customValue gives a value in the text under which custom fields are kept.
func (r *reading) customValue(n named, t string) string {
	for _, f := range r.p.words.fields {
		if f.Name != n.name || f.Archived {
			continue
		}
		var err error
		switch f.Type {
		case customer.FieldNumber:
			d, e := sheet.ParseDecimal(t, sheet.NumberOptions{})
			t, err = d.String(), e
		case customer.FieldDate:
			d, e := sheet.ParseDate(t, r.p.dates)
			t, err = d.String(), e
		case customer.FieldFlag:
			if w := flagWords[strings.ToLower(t)]; w != "" {
				t = w
			}
		}
		if err != nil {
			problem := problemOf(customPrefix+n.name, err)
			problem.Args = placeOf(n.source, problem.Args)
			r.l.refuse(problem)
		}
		return t
	}
	r.bad(customPrefix+n.name, "importer.unknown_field", map[string]any{"field": n.name})
	return t
}
