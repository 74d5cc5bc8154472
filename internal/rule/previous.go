package rule

// NeedsPrevious reports whether a verdict of any scheme may depend on the verdict before it.
func (p *Program) NeedsPrevious() bool {
	for _, member := range p.family.list {
		if member.grading.hold.set {
			return true
		}
	}
	return false
}
