package rule

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"kezhi/internal/expr"
	"kezhi/internal/flow"
)

// Limits of the procedures of one rulebook: far above what a regulation describes, and what bounds a hostile one.
const (
	maxProcedures    = 32
	maxSteps         = 120
	maxFormEntries   = 120
	maxListColumns   = 24
	maxFlowConds     = 600
	maxSeats         = 24
	maxNumberPattern = 60
)

// Names that conditions and references use for something other than a step.
const (
	nameStart    = "start"
	nameCase     = "case"
	nameCustomer = "customer"
)

// Procedures lists the procedures of the rulebook with the default settings; Program.Procedures has the settings in force.
// A rulebook with errors has none.
func (b *Book) Procedures() []*flow.Definition {
	if p, _ := Compile(b, nil); p != nil {
		return p.Procedures()
	}
	return nil
}

// Procedures lists the procedures of the rulebook in the order of the file. They are shared and must not be changed.
func (p *Program) Procedures() []*flow.Definition { return p.family.procedures }

// Graded reports whether the rulebook grades customers at all; one that only describes procedures does not.
func (p *Program) Graded() bool { return p.graded }

// Graded reports whether the rulebook grades customers at all.
func (b *Book) Graded() bool { return len(b.spec.Grades.List) > 0 }

// procedures compiles what is said under forms, authorities and procedures.
func (k *compiler) procedures(all *family) {
	forms := k.forms()
	k.matrices()
	list := k.b.spec.Procedures.List
	if len(list) > maxProcedures {
		k.report("procedure.too_many", list[maxProcedures].Name.pos, "", itoa(maxProcedures))
		list = list[:maxProcedures]
	}
	used, matrices := map[string]bool{}, map[string]bool{}
	for i := range list {
		d := newDraftsman(k, &list[i], forms)
		all.procedures = append(all.procedures, d.compile())
		maps.Copy(used, d.formsUsed)
		maps.Copy(matrices, d.matricesUsed)
	}
	for i := range k.b.spec.Forms.List {
		if f := &k.b.spec.Forms.List[i]; !used[f.Name.S] {
			k.report("form.unused", f.Name.pos, f.Value.Clause.S, f.Name.S)
		}
	}
	for i := range k.b.spec.Authorities.List {
		if a := &k.b.spec.Authorities.List[i]; !matrices[a.Name.S] {
			k.report("authority.unused", a.Name.pos, a.Value.Clause.S, a.Name.S)
		}
	}
}

// draftsman compiles one procedure.
type draftsman struct {
	*compiler
	key   word
	s     *procedureSpec
	def   *flow.Definition
	forms map[string]*flow.Form
	// answers are the entries a condition or reference may name: step.entry and start.entry.
	answers      map[string]*answer
	vars         []expr.Var
	members      map[string]bool // steps that belong to a composite
	formsUsed    map[string]bool
	matricesUsed map[string]bool
	daysAsked    bool // that the kind of days is missing has been said
}

// answer is an entry as the step that asks for it sees it.
type answer struct {
	field *flow.Field
	step  string
}

func newDraftsman(k *compiler, e *entry[procedureSpec], forms map[string]*flow.Form) *draftsman {
	return &draftsman{
		compiler: k, key: e.Name, s: &e.Value, forms: forms, answers: map[string]*answer{}, members: map[string]bool{},
		formsUsed: map[string]bool{}, matricesUsed: map[string]bool{},
		def: &flow.Definition{
			Key: e.Name.S, Title: flow.Text(e.Value.Title.Text), Clause: e.Value.Clause.S, Kind: e.Value.Kind.S,
			About: e.Value.About.S, Number: e.Value.Number.S, GradeScheme: e.Value.Scheme.S,
		},
	}
}

// compile makes the definition in the order in which one part needs the other.
func (d *draftsman) compile() *flow.Definition {
	d.head()
	d.names()
	d.collectAnswers()
	d.start()
	d.times()
	d.classes()
	for i := range d.stepList() {
		d.step(i)
	}
	d.ends()
	d.reopening()
	d.recused()
	d.register()
	d.publicStart()
	d.firsts()
	d.usedForms()
	d.graph()
	return d.def
}

func (d *draftsman) stepList() []entry[procedureStep] {
	return d.s.Steps.List[:min(len(d.s.Steps.List), maxSteps)]
}

