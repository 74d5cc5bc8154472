package ownership

import (
	"context"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/org"
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

const notOver = " WHERE (a.until_on IS NULL OR a.until_on >= ?)"

// areasOn gives the contracts in force on a day, by region and street.
func areasOn(ctx context.Context, q db.Q, on calendar.Date) ([]Area, error) {
	return db.List(ctx, q, selectArea+notOver+" AND a.from_on <= ? ORDER BY a.region, a.street, a.from_on, a.id", []any{on, on}, scanArea)
}

// areasUnder gives the contracts not over on a day on a region, what lies in it and what it lies in; "" = all there are.
func areasUnder(ctx context.Context, q db.Q, on calendar.Date, region string) ([]Area, error) {
	sql, args := selectArea+notOver, []any{on}
	if region != "" {
		sql, args = sql+" AND (a.region >= ? AND a.region < ? OR a.region IN (?, ?))", append(args, region, region+"~", region[:2], region[:min(4, len(region))])
	}
	return db.List(ctx, q, sql+" ORDER BY a.region, a.street, a.from_on, a.id", args, scanArea)
}

// areaPage gives the next contracts not over on a day, each with how many others on exactly its area meet it.
func areaPage(ctx context.Context, q db.Q, on calendar.Date, after []any, limit int) ([]Area, error) {
	sql, args := selectArea+notOver, []any{on}
	if after != nil {
		sql, args = sql+" AND (a.region, a.street, a.from_on, a.id) > (?, ?, ?, ?)", append(args, after...)
	}
	list, err := db.List(ctx, q, sql+" ORDER BY a.region, a.street, a.from_on, a.id LIMIT ?", append(args, limit), scanArea)
	if err != nil || len(list) == 0 {
		return list, err
	}
	return list, countOverlaps(ctx, q, on, list)
}

// countOverlaps says of contracts with how many others of the same area they share a day.
func countOverlaps(ctx context.Context, q db.Q, on calendar.Date, list []Area) error {
	ids := make([]int64, len(list))
	at := make(map[int64]*Area, len(list))
	for i := range list {
		ids[i], at[list[i].ID] = list[i].ID, &list[i]
	}
	_, err := db.List(ctx, q, `SELECT a.id, COUNT(*) FROM area_contract a JOIN area_contract o ON o.region = a.region AND o.street = a.street AND o.id <> a.id
		WHERE a.id IN `+db.In(len(ids))+` AND (o.until_on IS NULL OR o.until_on >= a.from_on) AND (a.until_on IS NULL OR a.until_on >= o.from_on)
			AND (o.until_on IS NULL OR o.until_on >= ?) GROUP BY a.id`, append(db.Args(ids), on),
		func(r db.Rows) (struct{}, error) {
			at[r.Int64(0)].Overlaps = int(r.Int64(1))
			return struct{}{}, nil
		})
	return err
}

func loadArea(ctx context.Context, q db.Q, areaID int64) (Area, error) {
	return db.One(ctx, q, selectArea+" WHERE a.id = ?", []any{areaID}, scanArea)
}

func insertArea(ctx context.Context, q db.Q, a Area, by, now int64) error {
	_, err := q.Exec(ctx, "INSERT INTO area_contract (id, region, street, user_id, unit_id, from_on, until_on, version, created_by, created_at, updated_at) VALUES (?,?,?,?,?,?,?,1,?,?,?)",
		a.ID, a.Region, a.Street, a.UserID, a.UnitID, a.From, a.Until, by, now, now)
	if err != nil {
		return err
	}
	return org.Changed(ctx, q)
}

// RegionsOf gives the regions contracted to somebody or to one of some units on a day. A contract on a street opens none: which customers are
// of a street is told by words of their addresses, and rights do not rest on those.
func RegionsOf(ctx context.Context, q db.Q, userID int64, units []int64, on calendar.Date) ([]string, error) {
	if userID <= 0 {
		return nil, nil
	}
	units = slices.DeleteFunc(slices.Clone(units), func(u int64) bool { return u == 0 })
	return db.List(ctx, q, "SELECT DISTINCT a.region FROM area_contract a WHERE a.street = '' AND a.from_on <= ? AND (a.until_on IS NULL OR a.until_on >= ?) AND (a.user_id = ? OR a.unit_id IN "+
		db.In(len(units))+") ORDER BY a.region", append([]any{on, on, userID}, db.Args(units)...), func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
}

// endArea ends a contract on a day; one that has not begun by then is taken away.
func endArea(ctx context.Context, q db.Q, a Area, version int64, until calendar.Date, now int64) (bool, error) {
	if err := org.Changed(ctx, q); err != nil {
		return false, err
	}
	if until < a.From {
		n, err := q.Exec(ctx, "DELETE FROM area_contract WHERE id = ? AND version = ?", a.ID, version)
		return n == 1, err
	}
	n, err := q.Exec(ctx, "UPDATE area_contract SET until_on = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ?", until, now, a.ID, version)
	return n == 1, err
}

// place is customers of one region, owner and unit; of one address where the addresses were asked for.
type place struct {
	region, address        string
	owner, unit, customers int64
}

// within gives the condition that customers that are not archived lie in one of some regions and within a scope. The region stands as it does
// in the index ix_customer_area.
func within(scope authz.Scope, regions []string) (string, []any) {
	slices.Sort(regions)
	var in []string
	var args []any
	last := "-"
	for _, r := range regions {
		if strings.HasPrefix(r, last) {
			continue // lies in the one before
		}
		last = r
		in, args = append(in, "(c.region || '') >= ? AND (c.region || '') < ?"), append(args, r, r+"~")
	}
	clause, more := scope.Clause("c")
	return " WHERE c.archived_at IS NULL AND (" + strings.Join(in, " OR ") + ") AND " + clause, append(args, more...)
}

// eachRegion counts the customers in some regions by region, owner and unit.
func eachRegion(ctx context.Context, q db.Q, scope authz.Scope, regions []string, each func(place)) error {
	if len(regions) == 0 {
		return nil
	}
	where, args := within(scope, regions)
	rows, err := q.Query(ctx, "SELECT c.region, c.owner_id, c.unit_id, COUNT(*) FROM customer c"+where+" GROUP BY c.region, c.owner_id, c.unit_id", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		each(place{region: string(rows.Bytes(0)), owner: rows.Int64(1), unit: rows.Int64(2), customers: rows.Int64(3)})
	}
	return rows.Err()
}

// eachAddress goes through the customers in some regions that have an address.
func eachAddress(ctx context.Context, q db.Q, scope authz.Scope, regions []string, each func(place)) error {
	if len(regions) == 0 {
		return nil
	}
	where, args := within(scope, regions)
	rows, err := q.Query(ctx, "SELECT c.region, c.address, c.owner_id, c.unit_id FROM customer c"+where+" AND c.address <> ''", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		each(place{region: string(rows.Bytes(0)), address: string(rows.Bytes(1)), owner: rows.Int64(2), unit: rows.Int64(3), customers: 1})
	}
	return rows.Err()
}

// ActivePerson says whether somebody may sign in today.
func ActivePerson(ctx context.Context, q db.Q, userID int64) (bool, error) {
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

// countContracts gives how many contracts of a unit go on after a day.
func countContracts(ctx context.Context, q db.Q, unitID int64, day calendar.Date) (n int, err error) {
	err = db.Get(ctx, q, "SELECT COUNT(*) FROM area_contract WHERE unit_id = ? AND (until_on IS NULL OR until_on >= ?)", []any{unitID, day}, &n)
	return n, err
}

// moveContracts has the contracts of a unit that go on after a day be another's.
func moveContracts(ctx context.Context, q db.Q, from, into int64, day calendar.Date, now int64) error {
	_, err := q.Exec(ctx, "UPDATE area_contract SET unit_id = ?, version = version + 1, updated_at = ? WHERE unit_id = ? AND (until_on IS NULL OR until_on >= ?)",
		into, now, from, day)
	return err
}
