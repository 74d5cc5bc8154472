package flow

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// How grave a finding is.
const (
	SeverityError   = "error"   // the procedure cannot be carried out as written
	SeverityWarning = "warning" // it can be carried out, but hardly as meant
	SeverityInfo    = "info"    // worth knowing
)

// Finding is something wrong or doubtful in a definition: a code, the step it is about ("" for the procedure as a whole), and
// what fills the sentence. Codes lists the codes.
type Finding struct {
	Code     string   `json:"code"`
	Severity string   `json:"severity"`
	Step     string   `json:"step,omitempty"`
	Args     []string `json:"args,omitempty"`
}

// findingsOf says for every code of a finding how grave it is.
var findingsOf = map[string]string{
	"flow.key_twice":          SeverityError,   // 1 the key
	"flow.no_steps":           SeverityError,   //
	"flow.no_ends":            SeverityError,   //
	"flow.no_good_end":        SeverityWarning, //
	"flow.target_unknown":     SeverityError,   // 1 the target
	"flow.unreachable":        SeverityError,   // step
	"flow.end_unreachable":    SeverityWarning, // 1 the end
	"flow.dead_end":           SeverityError,   // step
	"flow.endless":            SeverityError,   // 1 the steps of the circle
	"flow.circle":             SeverityInfo,    // 1 the steps of the circle
	"flow.no_last_way":        SeverityError,   // step
	"flow.hidden_way":         SeverityError,   // step, 1 place
	"flow.no_rejected":        SeverityWarning, // step
	"flow.no_do":              SeverityError,   // step
	"flow.no_form":            SeverityError,   // step
	"flow.form_unknown":       SeverityError,   // step, 1 the form
	"flow.no_seats":           SeverityError,   // step
	"flow.seat_twice":         SeverityWarning, // step
	"flow.quorum_large":       SeverityError,   // step, 1 quorum, 2 seats
	"flow.quorum_missing":     SeverityError,   // step
	"flow.composite_few":      SeverityError,   // step
	"flow.composite_seats":    SeverityError,   // step
	"flow.member_unknown":     SeverityError,   // step, 1 member
	"flow.member_composite":   SeverityError,   // step, 1 member
	"flow.member_twice":       SeverityError,   // step, 1 member
	"flow.member_ways":        SeverityError,   // step (the member)
	"flow.member_target":      SeverityError,   // step, 1 member
	"flow.field_unknown":      SeverityError,   // step, 1 field
	"flow.field_unfilled":     SeverityWarning, // step, 1 field
	"flow.field_optional":     SeverityWarning, // step, 1 field
	"flow.field_type":         SeverityError,   // step, 1 field, 2 the type it must have
	"flow.actor_unknown":      SeverityError,   // step, 1 step
	"flow.actor_later":        SeverityWarning, // step, 1 step
	"flow.recuse_unreachable": SeverityError,   // 1 field
	"flow.class_last":         SeverityError,   // 1 class
	"flow.authority_last":     SeverityError,   // step, 1 authority
	"flow.deadline_steps":     SeverityWarning, // 1 days given, 2 days of the steps, 3 the path
	"flow.deadline_signs":     SeverityWarning, // 1 working days given, 2 sign-offs, 3 the path
	"flow.deadline_on":        SeverityError,   // 1 the entry
	"flow.duration":           SeverityError,   // step, 1 what
	"flow.alarm_early":        SeverityWarning, // step, 1 place
	"flow.extension_deadline": SeverityError,   // 1 extension
	"flow.pause_long":         SeverityWarning, // 1 pause
	"flow.public_starter":     SeverityWarning, // step
}

// Codes gives the codes a finding may have, in alphabetical order.
func Codes() []string {
	var out []string
	for code := range findingsOf {
		out = append(out, code)
	}
	slices.Sort(out)
	return out
}

type checker struct {
	def *Definition
	g   *graph
	out []Finding
}

