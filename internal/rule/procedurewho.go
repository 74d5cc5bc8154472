package rule

import (
	"kezhi/internal/expr"
	"kezhi/internal/flow"
)

// actorRest is what a step says about all its actors at once.
type actorRest struct {
	near string
	each bool
}

// actors reads who acts or is told.
func (d *draftsman) actors(list *actors, rest actorRest) []flow.Who {
	var out []flow.Who
	if len(list.List) > maxSeats {
		d.report("actor.too_many", list.pos, "", itoa(maxSeats))
	}
	for i := range list.List[:min(len(list.List), maxSeats)] {
		a := &list.List[i]
		who := flow.Who{Post: a.Post.S, Near: rest.near, Each: rest.each || d.truth(a.Each)}
		if a.Near.set() {
			who.Near = d.near(a.Near)
		}
		ways := 0
		if a.Post.set() {
			ways++
			d.role(a.Post, flow.PostOwner, flow.PostStarter)
		}
		if a.Actor.set() {
			ways++
			who.Actor = a.Actor.S
			if d.s.Steps.get(a.Actor.S) == nil {
				d.unknownName("step.unknown", a.Actor.pos, a.Actor.S, d.s.Steps.names())
			}
		}
		if a.Field.set() {
			ways++
			who.Field = d.reference(a.Field, flow.FieldPerson)
		}
		if ways != 1 {
			d.report("actor.one_way", a.pos, "")
		}
		if who.Each && (who.Near == "" || who.Near == flow.NearCustomer || who.Near == flow.NearStarter) {
			d.report("actor.each_near", a.pos, "")
		}
		out = append(out, who)
	}
	return out
}

// near reads from where the nearest holder is looked for.
func (d *draftsman) near(w word) string {
	if !w.set() {
		return ""
	}
	if w.S == flow.NearCustomer || w.S == flow.NearStarter {
		return w.S
	}
	return d.reference(w, flow.FieldDepartment)
}

// matrices checks the authority matrices apart from the procedures that use them.
func (k *compiler) matrices() {
	for i := range k.b.spec.Authorities.List {
		e := &k.b.spec.Authorities.List[i]
		if !nameShape.MatchString(e.Name.S) {
			k.report("name.shape", e.Name.pos, e.Value.Clause.S, e.Name.S)
		}
		k.matrixRows(e.Name, &e.Value)
	}
}

// matrixRows checks that the amounts rise and that the last row takes everything.
func (k *compiler) matrixRows(name word, s *authoritySpec) {
	last := map[string]expr.Decimal{} // by grade; "" for the rows of any grade
	open := false
	for i := range s.Rows {
		r := &s.Rows[i]
		k.role(r.By, flow.PostOwner)
		k.gradesKnown(r.Grades)
		if open {
			k.report("authority.hidden", r.pos, s.Clause.S, name.S, itoa(i+1))
		}
		if !r.UpTo.set() {
			open = open || len(r.Grades) == 0
			continue
		}
		if !s.Amount.set() {
			k.report("authority.no_amount", r.UpTo.pos, s.Clause.S, name.S)
		}
		v, ok := expr.ParseDecimal(k.resolve(r.UpTo))
		if !ok || v.Coef < 0 {
			k.report("authority.amount", r.UpTo.pos, s.Clause.S, k.resolve(r.UpTo))
			continue
		}
		grades := []string{""}
		if len(r.Grades) > 0 {
			grades = nil
			for _, g := range r.Grades {
				grades = append(grades, g.S)
			}
		}
		for _, g := range grades {
			if before, seen := last[g]; seen && v.Cmp(before) <= 0 {
				k.report("authority.order", r.UpTo.pos, s.Clause.S, name.S, v.String(), before.String())
			}
			last[g] = v
		}
	}
	if !open && len(s.Rows) > 0 {
		k.report("authority.no_last", s.Rows[len(s.Rows)-1].pos, s.Clause.S, name.S)
	}
}

// gradesKnown checks grades a row names against the schemes of the rulebook, where it has any.
func (k *compiler) gradesKnown(list words) {
	if !k.b.Graded() {
		return
	}
	var codes []string
	for i := range k.b.spec.Grades.List {
		for j := range k.b.spec.Grades.List[i].Labels {
			codes = append(codes, k.b.spec.Grades.List[i].Labels[j].Code.S)
		}
	}
	for _, g := range list {
		if !contains(codes, g.S) {
			k.unknownName("grade.unknown", g.pos, g.S, codes)
		}
	}
}

// matrix gives an authority matrix with its amount named by the steps of this procedure.
func (d *draftsman) matrix(w word) *flow.Authority {
	s := d.b.spec.Authorities.get(w.S)
	if s == nil {
		d.unknownName("authority.unknown", w.pos, w.S, d.b.spec.Authorities.names())
		return nil
	}
	d.matricesUsed[w.S] = true
	out := &flow.Authority{Key: w.S}
	if s.Amount.set() {
		out.Amount = d.reference(s.Amount, flow.FieldMoney, flow.FieldNumber)
	}
	for i := range s.Rows {
		r := &s.Rows[i]
		row := flow.AuthorityRow{Post: r.By.S, Clause: r.Clause.S}
		if r.UpTo.set() {
			if v, ok := expr.ParseDecimal(d.resolve(r.UpTo)); ok {
				row.UpTo = v.String()
			}
		}
		for _, g := range r.Grades {
			row.Grades = append(row.Grades, g.S)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
