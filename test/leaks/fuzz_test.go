package leaks

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// odd are texts that inputs break on: nothing, control characters, other alphabets, quotes of every language of a program, numbers and
// days at their ends and beyond, paths, and what looks like an id.
var odd = []string{
	"", " ", "0", "-1", "1", none, "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e309", "NaN", "0x10", "1.5", "100.005", "999999999999999999999.99", "\x00", "a\x00b", "\u202e", "é́", "𝕏𠮷", "\xff\xfe",
	"'", "\"", "' OR 1=1 --", "%", "_", "\\", "%00", "${x}", "{{x}}", "<script>", "../../etc/passwd", "2026-02-30", "2026-02-29", "0000-00-00", "9999-12-31", "10000-01-01", "-001-01-01", "2026-13-01", "2026-03-02", "2026-03-02T25:00:00Z",
	"2026-03-02T03:00:00Z", "9999-12-31T23:59:59Z", "24:00", "00:00", "null", "true", "[]", "{}", ":", ":::", "kind:in:", "custom.x:is:y", "owner:in:me", "a,b,c", "和谐", strings.Repeat("长", 300), strings.Repeat("x", 70000), "P1D", "P99999999999D", "sum", "a&b=c", "\r\nX: y", "-name",
	"name", "grade.annual", "2026-02", "2026-00", "2026-Q5", "CNY", "cny", "110000", "ffff",
}

// fuzzer makes requests from a seed.
type fuzzer struct {
	*maker
	t    testing.TB
	rand *rand.Rand
}

// TestNoInputBringsAnInternalError sends random and boundary input to every operation, as somebody who may do everything and as somebody
// who may do little. FUZZ is how many requests an operation gets (default 4), FUZZ_SEED what they are made from.
func TestNoInputBringsAnInternalError(t *testing.T) {
	doc := readDocument(t)
	each, seed := number64("FUZZ", 4), number64("FUZZ_SEED", 1)
	databases(t, func(t *testing.T, dsn string) {
		if each < 20 && strings.HasSuffix(t.Name(), "postgres") {
			t.Skip("on PostgreSQL by make fuzz-api")
		}
		w := build(t, doc, dsn)
		sent := 0
		said := map[string]bool{}
		for _, login := range []string{"admin", "southwest.manager", ""} {
			var p *person
			f := &fuzzer{t: t, rand: rand.New(rand.NewPCG(uint64(seed), uint64(len(login))))} //nolint:gosec // repeatable, not secret
			if login != "" {
				p = w.signIn(t, login)
			}
			me := p
			if me == nil {
				me = w.signIn(t, "lin")
			}
			for _, table := range []string{"case", "customer", "import", "bulk", "handover", "file"} {
				w.exec(t, "DROP TABLE IF EXISTS other_"+table)
			}
			f.maker = &maker{doc, newPool(w, w.hide(t, me), me)}
			for _, op := range doc.ops {
				if slices.Contains(lonely, op.ID) || op.ID == "change-user" {
					continue // the test would sign itself out
				}
				for range each {
					c := f.call(op)
					status, _, body := w.send(p, c)
					sent++
					if status >= 500 && !said[op.ID] {
						said[op.ID] = true
						t.Errorf("as %q %s: %d %.300s", login, short(c.String()), status, body)
					}
				}
			}
		}
		t.Logf("%d requests", sent)
	})
}

func number64(name string, otherwise int64) int64 {
	if n, err := strconv.ParseInt(os.Getenv(name), 10, 64); err == nil {
		return n
	}
	return otherwise
}

func short(s string) string {
	if len(s) > 1500 {
		return s[:1500] + "…"
	}
	return s
}

