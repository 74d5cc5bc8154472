package dbtest

import (
	"context"
	"testing"

	"kezhi/internal/db"
)

// Exec runs a statement in a transaction of its own.
func Exec(t testing.TB, d *db.DB, sql string, args ...any) {
	t.Helper()
	err := d.InTx(context.Background(), func(q db.Q) error {
		_, err := q.Exec(context.Background(), sql, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Count gives the number a query asks for.
func Count(t testing.TB, d *db.DB, sql string, args ...any) int64 {
	t.Helper()
	var n int64
	if err := db.Get(context.Background(), d.Read(), sql, args, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// Unit adds a unit below another, 0 = below none.
func Unit(t testing.TB, d *db.DB, id, parent int64, code string) {
	t.Helper()
	var under any
	if parent != 0 {
		under = parent
	}
	Exec(t, d, "INSERT INTO unit (id, parent_id, code, name_zh, name_en, created_at) VALUES (?,?,?,?,?,0)", id, under, code, code, code)
}

// User adds an active account of somebody who signs in by name, with roles.
func User(t testing.TB, d *db.DB, id, unit int64, name string, roles ...string) {
	t.Helper()
	Exec(t, d, `INSERT INTO app_user (id, login, name, email, password_hash, unit_id, state, locale, theme, prefs, must_change_password, version, created_at, updated_at)
		VALUES (?,?,?,'','',?,'active','zh','system','{}',0,1,0,0)`, id, name, name, unit)
	for _, r := range roles {
		Exec(t, d, "INSERT INTO user_role (user_id, role) VALUES (?,?)", id, r)
	}
}

// Customer adds an active dealer in Shanghai that somebody looks after, 0 = nobody, nowhere.
func Customer(t testing.TB, d *db.DB, id int64, code, name string, owner, unit int64) {
	t.Helper()
	Exec(t, d, `INSERT INTO customer (id, code, party, name, name_en, former_names, name_key, sort_key, kind, status, region, industry, address, owner_id,
			unit_id, custom, note, import_id, version, created_by, created_at, updated_at)
		VALUES (?,?,'org',?,'','[]',?,?,'dealer','active','310000','','',?,?,'{}','',0,1,0,0,0)`, id, code, name, name, name, owner, unit)
}
