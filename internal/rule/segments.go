package rule

import (
	"slices"
	"strings"
)

// Keys by which a condition asks whether the customer belongs to a segment; the first is also the function of applies_to
// and the field of a customer in an example.
const (
	inSegment    = "in_segment"
	notInSegment = "not_in_segment"
)

// AnyScheme in Environment.Segments stands for a condition on a grade that does not name its scheme.
const AnyScheme = "*"

// segmentUse is one place that names a segment.
type segmentUse struct {
	name   word
	clause string
}

// Segments lists the segments the rulebook reads, in alphabetical order, whichever of its schemes reads them.
// Subject.Fields["in_segment"] holds those of them to which a customer belongs.
func (p *Program) Segments() []string {
	if p.family == nil {
		return nil
	}
	return p.family.segments
}

// member answers whether the customer belongs to a segment.
func (s *Subject) member(segment string) bool {
	return slices.Contains(s.value(inSegment).Texts, segment)
}

// segmentAnswer is the answer as conditions compare it.
func (s *Subject) segmentAnswer(segment string) string {
	if s.member(segment) {
		return "yes"
	}
	return "no"
}

// segmentCond compiles in_segment: NAME and not_in_segment: NAME; ok is false for any other key.
func (k *compiler) segmentCond(e *entry[condSpec]) (c cond, ok bool) {
	if e.Name.S != inSegment && e.Name.S != notInSegment {
		return c, false
	}
	answer := "yes"
	if e.Name.S == notInSegment {
		answer = "no"
	}
	c = cond{name: e.Name.S, texts: []string{answer}, at: e.Name.pos}
	if e.Value.Bound != nil || len(e.Value.Values) != 1 {
		k.report("segment.one", e.Name.pos, k.g.Clause.S, e.Name.S)
		return c, true
	}
	w := e.Value.Values[0]
	w.S = k.resolve(w)
	k.segmentsUsed = append(k.segmentsUsed, segmentUse{w, k.g.Clause.S})
	c.src = source{kind: fromSegment, field: w.S}
	c.title = segmentTitle(w.S)
	return c, true
}

func segmentTitle(name string) Text {
	return Text{"客户群“" + name + "”", "segment “" + name + "”"}
}

var segmentWords = map[string]Text{"yes": {"的成员", "holds the customer"}, "no": {"之外", "does not hold the customer"}}

func segmentCells() []cell {
	return []cell{{text: "yes", words: segmentWords["yes"]}, {text: "no", words: segmentWords["no"]}}
}

// segmentNames gathers what all schemes read, after the last one is compiled.
func (k *compiler) segmentNames(all *family) {
	if k.p.scope != nil {
		all.segments = append(all.segments, k.p.scope.Members()...)
	}
	for i := range k.segmentsUsed {
		all.segments = append(all.segments, k.segmentsUsed[i].name.S)
	}
	slices.Sort(all.segments)
	all.segments = slices.Compact(all.segments)
}

// checkSegments compares the segments with those that exist, and refuses one whose members depend on the very grades that
// are decided by it.
func (b *Book) checkSegments(k *compiler, env Environment) {
	if env.Segments == nil {
		return
	}
	uses := slices.Clone(k.segmentsUsed)
	if k.p.scope != nil {
		for _, name := range k.p.scope.Members() {
			at := b.spec.AppliesTo
			at.S = name
			uses = append(uses, segmentUse{name: at})
		}
	}
	var known, own []string
	for name := range env.Segments {
		known = append(known, name)
	}
	slices.Sort(known)
	for _, scheme := range k.p.Schemes() {
		own = append(own, scheme.ID)
	}
	for _, use := range uses {
		reads, exists := env.Segments[use.name.S]
		if !exists {
			k.unknownName("segment.unknown", use.name.pos, use.name.S, known)
			continue
		}
		for _, scheme := range reads {
			if slices.Contains(own, scheme) || scheme == AnyScheme {
				k.report("segment.circle", use.name.pos, use.clause, use.name.S, scheme)
				break
			}
		}
	}
}

// segmentInputs tells for every segment the rulebook reads whether the customer belonged to it.
func (x *explainer) segmentInputs(out []ExplainedInput) []ExplainedInput {
	for _, name := range x.p.Segments() {
		out = append(out, ExplainedInput{
			Measure: inSegment + ":" + name, Title: segmentTitle(name), Value: x.s.segmentAnswer(name), Unit: "segment", To: x.asOf.String(),
		})
	}
	return out
}

func (f *framing) segmentInputs() []string {
	var out []string
	for i, name := range f.p.Segments() {
		o := (&object{}).json("measure", inSegment+":"+name).json("title", segmentTitle(name)).hole("value", mark(markSlot, f.segments[i]))
		out = append(out, o.json("unit", "segment").hole("to", mark(markSlot, f.asOfSlot)).json("facts", 0).end())
	}
	return out
}

// segment makes the customer of a draft a member of a segment, or not.
func (x *draft) segment(name string, member bool) {
	x.segments = slices.DeleteFunc(x.segments, func(s string) bool { return s == name })
	if member {
		x.segments = append(x.segments, name)
		slices.Sort(x.segments)
	}
}

// customerPart writes the fields of the customer of a draft.
func (x *draft) customerPart(fields []string) []string {
	if len(x.segments) == 0 {
		return fields
	}
	names := make([]string, len(x.segments))
	for i, s := range x.segments {
		names[i] = quoted(s)
	}
	return append(fields, inSegment+": ["+strings.Join(names, ", ")+"]")
}

// scopeSegments makes the customer of a draft a member of the segments the scope asks for.
func (x *draft) scopeSegments(p *Program) {
	terms, _ := p.scope.Terms()
	for i := range terms {
		if terms[i].Name == inSegment {
			x.segment(terms[i].Texts[0], true)
		}
	}
}
