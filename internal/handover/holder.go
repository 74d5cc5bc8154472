package handover

import (
	"context"

	"kezhi/internal/db"
)

// Holder is a kind of thing that people have at hand and hand over, beside the customers themselves. Features know nothing of
// handovers: the composition root says how their things are counted, listed and moved.
type Holder struct {
	// Kind names the things: duties, cases, steps, visits, calls, promises, events. The web has a word for each.
	Kind string
	// Count counts what a person has at hand.
	Count func(ctx context.Context, q db.Q, userID int64) (int64, error)
	// List gives the next of it in the order of the ids.
	List func(ctx context.Context, q db.Q, userID, after int64, limit int) ([]Thing, error)
	// Move gives one thing to somebody, in a transaction of its own. What went elsewhere meanwhile is left as it is; doing it
	// twice changes nothing. What hangs on a customer may follow the customer's owner instead, who has it already.
	Move func(ctx context.Context, q db.Q, t Thing, d Moved) error
}

// Moved says from whom to whom a thing goes, and by which handover.
type Moved struct {
	From, To int64
	By       int64 // whoever approved it
	Number   string
}

// Hold registers a kind of thing; the composition root does it once for each, in the order in which they are shown.
func (s *Service) Hold(h Holder) { s.holders = append(s.holders, h) }
