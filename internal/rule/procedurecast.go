package rule

import (
	"slices"
	"strconv"
	"strings"

	"kezhi/internal/flow"
)

// People an example need not declare, and its only unit that is no department.
const (
	castManager  = "manager"  // has the right to manage procedures
	castSuperior = "superior" // above every holder of a post
	castUnit     = int64(1)
)

// cast is who takes part in an example: people, the posts they hold, and departments. A post nobody is named for is held by
// a person named like the post.
type cast struct {
	def    *flow.Definition
	names  []string            // of people, files and customers; the id is the place plus one
	units  []string            // of departments; the id is the place plus castUnit plus one
	posts  map[string][]string // person -> post or post@department, as written
	vacant []string
	away   map[string]string
}

func newCast(def *flow.Definition, c *caseSpec) *cast {
	w := &cast{def: def, posts: map[string][]string{}, away: map[string]string{}}
	for i := range c.People.List {
		e := &c.People.List[i]
		w.person(e.Name.S)
		for _, post := range e.Value {
			w.posts[e.Name.S] = append(w.posts[e.Name.S], post.S)
		}
	}
	for _, v := range c.Vacant {
		w.vacant = append(w.vacant, v.S)
	}
	for i := range c.Away.List {
		e := &c.Away.List[i]
		w.away[e.Name.S] = e.Value.S
		w.person(e.Name.S)
		w.person(e.Value.S)
	}
	return w
}

func idOf(list *[]string, name string) int64 {
	i := slices.Index(*list, name)
	if i < 0 {
		i = len(*list)
		*list = append(*list, name)
	}
	return int64(i) + 1
}

func (w *cast) person(name string) int64 { return idOf(&w.names, name) }

func (w *cast) unit(name string) int64 { return idOf(&w.units, name) + castUnit }

func (w *cast) name(person int64) string {
	if person < 1 || person > int64(len(w.names)) {
		return ""
	}
	return w.names[person-1]
}

// opener gives somebody who may begin a case.
func (w *cast) opener() int64 {
	for _, who := range w.def.Start.By {
		if who.Post != "" {
			return w.holder(flow.Target{Post: who.Post, Unit: castUnit})
		}
	}
	return w.person(flow.PostOwner)
}

// holdsWritten reports whether a declared person holds a post, in a department where one is named.
func (w *cast) holdsWritten(name string, t flow.Target) bool {
	return slices.ContainsFunc(w.posts[name], func(written string) bool {
		post, department, bound := strings.Cut(written, "@")
		if post != t.Post && post != strings.TrimSuffix(t.Post, orAbove) {
			return false
		}
		return !bound || w.unit(department) == t.Unit
	})
}

// declared reports whether anybody is named for a post.
func (w *cast) declared(t flow.Target) bool {
	for name := range w.posts {
		if w.holdsWritten(name, t) {
			return true
		}
	}
	return false
}

func (w *cast) fills(person int64, t flow.Target) bool {
	if t.Person != 0 {
		return t.Person == person
	}
	name := w.name(person)
	if w.holdsWritten(name, t) {
		return true
	}
	own := strings.TrimSuffix(t.Post, orAbove)
	return t.Post != "" && name == own && !w.declared(t) && !slices.Contains(w.vacant, own)
}

func (w *cast) standsIn(person, absent int64) bool {
	stand, ok := w.away[w.name(absent)]
	return ok && stand == w.name(person)
}

// holder gives the person who acts for a target when the example does not say who.
func (w *cast) holder(t flow.Target) int64 {
	if t.Person != 0 {
		return t.Person
	}
	for i := range w.names {
		if w.fills(int64(i)+1, t) {
			return int64(i) + 1
		}
	}
	return w.person(strings.TrimSuffix(t.Post, orAbove))
}

func (w *cast) somebody(t flow.Target, barred []int64) bool {
	if t.Person == 0 && t.Post != "" {
		w.holder(t) // so that the one named like the post is there
	}
	for i := range w.names {
		person := int64(i) + 1
		if slices.Contains(barred, person) {
			continue
		}
		if w.fills(person, t) {
			return true
		}
	}
	return false
}

func (w *cast) above(t flow.Target) (flow.Target, bool) {
	if t.Post == castSuperior {
		return t, false
	}
	return flow.Target{Post: castSuperior, Unit: t.Unit}, true
}

// targetName names a target: the post, post@department, or the person.
func (w *cast) targetName(t flow.Target) string {
	switch {
	case t.Person != 0:
		return w.name(t.Person)
	case t.Unit > castUnit && t.Unit-castUnit <= int64(len(w.units)):
		return t.Post + "@" + w.units[t.Unit-castUnit-1]
	}
	return t.Post
}

// answers turns written answers into those of a form; people, departments and files are written by name.
func (r *runner) answers(form *flow.Form, written *entries[answerSpec]) flow.Answers {
	if len(written.List) == 0 {
		return nil
	}
	var fields []flow.Field
	if form != nil {
		fields = form.Fields
	}
	return r.w.answers(fields, written)
}

func (w *cast) answers(fields []flow.Field, written *entries[answerSpec]) flow.Answers {
	out := flow.Answers{}
	for i := range written.List {
		e := &written.List[i]
		var field flow.Field
		if j := slices.IndexFunc(fields, func(f flow.Field) bool { return f.Key == e.Name.S }); j >= 0 {
			field = fields[j]
		}
		out[e.Name.S] = w.answer(&field, &e.Value)
	}
	return out
}

func (w *cast) answer(f *flow.Field, s *answerSpec) flow.Answer {
	if len(s.Rows) > 0 {
		var a flow.Answer
		for i := range s.Rows {
			a.Rows = append(a.Rows, w.answers(f.Fields, &s.Rows[i]))
		}
		return a
	}
	var texts []string
	for _, v := range s.Values {
		texts = append(texts, w.plain(f, v.S))
	}
	switch {
	case f.Type == flow.FieldYesNo && len(texts) == 1:
		return flow.Yes(texts[0] == "true" || texts[0] == "yes")
	case f.Many || f.Type == flow.FieldChoices || f.Type == flow.FieldFile || s.many:
		return flow.Answer{Many: texts}
	case len(texts) == 1:
		return flow.Answer{Text: texts[0]}
	}
	return flow.Answer{}
}

// plain gives a value as the engine reads it.
func (w *cast) plain(f *flow.Field, text string) string {
	switch f.Type {
	case flow.FieldPerson, flow.FieldFile, flow.FieldCustomer:
		return strconv.FormatInt(w.person(text), 10)
	case flow.FieldDepartment:
		return strconv.FormatInt(w.unit(text), 10)
	case flow.FieldNumber, flow.FieldMoney:
		return strings.ReplaceAll(text, "_", "")
	}
	return text
}

// answerName gives an answer as an example writes it.
func answerName(a flow.Answer) string {
	switch {
	case a.YesNo != nil:
		return yesNo(*a.YesNo)
	case len(a.Many) > 0:
		return strings.Join(a.Many, ", ")
	}
	return a.Text
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
