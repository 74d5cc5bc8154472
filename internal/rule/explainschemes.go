package rule

// schemes lists the grades of the earlier schemes this one reads.
func (x *explainer) schemes() []ExplainedScheme {
	if x.o.require >= 0 {
		return nil
	}
	var out []ExplainedScheme
	for _, before := range x.p.earlier {
		e := ExplainedScheme{Scheme: before.scheme.ID, Title: before.scheme.Title, Clause: before.grading.clause}
		if label := x.o.earlier[before.index]; label >= 0 {
			e.Code, e.Grade = before.scheme.Labels[label].Code, before.scheme.Labels[label].Title
		}
		out = append(out, e)
	}
	return out
}
