package visit

import (
	"context"

	"kezhi/internal/db"
	"kezhi/internal/duty"
)

// plannedDuties says which of some duties have a visit that is still ahead.
func plannedDuties(ctx context.Context, q db.Q, list []duty.Duty) (map[int64]bool, error) {
	ids := make([]int64, len(list))
	for i, d := range list {
		ids[i] = d.ID
	}
	among, args := db.Among("duty_id", ids)
	rows, err := q.Query(ctx, "SELECT duty_id FROM visit WHERE "+among+" AND state NOT IN ('done', 'cancelled')", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]bool{}
	for rows.Next() {
		out[rows.Int64(0)] = true
	}
	return out, rows.Err()
}

// placesOf gives where customers that are not archived are found, by id.
func placesOf(ctx context.Context, q db.Q, ids []int64) (map[int64]Customer, error) {
	among, args := db.Among("c.id", ids)
	out := map[int64]Customer{}
	_, err := db.List(ctx, q, `SELECT c.id, c.code, c.name, c.region, c.address, c.owner_id, c.unit_id, p.lat_e6, p.lon_e6
		FROM customer c LEFT JOIN customer_place p ON p.customer_id = c.id WHERE c.archived_at IS NULL AND `+among, args, func(r db.Rows) (struct{}, error) {
		var id int64
		var c Customer
		var lat, lon *int64
		err := r.Scan(&id, &c.Code, &c.Name, &c.Region, &c.Address, &c.OwnerID, &c.UnitID, &lat, &lon)
		c.Place = spotOf(lat, lon)
		out[id] = c
		return struct{}{}, err
	})
	return out, err
}
