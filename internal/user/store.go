package user

import (
	"context"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/org"
)

const userColumns = `u.id, u.login, u.name, u.email, u.password_hash, u.unit_id, u.kind, u.state, u.locale, u.theme, u.prefs, u.must_change_password, u.version, u.created_at, u.updated_at`

func scanUser(r db.Rows) (User, error) {
	var u User
	var unit *int64
	var prefs []byte
	var created, updated int64
	err := r.Scan(&u.ID, &u.Login, &u.Name, &u.Email, &u.passwordHash, &unit, &u.Kind, &u.State, &u.Locale, &u.Theme, &prefs, &u.MustChangePassword, &u.Version, &created, &updated)
	if unit != nil {
		u.UnitID = *unit
	}
	u.Prefs, u.CreatedAt, u.UpdatedAt = prefs, clock.FromMicros(created), clock.FromMicros(updated)
	return u, err
}

func getUser(ctx context.Context, q db.Q, where string, arg any) (User, error) {
	u, err := db.One(ctx, q, "SELECT "+userColumns+" FROM app_user u WHERE "+where, []any{arg}, scanUser)
	if err != nil {
		return u, err
	}
	u.Roles, err = db.List(ctx, q, "SELECT role FROM user_role WHERE user_id = ? ORDER BY role", []any{u.ID}, scanText)
	return u, err
}

func scanText(r db.Rows) (string, error) { return string(r.Bytes(0)), nil }

func listUsers(ctx context.Context, q db.Q, limit int) ([]User, error) {
	users, err := db.List(ctx, q, "SELECT "+userColumns+" FROM app_user u ORDER BY u.name, u.id LIMIT ?", []any{limit}, scanUser)
	if err != nil {
		return nil, err
	}
	at := make(map[int64]int, len(users))
	for i, u := range users {
		at[u.ID] = i
	}
	type held struct {
		user int64
		role string
	}
	roles, err := db.List(ctx, q, "SELECT user_id, role FROM user_role ORDER BY user_id, role", nil, func(r db.Rows) (held, error) {
		return held{r.Int64(0), string(r.Bytes(1))}, nil
	})
	for _, h := range roles {
		if i, ok := at[h.user]; ok {
			users[i].Roles = append(users[i].Roles, h.role)
		}
	}
	return users, err
}

func insertUser(ctx context.Context, q db.Q, u User) error {
	_, err := q.Exec(ctx, `INSERT INTO app_user (id, login, name, email, password_hash, unit_id, kind, state, locale, theme, prefs, must_change_password, version, created_at, updated_at)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,1,?,?)`,
		u.ID, u.Login, u.Name, u.Email, u.passwordHash, orNull(u.UnitID), u.Kind, u.State, u.Locale, u.Theme, string(u.Prefs), u.MustChangePassword,
		clock.Micros(u.CreatedAt), clock.Micros(u.UpdatedAt))
	if err != nil {
		return err
	}
	if err := replaceRoles(ctx, q, u); err != nil {
		return err
	}
	return org.Changed(ctx, q)
}

// updateUser writes the row when its version is still the one read; false means that somebody else was first.
func updateUser(ctx context.Context, q db.Q, u User) (bool, error) {
	n, err := q.Exec(ctx, `UPDATE app_user SET login = ?, name = ?, email = ?, password_hash = ?, unit_id = ?, state = ?, locale = ?, theme = ?, prefs = ?,
		must_change_password = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ?`,
		u.Login, u.Name, u.Email, u.passwordHash, orNull(u.UnitID), u.State, u.Locale, u.Theme, string(u.Prefs), u.MustChangePassword,
		clock.Micros(u.UpdatedAt), u.ID, u.Version)
	if err != nil || n == 0 {
		return false, err
	}
	if err := replaceRoles(ctx, q, u); err != nil {
		return false, err
	}
	return true, org.Changed(ctx, q)
}

func replaceRoles(ctx context.Context, q db.Q, u User) error {
	if _, err := q.Exec(ctx, "DELETE FROM user_role WHERE user_id = ?", u.ID); err != nil {
		return err
	}
	for _, r := range u.Roles {
		if _, err := q.Exec(ctx, "INSERT INTO user_role (user_id, role) VALUES (?,?)", u.ID, r); err != nil {
			return err
		}
	}
	return nil
}

func countAdmins(ctx context.Context, q db.Q, except int64) (n int, err error) {
	err = db.Get(ctx, q, `SELECT COUNT(*) FROM user_role r JOIN app_user u ON u.id = r.user_id
		WHERE r.role = 'admin' AND u.state = 'active' AND u.id <> ?`, []any{except}, &n)
	return n, err
}

func orNull(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

// countIn gives how many active people a unit has.
func countIn(ctx context.Context, q db.Q, unitID int64) (n int, err error) {
	err = db.Get(ctx, q, "SELECT COUNT(*) FROM app_user WHERE unit_id = ? AND state = 'active'", []any{unitID}, &n)
	return n, err
}

// moveAll puts everybody in a unit, the disabled too, into another and gives who they are.
func moveAll(ctx context.Context, q db.Q, from, into, now int64) ([]int64, error) {
	people, err := db.List(ctx, q, "SELECT id FROM app_user WHERE unit_id = ? ORDER BY id", []any{from}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	if err != nil {
		return nil, err
	}
	_, err = q.Exec(ctx, "UPDATE app_user SET unit_id = ?, version = version + 1, updated_at = ? WHERE unit_id = ?", into, now, from)
	return people, err
}