func (c *checker) add(code, step string, args ...string) {
	f := Finding{Code: code, Severity: findingsOf[code], Step: step, Args: args}
	if !slices.ContainsFunc(c.out, func(x Finding) bool {
		return x.Code == f.Code && x.Step == f.Step && slices.Equal(x.Args, f.Args)
	}) {
		c.out = append(c.out, f)
	}
}

// Check finds what is wrong with a definition, before any case is begun: in the order of the steps, errors first. A definition
// without errors never gives case.no_way_on, case.goes_round or case.unsound.
func Check(def *Definition) []Finding {
	c := &checker{def: def, g: graphOf(def)}
	c.keys()
	if len(def.Steps) == 0 {
		c.add("flow.no_steps", "")
	}
	if def.Start.Form != "" && def.Form(def.Start.Form) == nil {
		c.add("flow.form_unknown", "", def.Start.Form)
	}
	if len(def.Ends) == 0 {
		c.add("flow.no_ends", "")
	} else if !slices.ContainsFunc(def.Ends, func(e End) bool { return e.Good }) {
		c.add("flow.no_good_end", "")
	}
	for i := range def.Steps {
		c.step(&def.Steps[i])
	}
	c.reachable()
	c.fields()
	c.limits()
	order := func(f Finding) int {
		return slices.Index([]string{SeverityError, SeverityWarning, SeverityInfo}, f.Severity)
	}
	slices.SortStableFunc(c.out, func(a, b Finding) int { return cmp.Compare(order(a), order(b)) })
	return c.out
}

// keys finds keys used twice. Steps and ends share their names, as ways lead to either.
func (c *checker) keys() {
	once := func(seen map[string]bool, key, step string) {
		if seen[key] || key == "" {
			c.add("flow.key_twice", step, key)
		}
		seen[key] = true
	}
	places, forms := map[string]bool{StartForm: true}, map[string]bool{}
	for i := range c.def.Steps {
		once(places, c.def.Steps[i].Key, c.def.Steps[i].Key)
	}
	for i := range c.def.Ends {
		once(places, c.def.Ends[i].Key, "")
	}
	for i := range c.def.Forms {
		once(forms, c.def.Forms[i].Key, "")
		fields := map[string]bool{}
		for _, f := range c.def.Forms[i].Fields {
			once(fields, f.Key, "")
		}
	}
	classes, pauses, extensions := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range c.def.Classes {
		once(classes, c.def.Classes[i].Key, "")
		if last := i == len(c.def.Classes)-1; last && (c.def.Classes[i].When != nil || c.def.Classes[i].WhenText != "") {
			c.add("flow.class_last", "", c.def.Classes[i].Key)
		}
	}
	for i := range c.def.Pauses {
		once(pauses, c.def.Pauses[i].Key, "")
	}
	for i := range c.def.Extensions {
		once(extensions, c.def.Extensions[i].Key, "")
	}
}

func (c *checker) step(s *Step) {
	c.ways(s)
	if s.Form != "" && c.def.Form(s.Form) == nil {
		c.add("flow.form_unknown", s.Key, s.Form)
	}
	if len(s.Together) > 0 {
		c.composite(s)
		return
	}
	switch s.Do {
	case DoFill:
		if s.Form == "" {
			c.add("flow.no_form", s.Key)
		}
	case DoDecide:
		if s.Rejected == "" && c.g.within[s.Key] == "" && !c.readsOwnDecision(s) {
			c.add("flow.no_rejected", s.Key)
		}
	case DoAnswer:
	default:
		c.add("flow.no_do", s.Key)
	}
	if len(s.Seats) == 0 {
		c.add("flow.no_seats", s.Key)
	}
	if s.Need == NeedQuorum {
		c.quorum(s, len(s.Seats), slices.ContainsFunc(s.Seats, func(w Who) bool { return w.Each || w.Actor != "" || w.Field != "" }))
	}
	for i, w := range s.Seats {
		if w.Authority == nil && slices.ContainsFunc(s.Seats[:i], func(x Who) bool { return x.Authority == nil && x == w }) {
			c.add("flow.seat_twice", s.Key)
		}
		if w.Post == PostStarter && slices.Contains(c.def.Start.Channels, ChannelWeb) {
			c.add("flow.public_starter", s.Key)
		}
		if a := w.Authority; a != nil && (len(a.Rows) == 0 || a.Rows[len(a.Rows)-1].UpTo != "" || len(a.Rows[len(a.Rows)-1].Grades) > 0) {
			c.add("flow.authority_last", s.Key, a.Key)
		}
	}
}

