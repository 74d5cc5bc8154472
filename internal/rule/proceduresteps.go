package rule

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kezhi/internal/expr"
	"kezhi/internal/flow"
)

// step compiles the i-th step.
func (d *draftsman) step(i int) {
	name, s := d.s.Steps.List[i].Name, &d.s.Steps.List[i].Value
	out := flow.Step{
		Key: name.S, Title: flow.Text(titleOr(s.Title, name.S)), Clause: s.Clause.S, Do: s.Do.S, Form: s.Form.S, Need: s.Need.S,
	}
	if len(s.Together) > 0 {
		d.together(s, &out)
	} else {
		d.seats(name, s, &out)
	}
	d.need(s, &out)
	out.Deadline = d.limit(&limitTimeSpec{Within: s.Within, On: s.On, Days: s.Days, Clause: s.Clause, Assumed: s.Assumed, Alarms: s.Alarms}, s.Days)
	if s.Skip.set() {
		out.Skip, out.SkipText = d.answersCondition(s.Skip)
	}
	d.ways(i, &out)
	d.def.Steps = append(d.def.Steps, out)
}

// together reads a composite: what its members do says everything else.
func (d *draftsman) together(s *procedureStep, out *flow.Step) {
	for _, w := range []word{s.Do, s.Form, s.Authority, s.Near, s.Each} {
		if w.set() {
			d.report("together.own", w.pos, s.Clause.S, out.Key)
		}
	}
	if len(s.By.List) > 0 {
		d.report("together.own", s.By.pos, s.Clause.S, out.Key)
	}
	for _, m := range s.Together {
		if d.s.Steps.get(m.S) == nil || m.S == out.Key {
			d.unknownName("step.unknown", m.pos, m.S, d.s.Steps.names())
		}
		out.Together = append(out.Together, m.S)
	}
}

// seats says who acts in an ordinary step.
func (d *draftsman) seats(name word, s *procedureStep, out *flow.Step) {
	does := []string{flow.DoFill, flow.DoDecide, flow.DoAnswer}
	switch {
	case !s.Do.set():
		d.report("step.no_do", name.pos, s.Clause.S, name.S)
	case !contains(does, s.Do.S):
		d.unknownName("value.one_of", s.Do.pos, s.Do.S, does)
	case s.Do.S == flow.DoFill && !s.Form.set():
		d.report("step.no_form", s.Do.pos, s.Clause.S, name.S)
	case s.Do.S != flow.DoDecide && s.Rejected.set():
		d.report("step.never_rejected", s.Rejected.pos, s.Clause.S, name.S)
	}
	rest := actorRest{near: d.near(s.Near), each: d.truth(s.Each)}
	out.Seats = d.actors(&s.By, rest)
	if s.Authority.set() {
		if a := d.matrix(s.Authority); a != nil {
			out.Seats = append(out.Seats, flow.Who{Authority: a, Near: rest.near})
		}
		if s.Do.S != flow.DoDecide {
			d.report("authority.decides", s.Authority.pos, s.Clause.S, name.S)
		}
	}
	if len(s.By.List) == 0 && !s.Authority.set() {
		d.report("step.nobody", name.pos, s.Clause.S, name.S)
	}
}

// need reads how many must act.
func (d *draftsman) need(s *procedureStep, out *flow.Step) {
	text := d.resolve(s.Need)
	switch n, err := strconv.Atoi(text); {
	case !s.Need.set():
		out.Need = flow.NeedAll
	case err == nil && n > 0 && n <= maxSeats:
		out.Need, out.Quorum = flow.NeedQuorum, n
	case text == flow.NeedAll || text == flow.NeedAny || text == flow.NeedInOrder:
		out.Need = text
	default:
		d.unknownName("value.one_of", s.Need.pos, text, []string{flow.NeedAll, flow.NeedAny, flow.NeedInOrder})
	}
	if len(s.Together) > 0 && (out.Need == flow.NeedAny || out.Need == flow.NeedInOrder) {
		d.report("together.need", s.Need.pos, s.Clause.S, out.Key)
	}
}

// ways reads where the step leads.
func (d *draftsman) ways(i int, out *flow.Step) {
	s := &d.s.Steps.List[i].Value
	if s.Rejected.set() {
		out.Rejected = d.target(s.Rejected)
	}
	if d.members[out.Key] {
		if len(s.Next.List) > 0 {
			d.report("together.next", s.Next.pos, s.Clause.S, out.Key)
		}
		return
	}
	if len(s.Next.List) == 0 {
		if to := d.following(i); to != "" {
			out.Next = []flow.Branch{{To: to}}
			return
		}
		d.report("step.no_next", d.s.Steps.List[i].Name.pos, s.Clause.S, out.Key, strings.Join(d.s.Ends.names(), ", "))
		return
	}
	for j := range s.Next.List {
		w := &s.Next.List[j]
		b := flow.Branch{To: d.target(w.To), Clause: w.Clause.S}
		last := j == len(s.Next.List)-1
		switch {
		case w.When.set():
			b.When, b.WhenText = d.answersCondition(w.When)
			if last {
				d.report("branch.no_last", w.pos, w.Clause.S, out.Key)
			}
		case !last:
			d.report("branch.hidden", w.pos, w.Clause.S, out.Key, itoa(j+1))
		}
		out.Next = append(out.Next, b)
	}
	d.alike(s, out)
}

