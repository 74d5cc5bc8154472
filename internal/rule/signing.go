package rule

import "slices"

// signing is a grade that facts alone cannot give between two campaigns: it waits for signatures.
type signing struct {
	set       bool
	label     int
	atFirst   bool // it holds unsigned for customers that were never graded before
	procedure string
	clause    string
	at        pos
}

// Signatures says whether the grade that is signed for has signatures on the day of a verdict.
type Signatures uint8

// How the signatures stand.
const (
	SignaturesNone  Signatures = iota // nobody ever signed
	SignaturesHold                    // signed for, and the term runs
	SignaturesEnded                   // the term of the newest ones has ended
)

// SignedGrade gives the grade of this program's scheme that facts alone cannot give between campaigns; "" when there is none.
func (p *Program) SignedGrade() string {
	if !p.grading.signing.set {
		return ""
	}
	return p.scheme.Labels[p.grading.signing.label].Code
}

// await leaves a customer at the next lower grade while the one that follows waits for signatures. Whoever has the grade keeps it
// until its signatures end.
func (p *Program) await(s *Subject, o *outcome) {
	g := &p.grading.signing
	if !g.set || o.label != g.label || s.Unsigned {
		return
	}
	switch before := s.Previous[p.scheme.ID].Code; s.Signed[p.scheme.ID] {
	case SignaturesHold:
		return
	case SignaturesNone:
		if before == p.scheme.Labels[g.label].Code || before == "" && g.atFirst {
			return
		}
	}
	o.awaits, o.label = true, g.label+1
}

// awaited words the grade that waits for signatures; nil when none does.
func (x *explainer) awaited() *ExplainedProposal {
	if !x.o.awaits {
		return nil
	}
	g := &x.p.grading.signing
	l := &x.p.scheme.Labels[g.label]
	return &ExplainedProposal{Code: l.Code, Title: l.Title, Procedure: g.procedure, Clause: g.clause}
}

// awaitTitle says that a grade needs signatures.
func (p *Program) awaitTitle() Text {
	t := p.scheme.Labels[p.grading.signing.label].Title
	return Text{t.Zh + "须经签署", t.En + " needs signatures"}
}

// signing checks how a grade that is signed for gets its signatures, and has its scheme wait for them between campaigns.
func (k *compiler) signing(all *family, s *stepSpec) {
	between, atFirst := k.resolve(s.Between), k.resolve(s.AtFirst)
	if between != "" && between != BetweenOpen && between != BetweenOffer {
		k.unknownName("review.between", s.Between.pos, between, []string{BetweenOpen, BetweenOffer})
	}
	if atFirst != "" && atFirst != AtFirstHold && atFirst != "sign" {
		k.unknownName("review.between", s.AtFirst.pos, atFirst, []string{AtFirstHold, "sign"})
	}
	if !s.Procedure.set() {
		if s.Between.set() || s.AtFirst.set() || len(s.Chain) > 0 && s.Grade.set() {
			k.report("review.no_procedure", s.pos, s.Clause.S)
		}
		return
	}
	if !s.Grade.set() || s.Do.S != StepApprove {
		k.report("review.no_grade", s.Procedure.pos, s.Clause.S, s.Procedure.S)
		return
	}
	if !k.carries(s) || between == "" {
		return
	}
	k.of(all, s.Scheme, func() {
		label := k.label(s.Grade)
		switch {
		case label < 0:
		case label == len(k.p.scheme.Labels)-1:
			k.report("review.lowest", s.Grade.pos, s.Clause.S, k.resolve(s.Grade))
		case slices.ContainsFunc(all.list, func(p *Program) bool { return p.grading.signing.set }):
			k.report("review.signs_twice", s.pos, s.Clause.S)
		default:
			k.p.grading.signing = signing{
				set: true, label: label, atFirst: atFirst == AtFirstHold, procedure: s.Procedure.S, clause: s.Clause.S, at: s.pos,
			}
		}
	})
}

// FilledByProgram are the entries of the start form of a procedure for a signed grade that the program fills, where there are such of
// type text or long_text.
var FilledByProgram = []string{"wanted", "before", "score", "grounds", "plan"}

// carries says whether the procedure of a step can carry signatures: it is about a customer, and its start form asks for nothing that
// the program does not know.
func (k *compiler) carries(s *stepSpec) bool {
	p := k.b.spec.Procedures.get(s.Procedure.S)
	if p == nil {
		k.unknownName("review.procedure", s.Procedure.pos, s.Procedure.S, k.b.spec.Procedures.names())
		return false
	}
	ok := p.About.S == nameCustomer
	if form := k.b.spec.Forms.get(p.Start.Form.S); form != nil {
		for i := range form.Fields.List {
			f := &form.Fields.List[i]
			written := f.Value.Type.S == "text" || f.Value.Type.S == "long_text"
			ok = ok && (!f.Value.Required.yes() && !f.Value.RequiredWhen.set() || written && contains(FilledByProgram, f.Name.S))
		}
	}
	if !ok {
		k.report("review.cannot_carry", s.Procedure.pos, s.Clause.S, s.Procedure.S)
	}
	return ok
}