// head checks key, kind, number and scheme.
func (d *draftsman) head() {
	if !nameShape.MatchString(d.key.S) {
		d.report("name.shape", d.key.pos, d.s.Clause.S, d.key.S)
	}
	if d.s.Kind.set() && !nameShape.MatchString(d.s.Kind.S) {
		d.report("name.shape", d.s.Kind.pos, d.s.Clause.S, d.s.Kind.S)
	}
	if d.s.About.set() && d.s.About.S != nameCustomer {
		d.unknownName("value.one_of", d.s.About.pos, d.s.About.S, []string{nameCustomer})
	}
	d.numberPattern(d.s.Number, true)
	if d.s.Scheme.set() && d.b.Graded() {
		d.schemeOf(d.s.Scheme)
	}
	if len(d.s.Steps.List) > maxSteps {
		d.report("step.too_many", d.s.Steps.List[maxSteps].Name.pos, d.s.Clause.S, d.key.S, itoa(maxSteps))
	}
	if len(d.s.Steps.List) == 0 {
		d.report("procedure.no_steps", d.key.pos, d.s.Clause.S, d.key.S)
	}
	if len(d.s.Ends.List) == 0 {
		d.report("procedure.no_ends", d.key.pos, d.s.Clause.S, d.key.S)
	}
}

// names checks the keys of steps and ends, and which steps belong to a composite.
func (d *draftsman) names() {
	reserved := []string{nameStart, nameCase, nameCustomer, flow.PostOwner, flow.PostStarter}
	seen := map[string]bool{}
	check := func(w word) {
		switch {
		case !nameShape.MatchString(w.S):
			d.report("name.shape", w.pos, "", w.S)
		case contains(reserved, w.S):
			d.report("step.reserved", w.pos, "", w.S)
		case seen[w.S]:
			d.report("step.end_same", w.pos, "", w.S)
		}
		seen[w.S] = true
	}
	for i := range d.stepList() {
		check(d.s.Steps.List[i].Name)
	}
	for i := range d.s.Ends.List {
		check(d.s.Ends.List[i].Name)
	}
	for i := range d.stepList() {
		for _, m := range d.s.Steps.List[i].Value.Together {
			d.members[m.S] = true
		}
	}
}

