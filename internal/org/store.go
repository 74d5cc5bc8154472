package org

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// Changed tells every process that who is who has changed: units, people, their roles, posts or absences. Features call it in the
// transaction of the change.
func Changed(ctx context.Context, q db.Q) error {
	_, err := q.Exec(ctx, "UPDATE org_mark SET seq = seq + 1 WHERE id = 1")
	return err
}

// Mark gives the count of such changes: what was remembered under another one is old.
func Mark(ctx context.Context, q db.Q) (seq int64, err error) {
	err = db.Get(ctx, q, "SELECT seq FROM org_mark WHERE id = 1", nil, &seq)
	return seq, err
}

const selectUnit = `SELECT t.id, COALESCE(t.parent_id, 0), t.code, t.kind, t.name_zh, t.name_en, t.manager_id, COALESCE(u.name, ''), t.from_on, t.until_on, t.merged_into, t.version
	FROM unit t LEFT JOIN app_user u ON u.id = t.manager_id`

func scanUnit(r db.Rows) (Unit, error) {
	var u Unit
	err := r.Scan(&u.ID, &u.ParentID, &u.Code, &u.Kind, &u.NameZh, &u.NameEn, &u.ManagerID, &u.ManagerName, &u.From, &u.Until, &u.MergedInto, &u.Version)
	return u, err
}

func listUnits(ctx context.Context, q db.Q) ([]Unit, error) {
	return db.List(ctx, q, selectUnit+" ORDER BY t.code, t.id", nil, scanUnit)
}

func getUnit(ctx context.Context, q db.Q, unitID int64) (Unit, error) {
	return db.One(ctx, q, selectUnit+" WHERE t.id = ?", []any{unitID}, scanUnit)
}

func unitByCode(ctx context.Context, q db.Q, code string) (Unit, error) {
	return db.One(ctx, q, selectUnit+" WHERE t.code = ?", []any{code}, scanUnit)
}

func insertUnit(ctx context.Context, q db.Q, u *Unit, now int64) error {
	_, err := q.Exec(ctx, `INSERT INTO unit (id, parent_id, code, name_zh, name_en, created_at, kind, manager_id, from_on, version, updated_at) VALUES (?,?,?,?,?,?,?,?,?,1,?)`,
		u.ID, orNull(u.ParentID), u.Code, u.NameZh, u.NameEn, now, u.Kind, u.ManagerID, u.From, now)
	return err
}

// saveUnit writes what is not of a term.
func saveUnit(ctx context.Context, q db.Q, u *Unit, now int64) error {
	_, err := q.Exec(ctx, "UPDATE unit SET code = ?, until_on = ?, merged_into = ?, version = version + 1, updated_at = ? WHERE id = ?",
		u.Code, u.Until, u.MergedInto, now, u.ID)
	return err
}

// countPeople gives how many active people each unit has.
func countPeople(ctx context.Context, q db.Q) (map[int64]int, error) {
	out := map[int64]int{}
	_, err := db.List(ctx, q, "SELECT unit_id, COUNT(*) FROM app_user WHERE unit_id IS NOT NULL AND state = 'active' GROUP BY unit_id", nil, func(r db.Rows) (struct{}, error) {
		out[r.Int64(0)] = int(r.Int64(1))
		return struct{}{}, nil
	})
	return out, err
}

// awaited says whether a merger into a unit is planned.
func awaited(ctx context.Context, q db.Q, unitID int64, today calendar.Date) (bool, error) {
	var n int
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM unit WHERE merged_into = ? AND until_on >= ?", []any{unitID, today}, &n)
	return n > 0, err
}

// showTerm makes a term the one that holds today.
func showTerm(ctx context.Context, q db.Q, unitID int64, t Term, now int64) error {
	_, err := q.Exec(ctx, "UPDATE unit SET parent_id = ?, kind = ?, name_zh = ?, name_en = ?, manager_id = ?, updated_at = ? WHERE id = ?",
		orNull(t.ParentID), t.Kind, t.NameZh, t.NameEn, t.ManagerID, now, unitID)
	return err
}

// loadTerms gives the terms of every unit, oldest first. A unit without any has been what it is since before anything was written down.
func loadTerms(ctx context.Context, q db.Q, units []Unit) (map[int64][]Term, error) {
	out := make(map[int64][]Term, len(units))
	_, err := db.List(ctx, q, "SELECT unit_id, parent_id, kind, name_zh, name_en, manager_id, from_on, until_on, changed_by, changed_at FROM unit_term ORDER BY unit_id, position", nil,
		func(r db.Rows) (struct{}, error) {
			var unit int64
			var t Term
			err := r.Scan(&unit, &t.ParentID, &t.Kind, &t.NameZh, &t.NameEn, &t.ManagerID, &t.From, &t.Until, &t.ChangedBy, &t.ChangedAt)
			out[unit] = append(out[unit], t)
			return struct{}{}, err
		})
	for i := range units {
		u := &units[i]
		if len(out[u.ID]) == 0 {
			out[u.ID] = []Term{{ParentID: u.ParentID, Kind: u.Kind, NameZh: u.NameZh, NameEn: u.NameEn, ManagerID: u.ManagerID, From: u.From, Until: u.Until}}
		}
	}
	return out, err
}

func saveTerms(ctx context.Context, q db.Q, unitID int64, terms []Term) error {
	if _, err := q.Exec(ctx, "DELETE FROM unit_term WHERE unit_id = ?", unitID); err != nil {
		return err
	}
	for i, t := range terms {
		if _, err := q.Exec(ctx, `INSERT INTO unit_term (unit_id, position, parent_id, kind, name_zh, name_en, manager_id, from_on, until_on, changed_by, changed_at)
			VALUES (?,?,?,?,?,?,?,?,?,?,?)`, unitID, i+1, t.ParentID, t.Kind, t.NameZh, t.NameEn, t.ManagerID, t.From, t.Until, t.ChangedBy, t.ChangedAt); err != nil {
			return err
		}
	}
	return nil
}

// lockTree lets one change of the tree in at a time.
func lockTree(ctx context.Context, q db.Q) error { return Changed(ctx, q) }

func loadTree(ctx context.Context, q db.Q) (*Tree, error) {
	parents := map[int64]int64{}
	_, err := db.List(ctx, q, "SELECT id, COALESCE(parent_id, 0) FROM unit", nil, func(r db.Rows) (struct{}, error) {
		parents[r.Int64(0)] = r.Int64(1)
		return struct{}{}, nil
	})
	return newTree(parents), err
}

// isOpen says whether a unit exists on a day and its end is not known.
func isOpen(ctx context.Context, q db.Q, unitID int64, day calendar.Date) (bool, error) {
	var n int
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM unit WHERE id = ? AND until_on IS NULL AND (from_on IS NULL OR from_on <= ?)", []any{unitID, day}, &n)
	return n == 1, err
}

func activePerson(ctx context.Context, q db.Q, userID int64) (bool, error) {
	var n int
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM app_user WHERE id = ? AND state = 'active'", []any{userID}, &n)
	return n == 1, err
}

func personNames(ctx context.Context, q db.Q, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	if len(ids) == 0 {
		return out, nil
	}
	cond, args := db.Among("id", ids)
	_, err := db.List(ctx, q, "SELECT id, name FROM app_user WHERE "+cond, args, func(r db.Rows) (struct{}, error) {
		out[r.Int64(0)] = string(r.Bytes(1))
		return struct{}{}, nil
	})
	return out, err
}

func orNull(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}
