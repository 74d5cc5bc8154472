//go:build crash

package crash

import (
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/config"
	"kezhi/internal/db"
	"kezhi/internal/id"
)

// check does what is left to be done, and holds the installation against what was acknowledged.
func (h *house) check(t *testing.T) {
	t.Helper()
	cfg := config.Default()
	cfg.Data, cfg.DB = h.data, h.dsn
	// By this clock the leases of the killed workers are over, so nothing has to wait for them.
	later := func() time.Time { return time.Now().Add(2 * time.Minute) }
	a, err := app.NewAt(t.Context(), cfg, slog.New(slog.DiscardHandler), later)
	if err != nil {
		t.Fatal(err)
	}
	ctx := authz.With(t.Context(), authz.System("check"))
	if err := a.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	d := a.DB
	h.checkRows(t, d)
	h.checkImports(t, d)
	for what, sql := range map[string]string{
		"jobs that did not end well":   "SELECT COUNT(*) FROM job WHERE state IN ('running', 'failed')",
		"events that failed":           "SELECT COUNT(*) FROM event WHERE parked_at IS NOT NULL",
		"customers made twice":         "SELECT COUNT(*) FROM (SELECT name FROM customer GROUP BY name HAVING COUNT(*) > 1) x",
		"cases begun twice":            "SELECT COUNT(*) FROM (SELECT title FROM proc_case GROUP BY title HAVING COUNT(*) > 1) x",
		"numbers of cases given twice": "SELECT COUNT(*) FROM (SELECT number FROM proc_case GROUP BY number HAVING COUNT(*) > 1) x",
		"orders written twice":         "SELECT COUNT(*) FROM (SELECT document FROM fact WHERE kind = 'order' GROUP BY document HAVING COUNT(*) > 1) x",
		"verdicts given twice":         "SELECT COUNT(*) FROM (SELECT run_id, customer_id, scheme FROM verdict WHERE run_id <> 0 GROUP BY run_id, customer_id, scheme HAVING COUNT(*) > 1) x",
		"gradings that did not end":    "SELECT COUNT(*) FROM grading_run WHERE state <> 'done'",
		"facts of no visible batch":    "SELECT COUNT(*) FROM fact f WHERE f.batch_id <> 0 AND NOT EXISTS (SELECT 1 FROM fact_batch b WHERE b.id = f.batch_id AND b.state = 'visible')",
	} {
		if n := count(t, d, sql); n != 0 {
			t.Errorf("%s: %d", what, n)
		}
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	var proof struct {
		OK     bool
		Faults []any `json:"file_faults"`
	}
	if err := json.Unmarshal([]byte(h.kezhi(t, "", "verify", "--files", "--json")), &proof); err != nil || !proof.OK || len(proof.Faults) != 0 {
		t.Errorf("verify: %+v, %v", proof, err)
	}
}

func count(t *testing.T, d *db.DB, sql string, args ...any) int64 {
	t.Helper()
	var n int64
	if err := db.Get(t.Context(), d.Read(), sql, args, &n); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}

func key(t *testing.T, text string) int64 {
	t.Helper()
	n, err := id.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// checkRows looks for every row that was acknowledged.
func (h *house) checkRows(t *testing.T, d *db.DB) {
	t.Helper()
	lost := func(what, which string, n int64) {
		if n != 1 {
			t.Errorf("%s %s was acknowledged and is there %d times", what, which, n)
		}
	}
	for name, number := range h.acks.customers {
		lost("customer", name, count(t, d, "SELECT COUNT(*) FROM customer WHERE id = ? AND name = ?", key(t, number), name))
	}
	for number, size := range h.acks.files {
		lost("upload", number, count(t, d, "SELECT COUNT(*) FROM file WHERE id = ? AND size = ?", key(t, number), size))
	}
	for _, number := range h.acks.gradings {
		lost("grading", number, count(t, d, "SELECT COUNT(*) FROM grading_run WHERE id = ?", key(t, number)))
	}
	for title, number := range h.acks.cases {
		lost("case", title, count(t, d, "SELECT COUNT(*) FROM proc_case WHERE id = ? AND title = ?", key(t, number), title))
	}
	for text, number := range h.acks.remarks {
		lost("remark", text, count(t, d, "SELECT COUNT(*) FROM proc_act WHERE case_id = ? AND reason = ?", key(t, number), text))
	}
}

// checkImports makes sure that every import is there whole or not at all, and those that were acknowledged whole.
func (h *house) checkImports(t *testing.T, d *db.DB) {
	t.Helper()
	all, err := db.List(t.Context(), d.Read(), "SELECT document FROM fact WHERE kind = 'order'", nil, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]int{}
	for _, document := range all {
		prefix, _, _ := strings.Cut(document, "-")
		rows[prefix+"-"]++
	}
	for prefix, n := range rows {
		if n != rowsOfImport {
			t.Errorf("import %s has %d rows of %d", prefix, n, rowsOfImport)
		}
	}
	for number, prefix := range h.acks.imports {
		if rows[prefix] != rowsOfImport {
			var state, code string
			if err := db.Get(t.Context(), d.Read(), "SELECT state, error_code FROM import WHERE id = ?", []any{key(t, number)}, &state, &code); err != nil {
				t.Errorf("import %s: %v", number, err)
			}
			t.Errorf("import %s was acknowledged and has %d rows: %s %s", prefix, rows[prefix], state, code)
		}
	}
}
