package customer

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/search"
)

// broad is from how many index rows on a search condition is no longer worked out first but asked of each customer in turn. A condition that meets
// so many terms meets a large part of all customers, so that a page fills after a few of them.
const broad = 8_000

// listPlan is a query on customer c in three parts: what drives it, what holds, in which order.
type listPlan struct {
	where
	order  order
	drive  string // a subquery of ids that is worked out first, "" = none
	driven []any
}

// order is a sort order: expressions over c (customer), u (owner) and g (standing), made unique by the id behind them.
type order struct {
	name   string // as asked for
	cols   []string
	number []bool // which of cols are numbers
	scheme string // of the standing joined as g, "" = none
	desc   bool
}

func orderOf(ctx context.Context, q db.Q, sort string) (order, error) {
	o := order{name: sort}
	key, desc := strings.CutPrefix(sort, "-")
	o.desc = desc
	base, scheme, _ := strings.Cut(key, ".")
	switch base {
	case "", "name":
		o.cols, o.number = []string{"c.sort_key"}, []bool{false}
	case "code":
		o.cols, o.number = []string{"c.code"}, []bool{false}
	case "updated", "updated_at":
		o.cols, o.number = []string{"c.updated_at"}, []bool{true}
	case "created", "created_at":
		o.cols, o.number = []string{"c.created_at"}, []bool{true}
	case "owner":
		o.cols, o.number = []string{"COALESCE(u.name, '')", "c.sort_key"}, []bool{false, false}
	case "grade":
		// Customers without a grade come behind all others.
		o.cols, o.number = []string{"COALESCE(g.position, 1000000)", "c.sort_key"}, []bool{true, false}
		o.scheme = scheme
		if scheme == "" {
			err := db.Get(ctx, q, "SELECT COALESCE(MIN(scheme), '-') FROM standing", nil, &o.scheme)
			return o, err
		}
	default:
		return o, errs.New(errs.Invalid, "customer.sort_unknown", "sort", shortText(sort))
	}
	return o, nil
}

// search adds what was typed. The narrowest condition drives the query, so that rare names are found at once in any number of customers.
func (p *listPlan) search(ctx context.Context, q db.Q, text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	matches := search.QueryApart(text)
	if len(matches) == 0 {
		p.add("1 = 0") // signs only: nothing is called so
		return nil
	}
	least, at := broad, -1
	sizes := make([]int, len(matches))
	for i, m := range matches {
		var err error
		if sizes[i], err = termRows(ctx, q, m); err != nil {
			return err
		}
		if sizes[i] < least {
			least, at = sizes[i], i
		}
	}
	for i, m := range matches {
		sql, args := matchSQL(m)
		switch {
		case i == at:
			p.drive, p.driven = "SELECT DISTINCT customer_id AS id FROM search_term t WHERE "+sql, args
		case sizes[i] < broad:
			p.add("c.id IN (SELECT t.customer_id FROM search_term t WHERE "+sql+")", args...)
		default:
			p.add("EXISTS (SELECT 1 FROM search_term t WHERE t.customer_id = c.id AND "+sql+")", args...)
		}
	}
	return nil
}

// matchSQL gives the predicate of a search condition on search_term t.
func matchSQL(m search.Match) (string, []any) {
	var parts []string
	var args []any
	for _, r := range m.Any {
		if r.To == "" {
			parts = append(parts, "t.term = ?")
			args = append(args, r.From)
		} else {
			parts = append(parts, "(t.term >= ? AND t.term < ?)")
			args = append(args, r.From, r.To)
		}
	}
	return "(" + strings.Join(parts, " OR ") + ")", args
}

// termRows counts the index rows a condition meets, up to broad.
func termRows(ctx context.Context, q db.Q, m search.Match) (int, error) {
	sql, args := matchSQL(m)
	n := 0
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM (SELECT 1 FROM search_term t WHERE "+sql+" LIMIT ?) x", append(args, broad), &n)
	return n, err
}

// from gives the FROM and WHERE clauses with their arguments; ordered adds the tables the order needs.
func (p *listPlan) from(ordered bool) (string, []any) {
	sql, args := " FROM customer c", []any(nil)
	if p.drive != "" {
		// CROSS JOIN keeps SQLite from turning the two round.
		sql, args = " FROM ("+p.drive+") m CROSS JOIN customer c", slices.Clone(p.driven)
	}
	if ordered && strings.Contains(strings.Join(p.order.cols, " "), "u.") {
		sql += " LEFT JOIN app_user u ON u.id = c.owner_id"
	}
	if ordered && p.order.scheme != "" {
		sql += " LEFT JOIN standing g ON g.customer_id = c.id AND g.scheme = ? AND g.code <> ''"
		args = append(args, p.order.scheme)
	}
	sql += " WHERE "
	if p.drive != "" {
		sql += "c.id = m.id AND "
	}
	return sql + p.sql(), append(args, p.args...)
}

