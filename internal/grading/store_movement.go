package grading

import (
	"context"
	"math"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// foundOn gives the condition that a verdict of an alias is what a run found about its customer, as foundTables does.
func foundOn(alias string, run *Run) (string, []any) {
	upto := run.Upto
	if upto == 0 {
		upto = math.MaxInt64
	}
	return alias + ".rulebook = ? AND " + alias + ".scheme = ? AND " + alias + ".as_of = ? AND " + alias + ".run_id <> 0 AND " + alias + ".id <= ? AND " +
			alias + ".reason <> 'not_in_scope' AND " + alias + ".id = (SELECT MAX(x.id) FROM verdict x WHERE x.customer_id = " + alias + ".customer_id AND x.scheme = " +
			alias + ".scheme AND x.as_of = " + alias + ".as_of AND x.rulebook = " + alias + ".rulebook AND x.run_id <> 0 AND x.id <= ?)",
		[]any{run.Rulebook, run.Scheme, run.AsOf, upto, upto}
}

// cell is a number of customers that went from one code to another between two runs; outside stands for "not in scope".
type moveCell struct {
	from, to string
	n        int64
}

// outside stands in a matrix for customers that were not in scope on a day.
const outside = "-"

// comeTo counts the customers of the later run by what the earlier one said about them.
func comeTo(ctx context.Context, q db.Q, earlier, later *Run, scope authz.Scope) ([]moveCell, error) {
	was, wasArgs := foundOn("a", earlier)
	is, isArgs := foundOn("b", later)
	within, args := scope.Clause("c")
	return db.List(ctx, q, `SELECT t.was, t.code, COUNT(*) FROM (SELECT CASE WHEN a.id IS NULL THEN '-' ELSE a.code END AS was, b.code
			FROM verdict b JOIN customer c ON c.id = b.customer_id LEFT JOIN verdict a ON a.customer_id = b.customer_id AND `+was+`
			WHERE `+is+` AND `+within+`) t GROUP BY t.was, t.code ORDER BY t.was, t.code`, append(append(wasArgs, isArgs...), args...), scanMoveCell)
}

// gone counts the customers of the earlier run about whom the later one says nothing.
func gone(ctx context.Context, q db.Q, earlier, later *Run, scope authz.Scope) ([]moveCell, error) {
	was, wasArgs := foundOn("a", earlier)
	is, isArgs := foundOn("b", later)
	within, args := scope.Clause("c")
	return db.List(ctx, q, `SELECT a.code, '-', COUNT(*) FROM verdict a JOIN customer c ON c.id = a.customer_id
		WHERE `+was+` AND `+within+` AND NOT EXISTS (SELECT 1 FROM verdict b WHERE b.customer_id = a.customer_id AND `+is+`)
		GROUP BY a.code ORDER BY a.code`, append(append(wasArgs, args...), isArgs...), scanMoveCell)
}

func scanMoveCell(r db.Rows) (moveCell, error) {
	return moveCell{from: string(r.Bytes(0)), to: string(r.Bytes(1)), n: r.Int64(2)}, nil
}

const movedColumns = "c.id, c.code, c.name, c.region, c.owner_id, COALESCE(u.name, '')"

// listMoved gives a page of the customers behind a cell, sorted by code, and one row more when there is a next page.
func listMoved(ctx context.Context, q db.Q, earlier, later *Run, scope authz.Scope, f MovedFilter, after []any) ([]Moved, error) {
	was, wasArgs := foundOn("a", earlier)
	is, isArgs := foundOn("b", later)
	within, args := scope.Clause("c")
	var text string
	var all []any
	if f.ToCode == outside {
		text = "SELECT " + movedColumns + `, a.code, '-', a.id, 0, a.score, NULL FROM verdict a JOIN customer c ON c.id = a.customer_id LEFT JOIN app_user u ON u.id = c.owner_id
			WHERE ` + was + " AND " + within + " AND NOT EXISTS (SELECT 1 FROM verdict b WHERE b.customer_id = a.customer_id AND " + is + ") AND a.code = ?"
		all = append(append(append(wasArgs, args...), isArgs...), f.FromCode)
	} else {
		text = "SELECT " + movedColumns + `, COALESCE(a.code, '-'), b.code, COALESCE(a.id, 0), b.id, a.score, b.score
			FROM verdict b JOIN customer c ON c.id = b.customer_id LEFT JOIN app_user u ON u.id = c.owner_id LEFT JOIN verdict a ON a.customer_id = b.customer_id AND ` + was + `
			WHERE ` + is + " AND " + within + " AND b.code = ? AND COALESCE(a.code, '-') = ?"
		all = append(append(append(wasArgs, isArgs...), args...), f.ToCode, f.FromCode)
	}
	if after != nil {
		text += " AND (c.code, c.id) > (?, ?)"
		all = append(all, after...)
	}
	return db.List(ctx, q, text+" ORDER BY c.code, c.id LIMIT ?", append(all, f.Limit+1), func(r db.Rows) (Moved, error) {
		var m Moved
		err := r.Scan(&m.CustomerID, &m.CustomerCode, &m.CustomerName, &m.Region, &m.OwnerID, &m.OwnerName, &m.From, &m.To, &m.FromVerdict, &m.ToVerdict, &m.FromScore, &m.ToScore)
		return m, err
	})
}

// countedFacts are those that stand: not taken back, not cancelled, of visible batches.
const countedFacts = `f.amount IS NOT NULL AND (f.status <> 'cancelled' OR f.amount < 0) AND f.batch_id NOT IN (SELECT id FROM fact_batch WHERE state <> 'visible')`

// revenueByCode adds up amounts of a kind of facts by what a run says about their customers, after one day up to another.
func revenueByCode(ctx context.Context, q db.Q, run *Run, scope authz.Scope, kind string, after, upTo calendar.Date) (map[string]map[string]int64, error) {
	is, isArgs := foundOn("v", run)
	within, args := scope.Clause("c")
	out := map[string]map[string]int64{}
	_, err := db.List(ctx, q, `SELECT v.code, f.currency, CAST(SUM(f.amount) AS BIGINT) FROM verdict v JOIN customer c ON c.id = v.customer_id
			JOIN fact f ON f.customer_id = v.customer_id AND f.occurred_on > ? AND f.occurred_on <= ? AND f.kind = ? AND `+countedFacts+`
		WHERE `+is+` AND `+within+` GROUP BY v.code, f.currency`, append(append([]any{after.String(), upTo.String(), kind}, isArgs...), args...),
		func(r db.Rows) (struct{}, error) {
			code := string(r.Bytes(0))
			if out[code] == nil {
				out[code] = map[string]int64{}
			}
			out[code][string(r.Bytes(1))] = r.Int64(2)
			return struct{}{}, nil
		})
	return out, err
}

// dutiesByCode counts duties that were done after one day up to another, by the grade of the customer and the rule that asked for them.
func dutiesByCode(ctx context.Context, q db.Q, run *Run, scope authz.Scope, after, upTo calendar.Date) ([]doneDuties, error) {
	is, isArgs := foundOn("v", run)
	within, args := scope.Clause("c")
	return db.List(ctx, q, `SELECT v.code, d.rulebook, d.version, d.rule, d.activity, COUNT(*) FROM verdict v JOIN customer c ON c.id = v.customer_id
			JOIN duty d ON d.customer_id = v.customer_id AND d.state IN ('kept', 'late') AND d.done_on > ? AND d.done_on <= ?
		WHERE `+is+` AND `+within+` GROUP BY v.code, d.rulebook, d.version, d.rule, d.activity`, append(append([]any{after.String(), upTo.String()}, isArgs...), args...),
		func(r db.Rows) (doneDuties, error) {
			var d doneDuties
			err := r.Scan(&d.code, &d.rulebook, &d.version, &d.rule, &d.activity, &d.n)
			return d, err
		})
}

// countCorrected counts the graded customers about whom people decided otherwise afterwards: by an override of the same
// scheme, or by a judged value for a day the run had covered, given after it ended.
func countCorrected(ctx context.Context, q db.Q, run *Run, scope authz.Scope) (int64, error) {
	is, isArgs := foundOn("v", run)
	within, args := scope.Clause("c")
	finished := int64(math.MaxInt64)
	if run.FinishedAt != nil {
		finished = *run.FinishedAt
	}
	all := append(isArgs, args...)
	all = append(all, run.AsOf, run.Upto, run.Rulebook, run.AsOf, finished)
	return db.One(ctx, q, `SELECT COUNT(*) FROM verdict v JOIN customer c ON c.id = v.customer_id WHERE `+is+` AND `+within+` AND v.code <> '' AND (
			EXISTS (SELECT 1 FROM verdict o WHERE o.customer_id = v.customer_id AND o.scheme = v.scheme AND o.origin = 'override' AND o.as_of >= ? AND o.id > ?)
			OR EXISTS (SELECT 1 FROM judgement j WHERE j.customer_id = v.customer_id AND j.rulebook = ? AND j.from_day <= ? AND j.judged_at > ?))`,
		all, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// mainCurrency gives the currency in which the most orders were counted between two days, "" without one.
func mainCurrency(ctx context.Context, q db.Q, after, upTo calendar.Date) (string, error) {
	s, err := db.One(ctx, q, `SELECT f.currency FROM fact f WHERE f.kind = 'order' AND f.occurred_on > ? AND f.occurred_on <= ? AND `+countedFacts+`
		GROUP BY f.currency ORDER BY COUNT(*) DESC, f.currency LIMIT 1`, []any{after.String(), upTo.String()}, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	if db.IsNoRows(err) {
		return "", nil
	}
	return s, err
}

// eachBySales hands over the place of the grade of every graded customer of a run, those that sold most after a day first.
func eachBySales(ctx context.Context, q db.Q, run *Run, scope authz.Scope, currency string, after, upTo calendar.Date, fn func(position int, sales int64)) error {
	is, isArgs := foundOn("v", run)
	within, args := scope.Clause("c")
	all := append([]any{after.String(), upTo.String(), currency}, isArgs...)
	rows, err := q.Query(ctx, `SELECT t.position, t.sales FROM (SELECT v.position, v.customer_id, COALESCE((SELECT CAST(SUM(f.amount) AS BIGINT) FROM fact f
			WHERE f.customer_id = v.customer_id AND f.kind = 'order' AND f.occurred_on > ? AND f.occurred_on <= ? AND f.currency = ? AND `+countedFacts+`), 0) AS sales
		FROM verdict v JOIN customer c ON c.id = v.customer_id WHERE `+is+` AND `+within+` AND v.code <> '') t ORDER BY t.sales DESC, t.customer_id`, append(all, args...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		fn(int(rows.Int64(0)), rows.Int64(1))
	}
	return rows.Err()
}

// reasonsOf counts the customers without a verdict of a run by reason.
func reasonsOf(ctx context.Context, q db.Q, run *Run, scope authz.Scope) (map[string]int64, error) {
	tables, args := foundTables(*run, scope)
	out := map[string]int64{}
	_, err := db.List(ctx, q, "SELECT v.reason, COUNT(*)"+tables+" AND v.code = '' GROUP BY v.reason", args, func(r db.Rows) (struct{}, error) {
		out[string(r.Bytes(0))] = r.Int64(1)
		return struct{}{}, nil
	})
	return out, err
}

// unjudgedAfter gives the next customers, in the order of their ids, about whom a scheme says nothing.
func unjudgedAfter(ctx context.Context, q db.Q, rulebookID, scheme string, scope authz.Scope, after int64, limit int) ([]int64, error) {
	within, args := scope.Clause("c")
	return db.List(ctx, q, `SELECT c.id FROM customer c LEFT JOIN standing s ON s.customer_id = c.id AND s.scheme = ?
		WHERE c.id > ? AND c.archived_at IS NULL AND (s.customer_id IS NULL OR s.rulebook <> ? OR s.reason = 'not_in_scope') AND `+within+` ORDER BY c.id LIMIT ?`,
		append(append([]any{scheme, after, rulebookID}, args...), limit), func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// standingsAfter reads a page of the standings of a scheme with their explanations. The empty text keeps SQLite on the key: the
// index of the scheme would have it sort all standings for every page.
func standingsAfter(ctx context.Context, q db.Q, rulebookID, scheme string, scope authz.Scope, after int64, limit int) ([]stood, error) {
	where, args := scope.Clause("c")
	return db.List(ctx, q, `SELECT s.customer_id, s.code, v.frame, v.explanation FROM standing s JOIN customer c ON c.id = s.customer_id
			JOIN verdict v ON v.customer_id = s.customer_id AND v.id = s.verdict_id
		WHERE s.customer_id > ? AND s.scheme || '' = ? AND s.rulebook = ? AND c.archived_at IS NULL AND `+where+` ORDER BY s.customer_id LIMIT ?`,
		append(append([]any{after, scheme, rulebookID}, args...), limit), func(r db.Rows) (stood, error) {
			var x stood
			err := r.Scan(&x.customer, &x.code, &x.frame, &x.explanation)
			return x, err
		})
}
