package rule

import "kezhi/internal/calendar"

// schemes lists the grades of the earlier schemes this one reads.
func (x *explainer) schemes() []ExplainedScheme {
	if x.o.require >= 0 {
		return nil
	}
	var out []ExplainedScheme
	for _, before := range x.p.earlier {
		out = append(out, x.scheme(before))
	}
	return out
}

// scheme gives the grade of an earlier scheme as this one reads it.
func (x *explainer) scheme(before *Program) ExplainedScheme {
	e := ExplainedScheme{
		Scheme: before.scheme.ID, Title: before.scheme.Title, Clause: before.grading.clause, Decided: x.o.replaced&(1<<before.index) != 0,
	}
	if label := x.o.earlier[before.index]; label >= 0 {
		e.Code, e.Grade = before.scheme.Labels[label].Code, before.scheme.Labels[label].Title
	}
	return e
}

// bonuses lists the bonuses that were earned.
func (x *explainer) bonuses() []ExplainedBonus {
	var out []ExplainedBonus
	for i := range 64 {
		if x.o.bonuses&(1<<i) != 0 {
			b := &x.p.card.bonuses[i]
			out = append(out, ExplainedBonus{Title: b.title, Points: signed(b.points), Clause: b.clause})
		}
	}
	return out
}

// vetoes lists the vetoes that applied, with what each does.
func (x *explainer) vetoes() []ExplainedVeto {
	var out []ExplainedVeto
	for i := range 64 {
		if x.o.vetoes&(1<<i) == 0 {
			continue
		}
		v := &x.p.card.vetoes[i]
		effect := Text{"得分 " + pointsString(v.points), "score " + pointsString(v.points)}
		if v.label >= 0 {
			effect = x.p.scheme.Labels[v.label].Title
		}
		if v.atMost {
			effect = Text{"最高 " + effect.Zh, "at most " + effect.En}
		}
		out = append(out, ExplainedVeto{Title: v.title, Effect: effect, Clause: v.clause})
	}
	return out
}

func (x *explainer) held() *ExplainedHold {
	if !x.o.held {
		return nil
	}
	h := &x.p.grading.hold
	without := &x.p.scheme.Labels[x.o.free]
	before := x.s.Previous[x.p.scheme.ID]
	e := &ExplainedHold{Without: without.Code, Title: without.Title, Margin: h.text, Clause: h.clause, Bound: x.heldBound(before.Code)}
	if before.AsOf != calendar.None {
		e.Since = before.AsOf.String()
	}
	return e
}

// heldBound words the band of a grade with the margin.
func (x *explainer) heldBound(code string) Text {
	label := x.p.scheme.index(code)
	for i := range x.p.grading.bins {
		if b := &x.p.grading.bins[i]; b.label == label && !b.otherwise {
			iv := interval{}
			if x.p.grading.falling() {
				iv.hi, iv.hasHi, iv.hiOpen = x.p.grading.hold.wide[i].hi, b.iv.hasHi, b.iv.hiOpen
				iv.hiText = x.boundText(iv.hi)
			} else {
				iv.lo, iv.hasLo, iv.loOpen = x.p.grading.hold.wide[i].lo, b.iv.hasLo, b.iv.loOpen
				iv.loText = x.boundText(iv.lo)
			}
			return iv.words()
		}
	}
	return Text{}
}

// boundText writes a worked-out bound in the unit of what is graded.
func (x *explainer) boundText(r rat) string {
	if x.p.grading.src.kind == fromMeasure {
		m := &x.p.measures[x.p.grading.src.index]
		s, _ := m.display(r, m.currency)
		if m.unit == "%" {
			return s + "%"
		}
		return unitText(s, m.unit)
	}
	return ratText(r)
}

