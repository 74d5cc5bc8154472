package rule

// Holds reports whether this scheme may keep the grade of the verdict before it.
func (p *Program) Holds() bool { return p.grading.hold.set }

// NeedsPrevious reports whether a verdict of any scheme may depend on the verdict before it.
func (p *Program) NeedsPrevious() bool {
	for _, member := range p.family.list {
		if member.grading.hold.set {
			return true
		}
	}
	return false
}
