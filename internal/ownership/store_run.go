package ownership

import (
	"context"
	"encoding/json"
	"slices"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

func insertRun(ctx context.Context, q db.Q, r Run) error {
	_, err := q.Exec(ctx, `INSERT INTO owner_run (id, rulebook, version, state, in_scope, moves, conflicts, unowned, loads, open_lines, chosen_lines, applied_lines, stale_lines,
		created_by, created_at, finished_at) VALUES (?,?,?,?,0,0,0,0,'[]',0,0,0,0,?,?,NULL)`, r.ID, r.Rulebook, r.Version, r.State, r.CreatedBy, clock.Micros(r.CreatedAt))
	return err
}

func finishRun(ctx context.Context, q db.Q, r Run, at int64) error {
	loads, err := json.Marshal(r.Loads)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, "UPDATE owner_run SET state = ?, version = ?, in_scope = ?, moves = ?, conflicts = ?, unowned = ?, loads = ?, open_lines = ?, finished_at = ? WHERE id = ?",
		r.State, r.Version, r.InScope, r.Moves, r.Conflicts, r.Unowned, string(loads), r.Open, at, r.ID)
	return err
}

// A run whose job was canceled or given up before it was ready has failed: there is no moment at which its handler could say so.
const selectRun = `SELECT r.id, r.rulebook, r.version,
	CASE WHEN r.state = 'working' AND COALESCE(j.state, 'failed') IN ('failed', 'canceled') THEN 'failed' ELSE r.state END,
	r.in_scope, r.moves, r.conflicts, r.unowned, r.loads, r.open_lines, r.chosen_lines, r.applied_lines, r.stale_lines, r.created_by, COALESCE(u.name, ''), r.created_at, r.finished_at
	FROM owner_run r LEFT JOIN job j ON j.id = r.id LEFT JOIN app_user u ON u.id = r.created_by`

func scanRun(r db.Rows) (Run, error) {
	var x Run
	var loads []byte
	var created int64
	err := r.Scan(&x.ID, &x.Rulebook, &x.Version, &x.State, &x.InScope, &x.Moves, &x.Conflicts, &x.Unowned, &loads,
		&x.Open, &x.Chosen, &x.Applied, &x.Stale, &x.CreatedBy, &x.CreatorName, &created, &x.FinishedAt)
	if err != nil {
		return x, err
	}
	x.CreatedAt = clock.FromMicros(created)
	return x, json.Unmarshal(loads, &x.Loads)
}

func loadRun(ctx context.Context, q db.Q, runID int64) (Run, error) {
	return db.One(ctx, q, selectRun+" WHERE r.id = ?", []any{runID}, scanRun)
}

func listRuns(ctx context.Context, q db.Q, limit int) ([]Run, error) {
	return db.List(ctx, q, selectRun+" ORDER BY r.id DESC LIMIT ?", []any{limit}, scanRun)
}

// newestReady gives the newest run of a rulebook that is ready, 0 for none.
func newestReady(ctx context.Context, q db.Q, rulebook string) (runID int64, err error) {
	return runID, db.Get(ctx, q, "SELECT COALESCE(MAX(id), 0) FROM owner_run WHERE rulebook = ? AND state = 'ready'", []any{rulebook}, &runID)
}

// olderRuns gives the runs of a rulebook before one that still have lines.
func olderRuns(ctx context.Context, q db.Q, rulebook string, before int64) ([]int64, error) {
	return db.List(ctx, q, "SELECT r.id FROM owner_run r WHERE r.rulebook = ? AND r.id < ? AND EXISTS (SELECT 1 FROM owner_line l WHERE l.run_id = r.id) ORDER BY r.id",
		[]any{rulebook, before}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// closeRun leaves nothing of a run to be applied.
func closeRun(ctx context.Context, q db.Q, runID int64) error {
	_, err := q.Exec(ctx, "UPDATE owner_run SET open_lines = 0, chosen_lines = 0 WHERE id = ?", runID)
	return err
}

// dropSome takes away at most some lines of a run and says how many.
func dropSome(ctx context.Context, q db.Q, runID int64, limit int) (int64, error) {
	return q.Exec(ctx, "DELETE FROM owner_line WHERE run_id = ? AND customer_id IN (SELECT customer_id FROM owner_line WHERE run_id = ? LIMIT ?)", runID, runID, limit)
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

// chooseLines marks open lines to be applied, of the ids only where there are some, and counts them.
func chooseLines(ctx context.Context, q db.Q, runID int64, ids []int64) (n int64, err error) {
	const choose = "UPDATE owner_line SET state = 'chosen' WHERE run_id = ? AND state = 'open'"
	if ids == nil {
		n, err = q.Exec(ctx, choose, runID)
	}
	for part := range slices.Chunk(ids, idChunk) {
		k, err := q.Exec(ctx, choose+" AND customer_id IN "+db.In(len(part)), append([]any{runID}, db.Args(part)...)...)
		if err != nil {
			return n, err
		}
		n += k
	}
	if err != nil || n == 0 {
		return n, err
	}
	_, err = q.Exec(ctx, "UPDATE owner_run SET open_lines = open_lines - ?, chosen_lines = chosen_lines + ? WHERE id = ?", n, n, runID)
	return n, err
}

// lockRun holds a run with chosen lines until the transaction ends; false where none is left.
func lockRun(ctx context.Context, q db.Q, runID int64) (bool, error) {
	n, err := q.Exec(ctx, "UPDATE owner_run SET state = state WHERE id = ? AND chosen_lines > 0", runID)
	return n == 1, err
}

func chosenLines(ctx context.Context, q db.Q, runID int64, limit int) ([]Line, error) {
	return db.List(ctx, q, selectLine+" WHERE l.run_id = ? AND l.state = 'chosen' ORDER BY l.customer_id LIMIT ?", []any{runID, limit}, scanLine)
}

// settleLines writes what became of lines, at most a chunk of them: applied, or left because somebody changed the owner since.
func settleLines(ctx context.Context, q db.Q, runID int64, lines []Line, done map[int64]bool) error {
	ids := map[string][]int64{}
	for i := range lines {
		state := LineStale
		if done[lines[i].CustomerID] {
			state = LineApplied
		}
		ids[state] = append(ids[state], lines[i].CustomerID)
	}
	stmts := []db.Stmt{{
		SQL:  "UPDATE owner_run SET chosen_lines = chosen_lines - ?, applied_lines = applied_lines + ?, stale_lines = stale_lines + ? WHERE id = ?",
		Args: []any{len(lines), len(ids[LineApplied]), len(ids[LineStale]), runID},
	}}
	for _, state := range []string{LineApplied, LineStale} {
		if len(ids[state]) > 0 {
			stmts = append(stmts, db.Stmt{
				SQL:  "UPDATE owner_line SET state = ? WHERE run_id = ? AND customer_id IN " + db.In(len(ids[state])),
				Args: append([]any{state, runID}, db.Args(ids[state])...),
			})
		}
	}
	_, err := db.ExecAll(ctx, q, stmts)
	return err
}
