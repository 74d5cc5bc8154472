package ownership

import (
	"context"
	"encoding/json"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

func insertRun(ctx context.Context, q db.Q, r Run) error {
	_, err := q.Exec(ctx, `INSERT INTO owner_run (id, rulebook, version, state, in_scope, moves, conflicts, unowned, loads, created_by, created_at, finished_at)
		VALUES (?,?,?,?,0,0,0,0,'[]',?,?,NULL)`, r.ID, r.Rulebook, r.Version, r.State, r.CreatedBy, clock.Micros(r.CreatedAt))
	return err
}

func finishRun(ctx context.Context, q db.Q, r Run, at int64) error {
	loads, err := json.Marshal(r.Loads)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, "UPDATE owner_run SET state = ?, version = ?, in_scope = ?, moves = ?, conflicts = ?, unowned = ?, loads = ?, finished_at = ? WHERE id = ?",
		r.State, r.Version, r.InScope, r.Moves, r.Conflicts, r.Unowned, string(loads), at, r.ID)
	return err
}

// A run whose job was canceled or given up before it was ready has failed: there is no moment at which its handler could say so.
const selectRun = `SELECT r.id, r.rulebook, r.version,
	CASE WHEN r.state = 'working' AND COALESCE(j.state, 'failed') IN ('failed', 'canceled') THEN 'failed' ELSE r.state END, r.in_scope, r.moves, r.conflicts, r.unowned, r.loads, r.created_by, COALESCE(u.name, ''), r.created_at, r.finished_at
	FROM owner_run r LEFT JOIN job j ON j.id = r.id LEFT JOIN app_user u ON u.id = r.created_by`

func scanRun(r db.Rows) (Run, error) {
	var x Run
	var loads []byte
	var created int64
	err := r.Scan(&x.ID, &x.Rulebook, &x.Version, &x.State, &x.InScope, &x.Moves, &x.Conflicts, &x.Unowned, &loads, &x.CreatedBy, &x.CreatorName, &created, &x.FinishedAt)
	if err != nil {
		return x, err
	}
	x.CreatedAt = clock.FromMicros(created)
	return x, json.Unmarshal(loads, &x.Loads)
}

func loadRun(ctx context.Context, q db.Q, runID int64) (Run, error) {
	r, err := db.One(ctx, q, selectRun+" WHERE r.id = ?", []any{runID}, scanRun)
	if err != nil {
		return r, err
	}
	rows, err := q.Query(ctx, "SELECT state, COUNT(*) FROM owner_line WHERE run_id = ? GROUP BY state", runID)
	if err != nil {
		return r, err
	}
	defer rows.Close()
	for rows.Next() {
		n := rows.Int64(1)
		switch string(rows.Bytes(0)) {
		case LineOpen:
			r.Open = n
		case LineChosen:
			r.Chosen = n
		case LineApplied:
			r.Applied = n
		case LineStale:
			r.Stale = n
		}
	}
	return r, rows.Err()
}

func listRuns(ctx context.Context, q db.Q, limit int) ([]Run, error) {
	return db.List(ctx, q, selectRun+" ORDER BY r.id DESC LIMIT ?", []any{limit}, scanRun)
}

// dropLines takes away what an interrupted survey has written.
func dropLines(ctx context.Context, q db.Q, runID int64) error {
	_, err := q.Exec(ctx, "DELETE FROM owner_line WHERE run_id = ?", runID)
	return err
}

func insertLines(ctx context.Context, q db.Q, runID int64, list []Decision) error {
	whys := make([]string, len(list))
	for i := range list {
		b, err := json.Marshal(list[i].Why)
		if err != nil {
			return err
		}
		whys[i] = string(b)
	}
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "owner_line", Columns: []string{"customer_id", "run_id", "from_id", "to_id", "rule", "precedence", "clause", "why", "kinds", "state"}, N: len(list),
		Bind: func(i int, b db.Binder) {
			d := &list[i]
			b.Int64(d.CustomerID)
			b.Int64(runID)
			b.Int64(d.Present)
			b.Int64(d.Owner)
			b.Text(d.Why.Rule)
			b.Int64(int64(d.Why.Precedence))
			b.Text(d.Why.Clause)
			b.Text(whys[i])
			b.Text(d.Why.kinds())
			b.Text(LineOpen)
		},
	})
	return err
}

