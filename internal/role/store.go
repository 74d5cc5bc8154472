package role

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const selectRole = `SELECT r.id, r.role_key, r.name_zh, r.name_en, r.note, r.version, r.updated_at, (SELECT COUNT(*) FROM user_role h WHERE h.role = r.role_key)
	FROM role r`

func scan(r db.Rows) (Role, error) {
	var x Role
	var updated int64
	err := r.Scan(&x.ID, &x.Key, &x.NameZh, &x.NameEn, &x.Note, &x.Version, &updated, &x.Holders)
	x.UpdatedAt = clock.FromMicros(updated)
	return x, err
}

// list gives the roles with what they grant, by name; among = nil for all.
func list(ctx context.Context, q db.Q) ([]Role, error) {
	roles, err := db.List(ctx, q, selectRole+" ORDER BY r.name_zh, r.id LIMIT ?", []any{maxRoles}, scan)
	if err != nil || len(roles) == 0 {
		return roles, err
	}
	byID := make(map[int64]map[authz.Permission]authz.Reach, len(roles))
	for i := range roles {
		roles[i].Grants = map[authz.Permission]authz.Reach{}
		byID[roles[i].ID] = roles[i].Grants
	}
	_, err = db.List(ctx, q, "SELECT role_id, permission, reach FROM role_grant", nil, func(r db.Rows) (struct{}, error) {
		if of := byID[r.Int64(0)]; of != nil {
			reach, _ := authz.ParseReach(string(r.Bytes(2))) // one that is none grants nothing
			of[authz.Permission(r.Bytes(1))] = reach
		}
		return struct{}{}, nil
	})
	return roles, err
}

func load(ctx context.Context, q db.Q, roleID int64) (Role, error) {
	x, err := db.One(ctx, q, selectRole+" WHERE r.id = ?", []any{roleID}, scan)
	if err != nil {
		return x, err
	}
	x.Grants, err = grants(ctx, q, "r.id = ?", roleID)
	return x, err
}

// grants joins what the roles of a condition give.
func grants(ctx context.Context, q db.Q, where string, args ...any) (map[authz.Permission]authz.Reach, error) {
	out := map[authz.Permission]authz.Reach{}
	_, err := db.List(ctx, q, "SELECT g.permission, g.reach FROM role r JOIN role_grant g ON g.role_id = r.id WHERE "+where, args, func(r db.Rows) (struct{}, error) {
		p := authz.Permission(r.Bytes(0))
		reach, _ := authz.ParseReach(string(r.Bytes(1)))
		out[p] = out[p].Join(reach)
		return struct{}{}, nil
	})
	return out, err
}

func count(ctx context.Context, q db.Q) (n int, err error) {
	err = db.Get(ctx, q, "SELECT COUNT(*) FROM role", nil, &n)
	return n, err
}

func insert(ctx context.Context, q db.Q, x *Role, by, now int64) error {
	_, err := q.Exec(ctx, "INSERT INTO role (id, role_key, name_zh, name_en, note, version, created_by, created_at, updated_at) VALUES (?,?,?,?,?,1,?,?,?)",
		x.ID, x.Key, x.NameZh, x.NameEn, x.Note, by, now, now)
	if err != nil {
		return err
	}
	return insertGrants(ctx, q, x)
}

func insertGrants(ctx context.Context, q db.Q, x *Role) error {
	for _, p := range sorted(x.Grants) {
		if _, err := q.Exec(ctx, "INSERT INTO role_grant (role_id, permission, reach) VALUES (?,?,?)", x.ID, string(p), x.Grants[p].String()); err != nil {
			return err
		}
	}
	return nil
}

// save writes a role when its version is still the one read; false means that somebody else was first.
func save(ctx context.Context, q db.Q, x *Role, version, now int64) (bool, error) {
	n, err := q.Exec(ctx, "UPDATE role SET name_zh = ?, name_en = ?, note = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ?",
		x.NameZh, x.NameEn, x.Note, now, x.ID, version)
	if err != nil || n == 0 {
		return false, err
	}
	if _, err := q.Exec(ctx, "DELETE FROM role_grant WHERE role_id = ?", x.ID); err != nil {
		return false, err
	}
	return true, insertGrants(ctx, q, x)
}

func remove(ctx context.Context, q db.Q, roleID, version int64) (bool, error) {
	n, err := q.Exec(ctx, "DELETE FROM role WHERE id = ? AND version = ?", roleID, version)
	if err != nil || n == 0 {
		return false, err
	}
	_, err = q.Exec(ctx, "DELETE FROM role_grant WHERE role_id = ?", roleID)
	return true, err
}
