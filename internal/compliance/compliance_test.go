package compliance

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	store "kezhi/internal/files"
	"kezhi/internal/grading"
	"kezhi/internal/job"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

const book = "our-rules"

type kit struct {
	t     *testing.T
	db    *db.DB
	ctx   context.Context
	now   time.Time
	books *rulebook.Service
	s     *Service
	store *store.Store
}

// newKit is a company with its own rulebook in force since January, three graded customers and some duties.
func newKit(t *testing.T, d *db.DB) *kit {
	t.Helper()
	k := &kit{t: t, db: d, now: time.Date(2026, 6, 30, 2, 0, 0, 0, time.UTC), ctx: authz.With(context.Background(), authz.System("test"))}
	now := clock.Clock(func() time.Time { return k.now })
	loc, log := time.FixedZone("CST", 8*3600), slog.New(slog.DiscardHandler)
	bus, queue := event.NewBus(d, now, log), job.NewQueue(d, now)
	runner := job.NewRunner(queue, log, func(context.Context, int64) string { return "test" })
	customers := customer.New(d, now, loc, bus, queue)
	k.books = rulebook.New(d, now, loc, bus, log)
	gradings := grading.New(d, now, loc, bus, runner, k.books, customers)
	for kind, h := range gradings.Jobs() {
		runner.Register(kind, h)
	}
	duties := duty.New(duty.Deps{DB: d, Now: now, Loc: loc, Work: &calendar.Working{}, Bus: bus, Queue: queue, Facts: fact.New(d, now, loc, bus, customers)})
	kept, err := store.New(d, t.TempDir(), now)
	if err != nil {
		t.Fatal(err)
	}
	k.store = kept
	k.s = New(d, now, loc, k.books, gradings, duties, kept)
	if _, err := k.books.Upload(k.ctx, bookFiles(t)); err != nil {
		t.Fatal(err)
	}
	if _, err := k.books.Adopt(k.ctx, rulebook.AdoptInput{Rulebook: book, EffectiveFrom: day(t, "2026-01-01")}); err != nil {
		t.Fatal(err)
	}
	for i, amount := range []int64{300_000_000, 100_000_000, 50} { // an A, an A on the line, a C
		dbtest.Customer(t, d, int64(i+1), fmt.Sprint("K", i+1), fmt.Sprint("客户", i+1), int64(7+i), 0)
		k.exec("INSERT INTO customer_code (code, customer_id) VALUES (?,?)", fmt.Sprint("K", i+1), i+1)
		k.exec(`INSERT INTO fact (customer_id, occurred_on, id, kind, amount, currency, quantity, status, document, product, attrs, batch_id, reverses, recorded_by, recorded_at)
			VALUES (?,'2026-05-01',?,'order',?,'CNY',0,'shipped','','','{}',0,0,0,0)`, i+1, i+1, amount)
	}
	k.exec("UPDATE fact_mark SET seq = seq + 1 WHERE id = 1")
	if _, err := gradings.Grade(k.ctx, book, day(t, "2026-06-30"), grading.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	for i, x := range []struct{ state, due string }{
		{"kept", "2026-02-10"},
		{"kept", "2026-06-30"},
		{"late", "2026-03-01"},
		{"missed", "2026-04-01"},
		{"open", "2026-06-29"},
		{"open", "2026-06-30"},
		{"waived", "2026-05-05"},
		{"dropped", "2026-05-06"},
		{"kept", "2025-12-31"},
		{"open", "2026-07-01"},
	} {
		k.exec(`INSERT INTO duty (customer_id, id, rulebook, version, scheme, rule, clause, title_zh, title_en, verdict_id, grade, activity, every, evidence, assumed, role, owner_id, unit_id,
				window_from, due_on, state, plan_key, done_by, note, fact_id, reason, idem_key, idem_hash, version_no, created_at, updated_at, due_owner_id)
			VALUES (?,?,?,'1.0.0',?,'visit_a','3.1','走访','Visit',0,'A','visit','P1M','visit_report',1,'owner',?,0,'2025-12-01',?,?,?,0,'',0,'','','',1,0,0,?)`,
			1+i%2, i+1, book, book, 7+i%2, x.due, x.state, fmt.Sprint(i), 7+i%2)
	}
	return k
}

func bookFiles(t *testing.T) map[string]string {
	t.Helper()
	out, err := rulebook.Fresh(rulebook.Template{ID: book, Title: rule.Text{Zh: "我们的制度", En: "Our rules"}})
	if err != nil {
		t.Fatal(err)
	}
	out[rule.FileRulebook] = strings.Replace(out[rule.FileRulebook], "roles:\n", "roles:\n  regional_manager: {zh: 区域经理, en: Regional manager, clause: \"3.1\"}\n", 1) + `
indicators:
  - {key: covered, title: {zh: 评定覆盖, en: Covered}, of: coverage, target: 100%, clause: "1.1"}
  - {key: visits, title: {zh: 走访, en: Visits}, of: kept, duty: visit_a, target: 80%, clause: "3.1", assumed: true}
  - {key: sales_all, title: {zh: 总额, en: Total}, of: total, measure: sales, clause: "2.1"}
  - {key: sales_mean, title: {zh: 均额, en: Mean}, of: mean, measure: sales, grade: A, target: 2000000, clause: "2.1", assumed: true}
  - {key: best, title: {zh: A级数, en: Number of A}, of: count, grade: A, clause: "1.1"}
  - {key: steady, title: {zh: 稳定, en: Steady}, of: stability, target: 90%, clause: "1.1", assumed: true}
reports:
  - {key: monthly, title: {zh: 月报, en: Monthly}, every: month, due_day: 10, by: regional_manager, to: [regional_manager], content: [grades, visits], clause: "3.1", assumed: true}
`
	return out
}

func (k *kit) exec(sql string, args ...any) {
	k.t.Helper()
	dbtest.Exec(k.t, k.db, sql, args...)
}

func (k *kit) of(ctx context.Context, from, to string) Report {
	k.t.Helper()
	r, err := k.s.Of(ctx, Query{Rulebook: book, From: day(k.t, from), To: day(k.t, to)})
	if err != nil {
		k.t.Fatal(err)
	}
	return r
}

func day(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func clause(t *testing.T, r Report, number string) Clause {
	t.Helper()
	for _, c := range r.Clauses {
		if c.Number == number {
			return c
		}
	}
	t.Fatalf("no clause %s", number)
	return Clause{}
}

func TestEveryClauseIsCounted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		r := k.of(k.ctx, "2026-01-01", "2026-06-30")
		// 2 kept, 1 late, 1 missed and 1 open of yesterday, 1 of today, 1 waived; dropped and other days do not count.
		want := Tally{Due: 7, Kept: 2, Late: 1, Missed: 2, Waived: 1, Open: 1, Rate: "40.0"}
		if c := clause(t, r, "3.1"); c.Duties == nil || *c.Duties != want || r.Duties != want || c.State != "broken" || c.Verdicts != nil || len(c.Reports) != 1 || len(c.Indicators) != 1 {
			t.Errorf("visits: %+v %+v", c, c.Duties)
		}
		if c := clause(t, r, "2.1"); c.Verdicts == nil || *c.Verdicts != (Verdicts{AsOf: "2026-06-30", InScope: 3, Graded: 3}) || c.Duties != nil || c.State != "kept" || len(c.CarriedBy) == 0 {
			t.Errorf("lines: %+v %+v", c, c.Verdicts)
		}
		if len(r.Versions) != 1 || r.Versions[0] != (Stretch{"1.0.0", "2026-01-01", "2026-06-30"}) {
			t.Errorf("%+v", r.Versions)
		}
		// Whoever sees one owner's customers sees the numbers of those.
		own := authz.With(k.ctx, authz.Actor{UserID: 8, Grants: map[authz.Permission]authz.Reach{authz.RulebookRead: authz.ReachAll, authz.DutyRead: authz.ReachOwn, authz.GradingRead: authz.ReachOwn}})
		if c := clause(t, k.of(own, "2026-01-01", "2026-06-30"), "3.1"); c.Duties.Due != 3 || c.Duties.Kept != 1 || c.Duties.Missed != 1 || c.Duties.Open != 1 {
			t.Errorf("within reach: %+v", c.Duties)
		}
		if v := clause(t, k.of(own, "2026-01-01", "2026-06-30"), "2.1").Verdicts; v.Graded != 1 {
			t.Errorf("within reach: %+v", v)
		}
		for name, c := range map[string]struct {
			ctx  context.Context
			q    Query
			code string
		}{
			"before": {k.ctx, Query{book, day(t, "2025-01-01"), day(t, "2025-12-31")}, "compliance.not_in_force"}, "reversed": {k.ctx, Query{book, 2, 1}, "invalid_input"},
			"long": {k.ctx, Query{book, 0, 10000}, "invalid_input"}, "unknown": {k.ctx, Query{"nothing", 1, 2}, "rulebook.unknown"},
			"forbidden": {authz.With(k.ctx, authz.Actor{UserID: 9}), Query{book, 1, 2}, "auth.forbidden"},
		} {
			if _, err := k.s.Of(c.ctx, c.q); errs.CodeOf(err) != c.code {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, format := range []string{"csv", "xlsx"} {
			var b bytes.Buffer
			if err := Write(&b, format, "en", r); err != nil || b.Len() == 0 {
				t.Errorf("%s: %d bytes, %v", format, b.Len(), err)
			}
			if format == "csv" && (!strings.Contains(b.String(), "3.1,Visits,1.0.0,7,2,1,2,1,1,40.0,") || strings.Count(b.String(), "\n") != len(r.Clauses)+1) {
				t.Errorf("%s", b.String())
			}
		}
	})
}

func TestIndicators(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		got := map[string]string{}
		for _, x := range k.of(k.ctx, "2026-01-01", "2026-06-30").Indicators {
			got[x.Key] = x.Value + " of " + x.Target + " " + x.State
		}
		want := map[string]string{
			"covered": "100.0 of 100 met", "visits": "40.0 of 80 missed", "sales_all": "4000000.5 of  no_target", "sales_mean": "2000000 of 2000000 met",
			"best": "2 of  no_target", "steady": " of 90 no_data",
		}
		for key, w := range want {
			if got[key] != w {
				t.Errorf("%s: %q, want %q", key, got[key], w)
			}
		}
		k.now = k.now.AddDate(0, 0, 1)
		k.exec("UPDATE duty SET state = 'kept'")
		if _, err := k.s.gradings.Grade(k.ctx, book, day(t, "2026-07-01"), grading.Options{}, nil); err != nil {
			t.Fatal(err)
		}
		for _, x := range k.of(k.ctx, "2026-01-01", "2026-07-01").Indicators {
			if (x.Key == "steady" || x.Key == "visits") && (x.Value != "100.0" || x.State != "met") {
				t.Errorf("%s: %+v", x.Key, x)
			}
		}
	})
}

