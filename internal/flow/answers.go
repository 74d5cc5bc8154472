package flow

// LastAnswers gives the steps that tell the customer something and after which, but for rejections and reopening, no other
// does: what is said there is the answer, not a first word or a quotation.
func LastAnswers(def *Definition) []string {
	g := graphOf(def)
	var out []string
	for i := range def.Steps {
		s := &def.Steps[i]
		if s.Do != DoAnswer {
			continue
		}
		from := s.Key
		if composite := g.within[s.Key]; composite != "" {
			from = composite
		}
		if !g.answersAfter(from, map[string]bool{from: true}) {
			out = append(out, s.Key)
		}
	}
	return out
}

// answersAfter says whether a step not seen yet that answers can be come to from a step.
func (g *graph) answersAfter(from string, seen map[string]bool) bool {
	for _, w := range g.ways[from] {
		if w.kind == wayRejected || seen[w.to] || g.steps[w.to] == nil {
			continue
		}
		seen[w.to] = true
		if g.answers(g.steps[w.to]) || g.answersAfter(w.to, seen) {
			return true
		}
	}
	return false
}

// answers says whether the customer is told something in a step or in a member of it.
func (g *graph) answers(s *Step) bool {
	if s.Do == DoAnswer {
		return true
	}
	for _, member := range s.Together {
		if m := g.steps[member]; m != nil && m.Do == DoAnswer {
			return true
		}
	}
	return false
}
