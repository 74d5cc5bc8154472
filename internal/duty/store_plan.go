package duty

import (
	"context"
	"strconv"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// graded is a customer with its standing under one rulebook.
type graded struct {
	Subject
	verdictID       int64
	scheme          string
	ownerID, unitID int64
	archived        bool
	code            string // of the customer
	previous        string // grade
}

// gradedAfter gives the next customers with a standing under a rulebook, in the order of their ids; one row per scheme.
func gradedAfter(ctx context.Context, q db.Q, rulebook string, after int64, limit int) ([]graded, error) {
	return db.List(ctx, q, `SELECT s.customer_id, s.code, s.since, s.verdict_id, s.scheme, c.owner_id, c.unit_id, c.archived_at, c.code, s.previous_code
		FROM standing s JOIN customer c ON c.id = s.customer_id WHERE s.customer_id > ? AND s.rulebook = ? AND s.customer_id <= (SELECT MAX(x.customer_id) FROM
			(SELECT DISTINCT n.customer_id FROM standing n WHERE n.customer_id > ? AND n.rulebook = ? ORDER BY n.customer_id LIMIT ?) x)
		ORDER BY s.customer_id, s.scheme`, []any{after, rulebook, after, rulebook, limit}, func(r db.Rows) (graded, error) {
		g := graded{Subject: Subject{Rulebook: rulebook}}
		var archivedAt *int64
		err := r.Scan(&g.CustomerID, &g.Grade, &g.Since, &g.verdictID, &g.scheme, &g.ownerID, &g.unitID, &archivedAt, &g.code, &g.previous)
		g.archived = archivedAt != nil
		return g, err
	})
}

// existing is what planning needs to know of a duty that is there already.
type existing struct {
	id      int64
	ownerID int64
	unitID  int64
	state   State
	due     calendar.Date
	key     string
	role    string
	scheme  string
	rule    string
	grade   string
}

// existingSQL compares an expression, so that no index on the rulebook is taken for it: that of the compliance figures would be read from
// end to end for every chunk, since it does not begin with the customer.
const existingSQL = `SELECT customer_id, id, owner_id, unit_id, state, due_on, plan_key, role, scheme, rule, grade FROM duty
	WHERE customer_id >= ? AND customer_id <= ? AND rulebook || '' = ? AND state <> 'dropped'`

// existingOf gives the duties of one rulebook of the customers with ids in [lo, hi], by customer.
func existingOf(ctx context.Context, q db.Q, rulebook string, lo, hi int64) (map[int64][]existing, error) {
	rows, err := q.Query(ctx, existingSQL, lo, hi, rulebook)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64][]existing{}
	for rows.Next() {
		var customerID int64
		var e existing
		if err := rows.Scan(&customerID, &e.id, &e.ownerID, &e.unitID, &e.state, &e.due, &e.key, &e.role, &e.scheme, &e.rule, &e.grade); err != nil {
			return nil, err
		}
		out[customerID] = append(out[customerID], e)
	}
	return out, rows.Err()
}

// newDuty is a planned duty with who owes it.
type newDuty struct {
	*graded // shared by all of a customer
	Planned
	version string
	ownerID int64
}

var planColumns = []string{
	"customer_id", "id", "rulebook", "version", "scheme", "rule", "clause", "title_zh", "title_en", "verdict_id", "grade", "activity", "every",
	"evidence", "assumed", "role", "owner_id", "unit_id", "window_from", "due_on", "state", "plan_key", "done_by", "note", "fact_id", "reason",
	"idem_key", "idem_hash", "version_no", "created_at", "updated_at", "occasion", "waive_by", "escalate_to", "escalate_on", "due_owner_id", "due_unit_id", "appointment",
}

