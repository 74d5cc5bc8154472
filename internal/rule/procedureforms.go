package rule

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/expr"
	"kezhi/internal/flow"
	"kezhi/internal/money"
)

var entryTypes = []string{
	flow.FieldText, flow.FieldLong, flow.FieldNumber, flow.FieldMoney, flow.FieldDate, flow.FieldTime, flow.FieldYesNo,
	flow.FieldChoice, flow.FieldChoices, flow.FieldPerson, flow.FieldDepartment, flow.FieldCustomer, flow.FieldFile,
	flow.FieldList, flow.FieldComputed,
}

// forms compiles every form once.
func (k *compiler) forms() map[string]*flow.Form {
	out := map[string]*flow.Form{}
	for i := range k.b.spec.Forms.List {
		e := &k.b.spec.Forms.List[i]
		if !nameShape.MatchString(e.Name.S) || e.Name.S == nameStart || e.Name.S == nameCase || e.Name.S == nameCustomer {
			k.report("name.shape", e.Name.pos, e.Value.Clause.S, e.Name.S)
		}
		f := &flow.Form{
			Key: e.Name.S, Title: flow.Text(e.Value.Title.Text), Number: e.Value.Number.S, Clause: e.Value.Clause.S,
			Layout: e.Value.Layout.S, Text: flow.Text(e.Value.Text.Text),
		}
		if layouts := []string{"form", "letter", "table"}; e.Value.Layout.set() && !contains(layouts, f.Layout) {
			k.unknownName("value.one_of", e.Value.Layout.pos, f.Layout, layouts)
		}
		if f.Layout == "letter" && e.Value.Text.Zh == "" {
			k.report("form.letter_text", e.Name.pos, f.Clause, f.Key)
		}
		k.numberPattern(e.Value.Number, false)
		k.entries(f, &e.Value)
		out[f.Key] = f
	}
	return out
}

