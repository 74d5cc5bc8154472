package promise

import (
	"context"

	"kezhi/internal/db"
)

// CountHeld counts the promises somebody has still to keep. It asks for no permission.
func (s *Service) CountHeld(ctx context.Context, q db.Q, userID int64) (int64, error) {
	return countHeld(ctx, q, userID)
}

// ListHeld gives the next of them in the order of their ids. It asks for no permission.
func (s *Service) ListHeld(ctx context.Context, q db.Q, userID, after int64, limit int) ([]Promise, error) {
	return listHeld(ctx, q, userID, after, limit)
}

// Give has somebody else keep a promise, in the caller's transaction; false when it was settled or went elsewhere meanwhile. The
// caller has asked for the permission.
func (s *Service) Give(ctx context.Context, q db.Q, promiseID, from, to int64) (bool, error) {
	p, err := load(ctx, q, promiseID)
	if err != nil || p.OwnerID != from || p.State != Open && p.State != Overdue {
		return false, err
	}
	next := p
	next.OwnerID = to
	return true, s.give(ctx, q, p, next)
}
