package grading

import (
	"context"
	"fmt"

	"kezhi/internal/db"
)

// fillTodo notes the customers about whom something changed since a moment: facts that came, were taken back, published or reverted,
// fields, tags, owner and archive, and what people judged and decided. Each is a statement of its own: for a union SQLite reads whole
// tables in the order of the customers. CROSS JOIN has it begin with the few batches that changed.
func fillTodo(ctx context.Context, q db.Q, runID int64, rulebookID string, since int64) error {
	for _, changed := range []struct {
		text string
		args []any
	}{
		{"customer_id FROM fact WHERE batch_id = 0 AND recorded_at >= ?", []any{since}},
		{"bc.customer_id FROM fact_batch b CROSS JOIN fact_batch_customer bc WHERE bc.batch_id = b.id AND b.changed_at >= ?", []any{since}},
		{"id FROM customer WHERE updated_at >= ?", []any{since}},
		{"customer_id FROM judgement WHERE judged_at >= ? AND rulebook = ?", []any{since, rulebookID}},
		{"customer_id FROM grade_signature WHERE signed_at >= ? AND rulebook = ?", []any{since, rulebookID}},
		{"customer_id FROM grade_decision WHERE decided_at >= ? AND rulebook = ?", []any{since, rulebookID}},
	} {
		_, err := q.Exec(ctx, "INSERT INTO grading_todo (run_id, customer_id) SELECT CAST(? AS BIGINT), "+changed.text+" ON CONFLICT (run_id, customer_id) DO NOTHING",
			append([]any{runID}, changed.args...)...)
		if err != nil {
			return fmt.Errorf("noting the customers to be judged again: %w", err)
		}
	}
	return nil
}

func clearTodo(ctx context.Context, q db.Q, runID int64) error {
	_, err := q.Exec(ctx, "DELETE FROM grading_todo WHERE run_id = ?", runID)
	return err
}

func todoAfter(ctx context.Context, q db.Q, runID, after int64, limit int) ([]int64, error) {
	return db.List(ctx, q, "SELECT customer_id FROM grading_todo WHERE run_id = ? AND customer_id > ? ORDER BY customer_id LIMIT ?", []any{runID, after, limit},
		func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

func countTodo(ctx context.Context, q db.Q, runID int64) (int64, error) {
	return db.One(ctx, q, "SELECT COUNT(*) FROM grading_todo WHERE run_id = ?", []any{runID}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

func setExtent(ctx context.Context, q db.Q, r Run) error {
	_, err := q.Exec(ctx, "UPDATE grading_run SET extent = ?, base_id = ? WHERE id = ?", r.Extent, r.BaseID, r.ID)
	return err
}

// disturbedSince says whether a run after another one of the same day may have changed what that day's verdicts rest on: another
// rulebook graded in the scheme, or, where the verdict before counts, an earlier day was graded again.
func disturbedSince(ctx context.Context, q db.Q, run *Run, baseID int64, previous bool) (bool, error) {
	n, err := db.One(ctx, q, `SELECT COUNT(*) FROM grading_run r WHERE r.scheme = ? AND r.id <> ? AND r.id > ? AND r.job_id <> ?
			AND (r.rulebook <> ? OR (? = 1 AND r.as_of < ?))`,
		[]any{run.Scheme, run.ID, baseID, run.JobID, run.Rulebook, previous, run.AsOf}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	return n > 0, err
}

func noteTrigger(ctx context.Context, q db.Q, rulebookID string, customerID, factID, at int64) error {
	_, err := q.Exec(ctx, `INSERT INTO grading_trigger (customer_id, rulebook, fact_id, at) VALUES (?,?,?,?)
		ON CONFLICT (rulebook, customer_id) DO UPDATE SET fact_id = excluded.fact_id, at = excluded.at`, customerID, rulebookID, factID, at)
	return err
}

// batchCustomers gives those a batch of facts is about, in the order of their ids.
func batchCustomers(ctx context.Context, q db.Q, batch, after int64, limit int) ([]int64, error) {
	return db.List(ctx, q, "SELECT customer_id FROM fact_batch_customer WHERE batch_id = ? AND customer_id > ? ORDER BY customer_id LIMIT ?", []any{batch, after, limit},
		func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// takeTriggered hands the customers that wait to a run and gives their number.
func takeTriggered(ctx context.Context, q db.Q, runID int64, rulebookID string) (int64, error) {
	n, err := q.Exec(ctx, "INSERT INTO grading_todo (run_id, customer_id) SELECT CAST(? AS BIGINT), customer_id FROM grading_trigger WHERE rulebook = ?", runID, rulebookID)
	if err != nil {
		return 0, err
	}
	_, err = q.Exec(ctx, `DELETE FROM grading_trigger WHERE rulebook = ? AND EXISTS (SELECT 1 FROM grading_todo t
		WHERE t.run_id = ? AND t.customer_id = grading_trigger.customer_id)`, rulebookID, runID)
	return n, err
}
