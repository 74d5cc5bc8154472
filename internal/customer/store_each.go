package customer

import (
	"context"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// each walks over the customers with their tags beside them: one ordered query, a row per tag, and nothing kept but the customer in hand.
func each(ctx context.Context, q db.Q, loc *time.Location, fn func(Row) error) error {
	rows, err := q.Query(ctx, `SELECT c.id, t.tag, c.code, c.party, c.kind, c.status, c.region, c.industry, c.owner_id, c.unit_id, c.created_at
		FROM customer c LEFT JOIN customer_tag t ON t.customer_id = c.id
		WHERE c.archived_at IS NULL ORDER BY c.code, c.id, t.tag`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var cur Row
	for rows.Next() {
		if customerID := rows.Int64(0); customerID != cur.ID {
			if cur.ID != 0 {
				if err := fn(cur); err != nil {
					return err
				}
			}
			cur = Row{
				ID: customerID, Code: string(rows.Bytes(2)), Party: string(rows.Bytes(3)), Kind: string(rows.Bytes(4)), Status: string(rows.Bytes(5)),
				Region: string(rows.Bytes(6)), Industry: string(rows.Bytes(7)), OwnerID: rows.Int64(8), UnitID: rows.Int64(9),
				Created: calendar.FromTime(clock.FromMicros(rows.Int64(10)), loc),
			}
		}
		if !rows.Null(1) {
			cur.Tags = append(cur.Tags, string(rows.Bytes(1)))
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if cur.ID == 0 {
		return nil
	}
	return fn(cur)
}
