package db

import "context"

// Triggers gives the triggers of a table that are switched on, by name, with their text (on PostgreSQL that of the function they
// call): for whoever has to prove that the database still refuses what it must refuse.
func (d *DB) Triggers(ctx context.Context, table string) (map[string]string, error) {
	sql := "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
	if d.Dialect() == Postgres {
		sql = `SELECT CAST(t.tgname AS TEXT), p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
			WHERE t.tgrelid = to_regclass(?) AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')`
	}
	out := map[string]string{}
	_, err := List(ctx, d.Read(), sql, []any{table}, func(r Rows) (struct{}, error) {
		out[string(r.Bytes(0))] = string(r.Bytes(1))
		return struct{}{}, nil
	})
	return out, err
}
