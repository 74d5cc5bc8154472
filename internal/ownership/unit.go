package ownership

import (
	"context"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/org"
)

// InUnits says which contracts of areas a unit has, and that the unit it is merged into goes on for it in them.
func (s *Service) InUnits() org.Follower {
	return org.Follower{
		Kind: "areas",
		Count: func(ctx context.Context, q db.Q, unitID int64) (int, error) {
			return countContracts(ctx, q, unitID, s.Today())
		},
		Move: func(ctx context.Context, q db.Q, from, into int64) error {
			return moveContracts(ctx, q, from, into, s.Today(), clock.Micros(s.now()))
		},
	}
}