// collectAnswers lists what conditions and references of the procedure may name.
func (d *draftsman) collectAnswers() {
	add := func(step string, form word) {
		f := d.form(form)
		if f == nil {
			return
		}
		for i := range f.Fields {
			name := step + "." + f.Fields[i].Key
			d.answers[name] = &answer{&f.Fields[i], step}
			if kind, ok := exprKind(&f.Fields[i]); ok {
				d.vars = append(d.vars, expr.Var{Name: name, Kind: kind})
			}
		}
	}
	add(nameStart, d.s.Start.Form)
	if own := d.s.Start.Form; own.set() && d.s.Steps.get(own.S) == nil {
		add(own.S, own) // the form at the start may be named by its own key
	}
	for i := range d.stepList() {
		s := &d.s.Steps.List[i]
		add(s.Name.S, s.Value.Form)
		if s.Value.Do.S == flow.DoDecide {
			d.vars = append(d.vars, expr.Var{Name: s.Name.S + ".decision", Kind: expr.Text})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(caseValues)) {
		d.vars = append(d.vars, expr.Var{Name: name, Kind: caseValues[name]})
	}
}

// form finds a compiled form and marks it as used.
func (d *draftsman) form(w word) *flow.Form {
	if !w.set() {
		return nil
	}
	f, ok := d.forms[w.S]
	if !ok {
		d.unknownName("form.unknown", w.pos, w.S, d.b.spec.Forms.names())
		return nil
	}
	d.formsUsed[w.S] = true
	return f
}

// usedForms puts the forms of the procedure into the definition, in the order of the file.
func (d *draftsman) usedForms() {
	for i := range d.b.spec.Forms.List {
		name := d.b.spec.Forms.List[i].Name.S
		if f, ok := d.forms[name]; ok && d.formsUsed[name] {
			d.def.Forms = append(d.def.Forms, *f)
			d.formFrom(f, &d.b.spec.Forms.List[i].Value)
		}
	}
}

// caseValues are what every case knows about itself.
var caseValues = map[string]expr.Kind{
	flow.NameClass: expr.Text, flow.NameChannel: expr.Text, flow.NameKind: expr.Text, flow.NameEnd: expr.Text,
	flow.NameReceived: expr.Date, flow.NameStarted: expr.Date,
}

// exprKind gives the kind of an entry's value in conditions; false for those that cannot be compared.
func exprKind(f *flow.Field) (expr.Kind, bool) {
	switch f.Type {
	case flow.FieldNumber, flow.FieldMoney:
		return expr.Number, true
	case flow.FieldDate:
		return expr.Date, true
	case flow.FieldYesNo:
		return expr.Bool, true
	case flow.FieldChoices:
		return expr.Texts, true
	case flow.FieldFile, flow.FieldList:
		return 0, false
	}
	if f.Many {
		return expr.Texts, true
	}
	return expr.Text, true
}

func (d *draftsman) start() {
	s := &d.s.Start
	d.def.Start = flow.Start{By: d.actors(&s.By, actorRest{}), Form: s.Form.S, Clause: s.Clause.S}
	seen := map[string]bool{}
	for _, c := range s.Channels {
		if !nameShape.MatchString(c.S) || seen[c.S] {
			d.report("start.channel", c.pos, s.Clause.S, c.S)
		}
		seen[c.S] = true
		d.def.Start.Channels = append(d.def.Start.Channels, c.S)
	}
}

func (d *draftsman) ends() {
	for i := range d.s.Ends.List {
		e := &d.s.Ends.List[i]
		end := flow.End{Key: e.Name.S, Title: flow.Text(titleOr(e.Value.Title, e.Name.S)), Clause: e.Value.Clause.S, Good: d.truth(e.Value.Good)}
		if r := e.Value.Record; r != nil {
			d.kindsUsed = append(d.kindsUsed, r.Fact)
			end.Record = &flow.Record{Fact: r.Fact.S}
			for j := range r.Attrs.List {
				if end.Record.Attrs == nil {
					end.Record.Attrs = map[string]string{}
				}
				end.Record.Attrs[r.Attrs.List[j].Name.S] = d.valueRef(r.Attrs.List[j].Value)
			}
		}
		d.def.Ends = append(d.def.Ends, end)
		d.exitForeseen(e, &end)
	}
}

// FactExit is the fact that gives a customer up; its field reason is one of the cases that the regulation foresees.
const FactExit = "exit_decision"

// exitForeseen holds an end that gives a customer up to a clause that says so, and to the cases it foresees: a compulsory choice of
// the start form.
func (d *draftsman) exitForeseen(e *entry[procedureEnding], end *flow.End) {
	if end.Record == nil || end.Record.Fact != FactExit || !end.Good {
		return
	}
	if end.Clause == "" && d.def.Clause == "" {
		d.report("exit.no_clause", e.Name.pos, "", d.key.S)
	}
	a, ok := d.answers[end.Record.Attrs["reason"]]
	if !ok || a.step != nameStart || a.field.Type != flow.FieldChoice || !a.field.Required {
		d.report("exit.no_cases", e.Name.pos, d.def.Clause, d.key.S)
	}
}

// valueRef reads an answer, a case.* or customer.* value, or a plain word.
func (d *draftsman) valueRef(w word) string {
	head, _, dotted := strings.Cut(w.S, ".")
	switch {
	case !dotted || head == nameCustomer:
		return w.S
	case head == nameCase:
		if _, ok := caseValues[w.S]; !ok && !caseText[w.S] {
			d.unknownName("answer.unknown", w.pos, w.S, slices.Sorted(maps.Keys(caseValues)))
		}
		return w.S
	}
	return d.reference(w)
}

// reference reads step.entry, start.entry, or form.entry for the first step that uses the form; it gives the name by step.
func (d *draftsman) reference(w word, types ...string) string {
	name := d.byStep(w.S)
	a, ok := d.answers[name]
	if !ok {
		d.unknownName("answer.unknown", w.pos, w.S, slices.Sorted(maps.Keys(d.answers)))
		return w.S
	}
	if len(types) > 0 && !contains(types, a.field.Type) {
		d.report("answer.type", w.pos, "", w.S, a.field.Type, strings.Join(types, ", "))
	}
	return name
}

// byStep turns form.entry into start.entry or step.entry.
func (d *draftsman) byStep(name string) string {
	head, rest, _ := strings.Cut(name, ".")
	if d.s.Steps.get(head) != nil || head == nameStart {
		return name
	}
	if d.s.Start.Form.S == head {
		return nameStart + "." + rest
	}
	for i := range d.stepList() {
		if s := &d.s.Steps.List[i]; s.Value.Form.S == head {
			return s.Name.S + "." + rest
		}
	}
	return name
}

func (d *draftsman) reopening() {
	r := d.s.Reopen
	if r == nil {
		return
	}
	d.def.Reopen = &flow.Reopen{By: d.actors(&r.By, actorRest{}), To: r.To.S}
	if r.Within.set() {
		within := d.duration(r.Within, false, r.Days)
		d.def.Reopen.Within = &within
	}
	if r.To.set() && d.s.Steps.get(r.To.S) == nil {
		d.unknownName("step.unknown", r.To.pos, r.To.S, d.s.Steps.names())
	}
}

// register reads how the cases become lines of a register. The leaving is noted in one stroke, so its form may compel nothing else.
func (d *draftsman) register() {
	r := d.s.Register
	if r == nil {
		return
	}
	d.def.Register = &flow.Register{Clause: r.Clause.S}
	if d.forms[d.s.Start.Form.S] == nil {
		d.report("register.no_form", r.pos, r.Clause.S, d.key.S)
	}
	if !r.Left.set() {
		return
	}
	d.def.Register.Left = d.reference(r.Left, flow.FieldTime)
	step, field := d.def.Register.LeftStep()
	e := d.s.Steps.get(step)
	form := (*flow.Form)(nil)
	if e != nil {
		form = d.forms[e.Form.S]
	}
	if form == nil || e.Do.S != flow.DoFill || slices.ContainsFunc(form.Fields, func(f flow.Field) bool { return f.Required && f.Key != field }) {
		d.report("register.left", r.Left.pos, r.Clause.S, r.Left.S)
	}
}

// publicStart holds a start form that is open to customers to what they can answer: what only staff know cannot be compulsory there.
func (d *draftsman) publicStart() {
	form := d.forms[d.s.Start.Form.S]
	if form == nil || !contains(d.def.Start.Channels, flow.ChannelWeb) {
		return
	}
	var staff func(fields []flow.Field)
	staff = func(fields []flow.Field) {
		for i := range fields {
			f := &fields[i]
			if f.Staff && (f.Required || f.RequiredWhenText != "" && !strings.Contains(f.RequiredWhenText, flow.NameChannel)) {
				d.report("entry.staff_public", d.s.Start.Form.pos, f.Clause, f.Key, d.key.S)
			}
			staff(f.Fields)
		}
	}
	staff(form.Fields)
}

func (d *draftsman) recused() {
	for _, w := range d.s.Recuse {
		d.def.Recuse = append(d.def.Recuse, d.reference(w, flow.FieldPerson))
	}
}

// classes reads the classes of severity; only the last may and must go without a condition.
func (d *draftsman) classes() {
	for i := range d.s.Classes.List {
		e := &d.s.Classes.List[i]
		c := flow.Class{Key: e.Name.S, Title: flow.Text(titleOr(e.Value.Title, e.Name.S)), Tell: d.actors(&e.Value.Tell, actorRest{}), Clause: e.Value.Clause.S}
		last := i == len(d.s.Classes.List)-1
		switch {
		case e.Value.When.set() && last:
			d.report("class.last", e.Value.When.pos, c.Clause, c.Key)
		case !e.Value.When.set() && !last:
			d.report("class.no_condition", e.Name.pos, c.Clause, c.Key)
		}
		if e.Value.When.set() {
			c.When, c.WhenText = d.answersCondition(e.Value.When)
		}
		d.def.Classes = append(d.def.Classes, c)
	}
}

// gradeOrText finds the word grade in a condition, and every text in quotes, in which it means nothing.
var gradeOrText = regexp.MustCompile(`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\bgrade\b`)

// ofCustomer turns a condition on grade into the same one on customer.grade; texts in it stay as they are.
func ofCustomer(condition string) string {
	return gradeOrText.ReplaceAllStringFunc(condition, func(found string) string {
		if found == "grade" {
			return nameCustomer + ".grade"
		}
		return found
	})
}

// scheme gives the name of the scheme a word means: the first one when it says nothing.
func (d *draftsman) scheme(w word) string {
	if !w.set() && len(d.b.spec.Grades.List) > 0 {
		w = d.b.spec.Grades.List[0].Scheme
	}
	return w.S
}

// firsts reads whose cases come first: what the procedure itself says, then the priorities of the rulebook for its kind that
// mean the same scheme as its customer.grade. Those of another scheme weigh by that one when the case runs (Program.Priorities).
func (d *draftsman) firsts() {
	for i := range d.s.First {
		s := &d.s.First[i]
		b := flow.Branch{Clause: s.Clause.S}
		b.When, b.WhenText = d.conditionOn(s.When, nil)
		d.def.First = append(d.def.First, b)
	}
	for i := range d.b.spec.Priorities {
		s := &d.b.spec.Priorities[i]
		if s.Of.S != d.def.Kind || s.First.set() && !s.First.yes() || !s.For.set() || d.scheme(s.Scheme) != d.scheme(d.s.Scheme) {
			continue
		}
		w := s.For
		w.S = ofCustomer(w.S)
		b := flow.Branch{Clause: s.Clause.S}
		b.When, b.WhenText = d.conditionOn(w, nil)
		d.def.First = append(d.def.First, b)
	}
}
