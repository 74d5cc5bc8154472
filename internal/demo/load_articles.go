package demo

import (
	"context"
	"time"

	"kezhi/internal/article"
	"kezhi/internal/calendar"
)

// knowledge lives through a day of the knowledge base: written when the regulations come into force, used from then on.
func (l *loader) knowledge(ctx context.Context, day calendar.Date) error {
	switch ago := int(l.c.Reference - day); {
	case ago == caseDays:
		return l.writeManuals(ctx)
	case ago < caseDays:
		return l.useManuals(ctx, ago)
	}
	return nil
}

// writeManuals has the keepers write the knowledge base and the director publish it.
func (l *loader) writeManuals(ctx context.Context) error {
	for _, m := range manuals() {
		audience := article.Internal
		if m.public {
			audience = article.Public
		}
		r, err := l.Articles.Create(l.as(ctx, l.login(m.keeper)), article.Input{
			Title: article.Words{Zh: m.zh, En: m.en}, Body: article.Words{Zh: m.bodyZH, En: m.bodyEN}, Tags: m.tags, Audience: audience,
			ReviewOn: l.c.Reference.AddDays(m.reviewIn),
		})
		if err != nil {
			return err
		}
		if r, err = l.Articles.Publish(l.as(ctx, l.director()), r.ID, r.Version); err != nil {
			return err
		}
		l.manuals = append(l.manuals, r.ID)
	}
	return nil
}

// useManuals attaches articles to the complaints they helped with, and keeps what the first one taught as a draft.
func (l *loader) useManuals(ctx context.Context, ago int) error {
	lin := l.as(ctx, l.login("lin"))
	use := func(caseID int64, which ...int) error {
		for _, n := range which {
			if caseID == 0 {
				return nil
			}
			if err := l.Articles.Attach(lin, caseID, l.manuals[n]); err != nil {
				return err
			}
		}
		return nil
	}
	l.dial.turn(l.dial.Now().Add(time.Minute))
	switch ago {
	case 7:
		return use(l.first, damagedCartons)
	case 5:
		return use(l.second, noise, returns)
	case 4:
		if l.first != 0 {
			if _, err := l.Articles.SaveSolution(lin, l.first, "zh"); err != nil {
				return err
			}
		}
		return use(l.third, injury)
	case 1:
		return use(l.fourth, returns)
	}
	return nil
}

// Places of articles among the manuals.
const (
	damagedCartons = 2
	noise          = 3
	returns        = 5
	injury         = 7
)
