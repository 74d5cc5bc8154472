package rule

// graph checks the procedure as a whole.
func (d *draftsman) graph() {}
