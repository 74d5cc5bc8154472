package review

import (
	"context"
	"fmt"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

func insertDeal(ctx context.Context, q db.Q, d *DealRating) error {
	_, err := q.Exec(ctx, "INSERT INTO deal_rating (customer_id, id, rulebook, scheme, document, on_day, code, reason, rated_by, rated_at) VALUES (?,?,?,?,?,?,?,?,?,?)",
		d.CustomerID, d.ID, d.Rulebook, d.Scheme, d.Document, d.On, d.Code, d.Reason, d.RatedBy, clock.Micros(d.RatedAt))
	if err != nil {
		return fmt.Errorf("keeping the rating of a deal: %w", err)
	}
	return nil
}

// dealsOf gives the rated deals of a customer by a rulebook, newest first.
func dealsOf(ctx context.Context, q db.Q, customerID int64, rulebook string, limit int) ([]DealRating, error) {
	return db.List(ctx, q, `SELECT d.customer_id, d.id, d.rulebook, d.scheme, d.document, d.on_day, d.code, d.reason, d.rated_by, COALESCE(u.name, ''), d.rated_at
		FROM deal_rating d LEFT JOIN app_user u ON u.id = d.rated_by WHERE d.customer_id = ? AND d.rulebook = ? ORDER BY d.id DESC LIMIT ?`,
		[]any{customerID, rulebook, limit}, func(r db.Rows) (DealRating, error) {
			var d DealRating
			var at int64
			err := r.Scan(&d.CustomerID, &d.ID, &d.Rulebook, &d.Scheme, &d.Document, &d.On, &d.Code, &d.Reason, &d.RatedBy, &d.ByName, &at)
			d.RatedAt = clock.FromMicros(at)
			return d, err
		})
}
