package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/grading"
)

// gradings holds the grading of everybody against the same scorecard written by hand as one SQL statement, measures
// included, over the same clustered table in the same database. The statement writes customer, score and code; the grading writes verdicts with their
// reasons, standings and movements as well.
func gradings(ctx context.Context, o options, r *report) error {
	dir, remove, err := copyOfCompany(ctx, o, r)
	if err != nil {
		return err
	}
	defer remove()
	a, err := open(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	ctx = authz.With(ctx, authz.System("bench"))
	if err := makeScratch(ctx, a.DB); err != nil {
		return err
	}
	var ours, byHand time.Duration
	var note string
	for n := range 3 {
		// Each round grades another day, or the second one would find its verdicts written.
		asOf := today.AddDays(-n * 2)
		if n == 0 {
			asOf = today
		}
		began := time.Now()
		if err := gradeByHand(ctx, a.DB, asOf); err != nil {
			return err
		}
		took := time.Since(began)
		began = time.Now()
		sum, err := a.Gradings.Grade(ctx, dealerGrading, asOf, grading.Options{}, nil)
		if err != nil {
			return err
		}
		if t := time.Since(began); ours == 0 || t < ours {
			ours = t
		}
		if byHand == 0 || took < byHand {
			byHand = took
		}
		different, err := disagreements(ctx, a.DB, sum.RunID)
		if err != nil {
			return err
		}
		note = fmt.Sprintf("%d in scope, %d graded otherwise by the statement, which knows no second currency", sum.InScope, different)
	}
	r.add(Figure{
		Name: "grading against one SQL statement", Value: ours.Seconds() / byHand.Seconds(), Unit: "×", Target: 2,
		Note: short(ours.Seconds()) + " s against " + short(byHand.Seconds()) + " s; " + note,
	})
	return nil
}

// points writes a CASE for bands given as lower bounds and points, best first.
func points(value, missing string, bands ...[2]int64) string {
	sql := "CASE WHEN " + value + " IS NULL THEN " + missing
	for _, b := range bands {
		sql += " WHEN " + value + " >= " + strconv.FormatInt(b[0], 10) + " THEN " + strconv.FormatInt(b[1], 10)
	}
	return sql + " ELSE 0 END"
}

// scorecard is dealer-annual-grading by hand. Judged items that nobody judged count half, as the rulebook says: ten points.
func scorecard() string {
	score := points("sales", "0", [2]int64{5_000_000_00, 80}, [2]int64{2_000_000_00, 60}, [2]int64{1_000_000_00, 45}, [2]int64{500_000_00, 30}, [2]int64{200_000_00, 10}, [2]int64{50_000_00, 5}) +
		" + " + points("(sales - earlier) * 100.0 / NULLIF(earlier, 0)", "15", [2]int64{20, 30}, [2]int64{5, 24}, [2]int64{-5, 18}, [2]int64{-20, 10}) +
		" + " + points("months", "0", [2]int64{10, 20}, [2]int64{6, 14}, [2]int64{3, 8}, [2]int64{1, 3}) +
		" + CASE WHEN days IS NULL THEN 15 WHEN days <= 30 THEN 30 WHEN days <= 60 THEN 20 WHEN days <= 90 THEN 10 ELSE 0 END" +
		" + " + points("paid * 100.0 / NULLIF(sales, 0)", "10", [2]int64{95, 20}, [2]int64{80, 14}, [2]int64{60, 8}) + " + 10"
	return `INSERT INTO bench_verdict (customer_id, score, code)
		SELECT customer_id, score, CASE WHEN score >= 150 THEN 'A' WHEN score >= 100 THEN 'B' WHEN score >= 80 THEN 'C' ELSE 'none' END
		FROM (SELECT customer_id, ` + score + ` AS score FROM (
			SELECT c.id AS customer_id,
				COALESCE(SUM(CASE WHEN f.kind = 'order' AND f.status = 'shipped' AND f.occurred_on > ? THEN f.amount END), 0) AS sales,
				COALESCE(SUM(CASE WHEN f.kind = 'order' AND f.status = 'shipped' AND f.occurred_on <= ? THEN f.amount END), 0) AS earlier,
				COUNT(DISTINCT CASE WHEN f.kind = 'order' AND f.status <> 'cancelled' AND f.occurred_on > ? THEN substr(f.occurred_on, 1, 7) END) AS months,
				AVG(CASE WHEN f.kind = 'payment' AND f.occurred_on > ? THEN CAST(json_extract(f.attrs, '$.days_to_pay') AS INTEGER) END) AS days,
				COALESCE(SUM(CASE WHEN f.kind = 'payment' AND f.occurred_on > ? THEN f.amount END), 0) AS paid
			FROM customer c LEFT JOIN fact f ON f.customer_id = c.id AND f.occurred_on > ? AND f.occurred_on <= ? AND f.kind IN ('order', 'payment')
				AND f.batch_id NOT IN (SELECT id FROM fact_batch WHERE state <> 'visible')
			WHERE c.kind IN ('dealer', 'franchisee', 'oem') AND c.archived_at IS NULL
			GROUP BY c.id))`
}

// gradeByHand runs the statement into the emptied scratch table.
func gradeByHand(ctx context.Context, d *db.DB, asOf calendar.Date) error {
	year := asOf.AddMonths(-12)
	return d.InTx(ctx, func(q db.Q) error {
		if _, err := q.Exec(ctx, "DELETE FROM bench_verdict"); err != nil {
			return err
		}
		_, err := q.Exec(ctx, scorecard(), year, year, year, year, year, asOf.AddMonths(-24), asOf)
		return err
	})
}

func makeScratch(ctx context.Context, d *db.DB) error {
	return d.InTx(ctx, func(q db.Q) error {
		_, err := q.Exec(ctx, "CREATE TABLE bench_verdict (customer_id BIGINT NOT NULL PRIMARY KEY, score BIGINT NOT NULL, code TEXT NOT NULL) WITHOUT ROWID")
		return err
	})
}

// disagreements counts the customers whom the statement and a run gave different codes.
func disagreements(ctx context.Context, d *db.DB, runID int64) (int64, error) {
	var n int64
	err := db.Get(ctx, d.Read(), `SELECT COUNT(*) FROM verdict v JOIN bench_verdict b ON b.customer_id = v.customer_id
		WHERE v.run_id = ? AND v.code <> b.code`, []any{runID}, &n)
	return n, err
}
