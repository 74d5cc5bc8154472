package procedure

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
)

// predicate collects conditions on alias c with their arguments.
type predicate struct {
	conds []string
	args  []any
}

func (p *predicate) add(on bool, cond string, args ...any) {
	if on {
		p.conds, p.args = append(p.conds, cond), append(p.args, args...)
	}
}

// among adds that a column has one of some values.
func (p *predicate) among(column string, values []any) {
	if len(values) == 1 {
		p.add(true, column+" = ?", values...)
		return
	}
	p.add(len(values) > 0, column+" IN "+db.In(len(values)), values...)
}

func (p *predicate) text() string { return strings.Join(append(p.conds, "1=1"), " AND ") }

// seatClause is the condition that an open task waits for a person: by name, or at a desk and claimed by nobody.
func (me viewer) seatClause(alias string) (string, []any) {
	sql, args := "("+alias+".assignee_id IN "+db.In(len(me.as)), db.Args(me.as)
	if len(me.desks) > 0 {
		sql += " OR (" + alias + ".assignee_id = 0 AND " + alias + ".desk_id IN " + db.In(len(me.desks)) + ")"
		args = append(args, db.Args(me.desks)...)
	}
	return sql + ")", args
}

// where gives the conditions of a filter but for the statuses and whose cases they are, which are those of the ways.
func (f Filter) where(now int64, loc *time.Location) *predicate {
	p := &predicate{}
	p.among("c.id", db.Args(f.IDs))
	p.among("c.kind", db.Args(f.Kinds))
	p.among("c.procedure", db.Args(f.Procedures))
	p.among("c.class", db.Args(f.Classes))
	p.among("c.outcome", db.Args(f.Outcomes))
	p.among("c.channel", db.Args(f.Channels))
	p.among("c.owner_id", db.Args(f.OwnerIDs))
	p.among("c.unit_id", db.Args(f.UnitIDs))
	p.add(f.Rulebook != "", "c.rulebook = ?", f.Rulebook)
	p.add(f.CustomerID != 0, "c.customer_id = ?", f.CustomerID)
	p.add(f.Subject != "", "c.subject = ?", f.Subject)
	p.add(f.Step != "", "c.steps LIKE ? ESCAPE '!'", "% "+escapeLike(f.Step)+" %")
	p.add(f.Overdue, "c.next_due_at < ?", now)
	p.add(f.Stuck, "c.stuck = 1")
	if f.From >= 0 {
		p.add(true, "c.received_at >= ?", clock.Micros(f.From.Midnight(loc)))
	}
	if f.To >= 0 {
		p.add(true, "c.received_at < ?", clock.Micros(f.To.AddDays(1).Midnight(loc)))
	}
	if text := strings.TrimSpace(f.Text); text != "" {
		like := "%" + escapeLike(text) + "%"
		p.add(true, "(c.number LIKE ? ESCAPE '!' OR c.title LIKE ? ESCAPE '!' OR c.customer_id IN (SELECT x.id FROM customer x WHERE x.name LIKE ? ESCAPE '!' OR x.code = ?))", like, like, like, text)
	}
	return p
}

// listCases gives a page and the cursor of the next one. It asks each way to cases for a page of its own, in order and out of
// an index where there is one, and takes the first of what they give together.
func listCases(ctx context.Context, q db.Q, f Filter, me viewer, now int64, loc *time.Location) ([]Case, string, error) {
	p := f.where(now, loc)
	order := " ORDER BY c.priority, c.next_due_at, c.id"
	if f.Sort == SortNewest {
		order = " ORDER BY c.id DESC"
	}
	after, err := f.after()
	if err != nil {
		return nil, "", err
	}
	switch {
	case after != nil && f.Sort == SortNewest:
		p.add(true, "c.id < ?", after[2])
	case after != nil:
		p.add(true, "(c.priority, c.next_due_at, c.id) > (?,?,?)", after...)
	}
	var text []string
	var args []any
	for i, w := range f.ways(me) {
		text = append(text, "SELECT id FROM (SELECT "+w.once+"c.id, c.priority, c.next_due_at FROM "+w.from+" WHERE "+w.text()+" AND "+p.text()+order+" LIMIT ?) AS w"+strconv.Itoa(i))
		args = append(append(append(args, w.args...), p.args...), f.Limit+1)
	}
	list, err := db.List(ctx, q, "SELECT "+caseColumns+" FROM proc_case c"+caseJoins+" WHERE c.id IN ("+strings.Join(text, " UNION ")+")"+order+" LIMIT ?",
		append(args, f.Limit+1), scanCase)
	if err != nil || len(list) <= f.Limit {
		return list, "", err
	}
	list = list[:f.Limit]
	last := list[f.Limit-1]
	return list, db.EncodeCursor(strconv.Itoa(last.Priority), strconv.FormatInt(last.NextDueAt, 10), strconv.FormatInt(last.ID, 10)), nil
}

