package procedure

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

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

// listCases gives a page and the cursor of the next one. It asks each way to cases for a page of its own, in order and out of
// an index where there is one, and takes the first of what they give together; whole cases are read for the page only.
func listCases(ctx context.Context, q db.Q, f Filter, me viewer, now int64, loc *time.Location) ([]Case, string, error) {
	after, err := f.after()
	if err != nil {
		return nil, "", err
	}
	if f, err = f.search(ctx, q); err != nil {
		return nil, "", err
	}
	if f.Overdue {
		// What is late of one priority lies together in the indexes.
		if f.priorities, err = latePriorities(ctx, q, now); err != nil || len(f.priorities) == 0 {
			return nil, "", err
		}
	}
	var list []Case
	if f.Overdue && f.Sort != SortNewest {
		all := f.priorities
		for _, pr := range all {
			if after != nil && after[0].(int64) > int64(pr) || len(list) > f.Limit {
				continue
			}
			f.priorities = []int{pr}
			more, err := f.page(ctx, q, me, after, f.Limit+1-len(list), now, loc)
			if err != nil {
				return nil, "", err
			}
			list = append(list, more...)
		}
	} else if list, err = f.page(ctx, q, me, after, f.Limit+1, now, loc); err != nil {
		return nil, "", err
	}
	if len(list) <= f.Limit {
		return list, "", nil
	}
	list = list[:f.Limit]
	last := list[f.Limit-1]
	return list, db.EncodeCursor(strconv.Itoa(last.Priority), strconv.FormatInt(last.NextDueAt, 10), strconv.FormatInt(last.ID, 10)), nil
}

// page gives the first cases behind a place in the order.
func (f Filter) page(ctx context.Context, q db.Q, me viewer, after []any, limit int, now int64, loc *time.Location) ([]Case, error) {
	var texts []string
	var args []any
	newest := f.Sort == SortNewest
	keys, last := "c.priority, c.next_due_at, c.id", "priority, next_due_at, id"
	if newest {
		keys, last = "c.id DESC", "id DESC"
	}
	for i, w := range f.ways(me) {
		id := w.id()
		// A plus keeps an index from being walked in the order of the list where the filter is not in it.
		order, columns := "w.priority, w.next_due_at, "+id, "w.priority, w.next_due_at, "+id+" AS id"
		switch {
		case newest && (f.Overdue || f.drives()):
			order, columns = "+"+id+" DESC", "+"+id+" AS id"
		case newest:
			order, columns = id+" DESC", id+" AS id"
		case f.drives():
			order = "+w.priority, +w.next_due_at, +w.id"
		}
		if w.table == seatTable {
			columns = "DISTINCT " + columns // one may sit in several seats of a case
		}
		w = w.clone()
		switch {
		case after != nil && newest:
			w.add(true, id+" < ?", after[2])
		case after != nil:
			w.add(true, "(w.priority, w.next_due_at, "+id+") > (?,?,?)", after...)
		}
		text, more := f.sql(w, columns, now, loc)
		texts = append(texts, "SELECT * FROM ("+text+" ORDER BY "+order+" LIMIT ?) AS w"+strconv.Itoa(i))
		args = append(append(args, more...), limit)
	}
	// CROSS JOIN keeps SQLite from turning the two round.
	return db.List(ctx, q, "SELECT "+caseColumns+" FROM (SELECT * FROM ("+strings.Join(texts, " UNION ")+") AS ways ORDER BY "+last+" LIMIT ?) AS found CROSS JOIN proc_case c"+
		caseJoins+" WHERE c.id = found.id ORDER BY "+keys, append(args, limit), scanCase)
}

// latePriorities gives the priorities in which anything is late.
func latePriorities(ctx context.Context, q db.Q, now int64) ([]int, error) {
	var texts []string
	var args []any
	for pr := 1; pr <= ordinary; pr++ {
		for _, st := range []string{flow.Running, flow.Paused} {
			texts = append(texts, "SELECT "+strconv.Itoa(pr)+" AS p WHERE EXISTS (SELECT 1 FROM proc_case WHERE status = ? AND priority = "+strconv.Itoa(pr)+" AND next_due_at < ?)")
			args = append(args, st, now)
		}
	}
	return db.List(ctx, q, strings.Join(texts, " UNION ")+" ORDER BY p", args, func(r db.Rows) (int, error) { return int(r.Int64(0)), nil })
}

// Count is how many cases a filter lets through.
type Count struct {
	Count int64
	More  bool // there are more than MaxCount; Count is that
}

// MaxCount is up to where cases and tasks are counted: beyond it the number says no more, and would cost more the more there are.
const MaxCount = 10_000

