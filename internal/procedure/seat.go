package procedure

import (
	"context"

	"kezhi/internal/db"
)

// SeatFunc says whether a person holds a post today, also in the name of somebody absent, and whether anybody does. Names are
// the post's other names in its rulebook.
type SeatFunc func(ctx context.Context, q db.Q, userID int64, post string, names []string) (mine, held bool, err error)

// Seat is a SeatFunc, for features whose rulebooks name posts outside procedures.
func (s *Service) Seat(ctx context.Context, q db.Q, userID int64, post string, names []string) (mine, held bool, err error) {
	r, err := s.roster(ctx, q)
	if err != nil {
		return false, false, err
	}
	for _, p := range r.candidates(post, names) {
		h, ok := r.one(p.user, nil)
		held = held || ok
		mine = mine || ok && (h.User == userID || h.Acts == userID)
	}
	return mine, held, nil
}
