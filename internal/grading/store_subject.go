package grading

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/fact"
	"kezhi/internal/rule"
)

// member is a customer as a rulebook may see it.
type member struct {
	id                                                int64
	code, name, party, kind, status, region, industry string
	owner, unit                                       int64
	created                                           int64 // microseconds
	archived                                          bool
	tags                                              []string
	custom                                            map[string]string
	judged                                            map[string]string               // by item; nil without
	previous                                          map[string]rule.PreviousVerdict // by scheme; nil without
	decided                                           map[string]Decision             // by scheme; nil without
	firstFact                                         calendar.Date                   // None without a fact
}

// decidedCodes gives what people decided on, by scheme; nil for nearly everybody.
func (m *member) decidedCodes() map[string]string {
	if len(m.decided) == 0 {
		return nil
	}
	out := make(map[string]string, len(m.decided))
	for scheme := range m.decided {
		out[scheme] = m.decided[scheme].Code
	}
	return out
}

// members reads the customers of a page in the order of their ids, with tags and the day of their first visible fact where a
// rulebook looks at them. hidden is what fact.Hidden gave.
func members(ctx context.Context, q db.Q, at span, hidden map[int64]struct{}, p *rule.Program) ([]member, error) {
	first, args := "NULL", []any(nil)
	if p.Reads("first_fact_on") {
		first, args = firstFact(hidden)
	}
	where, within := at.where("c.id")
	list, err := db.List(ctx, q, `SELECT c.id, c.code, c.name, c.party, c.kind, c.status, c.region, c.industry, c.owner_id, c.unit_id, c.created_at, c.archived_at, c.custom,
			`+first+` FROM customer c WHERE `+where+` ORDER BY c.id`, append(args, within...), scanMember)
	if err != nil || !p.Reads("tags") {
		return list, err
	}
	return list, tagged(ctx, q, at, list)
}

// firstFact gives the day of a customer's first visible fact as an expression. Of hidden batches some are named, and as a negative
// number stands the first that came too late.
func firstFact(hidden map[int64]struct{}) (text string, args []any) {
	unseen := ""
	for _, batch := range slices.Sorted(maps.Keys(hidden)) {
		if batch < 0 {
			unseen += " AND f.batch_id < ?"
			args = append(args, -batch)
		}
	}
	if n := len(hidden) - len(args); n > 0 {
		unseen += " AND f.batch_id NOT IN " + db.In(n)
		for _, batch := range slices.Sorted(maps.Keys(hidden)) {
			if batch >= 0 {
				args = append(args, batch)
			}
		}
	}
	return "(SELECT f.occurred_on FROM fact f WHERE f.customer_id = c.id" + unseen + " ORDER BY f.occurred_on, f.id LIMIT 1)", args
}

// tagged adds the tags to the members of a page.
func tagged(ctx context.Context, q db.Q, at span, list []member) error {
	where, within := at.where("customer_id")
	rows, err := q.Query(ctx, "SELECT customer_id, tag FROM customer_tag WHERE "+where+" ORDER BY customer_id, tag", within...)
	if err != nil {
		return err
	}
	defer rows.Close()
	i := 0
	for rows.Next() {
		owner := rows.Int64(0)
		for i < len(list) && list[i].id < owner {
			i++
		}
		if i < len(list) && list[i].id == owner {
			list[i].tags = append(list[i].tags, string(rows.Bytes(1)))
		}
	}
	return rows.Err()
}

func scanMember(r db.Rows) (member, error) {
	var m member
	var archived *int64
	var custom []byte
	err := r.Scan(&m.id, &m.code, &m.name, &m.party, &m.kind, &m.status, &m.region, &m.industry, &m.owner, &m.unit, &m.created, &archived, &custom, &m.firstFact)
	if err != nil {
		return m, err
	}
	m.archived = archived != nil
	if len(custom) <= 2 {
		return m, nil
	}
	var all map[string]any
	if err := json.Unmarshal(custom, &all); err != nil {
		return m, err
	}
	m.custom = make(map[string]string, len(all))
	for name := range all {
		m.custom[name] = fact.Attr(custom, name)
	}
	return m, nil
}

// ranks gives every customer's place in the order of the codes, sorted by id. The codes are compared byte by byte on
// both databases.
func ranks(ctx context.Context, q db.Q) ([]rankOf, error) {
	rows, err := q.Query(ctx, "SELECT id FROM customer ORDER BY code, id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []rankOf
	for rows.Next() {
		out = append(out, rankOf{id: rows.Int64(0), rank: int32(len(out))})
	}
	slices.SortFunc(out, func(a, b rankOf) int { return cmp.Compare(a.id, b.id) })
	return out, rows.Err()
}

func idsAfter(ctx context.Context, q db.Q, after int64, limit int) ([]int64, error) {
	return db.List(ctx, q, "SELECT id FROM customer WHERE id > ? ORDER BY id LIMIT ?", []any{after, limit},
		func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

func countCustomers(ctx context.Context, q db.Q) (int64, error) {
	return db.One(ctx, q, "SELECT COUNT(*) FROM customer", nil, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// previousIn gives by customer and scheme the newest verdict of a rulebook as of a day before one: what followed from facts and
// judgements, so that a grade people decided on is not held beyond its term.
func previousIn(ctx context.Context, q db.Q, rulebookID string, asOf calendar.Date, at span) (map[int64]map[string]rule.PreviousVerdict, error) {
	where, args := at.where("customer_id")
	// The empty text keeps SQLite on the customers of the page: the index of rulebook and day would lead through all of them.
	rows, err := q.Query(ctx, "SELECT customer_id, scheme, code, as_of, CASE WHEN origin = 'override' THEN explanation END FROM verdict WHERE rulebook || '' = ? AND as_of < ? AND "+where+
		" ORDER BY customer_id, scheme, as_of, id", append([]any{rulebookID, asOf}, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]map[string]rule.PreviousVerdict{}
	for rows.Next() {
		customerID := rows.Int64(0)
		if out[customerID] == nil {
			out[customerID] = map[string]rule.PreviousVerdict{}
		}
		code := string(rows.Bytes(2))
		if text := rows.Bytes(4); len(text) > 0 {
			if code, err = withoutDecision(text); err != nil {
				return nil, err
			}
		}
		out[customerID][string(rows.Bytes(1))] = rule.PreviousVerdict{Code: code, AsOf: calendar.FromBytes(rows.Bytes(3))}
	}
	return out, rows.Err()
}

// withoutDecision gives the grade that would have held without the decision of a verdict, from its explanation, which is whole.
func withoutDecision(explanation []byte) (string, error) {
	var x struct {
		Decided *struct {
			Without string `json:"without"`
		} `json:"decided"`
	}
	if err := json.Unmarshal(explanation, &x); err != nil || x.Decided == nil {
		return "", err
	}
	return x.Decided.Without, nil
}

// relationsOf hands over the relations of some kinds that are not archived.
func relationsOf(ctx context.Context, q db.Q, kinds []string, fn func(a, b int64)) error {
	rows, err := q.Query(ctx, "SELECT customer_id, other_id FROM relation WHERE archived_at IS NULL AND type IN "+db.In(len(kinds)), db.Args(kinds)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		fn(rows.Int64(0), rows.Int64(1))
	}
	return rows.Err()
}
