package rule

// procedureCitations lists what of forms, procedures and authority matrices names a clause.
func (b *Book) procedureCitations(add func(word, string)) {
	for i := range b.spec.Forms.List {
		f := &b.spec.Forms.List[i]
		ref := "forms." + f.Name.S
		add(f.Value.Clause, ref)
		entryCitations(ref, &f.Value.Fields, add)
	}
	for i := range b.spec.Procedures.List {
		p := &b.spec.Procedures.List[i]
		p.Value.citations("procedures."+p.Name.S, add)
	}
	for i := range b.spec.Authorities.List {
		a := &b.spec.Authorities.List[i]
		ref := "authorities." + a.Name.S
		add(a.Value.Clause, ref)
		for j := range a.Value.Rows {
			add(a.Value.Rows[j].Clause, ref+"."+itoa(j+1))
		}
	}
}

func entryCitations(ref string, list *entries[entrySpec], add func(word, string)) {
	for i := range list.List {
		e := &list.List[i]
		add(e.Value.Clause, ref+"."+e.Name.S)
		entryCitations(ref+"."+e.Name.S, &e.Value.Fields, add)
	}
}

func (s *procedureSpec) citations(ref string, add func(word, string)) {
	add(s.Clause, ref)
	add(s.Start.Clause, ref+".start")
	if s.Deadline != nil {
		add(s.Deadline.Clause, ref+".deadline")
	}
	for i := range s.Extensions.List {
		add(s.Extensions.List[i].Value.Clause, ref+".extensions."+s.Extensions.List[i].Name.S)
	}
	for i := range s.Pauses.List {
		add(s.Pauses.List[i].Value.Clause, ref+".pauses."+s.Pauses.List[i].Name.S)
	}
	for i := range s.Classes.List {
		add(s.Classes.List[i].Value.Clause, ref+".classes."+s.Classes.List[i].Name.S)
	}
	for i := range s.First {
		add(s.First[i].Clause, ref+".first")
	}
	for i := range s.Steps.List {
		step := &s.Steps.List[i]
		add(step.Value.Clause, ref+".steps."+step.Name.S)
		for j := range step.Value.Next.List {
			add(step.Value.Next.List[j].Clause, ref+".steps."+step.Name.S+".next")
		}
	}
	for i := range s.Ends.List {
		add(s.Ends.List[i].Value.Clause, ref+".ends."+s.Ends.List[i].Name.S)
	}
	if s.Reopen != nil {
		add(s.Reopen.Clause, ref+".reopen")
	}
}

// procedureFigures shows look every time limit and amount of the procedures.
func (b *Book) procedureFigures(look func(what string, figure, clause word, assumed bool)) {
	for i := range b.spec.Procedures.List {
		s := &b.spec.Procedures.List[i].Value
		ref := "procedures." + b.spec.Procedures.List[i].Name.S
		all := s.Assumed.yes()
		if s.Deadline != nil {
			look(ref+".deadline", s.Deadline.Within, s.Deadline.Clause, all || s.Deadline.Assumed.yes())
		}
		for j := range s.Extensions.List {
			e := &s.Extensions.List[j]
			look(ref+".extensions."+e.Name.S, e.Value.Add, e.Value.Clause, all || e.Value.Assumed.yes())
		}
		for j := range s.Pauses.List {
			e := &s.Pauses.List[j]
			look(ref+".pauses."+e.Name.S, e.Value.AtMost, e.Value.Clause, all || e.Value.Assumed.yes())
		}
		for j := range s.Steps.List {
			e := &s.Steps.List[j]
			look(ref+".steps."+e.Name.S, e.Value.Within, e.Value.Clause, all || e.Value.Assumed.yes())
		}
	}
	for i := range b.spec.Authorities.List {
		a := &b.spec.Authorities.List[i]
		for j := range a.Value.Rows {
			r := &a.Value.Rows[j]
			clause := r.Clause
			if !clause.set() {
				clause = a.Value.Clause
			}
			look("authorities."+a.Name.S, r.UpTo, clause, r.Assumed.yes())
		}
	}
}
