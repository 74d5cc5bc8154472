package seminar

import (
	"context"

	"kezhi/internal/db"
)

const selectCost = "SELECT c.id, c.what, c.amount, c.on_day, COALESCE(u.name, '') FROM seminar_cost c LEFT JOIN app_user u ON u.id = c.created_by WHERE c.seminar_id = ?"

func scanCost(r db.Rows) (Cost, error) {
	var c Cost
	err := r.Scan(&c.ID, &c.What, &c.Amount, &c.On, &c.ByName)
	return c, err
}

func costs(ctx context.Context, q db.Q, seminarID int64) ([]Cost, error) {
	return db.List(ctx, q, selectCost+" ORDER BY c.on_day, c.id", []any{seminarID}, scanCost)
}

func costOfKey(ctx context.Context, q db.Q, seminarID int64, key string) (hash string, err error) {
	err = db.Get(ctx, q, "SELECT idem_hash FROM seminar_cost WHERE seminar_id = ? AND idem_key <> '' AND idem_key = ?", []any{seminarID, key}, &hash)
	return hash, err
}

func insertCost(ctx context.Context, q db.Q, seminarID, costID int64, c Cost, by, now int64, r request) error {
	_, err := q.Exec(ctx, "INSERT INTO seminar_cost (seminar_id, id, what, amount, on_day, idem_key, idem_hash, created_by, created_at) VALUES (?,?,?,?,?,?,?,?,?)",
		seminarID, costID, c.What, c.Amount, c.On, r.key, r.hash, by, now)
	return err
}

// deleteCost takes a cost away and gives it as it was.
func deleteCost(ctx context.Context, q db.Q, seminarID, costID int64) (Cost, error) {
	c, err := db.One(ctx, q, selectCost+" AND c.id = ?", []any{seminarID, costID}, scanCost)
	if err != nil {
		return c, err
	}
	_, err = q.Exec(ctx, "DELETE FROM seminar_cost WHERE seminar_id = ? AND id = ?", seminarID, costID)
	return c, err
}
