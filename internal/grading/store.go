package grading

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// A run whose job was canceled or given up before its handler could say so shows the job's state.
const runColumns = `r.extent, r.base_id, r.id, r.rulebook, r.version, r.adoption_id, r.scheme, r.as_of,
	CASE WHEN r.state = 'running' AND j.state IN ('failed', 'canceled') THEN j.state ELSE r.state END,
	r.in_scope, r.graded, r.without_verdict, r.changed, r.written, r.counts, r.upto, r.job_id, r.started_by, r.started_at, r.finished_at`

const runTables = " FROM grading_run r LEFT JOIN job j ON j.id = r.job_id "

func scanRun(r db.Rows) (Run, error) {
	var run Run
	var counts []byte
	var started int64
	err := r.Scan(&run.Extent, &run.BaseID, &run.ID, &run.Rulebook, &run.Version, &run.AdoptionID, &run.Scheme, &run.AsOf, &run.State, &run.InScope, &run.Graded,
		&run.WithoutVerdict, &run.Changed, &run.Written, &counts, &run.Upto, &run.JobID, &run.StartedBy, &started, &run.FinishedAt)
	if err != nil {
		return run, err
	}
	run.StartedAt = clock.FromMicros(started)
	return run, json.Unmarshal(counts, &run.Counts)
}

func getRun(ctx context.Context, q db.Q, runID int64) (Run, error) {
	return db.One(ctx, q, "SELECT "+runColumns+runTables+"WHERE r.id = ?", []any{runID}, scanRun)
}

// runsOfJob gives the runs of a job in the order of the schemes.
func runsOfJob(ctx context.Context, q db.Q, jobID int64) ([]Run, error) {
	return db.List(ctx, q, "SELECT "+runColumns+runTables+"WHERE r.job_id = ? ORDER BY r.id", []any{jobID}, scanRun)
}

// listRuns gives runs newest first, those before an id (0 = from the newest).
func listRuns(ctx context.Context, q db.Q, f RunFilter, before int64, limit int) ([]Run, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	return db.List(ctx, q, "SELECT "+runColumns+runTables+`WHERE r.id < ? AND r.extent <> 'triggered' AND (? = '' OR r.rulebook = ?) AND (? = '' OR r.scheme = ?) AND (? = '' OR r.state = ?)
		ORDER BY r.id DESC LIMIT ?`, []any{before, f.Rulebook, f.Rulebook, f.Scheme, f.Scheme, f.State, f.State, limit}, scanRun)
}

// daysGraded gives the newest complete run of each day between two (both inclusive) for a scheme, newest day first.
func daysGraded(ctx context.Context, q db.Q, rulebookID, scheme string, from, to calendar.Date, limit int) ([]Run, error) {
	return db.List(ctx, q, "SELECT "+runColumns+runTables+`WHERE r.rulebook = ? AND r.scheme = ? AND r.as_of >= ? AND r.as_of <= ? AND r.state = 'done' AND r.extent <> 'triggered'
		AND NOT EXISTS (SELECT 1 FROM grading_run n WHERE n.rulebook = r.rulebook AND n.scheme = r.scheme AND n.as_of = r.as_of AND n.state = 'done'
			AND n.extent <> 'triggered' AND n.id > r.id)
		ORDER BY r.as_of DESC LIMIT ?`, []any{rulebookID, scheme, from.String(), to.String(), limit}, scanRun)
}

// lastDone gives the newest complete run of a scheme, as of a day or (None) of any.
func lastDone(ctx context.Context, q db.Q, rulebookID, scheme string, asOf calendar.Date) (Run, error) {
	where, args := "WHERE r.rulebook = ? AND r.scheme = ? AND r.state = 'done' AND r.extent <> 'triggered'", []any{rulebookID, scheme}
	if asOf != calendar.None {
		where += " AND r.as_of = ?"
		args = append(args, asOf)
	}
	return db.One(ctx, q, "SELECT "+runColumns+runTables+where+" ORDER BY r.as_of DESC, r.id DESC LIMIT 1", args, scanRun)
}

func insertRun(ctx context.Context, q db.Q, r Run) error {
	_, err := q.Exec(ctx, `INSERT INTO grading_run (id, rulebook, version, adoption_id, scheme, as_of, state, in_scope, graded, without_verdict, changed, written,
			counts, upto, job_id, started_by, started_at, finished_at, extent, base_id)
		VALUES (?,?,?,?,?,?,?,0,0,0,0,0,'{}',0,?,?,?,NULL,?,?)`,
		r.ID, r.Rulebook, r.Version, r.AdoptionID, r.Scheme, r.AsOf, r.State, r.JobID, r.StartedBy, clock.Micros(r.StartedAt), r.Extent, r.BaseID)
	if err != nil {
		return fmt.Errorf("writing a grading run: %w", err)
	}
	return nil
}

// setState moves a run that is not done; finished 0 leaves the end open.
func setState(ctx context.Context, q db.Q, runID int64, state State, finished int64) error {
	var end any
	if finished != 0 {
		end = finished
	}
	_, err := q.Exec(ctx, "UPDATE grading_run SET state = ?, finished_at = ? WHERE id = ? AND state <> 'done'", state, end, runID)
	return err
}

