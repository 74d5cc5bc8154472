package procedure

import (
	"context"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/org"
)

// InUnits says which posts are held for a unit, and how they go on for another when the two are merged: what was held until then stays
// as it was, and the same person holds it for the other unit from today.
func (s *Service) InUnits() org.Follower {
	return org.Follower{
		Kind: "posts",
		Count: func(ctx context.Context, q db.Q, unitID int64) (int, error) {
			return countFor(ctx, q, unitID, s.Today())
		},
		Move: func(ctx context.Context, q db.Q, from, into int64) error {
			now, today := s.now(), s.Today()
			held, err := listFor(ctx, q, from, today)
			if err != nil {
				return err
			}
			for _, h := range held {
				if err := endHolding(ctx, q, h.ID, today.AddDays(-1), clock.Micros(now)); err != nil {
					return err
				}
				h.ID, h.UnitID, h.From = id.New(now), into, max(h.From, today)
				if err := insertHolding(ctx, q, h, 0, clock.Micros(now)); err != nil {
					return err
				}
			}
			return nil
		},
	}
}
