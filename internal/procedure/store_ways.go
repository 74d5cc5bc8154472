package procedure

import (
	"slices"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/flow"
)

// The tables that lead to cases. A part in a case and a seat keep what lists order and filter by.
const (
	caseTable = "proc_case"
	partTable = "proc_party"
	seatTable = "proc_task"
)

// way is one of the ways on which a person comes to cases, each read off an index in the order of the list: the reach, a part in
// them, a seat. What a person may see is all that the ways give together. Its table is called w.
type way struct {
	table string
	predicate
}

// id is the column with the id of the case.
func (w *way) id() string {
	if w.table == caseTable {
		return "w.id"
	}
	return "w.case_id"
}

func (w *way) clone() way {
	return way{w.table, predicate{slices.Clone(w.conds), slices.Clone(w.args)}}
}

// manyWays bounds how many ways a list asks by themselves for one column; beyond it several values share one, which is sorted.
const manyWays = 120

// crossed gives a way for each value of a column in each status.
func crossed(table, column string, values []any, statuses []string) []way {
	var out []way
	for _, st := range statuses {
		parts := [][]any{values}
		if len(values)*len(statuses) <= manyWays {
			parts = nil
			for _, v := range values {
				parts = append(parts, []any{v})
			}
		}
		for _, some := range parts {
			w := way{table: table}
			w.among(column, some)
			w.add(true, "w.status = ?", st)
			out = append(out, w)
		}
	}
	return out
}

// ways gives the ways to the cases of a list.
func (f Filter) ways(me viewer) []way {
	statuses := f.openTo()
	switch {
	case f.drives():
		return []way{f.driven(me, statuses)}
	case me.scope.All && !f.Mine:
		return f.anywhere(statuses)
	}
	var out []way
	if owner := me.owns(f.Mine); owner != 0 {
		out = crossed(caseTable, "w.owner_id", []any{owner}, statuses)
	}
	if !f.Mine {
		out = append(out, crossed(caseTable, "w.unit_id", db.Args(me.scope.UnitIDs), statuses)...)
	}
	for _, w := range crossed(partTable, "w.user_id", []any{me.user}, statuses) {
		w.add(f.Mine, "w.began = 1")
		out = append(out, w)
	}
	return append(out, me.places(slices.DeleteFunc(slices.Clone(statuses), func(s string) bool { return !isOpen(s) }))...)
}

// anywhere gives the ways of somebody who sees every case.
func (f Filter) anywhere(statuses []string) []way {
	if f.seldom() {
		w := way{table: caseTable}
		if len(statuses) < len(flow.Statuses()) {
			w.among("w.status", db.Args(statuses))
		}
		return []way{w}
	}
	if f.Sort != SortNewest {
		for _, by := range []struct {
			column string
			values []any
		}{{"w.procedure", db.Args(f.Procedures)}, {"w.kind", db.Args(f.Kinds)}, {"w.owner_id", db.Args(f.OwnerIDs)}, {"w.unit_id", db.Args(f.UnitIDs)}} {
			if len(by.values) > 0 {
				return crossed(caseTable, by.column, by.values, statuses)
			}
		}
	}
	var out []way
	for _, st := range statuses {
		w := way{table: caseTable}
		w.add(true, "w.status = ?", st)
		out = append(out, w)
	}
	return out
}

func isOpen(status string) bool { return status == flow.Running || status == flow.Paused }

// openTo gives the statuses a filter lets through.
func (f Filter) openTo() []string {
	list := f.Statuses
	if len(list) == 0 {
		list = flow.Statuses()
	}
	if f.Overdue {
		list = slices.DeleteFunc(slices.Clone(list), func(s string) bool { return !isOpen(s) })
	}
	if len(list) == 0 {
		list = []string{""} // none
	}
	return slices.Compact(slices.Sorted(slices.Values(list)))
}

// drives says whether a filter names few cases by an index of its own: they are found first and then asked who may see them.
func (f Filter) drives() bool {
	return f.driver != nil || f.Stuck || f.CustomerID != 0 || f.Subject != "" || len(f.IDs) > 0
}

// seldom says whether a filter may let through few cases among very many, so that walking in order might pass by most of them.
func (f Filter) seldom() bool {
	return f.Step != "" || len(f.Classes)+len(f.Outcomes) > 0 || f.From != calendar.None || f.To != calendar.None
}