func TestReportsFallDueAndAreFiled(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		states := func() (out []string) {
			for _, r := range k.of(k.ctx, "2026-05-01", "2026-06-30").Reports {
				out = append(out, r.From+" "+r.DueOn+" "+r.State)
			}
			return out
		}
		if got := strings.Join(states(), ", "); got != "2026-04-01 2026-05-10 missed, 2026-05-01 2026-06-10 missed, 2026-06-01 2026-07-10 open" {
			t.Errorf("%s", got)
		}
		file := func(ctx context.Context, from string) error {
			return k.s.File(ctx, FileInput{Rulebook: book, Report: "monthly", From: day(t, from), Note: "已报送"})
		}
		k.exec(`INSERT INTO app_user (id, login, name, email, password_hash, unit_id, state, locale, theme, prefs, must_change_password, version, created_at, updated_at) VALUES (5,'r','王强','','',NULL,'active','zh','light','{}',0,1,0,0)`)
		k.exec("INSERT INTO user_role (user_id, role) VALUES (5,'regional_manager')")
		regional := authz.With(k.ctx, authz.Actor{UserID: 5, Name: "王强", Grants: authz.GrantsOf([]string{authz.RoleRegionalManager})})
		clerk := authz.With(k.ctx, authz.Actor{UserID: 6, Grants: authz.GrantsOf([]string{authz.RoleCustomerManager})})
		for name, c := range map[string]struct {
			err  error
			code string
		}{
			"no right": {file(clerk, "2026-06-01"), "compliance.not_reporter"}, "no first day": {file(regional, "2026-06-02"), "compliance.unknown_period"},
			"not begun": {file(regional, "2026-08-01"), "compliance.unknown_period"},
			"unknown":   {k.s.File(regional, FileInput{Rulebook: book, Report: "daily", From: day(t, "2026-06-01")}), "compliance.unknown_report"},
		} {
			if errs.CodeOf(c.err) != c.code {
				t.Errorf("%s: %v", name, c.err)
			}
		}
		mine, err := k.store.Put(regional, strings.NewReader("%PDF-1.4"), "月报.pdf", "application/pdf", 1000)
		if err != nil {
			t.Fatal(err)
		}
		strange, err := k.store.Put(clerk, strings.NewReader("%PDF-1.4 x"), "别人的.pdf", "application/pdf", 1000)
		if err != nil {
			t.Fatal(err)
		}
		with := FileInput{Rulebook: book, Report: "monthly", From: day(t, "2026-04-01"), FileID: strange.ID}
		if e, _ := errs.As(k.s.File(regional, with)); e == nil || e.Fields[0].Code != "compliance.file_unknown" {
			t.Errorf("another's upload was handed in: %v", e)
		}
		with.FileID = mine.ID
		if err := k.s.File(regional, with); err != nil {
			t.Error(err)
		}
		f, content, err := k.s.OpenFile(regional, book, mine.ID)
		if err != nil || f.Name != "月报.pdf" {
			t.Fatalf("%+v %v", f, err)
		}
		_ = content.Close()
		for _, wrong := range []struct {
			book string
			id   int64
		}{{book, strange.ID}, {"another", mine.ID}, {book, 0}} {
			if _, _, err := k.s.OpenFile(regional, wrong.book, wrong.id); !db.IsNoRows(err) {
				t.Errorf("%v: %v", wrong, err)
			}
		}
		for _, from := range []string{"2026-05-01", "2026-06-01"} {
			if err := file(regional, from); err != nil {
				t.Error(err)
			}
		}
		if err := file(regional, "2026-06-01"); errs.CodeOf(err) != "compliance.already_filed" {
			t.Errorf("twice: %v", err)
		}
		if got := strings.Join(states(), ", "); got != "2026-04-01 2026-05-10 late, 2026-05-01 2026-06-10 late, 2026-06-01 2026-07-10 filed" {
			t.Errorf("%s", got)
		}
		if r := k.of(k.ctx, "2026-05-01", "2026-06-30").Reports[1]; r.FiledBy != "王强" || r.Note != "已报送" || r.FiledAt == nil || r.FileID != "" {
			t.Errorf("%+v", r)
		}
	})
}