// page reads one page.
func (p *listPlan) page(ctx context.Context, q db.Q, cursor string, limit int) (Page, error) {
	o := p.order
	sql, args := p.from(true)
	keys := append(slices.Clone(o.cols), "c.id")
	vals, err := db.DecodeCursor(cursor, len(keys)+1)
	if err != nil {
		return Page{}, err
	}
	if vals != nil {
		after, err := o.after(vals)
		if err != nil {
			return Page{}, err
		}
		sign := " > "
		if o.desc {
			sign = " < "
		}
		sql += " AND (" + strings.Join(keys, ", ") + ")" + sign + db.In(len(after))
		args = append(args, after...)
	}
	// The order is found on ids and keys alone; whole rows are fetched for the page only.
	names := make([]string, len(keys))
	picks := make([]string, len(keys))
	for i, k := range keys {
		names[i] = fmt.Sprintf("k.k%d", i)
		picks[i] = fmt.Sprintf("%s AS k%d", k, i)
	}
	sql = "SELECT " + columns + ", " + strings.Join(names[:len(o.cols)], ", ") +
		" FROM (SELECT " + strings.Join(picks, ", ") + sql + " ORDER BY " + o.by(keys) + " LIMIT ?) k CROSS JOIN customer c LEFT JOIN app_user u ON u.id = c.owner_id" +
		" WHERE c.id = " + names[len(o.cols)] + " ORDER BY " + o.by(names)
	args = append(args, limit+1)
	sorted := make([]string, len(o.cols))
	extra := make([]any, len(o.cols))
	for i := range sorted {
		extra[i] = &sorted[i]
	}
	items := make([]Item, 0, limit)
	more := false
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return Page{}, err
	}
	defer rows.Close()
	for rows.Next() {
		if len(items) == limit {
			more = true
			break
		}
		c, err := scanCustomer(rows, extra...)
		if err != nil {
			return Page{}, err
		}
		items = append(items, Item{Customer: c})
	}
	page := Page{Items: items}
	if more {
		page.Next = db.EncodeCursor(slices.Concat([]string{o.name}, sorted, []string{strconv.FormatInt(items[limit-1].ID, 10)})...)
	}
	return page, rows.Err()
}

// by writes the ORDER BY list.
func (o order) by(keys []string) string {
	if o.desc {
		return strings.Join(keys, " DESC, ") + " DESC"
	}
	return strings.Join(keys, ", ")
}

// after turns the values of a cursor back into arguments. A cursor of another order is refused.
func (o order) after(vals []string) ([]any, error) {
	bad := errs.New(errs.Invalid, "cursor.invalid")
	if vals[0] != o.name {
		return nil, bad
	}
	out := make([]any, 0, len(vals)-1)
	for i, v := range vals[1:] {
		if i < len(o.number) && !o.number[i] {
			out = append(out, v)
			continue
		}
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return nil, bad
		}
		out = append(out, n)
	}
	return out, nil
}

func (p *listPlan) ids(ctx context.Context, q db.Q) ([]int64, error) {
	sql, args := p.from(false)
	return db.List(ctx, q, "SELECT c.id"+sql+" ORDER BY c.id", args, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

func (p *listPlan) count(ctx context.Context, q db.Q, limit int) (int64, error) {
	sql, args := p.from(false)
	var n int64
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM (SELECT 1"+sql+" LIMIT ?) x", append(args, limit), &n)
	return n, err
}

// attachItems fills in grades, tags and phones of a page with one query.
func attachItems(ctx context.Context, q db.Q, items []Item) error {
	if len(items) == 0 {
		return nil
	}
	at := make(map[int64]int, len(items))
	ids := make([]any, len(items))
	for i := range items {
		at[items[i].ID], ids[i] = i, items[i].ID
		items[i].Tags, items[i].Grades = []string{}, []Grade{}
	}
	in := " IN " + db.In(len(ids))
	args := slices.Concat(ids, ids, ids, ids)
	rows, err := q.Query(ctx, `SELECT customer_id, 1, scheme, code, position FROM standing WHERE code <> '' AND customer_id`+in+`
		UNION ALL SELECT customer_id, 2, tag, '', 0 FROM customer_tag WHERE customer_id`+in+`
		UNION ALL SELECT customer_id, 3, value, '', id FROM identifier WHERE type = 'phone' AND customer_id`+in+`
		UNION ALL SELECT customer_id, 4, phone, name, id FROM contact WHERE is_primary = 1 AND archived_at IS NULL AND customer_id`+in+`
		ORDER BY 1, 2, 5, 3`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		it := &items[at[rows.Int64(0)]]
		text, second := string(rows.Bytes(2)), string(rows.Bytes(3))
		switch rows.Int64(1) {
		case 1:
			it.Grades = append(it.Grades, Grade{Scheme: text, Code: second, Position: int(rows.Int64(4))})
		case 2:
			it.Tags = append(it.Tags, text)
		case 3, 4:
			if it.Phone == "" {
				it.Phone = text
			}
			it.Contact = second
		}
	}
	for i := range items {
		slices.SortFunc(items[i].Grades, func(a, b Grade) int { return strings.Compare(a.Scheme, b.Scheme) })
		slices.Sort(items[i].Tags)
	}
	return rows.Err()
}

func tagCounts(ctx context.Context, q db.Q, scope authz.Scope) ([]TagCount, error) {
	sql, args := "SELECT t.tag, COUNT(*) FROM customer_tag t JOIN customer c ON c.id = t.customer_id WHERE c.archived_at IS NULL", []any(nil)
	if !scope.All {
		clause, more := scope.Clause("c")
		sql, args = sql+" AND "+clause, more
	}
	return db.List(ctx, q, sql+" GROUP BY t.tag ORDER BY COUNT(*) DESC, t.tag LIMIT 500", args, func(r db.Rows) (TagCount, error) {
		return TagCount{string(r.Bytes(0)), r.Int64(1)}, nil
	})
}
