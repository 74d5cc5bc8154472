package ownership

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

func unitNames(ctx context.Context, q db.Q) (map[int64][2]string, error) {
	out := map[int64][2]string{}
	_, err := db.List(ctx, q, "SELECT id, name_zh, name_en FROM unit", nil, func(r db.Rows) (struct{}, error) {
		out[r.Int64(0)] = [2]string{string(r.Bytes(1)), string(r.Bytes(2))}
		return struct{}{}, nil
	})
	return out, err
}

// ownedBy counts the customers of everybody who has any.
func ownedBy(ctx context.Context, q db.Q) (map[int64]int64, error) {
	out := map[int64]int64{}
	_, err := db.List(ctx, q, "SELECT owner_id, COUNT(*) FROM customer WHERE owner_id <> 0 AND archived_at IS NULL GROUP BY owner_id", nil, func(r db.Rows) (struct{}, error) {
		out[r.Int64(0)] = r.Int64(1)
		return struct{}{}, nil
	})
	return out, err
}

// group is how many customers of some grades an owner has.
type group struct{ unit, owner, customers int64 }

const fromGraded = " FROM standing s JOIN customer c ON c.id = s.customer_id WHERE s.scheme = ? AND c.archived_at IS NULL AND s.code IN "

func gradeGroups(ctx context.Context, q db.Q, scope authz.Scope, scheme string, grades []string) ([]group, error) {
	clause, within := scope.Clause("c")
	args := append(append([]any{scheme}, db.Args(grades)...), within...)
	return db.List(ctx, q, "SELECT c.unit_id, c.owner_id, COUNT(*)"+fromGraded+db.In(len(grades))+" AND "+clause+" GROUP BY c.unit_id, c.owner_id ORDER BY 1, 2", args,
		func(r db.Rows) (group, error) { return group{r.Int64(0), r.Int64(1), r.Int64(2)}, nil })
}

// undedicated lists customers of some grades whose owner is none of the holders, the best grades first.
func undedicated(ctx context.Context, q db.Q, scope authz.Scope, scheme string, grades []string, holders []int64, limit int) ([]Undedicated, error) {
	clause, within := scope.Clause("c")
	args := append(append([]any{scheme}, db.Args(grades)...), within...)
	if len(holders) > 0 {
		clause += " AND c.owner_id NOT IN " + db.In(len(holders))
		args = append(args, db.Args(holders)...)
	}
	sql := "SELECT c.id, c.code, c.name, s.code, c.owner_id, c.unit_id, COALESCE((SELECT u.name FROM app_user u WHERE u.id = c.owner_id), '')" + fromGraded + db.In(len(grades)) +
		" AND " + clause + " ORDER BY s.position, c.id LIMIT ?"
	return db.List(ctx, q, sql, append(args, limit), func(r db.Rows) (Undedicated, error) {
		var x Undedicated
		err := r.Scan(&x.CustomerID, &x.Code, &x.Name, &x.Grade, &x.OwnerID, &x.UnitID, &x.OwnerName)
		return x, err
	})
}

// countUndedicated counts the customers of some grades whose owner is none of the holders, of the first maxAlarmed; more = there
// are others.
func countUndedicated(ctx context.Context, q db.Q, scope authz.Scope, scheme string, grades []string, holders []int64) (without int64, more bool, err error) {
	clause, within := scope.Clause("c")
	args := append(db.Args(holders), scheme)
	args = append(append(args, db.Args(grades)...), within...)
	var seen int64
	err = db.Get(ctx, q, "SELECT COUNT(*), COALESCE(SUM(CASE WHEN x.owner_id IN "+db.In(len(holders))+" THEN 0 ELSE 1 END), 0) FROM (SELECT c.owner_id AS owner_id"+fromGraded+
		db.In(len(grades))+" AND "+clause+" LIMIT ?) x", append(args, maxAlarmed+1), &seen, &without)
	return without, seen > maxAlarmed, err
}

// trackedRows counts by unit and owner. A change is a term that began in the month after one of somebody else.
func trackedRows(ctx context.Context, q db.Q, scope authz.Scope, since, month calendar.Date) ([]Tracked, error) {
	clause, within := scope.Clause("c")
	args := append(append([]any{since}, db.Args(contactKinds)...), month)
	sql := `SELECT c.unit_id, c.owner_id, COALESCE(MAX(u.name), ''), COUNT(*), SUM(CASE WHEN c.owner_id <> 0 THEN 1 ELSE 0 END),
			SUM(CASE WHEN c.owner_id <> 0 AND t.how = 'rule' THEN 1 ELSE 0 END), SUM(CASE WHEN c.owner_id <> 0 AND t.how = 'claim' THEN 1 ELSE 0 END),
			SUM(CASE WHEN EXISTS (SELECT 1 FROM fact f WHERE f.customer_id = c.id AND f.occurred_on >= ? AND f.kind IN ` + db.In(len(contactKinds)) + contact + `) THEN 1 ELSE 0 END),
			SUM(CASE WHEN t.from_on >= ? AND EXISTS (SELECT 1 FROM owner_term p WHERE p.customer_id = c.id AND p.id < t.id AND p.until_on = t.from_on AND p.owner_id <> t.owner_id) THEN 1 ELSE 0 END)
		FROM customer c LEFT JOIN owner_term t ON t.customer_id = c.id AND t.until_on IS NULL LEFT JOIN app_user u ON u.id = c.owner_id
		WHERE c.archived_at IS NULL AND ` + clause + " GROUP BY c.unit_id, c.owner_id ORDER BY c.unit_id, c.owner_id"
	return db.List(ctx, q, sql, append(args, within...), func(r db.Rows) (Tracked, error) {
		var x Tracked
		err := r.Scan(&x.UnitID, &x.UserID, &x.UserName, &x.Customers, &x.Owned, &x.ByRule, &x.Claimed, &x.Contacted, &x.Changed)
		x.ByHand = x.Owned - x.ByRule - x.Claimed
		return x, err
	})
}
