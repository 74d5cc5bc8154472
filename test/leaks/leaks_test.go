package leaks

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kezhi/internal/id"
)

// whole asks for every variant on both databases (make leaks); otherwise the run is bounded.
var whole = os.Getenv("LEAKS") == "whole"

// lonely are requests that end the sessions the test goes on with; they take no ids.
var lonely = []string{"sign-out", "sign-out-everywhere", "change-my-password"}

// people are those who are tried: the manager of a region, who sees the units below, and a customer manager of another region, who
// sees what is hers or his.
func people(t testing.TB, w *world) []*person {
	t.Helper()
	second := w.query(t, `SELECT u.login FROM app_user u JOIN user_role r ON r.user_id = u.id JOIN unit n ON n.id = u.unit_id
		WHERE r.role = 'customer_manager' AND n.code = 'EAST' AND u.login <> 'lin' ORDER BY (SELECT COUNT(*) FROM customer c WHERE c.owner_id = u.id) DESC, u.login LIMIT 1`, 1)
	return []*person{w.signIn(t, "southwest.manager"), w.signIn(t, second[0][0])}
}

// endings are requests that would end one's own session, when they name it.
var endings = []string{"end-my-session", "end-user-session", "end-user-sessions"}

// live has somebody send every request that changes something about what is her or his own, and says which operations got as far as
// looking at a row.
func (w *world) live(t testing.TB, doc *document, p *person, reached map[string]bool) {
	t.Helper()
	o := w.hide(t, p)
	for nth := range 2 {
		m := &maker{doc, newPool(w, o, p)}
		for _, op := range doc.ops {
			// Of one's own sessions there is only the one the test goes on with; those of others are tried like everything else.
			if slices.Contains(lonely, op.ID) || slices.Contains(endings, op.ID) {
				continue
			}
			if op.Method != http.MethodGet {
				m.pool = newPool(w, o, p)
			}
			c, ok := m.plain(t, op, nth)
			if !ok {
				continue
			}
			status, _, body := w.send(p, c)
			if status >= 500 {
				t.Errorf("%s: %d %s", c, status, body)
			}
			reached[op.ID] = reached[op.ID] || status < 300 || m.seen(w, p, c, status, body)
			if os.Getenv("LEAKS_SAY") != "" && status >= 300 {
				t.Logf("%s %s: %d %.300s", p.login, c, status, body)
			}
		}
		if err := w.Drain(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	w.exec(t, "DROP TABLE other_case", "DROP TABLE other_customer", "DROP TABLE other_import", "DROP TABLE other_bulk", "DROP TABLE other_handover", "DROP TABLE other_file")
}

// seen says whether the answer shows that the row was looked at: about one that is not there, the answer is another.
func (m *maker) seen(w *world, p *person, c *call, status int, body []byte) bool {
	if len(c.path) == 0 {
		return false
	}
	n := c.with("of nothing")
	for i, v := range n.path {
		if _, err := strconv.ParseInt(v, 10, 64); err == nil {
			n.path[i] = none
		}
	}
	if slices.Equal(n.path, c.path) {
		return false
	}
	s, _, b := w.send(p, n)
	return s != status || !bytes.Equal(b, body)
}

func TestNobodyLearnsOrChangesWhatIsNotHis(t *testing.T) {
	doc := readDocument(t)
	databases(t, func(t *testing.T, dsn string) {
		if !whole && strings.HasSuffix(t.Name(), "postgres") {
			t.Skip("on PostgreSQL by make leaks")
		}
		w := build(t, doc, dsn)
		reached := map[string]bool{}
		tried := people(t, w)
		if !whole {
			tried = tried[:1]
		}
		for _, p := range tried {
			w.live(t, doc, p, reached)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		for _, p := range tried {
			t.Run(p.login, func(t *testing.T) { isolated(t, doc, w, p) })
		}
		m := &maker{doc: doc}
		last := w.copied(t)
		if whole {
			last.live(t, doc, last.signIn(t, "director"), reached)
		}
		last.live(t, doc, last.signIn(t, "admin"), reached)
		for _, op := range doc.ops {
			if !reached[op.ID] && m.takesIDs(op) && unreached[op.ID] == "" && !slices.Contains(lonely, op.ID) {
				t.Errorf("%s never came as far as looking at a row: give it a sample in samples_test.go", op.ID)
			}
		}
	})
}

// isolated tries everything as one person.
func isolated(t *testing.T, doc *document, w *world, p *person) {
	full, bare := w.copied(t), w.copied(t)
	o := full.hide(t, p)
	bare.hide(t, p)
	bare.forget(t, o)
	before := full.hidden(t, o)
	r := &run{t: t, full: full, bare: bare, me: p, mark: id.New(noon), said: map[string]int{}, ids: map[string]bool{}}
	texts := r.learn(o, before)
	m := &maker{doc, newPool(full, o, p)}
	r.all(m, texts)
	for _, op := range doc.ops {
		if op.Method == http.MethodGet || slices.Contains(lonely, op.ID) {
			continue
		}
		for _, c := range m.writes(t, op) {
			r.try(c)
		}
	}
	for _, one := range []*world{full, bare} {
		if err := one.Drain(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if whole {
		r.all(m, nil) // jobs, notices and exports of what was tried
	}
	after := full.hidden(t, o)
	for table, rows := range before {
		for i := range max(len(rows), len(after[table])) {
			if i >= len(rows) || i >= len(after[table]) || rows[i] != after[table][i] {
				t.Errorf("hidden rows of %s have changed: %d before, %d after; the first: %.300q, %.300q", table, len(rows), len(after[table]), at(rows, i), at(after[table], i))
				break
			}
		}
	}
	t.Logf("%d requests, %d hidden ids, %d hidden texts", r.count, len(r.ids), len(r.texts))
}

func at(rows []string, i int) string {
	if i < len(rows) {
		return rows[i]
	}
	return ""
}

// run compares the answers of the two companies.
type run struct {
	t          *testing.T
	full, bare *world
	me         *person
	mark       int64
	count      int
	said       map[string]int
	ids        map[string]bool     // of hidden rows
	texts      map[string][]string // of hidden rows, by their first eight bytes
}

func (r *run) all(m *maker, texts []string) {
	for _, op := range m.doc.ops {
		if op.Method == http.MethodGet {
			for _, c := range m.reads(r.t, op, texts) {
				r.try(c)
			}
		}
	}
}

// learn gathers the ids and the texts of hidden rows that nothing else holds, and gives a few to search for.
func (r *run) learn(o *others, hidden map[string][]string) []string {
	open := map[string]bool{}
	var list []string
	for _, table := range []string{"customer", "contact", "proc_case", "message", "visit", "promise", "duty", "fact", "handover", "identifier", "relation"} {
		columns := o.tables[table]
		for _, row := range hidden[table] {
			for i, cell := range strings.Split(row, "|") {
				if i < len(columns) && columns[i] == "id" {
					r.ids[cell] = true
				}
				if len([]rune(cell)) >= 6 && len(cell) >= 8 && strings.ContainsFunc(cell, func(x rune) bool { return x > 255 || x == '@' }) {
					list = append(list, cell)
				}
			}
		}
		for _, c := range columns {
			for _, row := range r.full.query(r.t, "SELECT DISTINCT CAST("+c+" AS TEXT) FROM "+table+" WHERE NOT ("+o.cond[table]+")", 1) {
				open[row[0]] = true
			}
		}
	}
	books := fmt.Sprint(r.full.query(r.t, "SELECT files FROM rulebook_version", 1),
		r.full.query(r.t, "SELECT detail FROM audit_entry WHERE customer_id NOT IN (SELECT id FROM other_customer)", 1))
	// What stands within an open text, a list's only word or a note among a fact's attributes, is no secret either.
	known := books + "\x00" + strings.Join(slices.Collect(maps.Keys(open)), "\x00")
	r.texts = map[string][]string{}
	for _, text := range slices.Compact(slices.Sorted(slices.Values(list))) {
		if !strings.Contains(known, strings.Trim(text, `[]"`)) {
			r.texts[text[:8]] = append(r.texts[text[:8]], text)
		}
	}
	name := r.full.query(r.t, "SELECT name, code, note FROM customer WHERE "+o.cond["customer"]+" ORDER BY id LIMIT 1", 3)[0]
	phone := r.full.query(r.t, "SELECT phone, name FROM contact WHERE "+o.cond["contact"]+" AND phone <> '' ORDER BY id LIMIT 1", 2)[0]
	number := r.full.query(r.t, "SELECT number FROM proc_case WHERE "+o.cond["proc_case"]+" ORDER BY id LIMIT 1", 1)[0]
	return []string{name[0], phone[0], number[0], name[1], phone[1]}[:some(4)+1]
}

// try sends a request to both companies and compares.
func (r *run) try(c *call) {
	r.count++
	s1, h1, b1 := r.full.send(r.me, c)
	s2, h2, b2 := r.bare.send(r.me, c)
	t1, t2 := r.plain(b1), r.plain(b2)
	switch {
	case s1 >= 500 || s2 >= 500:
		r.fail(c, "%d and %d: %.400s", s1, s2, t1)
	case byRule[c.op.ID] != "":
	case s1 != s2 || t1 != t2:
		r.fail(c, "with what is hidden %d, without it %d: %s", s1, s2, differ(t1, t2))
	case h1.Get("ETag") != h2.Get("ETag") || h1.Get("Content-Disposition") != h2.Get("Content-Disposition"):
		r.fail(c, "headers differ: %v, %v", h1, h2)
	default:
		r.secrets(c, t1)
	}
}

// fail reports the first two leaks of an operation.
func (r *run) fail(c *call, format string, args ...any) {
	r.said[c.op.ID]++
	if r.said[c.op.ID] <= 2 {
		r.t.Errorf("%s: %s", c, fmt.Sprintf(format, args...))
	}
}

var number = regexp.MustCompile(`[0-9]{17,19}`)

// plain gives the text of an answer: a workbook unpacked, ids made since the beginning left out.
func (r *run) plain(b []byte) string {
	if bytes.HasPrefix(b, []byte("PK\x03\x04")) {
		b = unpacked(b)
	}
	return number.ReplaceAllStringFunc(string(b), func(s string) string {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil && n > r.mark && n < 1<<62 {
			return "NEW"
		}
		return s
	})
}

// cells are what a sheet says; how wide its columns are is written in any order.
var cells = regexp.MustCompile(`(?s)<sheetData>.*</sheetData>`)

func unpacked(b []byte) []byte {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return b
	}
	var out bytes.Buffer
	slices.SortFunc(z.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	for _, f := range z.File {
		if c, err := f.Open(); err == nil && strings.Contains(f.Name, "sheet") {
			text, _ := io.ReadAll(c)
			out.Write(cells.Find(text))
			_ = c.Close()
		}
	}
	return out.Bytes()
}

// secrets looks for ids and texts of hidden rows in an answer that is the same in both companies.
func (r *run) secrets(c *call, body string) {
	asked := c.String()
	for _, s := range number.FindAllString(body, -1) {
		if r.ids[s] && !strings.Contains(asked, s) {
			r.fail(c, "the answer names the hidden row %s: %s", s, around(body, s))
			return
		}
	}
	for i := 0; i+8 <= len(body); i++ {
		for _, text := range r.texts[body[i:i+8]] {
			if strings.HasPrefix(body[i:], text) && !strings.Contains(asked, text) {
				if q := c.query.Get("q"); q == text {
					continue
				}
				r.fail(c, "the answer holds the hidden text %q: %s", text, around(body, text))
				return
			}
		}
	}
}

func around(body, s string) string {
	i := strings.Index(body, s)
	return strings.ToValidUTF8(body[max(0, i-120):min(len(body), i+len(s)+120)], "")
}

func differ(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(s string) string {
		return strings.ToValidUTF8(s[max(0, min(i, len(s))-100):min(len(s), i+200)], "")
	}
	return fmt.Sprintf("…%s… and …%s…", cut(a), cut(b))
}
