package review

import (
	"context"
	"maps"
	"slices"

	"kezhi/internal/errs"
)

// SubmitMany hands in the drafts of several customers, all or none. Needs what Submit needs for each.
func (s *Service) SubmitMany(ctx context.Context, reviewID int64, customers []int64) (int, error) {
	list, err := s.many(ctx, reviewID, customers)
	if err != nil {
		return 0, err
	}
	out, err := s.submit(ctx, list)
	return len(out), err
}

// SubmitFilled hands in the forms of several customers that were filled in elsewhere, all or none, and gives their number. Needs what
// Submit needs for each; the versions of the forms count.
func (s *Service) SubmitFilled(ctx context.Context, reviewID int64, forms map[int64]FillInput) (int, error) {
	list, err := s.many(ctx, reviewID, slices.Collect(maps.Keys(forms)))
	if err != nil {
		return 0, err
	}
	for _, x := range list {
		in := forms[x.line.CustomerID]
		if err := x.at(ctx, s.db.Read(), in.Version); err != nil {
			return 0, err
		}
		if err := x.check(&in); err != nil {
			return 0, err
		}
		x.line.Draft = Draft{Values: in.Values, Note: in.Note}
	}
	out, err := s.submit(ctx, list)
	return len(out), err
}

// many gives the lines of several customers to whoever may fill them all in.
func (s *Service) many(ctx context.Context, reviewID int64, customers []int64) ([]*rated, error) {
	var v errs.Validation
	v.Check(len(customers) > 0, "customer_ids", "field.required")
	v.Check(len(customers) <= maxMany, "customer_ids", "review.too_many", "max", maxMany)
	if err := v.Err(); err != nil {
		return nil, err
	}
	q := s.db.Read()
	c, err := s.campaign(ctx, q, reviewID)
	if err != nil {
		return nil, err
	}
	a, err := s.access(ctx, q, c)
	if err != nil {
		return nil, err
	}
	customers = slices.Clone(customers)
	slices.Sort(customers)
	customers = slices.Compact(customers)
	lines, err := linesIn(ctx, q, reviewID, customers)
	if err != nil {
		return nil, err
	}
	if len(lines) != len(customers) {
		return nil, hidden()
	}
	list := make([]*rated, len(lines))
	for i := range lines {
		list[i] = &rated{c, a, lines[i], a.rater(c, &lines[i])}
		if !a.sees(&lines[i]) {
			return nil, hidden()
		}
		if err := list[i].mayFill(); err != nil {
			return nil, err
		}
	}
	return list, nil
}