// limits lists the limits that hold, in the order in which they apply.
func (x *explainer) limits() []ExplainedLimit {
	if x.o.limits == 0 {
		return nil
	}
	var out []ExplainedLimit
	label := x.o.free
	if x.o.held {
		label = x.p.scheme.index(x.s.Previous[x.p.scheme.ID].Code)
	}
	for i := range x.p.grading.limits {
		l := &x.p.grading.limits[i]
		if x.o.limits&(1<<i) == 0 {
			continue
		}
		e := ExplainedLimit{Title: l.title, Clause: l.clause, Allow: []string{}}
		for c := l.best; c <= l.worst; c++ {
			e.Allow = append(e.Allow, x.p.scheme.Labels[c].Code)
		}
		if to := min(max(label, l.best), l.worst); to != label {
			e.From, e.To = x.p.scheme.Labels[label].Code, x.p.scheme.Labels[to].Code
			label = to
		}
		out = append(out, e)
	}
	return out
}

func (x *explainer) dormant() *ExplainedDormant {
	if !x.o.dormant {
		return nil
	}
	d := &x.p.grading.dormant
	return &ExplainedDormant{Title: d.title, Gave: x.o.asleep, Clause: d.clause}
}

// grade words the grade and what gave it: the band or row, and the clause of whatever changed it last.
func (x *explainer) grade() *ExplainedGrade {
	l := &x.p.scheme.Labels[x.o.label]
	g := &ExplainedGrade{Code: l.Code, Title: l.Title, Tone: l.Tone, Clause: x.p.grading.clause}
	switch {
	case x.o.asleep:
		g.Band, g.Clause = x.p.grading.dormant.title, x.p.grading.dormant.clause
		if x.o.awaits && x.p.grading.signing.clause != "" {
			g.Clause = x.p.grading.signing.clause
		}
		return g
	case x.o.veto >= 0:
		g.Band, g.Clause = x.p.card.vetoes[x.o.veto].title, x.p.card.vetoes[x.o.veto].clause
	case x.p.grading.src.kind == 0 && x.o.band >= 0:
		r := &x.p.grading.rows[x.o.band]
		g.Band, g.Clause = r.words(), r.clause
	case x.o.band >= 0:
		b := &x.p.grading.bins[x.o.band]
		g.Band, g.Clause = b.words(), b.clause
	}
	if x.o.held && x.p.grading.hold.clause != "" {
		g.Clause = x.p.grading.hold.clause
	}
	for i := range x.p.grading.limits {
		if l := &x.p.grading.limits[i]; x.o.bites&(1<<i) != 0 && l.clause != "" {
			g.Clause = l.clause
		}
	}
	if x.o.awaits && x.p.grading.signing.clause != "" {
		g.Clause = x.p.grading.signing.clause
	}
	return g
}

// barred lists what forbids a grade whatever the values are.
func (x *explainer) barred(label int) []ExplainedBar {
	var out []ExplainedBar
	for i := range 64 {
		if x.o.vetoes&(1<<i) == 0 {
			continue
		}
		if v := &x.p.card.vetoes[i]; v.label > label || v.label < 0 && x.cutBy(v.points, label) {
			out = append(out, ExplainedBar{"veto", v.title, v.clause})
		}
	}
	for i := range x.p.grading.limits {
		if l := &x.p.grading.limits[i]; x.o.limits&(1<<i) != 0 && l.best > label {
			out = append(out, ExplainedBar{"limit", l.title, l.clause})
		}
	}
	if x.o.awaits && label <= x.p.grading.signing.label {
		out = append(out, ExplainedBar{"signatures", x.p.awaitTitle(), x.p.grading.signing.clause})
	}
	if x.o.asleep && x.p.grading.dormant.label > label {
		out = append(out, ExplainedBar{"dormant", x.p.grading.dormant.title, x.p.grading.dormant.clause})
	}
	return out
}

// cutBy reports that a score cut down to the points cannot give the grade or a better one.
func (x *explainer) cutBy(points int64, label int) bool {
	if x.p.grading.src.kind != fromScore {
		return false
	}
	i := find(x.p.grading.bins, rat{points, micro})
	return i < 0 || x.p.grading.bins[i].label > label
}
