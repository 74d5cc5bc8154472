package view

import (
	"context"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const selectView = `SELECT v.id, v.page, v.name, v.user_id, COALESCE(u.name, ''), v.shared, v.is_default, v.query, v.version, v.updated_at
	FROM saved_view v LEFT JOIN app_user u ON u.id = v.user_id `

func scan(userID int64) func(db.Rows) (View, error) {
	return func(r db.Rows) (View, error) {
		var v View
		var at int64
		err := r.Scan(&v.ID, &v.Page, &v.Name, &v.OwnerID, &v.OwnerName, &v.Shared, &v.Default, &v.Query, &v.Version, &at)
		v.Mine, v.UpdatedAt = v.OwnerID == userID, clock.FromMicros(at)
		v.Default = v.Default && v.Mine
		return v, err
	}
}

func list(ctx context.Context, q db.Q, page string, userID int64) ([]View, error) {
	return db.List(ctx, q, selectView+"WHERE v.page = ? AND (v.user_id = ? OR v.shared = 1) ORDER BY CASE WHEN v.user_id = ? THEN 0 ELSE 1 END, v.id LIMIT 500",
		[]any{page, userID, userID}, scan(userID))
}

func mineOf(ctx context.Context, q db.Q, page string, userID int64) ([]View, error) {
	return db.List(ctx, q, selectView+"WHERE v.page = ? AND v.user_id = ? ORDER BY v.id LIMIT 500", []any{page, userID}, scan(userID))
}

func load(ctx context.Context, q db.Q, viewID, userID int64) (View, error) {
	return db.One(ctx, q, selectView+"WHERE v.id = ?", []any{viewID}, scan(userID))
}

func insert(ctx context.Context, q db.Q, viewID, userID int64, in Input, at int64) error {
	_, err := q.Exec(ctx, "INSERT INTO saved_view (id, page, name, user_id, shared, is_default, query, version, created_at, updated_at) VALUES (?,?,?,?,?,?,?,1,?,?)",
		viewID, in.Page, in.Name, userID, in.Shared, in.Default, in.Query, at, at)
	return err
}

func update(ctx context.Context, q db.Q, viewID, version int64, in Input, at int64) (bool, error) {
	n, err := q.Exec(ctx, "UPDATE saved_view SET name = ?, shared = ?, is_default = ?, query = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ?",
		in.Name, in.Shared, in.Default, in.Query, at, viewID, version)
	return n == 1, err
}

func remove(ctx context.Context, q db.Q, viewID, version int64) (bool, error) {
	n, err := q.Exec(ctx, "DELETE FROM saved_view WHERE id = ? AND version = ?", viewID, version)
	return n == 1, err
}

func clearDefault(ctx context.Context, q db.Q, page string, userID int64) error {
	_, err := q.Exec(ctx, "UPDATE saved_view SET is_default = 0 WHERE page = ? AND user_id = ? AND is_default = 1", page, userID)
	return err
}