// readsOwnDecision says whether the ways on from a step depend on what was decided in it.
func (c *checker) readsOwnDecision(s *Step) bool {
	return slices.ContainsFunc(s.Next, func(b Branch) bool {
		return b.When != nil && slices.Contains(b.When.Uses(), s.Key+".decision")
	})
}

func (c *checker) quorum(s *Step, seats int, open bool) {
	switch {
	case s.Quorum < 1:
		c.add("flow.quorum_missing", s.Key)
	case s.Quorum > seats && !open:
		c.add("flow.quorum_large", s.Key, strconv.Itoa(s.Quorum), strconv.Itoa(seats))
	}
}

func (c *checker) composite(s *Step) {
	if len(s.Together) < 2 {
		c.add("flow.composite_few", s.Key)
	}
	if len(s.Seats) > 0 || s.Form != "" || s.Do != "" {
		c.add("flow.composite_seats", s.Key)
	}
	if s.Need == NeedQuorum {
		c.quorum(s, len(s.Together), false)
	}
	for i, member := range s.Together {
		m := c.g.steps[member]
		switch {
		case m == nil:
			c.add("flow.member_unknown", s.Key, member)
			continue
		case len(m.Together) > 0:
			c.add("flow.member_composite", s.Key, member)
		case slices.Contains(s.Together[:i], member) || c.g.within[member] != s.Key:
			c.add("flow.member_twice", s.Key, member)
		}
		if len(m.Next) > 0 || m.Rejected != "" {
			c.add("flow.member_ways", member)
		}
	}
}

// ways checks where a step leads.
func (c *checker) ways(s *Step) {
	member := c.g.within[s.Key] != ""
	for i, b := range s.Next {
		free, last := b.When == nil && b.WhenText == "", i == len(s.Next)-1
		if last && !free {
			c.add("flow.no_last_way", s.Key)
		}
		if free && !last {
			c.add("flow.hidden_way", s.Key, strconv.Itoa(i+1))
		}
		if b.To != "" {
			c.target(s.Key, b.To)
		}
	}
	needsNext := len(s.Next) == 0 || slices.ContainsFunc(s.Next, func(b Branch) bool { return b.To == "" })
	if needsNext && !member && c.def.following(s.Key) == "" {
		c.add("flow.no_last_way", s.Key)
	}
	if s.Rejected != "" {
		c.target(s.Key, s.Rejected)
	}
}

func (c *checker) target(step, to string) {
	switch {
	case c.g.ends[to]:
	case c.g.steps[to] == nil:
		c.add("flow.target_unknown", step, to)
	case c.g.within[to] != "":
		c.add("flow.member_target", step, to)
	}
}

// reachable finds steps nothing leads to, steps that lead to no end, and circles.
func (c *checker) reachable() {
	if r := c.def.Reopen; r != nil {
		c.target("", r.To)
	}
	good := c.g.leadsToEnd()
	for i := range c.def.Steps {
		key := c.def.Steps[i].Key
		switch {
		case !c.g.reached[key]:
			c.add("flow.unreachable", key)
		case c.g.within[key] == "" && !good[key]:
			c.add("flow.dead_end", key)
		}
	}
	for i := range c.def.Ends {
		if !c.g.reached[c.def.Ends[i].Key] {
			c.add("flow.end_unreachable", "", c.def.Ends[i].Key)
		}
	}
	skipped := func(_ string, w way) bool { return w.kind == waySkipped }
	for _, circle := range c.g.circles(skipped) {
		c.add("flow.endless", circle[0], strings.Join(circle, " → "))
	}
	for _, circle := range c.g.circles(func(string, way) bool { return true }) {
		c.add("flow.circle", circle[0], strings.Join(circle, " → "))
	}
}
