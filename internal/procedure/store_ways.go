package procedure

import (
	"slices"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/flow"
)

// way is one of the ways on which a person comes to cases, each out of an index: the reach, a part in them, a seat. What a
// person may see is all that the ways give together.
type way struct {
	from string
	once string // DISTINCT where the same case may be met twice
	predicate
}

// manyWays bounds how many ways a list asks by themselves; beyond it several units share one.
const manyWays = 40

// ways gives the ways to the cases of a list.
func (f Filter) ways(me viewer) []way {
	statuses := f.openTo()
	if me.scope.All && !f.Mine {
		if f.Sort == SortNewest || f.selective() {
			w := way{from: "proc_case c"}
			if len(statuses) < len(flow.Statuses()) {
				w.among("c.status", db.Args(statuses))
			}
			return []way{w}
		}
		return byStatus(statuses, "", nil)
	}
	var out []way
	if owner := me.owns(f.Mine); owner != 0 {
		out = byStatus(statuses, "c.owner_id = ?", []any{owner})
	}
	if units := me.scope.UnitIDs; !f.Mine && len(units)*len(statuses) > manyWays {
		out = append(out, byStatus(statuses, "c.unit_id IN "+db.In(len(units)), db.Args(units))...)
	} else if !f.Mine {
		for _, u := range units {
			out = append(out, byStatus(statuses, "c.unit_id = ?", []any{u})...)
		}
	}
	part := way{from: "proc_party p JOIN proc_case c ON c.id = p.case_id"}
	part.add(true, "p.user_id = ?", me.user)
	part.add(f.Mine, "c.started_by = ?", me.user)
	part.among("c.status", db.Args(statuses))
	out = append(out, part)
	for _, w := range me.places() {
		w.among("c.status", db.Args(statuses))
		w.once = "DISTINCT "
		out = append(out, w)
	}
	return out
}

// openTo gives the statuses a filter lets through.
func (f Filter) openTo() []string {
	list := f.Statuses
	if len(list) == 0 {
		list = flow.Statuses()
	}
	if f.Overdue {
		list = slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s != flow.Running && s != flow.Paused })
	}
	if len(list) == 0 {
		list = []string{""} // none
	}
	return slices.Compact(slices.Sorted(slices.Values(list)))
}

// selective says whether a filter names few cases among all, so that walking in order would pass by too many.
func (f Filter) selective() bool {
	return f.Stuck || f.CustomerID != 0 || f.Subject != "" || f.Text != "" || f.Step != "" || len(f.IDs)+len(f.OwnerIDs)+len(f.Classes)+len(f.Outcomes)+len(f.Procedures) > 0 ||
		f.From != calendar.None || f.To != calendar.None
}

// owns gives whose own cases a person sees, 0 for nobody's.
func (me viewer) owns(mine bool) int64 {
	if mine {
		return me.user
	}
	return max(me.scope.OwnerID, 0)
}

func byStatus(statuses []string, cond string, args []any) []way {
	out := make([]way, len(statuses))
	for i, st := range statuses {
		out[i].from = "proc_case c"
		out[i].add(cond != "", cond, args...)
		out[i].add(true, "c.status = ?", st)
	}
	return out
}

// places gives the ways to the open tasks that wait for a person, one for each name and desk.
func (me viewer) places() []way {
	const from = "proc_task t JOIN proc_case c ON c.id = t.case_id"
	var out []way
	for _, u := range me.as {
		w := way{from: from}
		w.add(true, "t.state = 'open' AND t.assignee_id = ?", u)
		out = append(out, w)
	}
	if len(me.desks) > manyWays {
		w := way{from: from}
		w.add(true, "t.state = 'open' AND t.assignee_id = 0 AND t.desk_id IN "+db.In(len(me.desks)), db.Args(me.desks)...)
		return append(out, w)
	}
	for _, d := range me.desks {
		w := way{from: from}
		w.add(true, "t.state = 'open' AND t.assignee_id = 0 AND t.desk_id = ?", d)
		out = append(out, w)
	}
	return out
}