func TestPeriodsOfReports(t *testing.T) {
	start := day(t, "2026-01-15")
	for _, c := range []struct {
		every        calendar.Period
		due          int
		on, from, to string
		dueOn        string
	}{
		{calendar.Period{Months: 1}, 31, "2026-01-20", "2026-01-01", "2026-01-31", "2026-02-28"},
		{calendar.Period{Months: 3}, 10, "2026-05-20", "2026-04-01", "2026-06-30", "2026-07-10"},
		{calendar.Period{Months: 12}, 0, "2026-05-20", "2026-01-01", "2026-12-31", "2026-12-31"},
		{calendar.Period{Days: 7}, 0, "2026-01-29", "2026-01-29", "2026-02-04", "2026-02-04"},
		{calendar.Period{Months: 5}, 1, "2026-06-15", "2026-06-15", "2026-11-14", "2026-12-01"},
	} {
		r := rule.Report{Every: c.every, DueDay: c.due}
		from, to := periodOf(r, start, day(t, c.on))
		if from.String() != c.from || to.String() != c.to {
			t.Errorf("%v on %s: %s to %s", c.every, c.on, from, to)
		}
		if got := dueOn(r, to).String(); got != c.dueOn {
			t.Errorf("%v: due on %s", c.every, got)
		}
	}
}

func TestShares(t *testing.T) {
	for _, c := range []struct {
		part, whole int64
		want        string
	}{{0, 0, ""}, {0, 3, "0.0"}, {1, 3, "33.3"}, {2, 3, "66.7"}, {1, 2000, "0.0"}, {3, 2000, "0.2"}, {7, 7, "100.0"}} {
		if got := perMille(c.part, c.whole); got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.part, c.whole, got, c.want)
		}
	}
	for of, want := range map[string]string{rule.IndicatorMovedDown: "met", rule.IndicatorMovedUp: "missed", rule.IndicatorCoverage: "missed"} {
		if got := met(of, "4.9", "5"); got != want {
			t.Errorf("%s: %s", of, got)
		}
	}
}