func (f Filter) after() ([]any, error) {
	vals, err := db.DecodeCursor(f.Cursor, 3)
	if err != nil || vals == nil {
		return nil, err
	}
	out := make([]any, len(vals))
	for i, v := range vals {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return nil, errs.New(errs.Invalid, "cursor.invalid")
		}
		out[i] = n
	}
	return out, nil
}

// inboxRow is a task with its case.
type inboxRow struct {
	Task
	Case Case
}

// inboxPage gives the tasks that wait for a person, those of customers who come first before all others, then by their limit.
// Each place where they wait is asked for a page of its own, which its index has in order.
func inboxPage(ctx context.Context, q db.Q, me viewer, f InboxFilter) ([]inboxRow, string, error) {
	p := &predicate{}
	p.among("c.kind", db.Args(f.Kinds))
	p.add(true, "c.status = ?", flow.Running)
	vals, err := db.DecodeCursor(f.Cursor, 4)
	if err != nil {
		return nil, "", err
	}
	if vals != nil {
		after := make([]any, len(vals))
		for i, v := range vals {
			n, err := strconv.ParseInt(v, 10, 64)
			if err != nil {
				return nil, "", errs.New(errs.Invalid, "cursor.invalid")
			}
			after[i] = n
		}
		p.add(true, "(t.priority, t.due_at, t.case_id, t.seat) > (?,?,?,?)", after...)
	}
	const order = " ORDER BY t.priority, t.due_at, t.case_id, t.seat LIMIT ?"
	var text []string
	var args []any
	for i, w := range me.places() {
		text = append(text, "SELECT * FROM (SELECT t.case_id, t.seat FROM proc_task t JOIN proc_case c ON c.id = t.case_id WHERE "+w.text()+" AND "+p.text()+order+") AS w"+strconv.Itoa(i))
		args = append(append(append(args, w.args...), p.args...), f.Limit+1)
	}
	list, err := db.List(ctx, q, "SELECT "+caseColumns+", c.state, "+taskColumns+" FROM ("+strings.Join(text, " UNION ALL ")+
		") AS found JOIN proc_task t ON t.case_id = found.case_id AND t.seat = found.seat JOIN proc_case c ON c.id = t.case_id"+caseJoins+order, append(args, f.Limit+1), scanInbox)
	if err != nil || len(list) <= f.Limit {
		return list, "", err
	}
	list = list[:f.Limit]
	last := list[f.Limit-1]
	return list, db.EncodeCursor(strconv.Itoa(last.Priority), strconv.FormatInt(last.DueAt, 10), strconv.FormatInt(last.CaseID, 10), strconv.Itoa(last.Seat)), nil
}

func scanInbox(r db.Rows) (inboxRow, error) {
	var row inboxRow
	var state []byte
	t := &row.Task
	c, err := scanCaseWith(r, &state, &t.CaseID, &t.Seat, &t.Step, &t.State, &t.DeskID, &t.AssigneeID, &t.Post, &t.UnitID, &t.Stuck, &t.Priority, &t.OpenedAt,
		&t.DueAt, &t.DoneBy, &t.ForUser, &t.DoneAt)
	if err != nil {
		return row, err
	}
	row.Case = c
	row.Case.State, err = stateFrom(state)
	return row, err
}

// countInbox counts what waits for a person by kind, and how much of it is late.
func countInbox(ctx context.Context, q db.Q, me viewer, now int64) ([]InboxCount, error) {
	seat, args := me.seatClause("t")
	return db.List(ctx, q, `SELECT c.kind, COUNT(*), COALESCE(SUM(CASE WHEN t.due_at < ? THEN 1 ELSE 0 END), 0) FROM proc_task t JOIN proc_case c ON c.id = t.case_id
		WHERE t.state = 'open' AND c.status = 'running' AND `+seat+" GROUP BY c.kind ORDER BY c.kind", slices.Concat([]any{now}, args), func(r db.Rows) (InboxCount, error) {
		var n InboxCount
		err := r.Scan(&n.Kind, &n.Open, &n.Overdue)
		return n, err
	})
}
