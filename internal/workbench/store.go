package workbench

import (
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// movementsOf starts from the person's customers: they are few, the movements of a run are many.
func movementsOf(ctx context.Context, q db.Q, userID int64, since calendar.Date) ([]Movement, error) {
	return db.List(ctx, q, `SELECT m.customer_id, c.code, c.name, COALESCE(g.rulebook, ''), m.scheme, m.from_code, m.to_code, m.direction, m.as_of, m.run_id
		FROM customer c JOIN movement m ON m.customer_id = c.id LEFT JOIN grading_run g ON g.id = m.run_id
		WHERE c.owner_id = ? AND c.archived_at IS NULL AND m.direction <> 0 AND m.as_of >= ?
		ORDER BY m.as_of DESC, m.run_id DESC, c.sort_key, c.id LIMIT ?`, []any{userID, since, maxMovements}, func(r db.Rows) (Movement, error) {
		var m Movement
		err := r.Scan(&m.CustomerID, &m.Code, &m.Name, &m.Rulebook, &m.Scheme, &m.FromCode, &m.ToCode, &m.Direction, &m.AsOf, &m.RunID)
		return m, err
	})
}

func gradesOf(ctx context.Context, q db.Q, userID int64) ([]GradeCount, error) {
	return db.List(ctx, q, `SELECT s.scheme, s.code, MIN(s.position), COUNT(*) FROM customer c JOIN standing s ON s.customer_id = c.id
		WHERE c.owner_id = ? AND c.archived_at IS NULL GROUP BY s.scheme, s.code ORDER BY s.scheme, 3, s.code`, []any{userID},
		func(r db.Rows) (GradeCount, error) {
			var g GradeCount
			err := r.Scan(&g.Scheme, &g.Code, &g.Position, &g.Customers)
			return g, err
		})
}

// birthdaysOf uses the partial index on birth_day, so its condition is written out here.
func birthdaysOf(ctx context.Context, q db.Q, userID int64, today calendar.Date) ([]Birthday, error) {
	days, on := weekOf(today)
	args := append(db.Args(days), userID)
	list, err := db.List(ctx, q, `SELECT b.customer_id, b.id, c.name, b.name, b.title, b.phone, b.birth_day
		FROM contact b JOIN customer c ON c.id = b.customer_id
		WHERE b.birth_day > 0 AND b.birth_day IN `+db.In(len(days))+`
			AND c.owner_id = ? AND c.archived_at IS NULL AND b.archived_at IS NULL`, args, func(r db.Rows) (Birthday, error) {
		var b Birthday
		var monthDay int64
		err := r.Scan(&b.CustomerID, &b.ContactID, &b.Customer, &b.Name, &b.Title, &b.Phone, &monthDay)
		b.On = on[monthDay]
		return b, err
	})
	slices.SortFunc(list, func(a, b Birthday) int {
		if a.On != b.On {
			return int(a.On - b.On)
		}
		if a.ContactID < b.ContactID {
			return -1
		}
		return 1
	})
	return list[:min(len(list), maxBirthdays)], err
}

// importsOf gives the imports that a person began and that wait for a decision, or failed, newest first.
func importsOf(ctx context.Context, q db.Q, userID int64) ([]Import, error) {
	return db.List(ctx, q, `SELECT id, target, file_name, state, error_code, created_at FROM import
		WHERE created_by = ? AND state IN ('uploaded', 'checked', 'running', 'reverting', 'failed') ORDER BY created_at DESC, id DESC LIMIT ?`,
		[]any{userID, maxImports}, func(r db.Rows) (Import, error) {
			var m Import
			err := r.Scan(&m.ID, &m.Target, &m.FileName, &m.State, &m.ErrorCode, &m.At)
			return m, err
		})
}

func gapsOf(ctx context.Context, q db.Q, scope authz.Scope) (*Gaps, error) {
	where, args := scope.Clause("c")
	var g Gaps
	err := db.Get(ctx, q, `SELECT COALESCE(SUM(CASE WHEN c.owner_id = 0 THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN NOT EXISTS (SELECT 1 FROM standing s WHERE s.customer_id = c.id AND s.code <> '') THEN 1 ELSE 0 END), 0)
		FROM customer c WHERE c.archived_at IS NULL AND `+where, args, &g.WithoutOwner, &g.WithoutVerdict)
	return &g, err
}
