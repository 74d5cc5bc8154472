package grading

import (
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
)

// Bounds of how many schemes are laid across each other: fewer is a distribution, more cannot be drawn.
const (
	minCross = 2
	maxCross = 3
)

// CrossCell is how many customers have one combination of grades.
type CrossCell struct {
	Codes []string // one per scheme; "" = without a grade
	Count int64
}

// Cross is how the customers are spread over the combinations of parallel schemes.
type Cross struct {
	Schemes []rule.Scheme
	Cells   []CrossCell // those that occur, by code
	Total   int64
}

// Cross lays two or three schemes of a rulebook across each other, by what counts now; none named means the first three.
// Customers in the archive, and those one of the schemes is not about or has not judged yet, do not count. Needs grading.read;
// only customers within reach count. Errors: rulebook.unknown, grading.unknown_scheme, grading.cross_schemes.
func (s *Service) Cross(ctx context.Context, rulebookID string, schemes []string) (Cross, error) {
	actor, err := authz.Require(ctx, authz.GradingRead)
	if err != nil {
		return Cross{}, err
	}
	in, err := s.schemeOf(ctx, rulebookID, "")
	if err != nil {
		return Cross{}, err
	}
	all := in.Program.Schemes()
	if len(schemes) == 0 {
		for _, one := range all[:min(len(all), maxCross)] {
			schemes = append(schemes, one.ID)
		}
	}
	var out Cross
	for i, name := range schemes {
		at := slices.IndexFunc(all, func(one rule.Scheme) bool { return one.ID == name })
		if at < 0 {
			return Cross{}, errs.New(errs.NotFound, "grading.unknown_scheme", "rulebook", rulebookID, "scheme", name)
		}
		if !slices.Contains(schemes[:i], name) {
			out.Schemes = append(out.Schemes, all[at])
		}
	}
	if n := len(schemes); n != len(out.Schemes) || n < minCross || n > maxCross {
		return Cross{}, errs.New(errs.Invalid, "grading.cross_schemes", "rulebook", rulebookID, "min", minCross, "max", maxCross)
	}
	if out.Cells, err = crossed(ctx, s.db.Read(), rulebookID, schemes, actor.Scope(authz.GradingRead)); err != nil {
		return Cross{}, err
	}
	for _, c := range out.Cells {
		out.Total += c.Count
	}
	return out, nil
}
