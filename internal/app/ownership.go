package app

import (
	"context"
	"sync"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/ownership"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// ownerBooks gives the rulebooks in force that say who looks after whom; ownership does not know the rulebook feature.
func (s *Services) ownerBooks(ctx context.Context, q db.Q, on calendar.Date) ([]ownership.Book, error) {
	all, err := s.Rulebooks.AllInForce(authz.With(ctx, authz.System("ownership")), q, on)
	var out []ownership.Book
	for _, f := range all {
		if f.Program.Ownership() != nil {
			out = append(out, ownerBook(f))
		}
	}
	return out, err
}

func ownerBook(f rulebook.InForce) ownership.Book {
	titles := sync.OnceValue(func() map[string]rule.Text {
		out := map[string]rule.Text{}
		for _, r := range f.Book.Roles() {
			out[r.Name] = r.Title
		}
		return out
	})
	return ownership.Book{
		Rulebook: f.Adoption.Rulebook, Version: f.Version, Title: f.Book.Title(), Program: f.Program, NamesOf: f.Book.NamesOf,
		TitleOf: func(post string) rule.Text {
			if t, ok := titles()[post]; ok {
				return t
			}
			return rule.Text{Zh: post, En: post}
		},
	}
}
