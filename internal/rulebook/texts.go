package rulebook

import (
	"context"
	"maps"
	"slices"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/rule"
)

// Text is a parsed version of a rulebook, without the program that grades; a rulebook of procedures has none.
type Text struct {
	Rulebook, Version string
	Book              *rule.Book
}

// TextsInForce gives the text of every rulebook in force on a day, by id. What is read from a text is for the features to
// authorise: which procedures there are is known to whoever may begin one.
func (s *Service) TextsInForce(ctx context.Context, q db.Q, on calendar.Date) ([]Text, error) {
	all, err := listAdoptions(ctx, q, "")
	if err != nil {
		return nil, err
	}
	var out []Text
	for _, name := range slices.Sorted(maps.Keys(all)) {
		a, ok := onDay(all[name], on)
		if !ok {
			continue
		}
		t, err := s.TextOf(ctx, q, a.Rulebook, a.Version)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// TextOf gives one version of a rulebook. Errors: rulebook.unknown_version. It never changes; see TextsInForce for rights.
func (s *Service) TextOf(ctx context.Context, q db.Q, rulebook, version string) (Text, error) {
	e, err := s.edition(ctx, q, rulebook, version)
	if err != nil {
		return Text{}, err
	}
	return Text{Rulebook: rulebook, Version: version, Book: e.Book}, nil
}
