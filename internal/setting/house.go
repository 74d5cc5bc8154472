package setting

import (
	"context"

	"kezhi/internal/db"
)

// House gives how the organisation calls itself where nothing else was set: the names of the unit at the top; empty while there is none.
func House(ctx context.Context, q db.Q) (zh, en string, err error) {
	err = db.Get(ctx, q, "SELECT name_zh, name_en FROM unit WHERE COALESCE(parent_id, 0) = 0 ORDER BY id LIMIT 1", nil, &zh, &en)
	if db.IsNoRows(err) {
		return "", "", nil
	}
	return zh, en, err
}
