package fact

import (
	"context"

	"kezhi/internal/db"
)

// EnsureKind makes sure that a kind of fact exists, inside the caller's transaction: a regulation may name one the company
// has not had so far. A kind that exists keeps its words.
func (s *Service) EnsureKind(ctx context.Context, q db.Q, kind, labelZH, labelEN string) error {
	return ensureKind(ctx, q, kind, labelZH, labelEN)
}
