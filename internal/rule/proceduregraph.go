package rule

import (
	"strings"

	"kezhi/internal/flow"
)

// graph checks the procedure as a whole, once its parts are right: what cannot be reached, where no end can be reached, what
// is read before it is filled, limits too short for the steps they bound. Each finding stands at the step it is about.
func (d *draftsman) graph() {
	for i := range d.c.list {
		if d.c.list[i].Severity == SeverityError {
			return // parts are missing: what follows from that would only repeat it
		}
	}
	for _, f := range flow.Check(d.def) {
		at, clause := d.key.pos, d.s.Clause.S
		if d.s.Deadline != nil && strings.HasPrefix(f.Code, "flow.deadline_") {
			at = d.s.Deadline.pos
		}
		for i := range d.s.Steps.List {
			if e := &d.s.Steps.List[i]; e.Name.S == f.Step {
				at, clause = e.Name.pos, e.Value.Clause.S
			}
		}
		step := f.Step
		if step == "" {
			step = d.key.S
		}
		d.report(f.Code, at, clause, append([]string{step}, f.Args...)...)
	}
}
