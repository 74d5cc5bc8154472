package customer

import (
	"context"

	"kezhi/internal/db"
)

// contactsOfAll gives the people at a handful of customers, by customer; of each only so many as are worth looking through.
func contactsOfAll(ctx context.Context, q db.Q, list []Customer) (map[int64][]ContactInput, error) {
	out := make(map[int64][]ContactInput, len(list))
	if len(list) == 0 {
		return out, nil
	}
	ids := make([]any, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	_, err := db.List(ctx, q, "SELECT customer_id, name, phone FROM contact WHERE archived_at IS NULL AND customer_id IN "+db.In(len(ids))+" ORDER BY customer_id, id", ids,
		func(r db.Rows) (struct{}, error) {
			of := r.Int64(0)
			out[of] = append(out[of], ContactInput{Name: string(r.Bytes(1)), Phone: string(r.Bytes(2))})
			return struct{}{}, nil
		})
	return out, err
}

// attachHitGrades gives each hit the grade of its first scheme.
func attachHitGrades(ctx context.Context, q db.Q, hits []Hit) error {
	if len(hits) == 0 {
		return nil
	}
	ids := make([]any, len(hits))
	for i := range hits {
		ids[i] = hits[i].ID
	}
	first := map[int64]Grade{}
	_, err := db.List(ctx, q, "SELECT customer_id, scheme, code, position FROM standing WHERE code <> '' AND customer_id IN "+db.In(len(ids))+" ORDER BY customer_id, scheme DESC", ids,
		func(r db.Rows) (struct{}, error) {
			first[r.Int64(0)] = Grade{Scheme: string(r.Bytes(1)), Code: string(r.Bytes(2)), Position: int(r.Int64(3))}
			return struct{}{}, nil
		})
	for i := range hits {
		if g, ok := first[hits[i].ID]; ok {
			hits[i].Grade = &g
		}
	}
	return err
}
