package dbtest

import (
	"testing"

	"kezhi/internal/db"
)

// Deadlock has the first transaction that does something to a table ("UPDATE OF cursor ON job") end as one that PostgreSQL chose to
// end a deadlock, so that it runs again; the second one passes. On SQLite, where nobody waits crosswise, it skips the test.
func Deadlock(t testing.TB, d *db.DB, what string) {
	t.Helper()
	if d.Dialect() != db.Postgres {
		t.Skip("transactions run again on PostgreSQL only")
	}
	for _, sql := range []string{
		"CREATE SEQUENCE deadlock_seen",
		`CREATE FUNCTION deadlock() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			IF nextval('deadlock_seen') = 1 THEN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END IF;
			RETURN NEW;
		END $$`,
		"CREATE TRIGGER deadlock BEFORE " + what + " FOR EACH ROW EXECUTE FUNCTION deadlock()",
	} {
		Exec(t, d, sql)
	}
}

// Deadlocked gives how often what Deadlock waits for has been done, the time it failed included.
func Deadlocked(t testing.TB, d *db.DB) int64 {
	t.Helper()
	return Count(t, d, "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM deadlock_seen")
}
