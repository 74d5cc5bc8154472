package user

import (
	"context"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/org"
)

// InUnits says who lies in a unit, and how everybody there goes into another when the two are merged. Their customers follow by the event
// user.moved, as when somebody moves alone.
func (s *Service) InUnits() org.Follower {
	return org.Follower{Kind: "people", Count: countIn, Move: func(ctx context.Context, q db.Q, from, into int64) error {
		people, err := moveAll(ctx, q, from, into, clock.Micros(s.now()))
		if err != nil {
			return err
		}
		for _, p := range people {
			if err := s.moved(ctx, q, p, into); err != nil {
				return err
			}
		}
		return nil
	}}
}

// moved tells the others that somebody belongs to another unit now.
func (s *Service) moved(ctx context.Context, q db.Q, userID, unitID int64) error {
	return s.bus.Emit(ctx, q, "user.moved", 0, map[string]any{"user_id": userID, "unit_id": unitID})
}
