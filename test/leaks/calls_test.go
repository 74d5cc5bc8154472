package leaks

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// none is an id that no row has.
const none = "4611686018427387904"

// maker makes the calls of one person.
type maker struct {
	doc  *document
	pool *pool
}

// mine gives ids that the person may know of, of the customer that the path is about where it is about one.
func (m *maker) mine(t testing.TB, c *call) ids {
	also := ""
	if strings.HasPrefix(c.op.Path, "/api/v1/customers/{") && len(c.path) > 0 {
		if _, err := strconv.ParseInt(c.path[0], 10, 64); err == nil {
			also = c.path[0]
		}
	}
	return func(table string, nth int) string {
		if also != "" && slices.Contains(m.pool.o.tables[table], "customer_id") {
			of := "customer_id = " + also
			if table == "fact" { // is named with its day
				of += " AND occurred_on = '" + days["occurred_on"] + "'"
			}
			if rows := m.pool.among(t, table, []string{"id"}, false, of, 6); len(rows) > 0 {
				return rows[min(nth, len(rows)-1)][0]
			}
			return ""
		}
		rows := m.pool.rows(t, table, []string{"id"}, false, 6)
		if table == "customer" && also != "" && len(rows) > 1 && rows[0][0] == also { // a relation is to another
			return rows[1][0]
		}
		if len(rows) == 0 {
			return ""
		}
		return rows[min(nth, len(rows)-1)][0]
	}
}

// plain gives the request of an operation about what is the person's own, or false where a path needs a row and the person has none.
func (m *maker) plain(t testing.TB, op *operation, nth int) (*call, bool) {
	t.Helper()
	c := &call{op: op, query: url.Values{}, what: "own"}
	if n := len(op.in("path")); n > 0 {
		table, columns, ok := sourceOf(op)
		if !ok || len(columns) != n && len(columns) < n {
			t.Errorf("%s: where do the ids of %s come from? Say it in ids_test.go", op.ID, op.Path)
			return nil, false
		}
		rows := m.pool.rows(t, table, columns, false, 6)
		if len(rows) == 0 {
			return nil, false
		}
		c.path = rows[min(nth, len(rows)-1)][:n]
		c.match = m.version(t, table, columns, c.path)
	}
	for _, p := range op.in("query") {
		if p.Required {
			m.ask(t, c, p)
		}
	}
	more, err := url.ParseQuery(asked[op.ID])
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(c.query, more)
	c.body = m.doc.body(t, op, m.mine(t, c), false)
	return c, true
}

// version gives the If-Match of a row.
func (m *maker) version(t testing.TB, table string, columns, values []string) string {
	t.Helper()
	for _, v := range []string{"version_no", "row_version", "revision", "version"} {
		if slices.Contains(m.pool.o.tables[table], v) {
			where, args := "1=1", []any{}
			for i, c := range columns[:len(values)] {
				if n, err := strconv.ParseInt(values[i], 10, 64); err == nil && c[0] != '\'' && c[0] != '(' {
					where += " AND " + c + " = ?"
					args = append(args, n)
				}
			}
			if rows := m.pool.w.query(t, "SELECT CAST("+v+" AS TEXT) FROM "+table+" WHERE "+where+" LIMIT 1", 1, args...); len(rows) == 1 {
				return strconv.Quote(rows[0][0])
			}
		}
	}
	return `"1"`
}

// ask puts a plain value of a query parameter into a call.
func (m *maker) ask(t testing.TB, c *call, p param) bool {
	t.Helper()
	v, ok := m.doc.value(c.op, p.Name, p.Schema, m.mine(t, c), 0)
	if list, is := v.([]any); ok && is {
		ok = len(list) > 0
		if ok {
			v = list[0]
		}
	}
	if ok {
		c.query.Set(p.Name, fmt.Sprint(v))
	}
	return ok
}

// with gives a copy of a call.
func (c *call) with(what string) *call {
	d := *c
	d.path, d.query, d.what = slices.Clone(c.path), maps.Clone(c.query), what
	return &d
}

// reads gives every way to ask for something: plainly, with each parameter, and with ids and texts of what is hidden.
func (m *maker) reads(t testing.TB, op *operation, texts []string) []*call {
	t.Helper()
	var out []*call
	base, ok := m.plain(t, op, 0)
	if ok {
		out = append(out, base)
	} else {
		base = &call{op: op, query: url.Values{}}
	}
	for _, p := range op.in("query") {
		table := tableOf(op, p.Name)
		if ok {
			if c := base.with("with " + p.Name); m.ask(t, c, p) {
				out = append(out, c)
			}
			values := choices(m.doc.resolve(p.Schema), p.Name)
			for _, v := range values[:min(len(values), some(20))] {
				c := base.with("with another " + p.Name)
				c.query.Set(p.Name, v)
				out = append(out, c)
			}
			if p.Name == "q" {
				for _, text := range texts {
					c := base.with("searching for what is hidden")
					c.query.Set("q", text)
					out = append(out, c)
				}
			}
			if table != "" {
				for _, row := range m.pool.rows(t, table, []string{"id"}, true, some(2)) {
					c := base.with("with a hidden " + p.Name)
					c.query.Set(p.Name, row[0])
					out = append(out, c)
				}
			}
		}
	}
	return append(out, m.foreign(t, op, base)...)
}