// insertDuties opens the planned duties and gives how many were new.
func insertDuties(ctx context.Context, q db.Q, list []newDuty, now clock.Clock) (int, error) {
	at := now()
	us := clock.Micros(at)
	skipped, err := db.Insert(ctx, q, db.Bulk{
		Table: "duty", Columns: planColumns, Key: []string{"customer_id", "plan_key"}, N: len(list),
		Bind: func(i int, b db.Binder) {
			n := &list[i]
			b.Int64(n.CustomerID)
			b.Int64(id.New(at))
			for _, s := range []string{n.Rulebook, n.version, n.scheme, n.Rule.Key, n.Rule.Clause, n.Rule.Title.Zh, n.Rule.Title.En} {
				b.Text(s)
			}
			b.Int64(n.verdictID)
			for _, s := range []string{n.Grade, n.Rule.Activity, n.Rule.EveryText, n.Rule.Evidence} {
				b.Text(s)
			}
			b.Int64(flag(n.Rule.Assumed))
			b.Text(roleOf(n.Rule))
			b.Int64(n.ownerID)
			b.Int64(n.unitID)
			for _, s := range []string{n.WindowFrom.String(), n.DueOn.String(), string(Open), n.Key} {
				b.Text(s)
			}
			b.Int64(0)
			b.Text("")
			b.Int64(0)
			for range 3 {
				b.Text("")
			}
			b.Int64(1)
			b.Int64(us)
			b.Int64(us)
			b.Text(n.Occasion)
			b.Text(n.Rule.WaiveBy)
			bindEscalation(b, n.Rule.Escalate, n.DueOn)
			b.Int64(n.ownerID)
			b.Int64(n.unitID)
			b.Int64(flag(n.Rule.Appointment))
		},
	})
	return len(list) - len(skipped), err
}

func bindEscalation(b db.Binder, e *rule.Escalation, due calendar.Date) {
	if e == nil {
		b.Text("")
		b.Null()
		return
	}
	b.Text(e.To)
	b.Text(e.After.After(due).String())
}

func flag(on bool) int64 {
	if on {
		return 1
	}
	return 0
}

func roleOf(r *rule.DutyRule) string {
	if r.By == "" {
		return RoleOwner
	}
	return r.By
}

// dropDuty closes an open duty whose grade no longer holds and gives its plan key back.
func dropDuty(ctx context.Context, q db.Q, customerID int64, e existing, now int64) (int64, error) {
	return q.Exec(ctx, `UPDATE duty SET state = 'dropped', plan_key = ?, done_at = ?, version_no = version_no + 1, updated_at = ?
		WHERE customer_id = ? AND id = ? AND state = 'open'`, e.key+"~"+strconv.FormatInt(e.id, 10), now, now, customerID, e.id)
}

// assignDuty gives a duty that is not done to another person. Whoever owed it when its day passed goes on answering for it.
func assignDuty(ctx context.Context, q db.Q, customerID, dutyID, ownerID, unitID int64, today calendar.Date, now int64) error {
	_, err := q.Exec(ctx, `UPDATE duty SET owner_id = ?, unit_id = ?, version_no = version_no + 1, updated_at = ?,
			due_owner_id = CASE WHEN due_on >= ? THEN ? ELSE due_owner_id END, due_unit_id = CASE WHEN due_on >= ? THEN ? ELSE due_unit_id END
		WHERE customer_id = ? AND id = ? AND state IN ('open', 'missed')`, ownerID, unitID, now, today, ownerID, today, unitID, customerID, dutyID)
	return err
}

// pendingOf gives the duties of a customer that are not done.
func pendingOf(ctx context.Context, q db.Q, customerID int64) ([]existing, error) {
	return db.List(ctx, q, "SELECT id, owner_id, unit_id, state, due_on, plan_key, role, scheme FROM duty WHERE customer_id = ? AND state IN ('open', 'missed')",
		[]any{customerID}, func(r db.Rows) (existing, error) {
			var e existing
			err := r.Scan(&e.id, &e.ownerID, &e.unitID, &e.state, &e.due, &e.key, &e.role, &e.scheme)
			return e, err
		})
}

