package leaks

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kezhi/internal/app"
	"kezhi/internal/clock"
	"kezhi/internal/config"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/demo"
	"kezhi/internal/user"
)

// noon is when everything takes place; the clock stands still, so that both companies tell the same time.
var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

// customers is how many the company has: enough for each of its people to have some.
const customers = 110

// world is one company with its HTTP surface.
type world struct {
	*app.App
	http http.Handler
	dsn  string
	data string
}

// open starts a company on a database that may be empty.
func open(t testing.TB, dsn, data string, now clock.Clock) *world {
	t.Helper()
	cfg := config.Default()
	cfg.Data, cfg.DB, cfg.Relaxed = data, dsn, true
	// A company and its copies have folders of their own, and one master key.
	cfg.Keys.Text = "kezhi-master-1-AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
	a, err := app.NewAt(context.Background(), cfg, slog.New(slog.DiscardHandler), now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	h, err := a.Handler()
	if err != nil {
		t.Fatal(err)
	}
	return &world{App: a, http: h, dsn: dsn, data: data}
}

// build makes the company and lets the people live in it a little: each sends every request of the document about what is his, so that
// whatever can be made is there.
func build(t testing.TB, doc *document, dsn string) *world {
	t.Helper()
	dial := demo.NewDial(clock.Fixed(noon))
	w := open(t, dsn, t.TempDir(), dial.Now)
	if _, err := demo.Load(context.Background(), w.App, dial, demo.LoadOptions{Customers: customers}, nil); err != nil {
		t.Fatal(err)
	}
	// What only a year of decisions would bring, for everybody.
	w.exec(t,
		"INSERT INTO special_term (customer_id, id, kind, terms, state, scheme, grade, verdict_id, from_on, until_on, version_no, created_at, updated_at) SELECT id, id, 'settlement', '账期延长', 'granted', 'dealer', 'A', 0, '2026-01-01', NULL, 1, 0, 0 FROM customer WHERE id NOT IN (SELECT customer_id FROM special_term)",
		"INSERT INTO special_term_change (customer_id, term_id, seq, state, terms, scheme, grade, verdict_id, case_id, reason, by_user, at) SELECT customer_id, id, 1, state, terms, scheme, grade, 0, 0, '需要', 0, 0 FROM special_term WHERE created_at = 0",
		"INSERT INTO grade_decision (customer_id, id, rulebook, scheme, code, title_zh, title_en, reason, from_day, until_day, source, source_id, decided_by, by_name, decided_at) SELECT id, id, 'dealer-annual-grading', 'dealer', 'A', '改级', 'Changed', '需要', '2026-01-01', NULL, 'override', 0, 0, '总监', 0 FROM customer",
		"INSERT INTO grade_proposal (customer_id, rulebook, scheme, code, since, state, case_id) SELECT id, 'dealer-annual-grading', 'dealer', 'A', '2026-01-01', 'open', 0 FROM customer WHERE id NOT IN (SELECT customer_id FROM grade_proposal)",
		// Every customer was shared with everybody once, to write: until yesterday, or until it was taken back. Nothing of it may be left.
		"INSERT INTO customer_share (customer_id, id, user_id, access, reason, until_on, created_by, created_at, revoked_by, revoked_at) SELECT c.id, u.id, u.id, 'write', '一起投标', CASE WHEN c.id % 2 = 0 THEN '2026-03-01' ELSE '2026-12-31' END, 0, 0, 0, CASE WHEN c.id % 2 = 0 THEN NULL ELSE 1 END FROM customer c CROSS JOIN app_user u",
	)
	// The pages for customers without an account are open too.
	open := &call{op: &operation{ID: "set-public-settings", Method: "PUT", Path: "/api/v1/settings/public", Media: "application/json"}, body: map[string]any{"on": true, "correct_days": 7}}
	if status, _, body := w.send(w.signIn(t, "admin"), open); status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	return w
}

// copied gives a second company that is the same as a closed first one.
func (w *world) copied(t testing.TB) *world {
	t.Helper()
	data := t.TempDir()
	if err := os.CopyFS(data, os.DirFS(w.data)); err != nil {
		t.Fatal(err)
	}
	return open(t, dbtest.Copy(t, w.dsn), data, clock.Fixed(noon))
}

// databases runs a test on an empty SQLite file and on an empty PostgreSQL database.
func databases(t *testing.T, fn func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, filepath.Join(t.TempDir(), "kezhi.db")) })
	t.Run("postgres", func(t *testing.T) { fn(t, dbtest.EmptyPostgres(t)) })
}

// person is somebody of the company, signed in.
type person struct {
	login  string
	id     int64
	unit   int64
	units  []int64 // the unit and those below, for whoever sees them
	all    bool    // sees the customers of the units, not only the own ones
	cookie string
}

// signIn opens a session of somebody.
func (w *world) signIn(t testing.TB, login string) *person {
	t.Helper()
	ctx := context.Background()
	in, err := w.Users.SignIn(ctx, user.SignIn{Login: login, Password: demo.Password, Address: "192.0.2.9", Agent: "test"})
	if err != nil {
		t.Fatal(login, err)
	}
	u := in.User
	p := &person{login: login, id: u.ID, unit: u.UnitID, cookie: in.Session, all: strings.HasSuffix(login, ".manager")}
	if u.UnitID != 0 && p.all {
		p.units = []int64{u.UnitID}
	}
	return p
}

// query gives the rows of a query as texts; NULL is "".
func (w *world) query(t testing.TB, sql string, columns int, args ...any) [][]string {
	t.Helper()
	out, err := db.List(context.Background(), w.DB.Read(), sql, args, func(r db.Rows) ([]string, error) {
		row := make([]string, columns)
		dest := make([]any, columns)
		for i := range row {
			dest[i] = &row[i]
		}
		return row, r.Scan(dest...)
	})
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return out
}

// exec runs statements in one transaction.
func (w *world) exec(t testing.TB, statements ...string) {
	t.Helper()
	err := w.DB.InTx(context.Background(), func(q db.Q) error {
		for _, s := range statements {
			if _, err := q.Exec(context.Background(), s); err != nil {
				return fmt.Errorf("%s: %w", s, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
