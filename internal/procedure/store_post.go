package procedure

import (
	"context"
	"encoding/json"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/id"
)

// stampOf says whether who is who has changed since it was read: users, roles, units, posts, absences, the day.
func stampOf(ctx context.Context, q db.Q, day calendar.Date) ([5]int64, error) {
	s := [5]int64{4: int64(day)}
	err := db.Get(ctx, q, `SELECT (SELECT COALESCE(MAX(updated_at), 0) FROM app_user), (SELECT COALESCE(SUM(version), 0) FROM app_user),
		(SELECT COALESCE(SUM(version), 0) FROM unit), (SELECT seq FROM org_mark WHERE id = 1)`, nil, &s[0], &s[1], &s[2], &s[3])
	return s, err
}

func loadRoster(ctx context.Context, q db.Q, day calendar.Date, stamp [5]int64) (*roster, error) {
	r := &roster{stamp: stamp, parents: map[int64]int64{}, people: map[int64]person{}, posts: map[string][]place{}, away: map[int64]int64{}, names: map[int64]string{}}
	err := each(ctx, q, "SELECT id, COALESCE(parent_id, 0) FROM unit", nil, func(row db.Rows) error {
		r.parents[row.Int64(0)] = row.Int64(1)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := r.loadPeople(ctx, q); err != nil {
		return nil, err
	}
	err = each(ctx, q, "SELECT post, user_id, unit_id FROM post_holder WHERE from_on <= ? AND (until_on IS NULL OR until_on >= ?)", []any{day, day}, func(row db.Rows) error {
		post := string(row.Bytes(0))
		r.posts[post] = append(r.posts[post], place{row.Int64(1), row.Int64(2)})
		return nil
	})
	if err != nil {
		return nil, err
	}
	// Of two absences at once the one entered last counts.
	err = each(ctx, q, "SELECT user_id, substitute_id FROM absence WHERE from_on <= ? AND until_on >= ? ORDER BY id", []any{day, day}, func(row db.Rows) error {
		r.away[row.Int64(0)] = row.Int64(1)
		return nil
	})
	return r, err
}

func (r *roster) loadPeople(ctx context.Context, q db.Q) error {
	err := each(ctx, q, "SELECT id, name, COALESCE(unit_id, 0), state FROM app_user", nil, func(row db.Rows) error {
		p := person{name: string(row.Bytes(1)), unit: row.Int64(2)}
		r.names[row.Int64(0)] = p.name
		if string(row.Bytes(3)) == "active" {
			r.people[row.Int64(0)] = p
		}
		return nil
	})
	if err != nil {
		return err
	}
	return each(ctx, q, "SELECT user_id, role FROM user_role ORDER BY user_id, role", nil, func(row db.Rows) error {
		if p, ok := r.people[row.Int64(0)]; ok {
			p.roles = append(p.roles, string(row.Bytes(1)))
			r.people[row.Int64(0)] = p
		}
		return nil
	})
}

func each(ctx context.Context, q db.Q, sql string, args []any, fn func(db.Rows) error) error {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func insertHolding(ctx context.Context, q db.Q, h Holding, by, now int64) error {
	_, err := q.Exec(ctx, "INSERT INTO post_holder (id, post, user_id, unit_id, from_on, until_on, created_by, created_at, updated_at) VALUES (?,?,?,?,?,?,?,?,?)",
		h.ID, h.Post, h.UserID, h.UnitID, h.From, h.Until, by, now, now)
	return err
}

func scanHolding(r db.Rows) (Holding, error) {
	var h Holding
	err := r.Scan(&h.ID, &h.Post, &h.UserID, &h.UnitID, &h.From, &h.Until)
	return h, err
}

const selectHolding = "SELECT id, post, user_id, unit_id, from_on, until_on FROM post_holder"

func getHolding(ctx context.Context, q db.Q, holdingID int64) (Holding, error) {
	return db.One(ctx, q, selectHolding+" WHERE id = ?", []any{holdingID}, scanHolding)
}

// listHoldings gives what is held on a day or will be later.
func listHoldings(ctx context.Context, q db.Q, day calendar.Date) ([]Holding, error) {
	return db.List(ctx, q, selectHolding+" WHERE until_on IS NULL OR until_on >= ? ORDER BY post, unit_id, from_on, id LIMIT 5000", []any{day}, scanHolding)
}

func endHolding(ctx context.Context, q db.Q, holdingID int64, until calendar.Date, now int64) error {
	_, err := q.Exec(ctx, "UPDATE post_holder SET until_on = ?, updated_at = ? WHERE id = ?", until, now, holdingID)
	return err
}

func insertAbsence(ctx context.Context, q db.Q, a Absence, by, now int64) error {
	_, err := q.Exec(ctx, "INSERT INTO absence (id, user_id, substitute_id, from_on, until_on, reason, created_by, created_at, updated_at) VALUES (?,?,?,?,?,?,?,?,?)",
		a.ID, a.UserID, a.SubstituteID, a.From, a.Until, a.Reason, by, now, now)
	return err
}

func scanAbsence(r db.Rows) (Absence, error) {
	var a Absence
	var at int64
	err := r.Scan(&a.ID, &a.UserID, &a.SubstituteID, &a.From, &a.Until, &a.Reason, &at)
	a.CreatedAt = clock.FromMicros(at)
	return a, err
}

const selectAbsence = "SELECT id, user_id, substitute_id, from_on, until_on, reason, created_at FROM absence"

func getAbsence(ctx context.Context, q db.Q, absenceID int64) (Absence, error) {
	return db.One(ctx, q, selectAbsence+" WHERE id = ?", []any{absenceID}, scanAbsence)
}

// listAbsences gives absences that are not over; userID 0 = everybody's.
func listAbsences(ctx context.Context, q db.Q, day calendar.Date, userID int64) ([]Absence, error) {
	sql, args := " WHERE until_on >= ?", []any{day}
	if userID != 0 {
		sql, args = sql+" AND (user_id = ? OR substitute_id = ?)", append(args, userID, userID)
	}
	return db.List(ctx, q, selectAbsence+sql+" ORDER BY from_on, id LIMIT 2000", args, scanAbsence)
}

func endAbsence(ctx context.Context, q db.Q, a Absence, until calendar.Date, now int64) error {
	if until < a.From {
		_, err := q.Exec(ctx, "DELETE FROM absence WHERE id = ?", a.ID)
		return err
	}
	_, err := q.Exec(ctx, "UPDATE absence SET until_on = ?, updated_at = ? WHERE id = ?", until, now, a.ID)
	return err
}

// activeUser says whether somebody may be given a post or stand in.
func activeUser(ctx context.Context, q db.Q, userID int64) (bool, error) {
	var n int
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM app_user WHERE id = ? AND state = 'active'", []any{userID}, &n)
	return n == 1, err
}

func unitKnown(ctx context.Context, q db.Q, unitID int64) (bool, error) {
	var n int
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM unit WHERE id = ?", []any{unitID}, &n)
	return n == 1, err
}

// deskFor gives the desk of a post seen from a unit and makes it when it is new. A desk once there never changes, so that it
// is looked for once.
func (s *Service) deskFor(ctx context.Context, q db.Q, d desk) (int64, error) {
	names, err := json.Marshal(d.Names)
	if err != nil {
		return 0, err
	}
	barred, err := json.Marshal(d.Barred)
	if err != nil {
		return 0, err
	}
	key := deskKey{string(names), string(barred), d.Unit}
	if n, ok := s.deskIDs.Load(key); ok {
		return n.(int64), nil // only ids are put there
	}
	const find = "SELECT id FROM proc_desk WHERE names = ? AND unit_id = ? AND barred = ?"
	var n int64
	err = db.Get(ctx, q, find, []any{key.names, d.Unit, key.barred}, &n)
	if db.IsNoRows(err) {
		if _, err := q.Exec(ctx, "INSERT INTO proc_desk (id, post, names, unit_id, barred) VALUES (?,?,?,?,?) ON CONFLICT (names, unit_id, barred) DO NOTHING",
			id.New(s.now()), d.Post, key.names, d.Unit, key.barred); err != nil {
			return 0, err
		}
		err = db.Get(ctx, q, find, []any{key.names, d.Unit, key.barred}, &n)
	}
	if err == nil {
		q.AfterCommit(func() { s.deskIDs.Store(key, n) }) // not before: the desk may go with the transaction that made it
	}
	return n, err
}

// deskKey is what makes a desk; lists as JSON.
type deskKey struct {
	names, barred string
	unit          int64
}

// listDesks gives every desk at which something waited once, from an id on; there are as many as posts times units.
func listDesks(ctx context.Context, q db.Q, after int64) ([]desk, error) {
	return db.List(ctx, q, "SELECT id, post, names, unit_id, barred FROM proc_desk WHERE id > ? ORDER BY id", []any{after}, func(r db.Rows) (desk, error) {
		var d desk
		var names, barred []byte
		if err := r.Scan(&d.ID, &d.Post, &names, &d.Unit, &barred); err != nil {
			return d, err
		}
		if err := json.Unmarshal(names, &d.Names); err != nil {
			return d, err
		}
		return d, json.Unmarshal(barred, &d.Barred)
	})
}

// countFor gives how many holdings of posts for a unit go on after a day.
func countFor(ctx context.Context, q db.Q, unitID int64, day calendar.Date) (n int, err error) {
	err = db.Get(ctx, q, "SELECT COUNT(*) FROM post_holder WHERE unit_id = ? AND (until_on IS NULL OR until_on >= ?)", []any{unitID, day}, &n)
	return n, err
}

func listFor(ctx context.Context, q db.Q, unitID int64, day calendar.Date) ([]Holding, error) {
	return db.List(ctx, q, selectHolding+" WHERE unit_id = ? AND (until_on IS NULL OR until_on >= ?) ORDER BY id", []any{unitID, day}, scanHolding)
}

// holdingsOf gives the posts somebody holds on a day.
func holdingsOf(ctx context.Context, q db.Q, userID int64, day calendar.Date) ([]Holding, error) {
	return db.List(ctx, q, selectHolding+" WHERE user_id = ? AND from_on <= ? AND (until_on IS NULL OR until_on >= ?) ORDER BY id", []any{userID, day, day}, scanHolding)
}

func findHoldings(ctx context.Context, q db.Q, f HoldingFilter) ([]Holding, error) {
	where, args := "1 = 1", []any{}
	add := func(on bool, cond string, a ...any) {
		if on {
			where, args = where+" AND "+cond, append(args, a...)
		}
	}
	add(f.UserID != 0, "user_id = ?", f.UserID)
	add(f.UnitID != 0, "unit_id = ?", f.UnitID)
	add(f.Post != "", "post = ?", f.Post)
	add(f.On != calendar.None, "from_on <= ? AND (until_on IS NULL OR until_on >= ?)", f.On, f.On)
	return db.List(ctx, q, selectHolding+" WHERE "+where+" ORDER BY from_on DESC, id DESC LIMIT 1000", args, scanHolding)
}
