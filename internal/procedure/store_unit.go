package procedure

import (
	"context"

	"kezhi/internal/db"
	"kezhi/internal/flow"
)

// unitNames gives the names of all units by id, and that of the organisation itself: the first unit that is under no other.
func unitNames(ctx context.Context, q db.Q) (names map[int64]flow.Text, house flow.Text, err error) {
	names = map[int64]flow.Text{}
	err = each(ctx, q, "SELECT id, COALESCE(parent_id, 0), name_zh, name_en FROM unit ORDER BY id", nil, func(row db.Rows) error {
		name := flow.Text{Zh: string(row.Bytes(2)), En: string(row.Bytes(3))}
		names[row.Int64(0)] = name
		if house == (flow.Text{}) && row.Int64(1) == 0 {
			house = name
		}
		return nil
	})
	return names, house, err
}
