package duty

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// eachLoad gives how many duties each person has open on each day from today on.
func eachLoad(ctx context.Context, q db.Q, today calendar.Date, fn func(userID int64, day calendar.Date, n int)) error {
	rows, err := q.Query(ctx, "SELECT owner_id, due_on, COUNT(*) FROM duty WHERE state = 'open' AND due_on >= ? GROUP BY owner_id, due_on", today)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		fn(rows.Int64(0), calendar.FromBytes(rows.Bytes(1)), int(rows.Int64(2)))
	}
	return rows.Err()
}

// awayFrom gives the absences that are not over today, by person.
func awayFrom(ctx context.Context, q db.Q, today calendar.Date) (map[int64][]Away, error) {
	rows, err := q.Query(ctx, "SELECT user_id, substitute_id, from_on, until_on FROM absence WHERE until_on >= ? ORDER BY user_id, id", today)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64][]Away{}
	for rows.Next() {
		user := rows.Int64(0)
		out[user] = append(out[user], Away{From: calendar.FromBytes(rows.Bytes(2)), Until: calendar.FromBytes(rows.Bytes(3)), Covered: rows.Int64(1) != 0})
	}
	return out, rows.Err()
}

// unitOf gives the unit of a person, 0 for one who is in none.
func unitOf(ctx context.Context, q db.Q, userID int64) (unit int64, err error) {
	err = db.Get(ctx, q, "SELECT COALESCE(unit_id, 0) FROM app_user WHERE id = ?", []any{userID}, &unit)
	if db.IsNoRows(err) {
		err = nil
	}
	return unit, err
}

// awayOf gives the absences of one person that are not over on a day.
func awayOf(ctx context.Context, q db.Q, userID int64, from calendar.Date) ([]Away, error) {
	return db.List(ctx, q, "SELECT from_on, until_on, substitute_id FROM absence WHERE user_id = ? AND until_on >= ? ORDER BY from_on, id", []any{userID, from},
		func(r db.Rows) (Away, error) {
			var a Away
			var substitute int64
			err := r.Scan(&a.From, &a.Until, &substitute)
			a.Covered = substitute != 0
			return a, err
		})
}

// gradeHeld says whether any customer stands at a grade.
func gradeHeld(ctx context.Context, q db.Q, rulebook, scheme, grade string) (bool, error) {
	var n int64
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM (SELECT 1 FROM standing WHERE scheme = ? AND code = ? AND rulebook = ? LIMIT 1) AS one", []any{scheme, grade, rulebook}, &n)
	return n > 0, err
}

// The kinds of special days as customer writes them.
const (
	kindBirthday = "birthday"
	kindNamed    = "day"
)

// specialDays gives the special days of some kinds: those of the customer itself first, then those of its primary contact.
func specialDays(ctx context.Context, q db.Q, kinds []string, lo, hi int64, fn func(customerID int64, kind string, d Special)) error {
	rows, err := q.Query(ctx, `SELECT d.customer_id, d.id, d.kind, d.name, d.lunar, d.year, d.month_day FROM special_day d
		LEFT JOIN contact p ON p.customer_id = d.customer_id AND p.id = d.contact_id
		WHERE d.customer_id >= ? AND d.customer_id <= ? AND d.kind IN `+db.In(len(kinds))+` AND (d.contact_id = 0 OR p.archived_at IS NULL)
		ORDER BY d.customer_id, CASE WHEN d.contact_id = 0 THEN 2 ELSE p.is_primary END DESC, d.contact_id, d.id`, append([]any{lo, hi}, db.Args(kinds)...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		monthDay := int(rows.Int64(6))
		fn(rows.Int64(0), string(rows.Bytes(2)), Special{
			ID: rows.Int64(1), Name: string(rows.Bytes(3)), Year: int(rows.Int64(5)),
			On: calendar.Yearly{Lunar: rows.Int64(4) == 1, Month: monthDay / 100, Day: monthDay % 100},
		})
	}
	return rows.Err()
}

// ownDates gives since when each customer is one and when it was recorded, in microseconds; since is None where it is not known.
func ownDates(ctx context.Context, q db.Q, lo, hi int64, fn func(customerID int64, since calendar.Date, createdAt int64)) error {
	rows, err := q.Query(ctx, "SELECT id, since, created_at FROM customer WHERE id >= ? AND id <= ?", lo, hi)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		since := calendar.None
		if !rows.Null(1) {
			since = calendar.FromBytes(rows.Bytes(1))
		}
		fn(rows.Int64(0), since, rows.Int64(2))
	}
	return rows.Err()
}

// customDates gives the values of the company's own fields that are dates.
func customDates(ctx context.Context, q db.Q, lo, hi int64, fields []string, fn func(customerID int64, field string, day calendar.Date)) error {
	rows, err := q.Query(ctx, "SELECT customer_id, name, value FROM custom_value WHERE customer_id >= ? AND customer_id <= ? AND name IN "+db.In(len(fields)),
		append([]any{lo, hi}, db.Args(fields)...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if day, err := calendar.Parse(string(rows.Bytes(2))); err == nil {
			fn(rows.Int64(0), string(rows.Bytes(1)), day)
		}
	}
	return rows.Err()
}

// pastGrades gives the verdicts of some customers under a rulebook, in the order of customer, scheme and day.
func pastGrades(ctx context.Context, q db.Q, rulebook string, ids []int64, fn func(customerID int64, scheme, code string, asOf calendar.Date)) error {
	rows, err := q.Query(ctx, "SELECT customer_id, scheme, code, as_of FROM verdict WHERE rulebook = ? AND customer_id IN "+db.In(len(ids))+
		" ORDER BY customer_id, scheme, as_of, id", append([]any{rulebook}, db.Args(ids)...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		fn(rows.Int64(0), string(rows.Bytes(1)), string(rows.Bytes(2)), calendar.FromBytes(rows.Bytes(3)))
	}
	return rows.Err()
}

// redateDuty moves an open duty to another day and says how many there were.
func redateDuty(ctx context.Context, q db.Q, customerID, dutyID int64, to Planned, now int64) (int64, error) {
	var escalateOn any
	if e := to.Rule.Escalate; e != nil {
		escalateOn = e.After.After(to.DueOn)
	}
	return q.Exec(ctx, `UPDATE duty SET due_on = ?, window_from = ?, escalate_on = ?, version_no = version_no + 1, updated_at = ?
		WHERE customer_id = ? AND id = ? AND state = 'open'`, to.DueOn, to.WindowFrom, escalateOn, now, customerID, dutyID)
}
