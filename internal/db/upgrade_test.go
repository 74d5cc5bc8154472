package db_test

import (
	"path/filepath"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

// The newest migration of each release; whoever makes a release adds a line.
var releases = map[string]int64{"0.1.0": 8}

// An installation of any release reaches the newest schema with everything it held: facts with their batch, the runs of
// gradings, events still to be handed out and jobs still to be done.
func TestUpgradeFromEveryRelease(t *testing.T) {
	for name, version := range releases {
		for _, dialect := range []db.Dialect{db.SQLite, db.Postgres} {
			t.Run(name+"/"+string(dialect), func(t *testing.T) {
				dsn := filepath.Join(t.TempDir(), "old.db")
				if dialect == db.Postgres {
					dsn = dbtest.EmptyPostgres(t)
				}
				d, err := db.Open(t.Context(), dsn, db.Options{Readers: 2, Relaxed: true})
				if err != nil {
					t.Fatal(err)
				}
				defer d.Close()
				if err := d.MigrateTo(t.Context(), version); err != nil {
					t.Fatal(err)
				}
				old(t, d)
				if _, err := d.Migrate(t.Context()); err != nil {
					t.Fatal(err)
				}
				if err := d.CheckVersion(t.Context()); err != nil {
					t.Error(err)
				}
				for what, sql := range map[string]string{
					"facts":                 "SELECT COUNT(*) FROM fact WHERE customer_id = 1 AND amount = 12345 AND batch_id IN (0, 5)",
					"customers of a batch":  "SELECT COUNT(*) + 1 FROM fact_batch_customer WHERE customer_id = 1 AND batch_id = 5",
					"runs that judged all":  "SELECT COUNT(*) + 1 FROM grading_run WHERE id = 7 AND extent = 'full' AND base_id = 0",
					"events to be tried":    "SELECT COUNT(*) + 1 FROM event WHERE id = 8 AND handled_at IS NULL AND parked_at IS NULL AND tries = 0",
					"jobs of the program":   "SELECT COUNT(*) + 1 FROM job WHERE id = 9 AND state = 'waiting' AND reach = ''",
					"verdicts kept whole":   `SELECT COUNT(*) + 1 FROM verdict WHERE id = 11 AND frame = 0 AND explanation = '{"inputs":[]}'`,
					"standings, movements":  "SELECT COUNT(*) + 1 FROM standing s JOIN movement m ON m.customer_id = s.customer_id WHERE s.verdict_id = 11 AND m.run_id = 7 AND m.to_code = s.code",
					"tables that are empty": "SELECT 2 + COUNT(*) FROM segment_member",
				} {
					var n int64
					if err := db.Get(t.Context(), d.Read(), sql, nil, &n); err != nil || n != 2 {
						t.Errorf("%s: %d, %v", what, n, err)
					}
				}
			})
		}
	}
}

// old fills a database of release 0.1.0 with a row of everything that later migrations touch.
func old(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.InTx(t.Context(), func(q db.Q) error {
		for _, sql := range []string{
			"INSERT INTO fact_batch (id, source, state, facts, lease_until, created_by, created_at, changed_at) VALUES (5, 'import', 'visible', 1, 0, 0, 1, 1)",
			`INSERT INTO fact (customer_id, occurred_on, id, kind, amount, currency, status, document, product, attrs, batch_id, reverses, recorded_by, recorded_at)
				VALUES (1, '2026-01-10', 2, 'order', 12345, 'CNY', '', 'A1', '', '{}', 5, 0, 0, 1), (1, '2026-01-11', 3, 'order', 12345, 'CNY', '', 'A2', '', '{}', 0, 0, 0, 1)`,
			`INSERT INTO grading_run (id, rulebook, version, adoption_id, scheme, as_of, state, in_scope, graded, without_verdict, changed, written, counts, upto, job_id, started_by, started_at)
				VALUES (7, 'key-accounts', '1.0.0', 1, 'key-account', '2026-01-31', 'done', 1, 1, 0, 1, 1, '{}', 0, 0, 0, 1)`,
			`INSERT INTO verdict (customer_id, id, run_id, rulebook, version, scheme, as_of, origin, code, position, reason, explanation, digest, created_by, created_at)
				VALUES (1, 11, 7, 'key-accounts', '1.0.0', 'key-account', '2026-01-31', 'computed', 'key', 1, '', '{"inputs":[]}', '', 0, 1)`,
			`INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, as_of, since, previous_code)
				VALUES (1, 'key-account', 'key-accounts', 11, 'key', 1, '', '2026-01-31', '2026-01-31', '')`,
			"INSERT INTO movement (customer_id, run_id, scheme, from_code, to_code, direction, as_of) VALUES (1, 7, 'key-account', '', 'key', 0, '2026-01-31')",
			"INSERT INTO event (id, at, kind, customer_id, payload) VALUES (8, 1, 'customer.created', 1, '{}')",
			`INSERT INTO job (id, kind, args, state, run_at, attempts, max_attempts, lease_until, leased_by, done_count, total_count, cursor, cancel_requested, result, error_code, error_args, created_by, created_at)
				VALUES (9, 'duty.plan', '{}', 'waiting', 0, 0, 5, 0, '', 0, 0, '', 0, '', '', '', 0, 1)`,
		} {
			if _, err := q.Exec(t.Context(), sql); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
