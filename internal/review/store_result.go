package review

import (
	"context"
	"fmt"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const resultColumns = lineColumns + `, COALESCE(r.action, ''), COALESCE(r.plan, ''), COALESCE(r.note, ''), COALESCE(r.owner_id, 0), COALESCE(o.name, ''), r.due_on, COALESCE(r.version_no, 0)`

// resultTables takes the list as its argument.
const resultTables = lineTables + "LEFT JOIN review_result r ON r.customer_id = l.customer_id AND r.review_id = l.review_id AND r.list = ? LEFT JOIN app_user o ON o.id = r.owner_id "

// belongs is the condition under which a customer is in a list.
func belongs(list, grade string) (string, []any) {
	switch list {
	case ListA:
		return "CASE WHEN l.verdict_id <> 0 THEN l.final_code WHEN l.meet_id <> 0 THEN l.meet_code WHEN l.rate_id <> 0 THEN l.rate_code ELSE '' END = ?", []any{grade}
	case ListNew:
		return "l.newcomer = 1", nil
	}
	return "r.list IS NOT NULL", nil
}

func scanResult(r db.Rows) (Result, error) {
	var out Result
	var draft []byte
	err := r.Scan(append(out.places(&draft), &out.Action, &out.Plan, &out.Note, &out.SeesTo, &out.SeesToName, &out.DueOn, &out.Version)...)
	if err != nil {
		return out, err
	}
	return out, out.drafted(draft)
}

// listResults gives a page of a list in the order of the customers' codes.
func listResults(ctx context.Context, q db.Q, c *campaign, a *access, list string, after []any, limit int) ([]Result, error) {
	in, within := a.where("c")
	belong, with := belongs(list, c.signedGrade())
	args := append([]any{list, c.ID}, within...)
	args = append(args, with...)
	where := "l.review_id = ? AND " + in + " AND " + belong
	if after != nil {
		where += " AND (l.code, l.customer_id) > (?, ?)"
		args = append(args, after...)
	}
	out, err := db.List(ctx, q, "SELECT "+resultColumns+resultTables+"WHERE "+where+" ORDER BY l.code, l.customer_id LIMIT ?", append(args, limit), scanResult)
	for i := range out {
		out[i].List = list
	}
	return out, err
}

func getResult(ctx context.Context, q db.Q, reviewID, customerID int64, list string) (Result, error) {
	out, err := db.One(ctx, q, "SELECT "+resultColumns+resultTables+"WHERE l.review_id = ? AND l.customer_id = ?", []any{list, reviewID, customerID}, scanResult)
	out.List = list
	return out, err
}

// saveResult writes a row; version 0 makes it. False when somebody else was quicker.
func saveResult(ctx context.Context, q db.Q, r *Result, by int64, now time.Time) (bool, error) {
	if r.Version == 0 {
		n, err := q.Exec(ctx, `INSERT INTO review_result (customer_id, review_id, list, action, plan, note, owner_id, due_on, version_no, updated_by, updated_at)
			VALUES (?,?,?,?,?,?,?,?,1,?,?) ON CONFLICT (customer_id, review_id, list) DO NOTHING`,
			r.CustomerID, r.ReviewID, r.List, r.Action, r.Plan, r.Note, r.SeesTo, r.DueOn, by, clock.Micros(now))
		return n == 1, err
	}
	n, err := q.Exec(ctx, `UPDATE review_result SET action = ?, plan = ?, note = ?, owner_id = ?, due_on = ?, version_no = version_no + 1, updated_by = ?, updated_at = ?
		WHERE customer_id = ? AND review_id = ? AND list = ? AND version_no = ?`,
		r.Action, r.Plan, r.Note, r.SeesTo, r.DueOn, by, clock.Micros(now), r.CustomerID, r.ReviewID, r.List, r.Version)
	return n == 1, err
}

func dropResult(ctx context.Context, q db.Q, reviewID, customerID int64, list string) error {
	_, err := q.Exec(ctx, "DELETE FROM review_result WHERE review_id = ? AND customer_id = ? AND list = ?", reviewID, customerID, list)
	return err
}

// carryResults takes over what the campaign before left standing about policies and settlement, to be verified in this one.
func carryResults(ctx context.Context, q db.Q, r *Review, now time.Time) error {
	_, err := q.Exec(ctx, `INSERT INTO review_result (customer_id, review_id, list, action, plan, note, owner_id, due_on, version_no, updated_by, updated_at)
		SELECT p.customer_id, CAST(? AS BIGINT), p.list, 'keep', p.plan, '', p.owner_id, NULL, 1, 0, CAST(? AS BIGINT) FROM review_result p
			JOIN review_line l ON l.customer_id = p.customer_id AND l.review_id = ?
		WHERE p.list IN ('special_policies', 'credit_terms') AND p.action <> 'revoke'
			AND p.review_id = (SELECT MAX(b.id) FROM review b WHERE b.rulebook = ? AND b.state = 'closed' AND b.id < ?)
		ON CONFLICT (customer_id, review_id, list) DO NOTHING`, r.ID, clock.Micros(now), r.ID, r.Rulebook, r.ID)
	if err != nil {
		return fmt.Errorf("carrying over results of a review: %w", err)
	}
	return nil
}