// entries compiles the entries of a form, then the conditions on them.
func (k *compiler) entries(f *flow.Form, s *formSpec) {
	list := s.Fields.List
	if len(list) > maxFormEntries {
		k.report("form.too_long", list[maxFormEntries].Name.pos, f.Clause, f.Key, itoa(maxFormEntries))
		list = list[:maxFormEntries]
	}
	if len(list) == 0 {
		k.report("form.empty", s.pos, f.Clause, f.Key)
	}
	var vars []expr.Var
	for i := range list {
		field := k.entry(list[i].Name, &list[i].Value, 0)
		f.Fields = append(f.Fields, field)
		if kind, ok := exprKind(&field); ok {
			vars = append(vars, expr.Var{Name: field.Key, Kind: kind})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(caseValues)) {
		vars = append(vars, expr.Var{Name: name, Kind: caseValues[name]})
	}
	for i := range list {
		w := list[i].Value.RequiredWhen
		if !w.set() {
			continue
		}
		if f.Fields[i].Required {
			k.report("entry.required_twice", w.pos, f.Clause, f.Fields[i].Key)
		}
		f.Fields[i].RequiredWhen, f.Fields[i].RequiredWhenText = k.conditionOn(w, vars)
		k.ownOptions(f, w)
	}
}

var bareComparison = regexp.MustCompile(`\b([a-z_][a-z0-9_]*)\s*(?:==|!=|in)\s*(\[[^\]]*\]|"[^"]*"|'[^']*')`)

// ownOptions checks the answers a condition compares a choice of the same form with.
func (k *compiler) ownOptions(f *flow.Form, w word) {
	for _, m := range bareComparison.FindAllStringSubmatchIndex(w.S, 64) {
		if m[0] > 0 && w.S[m[0]-1] == '.' {
			continue
		}
		name := w.S[m[2]:m[3]]
		at := slices.IndexFunc(f.Fields, func(x flow.Field) bool { return x.Key == name })
		if at < 0 || len(f.Fields[at].Options) == 0 {
			continue
		}
		var allowed []string
		for _, o := range f.Fields[at].Options {
			allowed = append(allowed, o.Key)
		}
		for _, q := range quotedText.FindAllString(w.S[m[4]:m[5]], 64) {
			if text := strings.Trim(q, `"'`); !contains(allowed, text) {
				k.unknownName("option.unknown", w.pos, text, allowed, name)
			}
		}
	}
}

// entry compiles one entry; depth 1 is a column of a list.
func (k *compiler) entry(name word, s *entrySpec, depth int) flow.Field {
	out := flow.Field{
		Key: name.S, Title: flow.Text(titleOr(s.Title, name.S)), Type: s.Type.S, Required: k.truth(s.Required),
		Min: k.resolve(s.Min), Max: k.resolve(s.Max), Unit: k.resolve(s.Unit), From: s.From.S, Many: k.truth(s.Many),
		Hint: flow.Text(s.Hint.Text), Clause: s.Clause.S, Staff: k.truth(s.Staff),
	}
	if !nameShape.MatchString(name.S) || name.S == "decision" || name.S == nameCase || name.S == nameCustomer {
		k.report("name.shape", name.pos, s.Clause.S, name.S)
	}
	if s.Type.set() && !contains(entryTypes, s.Type.S) {
		k.unknownName("value.one_of", s.Type.pos, s.Type.S, entryTypes)
		return out
	}
	for i := range s.Options.List {
		o := &s.Options.List[i]
		if !nameShape.MatchString(o.Name.S) {
			k.report("name.shape", o.Name.pos, s.Clause.S, o.Name.S)
		}
		out.Options = append(out.Options, flow.Option{Key: o.Name.S, Title: flow.Text(o.Value.Text)})
	}
	k.entryBounds(name, s, &out)
	k.entryShape(name, s, &out, depth)
	return out
}

// entryShape checks what only some types have.
func (k *compiler) entryShape(name word, s *entrySpec, out *flow.Field, depth int) {
	choice := out.Type == flow.FieldChoice || out.Type == flow.FieldChoices
	many := out.Type == flow.FieldFile || out.Type == flow.FieldPerson || out.Type == flow.FieldDepartment
	switch {
	case choice && len(out.Options) == 0:
		k.report("entry.no_options", name.pos, s.Clause.S, name.S)
	case !choice && len(out.Options) > 0:
		k.report("entry.meaningless", s.Options.pos, s.Clause.S, name.S, out.Type, "options")
	case out.Many && !many:
		k.report("entry.meaningless", s.Many.pos, s.Clause.S, name.S, out.Type, "many")
	case out.Type == flow.FieldComputed && !s.From.set():
		k.report("entry.no_from", name.pos, s.Clause.S, name.S)
	case out.Type == flow.FieldComputed && out.Required:
		k.report("entry.meaningless", s.Required.pos, s.Clause.S, name.S, out.Type, "required")
	case out.Type == flow.FieldList && (depth > 0 || len(s.Fields.List) == 0):
		k.report("entry.columns", name.pos, s.Clause.S, name.S)
	case out.Type != flow.FieldList && len(s.Fields.List) > 0:
		k.report("entry.meaningless", s.Fields.pos, s.Clause.S, name.S, out.Type, "fields")
	case depth > 0 && s.RequiredWhen.set():
		k.report("entry.meaningless", s.RequiredWhen.pos, s.Clause.S, name.S, out.Type, "required_when")
	case depth == 0:
		columns := s.Fields.List
		if len(columns) > maxListColumns {
			k.report("form.too_long", columns[maxListColumns].Name.pos, s.Clause.S, name.S, itoa(maxListColumns))
			columns = columns[:maxListColumns]
		}
		for i := range columns {
			out.Fields = append(out.Fields, k.entry(columns[i].Name, &columns[i].Value, depth+1))
		}
	}
}

// entryBounds checks the least and the largest value and the unit.
func (k *compiler) entryBounds(name word, s *entrySpec, out *flow.Field) {
	for _, w := range []word{s.Min, s.Max} {
		if !w.set() {
			continue
		}
		text, ok := k.resolve(w), false
		switch out.Type {
		case flow.FieldNumber, flow.FieldMoney:
			_, ok = expr.ParseDecimal(text)
		case flow.FieldDate:
			_, err := calendar.Parse(text)
			ok = err == nil
		case flow.FieldText, flow.FieldLong:
			n, err := strconv.Atoi(text)
			ok = err == nil && n > 0 && n <= flow.MaxLongText
		default:
			k.report("entry.meaningless", w.pos, s.Clause.S, name.S, out.Type, "min, max")
			continue
		}
		if !ok {
			k.report("entry.bound", w.pos, s.Clause.S, name.S, text)
		}
	}
	switch {
	case out.Type == flow.FieldMoney && out.Unit == "":
		out.Unit = k.b.spec.Currency.S
		if out.Unit == "" {
			k.report("entry.no_currency", name.pos, s.Clause.S, name.S)
		}
	case out.Type == flow.FieldMoney && !money.ValidCurrency(out.Unit):
		k.report("entry.currency", s.Unit.pos, s.Clause.S, out.Unit)
	}
}

// formFrom checks where computed and prefilled entries come from, with the steps of this procedure.
func (d *draftsman) formFrom(f *flow.Form, s *formSpec) {
	for i := range f.Fields {
		if w := s.Fields.List[i].Value.From; w.set() && !strings.HasPrefix(w.S, "measure.") {
			if !strings.Contains(w.S, ".") {
				d.report("entry.from", w.pos, f.Clause, w.S)
				continue
			}
			d.valueRef(w)
		}
	}
	for _, m := range placeholder.FindAllStringSubmatch(f.Text.Zh+" "+f.Text.En, 200) {
		name := m[1]
		if _, ok := d.answers[d.byStep(name)]; ok || strings.HasPrefix(name, nameCustomer+".") || caseText[name] {
			continue
		}
		if strings.HasPrefix(name, f.Key+".") || !strings.Contains(name, ".") {
			if slices.ContainsFunc(f.Fields, func(x flow.Field) bool { return x.Key == strings.TrimPrefix(name, f.Key+".") }) {
				continue
			}
		}
		d.unknownName("answer.unknown", s.Text.pos, name, slices.Sorted(maps.Keys(d.answers)))
	}
}

var (
	placeholder = regexp.MustCompile(`\{\s*([a-z_][a-z0-9_.]*)\s*\}`)
	// caseText are the values of a case a letter may show.
	caseText = map[string]bool{
		"case.number": true, flow.NameReceived: true, flow.NameStarted: true, "case.title": true, flow.NameClass: true,
		flow.NameChannel: true, "case.today": true,
	}
	numberPart = regexp.MustCompile(`\{[^}]*\}`)
	seqPart    = regexp.MustCompile(`^\{seq(:[1-9])?\}$`)
)

// numberPattern checks the pattern of numbers: exactly one {seq}, and nothing in braces that is not known.
func (k *compiler) numberPattern(w word, must bool) {
	if !w.set() {
		return
	}
	seq := 0
	for _, part := range numberPart.FindAllString(w.S, -1) {
		switch {
		case seqPart.MatchString(part):
			seq++
		case part == "{year}" || part == "{month}":
		default:
			k.report("number.part", w.pos, "", part)
		}
	}
	plain := numberPart.ReplaceAllString(w.S, "")
	if seq != 1 || strings.ContainsAny(plain, "{}") || len(w.S) > maxNumberPattern || must && strings.TrimSpace(plain) == "" {
		k.report("number.pattern", w.pos, "", w.S)
	}
	if strings.Contains(w.S, "{month}") && !strings.Contains(w.S, "{year}") {
		k.report("number.month", w.pos, "", w.S)
	}
}
