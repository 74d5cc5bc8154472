package demo_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kezhi/internal/app"
	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/config"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/demo"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/user"
)

// noon is when the tests take place.
var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

// install makes an empty installation that tells the time by a dial.
func install(t *testing.T, dsn string) (*app.App, *demo.Dial) {
	t.Helper()
	cfg := config.Default()
	cfg.Data, cfg.DB, cfg.Relaxed = t.TempDir(), dsn, true
	dial := demo.NewDial(clock.Fixed(noon))
	a, err := app.NewAt(t.Context(), cfg, slog.New(slog.DiscardHandler), dial.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a, dial
}

// each runs a test on an empty SQLite file and on an empty PostgreSQL database.
func each(t *testing.T, fn func(t *testing.T, a *app.App, dial *demo.Dial)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		a, dial := install(t, filepath.Join(t.TempDir(), "kezhi.db"))
		fn(t, a, dial)
	})
	t.Run("postgres", func(t *testing.T) {
		a, dial := install(t, dbtest.EmptyPostgres(t))
		fn(t, a, dial)
	})
}

func count(t *testing.T, a *app.App, sql string, args ...any) int64 {
	t.Helper()
	var n int64
	if err := db.Get(t.Context(), a.DB.Read(), sql, args, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestLoad(t *testing.T) {
	each(t, func(t *testing.T, a *app.App, dial *demo.Dial) {
		stages := map[string]int64{}
		began := time.Now()
		res, err := demo.Load(t.Context(), a, dial, demo.LoadOptions{Customers: 400}, func(stage string, done, _ int64) { stages[stage] = done })
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%.1f s: %d customers, %d facts, %v, %+v", time.Since(began).Seconds(), res.Customers, res.Facts, res.Grades, res.Duties)
		if !dial.Now().Equal(noon) {
			t.Errorf("after the load the clock says %s", dial.Now())
		}
		for _, s := range []string{demo.StagePeople, demo.StageCustomers, demo.StageFacts, demo.StageGrading, demo.StageDuties} {
			if stages[s] == 0 {
				t.Errorf("no progress of stage %s", s)
			}
		}
		checkCustomersAndFacts(t, a, res)
		checkGrades(t, a, res)
		checkDuties(t, a, res)
		checkTraces(t, a)
		checkLogins(t, a, res)
		checkRefusesTwice(t, a, dial)
	})
}

func checkCustomersAndFacts(t *testing.T, a *app.App, res demo.Result) {
	t.Helper()
	if n := count(t, a, "SELECT COUNT(*) FROM customer WHERE archived_at IS NULL"); n != 400 || res.Customers != n {
		t.Errorf("%d customers, %d reported", n, res.Customers)
	}
	company := demo.Generate(demo.Options{Reference: calendar.FromTime(noon, a.Config.Location()), Customers: 400})
	want := int64(0)
	for i := range company.Customers {
		want += int64(len(company.Facts(i)))
	}
	loaded := count(t, a, "SELECT COUNT(*) FROM fact f JOIN fact_batch b ON b.id = f.batch_id AND b.state = 'visible'")
	if loaded != want || res.Facts != want {
		t.Errorf("%d facts loaded, %d reported, %d generated", loaded, res.Facts, want)
	}
	if n := count(t, a, "SELECT COUNT(DISTINCT substr(region, 1, 2)) FROM customer"); n != 31 {
		t.Errorf("customers in %d provinces", n)
	}
	for what, sql := range map[string]string{
		"contacts":        "SELECT COUNT(*) FROM contact",
		"relations":       "SELECT COUNT(*) FROM relation",
		"lost customers":  "SELECT COUNT(*) FROM customer WHERE status = 'lost'",
		"search terms":    "SELECT COUNT(*) FROM search_term",
		"unowned":         "SELECT COUNT(*) FROM customer WHERE owner_id = 0",
		"with their unit": "SELECT COUNT(*) FROM customer WHERE owner_id <> 0 AND unit_id <> 0",
	} {
		if count(t, a, sql) == 0 {
			t.Errorf("no %s", what)
		}
	}
}

// checkGrades makes sure that the grades look like a business: few A, more B and C, everybody told.
func checkGrades(t *testing.T, a *app.App, res demo.Result) {
	t.Helper()
	g := res.Grades
	if g["A"] == 0 || g["B"] == 0 || g["C"] == 0 || g["A"]*5 > g["B"]+g["C"] || g["C"]*10 < g["B"]*9 {
		t.Errorf("grades: %v", g)
	}
	if n := count(t, a, "SELECT COUNT(DISTINCT as_of) FROM grading_run WHERE rulebook = 'dealer-annual-grading' AND state = 'done'"); n != 3 {
		t.Errorf("graded on %d days", n)
	}
	if n := count(t, a, "SELECT COUNT(*) FROM standing WHERE scheme = 'dealer'"); n != 400 {
		t.Errorf("%d customers know where they stand", n)
	}
	for _, direction := range []int{1, -1} {
		if count(t, a, "SELECT COUNT(*) FROM movement WHERE scheme = 'dealer' AND direction = ?", direction) == 0 {
			t.Errorf("nobody moved in direction %d", direction)
		}
	}
	if n := count(t, a, "SELECT COUNT(*) FROM standing WHERE scheme = 'key-account' AND code = 'strategic'"); n < 1 || n > 3 {
		t.Errorf("%d strategic customers", n)
	}
	if n := count(t, a, "SELECT COUNT(*) FROM duty WHERE rulebook = 'house-equipment' AND rule = 'ageing'"); n == 0 {
		t.Error("no warranty is about to end")
	}
	if n := count(t, a, "SELECT COUNT(*) FROM proc_case WHERE rulebook = 'after-sales' AND status = 'running'"); n != 1 {
		t.Errorf("%d requests for service", n)
	}
	if n := count(t, a, "SELECT COUNT(DISTINCT code) FROM standing WHERE scheme = 'rfm' AND code <> ''"); n < 8 {
		t.Errorf("%d segments", n)
	}
}

func checkDuties(t *testing.T, a *app.App, res demo.Result) {
	t.Helper()
	d := res.Duties
	if d.Kept == 0 || d.Late == 0 || d.Missed == 0 || d.Waived == 0 || d.Ahead == 0 || d.Kept < 2*(d.Late+d.Missed) {
		t.Errorf("duties: %+v", d)
	}
	ctx := authz.With(t.Context(), authz.System("test"))
	for _, b := range []duty.Bucket{duty.BucketWeek, duty.BucketOverdue} {
		list, _, err := a.Duties.List(ctx, duty.Filter{Bucket: b, From: calendar.None, To: calendar.None})
		if err != nil || len(list) == 0 {
			t.Errorf("bucket %s: %d duties, %v", b, len(list), err)
		}
	}
	if n := count(t, a, "SELECT COUNT(*) FROM duty d LEFT JOIN fact f ON f.customer_id = d.customer_id AND f.id = d.fact_id WHERE d.state IN ('kept', 'late') AND f.id IS NULL"); n != 0 {
		t.Errorf("%d duties were done without a fact", n)
	}
}

// checkTraces makes sure that the demo went the way of real work: an unbroken audit chain in the order of time, and no event and
// no job left over.
func checkTraces(t *testing.T, a *app.App) {
	t.Helper()
	if c, err := audit.Verify(t.Context(), a.DB.Read()); err != nil || c.Entries < 1000 {
		t.Errorf("%d audit entries, %v", c.Entries, err)
	}
	if n := count(t, a, "SELECT COUNT(*) FROM audit_entry x JOIN audit_entry y ON y.seq = x.seq + 1 WHERE y.at < x.at AND x.action NOT IN ('rulebook.register')"); n != 0 {
		t.Errorf("%d audit entries lie before the one before them", n)
	}
	if n := count(t, a, "SELECT COUNT(*) FROM event WHERE handled_at IS NULL"); n != 0 {
		t.Errorf("%d events are open", n)
	}
	if n := count(t, a, "SELECT COUNT(*) FROM job WHERE state <> 'done'"); n != 0 {
		t.Errorf("%d jobs are not done", n)
	}
}

func checkLogins(t *testing.T, a *app.App, res demo.Result) {
	t.Helper()
	known := map[string]bool{}
	for _, l := range res.Logins {
		known[l.Login] = true
	}
	for _, login := range []string{"admin", "director", "auditor", "east.manager", "lin"} {
		if !known[login] {
			t.Errorf("%s is not printed", login)
		}
		if _, err := a.Users.SignIn(t.Context(), user.SignIn{Login: login, Password: demo.Password, Address: "127.0.0.1", Agent: "test"}); err != nil {
			t.Errorf("%s cannot sign in: %v", login, err)
		}
	}
}

func checkRefusesTwice(t *testing.T, a *app.App, dial *demo.Dial) {
	t.Helper()
	before := count(t, a, "SELECT COUNT(*) FROM audit_entry")
	_, err := demo.Load(t.Context(), a, dial, demo.LoadOptions{Customers: 400}, nil)
	if errs.CodeOf(err) != "demo.not_empty" {
		t.Errorf("the second load: %v", err)
	}
	if after := count(t, a, "SELECT COUNT(*) FROM audit_entry"); after != before {
		t.Errorf("the second load wrote %d audit entries", after-before)
	}
}

func TestLoadWithOnlineRetail(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "data", "online-retail", "online_retail.csv.gz")
	if _, err := os.Stat(path); err != nil {
		t.Skip("the real data set is not there: ", err)
	}
	if testing.Short() {
		t.Skip("half a million lines")
	}
	a, dial := install(t, filepath.Join(t.TempDir(), "kezhi.db"))
	res, err := demo.Load(context.WithoutCancel(t.Context()), a, dial, demo.LoadOptions{Customers: 100, OnlineRetail: path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if res.Online == nil || res.Online.Read != 541_909 || res.Online.CustomersCreated != 4372 {
		t.Errorf("%+v", res.Online)
	}
	// Nobody of the demo company had bought anything by then, so the segments are those of the published studies.
	for code, want := range map[string]int64{
		"hibernating": 1071, "loyal_customers": 819, "champions": 633, "at_Risk": 593, "potential_loyalists": 484,
		"about_to_sleep": 352, "need_attention": 187, "promising": 94, "cant_loose": 63, "new_customers": 42,
	} {
		if n := count(t, a, "SELECT COUNT(*) FROM standing WHERE scheme = 'rfm' AND code = ?", code); n != want {
			t.Errorf("%d %s, want %d", n, code, want)
		}
	}
}
