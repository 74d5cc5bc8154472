package grading

import (
	"context"
	"math"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// Found is what a run found about one customer.
type Found struct {
	CustomerID   int64
	CustomerCode string
	CustomerName string
	Kind         string
	Region       string
	OwnerID      int64
	OwnerName    string
	VerdictID    int64
	Code         string // "" = no verdict, for the reason
	Position     int
	Reason       string
	Score        *int64 // millionths
	ExpiresOn    calendar.Date
	Moved        bool   // the run gave another code than the standing had
	From         string // the code before, where it moved
	Direction    int    // 1 up, -1 down, 0 otherwise
}

const foundColumns = `v.customer_id, c.code, c.name, c.kind, c.region, c.owner_id, COALESCE(u.name, ''), v.id, v.code, v.position, v.reason, v.score,
	v.expires_on, CASE WHEN m.run_id IS NULL THEN 0 ELSE 1 END, COALESCE(m.from_code, ''), COALESCE(m.direction, 0)`

func scanFound(r db.Rows) (Found, error) {
	var f Found
	err := r.Scan(&f.CustomerID, &f.CustomerCode, &f.CustomerName, &f.Kind, &f.Region, &f.OwnerID, &f.OwnerName, &f.VerdictID, &f.Code, &f.Position,
		&f.Reason, &f.Score, &f.ExpiresOn, &f.Moved, &f.From, &f.Direction)
	return f, err
}

// foundTables gives the tables and the condition of what a run found: of each customer in scope the newest computed verdict
// of its rulebook and day that was there when it ended. A rerun that wrote nothing finds the rows of the run before.
func foundTables(run Run, scope authz.Scope) (string, []any) {
	upto := run.Upto
	if upto == 0 {
		upto = math.MaxInt64
	}
	within, args := scope.Clause("c")
	return ` FROM verdict v JOIN customer c ON c.id = v.customer_id LEFT JOIN app_user u ON u.id = c.owner_id
		LEFT JOIN movement m ON m.customer_id = v.customer_id AND m.run_id = ?
		WHERE v.rulebook = ? AND v.scheme = ? AND v.as_of = ? AND v.run_id <> 0 AND v.id <= ? AND v.reason <> 'not_in_scope'
		AND v.id = (SELECT MAX(n.id) FROM verdict n WHERE n.customer_id = v.customer_id AND n.scheme = v.scheme AND n.as_of = v.as_of
			AND n.rulebook = v.rulebook AND n.run_id <> 0 AND n.id <= ?)
		AND ` + within, append([]any{run.ID, run.Rulebook, run.Scheme, run.AsOf, upto, upto}, args...)
}

// eachFound hands over everything a run found, sorted by the customer's code.
func eachFound(ctx context.Context, q db.Q, run Run, scope authz.Scope, fn func(Found) error) error {
	tables, args := foundTables(run, scope)
	rows, err := q.Query(ctx, "SELECT "+foundColumns+tables+" ORDER BY c.code, c.id", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		f, err := scanFound(rows)
		if err != nil {
			return err
		}
		if err := fn(f); err != nil {
			return err
		}
	}
	return rows.Err()
}

// eachWithout hands over who got no verdict in a run, sorted by the customer's code.
func eachWithout(ctx context.Context, q db.Q, run Run, fn func(Without)) error {
	tables, args := foundTables(run, authz.Scope{All: true})
	rows, err := q.Query(ctx, "SELECT c.code, v.reason"+tables+" AND v.code = '' ORDER BY c.code, c.id", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		fn(Without{Customer: string(rows.Bytes(0)), Reason: string(rows.Bytes(1))})
	}
	return rows.Err()
}

// FoundFilter bounds a list of what a run found.
type FoundFilter struct {
	Code      string // one code; empty = all
	Direction string // up, down, first, aside, changed; empty = all
	Search    string // part of the customer's name or the beginning of its code
	Without   bool   // those without a verdict instead of those with one
	Sort      string // code (default) or score (best first)
	Cursor    string
	Limit     int // 1 to 200
}

// directions gives the condition of each direction.
var directions = map[string]string{
	"up": "m.direction = 1", "down": "m.direction = -1", "first": "m.from_code = ''", "aside": "m.to_code = ''", "changed": "m.run_id IS NOT NULL",
}

func (f FoundFilter) clause() (string, []any) {
	where, args := " AND v.code <> ''", []any{}
	if f.Without {
		where = " AND v.code = ''"
	}
	if f.Code != "" {
		where += " AND v.code = ?"
		args = append(args, f.Code)
	}
	if c := directions[f.Direction]; c != "" {
		where += " AND " + c
	}
	if text := strings.TrimSpace(f.Search); text != "" {
		text = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(text))
		where += ` AND (LOWER(c.name) LIKE ? ESCAPE '\' OR LOWER(c.code) LIKE ? ESCAPE '\')`
		args = append(args, "%"+text+"%", text+"%")
	}
	return where, args
}

// noScore stands for "no score" in the order by score: after every score there is.
const noScore = math.MinInt64 + 1

// listFound gives a page of what a run found and one row more when there is a next page.
func listFound(ctx context.Context, q db.Q, run Run, scope authz.Scope, f FoundFilter, after []any) ([]Found, error) {
	tables, args := foundTables(run, scope)
	where, more := f.clause()
	args = append(args, more...)
	order := " ORDER BY c.code, c.id"
	keyset := " AND (c.code, c.id) > (?, ?)"
	if f.Sort == "score" {
		order = " ORDER BY COALESCE(v.score, -9223372036854775807) DESC, v.customer_id DESC"
		keyset = " AND (COALESCE(v.score, -9223372036854775807), v.customer_id) < (?, ?)"
	}
	if after != nil {
		where += keyset
		args = append(args, after...)
	}
	return db.List(ctx, q, "SELECT "+foundColumns+tables+where+order+" LIMIT ?", append(args, f.Limit+1), scanFound)
}

