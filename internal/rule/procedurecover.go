package rule

import (
	"maps"

	"kezhi/internal/expr"
	"kezhi/internal/flow"
)

// flowCover remembers what passing examples exercised of procedures: hit holds references such as
// procedures.complaint.steps.accept.rejected.
type flowCover struct {
	hit     map[string]bool
	clauses map[string]bool
}

func (c *flowCover) add(other *flowCover) {
	maps.Copy(c.hit, other.hit)
	maps.Copy(c.clauses, other.clauses)
}

func (c *flowCover) touch(ref, clause string) {
	c.hit[ref] = true
	if clause != "" {
		c.clauses[clause] = true
	}
}

func procedureRef(def *flow.Definition) string { return "procedures." + def.Key }

func (c *flowCover) began(def *flow.Definition, ok bool) {
	ref := procedureRef(def)
	if !ok {
		c.touch(ref+".start.refused", def.Start.Clause)
		c.formSeen(def.Form(def.Start.Form))
		return
	}
	c.touch(ref, def.Clause)
	c.touch(ref+".start", def.Start.Clause)
	c.formSeen(def.Form(def.Start.Form))
}

// formSeen notes a form and its entries: all of them were checked against what was given.
func (c *flowCover) formSeen(f *flow.Form) {
	if f == nil {
		return
	}
	c.touch("forms."+f.Key, f.Clause)
	for i := range f.Fields {
		c.touch("forms."+f.Key+"."+f.Fields[i].Key, f.Fields[i].Clause)
		for j := range f.Fields[i].Fields {
			c.touch("", f.Fields[i].Fields[j].Clause)
		}
	}
}

// effect notes what followed from an act or from time.
func (c *flowCover) effect(def *flow.Definition, e *flow.Effect) {
	ref := procedureRef(def)
	switch e.Kind {
	case flow.EffectOpened:
		if s := def.Step(e.Step); s != nil {
			c.touch(ref+".steps."+s.Key, s.Clause)
			if composite := def.Step(def.Composite(s.Key)); composite != nil {
				c.touch(ref+".steps."+composite.Key, composite.Clause)
			}
			c.authority(s, e.Target)
		}
	case flow.EffectRaised:
		c.touch(ref+".recuse", "")
	case flow.EffectFilled:
		c.formSeen(def.Form(e.Form))
	case flow.EffectClass:
		for i := range def.Classes {
			if def.Classes[i].Key == e.What {
				c.touch(ref+".classes."+e.What, def.Classes[i].Clause)
			}
		}
	case flow.EffectWarned, flow.EffectOverdue:
		c.alarm(def, e)
	case flow.EffectGranted, flow.EffectRefused:
		for i := range def.Extensions {
			if x := &def.Extensions[i]; x.Key == e.What {
				c.touch(ref+".extensions."+x.Key+"."+e.Kind, x.Clause)
			}
		}
	case flow.EffectPaused:
		for i := range def.Pauses {
			if def.Pauses[i].Key == e.What {
				c.touch(ref+".pauses."+e.What, def.Pauses[i].Clause)
			}
		}
	case flow.EffectEnded:
		if end := def.End(e.End); end != nil {
			c.touch(ref+".ends."+end.Key, end.Clause)
		}
	case flow.EffectReopened:
		c.touch(ref+".reopen", "")
	}
}

func (c *flowCover) alarm(def *flow.Definition, e *flow.Effect) {
	ref, d := procedureRef(def)+".deadline", def.Deadline
	if s := def.Step(e.Step); s != nil {
		ref, d = procedureRef(def)+".steps."+s.Key+".deadline", s.Deadline
	}
	if d != nil {
		c.touch(ref, d.Clause)
	}
}

// authority notes the row of a matrix that named the post.
func (c *flowCover) authority(s *flow.Step, t flow.Target) {
	for i := range s.Seats {
		a := s.Seats[i].Authority
		if a == nil {
			continue
		}
		for j := range a.Rows {
			if a.Rows[j].Post == t.Post {
				c.touch("authorities."+a.Key+"."+t.Post, a.Rows[j].Clause)
			}
		}
		c.touch("authorities."+a.Key, "")
	}
}

