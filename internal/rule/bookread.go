package rule

import "regexp"

// ID gives the stable id of the rulebook.
func (b *Book) ID() string { return b.spec.Rulebook.S }

// Version gives the version as written.
func (b *Book) Version() string { return b.spec.Version.S }

// Title gives the name of the regulation.
func (b *Book) Title() Text { return b.spec.Title.Text }

// Owner gives the department that interprets the regulation.
func (b *Book) Owner() Text { return b.spec.Owner.Text }

// Clauses lists the articles in the order of clauses.md.
func (b *Book) Clauses() []Clause { return b.clauses }

// Scheme gives the grades of the first scheme, best first; one without a name and labels when the rulebook does not grade.
func (b *Book) Scheme() Scheme {
	if list := b.Schemes(); len(list) > 0 {
		return list[0]
	}
	return Scheme{Labels: []Label{}}
}

// Grades lists the grades, best first.
func (b *Book) Grades() []Label { return b.Scheme().Labels }

// Settings lists what a company may set, in the order of the file, with the defaults.
func (b *Book) Settings() []Setting {
	out := make([]Setting, 0, len(b.spec.Settings.List))
	for i := range b.spec.Settings.List {
		e := &b.spec.Settings.List[i]
		s := Setting{
			Name: e.Name.S, Title: titleOr(e.Value.Title, e.Name.S), Value: e.Value.Value.S, Type: e.Value.kind(),
			Assumed: e.Value.Assumed.yes(), Clause: e.Value.Clause.S,
		}
		for _, c := range e.Value.Choices {
			s.Choices = append(s.Choices, c.S)
		}
		out = append(out, s)
	}
	return out
}

// Roles lists the posts named in the text.
func (b *Book) Roles() []Role {
	out := make([]Role, 0, len(b.spec.Roles.List))
	for i := range b.spec.Roles.List {
		e := &b.spec.Roles.List[i]
		r := Role{Name: e.Name.S, Title: Text{Zh: e.Value.Zh.S, En: e.Value.En.S}}
		for _, a := range e.Value.Aliases {
			r.Aliases = append(r.Aliases, a.S)
		}
		out = append(out, r)
	}
	return out
}

// Duties lists what is owed by grade over all schemes, in the order of the schemes, with the default settings.
func (b *Book) Duties() []DutyRule {
	k := newCompiler(b)
	k.settings(nil)
	var out []DutyRule
	for i := range max(len(b.spec.Grades.List), 1) {
		k.p, k.g = &Program{book: b, index: i}, b.spec.Grades.at(i)
		k.labels()
		k.duties()
		out = append(out, k.p.duties...)
	}
	return out
}

var (
	idShape      = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	versionShape = regexp.MustCompile(`^\d+\.\d+\.\d+$`)
	nameShape    = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
)