// countCases counts on one way after the other what was not met before, and stops as soon as there are too many.
func countCases(ctx context.Context, q db.Q, f Filter, me viewer, now int64, loc *time.Location) (Count, error) {
	f, err := f.search(ctx, q)
	if err != nil {
		return Count{}, err
	}
	if f.Overdue {
		if f.priorities, err = latePriorities(ctx, q, now); err != nil || len(f.priorities) == 0 {
			return Count{}, err
		}
	}
	seen := map[int64]struct{}{}
	for _, w := range f.ways(me) {
		text, args := f.sql(w, w.id(), now, loc)
		err := each(ctx, q, text+" LIMIT ?", append(args, MaxCount+1), func(r db.Rows) error {
			seen[r.Int64(0)] = struct{}{}
			return nil
		})
		if err != nil {
			return Count{}, err
		}
		if len(seen) > MaxCount {
			return Count{MaxCount, true}, nil
		}
	}
	return Count{Count: int64(len(seen))}, nil
}

func (f Filter) after() ([]any, error) { return numbers(f.Cursor, 3) }

// numbers reads a cursor of n numbers, nil for the first page.
func numbers(cursor string, n int) ([]any, error) {
	vals, err := db.DecodeCursor(cursor, n)
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

// running are the statuses of the cases whose tasks wait: those of a paused one do not.
var running = []string{flow.Running}

// inboxPage gives the tasks that wait for a person, those of customers who come first before all others, then by their limit.
// Each place where they wait is asked for a page of its own, which its index has in order.
func inboxPage(ctx context.Context, q db.Q, me viewer, f InboxFilter) ([]inboxRow, string, error) {
	after, err := numbers(f.Cursor, 4)
	if err != nil {
		return nil, "", err
	}
	const columns, order = "w.priority, w.due_at, w.case_id, w.seat", " ORDER BY priority, due_at, case_id, seat LIMIT ?"
	var texts []string
	var args []any
	for i, w := range me.places(running) {
		w.among("w.kind", db.Args(f.Kinds))
		w.add(after != nil, "("+columns+") > (?,?,?,?)", after...)
		texts = append(texts, "SELECT * FROM (SELECT "+columns+" FROM proc_task w WHERE "+w.text()+order+") AS w"+strconv.Itoa(i))
		args = append(append(args, w.args...), f.Limit+1)
	}
	list, err := db.List(ctx, q, "SELECT "+caseColumns+", c.state, "+taskColumns+" FROM (SELECT * FROM ("+strings.Join(texts, " UNION ALL ")+") AS places"+order+
		") AS found CROSS JOIN proc_task t CROSS JOIN proc_case c"+caseJoins+" WHERE t.case_id = found.case_id AND t.seat = found.seat AND c.id = found.case_id"+
		" ORDER BY t.priority, t.due_at, t.case_id, t.seat", append(args, f.Limit+1), scanInbox)
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
		&t.DueAt, &t.DoneBy, &t.ForUser, &t.DoneAt, &t.Status, &t.NextDueAt, &t.Kind, &t.Procedure)
	if err != nil {
		return row, err
	}
	row.Case = c
	row.Case.State, err = stateFrom(state)
	return row, err
}

// countInbox counts what waits for a person by kind, and how much of it is late, up to MaxCount tasks; more says that there are more.
func countInbox(ctx context.Context, q db.Q, me viewer, now int64) (counts []InboxCount, more bool, err error) {
	of := map[string]*InboxCount{}
	left := int64(MaxCount)
	for _, w := range me.places(running) {
		err := each(ctx, q, "SELECT kind, COUNT(*), COALESCE(SUM(CASE WHEN due_at < ? THEN 1 ELSE 0 END), 0) FROM (SELECT w.kind, w.due_at FROM proc_task w WHERE "+w.text()+
			" ORDER BY w.priority, w.due_at, w.case_id, w.seat LIMIT ?) AS first GROUP BY kind", slices.Concat([]any{now}, w.args, []any{left}), func(r db.Rows) error {
			n := InboxCount{string(r.Bytes(0)), r.Int64(1), r.Int64(2)}
			if of[n.Kind] == nil {
				of[n.Kind] = &InboxCount{Kind: n.Kind}
			}
			of[n.Kind].Open += n.Open
			of[n.Kind].Overdue += n.Overdue
			left -= n.Open
			return nil
		})
		if err != nil {
			return nil, false, err
		}
		if left == 0 {
			more = true
			break
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(of)) {
		counts = append(counts, *of[kind])
	}
	return counts, more, nil
}