// call makes one request: a plain one with some of it changed, or all of it random.
func (f *fuzzer) call(op *operation) *call {
	c, ok := f.plain(f.t, op, f.rand.IntN(3))
	if !ok {
		c = &call{op: op, query: url.Values{}}
		c.body = f.doc.body(f.t, op, f.mine(f.t, c), false)
	}
	c = c.with("random")
	for len(c.path) < len(op.in("path")) {
		c.path = append(c.path, none)
	}
	for i := range c.path {
		if f.rand.IntN(4) == 0 {
			c.path[i] = strings.ReplaceAll(f.odd(), "\x00", "0")
		}
		if c.path[i] == "" || c.path[i] == "." || c.path[i] == ".." {
			c.path[i] = "0"
		}
	}
	if f.rand.IntN(6) == 0 {
		c.match = []string{"", `"0"`, `"x"`, `W/"1"`, `"9223372036854775807"`}[f.rand.IntN(5)]
	}
	for _, p := range op.in("query") {
		switch f.rand.IntN(4) {
		case 0:
			c.query.Set(p.Name, f.text(op, p.Name, f.doc.resolve(p.Schema)))
		case 1:
			f.ask(f.t, c, p)
		}
	}
	if op.Body != nil && op.Media == "application/json" {
		s := f.doc.resolve(op.Body)
		switch f.rand.IntN(5) {
		case 0:
			c.body = f.random(op, "", s, 0)
		case 1:
			c.body = []byte([]string{"", "{", "null", "[]", `{"a":1}`, "\xff", strings.Repeat("[", 20000), `{"a":1e400}`}[f.rand.IntN(8)])
		default:
			c.body = f.bent(op, f.doc.body(f.t, op, f.mine(f.t, c), f.rand.IntN(2) == 0), s)
		}
	}
	return c
}

func (f *fuzzer) odd() string { return odd[f.rand.IntN(len(odd))] }

// text makes a value of a query parameter.
func (f *fuzzer) text(op *operation, name string, s *schema) string {
	v := f.random(op, name, s, 3)
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// bent changes a few members of a body.
func (f *fuzzer) bent(op *operation, v any, s *schema) any {
	body, ok := v.(map[string]any)
	if !ok || s == nil {
		return v
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		switch f.rand.IntN(5) {
		case 0:
			body[name] = f.random(op, name, f.doc.resolve(s.Properties[name]), 1)
		case 1:
			delete(body, name)
		}
	}
	return body
}

// random makes a value that fits a schema's type, and now and then one that does not.
func (f *fuzzer) random(op *operation, name string, s *schema, depth int) any {
	s = f.doc.resolve(s)
	if s == nil || f.rand.IntN(25) == 0 {
		return []any{nil, "x", -1, 1.5, true, []any{}, map[string]any{}}[f.rand.IntN(7)]
	}
	if len(s.Enum) > 0 && f.rand.IntN(5) > 0 {
		return s.Enum[f.rand.IntN(len(s.Enum))]
	}
	switch s.kind() {
	case "string":
		if table := tableOf(op, name); table != "" && f.rand.IntN(2) == 0 {
			if rows := f.pool.rows(f.t, table, []string{"id"}, f.rand.IntN(2) == 0, 6); len(rows) > 0 {
				return rows[f.rand.IntN(len(rows))][0]
			}
		}
		if day, ok := days[name]; ok && f.rand.IntN(2) == 0 {
			return day
		}
		return strings.ToValidUTF8(f.odd(), "?")
	case "integer":
		return []int64{0, 1, -1, 2, 100, 1 << 31, -1 << 31, 1<<63 - 1, -1 << 63, int64(f.rand.IntN(5000))}[f.rand.IntN(10)]
	case "number":
		return []float64{0, -1, 0.1, 1e308, -1e308, 5e-324}[f.rand.IntN(6)]
	case "boolean":
		return f.rand.IntN(2) == 0
	case "array":
		if depth > 4 {
			return []any{}
		}
		list := make([]any, f.rand.IntN(4))
		for i := range list {
			list[i] = f.random(op, name, s.Items, depth+1)
		}
		return list
	}
	out := map[string]any{}
	for _, member := range slices.Sorted(maps.Keys(s.Properties)) {
		if f.rand.IntN(3) > 0 && depth < 6 {
			out[member] = f.random(op, member, s.Properties[member], depth+1)
		}
	}
	if len(s.Properties) == 0 && f.rand.IntN(2) == 0 {
		out[f.odd()] = f.odd()
	}
	for k, v := range out { // what is not a text cannot be sent
		if text, ok := v.(string); ok {
			out[k] = strings.ToValidUTF8(text, "?")
		}
	}
	return out
}