// foundTally counts what a run found within a scope.
func foundTally(ctx context.Context, q db.Q, run Run, scope authz.Scope) (Tally, error) {
	tables, args := foundTables(run, scope)
	t := Tally{Counts: map[string]int64{}}
	_, err := db.List(ctx, q, "SELECT v.code, COUNT(*), COUNT(m.run_id)"+tables+" GROUP BY v.code", args, func(r db.Rows) (struct{}, error) {
		code, n := string(r.Bytes(0)), r.Int64(1)
		t.InScope += n
		t.Changed += r.Int64(2)
		if code == "" {
			t.WithoutVerdict += n
		} else {
			t.Graded += n
			t.Counts[code] = n
		}
		return struct{}{}, nil
	})
	return t, err
}

// Move is a number of customers that went from one code to another.
type Move struct {
	From, To  string
	Direction int
	Count     int64
}

func movesOf(ctx context.Context, q db.Q, runID int64, scope authz.Scope) ([]Move, error) {
	within, args := scope.Clause("c")
	return db.List(ctx, q, `SELECT m.from_code, m.to_code, m.direction, COUNT(*) FROM movement m JOIN customer c ON c.id = m.customer_id
		WHERE m.run_id = ? AND `+within+` GROUP BY m.from_code, m.to_code, m.direction ORDER BY m.from_code, m.to_code`,
		append([]any{runID}, args...), func(r db.Rows) (Move, error) {
			var m Move
			err := r.Scan(&m.From, &m.To, &m.Direction, &m.Count)
			return m, err
		})
}

// standingCounts gives the customers per code now; "" counts those with a reason instead.
func standingCounts(ctx context.Context, q db.Q, scheme, rulebookID string, scope authz.Scope) (map[string]int64, error) {
	within, args := scope.Clause("c")
	out := map[string]int64{}
	_, err := db.List(ctx, q, `SELECT s.code, COUNT(*) FROM standing s JOIN customer c ON c.id = s.customer_id
		WHERE s.scheme = ? AND s.rulebook = ? AND s.reason <> 'not_in_scope' AND c.archived_at IS NULL AND `+within+` GROUP BY s.code`,
		append([]any{scheme, rulebookID}, args...), func(r db.Rows) (struct{}, error) {
			out[string(r.Bytes(0))] = r.Int64(1)
			return struct{}{}, nil
		})
	return out, err
}

const verdictHeadColumns = "customer_id, id, run_id, rulebook, version, scheme, as_of, origin, code, position, reason, score, expires_on, created_by, created_at"

func scanVerdictHead(r db.Rows) (Verdict, error) {
	var v Verdict
	var at int64
	err := r.Scan(&v.CustomerID, &v.ID, &v.RunID, &v.Rulebook, &v.Version, &v.Scheme, &v.AsOf, &v.Origin, &v.Code, &v.Position, &v.Reason, &v.Score,
		&v.ExpiresOn, &v.CreatedBy, &at)
	v.CreatedAt = clock.FromMicros(at)
	return v, err
}

func scanVerdict(r db.Rows) (Verdict, error) {
	var v Verdict
	var at int64
	err := r.Scan(&v.CustomerID, &v.ID, &v.RunID, &v.Rulebook, &v.Version, &v.Scheme, &v.AsOf, &v.Origin, &v.Code, &v.Position, &v.Reason, &v.Score,
		&v.ExpiresOn, &v.CreatedBy, &at, &v.Frame, &v.Explanation)
	v.CreatedAt = clock.FromMicros(at)
	return v, err
}

// customerVerdicts gives the verdicts on a customer newest first, without their explanations.
func customerVerdicts(ctx context.Context, q db.Q, customerID, before int64, limit int) ([]Verdict, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	return db.List(ctx, q, "SELECT "+verdictHeadColumns+" FROM verdict WHERE customer_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
		[]any{customerID, before, limit}, scanVerdictHead)
}

func getVerdict(ctx context.Context, q db.Q, customerID, verdictID int64) (Verdict, error) {
	return db.One(ctx, q, "SELECT "+verdictHeadColumns+", frame, explanation FROM verdict WHERE customer_id = ? AND id = ?", []any{customerID, verdictID}, scanVerdict)
}

// latestVerdict gives the verdict of the newest day, and of that day the newest.
func latestVerdict(ctx context.Context, q db.Q, customerID int64, rulebookID, scheme string) (Verdict, error) {
	return db.One(ctx, q, "SELECT "+verdictHeadColumns+", frame, explanation FROM verdict WHERE customer_id = ? AND rulebook = ? AND scheme = ? ORDER BY as_of DESC, id DESC LIMIT 1",
		[]any{customerID, rulebookID, scheme}, scanVerdict)
}

func customerStandings(ctx context.Context, q db.Q, customerID int64) ([]Standing, error) {
	return db.List(ctx, q, "SELECT "+standingColumns+" FROM standing WHERE customer_id = ? ORDER BY scheme", []any{customerID}, scanStanding)
}

// userNames gives the names of people by id.
func userNames(ctx context.Context, q db.Q, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	_, err := db.List(ctx, q, "SELECT id, name FROM app_user WHERE id IN "+db.In(len(ids)), db.Args(ids), func(r db.Rows) (struct{}, error) {
		out[r.Int64(0)] = string(r.Bytes(1))
		return struct{}{}, nil
	})
	return out, err
}