// driven is the one way of a filter that drives. The status and the order are hidden from the indexes of the lists.
func (f Filter) driven(me viewer, statuses []string) way {
	w := way{table: caseTable}
	if f.driver != nil {
		w.add(true, f.driver.conds[0], f.driver.args...)
	}
	w.add(len(statuses) < len(flow.Statuses()), "(w.status || '') IN "+db.In(len(statuses)), db.Args(statuses)...)
	if me.scope.All && !f.Mine {
		return w
	}
	seat, args := me.seatClause("t")
	cond := "EXISTS (SELECT 1 FROM proc_task t WHERE t.case_id = w.id AND t.state = 'open' AND " + seat + ")"
	if f.Mine {
		w.add(true, "(w.owner_id = ? OR w.started_by = ? OR "+cond+")", slices.Concat([]any{me.user, me.user}, args)...)
		return w
	}
	w.add(true, "(w.owner_id = ? OR w.unit_id IN "+db.In(len(me.scope.UnitIDs))+" OR EXISTS (SELECT 1 FROM proc_party p WHERE p.case_id = w.id AND p.user_id = ?) OR "+cond+")",
		slices.Concat([]any{me.owns(false)}, db.Args(me.scope.UnitIDs), []any{me.user}, args)...)
	return w
}

// owns gives whose own cases a person sees, 0 for nobody's.
func (me viewer) owns(mine bool) int64 {
	if mine {
		return me.user
	}
	return max(me.scope.OwnerID, 0)
}

// seatClause is the condition that an open task waits for a person: by name, or at a desk and claimed by nobody.
func (me viewer) seatClause(alias string) (string, []any) {
	sql, args := "("+alias+".assignee_id IN "+db.In(len(me.as)), db.Args(me.as)
	if len(me.desks) > 0 {
		sql += " OR (" + alias + ".assignee_id = 0 AND " + alias + ".desk_id IN " + db.In(len(me.desks)) + ")"
		args = append(args, db.Args(me.desks)...)
	}
	return sql + ")", args
}

// places gives the ways to the open tasks that wait for a person, for each name and desk in each status of their cases. A task
// stands on one of them.
func (me viewer) places(statuses []string) []way {
	var out []way
	for _, w := range crossed(seatTable, "w.assignee_id", db.Args(me.as), statuses) {
		w.add(true, "w.state = 'open' AND w.assignee_id <> 0")
		out = append(out, w)
	}
	for _, w := range crossed(seatTable, "w.desk_id", db.Args(me.desks), statuses) {
		w.add(true, "w.state = 'open' AND w.assignee_id = 0")
		out = append(out, w)
	}
	return out
}

// sql gives the query of a way with the filter added: what seats and parts keep is asked of them, for the rest the case is looked up.
func (f Filter) sql(w way, columns string, now int64, loc *time.Location) (string, []any) {
	w = w.clone()
	p := &w.predicate
	p.among(w.id(), db.Args(f.IDs))
	p.among("w.kind", db.Args(f.Kinds))
	p.among("w.procedure", db.Args(f.Procedures))
	p.among("w.priority", db.Args(f.priorities))
	p.add(f.Overdue, "w.next_due_at < ?", now)
	table, plain := w.table+" w", len(p.conds)
	if w.table == caseTable {
		f.deep(p, "w", loc)
	} else if f.deep(p, "c", loc); len(p.conds) > plain {
		table += " JOIN proc_case c ON c.id = w.case_id"
	}
	return "SELECT " + columns + " FROM " + table + " WHERE " + p.text(), p.args
}

// deep adds the conditions on what only the case has.
func (f Filter) deep(p *predicate, alias string, loc *time.Location) {
	c := alias + "."
	p.add(f.Rulebook != "", c+"rulebook = ?", f.Rulebook)
	p.among(c+"class", db.Args(f.Classes))
	p.among(c+"outcome", db.Args(f.Outcomes))
	p.among(c+"channel", db.Args(f.Channels))
	p.among(c+"owner_id", db.Args(f.OwnerIDs))
	p.among(c+"unit_id", db.Args(f.UnitIDs))
	p.add(f.CustomerID != 0, c+"customer_id = ?", f.CustomerID)
	p.add(f.Subject != "", c+"subject = ? AND "+c+"subject <> ''", f.Subject)
	p.add(f.Step != "", c+"steps LIKE ? ESCAPE '!'", "% "+escapeLike(f.Step)+" %")
	p.add(f.Stuck, c+"stuck = 1")
	f.called(p, alias)
	if f.From >= 0 {
		p.add(true, c+"received_at >= ?", clock.Micros(f.From.Midnight(loc)))
	}
	if f.To >= 0 {
		p.add(true, c+"received_at < ?", clock.Micros(f.To.AddDays(1).Midnight(loc)))
	}
}
