package duty

import (
	"context"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// The joins are outer ones so that the database walks the duties in their order and looks the rest up.
const selectDuty = selectColumns + " FROM duty d" + joins

const selectColumns = `SELECT d.id, d.customer_id, d.rulebook, d.version, d.scheme, d.rule, d.clause, d.title_zh, d.title_en, d.verdict_id,
	d.grade, d.activity, d.every, d.evidence, d.assumed, d.role, d.owner_id, d.unit_id, d.window_from, d.due_on, d.state, d.done_on,
	d.done_at, d.done_by, d.note, d.reason, d.fact_id, d.version_no, d.idem_key, d.idem_hash, d.plan_key,
	d.occasion, d.waive_by, d.escalate_to, d.escalate_on, d.escalated_to, d.escalated_at, d.due_owner_id, d.due_unit_id, d.appointment,
	COALESCE(c.code, ''), COALESCE(c.name, ''), COALESCE(c.region, ''), COALESCE(c.owner_id, 0), COALESCE(c.unit_id, 0),
	COALESCE(o.name, ''), COALESCE(b.name, ''), COALESCE(e.name, ''), COALESCE(a.name, '')`

// What a whole grade is owed has no customer.
const joins = ` LEFT JOIN customer c ON c.id = d.customer_id LEFT JOIN app_user o ON o.id = d.owner_id LEFT JOIN app_user b ON b.id = d.done_by
	LEFT JOIN app_user e ON e.id = d.escalated_to LEFT JOIN app_user a ON a.id = d.due_owner_id`

func scanDuty(r db.Rows) (Duty, error) {
	var d Duty
	err := r.Scan(&d.ID, &d.CustomerID, &d.Rulebook, &d.Version, &d.Scheme, &d.Rule, &d.Clause, &d.TitleZh, &d.TitleEn, &d.VerdictID,
		&d.Grade, &d.Activity, &d.Every, &d.Evidence, &d.Assumed, &d.Role, &d.OwnerID, &d.UnitID, &d.WindowFrom, &d.DueOn, &d.State, &d.DoneOn,
		&d.DoneAt, &d.DoneBy, &d.Note, &d.Reason, &d.FactID, &d.VersionNo, &d.idemKey, &d.idemHash, &d.planKey,
		&d.Occasion, &d.WaiveBy, &d.EscalateTo, &d.EscalateOn, &d.EscalatedTo, &d.EscalatedAt, &d.DueOwnerID, &d.DueUnitID, &d.Appointment,
		&d.Customer.Code, &d.Customer.Name, &d.Customer.Region, &d.Customer.OwnerID, &d.Customer.UnitID, &d.OwnerName, &d.DoneByName, &d.EscalatedName, &d.DueOwnerName)
	return d, err
}

func getDuty(ctx context.Context, q db.Q, dutyID int64) (Duty, error) {
	return db.One(ctx, q, selectDuty+" WHERE d.id = ?", []any{dutyID}, scanDuty)
}

// listDuties gives a page and the cursor of the next one. Done duties come newest first, all others by their day.
// There is one branch per state, each of which walks an index in the order of the list and stops after a page; asking for
// several states in one condition would sort all of them.
func listDuties(ctx context.Context, q db.Q, f Filter, userID int64, scopes []authz.Scope, today calendar.Date) ([]Duty, string, error) {
	where, args, err := f.where(userID, scopes)
	if err != nil {
		return nil, "", err
	}
	order := " ORDER BY due_on, id LIMIT ?"
	if f.newestFirst() {
		order = " ORDER BY due_on DESC, id DESC LIMIT ?"
	}
	limit := f.Limit
	var parts []string
	var all []any
	for _, b := range f.branches(today) {
		parts = append(parts, "SELECT customer_id, id, due_on FROM (SELECT d.customer_id, d.id, d.due_on FROM duty d WHERE "+b.cond+" AND "+where+order+") AS b")
		all = append(append(append(all, b.args...), args...), limit+1)
	}
	sql := selectColumns + " FROM (SELECT customer_id, id, due_on FROM (" + strings.Join(parts, " UNION ALL ") + ") AS u" + order +
		") AS k JOIN duty d ON d.customer_id = k.customer_id AND d.id = k.id" + joins + strings.NewReplacer("due_on", "k.due_on", "id", "k.id").Replace(order)
	list, err := db.List(ctx, q, sql, append(all, limit+1, limit+1), scanDuty)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	list = list[:limit]
	return list, f.cursorOf(list[limit-1]), nil
}

// branch is the part of a list that has one stored state.
type branch struct {
	cond string
	args []any
}

// branches turns bucket and effective states into stored states with bounds on the day.
func (f Filter) branches(today calendar.Date) []branch {
	openFrom := func(day calendar.Date) branch { return branch{"d.state = 'open' AND d.due_on >= ?", []any{day}} }
	missed := []branch{{"d.state = 'open' AND d.due_on < ?", []any{today}}, {"d.state = 'missed'", nil}}
	settled := func(s State) branch { return branch{"d.state = ?", []any{s}} }
	var out []branch
	states := f.States
	switch f.Bucket {
	case BucketToday:
		return []branch{{"d.state = 'open' AND d.due_on = ?", []any{today}}}
	case BucketWeek:
		return []branch{{"d.state = 'open' AND d.due_on >= ? AND d.due_on <= ?", []any{today, weekEnd(today)}}}
	case BucketUpcoming:
		return []branch{openFrom(today.AddDays(1))}
	case BucketOverdue:
		return missed
	case BucketDone:
		if states = keepDone(states); len(states) == 0 {
			return []branch{{"1 = 0", nil}} // done and not done at once
		}
	}
	if len(states) == 0 {
		states = []State{Open, Missed, Kept, Late, Waived}
	}
	for _, s := range states {
		switch s {
		case Open:
			out = append(out, openFrom(today))
		case Missed:
			out = append(out, missed...)
		default:
			out = append(out, settled(s))
		}
	}
	return out
}

// keepDone gives the done states among some, or all of them when none was asked for.
func keepDone(states []State) []State {
	done := []State{Kept, Late, Waived}
	if len(states) == 0 {
		return done
	}
	return slices.DeleteFunc(done, func(s State) bool { return !slices.Contains(states, s) })
}

// pendingPage gives the first duties of a customer that are not done, how many there are, and how many of them are past their day.
func pendingPage(ctx context.Context, q db.Q, customerID int64, today calendar.Date, limit int) (list []Duty, open, overdue int64, err error) {
	list, err = db.List(ctx, q, selectDuty+" WHERE d.customer_id = ? AND d.state IN ('open', 'missed') ORDER BY d.due_on, d.id LIMIT ?",
		[]any{customerID, limit}, scanDuty)
	if err != nil {
		return nil, 0, 0, err
	}
	err = db.Get(ctx, q, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN due_on < ? THEN 1 ELSE 0 END), 0) FROM duty
		WHERE customer_id = ? AND state IN ('open', 'missed')`, []any{today, customerID}, &open, &overdue)
	return list, open, overdue, err
}

// addPhones fills in the number to call: the primary contact's, or the first contact's that has one, or the customer's own.
func addPhones(ctx context.Context, q db.Q, list []Duty) error {
	var ids []int64
	seen := map[int64]string{}
	for _, d := range list {
		if _, ok := seen[d.CustomerID]; !ok {
			seen[d.CustomerID] = ""
			ids = append(ids, d.CustomerID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	args := append(db.Args(ids), db.Args(ids)...)
	rows, err := q.Query(ctx, `SELECT customer_id, phone FROM (
			SELECT customer_id, phone, CASE WHEN is_primary = 1 THEN 0 ELSE 2 END AS rank, id FROM contact
				WHERE customer_id IN `+db.In(len(ids))+` AND phone <> '' AND archived_at IS NULL
			UNION ALL
			SELECT customer_id, value AS phone, 1 AS rank, id FROM identifier WHERE customer_id IN `+db.In(len(ids))+` AND type = 'phone'
		) AS p ORDER BY customer_id, rank, id`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var customerID int64
		var phone string
		if err := rows.Scan(&customerID, &phone); err != nil {
			return err
		}
		if seen[customerID] == "" {
			seen[customerID] = phone
		}
	}
	for i := range list {
		list[i].Customer.Phone = seen[list[i].CustomerID]
	}
	return rows.Err()
}

func addAttachments(ctx context.Context, q db.Q, d *Duty) error {
	var err error
	d.Attachments, err = db.List(ctx, q, `SELECT f.id, f.name, f.media_type, f.size FROM duty_file df JOIN file f ON f.id = df.file_id
		WHERE df.customer_id = ? AND df.duty_id = ? ORDER BY df.position`, []any{d.CustomerID, d.ID}, func(r db.Rows) (Attachment, error) {
		var a Attachment
		err := r.Scan(&a.ID, &a.Name, &a.MediaType, &a.Size)
		return a, err
	})
	return err
}

// countRow is a number of duties of one state and one day.
type countRow struct {
	state State
	due   calendar.Date
	n     int64
}

// countDuties groups what Counts needs: what is open up to the end of the week, everything missed, and this month's settled duties.
// Each part is one range of an index.
func countDuties(ctx context.Context, q db.Q, where string, args []any, today calendar.Date) ([]countRow, error) {
	part := func(cond string) string {
		return "SELECT d.state, d.due_on, COUNT(*) FROM duty d WHERE " + where + " AND " + cond + " GROUP BY d.state, d.due_on"
	}
	sql := part("d.state = 'open' AND d.due_on <= ?") + " UNION ALL " + part("d.state = 'missed'") +
		" UNION ALL " + part("d.state IN ('kept', 'late') AND d.due_on >= ? AND d.due_on <= ?")
	var all []any
	all = append(append(all, args...), weekEnd(today))
	all = append(all, args...)
	all = append(append(all, args...), today.MonthStart(), today)
	return db.List(ctx, q, sql, all, func(r db.Rows) (countRow, error) {
		var c countRow
		err := r.Scan(&c.state, &c.due, &c.n)
		return c, err
	})
}

// change is a guarded update of a duty's outcome.
type change struct {
	to                State
	doneOn            calendar.Date
	doneAt            *int64
	doneBy            int64
	note, reason      string
	factID            int64
	idemKey, idemHash string
}

// writeOutcome changes the duty unless somebody else changed it since it was loaded; false then.
func writeOutcome(ctx context.Context, q db.Q, d Duty, c change, now int64) (bool, error) {
	n, err := q.Exec(ctx, `UPDATE duty SET state = ?, done_on = ?, done_at = ?, done_by = ?, note = ?, reason = ?, fact_id = ?, idem_key = ?, idem_hash = ?,
			version_no = version_no + 1, updated_at = ? WHERE customer_id = ? AND id = ? AND state = ? AND version_no = ?`,
		c.to, c.doneOn, c.doneAt, c.doneBy, c.note, c.reason, c.factID, c.idemKey, c.idemHash, now, d.CustomerID, d.ID, d.State, d.VersionNo)
	return n == 1, err
}

func setFact(ctx context.Context, q db.Q, d Duty, factID int64) error {
	_, err := q.Exec(ctx, "UPDATE duty SET fact_id = ? WHERE customer_id = ? AND id = ?", factID, d.CustomerID, d.ID)
	return err
}

func replaceFiles(ctx context.Context, q db.Q, d Duty, fileIDs []int64) error {
	if _, err := q.Exec(ctx, "DELETE FROM duty_file WHERE customer_id = ? AND duty_id = ?", d.CustomerID, d.ID); err != nil {
		return err
	}
	for i, f := range fileIDs {
		if _, err := q.Exec(ctx, "INSERT INTO duty_file (customer_id, duty_id, file_id, position) VALUES (?,?,?,?)", d.CustomerID, d.ID, f, i); err != nil {
			return err
		}
	}
	return nil
}

// filePlaces says where the customers and duties lie that a file hangs on.
func filePlaces(ctx context.Context, q db.Q, fileID int64) ([]authz.Place, error) {
	return db.List(ctx, q, `SELECT c.id, c.owner_id, c.unit_id, c.region FROM duty_file df JOIN customer c ON c.id = df.customer_id WHERE df.file_id = ?
		UNION ALL SELECT 0, d.owner_id, d.unit_id, '' FROM duty_file df JOIN duty d ON d.customer_id = df.customer_id AND d.id = df.duty_id WHERE df.file_id = ?`,
		[]any{fileID, fileID}, func(r db.Rows) (authz.Place, error) {
			return authz.Place{CustomerID: r.Int64(0), OwnerID: r.Int64(1), UnitID: r.Int64(2), Region: string(r.Bytes(3))}, nil
		})
}

// where turns the filter into a predicate on alias d, apart from bucket and states. Every scope must cover the duty.
func (f Filter) where(userID int64, scopes []authz.Scope) (string, []any, error) {
	var conds []string
	var args []any
	add := func(on bool, cond string, a ...any) {
		if on {
			conds, args = append(conds, cond), append(args, a...)
		}
	}
	owner, unit := "d.owner_id", "d.unit_id"
	if f.asDue() {
		owner, unit = "d.due_owner_id", "d.due_unit_id"
	}
	for _, s := range scopes {
		cond, a := s.ClauseOn(owner, unit)
		add(!s.All, cond, a...)
	}
	add(f.Mine, "d.owner_id = ?", userID)
	add(f.Escalated, "d.escalated_to = ?", userID)
	among := func(name, column string, values []any) {
		switch not := slices.Contains(f.Not, name); {
		case len(values) == 1 && !not: // by the index, in the order of the list
			add(true, column+" = ?", values...)
		case not:
			add(len(values) > 0, column+" NOT IN "+db.In(len(values)), values...)
		default:
			add(len(values) > 0, column+" IN "+db.In(len(values)), values...)
		}
	}
	among("owner", "d.owner_id", db.Args(f.OwnerIDs))
	if len(f.SegmentIDs) > 0 {
		in := "IN"
		if slices.Contains(f.Not, "segment") {
			in = "NOT IN"
		}
		add(true, "d.customer_id "+in+" (SELECT m.customer_id FROM segment_member m WHERE m.segment_id IN "+db.In(len(f.SegmentIDs))+")", db.Args(f.SegmentIDs)...)
	}
	among("unit", "d.unit_id", db.Args(f.UnitIDs))
	among("due_owner", "d.due_owner_id", db.Args(f.DueOwnerIDs))
	among("due_unit", "d.due_unit_id", db.Args(f.DueUnitIDs))
	among("activity", "d.activity", db.Args(f.Activities))
	among("grade", "d.grade", db.Args(f.Grades))
	among("rulebook", "d.rulebook", db.Args(f.Rulebooks))
	add(f.CustomerID != 0, "d.customer_id = ?", f.CustomerID)
	add(f.Clause != "", "d.clause = ?", f.Clause)
	add(f.Rule != "", "d.rule = ?", f.Rule)
	add(f.From != calendar.None, "d.due_on >= ?", f.From)
	add(f.To != calendar.None, "d.due_on <= ?", f.To)
	after, err := db.DecodeCursor(f.Cursor, 2)
	if err != nil {
		return "", nil, err
	}
	if after != nil {
		cond, a, err := f.afterClause(after)
		if err != nil {
			return "", nil, err
		}
		add(true, cond, a...)
	}
	return strings.Join(append(conds, "1=1"), " AND "), args, nil
}