const selectLine = `SELECT l.customer_id, c.code, c.name, l.from_id, l.to_id, COALESCE(f.name, ''), COALESCE(t.name, ''), l.rule, l.precedence, l.clause, l.why, l.state
	FROM owner_line l JOIN customer c ON c.id = l.customer_id LEFT JOIN app_user f ON f.id = l.from_id LEFT JOIN app_user t ON t.id = l.to_id`

func scanLine(r db.Rows) (Line, error) {
	var l Line
	var why []byte
	err := r.Scan(&l.CustomerID, &l.Code, &l.Name, &l.FromID, &l.ToID, &l.FromName, &l.ToName, &l.Rule, &l.Precedence, &l.Clause, &why, &l.State)
	if err != nil {
		return l, err
	}
	return l, json.Unmarshal(why, &l.Why)
}

// LineFilter says which lines of a run are meant.
type LineFilter struct {
	Kind  string // of a conflict; move = the owner changes, nobody = nobody may; "" = all
	State string
	Rule  string
	User  int64 // the owner before or after
}

// Kinds of a LineFilter besides those of conflicts.
const (
	KindMove   = "move"
	KindNobody = "nobody"
)

func (f LineFilter) where(runID int64) (string, []any) {
	sql, args := " WHERE l.run_id = ?", []any{runID}
	add := func(on bool, clause string, more ...any) {
		if on {
			sql += " AND " + clause
			args = append(args, more...)
		}
	}
	add(f.State != "", "l.state = ?", f.State)
	add(f.Rule != "", "l.rule = ?", f.Rule)
	add(f.User != 0, "(l.from_id = ? OR l.to_id = ?)", f.User, f.User)
	switch f.Kind {
	case "":
	case KindMove:
		add(true, "l.from_id <> l.to_id")
	case KindNobody:
		add(true, "l.to_id = 0")
	default:
		add(true, "l.kinds LIKE ?", "% "+f.Kind+" %")
	}
	return sql, args
}

func listLines(ctx context.Context, q db.Q, runID int64, f LineFilter, after int64, limit int) ([]Line, error) {
	where, args := f.where(runID)
	return db.List(ctx, q, selectLine+where+" AND l.customer_id > ? ORDER BY l.customer_id LIMIT ?", append(args, after, limit), scanLine)
}

// chooseLines marks open lines to be applied; of the ids only where there are some.
func chooseLines(ctx context.Context, q db.Q, runID int64, ids []int64) (int64, error) {
	if ids == nil {
		return q.Exec(ctx, "UPDATE owner_line SET state = 'chosen' WHERE run_id = ? AND state = 'open'", runID)
	}
	var n int64
	for start := 0; start < len(ids); start += 500 {
		part := ids[start:min(start+500, len(ids))]
		k, err := q.Exec(ctx, "UPDATE owner_line SET state = 'chosen' WHERE run_id = ? AND state = 'open' AND customer_id IN "+db.In(len(part)), append([]any{runID}, db.Args(part)...)...)
		if err != nil {
			return n, err
		}
		n += k
	}
	return n, nil
}

func chosenLines(ctx context.Context, q db.Q, runID int64, limit int) ([]Line, error) {
	return db.List(ctx, q, selectLine+" WHERE l.run_id = ? AND l.state = 'chosen' ORDER BY l.customer_id LIMIT ?", []any{runID, limit}, scanLine)
}

func setLine(ctx context.Context, q db.Q, runID, customerID int64, state string) error {
	_, err := q.Exec(ctx, "UPDATE owner_line SET state = ? WHERE customer_id = ? AND run_id = ?", state, customerID, runID)
	return err
}
