package flow

import (
	"maps"
	"slices"
	"strings"

	"kezhi/internal/expr"
)

// known is the set of steps (and StartForm) surely filled when a case comes to a place.
type known map[string]bool

// filled works out, for every step outside composites, what is surely filled before it, along every way that leads there.
func (g *graph) filled() map[string]known {
	in := map[string]known{}
	if len(g.def.Steps) == 0 {
		return in
	}
	first := g.def.Steps[0].Key
	in[first] = known{StartForm: true}
	todo := []string{first}
	for len(todo) > 0 {
		key := todo[0]
		todo = todo[1:]
		for _, w := range g.ways[key] {
			if g.steps[w.to] == nil || g.within[w.to] != "" {
				continue
			}
			out := maps.Clone(in[key])
			if w.kind != waySkipped {
				g.fills(g.steps[key], w.kind, out)
			}
			if merge(in, w.to, out) {
				todo = append(todo, w.to)
			}
		}
	}
	return in
}

// merge keeps what both ways to a step have filled; true when that is less than before, or the first way.
func merge(in map[string]known, to string, out known) bool {
	old, seen := in[to]
	if !seen {
		in[to] = out
		return true
	}
	n := len(old)
	maps.DeleteFunc(old, func(k string, _ bool) bool { return !out[k] })
	return len(old) < n
}

// fills adds what is surely filled once a step is over by a way of a kind. A rejection may leave the form empty.
func (g *graph) fills(s *Step, kind int, out known) {
	if len(s.Together) == 0 {
		out[s.Key+".decision"] = true
		if kind != wayRejected {
			out[s.Key] = true
		}
		return
	}
	out[s.Key+".decision"] = true
	if kind == wayRejected || s.Need != NeedAll && s.Need != "" {
		return
	}
	for _, key := range s.Together {
		if m := g.steps[key]; m != nil && m.Skip == nil {
			out[key], out[key+".decision"] = true, true
		}
	}
}

// fields checks the answers that steps rely on: that there is such a field, of the right type, filled on every way there.
func (c *checker) fields() {
	in := c.g.filled()
	for i := range c.def.Steps {
		s := &c.def.Steps[i]
		at := s.Key
		if outer := c.g.within[at]; outer != "" {
			at = outer
		}
		before := in[at]
		if before == nil {
			continue // not reachable: told already
		}
		c.condition(s.Key, s.Skip, before)
		for _, w := range s.Seats {
			c.who(s.Key, w, before)
		}
		after := maps.Clone(before)
		c.g.fills(s, wayNext, after)
		for _, b := range s.Next {
			c.condition(s.Key, b.When, after)
		}
	}
	for _, field := range c.def.Recuse {
		step, f := c.lookup(field)
		switch {
		case f == nil || step != StartForm && !c.g.reached[step]:
			c.add("flow.recuse_unreachable", "", field)
		case f.Type != FieldPerson:
			c.add("flow.field_type", "", field, FieldPerson)
		}
	}
}

func (c *checker) condition(step string, cond *expr.Condition, have known) {
	if cond == nil {
		return
	}
	for _, name := range cond.Uses() {
		owner, key, dotted := strings.Cut(name, ".")
		if !dotted || c.g.steps[owner] == nil && c.def.FormOf(owner) == nil {
			continue // case.*, customer.*: the caller's names
		}
		if key == "decision" && c.g.steps[owner] != nil {
			if !have[name] {
				c.add("flow.field_unfilled", step, name)
			}
			continue
		}
		c.reads(step, name, have)
	}
}

// reads checks one field that a step relies on; nil when there is none.
func (c *checker) reads(step, name string, have known) *Field {
	owner, f := c.lookup(name)
	switch {
	case f == nil:
		c.add("flow.field_unknown", step, name)
	case !have[owner]:
		c.add("flow.field_unfilled", step, name)
	}
	return f
}

// lookup finds the field a dotted name means, and the step that fills it.
func (c *checker) lookup(name string) (string, *Field) {
	step, key, _ := strings.Cut(name, ".")
	form := c.def.FormOf(step)
	if form == nil {
		return step, nil
	}
	if c.g.steps[step] == nil {
		step = StartForm
	}
	i := slices.IndexFunc(form.Fields, func(f Field) bool { return f.Key == key })
	if i < 0 {
		return step, nil
	}
	return step, &form.Fields[i]
}

// who checks the answers and steps that say who acts.
func (c *checker) who(step string, w Who, have known) {
	if w.Actor != "" && w.Actor != StartForm {
		switch {
		case c.g.steps[w.Actor] == nil:
			c.add("flow.actor_unknown", step, w.Actor)
		case !have[w.Actor]:
			c.add("flow.actor_later", step, w.Actor)
		}
	}
	if w.Field != "" {
		c.names(step, w.Field, have, FieldPerson)
	}
	if w.Near != "" && w.Near != NearCustomer && w.Near != NearStarter {
		c.names(step, w.Near, have, FieldDepartment)
	}
	if a := w.Authority; a != nil && a.Amount != "" {
		if f := c.reads(step, a.Amount, have); f != nil && f.Type != FieldMoney && f.Type != FieldNumber {
			c.add("flow.field_type", step, a.Amount, FieldMoney)
		}
	}
}

// leftOut says that a step may be skipped and the field is compulsory on a condition: that the two fit together is the author's word.
func (c *checker) leftOut(step string, f *Field) bool {
	s := c.g.steps[step]
	return s != nil && s.Skip != nil && f.RequiredWhen != nil
}

// names checks a field that must name somebody, or nobody could act.
func (c *checker) names(step, name string, have known, kind string) {
	f := c.reads(step, name, have)
	switch {
	case f == nil:
	case f.Type != kind:
		c.add("flow.field_type", step, name, kind)
	case !f.Required && !c.leftOut(step, f):
		c.add("flow.field_optional", step, name)
	}
}
