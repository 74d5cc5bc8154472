package rate

import (
	"context"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/rule"
)

// auditedRates is how many changes an audit entry spells out.
const auditedRates = 200

// Service holds the use cases of exchange rates.
type Service struct {
	db  *db.DB
	now clock.Clock
}

// New makes the service.
func New(d *db.DB, now clock.Clock) *Service { return &Service{db: d, now: now} }

// Filter restricts a list; empty members do not.
type Filter struct{ Home, Currency string }

// List gives rates that count, by currency, the newest day first, and the cursor of the next page. Needs rulebook.read.
func (s *Service) List(ctx context.Context, f Filter, cursor string, limit int) ([]Rate, string, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return nil, "", err
	}
	after, err := parseCursor(cursor)
	if err != nil {
		return nil, "", err
	}
	list, err := list(ctx, s.db.Read(), f, after, limit+1)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	list = list[:limit]
	return list, cursorOf(list[limit-1]), nil
}

// Set sets rates, all of them or none. Needs rate.manage. Errors: invalid_input (fields items[i].…), rate.too_many.
func (s *Service) Set(ctx context.Context, in []Input) (Outcome, error) {
	actor, err := authz.Require(ctx, authz.RateManage)
	if err != nil {
		return Outcome{}, err
	}
	in, err = normal(in)
	if err != nil {
		return Outcome{}, err
	}
	var out Outcome
	err = s.db.InTx(ctx, func(q db.Q) error {
		out = Outcome{}
		changes := []audit.Change{}
		for _, one := range in {
			before, err := current(ctx, q, one)
			if err != nil {
				return err
			}
			if before == one.Rate {
				out.Unchanged++
				continue
			}
			if err := set(ctx, q, one, actor.UserID, clock.Micros(s.now())); err != nil {
				return err
			}
			if out.Set++; len(changes) < auditedRates {
				changes = append(changes, audit.Change{Field: one.Currency + "/" + one.Home + " " + one.From.String(), Before: before, After: one.Rate})
			}
		}
		if out.Set == 0 {
			return nil
		}
		return audit.Write(ctx, q, s.now(), audit.Entry{
			Action: "rate.set", Entity: "rate", Detail: map[string]any{"set": out.Set, "changes": changes},
		})
	})
	return out, err
}

// Into gives all rates into a currency for the engine, and the moment of the last change in microseconds; 0 = never. It is for
// the program itself and asks no right.
func (s *Service) Into(ctx context.Context, q db.Q, home string) (rates []rule.Rate, changed int64, err error) {
	all, err := into(ctx, q, home)
	if err != nil {
		return nil, 0, err
	}
	for _, r := range all {
		changed = max(changed, clock.Micros(r.SetAt))
		if r.Rate != "" {
			rates = append(rates, rule.Rate{Currency: r.Currency, From: r.From, Rate: r.Rate})
		}
	}
	return rates, changed, nil
}