// following gives the next step of the file that is not part of a composite.
func (d *draftsman) following(i int) string {
	list := d.stepList()
	for j := i + 1; j < len(list); j++ {
		if !d.members[list[j].Name.S] {
			return list[j].Name.S
		}
	}
	return ""
}

// target reads a step or an end.
func (d *draftsman) target(w word) string {
	if !w.set() {
		return ""
	}
	if d.members[w.S] {
		d.report("together.target", w.pos, "", w.S)
	}
	if d.s.Steps.get(w.S) == nil && d.s.Ends.get(w.S) == nil {
		d.unknownName("step.unknown", w.pos, w.S, append(d.s.Steps.names(), d.s.Ends.names()...))
	}
	return w.S
}

var (
	dottedName = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)+`)
	compared   = regexp.MustCompile(`([a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*)\s*(?:==|!=|in)\s*(\[[^\]]*\]|"[^"]*"|'[^']*')`)
	quotedText = regexp.MustCompile(`"([^"]*)"|'([^']*)'`)
)

// answersCondition compiles a condition on answers, the case and the customer.
func (d *draftsman) answersCondition(w word) (*expr.Condition, string) {
	c, text := d.conditionOn(w, d.vars)
	d.optionsKnown(w)
	return c, text
}

// conditionOn compiles a condition over the variables and the customer's fields. Only what the text names is declared, so
// that a long form does not make every condition expensive.
func (k *compiler) conditionOn(w word, vars []expr.Var) (*expr.Condition, string) {
	if k.flowConds++; k.flowConds > maxFlowConds {
		if k.flowConds == maxFlowConds+1 {
			k.report("procedure.too_many_conditions", w.pos, "", itoa(maxFlowConds))
		}
		return nil, w.S
	}
	named := dottedName.FindAllString(w.S, -1)
	var few []expr.Var
	for _, v := range vars {
		if slices.Contains(named, v.Name) || !strings.Contains(v.Name, ".") {
			few = append(few, v)
		}
	}
	few = append(few, customerVars(w.S)...)
	c, err := expr.Compile(w.S, few)
	if err == nil {
		return c, w.S
	}
	k.conditionError(w, err, append(slices.Clone(vars), few...))
	return nil, w.S
}

// optionsKnown checks the answers a condition compares a choice with.
func (d *draftsman) optionsKnown(w word) {
	for _, m := range compared.FindAllStringSubmatchIndex(w.S, 64) {
		name := w.S[m[2]:m[3]]
		var allowed []string
		a, ok := d.answers[name]
		switch {
		case strings.HasSuffix(name, ".decision") && !ok:
			allowed = []string{flow.Agree, flow.Reject}
		case name == "case.class":
			allowed = d.s.Classes.names()
		case name == "case.channel":
			for _, c := range d.s.Start.Channels {
				allowed = append(allowed, c.S)
			}
		case ok && (a.field.Type == flow.FieldChoice || a.field.Type == flow.FieldChoices):
			for i := range a.field.Options {
				allowed = append(allowed, a.field.Options[i].Key)
			}
		default:
			continue
		}
		for _, q := range quotedText.FindAllStringSubmatchIndex(w.S[m[4]:m[5]], 64) {
			text := strings.Trim(w.S[m[4]+q[0]:m[4]+q[1]], `"'`)
			if !contains(allowed, text) {
				at := w.pos
				at.Col += m[4] + q[0] + 1
				d.unknownName("option.unknown", at, text, allowed, name)
			}
		}
	}
}

// alike remarks answers that a list of branches tells apart by nothing: two or more that only the last branch takes.
func (d *draftsman) alike(s *procedureStep, out *flow.Step) {
	asked, by := map[string][]string{}, []string{}
	for j := range s.Next.List {
		for _, m := range compared.FindAllStringSubmatch(s.Next.List[j].When.S, 64) {
			if asked[m[1]] == nil {
				by = append(by, m[1])
			}
			for _, q := range quotedText.FindAllString(m[2], 64) {
				asked[m[1]] = append(asked[m[1]], strings.Trim(q, `"'`))
			}
		}
	}
	if len(by) > 1 {
		return // several answers play together; that is no oversight of one
	}
	for _, name := range by {
		a, ok := d.answers[name]
		if !ok || a.field.Type != flow.FieldChoice {
			continue
		}
		var rest []string
		for i := range a.field.Options {
			if key := a.field.Options[i].Key; !contains(asked[name], key) {
				rest = append(rest, key)
			}
		}
		if len(rest) > 1 {
			d.report("option.alike", s.Next.pos, s.Clause.S, out.Key, name, strings.Join(rest, ", "))
		}
	}
}
