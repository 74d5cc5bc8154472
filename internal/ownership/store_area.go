package ownership

import (
	"context"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const selectArea = `SELECT a.id, a.region, a.street, a.user_id, COALESCE(u.name, ''), a.unit_id, COALESCE(t.name_zh, ''), COALESCE(t.name_en, ''), a.from_on, a.until_on, a.version, a.created_at
	FROM area_contract a LEFT JOIN app_user u ON u.id = a.user_id LEFT JOIN unit t ON t.id = a.unit_id`

func scanArea(r db.Rows) (Area, error) {
	var a Area
	var created int64
	err := r.Scan(&a.ID, &a.Region, &a.Street, &a.UserID, &a.UserName, &a.UnitID, &a.UnitName[0], &a.UnitName[1], &a.From, &a.Until, &a.Version, &created)
	a.Created = clock.FromMicros(created)
	return a, err
}

// listAreas gives the contracts in force on a day, with later also those that begin after it.
func listAreas(ctx context.Context, q db.Q, on calendar.Date, later bool) ([]Area, error) {
	sql, args := selectArea+" WHERE (a.until_on IS NULL OR a.until_on >= ?)", []any{on}
	if !later {
		sql, args = sql+" AND a.from_on <= ?", append(args, on)
	}
	return db.List(ctx, q, sql+" ORDER BY a.region, a.street, a.from_on, a.id LIMIT 20000", args, scanArea)
}

func loadArea(ctx context.Context, q db.Q, areaID int64) (Area, error) {
	return db.One(ctx, q, selectArea+" WHERE a.id = ?", []any{areaID}, scanArea)
}

func insertArea(ctx context.Context, q db.Q, a Area, by, now int64) error {
	_, err := q.Exec(ctx, "INSERT INTO area_contract (id, region, street, user_id, unit_id, from_on, until_on, version, created_by, created_at, updated_at) VALUES (?,?,?,?,?,?,?,1,?,?,?)",
		a.ID, a.Region, a.Street, a.UserID, a.UnitID, a.From, a.Until, by, now, now)
	return err
}

func endArea(ctx context.Context, q db.Q, a Area, version int64, until calendar.Date, now int64) (bool, error) {
	if until < a.From {
		n, err := q.Exec(ctx, "DELETE FROM area_contract WHERE id = ? AND version = ?", a.ID, version)
		return n == 1, err
	}
	n, err := q.Exec(ctx, "UPDATE area_contract SET until_on = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ?", until, now, a.ID, version)
	return n == 1, err
}

// countArea counts the customers of an area that lie within a scope, and those of them whom the contractor looks after.
func countArea(ctx context.Context, q db.Q, scope authz.Scope, a *Area) error {
	clause, args := scope.Clause("c")
	mine, who := "c.owner_id", a.UserID
	if a.UnitID != 0 {
		mine, who = "c.unit_id", a.UnitID
	}
	sql := "SELECT COUNT(*), COALESCE(SUM(CASE WHEN " + mine + " = ? THEN 1 ELSE 0 END), 0) FROM customer c WHERE c.archived_at IS NULL AND c.region >= ? AND c.region < ? AND " + clause
	all := append([]any{who, a.Region, a.Region + "~"}, args...)
	if a.Street != "" {
		sql += " AND c.address LIKE ? ESCAPE '!'"
		all = append(all, "%"+likeText(a.Street)+"%")
	}
	return db.Get(ctx, q, sql, all, &a.Customers, &a.Owned)
}

func activePerson(ctx context.Context, q db.Q, userID int64) (bool, error) {
	var n int64
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM app_user WHERE id = ? AND state = 'active'", []any{userID}, &n)
	return n == 1, err
}

func knownUnit(ctx context.Context, q db.Q, unitID int64) (bool, error) {
	var n int64
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM unit WHERE id = ?", []any{unitID}, &n)
	return n == 1, err
}

// likeText escapes what LIKE would take for a pattern; the statement says ESCAPE '!'.
func likeText(s string) string { return likeEscapes.Replace(s) }

var likeEscapes = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")
