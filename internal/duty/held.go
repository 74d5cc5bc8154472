package duty

import (
	"context"

	"kezhi/internal/db"
)

// Held is a duty that is not done, as it is listed when somebody hands over what they have to do.
type Held struct {
	ID, CustomerID   int64
	TitleZh, TitleEn string
	Due              string // civil date
}

// heldClause finds what somebody owes as the owner of customers. What is owed by a post stays with whoever holds the post.
const heldClause = " FROM duty WHERE owner_id = ? AND state IN ('open', 'missed') AND role = '" + RoleOwner + "'"

// CountHeld counts the duties that somebody owes as the owner of customers and that are not done. It asks for no permission.
func (s *Service) CountHeld(ctx context.Context, q db.Q, userID int64) (n int64, err error) {
	return n, db.Get(ctx, q, "SELECT COUNT(*)"+heldClause, []any{userID}, &n)
}

// ListHeld gives the next of them in the order of their ids. It asks for no permission.
func (s *Service) ListHeld(ctx context.Context, q db.Q, userID, after int64, limit int) ([]Held, error) {
	return db.List(ctx, q, "SELECT id, customer_id, title_zh, title_en, due_on"+heldClause+" AND id > ? ORDER BY id LIMIT ?", []any{userID, after, limit},
		func(r db.Rows) (Held, error) {
			return Held{r.Int64(0), r.Int64(1), string(r.Bytes(2)), string(r.Bytes(3)), string(r.Bytes(4))}, nil
		})
}

// Follow has the duties of a customer that are not done follow its owner at once, in the caller's transaction, where nobody may
// wait for the event of the new owner.
func (s *Service) Follow(ctx context.Context, q db.Q, customerID int64) error {
	return s.repoint(ctx, q, newRoster(), customerID)
}