// finishRun closes a run; won is false when it was closed before.
func finishRun(ctx context.Context, q db.Q, runID int64, t Tally, upto int64, now time.Time) (won bool, err error) {
	counts, err := json.Marshal(copyCounts(t.Counts))
	if err != nil {
		return false, err
	}
	n, err := q.Exec(ctx, `UPDATE grading_run SET state = 'done', in_scope = ?, graded = ?, without_verdict = ?, changed = ?, written = ?, counts = ?, upto = ?, finished_at = ?
		WHERE id = ? AND state = 'running'`,
		t.InScope, t.Graded, t.WithoutVerdict, t.Changed, t.Written, string(counts), upto, clock.Micros(now), runID)
	return n == 1, err
}

// head is the part of a stored verdict that the standing needs.
type head struct {
	id           int64
	code, reason string
	position     int
	score        *int64
	digest       string
	frame        int64
	awaits       bool // a better grade waits for signatures; read by headsIn only
}

// latestHeads gives the newest computed verdict of each customer of a page for a run's rulebook, scheme and day.
func latestHeads(ctx context.Context, q db.Q, run Run, at span) (map[int64]head, error) {
	return headsUpTo(ctx, q, run, math.MaxInt64, at)
}

// headsUpTo is latestHeads as it was when a verdict id was the newest.
func headsUpTo(ctx context.Context, q db.Q, run Run, upto int64, at span) (map[int64]head, error) {
	out := map[int64]head{}
	err := eachHead(ctx, q, &run, upto, at, ", digest, frame", func(r db.Rows, customerID int64, h head) {
		h.digest, h.frame = string(r.Bytes(6)), r.Int64(7)
		out[customerID] = h
	})
	return out, err
}

// headOf is the head of a customer's verdict.
type headOf struct {
	customer int64
	head     head // without digest and frame
}

// headsIn gives the newest computed verdict of each customer of a page for a run's rulebook, scheme and day, in the order of the customers.
func headsIn(ctx context.Context, q db.Q, run *Run, at span) ([]headOf, error) {
	out := make([]headOf, 0, at.n)
	err := eachHead(ctx, q, run, math.MaxInt64, at, ", origin", func(r db.Rows, customerID int64, h head) {
		h.awaits = string(r.Bytes(6)) == OriginAwaits
		if n := len(out); n > 0 && out[n-1].customer == customerID {
			out[n-1].head = h
			return
		}
		out = append(out, headOf{customerID, h})
	})
	return out, err
}

// eachHead hands over the computed verdicts of the customers of a page for a run's rulebook, scheme and day up to an id, by customer
// and id.
func eachHead(ctx context.Context, q db.Q, run *Run, upto int64, at span, more string, fn func(r db.Rows, customerID int64, h head)) error {
	where, args := at.where("customer_id")
	rows, err := q.Query(ctx, "SELECT customer_id, id, code, reason, position, score"+more+" FROM verdict WHERE "+where+
		" AND scheme = ? AND as_of = ? AND rulebook = ? AND run_id <> 0 AND id <= ? ORDER BY customer_id, id",
		append(args, run.Scheme, run.AsOf, run.Rulebook, upto)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var w words
	for rows.Next() {
		h := head{id: rows.Int64(1), code: w.text(rows.Bytes(2)), reason: w.text(rows.Bytes(3)), position: int(rows.Int64(4))}
		if !rows.Null(5) {
			score := rows.Int64(5)
			h.score = &score
		}
		fn(rows, rows.Int64(0), h)
	}
	return rows.Err()
}

// words keeps the few texts of a column such as the code, so that a row does not allocate them again.
type words struct{ known map[string]string }

func (w *words) text(b []byte) string {
	if s, ok := w.known[string(b)]; ok {
		return s
	}
	s := string(b)
	if w.known == nil {
		w.known = map[string]string{}
	}
	if len(w.known) < 64 {
		w.known[s] = s
	}
	return s
}

var verdictColumns = []string{
	"customer_id", "id", "run_id", "rulebook", "version", "scheme", "as_of", "origin", "code", "position", "reason", "score", "expires_on",
	"frame", "explanation", "digest", "created_by", "created_at",
}

func insertVerdicts(ctx context.Context, q db.Q, list []Verdict) error {
	asOf, expires := dayText{}, dayText{}
	_, err := db.Insert(ctx, q, db.Bulk{Table: "verdict", Columns: verdictColumns, N: len(list), Bind: func(i int, b db.Binder) {
		v := &list[i]
		b.Int64(v.CustomerID)
		b.Int64(v.ID)
		b.Int64(v.RunID)
		b.Text(v.Rulebook)
		b.Text(v.Version)
		b.Text(v.Scheme)
		b.Text(asOf.of(v.AsOf))
		b.Text(v.Origin)
		b.Text(v.Code)
		b.Int64(int64(v.Position))
		b.Text(v.Reason)
		bindOptional(b, v.Score)
		if v.ExpiresOn == calendar.None {
			b.Null()
		} else {
			b.Text(expires.of(v.ExpiresOn))
		}
		b.Int64(v.Frame)
		b.Bytes(v.Explanation)
		b.Text(v.Digest)
		b.Int64(v.CreatedBy)
		b.Int64(clock.Micros(v.CreatedAt))
	}})
	if err != nil {
		return fmt.Errorf("writing verdicts: %w", err)
	}
	return nil
}

// dayText keeps the text of a day: that of one row is mostly that of the next.
type dayText struct {
	day  calendar.Date
	text string
}

func (c *dayText) of(day calendar.Date) string {
	if c.text == "" || c.day != day {
		c.day, c.text = day, day.String()
	}
	return c.text
}

func bindOptional(b db.Binder, v *int64) {
	if v == nil {
		b.Null()
		return
	}
	b.Int64(*v)
}
