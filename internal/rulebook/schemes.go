package rulebook

import (
	"context"
	"maps"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// All gives the same text once per parallel scheme, in order; the program and the scheme of each are those of the scheme.
func (f InForce) All() []InForce {
	list := f.Program.Schemes()
	out := make([]InForce, 0, len(list))
	for _, scheme := range list {
		if one, ok := f.For(scheme.ID); ok {
			out = append(out, one)
		}
	}
	return out
}

// For gives the same text with the program that judges a scheme; "" means the first. The second result is false when there
// is no such scheme.
func (f InForce) For(scheme string) (InForce, bool) {
	if scheme == "" {
		return f, true
	}
	p, ok := f.Program.For(scheme)
	if !ok {
		return f, false
	}
	f.Program, f.Scheme = p, p.Scheme()
	return f, true
}

// AllInForce gives everything that is in force on a day, by the id of the rulebook. Needs rulebook.read.
func (s *Service) AllInForce(ctx context.Context, q db.Q, on calendar.Date) ([]InForce, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return nil, err
	}
	all, err := listAdoptions(ctx, q, "")
	if err != nil {
		return nil, err
	}
	var out []InForce
	for _, name := range slices.Sorted(maps.Keys(all)) {
		a, ok := onDay(all[name], on)
		if !ok {
			continue
		}
		in, err := s.load(ctx, q, a)
		if err != nil {
			return nil, err
		}
		out = append(out, in)
	}
	return out, nil
}
