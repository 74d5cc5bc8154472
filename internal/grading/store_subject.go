package grading

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"kezhi/internal/authz"
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
	signed                                            map[string]rule.Signatures      // by scheme, once they were looked for
	looked                                            bool                            // for signatures
}

// place is what decides who reaches the customer.
func (m *member) place() authz.Place {
	return authz.Place{CustomerID: m.id, OwnerID: m.owner, UnitID: m.unit, Region: m.region}
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

// memberColumns are the columns of a customer that a grading reads where its rulebook looks at them.
var memberColumns = []struct {
	field, column string
	fill          func(m *member, r db.Rows, col int)
}{
	{"code", "c.code", func(m *member, r db.Rows, col int) { m.code = string(r.Bytes(col)) }},
	{"name", "c.name", func(m *member, r db.Rows, col int) { m.name = string(r.Bytes(col)) }},
	{"party", "c.party", func(m *member, r db.Rows, col int) { m.party = string(r.Bytes(col)) }},
	{"kind", "c.kind", func(m *member, r db.Rows, col int) { m.kind = string(r.Bytes(col)) }},
	{"status", "c.status", func(m *member, r db.Rows, col int) { m.status = string(r.Bytes(col)) }},
	{"region", "c.region", func(m *member, r db.Rows, col int) { m.region = string(r.Bytes(col)) }},
	{"industry", "c.industry", func(m *member, r db.Rows, col int) { m.industry = string(r.Bytes(col)) }},
	{"owner", "c.owner_id", func(m *member, r db.Rows, col int) { m.owner = r.Int64(col) }},
	{"", "c.unit_id", func(m *member, r db.Rows, col int) { m.unit = r.Int64(col) }},
	{"created_on", "c.created_at", func(m *member, r db.Rows, col int) { m.created = r.Int64(col) }},
}

// memberReader says what is read of the customers of a page. hidden is what fact.Hidden gave.
type memberReader struct {
	program *rule.Program
	hidden  map[int64]struct{}
	needed  bool // only what the rulebook looks at, and what tells of a customer whose scope cannot be worked out
}

// members reads the customers of a page in the order of their ids, with tags and the day of their first visible fact where the
// rulebook looks at them.
func (how memberReader) members(ctx context.Context, q db.Q, at span) ([]member, error) {
	text, args, fills := how.columns()
	where, within := at.where("c.id")
	list, err := db.List(ctx, q, "SELECT "+text+" FROM customer c WHERE "+where+" ORDER BY c.id", append(args, within...), func(r db.Rows) (member, error) {
		m := member{id: r.Int64(0), archived: !r.Null(1), firstFact: calendar.None}
		for i, fill := range fills {
			fill(&m, r, 3+i)
		}
		return m, m.setCustom(r.Bytes(2))
	})
	if err != nil || !how.program.Reads("tags") {
		return list, err
	}
	return list, tagged(ctx, q, at, list)
}

// columns gives what is read: id, archive and the company's own fields always, then what the functions fill in.
func (how memberReader) columns() (text string, args []any, fills []func(m *member, r db.Rows, col int)) {
	text = "c.id, c.archived_at, c.custom"
	for _, c := range memberColumns {
		if !how.needed || how.program.Reads(c.field) || c.field == "code" && how.program.Scoped() {
			text += ", " + c.column
			fills = append(fills, c.fill)
		}
	}
	if !how.program.Reads("first_fact_on") {
		return text, nil, fills
	}
	first, args := firstFact(how.hidden)
	return text + ", " + first, args, append(fills, func(m *member, r db.Rows, col int) {
		if !r.Null(col) {
			m.firstFact = calendar.FromBytes(r.Bytes(col))
		}
	})
}

// setCustom takes the company's own fields from their JSON.
func (m *member) setCustom(custom []byte) error {
	if len(custom) <= 2 {
		return nil
	}
	var all map[string]any
	if err := json.Unmarshal(custom, &all); err != nil {
		return err
	}
	m.custom = make(map[string]string, len(all))
	for name := range all {
		m.custom[name] = fact.Attr(custom, name)
	}
	return nil
}

// firstFact gives the day of a customer's first visible fact as an expression.
func firstFact(hidden map[int64]struct{}) (text string, args []any) {
	seen, args := fact.Visible("f.batch_id", hidden)
	return "(SELECT f.occurred_on FROM fact f WHERE f.customer_id = c.id" + seen + " ORDER BY f.occurred_on, f.id LIMIT 1)", args
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
	rows, err := q.Query(ctx, "SELECT customer_id, scheme, code, as_of, CASE WHEN frame = 0 THEN explanation END FROM verdict WHERE rulebook || '' = ? AND as_of < ? AND "+where+
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
			if code, err = withoutDecision(text, code); err != nil {
				return nil, err
			}
		}
		out[customerID][string(rows.Bytes(1))] = rule.PreviousVerdict{Code: code, AsOf: calendar.FromBytes(rows.Bytes(3))}
	}
	return out, rows.Err()
}

// withoutDecision gives the grade that would have held without any decision of people, from an explanation that is whole: those of
// verdicts that decisions had a part in are.
func withoutDecision(explanation []byte, code string) (string, error) {
	var x struct {
		Followed *string `json:"followed"`
		Decided  *struct {
			Without string `json:"without"`
		} `json:"decided"`
	}
	err := json.Unmarshal(explanation, &x)
	switch {
	case x.Followed != nil:
		return *x.Followed, err
	case x.Decided != nil:
		return x.Decided.Without, err
	}
	return code, err
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