// customersToRepoint gives the next customers with duties that are not done which a person's move may concern: the person's own, and
// those to whom the holder of a post owes something.
func customersToRepoint(ctx context.Context, q db.Q, userID, after int64, limit int) ([]int64, error) {
	return db.List(ctx, q, `SELECT DISTINCT d.customer_id FROM duty d JOIN customer c ON c.id = d.customer_id
		WHERE d.customer_id > ? AND d.state IN ('open', 'missed') AND (d.role <> ? OR c.owner_id = ?) ORDER BY d.customer_id LIMIT ?`,
		[]any{after, RoleOwner, userID, limit}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// customerOwner gives owner, unit and whether the customer is archived.
func customerOwner(ctx context.Context, q db.Q, customerID int64) (g graded, err error) {
	var archivedAt *int64
	err = db.Get(ctx, q, "SELECT owner_id, unit_id, archived_at FROM customer WHERE id = ?", []any{customerID}, &g.ownerID, &g.unitID, &archivedAt)
	g.CustomerID, g.archived = customerID, archivedAt != nil
	return g, err
}

// orphan is an open duty whose customer has no standing under the duty's rulebook any more.
type orphan struct {
	existing
	customerID int64
}

// orphansOf gives those of the customers after one of them. Like existingSQL it compares expressions, so that the customers are walked and
// not everything that is open.
func orphansOf(ctx context.Context, q db.Q, rulebook string, after int64, today calendar.Date, limit int) ([]orphan, error) {
	return db.List(ctx, q, `SELECT customer_id, id, plan_key FROM duty
		WHERE customer_id > ? AND state || '' = 'open' AND rulebook || '' = ? AND due_on >= ? ORDER BY customer_id, id LIMIT ?`,
		[]any{after, rulebook, today, limit}, func(r db.Rows) (orphan, error) {
			var o orphan
			err := r.Scan(&o.customerID, &o.id, &o.key)
			return o, err
		})
}

// overdueOpen gives open duties whose day has passed, oldest first.
func overdueOpen(ctx context.Context, q db.Q, today calendar.Date, limit int) ([]orphan, error) {
	return db.List(ctx, q, "SELECT customer_id, id FROM duty WHERE state = 'open' AND due_on < ? ORDER BY due_on, id LIMIT ?",
		[]any{today, limit}, func(r db.Rows) (orphan, error) {
			var o orphan
			err := r.Scan(&o.customerID, &o.id)
			return o, err
		})
}

func markMissed(ctx context.Context, q db.Q, o orphan, now int64) (int64, error) {
	return q.Exec(ctx, "UPDATE duty SET state = 'missed', version_no = version_no + 1, updated_at = ? WHERE customer_id = ? AND id = ? AND state = 'open'",
		now, o.customerID, o.id)
}

// gradedRulebooks names the rulebooks under which anybody stands.
func gradedRulebooks(ctx context.Context, q db.Q) ([]string, error) {
	return db.List(ctx, q, "SELECT DISTINCT rulebook FROM standing ORDER BY rulebook", nil, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
}

// sums counts graded customers, and the duties due in [from, to].
func sums(ctx context.Context, q db.Q, from, to calendar.Date) (customers, duties int64, err error) {
	if err = db.Get(ctx, q, "SELECT COUNT(DISTINCT customer_id) FROM standing WHERE code <> ''", nil, &customers); err != nil {
		return 0, 0, err
	}
	err = db.Get(ctx, q, "SELECT COUNT(*) FROM duty WHERE state IN ('open', 'missed', 'kept', 'late', 'waived') AND due_on >= ? AND due_on <= ?", []any{from, to}, &duties)
	return customers, duties, err
}

// holders gives for every unit its parent and the active person who holds a role in it longest (by id); unit 0 stands above all.
func holders(ctx context.Context, q db.Q, role string) (byUnit map[int64]int64, err error) {
	rows, err := q.Query(ctx, `SELECT COALESCE(u.unit_id, 0), u.id FROM app_user u JOIN user_role r ON r.user_id = u.id
		WHERE r.role = ? AND u.state = 'active' ORDER BY u.id`, role)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	byUnit = map[int64]int64{}
	for rows.Next() {
		unit, user := rows.Int64(0), rows.Int64(1)
		if _, ok := byUnit[unit]; !ok {
			byUnit[unit] = user
		}
	}
	return byUnit, rows.Err()
}

// peopleNames gives the names of people by id.
func peopleNames(ctx context.Context, q db.Q, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	_, err := db.List(ctx, q, "SELECT id, name FROM app_user WHERE id IN "+db.In(len(ids)), db.Args(ids), func(r db.Rows) (struct{}, error) {
		out[r.Int64(0)] = string(r.Bytes(1))
		return struct{}{}, nil
	})
	return out, err
}

func unitParents(ctx context.Context, q db.Q) (map[int64]int64, error) {
	rows, err := q.Query(ctx, "SELECT id, COALESCE(parent_id, 0) FROM unit")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]int64{}
	for rows.Next() {
		out[rows.Int64(0)] = rows.Int64(1)
	}
	return out, rows.Err()
}
