package fact

import (
	"context"
	"slices"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// The states of a batch; see the diagram in doc.go.
const (
	batchLoading  = "loading"
	batchVisible  = "visible"
	batchReverted = "reverted"
	batchFailed   = "failed"
	batchPurged   = "purged"
)

// batchMoves are the only changes of state there are.
var batchMoves = map[string][]string{
	batchLoading: {batchVisible, batchFailed},
	batchVisible: {batchReverted},
	batchFailed:  {batchPurged},
}

// insertBatch opens a batch. Its id lies above every other, so that "newer than" can be told by the id.
func insertBatch(ctx context.Context, q db.Q, newID int64, source string, by, now, lease int64) (int64, error) {
	var newestID, loading int64
	err := db.Get(ctx, q, "SELECT COALESCE(MAX(id), 0), COALESCE(SUM(CASE WHEN state = 'loading' THEN 1 ELSE 0 END), 0) FROM fact_batch", nil, &newestID, &loading)
	if err != nil {
		return 0, err
	}
	if loading > 0 {
		return 0, errs.New(errs.Unavailable, "fact.load_running")
	}
	newID = max(newID, newestID+1)
	_, err = q.Exec(ctx, `INSERT INTO fact_batch (id, source, state, facts, lease_until, created_by, created_at, changed_at)
		VALUES (?, ?, 'loading', 0, ?, ?, ?, ?)`, newID, source, lease, by, now, now)
	return newID, err
}

func failExpired(ctx context.Context, q db.Q, now int64) error {
	_, err := q.Exec(ctx, "UPDATE fact_batch SET state = 'failed', changed_at = ? WHERE state = 'loading' AND lease_until < ?", now, now)
	return err
}

// changeBatch moves a batch from one state to the next and gives the number of its facts; db.ErrNoRows when it is not in that state.
func changeBatch(ctx context.Context, q db.Q, batchID int64, from, to string, now int64) (int64, error) {
	if !slices.Contains(batchMoves[from], to) {
		return 0, errs.New(errs.Internal, "internal", "from", from, "to", to)
	}
	return db.One(ctx, q, "UPDATE fact_batch SET state = ?, changed_at = ? WHERE id = ? AND state = ? RETURNING facts",
		[]any{to, now, batchID, from}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

func (l *Load) renew(ctx context.Context, q db.Q, added int64) error {
	n, err := q.Exec(ctx, "UPDATE fact_batch SET facts = facts + ?, lease_until = ? WHERE id = ? AND state = 'loading'",
		added, clock.Micros(l.s.now().Add(loadLease)), l.id)
	if err == nil && n == 0 {
		return errLoadLost()
	}
	return err
}

// purgeParts is into how many transactions deleting a failed batch is cut, so that other writers get in between.
const purgeParts = 16

// purgeFailed deletes the facts of every failed batch. It can be interrupted and called again.
func (s *Service) purgeFailed(ctx context.Context) error {
	failed, err := db.List(ctx, s.db.Read(), "SELECT id, facts FROM fact_batch WHERE state = 'failed' ORDER BY id", nil,
		func(r db.Rows) ([2]int64, error) { return [2]int64{r.Int64(0), r.Int64(1)}, nil })
	if err != nil {
		return err
	}
	for _, b := range failed {
		if err := s.purge(ctx, b[0], b[1]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) purge(ctx context.Context, batchID, facts int64) error {
	var parts [][2]int64
	var err error
	if facts > 0 {
		if parts, err = Ranges(ctx, s.db.Read(), purgeParts); err != nil {
			return err
		}
	}
	for _, p := range parts {
		err := s.db.InTx(ctx, func(q db.Q) error {
			if _, err := q.Exec(ctx, "DELETE FROM fact WHERE customer_id >= ? AND customer_id < ? AND batch_id = ?", p[0], p[1], batchID); err != nil {
				return err
			}
			_, err := q.Exec(ctx, "DELETE FROM fact_batch_customer WHERE customer_id >= ? AND customer_id < ? AND batch_id = ?", p[0], p[1], batchID)
			return err
		})
		if err != nil {
			return err
		}
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		_, err := changeBatch(ctx, q, batchID, batchFailed, batchPurged, clock.Micros(s.now()))
		if db.IsNoRows(err) {
			return nil
		}
		return err
	})
}

func heldCustomers(ctx context.Context, q db.Q, ids []int64) ([]int64, error) {
	var out []int64
	for len(ids) > 0 {
		n := min(len(ids), 500)
		held, err := db.List(ctx, q, "SELECT DISTINCT customer_id FROM fact WHERE customer_id IN "+db.In(n)+" AND "+visibleOnly,
			db.Args(ids[:n]), func(r db.Rows) (int64, error) { return r.Int64(0), nil })
		if err != nil {
			return nil, err
		}
		out, ids = append(out, held...), ids[n:]
	}
	return out, nil
}