// some is how many variants of one thing are tried: n by make leaks, one in a bounded run.
func some(n int) int {
	if whole {
		return n
	}
	return 1
}

// choices are the values of a parameter that has few.
func choices(s *schema, name string) (out []string) {
	if s.kind() == "boolean" {
		return []string{"true", "false"}
	}
	if s.kind() == "array" {
		s = s.Items
	}
	for _, e := range s.Enum {
		out = append(out, fmt.Sprint(e))
	}
	if name == "format" {
		return []string{"xlsx"}
	}
	return out
}

// foreign gives the calls that name hidden rows in the path: all of it, or what stands below something of one's own.
func (m *maker) foreign(t testing.TB, op *operation, base *call) []*call {
	t.Helper()
	n := len(op.in("path"))
	if n == 0 {
		return nil
	}
	table, columns, ok := sourceOf(op)
	if !ok {
		return nil
	}
	var out []*call
	own := m.pool.rows(t, table, columns, false, 1)
	for _, row := range m.pool.rows(t, table, columns, true, some(2)) {
		c := base.with("hidden")
		c.path, c.match = row[:n], m.version(t, table, columns, row[:n])
		if c.body == nil {
			c.body = m.doc.body(t, op, m.mine(t, c), false)
		}
		out = append(out, c)
		for at := range n - 1 {
			if len(own) == 0 {
				break
			}
			half := c.with("hidden below one's own")
			copy(half.path, own[0][:at+1])
			other := c.with("one's own below hidden")
			copy(other.path[at+1:], own[0][at+1:n])
			out = append(out, half, other)
		}
	}
	return out
}

// writes gives every way to change something that is not one's own: hidden rows in the path, and in each member of the body that takes ids.
func (m *maker) writes(t testing.TB, op *operation) []*call {
	t.Helper()
	base, ok := m.plain(t, op, 0)
	if !ok {
		base = &call{op: op, query: url.Values{}}
		base.body = m.doc.body(t, op, m.mine(t, base), false)
	}
	out := m.foreign(t, op, base)
	if !ok {
		return out
	}
	if op.Body != nil && op.Media == "application/json" {
		for _, name := range m.members(op, op.Body, 0) {
			for _, row := range m.pool.rows(t, tableOf(op, name), []string{"id"}, true, some(2)) {
				c := base.with("a hidden " + name + " in the body")
				c.body = m.replaced(t, base, name, row[0])
				out = append(out, c)
			}
		}
	}
	for _, p := range op.in("query") {
		if table := tableOf(op, p.Name); table != "" {
			for _, row := range m.pool.rows(t, table, []string{"id"}, true, some(2)) {
				c := base.with("with a hidden " + p.Name)
				c.query.Set(p.Name, row[0])
				out = append(out, c)
			}
		}
	}
	return out
}

// members gives the names of the members of a body, however deep, that take ids.
func (m *maker) members(op *operation, s *schema, depth int) (out []string) {
	s = m.doc.resolve(s)
	if s == nil || depth > 5 {
		return nil
	}
	if s.Items != nil {
		return m.members(op, s.Items, depth+1)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		p := m.doc.resolve(s.Properties[name])
		if tableOf(op, name) != "" && (p.kind() == "string" || p.kind() == "array") {
			out = append(out, name)
			continue
		}
		out = append(out, m.members(op, p, depth+1)...)
	}
	return out
}

// replaced makes the body again with another id in a member, adding the member where the plain body has none.
func (m *maker) replaced(t testing.TB, base *call, member, id string) any {
	t.Helper()
	op := base.op
	body := m.doc.body(t, op, m.mine(t, base), false)
	if !put(body, member, id) {
		all := m.doc.resolve(op.Body)
		if top, ok := body.(map[string]any); ok {
			if p := m.doc.resolve(all.Properties[member]); p != nil {
				top[member] = any(id)
				if p.kind() == "array" {
					top[member] = []any{id}
				}
			}
		}
	}
	return body
}

// put sets a member wherever a body has it.
func put(v any, member, id string) (done bool) {
	switch x := v.(type) {
	case map[string]any:
		for name, one := range x {
			_, text := one.(string)
			_, list := one.([]any)
			switch {
			case name == member && text:
				x[name], done = id, true
			case name == member && list:
				x[name], done = []any{id}, true
			default:
				done = put(one, member, id) || done
			}
		}
	case []any:
		for _, one := range x {
			done = put(one, member, id) || done
		}
	}
	return done
}

// takesIDs says whether an operation is about rows at all: by its path, its query or its body.
func (m *maker) takesIDs(op *operation) bool {
	if table, columns, _ := sourceOf(op); len(op.in("path")) > 0 && table != "" && len(columns) > 0 {
		return true
	}
	for _, p := range op.in("query") {
		if tableOf(op, p.Name) != "" {
			return true
		}
	}
	return op.Body != nil && len(m.members(op, op.Body, 0)) > 0
}
