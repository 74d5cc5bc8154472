package rule

// Holds reports whether this scheme may keep the grade of the verdict before it.
func (p *Program) Holds() bool { return p.grading.hold.set }

// Remembers reports whether a verdict of any scheme may depend on what was said or signed before it.
func (p *Program) Remembers() bool {
	for _, member := range p.family.list {
		if member.grading.hold.set || member.grading.signing.set {
			return true
		}
	}
	return false
}

// NeedsPrevious reports whether any verdict may depend on the verdict before it. Those that wait for signatures ask for it later: there are few.
func (p *Program) NeedsPrevious() bool {
	for _, member := range p.family.list {
		if member.grading.hold.set {
			return true
		}
	}
	return false
}
