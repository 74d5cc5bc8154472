package audit

import (
	"context"
	"strings"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// Filter bounds a search. Empty fields match everything.
type Filter struct {
	Entity, EntityID, Action string
	ActorID                  int64
	System                   bool // only what the program itself did; ActorID does not count then
	CustomerID               int64
	From, Until              time.Time // moments, Until exclusive
	Text                     string    // in who, action, id, request or detail, in upper or lower case
	Before                   int64     // sequence number, exclusive; 0 = from the newest
	Limit                    int       // 1 to 200
}

// Found is a page of a search.
type Found struct {
	Records []Record
	// Next is the sequence number to go on before; 0 when the log was looked through to its beginning. A page may be short, or
	// empty, and still have a next one: a search looks at a bounded number of entries at a time.
	Next int64
}

// How many entries one statement of a search without an index looks over, and how many one page of a search does.
const (
	lookStep = 50_000
	lookMost = 400_000
)

// disorder is how far the times of neighbouring entries may stand against the order of the chain: processes have clocks of
// their own, and the moment is taken before the place in the chain.
const disorder = time.Hour

// List gives entries newest first. Needs audit.read.
func List(ctx context.Context, q db.Q, f Filter) (Found, error) {
	if _, err := authz.Require(ctx, authz.AuditRead); err != nil {
		return Found{}, err
	}
	limit := min(max(f.Limit, 1), 200)
	out := Found{}
	var err error
	out.Next, err = f.each(ctx, q, func(r Record) bool {
		out.Records = append(out.Records, r)
		return len(out.Records) < limit
	})
	return out, err
}

// each gives the entries that match, newest first, until take says no or enough entries were looked at, and the sequence number
// to go on before, 0 at the end.
func (f Filter) each(ctx context.Context, q db.Q, take func(Record) bool) (int64, error) {
	low, high, err := f.bounds(ctx, q)
	if err != nil {
		return 0, err
	}
	for looked := int64(0); high > low && looked < lookMost; {
		from := max(low, high-lookStep)
		if f.indexed() {
			from = low // the index finds the few there are, however far apart
		}
		stopped, err := f.look(ctx, q, from, high, take)
		if err != nil {
			return 0, err
		}
		if stopped != 0 {
			high = stopped
			break
		}
		looked += high - from
		high = from
	}
	if high <= low {
		return 0, nil
	}
	return high, nil
}

func (f Filter) indexed() bool {
	return f.CustomerID != 0 || (f.Entity != "" && f.EntityID != "") || f.ActorID != 0 || f.System
}

// look reads the entries from low up to high, exclusive, and gives the one at which it stopped before it reached low, 0 for none.
func (f Filter) look(ctx context.Context, q db.Q, low, high int64, take func(Record) bool) (stopped int64, err error) {
	where, args := f.where()
	rows, err := q.Query(ctx, "SELECT "+columns+" FROM audit_entry WHERE "+where+" AND seq >= ? AND seq < ? ORDER BY seq DESC LIMIT ?",
		append(args, low, high, lookMost)...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		r, err := scan(rows)
		if err != nil {
			return 0, err
		}
		if f.says(r) && !take(r) || n == lookMost {
			return r.Seq, nil
		}
	}
	return 0, rows.Err()
}

func (f Filter) where() (string, []any) {
	where, args := "1=1", []any{}
	add := func(on bool, clause string, arg any) {
		if on {
			where += " AND " + clause
			args = append(args, arg)
		}
	}
	actor := f.ActorID
	if f.System {
		actor = 0
	}
	add(f.Entity != "", "entity = ?", f.Entity)
	add(f.EntityID != "", "entity_id = ?", f.EntityID)
	add(f.Action != "", "action = ?", f.Action)
	add(f.ActorID != 0 || f.System, "actor_id = ?", actor)
	add(f.CustomerID != 0, "customer_id = ?", f.CustomerID)
	add(!f.From.IsZero(), "at >= ?", clock.Micros(f.From))
	add(!f.Until.IsZero(), "at < ?", clock.Micros(f.Until))
	return where, args
}

// bounds gives the sequence numbers between which all matches lie, the upper one exclusive.
func (f Filter) bounds(ctx context.Context, q db.Q) (low, high int64, err error) {
	if err := db.Get(ctx, q, "SELECT seq FROM audit_head WHERE chain = 1", nil, &high); err != nil {
		return 0, 0, err
	}
	low, high = 1, high+1
	edge := func(sql string, at time.Time) (seq int64, err error) {
		err = db.Get(ctx, q, sql, []any{clock.Micros(at)}, &seq)
		if db.IsNoRows(err) {
			return 0, nil
		}
		return seq, err
	}
	if !f.From.IsZero() {
		seq, err := edge("SELECT seq FROM audit_entry WHERE at >= ? ORDER BY at LIMIT 1", f.From.Add(-disorder))
		if err != nil {
			return 0, 0, err
		}
		if low = seq; seq == 0 {
			low = high
		}
	}
	if !f.Until.IsZero() {
		seq, err := edge("SELECT seq FROM audit_entry WHERE at < ? ORDER BY at DESC LIMIT 1", f.Until.Add(disorder))
		if err != nil {
			return 0, 0, err
		}
		high = min(high, seq+1)
	}
	if f.Before != 0 {
		high = min(high, f.Before)
	}
	return low, high, nil
}

// says looks for the text in an entry.
func (f Filter) says(r Record) bool {
	if f.Text == "" {
		return true
	}
	text := strings.ToLower(f.Text)
	for _, s := range []string{r.ActorName, r.Action, r.ID, r.Request, string(r.Detail)} {
		if strings.Contains(strings.ToLower(s), text) {
			return true
		}
	}
	return false
}