// due notes that an example told by when a case must be closed.
func (c *flowCover) due(def *flow.Definition) {
	if def.Deadline != nil {
		c.touch(procedureRef(def)+".deadline", def.Deadline.Clause)
	}
}

// first notes the condition that put the case before others.
func (c *flowCover) first(def *flow.Definition, place int) {
	if i := len(def.First) - place; i >= 0 && i < len(def.First) {
		c.touch(procedureRef(def)+".first."+itoa(i), def.First[i].Clause)
	}
}

// refused notes an act that an example expects to be refused.
func (c *flowCover) refused(def *flow.Definition, s *actSpec, code string) {
	if code == "act.recused" {
		c.touch(procedureRef(def)+".recuse", "")
	}
	if step := def.Step(s.Step.S); step != nil && len(s.Missing) > 0 {
		c.formSeen(def.Form(step.Form))
	}
}

// acted notes the ways that were taken: from every step that was over to what opened.
func (c *flowCover) acted(def *flow.Definition, before, after *flow.State, act flow.Act, value func(string) expr.Value) {
	switch act.Kind {
	case flow.ActReturn, flow.ActWithdraw, flow.ActReopen:
		c.touch(procedureRef(def)+"."+act.Kind, "")
		return
	}
	for i := range before.Open {
		key := before.Open[i].Step
		step := def.Step(key)
		if step == nil || def.Composite(key) != "" || stillOpen(after, &before.Open[i]) {
			continue
		}
		c.ways(def, step, after, value)
	}
}

func stillOpen(st *flow.State, o *flow.Open) bool {
	for i := range st.Open {
		if st.Open[i].Step == o.Step && st.Open[i].Visit == o.Visit {
			return true
		}
	}
	return false
}

// ways follows the way from a step that is over, past those that are left out, to what is open now.
func (c *flowCover) ways(def *flow.Definition, step *flow.Step, st *flow.State, value func(string) expr.Value) {
	decision := ""
	if past := st.Steps[step.Key]; past != nil {
		decision = past.Decision
	}
	for range len(def.Steps) + 1 {
		ref := procedureRef(def) + ".steps." + step.Key
		to := ""
		switch {
		case decision == flow.Reject && step.Rejected != "":
			to = step.Rejected
			c.touch(ref+".rejected", "")
		default:
			to = c.branch(ref, step, value)
		}
		if !c.leftOut(def, def.Step(to), value) {
			return
		}
		step, decision = def.Step(to), ""
	}
}

// leftOut notes a step that its condition leaves out.
func (c *flowCover) leftOut(def *flow.Definition, step *flow.Step, value func(string) expr.Value) bool {
	if step == nil || step.Skip == nil {
		return false
	}
	if left, err := step.Skip.Eval(value); err != nil || !left {
		return false
	}
	c.touch(procedureRef(def)+".steps."+step.Key+".skip", step.Clause)
	return true
}

func (c *flowCover) branch(ref string, step *flow.Step, value func(string) expr.Value) string {
	for i := range step.Next {
		b := &step.Next[i]
		if b.When != nil {
			if yes, err := b.When.Eval(value); err != nil || !yes {
				continue
			}
		}
		c.touch(ref+".next."+itoa(i), b.Clause)
		return b.To
	}
	return ""
}

// written notes the clauses that only the text knows: of reopening and of the matrices an example used.
func (c *flowCover) written(b *Book, def *flow.Definition, seen *flowCover) {
	s := b.spec.Procedures.get(def.Key)
	if s != nil && s.Reopen != nil && seen.hit[procedureRef(def)+".reopen"] && s.Reopen.Clause.set() {
		c.clauses[s.Reopen.Clause.S] = true
	}
	for i := range b.spec.Authorities.List {
		a := &b.spec.Authorities.List[i]
		if seen.hit["authorities."+a.Name.S] && a.Value.Clause.set() {
			c.clauses[a.Value.Clause.S] = true
		}
	}
}

