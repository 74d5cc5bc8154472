package app

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/flow"
	"kezhi/internal/procedure"
	"kezhi/internal/rulebook"
)

// procedureBooks gives the procedure feature its texts; it does not know the rulebook feature.
func (s *Services) procedureBooks() procedure.Books {
	return procedure.Books{
		InForce: func(ctx context.Context, q db.Q, on calendar.Date) ([]*procedure.Edition, error) {
			texts, err := s.Rulebooks.TextsInForce(ctx, q, on)
			out := make([]*procedure.Edition, len(texts))
			for i, t := range texts {
				out[i] = editionOf(t)
			}
			return out, err
		},
		Version: func(ctx context.Context, q db.Q, book, version string) (*procedure.Edition, error) {
			t, err := s.Rulebooks.TextOf(ctx, q, book, version)
			if err != nil {
				return nil, err
			}
			return editionOf(t), nil
		},
	}
}

func editionOf(t rulebook.Text) *procedure.Edition {
	title := t.Book.Title()
	e := &procedure.Edition{Rulebook: t.Rulebook, Version: t.Version, Title: flow.Text{Zh: title.Zh, En: title.En}}
	for _, r := range t.Book.Roles() {
		e.Posts = append(e.Posts, procedure.Post{Name: r.Name, Title: flow.Text{Zh: r.Title.Zh, En: r.Title.En}, Names: t.Book.NamesOf(r.Name)})
	}
	return e
}