// missing lists what no passing example exercised, in the order of the rulebook.
func (c *flowCover) missing(b *Book) []Unreached {
	var out []Unreached
	for i := range b.spec.Procedures.List {
		p := &b.spec.Procedures.List[i]
		out = append(out, c.missingOf(p.Name, &p.Value)...)
	}
	for i := range b.spec.Authorities.List {
		a := &b.spec.Authorities.List[i]
		for j := range a.Value.Rows {
			r := &a.Value.Rows[j]
			if ref := "authorities." + a.Name.S + "." + r.By.S; !c.hit[ref] {
				out = append(out, lack("branch", ref, r.Clause.S, r.pos,
					"没有样例由 "+r.By.S+" 按审批权限 "+a.Name.S+" 决定", "no case is decided by "+r.By.S+" under "+a.Name.S))
			}
		}
	}
	return out
}

func (c *flowCover) missingOf(name word, s *procedureSpec) []Unreached {
	var out []Unreached
	ref := "procedures." + name.S
	ask := func(key, clause string, at pos, zh, en string) {
		if !c.hit[ref+key] {
			out = append(out, lack("branch", ref+key, clause, at, "流程 "+name.S+"："+zh, name.S+": "+en))
		}
	}
	for i := range s.Classes.List {
		e := &s.Classes.List[i]
		ask(".classes."+e.Name.S, e.Value.Clause.S, e.Name.pos, "没有样例属于级别 "+e.Name.S, "no case is of the class "+e.Name.S)
	}
	for i := range s.First {
		ask(".first."+itoa(i), s.First[i].Clause.S, s.First[i].pos, "没有样例被排在最前", "no case comes before others")
	}
	for i := range s.Steps.List {
		e := &s.Steps.List[i]
		key, clause := ".steps."+e.Name.S, e.Value.Clause.S
		ask(key, clause, e.Name.pos, "没有样例走到步骤 "+e.Name.S, "no case reaches the step "+e.Name.S)
		for j := range e.Value.Next.List {
			w := &e.Value.Next.List[j]
			if len(e.Value.Next.List) > 1 {
				ask(key+".next."+itoa(j), w.Clause.S, w.pos, "没有样例从 "+e.Name.S+" 走第 "+itoa(j+1)+" 条路", "no case takes way "+itoa(j+1)+" from "+e.Name.S)
			}
		}
		if e.Value.Rejected.set() && len(e.Value.Together) == 0 && c.composite(s, e.Name.S) == "" {
			ask(key+".rejected", clause, e.Value.Rejected.pos, "没有样例在 "+e.Name.S+" 被否决", "no case is rejected in "+e.Name.S)
		}
		if e.Value.Skip.set() {
			ask(key+".skip", clause, e.Value.Skip.pos, "没有样例略过 "+e.Name.S, "no case leaves out "+e.Name.S)
		}
	}
	for i := range s.Ends.List {
		e := &s.Ends.List[i]
		ask(".ends."+e.Name.S, e.Value.Clause.S, e.Name.pos, "没有样例以 "+e.Name.S+" 结束", "no case ends with "+e.Name.S)
	}
	for i := range s.Extensions.List {
		e := &s.Extensions.List[i]
		ask(".extensions."+e.Name.S+"."+flow.EffectGranted, e.Value.Clause.S, e.Name.pos, "没有样例得到延长 "+e.Name.S, "no case is granted "+e.Name.S)
	}
	for i := range s.Pauses.List {
		e := &s.Pauses.List[i]
		ask(".pauses."+e.Name.S, e.Value.Clause.S, e.Name.pos, "没有样例因 "+e.Name.S+" 暂停", "no case pauses for "+e.Name.S)
	}
	if s.Reopen != nil {
		ask(".reopen", s.Reopen.Clause.S, s.Reopen.pos, "没有样例重新打开", "no case is opened again")
	}
	if s.Deadline != nil {
		ask(".deadline", s.Deadline.Clause.S, s.Deadline.pos, "没有样例核对期限", "no case tells the deadline")
	}
	if len(s.Recuse) > 0 {
		ask(".recuse", "", s.Recuse[0].pos, "没有样例有人须回避", "nobody is barred in any case")
	}
	return out
}

func (c *flowCover) composite(s *procedureSpec, step string) string {
	for i := range s.Steps.List {
		for _, m := range s.Steps.List[i].Value.Together {
			if m.S == step {
				return s.Steps.List[i].Name.S
			}
		}
	}
	return ""
}
